package query

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/series"
)

// question is every question that can be asked, with one scope and some texts in it.
type question struct {
	name string
	ask  func(Dialect, Scope, string) (Statement, error)
}

var questions = []question{
	{"rolled", func(d Dialect, s Scope, _ string) (Statement, error) { return Rolled(d, s) }},
	{"dirty", func(d Dialect, s Scope, _ string) (Statement, error) { return Dirty(d, s) }},
	{"forgotten", func(d Dialect, s Scope, _ string) (Statement, error) { return Forgotten(d, s) }},
	{"rolled people", func(d Dialect, s Scope, _ string) (Statement, error) { return RolledPeople(d, s) }},
	{"rolled fields", func(d Dialect, s Scope, _ string) (Statement, error) {
		return RolledFields(d, s, []warehouse.Field{warehouse.FieldPage, warehouse.FieldChannel, warehouse.FieldSource}, 1000)
	}},
	{"groups", func(d Dialect, s Scope, _ string) (Statement, error) {
		s.Filters = nil // with filters it is Counted
		return Groups(d, s, []warehouse.Field{warehouse.FieldPage, warehouse.FieldChannel, warehouse.FieldDevice, warehouse.FieldEvent}, warehouse.Paging{Limit: 10})
	}},
	{"counted", func(d Dialect, s Scope, _ string) (Statement, error) {
		return Counted(d, s, []warehouse.Field{warehouse.FieldPage, warehouse.FieldChannel, warehouse.FieldDevice, warehouse.FieldEvent})
	}},
	{"weights", func(d Dialect, s Scope, _ string) (Statement, error) { return Weights(d, s) }},
	{"visitors", func(d Dialect, s Scope, text string) (Statement, error) {
		return Visitors(d, s, warehouse.FieldSource, []string{text})
	}},
	{"visitors at once", func(d Dialect, s Scope, text string) (Statement, error) {
		return VisitorsAtOnce(d, s, warehouse.FieldPage, []string{"/" + text, "/"})
	}},
	{"traffic", func(d Dialect, s Scope, _ string) (Statement, error) { return TrafficDays(d, s) }},
	{"transitions", func(d Dialect, s Scope, text string) (Statement, error) { return Transitions(d, s, "/"+text) }},
	{"funnel", func(d Dialect, s Scope, text string) (Statement, error) {
		return Funnel(d, s, warehouse.Funnel{Window: dayMillis, Steps: []warehouse.Step{
			{Page: "/" + text + "*"},
			{Event: "e" + text, Filters: []warehouse.Filter{{Field: warehouse.FieldProperty, Property: text + "p", Op: warehouse.Is, Values: []string{text}}}},
		}})
	}},
	{"cohorts", func(d Dialect, s Scope, text string) (Statement, error) {
		return Cohorts(d, s, warehouse.CohortQuery{Grain: series.GrainMonth, Periods: 6, Outcome: &warehouse.Step{Event: "e" + text}})
	}},
	{"journeys", func(d Dialect, s Scope, text string) (Statement, error) {
		return Journeys(d, s, warehouse.JourneyQuery{Outcome: warehouse.Step{Event: "e" + text}, LookbackDays: 30, Limit: 100})
	}},
	{"metric", func(d Dialect, s Scope, text string) (Statement, error) {
		return Metric(d, s, warehouse.Metric{Count: "visitors", Event: "e" + text, ByFields: []warehouse.Field{warehouse.FieldChannel, warehouse.FieldDevice}})
	}},
	{"events", func(d Dialect, s Scope, _ string) (Statement, error) {
		return EventRows(d, s, warehouse.Paging{Limit: 50, Offset: 100})
	}},
	{"newest", func(d Dialect, s Scope, _ string) (Statement, error) { return Newest(d, s) }},
	{"export", func(d Dialect, s Scope, _ string) (Statement, error) { return Export(d, s, true) }},
	{"stretches", func(d Dialect, s Scope, _ string) (Statement, error) { return Stretches(d, s) }},
	{"export piece", func(d Dialect, s Scope, _ string) (Statement, error) { return ExportPiece(d, s, true, 1000, 2000) }},
	{"values", func(d Dialect, s Scope, text string) (Statement, error) {
		return Values(d, s, warehouse.FieldProperty, text+"p", text, 20)
	}},
	{"person", func(d Dialect, s Scope, text string) (Statement, error) {
		return PersonRows(d, s.Key, []string{"u:" + text}, 3)
	}},
	{"doings", func(d Dialect, s Scope, text string) (Statement, error) {
		return Doings(d, s, []condition.Matcher{{Page: text + "*"}, {Event: "e" + text, Page: "/" + text, Where: []condition.Property{
			{Key: text + "k", Op: condition.Is, Values: []string{text}}, {Key: "n", Op: condition.AtLeast, Values: []string{"3"}},
			{Key: "n", Op: condition.IsNot, Values: []string{text}}, {Key: "n", Op: condition.Contains, Values: []string{text}}, {Key: "n", Op: condition.Known},
		}}})
	}},
	{"occurred", func(d Dialect, s Scope, text string) (Statement, error) {
		return Occurred(d, s, condition.Matcher{Event: "e" + text, Where: []condition.Property{{Key: "k", Op: condition.Is, Values: []string{text}}}})
	}},
	{"ways", func(d Dialect, s Scope, _ string) (Statement, error) { return Ways(d, s.Key, 4) }},
	{"merged", func(d Dialect, s Scope, _ string) (Statement, error) { return Merged(d, s.Key) }},
	{"person stamp", func(d Dialect, s Scope, _ string) (Statement, error) { return PersonStamp(d, s.Key) }},
	{"collected", func(d Dialect, s Scope, _ string) (Statement, error) { return Collected(d, s.Key) }},
	{"last seen", func(d Dialect, s Scope, text string) (Statement, error) {
		return LastSeen(d, s.Key, []string{text + "e"})
	}},
}

