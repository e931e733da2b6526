package server

import (
	"bytes"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/deliver/sink"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/store/vault"
)

// A page of another site in the browser of somebody who is signed in gets nothing done,
// whatever the operation: neither by naming its origin nor where the browser names none but
// says that the request crosses sites.
func TestNoOtherSiteActsForAnybody(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.plant("ours", smallModel, nil)
	ws, err := h.db.Workspaces.BySlug(t.Context(), "ours")
	if err != nil {
		t.Fatal(err)
	}
	owner := h.join(ws.ID, "owner@ours", access.Owner)
	before := h.stateOf(ws.ID)
	tried := 0
	everyOperation(h.rig, func(method, path string, _ *huma.Operation) {
		for _, header := range [][]string{{"Origin", "https://evil.example"}, {"Origin", "null"}, {"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}} {
			if method == http.MethodGet && header[0] != "Origin" {
				continue // a link from elsewhere may be followed; it changes nothing
			}
			tried++
			a := owner.do(method, filled(path), nil, header...)
			if a.status != http.StatusForbidden {
				t.Errorf("%s %s with %v: %d", method, path, header, a.status)
			}
			if a.header.Get("Access-Control-Allow-Origin") != "" || a.header.Get("Access-Control-Allow-Credentials") != "" {
				t.Errorf("%s %s: others are let in to read", method, path)
			}
		}
	})
	if after := h.stateOf(ws.ID); after != before || tried < 200 {
		t.Errorf("%d tries; %+v, it was %+v", tried, after, before)
	}
}

// Whoever names a mail server does not look around inside the network with it: neither what
// listens there nor what it says is told.
func TestMailServersOfWorkspacesAreGuarded(t *testing.T) {
	t.Parallel()
	inside := sink.Start(t)
	r := newRig(t, func(d *Deps) {
		d.URL, d.Resolver = "https://m.example.jp", emptyDNS(t)
		d.Vault = vault.At(t.TempDir()+"/key", nil)
	})
	r.plant("small", smallModel, nil)
	id := r.must(200, "POST", mailBase+"/senders", sendersBody(inside, "transactional"))["id"].(string)
	tried := r.must(200, "POST", mailBase+"/senders/"+id+"/try", nil)
	if tried["class"] == "accepted" || inside.Opened.Load() != 0 || strings.Contains(r.log.String(), "sink.example") {
		t.Errorf("%d connections inside: %v", inside.Opened.Load(), tried)
	}
}

// Secrets that have to be given out again are sealed with a key of their own file; of all
// others only fingerprints are kept. So whoever gets hold of the database opens nothing.
func TestNoSecretStandsInTheDatabase(t *testing.T) {
	t.Parallel()
	folder, keys := t.TempDir(), t.TempDir()
	db, err := store.Open(t.Context(), folder, store.Options{Now: clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	taking, post := withPost(t)
	now := testNow
	r := newRigOn(t, db, post, func(d *Deps) {
		d.Open, d.Vault, d.Puller = false, vault.At(keys+"/secret.key", nil), onThisMachine()
	})
	h := &house{r, &now}
	owner := h.found("misaki@b.example")
	owner.must(201, "POST", "/api/workspaces", object{"name": "w", "template": ""})
	sender := sendersBody(taking, "transactional")
	sender["settings"].(object)["username"], sender["password"] = "user", "the password of the mail server"
	owner.must(200, "POST", "/api/workspaces/w/act/mail/senders", sender)
	owner.do("POST", "/api/workspaces/w/act/notices", object{"name": "Slack", "kind": "slack", "leads": true, "url": "https://hooks.slack.com/services/T0/B0/the-address-of-slack"})
	owner.do("POST", "/api/workspaces/w/act/notices", object{"name": "Chatwork", "kind": "chatwork", "leads": true, "room": "123", "token": "the-token-of-chatwork"})
	key := owner.must(201, "POST", "/api/workspaces/w/api-keys", object{"name": "k", "scopes": []string{"read"}})["key"].(string)
	view := owner.do("POST", "/api/workspaces/w/views", object{})
	owner.must(202, "POST", "/api/sign-in/link", object{"email": "misaki@b.example"})
	letter := letters(t, taking, 1)[0]
	_, cookie, _ := strings.Cut(owner.cookie, "=")
	secrets := map[string]string{
		"password": housePassword, "password of a mail server": "the password of the mail server", "address of Slack": "the-address-of-slack",
		"token of Chatwork": "the-token-of-chatwork", "API key": key, "link by mail": letter.token(), "sign-in": cookie,
	}
	if body, ok := view.body.(object); ok && body["token"] != nil {
		secrets["link to a page"] = body["token"].(string)
	}
	for name, secret := range secrets {
		if len(secret) < 10 {
			t.Errorf("%s is %q", name, secret)
		}
	}
	err = filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		for name, secret := range secrets {
			if bytes.Contains(content, []byte(secret)) {
				t.Errorf("%s holds the %s", filepath.Base(path), name)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, secret := range secrets {
		if strings.Contains(r.log.String(), secret) {
			t.Errorf("the log holds the %s", name)
		}
	}
	if info, err := os.Stat(keys + "/secret.key"); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("key file %v, %v", info, err)
	}
}

// Who is kept out by tries is kept out with the right password too, and let in again by time
// alone; a sign-in that works already goes on.
func TestLockOut(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	inside := h.found("a@b.example")
	try := func(password string) int {
		return h.do("POST", "/api/sign-in", object{"email": "a@b.example", "password": password}).status
	}
	for range accountTries {
		try("not the one")
	}
	if status := try(housePassword); status != http.StatusTooManyRequests {
		t.Errorf("the right password after %d wrong ones: %d", accountTries, status)
	}
	inside.wants([3]any{"GET /api/workspaces", nil, 200}, [3]any{"PUT /api/me/password", object{"current": "x", "new": "みかんと猫と青い屋根"}, 204})
	*h.now = h.now.Add(accountEvery)
	if status := try("みかんと猫と青い屋根"); status != 200 {
		t.Errorf("after a minute: %d", status)
	}
	for range accountTries { // and what failed before is forgotten with it
		if status := try("not the one"); status != http.StatusBadRequest {
			t.Errorf("after a sign-in: %d", status)
		}
	}
}
