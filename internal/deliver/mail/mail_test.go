package mail

import (
	"bufio"
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net"
	netmail "net/mail"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-msgauth/dkim"

	act "github.com/shirube/shirube/internal/act/mail"
	"github.com/shirube/shirube/internal/deliver/sink"
)

var testDate = time.Date(2026, 11, 22, 9, 0, 0, 0, time.FixedZone("JST", 9*3600))

func message(to string) *Message {
	return &Message{
		From: netmail.Address{Name: "株式会社しるべ", Address: "news@mail.example.jp"}, ReplyTo: "info@example.jp", Envelope: "bounce@mail.example.jp",
		To: netmail.Address{Name: "山田 太郎", Address: to}, Date: testDate, ID: MessageID("w", "broadcast/b/"+to, "mail.example.jp"),
		Body:      act.Rendered{Subject: "山田様、秋のセミナーのご案内です。とても長い件名なので折り返されます", HTML: []byte("<p>本文です。</p>\r\n"), Text: []byte("本文です。\r\n.点から始まる行\r\n")},
		Marketing: true, Unsubscribe: "https://m.example.jp/u/" + strings.Repeat("t", 60),
	}
}

func route(s *sink.Sink) Route {
	return Route{Sender: "s", Server: Server{Host: s.Host, Port: s.Port, Security: "none", StepTimeout: 5 * time.Second, FinalTimeout: 5 * time.Second}, Rates: map[string]float64{}}
}

func courier(t testing.TB) *Courier {
	c := NewCourier(time.Now)
	t.Cleanup(c.Close)
	return c
}

// What arrives is what was written: parts, headers, Japanese, the signature.
func TestMessageArrives(t *testing.T) {
	t.Parallel()
	s := sink.Start(t)
	records := map[string]string{}
	var keys []SigningKey
	for _, algorithm := range []string{"rsa", "ed25519"} {
		secret, record, err := NewKey(algorithm, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		signer, err := ParseKey(secret)
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, SigningKey{Domain: "mail.example.jp", Selector: algorithm, Signer: signer})
		records[algorithm+"._domainkey.mail.example.jp"] = record
	}
	r := route(s)
	r.Keys = keys
	if o := courier(t).Hand(t.Context(), message("yamada@日本語.jp"), r); o.Class != act.Accepted {
		t.Fatalf("%+v", o)
	}
	got := s.Mails()[0]
	if got.From != "bounce@mail.example.jp" || got.To != "yamada@xn--wgv71a119e.jp" {
		t.Errorf("envelope %s → %s", got.From, got.To)
	}
	verified, err := dkim.VerifyWithOptions(bytes.NewReader(got.Data), &dkim.VerifyOptions{LookupTXT: func(name string) ([]string, error) {
		return []string{records[name]}, nil
	}})
	if err != nil || len(verified) != 2 {
		t.Fatalf("%v %v", verified, err)
	}
	for _, v := range verified {
		if v.Err != nil {
			t.Errorf("signature of %s: %v", v.Domain, v.Err)
		}
		signed := strings.ToLower(strings.Join(v.HeaderKeys, " "))
		for _, h := range []string{"from", "subject", "message-id", "list-unsubscribe", "list-unsubscribe-post"} {
			if !strings.Contains(" "+signed+" ", " "+h+" ") {
				t.Errorf("%s is not signed: %s", h, signed)
			}
		}
	}
	read, err := netmail.ReadMessage(bytes.NewReader(got.Data))
	if err != nil {
		t.Fatal(err)
	}
	subject, _ := new(mime.WordDecoder).DecodeHeader(read.Header.Get("Subject"))
	if subject != message("x").Body.Subject {
		t.Errorf("subject %q", subject)
	}
	if h := read.Header.Get("List-Unsubscribe"); h != "<"+message("x").Unsubscribe+">" {
		t.Errorf("List-Unsubscribe %q", h)
	}
	if h := read.Header.Get("List-Unsubscribe-Post"); h != "List-Unsubscribe=One-Click" {
		t.Errorf("List-Unsubscribe-Post %q", h)
	}
	if id := read.Header.Get("Message-ID"); id != "<"+message("yamada@日本語.jp").ID+">" {
		t.Errorf("Message-ID %q", id)
	}
	for line := range strings.SplitSeq(string(got.Data), "\r\n") {
		if len(line) > 998 {
			t.Errorf("a line of %d", len(line))
		}
	}
	kind, params, _ := mime.ParseMediaType(read.Header.Get("Content-Type"))
	if kind != "multipart/alternative" {
		t.Fatalf("%s", kind)
	}
	parts := multipart.NewReader(read.Body, params["boundary"])
	for _, want := range []string{"本文です。\r\n.点から始まる行\r\n", "<p>本文です。</p>\r\n"} {
		part, err := parts.NextPart()
		if err != nil {
			t.Fatal(err)
		}
		if part.Header.Get("Content-Transfer-Encoding") != "base64" {
			t.Errorf("encoding %v", part.Header)
		}
		body, _ := io.ReadAll(base64.NewDecoder(base64.StdEncoding, part))
		if string(body) != want {
			t.Errorf("%q, want %q", body, want)
		}
	}
	var first, second bytes.Buffer
	if err := message("a@b.jp").Write(&first); err != nil {
		t.Fatal(err)
	}
	_ = message("a@b.jp").Write(&second)
	sorted := func(b bytes.Buffer) string { // the library writes headers in any order
		lines := strings.Split(b.String(), "\r\n")
		slices.Sort(lines)
		return strings.Join(lines, "\n")
	}
	if sorted(first) != sorted(second) {
		t.Error("the same item is two messages")
	}
}

