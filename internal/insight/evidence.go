package insight

import (
	"maps"
	"math"
	"slices"

	"github.com/shirube/shirube/internal/formula"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/stat/abreast"
	"github.com/shirube/shirube/internal/stat/drift"
	"github.com/shirube/shirube/internal/stat/link"
)

// Evidence is what the data up to one day say about a model's influences. It
// rests on numbers alone, not on names, languages or the day it is read on, so it
// can be computed once, kept, and handed to every View (Options.Evidence).
type Evidence struct {
	asOf  series.Day
	links []tested     // in the order of Model.Influences
	at    map[ends]int // where each influence stands in links
}

type ends struct{ from, to string }

// tested is one influence and what its test found.
type tested struct {
	from, to string
	// step is the indicator it was tested at: to itself, or, where that is too rare,
	// the nearest step towards it. carry is the elasticity of to with respect to it.
	step  string
	carry float64
	// span is the days of the test; the day indices of the result count from its
	// first.
	span     series.Span
	days     int // on which both ends have a value
	last     series.Day
	rare     bool
	twin     bool // both ends are the same number, but for its unit
	controls []string
	noise    float64 // daily noise of the tested indicator, in logarithms
	result   link.Result
	events   []drift.Event // changes of level of either end that the link does not account for
	tried    *Undertaking  // what speaks in place of the days that only passed; nil: nothing does

	design   *link.Design // until it is tested
	question link.Question
}

const (
	// evidenceDays is how far back a link is looked at: three years. What was true
	// before that says little about today, and costs time.
	evidenceDays = 3 * 365
	// rareBelow is the mean number a day under which a count is not tested itself
	// when there is a step before it that has more.
	rareBelow = 2.0
	// fewestDays is how many days a test needs before it can tell anything.
	fewestDays = 84
	// leastVariation is how much a KPI has to vary from day to day by itself, in
	// logarithms, for a push of ten percent to be anything like what has been seen. A
	// number that creeps (followers) moves by a few thousandths.
	leastVariation = 0.01
	// evidenceSeed makes the draws of every test the same in every run.
	evidenceSeed = 20261122
	// sameStart is how many days two series may begin apart and still share the
	// calendar of the model.
	sameStart = 14
)

// MeasureLinks tests every influence of a model on the data up to a day. What the team
// undertook is known beforehand to be unlike other days, and speaks for the roads it went.
func MeasureLinks(ev *goal.Evaluator, asOf series.Day, undertaken ...Undertaking) *Evidence {
	p := newProber(ev, asOf)
	p.undertaken = undertaken
	e := &Evidence{asOf: asOf, at: make(map[ends]int, len(p.model.Influences))}
	for i, in := range p.model.Influences {
		e.links = append(e.links, p.prepare(in))
		if _, twice := e.at[ends{in.From, in.To}]; !twice {
			e.at[ends{in.From, in.To}] = i
		}
	}
	testAll(e.links, nil)
	results := make([]link.Result, len(e.links))
	for i := range e.links {
		results[i] = e.links[i].result
	}
	link.Decide(results)
	for i := range e.links {
		e.links[i].result = results[i]
		e.links[i].hear(undertaken, p.model.Influences[i], asOf)
	}
	return e
}

// of finds the evidence for one influence; nil when it was not tested.
func (e *Evidence) of(from, to string) *tested {
	i, ok := e.at[ends{from, to}]
	if !ok {
		return nil
	}
	return &e.links[i]
}

// prober prepares and asks the questions of one model.
type prober struct {
	ev         *goal.Evaluator
	model      *goal.Model
	asOf       series.Day
	designs    map[series.Span]*link.Design
	cleaned    map[cleanedKey]*link.Cleaned
	traces     map[string]*trace
	undertaken []Undertaking

	causes map[string][]string // of an indicator, by influence
	roads  map[string][]string // from an indicator, by formula and influence
}

