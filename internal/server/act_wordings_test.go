package server

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/act/automation"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/mail"
	"github.com/shirube/shirube/internal/deliver/sink"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/store/vault"
)

const wordingsPath = "/api/workspaces/web/automations/"

// letters keeps templates of marketing mail; the text of each is its name.
func (s *stage) letters(in *sink.Sink, names ...string) (ids []string) {
	s.t.Helper()
	const base = "/api/workspaces/web/act/mail"
	sender := s.must(200, "POST", base+"/senders", sendersBody(in, "marketing"))["id"].(string)
	for _, name := range names {
		body := templateBody(sender, "marketing", name)
		body["template"].(object)["name"], body["template"].(object)["subject"] = name, name
		ids = append(ids, s.must(200, "POST", base+"/templates", body)["id"].(string))
	}
	return ids
}

func trying(a, b string, more object) object {
	d := mailingAll(a)
	second := object{"template": b}
	for key, value := range more {
		second[key] = value
	}
	d["steps"].([]any)[0].(object)["mail"].(object)["trying"] = second
	d["holdout"] = 0
	return d
}

// clickable is the first address of ours to click in a mail as it arrived.
func clickable(t *testing.T, raw []byte) string {
	t.Helper()
	for part := range strings.SplitSeq(strings.ReplaceAll(string(raw), "\r", ""), "\n\n") {
		text, _, _ := strings.Cut(part, "\n--")
		body, err := base64.StdEncoding.DecodeString(strings.ReplaceAll(text, "\n", ""))
		if err != nil {
			continue
		}
		if link := regexp.MustCompile(`https://m\.example\.jp(/c/[^"\s]+)`).FindStringSubmatch(html.UnescapeString(string(body))); link != nil {
			return link[1]
		}
	}
	t.Fatalf("nothing to click in %s", raw)
	return ""
}

