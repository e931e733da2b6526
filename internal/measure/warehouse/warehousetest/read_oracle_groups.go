package warehousetest

import (
	"cmp"
	"slices"

	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/series"
)

// group gathers one value of a field.
type group struct {
	warehouse.Group
	people people
	daily  map[any]bool // people by the day, and by the way in where the field is made of it
	stays  map[any]bool // visits by the day
}

// Groups are the numbers of a field's values, in the order of the answer.
func (w *World) Groups(scope warehouse.Scope, field warehouse.Field) []warehouse.Group {
	s := w.sieve(scope)
	found := map[string]*group{}
	at := func(value string) *group {
		if found[value] == nil {
			found[value] = &group{people: people{}, daily: map[any]bool{}, stays: map[any]bool{}}
			found[value].Value = value
		}
		return found[value]
	}
	_, visitField := ofVisit(&stay{}, field)
	for _, v := range w.visits {
		if !s.kept(v) {
			continue
		}
		if field == warehouse.FieldPage {
			entry, exit := at(v.Entry), at(v.Exit)
			entry.Entries++
			exit.Exits++
			if v.Bounce {
				entry.Bounces++
			}
		}
		if visitField {
			w.addVisit(at, v, field)
		}
	}
	for _, f := range w.facts {
		if !visitField && s.seen(f) {
			addFact(at, f, field, s.event(f))
		}
	}
	var out []warehouse.Group
	for _, g := range found {
		if (field == warehouse.FieldPage || field == warehouse.FieldTitle) && g.Views == 0 || field == warehouse.FieldKey && g.Views == 0 && g.EngagedMillis == 0 {
			continue
		}
		g.Visitors, g.Unique, g.DailyVisitors = int64(len(g.people)), true, int64(len(g.daily))
		if !visitField {
			g.Visits = int64(len(g.stays))
		}
		out = append(out, g.Group)
	}
	slices.SortFunc(out, func(a, b warehouse.Group) int {
		return cmp.Or(cmp.Compare(b.Visits, a.Visits), cmp.Compare(b.Views, a.Views), cmp.Compare(b.Events, a.Events), cmp.Compare(a.Value, b.Value))
	})
	return out
}

func (w *World) addVisit(at func(string) *group, v *stay, field warehouse.Field) {
	value, _ := ofVisit(v, field)
	g := at(value)
	g.Visits++
	g.VisitMillis += int64(v.End - v.Start)
	if v.Bounce {
		g.Bounces++
	}
	switch field {
	case warehouse.FieldEntry:
		g.Entries++
	case warehouse.FieldExit:
		g.Exits++
	}
	g.people[v.Person] = true
	type daily struct {
		day    series.Day
		person string
		way    warehouse.Traffic
	}
	key := daily{day: v.Day, person: v.Person}
	if trafficField(field) {
		key.way = v.traffic()
	}
	g.daily[key] = true
	for _, i := range v.Facts {
		switch f := w.facts[i]; {
		case f.view():
			g.Views++
		case f.done():
			g.Events++
		}
		g.EngagedMillis += w.facts[i].EngagedMillis
	}
}

func trafficField(f warehouse.Field) bool {
	switch f {
	case warehouse.FieldSource, warehouse.FieldMedium, warehouse.FieldCampaign, warehouse.FieldTerm, warehouse.FieldContent, warehouse.FieldReferrer, warehouse.FieldChannel:
		return true
	}
	return false
}

func addFact(at func(string) *group, f fact, field warehouse.Field, matched bool) {
	value := ofFact(f, warehouse.Filter{Field: field})
	if field == warehouse.FieldEvent {
		if !f.done() || !matched {
			return
		}
		at(value).Events++
	} else {
		if f.EngagedMillis > 0 {
			at(value).EngagedMillis += f.EngagedMillis
		}
		if !f.view() {
			return
		}
		at(value).Views++
	}
	g := at(value)
	g.people[f.Person] = true
	g.daily[[2]any{f.Day, f.Person}] = true
	if f.Stay != nil {
		g.stays[[2]any{f.Day, f.Stay}] = true
	}
}

// Metric is a metric by day and dimensions, joined by a zero byte.
func (w *World) Metric(scope warehouse.Scope, m warehouse.Metric) (totals map[series.Day]float64, parts map[series.Day]map[string]float64) {
	scope.Filters = append(slices.Clone(scope.Filters), m.Filters...)
	if m.Event != "" {
		scope.Filters = append(scope.Filters, warehouse.Filter{Field: warehouse.FieldEvent, Op: warehouse.Is, Values: []string{m.Event}})
	}
	s := w.sieve(scope)
	totals, parts = map[series.Day]float64{}, map[series.Day]map[string]float64{}
	different := map[any]bool{}
	add := func(day series.Day, person string, amount float64, dims func(warehouse.Field) string) {
		key := ""
		for _, f := range m.ByFields {
			key += dims(f) + "\x00"
		}
		once := func(key any) float64 {
			if m.Count != "visitors" {
				return amount
			}
			if different[key] {
				return 0
			}
			different[key] = true
			return 1
		}
		totals[day] += once([2]any{day, person})
		if parts[day] == nil {
			parts[day] = map[string]float64{}
		}
		parts[day][key] += once([3]any{day, person, key})
	}
	if m.Count == "visits" || m.Count == "bounces" {
		for _, v := range w.visits {
			if s.kept(v) {
				amount := 1.0
				if m.Count == "bounces" && !v.Bounce {
					amount = 0
				}
				add(v.Day, v.Person, amount, func(f warehouse.Field) string { value, _ := ofVisit(v, f); return value })
			}
		}
		return totals, parts
	}
	for _, f := range w.facts {
		amount, counts := 1.0, s.seen(f)
		switch m.Count {
		case "views":
			counts = counts && f.view()
		case "events":
			counts = counts && f.done() && s.event(f)
		case "value":
			counts, amount = counts && s.event(f) && f.Value != 0, f.Value
		case "visitors":
			counts = counts && s.event(f) && (m.Event != "" || f.Stay != nil)
		case "engaged_seconds":
			counts, amount = counts && f.EngagedMillis > 0, float64(f.EngagedMillis)/1000
		}
		if !counts {
			continue
		}
		add(f.Day, f.Person, amount, func(field warehouse.Field) string {
			if _, ok := ofVisit(&stay{}, field); !ok {
				return ofFact(f, warehouse.Filter{Field: field})
			}
			if f.Stay == nil {
				return ""
			}
			value, _ := ofVisit(f.Stay, field)
			return value
		})
	}
	return totals, parts
}