func scopeOf(filters ...warehouse.Filter) Scope {
	day := series.Date(2026, 11, 1)
	return Scope{
		Scope: warehouse.Scope{Workspace: "w", Span: series.Span{From: day, To: day + 29}, Filters: filters},
		Key:   7, Days: []series.Day{day + 28, day + 29},
		Ways: []Way{{ID: 0, Channel: "direct"}, {ID: 1, Channel: "social", Traffic: warehouse.Traffic{Campaign: event.Campaign{Source: "x"}}}},
	}
}

var someFilters = []warehouse.Filter{
	{Field: warehouse.FieldChannel, Op: warehouse.Is, Values: []string{"social"}},
	{Field: warehouse.FieldPage, Op: warehouse.Starts, Values: []string{"/cases", "/料金"}},
	{Field: warehouse.FieldEvent, Op: warehouse.Is, Values: []string{"Inquiry Submitted"}},
	{Field: warehouse.FieldProperty, Property: "plan", Op: warehouse.Not, Values: []string{"free"}},
}

// What is asked of each engine is on record: a change shows in the diff of these files.
func TestStatements(t *testing.T) {
	for name, dialect := range map[string]Dialect{"duckdb": DuckDB, "clickhouse": ClickHouse} {
		var out strings.Builder
		for _, q := range questions {
			for _, s := range []struct {
				how   string
				scope Scope
			}{{"plain", scopeOf()}, {"filtered", scopeOf(someFilters...)}} {
				statement, err := q.ask(dialect, s.scope, "text")
				if err != nil {
					t.Fatalf("%s: %v", q.name, err)
				}
				fmt.Fprintf(&out, "-- %s, %s\n%s\n-- %v\n\n", q.name, s.how, statement.Text, statement.Args)
			}
		}
		file := "testdata/" + name + ".sql"
		if os.Getenv("UPDATE_GOLDEN") != "" {
			if err := os.WriteFile(file, []byte(out.String()), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if string(want) != out.String() {
			t.Errorf("%s differs from what is asked now; see the diff after UPDATE_GOLDEN=1 go test ./internal/measure/warehouse/query", file)
		}
	}
}

func TestNoQuestionWithoutWorkspace(t *testing.T) {
	for _, q := range questions {
		for _, break_ := range []func(*Scope){
			func(s *Scope) { s.Key = 0 },
			func(s *Scope) { s.Key, s.Workspace = 0, "" },
		} {
			s := scopeOf(someFilters...)
			break_(&s)
			if got, err := q.ask(DuckDB, s, "text"); !errors.Is(err, ErrNoWorkspace) {
				t.Errorf("%s without a workspace: %v, %q", q.name, err, got.Text)
			}
		}
	}
	if _, err := Compile(DuckDB, 0, &Select{Columns: []Column{{one, ""}}}); !errors.Is(err, ErrNoWorkspace) {
		t.Errorf("compile without a workspace: %v", err)
	}
}

// Every table that is read is narrowed to the workspace in the same statement, as often as
// it is read.
func TestEveryTableIsNarrowed(t *testing.T) {
	for _, q := range questions {
		for _, s := range []Scope{scopeOf(), scopeOf(someFilters...)} {
			statement, err := q.ask(DuckDB, s, "text")
			if err != nil {
				t.Fatalf("%s: %v", q.name, err)
			}
			read := 0
			for _, name := range tables {
				read += strings.Count(statement.Text, " "+string(name)+" AS ")
			}
			if narrowed := strings.Count(statement.Text, ".ws = ?"); read == 0 || narrowed != read {
				t.Errorf("%s reads %d tables and narrows %d:\n%s", q.name, read, narrowed, statement.Text)
			}
		}
	}
}

// The text of a statement depends on the form of a question alone: two questions that
// differ in their values have the same text, so no value can be in it.
func TestValuesAreNeverText(t *testing.T) {
	fields := []warehouse.Field{
		warehouse.FieldPage, warehouse.FieldHost, warehouse.FieldEntry, warehouse.FieldSource, warehouse.FieldChannel, warehouse.FieldDevice,
		warehouse.FieldEvent, warehouse.FieldTitle, warehouse.FieldKey, warehouse.FieldProperty,
	}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringMatching(`['";\\?%-]{0,4}(DROP|OR 1=1|\$1|%0)?['"]?`)).Draw(t, "text")
		f := warehouse.Filter{Field: rapid.SampledFrom(fields).Draw(t, "field"), Op: rapid.SampledFrom([]warehouse.Op{warehouse.Is, warehouse.Not, warehouse.Contains, warehouse.Starts}).Draw(t, "op")}
		q := rapid.SampledFrom(questions).Draw(t, "question")
		dialect := rapid.SampledFrom([]Dialect{DuckDB, ClickHouse}).Draw(t, "dialect")
		ask := func(text string) string {
			f := f
			f.Values = []string{text}
			f.Property = "p" + text
			s := scopeOf(f)
			// Which ways in fit is a value, too; their number is not the question here.
			s.Ways = []Way{{ID: 1, Channel: text, Traffic: warehouse.Traffic{Campaign: event.Campaign{Source: text}}}}
			statement, err := q.ask(dialect, s, strings.ReplaceAll(text, "*", ""))
			if err != nil {
				t.Fatalf("%s %+v: %v", q.name, f, err)
			}
			if n := strings.Count(statement.Text, "?"); n != len(statement.Args) {
				t.Fatalf("%s has %d places for %d values:\n%s", q.name, n, len(statement.Args), statement.Text)
			}
			return statement.Text
		}
		if got, want := ask(text), ask("x"); got != want {
			t.Fatalf("%s with %q:\n%s\nwith x:\n%s", q.name, text, got, want)
		}
	})
}

