package connect

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"strings"
	"syscall"
	"time"
)

// Guard decides which addresses may be reached. A person who may make connections names
// hosts; without it the program could be sent to whatever the machine it runs on can
// reach and that person cannot: a cloud's metadata, an unprotected database, itself.
//
// What counts is the address that is dialled, after every name was looked up and on every
// redirect: a name that stands for a harmless address when it is checked and for another
// one when it is used gains nothing.
type Guard struct {
	// Allowed are networks that may be reached although they are not public.
	Allowed []netip.Prefix
	// Lookup finds the addresses of a name; nil asks the system.
	Lookup func(ctx context.Context, host string) ([]netip.Addr, error)
}

// RefusedError says that an address may not be reached.
type RefusedError struct{ Address netip.Addr }

// Error names the address.
func (e *RefusedError) Error() string {
	return fmt.Sprintf("%s is in a network that may not be reached", e.Address)
}

// Refused tells a guard's no from every other failure, for rooms that do not know this one.
func (e *RefusedError) Refused() bool { return true }

// notPublic are the networks of the registries of special addresses that IANA keeps, and
// the addresses at which clouds tell a machine its secrets.
var notPublic = prefixes(
	"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
	"192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
	"168.63.129.16/32",                                     // a cloud's own service, on a public address
	"2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", // inside 2000::/3, yet not public; 2002:: holds any IPv4 address
)

// public6 is all of IPv6 that is given out; what lies outside holds loopback, link-local,
// private and translated addresses.
var public6 = netip.MustParsePrefix("2000::/3")

func prefixes(list ...string) []netip.Prefix {
	out := make([]netip.Prefix, len(list))
	for i, text := range list {
		out[i] = netip.MustParsePrefix(text)
	}
	return out
}

// ParseNetworks reads what an operator allows: 10.0.0.0/8, or one address.
func ParseNetworks(list []string) ([]netip.Prefix, error) {
	var out []netip.Prefix
	for _, text := range list {
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		prefix, err := netip.ParsePrefix(text)
		if err != nil {
			one, err := netip.ParseAddr(text)
			if err != nil {
				return nil, fmt.Errorf("%q is no network; write one like 10.0.0.0/8", text)
			}
			prefix = netip.PrefixFrom(one, one.BitLen())
		}
		out = append(out, prefix.Masked())
	}
	return out, nil
}

// Check reports whether an address may be reached; *RefusedError where not.
func (g *Guard) Check(address netip.Addr) error {
	plain := address.Unmap().WithZone("")
	if g.allows(plain) {
		return nil
	}
	if !plain.IsValid() || plain.Is6() && !public6.Contains(plain) ||
		slices.ContainsFunc(notPublic, func(p netip.Prefix) bool { return p.Contains(plain) }) {
		return &RefusedError{plain}
	}
	return nil
}

// allows reports whether the operator named a network with the address.
func (g *Guard) allows(address netip.Addr) bool {
	return slices.ContainsFunc(g.Allowed, func(p netip.Prefix) bool { return p.Contains(address) })
}

const dialTimeout = 15 * time.Second

// Dial connects by TCP to a host and port where the guard lets it.
func (g *Guard) Dial(ctx context.Context, network, address string) (net.Conn, error) {
	return g.dial(ctx, network, address, g.Check)
}

// dialAllowed connects to the networks the operator named and to no other: what is sent
// there without encryption stays among them.
func (g *Guard) dialAllowed(ctx context.Context, network, address string) (net.Conn, error) {
	return g.dial(ctx, network, address, func(a netip.Addr) error {
		if g.allows(a.Unmap().WithZone("")) {
			return nil
		}
		return &RefusedError{a.Unmap()}
	})
}

func (g *Guard) dial(ctx context.Context, network, address string, check func(netip.Addr) error) (net.Conn, error) {
	if network != "tcp" && network != "tcp4" && network != "tcp6" {
		return nil, fmt.Errorf("dial %s: only TCP is spoken", network)
	}
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, fmt.Errorf("dial: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, dialTimeout)
	defer cancel()
	found, err := g.lookup(ctx, host)
	if err != nil {
		return nil, fmt.Errorf("look up %q: %w", host, err)
	}
	dialer := net.Dialer{ControlContext: func(_ context.Context, _, reached string, _ syscall.RawConn) error {
		// Once more, on what the system is about to connect to.
		to, err := netip.ParseAddrPort(reached)
		if err != nil {
			return fmt.Errorf("dial: %w", err)
		}
		return check(to.Addr())
	}}
	var refused, failed error
	for _, one := range found {
		if err := check(one); err != nil {
			refused = err
			continue
		}
		conn, err := dialer.DialContext(ctx, "tcp", net.JoinHostPort(one.String(), port))
		if err == nil {
			return conn, nil
		}
		failed = err
	}
	switch {
	case failed != nil:
		return nil, failed
	case refused != nil:
		return nil, refused
	}
	return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
}

func (g *Guard) lookup(ctx context.Context, host string) ([]netip.Addr, error) {
	if one, err := netip.ParseAddr(host); err == nil {
		return []netip.Addr{one}, nil
	}
	if host == "" || strings.ContainsAny(host, "/\\@\x00 ") {
		return nil, errors.New("it is no host name")
	}
	if g.Lookup != nil {
		return g.Lookup(ctx, host)
	}
	return net.DefaultResolver.LookupNetIP(ctx, "ip", host)
}
