package storetest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/score"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/store"
)

func testScoreCards(t *testing.T, open Opener) {
	db := open(t, store.Options{})
	ctx := t.Context()
	ws := workspace(t, db, "a")
	one := must(db.ScoreCards.Create(ctx, ws, store.NewScoreCard{Name: "見込み", Live: true, Body: []byte(`{"v":1}`), Author: "田中"}))(t)
	same(t, one.Version, 1)
	same(t, must(db.ScoreCards.Get(ctx, ws, one.ID))(t), one)
	two := must(db.ScoreCards.Update(ctx, ws, one.ID, 1, store.NewScoreCard{Name: "見込み2", Body: []byte(`{"v":2}`), Author: "佐藤"}))(t)
	same(t, [4]any{two.Version, two.Name, two.Live, string(two.Body)}, [4]any{2, "見込み2", false, `{"v":2}`})
	_, err := db.ScoreCards.Update(ctx, ws, one.ID, 1, store.NewScoreCard{Name: "late"})
	wantErr(t, err, store.ErrConflict{Base: 1, Newest: 2})
	// What a lead was shown by stays.
	same(t, string(must(db.ScoreCards.Version(ctx, ws, one.ID, 1))(t)), `{"v":1}`)
	_, err = db.ScoreCards.Version(ctx, ws, one.ID, 3)
	wantErr(t, err, store.ErrNotFound{What: "score card version", Name: "3"})
	same(t, must(db.ScoreCards.List(ctx, ws))(t), []store.ScoreCard{two})
	_, err = db.ScoreCards.Create(ctx, "nowhere", store.NewScoreCard{Name: "x"})
	wantErr(t, err, store.ErrNotFound{What: "workspace", Name: "nowhere"})
	if _, err := db.ScoreCards.Create(ctx, ws, store.NewScoreCard{Name: "x", Body: []byte(strings.Repeat("x", 300_000))}); err == nil {
		t.Error("an endless card was kept")
	}
	versions := must(db.ScoreCards.Versions(ctx, ws, one.ID))(t)
	same(t, [4]any{len(versions), versions[0].Version, versions[0].Author, versions[1].Author}, [4]any{2, 2, "佐藤", "田中"})
	ok(t, db.Scores.Put(ctx, ws, []store.Scored{{Card: one.ID, Subject: "c:1"}}))
	// Only what is switched on waits to be worked out, until that is noted.
	same(t, len(must(db.ScoreCards.Unscored(ctx))(t)), 0)
	three := must(db.ScoreCards.Update(ctx, ws, one.ID, 2, store.NewScoreCard{Name: "見込み3", Live: true, Body: []byte(`{"v":3}`)}))(t)
	same(t, must(db.ScoreCards.Unscored(ctx))(t), []store.ScoreCard{three})
	ok(t, db.ScoreCards.NoteScored(ctx, ws, one.ID, 3))
	same(t, len(must(db.ScoreCards.Unscored(ctx))(t)), 0)
	same(t, must(db.ScoreCards.Get(ctx, ws, one.ID))(t).Scored, 3)
	wantErr(t, db.ScoreCards.NoteScored(ctx, ws, "none", 3), store.ErrNotFound{What: "score card", Name: "none"})
	ok(t, db.ScoreCards.Delete(ctx, ws, one.ID))
	wantErr(t, db.ScoreCards.Delete(ctx, ws, one.ID), store.ErrNotFound{What: "score card", Name: string(one.ID)})
	same(t, len(must(db.Scores.Top(ctx, ws, one.ID, 9))(t)), 0)
}

