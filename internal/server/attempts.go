package server

import (
	"container/list"
	"math"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"golang.org/x/time/rate"

	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/words"
)

// attempts slows down whoever tries passwords: for every address and for every
// account there are a few tries, and then one now and again. It counts the account
// that was typed in, whether there is one or not. What it remembers is bounded; the
// one asked about longest ago is forgotten first. What is kept in the state (attempts_kept.go)
// outlasts a start; names are there as fingerprints alone.
type attempts struct {
	mu    sync.Mutex
	limit map[string]*list.Element
	used  *list.List // the last used first
	// spent is what was kept of an earlier run and not asked about yet: when none of the
	// tries is spent any more, by fingerprint.
	spent map[string]time.Time
	// changed are the names since they were kept last; nil: nothing is kept.
	changed map[string]bool
}

type attempt struct {
	name    string
	every   time.Duration
	limiter *rate.Limiter
}

// full is when none of the tries will be spent any more.
func (a *attempt) full(now time.Time) time.Time {
	missing := float64(a.limiter.Burst()) - a.limiter.TokensAt(now)
	return now.Add(time.Duration(missing * float64(a.every)))
}

const (
	rememberedAttempts = 20_000
	addressTries       = 30
	addressEvery       = 10 * time.Second
	accountTries       = 10
	accountEvery       = time.Minute
)

func newAttempts() *attempts {
	return &attempts{limit: map[string]*list.Element{}, used: list.New()}
}

// try counts one attempt; wait is how long to wait before the next when this one is
// too many.
func (a *attempts) try(now time.Time, address, account string) (wait time.Duration) {
	a.mu.Lock()
	defer a.mu.Unlock()
	wait = a.take(now, "address "+address, addressEvery, addressTries)
	if account != "" {
		wait = max(wait, a.take(now, "account "+account, accountEvery, accountTries))
	}
	return wait
}

// letter counts one letter that was asked for. Addresses share their measure with tries of
// passwords; accounts have one of their own.
func (a *attempts) letter(now time.Time, address, account string) (wait time.Duration) {
	a.mu.Lock()
	defer a.mu.Unlock()
	wait = a.take(now, "address "+address, addressEvery, addressTries)
	return max(wait, a.take(now, "letter "+account, letterEvery, letterTries))
}

// allow counts something that is done by itself, without an account; false when it is too often.
func (a *attempts) allow(now time.Time, name string, every time.Duration, tries int) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.take(now, name, every, tries) == 0
}

func (a *attempts) take(now time.Time, name string, every time.Duration, tries int) time.Duration {
	element := a.limit[name]
	if element == nil {
		element = a.used.PushFront(&attempt{name, every, a.limiterOf(now, name, every, tries)})
		a.limit[name] = element
		if a.used.Len() > rememberedAttempts {
			last := a.used.Back()
			delete(a.limit, last.Value.(*attempt).name)
			a.used.Remove(last)
			delete(a.changed, last.Value.(*attempt).name)
		}
	}
	a.used.MoveToFront(element)
	reserved := element.Value.(*attempt).limiter.ReserveN(now, 1)
	wait := reserved.DelayFrom(now)
	if wait > 0 {
		reserved.CancelAt(now) // refused tries do not make the wait longer
	} else if a.changed != nil {
		a.changed[name] = true
	}
	return wait
}

// limiterOf is a new measure, with as much spent as was kept of an earlier run.
func (a *attempts) limiterOf(now time.Time, name string, every time.Duration, tries int) *rate.Limiter {
	limiter := rate.NewLimiter(rate.Every(every), tries)
	if len(a.spent) == 0 {
		return limiter
	}
	print := access.Fingerprint(name)
	if full, known := a.spent[print]; known {
		delete(a.spent, print)
		if missing := int(math.Ceil(float64(full.Sub(now)) / float64(every))); missing > 0 {
			limiter.ReserveN(now, min(missing, tries))
		}
	}
	return limiter
}

// succeeded forgets the failures of an account.
func (a *attempts) succeeded(account string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	name := "account " + account
	if element := a.limit[name]; element != nil {
		delete(a.limit, name)
		a.used.Remove(element)
		if a.changed != nil {
			a.changed[name] = true
		}
	}
}

// tooMany refuses an attempt, and tells when to come back.
func tooMany(wait time.Duration) error {
	seconds := int(wait.Seconds()) + 1
	told := words.T("試した回数が多すぎます。%d秒待ってから、もう一度お願いします。",
		"Too many attempts. Wait %d seconds and try again.", seconds)
	return huma.ErrorWithHeaders(front.Refuse(http.StatusTooManyRequests, told), http.Header{"Retry-After": {strconv.Itoa(seconds)}})
}

// slowDown counts an attempt of a request.
func (s *Server) slowDown(known *front.Request, account string) error {
	address := ""
	if known.From != nil {
		address = s.clientAddress(known.From)
	}
	if wait := s.attempts.try(s.deps.Clock(), address, account); wait > 0 {
		return tooMany(wait)
	}
	return nil
}

// clientAddress is where a request comes from.
func (s *Server) clientAddress(r *http.Request) string { return addressOf(r, s.url != nil) }

// addressOf is where a request comes from. Behind a reverse proxy it is the address the
// proxy adds; one told by anybody else is not believed.
func addressOf(r *http.Request, proxied bool) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	peer := net.ParseIP(host)
	if !proxied || peer == nil || !peer.IsLoopback() && !peer.IsPrivate() {
		return host
	}
	told := r.Header.Values("X-Forwarded-For")
	if len(told) == 0 {
		return host
	}
	hops := strings.Split(told[len(told)-1], ",")
	if nearest := net.ParseIP(strings.TrimSpace(hops[len(hops)-1])); nearest != nil {
		return nearest.String()
	}
	return host
}
