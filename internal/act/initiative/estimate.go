package initiative

import (
	"math"
	"slices"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/stat/intervention"
)

// Method is how an effect was estimated.
type Method string

// The methods, the best first.
const (
	Randomized   Method = "randomized"
	Intervention Method = "intervention"
	NoMethod     Method = "none"
)

// Verdict is what can be said of an initiative.
type Verdict string

// The verdicts.
const (
	Works      Verdict = "works"
	Harms      Verdict = "harms"
	CannotTell Verdict = "cannot-tell"
)

// Reason is why nothing, or not more, is said.
type Reason string

// The reasons. Those of the comparison with other series keep its codes.
const (
	NotBegun     Reason = "not-begun"     // it has no first day, or that lies ahead
	NoIndicator  Reason = "no-indicator"  // the model does not have its KPI any more
	NoNumbers    Reason = "no-numbers"    // the KPI has no daily numbers
	NoComparison Reason = "no-comparison" // nothing that it cannot have touched
	TooShort     Reason = "too-short"     // too few days before or since
	WithinNoise  Reason = "within-noise"  // the range holds nothing as well
	Unsure       Reason = "unsure"        // on other days the method would have claimed effects of nothing
)

// Amount is a number with its 95 % range.
type Amount struct {
	Value float64 `json:"value"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

// Estimate is what was known of an initiative on one day. It is kept as it was.
type Estimate struct {
	Method  Method     `json:"method"`
	Verdict Verdict    `json:"verdict"`
	Reason  Reason     `json:"reason,omitempty"`
	From    series.Day `json:"from"` // the days looked at
	To      series.Day `json:"to"`
	KPI     Named      `json:"kpi"`
	// Effect is on the KPI over these days where it is a total, else its mean change.
	Effect   *Amount `json:"effect"`
	Relative *Amount `json:"relative"`
	Total    bool    `json:"total"`
	// Lever is what the team moved itself, and Moved by how much, relative; nil where
	// nobody said, or it cannot be told. Where both moved, the road between them was gone
	// on purpose.
	Lever  *Named   `json:"lever,omitempty"`
	Moved  *Amount  `json:"moved,omitempty"`
	KGI    *Named   `json:"kgi"`
	OnKGI  *Amount  `json:"on_kgi"` // over the same days
	Cost   *float64 `json:"cost"`
	PerKGI *float64 `json:"per_kgi"` // yen a unit of the KGI
	// Compared is what it was compared with: names of indicators, or of the automation.
	Compared []string   `json:"compared"`
	Chart    []ChartDay `json:"chart"`
}

// Named is an indicator as it was called then.
type Named struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Unit string `json:"unit"`
}

// ChartDay is a day of the KPI and, from the first day on, what was to be expected without
// the initiative. A number that does not exist is nil.
type ChartDay struct {
	Day      series.Day `json:"day"`
	Actual   *float64   `json:"actual"`
	Expected *Amount    `json:"expected"`
}

// Untouched are the indicators an initiative for a KPI, that moves a lever to get there,
// cannot have moved, as far as the model tells: neither above nor below either on any road,
// and measured from other numbers. Those with a daily history can be compared with. An
// empty lever is none.
func Untouched(m *goal.Model, kpi, lever string) []*goal.Indicator {
	begins := []string{kpi}
	if m.Indicator(lever) != nil {
		begins = append(begins, lever)
	}
	kin := map[string]bool{}
	for _, id := range begins {
		kin[id] = true
	}
	up, down := map[string][]string{}, map[string][]string{}
	for _, l := range m.Links() {
		up[l.From], down[l.To] = append(up[l.From], l.To), append(down[l.To], l.From)
	}
	// Above is what it moves, below is what it acts through; the rest stands beside it.
	for _, ways := range []map[string][]string{up, down} {
		seen := map[string]bool{}
		for ahead := slices.Clone(begins); len(ahead) > 0; ahead = ahead[1:] {
			for _, next := range ways[ahead[0]] {
				if !seen[next] {
					seen[next], kin[next] = true, true
					ahead = append(ahead, next)
				}
			}
		}
	}
	numbers := map[string]bool{}
	for id := range kin {
		for _, name := range metrics(m.Indicator(id)) {
			numbers[name] = true
		}
	}
	var out []*goal.Indicator
	for _, ind := range m.Indicators {
		if kin[ind.ID] || slices.ContainsFunc(metrics(ind), func(name string) bool { return numbers[name] }) {
			continue
		}
		out = append(out, ind)
	}
	return out
}

// metrics are the source's numbers an indicator is measured from.
func metrics(ind *goal.Indicator) []string {
	if ind == nil || ind.Measure == nil {
		return nil
	}
	return ind.Measure.Inputs()
}

// How far back the days before are read, how many must lie before and since, and how many
// series at most are compared with.
const (
	daysBefore   = 400
	chartBefore  = 56
	leastBefore  = 56
	leastSince   = 7
	mostControls = 8
	draws        = 500
	seed         = 20261123
)

// Series is a daily series with its name.
type Series struct {
	Name  string
	Daily series.Daily
}

// BeforeAfter compares a KPI's days since the first with what series that cannot have been
// touched say they would have been. holiday marks days known beforehand to be unlike others.
func BeforeAfter(kpi Series, others []Series, from, to series.Day, holiday func(series.Day) bool) Estimate {
	e := Estimate{Method: NoMethod, Verdict: CannotTell, From: from, To: to, Compared: []string{}, Chart: []ChartDay{}}
	first, known := kpi.Daily.FirstPresent()
	if !known {
		e.Reason = NoNumbers
		return e
	}
	begin := max(first, from-daysBefore)
	values := func(d series.Daily) []float64 {
		out := make([]float64, 0, int(to-begin)+1)
		for day := begin; day <= to; day++ {
			v, _ := d.At(day)
			out = append(out, v)
		}
		return out
	}
	if from-begin < leastBefore || to-from+1 < leastSince {
		e.Reason = TooShort
		if to >= begin {
			e.chart(kpi.Daily, nil, max(begin, from-chartBefore), to)
		}
		return e
	}
	study := intervention.Study{Y: values(kpi.Daily), At: int(from - begin), Season: 7, Draws: draws, Seed: seed}
	marks := make([]float64, len(study.Y))
	some := false
	for t := range marks {
		if holiday(begin + series.Day(t)) {
			marks[t], some = 1, true
		}
	}
	if some {
		study.Calendar = [][]float64{marks}
	}
	var names []string
	for _, o := range others {
		if start, ok := o.Daily.FirstPresent(); ok && start <= begin+(from-begin)/2 && len(names) < mostControls {
			study.Controls, names = append(study.Controls, values(o.Daily)), append(names, o.Name)
		}
	}
	if len(study.Controls) == 0 {
		e.Reason = NoComparison
		e.chart(kpi.Daily, nil, max(begin, from-chartBefore), to)
		return e
	}
	r := intervention.Effect(study)
	if !r.Controlled || len(r.Days) == 0 {
		e.Reason = NoComparison
		if r.Reason == intervention.TooShort || r.Reason == intervention.NoDaysAfter || r.Reason == intervention.TooManyGaps {
			e.Reason = TooShort
		}
		if r.Reason == intervention.Constant {
			e.Reason = NoNumbers
		}
		e.chart(kpi.Daily, nil, max(begin, from-chartBefore), to)
		return e
	}
	for k, use := range r.Controls {
		if use.Reason == intervention.None && use.Inclusion >= 0.1 {
			e.Compared = append(e.Compared, names[k])
		}
	}
	if len(e.Compared) == 0 { // none of them moves with it: that leaves its own past alone
		e.Reason = NoComparison
		e.chart(kpi.Daily, nil, max(begin, from-chartBefore), to)
		return e
	}
	e.Method = Intervention
	e.Total = true
	e.Effect, e.Relative = amountOf(r.Total), amountOf(r.Relative)
	switch {
	case r.Found && r.Total.Value > 0:
		e.Verdict = Works
	case r.Found:
		e.Verdict = Harms
	case r.Reason == intervention.PlaceboFails:
		e.Reason = Unsure
	default:
		e.Reason = WithinNoise
	}
	expected := make(map[series.Day]*Amount, len(r.Days))
	for _, d := range r.Days {
		if d.Index >= study.At {
			expected[begin+series.Day(d.Index)] = amountOf(d.Expected)
		}
	}
	e.chart(kpi.Daily, expected, max(begin, from-chartBefore), to)
	return e
}

// Mean turns an effect on a total into one on the mean, for numbers that do not add up.
func (e *Estimate) Mean() {
	days := float64(e.To-e.From) + 1
	if e.Effect != nil && e.Total {
		e.Effect = &Amount{e.Effect.Value / days, e.Effect.Low / days, e.Effect.High / days}
	}
	e.Total = false
}

func amountOf(i intervention.Interval) *Amount {
	for _, v := range []float64{i.Value, i.Low, i.High} {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil
		}
	}
	return &Amount{i.Value, i.Low, i.High}
}

// Draw adds the KPI's days to an estimate that has no picture of its own.
func (e *Estimate) Draw(d series.Daily) {
	if first, ok := d.FirstPresent(); ok && len(e.Chart) == 0 && e.To >= first {
		e.chart(d, nil, max(first, e.From-chartBefore), e.To)
	}
}

func (e *Estimate) chart(d series.Daily, expected map[series.Day]*Amount, from, to series.Day) {
	for day := from; day <= to; day++ {
		one := ChartDay{Day: day, Expected: expected[day]}
		if v, ok := d.At(day); ok {
			one.Actual = &v
		}
		e.Chart = append(e.Chart, one)
	}
}

// Pays fills in what a unit of the KGI cost, where the effect on the KGI is known to be
// there: a cost divided by what may be nothing says nothing.
func (e *Estimate) Pays(cost *float64) {
	e.Cost = cost
	if cost == nil || e.OnKGI == nil || e.Verdict != Works || !(e.OnKGI.Value > 0) || !(e.OnKGI.Low > 0) {
		return
	}
	per := *cost / e.OnKGI.Value
	e.PerKGI = &per
}
