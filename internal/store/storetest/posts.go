package storetest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/store"
)

func testPosts(t *testing.T, open Opener) {
	db := open(t, store.Options{})
	ctx := t.Context()
	ws, other := workspace(t, db, "a"), workspace(t, db, "b")
	same(t, must(db.Posts.List(ctx, ws, store.PostQuery{}))(t), []event.Post{})
	one := event.Post{Network: "x", ID: "2102231408440246273", At: 2000, Format: "image", Theme: "珈琲 新商品", Text: "新豆 #珈琲", URL: "https://x.com/a/status/1",
		Metrics: map[string]float64{"impressions": 1204, "likes": 0}, UpdatedAt: 5000}
	two := event.Post{Network: "instagram", ID: "18010000000000001", At: 1000, DayOnly: true, Metrics: map[string]float64{}, UpdatedAt: 5000}
	for range 2 { // the same file twice
		ok(t, db.Posts.Put(ctx, ws, []event.Post{one, two, two}))
		same(t, must(db.Posts.List(ctx, ws, store.PostQuery{}))(t), []event.Post{one, two})
	}
	same(t, must(db.Posts.List(ctx, ws, store.PostQuery{Network: "instagram"}))(t), []event.Post{two})
	same(t, must(db.Posts.List(ctx, ws, store.PostQuery{From: 1001, To: 2001}))(t), []event.Post{one})
	same(t, must(db.Posts.List(ctx, ws, store.PostQuery{To: 2000, Limit: 5}))(t), []event.Post{two})
	same(t, must(db.Posts.List(ctx, other, store.PostQuery{}))(t), []event.Post{})

	// What somebody wrote outlives the next reading; its numbers do not.
	ok(t, db.Posts.Describe(ctx, ws, "x", one.ID, store.PostEdit{Theme: "新商品", Format: "video", By: "田中"}))
	next := one
	next.Format, next.Theme, next.Metrics = "", "別のタグ", map[string]float64{"impressions": 1300}
	ok(t, db.Posts.Put(ctx, ws, []event.Post{next}))
	next.Format, next.Theme = "video", "新商品"
	same(t, must(db.Posts.List(ctx, ws, store.PostQuery{Network: "x"}))(t), []event.Post{next})
	ok(t, db.Posts.Describe(ctx, ws, "x", one.ID, store.PostEdit{By: "田中"}))
	ok(t, db.Posts.Put(ctx, ws, []event.Post{one}))
	same(t, must(db.Posts.List(ctx, ws, store.PostQuery{Network: "x"}))(t), []event.Post{one})

	missing := store.ErrNotFound{What: "post", Name: one.ID}
	wantErr(t, db.Posts.Describe(ctx, other, "x", one.ID, store.PostEdit{Theme: "x", By: "y"}), missing)
	ok(t, db.Posts.Withdraw(ctx, other, []event.Post{one, two}))
	same(t, must(db.Posts.List(ctx, ws, store.PostQuery{}))(t), []event.Post{one, two})
	wantErr(t, db.Posts.Put(ctx, "nowhere", []event.Post{one}), store.ErrNotFound{What: "workspace", Name: "nowhere"})
	if err := db.Posts.Put(ctx, ws, []event.Post{{Network: "x", ID: "l", Text: strings.Repeat("x", 9000)}}); err == nil {
		t.Error("an endless text was kept")
	}
	many := make([]event.Post, 1201)
	for i := range many {
		many[i] = event.Post{Network: "x", ID: fmt.Sprint(i), At: event.Millis(i), Metrics: map[string]float64{}}
	}
	ok(t, db.Posts.Put(ctx, other, many))
	same(t, len(must(db.Posts.List(ctx, other, store.PostQuery{Limit: 5000}))(t)), len(many))
	ok(t, db.Posts.Withdraw(ctx, other, many[1:]))
	same(t, must(db.Posts.List(ctx, other, store.PostQuery{}))(t), many[:1])
	ok(t, db.Posts.Withdraw(ctx, ws, []event.Post{one, {Network: "instagram", ID: one.ID}}))
	same(t, must(db.Posts.List(ctx, ws, store.PostQuery{}))(t), []event.Post{two})
	ok(t, db.Posts.Withdraw(ctx, ws, []event.Post{one}))
	wantErr(t, db.Posts.Withdraw(ctx, "nowhere", []event.Post{one}), store.ErrNotFound{What: "workspace", Name: "nowhere"})
}
