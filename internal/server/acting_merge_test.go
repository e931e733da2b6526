package server

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/act/automation"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/outbox"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// consentTo is what stands beside somebody in the list of people.
func (s *stage) consentTo(who contact.ID) string {
	s.t.Helper()
	for _, line := range s.get(contactsOf1 + "?limit=500")["contacts"].([]any) {
		if at2(line, "id") == string(who) {
			return at2(line, "consent")
		}
	}
	return ""
}

// gated is what the gate says of a mail of marketing to somebody, and whether the list of
// people and a segment say the same.
func (s *stage) gated(who contact.ID) (refused string) {
	s.t.Helper()
	item := outbox.Item{ID: "1", Workspace: s.ws, Kind: outbox.Mail, Stream: automation.Marketing, Contact: string(who), Payload: mustJSON(automation.Handing{Contact: string(who)})}
	rulings, err := gate{s.server, s.server.zone}.Rule(s.t.Context(), []outbox.Item{item}, s.now())
	if err != nil {
		s.t.Fatal(err)
	}
	said, count := "granted", 1.0
	if rulings[0].State == outbox.Withheld {
		said, count = "refused", 0
	}
	if got := s.consentTo(who); got != said {
		s.t.Errorf("the gate says %q, the list %q", said, got)
	}
	granted := object{"all": []any{object{"consent": object{"state": "granted"}}, object{"property": object{"key": "address", "op": "is", "values": []string{at2(s.get(contactsOf1+"/"+string(who)), "address")}}}}}
	if got := s.must(200, "POST", "/api/workspaces/web/segments/count", object{"condition": granted})["people"]; got != count {
		s.t.Errorf("the gate says %q, the segment counts %v", said, got)
	}
	return rulings[0].Reason
}

// A refusal is the person's: it survives that they turn out to be somebody with another
// address, and that a list brings them again.
func TestARefusalSurvives(t *testing.T) {
	t.Parallel()
	onStage(t, func(t *testing.T, s *stage) {
		agreed := object{"consent": object{"basis": "agreed", "text": "案内を受け取ります", "source": "展示会"}}
		old := s.knows("ann@old.example.jp", agreed)
		s.clock.wait(time.Minute)
		fresh := s.knows("ann@new.example.jp", agreed)
		if why := s.gated(fresh); why != "" {
			t.Fatalf("before: %s", why)
		}
		s.clock.wait(time.Minute)
		s.must(200, "POST", contactsOf1+"/"+string(old)+"/stop", object{})
		s.must(200, "POST", contactsOf1+"/"+string(fresh)+"/merge", object{"other": string(old)})
		one := s.find("ann@new.example.jp")
		detail := s.get(contactsOf1 + "/" + string(one))
		if at2(detail, "address") != "ann@new.example.jp" {
			t.Fatalf("%v", detail["address"])
		}
		s.wantAt(detail, false, "addresses", 0, "may_send")
		if why := s.gated(one); !strings.Contains(why, "ほかのアドレス") {
			t.Errorf("after the merge: %q", why)
		}
		s.clock.wait(time.Minute)
		s.must(201, "POST", contactsOf1+"/"+string(one)+"/consents", object{"address": "ann@new.example.jp", "basis": "agreed", "text": "やはり受け取ります", "source": "電話"})
		if why := s.gated(one); why != "" {
			t.Errorf("they changed their mind: %s", why)
		}

		// Said on record instead of by a stop, and brought in again by a list of today.
		s.clock.wait(time.Minute)
		ben := s.knows("ben@example.jp", agreed)
		s.clock.wait(time.Minute)
		s.must(201, "POST", contactsOf1+"/"+string(ben)+"/consents", object{"state": "refused", "source": "電話"})
		s.clock.wait(time.Minute)
		upload := s.must(201, "POST", "/api/workspaces/web/uploads?name="+url.QueryEscape("名簿.csv"), strings.NewReader("メールアドレス,契約更新日\nben@example.jp,2026/12/1\n"))["upload_id"].(string)
		brought := s.must(200, "POST", "/api/workspaces/web/act/contact-imports/"+upload, object{"columns": []string{"address", "property:契約更新日"},
			"basis": "agreed", "text": "案内を受け取ります", "source": "別の名簿", "on": "2026-09-09"})
		s.wantAt(brought, 1, "stopped")
		if why := s.gated(ben); !strings.Contains(why, "3条3項") {
			t.Errorf("after the list: %q", why)
		} else if en, ja := reasonIn(why, words.EN), reasonIn(why, words.JA); !strings.HasSuffix(en, "(Specified Electronic Mail Act, art. 3-3)") || !strings.HasSuffix(ja, "（特定電子メール法3条3項）") {
			t.Errorf("it is told as %q and %q", en, ja)
		}
	})
}

