// Package condition is the one language in which the product speaks of people: "viewed the
// price page at least 3 times in 7 days and has not asked". Segments, triggers, branches
// and points of a score are all conditions. It is pure: a condition is true or not of
// facts that are handed in.
//
// Three things are settled here, once, for all who ask:
//
//   - Robots are nobody. What they do hits no watch.
//   - A window is exact: "in 7 days" is the 7×24 hours until now, without its first moment
//     and with its last. What lies in the future has not happened yet.
//   - Whoever is counted without a cookie is somebody else tomorrow. What such a visitor did
//     in more than a day nobody can tell, least of all that they did not do it: the answer
//     is Unknowable, which is not Yes.
package condition

import (
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/series"
)

// Condition is a tree; exactly one field is set. In JSON the field's name is the key.
type Condition struct {
	All      []Condition `json:"all,omitempty"`
	Any      []Condition `json:"any,omitempty"`
	Not      *Condition  `json:"not,omitempty"`
	Property *Property   `json:"property,omitempty"`
	Did      *Did        `json:"did,omitempty"`
	Score    *Score      `json:"score,omitempty"`
	Tag      string      `json:"tag,omitempty"`
	Consent  *Consent    `json:"consent,omitempty"`
	Segment  string      `json:"segment,omitempty"` // id of a saved segment
}

// Property compares a property of the contact ("company.…" of the company, "address",
// "name", "owner", "created" of the contact itself). Texts are compared letter by letter.
// Of several values one has to fit; with is-not none may, and nothing known fits none.
type Property struct {
	Key    string   `json:"key"`
	Op     string   `json:"op"` // is, is-not, contains, starts, above, at-least, below, at-most, before-days, within-days, ahead-days, known, unknown
	Values []string `json:"values,omitempty"`
}

// How a property compares. The last three before Known are of dates and count days of 24
// hours from now: so long ago or longer, within the last, within the next.
const (
	Is         = "is"
	IsNot      = "is-not"
	Contains   = "contains"
	Starts     = "starts"
	Above      = "above"
	AtLeast    = "at-least"
	Below      = "below"
	AtMost     = "at-most"
	BeforeDays = "before-days"
	WithinDays = "within-days"
	AheadDays  = "ahead-days"
	Known      = "known"
	Unknown    = "unknown"
	// Exactly is of Did alone.
	Exactly = "exactly"
)

// The states of consent.
const (
	Granted = "granted"
	Refused = "refused"
	None    = "none"
)

// Did counts what somebody did. Op and Times say how often: at-least 1 where both are
// empty; "at-most" 0 is "never". Days is the window back from now, 0 ever since.
type Did struct {
	Matcher
	Op    string `json:"op,omitempty"` // at-least, at-most, exactly
	Times int    `json:"times,omitempty"`
	Days  int    `json:"days,omitempty"`
	// DistinctDays counts days on which it happened instead of times.
	DistinctDays bool `json:"distinct_days,omitempty"`
}

// Matcher is which events are meant. Page matches views by path ("/price", "/case/*");
// Event matches tracked events by name; with both, the event on such a page.
type Matcher struct {
	Page  string     `json:"page,omitempty"`
	Event string     `json:"event,omitempty"`
	Where []Property `json:"where,omitempty"` // properties of the event
}

// Score compares the points of a card.
type Score struct {
	Card string  `json:"card"`
	Op   string  `json:"op"` // at-least, below
	Of   float64 `json:"of"`
}

// Consent asks whether mail about a topic may be sent; Topic "" is any marketing.
type Consent struct {
	Topic string `json:"topic,omitempty"`
	State string `json:"state"` // granted, refused, none
}

// Watch names a matcher: the same for the same matcher, whatever asks for it. What is
// kept of people's behaviour is kept per watch, and only what somebody watches.
type Watch string

// Occurrence is one time that somebody did what a watch is about.
type Occurrence struct {
	Watch     Watch
	At        event.Millis
	MessageID string
}

// Facts are what is known of one person at one moment.
type Facts interface {
	Now() event.Millis
	Property(key string) (contact.Value, bool)
	// Occurrences are those of a watch since a moment, oldest first.
	Occurrences(w Watch, since event.Millis) []Occurrence
	Score(card string) float64
	Tagged(tag string) bool
	Consent(topic string) string // granted, refused or none
	InSegment(id string) bool
	// DayOf is the day a moment falls on in the model's zone.
	DayOf(at event.Millis) series.Day
	// Cookieless tells of a visitor who is somebody else tomorrow; false for contacts.
	Cookieless() bool
}
