package scorecard

import (
	"cmp"
	"math"
	"slices"
	"sort"
)

// How rules are made of columns.
const (
	leastRows   = 20   // a rule that holds (or fails) for fewer rows cannot be judged
	leastShare  = 0.01 // … nor one for a smaller share of them
	mostLevels  = 30   // categories of one column, the most frequent first
	mostRules   = 150  // candidates searched, the most telling first
	perColumn   = 2    // of every column, at least this many stay
	quantileCut = 20   // thresholds of a numeric column: twentieths
)

// Direction is a monotone limit of a column.
type Direction int8

// The monotone limits: more of it may never take points away (Up), or never give any
// (Down).
const (
	Free Direction = 0
	Up   Direction = 1
	Down Direction = -1
)

// candidate is a rule with the rows it holds for.
type candidate struct {
	rule    Rule
	holds   []bool
	limits  Feature // its bounds
	telling float64 // score statistic of the rule alone
}

// candidates turns columns into rules: thresholds of numbers at quantiles, the categories
// that are frequent enough, and "is missing" as a rule of its own.
func candidates(t *Table, monotone map[string]Direction, bound float64) []candidate {
	n := t.Rows()
	least := max(leastRows, int(leastShare*float64(n)))
	if n < 1000 {
		least = max(5, n/50)
	}
	share := count(t.Outcome) / float64(max(1, n))
	var all []candidate
	for j := range t.Columns {
		c := &t.Columns[j]
		var own []candidate
		for _, rule := range rulesOf(c, least) {
			made := candidate{rule: rule, holds: make([]bool, n)}
			held, gradient := 0, 0.0
			for i := range n {
				if rule.Holds(c, i) {
					made.holds[i] = true
					held++
					gradient += truth(t.Outcome[i]) - share
				}
			}
			if held < least || n-held < least {
				continue
			}
			spread := share * (1 - share) * float64(held) * (1 - float64(held)/float64(n))
			made.telling = gradient * gradient / math.Max(spread, 1e-12)
			if d := monotone[c.Name]; d != Free && rule.Op != Missing {
				made.limits.Bounded = true
				made.limits.Low, made.limits.High = -bound, bound
				if d == Up {
					made.limits.Low = 0
				} else {
					made.limits.High = 0
				}
			}
			own = append(own, made)
		}
		// Two categories say the same thing twice: the one that gives points stays.
		if len(own) == 2 && c.Kind == Category && complement(own[0].holds, own[1].holds) {
			if direction(own[0].holds, t.Outcome, share) < 0 {
				own[0] = own[1]
			}
			own = own[:1]
		}
		all = append(all, own...)
	}
	return chosen(all)
}

func direction(holds []bool, outcome []bool, share float64) float64 {
	sum := 0.0
	for i, h := range holds {
		if h {
			sum += truth(outcome[i]) - share
		}
	}
	return sum
}

func complement(a, b []bool) bool {
	for i := range a {
		if a[i] == b[i] {
			return false
		}
	}
	return true
}

// chosen keeps the most telling candidates, and of every column the best, in the order of
// the table. A rule that holds for the very rows of an earlier one goes.
func chosen(all []candidate) []candidate {
	seen := map[uint64][]int{}
	var unique []candidate
	for _, c := range all {
		hash := uint64(14695981039346656037)
		for i, h := range c.holds {
			if h {
				hash = (hash ^ uint64(i)) * 1099511628211
			}
		}
		same := slices.ContainsFunc(seen[hash], func(i int) bool { return slices.Equal(unique[i].holds, c.holds) })
		if same {
			continue
		}
		seen[hash] = append(seen[hash], len(unique))
		unique = append(unique, c)
	}
	if len(unique) <= mostRules {
		return unique
	}
	order := make([]int, len(unique))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(unique[b].telling, unique[a].telling) })
	kept, of := map[int]bool{}, map[string]int{}
	for place, i := range order {
		if name := unique[i].rule.Column; place < mostRules || of[name] < perColumn {
			kept[i] = true
			of[name]++
		}
	}
	var out []candidate
	for i, c := range unique {
		if kept[i] {
			out = append(out, c)
		}
	}
	return out
}

