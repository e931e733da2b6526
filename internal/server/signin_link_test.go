package server

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/deliver/sink"
	"github.com/shirube/shirube/internal/share/access"
)

func TestSigningInByMail(t *testing.T) {
	t.Parallel()
	taking, post := withPost(t)
	h := newHouse(t, post, func(d *Deps) { d.URL = "https://shirube.example" })
	h.found("misaki@b.example")
	if ways := h.get("/api/me")["ways"].(object); ways["mail"] != true || ways["password"] != true || ways["oidc"] != nil {
		t.Errorf("ways %v", ways)
	}
	asking, elsewhere := h.browser(), h.browser()
	// Asked by the name of this machine, the link leads to the address people know.
	asking.must(202, "POST", "/api/sign-in/link", object{"email": " Misaki@B.example "})
	letter := letters(t, taking, 1)[0]
	if letter.to != "misaki@b.example" || letter.subject != "Shirube へのサインイン" || !strings.Contains(letter.text, "https://shirube.example/enter#") {
		t.Fatalf("letter %+v", letter)
	}
	token := object{"token": letter.token()}
	// Another browser than the one that asked; looking uses nothing up.
	for range 2 {
		if look := elsewhere.must(200, "POST", "/api/sign-in/link/look", token); look["email"] != "misaki@b.example" || look["name"] != "田中 美咲" {
			t.Errorf("look %v", look)
		}
	}
	if me := elsewhere.must(200, "POST", "/api/sign-in/link/use", token); me["person"].(object)["may_choose"] != true {
		t.Errorf("me %v", me)
	}
	elsewhere.wants(
		[3]any{"GET /api/workspaces", nil, 200},
		[3]any{"POST /api/sign-in/link/use", token, 410},
		[3]any{"POST /api/sign-in/link/look", token, 410},
		[3]any{"POST /api/sign-in/link/use", object{"token": "x"}, 410},
		[3]any{"POST /api/sign-in/link", object{"email": "no address"}, 400},
		[3]any{"GET /api/me/sign-ins", nil, 200},
	)
	asking.wants([3]any{"GET /api/workspaces", nil, 401})
	if a := elsewhere.do("GET", "/api/me/sign-ins", nil); strings.Count(a.text, `"way":"mail"`) != 1 || strings.Count(a.text, `"way":"entry"`) != 1 {
		t.Errorf("sign-ins %s", a.text)
	}
	// Who lost the password chooses another: for half an hour it takes no old one.
	next := object{"new": "みかんと猫と青い屋根"}
	*h.now = h.now.Add(freshSignIn)
	elsewhere.wants([3]any{"PUT /api/me/password", next, 400})
	*h.now = h.now.Add(-time.Minute)
	elsewhere.wants([3]any{"PUT /api/me/password", next, 204})
	h.browser().wants([3]any{"POST /api/sign-in", object{"email": "misaki@b.example", "password": next["new"]}, 200})
	// A link lasts a quarter of an hour, and ends with a new password.
	asking.must(202, "POST", "/api/sign-in/link", object{"email": "misaki@b.example"})
	late := letters(t, taking, 2)[1].token()
	elsewhere.wants([3]any{"PUT /api/me/password", object{"new": "屋根と猫と青いみかん"}, 204})
	asking.wants([3]any{"POST /api/sign-in/link/use", object{"token": late}, 410})
	*h.now = h.now.Add(time.Hour)
	asking.must(202, "POST", "/api/sign-in/link", object{"email": "misaki@b.example"})
	expired := letters(t, taking, 3)[2].token()
	*h.now = h.now.Add(signInLinkLife)
	asking.wants([3]any{"POST /api/sign-in/link/use", object{"token": expired}, 410})
	for _, secret := range []string{letter.token(), late, expired} {
		if strings.Contains(h.log.String(), secret) {
			t.Error("the log holds a link's secret")
		}
	}
}

// Asking for a link tells nothing of who has an account: not by the answer, not by what is
// counted, and not by how long it takes, since all that differs happens afterwards.
func TestAskingForALinkTellsNothing(t *testing.T) {
	t.Parallel()
	taking, post := withPost(t)
	h := newHouse(t, post)
	h.found("a@b.example")
	var last [2]answered
	for i, email := range []string{"a@b.example", "nobody@b.example"} {
		for n := range letterTries + 1 {
			last[i] = h.do("POST", "/api/sign-in/link", object{"email": email})
			if want := map[bool]int{true: 202, false: 429}[n < letterTries]; last[i].status != want {
				t.Fatalf("%s, wish %d: %d, not %d: %s", email, n, last[i].status, want, last[i].text)
			}
		}
	}
	if last[0].text != last[1].text || len(last[0].header) != len(last[1].header) {
		t.Errorf("there: %s, not there: %s", last[0].text, last[1].text)
	}
	for _, l := range letters(t, taking, letterTries) {
		if l.to != "a@b.example" {
			t.Errorf("a letter to %s", l.to)
		}
	}
	// Three of one person open, and with one the others end.
	tokens := make([]string, 0, letterTries)
	for _, l := range letters(t, taking, letterTries) {
		tokens = append(tokens, l.token())
	}
	b := h.browser()
	b.wants([3]any{"POST /api/sign-in/link/use", object{"token": tokens[1]}, 200})
	for _, other := range tokens {
		b.wants([3]any{"POST /api/sign-in/link/use", object{"token": other}, 410})
	}
	// Letters keep nobody out, whoever asks for them in one's name.
	b.wants([3]any{"POST /api/sign-in", object{"email": "a@b.example", "password": housePassword}, 200})
	// One address asks for as many accounts as it may try passwords of.
	for i := range addressTries + 1 {
		if a := h.do("POST", "/api/sign-in/link", object{"email": fmt.Sprintf("guess%d@b.example", i)}); a.status == 429 {
			return
		}
	}
	t.Error("one address may ask for as many links as it likes")
}

