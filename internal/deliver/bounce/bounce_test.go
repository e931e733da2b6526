package bounce

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/japanese"
)

const ours = "aaaa@mail.example.jp"

func dsn(action, status, said string) string {
	return strings.ReplaceAll(`From: Mail Delivery System <MAILER-DAEMON@mx.example.com>
To: bounce@mail.example.jp
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain; charset=us-ascii

I'm sorry.

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com

Original-Recipient: rfc822;yamada@example.com
Final-Recipient: rfc822; other@example.com
Action: `+action+`
Status: `+status+`
Diagnostic-Code: smtp; `+said+`

--b1
Content-Type: text/rfc822-headers

Message-ID: <`+ours+`>
To: yamada@example.com
--b1--
`, "\n", "\r\n")
}

func plain(from, subject, body string) string {
	return strings.ReplaceAll("Return-Path: <>\nFrom: "+from+"\nTo: bounce@mail.example.jp\nSubject: "+subject+"\nContent-Type: text/plain; charset=utf-8\n\n"+body, "\n", "\r\n")
}

// The shapes are ours, written after what senders' guides and public tables describe.
func TestReports(t *testing.T) {
	t.Parallel()
	jis, err := japanese.ISO2022JP.NewEncoder().String("次のあて先へのメッセージはエラーのため送信できませんでした。\r\nyamada@softbank.ne.jp\r\n宛先が見つかりません。\r\n")
	if err != nil {
		t.Fatal(err)
	}
	id := "\n\nMessage-ID: <" + ours + ">\nTo: yamada@docomo.ne.jp\n"
	for name, c := range map[string]struct {
		raw    string
		kind   Kind
		id     string
		hard   bool
		to     string
		status string
	}{
		"dsn hard":        {dsn("failed", "5.1.1", "550 5.1.1 User unknown"), Bounced, ours, true, "yamada@example.com", "5.1.1"},
		"dsn full":        {dsn("failed", "5.2.2", "552 5.2.2 Mailbox full"), Bounced, ours, false, "yamada@example.com", "5.2.2"},
		"dsn policy":      {dsn("failed", "5.7.26", "550 5.7.26 user unknown? unauthenticated"), Bounced, ours, false, "yamada@example.com", "5.7.26"},
		"dsn generic":     {dsn("failed", "5.0.0", "550 no such user here"), Bounced, ours, true, "yamada@example.com", "5.0.0"},
		"dsn temporary":   {dsn("failed", "4.4.1", "451 user unknown for now"), Bounced, ours, false, "yamada@example.com", "4.4.1"},
		"dsn delayed":     {dsn("delayed", "4.4.1", "timeout"), Delayed, ours, false, "yamada@example.com", "4.4.1"},
		"dsn delivered":   {dsn("delivered", "2.0.0", "ok"), Nothing, "", false, "", ""},
		"docomo":          {plain("MAILER-DAEMON@docomo.ne.jp", "Mail System Error - Returned Mail", "This Message was undeliverable due to the following reason:\n\n<yamada@docomo.ne.jp>\nThe user(s) account is disabled or unknown.\n"+id), Bounced, ours, true, "yamada@docomo.ne.jp", ""},
		"docomo refused":  {plain("MAILER-DAEMON@docomo.ne.jp", "Mail System Error - Returned Mail", "<yamada@docomo.ne.jp>\n550 受信拒否の設定により届きません\n"+id), Bounced, ours, false, "yamada@docomo.ne.jp", ""},
		"au":              {plain("Mail Delivery System <MAILER-DAEMON@au.com>", "Undelivered Mail Returned to Sender", "<yamada@ezweb.ne.jp>: host lsean.ezweb.ne.jp said: 550 <yamada@ezweb.ne.jp>:\n    User unknown (in reply to RCPT TO command)\n"), Bounced, "", true, "yamada@ezweb.ne.jp", ""},
		"softbank":        {plain("postmaster@softbank.ne.jp", "Returned mail", "Your message could not be delivered:\n 550 5.1.1 Invalid recipient: yamada@softbank.ne.jp\n"), Bounced, "", true, "yamada@softbank.ne.jp", "5.1.1"},
		"softbank in JIS": {strings.Replace(plain("postmaster@softbank.ne.jp", "Returned mail", ""), "utf-8", "iso-2022-jp", 1) + jis, Bounced, "", true, "yamada@softbank.ne.jp", ""},
		"full":            {plain("MAILER-DAEMON@example.jp", "failure notice", "<yamada@example.jp>:\n452 Mailbox is full\n"), Bounced, "", false, "yamada@example.jp", ""},
		"a person":        {plain("suzuki@example.jp", "Re: ご案内", "yamada@example.jp は異動しました。user unknown"), Nothing, "", false, "", ""},
		"no mail at all":  {"x", Nothing, "", false, "", ""},
		"arf": {strings.ReplaceAll(`From: feedback@isp.example
To: fbl@mail.example.jp
Content-Type: multipart/report; report-type=feedback-report; boundary=b2

--b2
Content-Type: text/plain

complaint
--b2
Content-Type: message/feedback-report

Feedback-Type: abuse
Version: 1
User-Agent: x

--b2
Content-Type: message/rfc822

From: news@mail.example.jp
To: "Y" <yamada@isp.example>
Message-ID: <`+ours+`>
Subject: x

body
--b2--
`, "\n", "\r\n"), Complaint, ours, true, "yamada@isp.example", ""},
	} {
		got := Parse([]byte(c.raw))
		if got.Kind != c.kind || got.MessageID != c.id {
			t.Errorf("%s: %+v", name, got)
			continue
		}
		if c.to == "" {
			continue
		}
		if len(got.Addresses) != 1 {
			t.Errorf("%s: %+v", name, got)
			continue
		}
		a := got.Addresses[0]
		a.Said = ""
		if diff := cmp.Diff(Failure{Address: c.to, Hard: c.hard, Status: c.status}, a); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(dsn("failed", "5.1.1", "x")))
	f.Add([]byte(plain("MAILER-DAEMON@docomo.ne.jp", "failure notice", "<a@b.jp>\nUnknown user")))
	files, _ := filepath.Glob("testdata/*.eml")
	for _, file := range files {
		if raw, err := os.ReadFile(file); err == nil {
			f.Add(raw)
		}
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		report := Parse(raw)
		if len(report.Addresses) > maxFailures {
			t.Fatal("unbounded")
		}
		for _, a := range report.Addresses {
			if a.Address == "" || strings.ContainsAny(a.Address, "\r\n <>") || len(a.Said) > 300 {
				t.Fatalf("%+v", a)
			}
		}
		if report.Kind == Nothing && report.MessageID != "" {
			t.Fatal("nothing about something")
		}
	})
}
