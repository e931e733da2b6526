package storetest

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/share/audit"
	"github.com/shirube/shirube/internal/store"
)

func person(t testing.TB, db *store.DB, email string) store.UserID {
	t.Helper()
	return must(db.Users.Create(t.Context(), store.NewUser{Email: email, Name: email, Locale: "ja", PasswordHash: "h"}))(t).ID
}

func testUsers(t *testing.T, open Opener) {
	var clock Clock
	db := open(t, store.Options{Now: clock.Now})
	ctx := t.Context()
	same(t, must(db.Users.Any(ctx))(t), false)
	u := must(db.Users.Create(ctx, store.NewUser{Email: " Misaki@Example.co.jp ", Name: "田中 美咲", Locale: "ja", InstanceOwner: true}))(t)
	same(t, u, store.User{ID: u.ID, Email: "Misaki@Example.co.jp", Name: "田中 美咲", Locale: "ja", InstanceOwner: true, CreatedAt: clock.Now()})
	same(t, must(db.Users.Any(ctx))(t), true)
	_, err := db.Users.Create(ctx, store.NewUser{Email: "misaki@EXAMPLE.co.jp", Name: "other"})
	wantErr(t, err, store.ErrExists{What: "user", Name: "misaki@EXAMPLE.co.jp"})
	for _, email := range []string{"misaki@example.co.jp", "MISAKI@EXAMPLE.CO.JP", " Misaki@example.co.jp"} {
		same(t, must(db.Users.ByEmail(ctx, email))(t), u)
	}
	for _, email := range []string{"", "x", "a\x00b", strings.Repeat("x", 600)} {
		if _, err := db.Users.ByEmail(ctx, email); !errors.As(err, new(store.ErrNotFound)) {
			t.Errorf("%.20q: %v", email, err)
		}
	}
	ok(t, db.Users.Describe(ctx, u.ID, "田中", "en"))
	ok(t, db.Users.SetPassword(ctx, u.ID, "hash"))
	ok(t, db.Users.Prove(ctx, u.ID))
	u.Name, u.Locale, u.PasswordHash, u.ProvenAt = "田中", "en", "hash", clock.Now()
	same(t, must(db.Users.Get(ctx, u.ID))(t), u)
	wantErr(t, db.Users.Describe(ctx, "nobody", "x", "ja"), store.ErrNotFound{What: "user", Name: "nobody"})
	wantErr(t, db.Users.Prove(ctx, "nobody"), store.ErrNotFound{What: "user", Name: "nobody"})
	founder := must(db.Users.Create(ctx, store.NewUser{Email: "f@a", Name: "f", Locale: "ja", Proven: true}))(t)
	same(t, founder.ProvenAt, clock.Now())
	same(t, must(db.Users.Get(ctx, founder.ID))(t), founder)
	wantErr(t, db.Users.SetPassword(ctx, "nobody", "x"), store.ErrNotFound{What: "user", Name: "nobody"})
	_, err = db.Users.Create(ctx, store.NewUser{Email: "a@b", Name: "a\x00b"})
	if err == nil {
		t.Error("a name with NUL")
	}
}

