package server

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// Whoever has the machine gets an owner back in who lost the password; the old one and the
// old sign-ins end with it.
func TestAnOwnerWhoLostThePassword(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	old := h.found("misaki@example.co.jp")
	path, life, err := WayIn(t.Context(), h.db, rand.Reader, *h.now, "Misaki@example.co.jp")
	if err != nil || life != 15*time.Minute {
		t.Fatalf("%v %v", life, err)
	}
	if _, _, err := WayIn(t.Context(), h.db, rand.Reader, *h.now, "nobody@example.co.jp"); !errors.As(err, new(store.ErrNotFound)) {
		t.Errorf("a link for nobody: %v", err)
	}
	b := h.browser()
	b.must(200, "POST", "/api/welcome", object{"token": tokenOf(path), "name": "田中 美咲", "password": "another " + housePassword})
	if me := b.must(200, "GET", "/api/me", nil); me["person"] == nil {
		t.Errorf("me %v", me)
	}
	if me := old.must(200, "GET", "/api/me", nil); me["person"] != nil {
		t.Errorf("an old sign-in goes on: %v", me)
	}
	h.browser().wants(
		[3]any{"POST /api/sign-in", object{"email": "misaki@example.co.jp", "password": housePassword}, 400},
		[3]any{"POST /api/sign-in", object{"email": "misaki@example.co.jp", "password": "another " + housePassword}, 200},
	)
}

