package server

import (
	"context"
	"errors"
	"math"
	"slices"

	"github.com/shirube/shirube/internal/formula"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// Bounds of what a drawer shows.
const (
	detailDays     = 180
	mostDetailDays = 3 * 366
	mostPeriods    = 60
	mostParts      = 20
	mostTouches    = 50
)

// indicatorDetail is everything about one indicator at one moment.
func (b *board) indicatorDetail(id string, at moment, history []IndicatorTouch) IndicatorDetail {
	opt := at.opt
	ind := b.model.Indicator(id)
	b.mu.Lock()
	defer b.mu.Unlock()
	v := insight.NewView(b.ev, opt)
	r, findings := v.Status().Reading(id), v.Check()
	detail := IndicatorDetail{
		Version: at.version, AsOf: at.asOf, Indicator: b.indicator(ind, r, opt),
		Curve: v.Curve(id), TargetLine: b.targetLine(ind, r),
		Periods: b.periods(ind, at), Inputs: b.inputs(ind, r), Sources: b.sourcesOf(id),
		Links: []MapLink{}, Breakdown: b.breakdowns(id, r.ValueSpan, opt.AsOf), Findings: []FindingView{},
		Glossary: wordsOn(ind, r, at.lang), Stated: stated(ind), Events: []EventView{}, History: history,
	}
	detail.Range = scoreRange(b.ev, id, r.ValueSpan, at.lang)
	detail.Indicator.Spark = v.Spark(id)
	detail.Indicator.Curve = detail.Curve
	detail.Indicator.Findings = front.Listed(codesByIndicator(findings)[id])
	if depth, ok := b.model.Depths()[id]; ok {
		detail.Indicator.Depth = &depth
	}
	daily := b.ev.Daily(id, detailSpan(ind, at.asOf))
	detail.Daily = DailyLine{First: &daily.First, Values: front.Numbers(front.Listed(daily.Values))}
	detail.PaceLine = paceLine(detail.Curve, daily, b.ev.Kind(id))
	for _, l := range b.links(v.Links(), at.lang) {
		if l.From == id || l.To == id {
			detail.Links = append(detail.Links, l)
		}
	}
	for _, f := range findingViews(findings) {
		if f.Indicator != nil && *f.Indicator == id || slices.Contains(f.Link, id) {
			detail.Findings = append(detail.Findings, f)
		}
	}
	for _, e := range b.events() {
		if daily.Span().Contains(e.On) {
			detail.Events = append(detail.Events, e)
		}
	}
	return detail
}

// detailSpan is the target's days so far, and half a year at least.
func detailSpan(ind *goal.Indicator, asOf series.Day) series.Span {
	span := series.Span{From: asOf - detailDays + 1, To: asOf}
	if t := ind.Target; t != nil && t.From != nil && *t.From < span.From {
		span.From = max(*t.From, asOf-mostDetailDays+1)
	}
	return span
}

// targetLine is the height one day is compared with. A sum towards a total has
// none: its days only matter together.
func (b *board) targetLine(ind *goal.Indicator, r *insight.Reading) front.Number {
	t := ind.Target
	if t == nil || r.Goal.Amount == nil {
		return front.Number(math.NaN())
	}
	perDay := t.Kind == goal.TargetHold && t.Per == series.GrainDay
	if b.ev.Kind(ind.ID) == formula.Flow && !perDay {
		return front.Number(math.NaN())
	}
	return front.Number(*r.Goal.Amount)
}

// paceLine is the pace of a level or rate laid over the days of the daily line;
// nil for sums, whose pace is one of running totals.
func paceLine(c *insight.Curve, daily series.Daily, kind formula.Kind) *DailyLine {
	if c == nil || kind == formula.Flow || len(c.Days) == 0 || len(daily.Values) == 0 {
		return nil
	}
	line := &DailyLine{First: &daily.First, Values: make(front.Numbers, len(daily.Values))}
	for i := range line.Values {
		line.Values[i] = between(c, daily.First+series.Day(i))
	}
	return line
}

// between reads the pace on a day off a curve's points.
func between(c *insight.Curve, day series.Day) float64 {
	after, found := slices.BinarySearch(c.Days, day)
	switch {
	case found:
		return float64(orNaN(c.Pace[after]))
	case after == 0, after == len(c.Days):
		return math.NaN()
	}
	from, to := float64(orNaN(c.Pace[after-1])), float64(orNaN(c.Pace[after]))
	return from + (to-from)*float64(day-c.Days[after-1])/float64(c.Days[after]-c.Days[after-1])
}

// periods are those of a hold target since it began, or the last twelve months.
func (b *board) periods(ind *goal.Indicator, at moment) []PeriodView {
	grain, span := series.GrainMonth, series.Span{From: at.asOf.AddMonths(-11), To: at.asOf}
	if t := ind.Target; t != nil && t.Kind == goal.TargetHold {
		grain = t.Per
		if t.From != nil {
			span.From = *t.From
		}
	}
	span.From = max(span.From, at.asOf-mostDetailDays)
	all := b.model.Fiscal.Each(grain, span)
	all = all[max(0, len(all)-mostPeriods):]
	views := make([]PeriodView, len(all))
	for i, period := range all {
		known := period
		known.To = min(known.To, at.asOf)
		views[i] = PeriodView{
			From: period.From, To: period.To, Label: b.model.Fiscal.Label(grain, period).In(at.lang),
			Value: front.Number(b.ev.Value(ind.ID, known).V), Complete: period.To <= at.asOf, Low: front.Number(math.NaN()), High: front.Number(math.NaN()),
		}
		if r := scoreRange(b.ev, ind.ID, known, at.lang); r != nil {
			views[i].Low, views[i].High = front.Number(r.Low), front.Number(r.High)
		}
	}
	return views
}

// inputs are what the formula is made of, over the same days as the value.
func (b *board) inputs(ind *goal.Indicator, r *insight.Reading) []InputView {
	views := []InputView{}
	for _, id := range b.model.Children(ind.ID) {
		child := b.model.Indicator(id)
		views = append(views, InputView{
			ID: id, Name: child.Name, Unit: child.Unit, Value: front.Number(b.ev.Value(id, r.ValueSpan).V),
		})
	}
	return views
}

// sourcesOf lists the sources an indicator rests on, with the columns it uses.
func (b *board) sourcesOf(id string) []SourceUse {
	uses := []SourceUse{}
	for _, name := range b.model.Leaves(id) {
		metric := b.model.Metric(name)
		if metric == nil {
			continue
		}
		src := metric.Source
		at := slices.IndexFunc(uses, func(u SourceUse) bool { return u.ID == src.ID })
		if at < 0 {
			at = len(uses)
			use := SourceUse{ID: src.ID, Path: src.Path, Metrics: []string{}}
			if state, ok := b.data.Sources[src.ID]; ok && !state.Empty {
				use.LastDay = &state.Last
			}
			uses = append(uses, use)
		}
		column := metric.Column
		if column == "" {
			column = metric.ID
		}
		if !slices.Contains(uses[at].Metrics, column) {
			uses[at].Metrics = append(uses[at].Metrics, column)
		}
	}
	return uses
}

// breakdowns split the value by each dimension it can be split by.
func (b *board) breakdowns(id string, span series.Span, asOf series.Day) []Breakdown {
	views := []Breakdown{}
	flow := b.ev.Kind(id) == formula.Flow
	recent := series.Span{From: asOf - 27, To: asOf}
	for _, dimension := range b.ev.Dimensions(id) {
		parts := b.ev.Split(id, span, dimension)
		changes := b.ev.SplitChange(id, recent.Before(recent.Days()), recent, dimension)
		whole := 0.0
		for _, p := range parts {
			if !math.IsNaN(p.V) {
				whole += p.V
			}
		}
		view := Breakdown{Dimension: dimension, Values: []BreakdownPart{}}
		for _, p := range parts[:min(len(parts), mostParts)] {
			part := BreakdownPart{Name: p.Value, Value: front.Number(p.V), Share: front.Number(math.NaN()), Change: front.Number(math.NaN())}
			if change, ok := changes[p.Value]; ok {
				part.Change = front.Number(change)
			}
			if flow && whole > 0 {
				part.Share = front.Number(p.V / whole)
			}
			view.Values = append(view.Values, part)
		}
		views = append(views, view)
	}
	return views
}

func stated(ind *goal.Indicator) []StatementView {
	views := make([]StatementView, len(ind.Stated))
	for i, st := range ind.Stated {
		views[i] = StatementView{
			By: st.By, Role: st.Role, Purpose: st.Purpose, Meaning: st.Meaning,
			Amount: orNaN(st.Amount), Deadline: st.Deadline,
		}
	}
	return views
}

// touches lists the latest versions of the model that changed an indicator, the
// newest first.
func (s *Server) touches(ctx context.Context, ws store.WorkspaceID, id string, versions []store.ModelVersion, lang words.Lang) ([]IndicatorTouch, error) {
	touches := []IndicatorTouch{}
	for i, v := range versions[:min(len(versions), mostTouches)] {
		if i+1 == len(versions) {
			break // the first version changed nothing: it began
		}
		now, err := s.model(ctx, ws, v.Version)
		before, errBefore := s.model(ctx, ws, versions[i+1].Version)
		if err = errors.Join(err, errBefore); err != nil {
			if _, unreadable := words.AsProblems(err); unreadable {
				continue // nothing can be told of it
			}
			return nil, err
		}
		touch := IndicatorTouch{Version: v.Version, Author: v.Author, Note: v.Note, CreatedAt: v.CreatedAt}
		for _, c := range goal.Diff(before.model, now.model) {
			if c.Indicator == id {
				touch.Changes = append(touch.Changes, c.Sentence.In(lang))
			}
		}
		if len(touch.Changes) > 0 {
			touches = append(touches, touch)
		}
	}
	return touches, nil
}
