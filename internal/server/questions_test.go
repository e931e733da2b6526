package server

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/act/outbox"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/share/question"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// toldOf is who was told what, the newest first: "name: title" or "place id: title".
func (h *house) toldOf(ws store.WorkspaceID) (list []string) {
	h.t.Helper()
	items, err := h.db.Outbox.List(context.Background(), ws, store.ItemQuery{Kind: outbox.Notice})
	if err != nil {
		h.t.Fatal(err)
	}
	for _, item := range items {
		var t told
		if err := json.Unmarshal(item.Payload, &t); err != nil {
			h.t.Fatal(err)
		}
		to := "place " + t.Place
		switch {
		case t.Person != "":
			user, err := h.db.Users.Get(context.Background(), t.Person)
			if err != nil {
				h.t.Fatal(err)
			}
			to = user.Email
		case t.Asker != "":
			to = "asker"
		}
		list = append(list, to+": "+t.Title.JA)
	}
	return list
}

func sameSet(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	left := map[string]int{}
	for _, one := range got {
		left[one]++
	}
	for _, one := range want {
		left[one]--
	}
	for one, n := range left {
		if n != 0 {
			t.Errorf("%s: %+d × %q", what, n, one)
		}
	}
}

const questionsPath = "/api/workspaces/ours/questions"

// TestQuestions goes with one question from asking to its answer, through everybody's eyes.
func TestQuestions(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ws := h.plant("ours", smallModel, smallFiles())
	h.plant("theirs", smallModel, nil)
	owner, editor, viewer, guest := h.join(ws.ID, "佐藤", access.Owner), h.join(ws.ID, "鈴木", access.Editor), h.join(ws.ID, "山本", access.Viewer), h.join(ws.ID, "森", access.Guest)

	asked := viewer.must(201, "POST", questionsPath, object{"about": "indicator:visits", "text": "@鈴木 広告の分も入りますか?\r\nhttps://example.jp/x\u202e"})
	id := asked["id"].(string)
	if asked["about_name"] != "訪問数" || asked["by"].(object)["you"] != true || !strings.Contains(asked["quote"].(string), "回") || asked["unread"] != 0.0 {
		t.Errorf("asked %v", asked)
	}
	pieces, err := json.Marshal(asked["words"].([]any)[0].(object)["pieces"])
	if err != nil || string(pieces) != `[{"kind":"call","text":"@鈴木"},{"kind":"text","text":" 広告の分も入りますか?\n"},{"kind":"link","text":"https://example.jp/x","to":"https://example.jp/x"}]` {
		t.Errorf("pieces %s %v", pieces, err)
	}
	// Who is called hears it as a question to them, who looks after it (佐藤) as a question.
	sameSet(t, "told of the question", h.toldOf(ws.ID), "鈴木: 山本さんがあなたに質問しています: 訪問数", "佐藤: 山本さんの質問: 訪問数")

	for who, b := range map[string]*browser{"owner": owner, "editor": editor, "guest": guest} {
		if got := b.must(200, "GET", questionsPath+"/overview", nil); got["unread"] != 1.0 || got["waiting"] != 1.0 {
			t.Errorf("%s: %v", who, got)
		}
	}
	if got := viewer.must(200, "GET", questionsPath+"/overview", nil); got["unread"] != 0.0 || got["open"] != 1.0 {
		t.Errorf("what one asked is new to oneself: %v", got)
	}
	one := questionsPath + "/" + id
	editor.wants([3]any{"POST " + one + "/read", object{"number": 1}, 204})
	if got := editor.must(200, "GET", questionsPath+"/overview", nil); got["unread"] != 0.0 {
		t.Errorf("read: %v", got)
	}

	answered := editor.must(201, "POST", one+"/messages", object{"text": "いいえ。@佐藤 さん、合っていますか?"})
	if answered["replied"] != true || answered["messages"] != 2.0 {
		t.Errorf("answered %v", answered)
	}
	sameSet(t, "told of the answer", h.toldOf(ws.ID), "鈴木: 山本さんがあなたに質問しています: 訪問数", "佐藤: 山本さんの質問: 訪問数",
		"佐藤: 鈴木さんがあなたを呼んでいます: 訪問数", "山本: 鈴木さんが答えました: 訪問数")

	guest.wants([3]any{"PUT " + one + "/answer", object{"answer": 2}, 403}) // neither asker nor editor
	viewer.wants(
		[3]any{"PUT " + one + "/answer", object{"answer": 1}, 400}, // a question does not answer itself
		[3]any{"PUT " + one + "/answer", object{"answer": 9}, 400},
		[3]any{"PUT " + one + "/messages/2", object{"text": "x"}, 403},
		[3]any{"DELETE " + one + "/messages/2", nil, 403},
		[3]any{"DELETE " + one, nil, 403}, // somebody has answered
		[3]any{"POST " + one + "/messages", object{"text": " \n "}, 400},
		[3]any{"POST " + one + "/messages", object{"text": strings.Repeat("あ", 4001)}, 400},
		[3]any{"PUT " + one + "/answer", object{"answer": 2}, 200},
		[3]any{"PUT " + one + "/messages/1", object{"text": "広告の分は?"}, 200},
		[3]any{"GET " + questionsPath + "?show=settled&search=%E5%BA%83%E5%91%8A", nil, 200},
	)
	done := viewer.must(200, "GET", one, nil)
	if done["settled"] != true || done["answer"] != 2.0 || done["summary"] != "広告の分は?" || done["words"].([]any)[0].(object)["edited_at"] == nil {
		t.Errorf("settled %v", done)
	}
	told := h.toldOf(ws.ID)
	sameSet(t, "told of the end", told[:2], "佐藤: 質問に答えが付きました: 訪問数", "鈴木: 質問に答えが付きました: 訪問数")
	// Settled, it is news to those who take part alone.
	if got := guest.must(200, "GET", questionsPath+"/overview", nil); got["unread"] != 0.0 || got["open"] != 0.0 {
		t.Errorf("the guest after the end: %v", got)
	}
	viewer.must(200, "DELETE", one+"/answer", nil)
	*h.now = h.now.Add(25 * time.Hour)
	viewer.wants([3]any{"PUT " + one + "/messages/1", object{"text": "x"}, 403})
	viewer.must(200, "DELETE", one+"/messages/1", nil)
	owner.wants([3]any{"DELETE " + one, nil, 204}, [3]any{"GET " + one, nil, 404})
}

