package server

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/store/storetest"
)

// house is a server where people sign in, with a clock that can be moved.
type house struct {
	*rig
	now *time.Time
}

const housePassword = "青い屋根と猫とみかん"

func newHouse(t testing.TB, change ...func(*Deps)) *house {
	t.Helper()
	now := testNow
	later := func() time.Time { return now }
	r := newRigOn(t, storetest.SQLite(t, store.Options{Now: later}), append([]func(*Deps){func(d *Deps) {
		d.Open, d.Clock = false, later
	}}, change...)...)
	return &house{r, &now}
}

// found makes the first owner by the link of the terminal, and is their browser.
func (h *house) found(email string) *browser {
	h.t.Helper()
	path, _, err := h.server.OwnerLink(context.Background())
	if err != nil || path == "" {
		h.t.Fatalf("link %q, %v", path, err)
	}
	b := h.browser()
	b.must(200, "POST", "/api/welcome", map[string]any{"token": tokenOf(path), "name": "田中 美咲", "email": email, "password": housePassword})
	return b
}

func tokenOf(path string) string { return strings.TrimPrefix(path, "/welcome#") }

// join adds somebody to a workspace directly, and signs them in.
func (h *house) join(ws store.WorkspaceID, email string, role access.Role) *browser {
	h.t.Helper()
	ctx := context.Background()
	hash, err := h.server.passwords.hash(ctx, housePassword)
	if err != nil {
		h.t.Fatal(err)
	}
	user, err := h.db.Users.Create(ctx, store.NewUser{Email: email, Name: email, Locale: "ja", PasswordHash: hash})
	if err != nil {
		h.t.Fatal(err)
	}
	if err := h.db.Members.Put(ctx, ws, user.ID, string(role)); err != nil {
		h.t.Fatal(err)
	}
	b := h.browser()
	b.must(200, "POST", "/api/sign-in", map[string]any{"email": email, "password": housePassword})
	return b
}

// browser keeps its cookie.
type browser struct {
	*house
	cookie string
}

func (h *house) browser() *browser { return &browser{house: h} }

func (b *browser) do(method, url string, body any, header ...string) answered {
	b.t.Helper()
	if b.cookie != "" {
		header = append(header, "Cookie", b.cookie)
	}
	a := b.house.rig.do(method, url, body, header...)
	if set := a.header.Get("Set-Cookie"); set != "" {
		b.cookie, _, _ = strings.Cut(set, ";")
		if strings.HasSuffix(b.cookie, "=") {
			b.cookie = ""
		}
	}
	return a
}

func (b *browser) must(status int, method, url string, body any) map[string]any {
	b.t.Helper()
	a := b.do(method, url, body)
	if a.status != status {
		b.t.Fatalf("%s %s: %d, not %d: %s", method, url, a.status, status, a.text)
	}
	decoded, _ := a.body.(map[string]any)
	return decoded
}

// wants is a table of requests of one browser and the status of each answer.
func (b *browser) wants(table ...[3]any) {
	b.t.Helper()
	for _, row := range table {
		method, url, _ := strings.Cut(row[0].(string), " ")
		if a := b.do(method, url, row[1]); a.status != row[2].(int) {
			b.t.Errorf("%s: %d, not %d: %s", row[0], a.status, row[2], a.text)
		}
	}
}

type object = map[string]any

func withKey(key string) []string { return []string{"Authorization", "Bearer " + key} }

func requestFrom(remote, forwarded string) *http.Request {
	r := httptest.NewRequest(http.MethodGet, "http://s.example/", nil)
	r.RemoteAddr = remote
	if forwarded != "" {
		r.Header.Set("X-Forwarded-For", forwarded)
	}
	return r
}