func testScores(t *testing.T, open Opener) {
	db := open(t, store.Options{})
	ctx := t.Context()
	ws := workspace(t, db, "a")
	card := must(db.ScoreCards.Create(ctx, ws, store.NewScoreCard{Name: "n", Body: []byte(`{}`)}))(t).ID
	var list []store.Scored
	for i := range 1201 {
		list = append(list, store.Scored{Workspace: ws, Card: card, Subject: fmt.Sprintf("c:%04d", i), Version: 1, Points: score.Points(i) * score.Point, Band: "B", UpdatedAt: 7})
	}
	list[5].Next, list[6].Next = 20, 10
	for range 2 {
		ok(t, db.Scores.Put(ctx, ws, list))
	}
	hot := store.Scored{Workspace: ws, Card: card, Subject: "c:0000", Version: 2, Points: 5_000_500, Band: "A", Hot: true, Next: 30, UpdatedAt: 8}
	ok(t, db.Scores.Put(ctx, ws, []store.Scored{hot}))
	same(t, must(db.Scores.Top(ctx, ws, card, 2))(t), []store.Scored{hot, list[1200]})
	same(t, must(db.Scores.Bands(ctx, ws, card))(t), map[string]int{"A": 1, "B": 1200})
	same(t, must(db.Scores.Of(ctx, ws, card, []string{"c:0000", "c:0007", "c:none"}))(t), map[string]store.Scored{"c:0000": hot, "c:0007": list[7]})
	// What was worked out from an older reading stands back behind what is newer.
	ok(t, db.Scores.Refill(ctx, ws, []store.Scored{{Workspace: ws, Card: card, Subject: "c:0000", Version: 2, Points: 1, UpdatedAt: 7}}))
	same(t, must(db.Scores.Of(ctx, ws, card, []string{"c:0000"}))(t)["c:0000"], hot)
	ok(t, db.Scores.Refill(ctx, ws, []store.Scored{hot, list[7]}))
	same(t, must(db.Scores.Due(ctx, 20, 9))(t), []store.Scored{list[6], list[5]})
	ok(t, db.Scores.Rest(ctx, 15, []store.Scored{list[6], list[5]}))
	same(t, must(db.Scores.Due(ctx, 20, 9))(t), []store.Scored{list[5]})
	// What a step gave is given once, goes with whom it was given to, and is forgotten with them.
	given := func(points score.Points, at event.Millis) score.Given {
		return score.Given{Points: points, Name: "資料", Version: 2, Reason: "電話", At: at}
	}
	for range 2 {
		ok(t, db.Scores.Give(ctx, ws, []store.GivenPoints{
			{Card: card, Subject: "c:0000", Key: "a", Given: given(5000, 3)}, {Card: card, Subject: "c:0000", Key: "b", Given: given(-1000, 4)},
			{Card: card, Subject: "c:0001", Key: "c", Given: given(1, 5)}, {Card: "gone", Subject: "c:0000", Key: "d", Given: given(9, 9)},
		}))
	}
	same(t, must(db.Scores.Given(ctx, ws, card, []string{"c:0000"}))(t), map[string][]score.Given{"c:0000": {given(-1000, 4), given(5000, 3)}})
	ok(t, db.Scores.Merge(ctx, ws, "c:0001", "c:0000"))
	ok(t, db.Scores.Merge(ctx, ws, "c:0000", "c:0000"))
	same(t, len(must(db.Scores.Given(ctx, ws, card, nil))(t)["c:0000"]), 3)
	same(t, len(must(db.Scores.Of(ctx, ws, card, []string{"c:0001"}))(t)), 0)
	ok(t, db.Scores.LookAgain(ctx, ws, []string{string(card), "gone"}, 9))
	same(t, len(must(db.Scores.Due(ctx, 9, 3))(t)), 3)
	ok(t, db.Scores.Erase(ctx, ws, "c:0000"))
	same(t, len(must(db.Scores.Given(ctx, ws, card, nil))(t)), 0)
	same(t, len(must(db.Scores.Of(ctx, ws, card, []string{"c:0000"}))(t)), 0)
	ok(t, db.Scores.Put(ctx, ws, []store.Scored{hot}))
	gone, err := db.Scores.Outdated(ctx, ws, card, 2)
	ok(t, err)
	for _, one := range gone {
		if one.Version == 2 || one.Subject == "" || one.Workspace != ws {
			t.Errorf("forgotten: %+v", one)
		}
	}
	same(t, must(db.Scores.Bands(ctx, ws, card))(t), map[string]int{"A": 1})
	wantErr(t, db.Scores.Put(ctx, ws, []store.Scored{{Card: "none", Subject: "c:1"}}), store.ErrNotFound{What: "score card", Name: "none"})

	// All of the actor's effect, or none of it.
	broken := errors.New("broken")
	err = db.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		ok(t, tx.Scores.Put(ctx, ws, []store.Scored{{Card: card, Subject: "c:new"}}))
		_, opened, err := tx.Leads.Open(ctx, ws, store.Lead{Card: card, Subject: "c:new", HotAt: 1, Why: []byte(`[]`)}, 0)
		ok(t, err)
		same(t, opened, true)
		return broken
	})
	if !errors.Is(err, broken) {
		t.Fatal(err)
	}
	same(t, len(must(db.Scores.Of(ctx, ws, card, []string{"c:new"}))(t)), 0)
	same(t, len(must(db.Leads.List(ctx, ws, store.LeadQuery{}))(t)), 0)

	// History comes in the order of bytes, whatever the database's locale.
	must(db.Occurrences.Add(ctx, ws, []store.Occurrence{
		{Watch: "w2", Subject: "v:a", At: 2, MessageID: "1"}, {Watch: "w1", Subject: "v:a", At: 9, MessageID: "2"}, {Watch: "w1", Subject: "v:a", At: 3, MessageID: "3"},
		{Watch: "w1", Subject: "c:Z", At: 5, MessageID: "4"}, {Watch: "w3", Subject: "c:_", At: 5, MessageID: "5"}, {Watch: "w1", Subject: "c:a", At: 5, MessageID: "6"},
	}))(t)
	same(t, collect(t, db.Scores.History(ctx, ws, []condition.Watch{"w1", "w2"})), []score.Row{
		{Subject: "c:Z", Watch: "w1", At: 5}, {Subject: "c:a", Watch: "w1", At: 5}, {Subject: "v:a", Watch: "w1", At: 3}, {Subject: "v:a", Watch: "w1", At: 9}, {Subject: "v:a", Watch: "w2", At: 2}})
	same(t, len(collect(t, db.Scores.History(ctx, ws, nil))), 6)
}

