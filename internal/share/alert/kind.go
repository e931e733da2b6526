package alert

import (
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/words"
)

// Kind is what an alert is about. The values are stored.
type Kind string

// The kinds, in the order a letter tells them.
const (
	Milestone Kind = "milestone" // reached or missed
	Pace      Kind = "pace"      // an indicator is behind
	Step      Kind = "step"      // a step on the way leaks
	Link      Kind = "link"      // what used to move the goal does not any more
	Stale     Kind = "stale"     // data stopped coming
	Leads     Kind = "leads"     // hot leads wait
	Review    Kind = "review"    // a review is due
	Question  Kind = "question"  // nobody has answered
	Agreement Kind = "agreement" // words or signatures on the goal are waited for
)

// Kinds is every kind, in the order a letter tells them.
var Kinds = []Kind{Milestone, Pace, Step, Link, Stale, Leads, Review, Question, Agreement}

// nature is how a kind behaves. Days are civil days.
type nature struct {
	// settle is on how many days it must have stood before it is told: a number that dips
	// below its pace for one morning is nobody's business.
	settle int
	// rearm is for how many days it must have been gone before it may be told again.
	rearm int
	// urgent may be told before the next morning, where the team wants that.
	urgent bool
	// bundle is from how many on they are told as one line.
	bundle int
	// least is the role that may see it.
	least access.Role
	name  words.Text
}

var natures = map[Kind]nature{
	// What happened on a day has that day in its key: it never comes back.
	Milestone: {settle: 1, rearm: 40, least: access.Guest, name: words.T("節目", "Milestones")},
	Pace:      {settle: 2, rearm: 7, least: access.Guest, name: words.T("目安からの遅れ", "Behind its pace")},
	Step:      {settle: 1, rearm: 14, urgent: true, least: access.Viewer, name: words.T("途中での取りこぼし", "A leaking step")},
	Link:      {settle: 1, rearm: 14, urgent: true, least: access.Viewer, name: words.T("切れたつながり", "A broken link")},
	Stale:     {settle: 1, rearm: 1, bundle: 3, least: access.Viewer, name: words.T("止まったデータ", "Data that stopped")},
	Leads:     {settle: 1, rearm: 1, urgent: true, bundle: 2, least: access.Member, name: words.T("待っている見込み客", "Leads that wait")},
	Review:    {settle: 1, rearm: 1, least: access.Guest, name: words.T("定期点検", "Reviews")},
	Agreement: {settle: 1, rearm: 1, least: access.Viewer, name: words.T("目標への合意", "Agreement on the goal")},
	Question:  {settle: 1, rearm: 1, bundle: 2, least: access.Guest, name: words.T("返事のない質問", "Open questions")},
}

// Known reports whether it is one of the kinds.
func (k Kind) Known() bool { _, ok := natures[k]; return ok }

// Urgent reports whether it may be told before the next morning.
func (k Kind) Urgent() bool { return natures[k].urgent }

// In is what the kind is called.
func (k Kind) In(lang words.Lang) string { return natures[k].name.In(lang) }

// SeenBy reports whether a role may be told of it: nobody is mailed what they could not
// open.
func (k Kind) SeenBy(role access.Role) bool { return role.AtLeast(natures[k].least) }

// place is the kind's place in a letter.
func (k Kind) place() int {
	for i, known := range Kinds {
		if k == known {
			return i
		}
	}
	return len(Kinds)
}
