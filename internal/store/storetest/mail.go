package storetest

import (
	"testing"
	"time"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/mail"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/store"
)

func testMails(t *testing.T, open Opener) {
	var clock Clock
	db := open(t, store.Options{Now: clock.Now})
	ctx := t.Context()
	ws := workspace(t, db, "a")
	made := must(db.Mails.Create(ctx, ws, store.MailPiece{Kind: store.MailTemplate, Name: "秋", Body: []byte(`{"a":1}`), Author: "田中"}))(t)
	same(t, made, store.MailPiece{ID: made.ID, Kind: store.MailTemplate, Name: "秋", Version: 1, Body: []byte(`{"a":1}`), Author: "田中", CreatedAt: clock.Now(), UpdatedAt: clock.Now()})
	clock.Advance(time.Minute)
	saved := must(db.Mails.Save(ctx, ws, made.ID, 1, store.MailPiece{Kind: store.MailTemplate, Name: "秋2", Body: []byte(`{"a":2}`), Author: "佐藤"}))(t)
	same(t, saved.Version, 2)
	same(t, saved.UpdatedAt, clock.Now())
	_, err := db.Mails.Save(ctx, ws, made.ID, 1, made)
	wantErr(t, err, store.ErrConflict{Base: 1, Newest: 2})
	_, err = db.Mails.Save(ctx, ws, "none", 1, made)
	wantErr(t, err, store.ErrNotFound{What: "mail piece", Name: "none"})
	old := must(db.Mails.Get(ctx, ws, made.ID, 1))(t)
	same(t, string(old.Body), `{"a":1}`)
	same(t, old.Author, "田中")
	versions := must(db.Mails.Versions(ctx, ws, made.ID))(t)
	same(t, len(versions), 2)
	same(t, versions[0], saved)
	same(t, string(versions[1].Body), `{"a":1}`)
	same(t, versions[1].Version, 1)
	same(t, must(db.Mails.List(ctx, ws, store.MailTemplate))(t), []store.MailPiece{saved})
	same(t, len(must(db.Mails.List(ctx, ws, store.MailSender))(t)), 0)
	for _, wrong := range []store.MailPiece{{Kind: store.MailSender}, {Kind: store.MailSender, Name: "x", Body: make([]byte, 300<<10)}, {Kind: store.MailSender, Name: "\xff"}} {
		if _, err := db.Mails.Create(ctx, ws, wrong); err == nil {
			t.Errorf("%.40v was kept", wrong)
		}
	}
	_, err = db.Mails.Create(ctx, "nowhere", made)
	wantErr(t, err, store.ErrNotFound{What: "workspace", Name: "nowhere"})
	ok(t, db.Mails.SetSecret(ctx, ws, made.ID, []byte{0, 1, 255}))
	same(t, must(db.Mails.Secret(ctx, ws, made.ID))(t), []byte{0, 1, 255})
	same(t, must(db.Mails.Get(ctx, ws, made.ID, 0))(t).HasSecret, true)

	b := must(db.Mails.Create(ctx, ws, store.MailPiece{Kind: store.MailBroadcast, Name: "b", State: "draft", Body: []byte("{}")}))(t)
	ok(t, db.Mails.Move(ctx, ws, b.ID, "draft", "planned"))
	wantErr(t, db.Mails.Move(ctx, ws, b.ID, "draft", "planned"), store.ErrConflict{})
	wantErr(t, db.Mails.Move(ctx, ws, "none", "draft", "planned"), store.ErrNotFound{What: "mail piece", Name: "none"})
	due := must(db.Mails.Moving(ctx, "planned", "sending"))(t)
	same(t, len(due), 1)
	same(t, due[0].Workspace, ws)
	key := must(db.Mails.Key(ctx, ws))(t)
	same(t, len(key), 32)
	same(t, must(db.Mails.Key(ctx, ws))(t), key)
	ok(t, db.Mails.Delete(ctx, ws, b.ID))
	wantErr(t, db.Mails.Delete(ctx, ws, b.ID), store.ErrNotFound{What: "mail piece", Name: b.ID})
}

