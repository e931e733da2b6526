package server

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	netmail "net/mail"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/act/automation"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/outbox"
	post "github.com/shirube/shirube/internal/deliver/mail"
	"github.com/shirube/shirube/internal/deliver/sink"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/store"
)

// reader makes a contact.
func (r *rig) reader(ws store.WorkspaceID, address string) contact.ID {
	r.t.Helper()
	folded, err := r.db.Contacts.Upsert(r.t.Context(), ws, []contact.Sighting{{At: 1, Address: address, Name: "山田 花子"}})
	if err != nil {
		r.t.Fatal(err)
	}
	return folded.Of[0]
}

// What comes back of a mail ends further ones: one refusal for good, one complaint, or five
// that were put off one after the other.
func TestReturnsStopAddresses(t *testing.T) {
	t.Parallel()
	r, inbox, ws := mailRig(t)
	sender := r.must(200, "POST", mailBase+"/senders", sendersBody(inbox, "marketing"))["id"].(string)
	template := r.must(200, "POST", mailBase+"/templates", templateBody(sender, "marketing", "本文"))["id"].(string)
	report := func(action, status, said string) string {
		return "From: MAILER-DAEMON@example.jp\r\nSubject: Undelivered\r\nContact: x\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n" +
			"--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822; %[1]s\r\nAction: " + action + "\r\nStatus: " + status + "\r\nDiagnostic-Code: smtp; " + said + "\r\n\r\n" +
			"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <%[2]s>\r\nTo: %[1]s\r\n--b--\r\n"
	}
	complaint := "From: fbl@isp.example\r\nContent-Type: multipart/report; report-type=feedback-report; boundary=b\r\n\r\n--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nVersion: 1\r\nUser-Agent: x\r\n\r\n" +
		"--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: news@mail.example.jp\r\nTo: <%[1]s>\r\nMessage-ID: <%[2]s>\r\nSubject: x\r\n\r\nx\r\n--b--\r\n"
	for name, c := range map[string]struct {
		report string
		times  int
		why    contact.Reason
	}{
		"hard":       {report("failed", "5.1.1", "550 5.1.1 User unknown"), 1, contact.Undeliverable},
		"docomo":     {"From: MAILER-DAEMON@docomo.ne.jp\r\nSubject: Mail System Error - Returned Mail\r\n\r\n<%[1]s>\r\nThe user(s) account is disabled or unknown.\r\n\r\nMessage-ID: <%[2]s>\r\n", 1, contact.Undeliverable},
		"complaint":  {complaint, 1, contact.Complained},
		"full":       {report("failed", "5.2.2", "552 5.2.2 Mailbox full"), 4, ""},
		"full again": {report("failed", "5.2.2", "552 5.2.2 Mailbox full"), 5, contact.Undeliverable},
		"delayed":    {report("delayed", "4.4.1", "timeout"), 9, ""},
		"policy":     {report("failed", "5.7.1", "550 5.7.1 user unknown to our policy"), 1, ""},
	} {
		address := strings.ReplaceAll(name, " ", "-") + "@example.jp"
		who := r.reader(ws.ID, address)
		for n := range c.times {
			item := mailItem(ws.ID, string(who), template, "セミナー")
			item.Key = fmt.Sprint(name, n)
			if answer := r.server.mailing.Hand(t.Context(), item); answer.State != outbox.Sent {
				t.Fatalf("%s: %+v", name, answer)
			}
			if stopped(t, r, ws.ID, address) > 0 {
				t.Errorf("%s: stopped after %d", name, n)
			}
			back := fmt.Sprintf(c.report, address, post.MessageID(string(ws.ID), item.Key, "mail.example.jp"))
			if a := r.do("POST", mailBase+"/returns", back, "Content-Type", "message/rfc822"); a.status != 202 || name != "delayed" && at(a.body, "known") != true {
				t.Fatalf("%s: %d %s", name, a.status, a.text)
			}
		}
		stops, err := r.db.Suppressions.Of(t.Context(), ws.ID, []string{address})
		var why contact.Reason
		for _, stop := range stops[address] {
			why += stop.Reason
		}
		if err != nil || why != c.why {
			t.Errorf("%s: %q %v, want %q", name, why, err, c.why)
		}
	}

	// A mail server that knows nobody of the name stops the address at once.
	strict := sink.Start(t, sink.Failing(sink.Plan{Rcpt: func(string) error { return sink.Refuse(550, [3]int{5, 1, 1}, "User unknown") }}))
	sender = r.must(200, "POST", mailBase+"/senders", sendersBody(strict, "marketing"))["id"].(string)
	template = r.must(200, "POST", mailBase+"/templates", templateBody(sender, "marketing", "本文"))["id"].(string)
	who := r.reader(ws.ID, "gone@example.jp")
	if answer := r.server.mailing.Hand(t.Context(), mailItem(ws.ID, string(who), template, "セミナー")); answer.State != outbox.Failed || stopped(t, r, ws.ID, "gone@example.jp") != 1 {
		t.Errorf("%+v", answer)
	}
}

