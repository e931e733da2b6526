package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/miekg/dns"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/outbox"
	"github.com/shirube/shirube/internal/deliver/sink"
	"github.com/shirube/shirube/internal/evidence"
	"github.com/shirube/shirube/internal/store"
)

// namesFrom is, in a child process, the address of the DNS server that is asked.
const namesFrom = "SHIRUBE_TEST_NAMES_FROM"

// askNames has this process ask a DNS server of a test.
func askNames(address string) {
	net.DefaultResolver = &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "udp", address)
	}}
}

// namesOf is a real DNS server that knows these records.
func namesOf(t *testing.T, records ...dns.RR) (address string) {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := &dns.Server{PacketConn: conn, Handler: dns.HandlerFunc(func(w dns.ResponseWriter, q *dns.Msg) {
		answer := new(dns.Msg).SetRcode(q, dns.RcodeNameError)
		for _, record := range records {
			if strings.EqualFold(record.Header().Name, q.Question[0].Name) && record.Header().Rrtype == q.Question[0].Qtype {
				answer.Rcode = dns.RcodeSuccess
				answer.Answer = append(answer.Answer, record)
			}
		}
		_ = w.WriteMsg(answer)
	})}
	go func() { _ = server.ActivateAndServe() }()
	t.Cleanup(func() { _ = conn.Close() })
	return conn.LocalAddr().String()
}

func textRecord(name, text string) dns.RR {
	record := &dns.TXT{Hdr: dns.RR_Header{Name: dns.Fqdn(name), Rrtype: dns.TypeTXT, Class: dns.ClassINET, Ttl: 60}}
	for ; len(text) > 255; text = text[255:] {
		record.Txt = append(record.Txt, text[:255])
	}
	record.Txt = append(record.Txt, text)
	return record
}

// freeAddress is one that nobody listens at. It is not of those that the system gives away.
func freeAddress(t *testing.T) string {
	t.Helper()
	for range 100 {
		at := fmt.Sprintf("127.0.0.1:%d", 20_000+rand.IntN(10_000))
		listener, err := net.Listen("tcp", at)
		if err == nil {
			_ = listener.Close()
			return at
		}
	}
	t.Fatal("every port is taken")
	return ""
}

func TestNoBroadcastMailIsLostOrSentTwice(t *testing.T) {
	t.Parallel()
	castOnce(t, 3, 2_000)
}

// TestGateNoBroadcastMailIsLostOrSentTwice is the same with a hundred crashes over 50,000
// mails.
func TestGateNoBroadcastMailIsLostOrSentTwice(t *testing.T) {
	evidence.Gate(t)
	castOnce(t, 100, 50_000)
}

// castOnce brings the whole program down while a broadcast goes to a segment: personalised,
// signed, with counted links, through every check. Beside those whom it is for there are
// people of another list, and some who never agreed.
func castOnce(t *testing.T, crashes, people int) {
	s := sharedFolder(t, t.TempDir())
	d := downfall{what: "a broadcast: ", taking: sink.Start(t, sink.Heads()), crashes: crashes, mails: people, seed: uint64(5026 + crashes)}
	due, others := s.readers(people, people/50)
	names := ""
	d.start = func() *child {
		at := freeAddress(t)
		c := serveFolder(t, s.folder, func(c *exec.Cmd) {
			c.Env = append(c.Env, "SHIRUBE_URL=https://m.example.jp", "SHIRUBE_LISTEN="+at, "SHIRUBE_ALLOW_NETWORK=127.0.0.1/32", namesFrom+"="+names)
		})
		c.base = "http://" + at // it names where the world finds it
		return c
	}
	c := d.start()
	sender, record := s.sender(c, d.taking)
	c.kill()
	names = namesOf(t, record, textRecord(mailsFrom, "v=spf1 ip4:192.0.2.1 ~all"), textRecord("_dmarc."+mailsFrom, "v=DMARC1; p=none"))
	c = d.start()
	cast := s.cast(c, sender)
	c.kill()
	if d.taking.Taken.Load() > 0 {
		t.Fatal("it began before its time")
	}

	d.bringDown(t, func(_ *child, ended <-chan struct{}) { <-ended })
	c = d.start()
	defer c.kill()
	var now struct {
		State  string
		Outbox map[string]int
	}
	for end := time.Now().Add(3 * time.Minute); now.State != "sent"; time.Sleep(100 * time.Millisecond) {
		if s.must(c, http.MethodGet, "/broadcasts/"+cast, nil, &now); time.Now().After(end) {
			t.Fatalf("it does not end: %+v", now)
		}
	}
	states := handedOver(t, s.folder)
	keys := make([]string, len(due))
	for n, id := range due {
		keys[n] = "broadcast/" + cast + "/" + string(id)
	}
	d.onceEach(t, s.ws, keys, states)

	withheld, unknown := 0, 0
	for _, id := range others {
		if states["broadcast/"+cast+"/"+string(id)] == string(outbox.Withheld) {
			withheld++
		}
	}
	for _, state := range states {
		if state == string(outbox.Unknown) {
			unknown++
		}
	}
	if withheld != len(others)/2 || len(states) != people+withheld {
		t.Errorf("%d of %d who never agreed were held back; %d items", withheld, len(others)/2, len(states))
	}
	if now.Outbox[string(outbox.Unknown)] != unknown {
		t.Errorf("%d are unknown, people are shown %v", unknown, now.Outbox)
	}
}