func testDeliveries(t *testing.T, open Opener) {
	var clock Clock
	db := open(t, store.Options{Now: clock.Now})
	ctx := t.Context()
	ws := workspace(t, db, "a")
	first := store.MailDelivery{MessageID: "A@x.jp", Contact: "c", Cause: "broadcast:b", Variant: "A", Class: mail.Unknown, Said: "?", At: 1}
	second := store.MailDelivery{MessageID: "b@x.jp", Contact: "c", Cause: "broadcast:b", Variant: "B", Class: mail.Accepted, Code: 250, At: 2}
	tried := first // the same mail twice in one go: what became of it last stands
	tried.Class, tried.Said = mail.Permanent, "no"
	ok(t, db.Deliveries.Add(ctx, ws, []store.MailDelivery{tried, first, second}))
	first.Class, first.Said, first.MessageID = mail.Accepted, "ok", "a@x.jp"
	ok(t, db.Deliveries.Add(ctx, ws, []store.MailDelivery{first}))
	same(t, must(db.Deliveries.Return(ctx, ws, "A@X.jp", store.ReturnedHard))(t).Returned, store.ReturnedHard)
	same(t, must(db.Deliveries.Return(ctx, ws, "a@x.jp", store.ReturnedSoft))(t).Returned, store.ReturnedHard)
	_, err := db.Deliveries.Return(ctx, ws, "none@x.jp", store.ReturnedHard)
	wantErr(t, err, store.ErrNotFound{What: "mail", Name: "none@x.jp"})
	first.Returned, first.ReturnedAt = store.ReturnedHard, event.Millis(clock.Now().UnixMilli())
	same(t, must(db.Deliveries.Of(ctx, ws, "c", 10))(t), []store.MailDelivery{second, first})

	const agent = "Mozilla/5.0"
	touch := func(mailName, what, variant string, link int, at event.Millis, reason mail.Reason) (mail.Reason, bool) {
		t.Helper()
		got, kept, err := db.Deliveries.Touch(ctx, ws, store.MailTouch{Mail: mailName, Cause: "broadcast:b#" + variant, Contact: "c",
			URL: "https://x.jp/" + what, Touch: mail.Touch{At: at, What: what, Link: link, Agent: agent}}, func(all []mail.Touch) []mail.Reason {
			reasons := make([]mail.Reason, len(all))
			for i := range all {
				reasons[i] = all[i].Reason
				if i == len(all)-1 || reason == mail.ByBurst && all[i].What == "click" {
					reasons[i] = reason
				}
			}
			return reasons
		})
		ok(t, err)
		return got, kept
	}
	touch("m1", "open", "A", 0, 100, "")
	touch("m1", "click", "A", 1, 200, "")
	touch("m2", "open", "B", 0, 100, mail.ByAgent)
	touch("m2", "click", "B", 0, 110, "")
	touch("m2", "click", "B", 1, 120, mail.ByBurst) // and the one before it
	same(t, must(db.Deliveries.Counts(ctx, ws, "broadcast:b", ""))(t), store.MailCounts{Accepted: 2, Hard: 1, Opened: 1, Clicked: 1, OpenedByAnyone: 2, ClickedByAnyone: 2})
	same(t, must(db.Deliveries.Counts(ctx, ws, "broadcast:b", "B"))(t), store.MailCounts{Accepted: 1, OpenedByAnyone: 1, ClickedByAnyone: 1})
	same(t, must(db.Deliveries.Rate(ctx, ws, 0))(t), store.MailRate{Accepted: 2, Hard: 1})
	same(t, must(db.Deliveries.Rate(ctx, ws, second.At+1))(t), store.MailRate{})
	same(t, must(db.Deliveries.Tried(ctx, ws, "broadcast:b", "A"))(t), []store.MailTried{{Contact: "c", At: 1, Opened: true, Clicked: true}})
	same(t, must(db.Deliveries.Tried(ctx, ws, "broadcast:b", "B"))(t), []store.MailTried{{Contact: "c", At: 2}})
	same(t, must(db.Deliveries.Tried(ctx, workspace(t, db, "b"), "broadcast:b", "A"))(t), []store.MailTried{})
	untold := must(db.Deliveries.Untold(ctx, 115, 10))(t)
	same(t, len(untold), 3)
	same(t, untold[2], store.MailTouched{Workspace: ws, N: 2, MailTouch: store.MailTouch{Mail: "m2", Cause: "broadcast:b#B", Contact: "c", URL: "https://x.jp/click",
		Touch: mail.Touch{At: 110, What: "click", Agent: agent, Reason: mail.ByBurst}}})
	ok(t, db.Deliveries.Told(ctx, untold))
	same(t, len(must(db.Deliveries.Untold(ctx, 115, 10))(t)), 0)
	same(t, len(must(db.Deliveries.Untold(ctx, 1000, 1))(t)), 1)
	ok(t, db.Deliveries.CountDay(ctx, ws, "s", 100, 5))
	ok(t, db.Deliveries.CountDay(ctx, ws, "s", 101, 5))
	ok(t, db.Deliveries.CountDay(ctx, ws, "s", 101, 2))
	same(t, must(db.Deliveries.DayOf(ctx, ws, "s", 101))(t), store.MailDay{Before: 1, Sent: 7})
	same(t, must(db.Deliveries.DayOf(ctx, ws, "other", 101))(t), store.MailDay{})
	// Who was forgotten is in the counts and nowhere else.
	before := must(db.Deliveries.Counts(ctx, ws, "broadcast:b", ""))(t)
	ok(t, db.Deliveries.Forget(ctx, ws, "c"))
	same(t, must(db.Deliveries.Tried(ctx, ws, "broadcast:b", "A"))(t), []store.MailTried{})
	same(t, len(must(db.Deliveries.Of(ctx, ws, "c", 10))(t)), 0)
	for _, left := range must(db.Deliveries.Of(ctx, ws, "", 10))(t) {
		same(t, left.Said, "")
	}
	same(t, must(db.Deliveries.Counts(ctx, ws, "broadcast:b", ""))(t), before)
	for range store.MaxTouches + 5 {
		touch("m3", "open", "A", 0, 100, "")
	}
	if _, kept := touch("m3", "open", "A", 0, 100, ""); kept {
		t.Error("a machine fills the disk")
	}
}