// TestQuestionsHaveLimits: what they are about has to be there, guests see what is asked of
// the map, and nobody floods the others.
func TestQuestionsHaveLimits(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ws := h.plant("ours", smallModel, smallFiles())
	owner, guest := h.join(ws.ID, "佐藤", access.Owner), h.join(ws.ID, "森", access.Guest)
	stranger := h.join(h.plant("theirs", smallModel, nil).ID, "よその人", access.Owner)
	ask := func(about string) object { return object{"about": about, "text": "?"} }
	owner.wants(
		[3]any{"POST " + questionsPath, ask("indicator:nothing"), 404},
		[3]any{"POST " + questionsPath, ask("road:visits>likes"), 400}, // there is no such link
		[3]any{"POST " + questionsPath, ask("who:knows"), 400},
		[3]any{"POST " + questionsPath, ask("finding:no-such"), 404},
		[3]any{"POST " + questionsPath, ask("map"), 201},
		[3]any{"POST " + questionsPath, ask("road:likes>visits"), 201},
		[3]any{"POST " + questionsPath, ask("review:1"), 201},
	)
	list := owner.must(200, "GET", questionsPath+"?show=open", nil)["questions"].([]any)
	names := map[string]bool{}
	var review string
	for _, one := range list {
		q := one.(object)
		names[q["about_name"].(string)] = true
		if q["about"] == "review:1" {
			review = q["id"].(string)
		}
	}
	if len(list) != 3 || !names[""] || !names["いいね数 → 訪問数"] || !names["定期点検"] {
		t.Errorf("listed %v", names)
	}
	guest.wants([3]any{"GET " + questionsPath + "/" + review, nil, 404}, [3]any{"POST " + questionsPath, ask("review:1"), 403})
	if n := len(guest.must(200, "GET", questionsPath, nil)["questions"].([]any)); n != 2 {
		t.Errorf("a guest sees %d", n)
	}
	if people := guest.must(200, "GET", questionsPath+"/people", nil)["people"].([]any); len(people) != 1 {
		t.Errorf("a guest is told of %v", people)
	}
	stranger.wants([3]any{"GET " + questionsPath + "/" + review, nil, 404}, [3]any{"GET /api/workspaces/theirs/questions/" + review, nil, 404})

	var last answered
	for range saidAtOnce + 1 {
		last = guest.do("POST", questionsPath, ask("map"))
	}
	if last.status != 429 || last.header.Get("Retry-After") == "" {
		t.Errorf("a flood: %d", last.status)
	}
	// Pages of the list hold each question once.
	seen := map[string]bool{}
	for next := ""; ; {
		page := owner.must(200, "GET", questionsPath+"?before="+next, nil)
		for _, one := range page["questions"].([]any) {
			id := one.(object)["id"].(string)
			if seen[id] {
				t.Errorf("%s twice", id)
			}
			seen[id] = true
		}
		if next = page["next"].(string); next == "" {
			break
		}
	}
	if len(seen) != 3+saidAtOnce {
		t.Errorf("%d in all pages", len(seen))
	}
	owner.wants([3]any{"GET " + questionsPath + "?before=rubbish", nil, 400})
	open, err := h.server.openQuestions(context.Background(), ws)
	if err != nil || len(open) != 3+saidAtOnce || open[0].Days != 0 {
		t.Errorf("open %d %v", len(open), err)
	}
}

