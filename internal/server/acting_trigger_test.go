package server

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/store"
)

// The moment a condition becomes true lets people in: through what they do, through time
// alone, and through what others change of them.
func TestTriggers(t *testing.T) {
	t.Parallel()
	onStage(t, func(t *testing.T, s *stage) {
		ann := s.knows("ann@example.jp")
		s.happen(s.says("ann", "ann@example.jp"))
		s.automate("料金", object{"trigger": object{"condition": viewed("/price", 2, 7)}, "reentry": object{"mode": "always"}, "steps": []object{tagStep("a", "price", "")}})
		s.automate("離れた", object{"trigger": object{"condition": object{"not": viewed("/*", 1, 3)}}, "steps": []object{tagStep("a", "away", "")}})
		s.happen(s.view("ann", "/price"))
		s.wantTags(ann, "")
		s.happen(s.view("ann", "/price"), s.view("ann", "/price"))
		s.wantTags(ann, "price")
		s.wantJourneys(ann, "ended")
		s.happen(s.view("ann", "/price")) // it was true before
		s.wantJourneys(ann, "ended")
		s.wait(3*24*time.Hour - time.Second)
		s.wantTags(ann, "price")
		s.wait(time.Second) // nothing happened for three days
		s.wantTags(ann, "away price")
		s.wait(5 * 24 * time.Hour)
		s.happen(s.view("ann", "/price")) // false meanwhile, and only once again
		s.wantJourneys(ann, "ended ended")
		s.happen(s.view("ann", "/price"))
		s.wantJourneys(ann, "ended ended ended")

		// An event lets in each time.
		s.automate("問い合わせ", object{"trigger": object{"event": object{"event": "Inquiry Submitted"}}, "reentry": object{"mode": "always"}, "steps": []object{tagStep("a", "asked", "")}})
		before := len(s.journeys(ann))
		first := s.did("ann", "Inquiry Submitted")
		first.MessageID = "once"
		again := first
		s.happen(first, again)
		s.happen(first) // sent again by the browser
		if got := len(s.journeys(ann)); got != before+len(" ended") {
			t.Errorf("%s", s.journeys(ann))
		}

		// What a person changes by hand, and what somebody consents to, is seen as well.
		s.automate("展示会", object{"trigger": object{"condition": object{"tag": "展示会"}}, "steps": []object{tagStep("a", "met", "")}})
		s.automate("同意", object{"trigger": object{"condition": object{"consent": object{"state": "granted"}}}, "steps": []object{tagStep("a", "may", "")}})
		ben := s.knows("ben@example.jp")
		s.must(200, "PATCH", contactsOf1+"/"+string(ben), object{"add_tags": []string{"展示会"}})
		s.settle()
		s.wantTags(ben, "away met 展示会")
		s.must(201, "POST", contactsOf1+"/"+string(ben)+"/consents", object{"basis": "agreed", "source": "電話"})
		s.settle()
		s.wantTags(ben, "away may met 展示会")
	})
}

// Whoever a condition is true of when it is switched on does not come in by it, also where
// what they did has to be read from the events first.
func TestSwitchingOnLetsNobodyIn(t *testing.T) {
	t.Parallel()
	onStage(t, func(t *testing.T, s *stage) {
		s.must(200, "PUT", "/api/workspaces/web/act/stitching", object{"allowed": true, "notice": "2026-04"})
		s.happen(s.says("ann", "ann@example.jp"))
		events := someVisits(s.ws)
		if _, err := s.server.deps.Warehouse.Write(t.Context(), 1, events); err != nil {
			t.Fatal(err)
		}
		s.automate("料金", object{"trigger": object{"condition": viewed("/price", 2, 7)}, "steps": []object{tagStep("a", "price", "")}})
		ann := s.find("ann@example.jp")
		s.happen(s.view("ann", "/"))
		s.wantTags(ann, "")
		s.happen(s.view("ann", "/price"))
		s.wantTags(ann, "")
	})
}

