package server

import (
	"strings"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/share/access"
)

// Whoever asked from outside is answered by mail, and the address is gone a week after the
// last word of a question that is settled, three months after that of any other.
func TestAddressesOfAskersAreForgotten(t *testing.T) {
	t.Parallel()
	m := newMailroom(t)
	owner := m.join(m.ws, "佐藤 健", access.Owner)
	door := "/api/asks/" + owner.must(201, "POST", "/api/workspaces/hinata/views", object{"days": 10})["token"].(string)
	ask := func(email string) string {
		m.browser().must(201, "POST", door, object{"text": "これは何の数ですか?", "name": "森", "email": email})
		return "/api/workspaces/hinata/questions/" + owner.must(200, "GET", "/api/workspaces/hinata/questions", nil)["questions"].([]any)[0].(object)["id"].(string)
	}
	settled := ask("mori@example.jp")
	*m.now = m.now.Add(time.Second)
	open := ask("ogawa@example.jp")
	owner.must(201, "POST", settled+"/messages", object{"text": "訪問の数です。"})
	owner.must(200, "PUT", settled+"/answer", object{"answer": 2})
	answered := func() (to []string) {
		for _, one := range m.deliver() {
			if strings.Contains(one.subject, "返事") {
				to = append(to, one.to)
			}
		}
		return to
	}
	if to := answered(); len(to) != 1 || to[0] != "mori@example.jp" {
		t.Errorf("answered %v", to)
	}
	for _, c := range []struct {
		days          int
		settled, open bool
	}{{addressAnswered - 1, true, true}, {addressAnswered, false, true}, {addressWaiting - 1, false, true}, {addressWaiting, false, false}} {
		began := *m.now
		*m.now = m.now.AddDate(0, 0, c.days)
		m.server.tidyRecords(t.Context())
		*m.now = began // so that nobody is signed out
		for path, want := range map[string]bool{settled: c.settled, open: c.open} {
			if got := owner.must(200, "GET", path, nil)["by_mail"]; got != want {
				t.Errorf("after %d days %s is answered by mail: %v", c.days, path, got)
			}
		}
	}
	// What is said after that reaches the asker on the page alone.
	owner.must(201, "POST", open+"/messages", object{"text": "遅くなりました。"})
	if to := answered(); len(to) != 0 {
		t.Errorf("written to %v", to)
	}
}

// Everybody chooses what of questions is mailed to them.
func TestMailsOfQuestionsAreChosen(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ws := h.plant("ours", smallModel, smallFiles())
	owner := h.join(ws.ID, "佐藤 健", access.Owner)
	asker := h.join(ws.ID, "鈴木 亮", access.Viewer)
	editor := h.join(ws.ID, "田中 美咲", access.Editor)
	const alerts = "/api/workspaces/ours/alerts"
	kinds := owner.must(200, "GET", alerts, nil)["mine"]
	if got := owner.must(200, "GET", alerts, nil)["my_questions"]; got != "all" {
		t.Errorf("at first %v", got)
	}
	owner.wants([3]any{"PUT " + alerts + "/mine", object{"kinds": kinds, "questions": "sometimes"}, 422})
	told := func(want ...string) {
		t.Helper()
		var people []string
		for _, one := range h.toldOf(ws.ID) {
			who, _, _ := strings.Cut(one, ": ")
			people = append(people, who)
		}
		sameSet(t, "told so far", people, want...)
	}
	ask := func(text string) string {
		return questionsPath + "/" + asker.must(201, "POST", questionsPath, object{"about": "map", "text": text})["id"].(string)
	}
	ask("だれか教えてください。")
	told("田中 美咲") // who looks after the goal
	owner.must(200, "PUT", alerts+"/mine", object{"kinds": kinds, "questions": "called"})
	editor.must(200, "PUT", alerts+"/mine", object{"kinds": kinds, "questions": "none"})
	editor.must(200, "PUT", alerts+"/mine", object{"kinds": []string{}}) // the other choice stays as it was
	if got := editor.must(200, "GET", alerts, nil)["my_questions"]; got != "none" {
		t.Errorf("kept %v", got)
	}
	one := ask("@佐藤 @田中 これは?")
	told("田中 美咲", "佐藤 健")
	asker.must(200, "PUT", alerts+"/mine", object{"kinds": []string{}, "questions": "called"})
	owner.must(201, "POST", one+"/messages", object{"text": "こうです。"}) // to the asker, whose question it is
	told("田中 美咲", "佐藤 健", "鈴木 亮")
	asker.must(201, "POST", one+"/messages", object{"text": "なるほど。"}) // nobody is called
	told("田中 美咲", "佐藤 健", "鈴木 亮")
	asker.must(200, "PUT", alerts+"/mine", object{"kinds": []string{}, "questions": "none"})
	owner.must(200, "PUT", one+"/answer", object{"answer": 2})
	told("田中 美咲", "佐藤 健", "鈴木 亮")
	if got := editor.must(200, "GET", questionsPath+"/overview", nil)["unread"]; got != 2.0 {
		t.Errorf("unread on the screen %v", got)
	}
}

// A place to be told at by mail needs no sender of the workspace where the house has mail.
func TestPlacesAreMailedByTheHouse(t *testing.T) {
	t.Parallel()
	m := newMailroom(t)
	owner := m.join(m.ws, "佐藤 健", access.Owner)
	const path = "/api/workspaces/hinata/act/notices"
	if got := owner.must(200, "GET", path, nil)["house"]; got != "house@shirube.example" {
		t.Errorf("house %v", got)
	}
	made := owner.must(200, "POST", path, object{"name": "営業のメール", "kind": "mail", "leads": false, "to": "sales@example.jp"})
	test := path + "/" + made["id"].(string) + "/test"
	if got := owner.must(200, "POST", test, nil); got["ok"] != true {
		t.Errorf("tried %v", got)
	}
	if mails := m.inbox.Mails(); len(mails) != 1 || mails[0].To != "sales@example.jp" || mails[0].From != "house@shirube.example" {
		t.Errorf("mails %v", mails)
	}
	for range letterTries - 1 {
		owner.must(200, "POST", test, nil)
	}
	owner.must(429, "POST", test, nil) // nobody is flooded with the house's letters
	if len(m.inbox.Mails()) != letterTries {
		t.Errorf("%d mails", len(m.inbox.Mails()))
	}
	poor := newHouse(t)
	ws := poor.plant("hinata", smallModel, nil)
	if a := poor.join(ws.ID, "佐藤 健", access.Owner).do("POST", path, object{"name": "x", "kind": "mail", "leads": false, "to": "sales@example.jp"}); a.status != 400 || !strings.Contains(a.text, "差出人") {
		t.Errorf("without mail of the house: %d %s", a.status, a.text)
	}
}
