package server

import (
	"cmp"
	"context"
	"slices"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/formula"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// OutcomeView is something that can be traced back to the visits before it: an
// indicator of the map, the KGI first, or an event that no indicator counts.
type OutcomeView struct {
	Indicator *string `json:"indicator"`
	Event     *string `json:"event"`
	Name      string  `json:"name"`
	Unit      string  `json:"unit"`
	KGI       bool    `json:"kgi"`
	Traceable bool    `json:"traceable" doc:"false: counted in a table, so nobody knows whose it is"`
	Why       string  `json:"why" doc:"why it cannot be traced"`
}

// outcome is what an indicator counts, as steps in the events.
type outcome struct {
	view  OutcomeView
	steps []warehouse.Step
}

// outcomes are the indicators in the order of the map, each with the events it counts.
func (a asked) outcomes() []outcome {
	var list []outcome
	for i, ind := range a.board.model.Indicators {
		id := ind.ID
		o := outcome{view: OutcomeView{Indicator: &id, Name: ind.Name, Unit: ind.Unit, KGI: i == 0}}
		o.steps = eventSteps(a.board.model, ind)
		o.view.Traceable = len(o.steps) > 0
		if !o.view.Traceable {
			if i > 0 && !countsThings(a.board.model, ind) {
				continue // a rate or a level: nothing that one person does
			}
			o.view.Why = words.T("この数は表から来ているので、だれのものかまではたどれません。できごとを送ると、人ごとにたどれるようになります。",
				"This number comes from a table, so nobody knows whose it is. Send events, and it can be traced to people.").In(a.lang)
		}
		list = append(list, o)
	}
	// What can be traced comes first, the KGI before all.
	slices.SortStableFunc(list, func(x, y outcome) int { return cmp.Compare(rank(x), rank(y)) })
	return list
}

func rank(o outcome) int {
	switch {
	case o.view.KGI:
		return 0
	case o.view.Traceable:
		return 1
	}
	return 2
}

// eventSteps are the events an indicator's own measure adds up; nil where it is anything
// but a sum of counts of events.
func eventSteps(m *goal.Model, ind *goal.Indicator) []warehouse.Step {
	if ind.Measure == nil {
		return nil
	}
	shape := ind.Measure.Shape()
	if shape.Op != formula.JoinName && shape.Op != formula.JoinSum {
		return nil
	}
	var steps []warehouse.Step
	for _, part := range shape.Parts {
		metric := m.Metric(part.Name)
		if metric == nil || metric.Events == nil || part.Sign < 0 {
			return nil
		}
		step, ok := stepOf(metric.Events)
		if !ok {
			return nil
		}
		steps = append(steps, step)
	}
	return steps
}

// stepOf is what a counted metric counts, as a step; false for visits and other numbers
// that are no single act.
func stepOf(c *goal.EventCount) (warehouse.Step, bool) {
	step := warehouse.Step{Event: c.Event, Page: c.Page, Filters: countFilters(c)}
	return step, (step.Event == "") != (step.Page == "")
}

// countFilters are the conditions of a counted metric as the warehouse knows them.
func countFilters(c *goal.EventCount) []warehouse.Filter {
	var out []warehouse.Filter
	for _, f := range c.Where {
		filter := warehouse.Filter{Field: warehouse.Field(f.Column), Op: warehouse.Is, Values: f.Values}
		if !slices.Contains(goal.EventFields, f.Column) {
			filter.Field, filter.Property = warehouse.FieldProperty, f.Column
		}
		out = append(out, filter)
	}
	return out
}

// countsThings reports whether an indicator is a number of things.
func countsThings(m *goal.Model, ind *goal.Indicator) bool {
	return ind.Unit != "%" && ind.Measure != nil && len(m.Leaves(ind.ID)) > 0
}

// automatic are events the tracker sends by itself of any page: nobody's aim.
var automatic = []string{event.Engagement, "Page Scrolled", "Outbound Link Clicked", "File Downloaded", "Page Viewed", "(other)"}

// outcomeChoice is what was chosen to be traced, among what can be.
type outcomeChoice struct {
	all   []OutcomeView
	view  *OutcomeView // nil: there is nothing to choose
	steps []warehouse.Step
}

// chooseOutcome finds what is to be traced: what was asked for, else the KGI, else the
// first indicator that can be, else the event that happens most.
func (a asked) chooseOutcome(ctx context.Context, indicator, name string) (outcomeChoice, error) {
	choice := outcomeChoice{all: []OutcomeView{}}
	for _, o := range a.outcomes() {
		choice.all = append(choice.all, o.view)
		asked := indicator != "" && *o.view.Indicator == indicator
		if asked || choice.view == nil && indicator == "" && name == "" && o.view.Traceable {
			choice.view, choice.steps = &o.view, o.steps
		}
	}
	if indicator != "" && choice.view == nil {
		return choice, noIndicator(indicator)
	}
	if choice.view == nil && name == "" {
		whole := a.scope
		whole.Span = series.Span{From: a.today - postLookback, To: a.today} // the same whatever is being looked at
		whole.Filters = nil
		names, err := a.reader.Names(ctx, whole, 50)
		if err != nil {
			return choice, err
		}
		for _, n := range names {
			if name == "" && !slices.Contains(automatic, n.Name) {
				name = n.Name
			}
		}
	}
	if name != "" {
		choice.view = &OutcomeView{Event: &name, Name: a.label(warehouse.FieldEvent, name), Traceable: true}
		choice.steps = []warehouse.Step{{Event: name}}
	}
	return choice, nil
}