func testMembers(t *testing.T, open Opener) {
	var clock Clock
	db := open(t, store.Options{Now: clock.Now})
	ctx := t.Context()
	ws, other := workspace(t, db, "a"), workspace(t, db, "b")
	tanaka, sato := person(t, db, "tanaka@a"), person(t, db, "sato@a")
	wantErr(t, db.Members.Put(ctx, ws, sato, "viewer"), store.ErrLastOwner{}) // the first has to be an owner
	ok(t, db.Members.Put(ctx, ws, tanaka, "owner"))
	clock.Advance(time.Second)
	ok(t, db.Members.Put(ctx, ws, sato, "viewer"))
	list := must(db.Members.List(ctx, ws))(t)
	same(t, len(list), 2)
	same(t, list[0], store.Member{User: must(db.Users.Get(ctx, tanaka))(t), Role: "owner", Since: clock.Now().Add(-time.Second)})
	same(t, must(db.Members.Role(ctx, ws, sato))(t), "viewer")
	same(t, must(db.Members.Of(ctx, sato))(t), []store.Membership{{Workspace: ws, Role: "viewer"}})
	ok(t, db.Members.Place(ctx, ws, sato, "営業"))
	ok(t, db.Members.Put(ctx, ws, sato, "viewer")) // a role says nothing of the department
	same(t, must(db.Members.List(ctx, ws))(t)[1].Department, "営業")
	yes := true
	ok(t, db.Members.Allow(ctx, ws, sato, &yes))
	same(t, must(db.Members.Standing(ctx, ws, sato))(t), store.Standing{Role: "viewer", Department: "営業", Export: &yes})
	same(t, must(db.Members.Of(ctx, sato))(t), []store.Membership{{Workspace: ws, Role: "viewer", Export: &yes}})
	ok(t, db.Members.Allow(ctx, ws, sato, nil))
	same(t, must(db.Members.List(ctx, ws))(t)[1].Export, nil)
	wantErr(t, db.Members.Place(ctx, other, sato, "経営"), store.ErrNotFound{What: "member", Name: string(sato)})
	_, err := db.Members.Role(ctx, other, tanaka)
	wantErr(t, err, store.ErrNotFound{What: "member", Name: string(tanaka)})

	wantErr(t, db.Members.Remove(ctx, ws, tanaka), store.ErrLastOwner{})
	wantErr(t, db.Members.Put(ctx, ws, tanaka, "editor"), store.ErrLastOwner{})
	same(t, must(db.Members.Role(ctx, ws, tanaka))(t), "owner")
	ok(t, db.Members.Put(ctx, ws, sato, "owner"))
	ok(t, db.Members.Remove(ctx, ws, tanaka))
	wantErr(t, db.Members.Remove(ctx, ws, tanaka), store.ErrNotFound{What: "member", Name: string(tanaka)})
	wantErr(t, db.Members.Put(ctx, ws, "nobody", "viewer"), store.ErrNotFound{What: "user", Name: "nobody"})
	wantErr(t, db.Members.Put(ctx, "nowhere", sato, "viewer"), store.ErrNotFound{What: "workspace", Name: "nowhere"})

	// Two owners who leave at once: one has to stay.
	ok(t, db.Members.Put(ctx, ws, tanaka, "owner"))
	var left atomic.Int32
	var group sync.WaitGroup
	for _, user := range []store.UserID{tanaka, sato} {
		group.Go(func() {
			if db.Members.Remove(ctx, ws, user) == nil {
				left.Add(1)
			}
		})
	}
	group.Wait()
	same(t, left.Load(), 1)
	ok(t, db.Workspaces.Delete(ctx, ws))
	same(t, len(must(db.Members.Of(ctx, sato))(t)), 0)
}

func testSignIns(t *testing.T, open Opener) {
	var clock Clock
	db := open(t, store.Options{Now: clock.Now})
	ctx := t.Context()
	tanaka, sato := person(t, db, "tanaka@a"), person(t, db, "sato@a")
	soon := clock.Now().Add(time.Hour)
	first := must(db.SignIns.Create(ctx, tanaka, "f1", "Firefox\x00"+strings.Repeat("あ", 500), "password", soon))(t)
	if len(first.UserAgent) > 200 || !strings.HasPrefix(first.UserAgent, "Firefox") {
		t.Errorf("user agent %q", first.UserAgent)
	}
	clock.Advance(time.Minute)
	second := must(db.SignIns.Create(ctx, tanaka, "f2", "Safari", "mail", soon))(t)
	theirs := must(db.SignIns.Create(ctx, sato, "f3", "Safari", "oidc", soon))(t)
	same(t, must(db.SignIns.Find(ctx, "f1"))(t), first)
	same(t, must(db.SignIns.List(ctx, tanaka))(t), []store.SignIn{second, first})
	for _, wrong := range []string{"", "f", string(first.ID)} {
		_, err := db.SignIns.Find(ctx, wrong)
		wantErr(t, err, store.ErrNotFound{What: "sign-in", Name: "…"})
	}
	wantErr(t, db.SignIns.Revoke(ctx, tanaka, theirs.ID), store.ErrNotFound{What: "sign-in", Name: string(theirs.ID)})
	clock.Advance(time.Minute)
	ok(t, db.SignIns.Seen(ctx, first.ID, soon.Add(time.Hour)))
	first.LastSeen, first.ExpiresAt = clock.Now(), soon.Add(time.Hour)
	same(t, must(db.SignIns.List(ctx, tanaka))(t), []store.SignIn{first, second})
	ok(t, db.SignIns.RevokeAll(ctx, tanaka, first.ID))
	_, err := db.SignIns.Find(ctx, "f2")
	wantErr(t, err, store.ErrNotFound{What: "sign-in", Name: "…"})
	same(t, must(db.SignIns.Find(ctx, "f3"))(t), theirs)
	ok(t, db.SignIns.Revoke(ctx, sato, theirs.ID))
	ok(t, db.SignIns.Seen(ctx, theirs.ID, soon)) // gone stays gone
	same(t, len(must(db.SignIns.List(ctx, sato))(t)), 0)
	byMail := must(db.SignIns.Create(ctx, tanaka, "f4", "", "mail", soon))(t)
	must(db.SignIns.Create(ctx, tanaka, "f5", "", "mail", soon))(t)
	ok(t, db.SignIns.RevokeWay(ctx, sato, "mail", ""))
	ok(t, db.SignIns.RevokeWay(ctx, tanaka, "mail", byMail.ID))
	same(t, len(must(db.SignIns.List(ctx, tanaka))(t)), 2)
	ok(t, db.SignIns.RevokeWay(ctx, tanaka, "mail", ""))
	same(t, must(db.SignIns.List(ctx, tanaka))(t), []store.SignIn{first})
	clock.Advance(2 * time.Hour)
	_, err = db.SignIns.Find(ctx, "f1")
	wantErr(t, err, store.ErrNotFound{What: "sign-in", Name: "…"})
	same(t, len(must(db.SignIns.List(ctx, tanaka))(t)), 0)
	ok(t, db.SignIns.RevokeAll(ctx, tanaka, ""))
}