// A trigger of a date lets in at its time of day where the model is.
func TestDateTriggers(t *testing.T) {
	t.Parallel()
	onStage(t, func(t *testing.T, s *stage) {
		s.automate("契約の更新", object{"trigger": object{"date": object{"property": "renewal", "days": -7, "time": "10:30"}}, "steps": []object{tagStep("a", "soon", "")}})
		s.automate("記念日", object{"trigger": object{"date": object{"property": "renewal", "yearly": true}}, "reentry": object{"mode": "always"}, "steps": []object{tagStep("a", "day", "")}})
		ann, ben := s.knows("ann@example.jp"), s.knows("ben@example.jp")
		on := func(who contact.ID, at event.Millis) {
			t.Helper()
			date := contact.DateValue(at)
			if _, err := s.db.Contacts.Change(t.Context(), s.id(), who, store.ContactEdit{Properties: map[string]*contact.Value{"renewal": &date}}); err != nil {
				t.Fatal(err)
			}
			s.settle()
		}
		on(ann, tokyo(20, 0, 0))
		on(ben, tokyo(20, 0, 0))
		s.until(13, 10, 29)
		s.wantTags(ann, "")
		on(ben, tokyo(25, 0, 0)) // it was moved
		s.until(13, 10, 30)
		s.wantTags(ann, "soon")
		s.wantTags(ben, "")
		s.until(18, 10, 30)
		s.wantTags(ben, "soon")
		s.until(20, 9, 0)
		s.wantTags(ann, "day soon")
		s.wait(365 * 24 * time.Hour)
		s.wantJourneys(ann, "ended ended ended")
	})
}

// The band of a score is come into in the same stretch as what gave the points, and left
// when they fade.
func TestScoreTriggers(t *testing.T) {
	t.Parallel()
	onStage(t, func(t *testing.T, s *stage) {
		card := s.card(`{"name": "見込み", "behaviour": [{"id": "p", "name": "料金", "page": "/price", "points": 10, "decay": {"kind": "linear", "days": 10}}], "bands": [{"name": "A", "from": 20}]}`)
		ann := s.knows("ann@example.jp")
		s.happen(s.says("ann", "ann@example.jp"))
		s.automate("熱い", object{"trigger": object{"band": object{"card": card, "at_least": 20}}, "steps": []object{tagStep("a", "hot", "")}})
		// 13 is no band of the card: that it is crossed is looked for because somebody asks.
		s.automate("冷めた", object{"trigger": object{"condition": object{"all": []object{{"score": object{"card": card, "op": "below", "of": 13}}, {"tag": "hot"}}}}, "steps": []object{tagStep("a", "cold", "")}})
		seq := s.seq
		events := []event.Event{s.view("ann", "/price"), s.view("ann", "/price")}
		for k := range events {
			events[k].Workspace, events[k].MessageID, events[k].At = s.ws, string(rune('a'+k)), s.now()
		}
		s.seq++
		if err := s.server.acting.actor.Do(t.Context(), seq, seq+1, events); err != nil {
			t.Fatal(err)
		}
		s.wantTags(ann, "hot") // in the very go
		s.settle()
		s.wait(3*24*time.Hour + 11*time.Hour)
		s.wantTags(ann, "hot")
		s.wait(2 * time.Hour) // 20 · (1 − 3.5/10) = 13
		s.wantTags(ann, "cold hot")
	})
}

// A card that somebody changes lets in whom it lifts across a line; one that is worked out
// for the first time, or anew because what it rests on has changed, lets in nobody: theirs
// is past.
func TestChangedCardsLetPeopleIn(t *testing.T) {
	t.Parallel()
	onStage(t, func(t *testing.T, s *stage) {
		const body = `{"name": "見込み", "behaviour": [{"id": "p", "name": "料金", "page": "/price", "points": %d}]}`
		worked := func() {
			t.Helper()
			if err := s.server.scoreCards(t.Context()); err != nil {
				t.Fatal(err)
			}
			s.settle()
		}
		s.happen(s.says("ann", "ann@example.jp"), s.says("ben", "ben@example.jp"))
		ann, ben := s.find("ann@example.jp"), s.find("ben@example.jp")
		s.automate("見た", object{"trigger": object{"condition": viewed("/price", 9, 7)}, "steps": []object{tagStep("a", "x", "")}}) // so that it is watched
		s.happen(s.view("ann", "/price"), s.view("ann", "/price"), s.view("ben", "/price"))
		card := s.card(fmt.Sprintf(body, 10))
		s.automate("熱い", object{"trigger": object{"band": object{"card": card, "at_least": 20}}, "steps": []object{tagStep("a", "hot", "")}})
		worked() // ann has 20 points, and had them before anybody asked
		s.happen(s.view("ann", "/"))
		s.wantTags(ann, "")
		s.wantTags(ben, "")

		next := object{"live": true, "base_version": 1, "card": json.RawMessage(fmt.Sprintf(body, 20))}
		preview := s.must(200, "POST", "/api/workspaces/web/score-cards/preview?of="+card, object{"card": next["card"]})
		s.wantAt(preview, "熱い", "enter", 0, "name")
		s.wantAt(preview, 1, "enter", 0, "people")
		s.must(200, "PUT", "/api/workspaces/web/score-cards/"+card, next)
		worked()
		s.wantTags(ann, "")
		s.wantTags(ben, "hot")
		s.wantJourneys(ben, "ended")

		// What was never meant as news stays none.
		s.happen(s.says("cat", "cat@example.jp"), s.view("cat", "/price"))
		cat := s.find("cat@example.jp")
		s.wantTags(cat, "hot")
		if err := s.db.ScoreCards.NoteScored(t.Context(), s.id(), store.ScoreCardID(card), 0); err != nil {
			t.Fatal(err)
		}
		worked()
		s.wantJourneys(ben, "ended")
		s.wantTags(ann, "")
	})
}

