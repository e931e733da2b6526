package server

import (
	"context"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/actor"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/store"
)

const stitchCard = `{"name": "見込み", "behaviour": [{"id": "p", "name": "料金", "page": "/price", "points": 10}], "hot": 20}`

// What was done with a browser before anybody knew whose it is becomes theirs only where a
// notice of the workspace says so.
func TestThePastOfABrowser(t *testing.T) {
	t.Parallel()
	onStage(t, func(t *testing.T, s *stage) {
		card := s.card(stitchCard)
		s.happen(s.view("ann", "/price"), s.view("ben", "/price"), s.view("ben", "/price"), s.view("dan", "/price"))
		s.clock.wait(time.Minute)

		// Nobody has allowed it: what came before stays nobody's, also within one go.
		before := s.view("ann", "/price")
		before.At = s.now()
		s.clock.wait(time.Second)
		s.happen(before, s.says("ann", "ann@example.jp"), s.view("ann", "/price"))
		ann := s.find("ann@example.jp")
		if theirs, nobodys := s.occurrences(actor.SubjectOf(ann)), s.occurrences("v:ann"); theirs != 1 || nobodys != 2 {
			t.Errorf("%d are hers, %d nobody's", theirs, nobodys)
		}
		if points := s.scored(card, ann); points != 10 {
			t.Errorf("%d points", points)
		}
		// Nor is it read from the events for a new question.
		s.must(400, "PUT", "/api/workspaces/web/act/stitching", object{"allowed": true, "notice": " "})
		s.must(200, "PUT", "/api/workspaces/web/act/stitching", object{"allowed": true, "notice": "2026-04"})

		// Allowed: the past, its points, and the lead they make come along.
		s.happen(s.says("ben", "ben@example.jp"))
		ben := s.find("ben@example.jp")
		if theirs, nobodys := s.occurrences(actor.SubjectOf(ben)), s.occurrences("v:ben"); theirs != 2 || nobodys != 0 {
			t.Errorf("%d are his, %d nobody's", theirs, nobodys)
		}
		if points := s.scored(card, ben); points != 20 {
			t.Errorf("%d points", points)
		}
		leads, err := s.db.Leads.List(t.Context(), s.id(), store.LeadQuery{})
		if err != nil || len(leads) != 1 || leads[0].Subject != actor.SubjectOf(ben) {
			t.Errorf("%v %+v", err, leads)
		}
		s.happen(s.says("ben", "ben@example.jp")) // the same again

		// Another person at the same browser is another: neither merges, nor takes the past.
		s.clock.wait(time.Second)
		s.happen(s.says("ben", "eve@example.jp"), s.view("ben", "/price"))
		eve := s.find("eve@example.jp")
		if eve == ben || eve == "" {
			t.Fatalf("%q and %q", eve, ben)
		}
		if his, hers := s.occurrences(actor.SubjectOf(ben)), s.occurrences(actor.SubjectOf(eve)); his != 2 || hers != 1 {
			t.Errorf("%d are his, %d hers", his, hers)
		}

		// A form says whose a browser is as well.
		err = s.db.InTx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
			folded, err := tx.Contacts.Upsert(ctx, s.id(), []contact.Sighting{{At: s.now(), Address: "dan@example.jp", Visitor: "dan"}})
			if err != nil {
				return err
			}
			return s.server.learned(ctx, tx, s.id(), folded)
		})
		if err != nil {
			t.Fatal(err)
		}
		if dan := s.find("dan@example.jp"); s.occurrences(actor.SubjectOf(dan)) != 1 || s.scored(card, dan) != 10 {
			t.Errorf("%d of his, %d points", s.occurrences(actor.SubjectOf(dan)), s.scored(card, dan))
		}
	})
}

// Two who turn out to be one keep what both did, were given and are in, once.
func TestOneOfTwo(t *testing.T) {
	t.Parallel()
	onStage(t, func(t *testing.T, s *stage) {
		card := s.card(stitchCard)
		s.automate("料金", object{"trigger": object{"event": object{"page": "/price"}}, "steps": []object{
			{"id": "p", "score": object{"card": card, "points": 3}, "next": "w"}, {"id": "w", "wait": object{"for": object{"amount": 1, "unit": "days"}}, "next": "a"}, tagStep("a", "waited", ""),
		}})
		user := func(e event.Event, id string) event.Event { e.UserID = id; return e }
		s.happen(s.says("ann", "ann@example.jp"), user(s.says("b", "ann.b@example.jp"), "u1"))
		s.happen(s.view("ann", "/price"), user(s.view("b", "/price"), "u1"))
		one, other := s.find("ann@example.jp"), s.find("ann.b@example.jp")
		s.wantJourneys(one, "inside:w")
		s.wantJourneys(other, "inside:w")
		s.happen(user(s.says("ann", "ann@example.jp"), "u1")) // the address and the user id: they are one
		left := s.find("ann.b@example.jp")
		if left != s.find("ann@example.jp") || left != one {
			t.Fatalf("%q and %q are %q", one, other, left)
		}
		if n := s.occurrences(actor.SubjectOf(left)); n != 2 {
			t.Errorf("%d occurrences", n)
		}
		if points := s.scored(card, left); points != 26 { // two views, and what the step gave both
			t.Errorf("%d points", points)
		}
		s.wait(24 * time.Hour)
		s.wantTags(left, "waited")
		if a := s.do("GET", contactsOf1+"/"+string(other), nil); a.status != 200 {
			t.Errorf("%d", a.status)
		}
	})
}

// An alias to oneself is refused where events come in; a sighting that says nothing new
// changes nobody.
func TestSayingTheSameAgain(t *testing.T) {
	t.Parallel()
	onStage(t, func(t *testing.T, s *stage) {
		s.happen(s.says("ann", "ann@example.jp"))
		ann := s.find("ann@example.jp")
		s.happen(s.says("ann", "ann@example.jp"), event.Event{Kind: event.Alias, UserID: "ann@example.jp", PreviousID: "ann", Visitor: "ann", AnonymousID: "ann"})
		if again := s.find("ann@example.jp"); again != ann {
			t.Errorf("%q, then %q", ann, again)
		}
		people, total, err := s.db.Contacts.List(t.Context(), s.id(), store.ContactQuery{})
		if err != nil || total != 1 || len(people) != 1 {
			t.Errorf("%v %d", err, total)
		}
	})
}