func testLeads(t *testing.T, open Opener) {
	db := open(t, store.Options{})
	ctx := t.Context()
	ws := workspace(t, db, "a")
	card := must(db.ScoreCards.Create(ctx, ws, store.NewScoreCard{Name: "n", Body: []byte(`{}`)}))(t).ID
	chance := .62
	first, opened, err := db.Leads.Open(ctx, ws, store.Lead{Card: card, Version: 3, Subject: "v:x", Points: 34_000, Band: "A", Chance: &chance, Why: []byte(`[{"r":1}]`), Owner: "田中", HotAt: 100}, 0)
	ok(t, err)
	same(t, opened, true)
	same(t, must(db.Leads.Get(ctx, ws, first.ID))(t), first)
	// Whoever is waiting to be talked with is not shown twice.
	again, opened, err := db.Leads.Open(ctx, ws, store.Lead{Card: card, Subject: "v:x", HotAt: 200, Why: []byte(`[]`)}, 150)
	ok(t, err)
	same(t, opened, false)
	same(t, again, first)
	told := must(db.Leads.Say(ctx, ws, first.ID, store.LeadVerdict{Verdict: score.Rejected, Reason: "今は違う", Author: "田中", At: 110}))(t)
	same(t, [3]any{told.Verdict, told.Reason, told.DecidedAt}, [3]any{score.Rejected, "今は違う", told.DecidedAt})
	if _, opened, err = db.Leads.Open(ctx, ws, store.Lead{Card: card, Subject: "v:x", HotAt: 120, Why: []byte(`[]`)}, 90); err != nil || opened {
		t.Error("shown again too soon", err)
	}
	second, opened, err := db.Leads.Open(ctx, ws, store.Lead{Card: card, Subject: "v:x", HotAt: 200, Why: []byte(`[]`)}, 150)
	ok(t, err)
	same(t, opened, true)

	told = must(db.Leads.Say(ctx, ws, first.ID, store.LeadVerdict{Verdict: score.Meeting, Author: "佐藤", At: 210}))(t)
	same(t, [2]any{told.Verdict, told.Reason}, [2]any{score.Meeting, ""})
	same(t, must(db.Leads.Said(ctx, ws, first.ID))(t), []store.LeadVerdict{
		{Verdict: score.Rejected, Reason: "今は違う", Author: "田中", At: 110}, {Verdict: score.Meeting, Author: "佐藤", At: 210}})
	second = must(db.Leads.Give(ctx, ws, second.ID, "佐藤"))(t)
	same(t, second.Owner, "佐藤")
	list := func(ask store.LeadQuery) []store.Lead { return must(db.Leads.List(ctx, ws, ask))(t) }
	same(t, list(store.LeadQuery{}), []store.Lead{second, told})
	// What was told of somebody once stays told.
	foretold := must(db.Leads.Foretell(ctx, ws, first.ID, .9))(t)
	same(t, *foretold.Chance, chance)
	_, err = db.Leads.Foretell(ctx, ws, "none", .9)
	wantErr(t, err, store.ErrNotFound{What: "lead", Name: "none"})
	same(t, list(store.LeadQuery{Verdicts: []score.Verdict{score.Open}}), []store.Lead{second})
	same(t, list(store.LeadQuery{Owners: []string{"佐藤", "田中"}, From: 150, To: 201, Card: card, Subject: "v:x"}), []store.Lead{second})
	same(t, len(list(store.LeadQuery{To: 200, Limit: 5})), 1)
	same(t, must(db.Leads.Say(ctx, ws, first.ID, store.LeadVerdict{At: 300}))(t).DecidedAt, 0)

	// Who became known takes the leads along; of two of one moment one stays.
	_, _, err = db.Leads.Open(ctx, ws, store.Lead{Card: card, Subject: "c:1", HotAt: 100, Why: []byte(`[]`)}, 0)
	ok(t, err)
	ok(t, db.Leads.Move(ctx, ws, "v:x", "c:1"))
	same(t, len(list(store.LeadQuery{Subject: "c:1"})), 2)
	ok(t, db.Leads.Erase(ctx, ws, "c:1"))
	same(t, len(list(store.LeadQuery{Subject: "c:1"})), 0)
	for _, l := range list(store.LeadQuery{}) {
		same(t, [2]string{string(l.Why), l.Reason}, [2]string{"[]", ""})
	}
	if _, _, err := db.Leads.Open(ctx, ws, store.Lead{Card: card, Subject: "c:2", Why: []byte(strings.Repeat("x", 70_000))}, 0); err == nil {
		t.Error("endless reasons were kept")
	}
	none := store.ErrNotFound{What: "lead", Name: "none"}
	_, err = db.Leads.Give(ctx, ws, "none", "x")
	wantErr(t, err, none)
	_, err = db.Leads.Said(ctx, ws, "none")
	wantErr(t, err, none)
}
