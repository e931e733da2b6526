package automation

import (
	"reflect"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/outbox"
	"github.com/shirube/shirube/internal/event"
)

// fixedFacts are true of the tags named, and know when each event happened.
type fixedFacts struct {
	tags     map[string]bool
	happened map[string]event.Millis
}

func (f fixedFacts) Holds(c condition.Condition) bool { return f.tags[c.Tag] }

func (f fixedFacts) Happened(m condition.Matcher, after event.Millis) (event.Millis, bool) {
	at, ok := f.happened[m.Event]
	return at, ok && at > after
}

func moment(t *testing.T, text string) event.Millis {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", text, tokyo)
	if err != nil {
		t.Fatal(err)
	}
	return event.Millis(at.UnixMilli())
}

// Each kind of step by itself: what it does, where it leads, and what is counted of it.
func TestEveryKindOfStep(t *testing.T) {
	const noon = "2026-11-22 12:00" // a Sunday
	done := condition.Condition{Tag: "done"}
	after := []Step{{ID: "yes", Tag: &Tag{Add: []string{"yes"}}}, {ID: "no", Tag: &Tag{Add: []string{"no"}}}}
	for _, c := range []struct {
		name   string
		step   Step
		facts  fixedFacts
		at     string // when it is looked at; it came at noon
		state  State
		on     string // the step it stands at afterwards
		wake   string
		did    []string // steps that had an effect
		passed []Passage
	}{
		{name: "a mail goes at once", step: Step{Mail: &Mail{Template: "t"}, Next: "no"}, at: noon, state: Ended, did: []string{"s", "no"}, passed: []Passage{{"s", "no"}, {"no", ""}}},
		{name: "a notice goes at once", step: Step{Notify: &Notify{Channel: "owner"}}, at: noon, state: Ended, did: []string{"s"}, passed: []Passage{{"s", ""}}},
		{name: "a webhook goes at once", step: Step{Webhook: &Webhook{URL: "https://x.jp"}}, at: noon, state: Ended, did: []string{"s"}, passed: []Passage{{"s", ""}}},
		{name: "a property is written", step: Step{Property: &SetProperty{Key: "k"}}, at: noon, state: Ended, did: []string{"s"}, passed: []Passage{{"s", ""}}},
		{name: "points are given", step: Step{Score: &Points{Card: "c", Points: 5}}, at: noon, state: Ended, did: []string{"s"}, passed: []Passage{{"s", ""}}},
		{name: "a wait lasts", step: Step{Wait: &Wait{For: &Span{2, "days"}}, Next: "no"}, at: "2026-11-24 11:59", state: Inside, on: "s", wake: "2026-11-24 12:00"},
		{name: "a wait ends", step: Step{Wait: &Wait{For: &Span{2, "days"}}, Next: "no"}, at: "2026-11-24 12:00", state: Ended, did: []string{"no"}, passed: []Passage{{"s", "no"}, {"no", ""}}},
		{name: "until a weekday", step: Step{Wait: &Wait{Until: &Until{Weekdays: []string{"tue"}, Time: "09:00"}}, Next: "no"}, at: noon, state: Inside, on: "s", wake: "2026-11-24 09:00"},
		{name: "until an hour that is past", step: Step{Wait: &Wait{Until: &Until{Time: "09:00"}}, Next: "no"}, at: noon, state: Inside, on: "s", wake: "2026-11-23 09:00"},
		{name: "until an hour to come", step: Step{Wait: &Wait{Until: &Until{Time: "18:00"}}, Next: "no"}, at: "2026-11-22 18:00", state: Ended, did: []string{"no"}, passed: []Passage{{"s", "no"}, {"no", ""}}},
		{name: "an event is waited for", step: eventWait, at: "2026-11-23 12:00", state: Inside, on: "s", wake: "2026-11-24 12:00"},
		{name: "the event comes", step: eventWait, facts: fixedFacts{happened: map[string]event.Millis{"e": moment(t, "2026-11-23 10:00")}}, at: "2026-11-23 10:00", state: Ended, did: []string{"yes"}, passed: []Passage{{"s", "yes"}, {"yes", ""}}},
		{name: "it came before", step: eventWait, facts: fixedFacts{happened: map[string]event.Millis{"e": moment(t, "2026-11-22 10:00")}}, at: "2026-11-23 10:00", state: Inside, on: "s", wake: "2026-11-24 12:00"},
		{name: "it comes too late", step: eventWait, facts: fixedFacts{happened: map[string]event.Millis{"e": moment(t, "2026-11-24 13:00")}}, at: "2026-11-24 14:00", state: Ended, did: []string{"no"}, passed: []Passage{{"s", "no"}, {"no", ""}}},
		{name: "it came in time and is looked at late", step: eventWait, facts: fixedFacts{happened: map[string]event.Millis{"e": moment(t, "2026-11-24 11:00")}}, at: "2026-11-24 14:00", state: Ended, did: []string{"yes"}, passed: []Passage{{"s", "yes"}, {"yes", ""}}},
		{name: "a branch, true", step: Step{Branch: &Branch{If: done, Then: "yes", Else: "no"}}, facts: fixedFacts{tags: map[string]bool{"done": true}}, at: noon, state: Ended, did: []string{"yes"}, passed: []Passage{{"s", "yes"}, {"yes", ""}}},
		{name: "a branch, not true", step: Step{Branch: &Branch{If: done, Then: "yes", Else: "no"}}, at: noon, state: Ended, did: []string{"no"}, passed: []Passage{{"s", "no"}, {"no", ""}}},
		{name: "a branch to the end", step: Step{Branch: &Branch{If: done, Then: "yes"}}, at: noon, state: Ended, passed: []Passage{{"s", ""}}},
		{name: "a goal that is reached", step: Step{Goal: &Goal{If: done}, Next: "no"}, facts: fixedFacts{tags: map[string]bool{"done": true}}, at: noon, state: Reached},
		{name: "a goal that is not", step: Step{Goal: &Goal{If: done}, Next: "no"}, at: noon, state: Ended, did: []string{"no"}, passed: []Passage{{"s", "no"}, {"no", ""}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.step.ID = "s"
			none := 0.0
			d := &Definition{Name: "n", KPI: "k", Holdout: &none, Steps: append([]Step{c.step}, after...)}
			j := Enter("a", 1, d, contact.ID("c1"), 1, moment(t, noon))
			if c.at != noon { // it has come to the step before it is looked at again
				j, _ = Advance(d, j, fixedFacts{}, moment(t, noon), tokyo)
			}
			j, effects := Advance(d, j, c.facts, moment(t, c.at), tokyo)
			var did []string
			for _, e := range effects {
				did = append(did, e.Step)
			}
			wake := event.Millis(0)
			if c.wake != "" {
				wake = moment(t, c.wake)
			}
			if j.State != c.state || j.Step != c.on || j.WakeAt != wake || !reflect.DeepEqual(did, c.did) || !reflect.DeepEqual(j.Passed, c.passed) {
				t.Errorf("%s at %q, wakes %s, did %v, passed %v", j.State, j.Step, time.UnixMilli(int64(j.WakeAt)).In(tokyo), did, j.Passed)
			}
		})
	}
}

