package warehousetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/series"
)

// story is a few events written down by hand. Moments are "day hh:mm:ss" of November 2026
// in Tokyo.
type story struct{ events []event.Event }

func clock(text string) event.Millis {
	at, err := time.ParseInLocation("2006-01-02 15:04:05", "2026-11-"+text, tokyo)
	if err != nil {
		panic(fmt.Sprintf("a story's moment %q: %v", text, err))
	}
	return event.Millis(at.UnixMilli())
}

func (s *story) add(e event.Event) *story {
	e.Workspace, e.ReceivedAt = Home, e.At
	e.MessageID = fmt.Sprintf("00000000-0000-4000-8000-%012d", len(s.events))
	s.events = append(s.events, e)
	return s
}

func (s *story) view(who, at, path string, change ...func(*event.Event)) *story {
	e := event.Event{Kind: event.Page, Visitor: who, AnonymousID: who, At: clock(at), Host: "example.jp", Path: path}
	for _, each := range change {
		each(&e)
	}
	return s.add(e)
}

func (s *story) does(who, at, name, path string, change ...func(*event.Event)) *story {
	e := event.Event{Kind: event.Track, Name: name, Visitor: who, AnonymousID: who, At: clock(at), Host: "example.jp", Path: path}
	for _, each := range change {
		each(&e)
	}
	return s.add(e)
}

// crowd is so many visitors who send something without having asked. Engines take another
// way with many rows than with few.
func crowd(size int) *story {
	s := new(story)
	for i := range size {
		who := fmt.Sprintf("of the crowd %d", i)
		s.view(who, "10 09:00:00", "/").does(who, "10 09:30:00", "Sent", "/")
	}
	return s
}

func (s *story) knows(who, user, at string) *story {
	return s.add(event.Event{Kind: event.Identify, Visitor: who, AnonymousID: who, UserID: user, At: clock(at), Host: "example.jp", Path: "/"})
}

func (s *story) tells(user, at, name string, value float64) *story {
	return s.add(event.Event{Kind: event.Track, Name: name, Visitor: user, UserID: user, At: clock(at), Value: value})
}

func from(source, medium string) func(*event.Event) {
	return func(e *event.Event) { e.Campaign = event.Campaign{Source: source, Medium: medium} }
}

func engaged(ms int64) func(*event.Event) { return func(e *event.Event) { e.EngagedMillis = ms } }
func robot(e *event.Event)                { e.Bot = "crawler" }
func cookieless(e *event.Event)           { e.Cookieless, e.AnonymousID = true, "" }
func properties(json string) func(*event.Event) {
	return func(e *event.Event) { e.Properties = []byte(json) }
}

var november = series.Span{From: series.Date(2026, 11, 1), To: series.Date(2026, 11, 30)}

