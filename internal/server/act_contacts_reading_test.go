package server

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/act/automation"
	"github.com/shirube/shirube/internal/act/mail"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/store"
)

// What somebody does with a mail is theirs: it gives points, lets them into automations,
// stands in their timeline, and goes when they go. A machine's click does none of it.
func TestWhatIsReadIsTheirs(t *testing.T) {
	t.Parallel()
	onStage(t, func(t *testing.T, s *stage) {
		s.written = true
		ctx := t.Context()
		card := s.card(`{"name": "見込み", "behaviour": [{"id": "c", "name": "メール", "event": "Mail Link Clicked", "points": 10}], "hot": 10}`)
		id := s.automate("押した人", object{"trigger": object{"event": object{"event": "Mail Link Clicked"}}, "steps": []object{tagStep("a", "clicked", "")}})
		ann, ben := s.knows("ann@example.jp"), s.knows("ben@example.jp")
		for k, who := range []store.MailTouch{
			{Mail: "m1", Cause: "broadcast:b", Contact: ann, URL: "https://example.jp/", Touch: mail.Touch{At: s.now(), What: "click"}},
			{Mail: "m2", Cause: "broadcast:b", Contact: ben, URL: "https://example.jp/", Touch: mail.Touch{At: s.now(), What: "click", Agent: "curl/8"}},
		} {
			if _, _, err := s.db.Deliveries.Touch(ctx, s.id(), who, func([]mail.Touch) []mail.Reason { return [][]mail.Reason{{""}, {mail.ByBurst}}[k] }); err != nil {
				t.Fatal(err)
			}
		}
		told := func() (events []event.Event) {
			t.Helper()
			list, err := s.db.Deliveries.Untold(ctx, s.now()+1, 10)
			if err != nil {
				t.Fatal(err)
			}
			whose, err := s.server.readersOf(ctx, list)
			if err != nil {
				t.Fatal(err)
			}
			for _, touch := range list {
				if reader, there := whose[readerOf{touch.Workspace, touch.Contact}]; there {
					events = append(events, touchEvent(touch, reader, s.now()))
				}
			}
			return events
		}
		events := told()
		if len(events) != 2 {
			t.Fatalf("%+v", events)
		}
		s.happen(events...)
		s.wantTags(ann, "clicked")
		s.wantTags(ben, "")
		if hers, his := s.scored(card, ann), s.scored(card, ben); hers != 10 || his != 0 {
			t.Errorf("%d and %d points", hers, his)
		}

		// The timeline tells it, with what came of it.
		kinds := map[string]string{}
		for _, one := range s.get(contactsOf1 + "/" + string(ann) + "/timeline?lang=en")["moments"].([]any) {
			kinds[at2(one, "kind")] = at2(one, "label") + ": " + at2(one, "text")
		}
		if !strings.Contains(kinds["journey"], "押した人") || !strings.Contains(kinds["score"], "Told to sales with 10 points") || kinds["event"] == "" {
			t.Errorf("%v", kinds)
		}
		if n := len(at3(s.get(contactsOf1+"/"+string(ann)+"/disclosure"), "events")); n != 1 {
			t.Errorf("%d events are disclosed", n)
		}
		if erased := s.must(200, "DELETE", contactsOf1+"/"+string(ann), nil); erased["events"] != 1.0 {
			t.Errorf("%v", erased)
		}
		// A mail of long ago lies in the mailbox of somebody who is erased: nobody is written of again.
		if events := told(); len(events) != 1 || events[0].UserID != string(ben) {
			t.Errorf("%+v", events)
		}
		if n := len(s.items(store.ItemQuery{Cause: automation.Cause(id)})); n != 0 {
			t.Errorf("%d items", n)
		}
	})
}

// A moment is told in the language of whoever reads it, not of whoever wrote it.
func TestMomentsAreToldInEitherLanguage(t *testing.T) {
	t.Parallel()
	onStage(t, func(t *testing.T, s *stage) {
		ann := s.knows("ann@example.jp", object{"consent": object{"basis": "paper", "source": "展示会"}})
		at := contactsOf1 + "/" + string(ann)
		s.clock.wait(time.Minute)
		s.must(201, "POST", at+"/consents", object{"state": "refused", "source": "電話"})
		s.clock.wait(time.Minute)
		s.must(200, "POST", at+"/stop", object{})
		for lang, want := range map[string]string{
			"ja": "配信を停止: 担当者による停止|受け取らないという申し出|書面（名刺など）での通知",
			"en": "Mail was stopped: Stopped by hand|They said that they do not want it|Told in writing (business card)",
		} {
			var texts []string
			for _, one := range at3(s.get(at+"/timeline?lang="+lang), "moments") {
				texts = append(texts, at2(one, "text"))
			}
			if got := strings.Join(texts, "|"); got != want {
				t.Errorf("%s: %s", lang, got)
			}
			if text := at2(s.get(at+"/disclosure?lang="+lang), "text"); !strings.Contains(text, strings.Split(want, "|")[0]) {
				t.Errorf("%s: %s", lang, text)
			}
		}
	})
}

// An office's address makes one contact, of whom the form's event is.
func TestAFormFromAnOffice(t *testing.T) {
	t.Parallel()
	r, now, id := newFormRig(t)
	sent := r.fill(now, id, url.Values{"mail": {"info@example.jp"}, "about": {"料金"}, "score": {"9"}, "consent": {"yes"}}, time.Minute)
	if sent.status != 200 {
		t.Fatalf("%d %s", sent.status, sent.text)
	}
	r.wantAt(r.get(contactsOf1), 1, "total")
}
