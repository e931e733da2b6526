package server

import (
	"context"
	"fmt"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/share/agreement"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// ended is what of the goal becomes another when a version of the model follows one, and the
// agreement that ends by it.
func (s *Server) ended(ctx context.Context, ws store.WorkspaceID, before, after *goal.Model, base int) (changes []agreement.Change, state agreement.State, err error) {
	if changes = agreement.Changes(agreement.GoalOf(before), agreement.GoalOf(after)); len(changes) == 0 {
		return nil, state, nil
	}
	versions, err := s.versions(ctx, ws)
	if err != nil {
		return nil, state, err
	}
	state, err = s.agreementAt(ctx, ws, versions, base)
	return changes, state, err
}

// lapses is how many signatures it would end to save a model, told before it is saved.
func (s *Server) lapses(ctx context.Context, ws store.WorkspaceID, after *goal.Model, lang words.Lang) (*Lapses, error) {
	newest, err := s.modelOrEmptyNewest(ctx, ws)
	if err != nil {
		return nil, err
	}
	changes, state, err := s.ended(ctx, ws, newest.model, after, newest.Version)
	if err != nil || len(changes) == 0 || len(state.Signed) == 0 {
		return nil, err
	}
	out := &Lapses{Signatures: len(state.Signed), Sentence: agreement.WouldEnd(state.Signed).In(lang), Changes: []string{}}
	for _, c := range changes {
		out.Changes = append(out.Changes, c.Sentence.In(lang))
	}
	return out, nil
}

// lapsing is what is told when a model is saved whose goal is another: to whom, and what
// changed. ok is false where nobody's signature lapses by it.
func (s *Server) lapsing(ctx context.Context, ws store.WorkspaceID, before, after *goal.Model, base int) (t telling, to listeners, ok bool, err error) {
	changes, state, err := s.ended(ctx, ws, before, after, base)
	if err != nil || len(changes) == 0 {
		return t, to, false, err
	}
	for _, one := range state.Signed {
		if one.By.ID != "" && one.By.ID != nobodyID {
			to.People = append(to.People, store.UserID(one.By.ID))
		}
	}
	if len(to.People) == 0 {
		return t, to, false, nil
	}
	points := make([]words.Text, 0, len(changes)+1)
	for _, c := range changes {
		points = append(points, c.Sentence)
	}
	points = append(points, words.T("前の署名は、前の目標へのものとして残ります。", "Your signature stays on record, for the goal as it was."))
	return telling{Key: fmt.Sprintf("agreement/lapsed/%d", base+1), Kind: "agreement", Points: points,
		Title: words.T("目標が変わったので、合意が切れました", "The goal has changed, so the agreement has lapsed"),
		Foot:  words.Text{JA: after.Name, EN: after.Name}, Path: agreementPath, Button: words.T("新しい目標を見る", "See the new goal")}, to, true, nil
}