// Transactional mail has no List-Unsubscribe, marketing mail never goes without.
func TestStreamsDiffer(t *testing.T) {
	t.Parallel()
	m := message("a@b.jp")
	m.Marketing, m.Unsubscribe = false, ""
	var b bytes.Buffer
	if err := m.Write(&b); err != nil || strings.Contains(b.String(), "List-Unsubscribe") {
		t.Errorf("%v %s", err, b.String())
	}
	for _, address := range []string{"", "http://m.example.jp/u", "mailto:x@example.jp"} {
		m = message("a@b.jp")
		m.Unsubscribe = address
		if err := m.Write(&b); err == nil {
			t.Errorf("%q", address)
		}
	}
}

// Nothing of a value reaches the headers or the conversation.
func TestInjection(t *testing.T) {
	t.Parallel()
	s := sink.Start(t)
	c := courier(t)
	m := message("a@b.jp")
	m.To.Name = "x\r\nBcc: evil@example.jp"
	m.From.Name = "x\r\nBcc: evil@example.jp\u2028Cc: y"
	m.Body.Subject = "s\r\nBcc: evil@example.jp\r\n\r\nbody"
	if o := c.Hand(t.Context(), m, route(s)); o.Class != act.Accepted {
		t.Fatalf("%+v", o)
	}
	read, err := netmail.ReadMessage(bytes.NewReader(s.Mails()[0].Data))
	if err != nil || read.Header.Get("Bcc") != "" || read.Header.Get("Cc") != "" || len(read.Header["From"]) != 1 {
		t.Errorf("%v %v", err, read.Header)
	}
	for _, change := range []func(*Message){
		func(m *Message) { m.From.Address = "a@b.jp>\r\nBcc: x@y.jp" }, func(m *Message) { m.ReplyTo = "a@b.jp\r\nBcc: x@y.jp" },
		func(m *Message) { m.Envelope = "a@b.jp>\r\nRCPT TO:<x@y.jp" }, func(m *Message) { m.Unsubscribe += "\r\nBcc: x@y.jp" },
	} {
		m := message("a@b.jp")
		change(m)
		var b bytes.Buffer
		if o := c.Hand(t.Context(), m, route(s)); o.Class == act.Accepted {
			t.Errorf("%+v is sent", m)
		} else if o.Class != act.Permanent || !o.Ours && m.Envelope != "" {
			t.Errorf("%+v", o)
		}
		if m.Write(&b) == nil && strings.Contains(b.String(), "\nBcc:") {
			t.Errorf("%s", b.String())
		}
	}
	for _, address := range []string{"", "a", "@b.jp", "a@", "a b@c.jp", "a@b.jp>\r\nRCPT TO:<x@y.jp", "a\r\n@b.jp", "\"a b\"@c.jp", "a@b..jp", "a@-b.jp", "あ@b.jp", "a@b .jp", strings.Repeat("a", 65) + "@b.jp", "<a@b.jp>", "a,b@c.jp"} {
		m := message(address)
		if o := c.Hand(t.Context(), m, route(s)); o.Class != act.Permanent || !o.NoSuchAddress {
			t.Errorf("%q: %+v", address, o)
		}
	}
	if n := s.Taken.Load(); n != 1 {
		t.Errorf("%d mails", n)
	}
}

