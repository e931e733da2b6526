package server

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/share/audit"
	"github.com/shirube/shirube/internal/store"
)

// deedsOf is the record of an account as its person reads it, the oldest first.
func (b *browser) deedsOf() (list []string) {
	b.t.Helper()
	for _, one := range b.must(200, "GET", "/api/me/record?lang=ja", nil)["deeds"].([]any) {
		list = append(list, one.(object)["operation"].(string))
	}
	slices.Reverse(list)
	return list
}

// What people do with their own accounts stands on the record of the workspaces they belong
// to, and theirs alone is what they read of it.
func TestRecordOfAccounts(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	owner := h.found("misaki@b.example")
	ours, theirs := h.plant("ours", smallModel, nil), h.plant("theirs", smallModel, nil)
	stranger := h.join(theirs.ID, "owner@theirs", access.Owner)
	h.join(ours.ID, "owner@ours", access.Owner)
	b := h.join(ours.ID, "sato@ours", access.Viewer)
	again := h.browser()
	again.must(200, "POST", "/api/sign-in", object{"email": "sato@ours", "password": housePassword})
	b.must(200, "PATCH", "/api/me", object{"name": "佐藤 あかり", "locale": "ja"})
	b.must(200, "PATCH", "/api/me", object{"name": "佐藤 あかり", "locale": "ja"}) // nothing of it is new
	later := func() { *h.now = h.now.Add(time.Second) }
	later()
	var other string
	for _, one := range b.must(200, "GET", "/api/me/sign-ins", nil)["sign_ins"].([]any) {
		if !one.(object)["current"].(bool) {
			other = one.(object)["id"].(string)
		}
	}
	b.wants([3]any{"DELETE /api/me/sign-ins/" + other, nil, 204})
	later()
	b.wants(
		[3]any{"DELETE /api/me/sign-ins/" + other, nil, 404}, // and none of what did not happen
		[3]any{"PUT /api/me/password", object{"current": "wrong", "new": "白い屋根と犬とりんご"}, 400},
		[3]any{"PUT /api/me/password", object{"current": housePassword, "new": "白い屋根と犬とりんご"}, 204},
	)
	want := []string{"update-me", "end-sign-in", "change-password"}
	if got := b.deedsOf(); !slices.Equal(got, want) {
		t.Errorf("own record %v", got)
	}
	later()
	b.must(204, "DELETE", "/api/me/sign-ins", nil)
	boss := h.browser()
	boss.must(200, "POST", "/api/sign-in", object{"email": "owner@ours", "password": housePassword})
	var told []string
	for _, e := range h.auditOf(boss, "ours", "&area=people") {
		told = append(told, toldAudit(e))
		if e["role"] != "viewer" || e["request"] == "" {
			t.Errorf("entry %v", e)
		}
	}
	if wanted := []string{
		"update-me by 佐藤 あかり of 佐藤 あかり; name sato@ours→佐藤 あかり", "end-sign-in by 佐藤 あかり of 佐藤 あかり",
		"change-password by 佐藤 あかり of 佐藤 あかり", "end-all-sign-ins by 佐藤 あかり of 佐藤 あかり",
	}; !slices.Equal(told, wanted) {
		t.Errorf("record of the workspace %q", told)
	}
	if list := h.auditOf(stranger, "theirs", ""); len(list) != 0 {
		t.Errorf("on the record of others: %v", list)
	}
	if got := owner.deedsOf(); len(got) != 0 {
		t.Errorf("record of somebody else %v", got)
	}
	if file := boss.do("GET", "/api/workspaces/ours/audit/export?lang=ja", nil); !strings.Contains(file.text, "自分のパスワードを変えました") {
		t.Errorf("file %s", file.text)
	}
	if strings.Contains(h.log.String(), "りんご") {
		t.Error("a password in the log")
	}
}

// A new operation that changes an account has to be recorded, or be named here with why not.
func TestEveryChangeOfAccountsIsRecorded(t *testing.T) {
	t.Parallel()
	recorded := []string{"update-me", "change-password", "end-sign-in", "end-all-sign-ins", "untie-identity", "use-link"}
	without := map[string]string{
		"sign-in": "a sign-in is no change; they are listed", "sign-out": "of this browser alone",
		"use-sign-in-link": "a sign-in; what it proves is recorded as prove-address", "ask-sign-in-link": "asks for a letter", "look-at-sign-in-link": "only looks",
		"look-at-link": "only looks", "create-workspace": "begins the record of the workspace", "try-house-mail": "a letter to oneself",
		"open-view": "no account", "count-view": "no account", "ask-from-outside": "no account", "answer-from-outside": "no account", "list-own-questions": "no account",
	}
	everyOperation(newRig(t), func(method, path string, op *huma.Operation) {
		if method == http.MethodGet || strings.Contains(path, "{ws}") || slices.Contains(recorded, op.OperationID) || without[op.OperationID] != "" {
			return
		}
		t.Errorf("%s (%s %s) changes something outside of every workspace: note it by noteAccount and list it here, or say why it needs no record", op.OperationID, method, path)
	})
	for _, operation := range append(recorded, "tie-identity", "prove-address") {
		if !audit.Known(operation) {
			t.Errorf("%s has no words in share/audit/deeds.go", operation)
		}
	}
}

