package server

import (
	"testing"
	"time"

	"github.com/shirube/shirube/internal/act/contact"
)

// A date lets in those who were known before it was switched on, and those who stand before
// an earlier one when a version asks for that.
func TestDatesOfThoseWhoAreKnown(t *testing.T) {
	t.Parallel()
	onStage(t, func(t *testing.T, s *stage) {
		soon := func(days int) object {
			return object{"trigger": object{"date": object{"property": "renewal", "days": days, "time": "10:30"}}, "steps": []object{tagStep("a", "soon", "")}}
		}
		on := func(address, day string) contact.ID {
			return s.knows(address, object{"properties": object{"renewal": day}})
		}
		ann, ben, cat := on("ann@example.jp", "2026-09-20"), on("ben@example.jp", "2026-09-28"), on("cat@example.jp", "2026-09-01")
		id := s.automate("契約の更新", soon(-7))
		s.until(13, 10, 29)
		s.wantTags(ann, "")
		s.until(13, 10, 30)
		s.wantTags(ann, "soon")
		s.must(200, "PUT", "/api/workspaces/web/automations/"+id, object{"base_version": 1, "definition": s.definition("契約の更新", soon(-14))})
		s.must(200, "POST", "/api/workspaces/web/automations/"+id+"/switch", object{"version": 2})
		s.settle()
		s.wantTags(ben, "")
		s.until(14, 10, 30)
		s.wantTags(ben, "soon")
		s.until(30, 0, 0)
		s.wantTags(cat, "")
		s.wantJourneys(ann, "ended")
	})
}

// What was due by a condition that nobody asks any more does not stand before what is due.
func TestATriggerThatWasAnotherIsForgotten(t *testing.T) {
	t.Parallel()
	onStage(t, func(t *testing.T, s *stage) {
		base := "/api/workspaces/web/automations/"
		step := []object{tagStep("a", "seen", "")}
		id := s.automate("再訪", object{"trigger": object{"condition": viewed("/price", 1, 7)}, "steps": step})
		s.happen(s.says("ann", "ann@example.jp"), s.view("ann", "/price"))
		if due, err := s.db.Journeys.NextDue(t.Context()); err != nil || due == 0 {
			t.Fatalf("%d %v", due, err)
		}
		s.must(200, "PUT", base+id, object{"base_version": 1, "definition": s.definition("再訪", object{"trigger": object{"event": object{"page": "/price"}}, "steps": step})})
		s.must(200, "POST", base+id+"/switch", object{"version": 2})
		s.wait(30 * 24 * time.Hour)
		if due, err := s.db.Journeys.NextDue(t.Context()); err != nil || due != 0 {
			t.Errorf("due %d at %d: %v", due, s.now(), err)
		}
	})
}

// Whoever waits finishes on the version they came in by, also where what they wait in is gone
// from the next one; whoever is held out stays so by every version.
func TestVersionsPartWays(t *testing.T) {
	t.Parallel()
	onStage(t, func(t *testing.T, s *stage) {
		base, trigger := "/api/workspaces/web/automations/", object{"event": object{"event": "go"}}
		id := s.automate("案内", object{"trigger": trigger, "reentry": object{"mode": "always"}, "steps": []object{
			{"id": "w", "wait": object{"for": object{"amount": 3, "unit": "days"}}, "next": "a"}, tagStep("a", "old", "")}})
		s.happen(s.says("ann", "ann@example.jp"), s.says("ben", "ben@example.jp"))
		s.happen(s.did("ann", "go"))
		s.must(200, "PUT", base+id, object{"base_version": 1, "definition": s.definition("案内", object{"trigger": trigger, "reentry": object{"mode": "always"}, "steps": []object{tagStep("b", "new", "")}})})
		s.must(200, "POST", base+id+"/switch", object{"version": 2})
		s.happen(s.did("ann", "go"), s.did("ben", "go"))
		ann, ben := s.find("ann@example.jp"), s.find("ben@example.jp")
		s.wantJourneys(ann, "inside:w")
		s.wantTags(ben, "new")
		s.wait(3 * 24 * time.Hour)
		s.wantTags(ann, "old")
		s.happen(s.did("ann", "go")) // and by the new one when they come again
		s.wantTags(ann, "new old")
		s.wantJourneys(ann, "ended ended")
	})
}
