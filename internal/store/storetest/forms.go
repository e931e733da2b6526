package storetest

import (
	"testing"
	"time"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/store"
)

func testForms(t *testing.T, open Opener) {
	db := open(t, store.Options{})
	ctx := t.Context()
	ws, other := workspace(t, db, "forms"), workspace(t, db, "other")
	form := must(db.Forms.Create(ctx, ws, store.NewForm{Name: "お問い合わせ", Definition: []byte(`{"v":1}`), Author: "a"}))(t)
	same(t, form.Version, 1)
	same(t, form.Open, false)
	same(t, len(form.Secret), 32)
	same(t, must(db.Forms.Get(ctx, ws, form.ID))(t), form)
	same(t, must(db.Forms.Public(ctx, form.ID))(t), form)
	same(t, must(db.Forms.List(ctx, ws))(t), []store.Form{form})

	edited := must(db.Forms.Edit(ctx, ws, form.ID, 1, store.NewForm{Name: "資料", Definition: []byte(`{"v":2}`)}))(t)
	same(t, edited.Version, 2)
	same(t, string(edited.Definition), `{"v":2}`)
	same(t, edited.Secret, form.Secret)
	same(t, string(must(db.Forms.Version(ctx, ws, form.ID, 1))(t)), `{"v":1}`)
	versions := must(db.Forms.Versions(ctx, ws, form.ID))(t)
	same(t, len(versions), 2)
	same(t, versions[0].Version, 2)
	same(t, string(versions[1].Definition)+versions[1].Author, `{"v":1}a`)
	_, err := db.Forms.Edit(ctx, ws, form.ID, 1, store.NewForm{Name: "late", Definition: []byte(`{}`)})
	wantErr(t, err, store.ErrConflict{Base: 1, Newest: 2})
	renamed := must(db.Forms.Edit(ctx, ws, form.ID, 2, store.NewForm{Name: "名前だけ"}))(t)
	same(t, renamed.Version, 2)
	same(t, renamed.Name, "名前だけ")

	file := []byte("%PDF-1.7 …")
	doc := must(db.Forms.PutDocument(ctx, ws, store.FormDocument{Form: form.ID, Name: "料金.pdf", Kind: "application/pdf", Author: "a"}, file))(t)
	same(t, doc.Size, len(file))
	same(t, must(db.Forms.Documents(ctx, ws, form.ID))(t), []store.FormDocument{doc})
	found, content, err := db.Forms.Document(ctx, ws, form.ID, doc.ID)
	ok(t, err)
	same(t, found, doc)
	same(t, content, file)
	_, err = db.Forms.PutDocument(ctx, ws, store.FormDocument{Form: "nowhere", Name: "a"}, file)
	wantErr(t, err, store.ErrNotFound{What: "form", Name: "nowhere"})
	_, err = db.Forms.PutDocument(ctx, ws, store.FormDocument{Form: form.ID, Name: "a"}, make([]byte, store.MaxFormDocument+1))
	wantErr(t, err, store.ErrTooLong{What: "document", Bytes: store.MaxFormDocument + 1, Limit: store.MaxFormDocument})
	ok(t, db.Forms.DropDocument(ctx, ws, form.ID, doc.ID))
	wantErr(t, db.Forms.DropDocument(ctx, ws, form.ID, doc.ID), store.ErrNotFound{What: "document", Name: doc.ID})
	must(db.Forms.PutDocument(ctx, ws, store.FormDocument{Form: form.ID, Name: "b.pdf"}, file))(t)

	ok(t, db.Forms.SetOpen(ctx, ws, form.ID, true))
	same(t, must(db.Forms.Get(ctx, ws, form.ID))(t).Open, true)
	must(db.Submissions.Add(ctx, ws, store.Submission{Form: form.ID, Version: 2, State: store.SubmissionAccepted}))(t)
	missing := store.ErrNotFound{What: "form", Name: string(form.ID)}
	wantErr(t, db.Forms.Delete(ctx, other, form.ID), missing)
	ok(t, db.Forms.Delete(ctx, ws, form.ID))
	wantErr(t, db.Forms.Delete(ctx, ws, form.ID), missing)
	_, err = db.Forms.Public(ctx, form.ID)
	wantErr(t, err, missing)
	same(t, must(db.Submissions.List(ctx, ws, store.SubmissionQuery{}))(t), []store.Submission{})
}