func testEntryLinks(t *testing.T, open Opener) {
	var clock Clock
	db := open(t, store.Options{Now: clock.Now})
	ctx := t.Context()
	sato := person(t, db, "sato@a")
	soon := clock.Now().Add(15 * time.Minute)
	ok(t, db.EntryLinks.Create(ctx, "", "o1", soon, false))
	ok(t, db.EntryLinks.Create(ctx, "", "o2", soon, false)) // a new one takes the place of the old
	ok(t, db.EntryLinks.Create(ctx, sato, "s1", soon, false))
	for _, gone := range []string{"o1", "", "x"} {
		_, err := db.EntryLinks.Find(ctx, gone)
		wantErr(t, err, store.ErrNotFound{What: "entry link", Name: "…"})
	}
	same(t, must(db.EntryLinks.Find(ctx, "o2"))(t), "")
	same(t, must(db.EntryLinks.Find(ctx, "s1"))(t), sato)
	ok(t, db.EntryLinks.Create(ctx, sato, "s0", soon, false))
	ok(t, db.EntryLinks.Void(ctx, sato))
	if _, err := db.EntryLinks.Find(ctx, "s0"); err == nil {
		t.Error("a link that was ended still opens")
	}
	ok(t, db.EntryLinks.Create(ctx, sato, "s1", soon, true))
	var used atomic.Int32
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			if user, proves, err := db.EntryLinks.Use(ctx, "s1"); err == nil && user == sato && proves {
				used.Add(1)
			}
		})
	}
	group.Wait()
	same(t, used.Load(), 1)
	_, err := db.EntryLinks.Find(ctx, "s1")
	wantErr(t, err, store.ErrClosed{Reason: store.ClosedUsed})
	clock.Advance(15 * time.Minute)
	_, _, err = db.EntryLinks.Use(ctx, "o2")
	wantErr(t, err, store.ErrClosed{Reason: store.ClosedExpired})
}