// mails is what a workspace has of mail.
type mails struct {
	Senders, Templates, Broadcasts []store.MailPiece
	Sent                           []store.MailDelivery
	Counts                         store.MailCounts
	Day                            store.MailDay
}

func dumpMails(t testing.TB, from store.Repositories, ws store.WorkspaceID) mails {
	ctx := t.Context()
	return mails{
		must(from.Mails.List(ctx, ws, store.MailSender))(t), must(from.Mails.List(ctx, ws, store.MailTemplate))(t), must(from.Mails.List(ctx, ws, store.MailBroadcast))(t),
		must(from.Deliveries.Of(ctx, ws, "c", 10))(t), must(from.Deliveries.Counts(ctx, ws, "x", ""))(t),
		must(from.Deliveries.DayOf(ctx, ws, "s", 1))(t),
	}
}

func fillMails(t testing.TB, db *store.DB, ws store.WorkspaceID) string {
	ctx := t.Context()
	id := must(db.Mails.Create(ctx, ws, store.MailPiece{Kind: store.MailBroadcast, Name: "of " + string(ws), State: "draft", Body: []byte("{}")}))(t).ID
	ok(t, db.Mails.SetSecret(ctx, ws, id, []byte("s")))
	must(db.Mails.Key(ctx, ws))(t)
	ok(t, db.Deliveries.Add(ctx, ws, []store.MailDelivery{{MessageID: "m@" + string(ws), Contact: "c", Cause: "x", Class: mail.Accepted, At: 1}}))
	_, _, err := db.Deliveries.Touch(ctx, ws, store.MailTouch{Mail: "m", Cause: "x", Contact: "c", Touch: mail.Touch{What: "open", At: 2}}, human)
	ok(t, err)
	ok(t, db.Deliveries.CountDay(ctx, ws, "s", 1, 2))
	return id
}

func human(all []mail.Touch) []mail.Reason { return make([]mail.Reason, len(all)) }

