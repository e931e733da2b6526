package server

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/act/outbox"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
)

func agreementOf(b *browser) map[string]any {
	return b.must(200, "GET", "/api/workspaces/small/agreement", nil)
}

func standingOf(reply map[string]any) string {
	return reply["state"].(map[string]any)["standing"].(string)
}

// agreeing is a workspace with an owner, a viewer from the management and a guest.
type agreeing struct {
	*house
	ws                   store.Workspace
	owner, viewer, guest *browser
}

func newAgreeing(t *testing.T) agreeing {
	t.Helper()
	h := newHouse(t)
	owner := h.found("tanaka@example.jp")
	ws := h.plant("small", strings.Replace(smallModel, ", agreed: [{by: 社長, on: 2026-03-20}]", "", 1), smallFiles())
	user, err := h.db.Users.ByEmail(context.Background(), "tanaka@example.jp")
	if err != nil {
		t.Fatal(err)
	}
	if err := h.db.Members.Put(context.Background(), ws.ID, user.ID, string(access.Owner)); err != nil {
		t.Fatal(err)
	}
	return agreeing{h, ws, owner, h.join(ws.ID, "yamamoto@example.jp", access.Viewer), h.join(ws.ID, "guest@example.jp", access.Guest)}
}

// pass lets a minute go by: what was said first comes first.
func (a agreeing) pass() { *a.now = a.now.Add(time.Minute) }

func (a agreeing) told(cause string) []string {
	a.t.Helper()
	list, err := a.db.Outbox.List(context.Background(), a.ws.ID, store.ItemQuery{Limit: 100})
	if err != nil {
		a.t.Fatal(err)
	}
	var keys []string
	for _, item := range list {
		if item.Kind == outbox.Notice && strings.Contains(item.Key, cause) {
			keys = append(keys, item.Key)
		}
	}
	return keys
}

// Nobody sees what the others said before saying it themselves; a guest is heard, too.
func TestTheGoalIsSaidBlindly(t *testing.T) {
	t.Parallel()
	a := newAgreeing(t)
	if s := standingOf(agreementOf(a.owner)); s != "nobody" {
		t.Fatalf("standing %s", s)
	}
	a.owner.must(201, "POST", "/api/workspaces/small/agreement/rounds", map[string]any{"people": []string{}, "note": "今期の目標です"})
	a.pass()
	if keys := a.told("agreement/ask/1"); len(keys) != 2 {
		t.Errorf("told: %v", keys)
	}
	said := func(b *browser, amount string) map[string]any {
		return b.must(201, "POST", "/api/workspaces/small/agreement/statements", map[string]any{"purpose": "採用", "meaning": "", "amount": amount, "deadline": "年度末"})
	}
	said(a.owner, "年137件")
	a.pass()
	before := agreementOf(a.viewer)
	if rows := before["rows"].([]any); len(rows) != 0 {
		t.Fatalf("seen before saying it: %v", rows)
	}
	if text := a.viewer.do("GET", "/api/workspaces/small/agreement", nil).text; strings.Contains(text, "年137件") {
		t.Fatal("somebody's words are in the reply of who has not spoken")
	}
	for _, page := range []string{"/map", "/review"} {
		if strings.Contains(a.viewer.do("GET", "/api/workspaces/small"+page, nil).text, "年137件") {
			t.Errorf("%s tells what somebody said", page)
		}
	}
	after := said(a.viewer, "月20件")
	if rows := after["rows"].([]any); len(rows) != 2 || rows[1].(map[string]any)["blind"] != true {
		t.Fatalf("rows %v", rows)
	}
	if points := after["points"].([]any); len(points) == 0 {
		t.Error("no difference named")
	}
	a.pass()
	// Said anew it is no longer blind; the first word stays in the history.
	again := said(a.viewer, "年100件")
	if rows := again["rows"].([]any); len(rows) != 2 || rows[1].(map[string]any)["blind"] != false {
		t.Errorf("rows %v", rows)
	}
	if n := len(again["history"].([]any)); n != 4 {
		t.Errorf("history of %d", n)
	}
	if rows := said(a.guest, "増やす")["rows"].([]any); len(rows) != 3 {
		t.Errorf("a guest is not heard: %v", rows)
	}
	a.pass()
	// A new round is blind again.
	a.owner.must(201, "POST", "/api/workspaces/small/agreement/rounds", map[string]any{"people": []string{}})
	if rows := agreementOf(a.viewer)["rows"].([]any); len(rows) != 0 {
		t.Error("a new round shows the words of the last")
	}
	// A program has no word of its own, and sees nobody's.
	key := a.owner.must(201, "POST", "/api/workspaces/small/api-keys", map[string]any{"name": "k", "scopes": []string{"read", "write"}})["key"].(string)
	if got := a.rig.do("GET", "/api/workspaces/small/agreement", nil, "Authorization", "Bearer "+key); got.status != 200 || strings.Contains(got.text, "月20件") {
		t.Errorf("a key: %d", got.status)
	}
	if got := a.rig.do("POST", "/api/workspaces/small/agreement/statements", map[string]any{"purpose": "x", "meaning": "", "amount": "", "deadline": ""}, "Authorization", "Bearer "+key); got.status != 403 {
		t.Errorf("a key says something: %d", got.status)
	}
}

