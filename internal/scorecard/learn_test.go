package scorecard

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/series"
)

func learn(t *testing.T, table *Table, opt Options) *Result {
	t.Helper()
	r, err := Learn(table, opt)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func conditions(r *Result) []string {
	var out []string
	for _, s := range r.Card.Rules {
		out = append(out, fmt.Sprintf("%s %s %+d", s.Column, s.Condition(), s.Points))
	}
	return out
}

func TestThePlantedTruthIsFound(t *testing.T) {
	t.Parallel()
	r := learn(t, world(4000, 1), Options{})
	got := strings.Join(conditions(r), ", ")
	for _, want := range []string{"visits >= 3 +", "source = referral +", "mail = company +"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not among %s", want, got)
		}
	}
	if strings.Contains(got, "noise") {
		t.Errorf("noise gets points: %s", got)
	}
	if d := r.Tested.Dense - r.Tested.Card; d > .02 {
		t.Errorf("the card tells apart %v, logistic regression %v", r.Tested.Card, r.Tested.Dense)
	}
	if r.Tested.ECE > .03 || math.Abs(r.Tested.Slope-1) > .15 {
		t.Errorf("badly calibrated: %+v", r.Tested)
	}
	rows := 0
	for i, b := range r.Bands {
		rows += b.Rows
		if b.Interval[0] > b.Observed || b.Interval[1] < b.Observed || b.From > b.To || (i > 0 && b.From <= r.Bands[i-1].To) {
			t.Errorf("band %+v", b)
		}
	}
	if rows != 4000 {
		t.Errorf("the bands hold %d rows", rows)
	}
}

func TestSameTableSameCard(t *testing.T) {
	t.Parallel()
	a, b := learn(t, world(1500, 2), Options{}), learn(t, world(1500, 2), Options{})
	if fmt.Sprintf("%+v", a) != fmt.Sprintf("%+v", b) {
		t.Errorf("two readings differ:\n%+v\n%+v", a, b)
	}
}

func TestLimitsAreKept(t *testing.T) {
	t.Parallel()
	for _, points := range []int{1, 2, 5} {
		for _, rules := range []int{1, 3} {
			r := learn(t, world(2000, 3), Options{MaxPoints: points, MaxRules: rules})
			if len(r.Card.Rules) > rules {
				t.Errorf("%d rules instead of %d", len(r.Card.Rules), rules)
			}
			for _, s := range r.Card.Rules {
				if s.Points == 0 || s.Points > points || s.Points < -points {
					t.Errorf("%d points of at most %d", s.Points, points)
				}
			}
		}
	}
	down := learn(t, world(2000, 3), Options{Monotone: map[string]Direction{"visits": Down}})
	for _, s := range down.Card.Rules {
		if s.Column == "visits" && s.Points > 0 {
			t.Errorf("more visits may give no points, but %v", conditions(down))
		}
	}
}

func TestNotEnough(t *testing.T) {
	t.Parallel()
	table := world(2000, 4)
	for i := range table.Outcome {
		table.Outcome[i] = i%100 == 0
	}
	if r := learn(t, table, Options{}); r.Reason != NotEnough || r.Needed != 10 || !r.Rare {
		t.Errorf("20 outcomes: %+v", r)
	}
	for i := range table.Outcome {
		table.Outcome[i] = i > 4
	}
	if r := learn(t, table, Options{}); r.Reason != NotEnough || r.Needed != 25 || r.Rare {
		t.Errorf("5 without the outcome: %+v", r)
	}
	if r := learn(t, &Table{}, Options{}); r.Reason != NotEnough {
		t.Errorf("an empty table: %+v", r)
	}
}

// Where nothing tells, nothing is told.
func TestNothingFound(t *testing.T) {
	t.Parallel()
	for seed := range uint64(5) {
		table := world(1000, seed)
		for i := range table.Outcome {
			table.Outcome[i] = (i*7919)%10 < 3
		}
		if r := learn(t, table, Options{}); r.Reason != NothingFound {
			t.Errorf("seed %d: %v", seed, conditions(r))
		}
	}
}