// isolationOfMails is how one workspace tries to reach the mail of another.
func isolationOfMails(db *store.DB, ours store.WorkspaceID, their string, theirs store.WorkspaceID) map[string]func(t *testing.T) {
	none := store.ErrNotFound{What: "mail piece", Name: their}
	piece := store.MailPiece{Kind: store.MailTemplate, Name: "n", Body: []byte("{}")}
	return map[string]func(t *testing.T){
		"Mails.Create":    func(t *testing.T) { must(db.Mails.Create(t.Context(), ours, piece))(t) },
		"Mails.Save":      func(t *testing.T) { wantErr(t, second(db.Mails.Save(t.Context(), ours, their, 1, piece)), none) },
		"Mails.Get":       func(t *testing.T) { wantErr(t, second(db.Mails.Get(t.Context(), ours, their, 0)), none) },
		"Mails.Move":      func(t *testing.T) { wantErr(t, db.Mails.Move(t.Context(), ours, their, "draft", "x"), none) },
		"Mails.SetSecret": func(t *testing.T) { wantErr(t, db.Mails.SetSecret(t.Context(), ours, their, nil), none) },
		"Mails.Secret":    func(t *testing.T) { wantErr(t, second(db.Mails.Secret(t.Context(), ours, their)), none) },
		"Mails.Delete":    func(t *testing.T) { wantErr(t, db.Mails.Delete(t.Context(), ours, their), none) },
		"Mails.List": func(t *testing.T) {
			same(t, len(must(db.Mails.List(t.Context(), ours, store.MailBroadcast))(t)), 0)
		},
		"Mails.Key": func(t *testing.T) {
			if string(must(db.Mails.Key(t.Context(), ours))(t)) == string(must(db.Mails.Key(t.Context(), theirs))(t)) {
				t.Error("two workspaces sign with one key")
			}
		},
		"Mails.Versions": func(t *testing.T) { wantErr(t, second(db.Mails.Versions(t.Context(), ours, their)), none) },
		"Mails.Moving":   nil, // of all workspaces, by intent: whoever begins what was planned is told the workspace of each
		"Deliveries.Add": func(t *testing.T) {
			ok(t, db.Deliveries.Add(t.Context(), ours, []store.MailDelivery{{MessageID: "m@" + string(theirs), Contact: "d", Cause: "y", Class: mail.Unknown}}))
		},
		"Deliveries.Forget": func(t *testing.T) { ok(t, db.Deliveries.Forget(t.Context(), ours, contact.ID("c"))) },
		"Deliveries.Return": func(t *testing.T) {
			wantErr(t, second(db.Deliveries.Return(t.Context(), ours, "none@"+string(theirs), store.ReturnedHard)), store.ErrNotFound{What: "mail", Name: "none@" + string(theirs)})
		},
		"Deliveries.Untold": nil, "Deliveries.Told": nil, // of all workspaces, by intent: whoever makes events is told the workspace of each
		"Deliveries.Rate": func(t *testing.T) {
			same(t, must(db.Deliveries.Rate(t.Context(), ours, 1))(t), store.MailRate{})
		},
		"Deliveries.CountDay": func(t *testing.T) { ok(t, db.Deliveries.CountDay(t.Context(), ours, "theirs", 1, 3)) },
		"Deliveries.DayOf": func(t *testing.T) {
			same(t, must(db.Deliveries.DayOf(t.Context(), ours, "s", 9))(t), store.MailDay{})
		},
		"Deliveries.Of": func(t *testing.T) { same(t, len(must(db.Deliveries.Of(t.Context(), ours, contact.ID("c"), 10))(t)), 0) },
		"Deliveries.Tried": func(t *testing.T) {
			same(t, must(db.Deliveries.Tried(t.Context(), ours, "x", ""))(t), []store.MailTried{})
		},
		"Deliveries.Counts": func(t *testing.T) {
			same(t, must(db.Deliveries.Counts(t.Context(), ours, "x", ""))(t), store.MailCounts{})
		},
		"Deliveries.Touch": func(t *testing.T) {
			_, _, err := db.Deliveries.Touch(t.Context(), ours, store.MailTouch{Mail: "m", Cause: "z", Contact: "c", Touch: mail.Touch{What: "click"}}, func(all []mail.Touch) []mail.Reason {
				same(t, len(all), 1)
				return human(all)
			})
			ok(t, err)
		},
	}
}
