package insight_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/series"
)

func TestCurveMeetsTheReading(t *testing.T) {
	t.Parallel()
	for _, target := range []string{
		"total: 1100, from: 2026-04-01, by: 2027-03-31",
		"hold: 90, per: month, from: 2026-04-01, by: 2027-03-31",
		"reach: 90, from: 2026-04-01, by: 2027-03-31",
	} {
		ev := company(t, single(target, ""), "2025-04-01..2026-08-17", numbers{"s.x": func(d series.Day) float64 { return float64(2 + (int(d)*7919)%3) }})
		v := insight.NewView(ev, on(t, "2026-08-17"))
		r, c := v.Status().Indicators[0], v.Curve("k")
		if len(c.Days) > 121 || len(c.Days) != len(c.Actual) || len(c.Days) != len(c.Hi80) {
			t.Fatalf("%s: %d days", target, len(c.Days))
		}
		seen := false
		for i, d := range c.Days {
			if d != day(t, "2026-08-17") {
				continue
			}
			seen = true
			if !near(c.Actual[i], *r.Value, 1e-9) || !near(c.Pace[i], *r.Expected, 1e-9) {
				t.Errorf("%s: curve says %v on a pace of %v, reading %v on %v", target, show(c.Actual[i]), show(c.Pace[i]), show(r.Value), show(r.Expected))
			}
		}
		last := len(c.Days) - 1
		if !seen || !near(c.Mean[last], *r.Forecast.Mean, 1e-9) || !near(c.Lo80[last], *r.Forecast.Lo80, 1e-9) {
			t.Errorf("%s: curve ends at %v, landing %v", target, show(c.Mean[last]), show(r.Forecast.Mean))
		}
	}
}

func TestSparkIsAMeanOfThreeDays(t *testing.T) {
	t.Parallel()
	ev := company(t, single("total: 100, from: 2026-04-01, by: 2027-03-31", ""), "2026-04-01..2026-04-05",
		numbers{"s.x": func(d series.Day) float64 {
			if d == day(t, "2026-04-04") {
				return math.NaN()
			}
			return float64(d-day(t, "2026-04-01")) * 3
		}})
	s := insight.Sparks(ev, on(t, "2026-04-05"))["k"]
	n := len(s.Values)
	// 0 3 6 - 12: means of what is there.
	for i, want := range []float64{0, 1.5, 3, 4.5, 9} {
		if !near(s.Values[n-5+i], want, 1e-12) {
			t.Errorf("day %d: %v, want %v", i, show(s.Values[n-5+i]), want)
		}
	}
	if n != 30 || s.Values[0] != nil {
		t.Errorf("%d values, the first %v", n, show(s.Values[0]))
	}
}

// What the pace asks for never falls as a target's days go by, and ends at the
// number to reach.
func TestPaceNeverFalls(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		week := rapid.SliceOfN(rapid.SampledFrom([]float64{0, 0, 1, 3, 20}), 7, 7).Draw(t, "week")
		history := rapid.SampledFrom([]string{"2026-04-01", "2026-02-15", "2025-01-01"}).Draw(t, "history from")
		target := rapid.SampledFrom([]string{
			"total: 500, from: 2026-04-01, by: 2026-07-31",
			"total: 500, from: 2026-04-01, by: 2026-07-31, milestones: [{by: 2026-05-20, value: 300}]",
		}).Draw(t, "target")
		ev := company(t, single(target, ""), history+"..2026-07-31", numbers{"s.x": func(d series.Day) float64 { return week[d.Weekday()] }})
		last := 0.0
		c := insight.CurveOf(ev, "k", on(t, "2026-05-01"))
		for i := range c.Days {
			if *c.Pace[i] < last-1e-9 {
				t.Fatalf("pace falls from %v to %v on %v", last, *c.Pace[i], c.Days[i])
			}
			last = *c.Pace[i]
		}
		if math.Abs(last-500) > 1e-9 {
			t.Fatalf("pace ends at %v", last)
		}
	})
}

func TestLinkReport(t *testing.T) {
	t.Parallel()
	links := insight.LinkReport(hinata(t), on(t, "2026-09-08"))
	if len(links) != 5 {
		t.Fatalf("%d links", len(links))
	}
	for _, l := range links {
		switch {
		case l.Kind == "formula" && (l.Verdict != "identity" || l.Grade != "formula" || l.Effect != nil):
			t.Errorf("formula %+v", l)
		case l.Kind == "influence" && (l.Verdict != "cannot-tell" || l.Grade != "belief" || l.NDays == 0):
			t.Errorf("influence %+v", l)
		}
	}
}
