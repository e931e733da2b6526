package warehousetest

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/series"
)

// Filled makes a warehouse that holds a world, with Tokyo's days and WorldChannel's
// channels. Settled asks for roll-ups; otherwise every day may be out of date.
type Filled func(t *testing.T, w *World, settled bool) warehouse.Reader

// Effort is how many worlds are asked how many rounds of random questions; Whole asks each
// world both settled and not, and by every field.
type Effort struct {
	Worlds, Rounds int
	Whole          bool
}

// Read holds a reader to the plain loops of World, on random worlds and random questions.
func Read(t *testing.T, effort Effort, filled Filled) {
	for seed := range uint64(effort.Worlds) {
		w := NewWorld(seed, 70)
		for _, settled := range []bool{false, true} {
			if settled != (seed%2 == 1) && !effort.Whole {
				continue
			}
			t.Run(fmt.Sprintf("world %d settled %v", seed, settled), func(t *testing.T) {
				q := &questioner{T: t, whole: effort.Whole, w: w, r: filled(t, w, settled), rnd: rand.New(rand.NewPCG(seed, 7))}
				q.fixed()
				for range effort.Rounds {
					q.scope = q.anyScope()
					q.everything()
				}
			})
		}
	}
}

// questioner asks one world.
type questioner struct {
	*testing.T
	whole bool
	w     *World
	r     warehouse.Reader
	rnd   *rand.Rand
	scope warehouse.Scope
}

var wholeWorld = series.Span{From: FirstDay - 1, To: FirstDay + WorldDays + 6}

func (q *questioner) fixed() {
	q.scope = warehouse.Scope{Workspace: Home, Span: wholeWorld}
	q.everything()
	q.scope.WithBots = true
	q.everything()
	q.newest()
}

var filterFields = []warehouse.Field{
	warehouse.FieldPage, warehouse.FieldEntry, warehouse.FieldExit, warehouse.FieldSource, warehouse.FieldMedium,
	warehouse.FieldCampaign, warehouse.FieldContent, warehouse.FieldChannel, warehouse.FieldDevice, warehouse.FieldOS,
	warehouse.FieldEvent, warehouse.FieldTitle, warehouse.FieldKey, warehouse.FieldProperty, warehouse.FieldReferrer,
}

func (q *questioner) anyScope() warehouse.Scope {
	from := FirstDay + series.Day(q.rnd.IntN(WorldDays))
	s := warehouse.Scope{Workspace: Home, Span: series.Span{From: from, To: from + series.Day(q.rnd.IntN(WorldDays))}, WithBots: q.rnd.IntN(5) == 0}
	for range q.rnd.IntN(3) {
		s.Filters = append(s.Filters, q.anyFilter())
	}
	return s
}

func (q *questioner) anyFilter() warehouse.Filter {
	f := warehouse.Filter{Field: pick(q.rnd, filterFields), Op: pick(q.rnd, []warehouse.Op{warehouse.Is, warehouse.Is, warehouse.Not, warehouse.Contains, warehouse.Starts})}
	if f.Field == warehouse.FieldProperty {
		f.Property = pick(q.rnd, []string{"plan", "a.b/c~", "n", "nowhere"})
	}
	for range 1 + q.rnd.IntN(2) {
		f.Values = append(f.Values, q.anyValue(f))
	}
	return f
}

func (q *questioner) anyValue(filter warehouse.Filter) string {
	f := pick(q.rnd, q.w.facts)
	value := ofFact(f, filter)
	if f.Stay != nil {
		if of, ok := ofVisit(f.Stay, filter.Field); ok {
			value = of
		}
	}
	if filter.Op == warehouse.Contains || filter.Op == warehouse.Starts {
		if runes := []rune(value); len(runes) > 1 {
			return string(runes[:1+q.rnd.IntN(len(runes)-1)])
		}
	}
	return value
}

func (q *questioner) anyStep() warehouse.Step {
	var s warehouse.Step
	if q.rnd.IntN(2) == 0 {
		s.Page = pick(q.rnd, append([]string{"/cases/*", "*"}, worldPages...))
	} else {
		s.Event = pick(q.rnd, []string{"Inquiry Submitted", event.Download, "Deal Won"})
	}
	if q.rnd.IntN(4) == 0 {
		f := q.anyFilter()
		if f.Field != warehouse.FieldEvent {
			s.Filters = []warehouse.Filter{f}
		}
	}
	return s
}

func pick[T any](rnd *rand.Rand, list []T) T { return list[rnd.IntN(len(list))] }

// same compares answers; no answer and an empty one are the same.
func same[T any](q *questioner, what string, got, want T, err error) {
	q.Helper()
	if err != nil {
		q.Fatalf("%s of %+v: %v", what, q.scope, err)
	}
	if diff := gocmp.Diff(want, got, cmpopts.EquateEmpty(), cmpopts.EquateApprox(0, 1e-9)); diff != "" {
		q.Errorf("%s of %+v (-want +got):\n%s", what, q.scope, diff)
	}
}

