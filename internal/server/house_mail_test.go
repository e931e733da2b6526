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

	post "github.com/shirube/shirube/internal/deliver/mail"
	"github.com/shirube/shirube/internal/deliver/sink"
	"github.com/shirube/shirube/internal/words"
)

func TestHouseMailSettings(t *testing.T) {
	t.Parallel()
	const from = "道しるべ <shirube@example.jp>"
	for _, c := range []struct {
		server, from, password string
		want                   post.Server
	}{
		{"smtps://user@mail.example.jp", from, "pw", post.Server{Host: "mail.example.jp", Port: 465, Security: "tls", Username: "user", Password: "pw"}},
		{"smtps://user@Mail.example.jp:8465/", "shirube@example.jp", "pw", post.Server{Host: "mail.example.jp", Port: 8465, Security: "tls", Username: "user", Password: "pw"}},
		{"smtp://a%40b.example@mail.example.jp", from, "pw", post.Server{Host: "mail.example.jp", Port: 587, Security: "starttls", Username: "a@b.example", Password: "pw"}},
		{"smtp://127.0.0.1:2525", from, "", post.Server{Host: "127.0.0.1", Port: 2525, Security: "none"}},
		{"smtp://localhost", from, "", post.Server{Host: "localhost", Port: 25, Security: "none"}},
	} {
		h, err := ParseHouseMail(c.server, c.from, c.password)
		if err != nil || h.Server.Host != c.want.Host || h.Server.Port != c.want.Port || h.Server.Security != c.want.Security ||
			h.Server.Username != c.want.Username || h.Server.Password != c.want.Password || h.From.Address != "shirube@example.jp" {
			t.Errorf("%s: %+v, %v", c.server, h, err)
		}
	}
	if h, err := ParseHouseMail("", "", "pw"); h != nil || err != nil {
		t.Errorf("nothing said: %v, %v", h, err)
	}
	for _, c := range [][3]string{
		{"", from, ""}, {"smtps://mail.example.jp", "", ""}, {"smtps://mail.example.jp", "no address", ""}, {"mail.example.jp:465", from, ""},
		{"https://mail.example.jp", from, ""}, {"smtps://user:hunter2@mail.example.jp", from, "pw"}, {"smtps://user@mail.example.jp", from, ""},
		{"smtps://mail.example.jp/path", from, ""}, {"smtps://mail.example.jp:0", from, ""}, {"smtps://mail.example.jp:99999", from, ""}, {"smtps://mail.example.jp?x", from, ""},
		{"smtps://user@mail.example.jp", from, "a\r\nb"},
	} {
		h, err := ParseHouseMail(c[0], c[1], c[2])
		if err == nil || words.In(err, words.EN) == words.In(err, words.JA) || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %+v, %v", c[0], h, err)
		}
	}
}

// withPost gives a house a real mail server on this machine.
func withPost(t *testing.T, options ...sink.Option) (*sink.Sink, func(*Deps)) {
	t.Helper()
	taking := sink.Start(t, options...)
	return taking, func(d *Deps) {
		d.House = &HouseMail{From: netmail.Address{Name: "道しるべ", Address: "shirube@example.jp"},
			Server: post.Server{Host: taking.Host, Port: taking.Port, Security: "none"}}
	}
}

// readLetter is what a letter says, as text and as a page.
type readLetter struct{ to, subject, text, page string }

func readMail(t *testing.T, m sink.Mail) readLetter {
	t.Helper()
	message, err := netmail.ReadMessage(bytes.NewReader(m.Data))
	if err != nil {
		t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(message.Header.Get("Subject"))
	if err != nil {
		t.Fatal(err)
	}
	got := readLetter{to: m.To, subject: subject}
	_, parameters, err := mime.ParseMediaType(message.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	for parts := multipart.NewReader(message.Body, parameters["boundary"]); ; {
		part, err := parts.NextPart()
		if err == io.EOF {
			return got
		}
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, part))
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(part.Header.Get("Content-Type"), "text/html") {
			got.page = string(text)
		} else {
			got.text = strings.ReplaceAll(string(text), "\r\n", "\n")
		}
	}
}

var linkInLetter = regexp.MustCompile(`http\S+/(welcome|enter)#(\S+)`)

// token is the secret of the link in a letter; "" where there is none.
func (l readLetter) token() string {
	if found := linkInLetter.FindStringSubmatch(l.text); found != nil {
		return found[2]
	}
	return ""
}

// letters waits for so many letters, which leave beside requests.
func letters(t *testing.T, taking *sink.Sink, n int) []readLetter {
	t.Helper()
	for began := time.Now(); time.Since(began) < 20*time.Second; time.Sleep(5 * time.Millisecond) {
		if len(taking.Mails()) >= n {
			break
		}
	}
	mails := taking.Mails()
	if len(mails) != n {
		t.Fatalf("%d letters, not %d", len(mails), n)
	}
	all := make([]readLetter, n)
	for i, m := range mails {
		all[i] = readMail(t, m)
	}
	return all
}

// Names in letters are names: they make no link, end no line and turn no text around.
func TestNamesInLetters(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"田中 美咲":                  "田中 美咲",
		" a\r\nBcc: x@y.example": "a Bcc: x@\u2060y.\u2060example",
		"www.evil.example":       "www.\u2060evil.\u2060example",
		"https://evil.example/":  "https:\u2060//evil.\u2060example/",
		"abc\u202egpj\u2066":     "abcgpj",
		strings.Repeat("あ", 99):  strings.Repeat("あ", longestCalled) + "…",
		"":                       "",
	} {
		if got := called(name); got != want {
			t.Errorf("%q: %q, not %q", name, got, want)
		}
	}
	l, err := invitationLetter(`<img src=x onerror=alert(1)>`, `"><script>`, "https://s.example/welcome#abc", true).in(words.JA)
	if err != nil {
		t.Fatal(err)
	}
	page := string(l.HTML)
	if strings.Contains(page, "<img") || strings.Contains(page, "<script") || strings.Contains(page, "javascript:") || !strings.Contains(page, `href="https://s.example/welcome#abc"`) {
		t.Errorf("page %s", page)
	}
	if strings.ContainsAny(l.Subject, "\r\n") || !strings.Contains(string(l.Text), "https://s.example/welcome#abc\n") {
		t.Errorf("subject %q, text %s", l.Subject, l.Text)
	}
	english, err := invitationLetter("Tanaka", "Hinata", "https://s.example/welcome#abc", true).in(words.EN)
	if err != nil || english.Subject != "Tanaka invites you to “Hinata”" {
		t.Errorf("%q %v", english.Subject, err)
	}
}