// A signature stands through every change but that of the goal; those who signed are told.
func TestSignaturesStandWhileTheGoalIsTheSame(t *testing.T) {
	t.Parallel()
	a := newAgreeing(t)
	const path = "/api/workspaces/small/agreement"
	page := a.owner.must(201, "POST", path+"/wordings", map[string]any{"version": 1, "text": agreementOf(a.owner)["proposed"], "people": []string{}})
	if people := page["wording"].(map[string]any)["people"].([]any); len(people) != 3 {
		t.Fatalf("asked: %v", people)
	}
	if keys := a.told("agreement/sign/1"); len(keys) != 2 {
		t.Errorf("told: %v", keys)
	}
	a.guest.must(200, "POST", path+"/wordings/1/sign", nil)
	if s := standingOf(agreementOf(a.owner)); s != "partly" {
		t.Errorf("one of three: %s", s)
	}
	a.viewer.must(200, "POST", path+"/wordings/1/sign", nil)
	if s := standingOf(a.owner.must(200, "POST", path+"/wordings/1/sign", nil)); s != "agreed" {
		t.Errorf("all: %s", s)
	}
	onMap := func() (string, int, bool) {
		m := a.owner.must(200, "GET", "/api/workspaces/small/map", nil)
		missing := false
		for _, f := range m["findings"].([]any) {
			one := f.(map[string]any)
			missing = missing || one["code"] == "not-agreed" && one["indicator"] == m["indicators"].([]any)[0].(map[string]any)["id"]
		}
		return m["agreement"].(map[string]any)["standing"].(string), len(m["model"].(map[string]any)["agreed"].([]any)), missing
	}
	if standing, names, missing := onMap(); standing != "agreed" || names != 3 || missing {
		t.Errorf("on the map: %s, %d names, finding %v", standing, names, missing)
	}
	kgi := a.owner.must(200, "GET", "/api/workspaces/small/map", nil)["indicators"].([]any)[0].(map[string]any)["id"].(string)
	edit := func(base int, one map[string]any) {
		a.owner.must(200, "POST", "/api/workspaces/small/model/edit", map[string]any{"base_version": base, "edits": []any{one}})
	}
	edit(1, map[string]any{"op": "set_indicator", "id": kgi, "fields": map[string]any{"owner": "鈴木"}})
	if standing, _, _ := onMap(); standing != "agreed" {
		t.Errorf("another owner, and it is %s", standing)
	}
	target := a.owner.must(200, "GET", "/api/workspaces/small/map", nil)["indicators"].([]any)[0].(map[string]any)["target"].(map[string]any)
	edit(2, map[string]any{"op": "set_target", "id": kgi, "target": map[string]any{"kind": "total", "amount": "777", "from": target["from"], "by": target["by"]}})
	standing, names, missing := onMap()
	if standing != "lapsed" || names != 0 || !missing {
		t.Errorf("another number: %s, %d names, finding %v", standing, names, missing)
	}
	if keys := a.told("agreement/lapsed/3"); len(keys) != 3 {
		t.Errorf("told: %v", keys)
	}
	if got := a.viewer.do("POST", path+"/wordings/1/sign", nil); got.status != 409 {
		t.Errorf("words of another goal signed: %d", got.status)
	}
	// The map of the version that was signed says so still.
	if then := a.owner.must(200, "GET", "/api/workspaces/small/map?version=2", nil)["agreement"].(map[string]any)["standing"]; then != "agreed" {
		t.Errorf("looking back: %v", then)
	}
	// Those who have not signed are reminded, once a day.
	a.owner.must(201, "POST", path+"/wordings", map[string]any{"version": 3, "text": "新しい言葉", "people": []string{}})
	if n := a.owner.must(200, "POST", path+"/remind", nil)["told"]; n != float64(2) {
		t.Errorf("reminded %v", n)
	}
	a.owner.must(200, "POST", path+"/remind", nil)
	if keys := a.told("agreement/sign/2/2026"); len(keys) != 2 {
		t.Errorf("reminded: %v", keys)
	}
	// A yes can be taken back, with the reason; the reason stays.
	a.pass()
	a.viewer.must(200, "POST", path+"/wordings/2/sign", nil)
	a.pass()
	if got := a.viewer.do("POST", path+"/wordings/2/withdraw", map[string]any{"why": " "}); got.status != 400 {
		t.Errorf("taken back without a reason: %d", got.status)
	}
	back := a.viewer.must(200, "POST", path+"/wordings/2/withdraw", map[string]any{"why": "数が違います"})
	if s := standingOf(back); s != "lapsed" {
		t.Errorf("taken back: %s", s)
	}
	if first := back["history"].([]any)[0].(map[string]any); first["kind"] != "withdrawn" || first["text"] != "数が違います" {
		t.Errorf("history: %v", first)
	}
}