// A real server that fails at every step of the protocol.
func TestEveryStepFails(t *testing.T) {
	t.Parallel()
	refuse := sink.Refuse
	for name, c := range map[string]struct {
		plan  sink.Plan
		class act.Class
		step  string
		ours  bool
		gone  bool
		taken int64
	}{
		"closed door":       {sink.Plan{Connect: func() error { return refuse(554, [3]int{5, 7, 1}, "go away") }}, act.Temporary, "hello", true, false, 0},
		"busy":              {sink.Plan{Connect: func() error { return refuse(421, [3]int{4, 3, 2}, "busy") }}, act.Temporary, "hello", true, false, 0},
		"mail 4xx":          {sink.Plan{Mail: func(string) error { return refuse(451, [3]int{4, 3, 0}, "later") }}, act.Temporary, "mail", false, false, 0},
		"mail 5xx":          {sink.Plan{Mail: func(string) error { return refuse(550, [3]int{5, 7, 1}, "sender refused") }}, act.Temporary, "mail", true, false, 0},
		"greylisted":        {sink.Plan{Rcpt: func(string) error { return refuse(450, [3]int{4, 2, 0}, "Greylisted, come back") }}, act.Temporary, "rcpt", false, false, 0},
		"no such user":      {sink.Plan{Rcpt: func(string) error { return refuse(550, [3]int{5, 1, 1}, "User unknown") }}, act.Permanent, "rcpt", false, true, 0},
		"policy":            {sink.Plan{Rcpt: func(string) error { return refuse(550, [3]int{5, 7, 15}, "user unknown to our policy") }}, act.Permanent, "rcpt", false, false, 0},
		"mailbox full":      {sink.Plan{Rcpt: func(string) error { return refuse(552, [3]int{5, 2, 2}, "Mailbox full") }}, act.Permanent, "rcpt", false, false, 0},
		"dropped in body":   {sink.Plan{Drop: func(string) (bool, bool) { return true, false }}, act.Temporary, "body", false, false, 0},
		"dropped after dot": {sink.Plan{Drop: func(string) (bool, bool) { return false, true }}, act.Unknown, "dot", false, false, 1},
		"4xx after dot":     {sink.Plan{Data: func(string) error { return refuse(451, [3]int{4, 3, 0}, "disk") }}, act.Temporary, "dot", false, false, 0},
		"5xx after dot":     {sink.Plan{Data: func(string) error { return refuse(554, [3]int{5, 7, 1}, "spam, user unknown") }}, act.Permanent, "dot", false, false, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := sink.Start(t, sink.Failing(c.plan))
			m := message("a@b.jp")
			m.Body.HTML = bytes.Repeat([]byte("<p>長い本文</p>\r\n"), 400_000) // more than any buffer on the way
			if c.class != act.Temporary || c.step != "body" {
				m.Body.HTML = m.Body.HTML[:2000]
			}
			o := courier(t).Hand(t.Context(), m, route(s))
			if o.Class != c.class || o.Step != c.step || o.Ours != c.ours || o.NoSuchAddress != c.gone {
				t.Errorf("%+v", o)
			}
			if o.Class == act.Temporary && o.RetryAfter <= 0 {
				t.Errorf("when again? %+v", o)
			}
			if n := s.Taken.Load(); n != c.taken {
				t.Errorf("%d taken", n)
			}
		})
	}
}

