package insight

import (
	"cmp"
	"maps"
	"slices"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/stat/link"
	"github.com/shirube/shirube/internal/words"
)

// Candidate is a measured number that is not on the map, with what the data say of
// it and the KGI.
type Candidate struct {
	Metric     string   `json:"metric"`
	Name       string   `json:"name"`
	TestedAt   string   `json:"tested_at"` // the KGI, or the nearest step towards it that has enough counts
	Verdict    string   `json:"verdict"`
	Effect     *Effect  `json:"effect"` // on the KGI
	LagDays    *float64 `json:"lag_days"`
	QValue     *float64 `json:"q_value"`
	Grade      string   `json:"grade"`
	GradeLabel string   `json:"grade_label"`
	NDays      int      `json:"n_days"`
	DaysNeeded *int     `json:"days_needed"`
	Sentence   string   `json:"sentence"`
}

// Screen tests every measured metric that no indicator uses against the KGI, or
// against its nearest step with enough counts. False discoveries are controlled over
// all of them together. Those that move it come first, the strongest first.
func Screen(ev *goal.Evaluator, opt Options) []Candidate {
	return NewView(ev, opt).Screening()
}

// Screening tests every measured metric that is not on the map.
func (v *View) Screening() []Candidate {
	p := newProber(v.ev, v.asOf)
	kgi := v.model.KGI()
	used := map[string]bool{}
	for _, name := range v.metrics() {
		used[name] = true
	}
	var names []string
	var found []tested
	for _, name := range slices.Sorted(maps.Keys(v.ev.Data().Metrics)) {
		if used[name] || v.model.Metric(name) == nil || v.givenUp() {
			continue
		}
		p.traces[offMap+name] = p.followMetric(name)
		t := p.prepare(goal.Influence{From: offMap + name, To: kgi.ID, LagFrom: goal.DefaultLagFrom, LagTo: goal.DefaultLagTo, Matters: goal.DefaultMatters})
		names, found = append(names, name), append(found, t)
	}
	testAll(found, v.abandoned)
	results := make([]link.Result, len(found))
	for i := range found {
		results[i] = found[i].result
	}
	link.Decide(results)
	out := []Candidate{}
	for i, name := range names {
		found[i].result = results[i]
		out = append(out, v.candidate(name, &found[i]))
	}
	order := map[string]int{VerdictMoves: 0, VerdictCannotTell: 1, VerdictDoesNotMove: 2}
	slices.SortStableFunc(out, func(a, b Candidate) int {
		return cmp.Or(order[a.Verdict]-order[b.Verdict], cmp.Compare(strength(b), strength(a)))
	})
	return out
}

// offMap marks a metric where an indicator's id stands; no id contains it.
const offMap = "metric:"

func strength(c Candidate) float64 {
	if c.Effect == nil {
		return 0
	}
	return max(c.Effect.Elasticity, -c.Effect.Elasticity)
}

func (v *View) candidate(name string, t *tested) Candidate {
	r, metric := &t.result, v.model.Metric(name)
	c := Candidate{
		Metric: name, Name: metric.Column, TestedAt: t.step, Verdict: r.Verdict.String(), NDays: t.days,
		Grade: gradeOf(r), GradeLabel: v.say(gradeLabel(gradeOf(r))),
	}
	if c.Name == "" {
		c.Name = metric.ID
	}
	if r.HasEffect && r.Why != link.Reverse {
		c.Effect = &Effect{Elasticity: r.Elasticity * t.carry, CI95: ordered(r.CI95[0]*t.carry, r.CI95[1]*t.carry)}
		c.LagDays = number(r.LagDays)
	}
	if r.Verdict != link.CannotTell || r.Why == link.None {
		c.QValue = number(r.Q)
	}
	if r.Verdict == link.CannotTell && r.DaysNeeded >= 0 {
		c.DaysNeeded = &r.DaysNeeded
	}
	step := v.model.Indicator(t.step).Name
	switch r.Verdict {
	case link.Moves:
		c.Sentence = v.say(words.T("「%[1]s」が10%%増えると、「%[2]s」は約%.0[3]f日後に%[4]sになっています。共通の原因は除けていませんが、地図に置いて見ていく価値があります。",
			"When “%[1]s” rises by 10%%, “%[2]s” is at %[4]s about %.0[3]f days later. A common cause cannot be ruled out, but it is worth a place on the map.", c.Name, step, r.LagDays, brings(r.Elasticity)))
	case link.DoesNotMove:
		c.Sentence = v.say(words.T("「%[1]s」が増えても「%[2]s」は動いていません。地図に置かなくてよさそうです。",
			"“%[2]s” does not move when “%[1]s” does. It need not be on the map.", c.Name, step))
	default:
		c.Sentence = v.say(v.waiting(c.Name, step, r.DaysNeeded))
	}
	return c
}

// followMetric is a metric's daily numbers as a test of links wants them.
func (p *prober) followMetric(name string) *trace {
	observed, metric := p.ev.Data().Metrics[name], p.model.Metric(name)
	t := &trace{values: series.Daily{First: observed.Total.First}}
	t.values.Values = append(t.values.Values, observed.Total.Slice(series.Span{From: observed.Total.First, To: p.asOf}).Values...)
	t.counts = metric.Agg == series.Sum && whole(t.values.Values)
	t.mean = meanOf(t.values.Values)
	if !t.counts {
		scale(t.values.Values)
	}
	t.first, t.some = t.values.FirstPresent()
	t.last, _ = t.values.LastPresent()
	return t
}
