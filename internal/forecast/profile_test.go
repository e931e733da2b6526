package forecast_test

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/internal/forecast"
	"github.com/shirube/shirube/internal/series"
)

// history makes a daily series from a function of the day.
func history(span series.Span, value func(series.Day) float64) series.Daily {
	d := series.Daily{First: span.From}
	for day := span.From; day <= span.To; day++ {
		d.Values = append(d.Values, value(day))
	}
	return d
}

func days(from, to string) series.Span {
	span, err := series.ParseSpan(from + ".." + to)
	if err != nil {
		panic(err)
	}
	return span
}

func kinds(span series.Span) *forecast.DayKinds {
	return forecast.NewDayKinds(series.NewCalendar(nil), span)
}

func weekend(d series.Day) bool {
	return d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
}

func TestEqualWithoutHistory(t *testing.T) {
	t.Parallel()
	span := days("2026-01-01", "2026-01-27") // 27 days: one too few
	p := forecast.Learn(history(span, func(d series.Day) float64 { return float64(d.Weekday()) }), span, kinds(span))
	for d := span.From; d <= span.To; d++ {
		if p.Weight(d) != 1 {
			t.Fatalf("%v weighs %v, want 1", d, p.Weight(d))
		}
	}
	if !p.Learned().Empty() {
		t.Errorf("learned from %v", p.Learned())
	}
}

func TestClosedWeekendsWeighNothing(t *testing.T) {
	t.Parallel()
	span := days("2026-01-05", "2026-03-29") // twelve weeks
	year := days("2026-01-05", "2027-03-31")
	cases := map[string]func(series.Day) float64{
		"zero on weekends":   func(d series.Day) float64 { return pick(weekend(d), 0, 20) },
		"no row on weekends": func(d series.Day) float64 { return pick(weekend(d), math.NaN(), 20) },
		"small counts":       func(d series.Day) float64 { return pick(weekend(d), 0, float64(1+int(d)%2)) },
		"revenue, one wild day": func(d series.Day) float64 {
			return pick(weekend(d), 0, pick(d == span.From+9, 9e6, 1e5+float64(d%7)*1e3))
		},
	}
	for name, value := range cases {
		t.Run(name, func(t *testing.T) {
			p := forecast.Learn(history(span, value), span, kinds(year))
			for d := year.From; d <= year.To; d++ {
				if weekend(d) && p.Weight(d) != 0 {
					t.Fatalf("%v %v weighs %v, want 0", d, d.Weekday(), p.Weight(d))
				}
			}
			if monday := p.Weight(days("2026-06-01", "2026-06-01").From); math.Abs(monday-1.4) > 0.1 {
				t.Errorf("a Monday weighs %v, want about 7/5", monday)
			}
		})
	}
}

func pick(yes bool, a, b float64) float64 {
	if yes {
		return a
	}
	return b
}

func TestHolidaysAreLearnedOnceSeen(t *testing.T) {
	t.Parallel()
	calendar := series.NewCalendar(nil)
	span := days("2025-01-06", "2025-12-28")
	half := func(d series.Day) float64 {
		v := pick(weekend(d), 40, 100)
		return pick(calendar.Kind(d) == series.Holiday, v/2, v)
	}
	year := days("2025-01-06", "2026-12-31")
	p := forecast.Learn(history(span, half), span, kinds(year))
	culture := days("2026-11-03", "2026-11-03").From // a Tuesday
	if got, want := p.Weight(culture)/p.Weight(culture+7), 0.5; math.Abs(got-want) > 0.03 {
		t.Errorf("a holiday weighs %v of its weekday, want %v", got, want)
	}
	newYear := days("2025-12-30", "2025-12-30").From // never seen: like a Sunday
	sunday := days("2026-11-08", "2026-11-08").From
	if p.Weight(newYear) != p.Weight(sunday) {
		t.Errorf("an unseen holiday weighs %v, a Sunday %v", p.Weight(newYear), p.Weight(sunday))
	}
}

func TestSeason(t *testing.T) {
	t.Parallel()
	march := func(d series.Day) float64 {
		_, month, _ := d.Civil()
		growth := 1 + float64(d-days("2023-04-01", "2023-04-01").From)/1000
		return 100 * growth * pick(month == time.March, 2, 1)
	}
	at := func(from, to string) float64 {
		span := days(from, to)
		p := forecast.Learn(history(span, march), span, kinds(days(from, "2027-03-31")))
		m, f := days("2027-03-10", "2027-03-10").From, days("2027-02-10", "2027-02-10").From
		return p.Weight(m) / p.Weight(f)
	}
	for _, c := range []struct {
		name, from, to string
		low, high      float64
	}{
		{"three years: believed", "2023-04-01", "2026-03-31", 1.85, 2.1},
		{"fifteen months: half", "2025-01-01", "2026-03-31", 1.4, 1.6},
		{"one year: not yet", "2025-04-01", "2026-03-31", 1, 1},
	} {
		if got := at(c.from, c.to); got < c.low || got > c.high {
			t.Errorf("%s: March over February %v, want %v to %v", c.name, got, c.low, c.high)
		}
	}
}

func TestShareNeverFalls(t *testing.T) {
	t.Parallel()
	span := days("2025-10-01", "2026-03-31")
	table := kinds(days("2025-10-01", "2027-03-31"))
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Float64Range(0, 50), 7, 7).Draw(t, "weekdays")
		p := forecast.Learn(history(span, func(d series.Day) float64 { return values[d.Weekday()] }), span, table)
		whole := days("2026-04-01", "2026-09-30")
		last := 0.0
		for d := whole.From - 1; d <= whole.To+1; d++ {
			share := p.Share(whole, d)
			if share < last || share > 1 {
				t.Fatalf("share falls from %v to %v on %v", last, share, d)
			}
			last = share
		}
		if last != 1 {
			t.Fatalf("share ends at %v", last)
		}
	})
}
