package connect

import (
	"context"
	"net"
	"net/http"
	"time"
)

// Client is an HTTP client for what people name an address of: it reaches public addresses
// by https and allowed ones either way, follows no redirect, and is done within a time. What
// the guard refuses comes back as *RefusedError.
func (g *Guard) Client(within time.Duration) *http.Client {
	transport := func(dial func(ctx context.Context, network, address string) (net.Conn, error)) *http.Transport {
		return &http.Transport{
			Proxy: nil, DialContext: dial, TLSHandshakeTimeout: dialTimeout, ResponseHeaderTimeout: within,
			MaxResponseHeaderBytes: 64 << 10, MaxIdleConnsPerHost: 4, IdleConnTimeout: time.Minute, ForceAttemptHTTP2: false,
		}
	}
	return &http.Client{
		Timeout:       within,
		Transport:     byScheme{secure: transport(g.Dial), plain: transport(g.dialAllowed)},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}
