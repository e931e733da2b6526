package server

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/mail"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/store"
)

// people makes contacts who agreed to marketing mail, but for those named in without.
func (r *rig) agreed(ws store.WorkspaceID, n int, without ...int) {
	r.t.Helper()
	var consents []contact.Consent
	for i := range n {
		address := fmt.Sprintf("p%d@example.jp", i)
		r.must(201, "POST", "/api/workspaces/small/act/contacts", object{"address": address, "name": fmt.Sprint("山田", i)})
		skip := false
		for _, w := range without {
			skip = skip || w == i
		}
		if !skip {
			consents = append(consents, contact.Consent{Key: address, Address: address, Basis: contact.Agreed, State: contact.Granted, At: event.Millis(testNow.UnixMilli()) - 1, Text: "x"})
		}
	}
	if _, err := r.db.Consents.Add(context.Background(), ws, consents); err != nil {
		r.t.Fatal(err)
	}
}

// Who is left out is said before sending, with the law that says so.
func TestAudienceSaysWhoIsLeftOut(t *testing.T) {
	t.Parallel()
	r, inbox, ws := mailRig(t)
	sender := r.must(200, "POST", mailBase+"/senders", sendersBody(inbox, "marketing"))["id"].(string)
	template := r.must(200, "POST", mailBase+"/templates", templateBody(sender, "marketing", "本文"))["id"].(string)
	r.agreed(ws.ID, 5, 0, 1)
	stop := store.SuppressedAddress{Address: "p2@example.jp", Suppression: contact.Suppression{Topic: "セミナー", Reason: contact.Unsubscribed, At: 1}}
	if err := r.db.Suppressions.Put(context.Background(), ws.ID, []store.SuppressedAddress{stop}); err != nil {
		t.Fatal(err)
	}
	all := r.must(200, "POST", mailBase+"/audience", object{"template": template})
	r.wantAt(all, 5.0, "chosen")
	r.wantAt(all, 2.0, "may")
	r.wantAt(all, 2.0, "left_out", 0, "people")
	r.wantAt(all, "特定電子メール法3条1項", "left_out", 0, "article")
	r.wantAt(all, 1.0, "left_out", 1, "people")
	some := r.must(200, "POST", mailBase+"/audience?lang=en", object{"template": template, "audience": object{"property": object{"key": "name", "op": "is", "values": []any{"山田0"}}}})
	r.wantAt(some, 1.0, "chosen")
	r.wantAt(some, "Specified Electronic Mail Act, art. 3-1", "left_out", 0, "article")

	cast := r.must(200, "POST", mailBase+"/broadcasts", object{"name": "秋", "template": template})
	path := mailBase + "/broadcasts/" + cast["id"].(string)
	changed := r.must(200, "PUT", path, object{"name": "冬", "template": template, "version": 1, "template_b": template, "share_b": 50})
	r.wantAt(changed, "冬", "plan", "name")
	if a := r.do("PUT", path, object{"name": "春", "template": template, "version": 1}); a.status != 409 {
		t.Errorf("what somebody else has changed is overwritten: %d", a.status)
	}
	r.wantAt(r.must(200, "GET", path+"/unsure", nil), "[]", "mails")
	if a := r.do("GET", mailBase+"/templates/"+template, nil); a.status != 200 || !strings.Contains(a.text, `"versions":[{`) {
		t.Errorf("%d %s", a.status, a.text)
	}

	preview := r.must(200, "POST", mailBase+"/preview", object{"template": object{"name": "", "stream": "marketing", "lang": "ja", "subject": "件名", "sender": "", "blocks": []any{object{"kind": "text", "text": "本文"}}}})
	frame := r.do("GET", preview["frame"].(string)+"?dark=true", nil)
	if frame.status != 200 || !strings.Contains(frame.text, "@media all{") || !strings.HasPrefix(frame.header.Get("Content-Security-Policy"), "sandbox") || frame.header.Get("X-Frame-Options") != "SAMEORIGIN" || !strings.Contains(frame.text, "(差出人の住所)") {
		t.Errorf("%d %v", frame.status, frame.header)
	}
}