// What an automation or a broadcast queued for two who turn out to be one leaves once; what
// neither has been sent by the other stays.
func TestWhatIsQueuedForTwoWhoAreOne(t *testing.T) {
	t.Parallel()
	onStage(t, func(t *testing.T, s *stage) {
		mails := []object{{"id": "m", "mail": object{"template": "t"}}}
		body := func(name, happens string) []byte {
			text, err := json.Marshal(s.definition(name, object{"trigger": object{"event": object{"event": happens}}, "steps": mails}))
			if err != nil {
				t.Fatal(err)
			}
			return text
		}
		for _, name := range []string{"both", "only"} {
			made, err := s.db.Automations.Create(t.Context(), s.id(), store.NewAutomation{Name: name, KPI: "visits", Body: body(name, name)})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := s.db.Automations.Switch(t.Context(), s.id(), made.ID, 1); err != nil {
				t.Fatal(err)
			}
		}
		s.happen(s.says("ann", "ann@example.jp"), s.says("b", "ann.b@example.jp"))
		s.happen(s.did("ann", "both"), s.did("b", "both"), s.did("b", "only"))
		one, other := s.find("ann@example.jp"), s.find("ann.b@example.jp")
		var cast []outbox.Item
		for _, key := range []contact.ID{one, other} {
			cast = append(cast, outbox.Item{Workspace: s.ws, Key: "broadcast/x/" + string(key), Kind: outbox.Mail, Stream: automation.Marketing, Contact: string(key), Cause: "broadcast:x"})
		}
		cast = append(cast, outbox.Item{Workspace: s.ws, Key: "broadcast/y/b", Kind: outbox.Mail, Stream: automation.Marketing, Contact: string(other), Cause: "broadcast:y"})
		if _, err := s.db.Outbox.Queue(t.Context(), cast); err != nil {
			t.Fatal(err)
		}
		s.must(200, "POST", contactsOf1+"/"+string(one)+"/merge", object{"other": string(other)})
		left := map[string]int{}
		for _, item := range s.items(store.ItemQuery{Contact: one}) {
			if item.State == outbox.Queued {
				left[item.Cause]++
			} else if item.State != outbox.Cancelled || item.Reason != outbox.Merged {
				t.Errorf("%+v", item)
			}
		}
		if len(left) != 4 {
			t.Errorf("%v are left", left)
		}
		for cause, n := range left {
			if n != 1 {
				t.Errorf("%d of %s", n, cause)
			}
		}
	})
}

