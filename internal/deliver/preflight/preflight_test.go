package preflight

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"net"
	"strings"
	"testing"

	"github.com/miekg/dns"

	act "github.com/shirube/shirube/internal/act/mail"
)

// zone is a real DNS server on loopback.
func zone(t *testing.T, records ...string) *net.Resolver {
	t.Helper()
	known := map[string][]dns.RR{}
	for _, text := range records {
		record, err := dns.NewRR(text)
		if err != nil {
			t.Fatal(err)
		}
		known[strings.ToLower(record.Header().Name)] = append(known[strings.ToLower(record.Header().Name)], record)
	}
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := &dns.Server{PacketConn: conn, Handler: dns.HandlerFunc(func(w dns.ResponseWriter, q *dns.Msg) {
		answer := new(dns.Msg).SetReply(q)
		name := strings.ToLower(q.Question[0].Name)
		if strings.HasPrefix(name, "broken.") {
			answer.Rcode = dns.RcodeServerFailure
		} else if _, there := known[name]; !there {
			answer.Rcode = dns.RcodeNameError
		}
		for _, record := range known[name] {
			if record.Header().Rrtype == q.Question[0].Qtype {
				answer.Answer = append(answer.Answer, record)
			}
		}
		_ = w.WriteMsg(answer)
	})}
	go func() { _ = server.ActivateAndServe() }()
	t.Cleanup(func() { _ = conn.Close() })
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "udp", conn.LocalAddr().String())
	}}
}

func TestChecks(t *testing.T) {
	t.Parallel()
	public, _, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	p := base64.StdEncoding.EncodeToString(public)
	key := Key{Domain: "mail.example.jp", Selector: "s1", Public: public, Record: "v=DKIM1; k=ed25519; p=" + p}
	good := []string{
		`mail.example.jp. 60 IN TXT "v=spf1 ip4:192.0.2.1 ~all"`, `mail.example.jp. 60 IN TXT "something else"`,
		`s1._domainkey.mail.example.jp. 60 IN TXT "v=DKIM1; k=ed25519; p=` + p + `"`, `_dmarc.example.jp. 60 IN TXT "v=DMARC1; p=none"`,
		`mx.example.jp. 60 IN A 192.0.2.1`, `1.2.0.192.in-addr.arpa. 60 IN PTR mx.example.jp.`,
	}
	sender := Sender{
		Stream: act.Marketing, From: "news@mail.example.jp", Host: "mx.example.jp", Security: "starttls", Keys: []Key{key}, Root: "https://m.example.jp", HasText: true, Promotes: true,
		Legal: act.Legal{Sender: "しるべ", Postal: "東京", Contact: "03", Trade: "x"},
	}
	if list := Run(t.Context(), zone(t, good...), sender); Blocks(list) || len(list) != 11 {
		t.Errorf("%+v", list)
	}
	without := func(piece string, more ...string) []string {
		var rest []string
		for _, r := range good {
			if !strings.Contains(r, piece) {
				rest = append(rest, r)
			}
		}
		return append(rest, more...)
	}
	same := func(*Sender) {}
	for name, c := range map[string]struct {
		records []string
		change  func(*Sender)
		check   string
		light   Light
		says    string
	}{
		"no spf":         {without("spf1"), same, "spf", Red, "SPF がありません"},
		"two spf":        {append(good, `mail.example.jp. 60 IN TXT "v=spf1 -all"`), same, "spf", Red, "2行"},
		"open spf":       {without("spf1", `mail.example.jp. 60 IN TXT "v=spf1 +all"`), same, "spf", Red, "+all"},
		"dns is down":    {good, func(s *Sender) { s.Envelope = "x@broken.example.jp" }, "spf", Amber, "答えがありません"},
		"no dkim":        {without("domainkey"), same, "dkim", Red, "公開鍵がありません"},
		"another dkim":   {without("domainkey", `s1._domainkey.mail.example.jp. 60 IN TXT "v=DKIM1; k=ed25519; p=AAAA"`), same, "dkim", Red, "違います"},
		"no key":         {good, func(s *Sender) { s.Keys = nil }, "dkim", Red, "署名がありません"},
		"relay signs":    {good, func(s *Sender) { s.Keys, s.Relay = nil, true }, "dkim", Amber, "署名がありません"},
		"dkim of others": {good, func(s *Sender) { s.From = "a@example.com" }, "dkim", Red, "別のもの"},
		"no dmarc":       {without("DMARC"), same, "dmarc", Red, "DMARC がありません"},
		"dmarc without":  {without("DMARC", `_dmarc.mail.example.jp. 60 IN TXT "v=DMARC1"`), same, "dmarc", Red, "方針"},
		"bounces abroad": {good, func(s *Sender) { s.Envelope = "b@bounce.example.net" }, "dmarc", Amber, "別のドメイン"},
		"no ptr":         {without("in-addr"), same, "ptr", Red, "逆引き"},
		"ptr elsewhere":  {without("in-addr", `1.2.0.192.in-addr.arpa. 60 IN PTR other.example.jp.`), same, "ptr", Red, "戻りません"},
		"no host":        {without("mx.example.jp. 60 IN A"), same, "ptr", Amber, "引けません"},
		"plain http":     {good, func(s *Sender) { s.Root = "http://m.example.jp" }, "https", Red, "RFC 8058"},
		"no postal":      {good, func(s *Sender) { s.Legal.Postal = "" }, "legal", Red, "住所"},
		"no trade":       {good, func(s *Sender) { s.Legal.Trade = "" }, "trade", Amber, "特定商取引法"},
		"no mark":        {good, func(s *Sender) { s.Promotes = false }, "promotion", Amber, "ステマ"},
		"no text":        {good, func(s *Sender) { s.HasText = false }, "text", Red, "テキスト"},
		"some complain":  {good, func(s *Sender) { s.Accepted, s.Complaints = 9_999, 10 }, "complaints", Amber, "0.10%"},
		"few are no law": {good, func(s *Sender) { s.Accepted, s.Complaints = 999, 3 }, "complaints", Amber, "0.30%"},
		"many complain":  {good, func(s *Sender) { s.Accepted, s.Complaints = 1_000, 3 }, "complaints", Red, "0.3%以上"},
		"nobody named":   {good, func(s *Sender) { s.Forms = Forms{2, []string{"資料請求"}} }, "consent", Amber, "ガイドライン"},
		"in the clear":   {good, func(s *Sender) { s.Security = "none" }, "security", Amber, "暗号化"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := sender
			c.change(&s)
			for _, check := range Run(t.Context(), zone(t, c.records...), s) {
				if check.Name == c.check {
					if check.Light != c.light || !strings.Contains(check.What.JA, c.says) || check.What.EN == "" || check.Mend.Zero() {
						t.Errorf("%+v", check)
					}
					return
				}
			}
			t.Errorf("%s is not looked at", c.check)
		})
	}
}