func (q *questioner) everything() {
	q.Helper()
	q.numbers()
	q.metrics()
	q.paths()
	q.doings()
	q.rows()
}

var groupFields = []warehouse.Field{
	warehouse.FieldPage, warehouse.FieldEntry, warehouse.FieldExit, warehouse.FieldHost, warehouse.FieldSource, warehouse.FieldMedium,
	warehouse.FieldCampaign, warehouse.FieldChannel, warehouse.FieldDevice, warehouse.FieldBrowser, warehouse.FieldOS,
	warehouse.FieldLanguage, warehouse.FieldEvent, warehouse.FieldTitle, warehouse.FieldKey,
}

func (q *questioner) numbers() {
	ctx := q.Context()
	total, days := q.w.Totals(q.scope)
	fields := groupFields[:13] // the roll-ups know these
	if q.rnd.IntN(3) == 0 {
		fields = groupFields
	}
	got, err := q.r.Overview(ctx, q.scope, fields, 100)
	same(q, "totals", got.Totals, total, err)
	var wantDays []warehouse.DayTotals
	for day := q.scope.Span.From; day <= q.scope.Span.To; day++ {
		wantDays = append(wantDays, warehouse.DayTotals{Day: day, Totals: days[day]})
	}
	if len(got.Days) != len(wantDays) {
		q.Fatalf("%d days of %v", len(got.Days), q.scope.Span)
	}
	for i := range got.Days {
		got.Days[i].Unique = wantDays[i].Unique // a day without anybody knows it, either way
	}
	same(q, "days", got.Days, wantDays, nil)
	for _, field := range fields {
		want := q.w.Groups(q.scope, field)
		overview := slices.Clone(want)
		for i := range overview {
			overview[i].Visitors, overview[i].Unique = 0, false
		}
		groups := got.Groups[field]
		for i := range groups {
			groups[i].Visitors, groups[i].Unique = 0, false
		}
		same(q, "overview by "+string(field), groups, overview, nil)
		if !q.whole && q.rnd.IntN(5) > 0 {
			continue
		}
		page := warehouse.Paging{Limit: 1 + q.rnd.IntN(5), Offset: q.rnd.IntN(3)}
		groups, err = q.r.Breakdown(ctx, q.scope, field, page)
		same(q, fmt.Sprintf("breakdown by %s %+v", field, page), groups, paged(want, page), err)
	}
	names, err := q.r.Names(ctx, q.scope, 100)
	var wantNames []warehouse.NameCount
	for _, g := range q.w.Groups(q.scope, warehouse.FieldEvent) {
		wantNames = append(wantNames, warehouse.NameCount{Name: g.Value, Count: g.Events})
	}
	for i := range names {
		names[i].Last = 0
	}
	same(q, "names", names, wantNames, err)
	traffic, err := q.r.Traffic(ctx, q.scope)
	var visits, views, bounces int64
	for _, t := range traffic {
		visits, views, bounces = visits+t.Visits, views+t.Views, bounces+t.Bounces
	}
	same(q, "traffic", [2]int64{visits, bounces}, [2]int64{total.Visits, total.Bounces}, err)
}

// endOf is the part of a message id that is kept for good: of old events an engine may
// forget the rest.
func endOf(id string) string { return id[len(id)-12:] }

func paged[T any](list []T, page warehouse.Paging) []T {
	from := min(page.Offset, len(list))
	return list[from:min(from+page.Limit, len(list))]
}

func (q *questioner) metrics() {
	m := warehouse.Metric{Count: pick(q.rnd, []string{"events", "views", "visits", "visitors", "value", "engaged_seconds", "bounces"})}
	if q.rnd.IntN(2) == 0 {
		m.Event = pick(q.rnd, []string{"Inquiry Submitted", "Deal Won"})
	}
	if q.rnd.IntN(3) == 0 {
		m.Filters = []warehouse.Filter{q.anyFilter()}
	}
	fields := []warehouse.Field{warehouse.FieldChannel, warehouse.FieldDevice, warehouse.FieldSource, warehouse.FieldEntry}
	for range q.rnd.IntN(4) {
		m.ByFields = append(m.ByFields, pick(q.rnd, fields))
	}
	days, parts := q.w.Metric(q.scope, m)
	got, err := q.r.Metric(q.Context(), q.scope, m)
	if err != nil {
		q.Fatalf("metric %+v of %+v: %v", m, q.scope, err)
	}
	for _, d := range got {
		want := days[d.Day]
		if d.Dimensions != nil {
			want = parts[d.Day][strings.Join(d.Dimensions, "\x00")+"\x00"]
			delete(parts[d.Day], strings.Join(d.Dimensions, "\x00")+"\x00")
		} else {
			delete(days, d.Day)
		}
		if math.Abs(d.Value-want) > 1e-9 {
			q.Errorf("metric %+v of %+v: %v %q is %v, want %v", m, q.scope, d.Day, d.Dimensions, d.Value, want)
		}
	}
	for day, left := range days {
		if left != 0 {
			q.Errorf("metric %+v of %+v: %v is missing, want %v", m, q.scope, day, left)
		}
	}
	if len(m.ByFields) == 0 {
		return
	}
	for day, left := range parts {
		for key, value := range left {
			if value != 0 {
				q.Errorf("metric %+v of %+v: %v %q is missing, want %v", m, q.scope, day, key, value)
			}
		}
	}
}