// What no library does by itself: a server that answers by a script, or dies there.
func TestScriptedServers(t *testing.T) {
	t.Parallel()
	hello := "220 x\n>EHLO\n250-x\n250 PIPELINING\n"
	for name, c := range map[string]struct {
		script string
		class  act.Class
		step   string
	}{
		"dies at once":           {"", act.Temporary, "connect"},
		"dies after EHLO":        {"220 x\n>EHLO\n", act.Temporary, "hello"},
		"dies after MAIL":        {hello + ">MAIL\n", act.Temporary, "mail"},
		"dies after RCPT":        {hello + ">MAIL\n250 ok\n>RCPT\n", act.Temporary, "rcpt"},
		"dies after DATA":        {hello + ">MAIL\n250 ok\n>RCPT\n250 ok\n>DATA\n", act.Temporary, "data"},
		"refuses DATA":           {hello + ">MAIL\n250 ok\n>RCPT\n250 ok\n>DATA\n451 4.3.0 later\n>RSET\n250 ok\n", act.Temporary, "data"},
		"refuses DATA for good":  {hello + ">MAIL\n250 ok\n>RCPT\n250 ok\n>DATA\n554 5.6.0 no\n>RSET\n250 ok\n", act.Permanent, "data"},
		"lets an empty one in":   {hello + ">MAIL\n250 ok\n>RCPT\n550 5.1.1 no such user\n>DATA\n354 go\n>.\n554 no recipients\n>RSET\n250 ok\n", act.Permanent, "rcpt"},
		"dies while it is asked": {hello + ">MAIL\n250 ok\n>RCPT\n250 ok\n>DATA\n354 go\n>..\n", act.Unknown, "dot"},
		"421 instead":            {hello + ">MAIL\n421 4.4.2 closing\n", act.Temporary, "mail"},
		"nonsense":               {hello + ">MAIL\nhello?\n", act.Temporary, "mail"},
		"without pipelining":     {"220 x\n>EHLO\n250 x\n>MAIL\n250 ok\n>RCPT\n452 4.2.2 full\n>RSET\n250 ok\n", act.Temporary, "rcpt"},
		"speaks HELO only":       {"220 x\n>EHLO\n502 5.5.1 what?\n>HELO\n250 x\n>MAIL\n250 ok\n>RCPT\n250 ok\n>DATA\n354 go\n>..\n250 ok\n", act.Accepted, "dot"},
		"refuses EHLO and HELO":  {"220 x\n>EHLO\n550 5.7.1 no\n>HELO\n550 5.7.1 no\n", act.Temporary, "hello"},
		"busy at EHLO":           {"220 x\n>EHLO\n421 4.3.2 busy\n", act.Temporary, "hello"},
		"greylists at DATA":      {hello + ">MAIL\n250 ok\n>RCPT\n250 ok\n>DATA\n450 4.2.0 Greylisted\n>RSET\n250 ok\n", act.Temporary, "data"},
		"421 for the recipient":  {hello + ">MAIL\n250 ok\n>RCPT\n421 4.7.0 too fast\n", act.Temporary, "rcpt"},
		"421 after the dot":      {hello + ">MAIL\n250 ok\n>RCPT\n250 ok\n>DATA\n354 go\n>..\n421 4.3.0 closing\n", act.Temporary, "dot"},
		"nonsense after the dot": {hello + ">MAIL\n250 ok\n>RCPT\n250 ok\n>DATA\n354 go\n>..\nwhat?\n", act.Unknown, "dot"},
		"half an answer":         {hello + ">MAIL\n250 ok\n>RCPT\n250 ok\n>DATA\n354 go\n>..\n250-ok\n", act.Unknown, "dot"},
		"says nothing":           {"~\n", act.Temporary, "connect"},
		"silent after EHLO":      {"220 x\n>EHLO\n~\n", act.Temporary, "hello"},
		"silent after MAIL":      {hello + ">MAIL\n~\n", act.Temporary, "mail"},
		"silent after RCPT":      {hello + ">MAIL\n250 ok\n>RCPT\n~\n", act.Temporary, "rcpt"},
		"silent after DATA":      {hello + ">MAIL\n250 ok\n>RCPT\n250 ok\n>DATA\n~\n", act.Temporary, "data"},
		"silent after the dot":   {hello + ">MAIL\n250 ok\n>RCPT\n250 ok\n>DATA\n354 go\n>..\n~\n", act.Unknown, "dot"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			host, port := scripted(t, c.script)
			r := Route{Sender: "s", Rates: map[string]float64{}, Server: Server{Host: host, Port: port, Security: "none", StepTimeout: 3 * time.Second, FinalTimeout: 3 * time.Second}}
			if o := courier(t).Hand(t.Context(), message("a@b.jp"), r); o.Class != c.class || o.Step != c.step {
				t.Errorf("%+v", o)
			}
		})
	}
}

