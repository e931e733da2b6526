package server

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/shirube/shirube/internal/act/initiative"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/review"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// deciding is one item on its way to being settled.
type deciding struct {
	ws       store.Workspace
	held     store.Review
	item     review.Item
	base     *savedModel
	edits    []goal.Edit
	yaml     string // after the edits; "" without any
	begin    *initiative.Initiative
	decision review.Decision
}

// ownReview is a review of a workspace.
func (s *Server) ownReview(ctx context.Context, slug, id string) (store.Workspace, store.Review, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return ws, store.Review{}, err
	}
	if !front.IsName(id) {
		return ws, store.Review{}, store.ErrNotFound{What: "review", Name: id}
	}
	kept, err := s.deps.Store.Reviews.Get(ctx, ws.ID, id)
	return ws, kept, err
}

// settle settles one item, or shows what settling it would do.
func (s *Server) settle(ctx context.Context, slug, id string, in DecideRequest, lang words.Lang) (DecideReply, error) {
	d, err := s.prepareDecision(ctx, slug, id, in)
	if err != nil {
		return DecideReply{}, err
	}
	reply := DecideReply{What: d.decision.What.In(lang), Changes: []string{}, Problems: []front.ProblemView{}, Findings: []FindingView{}}
	if d.yaml != "" {
		check, err := s.check(ctx, d.ws, d.yaml, lang)
		if err != nil {
			return reply, err
		}
		reply.Problems, reply.Findings, reply.Lapses = check.Problems, check.Findings, check.Lapses
		next, err := goal.Parse(modelFile, []byte(d.yaml))
		if err != nil || !check.OK {
			return reply, nil // the problems say why nothing is kept
		}
		for _, c := range goal.Diff(d.base.model, next) {
			reply.Changes = append(reply.Changes, c.Sentence.In(lang))
		}
	}
	if in.DryRun {
		return reply, nil
	}
	kept, err := s.keepDecision(ctx, d)
	if _, twice := errors.AsType[store.ErrExists](err); twice {
		return reply, front.Refuse(http.StatusConflict, words.T("この議題は、もう決まっています。", "This item is settled already."))
	}
	if err != nil {
		return reply, closedReview(err)
	}
	view := decisionView(kept, lang)
	reply.Decision, reply.OK = &view, true
	return reply, nil
}

// closedReview says of a review that is over what can be done.
func closedReview(err error) error {
	if _, over := errors.AsType[store.ErrClosed](err); over {
		return front.Refuse(http.StatusConflict, words.T("この点検は終わっています。次の点検で決めてください。", "This review is over. Please settle it on the next one."))
	}
	return err
}

// prepareDecision reads a decision; what is wrong is told at its field.
func (s *Server) prepareDecision(ctx context.Context, slug, id string, in DecideRequest) (*deciding, error) {
	ws, held, err := s.ownReview(ctx, slug, id)
	if err != nil {
		return nil, err
	}
	if held.State != review.Held {
		return nil, closedReview(store.ErrClosed{})
	}
	at := slices.IndexFunc(held.Items, func(i review.Item) bool { return i.ID == in.Item })
	if at < 0 {
		return nil, front.BadRequest("body.item", words.T("この議題はありません。", "There is no such item."))
	}
	d := &deciding{ws: ws, held: held, item: held.Items[at]}
	if d.base, err = s.model(ctx, ws.ID, 0); err != nil {
		return nil, err
	}
	d.decision = review.Decision{Item: in.Item, Kind: review.Kind(in.Kind), Indicator: d.item.Indicator, From: d.item.From, To: d.item.To, About: review.About(d.item, d.held.Scene),
		Why: cleanParagraphs(in.Why), Owner: front.Clean(in.Owner)}
	if in.Indicator != "" {
		d.decision.Indicator = in.Indicator
	}
	if in.Due != nil {
		d.decision.Due = *in.Due
	}
	if key, ok := strings.CutPrefix(d.item.ID, "finding:"); ok {
		d.decision.Finding = key
	} else if d.item.Was != nil {
		d.decision.Finding = d.item.Was.Finding
	}
	if fault := d.decision.Check(s.todayOf(d.base.model)); fault != nil && !(in.DryRun && fault.Field == "why") {
		return nil, front.BadRequest("body."+fault.Field, fault.What)
	}
	if err := s.planDecision(ctx, d, in); err != nil {
		return nil, err
	}
	s.remember(d)
	return d, nil
}

