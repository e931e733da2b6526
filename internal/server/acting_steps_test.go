package server

import (
	"strings"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/act/automation"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/store"
)

// A step gives points and takes them; they are a reason of the score with the automation's
// name, and bring people into bands as others do.
func TestStepsGivePoints(t *testing.T) {
	t.Parallel()
	onStage(t, func(t *testing.T, s *stage) {
		card := s.card(`{"name": "見込み", "behaviour": [{"id": "p", "name": "料金のページ", "page": "/price", "points": 10}], "bands": [{"name": "A", "from": 20}], "hot": 25}`)
		s.automate("資料のあと", object{"trigger": object{"event": object{"event": "download"}}, "reentry": object{"mode": "always"}, "steps": []object{
			{"id": "plus", "score": object{"card": card, "points": 12.5, "reason": "電話で話した"}, "next": "w"},
			{"id": "w", "wait": object{"for": object{"amount": 1, "unit": "days"}}, "next": "minus"},
			{"id": "minus", "score": object{"card": card, "points": -20}},
		}})
		s.automate("帯A", object{"trigger": object{"band": object{"card": card, "at_least": 20}}, "steps": []object{tagStep("a", "A", "")}})
		s.happen(s.says("ann", "ann@example.jp"))
		ann := s.find("ann@example.jp")
		s.happen(s.did("ann", "download"))
		if points := s.scored(card, ann); points != 12 {
			t.Errorf("%d points", points)
		}
		s.wantTags(ann, "")
		s.happen(s.view("ann", "/price"), s.did("ann", "x"))
		s.wantTags(ann, "A")
		s.happen(s.view("ann", "/price"))
		leads := s.get("/api/workspaces/web/leads?lang=ja")
		why := at3(leads, "leads", 0, "why")
		s.wantAt(why, "料金のページを1日で2回見た", 0, "ja")
		s.wantAt(why, "自動化『資料のあと』:電話で話した", 1, "ja")
		s.wantAt(why, "The automation “資料のあと”: 電話で話した", 1, "en")
		s.wantAt(why, "given", 1, "kind")
		s.wait(24 * time.Hour)
		if points := s.scored(card, ann); points != 12 { // 20 + 12.5 − 20
			t.Errorf("%d points", points)
		}
		// A changed card works everybody's out anew, and keeps what was given.
		view := s.get("/api/workspaces/web/score-cards/" + card)
		body := view["card"].(map[string]any)
		body["behaviour"].([]any)[0].(map[string]any)["points"] = 1
		s.must(200, "PUT", "/api/workspaces/web/score-cards/"+card, object{"base_version": 1, "live": true, "card": body})
		if err := s.server.watchOnce(t.Context(), false); err != nil {
			t.Fatal(err)
		}
		if err := s.server.scoreCards(t.Context()); err != nil {
			t.Fatal(err)
		}
		if points := s.scored(card, ann); points != -6 {
			t.Errorf("%d points", points)
		}
	})
}

// Waiting: for a while, until a time of day on a weekday where the model is, and until
// something happens or the time for it is over. Then ways part.
func TestWaitsAndBranches(t *testing.T) {
	t.Parallel()
	onStage(t, func(t *testing.T, s *stage) {
		wait := func(id, next string, how object) object {
			if how["then"] != nil {
				return object{"id": id, "wait": how, "next": next}
			}
			return object{"id": id, "wait": how, "next": next}
		}
		s.automate("待つ", object{"trigger": object{"condition": object{"tag": "start"}}, "reentry": object{"mode": "after", "days": 30},
			"goal": object{"tag": "won"},
			"steps": []object{
				wait("hours", "weekday", object{"for": object{"amount": 90, "unit": "minutes"}}),
				wait("weekday", "event", object{"until": object{"weekdays": []string{"mon", "fri"}, "time": "08:30"}}),
				wait("event", "late", object{"event": object{"event": "reply"}, "timeout": object{"amount": 2, "unit": "days"}, "then": "early"}),
				tagStep("early", "early", "way"), tagStep("late", "late", "way"),
				{"id": "way", "branch": object{"if": object{"property": object{"key": "size", "op": "at-least", "values": []string{"100"}}}, "then": "big", "else": "small"}},
				tagStep("big", "big", ""), tagStep("small", "small", ""),
			}})
		ann, ben, cat := s.knows("ann@example.jp", object{"properties": object{"size": "120"}}), s.knows("ben@example.jp"), s.knows("cat@example.jp")
		s.happen(s.says("ann", "ann@example.jp"), s.says("ben", "ben@example.jp"))
		for _, who := range []contact.ID{ann, ben, cat} { // Wednesday, 10:00
			s.must(200, "PATCH", contactsOf1+"/"+string(who), object{"add_tags": []string{"start"}})
		}
		s.settle()
		s.wantJourneys(ann, "inside:hours")
		s.until(9, 11, 29)
		s.wantJourneys(ann, "inside:hours")
		s.happen(s.did("ann", "reply")) // before it is waited for
		s.until(9, 11, 30)
		s.wantJourneys(ann, "inside:weekday")
		s.until(11, 8, 29)
		s.wantJourneys(ann, "inside:weekday")
		s.until(11, 8, 30)
		s.wantJourneys(ann, "inside:event")
		s.must(200, "PATCH", contactsOf1+"/"+string(cat), object{"add_tags": []string{"won"}})
		s.settle()
		s.wantJourneys(cat, "reached")
		s.until(12, 9, 0)
		s.happen(s.did("ann", "reply"))
		s.wantJourneys(ann, "ended")
		s.wantTags(ann, "big early start")
		s.until(13, 8, 30)
		s.wantTags(ben, "late small start")

		// In again no sooner than is said.
		again := func(who contact.ID) {
			t.Helper()
			for _, change := range []object{{"drop_tags": []string{"start"}}, {"add_tags": []string{"start"}}} {
				s.must(200, "PATCH", contactsOf1+"/"+string(who), change)
				s.settle()
			}
		}
		again(ben)
		s.wantJourneys(ben, "ended")
		s.wait(30 * 24 * time.Hour)
		again(ben)
		s.wantJourneys(ben, "ended inside:hours")
	})
}

