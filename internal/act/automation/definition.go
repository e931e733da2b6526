package automation

import (
	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/contact"
)

// The streams of what is sent; they are kept apart all the way.
const (
	Marketing     = "marketing"
	Transactional = "transactional"
)

// DefaultHoldout is the share that is held out where nothing is said.
const DefaultHoldout = 0.1

// Limits of a definition.
const (
	MaxSteps    = 200
	MaxHoldout  = 0.5
	MaxBytes    = 256 << 10 // of its JSON
	maxText     = 2000      // characters of a notice
	maxName     = 120       // characters
	maxAddress  = 2000      // bytes of a URL
	maxKey      = 200       // bytes of a reference
	maxPriority = 3
)

// Definition is one version of an automation.
type Definition struct {
	Name string `json:"name"`
	// KPI is the indicator of the model that it serves. What serves no number cannot be
	// told to work, so there is none without.
	KPI    string `json:"kpi"`
	Stream string `json:"stream,omitempty"` // Marketing where empty
	// Holdout is the share of those who enter that nothing is done to; nil: DefaultHoldout
	// for marketing, none for transactional, where holding out is refused.
	Holdout *float64 `json:"holdout,omitempty"`
	Trigger Trigger  `json:"trigger"`
	// Goal, once it holds, ends the journey wherever it stands.
	Goal     *condition.Condition `json:"goal,omitempty"`
	Reentry  Reentry              `json:"reentry,omitzero"`
	Cap      *Cap                 `json:"cap,omitempty"`
	Quiet    *Quiet               `json:"quiet,omitempty"`
	Priority int                  `json:"priority,omitempty"` // 0 usual, 1 first … 3 last
	Steps    []Step               `json:"steps"`              // the first one is where people enter
}

// HeldShare is the share that is held out.
func (d *Definition) HeldShare() float64 {
	switch {
	case d.StreamName() == Transactional:
		return 0
	case d.Holdout == nil:
		return DefaultHoldout
	}
	return *d.Holdout
}

// StreamName is the stream, never empty.
func (d *Definition) StreamName() string {
	if d.Stream == "" {
		return Marketing
	}
	return d.Stream
}

// Trigger is what lets somebody in; exactly one field is set.
type Trigger struct {
	Condition *condition.Condition `json:"condition,omitempty"` // the moment it becomes true
	Event     *condition.Matcher   `json:"event,omitempty"`     // each time it happens
	Date      *Date                `json:"date,omitempty"`
	Band      *Band                `json:"band,omitempty"` // the moment the score comes into it
}

// Date is a moment around a date that is kept of a contact.
type Date struct {
	Property string `json:"property"`
	Days     int    `json:"days,omitempty"` // before (negative) or after it
	Time     string `json:"time,omitempty"` // "09:00" where empty
	Yearly   bool   `json:"yearly,omitempty"`
}

// Band is a stretch of a card's points.
type Band struct {
	Card    string   `json:"card"`
	AtLeast float64  `json:"at_least"`
	Below   *float64 `json:"below,omitempty"`
}

// Condition is the band in the language of conditions.
func (b *Band) Condition() condition.Condition {
	all := []condition.Condition{{Score: &condition.Score{Card: b.Card, Op: "at-least", Of: b.AtLeast}}}
	if b.Below != nil {
		all = append(all, condition.Condition{Score: &condition.Score{Card: b.Card, Op: "below", Of: *b.Below}})
	}
	return condition.Condition{All: all}
}

// Becoming is the condition whose becoming true lets people in; false where the trigger is
// another one.
func (t *Trigger) Becoming() (condition.Condition, bool) {
	switch {
	case t.Condition != nil:
		return *t.Condition, true
	case t.Band != nil:
		return t.Band.Condition(), true
	}
	return condition.Condition{}, false
}

// Reentry says whether somebody may come in again: never where Mode is empty.
type Reentry struct {
	Mode string `json:"mode,omitempty"` // "once", "always" (after having left), "after" (days since they entered)
	Days int    `json:"days,omitempty"`
}

// Cap bounds what one person is sent by all automations and broadcasts together.
type Cap struct {
	Mails int `json:"mails"`
	Days  int `json:"days"`
}

