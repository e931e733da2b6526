package warehousetest

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/series"
)

// Transitions are the steps of the visits that count, most first.
func (w *World) Transitions(scope warehouse.Scope, goal string) []warehouse.Transition {
	s := w.sieve(scope)
	type pair struct{ from, to string }
	counts, in := map[pair]int64{}, map[pair]map[*stay]bool{}
	for _, v := range w.visits {
		var paths []string
		reached := goal == ""
		for _, i := range v.Facts {
			if f := w.facts[i]; f.view() {
				reached = reached || fitsPath(goal, f.Path)
				paths = append(paths, f.Path)
			}
		}
		if !s.kept(v) || !reached {
			continue
		}
		paths = append(append([]string{""}, slices.Compact(paths)...), "")
		for i := 1; i < len(paths); i++ {
			p := pair{paths[i-1], paths[i]}
			counts[p]++
			if in[p] == nil {
				in[p] = map[*stay]bool{}
			}
			in[p][v] = true
		}
	}
	var out []warehouse.Transition
	for p, n := range counts {
		out = append(out, warehouse.Transition{From: p.from, To: p.to, Count: n, Visits: int64(len(in[p]))})
	}
	slices.SortFunc(out, func(a, b warehouse.Transition) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	return out
}

func fitsPath(pattern, path string) bool {
	if start, open := strings.CutSuffix(pattern, "*"); open {
		return strings.HasPrefix(path, start)
	}
	return pattern == path
}

// step reports whether an event is a step; the step's own filters are over the event or
// its visit.
func (w *World) step(f fact, step warehouse.Step, bots bool) bool {
	if f.Bot != "" && !bots {
		return false
	}
	if step.Event != "" && (f.Kind != event.Track || f.Name != step.Event) {
		return false
	}
	if step.Page != "" && (!f.view() || !fitsPath(step.Page, f.Path)) {
		return false
	}
	for _, filter := range step.Filters {
		if _, ofStay := ofVisit(&stay{}, filter.Field); ofStay {
			if f.Stay == nil {
				return false
			}
			if value, _ := ofVisit(f.Stay, filter.Field); !passes(filter, value) {
				return false
			}
		} else if !passes(filter, ofFact(f, filter)) {
			return false
		}
	}
	return true
}

// Funnel tries every chain of every person.
func (w *World) Funnel(scope warehouse.Scope, f warehouse.Funnel) []warehouse.FunnelStep {
	s := w.sieve(scope)
	moments := map[string][][]event.Millis{} // person, step
	for _, fact := range w.facts {
		for i, step := range f.Steps {
			if !w.step(fact, step, scope.WithBots) {
				continue
			}
			if i == 0 && (!scope.Span.Contains(fact.Day) || len(scope.Filters) > 0 && (fact.Stay == nil || !s.anyDay(fact.Stay))) {
				continue
			}
			if moments[fact.Person] == nil {
				moments[fact.Person] = make([][]event.Millis, len(f.Steps))
			}
			moments[fact.Person][i] = append(moments[fact.Person][i], fact.At)
		}
	}
	out := make([]warehouse.FunnelStep, len(f.Steps))
	gaps := make([][]int64, len(f.Steps))
	for _, steps := range moments {
		var best []event.Millis
		for _, start := range steps[0] {
			chain := []event.Millis{start}
			for _, next := range steps[1:] {
				found := false
				for _, at := range next {
					if at > chain[len(chain)-1] && at <= start+event.Millis(f.Window) {
						chain, found = append(chain, at), true
						break
					}
				}
				if !found {
					break
				}
			}
			if len(chain) > len(best) {
				best = chain
			}
		}
		for i := range best {
			out[i].People++
			if i > 0 {
				gaps[i] = append(gaps[i], int64(best[i]-best[i-1]))
			}
		}
	}
	for i, list := range gaps {
		if n := len(list); n > 0 {
			slices.Sort(list)
			out[i].MedianMillis = (list[(n-1)/2] + list[n/2] + 1) / 2 // halves are rounded up
		}
	}
	return out
}

// Cohorts follow people by their first visit; periods are found by walking the calendar.
func (w *World) Cohorts(scope warehouse.Scope, c warehouse.CohortQuery) []warehouse.Cohort {
	s := w.sieve(scope)
	start := func(day series.Day) series.Day {
		for {
			_, _, date := day.Civil()
			if c.Grain == series.GrainMonth && date == 1 || c.Grain == series.GrainWeek && day.Weekday() == 1 {
				return day
			}
			day--
		}
	}
	next := func(day series.Day) series.Day {
		if c.Grain == series.GrainMonth {
			return day.AddMonths(1)
		}
		return day + 7
	}
	whole := series.Span{From: start(scope.Span.From), To: next(start(scope.Span.To)) - 1}
	s.scope.Span = whole
	firsts := map[string]*stay{}
	for _, v := range w.visits {
		if s.person(v.First.Bot) && !v.First.Cookieless && (firsts[v.Person] == nil || v.Start < firsts[v.Person].Start) {
			firsts[v.Person] = v
		}
	}
	active := map[string]map[series.Day]bool{}
	act := func(person string, day series.Day) {
		if day > scope.Span.To {
			return
		}
		if active[person] == nil {
			active[person] = map[series.Day]bool{}
		}
		active[person][start(day)] = true
	}
	if c.Outcome == nil {
		for _, v := range w.visits {
			if s.person(v.First.Bot) {
				act(v.Person, v.Day)
			}
		}
	} else {
		for _, f := range w.facts {
			if w.step(f, *c.Outcome, scope.WithBots) {
				act(f.Person, f.Day)
			}
		}
	}
	var out []warehouse.Cohort
	for from := whole.From; from <= whole.To; from = next(from) {
		cohort := warehouse.Cohort{From: from}
		var members []string
		for person, first := range firsts {
			if start(first.Day) == from && s.kept(first) {
				members = append(members, person)
			}
		}
		cohort.People = int64(len(members))
		for period, k := from, 0; period <= scope.Span.To && k < c.Periods; period, k = next(period), k+1 {
			n := int64(0)
			for _, person := range members {
				if active[person][period] {
					n++
				}
			}
			cohort.Active = append(cohort.Active, n)
		}
		if cohort.People > 0 {
			out = append(out, cohort)
		}
	}
	return out
}

// Journeys are outcomes, newest first, with the visits before them; the person is left out.
func (w *World) Journeys(scope warehouse.Scope, j warehouse.JourneyQuery) []warehouse.Journey {
	s := w.sieve(scope)
	var out []warehouse.Journey
	for _, f := range slices.Backward(w.facts) {
		if !scope.Span.Contains(f.Day) || !w.step(f, j.Outcome, scope.WithBots) {
			continue
		}
		one := warehouse.Journey{At: f.At, Value: f.Value}
		passed := len(scope.Filters) == 0
		for _, v := range w.visits {
			if v.Person != f.Person || v.Start > f.At || v.Start < f.At-event.Millis(j.LookbackDays)*86_400_000 || !s.person(v.First.Bot) {
				continue
			}
			passed = passed || s.anyDay(v)
			one.Touches = append(one.Touches, warehouse.Touch{At: v.Start, Traffic: v.traffic(), Entry: v.Entry, Bot: v.First.Bot != ""})
		}
		if passed {
			out = append(out, one)
		}
	}
	return out
}
