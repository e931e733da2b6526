package server

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/act/law"
	"github.com/shirube/shirube/internal/act/outbox"
	"github.com/shirube/shirube/internal/deliver/sink"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/store/vault"
)

// lawyer tries what a duty forbids, and reads what comes back.
type lawyer struct {
	*stage
	sink     *sink.Sink
	hold     func(...string)
	sender   string // of marketing mail
	template string
	keys     []any
}

const lawBase, castBase = "/api/workspaces/web/act/law", "/api/workspaces/web/act/mail"

// ruled is what the gate says of a mail to somebody at the moment it is to leave.
func (l *lawyer) ruled(who string) string {
	l.t.Helper()
	item := mailItem(l.id(), who, l.template, "セミナー")
	item.Cause = "broadcast:b"
	rulings, err := gate{l.server, l.server.zone}.Rule(l.t.Context(), []outbox.Item{item}, l.now())
	if err != nil {
		l.t.Fatal(err)
	}
	return string(rulings[0].State) + " " + rulings[0].Reason
}

// begun tries to begin a broadcast.
func (l *lawyer) begun() string {
	l.t.Helper()
	cast := l.must(200, "POST", castBase+"/broadcasts", object{"name": "秋", "template": l.template})
	a := l.do("POST", castBase+"/broadcasts/"+cast["id"].(string)+"/move", object{"to": "sending"})
	if a.status != http.StatusUnprocessableEntity {
		l.t.Errorf("it begins: %d", a.status)
	}
	return a.text
}

// refused sends what must not be taken, and gives the answer.
func (l *lawyer) refused(status int, method, url string, body any) string {
	l.t.Helper()
	a := l.do(method, url, body)
	if a.status != status {
		l.t.Errorf("%s %s: %d %s", method, url, a.status, a.text)
	}
	return a.text
}

// recorded is the articles that the newest entry of an operation stands on the record for.
func (l *lawyer) recorded(operation string) string {
	l.t.Helper()
	duty, _ := law.OfDeed(operation)
	if shown := l.must(200, "GET", lawBase+"?lang=ja", nil)["duties"].([]any)[duty.Number-1].(object); shown["last"] == nil {
		l.t.Errorf("%s does not show what was done", duty.Name.JA)
	}
	for _, one := range l.must(200, "GET", "/api/workspaces/web/audit?lang=ja", nil)["entries"].([]any) {
		if e := one.(object); e["operation"] == operation {
			return e["law"].(string)
		}
	}
	return "nothing of " + operation + " is on the record"
}

func (l *lawyer) importing(list string, body object) answered {
	l.t.Helper()
	id := l.must(201, "POST", "/api/workspaces/web/uploads?name=list.csv", strings.NewReader(list))["upload_id"].(string)
	return l.do("POST", "/api/workspaces/web/act/contact-imports/"+id, body)
}

// TestTheLaw walks the twenty duties: each is provoked, and stops or is put on record with
// its article.
func TestTheLaw(t *testing.T) {
	t.Parallel()
	inbox := sink.Start(t)
	onStage(t, func(t *testing.T, st *stage) {
		resolver, hold := changingDNS(t)
		st.server.deps.Resolver = resolver
		l := &lawyer{stage: st, sink: inbox, hold: hold}
		l.sender = l.must(200, "POST", castBase+"/senders", sendersBody(inbox, "marketing"))["id"].(string)
		l.keys = l.must(200, "POST", castBase+"/senders/"+l.sender+"/keys", object{"algorithm": "ed25519", "selector": "s1"})["keys"].([]any)
		l.template = l.must(200, "POST", castBase+"/templates", templateBody(l.sender, "marketing", "こんにちは"))["id"].(string)
		for i, provoke := range provocations {
			d := law.Of(i + 1)
			t.Run(fmt.Sprintf("L%d", d.Number), func(t *testing.T) {
				was := l.rig.t
				l.rig.t = t
				defer func() { l.rig.t = was }()
				hold(believed(l.keys...)...)
				if got := provoke(l); !cites(got, d.Article.JA) {
					t.Errorf("%s: neither of %s is named in %q", d.Name.JA, d.Article.JA, got)
				}
			})
		}
	}, func(d *Deps) {
		d.URL, d.Vault, d.Puller = "https://m.example.jp", vault.At(t.TempDir()+"/key", nil), onThisMachine()
	})
}