func testSignInLinks(t *testing.T, open Opener) {
	var clock Clock
	db := open(t, store.Options{Now: clock.Now})
	ctx := t.Context()
	sato, tanaka := person(t, db, "sato@a"), person(t, db, "tanaka@a")
	soon := clock.Now().Add(15 * time.Minute)
	ok(t, db.SignInLinks.Create(ctx, tanaka, "t1", soon))
	for _, print := range []string{"s1", "s2", "s3", "s4"} { // mails overtake one another: three open
		ok(t, db.SignInLinks.Create(ctx, sato, print, soon))
		clock.Advance(time.Second)
	}
	for _, gone := range []string{"s1", "", "x"} {
		_, err := db.SignInLinks.Find(ctx, gone)
		wantErr(t, err, store.ErrNotFound{What: "sign-in link", Name: "…"})
	}
	for _, there := range []string{"s2", "s3", "s4"} {
		same(t, must(db.SignInLinks.Find(ctx, there))(t), sato)
	}
	var used atomic.Int32
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			if user, err := db.SignInLinks.Use(ctx, "s3"); err == nil && user == sato {
				used.Add(1)
			}
		})
	}
	group.Wait()
	same(t, used.Load(), 1)
	_, err := db.SignInLinks.Use(ctx, "s3")
	wantErr(t, err, store.ErrClosed{Reason: store.ClosedUsed})
	_, err = db.SignInLinks.Find(ctx, "s4") // ended with the one that was used
	wantErr(t, err, store.ErrNotFound{What: "sign-in link", Name: "…"})
	same(t, must(db.SignInLinks.Find(ctx, "t1"))(t), tanaka)
	ok(t, db.SignInLinks.Create(ctx, sato, "s5", soon))
	ok(t, db.SignInLinks.Void(ctx, sato))
	_, err = db.SignInLinks.Find(ctx, "s5")
	wantErr(t, err, store.ErrNotFound{What: "sign-in link", Name: "…"})
	clock.Advance(15 * time.Minute)
	_, err = db.SignInLinks.Use(ctx, "t1")
	wantErr(t, err, store.ErrClosed{Reason: store.ClosedExpired})
	if err := db.SignInLinks.Create(ctx, "nobody", "n1", soon); err == nil {
		t.Error("a link for nobody")
	}
}

func testUserIdentities(t *testing.T, open Opener) {
	var clock Clock
	db := open(t, store.Options{Now: clock.Now})
	ctx := t.Context()
	sato, tanaka := person(t, db, "sato@a"), person(t, db, "tanaka@a")
	const google, other = "https://accounts.google.com", "https://id.example"
	ok(t, db.Identities.Tie(ctx, sato, google, "1", "sato@a"))
	first := store.Identity{Issuer: google, Subject: "1", User: sato, Email: "sato@a", CreatedAt: clock.Now(), LastUsed: clock.Now()}
	same(t, must(db.Identities.Find(ctx, google, "1"))(t), first)
	for _, taken := range []store.Identity{{User: tanaka, Issuer: google, Subject: "1"}, {User: sato, Issuer: google, Subject: "2"}} {
		if err := db.Identities.Tie(ctx, taken.User, taken.Issuer, taken.Subject, "x@a"); !errors.As(err, new(store.ErrExists)) {
			t.Errorf("%v: %v", taken, err)
		}
	}
	clock.Advance(time.Minute)
	ok(t, db.Identities.Tie(ctx, sato, other, "1", "s@b"))
	ok(t, db.Identities.Used(ctx, google, "1"))
	first.LastUsed = clock.Now()
	second := store.Identity{Issuer: other, Subject: "1", User: sato, Email: "s@b", CreatedAt: clock.Now(), LastUsed: clock.Now()}
	same(t, must(db.Identities.Of(ctx, sato))(t), []store.Identity{first, second})
	same(t, len(must(db.Identities.Of(ctx, tanaka))(t)), 0)
	for _, none := range [][2]string{{google, "2"}, {"https://x", "1"}, {google, "a\x00"}, {google, strings.Repeat("x", 600)}} {
		_, err := db.Identities.Find(ctx, none[0], none[1])
		wantErr(t, err, store.ErrNotFound{What: "identity", Name: "…"})
	}
	wantErr(t, db.Identities.Untie(ctx, tanaka, google), store.ErrNotFound{What: "identity", Name: google})
	ok(t, db.Identities.Untie(ctx, sato, google))
	ok(t, db.Identities.Tie(ctx, tanaka, google, "1", "t@a"))
	if err := db.Identities.Tie(ctx, sato, "", "a\x00", "t@a"); err == nil {
		t.Error("a subject with NUL")
	}
}

