package goal_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shirube/shirube/internal/goal"
)

const fromEvents = `shirube: 1
kgi: {id: k, name: 問い合わせ, measure: web.inquiries}
kpis:
  v: {name: 訪問, measure: web.sessions}
  c: {name: 電話, measure: field.calls}
  g: {name: 検索, measure: ga.users}
sources:
  web:
    events:
      sessions: sessions
      inquiries: {event: Inquiry Submitted, channel: social}
      pricing: {page: /pricing*, count: visitors, device: [mobile, tablet]}
      revenue: {event: Deal Won, sum: value, where: {plan: [pro, team]}}
    by: [channel, device]
    gaps: zero
  field: {entry: {calls: 電話の件数, visits: {name: 訪問, owner: 佐藤, agg: last}}}
  ga: {connection: ga4, date: date, metrics: {users: activeUsers}}
`

func TestSourcesThatAreNoFiles(t *testing.T) {
	t.Parallel()
	m := mustParse(t, fromEvents)
	counted := map[string]string{}
	for _, s := range m.Sources {
		for _, metric := range s.Metrics {
			counted[metric.Name()] = string(s.Kind) + " " + string(metric.Kind) + " " + metric.Counted() + " " + metric.Agg.String()
		}
	}
	want := map[string]string{
		"web.sessions":  "events events visits() sum",
		"web.inquiries": "events events events(Inquiry Submitted)  channel:social sum",
		"web.pricing":   "events events visitors() /pricing* device:mobile|tablet sum",
		"web.revenue":   "events events value(Deal Won)  plan:pro|team sum",
		"field.calls":   "entry entry 電話の件数   sum sum",
		"field.visits":  "entry entry 訪問 佐藤  last last",
		"ga.users":      "connection column  sum",
	}
	if diff := cmp.Diff(want, counted); diff != "" {
		t.Error(diff)
	}
	if got := m.Source("web").Headers(); got != nil {
		t.Errorf("events have no headers: %q", got)
	}
	if got := m.Source("ga").Headers(); !cmp.Equal(got, []string{"date", "activeUsers"}) {
		t.Errorf("headers of a connection: %q", got)
	}
}

func TestProblemsOfSourcesThatAreNoFiles(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ old, new, want string }{
		"two roads":          {"gaps: zero", "csv: web.csv", "csv と events は同時に使えません。"},
		"unknown count":      {"sessions: sessions", "sessions: clicks", "m.yaml:10:17: "},
		"value of nothing":   {"sessions: sessions", "sessions: value", "どのできごとの金額か分かりません。"},
		"count and sum":      {"sum: value", "sum: value, count: events", "count と sum は同時に使えません。"},
		"events of what":     {"{page: /pricing*, count: visitors,", "{count: events,", "どのできごとを数えるのか書かれていません。"},
		"unknown field":      {"by: [channel, device]", "by: [colour]", "できごとは「colour」では分けられません。"},
		"too many fields":    {"by: [channel, device]", "by: [channel, device, page, os]", "分けられるのは3つまでです。"},
		"date of events":     {"gaps: zero", "date: 日付", "「date」は events のデータ源では使えません。"},
		"entry cut":          {"field: {entry:", "field: {by: [x], entry:", "手で入れる数は分けられません。"},
		"connection no date": {"date: date, ", "", "「date」(日付の列)がありません。"},
		"misspelt key":       {"channel: social", "chanel: social", "「channel」のことですか?"},
	} {
		if !strings.Contains(fromEvents, c.old) {
			t.Fatalf("%s: the model lacks %q", name, c.old)
		}
		_, err := goal.Parse("m.yaml", []byte(strings.Replace(fromEvents, c.old, c.new, 1)))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %s", name, err, c.want)
		}
	}
}

func TestDiffSeesWhatIsCounted(t *testing.T) {
	t.Parallel()
	old := mustParse(t, fromEvents)
	for before, after := range map[string]string{
		"sessions: sessions": "sessions: views", "event: Deal Won": "event: Deal Lost", "/pricing*": "/price", "channel: social": "channel: email", "[pro, team]": "[pro]",
		"calls: 電話の件数": "calls: 電話", "owner: 佐藤": "owner: 鈴木", "connection: ga4": "connection: other", "by: [channel, device]": "by: [channel]",
	} {
		if d := goal.Diff(old, mustParse(t, strings.Replace(fromEvents, before, after, 1))); len(d) == 0 {
			t.Errorf("%s → %s is no change", before, after)
		}
	}
}

func TestEditsOfSourcesThatAreNoFiles(t *testing.T) {
	t.Parallel()
	text, err := goal.ApplyEdits([]byte(minimal), []goal.Edit{
		{Op: goal.SetSource, ID: "web", Source: &goal.SourceEdit{By: []string{"channel"}, Events: map[string]goal.EventMetricEdit{
			"visits":  {Count: "visits"},
			"asked":   {Event: "Inquiry Submitted", Count: "events", Where: map[string][]string{"channel": {"social"}, "form": {"contact"}}},
			"revenue": {Event: "Deal Won", Count: "value"},
		}}},
		{Op: goal.SetSource, ID: "field", Source: &goal.SourceEdit{Entry: map[string]goal.EntryEdit{"calls": {Name: "電話"}, "rooms": {Name: "訪問", Owner: "佐藤", Agg: "last"}}}},
		{Op: goal.SetSource, ID: "ga", Source: &goal.SourceEdit{Connection: "ga4", Date: "date", Metrics: map[string]goal.MetricEdit{"users": {Column: "activeUsers"}}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := `  web: {events: {asked: {event: Inquiry Submitted, where: {channel: [social], form: [contact]}}, revenue: {event: Deal Won, sum: value}, visits: visits}, by: [channel]}
  field: {entry: {calls: 電話, rooms: {name: 訪問, owner: 佐藤, agg: last}}}
  ga: {connection: ga4, date: date, metrics: {users: activeUsers}}
`
	if !strings.HasSuffix(string(text), want) {
		t.Fatalf("got\n%s", text)
	}
	mustParse(t, string(text))
}
