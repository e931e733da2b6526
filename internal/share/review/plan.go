package review

import (
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// Plan is a team's calendar of reviews.
type Plan struct {
	Rhythm
	From   series.Day `json:"from"`             // the rhythm counts from this day on
	People []string   `json:"people,omitempty"` // ids of members who are invited
	Places []string   `json:"places,omitempty"` // ids of places the invitation is posted to
	Before int        `json:"before"`           // how many days before people are invited
	Moved  *Moved     `json:"moved,omitempty"`  // one review is held on another day
}

// Moved is one review that is held on another day than the rhythm's.
type Moved struct {
	Due series.Day `json:"due"`
	To  series.Day `json:"to"`
}

// Most of the invited, and the earliest that people are invited.
const (
	MostInvited = 100
	MostBefore  = 21
)

// Check looks whether a plan can be kept.
func (p Plan) Check() *Fault {
	switch {
	case len(p.People) > MostInvited || len(p.Places) > MostInvited:
		return &Fault{"people", words.T("案内する相手は%dまでです。", "At most %d can be invited.", MostInvited)}
	case p.Before < 0 || p.Before > MostBefore:
		return &Fault{"before", words.T("案内は当日から%d日前までのあいだに送れます。", "Invitations go out from %d days before to the day itself.", MostBefore)}
	}
	return p.Rhythm.Check()
}

// Next is the review after the one that stood for a day of the rhythm (0: there was none):
// the day of the rhythm, and the day it is held on.
func (p Plan) Next(last series.Day, on Calendars) (due, held series.Day) {
	due = p.Rhythm.Next(max(last, p.From-1), on)
	if p.Moved != nil && p.Moved.Due == due {
		return due, p.Moved.To
	}
	return due, due
}

// Coming is the review that comes next on a day. One whose day has passed waits until people
// are invited to the one after it: whoever missed one is called to the next, not to all of them.
func (p Plan) Coming(last, today series.Day, on Calendars) (due, held series.Day) {
	due, held = p.Next(last, on)
	for held < today {
		after, then := p.Next(due, on)
		if today < min(p.InviteFrom(then, on), then) {
			break
		}
		due, held = after, then
	}
	return due, held
}

// InviteFrom is the day invitations of a review go out: so many days before, or the business
// day before that, so that nobody is invited on a Sunday.
func (p Plan) InviteFrom(held series.Day, on Calendars) series.Day {
	day := held - series.Day(p.Before)
	for back := series.Day(0); back < longestBreak && p.Before > 0; back++ {
		if on.Days.IsBusinessDay(day - back) {
			return day - back
		}
	}
	return day
}
