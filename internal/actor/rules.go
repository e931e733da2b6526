package actor

import (
	"slices"
	"time"

	"github.com/shirube/shirube/internal/act/automation"
	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/event"
)

// rule is a Rule with what is asked of it again and again.
type rule struct {
	Rule
	zone     *time.Location
	becoming *condition.Condition
	watched  map[condition.Watch]bool // by the becoming condition
	wide     bool                     // it speaks of more than behaviour, or waits for a date
	event    condition.Watch          // the trigger's event
	asked    []condition.Condition    // every condition, for the facts they need
}

// ruleSet is all rules of a workspace.
type ruleSet struct {
	matchers *condition.Matchers
	zone     *time.Location
	live     []*rule // by priority: who is asked first
	byEvent  map[condition.Watch][]*rule
	versions map[version]*rule
	asked    []condition.Condition // by any rule
}

type version struct {
	automation string
	number     int
}

// compile sorts rules by workspace.
func compile(rules Rules) map[event.Workspace]*ruleSet {
	sets := map[event.Workspace]*ruleSet{}
	matchers := map[event.Workspace][]condition.Matcher{}
	of := func(ws event.Workspace) *ruleSet {
		set := sets[ws]
		if set == nil {
			set = &ruleSet{byEvent: map[condition.Watch][]*rule{}, versions: map[version]*rule{}, zone: time.UTC}
			if zone := rules.Zones[ws]; zone != nil {
				set.zone = zone
			}
			sets[ws] = set
		}
		return set
	}
	for ws, watched := range rules.Watched {
		of(ws)
		matchers[ws] = append(matchers[ws], watched...)
	}
	for _, one := range rules.Automations {
		set := of(one.Workspace)
		r := newRule(one, set.zone)
		set.versions[version{one.Automation, one.Version}] = r
		set.asked = append(set.asked, r.asked...)
		for _, w := range condition.Watches(r.asked...) {
			matchers[one.Workspace] = append(matchers[one.Workspace], w.Matcher)
		}
		if one.Live {
			set.live = append(set.live, r)
			if r.event != "" {
				set.byEvent[r.event] = append(set.byEvent[r.event], r)
			}
		}
	}
	for ws, set := range sets {
		set.matchers = condition.NewMatchers(matchers[ws])
		slices.SortStableFunc(set.live, func(a, b *rule) int { return rank(a) - rank(b) })
	}
	return sets
}

// rank orders rules: first (1), usual (0), and what follows.
func rank(r *rule) int {
	if r.Definition.Priority == 1 {
		return -1
	}
	return r.Definition.Priority
}

func newRule(one Rule, zone *time.Location) *rule {
	r := &rule{Rule: one, zone: zone, watched: map[condition.Watch]bool{}}
	d := one.Definition
	if c, ok := d.Trigger.Becoming(); ok {
		r.becoming = &c
		for _, w := range condition.Watches(c) {
			r.watched[w.Watch] = true
		}
		r.wide = beyondBehaviour(c)
	}
	r.wide = r.wide || d.Trigger.Date != nil
	if d.Trigger.Event != nil {
		r.event = condition.WatchOf(*d.Trigger.Event)
	}
	r.asked = Asked(d)
	return r
}

// Asked is every condition a definition asks of people. An event that it waits for is asked
// like one that a condition counts.
func Asked(d *automation.Definition) []condition.Condition {
	var asked []condition.Condition
	if c, ok := d.Trigger.Becoming(); ok {
		asked = append(asked, c)
	}
	d.Conditions(func(_ string, c *condition.Condition) { asked = append(asked, *c) })
	d.Matchers(func(_ string, m *condition.Matcher) {
		asked = append(asked, condition.Condition{Did: &condition.Did{Matcher: *m}})
	})
	return asked
}

// beyondBehaviour reports whether a condition speaks of anything but what somebody did:
// then any change of them may change it.
func beyondBehaviour(c condition.Condition) bool {
	beyond := false
	condition.Walk(c, func(c condition.Condition) {
		beyond = beyond || c.Property != nil || c.Score != nil || c.Tag != "" || c.Consent != nil || c.Segment != ""
	})
	return beyond
}

// answers are facts as an automation asks them.
type answers struct{ condition.Facts }

func (a answers) Holds(c condition.Condition) bool { return condition.Holds(c, a.Facts) }

func (a answers) Happened(m condition.Matcher, after event.Millis) (event.Millis, bool) {
	for _, o := range a.Occurrences(condition.WatchOf(m), after) {
		if o.At > after {
			return o.At, true
		}
	}
	return 0, false
}

// Subject of behaviour.
const (
	ofContact = "c:"
	ofVisitor = "v:"
)

// SubjectOf names a contact as a subject of behaviour.
func SubjectOf(id contact.ID) string { return ofContact + string(id) }

var _ automation.Facts = answers{}
