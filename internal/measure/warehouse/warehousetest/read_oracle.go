package warehousetest

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/series"
)

// sieve is a scope's filters over a world, written down a second time and without any
// thought of speed.
type sieve struct {
	world *World
	scope warehouse.Scope
	named bool
}

func (w *World) sieve(s warehouse.Scope) sieve {
	return sieve{w, s, slices.ContainsFunc(s.Filters, func(f warehouse.Filter) bool { return f.Field == warehouse.FieldEvent })}
}

func passes(f warehouse.Filter, value string) bool {
	any := false
	for _, want := range f.Values {
		switch f.Op {
		case warehouse.Contains:
			any = any || strings.Contains(value, want)
		case warehouse.Starts:
			any = any || strings.HasPrefix(value, want)
		default:
			any = any || value == want
		}
	}
	return any != (f.Op == warehouse.Not)
}

// ofVisit is the value of a visit's field; false for fields of events.
func ofVisit(s *stay, f warehouse.Field) (string, bool) {
	t := s.traffic()
	switch f {
	case warehouse.FieldEntry:
		return s.Entry, true
	case warehouse.FieldExit:
		return s.Exit, true
	case warehouse.FieldHost:
		return s.First.Host, true
	case warehouse.FieldDevice:
		return s.First.Device, true
	case warehouse.FieldBrowser:
		return s.First.Browser, true
	case warehouse.FieldOS:
		return s.First.OS, true
	case warehouse.FieldLanguage:
		return s.First.Language, true
	case warehouse.FieldSource:
		if t.Campaign.Source != "" {
			return t.Campaign.Source, true
		}
		return t.ReferrerHost, true
	case warehouse.FieldMedium:
		return t.Campaign.Medium, true
	case warehouse.FieldCampaign:
		return t.Campaign.Name, true
	case warehouse.FieldTerm:
		return t.Campaign.Term, true
	case warehouse.FieldContent:
		return t.Campaign.Content, true
	case warehouse.FieldReferrer:
		return t.ReferrerHost, true
	case warehouse.FieldChannel:
		return WorldChannel(Home, t), true
	}
	return "", false
}

func ofFact(f fact, filter warehouse.Filter) string {
	switch filter.Field {
	case warehouse.FieldPage:
		return f.Path
	case warehouse.FieldTitle:
		return f.Title
	case warehouse.FieldKey:
		return f.Key
	case warehouse.FieldEvent:
		return f.Name
	}
	value, _ := ofProperty(f, filter.Property)
	return value
}

func ofProperty(f fact, key string) (string, bool) {
	all := map[string]json.RawMessage{}
	if json.Unmarshal(f.Properties, &all) != nil || all[key] == nil {
		return "", false
	}
	var text string
	if json.Unmarshal(all[key], &text) != nil {
		return string(all[key]), true
	}
	return text, true
}

func (s sieve) person(bot string) bool { return bot == "" || s.scope.WithBots }

// visit reports whether a visit passes the filters on visits.
func (s sieve) visit(v *stay) bool {
	for _, f := range s.scope.Filters {
		if value, ok := ofVisit(v, f.Field); ok && !passes(f, value) {
			return false
		}
	}
	return s.person(v.First.Bot)
}

func (s sieve) visitFilters() bool {
	return slices.ContainsFunc(s.scope.Filters, func(f warehouse.Filter) bool { _, ok := ofVisit(&stay{}, f.Field); return ok })
}

// row reports whether an event passes the filters on pages, event those on what was done.
func (s sieve) row(f fact) bool {
	for _, filter := range s.scope.Filters {
		if _, ok := ofVisit(&stay{}, filter.Field); ok || filter.Field == warehouse.FieldEvent || (s.named && filter.Field == warehouse.FieldProperty) {
			continue
		}
		if !passes(filter, ofFact(f, filter)) {
			return false
		}
	}
	return f.Kind <= event.Screen
}

