package series

import (
	"time"

	"github.com/shirube/shirube/internal/words"
)

// Fiscal is a year that starts in a month of its own and is named after the
// calendar year it starts in, as Japanese companies do: with April, FY2026 runs
// from 2026-04-01 to 2027-03-31. The zero value is the calendar year.
type Fiscal struct {
	StartMonth time.Month
}

func (f Fiscal) start() time.Month {
	if f.StartMonth < time.January || f.StartMonth > time.December {
		return time.January
	}
	return f.StartMonth
}

// Containing is the period of a grain in which the day lies. Every day lies in
// exactly one period of each grain.
func (f Fiscal) Containing(g Grain, d Day) Span {
	year, month, _ := d.Civil()
	switch g {
	case GrainWeek:
		sinceMonday := (int(d.Weekday()) + 6) % 7
		monday := d - Day(sinceMonday)
		return Span{From: monday, To: monday + 6}
	case GrainMonth:
		return months(year, month, 1)
	case GrainQuarter:
		into := f.monthsInto(month)
		return months(year, month-time.Month(into%3), 3)
	case GrainYear:
		return months(year, month-time.Month(f.monthsInto(month)), 12)
	}
	return Span{From: d, To: d}
}

// monthsInto is how many whole months of the fiscal year lie before the month.
func (f Fiscal) monthsInto(month time.Month) int { return (int(month-f.start()) + 12) % 12 }

func months(year int, first time.Month, n int) Span {
	return Span{From: Date(year, first, 1), To: Date(year, first+time.Month(n), 0)}
}

// Next is the period after the one that ends on s.To.
func (f Fiscal) Next(g Grain, s Span) Span { return f.Containing(g, s.To+1) }

// Previous is the period before the one that starts on s.From.
func (f Fiscal) Previous(g Grain, s Span) Span { return f.Containing(g, s.From-1) }

// Each is every period that shares a day with the span, in order. The first and
// the last may reach beyond it.
func (f Fiscal) Each(g Grain, s Span) []Span {
	if s.Empty() {
		return nil
	}
	var periods []Span
	for p := f.Containing(g, s.From); p.From <= s.To; p = f.Next(g, p) {
		periods = append(periods, p)
	}
	return periods
}

// Complete is every period that lies wholly inside the span, in order.
func (f Fiscal) Complete(g Grain, s Span) []Span {
	periods := f.Each(g, s)
	if len(periods) > 0 && periods[0].From < s.From {
		periods = periods[1:]
	}
	if n := len(periods); n > 0 && periods[n-1].To > s.To {
		periods = periods[:n-1]
	}
	return periods
}

// Label names a period: "2026年4月", "2026年度第1四半期", "8月17日の週" / "Apr 2026",
// "Q1 FY2026", "week of Aug 17". A year that starts in January is 2026年, not
// 2026年度.
func (f Fiscal) Label(g Grain, s Span) words.Text {
	year, month, _ := s.From.Civil()
	switch g {
	case GrainWeek:
		return words.T("%sの週", "week of %s", s.From)
	case GrainMonth:
		return words.T("%[1]d年%[2]d月", "%[3]s %[1]d", year, int(month), month.String()[:3])
	case GrainQuarter:
		quarter := f.monthsInto(month)/3 + 1
		if f.start() == time.January {
			return words.T("%d年第%d四半期", "Q%[2]d %[1]d", year, quarter)
		}
		return words.T("%d年度第%d四半期", "Q%[2]d FY%[1]d", f.Year(s.From), quarter)
	case GrainYear:
		if f.start() == time.January {
			return words.T("%d年", "%d", year)
		}
		return words.T("%d年度", "FY%d", f.Year(s.From))
	}
	return words.T("%s", "%s", s.From.Long())
}

// Year is the fiscal year in which the day lies, by the calendar year it
// started in.
func (f Fiscal) Year(d Day) int {
	year, month, _ := d.Civil()
	if month < f.start() {
		return year - 1
	}
	return year
}