func newProber(ev *goal.Evaluator, asOf series.Day) *prober {
	p := &prober{
		ev: ev, model: ev.Model(), asOf: asOf, designs: map[series.Span]*link.Design{},
		cleaned: map[cleanedKey]*link.Cleaned{}, traces: map[string]*trace{},
		causes: map[string][]string{}, roads: map[string][]string{},
	}
	for _, l := range p.model.Links() {
		p.roads[l.From] = append(p.roads[l.From], l.To)
		if l.Kind == goal.LinkInfluence {
			p.causes[l.To] = append(p.causes[l.To], l.From)
		}
	}
	return p
}

type cleanedKey struct {
	span series.Span
	id   string
}

// prepare asks the question of one influence: where it can be tested, on which days,
// and what is held still.
func (p *prober) prepare(in goal.Influence) tested {
	t := tested{from: in.From, to: in.To, step: in.To, carry: 1}
	t.step, t.carry, t.rare = p.testableStep(in)
	from, to := p.trace(in.From), p.trace(t.step)
	t.span = p.span(from, to)
	t.days, t.last = common(from, to, t.span)
	switch {
	case t.days == 0:
		t.result = link.Result{Verdict: link.CannotTell, Why: link.TooShort, DaysNeeded: -1}
		return t
	case t.days < comparisonDays:
		t.result = link.Result{Verdict: link.CannotTell, Why: link.TooShort, NDays: t.days, DaysNeeded: fewestDays - t.days}
		return t
	case twins(from, to, t.span):
		t.twin = true
		t.result = link.Result{Verdict: link.CannotTell, Why: link.Collinear, NDays: t.days, DaysNeeded: -1}
		return t
	}
	t.design = p.design(t.span)
	t.question = link.Question{
		KPI: p.clean(t.design, t.span, in.From), KGI: p.clean(t.design, t.span, t.step),
		LagFrom: in.LagFrom, LagTo: in.LagTo, Matters: in.Matters,
		Down: p.model.Believed(in) == goal.Down, Seed: evidenceSeed,
	}
	for _, id := range p.controls(in, t.step, t.span) {
		t.controls = append(t.controls, id)
		t.question.Controls = append(t.question.Controls, p.clean(t.design, t.span, id))
	}
	return t
}

// testsAtOnce is how many links are tested at the same time. Each is its own, so the
// answer is the same whoever is first.
const testsAtOnce = 4

// testAll answers the questions that were prepared, until it is abandoned.
func testAll(links []tested, abandoned func() bool) {
	abreast.Each(len(links), testsAtOnce, func(i int) {
		if abandoned == nil || !abandoned() {
			links[i].test()
		}
	})
}

// test answers the question and lets go of what it was made of.
func (t *tested) test() {
	if t.design == nil {
		return
	}
	t.noise = t.question.KGI.Noise()
	if v := t.question.KPI.Variation(); v > 0 && v < leastVariation {
		t.result = link.Result{Verdict: link.CannotTell, Why: link.NoVariation, NDays: t.days, DaysNeeded: -1}
		t.design, t.question = nil, link.Question{}
		return
	}
	t.result = t.design.Test(t.question)
	t.events = t.design.Tracking(t.question, t.result)
	t.design, t.question = nil, link.Question{}
}

func (p *prober) design(span series.Span) *link.Design {
	d, done := p.designs[span]
	if !done {
		var events []series.Day
		for _, e := range p.model.Events {
			if span.Contains(e.On) {
				events = append(events, e.On)
			}
		}
		for _, u := range p.undertaken {
			for day := u.declared().From; day <= u.declared().To; day++ {
				if span.Contains(day) {
					events = append(events, day)
				}
			}
		}
		// Two that happened on one day are one day: a second column would say the same again.
		slices.Sort(events)
		d = link.NewDesign(span, p.model.Calendar(), slices.Compact(events))
		p.designs[span] = d
	}
	return d
}

func (p *prober) clean(design *link.Design, span series.Span, id string) *link.Cleaned {
	key := cleanedKey{span, id}
	c, done := p.cleaned[key]
	if !done {
		c = design.Clean(p.trace(id).over(span))
		p.cleaned[key] = c
	}
	return c
}

