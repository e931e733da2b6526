package server

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/deliver/sink"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/store/vault"
)

const newsWords = "株式会社しるべの「採用だより」を受け取ります。{{name}} **月1回** です。"

var newsletterForm = object{
	"kind": "newsletter", "title": "採用だより",
	"questions": []any{object{"key": "mail", "kind": "email", "label": "メールアドレス", "required": true, "to": "address"}},
	"consent":   object{"text": newsWords, "topic": "採用だより", "required": true, "confirm": true},
}

// newsletter is a server with an SMTP server beside it and a newsletter that asks once more.
func newsletter(t *testing.T) (r *rig, now *movedClock, inbox *sink.Sink, id string, hold func(...string)) {
	t.Helper()
	inbox = sink.Start(t)
	resolver, hold := changingDNS(t)
	hold(believed()...)
	r, now, _ = newFormRig(t, func(d *Deps) {
		d.URL, d.Vault, d.Puller, d.Resolver = "https://m.example.jp", vault.At(t.TempDir()+"/key", nil), onThisMachine(), resolver
	})
	t.Cleanup(r.server.startActing(t.Context()))
	id = r.must(201, "POST", "/api/workspaces/web/forms", object{"name": "たより", "definition": newsletterForm})["id"].(string)
	return r, now, inbox, id, hold
}

var confirmLink = regexp.MustCompile(`https://m\.example\.jp(/y/[\w-]+)`)

// textOf is the text part of a mail, which is base64.
func textOf(t *testing.T, raw []byte) string {
	t.Helper()
	_, part, found := bytes.Cut(raw, []byte("text/plain"))
	_, part, found2 := bytes.Cut(part, []byte("\r\n\r\n"))
	part, _, found3 := bytes.Cut(part, []byte("\r\n--"))
	text, err := base64.StdEncoding.DecodeString(strings.ReplaceAll(string(part), "\r\n", ""))
	if !found || !found2 || !found3 || err != nil {
		t.Fatalf("%v\n%s", err, raw)
	}
	return string(text)
}

