package server

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	netmail "net/mail"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/act/outbox"
	post "github.com/shirube/shirube/internal/deliver/mail"
	"github.com/shirube/shirube/internal/deliver/sink"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
)

// mailroom is a house whose mail goes to a real mail server on this machine.
type mailroom struct {
	*house
	inbox *sink.Sink
	ws    store.WorkspaceID
}

func newMailroom(t *testing.T) *mailroom {
	t.Helper()
	inbox := sink.Start(t)
	h := newHouse(t, func(d *Deps) {
		d.House = &HouseMail{From: netmail.Address{Name: "しるべ", Address: "house@shirube.example"}, Server: post.Server{Host: inbox.Host, Port: inbox.Port, Security: "none"}}
	})
	ws := h.plant("hinata", smallModel, nil)
	return &mailroom{h, inbox, ws.ID}
}

// deliver hands over what is queued, as the worker does, and gives the mails that came of it.
func (m *mailroom) deliver() []pageMail {
	m.t.Helper()
	before := len(m.inbox.Mails())
	who := store.Sender{Node: "test", Run: "test"}
	now := event.Millis(m.now.UnixMilli())
	items, err := m.db.Outbox.Claim(m.t.Context(), who, outbox.Notice, now, 100)
	if err != nil {
		m.t.Fatal(err)
	}
	for i, item := range items {
		items[i] = item.After(m.server.noticing.Hand(m.t.Context(), item), now)
	}
	if err := m.db.Outbox.Finish(m.t.Context(), who, items); err != nil {
		m.t.Fatal(err)
	}
	var read []pageMail
	for _, one := range m.inbox.Mails()[before:] {
		read = append(read, readPage(m.t, one))
	}
	return read
}

// pageMail is a mail as a mail program shows it.
type pageMail struct {
	to, subject, text, html string
	file                    []byte
	fileName                string
}

