package server

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/review"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// deciders is what an act on the calendar begins with: whose word it is, the newest map, and
// the reviews there were.
func (s *Server) deciders(ctx context.Context, slug string) (ws store.Workspace, by store.Author, m *goal.Model, list []store.Review, err error) {
	if ws, err = s.workspace(ctx, slug); err != nil {
		return
	}
	if by, err = s.author(ctx, ws.ID); err != nil {
		return
	}
	saved, err := s.model(ctx, ws.ID, 0)
	if err != nil {
		return
	}
	list, err = s.deps.Store.Reviews.List(ctx, ws.ID)
	return ws, by, saved.model, list, err
}

func (s *Server) putReviewPlan(ctx context.Context, slug string, plan review.Plan) error {
	ws, by, m, _, err := s.deciders(ctx, slug)
	if err != nil {
		return err
	}
	if fault := plan.Check(); fault != nil {
		return front.BadRequest("body."+fault.Field, fault.What)
	}
	members, err := s.deps.Store.Members.List(ctx, ws.ID)
	if err != nil {
		return err
	}
	for _, id := range plan.People {
		if !slices.ContainsFunc(members, func(m store.Member) bool { return string(m.User.ID) == id }) {
			return front.BadRequest("body.people", words.T("案内する相手に、このワークスペースにいない人が入っています。選びなおしてください。", "Somebody who is invited is not in this workspace. Please choose again."))
		}
	}
	places, err := s.noticePlaces(ctx, ws.ID)
	if err != nil {
		return err
	}
	for _, id := range plan.Places {
		if _, there := places[id]; !there {
			return front.BadRequest("body.places", words.T("知らせる先に、なくなったものが入っています。選びなおしてください。", "A place that is gone is among those to be told. Please choose again."))
		}
	}
	// A new rhythm counts from tomorrow on, so that it does not call for what was just held;
	// with the same rhythm the coming review stays where it is.
	plan.From = s.todayOf(m)
	if old, err := s.reviewPlan(ctx, ws.ID); err != nil {
		return err
	} else if old != nil && old.Rhythm == plan.Rhythm {
		plan.From, plan.Moved = old.From, old.Moved
	}
	return s.keepPlan(ctx, ws.ID, plan, by.Name)
}

func (s *Server) dropReviewPlan(ctx context.Context, slug string) error {
	ws, _, _, _, err := s.deciders(ctx, slug)
	if err != nil {
		return err
	}
	if err := s.deps.Store.Documents.Delete(ctx, ws.ID, planKind, planID); err != nil && !isNotFound(err) {
		return err
	}
	return nil
}

// theComing is the coming review, which must be the one that is spoken of.
func (s *Server) theComing(ctx context.Context, ws store.Workspace, m *goal.Model, list []store.Review, due series.Day) (*coming, error) {
	next, err := s.comingReview(ctx, ws, m, list)
	if err != nil {
		return nil, err
	}
	if next == nil || next.Due != due {
		return nil, front.Refuse(http.StatusConflict, words.T("次の点検の日が変わっています。ページを開きなおしてください。", "The coming review is another one now. Please load the page again."))
	}
	return next, nil
}

// mostMoved is how far a review may be moved.
const mostMoved = 92

func (s *Server) moveReview(ctx context.Context, slug string, in MoveReview) error {
	ws, by, m, list, err := s.deciders(ctx, slug)
	if err != nil {
		return err
	}
	next, err := s.theComing(ctx, ws, m, list, in.Due)
	if err != nil {
		return err
	}
	next.Plan.Moved = nil
	if in.To != nil && *in.To != in.Due {
		if *in.To < next.Today || *in.To > max(next.Today, in.Due)+mostMoved {
			return front.BadRequest("body.to", words.T("今日から3か月以内の日を選んでください。", "Please choose a day within three months from today."))
		}
		next.Plan.Moved = &review.Moved{Due: in.Due, To: *in.To}
	}
	return s.keepPlan(ctx, ws.ID, *next.Plan, by.Name)
}