// What somebody does with their account is theirs to read, and stands on the record of every
// workspace they belong to, of no other.
func testAccounts(t *testing.T, open Opener) {
	var clock Clock
	db := open(t, store.Options{Now: clock.Now})
	ctx := t.Context()
	sato, tanaka := person(t, db, "sato@a"), person(t, db, "tanaka@a")
	ours, too, theirs := workspace(t, db, "a"), workspace(t, db, "b"), workspace(t, db, "c")
	ok(t, db.Members.Put(ctx, ours, sato, "owner"))
	ok(t, db.Members.Put(ctx, too, tanaka, "owner"))
	ok(t, db.Members.Put(ctx, too, sato, "guest"))
	ok(t, db.Members.Put(ctx, theirs, tanaka, "owner"))
	renamed := audit.Changes{Read: true, Fields: []audit.Change{{Field: "name", Before: new("さとう"), After: new("佐藤")}}}
	ok(t, db.Accounts.Note(ctx, sato, "update-me", "r1", renamed))
	first := clock.Now()
	clock.Advance(time.Second)
	ok(t, db.Accounts.Note(ctx, sato, "change-password", "r2", audit.Changes{}))
	deeds := must(db.Accounts.Record(ctx, sato, 9))(t)
	if len(deeds) != 2 || deeds[0].ID == deeds[1].ID {
		t.Fatalf("record %v", deeds)
	}
	same(t, deeds, []store.AccountDeed{{ID: deeds[0].ID, At: clock.Now(), Operation: "change-password"}, {ID: deeds[1].ID, At: first, Operation: "update-me", Changes: renamed}})
	same(t, must(db.Accounts.Record(ctx, sato, 1))(t), deeds[:1])
	for ws, role := range map[store.WorkspaceID]string{ours: "owner", too: "guest"} {
		entries := must(db.Audit.List(ctx, ws, store.AuditQuery{}))(t)
		same(t, len(entries), 2)
		same(t, entries[1], audit.Entry{
			ID: deeds[1].ID, At: first, Actor: audit.Actor{Kind: audit.Person, ID: string(sato), Name: entries[1].Actor.Name, Role: role}, Area: audit.People,
			Operation: "update-me", Subject: string(sato), SubjectName: entries[1].Actor.Name, Request: "r1", Changes: renamed,
		})
	}
	same(t, len(must(db.Audit.List(ctx, theirs, store.AuditQuery{}))(t)), 0)
	same(t, len(must(db.Accounts.Record(ctx, tanaka, 9))(t)), 0)
	wantErr(t, db.Accounts.Note(ctx, "nobody", "x", "", audit.Changes{}), store.ErrNotFound{What: "user", Name: "nobody"})
	// Taken back with the change it belongs to.
	failed := db.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		ok(t, tx.Accounts.Note(ctx, sato, "end-sign-in", "", audit.Changes{}))
		return errors.New("no")
	})
	if failed == nil || len(must(db.Accounts.Record(ctx, sato, 9))(t)) != 2 || len(must(db.Audit.List(ctx, ours, store.AuditQuery{}))(t)) != 2 {
		t.Error("a record of what did not happen")
	}
	// Bounded: the oldest go.
	ok(t, db.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		for range 205 {
			clock.Advance(time.Second)
			if err := tx.Accounts.Note(ctx, tanaka, "update-me", "", audit.Changes{}); err != nil {
				return err
			}
		}
		return nil
	}))
	same(t, len(must(db.Accounts.Record(ctx, tanaka, 999))(t)), 200)
	same(t, must(db.Accounts.Record(ctx, tanaka, 1))(t)[0].At, clock.Now())
}

func testAttempts(t *testing.T, open Opener) {
	var clock Clock
	db := open(t, store.Options{Now: clock.Now})
	ctx, now := t.Context(), clock.Now()
	at := func(minutes int) time.Time { return now.Add(time.Duration(minutes) * time.Minute) }
	ok(t, db.Attempts.Keep(ctx, now, map[string]time.Time{"a": at(1), "b": at(9), "c": at(5), "over": now, "never": {}}))
	same(t, must(db.Attempts.Spent(ctx, now, 9))(t), map[string]time.Time{"a": at(1), "b": at(9), "c": at(5)})
	same(t, must(db.Attempts.Spent(ctx, now, 2))(t), map[string]time.Time{"b": at(9), "c": at(5)})
	ok(t, db.Attempts.Keep(ctx, at(1), map[string]time.Time{"b": {}, "c": at(7)}))
	same(t, must(db.Attempts.Spent(ctx, now, 9))(t), map[string]time.Time{"c": at(7)})
	many := map[string]time.Time{}
	for n := range 1201 {
		many[strconv.Itoa(n)] = at(10 + n)
	}
	ok(t, db.Attempts.Keep(ctx, at(2), many))
	same(t, len(must(db.Attempts.Spent(ctx, at(2), 5000))(t)), 1202)
	same(t, len(must(db.Attempts.Spent(ctx, at(8), 5000))(t)), 1201)
}