// Before anybody is named: a server that fails while the connection is made safe, or while we
// sign in. Nothing is said of the reader, and it is tried again.
func TestServersThatLetNobodyIn(t *testing.T) {
	t.Parallel()
	offers, asks := "220 x\n>EHLO\n250-x\n250 STARTTLS\n>STARTTLS\n", "220 x\n>EHLO\n250-x\n250 AUTH PLAIN LOGIN\n>AUTH\n"
	for name, c := range map[string]struct{ script, step string }{
		"STARTTLS refused":         {offers + "454 4.7.0 TLS not available\n", "tls"},
		"dies at STARTTLS":         {offers, "tls"},
		"dies in the handshake":    {offers + "220 go\n", "tls"},
		"silent in the handshake":  {offers + "220 go\n~\n", "tls"},
		"nonsense for a handshake": {offers + "220 go\n220 hello?\n~\n", "tls"},
		"AUTH put off":             {asks + "454 4.7.0 Temporary authentication failure\n", "auth"},
		"AUTH refused":             {asks + "535 5.7.8 no such user\n", "auth"},
		"dies at AUTH":             {asks, "auth"},
		"silent at AUTH":           {asks + "~\n", "auth"},
		"knows no way":             {"220 x\n>EHLO\n250-x\n250 AUTH GSSAPI\n", "auth"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			host, port := scripted(t, c.script)
			server := Server{Host: host, Port: port, Security: "starttls", StepTimeout: 3 * time.Second, FinalTimeout: 3 * time.Second}
			if c.step == "auth" {
				server.Security, server.Username, server.Password = "none", "u", "pw"
			}
			o := courier(t).Hand(t.Context(), message("a@b.jp"), Route{Sender: "s", Rates: map[string]float64{}, Server: server})
			if o.Class != act.Temporary || o.Step != c.step || !o.Ours || o.NoSuchAddress || o.RetryAfter <= 0 {
				t.Errorf("%+v", o)
			}
		})
	}
}

// scripted serves one conversation: lines are said, ">X" waits for a line that begins so,
// ">.." for the end of a message, "~" is silence until the other side gives up. Then it closes.
func scripted(t *testing.T, script string) (host string, port int) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		lines := bufio.NewScanner(conn)
		for step := range strings.SplitSeq(strings.TrimSuffix(script, "\n"), "\n") {
			wait, listens := strings.CutPrefix(step, ">")
			if step == "~" {
				_, _ = io.Copy(io.Discard, conn)
				return
			}
			if !listens {
				fmt.Fprintf(conn, "%s\r\n", step)
				continue
			}
			for lines.Scan() && !(wait == ".." && lines.Text() == "." || wait != ".." && strings.HasPrefix(lines.Text(), wait)) {
			}
		}
	}()
	address := listener.Addr().(*net.TCPAddr)
	return "127.0.0.1", address.Port
}

// A connection is used again; one that the server closed meanwhile costs nothing.
func TestConnectionsAreUsedAgain(t *testing.T) {
	t.Parallel()
	s := sink.Start(t)
	c := courier(t)
	r := route(s)
	r.Server.Connections, r.Server.PerConnection = 1, 4
	for i := range 9 {
		if o := c.Hand(t.Context(), message(fmt.Sprintf("a%d@b.jp", i)), r); o.Class != act.Accepted {
			t.Fatalf("%+v", o)
		}
		if i == 4 {
			for _, idle := range c.pools["s"].pool.free {
				_ = idle.raw.Close()
			}
		}
	}
	if n := s.Opened.Load(); n != 3 || s.Taken.Load() != 9 {
		t.Errorf("%d connections, %d mails", n, s.Taken.Load())
	}
	// Refusals in between do not spoil the connection.
	var mu sync.Mutex
	n := 0
	failing := sink.Start(t, sink.Failing(sink.Plan{Rcpt: func(string) error {
		mu.Lock()
		defer mu.Unlock()
		if n++; n%2 == 0 {
			return sink.Refuse(550, [3]int{5, 1, 1}, "no")
		}
		return nil
	}}))
	r.Server.Port, r.Server.PerConnection = failing.Port, 100
	for range 10 {
		c.Hand(t.Context(), message("a@b.jp"), r)
	}
	if failing.Opened.Load() != 1 || failing.Taken.Load() != 5 {
		t.Errorf("%d connections, %d mails", failing.Opened.Load(), failing.Taken.Load())
	}
}

