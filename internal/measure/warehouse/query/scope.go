package query

import (
	"slices"
	"strings"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/series"
)

// Scope is a warehouse.Scope as an engine asks it: with its own number of the workspace
// and what it knows of the ways in.
type Scope struct {
	warehouse.Scope
	Key int32
	// Ways is the workspace's dictionary of traffic, with the channel of each by today's
	// rules. It is needed where NeedsWays says so.
	Ways []Way
	// Days narrows the span to some of its days; nil for all of them.
	Days []series.Day
}

// Way is one entry of the dictionary of traffic.
type Way struct {
	ID uint32
	warehouse.Traffic
	Channel string
}

// Limits of a question.
const (
	MaxFilters  = 20
	MaxValues   = 100
	MaxText     = 1000 // bytes of a filter's value or a property's name
	MaxSpanDays = 366 * 10
	MaxLimit    = 10_000
)

// visitColumns are the fields a visit has itself.
var visitColumns = map[warehouse.Field]word{
	warehouse.FieldEntry: "entry", warehouse.FieldExit: "exit", warehouse.FieldHost: "host",
	warehouse.FieldDevice: "device", warehouse.FieldBrowser: "browser",
	warehouse.FieldOS: "os", warehouse.FieldLanguage: "language",
}

// viewColumns are the fields every view has itself.
var viewColumns = map[warehouse.Field]word{
	warehouse.FieldPage: "path", warehouse.FieldTitle: "title", warehouse.FieldKey: "key",
}

// MadeOfTraffic reports whether a field is read off the way in.
func MadeOfTraffic(f warehouse.Field) bool {
	switch f {
	case warehouse.FieldSource, warehouse.FieldMedium, warehouse.FieldCampaign, warehouse.FieldTerm,
		warehouse.FieldContent, warehouse.FieldReferrer, warehouse.FieldChannel:
		return true
	}
	return false
}

// NeedsWays reports whether a scope's filters or some fields are made of traffic.
func NeedsWays(s warehouse.Scope, fields ...warehouse.Field) bool {
	return slices.ContainsFunc(fields, MadeOfTraffic) ||
		slices.ContainsFunc(s.Filters, func(f warehouse.Filter) bool { return MadeOfTraffic(f.Field) })
}

// Of is what a field made of traffic says of a way in.
func (w Way) Of(f warehouse.Field) string {
	switch f {
	case warehouse.FieldSource:
		if w.Campaign.Source == "" {
			return w.ReferrerHost
		}
		return w.Campaign.Source
	case warehouse.FieldMedium:
		return w.Campaign.Medium
	case warehouse.FieldCampaign:
		return w.Campaign.Name
	case warehouse.FieldTerm:
		return w.Campaign.Term
	case warehouse.FieldContent:
		return w.Campaign.Content
	case warehouse.FieldReferrer:
		return w.ReferrerHost
	}
	return w.Channel
}

// Fits reports whether a value passes a filter.
func Fits(f warehouse.Filter, value string) bool {
	passes := func(want string) bool {
		switch f.Op {
		case warehouse.Contains:
			return strings.Contains(value, want)
		case warehouse.Starts:
			return strings.HasPrefix(value, want)
		}
		return value == want
	}
	return slices.ContainsFunc(f.Values, passes) != (f.Op == warehouse.Not)
}

// conditions are a scope's filters, sorted by what they are about.
type conditions struct {
	visit []Expr // about the visit, over v
	row   []Expr // about a page: they narrow views and events alike, over e
	event []Expr // about what was done: they narrow events, over e
	// named is whether an event is asked for by its name; then properties are that event's.
	named bool
}

func (c conditions) rows() []Expr { return append(slices.Clone(c.row), c.event...) }

func (s Scope) conditions(filters []warehouse.Filter) (conditions, error) {
	var c conditions
	if len(filters) > MaxFilters {
		return c, warehouse.Refuse("絞り込みは%d個までです。条件を減らしてください。", "At most %d filters; please leave some out.", MaxFilters)
	}
	c.named = slices.ContainsFunc(filters, func(f warehouse.Filter) bool { return f.Field == warehouse.FieldEvent })
	for _, f := range filters {
		if err := checkFilter(f); err != nil {
			return c, err
		}
		switch {
		case MadeOfTraffic(f.Field):
			c.visit = append(c.visit, among{ofVisit("traffic"), s.ways(f)})
		case visitColumns[f.Field] != "":
			c.visit = append(c.visit, compare(ofVisit(visitColumns[f.Field]), f))
		case viewColumns[f.Field] != "":
			c.row = append(c.row, compare(ofEvent(viewColumns[f.Field]), f))
		case f.Field == warehouse.FieldEvent:
			c.event = append(c.event, eq(ofEvent("kind"), kindTrack), compare(ofEvent("name"), f))
		case f.Field == warehouse.FieldProperty && c.named:
			c.event = append(c.event, compareProperty(f))
		case f.Field == warehouse.FieldProperty:
			c.row = append(c.row, compareProperty(f))
		default:
			return c, warehouse.Refuse("「%s」では絞り込めません。", "“%s” is nothing to filter by.", string(f.Field))
		}
	}
	return c, nil
}