// planDecision works out what a decision does: the edits of the map, or what is undertaken.
func (s *Server) planDecision(ctx context.Context, d *deciding, in DecideRequest) error {
	m, fault := d.base.model, (*review.Fault)(nil)
	switch d.decision.Kind {
	case review.Keep:
		d.decision.What = review.Keep.Name()
	case review.MeasureAgain:
		d.decision.What = review.LookAgain(d.decision, d.held.Scene)
	case review.ChangeTarget:
		if in.Target == nil && len(in.Edits) == 0 {
			return front.BadRequest("body.target", words.T("新しい目標の数を入れてください。", "Please give the new number to reach."))
		}
		if in.Target != nil {
			d.edits, d.decision.What, fault = review.TargetEdits(m, d.decision.Indicator, in.Target.target())
		}
	case review.ReplaceKPI:
		if len(in.Edits) == 0 {
			d.edits, d.decision.What, fault = review.ReplaceEdits(m, d.decision.Indicator, in.Replace.replacement(), d.decision.Why)
		}
	case review.Initiative:
		if err := s.planInitiative(d, in); err != nil {
			return err
		}
	}
	if fault != nil {
		return front.BadRequest("body."+fault.Field, fault.What)
	}
	if len(in.Edits) > 0 { // as the map's editor makes them
		d.edits = in.Edits
		d.decision.What = editNote(m, in.Edits)
	}
	if len(d.edits) == 0 {
		return nil
	}
	base, err := s.newest(ctx, d.ws.ID, in.BaseVersion)
	if err != nil {
		return err
	}
	d.base = base
	edited, err := goal.ApplyEdits([]byte(base.YAML), d.edits)
	if err != nil {
		return err
	}
	if d.yaml = string(edited); d.yaml == base.YAML {
		return front.BadRequest("body", words.T("いまの地図と同じです。変えるところを選ぶか、「そのまま続ける」にしてください。", "That is what the map says already. Change something, or choose “Keep going”."))
	}
	return nil
}

func (s *Server) planInitiative(d *deciding, in DecideRequest) error {
	ind := d.base.model.Indicator(d.decision.Indicator)
	if ind == nil {
		return front.BadRequest("body.indicator", words.T("どのKPIのための施策かを選んでください。", "Please choose the KPI it is for."))
	}
	begin := initiative.Initiative{KPI: ind.ID, State: initiative.Idea, Hypothesis: d.item.Sentence.In(d.base.model.Locale)}
	if in.Initiative != nil {
		begin.Name = front.Clean(in.Initiative.Name)
		if in.Initiative.Begins != nil {
			begin.From = in.Initiative.Begins
			if *begin.From <= s.todayOf(d.base.model) {
				begin.State = initiative.Running
			}
		}
	}
	if d.decision.Why != "" {
		begin.Hypothesis = d.decision.Why
	}
	if faults := begin.Check(); len(faults) > 0 {
		return front.BadRequest("body.initiative."+faults[0].Field, faults[0].What)
	}
	d.begin = &begin
	d.decision.What = words.T("「%[2]s」のために「%[1]s」を始める", "Start “%[1]s” for “%[2]s”", begin.Name, ind.Name)
	return nil
}

// remember keeps where things stood when it was decided, as the review saw them.
func (s *Server) remember(d *deciding) {
	if r := d.held.Scene.Reading(d.decision.Indicator); r != nil {
		was := *r
		d.decision.Was = &was
	}
	if road := d.held.Scene.Road(d.decision.From, d.decision.To); road != nil {
		d.decision.Verdict = road.Verdict
	}
}

