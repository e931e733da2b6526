package series_test

import (
	"encoding/csv"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/japanese"

	"github.com/shirube/shirube/internal/series"
)

// cabinetOfficeName writes a holiday as the Cabinet Office's list does, which
// calls every day off that is no holiday by name 休日.
func cabinetOfficeName(d series.Day, name string) string {
	switch {
	case name == "振替休日", name == "国民の休日":
		return "休日"
	case d == series.Date(2019, time.May, 1), d == series.Date(2019, time.October, 22):
		return "休日（祝日扱い）"
	case d == series.Date(2019, time.October, 14):
		return "体育の日（スポーツの日）"
	}
	return name
}

func holidaysByRule(from, to int) map[string]string {
	found := map[string]string{}
	for d := series.Date(from, time.January, 1); d <= series.Date(to, time.December, 31); d++ {
		if name, ok := series.JapaneseHoliday(d); ok {
			found[d.String()] = cabinetOfficeName(d, name.JA)
		}
	}
	return found
}

func TestHolidaysEqualTheCabinetOfficeList(t *testing.T) {
	t.Parallel()
	path := filepath.Join("..", "..", "..", "shared", "data", "exports", "syukujitsu_cp932.csv")
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("the Cabinet Office's list is not here: %s", path)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(japanese.ShiftJIS.NewDecoder().Reader(file)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	for _, row := range rows[1:] {
		part := strings.Split(row[0], "/")
		year, errYear := strconv.Atoi(part[0])
		month, errMonth := strconv.Atoi(part[1])
		dd, errDay := strconv.Atoi(part[2])
		if err := errors.Join(errYear, errMonth, errDay); err != nil {
			t.Fatal(err)
		}
		want[series.Date(year, time.Month(month), dd).String()] = row[1]
	}
	if len(want) < 1000 {
		t.Fatalf("the list holds only %d days", len(want))
	}
	if diff := cmp.Diff(want, holidaysByRule(1955, 2027)); diff != "" {
		t.Errorf("holidays (-list +rule):\n%s", diff)
	}
}

// TestHolidaysOfTheseYears holds the part of the list that users meet, so that
// the rules are checked where the list itself is absent.
func TestHolidaysOfTheseYears(t *testing.T) {
	t.Parallel()
	const list = `
2024: 01-01 元日 01-08 成人の日 02-11 建国記念の日 02-12 休日 02-23 天皇誕生日 03-20 春分の日 04-29 昭和の日
 05-03 憲法記念日 05-04 みどりの日 05-05 こどもの日 05-06 休日 07-15 海の日 08-11 山の日 08-12 休日 09-16 敬老の日
 09-22 秋分の日 09-23 休日 10-14 スポーツの日 11-03 文化の日 11-04 休日 11-23 勤労感謝の日
2025: 01-01 元日 01-13 成人の日 02-11 建国記念の日 02-23 天皇誕生日 02-24 休日 03-20 春分の日 04-29 昭和の日
 05-03 憲法記念日 05-04 みどりの日 05-05 こどもの日 05-06 休日 07-21 海の日 08-11 山の日 09-15 敬老の日
 09-23 秋分の日 10-13 スポーツの日 11-03 文化の日 11-23 勤労感謝の日 11-24 休日
2026: 01-01 元日 01-12 成人の日 02-11 建国記念の日 02-23 天皇誕生日 03-20 春分の日 04-29 昭和の日
 05-03 憲法記念日 05-04 みどりの日 05-05 こどもの日 05-06 休日 07-20 海の日 08-11 山の日 09-21 敬老の日
 09-22 休日 09-23 秋分の日 10-12 スポーツの日 11-03 文化の日 11-23 勤労感謝の日
2027: 01-01 元日 01-11 成人の日 02-11 建国記念の日 02-23 天皇誕生日 03-21 春分の日 03-22 休日 04-29 昭和の日
 05-03 憲法記念日 05-04 みどりの日 05-05 こどもの日 07-19 海の日 08-11 山の日 09-20 敬老の日 09-23 秋分の日
 10-11 スポーツの日 11-03 文化の日 11-23 勤労感謝の日`
	want := map[string]string{}
	year, date := "", ""
	for _, word := range strings.Fields(list) {
		switch {
		case strings.HasSuffix(word, ":"):
			year = strings.TrimSuffix(word, ":")
		case word[0] < 0x80:
			date = year + "-" + word
		default:
			want[date] = word
		}
	}
	if diff := cmp.Diff(want, holidaysByRule(2024, 2027)); diff != "" {
		t.Errorf("holidays (-list +rule):\n%s", diff)
	}
}

func TestHolidayNames(t *testing.T) {
	t.Parallel()
	for s, want := range map[string][2]string{
		"1973-04-30": {"振替休日", "Substitute Holiday"}, // the first one there was
		"1972-01-02": {},
		"1988-05-04": {"国民の休日", "Citizens' Holiday"}, // the first one there was
		"1986-05-04": {},                             // between two holidays, but a Sunday
		"1987-05-04": {"振替休日", "Substitute Holiday"},
		"2009-09-22": {"国民の休日", "Citizens' Holiday"},
		"2008-05-06": {"振替休日", "Substitute Holiday"}, // for a Sunday two days before
		"2019-04-30": {"国民の休日", "Citizens' Holiday"},
		"2019-05-01": {"天皇の即位の日", "Emperor's Accession"},
		"2019-12-23": {},
		"2020-10-12": {}, // moved for the Olympic games
		"2021-08-09": {"振替休日", "Substitute Holiday"},
		"2032-09-21": {"国民の休日", "Citizens' Holiday"},
		"2099-01-01": {"元日", "New Year's Day"},
		"2100-01-01": {}, // beyond the years that are known
		"1954-01-01": {},
	} {
		name, ok := series.JapaneseHoliday(day(t, s))
		if name.JA != want[0] || name.EN != want[1] || ok != (want[0] != "") {
			t.Errorf("%s is %+v, %v; want %v", s, name, ok, want)
		}
	}
}