// Who gets A, who gets B and when is drawn once: a broadcast that was broken off goes on as it
// began.
func TestABroadcastIsPartedAndSpread(t *testing.T) {
	t.Parallel()
	r, inbox, ws := mailRig(t)
	ctx := t.Context()
	sender := r.must(200, "POST", mailBase+"/senders", sendersBody(inbox, "marketing"))["id"].(string)
	a := r.must(200, "POST", mailBase+"/templates", templateBody(sender, "marketing", "本文"))["id"].(string)
	b := r.must(200, "POST", mailBase+"/templates", templateBody(sender, "marketing", "別の本文"))["id"].(string)
	const people = 900
	var seen []contact.Sighting
	for n := range people {
		seen = append(seen, contact.Sighting{At: 1, Address: fmt.Sprintf("p%d@example.jp", n)})
	}
	if _, err := r.db.Contacts.Upsert(ctx, ws.ID, seen); err != nil {
		t.Fatal(err)
	}
	cast := r.must(200, "POST", mailBase+"/broadcasts", object{"name": "秋", "template": a, "template_b": b, "share_b": 30, "spread_minutes": 60, "at": testNow.Add(-time.Minute).Format(time.RFC3339)})["id"].(string)
	type drawn struct {
		variant, template string
		at                event.Millis
	}
	var first map[string]drawn
	for round, from := range []string{castDraft, castSending} {
		to := castPlanned
		if round > 0 {
			to = castQueueing // as if it had died in the middle of queueing
		}
		if err := r.db.Mails.Move(ctx, ws.ID, cast, from, to); err != nil {
			t.Fatal(err)
		}
		if err := r.server.mailing.moveBroadcasts(ctx); err != nil {
			t.Fatal(err)
		}
		items, err := r.db.Outbox.List(ctx, ws.ID, store.ItemQuery{Cause: "broadcast:" + cast})
		if err != nil || len(items) != people {
			t.Fatalf("%d items, %v", len(items), err)
		}
		now := map[string]drawn{}
		sixths, ofB := [6]int{}, 0
		for _, item := range items {
			var h automation.Handing
			if err := json.Unmarshal(item.Payload, &h); err != nil {
				t.Fatal(err)
			}
			now[item.Contact] = drawn{h.Step, h.Mail.Template, item.NotBefore}
			if after := int64(item.NotBefore) - testNow.UnixMilli(); after < 0 || after >= 3_600_000 {
				t.Errorf("it leaves after %d ms", after)
			} else {
				sixths[after/600_000]++
			}
			if h.Step == "B" {
				ofB++
			}
			if (h.Step == "B") != (h.Mail.Template == b) {
				t.Errorf("%+v", h)
			}
		}
		// Four standard deviations.
		if ofB < 270-55 || ofB > 270+55 || slices.Min(sixths[:]) < 150-45 || slices.Max(sixths[:]) > 150+45 {
			t.Errorf("%d of %d get B; by ten minutes %v", ofB, people, sixths)
		}
		if round == 0 {
			first = now
			continue
		}
		for who, what := range now {
			if first[who] != what {
				t.Errorf("%s: %+v, then %+v", who, first[who], what)
			}
		}
	}
}

