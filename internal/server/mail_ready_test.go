package server

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/outbox"
	"github.com/shirube/shirube/internal/deliver/sink"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/store/vault"
)

// mailingAll is an automation that mails everybody who comes to have an address.
func mailingAll(template any) object {
	return object{"name": "はじめの案内", "kpi": "inquiries", "trigger": object{"condition": viewed("/price", 1, 7)},
		"steps": []any{object{"id": "m", "mail": object{"template": template, "topic": "セミナー"}}}}
}

// Automations' mail is held to the same checks as a broadcast: before they are switched on,
// and again while they go on for months.
func TestAutomationsMailWaitsForTheChecks(t *testing.T) {
	t.Parallel()
	s := sink.Start(t)
	onStage(t, func(t *testing.T, st *stage) {
		resolver, hold := changingDNS(t)
		st.server.deps.Resolver = resolver
		const base = "/api/workspaces/web/act/mail"
		sender := st.must(200, "POST", base+"/senders", sendersBody(s, "marketing"))["id"].(string)
		keys := st.must(200, "POST", base+"/senders/"+sender+"/keys", object{"algorithm": "ed25519", "selector": "s1"})["keys"].([]any)
		template := st.must(200, "POST", base+"/templates", templateBody(sender, "marketing", "こんにちは"))["id"].(string)
		id := st.must(201, "POST", "/api/workspaces/web/automations", object{"definition": mailingAll(template)})["id"].(string)
		on := "/api/workspaces/web/automations/" + id + "/switch"
		if a := st.do("POST", on, object{"version": 1}); a.status != 422 || !strings.Contains(a.text, "赤") || !strings.Contains(a.text, "SPF") {
			t.Fatalf("an automation that mails begins while a check is red: %d %s", a.status, a.text)
		}
		hold(believed(keys...)...)
		st.must(200, "POST", on, object{"version": 1})

		who := st.knows("ann@example.jp")
		st.must(201, "POST", contactsOf1+"/"+string(who)+"/consents", object{"basis": "agreed", "text": "案内のメールを受け取ります", "source": "電話"})
		item := mailItem(st.id(), string(who), template, "セミナー")
		item.Cause, item.NotBefore, item.ExpiresAt = "automation:"+id, st.now(), st.now()+24*3_600_000
		cast := item
		cast.Cause = "broadcast:b" // was looked at when it began
		g := gate{st.server, st.server.zone}
		rule := func(item outbox.Item) outbox.Ruling {
			t.Helper()
			rulings, err := g.Rule(t.Context(), []outbox.Item{item}, st.now())
			if err != nil {
				t.Fatal(err)
			}
			return rulings[0]
		}
		if r := rule(item); r.State != "" {
			t.Fatalf("what is green waits: %+v", r)
		}
		hold() // somebody takes the records away
		if r := rule(item); r.State != "" {
			t.Fatalf("DNS is asked for each mail: %+v", r)
		}
		st.clock.wait(lightLife + time.Second)
		r := rule(item)
		if r.State != outbox.Queued || r.Reason != outbox.Unready || r.Until <= st.now() {
			t.Fatalf("what is red goes: %+v", r)
		}
		if r := rule(cast); r.State != "" {
			t.Errorf("a broadcast on its way is held: %+v", r)
		}
		// It waits, but not for ever: a day later a person is asked whether it is still meant.
		waiting, may := item.Ruled(r, st.now())
		if may || waiting.ExpiresAt != item.ExpiresAt {
			t.Errorf("%+v", waiting)
		}
		if late, may := waiting.Ruled(outbox.Ruling{}, item.ExpiresAt+1); may || late.State != outbox.Unknown || late.Reason != outbox.Late {
			t.Errorf("%+v", late)
		}
		hold(believed(keys...)...)
		st.clock.wait(redLife + time.Second)
		if r := rule(item); r.State != "" {
			t.Errorf("what was mended still waits: %+v", r)
		}

		// A sender of whom too many complain is red as well.
		tellOf(t, st, 1000, 3)
		st.clock.wait(lightLife + time.Second)
		if r := rule(item); r.Reason != outbox.Unready {
			t.Errorf("three of a thousand complained: %+v", r)
		}
		st.clock.wait(8 * 24 * time.Hour)
		if r := rule(item); r.State != "" {
			t.Errorf("a week later: %+v", r)
		}
	}, func(d *Deps) {
		d.URL, d.Vault, d.Puller = "https://m.example.jp", vault.At(t.TempDir()+"/key", nil), onThisMachine()
	})
}

// tellOf keeps mails that were taken now, of which some were reported as spam.
func tellOf(t testing.TB, st *stage, accepted, complaints int) {
	t.Helper()
	var list []store.MailDelivery
	for n := range accepted {
		d := store.MailDelivery{MessageID: "told-" + strconv.Itoa(n) + "@mail.example.jp", Contact: contact.ID("x"), Cause: "broadcast:x", Class: "accepted", At: st.now()}
		if n < complaints {
			d.Returned, d.ReturnedAt = store.ReturnedComplaint, st.now()
		}
		list = append(list, d)
	}
	if err := st.db.Deliveries.Add(t.Context(), st.id(), list); err != nil {
		t.Fatal(err)
	}
}
