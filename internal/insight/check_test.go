package insight_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/series"
)

// codes lists findings as "severity code indicator".
func codes(findings []insight.Finding) []string {
	var out []string
	for _, f := range findings {
		out = append(out, string(f.Severity)+" "+f.Code+" "+word(f.Indicator))
	}
	return out
}

func TestCheckWithData(t *testing.T) {
	t.Parallel()
	total := func(n string) string {
		return single("total: "+n+", from: 2026-04-01, by: 2027-03-31, agreed: [{by: 社長, on: 2026-03-20}]", "")
	}
	// 2 to 4 a day, 3 on average: about 1095 a year.
	some := func(d series.Day) float64 { return float64(2 + (int(d)*7919)%3) }
	pair := func(second string) string {
		return strings.Replace(total("1100"), "sources:", "kpis:\n  b: {name: もう一つ, definition: d, unit: 件, owner: o"+second+"}\nsources:", 1)
	}
	cases := []struct {
		name, model, data, asOf string
		numbers                 numbers
		want                    []string // must be found
		never                   []string // codes that must not
	}{
		{"a goal within reach", total("1100"), "2025-04-01..2026-08-31", "2026-08-31", numbers{"s.x": some},
			nil, []string{"unrealistic-target", "too-easy-target", "stale-data", "gap-in-data"}},
		{"out of reach", total("5000"), "2025-04-01..2026-08-31", "2026-08-31", numbers{"s.x": some},
			[]string{"warning unrealistic-target k"}, nil},
		{"too easy", total("600"), "2025-04-01..2026-08-31", "2026-08-31", numbers{"s.x": some},
			[]string{"warning too-easy-target k"}, nil},
		{"reached is not too easy", total("100"), "2025-04-01..2026-08-31", "2026-08-31", numbers{"s.x": some},
			nil, []string{"too-easy-target"}},
		{"27 days say nothing", total("5000"), "2026-04-01..2026-04-27", "2026-04-27", numbers{"s.x": some},
			nil, []string{"unrealistic-target"}},
		{"stale", total("1100"), "2025-04-01..2026-08-20", "2026-08-31", numbers{"s.x": some},
			[]string{"warning stale-data k"}, nil},
		{"a week old is fresh", total("1100"), "2025-04-01..2026-08-24", "2026-08-31", numbers{"s.x": some},
			nil, []string{"stale-data"}},
		{"a hole of three weeks", total("1100"), "2025-04-01..2026-08-31", "2026-08-31",
			numbers{"s.x": func(d series.Day) float64 {
				if d >= day(t, "2026-06-01") && d < day(t, "2026-06-22") {
					return math.NaN()
				}
				return some(d)
			}}, []string{"warning gap-in-data k"}, nil},
		{"every fifth day lost", total("1100"), "2025-04-01..2026-08-31", "2026-08-31",
			numbers{"s.x": func(d series.Day) float64 {
				if int(d)%5 == 0 {
					return math.NaN()
				}
				return some(d)
			}}, []string{"warning gap-in-data k"}, nil},
		{"two of three days lost", total("360"), "2025-04-01..2026-08-31", "2026-08-31",
			numbers{"s.x": func(d series.Day) float64 {
				if int(d)%3 != 0 {
					return math.NaN()
				}
				return some(d)
			}}, []string{"warning gap-in-data k"}, nil},
		{"no rows on weekends is no hole", total("780"), "2025-04-01..2026-08-31", "2026-08-31",
			numbers{"s.x": func(d series.Day) float64 {
				if worked(1)(d) == 0 {
					return math.NaN()
				}
				return some(d)
			}}, nil, []string{"gap-in-data"}},
		{"followed daily, measured weekly", pair(", role: leading, measure: s.y"), "2025-04-01..2026-08-31", "2026-08-31",
			numbers{"s.x": some, "s.y": func(d series.Day) float64 {
				if d.Weekday() != 1 {
					return math.NaN()
				}
				return 7
			}}, []string{"warning not-daily b"}, nil},
		{"the same numbers twice", pair(", measure: s.y"), "2025-04-01..2026-08-31", "2026-08-31",
			numbers{"s.x": some, "s.y": some}, []string{"warning same-thing-twice b"}, nil},
		{"all zero is not the same thing", pair(", measure: s.y"), "2025-04-01..2026-08-31", "2026-08-31",
			numbers{"s.x": constant(0), "s.y": constant(0)}, nil, []string{"same-thing-twice"}},
		{"formula and measure part", pair(", formula: k * 2, measure: s.y"), "2025-04-01..2026-08-31", "2026-08-31",
			numbers{"s.x": some, "s.y": constant(5)}, []string{"warning formula-disagrees-with-measure b"}, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			findings := insight.Check(company(t, c.model, c.data, c.numbers), on(t, c.asOf))
			got := codes(findings)
			for _, want := range c.want {
				if !slices.Contains(got, want) {
					t.Errorf("%q is not among %q", want, got)
				}
			}
			for _, f := range findings {
				if slices.Contains(c.never, f.Code) {
					t.Errorf("found %s: %s", f.Code, f.Sentence)
				}
				if f.Sentence == "" || f.Mend == "" {
					t.Errorf("%s has no words", f.Code)
				}
			}
		})
	}
}

