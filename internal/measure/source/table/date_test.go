package table

import (
	"fmt"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
	"pgregory.net/rapid"
)

var tokyo = time.FixedZone("Asia/Tokyo", 9*3600)

func TestParseDate(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		cell  string
		order DateOrder
		want  string
	}{
		{"2026-04-01", 0, "2026-04-01"}, {"2026/4/1", 0, "2026-04-01"}, {"2026/04/01", 0, "2026-04-01"}, {"2026.4.1", 0, "2026-04-01"}, {"2026. 4. 1.", 0, "2026-04-01"},
		{"2026年4月1日", 0, "2026-04-01"}, {"2026年04月01日", 0, "2026-04-01"}, {"20260401", 0, "2026-04-01"}, {"２０２６年４月１日", 0, "2026-04-01"}, {"２０２６／４／１", 0, "2026-04-01"},
		{"Sun, Aug 24, 2025", 0, "2025-08-24"}, {"Aug 24, 2025", 0, "2025-08-24"}, {"August 24, 2025", 0, "2025-08-24"}, {"24 Aug 2025", 0, "2025-08-24"}, {"24-Aug-2025", 0, "2025-08-24"},
		{"Sunday, 24 August 2025", 0, "2025-08-24"}, {"Aug 24th, 2025", 0, "2025-08-24"}, {"2025 Aug 24", 0, "2025-08-24"}, {"Sept 1, 2025", 0, "2025-09-01"},
		{"令和8年4月1日", 0, "2026-04-01"}, {"令和元年5月1日", 0, "2019-05-01"}, {"R8.4.1", 0, "2026-04-01"}, {"R08/04/01", 0, "2026-04-01"}, {"平成31年4月30日", 0, "2019-04-30"}, {"H31.4.30", 0, "2019-04-30"}, {"昭和64年1月7日", 0, "1989-01-07"}, {"令和８年4月1日", 0, "2026-04-01"},
		{"2026/4/1(水)", 0, "2026-04-01"}, {"2026/4/1（水）", 0, "2026-04-01"}, {"2026年4月1日(水曜日)", 0, "2026-04-01"}, {"2026年4月1日水曜日", 0, "2026-04-01"}, {"2026-04-01 (Wed)", 0, "2026-04-01"}, {"水, 2026/4/1", 0, "2026-04-01"},
		{"2018-02-26 19:58:54", 0, "2018-02-26"}, {"2018-02-26T19:58:54", 0, "2018-02-26"}, {"2018-02-26 19:58", 0, "2018-02-26"}, {"2018/2/26 9:58", 0, "2018-02-26"}, {"2026-04-01 23:59:59.999", 0, "2026-04-01"},
		{"2026年4月1日 午後3時5分", 0, "2026-04-01"}, {"2026年4月1日午前9時", 0, "2026-04-01"}, {"2026年4月1日15時05分30秒", 0, "2026-04-01"},
		{"2026-06-20 09:00 +0000", 0, "2026-06-20"}, {"2026-06-20 15:00 +0000", 0, "2026-06-21"}, {"2026-06-20 14:59:59 UTC", 0, "2026-06-20"}, {"2026-06-20T15:00:00Z", 0, "2026-06-21"}, {"2026-06-20T15:00:00.000Z", 0, "2026-06-21"},
		{"2026-06-20T23:00:00+09:00", 0, "2026-06-20"}, {"2026-06-20T00:30:00+10:00", 0, "2026-06-19"}, {"2026-06-20 23:00:00 -0800", 0, "2026-06-21"}, {"2026-06-20 23:00 JST", 0, "2026-06-20"},
		{"12/27/2025 12:00:00 AM", OrderMDY, "2025-12-27"}, {"12/27/2025 12:00:00 AM", 0, "2025-12-27"}, {"27/12/2025", 0, "2025-12-27"}, {"27.12.2025", 0, "2025-12-27"}, {"7/18/2018", 0, "2018-07-18"},
		{"04/05/2026", OrderDMY, "2026-05-04"}, {"04/05/2026", OrderMDY, "2026-04-05"}, {"05/05/2026", 0, "2026-05-05"}, {"4.5.2026", OrderDMY, "2026-05-04"},
		{" 2026-04-01 ", 0, "2026-04-01"}, {"\ufeff2026-04-01", 0, "2026-04-01"}, {"2024-02-29", 0, "2024-02-29"}, {"Aug 24, 2025, 3:05 PM", 0, "2025-08-24"},
	} {
		got, err := ParseDate(c.cell, c.order, tokyo)
		if err != nil || got.String() != c.want {
			t.Errorf("ParseDate(%q, %v) = %v, %v; want %v", c.cell, c.order, got, err, c.want)
		}
	}
}