func (s sieve) event(f fact) bool {
	for _, filter := range s.scope.Filters {
		switch {
		case filter.Field == warehouse.FieldEvent:
			if f.Kind != event.Track || !passes(filter, f.Name) {
				return false
			}
		case filter.Field == warehouse.FieldProperty && s.named:
			if !passes(filter, ofFact(f, filter)) {
				return false
			}
		}
	}
	return true
}

// kept reports whether a visit counts.
func (s sieve) kept(v *stay) bool { return s.scope.Span.Contains(v.Day) && s.anyDay(v) }

func (s sieve) anyDay(v *stay) bool {
	if !s.visit(v) {
		return false
	}
	if len(s.scope.Filters) == 0 {
		return true
	}
	return slices.ContainsFunc(v.Facts, func(i int) bool {
		f := s.world.facts[i]
		f.Stay = v
		return s.row(f) && s.event(f)
	})
}

// seen reports whether an event counts.
func (s sieve) seen(f fact) bool {
	switch {
	case !s.scope.Span.Contains(f.Day), !s.person(f.Bot), !s.row(f):
		return false
	case s.visitFilters() && (f.Stay == nil || !s.visit(f.Stay)):
		return false
	case s.named && !s.event(f):
		return f.Stay != nil && s.anyDay(f.Stay)
	}
	return true
}

type people map[string]bool

// Totals are a scope's numbers.
func (w *World) Totals(scope warehouse.Scope) (warehouse.Totals, map[series.Day]warehouse.Totals) {
	s := w.sieve(scope)
	days := map[series.Day]*warehouse.Totals{}
	at := func(day series.Day) *warehouse.Totals {
		if days[day] == nil {
			days[day] = &warehouse.Totals{Unique: true}
		}
		return days[day]
	}
	for _, v := range w.visits {
		if s.kept(v) {
			t := at(v.Day)
			t.Visits++
			t.VisitMillis += int64(v.End - v.Start)
			if v.Bounce {
				t.Bounces++
			}
		}
	}
	all, daily := people{}, map[series.Day]people{}
	for _, f := range w.facts {
		if !s.seen(f) {
			continue
		}
		t := at(f.Day)
		t.EngagedMillis += f.EngagedMillis
		if f.view() {
			t.Views++
		}
		if !s.event(f) {
			continue
		}
		if f.done() {
			t.Events++
		}
		if f.Stay != nil {
			all[f.Person] = true
			if daily[f.Day] == nil {
				daily[f.Day] = people{}
			}
			daily[f.Day][f.Person] = true
			t.Cookieless = t.Cookieless || f.Cookieless
		}
	}
	total := warehouse.Totals{Visitors: int64(len(all)), Unique: true}
	out := map[series.Day]warehouse.Totals{}
	for day, t := range days {
		t.Visitors, t.DailyVisitors = int64(len(daily[day])), int64(len(daily[day]))
		out[day] = *t
		total.DailyVisitors += t.DailyVisitors
		total.Cookieless = total.Cookieless || t.Cookieless
		total.Visits += t.Visits
		total.Views += t.Views
		total.Events += t.Events
		total.Bounces += t.Bounces
		total.EngagedMillis += t.EngagedMillis
		total.VisitMillis += t.VisitMillis
	}
	return total, out
}

// Rows are the ends of the message ids of a scope's events, newest first.
func (w *World) Rows(scope warehouse.Scope) []string {
	s := w.sieve(scope)
	var out []string
	for _, f := range slices.Backward(w.facts) {
		keep := scope.Span.Contains(f.Day) && s.person(f.Bot) && s.event(f)
		for _, filter := range scope.Filters {
			if _, ok := ofVisit(&stay{}, filter.Field); !ok && keep {
				keep = passes(filter, ofFact(f, filter))
			}
		}
		if s.visitFilters() {
			keep = keep && f.Stay != nil && s.visit(f.Stay)
		}
		if keep {
			out = append(out, endOf(f.MessageID))
		}
	}
	return out
}