func testWriteKeys(t *testing.T, open Opener) {
	var clock Clock
	db := open(t, store.Options{Now: clock.Now})
	ctx := t.Context()
	ws, other := workspace(t, db, "a"), workspace(t, db, "b")
	new := store.NewWriteKey{Key: "shrb_w_1", Kind: store.BrowserKey, Name: "サイト", Origins: []string{"https://a.example"}}
	first := must(db.WriteKeys.Create(ctx, ws, new))(t)
	same(t, first, store.WriteKey{
		ID: first.ID, Workspace: ws, Key: "shrb_w_1", Kind: "browser", Name: "サイト", Origins: []string{"https://a.example"}, CreatedAt: clock.Now(),
	})
	if _, err := db.WriteKeys.Create(ctx, other, new); err == nil {
		t.Error("one key for two workspaces")
	}
	clock.Advance(time.Second)
	second := must(db.WriteKeys.Create(ctx, ws, store.NewWriteKey{Key: "shrb_w_2", Kind: store.ServerKey}))(t)
	theirs := must(db.WriteKeys.Create(ctx, other, store.NewWriteKey{Key: "shrb_w_3", Kind: store.ServerKey}))(t)
	same(t, must(db.WriteKeys.List(ctx, ws))(t), []store.WriteKey{first, second})
	same(t, len(must(db.WriteKeys.Active(ctx))(t)), 3)
	ok(t, db.WriteKeys.Revoke(ctx, ws, first.ID))
	first.RevokedAt = clock.Now()
	clock.Advance(time.Second)
	ok(t, db.WriteKeys.Revoke(ctx, ws, first.ID))
	same(t, must(db.WriteKeys.List(ctx, ws))(t), []store.WriteKey{first, second})
	same(t, len(must(db.WriteKeys.Active(ctx))(t)), 2)
	wantErr(t, db.WriteKeys.Revoke(ctx, ws, theirs.ID), store.ErrNotFound{What: "write key", Name: string(theirs.ID)})
	_, err := db.WriteKeys.Create(ctx, "nowhere", store.NewWriteKey{Key: "k"})
	wantErr(t, err, store.ErrNotFound{What: "workspace", Name: "nowhere"})
}

func testAPIKeys(t *testing.T, open Opener) {
	var clock Clock
	db := open(t, store.Options{Now: clock.Now})
	ctx := t.Context()
	ws, other := workspace(t, db, "a"), workspace(t, db, "b")
	key := must(db.APIKeys.Create(ctx, ws, store.NewAPIKey{
		Fingerprint: "f1", Hint: "abcd", Name: "BI", Author: "田中", Scopes: []string{"read"}, ExpiresAt: clock.Now().Add(time.Hour),
	}))(t)
	same(t, key, store.APIKey{
		ID: key.ID, Workspace: ws, Hint: "abcd", Name: "BI", Author: "田中", Scopes: []string{"read"},
		CreatedAt: clock.Now(), ExpiresAt: clock.Now().Add(time.Hour),
	})
	lasting := must(db.APIKeys.Create(ctx, other, store.NewAPIKey{Fingerprint: "f2", Name: "x"}))(t)
	same(t, must(db.APIKeys.Find(ctx, "f1"))(t), key)
	_, err := db.APIKeys.Find(ctx, "abcd")
	wantErr(t, err, store.ErrNotFound{What: "API key", Name: "…"})
	clock.Advance(time.Minute)
	ok(t, db.APIKeys.Used(ctx, ws, key.ID))
	ok(t, db.APIKeys.Used(ctx, other, key.ID)) // not theirs: nothing
	key.LastUsed = clock.Now()
	same(t, must(db.APIKeys.List(ctx, ws))(t), []store.APIKey{key})
	clock.Advance(time.Hour)
	_, err = db.APIKeys.Find(ctx, "f1")
	wantErr(t, err, store.ErrClosed{Reason: store.ClosedExpired})
	wantErr(t, db.APIKeys.Revoke(ctx, ws, lasting.ID), store.ErrNotFound{What: "API key", Name: string(lasting.ID)})
	ok(t, db.APIKeys.Revoke(ctx, other, lasting.ID))
	_, err = db.APIKeys.Find(ctx, "f2")
	wantErr(t, err, store.ErrClosed{Reason: store.ClosedRevoked})
}
