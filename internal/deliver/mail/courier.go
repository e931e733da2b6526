package mail

import (
	"bytes"
	"context"
	"reflect"
	"sync"
	"time"

	act "github.com/shirube/shirube/internal/act/mail"
	"github.com/shirube/shirube/internal/event"
)

// Route is how mail of one sender leaves.
type Route struct {
	// Sender names it: marketing and transactional mail have senders of their own, and
	// with that connections and pace of their own.
	Sender string
	Server Server
	Keys   []SigningKey
	// Rates are mails a second by receiving domain; nil: act/mail's DomainRates. A rate
	// for "*" bounds the sender as a whole.
	Rates map[string]float64
}

// Courier hands messages over by many routes. It is safe for concurrent use.
type Courier struct {
	// Still hands nothing over and reaches nobody: the made-up company writes to people who
	// are made up as well.
	Still bool

	now func() time.Time

	mu    sync.Mutex
	pools map[string]*pooled
	paces map[string]*pace
}

type pooled struct {
	server Server
	pool   *Pool
}

// NewCourier makes a courier. now is the clock of dates, signatures and pace.
func NewCourier(now func() time.Time) *Courier {
	return &Courier{now: now, pools: map[string]*pooled{}, paces: map[string]*pace{}}
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func buffer() *bytes.Buffer {
	b := buffers.Get().(*bytes.Buffer)
	b.Reset()
	return b
}

// maxKept bounds what a buffer keeps of a huge mail.
const maxKept = 1 << 20

func done(list ...*bytes.Buffer) {
	for _, b := range list {
		if b.Cap() <= maxKept {
			buffers.Put(b)
		}
	}
}

// Hand hands one message over and tells how that ended. It never tries twice what could
// have arrived.
func (c *Courier) Hand(ctx context.Context, m *Message, route Route) act.Outcome {
	if c.Still {
		return stillness(m.ID)
	}
	to, ok := WireAddress(m.To.Address)
	if !ok {
		return act.Outcome{Class: act.Permanent, Step: "render", Said: "not an address mail servers take", NoSuchAddress: true, MessageID: m.ID}
	}
	if wait := c.wait(route, act.DomainOf(to)); wait > 0 {
		return act.Outcome{Class: act.Later, Step: "pace", RetryAfter: event.Millis(wait.Milliseconds()) + 1, MessageID: m.ID}
	}
	envelope := m.Envelope
	if envelope == "" {
		envelope = m.From.Address
	}
	from, ok := WireAddress(envelope)
	plain, signed, wire := buffer(), buffer(), buffer()
	defer done(plain, signed, wire)
	err := m.Write(plain)
	if err == nil && !ok {
		err = errNoEnvelope
	}
	message := plain.Bytes()
	if err == nil && len(route.Keys) > 0 {
		err = Sign(plain, signed, route.Keys, c.now())
		message = signed.Bytes()
	}
	if err != nil {
		return act.Outcome{Class: act.Permanent, Step: "render", Said: said(err.Error()), MessageID: m.ID, Ours: true}
	}
	stuffed(message, wire)
	o := c.pool(route).Send(ctx, from, to, wire.Bytes())
	o.MessageID = m.ID
	return o
}

// Try tests a sender's settings without sending anything.
func (c *Courier) Try(ctx context.Context, server Server) act.Outcome {
	if c.Still {
		return stillness("")
	}
	return NewPool(server).Try(ctx)
}

func stillness(id string) act.Outcome {
	return act.Outcome{Class: act.Permanent, Step: "connect", Said: "デモでは何も送りません。 / The demo sends nothing.", MessageID: id, Ours: true}
}

// pool is the one of a route's sender; with new settings there is a new one.
func (c *Courier) pool(route Route) *Pool {
	c.mu.Lock()
	defer c.mu.Unlock()
	p, ok := c.pools[route.Sender]
	if ok && sameServer(p.server, route.Server) {
		return p.pool
	}
	if ok {
		go p.pool.Close()
	}
	p = &pooled{server: route.Server, pool: NewPool(route.Server)}
	c.pools[route.Sender] = p
	return p.pool
}

func sameServer(a, b Server) bool {
	roots := a.Roots == b.Roots
	a.Roots, b.Roots, a.Dial, b.Dial = nil, nil, nil, nil
	return roots && reflect.DeepEqual(a, b)
}

// Close ends all connections that lie idle.
func (c *Courier) Close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, p := range c.pools {
		p.pool.Close()
	}
	c.pools = map[string]*pooled{}
}

// pace is when the next mail to a domain may leave.
type pace struct{ next time.Time }

// maxPaces bounds the memory: beyond it the whole table is begun anew.
const maxPaces = 10_000

// wait takes the next turn of a domain, or tells how long to wait for one. Waiting is
// left to the caller: a slow domain must not hold the others up.
func (c *Courier) wait(route Route, domain string) time.Duration {
	rates := route.Rates
	if rates == nil {
		rates = act.DomainRates
	}
	now := c.now()
	c.mu.Lock()
	defer c.mu.Unlock()
	longest := time.Duration(0)
	var turns []*pace
	var steps []time.Duration
	for _, name := range []string{domain, "*"} {
		rate, bounded := rates[name]
		if !bounded || rate <= 0 {
			continue
		}
		if len(c.paces) > maxPaces {
			c.paces = map[string]*pace{}
		}
		p := c.paces[route.Sender+"\x00"+name]
		if p == nil {
			p = &pace{next: now}
			c.paces[route.Sender+"\x00"+name] = p
		}
		// A second's worth may go at once, as receivers count by the second at best.
		if wait := p.next.Sub(now) - time.Second; wait > longest {
			longest = wait
		}
		turns, steps = append(turns, p), append(steps, time.Duration(float64(time.Second)/rate))
	}
	if longest > 0 {
		return longest
	}
	for i, p := range turns {
		if p.next.Before(now) {
			p.next = now
		}
		p.next = p.next.Add(steps[i])
	}
	return 0
}