// readers are people of the list a mail is for, who agreed to it; others are half of that
// list, but never agreed, and half of another one.
func (s *shared) readers(people, others int) (due, beside []contact.ID) {
	s.t.Helper()
	all := people + others/2*2
	s.open(func(db *store.DB) error {
		for from := 0; from < all; from += 5000 {
			var seen []contact.Sighting
			var agreed []contact.Consent
			for n := from; n < min(from+5000, all); n++ {
				address, list := fmt.Sprintf("p%d@%s", n, "people.example"), "autumn"
				if n >= people && n%2 == 0 {
					list = "spring"
				}
				seen = append(seen, contact.Sighting{At: 1, Address: address, Name: fmt.Sprint("山田", n), Properties: map[string]contact.Value{"list": contact.TextValue(list)}})
				if n < people || list == "spring" {
					agreed = append(agreed, contact.Consent{Key: address, Address: address, Basis: contact.Agreed, State: contact.Granted, At: 1, Text: "案内のメールを受け取ります"})
				}
			}
			folded, err := db.Contacts.Upsert(s.t.Context(), s.ws, seen)
			if err != nil {
				return err
			}
			for n, id := range folded.Of {
				if from+n < people {
					due = append(due, id)
				} else {
					beside = append(beside, id)
				}
			}
			if _, err := db.Consents.Add(s.t.Context(), s.ws, agreed); err != nil {
				return err
			}
		}
		return nil
	})
	return due, beside
}

// must asks for something of mail as the owner, who is to have it.
func (s *shared) must(c *child, method, path string, body, into any) {
	s.t.Helper()
	status, text := s.ask(c, client(), method, "/api/workspaces/w/act/mail"+path, body)
	if status != http.StatusOK {
		s.t.Fatalf("%s %s: %d %s", method, path, status, text)
	}
	if err := json.Unmarshal([]byte(text), into); err != nil {
		s.t.Fatal(err)
	}
}

// sender makes a sender with a signing key, and tells what DNS is to say of the key.
func (s *shared) sender(c *child, taking *sink.Sink) (id string, record dns.RR) {
	s.t.Helper()
	type object = map[string]any
	var made struct {
		ID   string
		Keys []struct{ Name, Record string }
	}
	s.must(c, http.MethodPost, "/senders", object{"name": "お知らせ", "settings": object{"stream": "marketing", "from_name": "株式会社しるべ", "from": "news@" + mailsFrom, "host": taking.Host, "port": taking.Port,
		"security": "none", "parallel": sendingAtOnce, "count": true, "legal": object{"sender": "株式会社しるべ", "postal": "東京都千代田区1-1", "contact": "03-0000-0000"}}}, &made)
	s.must(c, http.MethodPost, "/senders/"+made.ID+"/keys", object{"algorithm": "ed25519", "selector": "s1"}, &made)
	return made.ID, textRecord(made.Keys[0].Name, made.Keys[0].Record)
}

// cast plans a broadcast to a list; its time comes in a moment.
func (s *shared) cast(c *child, sender string) (id string) {
	s.t.Helper()
	type object = map[string]any
	var template, made struct{ ID, State string }
	s.must(c, http.MethodPost, "/templates", object{"template": object{"name": "秋", "stream": "marketing", "lang": "ja", "subject": "{{名前|お客様}}様へ", "topic": "セミナー", "sender": sender,
		"blocks": []any{object{"kind": "text", "text": "{{名前|お客様}}様、秋のご案内です。"}, object{"kind": "button", "text": "見る", "url": "https://example.jp/a"}}}}, &template)
	s.must(c, http.MethodPost, "/broadcasts", object{"name": "秋", "template": template.ID, "at": time.Now().Add(3 * time.Second),
		"audience": object{"property": object{"key": "list", "op": "is", "values": []string{"autumn"}}}}, &made)
	s.must(c, http.MethodPost, "/broadcasts/"+made.ID+"/move", object{"to": "planned"}, &made)
	if made.State != "planned" {
		s.t.Fatalf("it is %s", made.State)
	}
	return made.ID
}