// span is the days a test may use: from where both ends have data, three years
// back at most. Ends that began within two weeks of the model's data share its
// calendar, which is prepared once.
func (p *prober) span(from, to *trace) series.Span {
	all := p.ev.Span()
	if all.Empty() {
		return all
	}
	// Days after the last row are no evidence and must not push the first ones out.
	last := min(p.asOf, all.To)
	whole := series.Span{From: max(all.From, last-evidenceDays+1), To: last}
	start, ok := max(from.first, to.first), from.some && to.some
	end := min(from.last, to.last)
	if !ok || end < start {
		return series.Span{From: 0, To: -1}
	}
	if start > whole.From+sameStart {
		whole.From = start
	}
	if end < whole.To-sameStart {
		whole.To = end
	}
	return whole
}

// testableStep is where an influence can be tested. A sum that counts fewer than
// two a day is too rare for its days to tell anything: the test is made at the
// nearest sum its formula rests on that has enough.
func (p *prober) testableStep(in goal.Influence) (step string, carry float64, rare bool) {
	to := p.trace(in.To)
	if !to.counts || to.mean >= rareBelow || !to.some {
		return in.To, 1, false
	}
	level := []string{in.To}
	seen := map[string]bool{in.To: true, in.From: true}
	for len(level) > 0 {
		var next []string
		for _, id := range level {
			for _, child := range p.model.Children(id) {
				if seen[child] {
					continue
				}
				seen[child] = true
				next = append(next, child)
				t := p.trace(child)
				if p.ev.Kind(child) == formula.Flow && t.some && t.mean >= rareBelow {
					if carry := p.elasticity(in.To, child); carry != 0 {
						return child, carry, true
					}
				}
			}
		}
		level = next
	}
	return in.To, 1, true
}

// elasticity is by how many percent an indicator changes by its formulas when one
// below it changes by one percent, on the last four weeks; 0 where that cannot be
// said.
func (p *prober) elasticity(top, below string) float64 {
	span := series.Span{From: p.asOf - comparisonDays + 1, To: p.asOf}
	before := p.ev.Value(below, span)
	if !before.Exists() || before.V == 0 {
		return 0
	}
	const step = 1e-4
	was, is := p.ev.Recompute(span, map[string]float64{below: before.V * (1 + step)})
	if !exists(was[top]) || !exists(is[top]) || was[top] == 0 {
		// Too rare to have a value in four weeks: a product carries one to one.
		return 1
	}
	return math.Round((is[top]/was[top]-1)/step*1000) / 1000
}

// mostControls bounds how many others are weighed beside one cause; of more, those
// with the first ids are, so that the order of the file does not matter.
const mostControls = 200

// controls are what else leads to the tested indicator: the other influences, and
// the sums its formula rests on. Its rates are left out: together with the sums
// they are the indicator itself, and nothing would be left to explain.
func (p *prober) controls(in goal.Influence, step string, span series.Span) []string {
	candidates, after := map[string]bool{}, p.after(in.From)
	for _, end := range []string{step, in.To} {
		for _, from := range p.causes[end] {
			candidates[from] = true
		}
		for _, child := range p.model.Children(end) {
			if p.ev.Kind(child) == formula.Flow && !candidates[child] && !after[child] {
				candidates[child] = true
			}
		}
	}
	delete(candidates, in.From)
	delete(candidates, step)
	var ids []string
	for _, id := range slices.Sorted(maps.Keys(candidates)) {
		if t := p.trace(id); t.some && t.missing(span) <= span.Days()/4 {
			ids = append(ids, id)
		}
		if len(ids) == mostControls {
			break
		}
	}
	return ids
}

// after is everything that links lead to from an indicator, itself included: what
// comes after the cause must not be held still.
func (p *prober) after(from string) map[string]bool {
	seen := map[string]bool{from: true}
	for queue := []string{from}; len(queue) > 0; queue = queue[1:] {
		for _, to := range p.roads[queue[0]] {
			if !seen[to] {
				seen[to] = true
				queue = append(queue, to)
			}
		}
	}
	return seen
}