func TestSigningInAndTLS(t *testing.T) {
	t.Parallel()
	certificate, roots := testCertificate(t)
	s := sink.Start(t, sink.TLS(&tls.Config{Certificates: []tls.Certificate{certificate}}), sink.Password("u", "pw"))
	base := route(s)
	base.Server.Security, base.Server.Roots, base.Server.Username, base.Server.Password = "starttls", roots, "u", "pw"
	for name, c := range map[string]struct {
		change func(*Server)
		class  act.Class
		step   string
	}{
		"right":            {func(*Server) {}, act.Accepted, "dot"},
		"wrong password":   {func(s *Server) { s.Password = "x" }, act.Temporary, "auth"},
		"unknown issuer":   {func(s *Server) { s.Roots = x509.NewCertPool() }, act.Temporary, "tls"},
		"not signed in":    {func(s *Server) { s.Username = "" }, act.Temporary, "mail"},
		"no TLS there":     {func(s *Server) { s.Security = "tls"; s.StepTimeout = time.Second }, act.Temporary, "tls"},
		"a line break":     {func(s *Server) { s.Password = "a\r\nb" }, act.Temporary, "connect"},
		"clear, elsewhere": {func(s *Server) { s.Security, s.Host = "none", "mail.example.jp" }, act.Temporary, "connect"},
	} {
		r := base
		r.Sender = name
		c.change(&r.Server)
		o := courier(t).Hand(t.Context(), message("a@b.jp"), r)
		if o.Class != c.class || o.Step != c.step || o.Ours != (c.class != act.Accepted) {
			t.Errorf("%s: %+v", name, o)
		}
		if strings.Contains(o.Said, "pw") {
			t.Errorf("%s: the password is told: %s", name, o.Said)
		}
	}
	plain := sink.Start(t)
	r := route(plain)
	r.Server.Security = "starttls"
	if o := courier(t).Hand(t.Context(), message("a@b.jp"), r); o.Step != "tls" || plain.Taken.Load() != 0 {
		t.Errorf("%+v", o)
	}
}

// A domain with a rate gets its turns; the others do not wait for it.
func TestPace(t *testing.T) {
	t.Parallel()
	s := sink.Start(t)
	now := testDate
	c := NewCourier(func() time.Time { return now })
	t.Cleanup(c.Close)
	r := route(s)
	r.Rates = map[string]float64{"docomo.ne.jp": 2}
	classes := map[act.Class]int{}
	for range 10 {
		o := c.Hand(t.Context(), message("a@docomo.ne.jp"), r)
		classes[o.Class]++
		if o.Class == act.Later && o.RetryAfter <= 0 {
			t.Errorf("%+v", o)
		}
	}
	if classes[act.Accepted] != 3 || classes[act.Later] != 7 {
		t.Errorf("%v", classes)
	}
	if o := c.Hand(t.Context(), message("a@b.jp"), r); o.Class != act.Accepted {
		t.Errorf("%+v", o)
	}
	now = now.Add(time.Second)
	if o := c.Hand(t.Context(), message("a@docomo.ne.jp"), r); o.Class != act.Accepted {
		t.Errorf("%+v", o)
	}
	for day, want := range map[int]int{1: 200, 2: 360, 14: 414968} {
		if limit, bounded := act.UsualWarmup.Limit(day); !bounded || limit < want*99/100 || limit > want*101/100 {
			t.Errorf("day %d: %d", day, limit)
		}
	}
	if _, bounded := act.UsualWarmup.Limit(15); bounded {
		t.Error("warm for ever")
	}
}

// Whoever stops while waiting for a place has sent nothing.
func TestStopping(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	s := sink.Start(t)
	if o := courier(t).Hand(ctx, message("a@b.jp"), route(s)); o.Class != act.Later && o.Class != act.Temporary || s.Taken.Load() != 0 {
		t.Errorf("%+v", o)
	}
}

func TestKeys(t *testing.T) {
	t.Parallel()
	for _, secret := range []string{"", "x", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"} {
		if _, err := ParseKey([]byte(secret)); err == nil {
			t.Errorf("%q is a key", secret)
		}
	}
	_, private, _ := ed25519.GenerateKey(rand.Reader)
	if record, err := Record(private); err != nil || !strings.HasPrefix(record, "v=DKIM1; k=ed25519; p=") {
		t.Errorf("%s %v", record, err)
	}
}