func TestLaterRowsAreLeftAside(t *testing.T) {
	t.Parallel()
	table := world(2000, 5)
	days := make([]series.Day, 2000)
	for i := range days {
		days[i] = series.Date(2026, 1, 1) + series.Day((i*31)%200)
	}
	table.Columns = append(table.Columns, Column{Name: "first contact", Kind: Date, Days: days, Blank: make([]bool, 2000)})
	r := learn(t, table, Options{})
	if r.Tested.How != "later" || r.Tested.By != "first contact" || r.Tested.Rows != 400 || r.Tested.From != series.Date(2026, 1, 1)+160 {
		t.Errorf("%+v", r.Tested)
	}
	if !named(r.LeftOut, "first contact") || r.Tested.Card < .7 {
		t.Errorf("%+v", r)
	}
}

func TestLeaks(t *testing.T) {
	t.Parallel()
	table := world(2000, 6)
	n := table.Rows()
	add := func(name string, text func(i int, y bool) string) {
		c := Column{Name: name, Kind: Category, Texts: make([]string, n)}
		for i, y := range table.Outcome {
			c.Texts[i] = text(i, y)
		}
		table.Columns = append(table.Columns, c)
	}
	yes := func(y bool, s string) string {
		if y {
			return s
		}
		return ""
	}
	first, won := make([]series.Day, n), make([]series.Day, n)
	blank := make([]bool, n)
	for i, y := range table.Outcome {
		first[i], won[i], blank[i] = series.Date(2026, 1, 1)+series.Day(i/10), series.Date(2026, 3, 1)+series.Day(i/10), !y
	}
	add("copy", func(_ int, y bool) string { return fmt.Sprint(y) })
	add("why", func(i int, y bool) string { return yes(y, []string{"price", "trust", "speed"}[i%3]) })
	add("lost because", func(i int, y bool) string { return yes(!y && i%2 == 0, []string{"price", "silence"}[i%4/2]) })
	add("確度", func(i int, y bool) string {
		if y && i%3 > 0 || !y && i%3 == 0 {
			return "A"
		}
		return "B"
	})
	add("email", func(i int, _ bool) string { return fmt.Sprintf("m%d@example.com", i) })
	add("same", func(int, bool) string { return "x" })
	add("nothing", func(int, bool) string { return "" })
	add("marital status", func(i int, y bool) string { return []string{"a", "b"}[i%2] })
	table.Columns = append(table.Columns, Column{Name: "arrived", Kind: Date, Days: first, Blank: make([]bool, n)}, Column{Name: "signed", Kind: Date, Days: won, Blank: blank})
	out, _ := guard(table, nil, []string{"noise"})
	want := map[string]string{"copy": LeakPerfect, "why": LeakFilled, "lost because": LeakFilled, "確度": LeakVerdict, "email": LeakIdentifier, "same": LeakConstant,
		"nothing": LeakEmpty, "arrived": LeakDate, "signed": LeakFilled, "noise": LeakAsked}
	got := map[string]string{}
	for _, l := range out {
		got[l.Column] = l.Code
		if l.Why.JA == "" || l.Why.EN == "" {
			t.Errorf("%s: no reason", l.Column)
		}
	}
	for name, code := range want {
		if got[name] != code {
			t.Errorf("%s: %q, not %q", name, got[name], code)
		}
	}
	checkFree(t, out, "visits", "source", "mail", "marital status")
	kept, _ := guard(table, []string{"copy"}, nil)
	checkFree(t, kept, "copy")
}

// Two noisy copies of the outcome do not excuse each other.
func TestTwoLeaks(t *testing.T) {
	t.Parallel()
	table := world(2000, 10)
	for k, name := range []string{"signed", "invoiced"} {
		c := Column{Name: name, Kind: Category, Texts: make([]string, 2000)}
		for i, y := range table.Outcome {
			c.Texts[i] = fmt.Sprint(y != (i%25 == k))
		}
		table.Columns = append(table.Columns, c)
	}
	for i := range 4 {
		c := world(2000, uint64(20+i)).Columns[1]
		c.Name = fmt.Sprintf("noise %d", i)
		table.Columns = append(table.Columns, c)
	}
	out, _ := guard(table, nil, nil)
	checkNamed(t, out, "signed", "invoiced")
	checkFree(t, out, "visits", "source", "mail")
}

