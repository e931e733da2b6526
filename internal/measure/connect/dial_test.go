package connect

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
)

func TestGuardRefusesWhatIsNotPublic(t *testing.T) {
	guard := &Guard{}
	for _, address := range []string{
		"127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3", "10.1.2.3", "100.64.0.1", "100.100.100.200", "169.254.169.254", "172.16.0.1", "172.31.255.255",
		"192.0.0.192", "192.168.1.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "168.63.129.16", "192.0.2.1",
		"::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "fe80::1", "fe80::1%eth0",
		"fc00::1", "fd00:ec2::254", "ff02::1", "2002:7f00:1::", "2001:db8::1", "2001::1", "100::1", "fec0::1", "3fff::1",
	} {
		a := netip.MustParseAddr(address)
		if err := guard.Check(a); !errors.As(err, new(*RefusedError)) {
			t.Errorf("%s may be reached", address)
		}
		if err := (&Guard{Allowed: []netip.Prefix{netip.MustParsePrefix("10.9.0.0/16")}}).Check(a); err == nil {
			t.Errorf("%s may be reached although another network is allowed", address)
		}
	}
	for _, address := range []string{"8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "192.0.1.1", "2606:4700::1111", "2400:4050::1", "::ffff:8.8.8.8"} {
		if err := guard.Check(netip.MustParseAddr(address)); err != nil {
			t.Errorf("%s: %v", address, err)
		}
	}
	if err := guard.Check(netip.Addr{}); err == nil {
		t.Error("no address may be reached")
	}
	allowed, err := ParseNetworks([]string{"10.0.0.0/8", " fd00::/8 ", "192.168.1.5", ""})
	if err != nil {
		t.Fatal(err)
	}
	guard.Allowed = allowed
	for address, ok := range map[string]bool{"10.1.2.3": true, "::ffff:10.1.2.3": true, "fd00::1": true, "192.168.1.5": true, "192.168.1.6": false, "127.0.0.1": false} {
		if err := guard.Check(netip.MustParseAddr(address)); (err == nil) != ok {
			t.Errorf("%s: %v", address, err)
		}
	}
	if _, err := ParseNetworks([]string{"10.0.0.0/99"}); err == nil {
		t.Error("a network that is none was taken")
	}
}

// However an address is written, what it is decides. The system may or may not read
// 2130706433 and 0177.0.0.1 as 127.0.0.1; nothing listens for either of us.
func TestGuardDialsOnlyWhatItChecked(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	var reached atomic.Int32
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			reached.Add(1)
			_ = conn.Close()
		}
	}()
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	loopback := netip.MustParseAddr("127.0.0.1")
	guard := &Guard{Lookup: func(ctx context.Context, host string) ([]netip.Addr, error) {
		switch host {
		case "inside.example":
			return []netip.Addr{loopback}, nil
		case "both.example":
			return []netip.Addr{netip.MustParseAddr("169.254.169.254"), loopback, netip.MustParseAddr("::ffff:127.0.0.1")}, nil
		case "none.example":
			return nil, nil
		}
		found, err := net.DefaultResolver.LookupNetIP(ctx, "ip", host)
		return found, err
	}}
	for _, host := range []string{
		"127.0.0.1", "localhost", "2130706433", "0x7f000001", "0177.0.0.1", "0x7f.1", "127.1", "127.0.0.1.", "0", "::1", "::ffff:127.0.0.1", "::ffff:7f00:1", "0:0:0:0:0:ffff:7f00:1",
		"inside.example", "both.example", "none.example", "", "a/b", "127.0.0.1\x00.example.com", "user@127.0.0.1",
	} {
		if conn, err := guard.Dial(t.Context(), "tcp", net.JoinHostPort(host, port)); err == nil {
			_ = conn.Close()
			t.Errorf("%q was reached", host)
		}
	}
	for _, network := range []string{"unix", "udp", "ip"} {
		if _, err := guard.Dial(t.Context(), network, net.JoinHostPort("127.0.0.1", port)); err == nil {
			t.Errorf("%s was dialled", network)
		}
	}
	if n := reached.Load(); n != 0 {
		t.Errorf("%d connections came through", n)
	}
	guard.Allowed = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	for _, host := range []string{"127.0.0.1", "inside.example", "both.example"} {
		conn, err := guard.Dial(t.Context(), "tcp", net.JoinHostPort(host, port))
		if err != nil {
			t.Fatalf("%s: %v", host, err)
		}
		_ = conn.Close()
	}
}

// A name that is harmless the first time it is asked for and not the second: each dialling
// checks the very address it uses.
func TestGuardWithstandsRebinding(t *testing.T) {
	var asked atomic.Int32
	var reached atomic.Int32
	server := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached.Add(1) }))
	defer server.Close()
	guard := &Guard{Lookup: func(context.Context, string) ([]netip.Addr, error) {
		if asked.Add(1)%2 == 1 {
			return []netip.Addr{netip.MustParseAddr("192.0.2.1")}, nil // refused, too: nothing leaves this machine
		}
		return []netip.Addr{netip.MustParseAddr("127.0.0.1")}, nil
	}}
	p := &Puller{Guard: guard, Wait: noWait}
	_, port, _ := net.SplitHostPort(server.Listener.Addr().String())
	for range 4 {
		_, err := p.Pull(t.Context(), Request{Kind: HTTP, Settings: Settings{URL: "https://rebind.example:" + port + "/"}, Span: span, Zone: tokyo})
		failure, ok := errors.AsType[*Failure](err)
		if !ok || failure.Code != Refused {
			t.Errorf("%v", err)
		}
	}
	if reached.Load() != 0 {
		t.Error("came through")
	}
}

func TestRedirectsAreGuardedToo(t *testing.T) {
	var inner atomic.Int32
	inside := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { inner.Add(1) }))
	defer inside.Close()
	to := ""
	outside := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, to, http.StatusFound) }))
	defer outside.Close()
	_, insidePort, _ := net.SplitHostPort(inside.Listener.Addr().String())
	_, port, _ := net.SplitHostPort(outside.Listener.Addr().String())
	// The first host may be reached; the one it sends to may not.
	guard := &Guard{Allowed: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}}
	p := &Puller{Guard: guard, Wait: noWait}
	for _, to = range []string{
		"http://169.254.169.254/latest/meta-data/", "http://127.0.0.2:" + insidePort + "/", "https://[::1]:" + insidePort + "/", "http://[::ffff:10.0.0.1]/",
		"file:///etc/passwd", "gopher://127.0.0.1/", "http://8.8.8.8/", outside.URL + "/again",
	} {
		_, err := p.Pull(t.Context(), Request{Kind: HTTP, Settings: Settings{URL: "http://127.0.0.1:" + port + "/?token=sesame"}, Span: span, Zone: tokyo})
		failure, ok := errors.AsType[*Failure](err)
		if !ok || failure.Code != Refused && failure.Code != Broken {
			t.Errorf("%s: %v", to, err)
		}
		if err != nil && strings.Contains(err.Error(), "sesame") {
			t.Errorf("%s: the error holds the query of the address", to)
		}
	}
	if inner.Load() != 0 {
		t.Error("came through")
	}
}
