package server

import (
	"context"
	"encoding/json"
	"net"
	"net/netip"
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
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := &dns.Server{PacketConn: conn, Handler: dns.HandlerFunc(func(w dns.ResponseWriter, q *dns.Msg) {
		_ = w.WriteMsg(new(dns.Msg).SetRcode(q, dns.RcodeNameError))
	})}
	go func() { _ = server.ActivateAndServe() }()
	t.Cleanup(func() { _ = conn.Close() })
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "udp", conn.LocalAddr().String())
	}}
}
