package forecast_test

import (
	"math"
	"testing"

	"github.com/shirube/shirube/internal/series"
)

// What never had any chance in it is led on exactly in the mean; how far it may stray
// is still said.
func TestLinesAndConstantsGoOn(t *testing.T) {
	t.Parallel()
	span := days("2025-01-01", "2025-09-30")
	start := span.From
	cases := []struct {
		name      string
		agg       series.Aggregation
		of        func(series.Day) float64
		tolerance float64
	}{
		{"a constant count", series.Sum, func(series.Day) float64 { return 2 }, 1e-3},
		{"a large constant count", series.Sum, func(series.Day) float64 { return 1000 }, 1e-3},
		{"a constant amount", series.Sum, func(series.Day) float64 { return 2.5 }, 1e-9},
		{"what goes out", series.Sum, func(series.Day) float64 { return -3 }, 1e-9},
		{"the same week over and over", series.Sum, func(d series.Day) float64 { return float64(d%7) * 3 }, 1e-3},
		{"a constant mean", series.Mean, func(series.Day) float64 { return 0.3 }, 1e-9},
		{"a growing stock", series.Last, func(d series.Day) float64 { return 1000 + 5*float64(d-start) }, 1e-9},
		{"a falling stock", series.Last, func(d series.Day) float64 { return 9000 - 5*float64(d-start) }, 1e-9},
		{"a stock that stands still", series.Last, func(series.Day) float64 { return 40 }, 1e-9},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			h := history(span, c.of)
			p := lead(h, c.agg, 84, 600)
			for _, ahead := range [][2]int{{1, 1}, {3, 9}, {8, 14}, {15, 49}, {1, 84}} {
				over := series.Span{From: span.To + series.Day(ahead[0]), To: span.To + series.Day(ahead[1])}
				want, _ := history(days("2025-01-01", "2026-06-30"), c.of).Aggregate(over, c.agg)
				got, deviation := moments(p.Aggregate("x", over))
				if math.Abs(got-want) > c.tolerance*math.Abs(want)+c.tolerance {
					t.Errorf("days %v ahead: %v, want %v", ahead, got, want)
				}
				if ahead[1] == 84 && deviation == 0 {
					t.Errorf("days %v ahead are certain", ahead)
				}
			}
		})
	}
}

// One day that differs, or that nobody wrote down, and the model decides.
func TestAlmostALineIsNotOne(t *testing.T) {
	t.Parallel()
	span := days("2025-01-01", "2025-09-30")
	for _, odd := range []float64{1001, math.NaN()} {
		h := history(span, func(d series.Day) float64 { return pick(d == span.To-40, odd, 1000) })
		got, _ := moments(after(lead(h, series.Sum, 28, 600), h, 1, 28))
		if got == 28000 || math.Abs(got/28000-1) > 0.01 {
			t.Errorf("with a day of %v: %v", odd, got)
		}
	}
}
