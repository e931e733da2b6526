package mail

import (
	"context"
	"sync"
	"time"

	act "github.com/shirube/shirube/internal/act/mail"
)

// Pool keeps connections to one mail server. It is safe for concurrent use.
type Pool struct {
	server Server
	places chan struct{} // as many as there may be connections

	mu     sync.Mutex
	free   []*connection // the one used last is taken first
	closed bool
}

// idleTime is less than the shortest that servers wait for the next mail.
const idleTime = 20 * time.Second

// NewPool makes a pool; it connects when there is something to send.
func NewPool(server Server) *Pool {
	if server.Connections <= 0 {
		server.Connections = 4
	}
	if server.PerConnection <= 0 {
		server.PerConnection = 500
	}
	return &Pool{server: server, places: make(chan struct{}, server.Connections)}
}

// Send hands a finished message over. ctx bounds waiting for a place and connecting; what
// is being handed over is brought to its end, because breaking off would leave unknown
// what became of it.
func (p *Pool) Send(ctx context.Context, from, to string, message []byte) act.Outcome {
	select {
	case p.places <- struct{}{}:
	case <-ctx.Done():
		return stopped(ctx)
	}
	defer func() { <-p.places }()
	for {
		c := p.take()
		if c == nil {
			if ctx.Err() != nil {
				return stopped(ctx)
			}
			var failed *act.Outcome
			if c, failed = open(ctx, &p.server); failed != nil {
				return *failed
			}
		}
		o, usable, stale := c.send(from, to, message)
		if stale {
			_ = c.raw.Close()
			continue // it had been closed while it lay idle: nothing was tried
		}
		c.carried++
		if usable {
			p.give(c)
		} else {
			_ = c.raw.Close()
		}
		return o
	}
}

func stopped(ctx context.Context) act.Outcome {
	return act.Outcome{Class: act.Later, Step: "connect", Said: said(context.Cause(ctx).Error())}
}

// Try connects and signs in, and sends nothing: the test of a sender's settings.
func (p *Pool) Try(ctx context.Context) act.Outcome {
	c, failed := open(ctx, &p.server)
	if failed != nil {
		return *failed
	}
	c.quit()
	return act.Outcome{Class: act.Accepted, Step: "auth"}
}

func (p *Pool) take() *connection {
	p.mu.Lock()
	defer p.mu.Unlock()
	for len(p.free) > 0 {
		c := p.free[len(p.free)-1]
		p.free = p.free[:len(p.free)-1]
		if time.Since(c.idle) < idleTime {
			return c
		}
		go c.quit()
	}
	return nil
}

func (p *Pool) give(c *connection) {
	p.mu.Lock()
	keep := !p.closed && c.carried < p.server.PerConnection
	if keep {
		c.idle = time.Now()
		p.free = append(p.free, c)
	}
	p.mu.Unlock()
	if !keep {
		c.quit()
	}
}

// Close says goodbye on all that lie idle; those in use are closed when they come back.
func (p *Pool) Close() {
	p.mu.Lock()
	free := p.free
	p.free, p.closed = nil, true
	p.mu.Unlock()
	for _, c := range free {
		c.quit()
	}
}
