package duckdb

import (
	"fmt"
	"testing"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/measure/warehouse/warehousetest"
	"github.com/shirube/shirube/internal/series"
)

// What a property holds is looked for in the text of all of them before that one is read: it
// must be found in the same events as by the condition itself, however the text is written.
func TestTextsWithinProperties(t *testing.T) {
	db := open(t, suiteOptions())
	at := event.Millis(warehousetest.Clock.UnixMilli())
	var events []event.Event
	for i, properties := range []string{
		``, `{}`, `{"a":"plan"}`, `{"a":"planning","b":"other"}`, `{"a":"other","b":"plan"}`, `{"plan":"a"}`,
		`{"a":"p\"lan"}`, `{"a":"p\\lan"}`, `{"a":"p\nlan"}`, `{"a":"pl\u0061n"}`, `{"a":"pl\/an"}`, `{"a":"plan","b":"x\ny"}`, `{"a":"x\ny","b":"plan"}`,
		`{"a":"日本語の資料"}`, `{"a":"\u65e5\u672c"}`, `{"a":"😀 plan"}`, `{"a":"null"}`, `{"a":null}`, `{"a":null,"b":"null"}`,
		`{"a":true}`, `{"a":false,"b":true}`, `{"a":120}`, `{"a":1.5}`, `{"a":-12}`, `{"a":["plan"]}`, `{"a":{"b":"plan"}}`, `{"a":[],"b":"plan"}`, `{"a":""}`, `{"a":" "}`,
		`{"a.b/c~":"plan"}`, `{"a":{"b/c~":"plan"},"b":"\\"}`,
	} {
		events = append(events, event.Event{
			Workspace: "w", MessageID: fmt.Sprint("m", i), Visitor: fmt.Sprint("v", i), AnonymousID: fmt.Sprint("v", i), Kind: event.Track, Name: "Done",
			At: at, ReceivedAt: at, Host: "example.jp", Path: "/", Properties: []byte(properties),
		})
	}
	if _, err := db.Write(t.Context(), 1, events); err != nil {
		t.Fatal(err)
	}
	today := series.Day(at / condition.Day)
	scope := warehouse.Scope{Workspace: "w", Span: series.Span{From: today - 1, To: today + 1}}
	for _, key := range []string{"a", "b", "a.b/c~"} {
		for _, values := range [][]string{
			{"plan"}, {"lan"}, {"n"}, {"p"}, {`"`}, {`\`}, {"\n"}, {"日本"}, {"資料"}, {"null"}, {"true"}, {"12"}, {"1.5"}, {"."}, {"["}, {"{"}, {":"}, {" "}, {"/"}, {"u00"},
			{"a"}, {"b"}, {"x"}, {`"plan"`}, {`p"l`}, {`p\l`}, {"e\\"}, {"nothing", "資料"}, {`"`, "plan"}, {"PLAN"},
		} {
			m := condition.Matcher{Event: "Done", Where: []condition.Property{{Key: key, Op: condition.Contains, Values: values}}}
			want := 0
			for i := range events {
				if m.Matches(&events[i]) {
					want++
				}
			}
			for _, list := range [][]condition.Matcher{{m}, {m, {Event: "Done"}}} {
				got := 0
				err := db.Doings(t.Context(), scope, list, func(person []condition.Doing) error {
					for _, d := range person {
						got += int(d.Which & 1)
					}
					return nil
				})
				if err != nil || got != want {
					t.Errorf("%s contains %q, %d asked: %d, want %d: %v", key, values, len(list), got, want, err)
				}
			}
		}
	}
}