func TestTheFirstOwnerComesByALink(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.plant("old", smallModel, nil) // from a time before there were people
	if me := h.get("/api/me"); me["first_start"] != true || me["person"] != nil || me["open"] != false {
		t.Errorf("me %v", me)
	}
	first, life, err := h.server.OwnerLink(context.Background())
	if err != nil || life != 15*time.Minute || !strings.HasPrefix(first, "/welcome#") {
		t.Fatalf("%q %v %v", first, life, err)
	}
	second, _, err := h.server.OwnerLink(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	b := h.browser()
	use := func(path string, change object) object {
		in := object{"token": tokenOf(path), "name": "田中 美咲", "email": "Misaki@Example.co.jp", "password": housePassword}
		for key, value := range change {
			in[key] = value
		}
		return in
	}
	b.wants(
		[3]any{"POST /api/welcome/look", object{"token": tokenOf(first)}, 410}, // a new link takes its place
		[3]any{"POST /api/welcome/look", object{"token": "x"}, 410},
		[3]any{"POST /api/welcome/look", object{"token": tokenOf(second)}, 200},
		[3]any{"POST /api/welcome", use(second, object{"password": "short"}), 400},
		[3]any{"POST /api/welcome", use(second, object{"password": "password123"}), 400},
		[3]any{"POST /api/welcome", use(second, object{"email": "no address"}), 400},
		[3]any{"POST /api/welcome", use(second, object{"email": "A <a@b.example>"}), 400},
		[3]any{"POST /api/welcome", use(second, object{"name": " \u0000 "}), 400},
	)
	me := b.must(200, "POST", "/api/welcome", use(second, nil))
	if p := me["person"].(object); p["name"] != "田中 美咲" || p["email"] != "Misaki@Example.co.jp" || p["instance_owner"] != true {
		t.Errorf("person %v", p)
	}
	// The house is theirs, with all that was there before.
	b.wants(
		[3]any{"GET /api/workspaces/old/map", nil, 200},
		[3]any{"POST /api/workspaces", object{"name": "新しい", "template": ""}, 201},
		[3]any{"POST /api/welcome", use(second, nil), 410}, // works once
	)
	if path, _, err := h.server.OwnerLink(context.Background()); err != nil || path != "" {
		t.Errorf("another owner's link %q, %v", path, err)
	}
	for _, secret := range []string{tokenOf(first), tokenOf(second), housePassword, "welcome#"} {
		if strings.Contains(h.log.String(), secret) {
			t.Errorf("the log holds %q", secret)
		}
	}
	// Expired: a quarter of an hour.
	other := newHouse(t)
	late, _, err := other.server.OwnerLink(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	*other.now = other.now.Add(15 * time.Minute)
	other.browser().wants([3]any{"POST /api/welcome", use(late, nil), 410})
}

func TestSigningInAndOut(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	first := h.found("misaki@example.co.jp")
	second := h.browser()
	signIn := func(email, password string) object { return object{"email": email, "password": password} }
	second.wants(
		[3]any{"GET /api/me/sign-ins", nil, 401},
		[3]any{"POST /api/sign-in", signIn("misaki@example.co.jp", "wrong"), 400},
		[3]any{"POST /api/sign-in", signIn(" MISAKI@example.co.jp", "青い屋根と猫とみかん"), 200},
		[3]any{"GET /api/me/sign-ins", nil, 200},
	)
	list := second.must(200, "GET", "/api/me/sign-ins", nil)["sign_ins"].([]any)
	if len(list) != 2 {
		t.Fatalf("sign-ins %v", list)
	}
	theirs := ""
	for _, in := range list {
		if in := in.(object); in["current"] != true {
			theirs = in["id"].(string)
		}
	}
	stranger := h.join(h.plant("w", smallModel, nil).ID, "x@w", access.Owner)
	stranger.wants([3]any{"DELETE /api/me/sign-ins/" + theirs, nil, 404})
	first.wants([3]any{"GET /api/workspaces", nil, 200})
	second.wants([3]any{"DELETE /api/me/sign-ins/" + theirs, nil, 204})
	first.wants([3]any{"GET /api/workspaces", nil, 401})

	// A new password ends every other sign-in; the old one no longer opens.
	first.wants([3]any{"POST /api/sign-in", signIn("misaki@example.co.jp", housePassword), 200})
	second.wants(
		[3]any{"PUT /api/me/password", object{"current": "wrong", "new": "みかんと猫と青い屋根"}, 400},
		[3]any{"PUT /api/me/password", object{"current": housePassword, "new": "short"}, 400},
		[3]any{"PUT /api/me/password", object{"current": housePassword, "new": "みかんと猫と青い屋根"}, 204},
		[3]any{"GET /api/workspaces", nil, 200},
		[3]any{"PATCH /api/me", object{"name": "田中", "locale": "en"}, 200},
	)
	first.wants(
		[3]any{"GET /api/workspaces", nil, 401},
		[3]any{"POST /api/sign-in", signIn("misaki@example.co.jp", housePassword), 400},
		[3]any{"POST /api/sign-in", signIn("misaki@example.co.jp", "みかんと猫と青い屋根"), 200},
	)
	old := first.cookie
	first.wants([3]any{"POST /api/sign-out", nil, 204}, [3]any{"GET /api/workspaces", nil, 401})
	first.cookie = old
	first.wants([3]any{"GET /api/workspaces", nil, 401}) // over at the server too
	second.wants([3]any{"DELETE /api/me/sign-ins", nil, 204}, [3]any{"GET /api/workspaces", nil, 401})
	if me := h.get("/api/me"); me["first_start"] != false || me["person"] != nil {
		t.Errorf("me %v", me)
	}
}

// A sign-in lasts a month from its last use, and half a year at most.
func TestSignInsEnd(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b := h.found("a@b.example")
	for range 8 {
		*h.now = h.now.AddDate(0, 0, 22)
		b.wants([3]any{"GET /api/workspaces", nil, 200})
	}
	*h.now = h.now.AddDate(0, 0, 5)
	b.wants([3]any{"GET /api/workspaces", nil, 401})
	idle := h.browser()
	idle.wants([3]any{"POST /api/sign-in", object{"email": "a@b.example", "password": housePassword}, 200})
	*h.now = h.now.AddDate(0, 0, 31)
	idle.wants([3]any{"GET /api/workspaces", nil, 401})
}

func TestCookies(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(d *Deps) { d.URL = "https://shirube.example" })
	h.found("a@b.example")
	in := object{"email": "a@b.example", "password": housePassword}
	public := h.do("POST", "/api/sign-in", in, "Host", "shirube.example", "Origin", "https://shirube.example").header.Get("Set-Cookie")
	local := h.do("POST", "/api/sign-in", in).header.Get("Set-Cookie")
	for _, part := range []string{"__Host-shirube=", "Path=/", "HttpOnly", "Secure", "SameSite=Lax", "Max-Age=2592000"} {
		if !strings.Contains(public, part) {
			t.Errorf("over https: %q lacks %s", public, part)
		}
	}
	if !strings.HasPrefix(local, "shirube-") || strings.Contains(local, "Secure") || strings.Contains(public, "Domain") || !strings.Contains(local, "HttpOnly; SameSite=Lax") {
		t.Errorf("on this machine: %q", local)
	}
	// Neither is taken for the other.
	secret, _, _ := strings.Cut(strings.TrimPrefix(public, "__Host-shirube="), ";")
	name, _, _ := strings.Cut(local, "=")
	if a := h.do("GET", "/api/workspaces", nil, "Cookie", "__Host-shirube="+secret); a.status != 401 {
		t.Errorf("the cookie of https over http: %d", a.status)
	}
	if a := h.do("GET", "/api/workspaces", nil, "Cookie", name+"="+secret); a.status != 200 {
		t.Errorf("%d", a.status)
	}
	if a := h.do("GET", "/api/workspaces", nil, "Cookie", name+"="+strings.Repeat("x", 5000)); a.status != 401 {
		t.Errorf("a huge cookie: %d", a.status)
	}
}

// Nothing in an answer tells who has an account, and nothing lets guess on.
func TestSignInTellsNothing(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b := h.found("a@b.example")
	b.must(201, "POST", "/api/workspaces", object{"name": "w", "template": ""})
	b.must(201, "POST", "/api/workspaces/w/members", object{"name": "佐藤", "email": "pending@b.example", "role": "viewer"})
	try := func(email string) answered {
		return h.do("POST", "/api/sign-in", object{"email": email, "password": "not the one"})
	}
	there, pending, nobody := try("a@b.example"), try("pending@b.example"), try("nobody@b.example")
	if there.status != 400 || there.text != nobody.text || there.text != pending.text {
		t.Errorf("there: %s, no password yet: %s, not there: %s", there.text, pending.text, nobody.text)
	}
	// Ten tries at an account, there or not; then one now and again. The right password waits too.
	for _, email := range []string{"a@b.example", "nobody@b.example"} {
		*h.now = h.now.Add(time.Hour) // so that the address is not what stops
		for i := range accountTries {
			if a := try(email); a.status != 400 {
				t.Fatalf("%s, try %d: %d", email, i+1, a.status)
			}
		}
		a := try(strings.ToUpper(email))
		if a.status != 429 || a.header.Get("Retry-After") == "" || !strings.Contains(a.text, "待って") {
			t.Errorf("%s: %d %v %s", email, a.status, a.header, a.text)
		}
	}
	*h.now = h.now.Add(5 * time.Minute)
	if a := h.do("POST", "/api/sign-in", object{"email": "nobody@b.example", "password": housePassword}); a.status != 400 {
		t.Errorf("after a while: %d %s", a.status, a.text)
	}
	for i := range 60 {
		if a := try(fmt.Sprintf("guess%d@b.example", i)); a.status == 429 {
			return
		}
	}
	t.Error("one address may try as many accounts as it likes")
}

func TestAttemptsAreBounded(t *testing.T) {
	t.Parallel()
	a := newAttempts()
	for i := range 3 * rememberedAttempts {
		a.try(testNow, fmt.Sprint(i), "")
	}
	if a.used.Len() > rememberedAttempts || len(a.limit) != a.used.Len() {
		t.Errorf("%d remembered", a.used.Len())
	}
}

func TestPeopleOfAWorkspace(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	founder := h.found("a@b.example")
	founder.must(201, "POST", "/api/workspaces", object{"name": "ours", "template": ""})
	founder.must(201, "POST", "/api/workspaces", object{"name": "other", "template": ""})
	*h.now = h.now.Add(time.Minute)
	added := founder.must(201, "POST", "/api/workspaces/ours/members", object{"name": "佐藤", "email": "sato@b.example", "role": "owner"})
	link := added["link"].(object)["url"].(string)
	sato := h.browser()
	if look := sato.must(200, "POST", "/api/welcome/look", object{"token": tokenOf(link)}); look["email"] != "sato@b.example" || look["kind"] != "member" {
		t.Errorf("link %v", look)
	}
	sato.wants(
		[3]any{"POST /api/welcome", object{"token": tokenOf(link), "name": "佐藤 蓮", "password": "sato@b.example"}, 400},
		[3]any{"POST /api/welcome", object{"token": tokenOf(link), "name": "佐藤 蓮", "password": housePassword}, 200},
		[3]any{"POST /api/welcome", object{"token": tokenOf(link), "name": "佐藤 蓮", "password": housePassword}, 410},
		[3]any{"GET /api/workspaces/ours/map", nil, 200},
		[3]any{"GET /api/workspaces/other/map", nil, 404},
		[3]any{"POST /api/workspaces", object{"name": "x", "template": ""}, 403},
	)
	*h.now = h.now.Add(time.Minute)
	// Who belongs to two workspaces is not taken over by the owner of one.
	third := founder.must(201, "POST", "/api/workspaces/other/members", object{"name": "林", "email": "hayashi@b.example", "role": "viewer"})
	if third["link"] == nil {
		t.Error("the founder gets no link")
	}
	if again := sato.must(201, "POST", "/api/workspaces/ours/members", object{"name": "林", "email": "HAYASHI@b.example", "role": "viewer"}); again["link"] != nil || again["id"] != third["id"] {
		t.Errorf("added %v", again)
	}
	sato.wants(
		[3]any{"POST /api/workspaces/ours/members/" + third["id"].(string) + "/link", nil, 403},
		[3]any{"POST /api/workspaces/ours/members", object{"name": "林", "email": "hayashi@b.example", "role": "viewer"}, 409},
		[3]any{"POST /api/workspaces/ours/members/nobody/link", nil, 404},
		[3]any{"PATCH /api/workspaces/ours/members/nobody", object{"role": "viewer"}, 404},
		[3]any{"PATCH /api/workspaces/ours/members/" + third["id"].(string), object{"role": "king"}, 422},
		[3]any{"PATCH /api/workspaces/ours/members/" + third["id"].(string), object{"role": "editor"}, 204},
	)
	founder.wants([3]any{"POST /api/workspaces/ours/members/" + third["id"].(string) + "/link", nil, 201})
	list := sato.must(200, "GET", "/api/workspaces/ours/members", nil)["members"].([]any)
	if len(list) != 3 || list[1].(object)["name"] != "佐藤 蓮" || list[1].(object)["you"] != true || list[2].(object)["pending"] != true || list[2].(object)["role"] != "editor" {
		t.Errorf("members %v", list)
	}
	me, founderID := list[1].(object)["id"].(string), list[0].(object)["id"].(string)
	sato.wants([3]any{"POST /api/workspaces/ours/members/" + founderID + "/link", nil, 403}) // the house is not taken over either
	sato.wants(
		[3]any{"DELETE /api/workspaces/ours/members/" + founderID, nil, 204},
		[3]any{"DELETE /api/workspaces/ours/members/" + me, nil, 409}, // the last owner
		[3]any{"PATCH /api/workspaces/ours/members/" + me, object{"role": "viewer"}, 409},
	)
	founder.wants([3]any{"GET /api/workspaces/ours/map", nil, 404})
}

func TestKeysOfAWorkspace(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b := h.found("a@b.example")
	b.must(201, "POST", "/api/workspaces", object{"name": "会社", "template": "sns-recruiting", "sample": false})
	list := b.must(200, "GET", "/api/workspaces/sns-recruiting/write-keys", nil)["keys"].([]any)
	if len(list) != 2 || list[0].(object)["kind"] == list[1].(object)["kind"] || !strings.HasPrefix(list[0].(object)["key"].(string), "shrb_w_") {
		t.Fatalf("a new workspace has the keys %v", list)
	}
	made := b.must(201, "POST", "/api/workspaces/sns-recruiting/write-keys", object{"kind": "browser", "name": "LP", "origins": []string{"https://www.Example.jp/", "*.example.jp"}})
	if sites := fmt.Sprint(made["origins"]); sites != "[www.example.jp *.example.jp]" {
		t.Errorf("websites %s", sites)
	}
	b.wants(
		[3]any{"POST /api/workspaces/sns-recruiting/write-keys", object{"kind": "browser", "name": "x", "origins": []string{"a b"}}, 400},
		[3]any{"POST /api/workspaces/sns-recruiting/write-keys", object{"kind": "other", "name": "x"}, 422},
		[3]any{"DELETE /api/workspaces/sns-recruiting/write-keys/" + made["id"].(string), nil, 204},
		[3]any{"DELETE /api/workspaces/sns-recruiting/write-keys/nothing", nil, 404},
	)
	key := b.must(201, "POST", "/api/workspaces/sns-recruiting/api-keys", object{"name": "BI", "scopes": []string{"write", "read", "read"}, "days": 10})
	secret := key["key"].(string)
	shown := b.do("GET", "/api/workspaces/sns-recruiting/api-keys", nil)
	if !strings.Contains(shown.text, `"hint":"`+secret[len(secret)-4:]) || strings.Contains(shown.text, secret) || !strings.Contains(shown.text, `["read","write"]`) {
		t.Errorf("keys %s", shown.text)
	}
	if a := h.do("GET", "/api/workspaces/sns-recruiting/map", nil, withKey(secret)...); a.status != 200 {
		t.Errorf("with the key: %d %s", a.status, a.text)
	}
	if a := h.do("POST", "/api/workspaces/sns-recruiting/review/mute", object{"key": "x", "reason": "y"}, withKey(secret)...); a.status == 401 || a.status == 403 {
		t.Errorf("writing with the key: %d %s", a.status, a.text)
	}
	if used := b.must(200, "GET", "/api/workspaces/sns-recruiting/api-keys", nil)["keys"].([]any)[0].(object)["last_used"]; used == nil {
		t.Error("its use is not told")
	}
	*h.now = h.now.AddDate(0, 0, 11)
	if a := h.do("GET", "/api/workspaces/sns-recruiting/map", nil, withKey(secret)...); a.status != 401 {
		t.Errorf("expired: %d", a.status)
	}
	lasting := b.must(201, "POST", "/api/workspaces/sns-recruiting/api-keys", object{"name": "BI", "scopes": []string{"read"}})
	b.wants([3]any{"DELETE /api/workspaces/sns-recruiting/api-keys/" + lasting["id"].(string), nil, 204})
	if a := h.do("GET", "/api/workspaces/sns-recruiting/map", nil, withKey(lasting["key"].(string))...); a.status != 401 {
		t.Errorf("revoked: %d", a.status)
	}
	if strings.Contains(h.log.String(), secret) {
		t.Error("the log holds a key")
	}
}

// What somebody changes carries their name.
func TestChangesCarryNames(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b := h.found("a@b.example")
	b.must(201, "POST", "/api/workspaces", object{"name": "会社", "template": "sns-recruiting", "sample": false})
	b.must(201, "POST", "/api/workspaces/sns-recruiting/scenarios", object{"name": "s", "sets": []string{"ctr=1%"}})
	for _, url := range []string{"/api/workspaces/sns-recruiting/versions", "/api/workspaces/sns-recruiting/scenarios"} {
		if a := b.do("GET", url, nil); !strings.Contains(a.text, "田中 美咲") {
			t.Errorf("%s: %s", url, a.text)
		}
	}
}

// A view link is opened by whoever has it, signed in or not.
func TestViewLinksNeedNoSignIn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b := h.found("a@b.example")
	b.must(201, "POST", "/api/workspaces", object{"name": "会社", "template": "sns-recruiting", "sample": true})
	token := b.must(201, "POST", "/api/workspaces/sns-recruiting/views", object{})["token"].(string)
	h.browser().wants([3]any{"GET /api/views/" + token, nil, 200}, [3]any{"GET /api/workspaces/sns-recruiting/map", nil, 401})
}

func TestClientAddress(t *testing.T) {
	t.Parallel()
	proxied := newRig(t, func(d *Deps) { d.URL = "https://s.example" }).server
	direct := newRig(t).server
	for _, c := range []struct {
		server       *Server
		remote, told string
		want         string
	}{
		{direct, "127.0.0.1:1", "203.0.113.9", "127.0.0.1"}, // nobody stands before us: not believed
		{proxied, "127.0.0.1:1", "", "127.0.0.1"},
		{proxied, "127.0.0.1:1", "198.51.100.1, 203.0.113.9", "203.0.113.9"}, // only the nearest is the proxy's word
		{proxied, "10.0.0.2:1", "203.0.113.9", "203.0.113.9"},
		{proxied, "203.0.113.5:1", "198.51.100.1", "203.0.113.5"},
		{proxied, "127.0.0.1:1", "nonsense", "127.0.0.1"},
	} {
		r := requestFrom(c.remote, c.told)
		if got := c.server.clientAddress(r); got != c.want {
			t.Errorf("%s told %q: %q, want %q", c.remote, c.told, got, c.want)
		}
	}
	if words.In(tooMany(time.Minute), words.JA) == "" {
		t.Error("nothing is told")
	}
}