var eventWait = Step{Wait: &Wait{Event: &condition.Matcher{Event: "e"}, Timeout: &Span{2, "days"}, Then: "yes"}, Next: "no"}

// Whoever goes round through a wait is counted once at each step, and has each mail of the
// round under a key of its own.
func TestARoundCountsEverybodyOnce(t *testing.T) {
	none := 0.0
	d := &Definition{Holdout: &none, Steps: []Step{{ID: "m", Mail: &Mail{Template: "t"}, Next: "w"}, {ID: "w", Wait: &Wait{For: &Span{1, "hours"}}, Next: "m"}}}
	j := Enter("a", 1, d, "c", 1, 0)
	passed, keys := map[Passage]int{}, map[string]bool{}
	for hour := range event.Millis(5) {
		var effects []Effect
		j, effects = Advance(d, j, fixedFacts{}, hour*3_600_000, tokyo)
		for _, p := range j.Passed {
			passed[p]++
		}
		for _, e := range effects {
			keys[e.Item.Key] = e.Item.Kind == outbox.Mail
		}
	}
	if len(keys) != 5 || !reflect.DeepEqual(passed, map[Passage]int{{"m", "w"}: 1, {"w", "m"}: 1}) {
		t.Errorf("%d mails, %v", len(keys), passed)
	}
}

// The goal of the whole is looked at before every step: nobody is sent what they no longer need.
func TestWhoReachedTheGoalLeaves(t *testing.T) {
	none := 0.0
	d := &Definition{Holdout: &none, Goal: &condition.Condition{Tag: "done"}, Steps: []Step{{ID: "w", Wait: &Wait{For: &Span{1, "days"}}, Next: "m"}, {ID: "m", Mail: &Mail{Template: "t"}}}}
	j, _ := Advance(d, Enter("a", 1, d, "c", 1, 0), fixedFacts{}, 0, tokyo)
	j, effects := Advance(d, j, fixedFacts{tags: map[string]bool{"done": true}}, 3_600_000, tokyo)
	if j.State != Reached || len(effects) != 0 || j.EndedAt != 3_600_000 {
		t.Errorf("%+v, %d effects", j, len(effects))
	}
}