func checkFilter(f warehouse.Filter) error {
	switch f.Op {
	case warehouse.Is, warehouse.Not, warehouse.Contains, warehouse.Starts:
	default:
		return warehouse.Refuse("絞り込みの比べ方「%s」は使えません。is、not、contains、starts のどれかにしてください。",
			"“%s” is no way to compare; use is, not, contains or starts.", string(f.Op))
	}
	if len(f.Values) == 0 || len(f.Values) > MaxValues {
		return warehouse.Refuse("「%s」の絞り込みには値を1〜%d個入れてください。", "Give the filter on “%s” 1 to %d values.", string(f.Field), MaxValues)
	}
	if f.Field == warehouse.FieldProperty && f.Property == "" {
		return warehouse.Refuse("どの属性で絞り込むかを選んでください。", "Choose the property to filter by.")
	}
	for _, text := range append([]string{f.Property}, f.Values...) {
		if len(text) > MaxText {
			return warehouse.Refuse("絞り込みの値が長すぎます（%dバイトまで）。", "A filter's value is too long (at most %d bytes).", MaxText)
		}
	}
	return nil
}

// ways are the numbers of the ways in that pass a filter.
func (s Scope) ways(f warehouse.Filter) []uint32 {
	ids := []uint32{}
	for _, way := range s.Ways {
		if Fits(f, way.Of(f.Field)) {
			ids = append(ids, way.ID)
		}
	}
	return ids
}

// mapping joins each way in with a field's value.
func (s Scope) mapping(f warehouse.Field, alias word) pairs {
	p := pairs{keys: make([]uint32, len(s.Ways)), values: make([]string, len(s.Ways)), alias: alias}
	for i, way := range s.Ways {
		p.keys[i], p.values[i] = way.ID, way.Of(f)
	}
	return p
}

// compare is a filter on a text.
func compare(value Expr, f warehouse.Filter) Expr {
	switch f.Op {
	case warehouse.Is:
		return among{value, f.Values}
	case warehouse.Not:
		return not{among{value, f.Values}}
	}
	how := contains
	if f.Op == warehouse.Starts {
		how = startsWith
	}
	var any either
	for _, each := range f.Values {
		any = append(any, spell(how, value, param{each}))
	}
	return any
}

// compareProperty takes a property that is not there as "".
func compareProperty(f warehouse.Filter) Expr {
	return compare(fn("coalesce", spell(property, ofEvent("properties"), param{f.Property}), empty), f)
}

// span keeps the days of the scope.
func (s Scope) span(day Expr) []Expr {
	from, to := s.Span.From, s.Span.To
	if len(s.Days) > 0 {
		from, to = slices.Min(s.Days), slices.Max(s.Days)
	}
	keep := between(day, from, to)
	if s.Days != nil && len(s.Days) <= int(to-from) {
		list := make([]int32, len(s.Days))
		for i, each := range s.Days {
			list[i] = int32(each)
		}
		keep = append(keep, among{day, list})
	}
	return keep
}

func between(day Expr, from, to series.Day) []Expr {
	return []Expr{op(day, ">=", param{int32(from)}), op(day, "<=", param{int32(to)})}
}

// people keeps robots out, unless they are asked for.
func (s Scope) people(bot Expr) []Expr {
	if s.WithBots {
		return nil
	}
	return []Expr{eq(bot, empty)}
}

func (s Scope) check() error {
	if s.Key == 0 || s.Workspace == "" {
		return ErrNoWorkspace
	}
	if s.Span.Empty() {
		return warehouse.Refuse("期間の終わりが始まりより前です。", "The span ends before it starts.")
	}
	if s.Span.Days() > MaxSpanDays {
		return warehouse.Refuse("期間は%d日までです。", "A span has at most %d days.", MaxSpanDays)
	}
	return nil
}

// The kinds of event, as they are stored: as constants, so that an engine can skip blocks
// by them. A test holds them to package event.
var (
	kindTrack  = fixed{"1"}
	kindPage   = fixed{"2"}
	kindScreen = fixed{"3"}
	isView     = Expr(either{eq(ofEvent("kind"), kindPage), eq(ofEvent("kind"), kindScreen)})
	isDone     = Expr(all{eq(ofEvent("kind"), kindTrack), not{eq(ofEvent("name"), param{event.Engagement})}})
	inVisit    = op(ofEvent("visit"), "<>", zero)
	// isSeen leaves out what only says who somebody is.
	isSeen = op(ofEvent("kind"), "<=", kindScreen)
)
