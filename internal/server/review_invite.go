package server

import (
	"context"
	"time"

	"github.com/shirube/shirube/internal/share/review"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

const (
	// invitesEvery is how often it is looked whether somebody is to be invited, and inviteHour
	// the hour of the team's morning from which that is done.
	invitesEvery = 30 * time.Minute
	inviteHour   = 8
	// mostInvitedTo is how many items an invitation names.
	mostInvitedTo = 4
)

// inviting invites people to the reviews that come, and reminds those whose word on the goal
// is waited for, until the context ends.
func (s *Server) inviting(ctx context.Context) {
	ticker := time.NewTicker(invitesEvery)
	defer ticker.Stop()
	for {
		all, err := s.deps.Store.Workspaces.List(ctx)
		for _, ws := range all {
			if err == nil {
				err = s.inviteToReview(ctx, ws)
			}
			if err == nil && !s.deps.Demo {
				err = s.remindByItself(ctx, ws)
			}
		}
		if err != nil && ctx.Err() == nil {
			s.deps.Log.Error("inviting and reminding", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// inviteToReview tells the people of a workspace of its coming review, once, from the day on that the
// calendar names. A review that is moved is told of anew.
func (s *Server) inviteToReview(ctx context.Context, ws store.Workspace) error {
	plan, err := s.reviewPlan(ctx, ws.ID)
	if err != nil || plan == nil || len(plan.People)+len(plan.Places) == 0 {
		return err
	}
	saved, err := s.model(ctx, ws.ID, 0)
	if _, unreadable := words.AsProblems(err); unreadable {
		return nil // its screens say so; there is no zone to plan in
	}
	if err != nil {
		return err
	}
	list, err := s.deps.Store.Reviews.List(ctx, ws.ID)
	if err != nil {
		return err
	}
	next, err := s.comingReview(ctx, ws, saved.model, list)
	if err != nil || next == nil {
		return err
	}
	now := s.deps.Clock().In(saved.model.Location)
	if next.Today < plan.InviteFrom(next.On, calendarsOf(saved.model)) || next.Overdue() || now.Hour() < inviteHour || now.After(next.Begins) {
		return nil
	}
	points, err := s.agendaPreview(ctx, ws)
	if err != nil {
		return err
	}
	to := listeners{Places: plan.Places}
	for _, id := range plan.People {
		to.People = append(to.People, store.UserID(id))
	}
	err = s.tell(ctx, s.deps.Store.Outbox, ws.ID, telling{
		Key: "review/" + next.Due.String() + "/" + next.On.String(), Kind: "review", Points: points, Path: "/share/reviews/" + nextReview,
		Title:  words.T("%[1]s %[2]sから定期点検です(%[3]s)", "Review on %[1]s at %[2]s (%[3]s)", next.On, next.Begins.Format("15:04"), saved.model.Name),
		Foot:   words.T("議題は、当日までの数字で書きかわります。話したいことは、議題のページからのせられます。", "The agenda follows the numbers until the day. You can put things on it yourself."),
		Button: words.T("議題を見る", "See the agenda"),
	}, to)
	s.wakeOutbox()
	return err
}

// agendaPreview is the first items of the coming agenda.
func (s *Server) agendaPreview(ctx context.Context, ws store.Workspace) ([]words.Text, error) {
	l, err := s.lookForReview(ctx, ws.Slug, untilThere)
	if err != nil {
		return nil, err
	}
	items, _, err := s.agenda(ctx, l)
	if err != nil {
		return nil, err
	}
	var points []words.Text
	for i, item := range items {
		if i == mostInvitedTo {
			points = append(points, words.T("ほか%d件", "%d more", len(items)-i))
			break
		}
		point := item.Sentence
		if item.Kind == review.FollowUp {
			point = words.T("前回の決定「%s」のその後", "What came of “%s”", item.Sentence)
		}
		points = append(points, point)
	}
	return points, nil
}
