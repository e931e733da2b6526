package server

import (
	"context"
	"slices"
	"time"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// personOutcome is when something came about for whom.
type personOutcome struct{ at map[contact.ID][]event.Millis }

func (o *personOutcome) moments(id contact.ID) []event.Millis { return o.at[id] }

func nobodyHas(contact.ID) []event.Millis { return nil }

func millisOf(t time.Time) event.Millis { return event.Millis(t.UnixMilli()) }

// outcomeOf is what is counted of people for an automation: the events its KPI counts,
// else its goal; nil where neither is known person by person.
func (s *Server) outcomeOf(ctx context.Context, ws store.WorkspaceID, m *goal.Model, t trial, lang words.Lang) (*personOutcome, EffectOutcome, error) {
	said := EffectOutcome{Kind: "none", Indicator: t.current.KPI, Name: t.current.KPI}
	ind := m.Indicator(t.current.KPI)
	if ind != nil {
		said.Name = ind.Name
		if matchers, ok := personEvents(m, ind); ok && s.deps.Warehouse != nil {
			said.Kind = "kpi"
			said.Sentence = words.T("ねらうKPI「%[1]s」のできごとが、入ってから%[2]d日のうちに起きた人を数えています。",
				"Counted are people with an event of the KPI “%[1]s” within %[2]d days of entering.", ind.Name, t.days).In(lang)
			o, err := s.eventOutcome(ctx, ws, t, matchers)
			return o, said, err
		}
	}
	if t.current.Goal == nil {
		said.Sentence = words.T("ねらうKPI「%s」は人ごとに分からない数で、ゴールの条件もありません。ゴールを決めると、くらべられるようになります。",
			"The KPI “%s” is not known person by person, and there is no goal condition. Set a goal, and the two groups can be compared.", said.Name).In(lang)
		return nil, said, nil
	}
	said.Kind = "goal"
	o, past, err := s.goalOutcome(ctx, ws, t, *t.current.Goal)
	if past {
		said.Sentence = words.T("ねらうKPI「%[1]s」は人ごとに分からないので、入ってから%[2]d日のうちにゴールの条件を満たした人を数えています。",
			"The KPI “%[1]s” is not known person by person, so people are counted who met the goal within %[2]d days of entering.", said.Name, t.days).In(lang)
	} else {
		said.Sentence = words.T("ねらうKPI「%s」は人ごとに分からないので、いまゴールの条件を満たしている人を数えています。",
			"The KPI “%s” is not known person by person, so people are counted who meet the goal today.", said.Name).In(lang)
	}
	said.Name = words.T("ゴール", "the goal").In(lang)
	return o, said, err
}

// personEvents are the events an indicator counts, as conditions know them; false where it
// counts anything else, or by what only a visit knows, such as its channel.
func personEvents(m *goal.Model, ind *goal.Indicator) ([]condition.Matcher, bool) {
	if len(eventSteps(m, ind)) == 0 {
		return nil, false
	}
	var out []condition.Matcher
	for _, part := range ind.Measure.Shape().Parts {
		c := m.Metric(part.Name).Events
		if c.Count != "events" && c.Count != "views" {
			return nil, false
		}
		matcher := condition.Matcher{Event: c.Event, Page: c.Page}
		for _, f := range c.Where {
			if slices.Contains(goal.EventFields, f.Column) {
				return nil, false
			}
			matcher.Where = append(matcher.Where, condition.Property{Key: f.Column, Op: condition.Is, Values: f.Values})
		}
		out = append(out, matcher)
	}
	return out, len(out) > 0
}

// eventOutcome reads from the events when people who entered did one of some things.
func (s *Server) eventOutcome(ctx context.Context, ws store.WorkspaceID, t trial, matchers []condition.Matcher) (*personOutcome, error) {
	o := &personOutcome{at: map[contact.ID][]event.Millis{}}
	if len(t.entries) == 0 {
		return o, nil
	}
	entered := make(map[contact.ID]bool, len(t.entries))
	first := t.entries[0].At
	for _, e := range t.entries {
		entered[e.Contact] = true
		first = min(first, e.At)
	}
	days := int((s.nowMillis()-first)/condition.Day) + 1
	for _, m := range matchers {
		err := s.occurred(ctx, ws, condition.Watched{Watch: condition.WatchOf(m), Matcher: m, Days: max(days, 1)}, func(list []lookedUp) error {
			for _, one := range list {
				if one.known && entered[one.person.ID] {
					o.at[one.person.ID] = append(o.at[one.person.ID], one.At)
				}
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return o, nil
}

// goalOutcome is who met a goal. One that is about doing something is read from the events
// and has its moment (past); any other is looked at as it stands today, for both arms alike.
func (s *Server) goalOutcome(ctx context.Context, ws store.WorkspaceID, t trial, goal condition.Condition) (o *personOutcome, past bool, err error) {
	if matchers, ok := justDoing(goal); ok && s.deps.Warehouse != nil {
		o, err = s.eventOutcome(ctx, ws, t, matchers)
		return o, true, err
	}
	saved, err := s.savedSegments(ctx, ws)
	if err != nil {
		return nil, false, err
	}
	asked, _ := condition.Expand(goal, func(id string) (condition.Condition, bool) { c, ok := saved[id]; return c, ok })
	o = &personOutcome{at: map[contact.ID][]event.Millis{}}
	now := s.nowMillis()
	for part := range slices.Chunk(t.entries, baselineAtOnce) {
		err = s.deps.Store.Snapshot(ctx, func(ctx context.Context, tx *store.Tx) error {
			ids := make([]contact.ID, len(part))
			for k, e := range part {
				ids[k] = e.Contact
			}
			b := books{ledger: ledger{store: s.deps.Store, zone: Zones(s.deps.Store)}, tx: tx}
			facts, err := b.Facts(ctx, event.Workspace(ws), ids, []condition.Condition{asked}, now)
			if err != nil {
				return err
			}
			for _, e := range part {
				if f := facts[e.Contact]; f != nil && condition.Holds(asked, f) {
					o.at[e.Contact] = []event.Millis{e.At + 1}
				}
			}
			return nil
		})
		if err != nil {
			return nil, false, err
		}
	}
	return o, false, nil
}

// justDoing is a goal that is met by doing one of some things once.
func justDoing(c condition.Condition) ([]condition.Matcher, bool) {
	if c.Did != nil {
		least, most := c.Did.Bounds()
		return []condition.Matcher{c.Did.Matcher}, least == 1 && most < 0
	}
	if len(c.Any) == 0 {
		return nil, false
	}
	var out []condition.Matcher
	for _, one := range c.Any {
		if one.Did == nil {
			return nil, false
		}
		more, ok := justDoing(one)
		if !ok {
			return nil, false
		}
		out = append(out, more...)
	}
	return out, true
}
