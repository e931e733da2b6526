package server

import (
	"math"

	"github.com/shirube/shirube/internal/formula"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/words"
)

// mapReply is the whole map as it looks at one moment.
func (b *board) mapReply(at moment) (MapReply, *insight.Standing) {
	opt := at.opt
	b.mu.Lock()
	defer b.mu.Unlock()
	v := insight.NewView(b.ev, opt)
	standing, findings := v.Status(), v.Check()
	reply := MapReply{
		Workspace: WorkspaceRef{Slug: at.workspace.Slug, Name: at.workspace.Name, Demo: at.workspace.Demo},
		Model:     b.mapModel(at),
		AsOf:      at.asOf, Today: at.today, ReadOnly: at.readOnly,
		Goal:       managementGoal(b.model.KGI(), at.lang),
		Sentences:  sentenceViews(v.Sentences(findings)),
		Indicators: []MapIndicator{}, Junctions: b.junctions(standing),
		Links: b.links(v.Links(), at.lang), Evidence: evidenceState(opt),
		Findings: findingViews(findings), Smart: smartLines(v.Smart()),
		Events: b.events(), Focus: b.mapFocus(at), Agreement: agreementBrief(at.agreed, at.lang, at.readOnly),
	}
	if first, ok := b.data.First(); ok {
		last := b.data.AsOf(at.today)
		reply.FirstDay, reply.LastDay = &first, &last
	}
	depths, codes := b.model.Depths(), codesByIndicator(findings)
	for _, ind := range b.model.Indicators {
		view := b.indicator(ind, standing.Reading(ind.ID), opt)
		view.Spark, view.Findings = v.Spark(ind.ID), front.Listed(codes[ind.ID])
		if depth, ok := depths[ind.ID]; ok {
			view.Depth = &depth
		}
		if ind.IsKGI {
			view.Curve = v.Curve(ind.ID)
		}
		reply.Indicators = append(reply.Indicators, view)
	}
	return reply, standing
}

func (b *board) mapModel(at moment) MapModel {
	view := MapModel{
		Name: b.model.Name, Version: at.version, Versions: len(at.versions),
		Newest: at.version == at.versions[0].Version, Locale: string(b.model.Locale), Agreed: signedViews(at.agreed),
	}
	return view
}

// mapFocus is what the team watches, as far as this version of the map has it.
func (b *board) mapFocus(at moment) *MapFocus {
	w := watchedOn(b.model, at.focus)
	if len(w.KPIs) == 0 {
		return nil
	}
	view := &MapFocus{Until: w.Until, Indicators: []string{}}
	for _, kpi := range w.KPIs {
		view.Indicators = append(view.Indicators, kpi.ID)
	}
	if !at.readOnly { // what a team says to itself stays with it
		view.Why, view.By = w.Why, w.By.Name
	}
	return view
}

func managementGoal(kgi *goal.Indicator, lang words.Lang) ManagementGoal {
	return ManagementGoal{Key: kgi.Serves, Name: goal.ManagementGoal(kgi.Serves).In(lang)}
}

func (b *board) events() []EventView {
	views := make([]EventView, len(b.model.Events))
	for i, e := range b.model.Events {
		views[i] = EventView{On: e.On, What: e.What}
	}
	return views
}

// indicator is one card.
func (b *board) indicator(ind *goal.Indicator, r *insight.Reading, opt insight.Options) MapIndicator {
	history := b.ev.History(ind.ID)
	first, present := history.FirstPresent()
	view := MapIndicator{
		ID: ind.ID, Name: ind.Name, Definition: ind.Definition, Why: ind.Why, Unit: ind.Unit, Owner: ind.Owner,
		Role: string(ind.Role), IsKGI: ind.IsKGI, Kind: r.Kind, HasData: present && first <= opt.AsOf,
		Formula: written(ind.Formula), Measure: written(ind.Measure),
		Value: orNaN(r.Value), ValueSpan: &SpanView{From: r.ValueSpan.From, To: r.ValueSpan.To},
		LastPeriod: orNaN(r.LastPeriod), MissingDays: r.MissingDays, NoValue: r.NoValue,
		Target: targetView(r.Goal), Attainment: orNaN(r.Attainment), Expected: orNaN(r.Expected), Pace: orNaN(r.Pace),
		Status: r.Status, Baseline: orNaN(r.Baseline), Forecast: r.Forecast, Change: r.Change,
		ChangeText: changeText(r.Change, ind.Unit, opt.Lang),
		Freshness:  r.Freshness, Reconciliation: r.Reconciliation,
	}
	if r.Periods != nil {
		view.PeriodsMet = &PeriodsMet{Met: r.Periods.Met, Complete: r.Periods.Complete}
	}
	return view
}

// written is an expression as the file has it.
func written(e *formula.Expr) *string {
	if e == nil {
		return nil
	}
	return front.OrNull(e.Source())
}

func orNaN(n *float64) front.Number {
	if n == nil {
		return front.Number(math.NaN())
	}
	return front.Number(*n)
}

func targetView(g *insight.Goal) *TargetView {
	if g == nil {
		return nil
	}
	view := &TargetView{
		Kind: g.Kind, Amount: orNaN(g.Amount), NoAmount: g.NoAmount, Factor: orNaN(g.Factor), Label: g.Label,
		Per: g.Per, AtLeast: orNaN(g.AtLeast), From: g.From, By: g.By, Direction: g.Direction,
		Agreed: make([]Agreement, len(g.Agreed)), Milestones: make([]MilestoneView, len(g.Milestones)),
	}
	for i, a := range g.Agreed {
		view.Agreed[i] = Agreement(a)
	}
	for i, m := range g.Milestones {
		view.Milestones[i] = MilestoneView{By: m.By, Value: front.Number(m.Value), Derived: m.Derived}
	}
	return view
}

// fewOf is from where on people think of a number in percent: two posts fewer
// say more than "−33%".
const fewOf = 10

// changeText is the change as a card says it behind 前4週比: relative, for rates
// too (the word asks for a ratio; a difference would be in points), but in the
// unit itself where the numbers are small.
func changeText(c *insight.Change, unit string, lang words.Lang) *string {
	if c == nil {
		return nil
	}
	small := unit != "%" && max(math.Abs(c.Now), math.Abs(c.Before)) < fewOf
	if small || c.Relative == nil {
		return front.OrNull(words.Change{Value: c.Absolute, Unit: unit}.In(lang))
	}
	return front.OrNull(words.RelativeChange(*c.Relative).In(lang))
}

// junctions are the signs at which formulas join their inputs.
func (b *board) junctions(standing *insight.Standing) []Junction {
	out := []Junction{}
	for _, ind := range b.model.Indicators {
		if ind.Formula == nil || len(b.model.Children(ind.ID)) == 0 {
			continue
		}
		shape := ind.Formula.Shape()
		j := Junction{Parent: ind.ID, Operator: shape.Sign(), Remainder: front.Number(math.NaN()), Children: []JunctionChild{}}
		if gap := standing.Reading(ind.ID).Reconciliation; gap != nil {
			j.Remainder = remainder(gap)
		}
		for _, part := range shape.Parts {
			j.Children = append(j.Children, JunctionChild{ID: part.Name, Sign: shape.SignOf(part)})
		}
		out = append(out, j)
	}
	return out
}

// remainder is what the formula leaves unexplained; what only rounding leaves is
// nothing.
func remainder(gap *insight.Reconciliation) front.Number {
	left := gap.Measured - gap.Computed
	if math.Abs(left) <= 1e-9*math.Abs(gap.Measured) {
		return 0
	}
	return front.Number(left)
}
