package contact

import (
	"strings"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/words"
)

// Said is what was said about mail to one address, in any order.
type Said struct {
	Consents []Consent
	Stops    []Suppression
}

// Wishes is what one person said about mail, by each address known to be theirs.
type Wishes struct {
	Own    Said   // about the address that is written to
	Others []Said // about their other addresses
}

// MaySend decides over one mail to a person as MaySend does over one to an address. Who
// refused at one address and is known by another, since two contacts were merged or a list
// brought a second address, has refused: only what they agreed to since speaks against it.
func (w Wishes) MaySend(topic string, stream Stream, now event.Millis) Verdict {
	verdict := MaySend(w.Own.Consents, w.Own.Stops, topic, stream, now)
	if !verdict.May || stream == Transactional {
		return verdict
	}
	var at event.Millis
	var refused bool
	for _, other := range w.Others {
		if when, did := other.refusedAt(topic, now); did {
			at, refused = max(at, when), true
		}
	}
	if !refused || agreedSince(w.Own.Consents, topic, at, now) != nil {
		return verdict
	}
	return Verdict{Article: refusal, Refused: true, Why: words.T("同じ人のほかのアドレスで、受け取らないと伝えられています。",
		"They said, by another address of theirs, that they do not want it.")}
}

// Stopped reports whether mail to the address that is written to is stopped.
func (w Wishes) Stopped(topic string) bool {
	for _, stop := range w.Own.Stops {
		if stop.Lifted == 0 && (stop.Topic == "" || stop.Topic == topic) {
			return true
		}
	}
	return false
}

// refusedAt is when the refusal was said that holds at this address; that an address takes
// no mail refuses nothing.
func (s Said) refusedAt(topic string, now event.Millis) (at event.Millis, refused bool) {
	for _, stop := range s.Stops {
		if stop.Reason != Undeliverable && stop.holds(topic, now) {
			at, refused = max(at, stop.At), true
		}
	}
	if _, no := weigh(s.Consents, topic, now); no != nil && agreedSince(s.Consents, topic, no.At, now) == nil {
		at, refused = max(at, no.At), true
	}
	return at, refused
}

// agreedSince is the newest consent that somebody gave themselves after a refusal; nil for
// none. That their address stands on a list brought in later is not them changing their mind.
func agreedSince(consents []Consent, topic string, after, now event.Millis) *Consent {
	var newest *Consent
	for i := range consents {
		c := &consents[i]
		if c.State == Granted && c.Basis == Agreed && !c.ofList() && c.about(topic) && c.counts(now) && c.said() > after &&
			(newest == nil || c.said() > newest.said()) {
			newest = c
		}
	}
	return newest
}

// listKeys begin the keys of records that were brought in with a list.
const listKeys = "list/"

func (c *Consent) ofList() bool { return strings.HasPrefix(c.Key, listKeys) }

// counts reports whether a ground was said by now, and confirmed where it has to be.
func (c *Consent) counts(now event.Millis) bool {
	return c.At <= now && (!c.Double || c.ConfirmedAt != 0 && c.ConfirmedAt <= now)
}