func readPage(t testing.TB, m sink.Mail) pageMail {
	t.Helper()
	message, err := netmail.ReadMessage(bytes.NewReader(m.Data))
	if err != nil {
		t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(message.Header.Get("Subject"))
	if err != nil {
		t.Fatal(err)
	}
	l := pageMail{to: m.To, subject: subject}
	l.part(t, message.Header.Get("Content-Type"), message.Header.Get("Content-Transfer-Encoding"), "", message.Body)
	return l
}

func (l *pageMail) part(t testing.TB, kind, coded, name string, body io.Reader) {
	t.Helper()
	media, params, err := mime.ParseMediaType(kind)
	if err != nil {
		t.Fatal(err)
	}
	if strings.HasPrefix(media, "multipart/") {
		parts := multipart.NewReader(body, params["boundary"])
		for {
			p, err := parts.NextRawPart()
			if err == io.EOF {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			l.part(t, p.Header.Get("Content-Type"), p.Header.Get("Content-Transfer-Encoding"), p.FileName(), p)
		}
	}
	if coded == "base64" {
		body = base64.NewDecoder(base64.StdEncoding, body)
	}
	content, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	switch media {
	case "text/plain":
		l.text = string(content)
	case "text/html":
		l.html = string(content)
	default:
		if name, err = new(mime.WordDecoder).DecodeHeader(name); err != nil {
			t.Fatal(err)
		}
		l.file, l.fileName = content, name
	}
}

var leavingLink = regexp.MustCompile(`/r/[A-Za-z0-9_-]+`)

func weeklyReport(readers ...object) object {
	return object{"name": "朝のレポート", "rhythm": "daily", "time": "08:30", "holidays": "next", "note": "おはようございます", "readers": readers}
}

// A report from its order to the mailboxes of its readers: in each reader's language, once,
// and no more to whoever asked to be left out.
func TestReportsReachTheirReaders(t *testing.T) {
	t.Parallel()
	m := newMailroom(t)
	owner := m.join(m.ws, "tanaka@hinata.example", access.Owner)
	m.join(m.ws, "suzuki@hinata.example", access.Guest)
	members, err := m.db.Members.List(t.Context(), m.ws)
	if err != nil {
		t.Fatal(err)
	}
	var tanaka string
	for _, one := range members {
		if one.User.Email == "tanaka@hinata.example" {
			tanaka = string(one.User.ID)
		}
		if one.User.Email == "suzuki@hinata.example" {
			if err := m.db.Users.Describe(t.Context(), one.User.ID, one.User.Name, "en"); err != nil {
				t.Fatal(err)
			}
		}
	}
	order := weeklyReport(object{"user": string(members[0].User.ID)}, object{"user": string(members[1].User.ID)}, object{"address": "Soto <soto@client.example>", "lang": "ja"}, object{"address": "SOTO@client.example"})
	order["pdf"] = true
	made := owner.must(201, "POST", "/api/workspaces/hinata/reports", order)
	id := made["id"].(string)
	if n := len(made["readers"].([]any)); n != 3 {
		t.Fatalf("%d readers: one address is one reader, however it is written", n)
	}
	if next := made["next_at"].(string); !strings.HasPrefix(next, "2026-09-09T23:30:00") {
		t.Fatalf("next %s", next)
	}
	run := func() []pageMail {
		t.Helper()
		if err := m.server.reporting.due(t.Context()); err != nil {
			t.Fatal(err)
		}
		return m.deliver()
	}
	if got := run(); len(got) != 0 {
		t.Fatalf("%d mails before their moment", len(got))
	}

	*m.now = time.Date(2026, 9, 9, 23, 30, 0, 0, time.UTC)
	got := map[string]pageMail{}
	for _, l := range run() {
		got[l.to] = l
	}
	if len(got) != 3 || len(run()) != 0 {
		t.Fatalf("%d mails, then more", len(got))
	}
	ja, en, out := got["tanaka@hinata.example"], got["suzuki@hinata.example"], got["soto@client.example"]
	for _, want := range []struct{ in, part string }{
		{ja.subject, "きょうの状況"}, {ja.text, "■ お願いしたいこと"}, {ja.text, "おはようございます"}, {ja.html, "/w/hinata/share/questions"}, {ja.html, "このメールを受け取らない"},
		{en.subject, "Where we stand today"}, {en.text, "■ What we ask of you"}, {out.subject, "きょうの状況"}, {out.html, "届け先に入っているため"},
	} {
		if !strings.Contains(want.in, want.part) {
			t.Errorf("%q is missing in %.900s", want.part, want.in)
		}
	}
	if !bytes.HasPrefix(ja.file, []byte("%PDF-")) || ja.fileName != "会社 hinata-2026-09-09.pdf" {
		t.Errorf("the page on paper is %q, %d bytes", ja.fileName, len(ja.file))
	}
	if a := owner.do("GET", "/api/workspaces/hinata/reports/"+id+"/issues/1/pdf", nil); a.status != 200 || a.text != string(ja.file) {
		t.Errorf("the page in the history is not what was sent: %d", a.status)
	}
	if strings.Contains(out.html+out.text, "/w/hinata") || strings.Contains(out.html+out.text, "tanaka") {
		t.Error("somebody outside is shown what is not theirs")
	}

	// Opening the way out changes nothing; the button does, without signing in, and for good.
	stop := leavingLink.FindString(out.text)
	nobody := m.browser()
	if a := nobody.do("GET", stop, nil); a.status != 200 || !strings.Contains(a.text, "受け取りをやめますか") {
		t.Fatalf("%d %s", a.status, a.text)
	}
	for _, none := range []string{stop[:len(stop)-2] + "xx", "/r/abc", strings.Replace(stop, "/r/", "/u/", 1)} {
		if a := nobody.do("POST", none, nil, "Content-Type", "application/x-www-form-urlencoded"); a.status != 404 {
			t.Errorf("%s: %d", none, a.status)
		}
	}
	if a := nobody.do("POST", stop, "", "Content-Type", "application/x-www-form-urlencoded"); a.status != 200 || !strings.Contains(a.text, "やめました") {
		t.Fatalf("%d %s", a.status, a.text)
	}
	// Taken off the list and written there again they are still left out.
	kept := owner.must(200, "GET", "/api/workspaces/hinata/reports", nil)["reports"].([]any)[0].(object)
	edit := weeklyReport(object{"user": tanaka})
	edit["base_version"] = kept["version"]
	kept = owner.must(200, "PUT", "/api/workspaces/hinata/reports/"+id, edit)
	edit = weeklyReport(object{"user": tanaka}, object{"address": "soto@client.example"})
	edit["base_version"] = kept["version"]
	owner.must(200, "PUT", "/api/workspaces/hinata/reports/"+id, edit)
	owner.must(409, "PUT", "/api/workspaces/hinata/reports/"+id, edit)

	// Away for a week: one page, of today.
	*m.now = m.now.AddDate(0, 0, 7).Add(time.Hour)
	if got := run(); len(got) != 1 || got[0].to != "tanaka@hinata.example" {
		t.Fatalf("%d mails after a week: %+v", len(got), got)
	}
	list := owner.must(200, "GET", "/api/workspaces/hinata/reports/"+id+"/issues", nil)["issues"].([]any)
	if len(list) != 2 || list[0].(object)["sent"] != 1.0 || list[1].(object)["sent"] != 3.0 {
		t.Errorf("history %v", list)
	}
	page := owner.must(200, "GET", "/api/workspaces/hinata/reports/"+id+"/issues/1?lang=en", nil)
	if page["sheet"].(object)["lang"] != "en" || len(page["to"].([]any)) != 3 {
		t.Errorf("page %v", page["to"])
	}
	owner.must(404, "GET", "/api/workspaces/hinata/reports/"+id+"/issues/9", nil)
}

func TestOrdersOfReports(t *testing.T) {
	t.Parallel()
	m := newMailroom(t)
	owner := m.join(m.ws, "tanaka@hinata.example", access.Owner)
	viewer := m.join(m.ws, "yamamoto@hinata.example", access.Viewer)
	for _, wrong := range []struct {
		change object
		status int
	}{
		{object{"name": " "}, 400}, {object{"time": "24:00"}, 422}, {object{"rhythm": "hourly"}, 422},
		{object{"rhythm": "weekly", "weekday": 0, "holidays": "skip"}, 400},
		{object{"readers": []object{{"address": "no address"}}}, 400}, {object{"readers": []object{{"address": "a\r\nb@x.example"}}}, 400},
		{object{"readers": []object{{"user": "nobody"}}}, 400}, {object{"note": strings.Repeat("x", 1001)}, 422},
	} {
		body := weeklyReport()
		for key, value := range wrong.change {
			body[key] = value
		}
		if a := owner.do("POST", "/api/workspaces/hinata/reports", body); a.status != wrong.status {
			t.Errorf("%v: %d %s", wrong.change, a.status, a.text)
		}
	}
	made := owner.must(201, "POST", "/api/workspaces/hinata/reports", weeklyReport(object{"address": "soto@client.example"}))
	id := "/api/workspaces/hinata/reports/" + made["id"].(string)

	// A viewer sees that it is there, not the whole address; and may get it, by their own word.
	seen := viewer.must(200, "GET", "/api/workspaces/hinata/reports", nil)
	if text := seen["reports"].([]any)[0].(object)["readers"].([]any)[0].(object)["address"]; text != "s…@client.example" || len(seen["people"].([]any)) != 0 {
		t.Errorf("a viewer sees %v and %v", text, seen["people"])
	}
	if got := viewer.must(200, "PUT", id+"/mine", object{"receive": true}); got["mine"] != "yes" {
		t.Errorf("mine %v", got["mine"])
	}
	if got := viewer.must(200, "PUT", id+"/mine", object{"receive": false}); got["mine"] != "stopped" {
		t.Errorf("mine %v", got["mine"])
	}
	viewer.must(200, "PUT", id+"/mine", object{"receive": true})

	// By hand, and not twice within a minute.
	sent := owner.must(201, "POST", id+"/issues", nil)
	if sent["by"] != "tanaka@hinata.example" || sent["readers"] != 2.0 || sent["waiting"] != 2.0 {
		t.Errorf("sent %v", sent)
	}
	if a := owner.do("POST", id+"/issues", nil); a.status != 429 {
		t.Errorf("again at once: %d", a.status)
	}
	if got := m.deliver(); len(got) != 2 {
		t.Errorf("%d mails", len(got))
	}
	// Whoever has left the workspace is told nothing more.
	members, err := m.db.Members.List(t.Context(), m.ws)
	if err != nil {
		t.Fatal(err)
	}
	*m.now = m.now.Add(2 * time.Minute)
	owner.must(201, "POST", id+"/issues", nil)
	for _, one := range members {
		if one.User.Email == "yamamoto@hinata.example" {
			if err := m.db.Members.Remove(t.Context(), m.ws, one.User.ID); err != nil {
				t.Fatal(err)
			}
		}
	}
	if got := m.deliver(); len(got) != 1 || got[0].to != "soto@client.example" {
		t.Errorf("%+v", got)
	}

	// Resting, it does not come; woken, it comes again.
	body := weeklyReport(object{"address": "soto@client.example"})
	body["paused"], body["base_version"] = true, owner.must(200, "GET", "/api/workspaces/hinata/reports", nil)["reports"].([]any)[0].(object)["version"]
	rests := owner.must(200, "PUT", id, body)
	if rests["next_at"] != nil {
		t.Errorf("next %v", rests["next_at"])
	}
	body["paused"], body["base_version"] = false, rests["version"]
	if woken := owner.must(200, "PUT", id, body); woken["next_at"] == nil {
		t.Error("it does not come again")
	}
	owner.must(204, "DELETE", id, nil)
	owner.must(404, "POST", id+"/issues", nil)
}