func TestAskingOnceMore(t *testing.T) {
	r, now, inbox, id, hold := newsletter(t)
	ctx := t.Context()
	base := "/api/workspaces/web"
	open := func() answered { return r.do("PUT", base+"/forms/"+id+"/open", object{"open": true}) }
	if a := open(); a.status != 422 || !strings.Contains(a.text, "差出人") {
		t.Fatalf("opened without a sender: %d %s", a.status, a.text)
	}
	broken := sendersBody(inbox, "transactional")
	broken["settings"].(object)["port"], broken["settings"].(object)["relay"] = 1, true
	sender := r.must(200, "POST", base+"/act/mail/senders", broken)
	if a := open(); a.status != 422 || !strings.Contains(a.text, "つながりません") {
		t.Fatalf("opened with a sender that does not work: %d %s", a.status, a.text)
	}
	works := sendersBody(inbox, "transactional")
	works["version"], works["settings"].(object)["relay"] = sender["version"], true
	r.must(200, "PUT", base+"/act/mail/senders/"+sender["id"].(string), works)
	hold()
	if a := open(); a.status != 422 || !strings.Contains(a.text, "赤") {
		t.Fatalf("opened with a sender nobody believes: %d %s", a.status, a.text)
	}
	hold(believed()...)
	view := r.must(200, "PUT", base+"/forms/"+id+"/open", object{"open": true})
	r.wantAt(view, "【ご確認】採用だより", "definition", "consent", "subject") // the words stay with the version

	ws, err := r.db.Workspaces.BySlug(ctx, "web")
	if err != nil {
		t.Fatal(err)
	}
	// Somebody who once refused everything signs up again.
	const address = "ann@example.jp"
	if err := r.db.Suppressions.Put(ctx, ws.ID, []store.SuppressedAddress{{Address: address, Suppression: contact.Suppression{Reason: contact.Unsubscribed, At: event.Millis(now.now().Add(-time.Hour).UnixMilli())}}}); err != nil {
		t.Fatal(err)
	}
	may := func(topic string) contact.Verdict {
		t.Helper()
		said, err := r.db.Consents.Of(ctx, ws.ID, []string{address})
		if err != nil {
			t.Fatal(err)
		}
		stopped, err := r.db.Suppressions.Of(ctx, ws.ID, []string{address})
		if err != nil {
			t.Fatal(err)
		}
		return contact.MaySend(said[address], stopped[address], topic, contact.Marketing, event.Millis(now.now().UnixMilli()))
	}
	events := func() (names []string) {
		t.Helper()
		rows, _ := r.get(base + "/measure/events?from=2026-09-09&to=2026-09-09")["events"].([]any)
		for _, row := range rows {
			names = append(names, row.(map[string]any)["name"].(string))
		}
		return names
	}
	sent := r.fill(now, id, url.Values{"mail": {address}, "consent": {"yes"}}, time.Minute)
	if sent.status != 200 || !strings.Contains(sent.text, "確認のメールをお送りしました") {
		t.Fatalf("%d %s", sent.status, sent.text)
	}
	wait(t, func() bool { return inbox.Taken.Load() == 1 })
	text := textOf(t, inbox.Mails()[0].Data)
	if !strings.Contains(text, newsWords) || !strings.Contains(text, "お心当たりがなければ") {
		t.Errorf("the words are not those of the form: %s", text)
	}
	if head := string(inbox.Mails()[0].Data); strings.Contains(head, "List-Unsubscribe") || !strings.Contains(head, "Auto-Submitted") {
		t.Errorf("not transactional: %s", head)
	}
	link := confirmLink.FindStringSubmatch(text)[1]

	// Gateways look: nothing is confirmed by that.
	for range 3 {
		if r.public("GET", link, "") != 200 || r.public("HEAD", link, "") != 200 {
			t.Fatal("the page is not shown")
		}
	}
	if v := may("採用だより"); v.May {
		t.Fatalf("looking confirms: %v", v)
	}
	wait(t, func() bool { return fmt.Sprint(events()) == "[Newsletter Requested]" })
	r.wantAt(r.get(base+"/forms/"+id), 0, "confirm", "confirmed")
	if r.public("POST", "/y/A"+link[4:], "yes=1") != 404 {
		t.Error("a made-up link works")
	}
	for range 2 { // pressed twice it is one
		if status := r.public("POST", link, "topic=yes"); status != 200 {
			t.Fatalf("%d", status)
		}
	}
	if v := may("採用だより"); !v.May {
		t.Errorf("confirmed and still %v", v)
	}
	if v := may("別の話題"); v.May {
		t.Errorf("the earlier refusal of everything is forgotten: %v", v)
	}
	wait(t, func() bool { return len(events()) == 2 })
	said, err := r.db.Consents.Of(ctx, ws.ID, []string{address})
	if err != nil || said[address][len(said[address])-1].Text != newsWords {
		t.Errorf("%+v %v", said, err)
	}
	view = r.get(base + "/forms/" + id)
	r.wantAt(view, 1, "confirm", "asked")
	r.wantAt(view, 1, "confirm", "confirmed")
	if r.public("GET", link, "") != 200 {
		t.Error("a link that was used says nothing")
	}

	// One address is not sent mail without end, and a late link says what to do.
	for range 4 {
		r.fill(now, id, url.Values{"mail": {"ben@example.jp"}, "consent": {"yes"}}, time.Minute)
	}
	wait(t, func() bool { return inbox.Taken.Load() == 4 })
	late := confirmLink.FindStringSubmatch(textOf(t, inbox.Mails()[3].Data))[1]
	now.wait(8 * 24 * time.Hour)
	if status := r.public("POST", late, "topic=yes"); status != 410 {
		t.Errorf("a late link: %d", status)
	}
	if n := inbox.Taken.Load(); n != 4 {
		t.Errorf("%d mails to two people", n)
	}
	// Whoever was erased meanwhile is not signed up.
	people, _, err := r.db.Contacts.List(ctx, ws.ID, store.ContactQuery{Search: "ben", Limit: 9})
	if err != nil || len(people) != 1 {
		t.Fatalf("%v %v", people, err)
	}
	r.must(200, "DELETE", base+"/act/contacts/"+string(people[0].ID), nil)
	if status := r.public("POST", late, "topic=yes"); status != 404 {
		t.Errorf("erased: %d", status)
	}
}
