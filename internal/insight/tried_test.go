package insight_test

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/series"
)

const triedModel = `shirube: 1
name: 教室
kgi: {id: signups, name: 申し込み, unit: 件, formula: visits * rate, target: {total: 2000, from: 2026-01-01, by: 2026-12-31}}
kpis:
  visits: {name: 訪問, unit: 回, measure: web.visits}
  rate: {name: 申し込み率, unit: "%", measure: web.signups / web.visits}
  posts: {name: 投稿, unit: 本, measure: web.posts}
influences:
  - {from: posts, to: visits, lag: 0..14}
sources:
  web: {csv: a.csv, date: 日, metrics: {visits: v, signups: s, posts: p}}
`

// strangers are 200 days in which posts and visits know nothing of one another.
func strangers(t tester) *goal.Evaluator {
	r := rand.New(rand.NewPCG(3, 3))
	return company(t, triedModel, "2026-01-01..2026-07-19", numbers{
		"web.visits":  func(series.Day) float64 { return math.Round(400 * math.Exp(.2*r.NormFloat64())) },
		"web.signups": constant(8),
		"web.posts":   func(series.Day) float64 { return math.Round(10 * math.Exp(.3*r.NormFloat64())) },
	})
}

func tried(t tester, grade, over string, moved, brought insight.Shift) insight.Undertaking {
	s := span(t, over)
	return insight.Undertaking{Name: "毎日投稿", From: s.From, To: &s.To,
		Tried: &insight.Tried{From: "posts", To: "visits", Grade: grade, Span: s, Moved: moved, Brought: brought}}
}

var (
	halfMore  = insight.Shift{Value: .5, Low: .4, High: .6}
	fifthMore = insight.Shift{Value: .2, Low: .1, High: .3}
)

// What was tried on purpose takes the place of days that only passed, with its own grade,
// strength and sentence.
func TestTriedRaisesTheGrade(t *testing.T) {
	t.Parallel()
	ev := strangers(t)
	opt := on(t, "2026-07-19")
	road := func(list ...insight.Undertaking) insight.LinkEvidence {
		opt := opt
		opt.Undertaken = list
		for _, e := range insight.LinkReport(ev, opt) {
			if e.Kind == "influence" {
				return e
			}
		}
		t.Fatal("no road")
		return insight.LinkEvidence{}
	}
	plain := road()
	if plain.Verdict == insight.VerdictMoves {
		t.Fatalf("strangers move one another: %+v", plain)
	}
	const lately, early = "2026-06-22..2026-07-12", "2026-03-01..2026-03-21"
	for name, c := range map[string]struct {
		list  []insight.Undertaking
		grade string // "": as without
	}{
		"before and after":    {[]insight.Undertaking{tried(t, insight.GradeIntervention, lately, halfMore, fifthMore)}, insight.GradeIntervention},
		"by lot":              {[]insight.Undertaking{tried(t, insight.GradeRandomized, lately, halfMore, fifthMore)}, insight.GradeRandomized},
		"long ago":            {[]insight.Undertaking{tried(t, insight.GradeIntervention, early, halfMore, fifthMore)}, insight.GradeIntervention},
		"the better speaks":   {[]insight.Undertaking{tried(t, insight.GradeRandomized, early, halfMore, fifthMore), tried(t, insight.GradeIntervention, lately, halfMore, fifthMore)}, insight.GradeRandomized},
		"hardly moved":        {[]insight.Undertaking{tried(t, insight.GradeRandomized, lately, insight.Shift{Value: .03, Low: .02, High: .04}, fifthMore)}, ""},
		"moved by chance":     {[]insight.Undertaking{tried(t, insight.GradeRandomized, lately, insight.Shift{Value: .5, Low: -.2, High: 1.2}, fifthMore)}, ""},
		"lost altogether":     {[]insight.Undertaking{tried(t, insight.GradeRandomized, lately, halfMore, insight.Shift{Value: -.5, Low: -1, High: -.1})}, ""},
		"not over on the day": {[]insight.Undertaking{tried(t, insight.GradeRandomized, "2026-07-01..2026-08-01", halfMore, fifthMore)}, ""},
		"only undertaken":     {[]insight.Undertaking{{Name: "チラシ", From: day(t, "2026-06-01")}}, ""},
	} {
		e := road(c.list...)
		if c.grade == "" {
			if e.Grade != plain.Grade || e.Verdict != plain.Verdict {
				t.Errorf("%s: %s %s, want %s %s", name, e.Verdict, e.Grade, plain.Verdict, plain.Grade)
			}
			continue
		}
		if e.Grade != c.grade || e.Verdict != insight.VerdictMoves || e.Effect == nil {
			t.Errorf("%s: %s %s %v", name, e.Verdict, e.Grade, e.Effect)
			continue
		}
		want := math.Log(1.2) / math.Log(1.5)
		if !near(&e.Effect.Elasticity, want, 1e-9) || e.Effect.CI95[0] <= 0 || e.Effect.CI95[1] <= want || e.PValue != nil {
			t.Errorf("%s: %+v", name, e.Effect)
		}
		if !strings.HasPrefix(e.Sentence, "施策「毎日投稿」で「投稿」が+50%変わり、「訪問」はやらなかった場合とくらべて+20%(+10%〜+30%)でした。") {
			t.Errorf("%s: %s", name, e.Sentence)
		}
		if !strings.Contains(e.Pill().JA, e.GradeLabel) {
			t.Errorf("%s: %s", name, e.Pill().JA)
		}
		if e.Stale != (strings.HasPrefix(name, "long") || strings.HasPrefix(name, "the better")) {
			t.Errorf("%s: stale %v", name, e.Stale)
		}
	}
}

// What an undertaking does to the evidence is part of what the evidence is kept under.
func TestUndertakingsAreInTheKey(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) insight.Undertaking {
			u := insight.Undertaking{Name: rapid.SampledFrom([]string{"a", "b"}).Draw(t, name), From: series.Day(rapid.IntRange(20_000, 20_002).Draw(t, name+" from"))}
			if rapid.Bool().Draw(t, name+" ends") {
				to := u.From + series.Day(rapid.IntRange(0, 2).Draw(t, name+" to"))
				u.To = &to
			}
			if rapid.Bool().Draw(t, name+" tried") {
				u.Tried = &insight.Tried{From: "posts", To: "visits", Grade: insight.GradeRandomized, Span: series.Span{From: u.From, To: u.From + 7},
					Moved: insight.Shift{Value: float64(rapid.IntRange(0, 1).Draw(t, name+" moved"))}}
			}
			return u
		}
		a, b := draw("one"), draw("other")
		m, err := goal.Parse("m.yaml", []byte(triedModel))
		if err != nil {
			t.Fatal(err)
		}
		end := func(u insight.Undertaking) series.Day {
			if u.To == nil {
				return -1
			}
			return *u.To
		}
		tries := func(u insight.Undertaking) insight.Tried {
			if u.Tried == nil {
				return insight.Tried{}
			}
			return *u.Tried
		}
		same := a.Name == b.Name && (a.From == b.From || end(a) == -1 && end(b) == -1 && a.Tried == nil && b.Tried == nil) && end(a) == end(b) && tries(a) == tries(b)
		if got := insight.EvidenceKey(m, 20_100, a) == insight.EvidenceKey(m, 20_100, b); got != same {
			t.Fatalf("same key: %v, same undertaking: %v\n%+v\n%+v", got, same, a, b)
		}
		if insight.EvidenceKey(m, 20_100) == insight.EvidenceKey(m, 20_100, a) {
			t.Fatal("an undertaking leaves the key as it is")
		}
	})
}