func TestUntyingAnIdentity(t *testing.T) {
	t.Parallel()
	h, i := believing(t)
	b := h.found("misaki@b.example")
	i.set(func(i *issuer) { i.person = verified("s1", "misaki@b.example") })
	elsewhere := h.tourist()
	if to := elsewhere.signIn("/"); to != "/" {
		t.Fatal(to)
	}
	ties := b.must(200, "GET", "/api/me/identities", nil)["identities"].([]any)
	if len(ties) != 1 || ties[0].(object)["name"] != "Hinata ID" || ties[0].(object)["email"] != "misaki@b.example" || ties[0].(object)["may_untie"] != true {
		t.Fatalf("ties %v", ties)
	}
	// Somebody whom the issuer knows by a new name is kept out until the old one is untied.
	i.set(func(i *issuer) { i.person = verified("s2", "misaki@b.example") })
	if to := h.tourist().signIn("/"); to != "/signin?problem=taken" {
		t.Errorf("before: %q", to)
	}
	h.plant("w", smallModel, nil)
	other := h.browser()
	if _, err := h.db.Users.Create(t.Context(), store.NewUser{Email: "ito@b.example", Name: "x", Locale: "ja", PasswordHash: h.hashed(housePassword)}); err != nil {
		t.Fatal(err)
	}
	other.must(200, "POST", "/api/sign-in", object{"email": "ito@b.example", "password": housePassword})
	at := "/api/me/identities/" + ties[0].(object)["id"].(string)
	other.wants([3]any{"DELETE " + at, nil, 404}) // nobody else's
	*h.now = h.now.Add(time.Second)
	b.wants([3]any{"DELETE " + at, nil, 204}, [3]any{"DELETE " + at, nil, 404}, [3]any{"GET /api/me/sign-ins", nil, 200})
	if elsewhere.who() != "" {
		t.Error("the sign-in that came by it goes on")
	}
	*h.now = h.now.Add(time.Second)
	if to := h.tourist().signIn("/"); to != "/" {
		t.Errorf("after: %q", to)
	}
	if got := b.deedsOf(); !slices.Equal(got, []string{"tie-identity", "untie-identity", "tie-identity"}) {
		t.Errorf("record %v", got)
	}
}

// Nobody parts from their only way in.
func TestTheOnlyWayInStays(t *testing.T) {
	t.Parallel()
	h, i := believing(t)
	h.found("misaki@b.example")
	if _, err := h.db.Users.Create(t.Context(), store.NewUser{Email: "sato@b.example", Name: "x", Locale: "ja"}); err != nil {
		t.Fatal(err)
	}
	i.set(func(i *issuer) { i.person = verified("s1", "sato@b.example") })
	b := h.tourist()
	if to := b.signIn("/"); to != "/" {
		t.Fatal(to)
	}
	ask := func(method, path string) answered {
		var cookies []string
		for name, value := range b.cookies {
			cookies = append(cookies, name+"="+value)
		}
		return b.do(method, path, nil, "Cookie", strings.Join(cookies, "; "))
	}
	tie := ask("GET", "/api/me/identities").body.(object)["identities"].([]any)[0].(object)
	if tie["may_untie"] != false {
		t.Errorf("tie %v", tie)
	}
	if a := ask("DELETE", "/api/me/identities/"+tie["id"].(string)); a.status != 409 || !strings.Contains(a.text, "パスワード") {
		t.Errorf("%d %s", a.status, a.text)
	}
	if b.who() != "sato@b.example" {
		t.Error("signed out")
	}
}

// A start is no way to begin anew with guessing.
func TestTriesOutlastAStart(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.found("misaki@b.example")
	wrong := object{"email": "misaki@b.example", "password": "wrong"}
	right := object{"email": "misaki@b.example", "password": housePassword}
	b := h.browser()
	for range accountTries {
		b.must(400, "POST", "/api/sign-in", wrong)
	}
	b.must(429, "POST", "/api/sign-in", right)
	restarted := func() *browser {
		if err := h.server.attempts.keep(t.Context(), h.db, *h.now); err != nil {
			t.Fatal(err)
		}
		r := newRigOn(t, h.db, func(d *Deps) { d.Open, d.Clock = false, func() time.Time { return *h.now } })
		h.rig = r
		return h.browser()
	}
	b = restarted()
	b.must(429, "POST", "/api/sign-in", right)
	b = restarted()
	b.must(429, "POST", "/api/sign-in", right)
	*h.now = h.now.Add(accountEvery)
	b.must(400, "POST", "/api/sign-in", wrong)
	b = restarted()
	b.must(429, "POST", "/api/sign-in", right)
	*h.now = h.now.Add(accountEvery)
	b.must(200, "POST", "/api/sign-in", right)
	// The right password forgets the failures, before and after a start.
	b = restarted()
	b.must(400, "POST", "/api/sign-in", wrong)
	b.must(200, "POST", "/api/sign-in", right)
	// Nothing of it can be read in the state.
	kept, err := h.db.Attempts.Spent(t.Context(), *h.now, 100)
	if err != nil {
		t.Fatal(err)
	}
	for name := range kept {
		if len(name) != 64 || strings.Contains(name, "misaki") {
			t.Errorf("kept under %q", name)
		}
	}
	*h.now = h.now.Add(time.Hour)
	restarted()
	if kept, err = h.db.Attempts.Spent(t.Context(), *h.now, 100); err != nil || len(kept) != 0 {
		t.Errorf("an hour later %v, %v", kept, err)
	}
}

func (h *house) hashed(password string) string {
	h.t.Helper()
	hash, err := h.server.passwords.hash(h.t.Context(), password)
	if err != nil {
		h.t.Fatal(err)
	}
	return hash
}