// An entry of the model file that was left standing while the goal became another says
// nothing of the new one.
func TestNotedAgreementsLapseToo(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	noted := smallModel
	ws := r.plant("noted", noted, smallFiles())
	state := func() string {
		t.Helper()
		got, err := r.server.agreementState(t.Context(), ws.ID)
		if err != nil {
			t.Fatal(err)
		}
		return string(got.Standing)
	}
	save := func(base int, text string) {
		r.must(200, "PUT", "/api/workspaces/noted/model", map[string]any{"yaml": text, "base_version": base})
	}
	if s := state(); s != "agreed" {
		t.Fatalf("noted in the file: %s", s)
	}
	save(1, strings.Replace(noted, "locale: ja", "locale: en", 1))
	if s := state(); s != "agreed" {
		t.Errorf("another language: %s", s)
	}
	other := strings.Replace(noted, "by: 2027-03-31, agreed", "by: 2027-02-28, agreed", 1)
	save(2, other)
	if s := state(); s != "lapsed" {
		t.Errorf("another deadline: %s", s)
	}
	save(3, strings.Replace(other, "on: 2026-03-20", "on: 2026-09-01", 1))
	if s := state(); s != "agreed" {
		t.Errorf("agreed anew: %s", s)
	}
	save(4, noted)
	if s := state(); s != "agreed" {
		t.Errorf("put back: %s", s)
	}
}

// What is refused is told why.
func TestAgreementRefusals(t *testing.T) {
	t.Parallel()
	a := newAgreeing(t)
	const path = "/api/workspaces/small/agreement"
	empty := map[string]any{"purpose": "", "meaning": " ", "amount": "", "deadline": ""}
	for name, c := range map[string]struct {
		by     *browser
		status int
		url    string
		body   any
	}{
		"nothing said":           {a.viewer, 400, "/statements", empty},
		"a viewer asks":          {a.viewer, 403, "/rounds", map[string]any{"people": []string{}}},
		"a guest proposes":       {a.guest, 403, "/wordings", map[string]any{"version": 1, "text": "x", "people": []string{}}},
		"a stranger is asked":    {a.owner, 400, "/rounds", map[string]any{"people": []string{"nobody"}}},
		"a day that is over":     {a.owner, 400, "/rounds", map[string]any{"people": []string{}, "answer_by": "2020-01-01"}},
		"an older version":       {a.owner, 409, "/wordings", map[string]any{"version": 9, "text": "x", "people": []string{}}},
		"no such words":          {a.viewer, 404, "/wordings/7/sign", nil},
		"no signature":           {a.viewer, 404, "/wordings/7/withdraw", map[string]any{"why": "x"}},
		"a viewer for the boss":  {a.viewer, 403, "/statements", map[string]any{"purpose": "x", "meaning": "", "amount": "", "deadline": "", "for": map[string]any{"name": "社長"}}},
		"words that are nothing": {a.owner, 400, "/wordings", map[string]any{"version": 1, "text": " \n", "people": []string{}}},
	} {
		if got := c.by.do("POST", path+c.url, c.body); got.status != c.status {
			t.Errorf("%s: %d, not %d: %s", name, got.status, c.status, got.text)
		}
	}
	// What the boss said is written down by whoever heard it, and says so.
	a.owner.must(201, "POST", path+"/statements", map[string]any{"purpose": "", "meaning": "", "amount": "年120件", "deadline": "", "for": map[string]any{"name": "社長", "department": "経営"}})
	if page := agreementOf(a.owner); len(page["rows"].([]any)) != 0 {
		t.Error("writing down another's words is not speaking oneself")
	}
	a.pass()
	page := a.owner.must(201, "POST", path+"/statements", map[string]any{"purpose": "採用", "meaning": "", "amount": "年100件", "deadline": "3月末"})
	row := page["rows"].([]any)[0].(map[string]any)
	if row["name"] != "社長" || row["heard_by"] != "田中 美咲" || row["blind"] != false {
		t.Errorf("row %v", row)
	}
	read := a.guest.must(200, "POST", path+"/read", map[string]any{"purpose": "", "meaning": "", "amount": "20件増やす", "deadline": "なる早"})
	if len(read["hints"].([]any)) != 4 || read["sentence"] != "" {
		t.Errorf("read: %v", read)
	}
}