func (s *Server) skipReview(ctx context.Context, slug string, in SkipReview) error {
	ws, by, m, list, err := s.deciders(ctx, slug)
	if err != nil {
		return err
	}
	next, err := s.theComing(ctx, ws, m, list, in.Due)
	if err != nil {
		return err
	}
	why := cleanParagraphs(in.Why)
	if why == "" || len([]rune(why)) > review.MostWhy {
		return front.BadRequest("body.why", words.T("見送る理由を、ひとこと書いてください(%d文字まで)。", "Please say in a word why it is left out (at most %d characters).", review.MostWhy))
	}
	_, err = s.deps.Store.Reviews.Create(ctx, ws.ID, store.NewReview{DueOn: next.Due, HeldOn: next.On, State: review.Skipped, Minutes: review.Minutes{Why: why}}, by)
	return err
}

// editMinutes writes who was there and what was said, and ends the review where that is asked
// for.
func (s *Server) editMinutes(ctx context.Context, slug, id string, in MinutesEdit, lang words.Lang) (ReviewPage, error) {
	ws, kept, err := s.ownReview(ctx, slug, id)
	if err != nil {
		return ReviewPage{}, err
	}
	if kept.State != review.Held {
		return ReviewPage{}, closedReview(store.ErrClosed{})
	}
	edit := store.SaveReview{Base: in.Base, State: review.Held, Minutes: kept.Minutes}
	edit.Minutes.Present = []review.Person{}
	for _, p := range in.Present {
		if name := front.Clean(p.Name); name != "" && len([]rune(name)) <= review.MostOwner {
			edit.Minutes.Present = append(edit.Minutes.Present, review.Person{ID: front.Clean(p.ID), Name: name})
		}
	}
	if edit.Minutes.Note = cleanParagraphs(in.Note); len([]rune(edit.Minutes.Note)) > review.MostNote {
		return ReviewPage{}, front.BadRequest("body.note", words.T("覚え書きは%d文字までで書いてください。", "Please keep the notes within %d characters.", review.MostNote))
	}
	if in.Close {
		if err := s.endReview(ctx, ws, kept, &edit); err != nil {
			return ReviewPage{}, err
		}
	}
	saved, err := s.deps.Store.Reviews.Save(ctx, ws.ID, kept.ID, edit)
	if err != nil {
		return ReviewPage{}, err
	}
	return s.reviewPage(ctx, slug, saved, lang)
}

// endReview writes down how it ended: what was left, which version the map has now, what is
// watched from now on.
func (s *Server) endReview(ctx context.Context, ws store.Workspace, kept store.Review, edit *store.SaveReview) error {
	decided, err := s.deps.Store.Reviews.Decisions(ctx, ws.ID, store.DecisionQuery{Review: kept.ID})
	if err != nil {
		return err
	}
	newest, err := s.model(ctx, ws.ID, 0)
	if err != nil {
		return err
	}
	edit.State, edit.Minutes.Left = review.Closed, []string{}
	edit.Minutes.Versions[1] = newest.Version
	for _, item := range kept.Items {
		if slices.ContainsFunc(decided, func(d store.ReviewDecision) bool { return d.Item == item.ID }) {
			continue
		}
		edit.Minutes.Left = append(edit.Minutes.Left, item.ID)
		edit.Release = append(edit.Release, strings.TrimPrefix(item.ID, "own:"))
	}
	choice, err := s.deps.Store.Focuses.On(ctx, ws.ID, s.todayOf(newest.model))
	if err != nil {
		return err
	}
	if choice.Review == kept.ID {
		edit.Minutes.Focus = []string{}
		for _, kpi := range watchedOn(newest.model, choice).KPIs {
			edit.Minutes.Focus = append(edit.Minutes.Focus, kpi.Name)
		}
	}
	return nil
}

// mostWishes bounds what can be put on one review.
const mostWishes = 100