// byHand follows a link as a person's browser does.
func (s *stage) byHand(path string) {
	s.t.Helper()
	request, err := http.NewRequestWithContext(s.t.Context(), http.MethodGet, s.http.URL+path, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	request.Host = "m.example.jp"
	request.Header.Set("User-Agent", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36")
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.Do(request)
	if err != nil {
		s.t.Fatal(err)
	}
	_ = response.Body.Close()
	if response.StatusCode != http.StatusFound {
		s.t.Errorf("a click leads to %d", response.StatusCode)
	}
}

// A step that tries two wordings sends each person the one that was drawn for them, counts
// what people do with it, and goes on comparing through versions that leave it alone.
func TestTwoWordingsOfAStep(t *testing.T) {
	t.Parallel()
	onStage(t, func(t *testing.T, s *stage) {
		in := sink.Start(t)
		resolver, hold := changingDNS(t)
		s.server.deps.Resolver, s.written = resolver, true
		letters := s.letters(in, "PLAIN", "LONG")
		senders := s.get("/api/workspaces/web/act/mail/senders")
		sender := at(senders, "senders", 0, "id").(string)
		hold(believed(s.must(200, "POST", "/api/workspaces/web/act/mail/senders/"+sender+"/keys", object{"algorithm": "ed25519", "selector": "s1"})["keys"].([]any)...)...)
		made := s.must(201, "POST", "/api/workspaces/web/automations?lang=ja", object{"definition": trying(letters[0], letters[1], nil)})
		id := made["id"].(string)
		s.wantAt(made, "「PLAIN」と「LONG」をくらべる", "sentences", "steps", "m")
		s.must(200, "POST", wordingsPath+id+"/switch", object{"version": 1})
		s.wantAt(s.get(wordingsPath+id+"/wordings"), nil, "wordings", 0, "since")

		const people = 24
		for n := range people {
			who := s.knows(fmt.Sprintf("p%d@example.jp", n))
			s.must(201, "POST", contactsOf1+"/"+string(who)+"/consents", object{"basis": "agreed", "text": "案内のメールを受け取ります", "source": "電話"})
			s.happen(s.says(fmt.Sprintf("v%d", n), fmt.Sprintf("p%d@example.jp", n)), s.view(fmt.Sprintf("v%d", n), "/price"))
		}
		drawn := map[string]string{}
		for _, item := range s.items(store.ItemQuery{Limit: 1000}) {
			var h automation.Handing
			if err := json.Unmarshal(item.Payload, &h); err != nil {
				t.Fatal(err)
			}
			drawn[item.Contact] = h.Variant
			for range 2 { // the second one is the same after a crash
				if answer := s.server.mailing.Hand(t.Context(), item); answer.State != "sent" {
					t.Fatalf("%+v", answer)
				}
			}
		}
		s.server.mailing.flush(t.Context())
		s.clock.wait(time.Hour)
		sent, clicked := map[string]int{}, map[string]int{}
		seen := map[string]bool{}
		for n, one := range in.Mails() {
			if seen[one.To] {
				continue
			}
			seen[one.To] = true
			name, _, _ := strings.Cut(strings.SplitN(string(one.Data), "\nSubject: ", 2)[1], "\r")
			variant := drawn[string(s.find(one.To))]
			if letter := variant[len(variant)-1:]; (letter == "A") != (name == "PLAIN") || (letter == "B") != (name == "LONG") {
				t.Errorf("%s is sent %q, drawn was %s", one.To, name, variant)
			}
			sent[name]++
			if n%4 == 0 {
				clicked[name]++
				s.byHand(clickable(t, one.Data))
			}
		}
		if sent["PLAIN"]+sent["LONG"] != people || sent["PLAIN"] < 4 || sent["LONG"] < 4 {
			t.Fatalf("%v", sent)
		}
		check := func() {
			t.Helper()
			got := s.get(wordingsPath + id + "/wordings?lang=en")
			if list := got["wordings"].([]any); len(list) != 1 {
				t.Fatalf("%d comparisons", len(list))
			}
			for k, name := range []string{"PLAIN", "LONG"} {
				s.wantAt(got, name, "wordings", 0, "wordings", k, "name")
				s.wantAt(got, sent[name], "wordings", 0, "versus", "arms", k, "people")
				s.wantAt(got, clicked[name], "wordings", 0, "versus", "arms", k, "did")
			}
			s.wantAt(got, "cannot-tell", "wordings", 0, "versus", "verdict")
			s.wantAt(got, true, "wordings", 0, "latest")
		}
		check()
		// A version that leaves the comparison alone goes on with it.
		renamed := trying(letters[0], letters[1], object{"by": "clicks", "share": .5})
		renamed["name"] = "はじめの案内(春)"
		s.must(200, "PUT", wordingsPath+id, object{"base_version": 1, "definition": renamed})
		check()
		// What a click tells carries the automation, and the wording beside it.
		if err := s.server.mailing.tell(t.Context()); err != nil {
			t.Fatal(err)
		}
		// Who was erased is counted no more.
		first := s.find("p0@example.jp")
		name := map[string]string{"A": "PLAIN", "B": "LONG"}[drawn[string(first)][len(drawn[string(first)])-1:]]
		if err := s.db.Deliveries.Forget(t.Context(), s.id(), first); err != nil {
			t.Fatal(err)
		}
		sent[name]--
		reached := s.get(wordingsPath + id + "/wordings")
		s.wantAt(reached, sent["PLAIN"], "wordings", 0, "versus", "arms", 0, "people")
		s.wantAt(reached, sent["LONG"], "wordings", 0, "versus", "arms", 1, "people")
		// Another share begins anew, and the old one stays to be read.
		s.must(200, "PUT", wordingsPath+id, object{"base_version": 2, "definition": trying(letters[0], letters[1], object{"share": .2})})
		anew := s.get(wordingsPath + id + "/wordings")
		s.wantAt(anew, nil, "wordings", 0, "since")
		s.wantAt(anew, .2, "wordings", 0, "share_b")
		s.wantAt(anew, false, "wordings", 1, "latest")
	}, func(d *Deps) {
		d.URL, d.Vault, d.Puller = "https://m.example.jp", vault.At(t.TempDir()+"/key", nil), onThisMachine()
	})
}

// reached has two wordings have gone to people a while ago; those of whom did is true
// followed a link. It returns who they are.
func (s *stage) reached(cause string, variants [2]string, n int, daysAgo event.Millis, did func(arm, k int) bool) {
	s.t.Helper()
	at := s.now() - daysAgo*24*3_600_000
	var seen []contact.Sighting
	for k := range n {
		seen = append(seen, contact.Sighting{At: at, Address: fmt.Sprintf("p%d@example.jp", k), Visitor: fmt.Sprintf("p%d", k)})
	}
	folded, err := s.db.Contacts.Upsert(s.t.Context(), s.id(), seen)
	if err != nil {
		s.t.Fatal(err)
	}
	var list []store.MailDelivery
	for k, who := range folded.Of {
		short := fmt.Sprintf("%s-%d", variants[k%2], k)
		list = append(list, store.MailDelivery{MessageID: short + "@x.jp", Contact: who, Cause: cause, Variant: variants[k%2], Class: mail.Accepted, At: at})
		if !did(k%2, k/2) {
			continue
		}
		touch := store.MailTouch{Mail: short, Cause: cause + "#" + variants[k%2], Contact: who, Touch: mail.Touch{At: at + 1, What: "click"}}
		if _, _, err := s.db.Deliveries.Touch(s.t.Context(), s.id(), touch, asPlanted); err != nil {
			s.t.Fatal(err)
		}
	}
	if err := s.db.Deliveries.Add(s.t.Context(), s.id(), list); err != nil {
		s.t.Fatal(err)
	}
}

// Wordings are told apart by what was chosen beforehand: clicks, openings, or the KPI.
func TestWordingsAreJudgedByWhatWasChosen(t *testing.T) {
	t.Parallel()
	onStage(t, func(t *testing.T, s *stage) {
		s.written = true
		letters := s.letters(sink.Start(t), "PLAIN", "LONG")
		variants := func(d object) [2]string {
			text, err := json.Marshal(d)
			if err != nil {
				t.Fatal(err)
			}
			read, err := automation.Read(text)
			if err != nil {
				t.Fatal(err)
			}
			trial := read.Steps[0].Trial()
			return [2]string{automation.Variant(trial, "A"), automation.Variant(trial, "B")}
		}
		kept := func(d object) string {
			return s.must(201, "POST", "/api/workspaces/web/automations", object{"definition": d})["id"].(string)
		}
		// Of a hundred, B is followed by thirty, A by five; nobody opens anything.
		clicks := func(arm, k int) bool { return k%20 < []int{1, 6}[arm] }
		byClicks, byOpens, byKPI := trying(letters[0], letters[1], nil), trying(letters[0], letters[1], object{"by": "opens"}), trying(letters[0], letters[1], object{"by": "kpi"})
		of := map[string]string{}
		for by, d := range map[string]object{"clicks": byClicks, "opens": byOpens, "kpi": byKPI} {
			of[by] = kept(d)
			s.reached(automation.Cause(of[by]), variants(d), 400, 20, clicks)
		}
		got := s.get(wordingsPath + of["clicks"] + "/wordings?lang=ja")
		s.wantAt(got, "higher", "wordings", 0, "versus", "verdict")
		if text := at(got, "wordings", 0, "versus", "sentence").(string); !strings.HasPrefix(text, "B のほうが、100人あたり25.0人多くクリック") {
			t.Error(text)
		}
		got = s.get(wordingsPath + of["opens"] + "/wordings")
		s.wantAt(got, "cannot-tell", "wordings", 0, "versus", "verdict")
		s.wantAt(got, "opens", "wordings", 0, "versus", "by")

		// By the KPI it is who inquires afterwards that counts: here those who read A.
		var asked []event.Event
		for k := range 100 {
			e := s.did(fmt.Sprintf("p%d", k*4), "Inquiry Submitted") // of A, which are the even ones
			e.At = s.now() - 15*24*3_600_000
			asked = append(asked, e)
		}
		before := s.did("p1", "Inquiry Submitted")
		before.At = s.now() - 25*24*3_600_000
		s.happen(append(asked, before)...)
		got = s.get(wordingsPath + of["kpi"] + "/wordings?lang=ja")
		s.wantAt(got, "lower", "wordings", 0, "versus", "verdict")
		s.wantAt(got, 100, "wordings", 0, "versus", "arms", 0, "did")
		s.wantAt(got, 0, "wordings", 0, "versus", "arms", 1, "did")
		s.wantAt(got, "問い合わせ", "wordings", 0, "versus", "kpi")
		s.wantAt(got, 14, "wordings", 0, "versus", "days")

		// A broadcast is judged alike; those who were mailed less than two weeks ago wait.
		const base = "/api/workspaces/web/act/mail"
		s.wantAt(s.get(base+"/outcomes"), "inquiries", "outcomes", 0, "id")
		if list := s.get(base + "/outcomes")["outcomes"].([]any); len(list) != 1 {
			t.Errorf("%v", list)
		}
		plan := object{"name": "秋", "template": letters[0], "template_b": letters[1], "share_b": 50, "by": "kpi", "kpi": "inquiries"}
		cast := s.must(200, "POST", base+"/broadcasts", plan)["id"].(string)
		s.reached("broadcast:"+cast, [2]string{"A", "B"}, 400, 20, clicks)
		for _, to := range []string{castQueueing, castSending, castSent} {
			from := map[string]string{castQueueing: castDraft, castSending: castQueueing, castSent: castSending}[to]
			if err := s.db.Mails.Move(t.Context(), s.id(), cast, from, to); err != nil {
				t.Fatal(err)
			}
		}
		view := s.get(base + "/broadcasts/" + cast)
		s.wantAt(view, "lower", "versus", "verdict")
		s.wantAt(view, 0, "versus", "watching")
		s.wantAt(s.get(base+"/broadcasts"), nil, "broadcasts", 0, "versus")

		// What cannot be told by person, or compared at all, is not taken.
		for name, d := range map[string]object{
			"kpi: visits": {"kpi": "visits", "by": "kpi"}, "template gone": {"template": "none"}, "the same": {"template": letters[0]},
		} {
			more := object{}
			for key, value := range d {
				if key != "kpi" {
					more[key] = value
				}
			}
			one := trying(letters[0], letters[1], more)
			if kpi, there := d["kpi"]; there {
				one["kpi"] = kpi
			}
			if a := s.do("POST", "/api/workspaces/web/automations", object{"definition": one}); a.status != 400 || !strings.Contains(a.text, "/steps/0/mail/trying") {
				t.Errorf("%s: %d %s", name, a.status, a.text)
			}
		}
		plan["kpi"] = "calls"
		if a := s.do("POST", base+"/broadcasts", plan); a.status != 400 || !strings.Contains(a.text, "body.kpi") {
			t.Errorf("%d %s", a.status, a.text)
		}
	}, func(d *Deps) {
		d.URL, d.Vault, d.Puller = "https://m.example.jp", vault.At(t.TempDir()+"/key", nil), onThisMachine()
	})
}
