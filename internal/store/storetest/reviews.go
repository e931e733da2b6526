package storetest

import (
	"context"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/share/focus"
	"github.com/shirube/shirube/internal/share/review"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

var satou = store.Author{ID: "u1", Name: "佐藤"}

func testFocuses(t *testing.T, open Opener) {
	var clock Clock
	db := open(t, store.Options{Now: clock.Now})
	ctx := t.Context()
	ws, other := workspace(t, db, "a"), workspace(t, db, "b")
	same(t, must(db.Focuses.On(ctx, ws, april))(t), store.FocusChoice{})
	quarter := focus.Choice{Indicators: []string{"ctr", "reels"}, From: april, Until: april + 90, Why: "四半期"}
	first := must(db.Focuses.Set(ctx, ws, quarter, satou))(t)
	same(t, first, store.FocusChoice{Number: 1, Choice: quarter, By: satou, CreatedAt: clock.Now()})
	_, err := db.Focuses.Set(ctx, "nowhere", quarter, satou)
	wantErr(t, err, store.ErrNotFound{What: "workspace", Name: "nowhere"})
	clock.Advance(time.Minute)
	one := must(db.Focuses.Set(ctx, ws, focus.Choice{Indicators: []string{"ctr"}, From: april + 10, Until: april + 20}, satou))(t)
	// The newest that had begun speaks for a day; where it has ended nothing is watched, for
	// whoever chose anew has put the older choice aside.
	for day, want := range map[int]int{-1: 0, 0: 1, 9: 1, 10: 2, 20: 2, 21: 0} {
		if got := must(db.Focuses.On(ctx, ws, april+series.Day(day)))(t); got.Number != want {
			t.Errorf("day %d: choice %d, not %d", day, got.Number, want)
		}
	}
	must(db.Focuses.Set(ctx, ws, focus.Choice{From: april + 12, Until: april + 12}, satou))(t)
	same(t, must(db.Focuses.On(ctx, ws, april+12))(t), store.FocusChoice{}) // an empty one ends it
	list := must(db.Focuses.List(ctx, ws))(t)
	same(t, []store.FocusChoice{list[1], list[2]}, []store.FocusChoice{one, first})
	same(t, len(must(db.Focuses.List(ctx, other))(t)), 0)
}

func minutesOf(title string) review.Minutes {
	return review.Minutes{Items: []review.Item{{ID: "finding:x", Kind: review.Finding, Title: words.T(title, title), Times: 1}}, Present: []review.Person{{Name: "佐藤"}}}
}

func testReviews(t *testing.T, open Opener) {
	var clock Clock
	db := open(t, store.Options{Now: clock.Now})
	ctx := t.Context()
	ws, other := workspace(t, db, "a"), workspace(t, db, "b")

	// Twice about one thing is once; words of one's own are never the same.
	finding := must(db.Reviews.Wish(ctx, ws, review.Wish{Finding: "off-pace:ctr", Title: words.T("遅れ", "behind")}, satou))(t)
	again := must(db.Reviews.Wish(ctx, ws, review.Wish{Finding: "off-pace:ctr"}, store.Author{Name: "鈴木"}))(t)
	same(t, again, finding)
	clock.Advance(time.Second)
	spoken := must(db.Reviews.Wish(ctx, ws, review.Wish{Text: "秋の企画"}, satou))(t)
	clock.Advance(time.Second)
	dropped := must(db.Reviews.Wish(ctx, ws, review.Wish{Text: "秋の企画"}, satou))(t)
	ok(t, db.Reviews.Unwish(ctx, ws, dropped.ID))
	same(t, must(db.Reviews.Wishes(ctx, ws))(t), []store.ReviewWish{finding, spoken})
	same(t, len(must(db.Reviews.Wishes(ctx, other))(t)), 0)

	begun := store.NewReview{DueOn: april + 1, HeldOn: april, State: review.Held, Minutes: minutesOf("はじめ"), Wishes: []string{finding.ID, spoken.ID}}
	held := must(db.Reviews.Create(ctx, ws, begun, satou))(t)
	same(t, held, store.Review{ID: held.ID, DueOn: april + 1, HeldOn: april, State: review.Held, Version: 1, Minutes: begun.Minutes, By: satou, CreatedAt: clock.Now(), UpdatedAt: clock.Now()})
	_, err := db.Reviews.Create(ctx, ws, begun, satou)
	wantErr(t, err, store.ErrExists{What: "review", Name: "held"})
	same(t, len(must(db.Reviews.Wishes(ctx, ws))(t)), 0)
	wantErr(t, db.Reviews.Unwish(ctx, ws, spoken.ID), store.ErrNotFound{What: "wish", Name: spoken.ID}) // it is on a review
	must(db.Reviews.Create(ctx, other, begun, satou))(t)

	d := review.Decision{Item: "finding:x", Kind: review.ChangeTarget, Indicator: "ctr", Why: "秋は下がるため", Version: 8, Base: 7}
	clock.Advance(time.Minute)
	settled := must(db.Reviews.Decide(ctx, ws, held.ID, d, satou))(t)
	same(t, settled, store.ReviewDecision{ID: settled.ID, Review: held.ID, HeldOn: april, Decision: d, By: satou, DecidedAt: clock.Now()})
	_, err = db.Reviews.Decide(ctx, ws, held.ID, d, satou)
	wantErr(t, err, store.ErrExists{What: "decision", Name: "finding:x"})
	_, err = db.Reviews.Decide(ctx, ws, "none", d, satou)
	wantErr(t, err, store.ErrNotFound{What: "review", Name: "none"})
	clock.Advance(time.Minute)
	plain := must(db.Reviews.Decide(ctx, ws, held.ID, review.Decision{Item: "own:1", Kind: review.Keep, Why: "x"}, satou))(t)
	same(t, must(db.Reviews.Decisions(ctx, ws, store.DecisionQuery{}))(t), []store.ReviewDecision{plain, settled})
	same(t, must(db.Reviews.Decisions(ctx, ws, store.DecisionQuery{Limit: 1, Review: held.ID}))(t), []store.ReviewDecision{plain})
	same(t, must(db.Reviews.Decisions(ctx, ws, store.DecisionQuery{Changed: true}))(t), []store.ReviewDecision{settled})
	same(t, len(must(db.Reviews.Decisions(ctx, other, store.DecisionQuery{}))(t)), 0)
	ok(t, db.Reviews.Withdraw(ctx, ws, held.ID, "own:1"))
	wantErr(t, db.Reviews.Withdraw(ctx, ws, held.ID, "own:1"), store.ErrNotFound{What: "decision", Name: "own:1"})

	// What nobody settled waits again, unless somebody has wished for the same meanwhile.
	meanwhile := must(db.Reviews.Wish(ctx, ws, review.Wish{Finding: "off-pace:ctr"}, satou))(t)
	clock.Advance(time.Minute)
	end := store.SaveReview{Base: 1, State: review.Closed, Minutes: minutesOf("おわり"), Release: []string{finding.ID, spoken.ID}}
	closed := must(db.Reviews.Save(ctx, ws, held.ID, end))(t)
	same(t, []any{closed.State, closed.Version, closed.UpdatedAt, closed.Minutes}, []any{review.Closed, 2, clock.Now(), end.Minutes})
	_, err = db.Reviews.Save(ctx, ws, held.ID, end)
	wantErr(t, err, store.ErrConflict{Base: 1, Newest: 2})
	same(t, must(db.Reviews.Wishes(ctx, ws))(t), []store.ReviewWish{spoken, meanwhile})
	_, err = db.Reviews.Decide(ctx, ws, held.ID, review.Decision{Item: "late", Kind: review.Keep, Why: "x"}, satou)
	wantErr(t, err, store.ErrClosed{Reason: store.ClosedUsed})
	wantErr(t, db.Reviews.Withdraw(ctx, ws, held.ID, "finding:x"), store.ErrClosed{Reason: store.ClosedUsed})

	same(t, must(db.Reviews.Get(ctx, ws, held.ID))(t), closed)
	// Opened again it takes up what waits; while another one is held it stays closed.
	anew := must(db.Reviews.Create(ctx, ws, store.NewReview{DueOn: april, HeldOn: april - 9, State: review.Held, Minutes: minutesOf("別の")}, satou))(t)
	opening := store.SaveReview{Base: 2, State: review.Held, Minutes: minutesOf("ふたたび"), Take: []string{"off-pace:ctr", "finding:off-pace:ctr", spoken.ID}}
	_, err = db.Reviews.Save(ctx, ws, held.ID, opening)
	wantErr(t, err, store.ErrExists{What: "review", Name: "held"})
	same(t, len(must(db.Reviews.Wishes(ctx, ws))(t)), 2)
	must(db.Reviews.Save(ctx, ws, anew.ID, store.SaveReview{Base: 1, State: review.Closed, Minutes: minutesOf("別の")}))(t)
	reopened := must(db.Reviews.Save(ctx, ws, held.ID, opening))(t)
	same(t, []any{reopened.State, reopened.Version}, []any{review.Held, 3})
	same(t, must(db.Reviews.Wishes(ctx, ws))(t), []store.ReviewWish{})
	must(db.Reviews.Decide(ctx, ws, held.ID, review.Decision{Item: "late", Kind: review.Keep, Why: "x"}, satou))(t)
	end = store.SaveReview{Base: 3, State: review.Closed, Minutes: minutesOf("おわり"), Release: []string{finding.ID, spoken.ID, meanwhile.ID}}
	closed = must(db.Reviews.Save(ctx, ws, held.ID, end))(t)
	skipped := must(db.Reviews.Create(ctx, ws, store.NewReview{DueOn: april + 30, HeldOn: april + 30, State: review.Skipped, Minutes: review.Minutes{Why: "お休み"}}, satou))(t)
	closed.Minutes, skipped.Minutes = review.Minutes{}, review.Minutes{}
	list := must(db.Reviews.List(ctx, ws))(t)
	same(t, list[:2], []store.Review{skipped, closed})
	same(t, list[2].ID, anew.ID)
}

// onReview is what fillReviews put into a workspace.
type onReview struct{ review, wish string }

// fillReviews puts one of everything of a review into a workspace.
func fillReviews(t testing.TB, db *store.DB, ws store.WorkspaceID) onReview {
	ctx := t.Context()
	must(db.Focuses.Set(ctx, ws, focus.Choice{Indicators: []string{"k"}, From: april, Until: april + 9}, store.Author{Name: string(ws)}))(t)
	held := must(db.Reviews.Create(ctx, ws, store.NewReview{DueOn: april, HeldOn: april, State: review.Held, Minutes: minutesOf("of " + string(ws))}, satou))(t)
	must(db.Reviews.Decide(ctx, ws, held.ID, review.Decision{Item: "finding:x", Kind: review.Keep, Why: "of " + string(ws)}, satou))(t)
	return onReview{held.ID, must(db.Reviews.Wish(ctx, ws, review.Wish{Text: "of " + string(ws)}, satou))(t).ID}
}

// reviewed is all that can be read of a workspace's reviews.
type reviewed struct {
	Watched []store.FocusChoice
	Reviews []store.Review
	Wishes  []store.ReviewWish
	Settled []store.ReviewDecision
}

func dumpReviews(t testing.TB, from store.Repositories, ws store.WorkspaceID) reviewed {
	ctx := context.WithoutCancel(t.Context())
	return reviewed{must(from.Focuses.List(ctx, ws))(t), must(from.Reviews.List(ctx, ws))(t), must(from.Reviews.Wishes(ctx, ws))(t),
		must(from.Reviews.Decisions(ctx, ws, store.DecisionQuery{}))(t)}
}

// isolationOfReviews is how one workspace tries to reach another's reviews.
func isolationOfReviews(db *store.DB, ours store.WorkspaceID, their onReview) map[string]func(t *testing.T) {
	none := store.ErrNotFound{What: "review", Name: their.review}
	return map[string]func(t *testing.T){
		"Focuses.Set": func(t *testing.T) {
			must(db.Focuses.Set(t.Context(), ours, focus.Choice{Indicators: []string{"k"}, From: april, Until: april}, satou))(t)
		},
		"Focuses.On": func(t *testing.T) {
			if got := must(db.Focuses.On(t.Context(), ours, april))(t); got.By.Name != "" && got.By != satou {
				t.Error("what another workspace watches")
			}
		},
		"Focuses.List": func(t *testing.T) {
			for _, one := range must(db.Focuses.List(t.Context(), ours))(t) {
				if one.By != satou {
					t.Error("a choice of another workspace")
				}
			}
		},
		"Reviews.Create": func(t *testing.T) {
			must(db.Reviews.Create(t.Context(), ours, store.NewReview{DueOn: april, HeldOn: april, State: review.Closed, Wishes: []string{their.wish}}, satou))(t)
		},
		"Reviews.Save": func(t *testing.T) {
			wantErr(t, second(db.Reviews.Save(t.Context(), ours, their.review, store.SaveReview{Base: 1, State: review.Closed, Release: []string{their.wish}})), none)
		},
		"Reviews.Get": func(t *testing.T) { wantErr(t, second(db.Reviews.Get(t.Context(), ours, their.review)), none) },
		"Reviews.List": func(t *testing.T) {
			for _, one := range must(db.Reviews.List(t.Context(), ours))(t) {
				if one.ID == their.review {
					t.Error("a review of another workspace")
				}
			}
		},
		"Reviews.Wish": func(t *testing.T) {
			if must(db.Reviews.Wish(t.Context(), ours, review.Wish{Finding: "x"}, satou))(t).ID == their.wish {
				t.Error("a wish of another workspace")
			}
		},
		"Reviews.Wishes": func(t *testing.T) {
			for _, one := range must(db.Reviews.Wishes(t.Context(), ours))(t) {
				if one.ID == their.wish {
					t.Error("a wish of another workspace")
				}
			}
		},
		"Reviews.Unwish": func(t *testing.T) {
			wantErr(t, db.Reviews.Unwish(t.Context(), ours, their.wish), store.ErrNotFound{What: "wish", Name: their.wish})
		},
		"Reviews.Decide": func(t *testing.T) {
			wantErr(t, second(db.Reviews.Decide(t.Context(), ours, their.review, review.Decision{Item: "y", Kind: review.Keep}, satou)), none)
		},
		"Reviews.Withdraw": func(t *testing.T) {
			wantErr(t, db.Reviews.Withdraw(t.Context(), ours, their.review, "finding:x"), none)
		},
		"Reviews.Decisions": func(t *testing.T) {
			same(t, len(must(db.Reviews.Decisions(t.Context(), ours, store.DecisionQuery{Review: their.review}))(t)), 0)
		},
	}
}
