package storetest

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/share/question"
	"github.com/shirube/shirube/internal/store"
)

func testQuestions(t *testing.T, open Opener) {
	var clock Clock
	db := open(t, store.Options{Now: clock.Now})
	ctx := t.Context()
	ws, other := workspace(t, db, "a"), workspace(t, db, "b")
	tanaka, suzuki := person(t, db, "tanaka@a"), person(t, db, "suzuki@a")
	asks := question.Voice{ID: string(suzuki), Name: "鈴木 亮", Department: "営業"}
	answers := question.Voice{ID: string(tanaka), Name: "田中 美咲"}
	visits := question.Subject{Kind: question.Indicator, ID: "visits"}
	calls := []question.Call{{ID: string(tanaka), Said: "田中"}}

	first := must(db.Questions.Ask(ctx, ws, store.NewQuestion{Subject: visits, Name: "訪問数", Quote: "8,300回", By: asks, Text: "@田中 広告の分も\n入りますか?", Calls: calls}))(t)
	at := clock.Now()
	want := question.Head{
		ID: first.ID, Subject: visits, Name: "訪問数", Quote: "8,300回", Asked: asks, AskedAt: at, LastAt: at, Last: 1,
		Summary: "@田中 広告の分も 入りますか?", Parts: []string{string(suzuki), string(tanaka)},
	}
	same(t, first, question.Thread{Head: want, Messages: []question.Message{{Number: 1, By: asks, Text: "@田中 広告の分も\n入りますか?", Calls: calls, At: at}}})
	same(t, must(db.Questions.Get(ctx, ws, first.ID))(t), first)
	_, err := db.Questions.Get(ctx, other, first.ID)
	wantErr(t, err, store.ErrNotFound{What: "question", Name: first.ID})
	_, err = db.Questions.Ask(ctx, "nowhere", store.NewQuestion{Subject: visits, By: asks, Text: "x"})
	wantErr(t, err, store.ErrNotFound{What: "workspace", Name: "nowhere"})
	_, err = db.Questions.Ask(ctx, ws, store.NewQuestion{Subject: visits, By: asks, Text: strings.Repeat("x", 4*question.MostLetters+1)})
	wantErr(t, err, store.ErrTooLong{What: "message", Bytes: 4*question.MostLetters + 1, Limit: 4 * question.MostLetters})

	// The asker's own second word is no reply; somebody else's is.
	clock.Advance(time.Minute)
	head, _, err := db.Questions.Say(ctx, ws, first.ID, asks, "急ぎません。", nil)
	ok(t, err)
	same(t, []any{head.Last, head.Replied, head.LastAt}, []any{2, false, clock.Now()})
	same(t, must(db.Questions.Waiting(ctx, ws, 10))(t), []question.Head{head})
	clock.Advance(time.Minute)
	head, said, err := db.Questions.Say(ctx, ws, first.ID, answers, "いいえ、ＳＮＳだけです。", nil)
	ok(t, err)
	same(t, []any{head.Last, head.Replied, said.Number, said.Text}, []any{3, true, 3, "いいえ、ＳＮＳだけです。"})
	same(t, len(must(db.Questions.Waiting(ctx, ws, 10))(t)), 0)
	_, _, err = db.Questions.Say(ctx, ws, "none", answers, "x", nil)
	wantErr(t, err, store.ErrNotFound{What: "question", Name: "none"})

	// Settled by a message that is there; open again; settled by none.
	head = must(db.Questions.Settle(ctx, ws, first.ID, true, 3))(t)
	same(t, []any{head.Settled, head.Answer}, []any{true, 3})
	_, err = db.Questions.Settle(ctx, ws, first.ID, true, 9)
	wantErr(t, err, store.ErrNotFound{What: "message", Name: "9"})
	head = must(db.Questions.Settle(ctx, ws, first.ID, false, 0))(t)
	same(t, []any{head.Settled, head.Answer}, []any{false, 0})
	must(db.Questions.Settle(ctx, ws, first.ID, true, 3))(t)

	clock.Advance(time.Minute)
	ok(t, db.Questions.Edit(ctx, ws, first.ID, 1, "広告の分は入りますか?", nil))
	read := must(db.Questions.Get(ctx, ws, first.ID))(t)
	same(t, []any{read.Summary, read.Messages[0].Text, read.Messages[0].EditedAt, read.Messages[0].At}, []any{"広告の分は入りますか?", "広告の分は入りますか?", clock.Now(), at})
	wantErr(t, db.Questions.Edit(ctx, ws, first.ID, 9, "x", nil), store.ErrNotFound{What: "message", Name: "9"})

	second := must(db.Questions.Ask(ctx, ws, store.NewQuestion{
		Subject: question.Subject{Kind: question.Whole}, By: question.Voice{Name: "森 由美", Outside: true}, Text: "100%_目標は\\だれが?", Mail: "mori@example.jp", View: "v", Ticket: "print"}))(t)
	mail, view, err := db.Questions.Outside(ctx, ws, second.ID)
	ok(t, err)
	same(t, []any{mail, view}, []any{"mori@example.jp", store.ViewID("v")})
	inWS, id, err := db.Questions.ByTicket(ctx, "print")
	ok(t, err)
	same(t, []any{inWS, id}, []any{ws, second.ID})
	for _, none := range []string{"", "other"} {
		_, _, err = db.Questions.ByTicket(ctx, none)
		wantErr(t, err, store.ErrNotFound{What: "question", Name: "…"})
	}

	ids := func(ask store.QuestionQuery) (list []string) {
		for _, h := range must(db.Questions.List(ctx, ws, ask))(t) {
			list = append(list, h.ID)
		}
		return list
	}
	yes, no := true, false
	for what, table := range map[string]struct {
		ask  store.QuestionQuery
		want []string
	}{
		"all":             {store.QuestionQuery{}, []string{second.ID, first.ID}},
		"first one":       {store.QuestionQuery{Limit: 1}, []string{second.ID}},
		"behind it":       {store.QuestionQuery{Before: store.QuestionPlace{At: second.LastAt, ID: second.ID}}, []string{first.ID}},
		"about":           {store.QuestionQuery{About: "indicator:visits"}, []string{first.ID}},
		"settled":         {store.QuestionQuery{Settled: &yes}, []string{first.ID}},
		"open":            {store.QuestionQuery{Settled: &no}, []string{second.ID}},
		"said":            {store.QuestionQuery{Search: "sns"}, []string{first.ID}}, // ＳＮＳ in an answer
		"no wildcard":     {store.QuestionQuery{Search: "%"}, []string{second.ID}},
		"no wildcard too": {store.QuestionQuery{Search: `_目標は\`}, []string{second.ID}},
		"by name":         {store.QuestionQuery{Search: "森 由"}, []string{second.ID}},
		"subject":         {store.QuestionQuery{Search: "訪問"}, []string{first.ID}},
		"nothing":         {store.QuestionQuery{Search: "ない"}, nil},
		"with":            {store.QuestionQuery{With: string(tanaka)}, []string{first.ID}},
		"waiting first":   {store.QuestionQuery{Waiting: true}, []string{second.ID, first.ID}},
		"NUL":             {store.QuestionQuery{Search: "a\x00"}, nil},
	} {
		if got := ids(table.ask); strings.Join(got, " ") != strings.Join(table.want, " ") {
			t.Errorf("%s: %v, want %v", what, got, table.want)
		}
	}

	// What was read only ever grows, and not beyond what is there.
	standing := func(of store.UserID) map[string]int {
		out := map[string]int{}
		for _, s := range must(db.Questions.Standing(ctx, ws, of))(t) {
			out[s.ID] = s.Read
		}
		return out
	}
	ok(t, db.Questions.NoteRead(ctx, ws, tanaka, first.ID, 2))
	ok(t, db.Questions.NoteRead(ctx, ws, tanaka, first.ID, 1))
	ok(t, db.Questions.NoteRead(ctx, ws, suzuki, first.ID, 99))
	same(t, standing(tanaka), map[string]int{first.ID: 2, second.ID: 0})
	same(t, standing(suzuki), map[string]int{first.ID: 3, second.ID: 0})
	wantErr(t, db.Questions.NoteRead(ctx, other, tanaka, first.ID, 1), store.ErrNotFound{What: "question", Name: first.ID})

	// Words that are taken away are gone from the search, too, and answer nothing any more.
	ok(t, db.Questions.Erase(ctx, ws, first.ID, 3))
	read = must(db.Questions.Get(ctx, ws, first.ID))(t)
	same(t, []any{read.Messages[2].Text, read.Messages[2].Deleted, read.Answer, read.Settled}, []any{"", true, 0, true})
	same(t, len(ids(store.QuestionQuery{Search: "sns"})), 0)
	wantErr(t, db.Questions.Edit(ctx, ws, first.ID, 3, "x", nil), store.ErrNotFound{What: "message", Name: "3"})
	ok(t, db.Questions.Erase(ctx, ws, second.ID, 1))
	if mail, _, _ := db.Questions.Outside(ctx, ws, second.ID); mail != "" {
		t.Error("the address of somebody whose question was taken away is kept")
	}
	ok(t, db.Questions.Delete(ctx, ws, first.ID))
	wantErr(t, db.Questions.Delete(ctx, ws, first.ID), store.ErrNotFound{What: "question", Name: first.ID})
	same(t, standing(tanaka), map[string]int{second.ID: 0})
	many := []string{"nowhere"}
	for range 2100 {
		many = append(many, second.ID)
	}
	ok(t, db.Questions.NoteRead(ctx, ws, tanaka, second.ID, 1))
	same(t, must(db.Questions.Read(ctx, ws, tanaka, many))(t), map[string]int{second.ID: 1})
	same(t, must(db.Questions.Read(ctx, other, tanaka, many))(t), map[string]int{})
	same(t, must(db.Questions.Read(ctx, ws, "", many))(t), map[string]int{})
}

// testQuestionsAtOnce: everybody answers at the same time, and every word is kept once.
func testQuestionAddresses(t *testing.T, open Opener) {
	var clock Clock
	db := open(t, store.Options{Now: clock.Now})
	ctx := t.Context()
	ws, other := workspace(t, db, "a"), workspace(t, db, "b")
	ask := func(in store.WorkspaceID) string {
		return must(db.Questions.Ask(ctx, in, store.NewQuestion{Subject: question.Subject{Kind: question.Whole}, By: question.Voice{Name: "森", Outside: true}, Text: "?", Mail: "m@a"}))(t).ID
	}
	settled, open1, theirs := ask(ws), ask(ws), ask(other)
	must(db.Questions.Settle(ctx, ws, settled, true, 0))(t)
	left := func(want ...string) {
		t.Helper()
		for in, ids := range map[store.WorkspaceID][]string{ws: {settled, open1}, other: {theirs}} {
			for _, id := range ids {
				mail, _, err := db.Questions.Outside(ctx, in, id)
				ok(t, err)
				same(t, mail != "", slices.Contains(want, id))
			}
		}
	}
	now := clock.Now()
	same(t, must(db.Questions.ForgetAddresses(ctx, ws, now.Add(-1*time.Second), now.Add(-1*time.Second)))(t), int64(0))
	left(settled, open1, theirs)
	same(t, must(db.Questions.ForgetAddresses(ctx, ws, now, now.Add(-1*time.Second)))(t), int64(1))
	left(open1, theirs)
	same(t, must(db.Questions.ForgetAddresses(ctx, ws, now, now))(t), int64(1))
	left(theirs)
}

func testQuestionsAtOnce(t *testing.T, open Opener) {
	db := open(t, store.Options{})
	ctx := t.Context()
	ws := workspace(t, db, "a")
	by := question.Voice{ID: "p", Name: "p"}
	id := must(db.Questions.Ask(ctx, ws, store.NewQuestion{Subject: question.Subject{Kind: question.Whole}, By: by, Text: "?"}))(t).ID
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 3 {
				if _, _, err := db.Questions.Say(ctx, ws, id, by, "x", nil); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	read := must(db.Questions.Get(ctx, ws, id))(t)
	for k, m := range read.Messages {
		if m.Number != k+1 {
			t.Errorf("message %d has the number %d", k, m.Number)
		}
	}
	same(t, []int{len(read.Messages), read.Last}, []int{25, 25})
}

// isolationOfQuestions is how one workspace tries to reach what is asked in another.
func isolationOfQuestions(t testing.TB, db *store.DB, ours store.WorkspaceID, us store.UserID, theirs store.WorkspaceID, them store.UserID) map[string]func(t *testing.T) {
	whole := question.Subject{Kind: question.Whole}
	their := must(db.Questions.Ask(t.Context(), theirs, store.NewQuestion{
		Subject: whole, By: question.Voice{ID: string(them), Name: "n"}, Text: "of " + string(theirs), Mail: "of@example.jp", Ticket: "of " + string(theirs)}))(t).ID
	ok(t, db.Questions.NoteRead(t.Context(), theirs, them, their, 1))
	none := store.ErrNotFound{What: "question", Name: their}
	by := question.Voice{ID: string(us), Name: "u"}
	return map[string]func(t *testing.T){
		"Questions.Ask": func(t *testing.T) {
			must(db.Questions.Ask(t.Context(), ours, store.NewQuestion{Subject: whole, By: by, Text: "ours"}))(t)
		},
		"Questions.Get": func(t *testing.T) { wantErr(t, second(db.Questions.Get(t.Context(), ours, their)), none) },
		"Questions.Say": func(t *testing.T) {
			_, _, err := db.Questions.Say(t.Context(), ours, their, by, "x", nil)
			wantErr(t, err, none)
		},
		"Questions.Edit":   func(t *testing.T) { wantErr(t, db.Questions.Edit(t.Context(), ours, their, 1, "x", nil), none) },
		"Questions.Erase":  func(t *testing.T) { wantErr(t, db.Questions.Erase(t.Context(), ours, their, 1), none) },
		"Questions.Settle": func(t *testing.T) { wantErr(t, second(db.Questions.Settle(t.Context(), ours, their, true, 1)), none) },
		"Questions.Delete": func(t *testing.T) { wantErr(t, db.Questions.Delete(t.Context(), ours, their), none) },
		"Questions.Outside": func(t *testing.T) {
			_, _, err := db.Questions.Outside(t.Context(), ours, their)
			wantErr(t, err, none)
		},
		"Questions.Read": func(t *testing.T) {
			same(t, len(must(db.Questions.Read(t.Context(), ours, us, []string{their}))(t)), 0)
		},
		"Questions.ForgetAddresses": func(t *testing.T) {
			far := time.Now().AddDate(100, 0, 0)
			same(t, must(db.Questions.ForgetAddresses(t.Context(), ours, far, far))(t), int64(0))
		},
		"Questions.ByTicket": nil, // of all workspaces, by intent: the secret alone says whose it is
		"Questions.NoteRead": func(t *testing.T) { wantErr(t, db.Questions.NoteRead(t.Context(), ours, us, their, 1), none) },
		"Questions.List": func(t *testing.T) {
			for _, h := range must(db.Questions.List(t.Context(), ours, store.QuestionQuery{Search: "of"}))(t) {
				t.Error("a question of another workspace: " + h.ID)
			}
		},
		"Questions.Waiting": func(t *testing.T) {
			for _, h := range must(db.Questions.Waiting(t.Context(), ours, 100))(t) {
				if h.ID == their {
					t.Error("a question of another workspace")
				}
			}
		},
		"Questions.Standing": func(t *testing.T) {
			for _, s := range must(db.Questions.Standing(t.Context(), ours, us))(t) {
				if s.ID == their {
					t.Error("a question of another workspace")
				}
			}
		},
	}
}
