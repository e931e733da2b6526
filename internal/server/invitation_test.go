package server

import (
	"strings"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/deliver/sink"
	"github.com/shirube/shirube/internal/share/access"
)

// Somebody is added, gets a letter, chooses a password, and their address is proven by that.
func TestInvitedByMail(t *testing.T) {
	t.Parallel()
	taking, post := withPost(t)
	h := newHouse(t, post, func(d *Deps) { d.URL = "https://shirube.example" })
	founder := h.found("misaki@b.example")
	slug := founder.must(201, "POST", "/api/workspaces", object{"name": "会社", "template": ""})["slug"].(string)
	people := "/api/workspaces/" + slug + "/members"
	if founder.must(200, "GET", people, nil)["mail"] != true {
		t.Error("not told whether mail can leave")
	}
	added := founder.must(201, "POST", people, object{"name": "佐藤 蓮", "email": "sato@b.example", "role": "viewer", "send": true})
	if added["mailed"] != true || added["link"] != nil || added["trouble"] != nil {
		t.Fatalf("added %v", added)
	}
	first := letters(t, taking, 1)[0]
	if first.to != "sato@b.example" || first.subject != "田中 美咲さんから「会社」への招待" || !strings.Contains(first.text, "https://shirube.example/welcome#") || !strings.Contains(first.page, "7日間") {
		t.Fatalf("letter %+v", first)
	}
	// Sent once more, the first link is over.
	*h.now = h.now.Add(time.Minute)
	if again := founder.must(201, "POST", people+"/"+added["id"].(string)+"/invitation", nil); again["mailed"] != true {
		t.Errorf("again %v", again)
	}
	second := letters(t, taking, 2)[1]
	sato := h.browser()
	use := func(l readLetter) object {
		return object{"token": l.token(), "name": "佐藤 蓮", "password": housePassword}
	}
	sato.wants([3]any{"POST /api/welcome", use(first), 410})
	*h.now = h.now.Add(6 * 24 * time.Hour)
	sato.wants([3]any{"POST /api/welcome", use(second), 200}, [3]any{"GET /api/workspaces/" + slug + "/map", nil, 200}, [3]any{"POST /api/welcome", use(second), 410})
	user, err := h.db.Users.ByEmail(t.Context(), "sato@b.example")
	if err != nil || user.ProvenAt.IsZero() {
		t.Errorf("the address is not proven: %+v, %v", user, err)
	}
	// Who is there already is told, without anything that opens the account.
	slug = founder.must(201, "POST", "/api/workspaces", object{"name": "ふたつめ", "template": ""})["slug"].(string)
	if told := founder.must(201, "POST", "/api/workspaces/"+slug+"/members", object{"name": "佐藤", "email": "SATO@b.example", "role": "editor", "send": true}); told["mailed"] != true || told["link"] != nil {
		t.Errorf("told %v", told)
	}
	if third := letters(t, taking, 3)[2]; third.token() != "" || !strings.Contains(third.text, "https://shirube.example/w/"+slug+"\n") {
		t.Errorf("letter %+v", third)
	}
	sato.wants([3]any{"GET /api/workspaces/" + slug + "/map", nil, 200})
	// Nobody is written to again and again.
	for range 5 {
		*h.now = h.now.Add(time.Second)
		founder.do("POST", people+"/"+added["id"].(string)+"/invitation", nil)
	}
	if a := founder.do("POST", people+"/"+added["id"].(string)+"/invitation", nil); a.status != 429 {
		t.Errorf("written to as often as one likes: %d", a.status)
	}
	for _, secret := range []string{first.token(), second.token(), housePassword} {
		if strings.Contains(h.log.String(), secret) {
			t.Error("the log holds a secret")
		}
	}
}