// TestQuestionsFromOutside: whoever holds a link asks with a name, sees the answer without
// the team's names, gets it by mail where wanted, and is slowed down.
func TestQuestionsFromOutside(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ws := h.plant("ours", smallModel, smallFiles())
	other := h.plant("theirs", smallModel, nil)
	owner := h.join(ws.ID, "佐藤 健", access.Owner)
	made := owner.must(201, "POST", "/api/workspaces/ours/views", object{"days": 10})
	door := "/api/asks/" + made["token"].(string)
	nobody := h.browser()
	if page := nobody.must(200, "GET", door, nil); page["workspace"] != ws.Name || page["thread"] != nil || page["about"] != "map" {
		t.Errorf("page %v", page)
	}
	nobody.wants(
		[3]any{"GET /api/asks/none", nil, 404},
		[3]any{"POST " + door, object{"text": "?", "name": " "}, 400},
		[3]any{"POST " + door, object{"text": "?", "name": "森", "email": "not one"}, 400},
		[3]any{"POST " + door, object{"text": "?", "name": "森", "about": "finding:x"}, 403}, // no more than the map is shown
		[3]any{"POST " + door, object{"text": " ", "name": "森"}, 400},
	)
	asked := nobody.must(201, "POST", door, object{"text": "@佐藤 これは何の数ですか?", "name": "森 由美", "email": "mori@example.jp", "about": "indicator:visits"})
	ticket := asked["ticket"].(string)
	head := owner.must(200, "GET", questionsPath, nil)["questions"].([]any)[0].(object)
	if by := head["by"].(object); by["outside"] != true || by["name"] != "森 由美" || head["about_name"] != "訪問数" || head["unread"] != 1.0 {
		t.Errorf("the team sees %v", head)
	}
	one := questionsPath + "/" + head["id"].(string)
	answered := owner.must(201, "POST", one+"/messages", object{"text": "採用サイトに来た回数です。"})
	owner.must(200, "PUT", one+"/answer", object{"answer": 2})
	if answered["by_mail"] != true {
		t.Errorf("answered %v", answered)
	}
	mine := nobody.do("POST", door+"/mine", object{"tickets": []string{ticket, "rubbish", ""}})
	if mine.status != 200 || !strings.Contains(mine.text, "採用サイトに来た回数です。") || strings.Contains(mine.text, "健") || strings.Contains(mine.text, "mori@") || !strings.Contains(mine.text, `"answers":true`) {
		t.Errorf("the asker sees %d %s", mine.status, mine.text)
	}
	sameSet(t, "told", h.toldOf(ws.ID), "佐藤 健: 森 由美さん（外から）の質問: 訪問数", "asker: ご質問に返事がありました（"+ws.Name+"）")

	// The address stays with the question alone.
	items, err := h.db.Outbox.List(context.Background(), ws.ID, store.ItemQuery{Kind: outbox.Notice})
	for _, item := range items {
		if strings.Contains(item.Key+string(item.Payload), "mori@") {
			t.Errorf("the outbox holds the address: %s", item.Key)
		}
	}
	if err != nil || len(items) == 0 {
		t.Errorf("%d items, %v", len(items), err)
	}

	// A page that shows the goal alone is asked about the goal alone, and one with a password
	// by those who know it.
	narrow := owner.must(201, "POST", "/api/workspaces/ours/views", object{"days": 10, "shows": []string{"now"}})["token"].(string)
	locked := owner.must(201, "POST", "/api/workspaces/ours/views", object{"days": 10, "password": housePassword})["token"].(string)
	nobody.wants(
		[3]any{"POST /api/asks/" + narrow, object{"text": "?", "name": "森", "about": "indicator:visits"}, 404},
		[3]any{"POST /api/asks/" + narrow, object{"text": "?", "name": "森", "about": "indicator:applications"}, 201},
		[3]any{"GET /api/asks/" + locked, nil, 401},
		[3]any{"POST /api/asks/" + locked, object{"text": "?", "name": "森"}, 401},
	)

	// The link in that mail opens this one question, and no other.
	link, err := h.server.askPath(context.Background(), ws.ID, question.Subject{Kind: question.Whole}, head["id"].(string))
	if err != nil {
		t.Fatal(err)
	}
	byMail := "/api" + strings.Replace(link, "/ask/", "/asks/", 1)
	if page := nobody.must(200, "GET", byMail, nil); page["thread"].(object)["settled"] != true {
		t.Errorf("page of the mail %v", page)
	}
	nobody.must(201, "POST", byMail+"/words", object{"text": "ありがとうございます。"})
	if got := owner.must(200, "GET", one, nil); got["messages"] != 3.0 {
		t.Errorf("after a further word %v", got["messages"])
	}
	theirs, err := h.server.askPath(context.Background(), other.ID, question.Subject{Kind: question.Whole}, "")
	if err != nil {
		t.Fatal(err)
	}
	elsewhere := "/api" + strings.Replace(theirs, "/ask/", "/asks/", 1)
	nobody.wants(
		[3]any{"POST " + elsewhere + "/words", object{"text": "x", "ticket": ticket}, 404}, // a ticket of another workspace
		[3]any{"POST " + door + "/words", object{"text": "x"}, 404},                        // a page opens no thread by itself
		[3]any{"GET " + flipped(byMail), nil, 404},
	)
	var last int
	for range outsideAtOnce {
		last = nobody.do("POST", door, object{"text": "?", "name": "森"}).status
	}
	if last != 429 {
		t.Errorf("a flood from one address: %d", last)
	}
	*h.now = h.now.Add(11 * 24 * time.Hour)
	nobody.wants([3]any{"GET " + door, nil, 410})
	*h.now = h.now.Add(askFor)
	nobody.wants([3]any{"GET " + byMail, nil, 410})
	for _, secret := range []string{ticket, made["token"].(string), "mori@example.jp"} {
		if strings.Contains(h.log.String(), secret) {
			t.Error("the log holds a secret")
		}
	}
}

