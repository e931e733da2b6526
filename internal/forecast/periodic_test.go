package forecast

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/shirube/shirube/internal/formula"
	"github.com/shirube/shirube/internal/series"
)

// A number that is written once a month is led on month by month: a year ahead has
// twelve of them, not three hundred and sixty-five.
func TestMonthsAreLedOnAsMonths(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(5, 5))
	history := series.Daily{}
	first := series.Date(2020, 4, 1)
	truth := func(month int) float64 { return 1000 + 200*math.Sin(float64(month)*math.Pi/6) }
	for k := range 72 {
		history.Set(first.AddMonths(k), truth(k)+40*random.NormFloat64())
	}
	asOf := series.Date(2026, 3, 20)
	kinds := NewDayKinds(nil, series.Span{From: first, To: asOf + 400})
	p := NewPaths([]Input{{Name: "m", History: history, Kind: formula.Flow, Agg: series.Sum}}, kinds, asOf, asOf+380, 500, 1)
	year := series.Span{From: series.Date(2026, 4, 1), To: series.Date(2027, 3, 31)}
	sums := p.Aggregate("m", year)
	want := 0.0
	for k := 72; k < 84; k++ {
		want += truth(k)
	}
	slices.Sort(sums)
	if middle := quantile(sums, 0.5); math.Abs(middle-want) > 0.05*want {
		t.Errorf("the year comes to %v, want about %v", middle, want)
	}
	if low, high := quantile(sums, 0.025), quantile(sums, 0.975); low > want || high < want || high-low > 0.3*want {
		t.Errorf("95 %% of ways lie between %v and %v, the truth is %v", low, high, want)
	}
	days := p.Days("m")
	if len(days) < 12 || days[0].Day != series.Date(2026, 4, 1) || days[1].Day != series.Date(2026, 5, 1) {
		t.Errorf("days: %v", days[:min(len(days), 3)])
	}
	if got := p.Aggregate("m", series.Span{From: asOf + 1, To: asOf + 2}); !math.IsNaN(got[0]) {
		t.Errorf("a day between has %v", got[0])
	}
	known := p.Aggregate("m", series.Span{From: series.Date(2026, 1, 1), To: series.Date(2026, 3, 20)})
	if sum, _ := history.Aggregate(series.Span{From: series.Date(2026, 1, 1), To: series.Date(2026, 3, 20)}, series.Sum); known[7] != sum {
		t.Errorf("what is known is %v, not %v", known[7], sum)
	}
}

func TestFewMonthsSayHowManyMore(t *testing.T) {
	t.Parallel()
	history := series.Daily{}
	for k := range 5 {
		history.Set(series.Date(2026, 1, 31).AddMonths(k), 10)
	}
	asOf := series.Date(2026, 6, 5)
	p := NewPaths([]Input{{Name: "m", History: history, Kind: formula.Flow, Agg: series.Sum}}, NewDayKinds(nil, series.Span{From: asOf - 300, To: asOf + 60}), asOf, asOf+60, 50, 1)
	if got := p.Shortage("m"); got.Days != 90 {
		t.Errorf("three more months are %d days", got.Days)
	}
	if p.Aggregate("m", series.Span{From: asOf, To: asOf + 30}) != nil || p.Days("m") != nil {
		t.Error("there is a forecast all the same")
	}
}

// Weeks and days stay what they are.
func TestWeeksAreNotMonths(t *testing.T) {
	t.Parallel()
	for _, every := range []int{1, 7, 14} {
		history := series.Daily{}
		for k := range 60 {
			history.Set(series.Date(2025, 1, 1)+series.Day(k*every), 5)
		}
		if months, _, _ := everyMonths(history); months != 0 {
			t.Errorf("every %d days is taken for %d months", every, months)
		}
	}
}
