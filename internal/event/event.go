// Package event is the specification of an event: what a website, an application or a
// server may tell us, what is refused and why, and how it is written down. It follows
// the Segment HTTP tracking API, so that existing SDKs need only change their host.
//
// It is pure: bytes and the moment of receipt come in, events and refusals come out.
package event

// Kind is what an event says. The values are stored; they never change.
type Kind uint8

// The kinds of event.
const (
	Track    Kind = 1 // somebody did something
	Page     Kind = 2 // somebody viewed a page
	Screen   Kind = 3 // somebody viewed a screen of an application
	Identify Kind = 4 // who somebody is
	Group    Kind = 5 // which organisation somebody belongs to
	Alias    Kind = 6 // two ids are one person
)

// Millis is a moment: milliseconds since 1970-01-01 UTC.
type Millis int64

// Workspace is a workspace's id in the state.
type Workspace string

// LogKey is the id of the write key that events made of a web server's log count under; no key
// that is given out has it.
const LogKey = "access-log"

// Event is one event as it was accepted: checked, bounded, put right in time, and without
// anything that must not be kept (the sender's address).
type Event struct {
	Workspace Workspace
	Key       string // id of the write key it came in with
	MessageID string // unique; delivering it twice changes nothing
	Kind      Kind
	Name      string // Track: what was done; Page, Screen: its name where given
	Category  string

	// Who. Visitor is never empty: the anonymous id a browser keeps, else the user's id,
	// else (Cookieless) a hash that is another one tomorrow.
	Visitor     string
	Cookieless  bool
	AnonymousID string
	UserID      string
	PreviousID  string // Alias
	GroupID     string // Group

	At         Millis // when it happened, by our clock
	ReceivedAt Millis

	// Where. Host and Path come from the page's address; Query holds what is left of the
	// query string without campaign parameters and click ids.
	Host, Path, Query, Title string
	ReferrerHost             string // empty for the site itself
	ReferrerPath             string

	Campaign Campaign
	ClickID  string // which advertiser's click id was there: "gclid", "yclid", …; its value is not kept

	Device, Browser, OS string // "mobile", "desktop", "tablet", "tv", ""
	Language            string // "ja"
	Bot                 string // the class of robot, "" for people
	Library             string // the SDK that sent it: "shirube.js", "analytics-node"

	EngagedMillis int64 // visible time on the page, with the tracker's engagement event

	// Properties of Track, Page, Screen and Group, traits of Identify: a JSON object in
	// the order it came, or nil.
	Properties []byte
	Value      float64 // revenue, value or total of the properties; 0 where there is none
	Currency   string  // ISO 4217, "" where there is no value
}

// Campaign is what the address of the page or context.campaign says of the way here.
type Campaign struct {
	Source, Medium, Name, Term, Content string
}

// IsZero reports whether nothing is known.
func (c Campaign) IsZero() bool { return c == Campaign{} }

// Names of the events the tracker sends by itself.
const (
	Engagement   = "Page Engaged"          // properties: engaged_ms, scroll
	Outbound     = "Outbound Link Clicked" // properties: url
	Download     = "File Downloaded"       // properties: url, file
	FormSent     = "Form Submitted"        // properties: form
	GoalClicked  = "Goal Clicked"          // properties: goal (data-shirube-goal)
	ScrolledDown = "Page Scrolled"         // properties: percent
)

// Batch is one durable row of the inbox: events that were acknowledged together.
type Batch struct {
	Seq     int64  // from 1, in the order they became visible; never given twice
	Payload []byte // the events, encoded
	Events  int
	At      Millis // when it was made durable
}
