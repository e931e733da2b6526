package server

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/deliver/sink"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/store/vault"
)

const mailBase = "/api/workspaces/small/act/mail"

func mailRig(t *testing.T) (*rig, *sink.Sink, store.Workspace) {
	t.Helper()
	s := sink.Start(t)
	r := newRig(t, func(d *Deps) {
		d.URL, d.Resolver = "https://m.example.jp", emptyDNS(t)
		d.Vault, d.Puller = vault.At(t.TempDir()+"/key", nil), onThisMachine()
	})
	ws := r.plant("small", smallModel, smallFiles())
	return r, s, ws
}

func sendersBody(s *sink.Sink, stream string) object {
	return object{"name": "お知らせ", "settings": object{"stream": stream, "from_name": "株式会社しるべ", "from": "news@mail.example.jp", "host": s.Host, "port": s.Port, "security": "none", "count": true,
		"legal": object{"sender": "株式会社しるべ", "postal": "東京都千代田区1-1", "contact": "03-0000-0000"}}}
}

func templateBody(sender, stream, text string) object {
	return object{"template": object{"name": "秋", "stream": stream, "lang": "ja", "subject": "{{名前|お客様}}様へ", "topic": "セミナー", "sender": sender,
		"blocks": []any{object{"kind": "text", "text": text}, object{"kind": "button", "text": "見る", "url": "https://example.jp/a"}}}}
}

// From a sender to a mail in somebody's hands, and what comes back of it.
func TestMailFromEndToEnd(t *testing.T) {
	t.Parallel()
	r, inbox, ws := mailRig(t)
	ctx := context.Background()
	sender := r.must(200, "POST", mailBase+"/senders", sendersBody(inbox, "marketing"))
	id := sender["id"].(string)
	key := r.must(200, "POST", mailBase+"/senders/"+id+"/keys", object{"algorithm": "ed25519", "selector": "s1"})
	if record := key["keys"].([]any)[0].(object); record["name"] != "s1._domainkey.mail.example.jp" || !strings.HasPrefix(record["record"].(string), "v=DKIM1; k=ed25519; p=") {
		t.Errorf("%v", record)
	}
	if tried := r.must(200, "POST", mailBase+"/senders/"+id+"/try", nil); tried["class"] != "accepted" {
		t.Errorf("%v", tried)
	}
	wrong := r.do("POST", mailBase+"/templates", templateBody(id, "marketing", "一行目\n{{知らない項目|x}}"))
	if wrong.status != 422 || !strings.Contains(wrong.text, "blocks[0].text:2:1") {
		t.Errorf("%d %s", wrong.status, wrong.text)
	}
	template := r.must(200, "POST", mailBase+"/templates", templateBody(id, "marketing", "{{名前|お客様}}様 <b>"))
	preview := r.must(200, "POST", mailBase+"/preview", templateBody(id, "marketing", "{{名前|お客様}}様 <b>"))
	if !strings.Contains(preview["html"].(string), "お客様様 &lt;b&gt;") || !strings.Contains(preview["text"].(string), "配信を停止する") {
		t.Errorf("%v", preview)
	}
	if a := r.do("POST", mailBase+"/templates/"+template["id"].(string)+"/test", object{"to": "stranger@example.com"}); a.status != 400 {
		t.Errorf("a test goes to a stranger: %d", a.status)
	}
	cast := r.must(200, "POST", mailBase+"/broadcasts", object{"name": "秋", "template": template["id"]})
	move := mailBase + "/broadcasts/" + cast["id"].(string) + "/move"
	if a := r.do("POST", move, object{"to": "sending"}); a.status != 422 || !strings.Contains(a.text, "赤") {
		t.Errorf("what is red is sent: %d %s", a.status, a.text)
	}
	if looked := r.must(200, "GET", mailBase+"/senders/"+id+"/preflight", nil); looked["blocks"] != true {
		t.Errorf("%v", looked)
	}

	// One mail by hand, as the worker of the outbox hands it.
	r.must(201, "POST", "/api/workspaces/small/act/contacts", object{"address": "yamada@example.jp", "name": "山田"})
	list, err := r.db.Contacts.After(ctx, ws.ID, 0, 10)
	if err != nil || len(list) != 1 {
		t.Fatalf("%v %v", list, err)
	}
	person := list[0]
	answer := r.server.mailing.Hand(ctx, mailItem(ws.ID, string(person.ID), template["id"].(string), "セミナー"))
	if answer.State != "sent" {
		t.Fatalf("%+v", answer)
	}
	r.server.mailing.flush(ctx)
	raw := string(inbox.Mails()[0].Data)
	if !strings.Contains(raw, "DKIM-Signature") || !strings.Contains(raw, "List-Unsubscribe-Post: List-Unsubscribe=One-Click") {
		t.Errorf("%s", raw)
	}
	if other := r.server.mailing.Hand(ctx, mailItem(ws.ID, string(person.ID), template["id"].(string), "")); other.State != "failed" {
		t.Errorf("consent was asked for another topic: %+v", other)
	}

	// Machines look at the way to refuse; only a POST refuses.
	stop := regexp.MustCompile(`(?s)List-Unsubscribe: <https://m\.example\.jp(/u/[^>]+)>`).FindStringSubmatch(strings.ReplaceAll(raw, "\r\n ", ""))
	if stop == nil {
		t.Fatal(raw)
	}
	for _, method := range []string{"GET", "HEAD"} {
		if a := r.public(method, stop[1], ""); a != 200 {
			t.Errorf("%s %d", method, a)
		}
	}
	if n := stopped(t, r, ws.ID, person.Address); n != 0 {
		t.Fatal("looking refuses")
	}
	if a := r.public("POST", stop[1]+"x", "List-Unsubscribe=One-Click"); a != 404 {
		t.Errorf("%d", a)
	}
	if a := r.public("POST", stop[1], "List-Unsubscribe=One-Click"); a != 200 {
		t.Errorf("%d", a)
	}
	if n := stopped(t, r, ws.ID, person.Address); n != 1 {
		t.Error("one click does not refuse")
	}

	// What comes back is believed only of what was sent.
	id = regexp.MustCompile(`(?i)Message-ID: <([^>]+)>`).FindStringSubmatch(raw)[1]
	for message, known := range map[string]bool{"forged@example.jp": false, id: true} {
		bounce := "From: MAILER-DAEMON@example.jp\r\nSubject: failure notice\r\n\r\n<yamada@example.jp>: 550 user unknown\r\n\r\nMessage-ID: <" + message + ">\r\n"
		a := r.do("POST", mailBase+"/returns", bounce, "Content-Type", "message/rfc822")
		var reply MailReturnReply
		if err := json.Unmarshal([]byte(a.text), &reply); err != nil || a.status != 202 || reply.Known != known {
			t.Errorf("%s: %d %s", message, a.status, a.text)
		}
	}
}