var lawName = regexp.MustCompile(`^[^0-9]+`)

// cites reports whether one of the articles is named in a text, however it is spaced.
func cites(text, articles string) bool {
	plain := strings.NewReplacer("第", "", " ", "").Replace
	law := ""
	return slices.ContainsFunc(strings.Split(articles, "・"), func(one string) bool {
		if name := lawName.FindString(one); name != "" && name != "施行規則" {
			law = name
		} else if name == "" {
			one = law + one
		}
		return strings.Contains(plain(text), plain(one))
	})
}

// provocations are what each duty forbids or has put on record, in their order.
var provocations = []func(*lawyer) string{
	func(l *lawyer) string { return l.ruled(string(l.knows("nobody-asked@example.jp"))) },
	func(l *lawyer) string {
		return l.importing("メール\nann@example.jp\n", object{"columns": []string{"address"}, "basis": "agreed", "source": "展示会"}).text
	},
	func(l *lawyer) string {
		body := sendersBody(l.sink, "marketing")
		body["settings"].(object)["legal"] = object{"sender": "", "postal": "東京都", "contact": "03"}
		bad := l.must(200, "POST", castBase+"/senders", body)["id"].(string)
		return l.refused(http.StatusUnprocessableEntity, "POST", castBase+"/templates", templateBody(bad, "marketing", "こんにちは"))
	},
	func(l *lawyer) string {
		who := string(l.knows("enough@example.jp"))
		l.must(201, "POST", contactsOf1+"/"+who+"/consents", object{"basis": "agreed", "text": "案内のメールを受け取ります", "source": "電話"})
		if now := l.ruled(who); now != " " {
			l.t.Errorf("who agreed is sent nothing: %s", now)
		}
		l.must(200, "POST", contactsOf1+"/"+who+"/stop", object{"note": "電話で"})
		return l.ruled(who)
	},
	func(l *lawyer) string {
		list := "メール\n"
		for n := range 60 {
			list += fmt.Sprintf("user%03d@example.jp\n", n)
		}
		body := object{"columns": []string{"address"}, "basis": "published", "source": "名簿"}
		return l.importing(list, body).text
	},
	func(l *lawyer) string { // the words say what will come, and from whom
		asking := func(words string) object {
			return object{"name": "たより", "definition": object{"kind": "newsletter", "title": "登録", "lang": "ja",
				"questions": []any{object{"key": "mail", "kind": "email", "label": "メール", "to": "address", "required": true}}, "consent": object{"text": words, "required": true}}}
		}
		const forms = "/api/workspaces/web/forms"
		if said := l.refused(http.StatusUnprocessableEntity, "POST", forms, asking("株式会社しるべに同意します")); !cites(said, law.Of(6).Article.JA) {
			l.t.Error(said)
		}
		made := l.must(201, "POST", forms, asking("案内のメールを受け取ります"))
		id := made["id"].(string)
		if told := fmt.Sprint(made["unnamed"]); !strings.Contains(told, "consent.text") || !strings.Contains(told, "株式会社しるべ") {
			l.t.Errorf("its editor says %s", told)
		}
		said := l.refused(http.StatusUnprocessableEntity, "PUT", forms+"/"+id+"/open", object{"open": true})
		l.must(200, "PUT", forms+"/"+id, with(asking("しるべから案内のメールを受け取ります"), "base_version", 1))
		l.must(200, "PUT", forms+"/"+id+"/open", object{"open": true})
		return said + l.refused(http.StatusUnprocessableEntity, "PUT", forms+"/"+id, with(asking("案内のメールを受け取ります"), "base_version", 2))
	},
	func(l *lawyer) string {
		return l.refused(http.StatusBadRequest, "PUT", "/api/workspaces/web/act/stitching", object{"allowed": true, "notice": ""})
	},
	func(l *lawyer) string {
		given := l.must(200, "POST", lawBase+"/recipients", object{"name": "株式会社くらげ", "role": "processor", "country": "JP", "data": "氏名", "purpose": "共催"})["id"]
		body := object{"columns": []string{"address"}, "basis": "none", "source": "共催セミナー", "provider": given}
		said := l.importing("メール\ncoop@example.jp\n", body).text
		l.must(200, "PUT", lawBase+"/recipients/"+given.(string), object{"name": "株式会社くらげ", "role": "processor", "country": "JP", "data": "氏名", "purpose": "共催", "receives": true, "sure": "申込画面で同意をとる約束(契約書3条)"})
		if a := l.importing("メール\ncoop@example.jp\n", body); a.status != http.StatusOK {
			l.t.Errorf("%d %s", a.status, a.text)
		}
		moments := l.must(200, "GET", contactsOf1+"/"+string(l.find("coop@example.jp"))+"/timeline", nil)["moments"]
		if told := fmt.Sprint(moments); !strings.Contains(told, "株式会社くらげ") {
			l.t.Errorf("whom they came from is not kept: %s", told)
		}
		return said
	},
	func(l *lawyer) string {
		hook := object{"name": "基幹システムへ", "kpi": "visits", "holdout": 0, "trigger": object{"condition": viewed("/price", 1, 7)}, "steps": []any{object{"id": "h", "webhook": object{"url": "https://crm.kurage.example.com/hook"}}}}
		id := l.must(201, "POST", "/api/workspaces/web/automations", object{"definition": hook})["id"].(string)
		on := "/api/workspaces/web/automations/" + id + "/switch"
		said := l.refused(http.StatusUnprocessableEntity, "POST", on, object{"version": 1})
		abroad := object{"name": "Kurage Inc.", "hosts": []string{"kurage.example.com"}, "role": "processor", "country": "US", "data": "氏名・メールアドレス", "purpose": "商談の記録"}
		if a := l.refused(http.StatusBadRequest, "POST", lawBase+"/recipients", abroad); !strings.Contains(a, "28条") {
			l.t.Error(a)
		}
		l.must(200, "POST", lawBase+"/recipients", with(abroad, "abroad", "equivalent"))
		l.must(200, "POST", on, object{"version": 1})
		handings := l.must(200, "GET", lawBase, nil)["handings"].([]any)
		if !slices.ContainsFunc(handings, func(h any) bool {
			return h.(object)["host"] == "crm.kurage.example.com" && h.(object)["recipient"] != ""
		}) {
			l.t.Errorf("%v", handings)
		}
		if file := l.do("GET", lawBase+"/recipient-export?lang=ja", nil); file.status != 200 || !strings.Contains(file.text, "Kurage Inc.,kurage.example.com,委託,US") {
			l.t.Errorf("%d %s", file.status, file.text)
		}
		return said
	},
	func(l *lawyer) string {
		l.do("GET", "/api/workspaces/web/act/contact-export", nil)
		return l.recorded("export-contacts")
	},
	func(l *lawyer) string {
		l.do("GET", "/api/workspaces/web/act/affected?since=0&until=9999999999999", nil)
		return l.recorded("list-affected")
	},
	func(l *lawyer) string {
		who := string(l.knows("rights@example.jp"))
		text := l.must(200, "GET", contactsOf1+"/"+who+"/disclosure?lang=ja", nil)["text"].(string)
		if !cites(text, "個人情報保護法33条") {
			l.t.Errorf("%s", text)
		}
		l.must(200, "DELETE", contactsOf1+"/"+who, nil)
		return l.recorded("disclose-contact") + l.recorded("erase-contact")
	},
	func(l *lawyer) string {
		tag := object{"name": "広告の計測", "recipient": "株式会社くらげ", "sends": "見たページのアドレス", "purpose": "広告の効果を知るため", "theirs": "自社のサービスを良くするため"}
		html := l.must(200, "PUT", lawBase+"/tags?lang=ja", object{"tags": []any{tag}})["html"].(string)
		if !strings.Contains(html, "広告の計測") || strings.Contains(html, "<html") {
			l.t.Errorf("%s", html)
		}
		return html
	},
	func(l *lawyer) string {
		tag := object{"name": "広告の計測", "recipient": "株式会社くらげ", "sends": "見たページのアドレス等", "purpose": "広告の効果を知るため", "theirs": "自社のサービスを良くするため"}
		return l.refused(http.StatusBadRequest, "PUT", lawBase+"/tags", object{"tags": []any{tag}}) + l.recorded("put-tags")
	},
	func(l *lawyer) string {
		l.hold(believed(l.keys...)[1:]...) // no SPF
		return l.begun()
	},
	func(l *lawyer) string {
		records := believed(l.keys...)
		l.hold(append(records[:1:1], records[2:]...)...) // no DMARC
		return l.begun()
	},
	func(l *lawyer) string {
		was := l.server.url
		defer func() { l.server.url = was }()
		l.server.url = nil
		return l.begun()
	},
	func(l *lawyer) string { // the same checks before an automation that mails
		id := l.must(201, "POST", "/api/workspaces/web/automations", object{"definition": with(mailingAll(l.template), "kpi", "visits")})["id"].(string)
		was := l.server.url
		defer func() { l.server.url = was }()
		l.server.url = nil
		return l.refused(http.StatusUnprocessableEntity, "POST", "/api/workspaces/web/automations/"+id+"/switch", object{"version": 1})
	},
	func(l *lawyer) string {
		tellOf(l.t, l.stage, 1000, 3)
		l.must(200, "GET", lawBase, nil)
		return l.begun()
	},
	func(l *lawyer) string {
		return l.refused(http.StatusBadRequest, "POST", castBase+"/templates", templateBody(l.sender, "transactional", "こんにちは"))
	},
}