// rulesOf are the rules a column can make.
func rulesOf(c *Column, least int) []Rule {
	var rules []Rule
	switch c.Kind {
	case Number:
		rules = thresholds(c)
	case Category:
		rules = levels(c, least)
	default:
		return nil
	}
	if c.present() < c.length() {
		rules = append(rules, Rule{Column: c.Name, Op: Missing, Numeric: c.Kind == Number})
	}
	return rules
}

// thresholds are "≥ t" rules at the twentieths of the present values, each t the
// roundest number that parts the same rows.
func thresholds(c *Column) []Rule {
	var values []float64
	whole := true
	for i, v := range c.Numbers {
		if !c.missing(i) {
			values = append(values, v)
			whole = whole && v == math.Trunc(v)
		}
	}
	sort.Float64s(values)
	distinct := slices.Compact(slices.Clone(values))
	if len(distinct) < 2 {
		return nil
	}
	var cuts []float64
	if len(distinct) <= quantileCut+1 {
		cuts = distinct[1:]
	} else {
		for q := 1; q < quantileCut; q++ {
			cuts = append(cuts, values[len(values)*q/quantileCut])
		}
		// Where most are at one value ("0 visits"), the step above it matters most.
		i, _ := slices.BinarySearch(distinct, mode(values))
		cuts = append(cuts, distinct[min(i+1, len(distinct)-1)])
	}
	sort.Float64s(cuts)
	var rules []Rule
	for _, cut := range slices.Compact(cuts) {
		i, _ := slices.BinarySearch(distinct, cut)
		if i == 0 {
			continue
		}
		r := Rule{Column: c.Name, Op: AtLeast, Numeric: true, Value: roundest(distinct[i-1], cut)}
		if whole {
			r.Value = math.Ceil(r.Value)
		}
		if len(distinct) == 2 && whole && distinct[0] == 0 {
			r.Op, r.Value = Is, distinct[1]
		}
		rules = append(rules, r)
	}
	return rules
}

// mode is the most frequent of sorted values.
func mode(sorted []float64) float64 {
	best, most := sorted[0], 0
	for from := 0; from < len(sorted); {
		to := from
		for to < len(sorted) && sorted[to] == sorted[from] {
			to++
		}
		if to-from > most {
			best, most = sorted[from], to-from
		}
		from = to
	}
	return best
}

// roundest is the number in (below, at] with the fewest digits.
func roundest(below, at float64) float64 {
	if at == 0 || (below < 0 && at > 0) {
		return 0
	}
	top := math.Pow(10, math.Ceil(math.Log10(math.Max(math.Abs(at), math.Abs(below)))))
	if math.IsInf(top, 0) || top == 0 {
		return at
	}
	for unit := top; unit > math.Abs(at)*1e-9; unit /= 10 {
		for _, part := range [...]float64{unit, unit / 2} {
			v := math.Floor(at/part) * part
			if part < 1 { // 0.1 has no exact form: divide by a whole number instead
				v = math.Floor(at*math.Round(1/part)) / math.Round(1/part)
			}
			if v > below && v <= at {
				return v
			}
		}
	}
	return at
}

// levels are "= x" rules of the frequent categories.
func levels(c *Column, least int) []Rule {
	rows := map[string]int{}
	for _, v := range c.Texts {
		if v != "" {
			rows[v]++
		}
	}
	var names []string
	for name, n := range rows {
		if n >= least {
			names = append(names, name)
		}
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(rows[b], rows[a]), cmp.Compare(a, b))
	})
	var rules []Rule
	for _, name := range names[:min(len(names), mostLevels)] {
		rules = append(rules, Rule{Column: c.Name, Op: Is, Text: name})
	}
	return rules
}