func stopped(t *testing.T, r *rig, ws store.WorkspaceID, address string) int {
	t.Helper()
	of, err := r.db.Suppressions.Of(context.Background(), ws, []string{address})
	if err != nil {
		t.Fatal(err)
	}
	return len(of[address])
}

// A click leads where the signed link leads, and nowhere else.
func TestClicksLeadNowhereElse(t *testing.T) {
	t.Parallel()
	r, _, ws := mailRig(t)
	secret, err := r.server.mailing.key(context.Background(), ws.ID)
	if err != nil {
		t.Fatal(err)
	}
	a := addressesOf(secret, ws.ID)
	link, err := url.Parse(a.Link(0, "https://example.jp/a"))
	if err != nil {
		t.Fatal(err)
	}
	if status := r.public("GET", link.RequestURI(), ""); status != 302 {
		t.Errorf("%d", status)
	}
	link.RawQuery = "to=" + url.QueryEscape("https://evil.example/")
	if status := r.public("GET", link.RequestURI(), ""); status != 404 {
		t.Errorf("%d", status)
	}
	for _, path := range []string{"/c/x", "/o/x", "/u/", "/p/zzz"} {
		if status := r.public("GET", path, ""); status == 302 || status == 500 {
			t.Errorf("%s %d", path, status)
		}
	}
	counts, err := r.db.Deliveries.Counts(context.Background(), ws.ID, "broadcast:b", "")
	if err != nil || counts.ClickedByAnyone != 1 || counts.Clicked != 0 {
		t.Errorf("a program is taken for a person: %+v %v", counts, err)
	}
}

// public asks as the world does: by our public name, without a cookie.
func (r *rig) public(method, path, form string) int {
	r.t.Helper()
	request, err := http.NewRequestWithContext(context.Background(), method, r.http.URL+path, strings.NewReader(form))
	if err != nil {
		r.t.Fatal(err)
	}
	request.Host = "m.example.jp"
	if form != "" {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	client := http.Client{Timeout: 10 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.Do(request)
	if err != nil {
		r.t.Fatal(err)
	}
	defer response.Body.Close()
	if len(response.Cookies()) > 0 {
		r.t.Errorf("%s %s sets a cookie", method, path)
	}
	return response.StatusCode
}
