package goal_test

import (
	"fmt"
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/internal/formula"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
)

var (
	april1 = series.Date(2026, time.April, 1)
	none   = math.NaN()
)

// observed lays daily values from 1 April 2026.
func observed(values ...float64) *goal.Observed {
	return &goal.Observed{Total: series.Daily{First: april1, Values: values}}
}

func dataOf(days int, metrics map[string]*goal.Observed) *goal.Data {
	return &goal.Data{Metrics: metrics, Sources: map[string]goal.SourceState{
		"s": {First: april1, Last: april1 + series.Day(days-1), Days: days, Rows: days},
	}}
}

const chain = `shirube: 1
kgi: {id: deals, name: 受注, formula: visits * rate}
kpis:
  visits: {name: 訪問, formula: shown * ctr, measure: s.visits}
  rate: {name: 率, unit: "%", measure: s.won / s.visits}
  shown: {name: 表示, measure: s.shown}
  ctr: {name: CTR, unit: "%", measure: s.clicks / s.shown}
  fans: {name: フォロワー, measure: s.fans}
sources:
  s: {csv: s.csv, date: d, by: [device], metrics: {visits: v, won: w, shown: i, clicks: c, fans: {column: f, agg: last}}}
`

func TestEvaluateOnPeriodAggregates(t *testing.T) {
	m := mustParse(t, chain)
	e := goal.NewEvaluator(m, dataOf(4, map[string]*goal.Observed{
		"s.visits": observed(10, none, 30, 60),
		"s.won":    observed(1, none, 3, 0),
		"s.shown":  observed(100, 0, 300, 400),
		"s.clicks": observed(20, 0, 30, 50),
		"s.fans":   observed(7, 8, none, none),
	}))
	whole := series.Span{From: april1, To: april1 + 3}
	for id, want := range map[string]struct {
		value, computed float64
		missing         int
	}{
		"visits": {100, 100, 1},          // measured 10+30+60; computed 800 × 100/800
		"rate":   {4.0 / 100, none, 1},   // the period's ratio, not the mean of daily ratios
		"ctr":    {100.0 / 800, none, 0}, // likewise
		"deals":  {4, 4, 1},
		"fans":   {8, none, 2}, // a level: the last one known
	} {
		got := e.Value(id, whole)
		if got.V != want.value || got.MissingDays != want.missing {
			t.Errorf("%s: got %v with %d missing, want %v with %d", id, got.V, got.MissingDays, want.value, want.missing)
		}
		if got.Computed != want.computed && !(math.IsNaN(got.Computed) && math.IsNaN(want.computed)) {
			t.Errorf("%s: computed %v, want %v", id, got.Computed, want.computed)
		}
	}
	for id, want := range map[string]formula.Kind{"visits": formula.Flow, "rate": formula.Rate, "deals": formula.Flow, "fans": formula.Level, "ctr": formula.Rate} {
		if got := e.Kind(id); got != want {
			t.Errorf("kind of %s: %v, want %v", id, got, want)
		}
	}
	if got := e.History("ctr").Values; got[0] != 0.2 || !math.IsNaN(got[1]) || got[2] != 0.1 {
		t.Errorf("daily ctr: %v (a day without impressions has no rate)", got)
	}
}

func TestNoValueSaysWhy(t *testing.T) {
	m := mustParse(t, chain)
	e := goal.NewEvaluator(m, dataOf(2, map[string]*goal.Observed{"s.visits": observed(0, 0), "s.won": observed(0, 0), "s.shown": observed(1, 1)}))
	span := series.Span{From: april1, To: april1 + 1}
	if v := e.Value("rate", span); v.Exists() || v.Why.Zero() {
		t.Errorf("0/0 must have no value and a reason: %+v", v)
	}
	if v := e.Value("ctr", span); v.Exists() || v.Why.JA != "「c」のデータがこの期間にありません。" {
		t.Errorf("missing clicks: %+v", v)
	}
	if v := e.Value("visits", span); v.V != 0 || !v.Exists() {
		t.Errorf("zero is a value: %+v", v)
	}
	if v := goal.NewEvaluator(m, nil).Value("deals", span); v.Exists() || v.MissingDays != 2 {
		t.Errorf("without data: %+v", v)
	}
}

func TestRecomputeKeepsTheGap(t *testing.T) {
	m := mustParse(t, chain)
	e := goal.NewEvaluator(m, dataOf(1, map[string]*goal.Observed{
		"s.visits": observed(110), "s.won": observed(11), "s.shown": observed(1000), "s.clicks": observed(100), // measured 110, computed 100
	}))
	span := series.Span{From: april1, To: april1}
	before, after := e.Recompute(span, map[string]float64{"ctr": 0.2})
	if before["deals"] != 11 || math.Abs(after["visits"]-220) > 1e-9 || math.Abs(after["deals"]-22) > 1e-9 {
		t.Errorf("doubling the rate: %v → %v", before, after)
	}
	if after["rate"] != before["rate"] || !math.IsNaN(after["fans"]) {
		t.Errorf("what is not above it must stay: %v", after)
	}
}