func testSubmissions(t *testing.T, open Opener) {
	now := time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)
	db := open(t, store.Options{Now: func() time.Time { return now }})
	ctx := t.Context()
	ws := workspace(t, db, "submissions")
	form := must(db.Forms.Create(ctx, ws, store.NewForm{Name: "f", Definition: []byte(`{}`)}))(t).ID
	add := func(s store.Submission) store.Submission {
		t.Helper()
		s.Form, s.Version = form, 1
		now = now.Add(time.Minute)
		return must(db.Submissions.Add(ctx, ws, s))(t)
	}
	one := add(store.Submission{State: store.SubmissionAccepted, Lang: "en", Agreed: true, Address: "ann@example.jp", Visitor: "v1", Page: "https://example.jp/", Nonce: "n1",
		Answers: map[string][]string{"about": {"料金", "採用"}}, Signs: []string{}})
	two := add(store.Submission{State: store.SubmissionHeld, Address: "ben@example.jp", Nonce: "n2", Signs: []string{"links"}})
	three := add(store.Submission{State: store.SubmissionAccepted, Visitor: "v3"})
	same(t, must(db.Submissions.Get(ctx, ws, one.ID))(t), one)
	ids := func(ask store.SubmissionQuery) (list []string) {
		t.Helper()
		for _, s := range must(db.Submissions.List(ctx, ws, ask))(t) {
			list = append(list, s.ID)
		}
		return list
	}
	same(t, ids(store.SubmissionQuery{}), []string{three.ID, two.ID, one.ID})
	same(t, ids(store.SubmissionQuery{Form: form, Limit: 2}), []string{three.ID, two.ID})
	same(t, ids(store.SubmissionQuery{Before: two.ID}), []string{one.ID})
	same(t, ids(store.SubmissionQuery{State: store.SubmissionHeld}), []string{two.ID})
	same(t, ids(store.SubmissionQuery{From: two.SentAt, To: three.SentAt}), []string{two.ID})
	same(t, must(db.Submissions.Repeated(ctx, ws, form, "n1"))(t), true)
	same(t, must(db.Submissions.Repeated(ctx, ws, form, "n9"))(t), false)
	same(t, must(db.Submissions.Count(ctx, ws))(t), map[store.FormID]store.SubmissionCount{form: {Accepted: 2, Held: 1, Newest: three.SentAt}})
	times := must(db.Submissions.Times(ctx, ws, one.SentAt))(t)
	quarter := store.Quarter.Milliseconds()
	same(t, times, map[store.FormID]map[int64]int{form: {int64(one.SentAt) / quarter: 2}})
	same(t, len(must(db.Submissions.Times(ctx, ws, three.SentAt+1))(t)), 0)

	// What is released comes among those that are still to be made something of.
	undone := func() (list []string) {
		t.Helper()
		for _, s := range must(db.Submissions.Undone(ctx, now.Add(time.Second), 10))(t)[ws] {
			list = append(list, s.ID)
		}
		return list
	}
	same(t, undone(), []string{one.ID, three.ID})
	ok(t, db.Submissions.Judge(ctx, ws, two.ID, store.SubmissionAccepted, "me"))
	wantErr(t, db.Submissions.Judge(ctx, ws, two.ID, store.SubmissionRefused, "me"), store.ErrConflict{})
	wantErr(t, db.Submissions.Judge(ctx, ws, "none", store.SubmissionRefused, "me"), store.ErrNotFound{What: "submission", Name: "none"})
	same(t, undone(), []string{one.ID, two.ID, three.ID})
	same(t, len(must(db.Submissions.Undone(ctx, time.UnixMilli(int64(one.SentAt)), 10))(t)), 0)
	ok(t, db.Submissions.Done(ctx, ws, one.ID, "c1"))
	ok(t, db.Submissions.Done(ctx, ws, one.ID, "c1"))
	same(t, undone(), []string{two.ID, three.ID})
	done := must(db.Submissions.Get(ctx, ws, one.ID))(t)
	same(t, done.ContactID, "c1")
	same(t, done.DoneAt, event.Millis(now.UnixMilli()))

	same(t, len(must(db.Submissions.By(ctx, ws, "c1", "ben@example.jp"))(t)), 2)
	same(t, len(must(db.Submissions.By(ctx, ws, "", ""))(t)), 0)
	same(t, must(db.Submissions.Erase(ctx, ws, "", "", ""))(t), int64(0))
	same(t, must(db.Submissions.Erase(ctx, ws, "c1", "ben@example.jp", "v9"))(t), int64(2))
	same(t, ids(store.SubmissionQuery{}), []string{three.ID})
}