func (q *questioner) paths() {
	ctx := q.Context()
	goal := pick(q.rnd, append([]string{"", "/cases/*"}, worldPages...))
	transitions, err := q.r.Transitions(ctx, q.scope, goal, 1000)
	same(q, "transitions to "+goal, transitions, q.w.Transitions(q.scope, goal), err)
	f := warehouse.Funnel{Window: pick(q.rnd, []int64{60_000, 3_600_000, 7 * 86_400_000, 40 * 86_400_000})}
	for range 1 + q.rnd.IntN(4) {
		f.Steps = append(f.Steps, q.anyStep())
	}
	steps, err := q.r.Funnel(ctx, q.scope, f)
	same(q, fmt.Sprintf("funnel %+v", f), steps, q.w.Funnel(q.scope, f), err)
	c := warehouse.CohortQuery{Grain: pick(q.rnd, []series.Grain{series.GrainWeek, series.GrainMonth}), Periods: 1 + q.rnd.IntN(6)}
	if q.rnd.IntN(2) == 0 {
		step := q.anyStep()
		c.Outcome = &step
	}
	cohorts, err := q.r.Cohorts(ctx, q.scope, c)
	same(q, fmt.Sprintf("cohorts %+v", c), cohorts, q.w.Cohorts(q.scope, c), err)
	j := warehouse.JourneyQuery{Outcome: q.anyStep(), LookbackDays: q.rnd.IntN(40)}
	journeys, err := q.r.Journeys(ctx, q.scope, j)
	for i := range journeys {
		if journeys[i].Person == "" {
			q.Errorf("a journey of nobody: %+v", journeys[i])
		}
		journeys[i].Person = ""
	}
	same(q, fmt.Sprintf("journeys %+v", j), journeys, q.w.Journeys(q.scope, j), err)
}

func (q *questioner) rows() {
	ctx := q.Context()
	want := q.w.Rows(q.scope)
	page := warehouse.Paging{Limit: 1 + q.rnd.IntN(30), Offset: q.rnd.IntN(2) * q.rnd.IntN(20)}
	rows, err := q.r.Events(ctx, q.scope, page)
	var got []string
	for _, row := range rows {
		got = append(got, endOf(row.MessageID))
	}
	same(q, "events", got, paged(want, page), err)
	var file bytes.Buffer
	if err := q.r.Export(ctx, q.scope, "csv", &file); err != nil {
		q.Fatalf("export %+v: %v", q.scope, err)
	}
	table, err := csv.NewReader(&file).ReadAll()
	if err != nil || len(table) == 0 {
		q.Fatalf("read an export of %+v: %v, %d lines", q.scope, err, len(table))
	}
	got = nil
	column := slices.Index(table[0], "id")
	for _, line := range table[1:] {
		got = append(got, endOf(line[column]))
		for _, cell := range line {
			if strings.HasPrefix(cell, "=") {
				q.Errorf("a cell that a spreadsheet runs: %q", cell)
			}
		}
	}
	slices.Reverse(got)
	same(q, "export", got, want, nil)
	field := pick(q.rnd, filterFields)
	property := ""
	if field == warehouse.FieldProperty {
		property = "plan"
	}
	values, err := q.r.Values(ctx, q.scope, field, property, "", 1000)
	if err != nil || slices.Contains(values, "") {
		q.Errorf("values of %s: %v, %q", field, err, values)
	}
	person := q.w.facts[q.rnd.IntN(len(q.w.facts))]
	id := cmp.Or(person.UserID, person.AnonymousID, person.Visitor)
	if person.Bot != "" {
		return
	}
	rows, err = q.r.Person(ctx, Home, warehouse.Who{ID: id})
	got, want = nil, nil
	for _, row := range rows {
		got = append(got, endOf(row.MessageID))
	}
	for _, f := range q.w.facts {
		if f.Person == person.Person {
			want = append(want, endOf(f.MessageID))
		}
	}
	same(q, "person "+id, got, want, err)
}
