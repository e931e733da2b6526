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
		for _, ind := range Untouched(m, kpi, "") {
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

// By how much the team's own number moved is read from whole weeks, and told only where
// there are enough of them.
func TestMoved(t *testing.T) {
	t.Parallel()
	days := func(n int, value func(d int) float64) series.Daily {
		out := series.Daily{First: *at(0)}
		for d := range n {
			out.Values = append(out.Values, value(d))
		}
		return out
	}
	half := func(d int) float64 {
		if d >= 70 {
			return 15 + float64(d%7)
		}
		return 10 + float64(d%7)
	}
	for name, c := range map[string]struct {
		daily    series.Daily
		from, to int
		want     float64 // NaN: not told
	}{
		"half as much again":    {days(98, half), 70, 97, 5.0 / 13},
		"the week that began":   {days(98, half), 70, 95, 5.0 / 13},
		"nothing":               {days(98, half), 56, 69, 0},
		"too few before":        {days(98, half), 50, 97, math.NaN()},
		"one week since":        {days(98, half), 70, 82, math.NaN()},
		"nothing to begin with": {days(98, func(d int) float64 { return max(0, float64(d-69)) }), 70, 97, math.NaN()},
		"mostly gaps": {days(98, func(d int) float64 {
			if d%7 > 2 {
				return math.NaN()
			}
			return 4
		}), 70, 97, math.NaN()},
	} {
		got := Moved(c.daily, *at(c.from), *at(c.to))
		switch {
		case math.IsNaN(c.want):
			if got != nil {
				t.Errorf("%s: %+v", name, got)
			}
		case got == nil || math.Abs(got.Value-c.want) > 1e-9 || got.Low > got.Value || got.High < got.Value:
			t.Errorf("%s: %+v, want %v", name, got, c.want)
		}
	}
	e := Estimate{Verdict: Works, Lever: &Named{ID: "posts", Name: "投稿"}, Moved: &Amount{.5, .4, .6}, Relative: &Amount{.2, .1, .3}}
	if !e.Speaks() {
		t.Error("both moved, and nothing is said of the road")
	}
	for name, change := range map[string]func(*Estimate){
		"nobody can tell": func(e *Estimate) { e.Verdict = CannotTell },
		"no lever":        func(e *Estimate) { e.Lever = nil },
		"not moved":       func(e *Estimate) { e.Moved = &Amount{.5, -.1, 1.1} },
		"unknown":         func(e *Estimate) { e.Moved = nil },
		"KPI by chance":   func(e *Estimate) { e.Relative = &Amount{.2, -.1, .3} },
		"all gone":        func(e *Estimate) { e.Relative = &Amount{-.5, -1, -.1} },
	} {
		one := e
		change(&one)
		if one.Speaks() {
			t.Errorf("%s: speaks", name)
		}
	}
}
