package insight_test

import (
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// goldenReview is what a review says of one small model for every code: UPDATE_GOLDEN=1
// writes it anew; read the difference aloud.
const goldenReview = "testdata/review.golden"

// reviewCase is a model in which one thing is wrong.
type reviewCase struct {
	code, model, over, asOf, today string
	data                           numbers
}

func reviewCases(t *testing.T) []reviewCase {
	calm := numbersOf(t, "2025-04-01..2026-09-08", trouble{link: .6})
	year := func(code string, pairs ...string) reviewCase {
		return reviewCase{code: code, model: with(t, shop, pairs...), over: "2025-04-01..2026-09-08", asOf: "2026-09-08", data: calm}
	}
	numbersFor := func(code string, w trouble, pairs ...string) reviewCase {
		c := year(code, pairs...)
		c.over, c.data = "2024-07-01..2026-09-08", numbersOf(t, "2024-07-01..2026-09-08", w)
		return c
	}
	const kgiTarget = ", target: {total: 7300, from: 2026-04-01, by: 2027-03-31, agreed: [{by: 社長, on: 2026-03-20}]}"
	const visitsTarget = ", target: {hold: 12000, per: month, from: 2026-04-01, by: 2027-03-31, agreed: [{by: 社長, on: 2026-03-20}]}"
	holes := func(missing func(series.Day) bool) numbers {
		return numbers{"s.orders": calm["s.orders"], "s.visits": calm["s.visits"], "s.likes": func(d series.Day) float64 {
			if missing(d) {
				return math.NaN()
			}
			return calm["s.likes"](d)
		}}
	}
	extra := func(line string) []string { return []string{"influences:", "  " + line + "\ninfluences:"} }
	cases := []reviewCase{
		year("vague-goal", kgiTarget, ""),
		year("no-target", visitsTarget, ""),
		year("no-deadline", "{total: 7300, from: 2026-04-01, by: 2027-03-31,", "{total: 7300, from: 2026-04-01,"),
		year("not-tied-to-management-goal", ", serves: revenue", ""),
		year("no-owner", ", owner: 森", ""),
		year("no-definition", "definition: 訪問の数, ", ""),
		year("no-unit", `unit: "%", `, ""),
		year("not-measured", extra("plan: {name: 資料の閲覧, definition: 数, unit: 回, owner: 森}")...),
		year("no-path-to-kgi", "influences:\n  - {from: likes, to: visits, lag: 0..7, because: いいねが増えるとおすすめに載りやすい}\n", ""),
		year("too-deep", "influences:", "limits: {depth: 1}\ninfluences:"),
		year("too-many", "influences:", "limits: {kpis: 2}\ninfluences:"),
		year("unrealistic-target", "total: 7300", "total: 12000"),
		year("too-easy-target", "total: 7300", "total: 4000"),
		year("same-thing-twice", extra("again: {name: セッション, definition: d, unit: 回, owner: 森, measure: s.visits}")...),
		year("mixed-roles", "unit: 回, owner: 佐藤, measure: s.visits", "unit: 回, owner: 佐藤, role: action, measure: s.visits", "unit: \"%\", owner: 森,", "unit: \"%\", owner: 森, role: outcome,"),
		year("mixed-units", extra("sum: {name: 合計, definition: d, unit: 点, owner: 森, formula: visits + yen}\n  yen: {name: 費用, definition: d, unit: 円, owner: 森, measure: s.likes}")...),
		year("mixed-denominators", extra("both: {name: 率の合計, definition: d, unit: \"%\", owner: 森, formula: rate + share}\n  share: {name: いいね率, definition: d, unit: \"%\", owner: 森, measure: s.visits / s.likes}")...),
		year("not-agreed", ", agreed: [{by: 社長, on: 2026-03-20}]}}", "}}"),
		year("goal-not-shared", "formula: visits * rate", "formula: visits * rate, stated: [{by: 社長, total: 9000}, {by: 田中, total: 7300}]"),
		year("formula-disagrees-with-measure", "formula: visits * rate", "formula: visits * rate * 1.2"),
		numbersFor("vanity-kpi", trouble{}),
		numbersFor("link-broken", trouble{link: .8, linkAfter: .02, changed: day(t, "2026-06-01")}),
		numbersFor("step-leaks", trouble{link: .6, linkAfter: .6, rateAfter: .4, changed: day(t, "2026-06-01")}),
		numbersFor("off-pace", trouble{link: .6, season: .87}),
		numbersFor("tracking-outage", trouble{link: .6, outage: span(t, "2026-07-06..2026-07-26")}),
	}
	unproven := year("link-unproven", "total: 7300, from: 2026-04-01", "total: 6500, from: 2026-05-20")
	unproven.over, unproven.data = "2026-05-20..2026-09-08", numbersOf(t, "2026-05-20..2026-09-08", trouble{link: .1})
	met := unproven
	met.code = "kpi-met-kgi-missed"
	met.model = with(t, unproven.model, "total: 6500", "total: 9000", "hold: 29000", "hold: 24000")
	stale := year("stale-data")
	stale.today = "2026-09-20"
	gap := year("gap-in-data")
	gap.data = holes(func(d series.Day) bool { return int(d)%4 == 0 })
	seldom := year("not-daily")
	seldom.data = holes(func(d series.Day) bool { return d.Weekday() != 1 })
	late := year("too-late", "by: 2027-03-31, agreed: [{by: 社長, on: 2026-03-20}]}}\nkpis", "by: 2026-09-10, agreed: [{by: 社長, on: 2026-03-20}]}}\nkpis")
	return append(cases, unproven, met, stale, gap, seldom, late)
}

func TestReviewWordsEveryFinding(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	var seen []string
	for _, c := range reviewCases(t) {
		seen = append(seen, c.code)
		ev := company(t, c.model, c.over, c.data)
		opt := insight.Options{AsOf: day(t, c.asOf)}
		if c.today != "" {
			opt.Today = day(t, c.today)
		}
		opt.Evidence = insight.MeasureLinks(ev, opt.AsOf)
		opt.Outlook = insight.Foresee(ev, opt.AsOf, opt.AsOf)
		for _, lang := range []words.Lang{words.JA, words.EN} {
			opt.Lang = lang
			all := insight.Review(ev, opt)
			soundFindings(t, all)
			found := false
			for _, f := range all {
				if f.Code == c.code {
					found = true
					writeFinding(&out, f, lang)
				}
			}
			if !found {
				t.Errorf("%s is not found; found are %s", c.code, reviewCodes(all))
			}
		}
	}
	slices.Sort(seen)
	if want := insight.ReviewCodes(); !slices.Equal(seen, want) {
		t.Errorf("cases for %v\nwords for %v", seen, want)
	}
	compareGolden(t, out.String())
}

func reviewCodes(all []insight.ReviewFinding) string {
	var out []string
	for _, f := range all {
		out = append(out, f.Key)
	}
	return strings.Join(out, " ")
}

// soundFindings are those a screen can show: words, finite numbers, keys of their own.
func soundFindings(t *testing.T, all []insight.ReviewFinding) {
	t.Helper()
	keys := map[string]bool{}
	for _, f := range all {
		if f.Title == "" || f.Sentence == "" || f.Mend == "" || f.Why.Plain == "" || f.GradeLabel == "" {
			t.Errorf("%s lacks words: %+v", f.Key, f)
		}
		for _, text := range append([]string{f.Sentence, f.Mend, f.Why.Full}, f.Body...) {
			for _, bad := range []string{"有意", "p値", "NaN", "%!", "—", "  "} {
				if strings.Contains(text, bad) {
					t.Errorf("%s says %q: %s", f.Key, bad, text)
				}
			}
		}
		if keys[f.Key] {
			t.Errorf("%s is told twice", f.Key)
		}
		keys[f.Key] = true
		if f.Stake != nil && (math.IsNaN(f.Stake.Amount) || math.IsInf(f.Stake.Amount, 0) || f.Stake.Sentence == "") {
			t.Errorf("%s: stake %+v", f.Key, f.Stake)
		}
	}
}

func writeFinding(out *strings.Builder, f insight.ReviewFinding, lang words.Lang) {
	if lang == words.JA {
		fmt.Fprintf(out, "## %s (%s, %s)\n", f.Code, f.Severity, f.Grade)
		if f.Chart != nil {
			fmt.Fprintf(out, "picture %s\n", f.Chart.Kind)
		}
	}
	fmt.Fprintf(out, "%s [%s] %s\n", lang, f.Title, f.Sentence)
	if lang == words.JA {
		for _, key := range slices.Sorted(maps.Keys(f.Numbers)) {
			fmt.Fprintf(out, "   # %s: %s\n", key, shortNumber(f.Numbers[key]))
		}
	}
	for _, b := range f.Body {
		fmt.Fprintf(out, "   | %s\n", b)
	}
	if f.Stake != nil {
		fmt.Fprintf(out, "   = %.3g %s, %s: %s\n", f.Stake.Amount, f.Stake.Unit, f.Stake.Label, f.Stake.Sentence)
	}
	fmt.Fprintf(out, "   > %s\n", f.Mend)
}

// shortNumber writes a number with few figures, whatever holds it.
func shortNumber(x any) string {
	switch n := x.(type) {
	case float64:
		return fmt.Sprintf("%.3g", n)
	case *float64:
		if n == nil {
			return "null"
		}
		return fmt.Sprintf("%.3g", *n)
	case [2]float64:
		return fmt.Sprintf("%.2g … %.2g", n[0], n[1])
	}
	return fmt.Sprint(x)
}

func compareGolden(t *testing.T, got string) {
	t.Helper()
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.MkdirAll(filepath.Dir(goldenReview), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(goldenReview, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(goldenReview)
	if err != nil {
		t.Fatal(err)
	}
	is, was := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for i := range max(len(is), len(was)) {
		var a, b string
		if i < len(was) {
			a = was[i]
		}
		if i < len(is) {
			b = is[i]
		}
		if a != b {
			t.Fatalf("line %d of %s:\nwas %s\nis  %s", i+1, goldenReview, a, b)
		}
	}
}