// ReadCases are stories whose numbers were worked out by hand.
func ReadCases(t *testing.T, filled Filled) {
	home := warehouse.Scope{Workspace: Home, Span: november}
	for _, c := range []struct {
		name  string
		story *story
		ask   func(context.Context, warehouse.Reader) (any, error)
		want  any
	}{
		{
			"a visit past midnight is one, its views are of their days",
			new(story).view("a", "10 23:50:00", "/").view("a", "11 00:10:00", "/pricing"),
			func(ctx context.Context, r warehouse.Reader) (any, error) {
				o, err := r.Overview(ctx, home, nil, 0)
				if err != nil {
					return nil, err
				}
				first, second := o.Days[9], o.Days[10]
				return []int64{o.Totals.Visitors, o.Totals.DailyVisitors, o.Totals.Visits, o.Totals.VisitMillis, first.Visits, first.Views, first.Visitors, second.Visits, second.Views, second.Visitors}, nil
			},
			[]int64{1, 2, 1, 20 * 60_000, 1, 1, 1, 0, 1, 1},
		},
		{
			"one view looked at for less than ten seconds is a bounce",
			new(story).
				view("short", "10 10:00:00", "/").does("short", "10 10:00:09", event.Engagement, "/", engaged(9_999)).
				view("long", "10 10:00:00", "/").does("long", "10 10:00:10", event.Engagement, "/", engaged(10_000)).
				view("busy", "10 10:00:00", "/").does("busy", "10 10:00:01", event.Download, "/"),
			func(ctx context.Context, r warehouse.Reader) (any, error) {
				o, err := r.Overview(ctx, home, nil, 0)
				return []int64{o.Totals.Visits, o.Totals.Bounces, o.Totals.Events, o.Totals.EngagedMillis}, err
			},
			[]int64{3, 1, 1, 19_999},
		},
		{
			"without cookies, two days are two visitors, and it is said so",
			new(story).view("x1", "10 10:00:00", "/", cookieless).view("x2", "11 10:00:00", "/", cookieless),
			func(ctx context.Context, r warehouse.Reader) (any, error) {
				o, err := r.Overview(ctx, home, nil, 0)
				return []any{o.Totals.DailyVisitors, o.Totals.Cookieless}, err
			},
			[]any{int64(2), true},
		},
		{
			"robots are seen by whoever asks for them",
			new(story).view("a", "10 10:00:00", "/").view("google", "10 10:00:00", "/", robot),
			func(ctx context.Context, r warehouse.Reader) (any, error) {
				without, err := r.Overview(ctx, home, nil, 0)
				if err != nil {
					return nil, err
				}
				s := home
				s.WithBots = true
				with, err := r.Overview(ctx, s, nil, 0)
				return []int64{without.Totals.Views, with.Totals.Views}, err
			},
			[]int64{1, 2},
		},
		{
			"a step at the end of the window counts, one millisecond later does not",
			new(story).
				view("in", "10 10:00:00", "/").does("in", "10 11:00:00", "Sent", "/").
				view("out", "10 10:00:00", "/").does("out", "10 11:00:01", "Sent", "/"),
			func(ctx context.Context, r warehouse.Reader) (any, error) {
				return r.Funnel(ctx, home, warehouse.Funnel{Window: 3_600_000, Steps: []warehouse.Step{{Page: "/"}, {Event: "Sent"}}})
			},
			[]warehouse.FunnelStep{{People: 2}, {People: 1, MedianMillis: 3_600_000}},
		},
		{
			"who missed a step passes none after it, in a crowd too",
			crowd(2000).view("a", "10 10:00:00", "/").does("a", "10 10:01:00", "Asked", "/").does("a", "10 10:02:00", "Sent", "/"),
			func(ctx context.Context, r warehouse.Reader) (any, error) {
				return r.Funnel(ctx, home, warehouse.Funnel{Window: 3_600_000, Steps: []warehouse.Step{{Page: "/"}, {Event: "Asked"}, {Event: "Sent"}}})
			},
			[]warehouse.FunnelStep{{People: 2001}, {People: 1, MedianMillis: 60_000}, {People: 1, MedianMillis: 60_000}},
		},
		{
			"a page viewed twice takes two views, by one person on two devices",
			new(story).
				view("phone", "10 10:00:00", "/pricing").knows("phone", "u", "10 10:01:00").
				view("desk", "12 10:00:00", "/pricing").knows("desk", "u", "12 10:01:00").
				view("other", "12 10:00:00", "/pricing"),
			func(ctx context.Context, r warehouse.Reader) (any, error) {
				return r.Funnel(ctx, home, warehouse.Funnel{Window: 7 * 86_400_000, Steps: []warehouse.Step{{Page: "/pricing"}, {Page: "/pri*"}}})
			},
			[]warehouse.FunnelStep{{People: 2}, {People: 1, MedianMillis: 2 * 86_400_000}},
		},
		{
			"a reload is no step",
			new(story).view("a", "10 10:00:00", "/").view("a", "10 10:01:00", "/").view("a", "10 10:02:00", "/contact"),
			func(ctx context.Context, r warehouse.Reader) (any, error) {
				return r.Transitions(ctx, home, "/contact", 10)
			},
			[]warehouse.Transition{{From: "", To: "/", Count: 1, Visits: 1}, {From: "/", To: "/contact", Count: 1, Visits: 1}, {From: "/contact", To: "", Count: 1, Visits: 1}},
		},
		{
			"a deal the server tells of has the visits of both devices before it",
			new(story).
				view("phone", "10 10:00:00", "/cases", from("x", "social")).knows("phone", "u", "10 10:01:00").
				view("desk", "12 10:00:00", "/pricing", from("news", "email")).knows("desk", "u", "12 10:01:00").
				tells("u", "20 09:00:00", "Deal Won", 500_000).
				view("desk", "21 10:00:00", "/"),
			func(ctx context.Context, r warehouse.Reader) (any, error) {
				journeys, err := r.Journeys(ctx, home, warehouse.JourneyQuery{Outcome: warehouse.Step{Event: "Deal Won"}, LookbackDays: 30})
				var out []string
				for _, j := range journeys {
					out = append(out, fmt.Sprint(j.Value))
					for _, touch := range j.Touches {
						out = append(out, touch.Campaign.Source+" "+touch.Entry)
					}
				}
				return out, err
			},
			[]string{"500000", "x /cases", "news /pricing"},
		},
		{
			"a property may be called anything",
			new(story).
				does("a", "10 10:00:00", "Sent", "/", properties(`{"$.a[*]/~\"x":"yes","n":1.5,"deep":{"k":"v"}}`)).
				does("a", "10 10:01:00", "Sent", "/", properties(`{"n":2}`)).
				does("a", "10 10:02:00", "Sent", "/"),
			func(ctx context.Context, r warehouse.Reader) (any, error) {
				var out []int
				for _, f := range []warehouse.Filter{
					{Field: warehouse.FieldProperty, Property: `$.a[*]/~"x`, Op: warehouse.Is, Values: []string{"yes"}},
					{Field: warehouse.FieldProperty, Property: "n", Op: warehouse.Is, Values: []string{"1.5"}},
					{Field: warehouse.FieldProperty, Property: "n", Op: warehouse.Is, Values: []string{""}},
					{Field: warehouse.FieldProperty, Property: "deep.k", Op: warehouse.Is, Values: []string{"v"}},
				} {
					s := home
					s.Filters = []warehouse.Filter{f}
					rows, err := r.Events(ctx, s, warehouse.Paging{Limit: 10})
					if err != nil {
						return nil, err
					}
					out = append(out, len(rows))
				}
				return out, nil
			},
			[]int{1, 1, 1, 0},
		},
		{
			"cells that a spreadsheet would run are made harmless, in a file with a mark",
			new(story).does("a", "10 10:00:00", "=SUM(A1)", "/", func(e *event.Event) { e.Title, e.Query, e.Language, e.Library = "+1", "-x", "@y", "＝2" }),
			func(ctx context.Context, r warehouse.Reader) (any, error) {
				var file bytes.Buffer
				err := r.Export(ctx, home, "csv-bom", &file)
				text := file.String()
				return []bool{
					strings.HasPrefix(text, "\uFEFF"), strings.Contains(text, ",'=SUM(A1),"), strings.Contains(text, ",'+1,"),
					strings.Contains(text, ",'-x,"), strings.Contains(text, ",'@y,"), strings.Contains(text, ",'＝2,"), strings.Contains(text, "2026-11-10T01:00:00.000Z"),
				}, err
			},
			[]bool{true, true, true, true, true, true, true},
		},
		{
			"columns are there for engines that read parquet",
			new(story).view("a", "10 10:00:00", "/"),
			func(ctx context.Context, r warehouse.Reader) (any, error) {
				var file bytes.Buffer
				err := r.Export(ctx, home, "parquet", &file)
				return strings.HasPrefix(file.String(), "PAR1") && strings.HasSuffix(file.String(), "PAR1"), err
			},
			true,
		},
		{
			"nothing of a workspace is seen from another, known or not",
			new(story).view("a", "10 10:00:00", "/").tells("u", "10 10:00:00", "Deal Won", 1),
			func(ctx context.Context, r warehouse.Reader) (any, error) {
				for _, ws := range []event.Workspace{"nobody", "home' OR '1'='1", Stranger} {
					s := home
					s.Workspace = ws
					seen, err := seenOf(ctx, r, s)
					if err != nil || seen != "" {
						return string(ws) + " sees " + seen, err
					}
				}
				return "", nil
			},
			"",
		},
		{
			"a question without a workspace is refused",
			new(story).view("a", "10 10:00:00", "/"),
			func(ctx context.Context, r warehouse.Reader) (any, error) {
				_, err := r.Overview(ctx, warehouse.Scope{Span: november}, nil, 0)
				return err != nil, nil
			},
			true,
		},
		{
			"a question that is called off ends",
			new(story).view("a", "10 10:00:00", "/"),
			func(ctx context.Context, r warehouse.Reader) (any, error) {
				ctx, cancel := context.WithCancel(ctx)
				cancel()
				_, err := r.Overview(ctx, home, nil, 0)
				return errors.Is(err, context.Canceled), nil
			},
			true,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := worldOf(slices.Clone(c.story.events))
			got, err := c.ask(t.Context(), filled(t, w, true))
			if err != nil {
				t.Fatal(err)
			}
			if diff := gocmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// seenOf asks everything that could show something of a scope and says what did.
func seenOf(ctx context.Context, r warehouse.Reader, s warehouse.Scope) (string, error) {
	var seen []string
	var failed error
	note := func(what string, n int, err error) {
		failed = errors.Join(failed, err)
		if n > 0 {
			seen = append(seen, what)
		}
	}
	o, err := r.Overview(ctx, s, groupFields, 10)
	note("an overview", int(o.Totals.Views+o.Totals.Events)+len(o.Groups[warehouse.FieldPage]), err)
	groups, err := r.Breakdown(ctx, s, warehouse.FieldPage, warehouse.Paging{Limit: 10})
	note("a breakdown", len(groups), err)
	traffic, err := r.Traffic(ctx, s)
	note("traffic", len(traffic), err)
	transitions, err := r.Transitions(ctx, s, "", 10)
	note("transitions", len(transitions), err)
	steps, err := r.Funnel(ctx, s, warehouse.Funnel{Window: 1000, Steps: []warehouse.Step{{Page: "*"}}})
	note("a funnel", int(steps[0].People), err)
	cohorts, err := r.Cohorts(ctx, s, warehouse.CohortQuery{Grain: series.GrainWeek, Periods: 3})
	note("cohorts", len(cohorts), err)
	journeys, err := r.Journeys(ctx, s, warehouse.JourneyQuery{Outcome: warehouse.Step{Event: "Deal Won"}, LookbackDays: 3})
	note("journeys", len(journeys), err)
	days, err := r.Metric(ctx, s, warehouse.Metric{Count: "views"})
	note("a metric", len(days), err)
	names, err := r.Names(ctx, s, 10)
	note("names", len(names), err)
	values, err := r.Values(ctx, s, warehouse.FieldPage, "", "", 10)
	note("values", len(values), err)
	rows, err := r.Events(ctx, s, warehouse.Paging{Limit: 10})
	note("events", len(rows), err)
	for _, who := range []warehouse.Who{{ID: "a"}, {ID: "u"}, {Person: "#0"}, {Person: "#1"}, {Person: "#2"}, {}} {
		rows, err = r.Person(ctx, s.Workspace, who)
		note("a person", len(rows), err)
	}
	var file bytes.Buffer
	err = r.Export(ctx, s, "csv", &file)
	note("an export", max(0, strings.Count(file.String(), "\n")-1), err)
	return strings.Join(seen, ", "), failed
}
