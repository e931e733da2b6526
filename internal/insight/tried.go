package insight

import (
	"fmt"
	"math"
	"strings"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/stat/link"
	"github.com/shirube/shirube/internal/words"
)

// Undertaking is one thing a team did on purpose (施策), as far as evidence goes: when it
// was, and what it showed of a road where it moved the lower end of one.
type Undertaking struct {
	Name  string
	From  series.Day
	To    *series.Day // the last day; nil: it goes on
	Tried *Tried      // nil: nothing that speaks for a road
}

// Tried is a road somebody went on purpose: one indicator was moved, and another was found
// to be elsewhere than it would have been.
type Tried struct {
	From, To string // ids: what was moved, what moved with it
	Grade    string // GradeRandomized, GradeIntervention
	Span     series.Span
	Moved    Shift // of From, relative
	Brought  Shift // of To, relative
}

// Shift is a relative change with its 95 % range: 0.1 is a tenth more.
type Shift struct{ Value, Low, High float64 }

// longestDeclared is the most days of an undertaking that are set apart when links are
// tested. A campaign of two weeks that lifts everything at once would look like one number
// moving the other; setting a quarter apart would leave too little to tell anything by.
const longestDeclared = 28

// declared are the days on which an undertaking may have moved everything at once; none of
// one that goes on, or went on for longer.
func (u Undertaking) declared() series.Span {
	if u.To != nil && *u.To >= u.From && *u.To-u.From < longestDeclared {
		return series.Span{From: u.From, To: *u.To}
	}
	return series.Span{From: 0, To: -1}
}

// happening is an undertaking as an explanation of what changed when it began.
func (u Undertaking) happening(lang words.Lang) goal.Event {
	return goal.Event{On: u.From, What: words.T("施策:%s", "initiative: %s", u.Name).In(lang)}
}

func writeUndertakings(b *strings.Builder, list []Undertaking) {
	for _, u := range list {
		fmt.Fprintf(b, "|%q %v", u.Name, u.declared())
		if u.Tried != nil {
			fmt.Fprintf(b, " %+v", *u.Tried)
		}
	}
}

// elasticity is the percent of To for a percent of From, and its spread; false where one of
// both hardly moved, so that dividing by it says nothing.
func (t *Tried) elasticity() (e, se float64, ok bool) {
	moved, movedSE, ok := t.Moved.logs()
	if !ok || math.Abs(moved) < leastMoved || math.Abs(moved) < 2*movedSE {
		return 0, 0, false
	}
	brought, broughtSE, ok := t.Brought.logs()
	if !ok {
		return 0, 0, false
	}
	e = brought / moved
	return e, math.Hypot(broughtSE/moved, e*movedSE/moved), true
}

// leastMoved is how far something has to be moved, in logarithms, to be called moved.
const leastMoved = 0.05

// logs is a shift in logarithms with its standard error.
func (s Shift) logs() (v, se float64, ok bool) {
	v, low, high := math.Log1p(s.Value), math.Log1p(s.Low), math.Log1p(s.High)
	if !exists(v) || !exists(low) || !exists(high) || high < low {
		return 0, 0, false
	}
	return v, (high - low) / (2 * 1.96), true
}

// hear lets what was tried on purpose speak for a link. It says more than the days that
// only passed, so it takes the place of what they said: of several the one of the best
// grade, of those the newest. It does not where the link changed after it was tried, nor
// where it is long ago and the days tell by themselves.
func (t *tested) hear(list []Undertaking, in goal.Influence, asOf series.Day) {
	var best *Undertaking
	for i := range list {
		tried := list[i].Tried
		if tried == nil || tried.From != t.from || tried.To != t.to || tried.Span.To > asOf {
			continue
		}
		if _, _, ok := tried.elasticity(); !ok {
			continue
		}
		if best == nil || betterTried(tried, best.Tried) {
			best = &list[i]
		}
	}
	if best == nil {
		return
	}
	r, tried := &t.result, best.Tried
	if b := t.breakOf(); b != nil && b.Range[1] >= tried.Span.From {
		return
	}
	if r.Verdict == link.Moves && int(asOf-tried.Span.To) > staleEvidence {
		return
	}
	e, se, _ := tried.elasticity()
	if r.Verdict != link.Moves { // when it arrives nobody saw: as the model believes
		r.LagDays, r.LagRange = float64(in.LagFrom+in.LagTo)/2, [2]int{in.LagFrom, in.LagTo}
	}
	if t.step != t.to {
		t.step, t.carry, r.Breaks = t.to, 1, nil
	}
	r.Verdict, r.Why, r.P, r.Q = link.Moves, link.None, math.NaN(), math.NaN()
	r.HasEffect, r.Elasticity, r.SE, r.DaysNeeded = true, e, se, 0
	r.CI95, r.CI90 = ordered(e-1.96*se, e+1.96*se), ordered(e-1.645*se, e+1.645*se)
	t.days, t.last, t.tried = max(t.days, 1), tried.Span.To, best
}

func betterTried(a, b *Tried) bool {
	if a.Grade != b.Grade {
		return a.Grade == GradeRandomized
	}
	return a.Span.To > b.Span.To
}

// grade is what the verdict rests on.
func (t *tested) grade() string {
	if t.tried != nil {
		return t.tried.Tried.Grade
	}
	return gradeOf(&t.result)
}

// triedSentence says what was done and what came of it.
func (v *View) triedSentence(from, to string, t *tested, e *LinkEvidence) words.Text {
	tried := t.tried.Tried
	said := words.T("施策「%[1]s」で「%[2]s」が%[3]s変わり、「%[4]s」はやらなかった場合とくらべて%[5]s(%[6]s〜%[7]s)でした。「%[2]s」が10%%増えると、「%[4]s」は%[8]sの見込みです。",
		"The initiative “%[1]s” changed “%[2]s” by %[3]s, and “%[4]s” came out at %[5]s (%[6]s to %[7]s) against what it would have been without. Ten percent more of “%[2]s” is expected to bring %[8]s.",
		t.tried.Name, from, words.RelativeChange(tried.Moved.Value), to, words.RelativeChange(tried.Brought.Value),
		words.RelativeChange(tried.Brought.Low), words.RelativeChange(tried.Brought.High), brings(e.Effect.Elasticity))
	if tried.Grade == GradeRandomized {
		return words.Join([]words.Text{said, words.T("くじで分けてくらべたので、ほかの原因は混ざりません。「%s」を通らずに効いた分は分けられません。",
			"The groups were drawn by lot, so no other cause is mixed in; what worked past “%s” cannot be told apart.", from)}, "", " ")
	}
	return words.Join([]words.Text{said, words.T("同じときに変わったほかのことの分は、分けられません。", "What else changed at the same time cannot be told apart.")}, "", " ")
}

// triedMethod says in plain words how that is known.
func triedMethod(t *tested) words.Text {
	tried := t.tried.Tried
	if tried.Grade == GradeRandomized {
		return words.T("施策「%[1]s」(%[2]s)で、送った人と、くじで送らずにおいた人をくらべました。",
			"In the initiative “%[1]s” (%[2]s), people sent to were compared with people held out by lot.", t.tried.Name, tried.Span)
	}
	return words.T("施策「%[1]s」(%[2]s)のあいだの数を、はじめる前の8週と、この施策が触れていない数から見積もった「やらなかった場合」とくらべました。",
		"The days of the initiative “%[1]s” (%[2]s) were compared with the eight weeks before, and with what was to be expected without it, read from numbers it did not touch.", t.tried.Name, tried.Span)
}