// partsOf are the decoded text and HTML of a mail.
func partsOf(t *testing.T, raw []byte) (head netmail.Header, text, html string) {
	t.Helper()
	m, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	parts := multipart.NewReader(m.Body, params["boundary"])
	for _, into := range []*string{&text, &html} {
		part, err := parts.NextPart()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, part))
		if err != nil {
			t.Fatal(err)
		}
		*into = string(body)
	}
	return m.Header, text, html
}

// A mail is looked at as a real contact will see it, tried on somebody of the house, and said
// to be as large as it will be.
func TestAMailIsLookedAtAndTried(t *testing.T) {
	t.Parallel()
	r, inbox, ws := mailRig(t)
	ctx := t.Context()
	sender := r.must(200, "POST", mailBase+"/senders", sendersBody(inbox, "marketing"))["id"].(string)
	body := templateBody(sender, "marketing", "{{名前|お客様}}様、[こちら](https://example.jp/b)です。")
	blocks := body["template"].(object)["blocks"].([]any)
	for n := range 20 {
		blocks = append(blocks, object{"kind": "button", "text": "見る", "url": fmt.Sprintf("https://example.jp/%d", n)})
	}
	body["template"].(object)["blocks"] = blocks
	template := r.must(200, "POST", mailBase+"/templates", body)["id"].(string)
	who := r.reader(ws.ID, "hanako@example.jp")
	nobody := r.must(200, "POST", mailBase+"/preview", body)
	body["contact"] = string(who)
	seen := r.must(200, "POST", mailBase+"/preview", body)
	r.wantAt(nobody, "お客様様へ", "subject")
	r.wantAt(seen, "山田 花子様へ", "subject")
	if html := seen["html"].(string); !strings.Contains(html, "山田 花子様、") || strings.Contains(html, "/c/") {
		t.Errorf("%s", html)
	}

	user, err := r.db.Users.Create(ctx, store.NewUser{Email: "misaki@shirube.example", Name: "美咲", Locale: "ja"})
	if err != nil {
		t.Fatal(err)
	}
	if err := r.db.Members.Put(ctx, ws.ID, user.ID, "owner"); err != nil {
		t.Fatal(err)
	}
	tried := r.must(200, "POST", mailBase+"/templates/"+template+"/test", object{"to": "Misaki@shirube.example", "contact": string(who)})
	r.wantAt(tried, "accepted", "class")
	if answer := r.server.mailing.Hand(ctx, mailItem(ws.ID, string(who), template, "セミナー")); answer.State != outbox.Sent {
		t.Fatalf("%+v", answer)
	}
	if list, err := r.db.Outbox.List(ctx, ws.ID, store.ItemQuery{}); err != nil || len(list) != 0 {
		t.Errorf("a test stands in the outbox: %v %v", list, err)
	}
	for n, to := range []string{"Misaki@shirube.example", "hanako@example.jp"} {
		got := inbox.Mails()[n]
		head, text, html := partsOf(t, got.Data)
		subject, err := new(mime.WordDecoder).DecodeHeader(head.Get("Subject"))
		if got.To != to || err != nil || subject != "山田 花子様へ" || !strings.Contains(text, "山田 花子様、") || !strings.HasPrefix(head.Get("List-Unsubscribe"), "<https://m.example.jp/u/") {
			t.Errorf("%s: %q %q %v", got.To, subject, text, err)
		}
		if n == 0 {
			continue // a test has shorter addresses
		}
		told := int(seen["bytes"].(float64))
		if off := told - len(html); off < -1000 || off > 1000 {
			t.Errorf("it is said to have %d bytes and has %d", told, len(html))
		}
		if shown := len(seen["html"].(string)); shown > len(html)-3000 {
			t.Errorf("what is shown has %d bytes, what leaves %d: the test shows nothing", shown, len(html))
		}
	}
}