func TestWellFormedModelHasNoErrors(t *testing.T) {
	t.Parallel()
	for _, f := range insight.Check(hinata(t), on(t, "2026-09-08")) {
		if f.Severity == goal.SeverityError {
			t.Errorf("%s: %s", f.Code, f.Sentence)
		}
	}
}

// Looking back to a day before the end of the data finds nothing stale, however
// long ago it was.
func TestLookingBackIsNotStale(t *testing.T) {
	t.Parallel()
	ev := company(t, single("total: 100, from: 2026-04-01, by: 2027-03-31", ""), "2026-04-01..2026-08-31", numbers{"s.x": constant(1)})
	for asOf, stale := range map[string]bool{"2026-06-01": false, "2026-08-31": true} {
		findings := insight.Check(ev, insight.Options{AsOf: day(t, asOf), Today: day(t, "2026-12-01")})
		if got := slices.ContainsFunc(findings, func(f insight.Finding) bool { return f.Code == "stale-data" }); got != stale {
			t.Errorf("as of %s: stale %v, want %v", asOf, got, stale)
		}
	}
}

func TestFindingsComeWorstFirst(t *testing.T) {
	t.Parallel()
	findings := insight.Check(company(t, single("direction: up", ""), "2026-06-01..2026-08-31", numbers{"s.x": constant(3)}), on(t, "2026-09-20"))
	rank := map[goal.Severity]int{goal.SeverityError: 0, goal.SeverityWarning: 1, goal.SeverityInfo: 2}
	for i := 1; i < len(findings); i++ {
		if rank[findings[i].Severity] < rank[findings[i-1].Severity] {
			t.Errorf("%s after %s", findings[i].Severity, findings[i-1].Severity)
		}
	}
	if len(findings) == 0 || findings[0].Code != "vague-goal" {
		t.Errorf("first is %q", codes(findings))
	}
}

// What a finding counts must be what a person counts: the eight Mondays of
// eight weeks, or the one day of a monthly number.
func TestDaysOfANumberThatIsNotDaily(t *testing.T) {
	t.Parallel()
	model := single("total: 1100, from: 2026-04-01, by: 2027-03-31", "")
	model = strings.Replace(model, "sources:", "kpis:\n  b: {name: もう一つ, unit: 件, role: leading, measure: s.y}\nsources:", 1)
	for _, c := range []struct {
		name       string
		has        func(series.Day) bool
		days, step int
	}{
		{"every Monday", func(d series.Day) bool { return d.Weekday() == 1 }, 8, 7},
		{"twice a year", func(d series.Day) bool { return d == day(t, "2026-02-28") || d == day(t, "2026-08-31") }, 1, 56},
	} {
		findings := insight.Check(company(t, model, "2025-04-01..2026-08-31", numbers{"s.x": constant(3), "s.y": func(d series.Day) float64 {
			if c.has(d) {
				return 7
			}
			return math.NaN()
		}}), on(t, "2026-08-31"))
		i := slices.IndexFunc(findings, func(f insight.Finding) bool { return f.Code == "not-daily" })
		if i < 0 {
			t.Errorf("%s: not told", c.name)
			continue
		}
		if n := findings[i].Numbers; n["days"] != 56 || n["days_with_data"] != c.days || n["usual_gap_days"] != c.step {
			t.Errorf("%s: %v, want %d days of 56, %d apart", c.name, n, c.days, c.step)
		}
	}
}