// Where the question is easy, no column is accused for being good.
func TestEasyIsNoLeak(t *testing.T) {
	t.Parallel()
	features, outcome := benchmark(t, "breastcancer")
	table := &Table{OutcomeName: "Benign", Outcome: outcome}
	for _, f := range features {
		table.Columns = append(table.Columns, Column{Name: f.Name, Kind: Number, Numbers: f.Values})
	}
	out, doubtful := guard(table, nil, nil)
	if len(out)+len(doubtful) > 0 {
		t.Errorf("%+v %+v", out, doubtful)
	}
}

func TestNameHints(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, outcome, want string
		kind                Kind
	}{
		{"Lead Quality", "Converted", LeakVerdict, Category}, {"lead_score", "won", LeakVerdict, Number}, {"リードスコア", "成約", LeakVerdict, Number},
		{"converted_at", "Converted", LeakNamed, Category}, {"成約金額", "成約", LeakNamed, Number}, {"失注理由", "成約", LeakEnd, Category},
		{"Last Activity", "y", LeakOverwritten, Category}, {"last_visit_days", "y", "", Number}, {"duration", "y", LeakEnd, Number},
		{"session_duration", "y", "", Number}, {"deal stage", "y", LeakOverwritten, Category}, {"marital status", "y", "", Category},
		{"poutcome", "y", "", Category}, {"previous outcome", "y", "", Category}, {"TotalVisits", "Converted", "", Number}, {"流入元", "成約", "", Category},
	} {
		if got := nameHint(&Column{Name: c.name, Kind: c.kind}, c.outcome); got != c.want {
			t.Errorf("%s: %q, not %q", c.name, got, c.want)
		}
	}
}

// A hand-made card is read as people write it and measured on the same rows.
func TestHandMade(t *testing.T) {
	t.Parallel()
	table := world(2000, 8)
	var rules []Scored
	for _, r := range []struct {
		column, condition string
		numeric           bool
		points            int
	}{{"visits", "3以上", true, 4}, {"source", "= referral", false, 3}, {"mail", "free以外", false, 2}} {
		rule, err := ParseCondition(r.column, r.condition, r.numeric)
		if err != nil {
			t.Fatal(err)
		}
		if r.condition == "free以外" {
			rule = Rule{Column: "mail", Op: IsNot, Text: "free"}
		}
		rules = append(rules, Scored{Rule: rule, Points: r.points})
	}
	hand := HandMade(rules)
	if hand.Base != 0 || hand.Highest != 9 {
		t.Errorf("%d…%d", hand.Base, hand.Highest)
	}
	r := learn(t, table, Options{Hand: &hand})
	if math.Abs(r.Tested.Hand-r.Tested.Card) > .02 {
		t.Errorf("by hand %v, learned %v", r.Tested.Hand, r.Tested.Card)
	}
}

func TestConditionsReadBack(t *testing.T) {
	t.Parallel()
	for _, r := range []Rule{
		{Column: "a", Op: AtLeast, Value: 600, Numeric: true}, {Column: "a", Op: Below, Value: -.25, Numeric: true}, {Column: "a", Op: Is, Value: 1, Numeric: true},
		{Column: "a", Op: Missing, Numeric: true}, {Column: "a", Op: Is, Text: "Google Ads"}, {Column: "a", Op: IsNot, Text: "x = y"}, {Column: "a", Op: Missing},
	} {
		got, err := ParseCondition("a", r.Condition(), r.Numeric)
		if err != nil || got != r {
			t.Errorf("%q is read as %+v (%v)", r.Condition(), got, err)
		}
	}
	for _, bad := range []string{">= many", "= NaN", "1e999"} {
		if _, err := ParseCondition("a", bad, true); err == nil {
			t.Errorf("%q is read", bad)
		}
	}
	if _, err := ParseCondition("a", ">= 3", false); err == nil {
		t.Error("a text is compared with a number")
	}
}

