package forecast_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/shirube/shirube/internal/forecast"
	"github.com/shirube/shirube/internal/series"
)

func TestFlowCarriesTheLevelOn(t *testing.T) {
	t.Parallel()
	span := days("2026-01-05", "2026-03-29")
	h := history(span, func(d series.Day) float64 { return pick(weekend(d), 0, 20) })
	p := forecast.Learn(h, span, kinds(days("2026-01-05", "2026-06-30")))
	f, short := forecast.FitFlow(h, p, span.To)
	if !short.Enough() {
		t.Fatal(short)
	}
	// 2026-03-30 is a Monday: five days of 20, then nothing on the weekend.
	week := f.Sum(series.Span{From: span.To + 1, To: span.To + 7})
	friday := f.Sum(series.Span{From: span.To + 1, To: span.To + 5})
	if math.Abs(week.Mean-100) > 1e-6 || week.Mean != friday.Mean {
		t.Errorf("a week brings %v, its workdays %v, want 100", week.Mean, friday.Mean)
	}
	if low, _ := week.Plus(3).Band(0.95); low < 3 {
		t.Errorf("landing may be %v, below what is in", low)
	}
}

func TestShortage(t *testing.T) {
	t.Parallel()
	span := days("2026-01-01", "2026-01-16")
	h := history(span, func(series.Day) float64 { return 5 })
	_, short := forecast.FitFlow(h, forecast.Equal(kinds(span)), span.To)
	if short.Days != 12 {
		t.Errorf("%d days short, want 12", short.Days)
	}
	if got, want := short.Reason().JA, "見込みを出すには、あと12日分のデータが必要です。"; got != want {
		t.Errorf("got %q want %q", got, want)
	}
	if _, short := forecast.FitLevel(h, span.To); short.Days != 12 {
		t.Errorf("level: %d days short, want 12", short.Days)
	}
}

func TestZeroForWeeksIsStillAForecast(t *testing.T) {
	t.Parallel()
	span := days("2026-01-01", "2026-02-28")
	h := history(span, func(series.Day) float64 { return 0 })
	f, short := forecast.FitFlow(h, forecast.Equal(kinds(span)), span.To)
	if !short.Enough() {
		t.Fatal(short)
	}
	o := f.Sum(series.Span{From: span.To + 1, To: span.To + 30})
	if p := o.AtLeast(1); o.Mean != 0 || p < 0 || p > 0.5 || math.IsNaN(p) {
		t.Errorf("mean %v, P(at least one) %v", o.Mean, p)
	}
}

func TestFollowersGrowOn(t *testing.T) {
	t.Parallel()
	span := days("2026-01-01", "2026-04-30")
	r := rand.New(rand.NewPCG(1, 2))
	height := 1000.0
	followers := history(span, func(series.Day) float64 { height += 10 + r.NormFloat64(); return height })
	l, _ := forecast.FitLevel(followers, span.To)
	got := l.On(span.To + 100)
	if want := height + 1000; math.Abs(got.Mean-want) > 60 {
		t.Errorf("100 days on: %v, want about %v", got.Mean, want)
	}
	swing := history(span, func(series.Day) float64 { return 50 + 5*r.NormFloat64() })
	l, _ = forecast.FitLevel(swing, span.To)
	got = l.On(span.To + 100)
	if low, high := got.Band(0.8); math.Abs(got.Mean-50) > 3 || low < 35 || high > 65 {
		t.Errorf("a swinging level: %v (%v to %v), want about 50", got.Mean, low, high)
	}
}

// The 80 % band should hold about 80 of 100 futures of the plainest kind.
func TestBandsHoldWhatTheySay(t *testing.T) {
	t.Parallel()
	past, ahead := days("2025-10-01", "2026-03-31"), days("2026-04-01", "2026-04-28") // no holiday in it
	table := kinds(days("2025-10-01", "2026-06-30"))
	for _, c := range []struct {
		name  string
		daily float64
	}{{"rare", 0.3}, {"some", 4}, {"many", 300}} {
		r := rand.New(rand.NewPCG(7, 7))
		inside, runs := 0, 300
		for range runs {
			day := func(d series.Day) float64 { return poisson(r, c.daily*pick(weekend(d), 0.5, 1.2)) }
			h := history(past, day)
			f, _ := forecast.FitFlow(h, forecast.Learn(h, past, table), past.To)
			sum := 0.0
			for d := ahead.From; d <= ahead.To; d++ {
				sum += day(d)
			}
			if low, high := f.Sum(ahead).Band(0.8); low <= sum && sum <= high {
				inside++
			}
		}
		if share := float64(inside) / float64(runs); share < 0.76 || share > 0.97 {
			t.Errorf("%s: the 80%% band held %v", c.name, share)
		}
	}
}

func poisson(r *rand.Rand, mean float64) float64 {
	if mean > 50 {
		return math.Max(0, math.Round(mean+math.Sqrt(mean)*r.NormFloat64()))
	}
	limit, p, n := math.Exp(-mean), 1.0, -1.0
	for p > limit {
		p *= r.Float64()
		n++
	}
	return n
}