func (s *Server) wishReview(ctx context.Context, slug string, in WishReview) (WishMade, error) {
	ws, by, m, _, err := s.deciders(ctx, slug)
	if err != nil {
		return WishMade{}, err
	}
	wish := review.Wish{Finding: front.Clean(in.Finding), Indicator: in.Indicator, Text: cleanParagraphs(in.Text)}
	if fault := wish.Check(); fault != nil {
		return WishMade{}, front.BadRequest("body."+fault.Field, fault.What)
	}
	if wish.Indicator != "" && m.Indicator(wish.Indicator) == nil {
		return WishMade{}, noIndicator(wish.Indicator)
	}
	waiting, err := s.deps.Store.Reviews.Wishes(ctx, ws.ID)
	if err != nil {
		return WishMade{}, err
	}
	if len(waiting) >= mostWishes {
		return WishMade{}, front.BadRequest("body", words.T("次の点検には、もう%d件のっています。いくつか外してからのせてください。", "%d things are on the next review already. Please take some off first.", mostWishes))
	}
	if wish.Finding != "" {
		l, err := s.lookForReview(ctx, slug, s.boards.ground.patience)
		if err != nil {
			return WishMade{}, err
		}
		f := l.scene.Finding(wish.Finding)
		if f == nil {
			return WishMade{}, front.BadRequest("body.finding", words.T("この気づきは、もう消えています。", "This finding is gone."))
		}
		wish.Indicator, wish.From, wish.To, wish.Title, wish.Sentence = f.Indicator, f.From, f.To, f.Title, f.Sentence
	}
	made, err := s.deps.Store.Reviews.Wish(ctx, ws.ID, wish, by)
	return WishMade{ID: made.ID}, err
}

func (s *Server) unwishReview(ctx context.Context, slug, id string) error {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return err
	}
	if !front.IsName(id) {
		return store.ErrNotFound{What: "wish", Name: id}
	}
	return s.deps.Store.Reviews.Unwish(ctx, ws.ID, id)
}

// reviewInvitation is the coming review as a file for a calendar.
func (s *Server) reviewInvitation(ctx context.Context, slug string, lang words.Lang) (*huma.StreamResponse, error) {
	ws, _, m, list, err := s.readers(ctx, slug)
	if err != nil {
		return nil, err
	}
	next, err := s.comingReview(ctx, ws, m, list)
	if err != nil {
		return nil, err
	}
	if next == nil {
		return nil, front.NotFound(words.T("点検の予定がまだありません。", "No review is planned yet."))
	}
	host := "shirube.local"
	if s.url != nil {
		host = s.url.Hostname()
	}
	file := review.Invitation{
		ID: "review-" + string(ws.ID) + "-" + next.Due.String() + "@" + host, Begins: next.Begins, Lasts: time.Duration(next.Plan.Lasts) * time.Minute, Stamp: s.deps.Clock(),
		Title: words.T("定期点検: %s", "Review: %s", m.Name), Text: words.T("「%s」の定期点検です。議題は、当日の数字から自動で書かれます。", "The review of “%s”. Its agenda is written from the numbers of the day.", m.Name),
		Link: s.ownAddress() + "/w/" + pathEscape(slug) + "/share/reviews/" + nextReview,
	}.Calendar(lang)
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		hc.SetHeader("Content-Type", "text/calendar; charset=utf-8")
		hc.SetHeader("Content-Disposition", "attachment; filename*=UTF-8''"+pathEscape("review-"+next.On.String()+".ics"))
		_, _ = hc.BodyWriter().Write([]byte(file)) // the reader may be gone
	}}, nil
}

// readers is what looking at the calendar begins with.
func (s *Server) readers(ctx context.Context, slug string) (ws store.Workspace, saved *savedModel, m *goal.Model, list []store.Review, err error) {
	if ws, err = s.workspace(ctx, slug); err != nil {
		return
	}
	if saved, err = s.model(ctx, ws.ID, 0); err != nil {
		return
	}
	list, err = s.deps.Store.Reviews.List(ctx, ws.ID)
	return ws, saved, saved.model, list, err
}
