package automation

import (
	"encoding/json"
	"maps"
	"time"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/outbox"
	"github.com/shirube/shirube/internal/event"
)

// Facts answer for one person at one moment.
type Facts interface {
	Holds(c condition.Condition) bool
	// Happened is the first time an event came later than a moment.
	Happened(m condition.Matcher, after event.Millis) (event.Millis, bool)
}

// Effect is one thing a step does; exactly one of the pointers is set.
type Effect struct {
	Step     string
	Key      string // of this turn of the step: the same turn decided twice is one
	Item     *outbox.Item
	Tag      *Tag
	Property *SetProperty
	Points   *Points
}

// Handing is the payload of an item: what its sender is told.
type Handing struct {
	Automation string `json:"automation"`
	Version    int    `json:"version"`
	Entry      int    `json:"entry"`
	Step       string `json:"step"`
	Contact    string `json:"contact"`
	Name       string `json:"name"` // of the automation
	// Variant is which of several wordings the mail is; "" where there is one.
	Variant string `json:"variant,omitempty"`

	Mail    *Mail    `json:"mail,omitempty"`
	Notify  *Notify  `json:"notify,omitempty"`
	Webhook *Webhook `json:"webhook,omitempty"`
}

// Grace is how late something may still be handed over without asking somebody: what
// waited through a night of trouble is still meant, what waited for a week is not.
const Grace = 24 * 3_600_000

// setBack is how far a moment may lie ahead of the clock before the clock is taken to have
// been set back.
const setBack = 5 * 60_000

// Advance leads a journey on as far as it goes now. The journey that comes back is inside
// with the moment to look again, or over. A journey that is not inside stays as it is.
// The definition must be the version the journey entered by, and pass Check.
func Advance(d *Definition, j Journey, f Facts, now event.Millis, zone *time.Location) (Journey, []Effect) {
	j.Passed = nil
	if j.State != Inside {
		return j, nil
	}
	j.Visits = maps.Clone(j.Visits)
	if j.Visits == nil {
		j.Visits = map[string]int{}
	}
	if j.Since > now+setBack {
		j.Since = now // else the wait would last as long as the clock was wrong
	}
	now = max(now, j.Since)
	var effects []Effect
	for {
		if d.Goal != nil && f.Holds(*d.Goal) {
			return j.over(Reached, now), effects
		}
		step := d.Step(j.Step)
		if step == nil {
			return j.over(Ended, now), effects
		}
		if step.Wait != nil {
			next, wake, passed := step.Wait.pass(j.Since, now, step.Next, f, zone)
			if !passed {
				j.WakeAt = wake
				return j, effects
			}
			j.Visits[step.ID]++
			j.pass(step.ID, next)
			j.Step, j.Since = next, now
			continue
		}
		if j.Visits[step.ID]++; j.Visits[step.ID] > maxVisits {
			return j.over(Endless, now), effects
		}
		next := step.Next
		switch {
		case step.Goal != nil:
			if f.Holds(step.Goal.If) {
				return j.over(Reached, now), effects
			}
		case step.Branch != nil:
			if next = step.Branch.Else; f.Holds(step.Branch.If) {
				next = step.Branch.Then
			}
		default:
			effects = append(effects, j.effect(d, step, now))
		}
		j.pass(step.ID, next)
		j.Step, j.Since = next, now
	}
}

func (j Journey) over(state State, now event.Millis) Journey {
	j.State, j.Step, j.WakeAt, j.EndedAt = state, "", 0, now
	j.Visits = nil
	return j
}

// Remove takes somebody out.
func (j Journey) Remove(now event.Millis) Journey {
	if j.State != Inside && j.State != Held {
		return j
	}
	return j.over(Removed, now)
}

// pass is where a wait leads, or when it is to be looked at again.
func (w *Wait) pass(since, now event.Millis, next string, f Facts, zone *time.Location) (to string, wake event.Millis, passed bool) {
	switch {
	case w.Event != nil:
		wake = since + w.Timeout.Millis()
		if at, ok := f.Happened(*w.Event, since); ok && at <= min(wake, now) {
			return w.Then, 0, true
		}
	case w.Until != nil:
		wake = w.Until.after(since, zone)
	default:
		wake = since + w.For.Millis()
	}
	return next, wake, now >= wake
}

func (j *Journey) effect(d *Definition, s *Step, now event.Millis) Effect {
	e := Effect{Step: s.ID, Key: j.key(s.ID), Tag: s.Tag, Property: s.Property, Points: s.Score}
	var kind outbox.Kind
	worded, variant := s.Mail, ""
	switch {
	case s.Mail != nil:
		kind = outbox.Mail
		worded, variant = s.worded(j.Automation, j.Contact)
	case s.Notify != nil:
		kind = outbox.Notice
	case s.Webhook != nil:
		kind = outbox.Webhook
	default:
		return e
	}
	// Strings and numbers alone; it cannot fail.
	payload, _ := json.Marshal(Handing{
		Automation: j.Automation, Version: j.Version, Entry: j.Entry, Step: s.ID, Contact: string(j.Contact), Name: d.Name,
		Variant: variant, Mail: worded, Notify: s.Notify, Webhook: s.Webhook,
	})
	e.Item = &outbox.Item{
		Key: e.Key, Kind: kind, Stream: d.StreamName(), Priority: d.Priority, Contact: string(j.Contact),
		Cause: Cause(j.Automation), Payload: payload, NotBefore: now, ExpiresAt: now + Grace, State: outbox.Queued,
	}
	return e
}

// Cause is how the outbox names an automation.
func Cause(automation string) string { return "automation:" + automation }
