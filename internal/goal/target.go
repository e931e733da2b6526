package goal

import "github.com/shirube/shirube/internal/series"

// TargetKind is one of the four kinds of goal, or TargetVague.
type TargetKind string

// The kinds of target.
const (
	TargetVague  TargetKind = ""       // a direction without a number: "just increase it"
	TargetTotal  TargetKind = "total"  // a sum by a date
	TargetGrowth TargetKind = "growth" // a multiple of last year's same span
	TargetHold   TargetKind = "hold"   // a level in each period
	TargetReach  TargetKind = "reach"  // a level or rate on a date
)

// Direction is which way is good.
type Direction string

// Directions; Up is the default.
const (
	Up   Direction = "up"
	Down Direction = "down"
)

// Target is the number an indicator is held to.
type Target struct {
	Kind       TargetKind
	Amount     float64      // total, hold, reach: in the indicator's unit (ratios as ratios); growth: the factor, 1.5
	Per        series.Grain // hold: the period
	AtLeast    float64      // hold: the share of complete periods that must reach Amount; 1 where unsaid
	From       *series.Day  // first day that counts
	By         *series.Day  // the deadline, inclusive
	Direction  Direction
	Milestones []Milestone // in order of By
	Agreed     []Agreement
	At         Position
	fields     map[string]Position
}

// FieldAt is the position of a field's value, or of the target itself.
func (t *Target) FieldAt(key string) Position {
	if p, ok := t.fields[key]; ok {
		return p
	}
	return t.At
}

// Span is the days the target covers; ok is false while From or By is missing.
func (t *Target) Span() (span series.Span, ok bool) {
	if t.From == nil || t.By == nil {
		return series.Span{}, false
	}
	return series.Span{From: *t.From, To: *t.By}, true
}

// Milestone is a short-term goal on the way: the value to have reached by a day.
type Milestone struct {
	By    series.Day
	Value float64
}

// Agreement says who agreed to a target and when.
type Agreement struct {
	By string
	On *series.Day
}
