package server

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/miekg/dns"

	"github.com/shirube/shirube/internal/act/automation"
	"github.com/shirube/shirube/internal/act/outbox"
	"github.com/shirube/shirube/internal/deliver/track"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/connect"
	"github.com/shirube/shirube/internal/store"
)

func mailItem(ws store.WorkspaceID, person, template, topic string) outbox.Item {
	payload, err := json.Marshal(automation.Handing{Contact: person, Mail: &automation.Mail{Template: template, Topic: topic}})
	if err != nil {
		panic(err)
	}
	return outbox.Item{Workspace: event.Workspace(ws), Key: "automation/1/1/s", Kind: outbox.Mail, Stream: "marketing", Contact: person, Cause: "automation:a", Payload: payload}
}

func addressesOf(key []byte, ws store.WorkspaceID) track.Addresses {
	return track.Addresses{Base: "https://m.example.jp", Key: key, Count: true, Token: track.Token{Workspace: string(ws), Contact: "c", Cause: "broadcast:b", Mail: "m", Links: 1}}
}

// onThisMachine reaches this machine beside public addresses, as where an operator allows it.
func onThisMachine() *connect.Puller {
	return &connect.Puller{Guard: &connect.Guard{Allowed: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}}}
}

// emptyDNS is a real DNS server in which there is nothing.
func emptyDNS(t *testing.T) *net.Resolver {
	t.Helper()
	resolver, _ := changingDNS(t)
	return resolver
}

// changingDNS is a real DNS server in which there is what it is told, and nothing before.
func changingDNS(t *testing.T) (resolver *net.Resolver, hold func(records ...string)) {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var held atomic.Pointer[[]dns.RR]
	hold = func(records ...string) {
		t.Helper()
		var list []dns.RR
		for _, text := range records {
			record, err := dns.NewRR(text)
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, record)
		}
		held.Store(&list)
	}
	hold()
	server := &dns.Server{PacketConn: conn, Handler: dns.HandlerFunc(func(w dns.ResponseWriter, q *dns.Msg) {
		answer := new(dns.Msg).SetRcode(q, dns.RcodeNameError)
		for _, record := range *held.Load() {
			if !strings.EqualFold(record.Header().Name, q.Question[0].Name) {
				continue
			}
			answer.Rcode = dns.RcodeSuccess
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
	}}, hold
}

// believed is what DNS has to say of a sender of mail.example.jp so that the world believes
// it; keys are as the sender's page shows them.
func believed(keys ...any) []string {
	records := []string{`mail.example.jp. 60 IN TXT "v=spf1 ip4:192.0.2.1 ~all"`, `_dmarc.mail.example.jp. 60 IN TXT "v=DMARC1; p=none"`}
	for _, key := range keys {
		k := key.(object)
		records = append(records, fmt.Sprintf("%s. 60 IN TXT %q", k["name"], k["record"]))
	}
	return records
}
