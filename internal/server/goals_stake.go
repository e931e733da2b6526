package server

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/share/question"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// GoalStake is what the findings of one workspace come to.
type GoalStake struct {
	Findings int          `json:"findings" doc:"open ones"`
	Amount   front.Number `json:"amount" doc:"of the first, in the unit of the KGI; null where it cannot be put so"`
	Unit     string       `json:"unit"`
	Sentence string       `json:"sentence" doc:"of the first; empty where there is none"`
}

// GoalAgreement is how far a team is with agreeing on its goal.
type GoalAgreement struct {
	Standing string `json:"standing" enum:"nobody,lapsed,partly,agreed"`
	Short    string `json:"short"`
}

// GoalReview is when a team sits together next.
type GoalReview struct {
	On      series.Day `json:"on" format:"date"`
	Held    bool       `json:"held" doc:"one is going on now"`
	Overdue bool       `json:"overdue" doc:"its day has passed"`
}

// goalReview is when a team sits together next; nil where nobody has said.
func (s *Server) goalReview(ctx context.Context, ws store.Workspace) (*GoalReview, error) {
	saved, err := s.model(ctx, ws.ID, 0)
	if err != nil {
		return nil, err
	}
	list, err := s.deps.Store.Reviews.List(ctx, ws.ID)
	if err != nil {
		return nil, err
	}
	if at := slices.IndexFunc(list, isHeld); at >= 0 {
		return &GoalReview{On: list[at].HeldOn, Held: true}, nil
	}
	next, err := s.comingReview(ctx, ws, saved.model, list)
	if err != nil || next == nil {
		return nil, err
	}
	return &GoalReview{On: next.On, Overdue: next.Overdue()}, nil
}

// stakeKey is all that a stake depends on; UpdatedAt tells of findings put to rest.
type stakeKey struct {
	workspace store.WorkspaceID
	revision  int64
	changed   time.Time
	today     series.Day
	lang      words.Lang
}

// keptStakes is about as many workspaces as an agency has, in both languages.
const keptStakes = 256

// stakesWithin is how long the page of all goals waits for what is at stake; what is not
// there by then is asked for again.
const stakesWithin = 300 * time.Millisecond

var errMeasuring = errors.New("the evidence is still being worked out")

// stakeOf is what is at stake in a workspace; nil and true while it is being worked out.
func (s *Server) stakeOf(ctx context.Context, ws store.Workspace, lang words.Lang, patience context.Context) (*GoalStake, bool, error) {
	key := stakeKey{ws.ID, ws.DataRevision, ws.UpdatedAt, s.dayOf(ws.ID, s.deps.Clock()), lang}
	stake, err := s.stakes.get(patience, key, func(ctx context.Context) (*GoalStake, error) {
		reply, err := s.review(ctx, ws.Slug, front.At{}, lang)
		if err != nil {
			return nil, err
		}
		if reply.Evidence != "ready" {
			return nil, errMeasuring
		}
		return stakeIn(reply), nil
	})
	switch {
	case err == nil:
		return stake, false, nil
	case errors.Is(err, errMeasuring), ctx.Err() == nil && patience.Err() != nil:
		return nil, true, nil
	}
	return nil, false, err
}

func stakeIn(reply ReviewReply) *GoalStake {
	out := &GoalStake{Amount: orNaN(nil)}
	for _, f := range reply.Findings {
		if f.Muted != nil {
			continue
		}
		if out.Findings++; out.Findings > 1 {
			continue
		}
		out.Sentence = f.Sentence
		if f.Stake != nil {
			out.Amount, out.Unit = orNaN(&f.Stake.Amount), f.Stake.Unit
		}
	}
	return out
}

// team adds what the team of a workspace is to do. What cannot be read is left out: the
// others must still be seen.
func (s *Server) team(ctx context.Context, ws belonging, view *GoalWorkspace, lang words.Lang) error {
	if !ws.role.May(access.SeeNumbers) {
		return nil
	}
	state, err := s.agreementState(ctx, ws.ID)
	if err != nil {
		return err
	}
	view.Agreement = &GoalAgreement{Standing: string(state.Standing), Short: state.Short().In(lang)}
	if view.Review, err = s.goalReview(ctx, ws.Workspace); err != nil {
		return err
	}
	who := front.RequestOf(ctx).Who
	if who == nil || who.Key != nil {
		return nil
	}
	user, err := s.speaker(ctx, ws.ID)
	if err != nil {
		return err
	}
	me := question.Me{ID: string(user.ID), Role: ws.role}
	if me.ID == "" {
		me.ID = nobodyID
	}
	list, err := s.deps.Store.Questions.Standing(ctx, ws.ID, store.UserID(me.ID))
	if err != nil {
		return err
	}
	for _, one := range list {
		if !me.Sees(one.Head) {
			continue
		}
		if one.New(me.ID, one.Read) > 0 {
			view.Unread++
		}
		if !one.Settled && !one.Replied {
			view.Waiting++
		}
	}
	return nil
}