// flipped is an address whose signature is not ours.
func flipped(address string) string {
	at := len("/api/asks/")
	letter := "A"
	if address[at] == 'A' {
		letter = "B"
	}
	return address[:at] + letter + address[at+1:]
}

// TestQuestionSettings: places that are there can be told of questions, once each.
func TestQuestionSettings(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ws := h.plant("ours", smallModel, nil)
	owner, viewer := h.join(ws.ID, "佐藤", access.Owner), h.join(ws.ID, "山本", access.Viewer)
	place, err := h.db.Documents.Put(context.Background(), ws.ID, kindNotice, store.Document{Name: "#sns", Body: []byte(`{"kind":"slack"}`)})
	if err != nil {
		t.Fatal(err)
	}
	const path = "/api/workspaces/ours/question-settings"
	viewer.wants([3]any{"GET " + path, nil, 403}, [3]any{"PUT " + path, object{"places": []string{}}, 403})
	kept := owner.must(200, "PUT", path, object{"places": []string{place.ID, place.ID, "gone"}})
	if list := kept["places"].([]any); len(list) != 1 || list[0] != place.ID || len(kept["choices"].([]any)) != 1 {
		t.Errorf("kept %v", kept)
	}
	viewer.must(201, "POST", questionsPath, object{"about": "map", "text": "だれの目標ですか?"})
	sameSet(t, "told", h.toldOf(ws.ID), "place "+place.ID+": 山本さんの質問: 地図ぜんたい", "佐藤: 山本さんの質問: 地図ぜんたい")
	if err := h.db.Documents.Delete(context.Background(), ws.ID, kindNotice, place.ID); err != nil {
		t.Fatal(err)
	}
	if got := owner.must(200, "GET", path, nil); len(got["places"].([]any)) != 0 {
		t.Errorf("a place that is gone is told: %v", got)
	}
}

// What people hear by mail leads to the thread.
func TestQuestionLetter(t *testing.T) {
	t.Parallel()
	h := question.Head{ID: "abc", Name: "訪問数", Asked: question.Voice{Name: "山本"}, Summary: "?"}
	m := questionTelling("k", h, question.Announce(h, question.Message{Number: 1, By: h.Asked, Text: "?"}, false)).message("k", words.JA, "https://s.example", "ours")
	if m.Link != "https://s.example/w/ours/share/questions?open=abc" || m.Button != "開いて答える" {
		t.Errorf("%+v", m)
	}
}
