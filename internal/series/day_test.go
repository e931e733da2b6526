package series_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// anyDay draws days of two hundred years around the epoch.
func anyDay() *rapid.Generator[series.Day] {
	return rapid.Custom(func(t *rapid.T) series.Day {
		return series.Day(rapid.IntRange(-200*366, 200*366).Draw(t, "day"))
	})
}

func day(t testing.TB, s string) series.Day {
	t.Helper()
	d, err := series.ParseDay(s)
	if err != nil {
		t.Fatalf("ParseDay(%q): %v", s, err)
	}
	return d
}

func span(t testing.TB, s string) series.Span {
	t.Helper()
	sp, err := series.ParseSpan(s)
	if err != nil {
		t.Fatalf("ParseSpan(%q): %v", s, err)
	}
	return sp
}

func TestDayAgreesWithTheStandardLibrary(t *testing.T) {
	t.Parallel()
	for d := series.Day(-200 * 366); d <= 200*366; d++ {
		want := time.Unix(int64(d)*86400, 0).UTC()
		y, m, dd := d.Civil()
		wy, wm, wd := want.Date()
		if y != wy || m != wm || dd != wd || d.Weekday() != want.Weekday() {
			t.Fatalf("day %d is %d-%d-%d %v, want %v", d, y, m, dd, d.Weekday(), want)
		}
		if back := series.Date(y, m, dd); back != d {
			t.Fatalf("Date(%d, %d, %d) = %d, want %d", y, m, dd, back, d)
		}
	}
}

func TestDateCarriesOverAsTimeDateDoes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		year := rapid.IntRange(-400, 9999).Draw(t, "year")
		month := rapid.IntRange(-50, 50).Draw(t, "month")
		dd := rapid.IntRange(-500, 500).Draw(t, "day")
		want := time.Date(year, time.Month(month), dd, 0, 0, 0, 0, time.UTC).Unix() / 86400
		if got := series.Date(year, time.Month(month), dd); int64(got) != want {
			t.Fatalf("got day %d, want %d", got, want)
		}
	})
}

func TestParseDay(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"1970-01-01", "2024-02-29", "0001-01-01", "9999-12-31", "2000-02-29"} {
		if got := day(t, s).String(); got != s {
			t.Errorf("%q reads back as %q", s, got)
		}
	}
	bad := map[string]string{
		"":                "「」は日付として読めません。2026-04-01 のように書いてください。",
		"2026/04/01":      "「2026/04/01」は日付として読めません。2026-04-01 のように書いてください。",
		"2026-4-1":        "「2026-4-1」は日付として読めません。2026-04-01 のように書いてください。",
		"２０２6-04-01":      "「２０２6-04-01」は日付として読めません。2026-04-01 のように書いてください。",
		"0000-01-01":      "「0000-01-01」は日付として読めません。2026-04-01 のように書いてください。",
		"+026-04-01":      "「+026-04-01」は日付として読めません。2026-04-01 のように書いてください。",
		"2026-02-29":      "「2026-02-29」という日はありません。月と日を確かめてください。",
		"2026-13-01":      "「2026-13-01」という日はありません。月と日を確かめてください。",
		"2026-00-10":      "「2026-00-10」という日はありません。月と日を確かめてください。",
		"2026-04-00":      "「2026-04-00」という日はありません。月と日を確かめてください。",
		"1900-02-29":      "「1900-02-29」という日はありません。月と日を確かめてください。",
		"2026-04-01 ":     "「2026-04-01 」は日付として読めません。2026-04-01 のように書いてください。",
		"2026-04-01T00:0": "「2026-04-01T00:0」は日付として読めません。2026-04-01 のように書いてください。",
	}
	for s, want := range bad {
		_, err := series.ParseDay(s)
		var dayErr *series.DayError
		if !errors.As(err, &dayErr) {
			t.Errorf("ParseDay(%q): error %v is no *DayError", s, err)
			continue
		}
		if err.Error() != want {
			t.Errorf("ParseDay(%q)\n got %s\nwant %s", s, err, want)
		}
	}
	_, err := series.ParseDay("2026-02-30")
	if got, want := words.In(err, words.EN), "There is no day “2026-02-30”. Check the month and the day."; got != want {
		t.Errorf("in English\n got %s\nwant %s", got, want)
	}
}

