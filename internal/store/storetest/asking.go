package storetest

import (
	"testing"
	"time"

	"github.com/shirube/shirube/internal/store"
)

func testMutedFindings(t *testing.T, open Opener) {
	var clock Clock
	db := open(t, store.Options{Now: clock.Now})
	ctx := t.Context()
	ws := workspace(t, db, "a")
	same(t, must(db.MutedFindings.List(ctx, ws))(t), []store.MutedFinding{})
	ok(t, db.MutedFindings.Mute(ctx, ws, "stale-data:k", "月末にまとめて入れます", "田中"))
	ok(t, db.MutedFindings.Mute(ctx, ws, "off-pace:k", "季節のせい", ""))
	first := store.MutedFinding{Finding: "off-pace:k", Reason: "季節のせい", CreatedAt: clock.Now()}
	clock.Advance(time.Minute)
	ok(t, db.MutedFindings.Mute(ctx, ws, "stale-data:k", "担当が替わりました", "佐藤"))
	again := store.MutedFinding{Finding: "stale-data:k", Reason: "担当が替わりました", Author: "佐藤", CreatedAt: clock.Now()}
	same(t, must(db.MutedFindings.List(ctx, ws))(t), []store.MutedFinding{first, again})
	ok(t, db.MutedFindings.Unmute(ctx, ws, "off-pace:k"))
	ok(t, db.MutedFindings.Unmute(ctx, ws, "off-pace:k"))
	same(t, must(db.MutedFindings.List(ctx, ws))(t), []store.MutedFinding{again})
	wantErr(t, db.MutedFindings.Mute(ctx, "nowhere", "x", "y", ""), store.ErrNotFound{What: "workspace", Name: "nowhere"})
	wantErr(t, db.MutedFindings.Unmute(ctx, "nowhere", "x"), store.ErrNotFound{What: "workspace", Name: "nowhere"})
}

func testScenarios(t *testing.T, open Opener) {
	var clock Clock
	db := open(t, store.Options{Now: clock.Now})
	ctx := t.Context()
	ws := workspace(t, db, "a")
	one := must(db.Scenarios.Create(ctx, ws, "リールを週6本", []string{"reels=6", "ctr=+10%"}, "田中"))(t)
	same(t, one, store.Scenario{ID: one.ID, Name: "リールを週6本", Sets: []string{"reels=6", "ctr=+10%"}, Author: "田中", CreatedAt: clock.Now()})
	clock.Advance(time.Second)
	two := must(db.Scenarios.Create(ctx, ws, "両方", []string{}, ""))(t)
	same(t, must(db.Scenarios.List(ctx, ws))(t), []store.Scenario{two, one})
	ok(t, db.Scenarios.Delete(ctx, ws, two.ID))
	wantErr(t, db.Scenarios.Delete(ctx, ws, two.ID), store.ErrNotFound{What: "scenario", Name: string(two.ID)})
	same(t, must(db.Scenarios.List(ctx, ws))(t), []store.Scenario{one})
	_, err := db.Scenarios.Create(ctx, "nowhere", "x", nil, "")
	wantErr(t, err, store.ErrNotFound{What: "workspace", Name: "nowhere"})
	wantErr(t, db.Scenarios.Delete(ctx, workspace(t, db, "b"), one.ID), store.ErrNotFound{What: "scenario", Name: string(one.ID)})
}

func testForetold(t *testing.T, open Opener) {
	db := open(t, store.Options{})
	ctx := t.Context()
	ws := workspace(t, db, "a")
	told := store.Foretold{Indicator: "k", Deadline: april + 30, Amount: 100, ToldOn: april, Probability: 0.75}
	later := store.Foretold{Indicator: "k", Deadline: april + 30, Amount: 100, ToldOn: april + 1, Probability: 1}
	far := store.Foretold{Indicator: "k", Deadline: april + 60, Amount: 100, ToldOn: april, Probability: 0}
	ok(t, db.Foretellings.Keep(ctx, ws, []store.Foretold{told, far}))
	mended := told
	mended.Probability = 0.01
	ok(t, db.Foretellings.Keep(ctx, ws, []store.Foretold{mended, later}))
	ok(t, db.Foretellings.Keep(ctx, ws, nil))
	same(t, must(db.Foretellings.Due(ctx, ws, april+29))(t), []store.Foretold{})
	same(t, must(db.Foretellings.Due(ctx, ws, april+30))(t), []store.Foretold{told, later})
	same(t, must(db.Foretellings.Due(ctx, ws, april+60))(t), []store.Foretold{told, later, far})
}