// Of whom a condition was true by another name, it does not become true when the two turn
// out to be one.
func TestWhoHeldByAnotherNameDoesNotComeIn(t *testing.T) {
	t.Parallel()
	onStage(t, func(t *testing.T, s *stage) {
		vip := object{"tags": []string{"vip"}}
		ann, other := s.knows("ann@example.jp"), s.knows("ann.b@example.jp", vip)
		ben, fresh := s.knows("ben@example.jp"), s.knows("ben.b@example.jp")
		s.automate("大切な方", object{"trigger": object{"condition": object{"tag": "vip"}}, "steps": []object{tagStep("a", "welcome", "")}})
		s.must(200, "POST", contactsOf1+"/"+string(ann)+"/merge", object{"other": string(other)})
		s.must(200, "POST", contactsOf1+"/"+string(ben)+"/merge", object{"other": string(fresh)})
		s.settle()
		one := s.find("ann@example.jp")
		s.wantTags(one, "vip")
		s.must(200, "PATCH", contactsOf1+"/"+string(s.find("ben@example.jp")), object{"add_tags": []string{"vip"}})
		s.settle()
		s.wantTags(s.find("ben@example.jp"), "vip welcome")
		// Once it stopped being true of them, it can become so.
		for _, change := range []object{{"drop_tags": []string{"vip"}}, {"add_tags": []string{"vip"}}} {
			s.must(200, "PATCH", contactsOf1+"/"+string(one), change)
			s.settle()
		}
		s.wantTags(one, "vip welcome")
	})
}

// What happened long ago, told now, is no occasion to write to anybody.
func TestAHistoryBroughtInLetsNobodyIn(t *testing.T) {
	t.Parallel()
	onStage(t, func(t *testing.T, s *stage) {
		s.automate("go", object{"trigger": object{"event": object{"event": "go"}}, "reentry": object{"mode": "always"}, "steps": []object{tagStep("a", "told", "")}})
		s.happen(s.says("ann", "ann@example.jp"))
		ann := s.find("ann@example.jp")
		old := s.did("ann", "go")
		old.At = s.now() - event.Millis(25*time.Hour/time.Millisecond)
		s.happen(old)
		s.wantJourneys(ann, "")
		late := s.did("ann", "go")
		late.At = s.now() - event.Millis(23*time.Hour/time.Millisecond)
		s.happen(late)
		s.wantJourneys(ann, "ended")
	})
}

// A day that came with a list lets people in on it.
func TestADateOfAListIsADate(t *testing.T) {
	t.Parallel()
	onStage(t, func(t *testing.T, s *stage) {
		s.automate("更新", object{"trigger": object{"date": object{"property": "契約更新日", "days": -1, "time": "09:00"}}, "steps": []object{tagStep("a", "soon", "")}})
		upload := s.must(201, "POST", "/api/workspaces/web/uploads?name="+url.QueryEscape("名簿.csv"), strings.NewReader("メールアドレス,契約更新日\nben@example.jp,2026年9月20日\n"))["upload_id"].(string)
		s.must(200, "POST", "/api/workspaces/web/act/contact-imports/"+upload, object{"columns": []string{"address", "property:契約更新日"}, "basis": "none", "source": "契約の一覧"})
		ben := s.find("ben@example.jp")
		s.settle()
		s.until(19, 8, 59)
		s.wantTags(ben, "")
		s.until(19, 9, 0)
		s.wantTags(ben, "soon")
		// It stays a date when somebody changes it by hand.
		s.must(200, "PATCH", contactsOf1+"/"+string(ben), object{"properties": object{"契約更新日": "2027/9/20"}})
		s.wantAt(s.get(contactsOf1+"/"+string(ben)), "date", "properties", 0, "kind")
	})
}

// A list of people who agreed today is brought in before nine in the morning, too: the day
// is the workspace's.
func TestAListOfToday(t *testing.T) {
	t.Parallel()
	onStage(t, func(t *testing.T, s *stage) {
		s.until(16, 0, 30) // in Tokyo; in London it is the 15th
		upload := s.must(201, "POST", "/api/workspaces/web/uploads?name="+url.QueryEscape("名簿.csv"), strings.NewReader("メールアドレス\nben@example.jp\n"))["upload_id"].(string)
		at := "/api/workspaces/web/act/contact-imports/" + upload
		list := object{"columns": []string{"address"}, "basis": "paper", "source": "名刺", "on": "2026-09-17"}
		s.must(400, "POST", at, list)
		list["on"] = "2026-09-16"
		s.must(200, "POST", at, list)
		if why := s.gated(s.find("ben@example.jp")); why != "" {
			t.Errorf("%s", why)
		}
	})
}