func TestAddMonths(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-01-31", 1, "2026-02-28"},
		{"2024-01-31", 1, "2024-02-29"},
		{"2026-03-31", -1, "2026-02-28"},
		{"2026-12-15", 1, "2027-01-15"},
		{"2026-01-15", -1, "2025-12-15"},
		{"2024-02-29", 12, "2025-02-28"},
		{"2024-02-29", -48, "2020-02-29"},
		{"2026-05-31", 25, "2028-06-30"},
	} {
		if got := day(t, c.from).AddMonths(c.n).String(); got != c.want {
			t.Errorf("%s and %d months = %s, want %s", c.from, c.n, got, c.want)
		}
	}
	if got := day(t, "2024-02-29").AddYears(-1).String(); got != "2023-02-28" {
		t.Errorf("a year before the leap day = %s", got)
	}
}

func TestAddMonthsLandsInTheMonthAndClamps(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := anyDay().Draw(t, "from")
		n := rapid.IntRange(-1200, 1200).Draw(t, "months")
		y, m, dd := d.Civil()
		gy, gm, gd := d.AddMonths(n).Civil()
		if gy*12+int(gm) != y*12+int(m)+n {
			t.Fatalf("%v and %d months fall in %d-%d", d, n, gy, gm)
		}
		if _, _, lastDay := series.Date(gy, gm+1, 0).Civil(); gd != min(dd, lastDay) {
			t.Fatalf("%v and %d months fall on day %d of %d", d, n, gd, lastDay)
		}
	})
}

func TestDayText(t *testing.T) {
	t.Parallel()
	type row struct {
		Day series.Day `json:"day"`
	}
	b, err := json.Marshal(row{Day: day(t, "2026-04-01")})
	if err != nil || string(b) != `{"day":"2026-04-01"}` {
		t.Fatalf("marshal: %s, %v", b, err)
	}
	var back row
	if err := json.Unmarshal(b, &back); err != nil || back.Day != day(t, "2026-04-01") {
		t.Fatalf("unmarshal: %v, %v", back, err)
	}
	if err := json.Unmarshal([]byte(`{"day":"tomorrow"}`), &back); err == nil {
		t.Error("unmarshal takes a text that is no day")
	}
	if b, err := json.Marshal(row{Day: series.Date(10000, time.January, 1)}); err == nil {
		t.Errorf("marshal takes the year 10000: %s", b)
	}
	if got := series.Date(-1, time.March, 2).String(); got != "-00001-03-02" {
		t.Errorf("a day before our era reads %s", got)
	}
}

func FuzzParseDay(f *testing.F) {
	for _, s := range []string{"2026-04-01", "2024-02-29", "0000-00-00", "2026-99-99", "二〇二六-04", "2026-04-0１"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := series.ParseDay(s)
		if err != nil {
			if err.Error() == "" || words.In(err, words.EN) == "" {
				t.Errorf("%q is refused without a word", s)
			}
			return
		}
		if d.String() != s {
			t.Errorf("%q reads back as %q", s, d)
		}
	})
}

func TestDayOf(t *testing.T) {
	t.Parallel()
	moment := time.Date(2026, time.March, 31, 20, 30, 0, 0, time.UTC)
	tokyo := time.FixedZone("Tokyo", 9*60*60)
	if got := series.DayOf(moment); got.String() != "2026-03-31" {
		t.Errorf("in UTC %s", got)
	}
	if got := series.DayOf(moment.In(tokyo)); got.String() != "2026-04-01" {
		t.Errorf("in Tokyo %s", got)
	}
}