func TestSplitByDimension(t *testing.T) {
	m := mustParse(t, chain)
	visits, won := observed(40, 60), observed(4, 6)
	part := func(device string, values ...float64) goal.Part {
		return goal.Part{Values: []string{device}, Daily: series.Daily{First: april1, Values: values}}
	}
	visits.Parts = []goal.Part{part("mobile", 30, 50), part("desktop", 10, 10)}
	won.Parts = []goal.Part{part("mobile", 1, 1), part("desktop", 3, 5)}
	e := goal.NewEvaluator(m, dataOf(2, map[string]*goal.Observed{"s.visits": visits, "s.won": won}))
	got := fmt.Sprint(e.Split("rate", series.Span{From: april1, To: april1 + 1}, "device"))
	if want := "[{desktop 0.4} {mobile 0.025}]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if e.Split("deals", series.Span{From: april1, To: april1}, "device") != nil {
		t.Error("a computed indicator cannot be split")
	}
}

// TestFormulaIsExact: an indicator computed from others equals its formula over
// their values on the same span, whatever days are missing.
func TestFormulaIsExact(t *testing.T) {
	m := mustParse(t, chain)
	rapid.Check(t, func(t *rapid.T) {
		days := rapid.IntRange(1, 60).Draw(t, "days")
		metrics := map[string]*goal.Observed{}
		for _, name := range []string{"s.visits", "s.won", "s.shown", "s.clicks"} {
			values := make([]float64, days)
			for i := range values {
				values[i] = float64(rapid.IntRange(0, 50).Draw(t, name))
				if rapid.IntRange(0, 9).Draw(t, "gap") == 0 {
					values[i] = none
				}
			}
			metrics[name] = observed(values...)
		}
		e := goal.NewEvaluator(m, dataOf(days, metrics))
		from := rapid.IntRange(0, days-1).Draw(t, "from")
		span := series.Span{From: april1 + series.Day(from), To: april1 + series.Day(days-1)}
		visits, rate, deals := e.Value("visits", span), e.Value("rate", span), e.Value("deals", span)
		if visits.Exists() && rate.Exists() != deals.Exists() {
			t.Fatalf("existence: %v %v %v", visits, rate, deals)
		}
		if deals.Exists() && deals.V != visits.V*rate.V {
			t.Fatalf("%v × %v is not %v", visits.V, rate.V, deals.V)
		}
		if deals.MissingDays > span.Days() || deals.MissingDays < visits.MissingDays {
			t.Fatalf("missing days: %d of %d, visits %d", deals.MissingDays, span.Days(), visits.MissingDays)
		}
	})
}

var series28 = series.Span{From: april1, To: april1 + 27}

// TestSplitChange: a part moves the whole by its own difference times its weight,
// and with an unchanged mix the parts add up to the whole's change.
func TestSplitChange(t *testing.T) {
	m := mustParse(t, chain)
	visits, won := observed(100, 100), observed(0, 0)
	part := func(device string, values ...float64) goal.Part {
		return goal.Part{Values: []string{device}, Daily: series.Daily{First: april1, Values: values}}
	}
	visits.Parts = []goal.Part{part("mobile", 90, 90), part("tablet", 10, 10)}
	won.Total.Values = []float64{28, 17}
	won.Parts = []goal.Part{part("mobile", 18, 9), part("tablet", 10, 8)}
	e := goal.NewEvaluator(m, dataOf(2, map[string]*goal.Observed{"s.visits": visits, "s.won": won}))
	base, now := series.Span{From: april1, To: april1}, series.Span{From: april1 + 1, To: april1 + 1}
	rate := e.SplitChange("rate", base, now, "device")
	if math.Abs(rate["mobile"]+0.09) > 1e-12 || math.Abs(rate["tablet"]+0.02) > 1e-12 {
		t.Errorf("rate: %v", rate) // mobile fell by 10 points of 90 %, tablet by 20 points of 10 %
	}
	if whole := e.Value("rate", now).V - e.Value("rate", base).V; math.Abs(rate["mobile"]+rate["tablet"]-whole) > 1e-12 {
		t.Errorf("parts %v do not add up to %v", rate, whole)
	}
	if flow := e.SplitChange("visits", base, now, "device"); flow["mobile"] != 0 || len(flow) != 2 {
		t.Errorf("visits: %v", flow)
	}
}