// A broadcast whose hour passed while the server was down asks; one that is a little late goes.
func TestALateBroadcastAsks(t *testing.T) {
	t.Parallel()
	r, inbox, ws := mailRig(t)
	sender := r.must(200, "POST", mailBase+"/senders", sendersBody(inbox, "marketing"))["id"].(string)
	template := r.must(200, "POST", mailBase+"/templates", templateBody(sender, "marketing", "本文"))["id"].(string)
	r.agreed(ws.ID, 3)
	for _, c := range []struct {
		name   string
		late   time.Duration
		state  string
		queued int
	}{
		{"a minute", time.Minute, castSending, 3},
		{"as long as is let pass", castGrace, castSending, 3},
		{"longer", castGrace + time.Second, castAsking, 0},
	} {
		cast := r.must(200, "POST", mailBase+"/broadcasts", object{"name": c.name, "template": template, "at": testNow.Add(-c.late).Format(time.RFC3339)})
		id := cast["id"].(string)
		if err := r.db.Mails.Move(t.Context(), ws.ID, id, castDraft, castPlanned); err != nil {
			t.Fatal(err)
		}
		for range 2 { // the second round must not fire it either
			if err := r.server.mailing.moveBroadcasts(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		r.wantAt(r.must(200, "GET", mailBase+"/broadcasts/"+id, nil), c.state, "state")
		counts, err := r.db.Outbox.CountOf(t.Context(), ws.ID, "broadcast:"+id)
		queued := 0
		for _, n := range counts {
			queued += int(n)
		}
		if err != nil || queued != c.queued {
			t.Errorf("%s: %v %v", c.name, counts, err)
		}
	}
}

// A new sender sends so many a day and no more, and its broadcasts are laid over days.
func TestWarmupIsHeldTo(t *testing.T) {
	t.Parallel()
	r, inbox, ws := mailRig(t)
	body := sendersBody(inbox, "marketing")
	body["settings"].(object)["warmup"] = object{"first_day": 2, "growth": 2, "days": 3}
	sender := r.must(200, "POST", mailBase+"/senders", body)["id"].(string)
	template := r.must(200, "POST", mailBase+"/templates", templateBody(sender, "marketing", "本文"))["id"].(string)
	r.agreed(ws.ID, 9)
	r.wantAt(r.must(200, "POST", mailBase+"/audience", object{"template": template}), 2.0, "days", 0)
	r.wantAt(r.must(200, "POST", mailBase+"/audience", object{"template": template}), 3.0, "days", 2)
	people, err := r.db.Contacts.After(context.Background(), ws.ID, 0, 10)
	if err != nil {
		t.Fatal(err)
	}
	states := map[string]int{}
	for i, p := range people[:4] {
		item := mailItem(ws.ID, string(p.ID), template, "セミナー")
		item.Key = fmt.Sprint("k", i)
		answer := r.server.mailing.Hand(context.Background(), item)
		states[string(answer.State)]++
		if answer.State == "queued" && (!answer.Untried || answer.RetryAfter < 1000*3600 || answer.RetryAfter > 24*1000*3600) {
			t.Errorf("%+v", answer)
		}
	}
	if states["sent"] != 2 || states["queued"] != 2 || len(inbox.Mails()) != 2 {
		t.Errorf("%v", states)
	}
	r.server.mailing.flush(context.Background())
	if day, err := r.db.Deliveries.DayOf(context.Background(), ws.ID, sender, 20705); err != nil || day.Sent != 2 {
		t.Errorf("%+v %v", day, err)
	}
	senders := r.must(200, "GET", mailBase+"/senders", nil)
	r.wantAt(senders, 2.0, "senders", 0, "warmup", "sent")
	r.wantAt(senders, 2.0, "senders", 0, "warmup", "limit")
	r.wantAt(senders, 8.0, "senders", 0, "warmup", "plan", 2)
}

// One chooses topics on a page; looking at it changes nothing.
func TestTopicsAreChosen(t *testing.T) {
	t.Parallel()
	r, inbox, ws := mailRig(t)
	ctx := context.Background()
	sender := r.must(200, "POST", mailBase+"/senders", sendersBody(inbox, "marketing"))["id"].(string)
	r.must(200, "POST", mailBase+"/templates", templateBody(sender, "marketing", "本文"))
	r.agreed(ws.ID, 1)
	people, err := r.db.Contacts.After(ctx, ws.ID, 0, 1)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := r.server.mailing.key(ctx, ws.ID)
	if err != nil {
		t.Fatal(err)
	}
	a := addressesOf(secret, ws.ID)
	a.Token.Contact, a.Token.Topic = string(people[0].ID), "新製品"
	path, err := url.Parse(a.Preferences())
	if err != nil {
		t.Fatal(err)
	}
	may := func(topic string) bool {
		t.Helper()
		verdicts, err := r.server.verdicts(ctx, ws.ID, people, topic, contact.Marketing)
		if err != nil {
			t.Fatal(err)
		}
		return verdicts[0].May
	}
	for _, step := range []struct {
		form     string
		seminars bool
		products bool
	}{
		{"", true, true},
		{"do=choose&topic=" + url.QueryEscape("セミナー"), true, false},
		{"do=none", false, false},
		{"do=choose&topic=" + url.QueryEscape("新製品"), false, true},
		{"do=choose&topic=" + url.QueryEscape("新製品") + "&topic=" + url.QueryEscape("セミナー") + "&topic=x", true, true},
		{"do=choose", false, false},
	} {
		method := "POST"
		if step.form == "" {
			method = "GET"
		}
		if status := r.public(method, path.Path, step.form); status != 200 {
			t.Fatalf("%q: %d", step.form, status)
		}
		if may("セミナー") != step.seminars || may("新製品") != step.products {
			t.Errorf("after %q: %v %v", step.form, may("セミナー"), may("新製品"))
		}
	}
	by, err := r.db.Suppressions.RefusedBy(ctx, ws.ID, "broadcast:b")
	if err != nil || by["broadcast:b"] != 1 {
		t.Errorf("%v %v", by, err)
	}
}

// The first click of a machine that follows all links is told as a machine's, too.
func TestClicksAreToldOnceTheyAreKnown(t *testing.T) {
	t.Parallel()
	r, now, _ := newFormRig(t)
	list, err := r.db.Workspaces.List(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	ws := list[0].ID
	secret, err := r.server.mailing.key(context.Background(), ws)
	if err != nil {
		t.Fatal(err)
	}
	a := addressesOf(secret, ws)
	a.Token.Links = 4
	const chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"
	click := func(n int) {
		t.Helper()
		link, err := url.Parse(a.Link(n, fmt.Sprint("https://example.jp/", n)))
		if err != nil {
			t.Fatal(err)
		}
		if a := r.do("GET", link.RequestURI(), nil, "User-Agent", chrome); a.status != 302 {
			t.Fatalf("%d", a.status)
		}
		now.wait(time.Second)
	}
	untold := func(want int) []store.MailTouched {
		t.Helper()
		list, err := r.db.Deliveries.Untold(context.Background(), event.Millis(now.now().Add(time.Hour).UnixMilli()), 10)
		if err != nil || len(list) != want {
			t.Fatalf("%v %v", list, err)
		}
		return list
	}
	click(0)
	if err := r.server.mailing.tell(context.Background()); err != nil {
		t.Fatal(err)
	}
	untold(1) // it is too early to say
	click(1)
	click(2)
	now.wait(time.Minute)
	click(1)
	reasons := []mail.Reason{}
	for _, touch := range untold(4) {
		reasons = append(reasons, touch.Reason)
	}
	if want := []mail.Reason{mail.ByBurst, mail.ByBurst, mail.ByBurst, ""}; !slices.Equal(reasons, want) {
		t.Errorf("%q", reasons)
	}
	now.wait(time.Minute)
	if err := r.server.mailing.tell(context.Background()); err != nil {
		t.Fatal(err)
	}
	untold(0)
	counts, err := r.db.Deliveries.Counts(context.Background(), ws, "broadcast:b", "")
	if err != nil || counts.Clicked != 1 || counts.ClickedByAnyone != 1 {
		t.Errorf("%+v %v", counts, err)
	}
}
