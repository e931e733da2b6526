package initiative

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

func at(d int) *series.Day { day := series.Day(20_000 + d); return &day }

func number(v float64) *float64 { return &v }

func TestCheck(t *testing.T) {
	t.Parallel()
	good := Initiative{Name: "週6本", KPI: "reels", State: Finished, From: at(0), To: at(27), Cost: number(30_000), Campaigns: []string{"autumn"}}
	for _, c := range []struct {
		change func(*Initiative)
		field  string
	}{
		{func(*Initiative) {}, ""},
		{func(i *Initiative) { i.Name = " " }, "name"},
		{func(i *Initiative) { i.Name = strings.Repeat("あ", 121) }, "name"},
		{func(i *Initiative) { i.Hypothesis = strings.Repeat("あ", 4001) }, "hypothesis"},
		{func(i *Initiative) { i.KPI = "" }, "kpi"},
		{func(i *Initiative) { i.State = "done" }, "state"},
		{func(i *Initiative) { i.State, i.From, i.To = Idea, nil, nil }, ""},
		{func(i *Initiative) { i.State, i.From, i.To = Running, nil, nil }, "from"},
		{func(i *Initiative) { i.State, i.To = Running, nil }, ""},
		{func(i *Initiative) { i.To = nil }, "to"},
		{func(i *Initiative) { i.To = at(-1) }, "to"},
		{func(i *Initiative) { i.To = at(5000) }, "to"},
		{func(i *Initiative) { i.Cost = number(-1) }, "cost"},
		{func(i *Initiative) { i.Cost = number(math.NaN()) }, "cost"},
		{func(i *Initiative) { i.Campaigns = []string{""} }, "campaigns"},
		{func(i *Initiative) { i.Automations = make([]string, 21) }, "automations"},
	} {
		i := good
		c.change(&i)
		faults := i.Check()
		got := ""
		if len(faults) > 0 {
			got = faults[0].Field
		}
		if got != c.field {
			t.Errorf("%+v: %q, want %q", i, got, c.field)
		}
	}
}

const model = `shirube: 1
name: 教室
kgi: {id: signups, name: 申し込み, unit: 件, formula: visits * rate}
kpis:
  visits: {name: 訪問, unit: 回, measure: web.visits}
  rate: {name: 申し込み率, unit: "%", measure: web.signups / web.visits}
  posts: {name: 投稿, unit: 本, measure: sns.posts}
  calls: {name: 電話, unit: 件, measure: tel.calls}
  searches: {name: 検索数, unit: 回, measure: sea.searches}
influences:
  - {from: posts, to: visits}
sources:
  web: {csv: a.csv, date: 日, metrics: {visits: v, signups: s}}
  sns: {csv: b.csv, date: 日, metrics: {posts: p}}
  tel: {csv: c.csv, date: 日, metrics: {calls: c}}
  sea: {csv: d.csv, date: 日, metrics: {searches: q}}
`

func TestUntouched(t *testing.T) {
	t.Parallel()
	m, err := goal.Parse("m.yaml", []byte(model))
	if err != nil {
		t.Fatal(words.In(err, words.JA))
	}
	for kpi, want := range map[string]string{
		"posts":  "calls searches", // above it visits and signups; the rate shares their numbers
		"calls":  "visits rate posts searches signups",
		"visits": "calls searches",
	} {
		got := map[string]bool{}
		for _, ind := range Untouched(m, kpi) {
			got[ind.ID] = true
		}
		for _, id := range strings.Fields(want) {
			if !got[id] {
				t.Errorf("of %s: %s is missing in %v", kpi, id, got)
			}
			delete(got, id)
		}
		if len(got) > 0 {
			t.Errorf("of %s: %v too many", kpi, got)
		}
	}
}

// shop is a KPI that moves with two other series, and rises by a share from a day on.
func shop(seed uint64, before, after int, lift float64) (kpi Series, others []Series) {
	r := rand.New(rand.NewPCG(seed, 3))
	n := before + after
	y, a, b := make([]float64, n), make([]float64, n), make([]float64, n)
	shared := 0.0
	for t := range n {
		shared = 0.7*shared + 0.1*r.NormFloat64()
		week := 1 - 0.3*float64(t%7/5)
		y[t] = math.Round(200 * week * math.Exp(shared+0.05*r.NormFloat64()))
		a[t] = math.Round(500 * week * math.Exp(shared+0.05*r.NormFloat64()))
		b[t] = math.Round(90 * week * math.Exp(0.8*shared+0.08*r.NormFloat64()))
		if t >= before {
			y[t] = math.Round(y[t] * (1 + lift))
		}
	}
	daily := func(name string, v []float64) Series {
		return Series{name, series.Daily{First: *at(-before), Values: v}}
	}
	return daily("y", y), []Series{daily("a", a), daily("b", b)}
}