// A mail server that puts a letter off is asked again.
func TestLettersArePutOff(t *testing.T) {
	t.Parallel()
	var tries atomic.Int32
	taking, post := withPost(t, sink.Failing(sink.Plan{Rcpt: func(string) error {
		if tries.Add(1) < 3 {
			return sink.Refuse(451, [3]int{4, 7, 1}, "greylisted")
		}
		return nil
	}}))
	h := newHouse(t, post)
	h.server.letterWaits = []time.Duration{time.Millisecond, time.Millisecond, time.Millisecond}
	h.found("a@b.example")
	h.browser().must(202, "POST", "/api/sign-in/link", object{"email": "a@b.example"})
	if l := letters(t, taking, 1)[0]; l.token() == "" {
		t.Errorf("letter %+v", l)
	}
}

// Links that open an account leave by the house alone: a workspace's sender is its owner's.
func TestLinksNeedTheHousesOwnSender(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.found("a@b.example")
	if ways := h.get("/api/me")["ways"].(object); ways["mail"] != false {
		t.Errorf("ways %v", ways)
	}
	h.browser().wants([3]any{"POST /api/sign-in/link", object{"email": "a@b.example"}, 409})
	demo := newRig(t)
	if a := demo.do("POST", "/api/sign-in/link", object{"email": "a@b.example"}); a.status != 409 {
		t.Errorf("the demo writes: %d", a.status)
	}
}

// Whoever shows that an address is theirs has the account from then on, alone: a password
// that somebody else chose before, and their sign-ins, end.
func TestProvingAnAddressEndsWhatWasBefore(t *testing.T) {
	t.Parallel()
	taking, post := withPost(t)
	h := newHouse(t, post)
	w := h.plant("w", smallModel, nil)
	h.join(w.ID, "owner@b.example", access.Owner)
	squatter := h.join(w.ID, "misaki@b.example", access.Viewer)
	h.browser().must(202, "POST", "/api/sign-in/link", object{"email": "misaki@b.example"})
	misaki := h.browser()
	me := misaki.must(200, "POST", "/api/sign-in/link/use", object{"token": letters(t, taking, 1)[0].token()})
	if me["person"].(object)["has_password"] != false {
		t.Errorf("me %v", me)
	}
	squatter.wants([3]any{"GET /api/workspaces", nil, 401}, [3]any{"POST /api/sign-in", object{"email": "misaki@b.example", "password": housePassword}, 400})
	misaki.wants([3]any{"PUT /api/me/password", object{"new": "みかんと猫と青い屋根"}, 204})
	// Proven once, later links leave the password as it is.
	*h.now = h.now.Add(time.Hour)
	h.browser().must(202, "POST", "/api/sign-in/link", object{"email": "misaki@b.example"})
	again := h.browser()
	again.must(200, "POST", "/api/sign-in/link/use", object{"token": letters(t, taking, 2)[1].token()})
	misaki.wants([3]any{"GET /api/workspaces", nil, 200})
	h.browser().wants([3]any{"POST /api/sign-in", object{"email": "misaki@b.example", "password": "みかんと猫と青い屋根"}, 200})
}

// Without passwords one comes in by links alone, from the first start on.
func TestAHouseWithoutPasswords(t *testing.T) {
	t.Parallel()
	if _, err := New(Deps{Store: newRig(t).db, NoPasswords: true}); err == nil {
		t.Error("a house nobody could enter")
	}
	taking, post := withPost(t)
	h := newHouse(t, post, func(d *Deps) { d.NoPasswords = true })
	path, _, err := h.server.OwnerLink(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	owner := h.browser()
	owner.must(200, "POST", "/api/welcome", object{"token": tokenOf(path), "name": "田中", "email": "a@b.example"})
	owner.wants(
		[3]any{"PUT /api/me/password", object{"new": housePassword}, 400},
		[3]any{"POST /api/sign-out", nil, 204},
		[3]any{"POST /api/sign-in", object{"email": "a@b.example", "password": housePassword}, 400},
	)
	owner.must(202, "POST", "/api/sign-in/link", object{"email": "a@b.example"})
	owner.must(200, "POST", "/api/sign-in/link/use", object{"token": letters(t, taking, 1)[0].token()})
	owner.wants([3]any{"GET /api/workspaces", nil, 200})
}

func TestWhatTheHouseTellsItsKeeper(t *testing.T) {
	t.Parallel()
	taking, post := withPost(t)
	h := newHouse(t, post)
	owner := h.found("a@b.example")
	house := owner.must(200, "GET", "/api/house", nil)
	if m := house["mail"].(object); m["server"] != "127.0.0.1" || m["from"] != "道しるべ <shirube@example.jp>" || house["oidc"] != nil {
		t.Errorf("house %v", house)
	}
	if tried := owner.must(200, "POST", "/api/house/mail/try", nil); tried["ok"] != true || tried["to"] != "a@b.example" {
		t.Errorf("tried %v", tried)
	}
	if l := letters(t, taking, 1)[0]; l.to != "a@b.example" || l.token() != "" {
		t.Errorf("letter %+v", l)
	}
	w := h.plant("w", smallModel, nil)
	h.join(w.ID, "b@b.example", access.Owner).wants([3]any{"GET /api/house", nil, 403}, [3]any{"POST /api/house/mail/try", nil, 403})
}