// The past tells when points came into a band, and how many a week.
func TestReplayOfABand(t *testing.T) {
	t.Parallel()
	onStage(t, func(t *testing.T, s *stage) {
		s.happen(s.says("ann", "ann@example.jp"), s.says("ben", "ben@example.jp"))
		card := s.card(`{"name": "見込み", "behaviour": [{"id": "p", "name": "料金", "page": "/price", "points": 10, "decay": {"kind": "linear", "days": 10}}]}`)
		s.happen(s.view("ann", "/price"), s.view("ann", "/price"), s.view("nobody", "/price"), s.view("nobody", "/price"))
		s.wait(12 * 24 * time.Hour)
		s.happen(s.view("ann", "/price"), s.view("ann", "/price"), s.view("ben", "/price"))
		ask := func(band object) map[string]any {
			return s.must(200, "POST", "/api/workspaces/web/automations/replay", object{"trigger": object{"band": band}, "days": 28})
		}
		got := ask(object{"card": card, "at_least": 20})
		s.wantAt(got, 1, "people")
		s.wantAt(got, 2, "entries")
		faded := ask(object{"card": card, "at_least": 4, "below": 6})
		s.wantAt(faded, 1, "people") // ann, on the way down
		s.must(400, "POST", "/api/workspaces/web/automations/replay", object{"trigger": object{"band": object{"card": "gone", "at_least": 1}}})
	})
}

// A condition may name a segment, and goes by what the segment is now.
func TestSegmentsInAutomations(t *testing.T) {
	t.Parallel()
	onStage(t, func(t *testing.T, s *stage) {
		const base = "/api/workspaces/web/segments"
		s.written = true
		segment := func(name string, condition any) string {
			return s.must(201, "POST", base, object{"name": name, "condition": condition})["id"].(string)
		}
		price := segment("料金", viewed("/price", 1, 7))
		outer := segment("料金か資料", object{"any": []any{object{"segment": price}, object{"tag": "資料"}}})
		s.happen(s.says("ann", "ann@example.jp"), s.says("ben", "ben@example.jp"))
		s.automate("料金", object{
			"trigger": object{"condition": object{"segment": outer}},
			"goal":    object{"segment": segment("客", object{"tag": "客"})},
			"steps":   []object{tagStep("a", "in", "w"), {"id": "w", "wait": object{"for": object{"amount": 30, "unit": "days"}}, "next": "b"}, tagStep("b", "end", "")},
		})
		ann, ben := s.find("ann@example.jp"), s.find("ben@example.jp")
		s.happen(s.view("ann", "/price"))
		s.wantTags(ann, "in")
		s.happen(s.view("ben", "/case"))
		s.wantTags(ben, "")
		s.must(409, "DELETE", base+"/"+outer, nil)
		s.must(409, "DELETE", base+"/"+price, nil)
		s.must(400, "PUT", base+"/"+price, object{"name": "輪", "condition": object{"segment": outer}})

		// It becomes another: true of ben, which is no news about him; the next time it is.
		s.must(200, "PUT", base+"/"+price, object{"name": "事例", "condition": viewed("/case", 1, 2)})
		s.settle()
		s.wantTags(ben, "")
		s.happen(s.view("ben", "/case"))
		s.wantTags(ben, "")
		s.wait(2*24*time.Hour + time.Second)
		s.happen(s.view("ben", "/price"))
		s.wantTags(ben, "")
		s.happen(s.view("ben", "/case"))
		s.wantTags(ben, "in")

		// The goal is a segment as well: whoever is in it leaves.
		s.must(200, "PATCH", contactsOf1+"/"+string(ann), object{"add_tags": []string{"客"}})
		s.settle()
		s.wantJourneys(ann, "reached")
		s.wantJourneys(ben, "inside:w")
	})
}