func never(series.Day) bool { return false }

func TestBeforeAfter(t *testing.T) {
	t.Parallel()
	kpi, others := shop(1, 200, 28, 0.4)
	e := BeforeAfter(kpi, others, *at(0), *at(27), never)
	e.KPI = Named{"y", "訪問", "回"}
	if e.Method != Intervention || e.Verdict != Works || e.Effect == nil || e.Effect.Low <= 0 || e.Effect.Value < 1000 || e.Effect.Value > 2500 || len(e.Compared) == 0 {
		t.Errorf("%s %s %s %+v by %v", e.Method, e.Verdict, e.Reason, e.Effect, e.Compared)
	}
	if len(e.Chart) != chartBefore+28 || e.Chart[0].Expected != nil || e.Chart[chartBefore].Expected == nil {
		t.Errorf("%d days drawn", len(e.Chart))
	}
	for _, lang := range []words.Lang{words.JA, words.EN} {
		if text := e.Sentence().In(lang); strings.Contains(text, "%!") || !strings.Contains(text, "28") {
			t.Error(text)
		}
	}
	// What is kept reads back as it was.
	text, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	var back Estimate
	if err := json.Unmarshal(text, &back); err != nil || back.Sentence() != e.Sentence() || len(back.Chart) != len(e.Chart) {
		t.Errorf("%v", err)
	}

	kpi, others = shop(2, 200, 28, 0)
	if e := BeforeAfter(kpi, others, *at(0), *at(27), never); e.Verdict != CannotTell || e.Reason == "" || e.Effect == nil {
		t.Errorf("of nothing: %s %s", e.Verdict, e.Reason)
	}
	if e := BeforeAfter(kpi, nil, *at(0), *at(27), never); e.Method != NoMethod || e.Reason != NoComparison || len(e.Chart) == 0 || e.Effect != nil {
		t.Errorf("without others: %+v", e.Reason)
	}
	if e := BeforeAfter(kpi, others, *at(0), *at(3), never); e.Reason != TooShort {
		t.Errorf("four days: %s", e.Reason)
	}
	if e := BeforeAfter(Series{}, others, *at(0), *at(27), never); e.Reason != NoNumbers {
		t.Errorf("no series: %s", e.Reason)
	}
	flat := Series{"y", series.Daily{First: *at(-200), Values: make([]float64, 228)}}
	if e := BeforeAfter(flat, others, *at(0), *at(27), never); e.Verdict != CannotTell {
		t.Errorf("flat: %s", e.Verdict)
	}
}

func TestPays(t *testing.T) {
	t.Parallel()
	kgi := &Named{"k", "申し込み", "件"}
	sure := Estimate{Verdict: Works, KGI: kgi, OnKGI: &Amount{10, 4, 16}, Effect: &Amount{100, 40, 160}, Total: true}
	sure.Pays(number(50_000))
	if sure.PerKGI == nil || *sure.PerKGI != 5000 || !strings.Contains(sure.PaysSentence().JA, "5,000円") {
		t.Errorf("%v %s", sure.PerKGI, sure.PaysSentence().JA)
	}
	for _, e := range []Estimate{
		{Verdict: CannotTell, KGI: kgi, OnKGI: &Amount{10, -4, 16}},
		{Verdict: Harms, KGI: kgi, OnKGI: &Amount{-10, -16, -4}},
		{Verdict: Works},
	} {
		e.Pays(number(1))
		if e.PerKGI != nil || e.PaysSentence().Zero() {
			t.Errorf("%+v", e)
		}
	}
	sure.PerKGI = nil
	if sure.Pays(nil); sure.PerKGI != nil || !strings.Contains(sure.PaysSentence().JA, "費用を入れると") {
		t.Error(sure.PaysSentence().JA)
	}
	sure.Mean()
	if sure.Effect.Value != 100 || sure.Total { // of a span of one day
		t.Errorf("%+v", sure.Effect)
	}
	for _, r := range []Reason{NotBegun, NoIndicator, NoNumbers, NoComparison, TooShort, WithinNoise, Unsure} {
		if text := NotYet(r, *kgi, *at(0), *at(1)).Sentence(); text.JA == "" || text.EN == "" {
			t.Error(r)
		}
	}
}