// A clock that was wrong keeps nobody waiting for as long as it was, and sends nothing twice.
func TestClocksThatJump(t *testing.T) {
	t.Parallel()
	onStage(t, func(t *testing.T, s *stage) {
		s.automate("待つ", object{"trigger": object{"condition": object{"tag": "start"}}, "stream": "transactional", "steps": []object{
			{"id": "m", "webhook": object{"url": "https://example.jp/hook"}, "next": "w"}, {"id": "w", "wait": object{"for": object{"amount": 1, "unit": "hours"}}, "next": "a"}, tagStep("a", "waited", ""),
		}})
		s.clock.wait(40 * 24 * time.Hour) // ahead by more than a month
		ann := s.knows("ann@example.jp", object{"tags": []string{"start"}})
		s.settle()
		s.wantJourneys(ann, "inside:w")
		s.wait(-40 * 24 * time.Hour) // and right again
		s.wantJourneys(ann, "inside:w")
		s.wait(59 * time.Minute)
		s.wantTags(ann, "start")
		s.wait(2 * time.Minute)
		s.wantTags(ann, "start waited")
		// A little back is waited out.
		ben := s.knows("ben@example.jp", object{"tags": []string{"start"}})
		s.settle()
		s.wait(-time.Minute)
		s.wantJourneys(ben, "inside:w")
		s.wait(30 * 24 * time.Hour) // the machine slept
		s.wantTags(ben, "start waited")
		if items := s.items(store.ItemQuery{}); len(items) != 2 {
			t.Errorf("%d items", len(items))
		}
	})
}

// Somebody is erased in the middle: nothing of theirs is left, nothing is sent to them.
func TestErasedInTheMiddle(t *testing.T) {
	t.Parallel()
	onStage(t, func(t *testing.T, s *stage) {
		card := s.card(stitchCard)
		s.automate("待つ", object{"trigger": object{"event": object{"page": "/price"}}, "stream": "transactional", "steps": []object{
			{"id": "p", "score": object{"card": card, "points": 3}, "next": "m"}, {"id": "m", "webhook": object{"url": "https://example.jp/hook"}, "next": "w"},
			{"id": "w", "wait": object{"for": object{"amount": 1, "unit": "hours"}}, "next": "n"}, {"id": "n", "webhook": object{"url": "https://example.jp/hook"}},
		}})
		s.happen(s.says("ann", "ann@example.jp"), s.view("ann", "/price"))
		ann := s.find("ann@example.jp")
		s.wantJourneys(ann, "inside:w")
		s.must(200, "DELETE", contactsOf1+"/"+string(ann), nil)
		s.wait(2 * time.Hour)
		s.wantJourneys(ann, "")
		items := s.items(store.ItemQuery{})
		if len(items) != 1 || items[0].State != "cancelled" || items[0].Contact != "" || string(items[0].Payload) != "{}" {
			t.Errorf("%+v", items)
		}
		if n := s.occurrences("c:" + string(ann)); n != 0 || s.scored(card, ann) != 0 {
			t.Errorf("%d occurrences, %d points", n, s.scored(card, ann))
		}
		s.happen(s.view("ann", "/price")) // the browser is nobody's again
		if n := len(s.items(store.ItemQuery{})); n != 1 {
			t.Errorf("%d items", n)
		}
	})
}

// Steps that undo each other across automations, and rounds, come to an end.
func TestLoopsEnd(t *testing.T) {
	t.Parallel()
	onStage(t, func(t *testing.T, s *stage) {
		drop := object{"id": "b", "tag": object{"remove": []string{"ping"}}}
		s.automate("ping", object{"trigger": object{"condition": object{"tag": "pong"}}, "reentry": object{"mode": "always"}, "steps": []object{
			{"id": "a", "tag": object{"add": []string{"ping"}, "remove": []string{"pong"}}}}})
		s.automate("pong", object{"trigger": object{"condition": object{"tag": "ping"}}, "reentry": object{"mode": "always"}, "steps": []object{
			{"id": "a", "tag": object{"add": []string{"pong"}}, "next": "b"}, drop}})
		faulty := s.do("POST", "/api/workspaces/web/automations", object{"definition": s.definition("輪", object{"trigger": object{"condition": object{"tag": "x"}},
			"steps": []object{tagStep("a", "1", "b"), tagStep("b", "2", "a")}})})
		if faulty.status != 400 || !strings.Contains(faulty.text, "待たずに") {
			t.Errorf("%d %s", faulty.status, faulty.text)
		}
		ann := s.knows("ann@example.jp")
		if _, err := s.db.Contacts.Change(t.Context(), s.id(), ann, store.ContactEdit{AddTags: []string{"ping"}}); err != nil {
			t.Fatal(err)
		}
		for range 300 { // two automations that hand somebody to each other without end
			if _, err := s.server.acting.actor.Tick(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		list, err := s.db.Journeys.List(t.Context(), s.id(), store.JourneyQuery{Contact: ann})
		if err != nil || len(list) > automation.MostEntriesADay*2 {
			t.Errorf("%v: %d entries", err, len(list))
		}
	})
}