// Quiet is the time of day at which nothing is handed over, "21:00" to "08:00".
type Quiet struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// Step is one thing that happens; exactly one of the kinds is set. Next is the step after
// it, "" the end.
type Step struct {
	ID   string `json:"id"`
	Next string `json:"next,omitempty"`

	Mail     *Mail        `json:"mail,omitempty"`
	Notify   *Notify      `json:"notify,omitempty"`
	Webhook  *Webhook     `json:"webhook,omitempty"`
	Tag      *Tag         `json:"tag,omitempty"`
	Property *SetProperty `json:"property,omitempty"`
	Score    *Points      `json:"score,omitempty"`
	Wait     *Wait        `json:"wait,omitempty"`
	Branch   *Branch      `json:"branch,omitempty"`
	Goal     *Goal        `json:"goal,omitempty"`
}

// Mail sends a mail of a template.
type Mail struct {
	Template string `json:"template"`
	Topic    string `json:"topic,omitempty"` // of consent
	// Trying is a second wording, sent to some by lot; nil where there is one only.
	Trying *Trying `json:"trying,omitempty"`
}

// Templates is every template it may send, the first wording first.
func (m *Mail) Templates() []string {
	if m.Trying == nil {
		return []string{m.Template}
	}
	return []string{m.Template, m.Trying.Template}
}

// Notify tells somebody of the team.
type Notify struct {
	Channel string `json:"channel"` // "owner", or the id of a channel of notices
	Text    string `json:"text"`
}

// Webhook tells another program.
type Webhook struct {
	URL string `json:"url"`
}

// Tag puts tags on somebody and takes tags off.
type Tag struct {
	Add    []string `json:"add,omitempty"`
	Remove []string `json:"remove,omitempty"`
}

// SetProperty writes a property of the contact; nil takes it away.
type SetProperty struct {
	Key   string         `json:"key"`
	Value *contact.Value `json:"value"`
}

// Points adds to a score by hand.
type Points struct {
	Card   string  `json:"card"`
	Points float64 `json:"points"`
	Reason string  `json:"reason,omitempty"`
}

// Wait lets time pass; exactly one of For, Until and Event is set.
type Wait struct {
	For   *Span              `json:"for,omitempty"`
	Until *Until             `json:"until,omitempty"`
	Event *condition.Matcher `json:"event,omitempty"`
	// Timeout bounds the wait for an event. The event leads to Then, the timeout to Next.
	Timeout *Span  `json:"timeout,omitempty"`
	Then    string `json:"then,omitempty"`
}

// Span is a length of time.
type Span struct {
	Amount int    `json:"amount"`
	Unit   string `json:"unit"` // minutes, hours, days, weeks
}

// Until is the next such time of day on one of the weekdays, on any where there are none.
type Until struct {
	Weekdays []string `json:"weekdays,omitempty"` // mon … sun
	Time     string   `json:"time"`               // "09:00"
}

// Branch goes one way or the other; Next is not used.
type Branch struct {
	If   condition.Condition `json:"if"`
	Then string              `json:"then,omitempty"`
	Else string              `json:"else,omitempty"`
}

// Goal ends the journey as reached where the condition holds, and goes on else.
type Goal struct {
	If condition.Condition `json:"if"`
}

// ways is every step that may come after this one.
func (s *Step) ways() []string {
	switch {
	case s.Branch != nil:
		return []string{s.Branch.Then, s.Branch.Else}
	case s.Wait != nil && s.Wait.Event != nil:
		return []string{s.Wait.Then, s.Next}
	}
	return []string{s.Next}
}

// Step finds a step; nil where there is none.
func (d *Definition) Step(id string) *Step {
	for k := range d.Steps {
		if d.Steps[k].ID == id {
			return &d.Steps[k]
		}
	}
	return nil
}

// Conditions is every condition a definition holds, with its place.
func (d *Definition) Conditions(each func(place string, c *condition.Condition)) {
	if d.Trigger.Condition != nil {
		each("/trigger/condition", d.Trigger.Condition)
	}
	if d.Goal != nil {
		each("/goal", d.Goal)
	}
	for k := range d.Steps {
		if b := d.Steps[k].Branch; b != nil {
			each(stepPlace(k)+"/branch/if", &b.If)
		}
		if g := d.Steps[k].Goal; g != nil {
			each(stepPlace(k)+"/goal/if", &g.If)
		}
	}
}

// Matchers is every event a definition waits for by itself, besides those in conditions.
func (d *Definition) Matchers(each func(place string, m *condition.Matcher)) {
	if d.Trigger.Event != nil {
		each("/trigger/event", d.Trigger.Event)
	}
	for k := range d.Steps {
		if w := d.Steps[k].Wait; w != nil && w.Event != nil {
			each(stepPlace(k)+"/wait/event", w.Event)
		}
	}
}