// A broadcast most of whose addresses nobody has ends by itself.
func TestABroadcastToMadeUpAddressesStops(t *testing.T) {
	t.Parallel()
	onStage(t, func(t *testing.T, s *stage) {
		for _, c := range []struct {
			name              string
			accepted, refused int
			stops             bool
		}{{"few answers", 80, 19, false}, {"one in ten", 90, 10, false}, {"more", 89, 11, true}} {
			made, err := s.db.Mails.Create(t.Context(), s.id(), store.MailPiece{Kind: store.MailBroadcast, Name: c.name, State: castSending, Body: []byte("{}")})
			if err != nil {
				t.Fatal(err)
			}
			var list []store.MailDelivery
			for n := range c.accepted + c.refused {
				d := store.MailDelivery{MessageID: fmt.Sprintf("%s-%d@x.jp", made.ID, n), Cause: "broadcast:" + made.ID, Variant: "A", Class: "accepted", At: s.now()}
				if n < c.refused {
					d.Class, d.Code = "permanent", 550
				}
				list = append(list, d)
			}
			if err := s.db.Deliveries.Add(t.Context(), s.id(), list); err != nil {
				t.Fatal(err)
			}
			waiting := outbox.Item{Workspace: s.ws, Key: "broadcast/" + made.ID + "/late", Kind: outbox.Mail, Stream: "marketing", Contact: "late", Cause: "broadcast:" + made.ID, NotBefore: 1 << 50}
			if _, err := s.db.Outbox.Queue(t.Context(), []outbox.Item{waiting}); err != nil {
				t.Fatal(err)
			}
			if err := s.server.mailing.moveBroadcasts(t.Context()); err != nil {
				t.Fatal(err)
			}
			now, err := s.db.Mails.Get(t.Context(), s.id(), made.ID, 0)
			if err != nil || (now.State == castStopped) != c.stops {
				t.Errorf("%s: %v %s", c.name, err, now.State)
			}
			reasons, err := s.db.Outbox.Reasons(t.Context(), s.id(), "broadcast:"+made.ID)
			if err != nil || (reasons[outbox.Cancelled][fictional] == 1) != c.stops {
				t.Errorf("%s: %v %v", c.name, err, reasons)
			}
		}
	})
}