// Where no letter leaves, the link is there to be handed over; it proves nothing.
func TestInvitationsThatDoNotLeave(t *testing.T) {
	t.Parallel()
	_, post := withPost(t, sink.Failing(sink.Plan{Rcpt: func(to string) error {
		switch to {
		case "gone@b.example":
			return sink.Refuse(550, [3]int{5, 1, 1}, "no such user")
		case "later@b.example":
			return sink.Refuse(451, [3]int{4, 7, 1}, "greylisted")
		}
		return nil
	}}))
	h := newHouse(t, post)
	founder := h.found("misaki@b.example")
	founder.must(201, "POST", "/api/workspaces", object{"name": "w", "template": ""})
	for email, says := range map[string]string{"gone@b.example": "届きません", "later@b.example": "もう一度"} {
		added := founder.must(201, "POST", "/api/workspaces/w/members", object{"name": "x", "email": email, "role": "viewer", "send": true})
		if added["mailed"] != false || added["link"] == nil || !strings.Contains(added["trouble"].(string), says) {
			t.Fatalf("%s: %v", email, added)
		}
		b := h.browser()
		b.wants([3]any{"POST /api/welcome", object{"token": tokenOf(added["link"].(object)["url"].(string)), "name": "x", "password": housePassword}, 200})
		if user, err := h.db.Users.ByEmail(t.Context(), email); err != nil || !user.ProvenAt.IsZero() {
			t.Errorf("%s is proven by a link of other hands: %v", email, err)
		}
	}
	// Without a sender at all it is said so.
	silent := newHouse(t)
	owner := silent.found("a@b.example")
	owner.must(201, "POST", "/api/workspaces", object{"name": "w", "template": ""})
	added := owner.must(201, "POST", "/api/workspaces/w/members", object{"name": "x", "email": "x@b.example", "role": "viewer", "send": true})
	if added["mailed"] != false || added["link"] == nil || added["trouble"] == nil {
		t.Errorf("%v", added)
	}
	if owner.must(200, "GET", "/api/workspaces/w/members", nil)["mail"] != false {
		t.Error("mail could leave")
	}
}

// An owner who makes an account for somebody else's address, chooses its password and waits
// until another workspace adds that person does not get in there: the person gets a letter
// that opens the account anew, and what the owner knows no longer opens anything.
func TestAnAccountMadeInAdvanceIsNotTheKeyToOthers(t *testing.T) {
	t.Parallel()
	taking, post := withPost(t)
	h := newHouse(t, post)
	theirs, ours := h.plant("theirs", smallModel, nil), h.plant("ours", smallModel, nil)
	attacker := h.join(theirs.ID, "attacker@theirs.example", access.Owner)
	owner := h.join(ours.ID, "owner@ours.example", access.Owner)
	made := attacker.must(201, "POST", "/api/workspaces/theirs/members", object{"name": "被害者", "email": "victim@ours.example", "role": "viewer"})
	waiting := h.browser()
	waiting.must(200, "POST", "/api/welcome", object{"token": tokenOf(made["link"].(object)["url"].(string)), "name": "x", "password": housePassword})
	waiting.wants([3]any{"GET /api/workspaces/theirs/map", nil, 200})

	added := owner.must(201, "POST", "/api/workspaces/ours/members", object{"name": "被害者", "email": "victim@ours.example", "role": "editor", "send": true})
	if added["mailed"] != true || added["link"] != nil {
		t.Fatalf("added %v", added)
	}
	waiting.wants(
		[3]any{"GET /api/workspaces/ours/map", nil, 401},
		[3]any{"POST /api/sign-in", object{"email": "victim@ours.example", "password": housePassword}, 400},
	)
	// Nor does a new link of the attacker's, or a letter by a sender that is theirs.
	attacker.wants([3]any{"POST /api/workspaces/theirs/members/" + made["id"].(string) + "/link", nil, 403})
	victim := h.browser()
	victim.must(200, "POST", "/api/welcome", object{"token": letters(t, taking, 1)[0].token(), "name": "被害者", "password": housePassword})
	victim.wants([3]any{"GET /api/workspaces/ours/map", nil, 200})
	attacker.must(201, "POST", "/api/workspaces/theirs/members/"+made["id"].(string)+"/invitation", nil)
	if last := letters(t, taking, 2)[1]; last.token() != "" {
		t.Error("a proven account is opened anew by an invitation")
	}
}
