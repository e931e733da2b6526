// Package sales is the people the made-up company's sales office acts for: who they are,
// what they did on its site, what was sent to them and what became of them, with truths
// planted in it. 法人営業 helps other companies hire; its site tells the price, cases and
// material, and people of personnel departments read it.
//
// Everything is invented and a pure function of the moment and the language. Who is held
// out is drawn by the state from ids it gives itself, so that what became of people is told
// for either draw.
package sales

import (
	"time"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/words"
)

const seed = 20260602

// Truths planted in the data.
const (
	// Entered is how many people the automation has let in, over RunningDays.
	Entered     = 3120
	RunningDays = 173
	// Holdout is the share nothing is sent to.
	Holdout = .2
	// AskedWhenSent and AskedWhenHeld are the shares of those who entered that inquire
	// within AskWithinDays.
	AskedWhenSent = .043
	AskedWhenHeld = .015
	AskWithinDays = 13
	// HotLine is the points from which sales is told, and OlderLeads how many were told of
	// before today; of those with HotLine points ChanceAtLine become meetings, and each
	// point more adds LogitAPoint to the log odds.
	HotLine      = 25
	OlderLeads   = 205
	ChanceAtLine = .26
	LogitAPoint  = .10
	// Browsers only look around.
	Browsers = 640
)

// What is one kind of thing people do.
type What int

// The kinds of doing.
const (
	Price    What = iota // a view of the price page
	Case                 // a view of a case
	CaseRead             // a case read for five minutes or longer
	Contact              // a view of the page of inquiries
	Video                // a view of the page about videos for hiring
	Careers              // a view of our own openings: no customer
	Download             // the form of material was sent in
	Seminar              // came to a seminar
	Reply                // answered a mail
	Inquiry              // the form of inquiries was sent in
	Meeting              // was met: sales writes it down
)

// Deed is one thing somebody did.
type Deed struct {
	At   event.Millis
	What What
}

// Person is somebody with a name.
type Person struct {
	Name, Address, Phone string
	Company, Department  string
	Title, Prefecture    string
	Employees            int
	Owner                string // who looks after them
	Tags                 []string
	Visitor              string // the id of their browser
	KnownAt              event.Millis
	Basis                contact.Basis
	Told                 Where        // how the ground was told
	EnteredAt            event.Millis // into the automation; 0 never
	HotAt                event.Millis // when sales was told; 0 never
	Open                 bool         // nobody has said anything of it yet
	Deeds                []Deed       // in the order they happened, without what follows from being sent to or not
	asks                 float64      // where they stand among those who may ask, 0…1
	meets                bool         // if they ask
	number               int
}

// Where is where somebody told that they may be written to.
type Where int

// The places.
const (
	ByDownload Where = iota
	ByNewsletter
	ByCard     // a business card
	ByDealings // a customer
)

// Office is everything there is to plant.
type Office struct {
	Now    event.Millis
	Lang   words.Lang
	People []Person
}

// zone is where the office is.
var zone = time.FixedZone("JST", 9*60*60)

const (
	minute event.Millis = 60_000
	hour                = 60 * minute
	day                 = 24 * hour
)