func TestRefusals(t *testing.T) {
	many := make([]string, MaxValues+1)
	for name, ask := range map[string]func() error{
		"an unknown field": func() error {
			_, err := Counted(DuckDB, scopeOf(warehouse.Filter{Field: "x; DROP", Op: warehouse.Is, Values: []string{""}}), nil)
			return err
		},
		"an unknown comparison": func() error {
			_, err := Counted(DuckDB, scopeOf(warehouse.Filter{Field: warehouse.FieldPage, Op: "=", Values: []string{""}}), nil)
			return err
		},
		"no value": func() error {
			_, err := Counted(DuckDB, scopeOf(warehouse.Filter{Field: warehouse.FieldPage, Op: warehouse.Is}), nil)
			return err
		},
		"too many values": func() error {
			_, err := Counted(DuckDB, scopeOf(warehouse.Filter{Field: warehouse.FieldPage, Op: warehouse.Is, Values: many}), nil)
			return err
		},
		"too long a value": func() error {
			_, err := Counted(DuckDB, scopeOf(warehouse.Filter{Field: warehouse.FieldPage, Op: warehouse.Is, Values: []string{strings.Repeat("x", MaxText+1)}}), nil)
			return err
		},
		"too many filters": func() error {
			_, err := Counted(DuckDB, scopeOf(make([]warehouse.Filter, MaxFilters+1)...), nil)
			return err
		},
		"a property without a name": func() error {
			_, err := Counted(DuckDB, scopeOf(warehouse.Filter{Field: warehouse.FieldProperty, Op: warehouse.Is, Values: []string{""}}), nil)
			return err
		},
		"an empty span": func() error {
			s := scopeOf()
			s.Span.To = s.Span.From - 1
			_, err := Counted(DuckDB, s, nil)
			return err
		},
		"too long a span": func() error {
			s := scopeOf()
			s.Span.To = s.Span.From + MaxSpanDays
			_, err := Counted(DuckDB, s, nil)
			return err
		},
		"a funnel without steps": func() error { _, err := Funnel(DuckDB, scopeOf(), warehouse.Funnel{Window: 1}); return err },
		"a step of both kinds": func() error {
			_, err := Funnel(DuckDB, scopeOf(), warehouse.Funnel{Window: 1, Steps: []warehouse.Step{{Event: "a", Page: "/"}}})
			return err
		},
		"too long a window": func() error {
			_, err := Funnel(DuckDB, scopeOf(), warehouse.Funnel{Window: MaxWindow + 1, Steps: []warehouse.Step{{Event: "a"}}})
			return err
		},
		"cohorts by day": func() error {
			_, err := Cohorts(DuckDB, scopeOf(), warehouse.CohortQuery{Grain: series.GrainDay, Periods: 3})
			return err
		},
		"an unknown count": func() error { _, err := Metric(DuckDB, scopeOf(), warehouse.Metric{Count: "DROP"}); return err },
		"four dimensions": func() error {
			_, err := Metric(DuckDB, scopeOf(), warehouse.Metric{Count: "views", ByFields: make([]warehouse.Field, 4)})
			return err
		},
		"visits by page": func() error {
			_, err := Metric(DuckDB, scopeOf(), warehouse.Metric{Count: "visits", ByFields: []warehouse.Field{warehouse.FieldPage}})
			return err
		},
		"groups of nothing": func() error { _, err := Groups(DuckDB, scopeOf(), nil, warehouse.Paging{}); return err },
		"groups by property": func() error {
			_, err := Groups(DuckDB, scopeOf(), []warehouse.Field{warehouse.FieldProperty}, warehouse.Paging{})
			return err
		},
	} {
		err := ask()
		refused, ok := errors.AsType[*warehouse.QuestionError](err)
		if !ok || refused.Text.JA == "" || refused.Text.EN == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestKindsAreThoseOfEvents(t *testing.T) {
	for kind, stored := range map[event.Kind]fixed{event.Track: kindTrack, event.Page: kindPage, event.Screen: kindScreen} {
		if fmt.Sprint(kind) != string(stored.text) {
			t.Errorf("kind %d is asked for as %s", kind, stored.text)
		}
	}
	for _, later := range []event.Kind{event.Identify, event.Group, event.Alias} {
		if later <= event.Screen {
			t.Errorf("isSeen would keep kind %d", later)
		}
	}
}
