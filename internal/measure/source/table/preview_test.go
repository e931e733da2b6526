package table

import (
	"fmt"
	"strings"
	"testing"
)

func TestPreview(t *testing.T) {
	t.Parallel()
	text := "日付,Datum,US,表示回数,Nutzer,CTR,名前,投稿ID,空,混,時刻\n" +
		"2026/4/2,04/05/2026,04/13/2026,\"1,234\",40.531,1.2%,a,1234567890123456789,,1.5,2026-04-01 23:00 +0000\n" +
		"2026/4/1,05/05/2026,04/14/2026,987,1,0.5%,b,1234567890123456790,-,\"1,5\",2026-04-02 01:00 +0000\n" +
		"合計,,,\"2,221\",40.532,,,,,,\n"
	s, err := Preview(strings.NewReader(text), Options{Name: "f.csv"}, 2, 0, tokyo)
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Rows) != 2 || s.Lines[1] != 3 || s.Read != 3 || !s.Whole || s.Format.HeaderLine != 1 {
		t.Errorf("%+v", s)
	}
	var got []string
	for _, g := range s.Columns {
		line := g.Name + " " + string(g.Kind)
		switch {
		case g.Mixed != nil:
			line += " mixed"
		case g.Number != nil:
			line += fmt.Sprintf(" %s=%v or %v at %v", g.Number.Cell, g.Number.AsDot, g.Number.AsComma, g.Number.At)
		case g.Dates != nil:
			line += fmt.Sprintf(" %s=%v or %v at %v", g.Dates.Cell, g.Dates.AsDMY, g.Dates.AsMDY, g.Dates.At)
		case g.Kind == ColumnNumber:
			line += " " + g.Style.String()
		case g.Kind == ColumnDate:
			line += fmt.Sprintf(" %s %v..%v", g.Form, g.First, g.Last)
		}
		if g.Percent {
			line += " %"
		}
		got = append(got, line)
	}
	want := []string{
		"日付 date YYYY/M/D 2026-04-01..2026-04-02",
		"Datum date 04/05/2026=2026-05-04 or 2026-04-05 at f.csv:2:10",
		"US date MM/DD/YYYY 2026-04-13..2026-04-14",
		"表示回数 number 1,234.5",
		"Nutzer number 40.531=40.531 or 40531 at f.csv:2:40",
		"CTR number 1,234.5 %",
		"名前 text",
		"投稿ID text",
		"空 empty",
		"混 number mixed",
		"時刻 date YYYY-MM-DD hh:mm 2026-04-02..2026-04-02",
	}
	if a, b := strings.Join(got, "\n"), strings.Join(want, "\n"); a != b {
		t.Errorf("got\n%s\nwant\n%s", a, b)
	}
}

func TestDateForms(t *testing.T) {
	t.Parallel()
	for cell, want := range map[string]string{
		"2026-04-01": "YYYY-MM-DD", "2026年4月1日": "YYYY年M月D日", "20260401": "YYYYMMDD", "2026-04-01T00:00:00": "YYYY-MM-DD hh:mm",
		"Sun, Aug 24, 2025": "Sun, Aug DD, YYYY", "令和8年4月1日": "令和Y年M月D日",
	} {
		if got := dateForm(cell, OrderUnknown); got != want {
			t.Errorf("dateForm(%q) = %q, want %q", cell, got, want)
		}
	}
	if got := dateForm("4/13/2026", OrderMDY) + " " + dateForm("13/4/2026", OrderDMY); got != "M/DD/YYYY DD/M/YYYY" {
		t.Error(got)
	}
}