func TestRoundest(t *testing.T) {
	t.Parallel()
	for _, c := range [][3]float64{{480, 515, 500}, {0, 1, 1}, {-3, 2, 0}, {1.98, 2.07, 2}, {0.12, 0.13, 0.13}, {999, 1001, 1000}, {7, 8, 8}, {1e9, 1e9 + 7, 1000000005}, {-12, -9, -10}} {
		if got := roundest(c[0], c[1]); math.Abs(got-c[2]) > 1e-9 || got <= c[0] || got > c[1] {
			t.Errorf("between %v and %v: %v, not %v", c[0], c[1], got, c[2])
		}
	}
}

// Tables nobody would make on purpose get an answer without NaN.
func TestBadTables(t *testing.T) {
	t.Parallel()
	const n = 400
	column := func(f func(i int) float64) []float64 {
		out := make([]float64, n)
		for i := range out {
			out[i] = f(i)
		}
		return out
	}
	outcome := make([]bool, n)
	for i := range outcome {
		outcome[i] = (i*i)%7 < 3
	}
	for name, values := range map[string][]float64{
		"constant": column(func(int) float64 { return 5 }), "missing": column(func(int) float64 { return nan }), "infinite": column(func(i int) float64 { return math.Inf(i%2*2 - 1) }),
		"huge": column(func(i int) float64 { return 1e300 * float64(i%5) }), "tiny": column(func(i int) float64 { return 1e-300 * float64(i%5) }),
		"outcome itself": column(func(i int) float64 { return truth(outcome[i]) }), "negative": column(func(i int) float64 { return -1e9 - float64(i%9) }),
	} {
		for _, keep := range []bool{false, true} {
			table := &Table{OutcomeName: "o", Outcome: outcome, Columns: []Column{{Name: "v", Kind: Number, Numbers: values}, {Name: "w", Kind: Number, Numbers: values}}}
			var opt Options
			if keep {
				opt.Keep = []string{"v", "w"}
			}
			r := learn(t, table, opt)
			if s := fmt.Sprintf("%+v %+v %+v", r.Card, r.Bands, r.Tested); strings.Contains(s, "NaN") || strings.Contains(s, "Inf") {
				t.Errorf("%s: %s", name, s)
			}
		}
	}
	if _, err := Learn(&Table{Outcome: outcome, Columns: []Column{{Name: "short", Numbers: []float64{1}}}}, Options{}); err == nil {
		t.Error("columns of different lengths are taken")
	}
	if _, err := Learn(world(100, 1), Options{MaxRules: 99}); err == nil {
		t.Error("99 rules are taken")
	}
	if _, err := Fit([]Feature{{Name: "x", Values: []float64{nan}}}, []bool{true}, 1, 1); err == nil {
		t.Error("a missing value is taken")
	}
}

// Other units, another order of the columns and a column that has nothing to do with the
// outcome change no points.
func TestPointsDoNotDependOnTheTableLayout(t *testing.T) {
	t.Parallel()
	pointsOf := func(table *Table) string {
		var out []string
		for _, s := range learn(t, table, Options{}).Card.Rules {
			out = append(out, fmt.Sprintf("%s %d %d", s.Column, s.Points, s.Rows))
		}
		slices.Sort(out)
		return strings.Join(out, ", ")
	}
	want := pointsOf(world(3000, 9))
	scaled := world(3000, 9)
	for i := range scaled.Columns[0].Numbers {
		scaled.Columns[0].Numbers[i] *= 1000
	}
	turned := world(3000, 9)
	slices.Reverse(turned.Columns)
	more := world(3000, 9)
	other := world(3000, 77).Columns[1]
	other.Name = "unrelated"
	more.Columns = append(more.Columns, other)
	for name, table := range map[string]*Table{"scaled": scaled, "turned around": turned, "one column more": more} {
		if got := pointsOf(table); got != want {
			t.Errorf("%s: %s, not %s", name, got, want)
		}
	}
}