// keepDecision writes a decision with all it does in one transaction: the version of the map,
// or the initiative, is there if and only if the decision is.
func (s *Server) keepDecision(ctx context.Context, d *deciding) (kept store.ReviewDecision, err error) {
	by, err := s.author(ctx, d.ws.ID)
	if err != nil {
		return kept, err
	}
	keep := func(ctx context.Context, tx *store.Tx) error {
		if d.begin != nil {
			started, err := tx.Initiatives.Create(ctx, d.ws.ID, *d.begin, by.Name)
			if err != nil {
				return err
			}
			d.decision.Initiative = started.ID
		}
		kept, err = tx.Reviews.Decide(ctx, d.ws.ID, d.held.ID, d.decision, by)
		return err
	}
	if d.yaml == "" {
		err = s.deps.Store.InTx(ctx, keep)
		return kept, err
	}
	note := versionNote(d.held.HeldOn, d.decision).In(d.base.model.Locale)
	d.decision.Base = d.base.Version
	_, err = s.saveVersionWith(ctx, d.ws.ID, d.base, d.yaml, note, func(ctx context.Context, tx *store.Tx, version int) error {
		d.decision.Version = version
		return keep(ctx, tx)
	})
	return kept, err
}

// versionNote is what the list of versions says of a version that a review made.
func versionNote(on series.Day, d review.Decision) words.Text {
	return words.T("定期点検(%[1]s)で決定: %[2]s。%[3]s", "Settled on the review of %[1]s: %[2]s. %[3]s", on.Long(), d.What, d.Why)
}

// withdraw takes a decision back while the review goes on. Where it made the newest version of
// the map, the version before comes back as a new one; what was built on since stays.
func (s *Server) withdraw(ctx context.Context, slug, id, item string) error {
	ws, held, err := s.ownReview(ctx, slug, id)
	if err != nil {
		return err
	}
	decided, err := s.deps.Store.Reviews.Decisions(ctx, ws.ID, store.DecisionQuery{Review: held.ID})
	if err != nil {
		return err
	}
	at := slices.IndexFunc(decided, func(d store.ReviewDecision) bool { return d.Item == item })
	if at < 0 {
		return store.ErrNotFound{What: "decision", Name: item}
	}
	d := decided[at]
	if held.State != review.Held {
		return closedReview(store.ErrClosed{})
	}
	drop := func(ctx context.Context, tx *store.Tx) error {
		if d.Initiative != "" {
			// One that nobody has touched goes with the decision.
			if started, err := tx.Initiatives.Get(ctx, ws.ID, d.Initiative); err == nil && started.Version == 1 {
				if err := tx.Initiatives.Delete(ctx, ws.ID, d.Initiative); err != nil {
					return err
				}
			} else if err != nil && !isNotFound(err) {
				return err
			}
		}
		return tx.Reviews.Withdraw(ctx, ws.ID, held.ID, item)
	}
	if d.Version == 0 {
		return closedReview(s.deps.Store.InTx(ctx, drop))
	}
	versions, err := s.versions(ctx, ws.ID)
	if err != nil {
		return err
	}
	if versions[0].Version != d.Version {
		return front.Refuse(http.StatusConflict, words.T("この決定のあとに地図がまた変わったので、自動では戻せません。版の一覧から戻してください。",
			"The map has changed since, so this cannot be undone by itself. Please go back in the list of versions."))
	}
	newest, err := s.modelOrEmpty(ctx, ws.ID, d.Version)
	if err != nil {
		return err
	}
	before, err := s.model(ctx, ws.ID, d.Base)
	if err != nil {
		return err
	}
	note := words.T("定期点検の決定を取り消し、第%d版に戻しました", "Took a decision of the review back: version %d again", d.Base).In(newest.model.Locale)
	_, err = s.saveVersionWith(ctx, ws.ID, newest, before.YAML, note, func(ctx context.Context, tx *store.Tx, _ int) error { return drop(ctx, tx) })
	return closedReview(err)
}