func TestNotDates(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		cell  string
		order DateOrder
		fault Fault
	}{
		{"", 0, FaultEmpty}, {"-", 0, FaultEmpty}, {"N/A", 0, FaultEmpty},
		{"abc", 0, FaultMalformed}, {"合計", 0, FaultMalformed}, {"46113", 0, FaultMalformed}, {"0000", 0, FaultMalformed}, {"12", 0, FaultMalformed}, {"4/1", 0, FaultMalformed}, {"4月1日", 0, FaultMalformed}, {"Aug 24", 0, FaultMalformed},
		{"2026-04-01 - 2026-04-07", 0, FaultMalformed}, {"2026/4/1〜2026/4/7", 0, FaultMalformed}, {"2026/4/1～4/7", 0, FaultMalformed}, {"2026-W14", 0, FaultMalformed}, {"2026-04-01x", 0, FaultMalformed}, {"2026-04-01 25:00", 0, FaultMalformed}, {"2026-04-01 09:00 PST", 0, FaultMalformed},
		{"1780000000", 0, FaultMalformed}, {"2026年度", 0, FaultMalformed}, {"10:30", 0, FaultMalformed}, {"R8", 0, FaultMalformed}, {"2026", 0, FaultMalformed},
		{"2026-04", 0, FaultMonthOnly}, {"2026/4", 0, FaultMonthOnly}, {"2026年4月", 0, FaultMonthOnly}, {"Apr 2026", 0, FaultMonthOnly}, {"202604", 0, FaultMonthOnly}, {"04/2026", 0, FaultMonthOnly}, {"令和8年4月", 0, FaultMonthOnly},
		{"2026-02-30", 0, FaultImpossible}, {"2026/13/01", 0, FaultImpossible}, {"20260230", 0, FaultImpossible}, {"2025-02-29", 0, FaultImpossible}, {"0001-01-01", 0, FaultImpossible}, {"13/13/2026", 0, FaultImpossible}, {"31/02/2026", 0, FaultImpossible}, {"13/05/2026", OrderMDY, FaultImpossible}, {"2026-00-10", 0, FaultImpossible},
		{"04/05/2026", 0, FaultAmbiguous}, {"4.5.2026", 0, FaultAmbiguous}, {"04/05/26", 0, FaultAmbiguous}, {"26/4/1", 0, FaultAmbiguous}, {"24-Aug-25", 0, FaultAmbiguous},
	} {
		got, err := ParseDate(c.cell, c.order, tokyo)
		e, is := err.(*CellError)
		if !is || e.Fault != c.fault {
			t.Errorf("ParseDate(%q, %v) = %v, %v; want fault %d", c.cell, c.order, got, err, c.fault)
		}
	}
	_, err := ParseDate("04/05/2026", OrderUnknown, nil)
	if got, want := words.In(err, words.EN), "“04/05/2026” may be May 4, 2026 or Apr 5, 2026. "+orderMend.EN; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestDateColumn(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		cells []string
		want  DateOrder
		fails bool
	}{
		{"ISO", []string{"2026-04-01", "2026-04-02"}, OrderUnknown, false},
		{"day first", []string{"04/05/2026", "13/05/2026"}, OrderDMY, false},
		{"month first", []string{"04/05/2026", "04/13/2026"}, OrderMDY, false},
		{"not told", []string{"04/05/2026", "05/05/2026"}, OrderUnknown, true},
		{"the same either way", []string{"05/05/2026"}, OrderUnknown, false},
		{"mixed", []string{"13/05/2026", "05/13/2026"}, OrderUnknown, true},
		{"totals and blanks", []string{"合計", "", "04/13/2026"}, OrderMDY, false},
	} {
		column := DateColumn{Name: "日付"}
		for i, cell := range c.cells {
			column.Feed(cell, words.At{File: "f.csv", Line: i + 2, Col: 1})
		}
		if order, err := column.Order(); order != c.want || (err != nil) != c.fails {
			t.Errorf("%s: %v, %v", c.name, order, err)
		}
	}
}

