package server

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/shirube/shirube/internal/act/initiative"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/share/report"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// reportLook is how a page "where we stand" is written.
type reportLook struct {
	rhythm report.Rhythm
	lang   words.Lang
	asOf   *series.Day
	// nameless leaves out the names of people: for whoever is no member.
	nameless bool
	// patience is how long the page waits for links that are still being measured; below
	// zero until they are.
	patience time.Duration
	// unmeasured takes the links as not measured, for a day in the past of a company that is
	// made up.
	unmeasured bool
}

// whereWeStand writes the page of a workspace as it is now. It is the one way to such a
// page: screen, mail, paper and read-only pages all come through here.
func (s *Server) whereWeStand(ctx context.Context, ws store.Workspace, look reportLook) (report.Sheet, error) {
	b, versions, err := s.boards.board(ctx, ws, 0)
	if err != nil {
		return report.Sheet{}, err
	}
	opt := b.options(s.deps.Clock(), look.asOf, look.lang)
	if opt.Measuring = look.unmeasured; look.unmeasured {
		opt, err = b.foreseen(ctx, opt)
	} else {
		opt, err = b.grounded(ctx, opt, look.patience)
	}
	if err != nil {
		return report.Sheet{}, err
	}
	facts := report.Facts{
		Workspace: ws.Name, Version: versions[0].Version, Rhythm: look.rhythm, Lang: look.lang, AsOf: opt.AsOf, Today: opt.Today,
		Measuring: opt.Measuring, Nameless: look.nameless,
	}
	if facts.Chance, err = b.chanceBefore(ctx, opt, look.rhythm.Days()); err != nil {
		return report.Sheet{}, err
	}
	if err := s.sharedFacts(ctx, ws, b.model, versions, &facts); err != nil {
		return report.Sheet{}, err
	}
	muted, err := s.deps.Store.MutedFindings.List(ctx, ws.ID)
	if err != nil {
		return report.Sheet{}, err
	}
	rests := map[string]bool{}
	for _, m := range muted {
		rests[m.Finding] = true
	}
	return waitedFor(ctx, opt, func(opt insight.Options) (report.Sheet, error) {
		facts.Ev = b.fresh() // beside the map: looking into every step takes a while
		facts.View = insight.NewView(facts.Ev, opt)
		facts.Findings = slices.DeleteFunc(facts.View.Review(), func(f insight.ReviewFinding) bool { return rests[f.Key] })
		return report.Write(facts), nil
	})
}

// chanceBefore is the KGI's probability as it was days before; nil where it cannot be told.
func (b *board) chanceBefore(ctx context.Context, opt insight.Options, days int) (*float64, error) {
	earlier := insight.Options{AsOf: opt.AsOf - series.Day(days), Lang: opt.Lang, Measuring: true}
	if first, some := b.data.First(); !some || earlier.AsOf <= first {
		return nil, nil
	}
	earlier, err := b.foreseen(ctx, earlier)
	if err != nil {
		return nil, err
	}
	return insight.NewView(b.fresh(), earlier).Status().Reading(b.model.KGI().ID).Forecast.PAttain, nil
}

// decidedDays is how long something counts as decided lately.
const decidedDays = 60

// decidedShown is how many decisions of reviews are read; the page shows fewer.
const decidedShown = 10

// sharedFacts adds what people have said and settled.
func (s *Server) sharedFacts(ctx context.Context, ws store.Workspace, m *goal.Model, versions []store.ModelVersion, f *report.Facts) error {
	agreed, err := s.agreementAt(ctx, ws.ID, versions, versions[0].Version)
	if err != nil {
		return err
	}
	f.Agreement = report.Agreed(agreed, f.Lang, f.Nameless)
	watched, err := s.focusOf(ctx, ws)
	if err != nil {
		return err
	}
	for _, kpi := range watched.KPIs {
		f.Focus = append(f.Focus, kpi.ID)
	}
	asked, err := s.openQuestions(ctx, ws)
	if err != nil {
		return err
	}
	for _, q := range asked {
		f.Questions = append(f.Questions, report.Question{On: series.DayOf(q.AskedAt.In(m.Location)), Text: q.Summary, By: q.Asked.Name, Path: "/share/questions?open=" + q.ID})
	}
	if f.NextReview, err = s.nextReviewDay(ctx, ws, m); err != nil {
		return err
	}
	settled, err := s.lastDecisions(ctx, ws, decidedShown)
	if err != nil {
		return err
	}
	for _, d := range settled {
		on := max(d.HeldOn, series.DayOf(d.DecidedAt.In(m.Location)))
		f.Decisions = append(f.Decisions, report.Decision{On: on, What: d.What.In(f.Lang), Why: d.Why, By: d.By.Name, Path: "/share/reviews/" + d.Review})
	}
	undertaken, err := s.deps.Store.Initiatives.List(ctx, ws.ID)
	if err != nil {
		return err
	}
	f.Decisions = append(f.Decisions, begun(undertaken, f.Lang)...)
	if len(settled) == 0 { // a decision of a review has made the version that follows it
		f.Decisions = append(f.Decisions, edited(versions, m.Location)...)
	}
	f.Decisions = slices.DeleteFunc(f.Decisions, func(d report.Decision) bool { return d.On <= f.AsOf-decidedDays || d.On > f.Today })
	slices.SortStableFunc(f.Decisions, func(a, b report.Decision) int { return cmp.Compare(b.On, a.On) })
	return nil
}

// edited are the edits of the map that say what they are for; the first made it.
func edited(versions []store.ModelVersion, zone *time.Location) []report.Decision {
	var out []report.Decision
	for _, v := range versions {
		if v.Note != "" && v.Version > 1 {
			out = append(out, report.Decision{On: series.DayOf(v.CreatedAt.In(zone)), What: v.Note, By: v.Author, Path: "/map"})
		}
	}
	return out
}

// begun are the initiatives that began or ended.
func begun(list []store.Initiative, lang words.Lang) []report.Decision {
	var out []report.Decision
	for _, i := range list {
		d := report.Decision{By: i.Author, Why: i.Hypothesis, Path: "/act/initiatives/" + i.ID}
		switch {
		case i.State == initiative.Running && i.From != nil:
			d.On, d.What = *i.From, words.T("施策「%s」を始めました。", "The initiative “%s” was begun.", i.Name).In(lang)
		case i.State == initiative.Finished && i.To != nil:
			d.On, d.What = *i.To, words.T("施策「%s」を終えました。", "The initiative “%s” was ended.", i.Name).In(lang)
		default:
			continue
		}
		out = append(out, d)
	}
	return out
}