// Every day is read back from every way of writing it.
func TestEveryWayOfWritingADay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		day := series.Date(1901, 1, 1) + series.Day(rapid.IntRange(0, 100000).Draw(t, "day"))
		y, m, d := day.Civil()
		for _, cell := range []string{
			day.String(), fmt.Sprintf("%d/%d/%d", y, m, d), fmt.Sprintf("%d年%d月%d日", y, int(m), d), fmt.Sprintf("%04d%02d%02d", y, m, d),
			fmt.Sprintf("%s %d, %d", m.String(), d, y), fmt.Sprintf("%d %s %d", d, m.String()[:3], y), fmt.Sprintf("%s, %s %d, %d", day.Weekday().String()[:3], m.String()[:3], d, y),
			day.String() + " 23:59:59", day.String() + "T00:00:00+09:00",
		} {
			if got, err := ParseDate(cell, OrderUnknown, tokyo); err != nil || got != day {
				t.Fatalf("ParseDate(%q) = %v, %v", cell, got, err)
			}
		}
		if got, err := ParseDate(fmt.Sprintf("%02d/%02d/%d", d, m, y), OrderDMY, nil); err != nil || got != day {
			t.Fatalf("dmy: %v, %v", got, err)
		}
		if got, err := ParseDate(fmt.Sprintf("%d/%d/%d", m, d, y), OrderMDY, nil); err != nil || got != day {
			t.Fatalf("mdy: %v, %v", got, err)
		}
		if y >= 2020 && y < 2117 {
			if got, err := ParseDate(fmt.Sprintf("令和%d年%d月%d日", y-2018, int(m), d), OrderUnknown, nil); err != nil || got != day {
				t.Fatalf("era: %v, %v", got, err)
			}
		}
	})
}

func FuzzDate(f *testing.F) {
	for _, s := range []string{"2026-04-01", "2026/4/1(水)", "令和元年5月1日", "Sun, Aug 24, 2025", "12/27/2025 12:00:00 AM", "2026-06-20 09:00 +0000", "04/05/2026", "2026年4月", "\xff2026"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		column := DateColumn{}
		column.Feed(cell, words.At{})
		order, columnErr := column.Order()
		day, err := ParseDate(cell, OrderUnknown, tokyo)
		if err != nil {
			if _, is := err.(*CellError); !is || err.Error() == "" {
				t.Fatalf("ParseDate(%q): %T", cell, err)
			}
			return
		}
		if y, _, _ := day.Civil(); y < firstYear-1 || y > lastYear+1 {
			t.Fatalf("ParseDate(%q) = %v", cell, day)
		}
		if columnErr != nil {
			t.Fatalf("%q is %v by itself, but its column: %v", cell, day, columnErr)
		}
		if again, err := ParseDate(cell, order, tokyo); err != nil || again != day {
			t.Fatalf("%q is %v, and %v (%v) with order %v", cell, day, again, err, order)
		}
	})
}

func BenchmarkParseDate(b *testing.B) {
	for _, cell := range []string{"2026-04-01", "2026/4/1", "2026年4月1日", "Sun, Aug 24, 2025", "2018-02-26 19:58:54"} {
		b.Run(cell, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, _ = ParseDate(cell, OrderUnknown, nil)
			}
		})
	}
}
