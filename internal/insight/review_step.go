package insight

import (
	"maps"
	"math"
	"slices"

	"github.com/shirube/shirube/internal/formula"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/stat"
	"github.com/shirube/shirube/internal/stat/change"
)

const (
	// stepDays is how far back a step's rate is looked at: two years hold each season
	// twice, and what was before says little.
	stepDays = 2 * 365
	// leakSure is the share of wrong ones among the leaks told in a model, at most.
	leakSure = .05
	// leakWorth is the fall of a rate from which it is told.
	leakWorth = .07
	// seasonDays is how much history the yearly season of a rate asks for.
	seasonDays = 500
)

// leak is a step of the road that lets fewer through than it did.
type leak struct {
	ind         *goal.Indicator
	on          series.Day
	first, last series.Day // 95 % range of the day
	ratio       float64    // the rate now over the rate before, other things equal
	low, high   float64    // 95 % interval of ratio
	p           float64
	before, now float64     // the rate itself, before and since
	base, since series.Span // the days of the two
	dimension   string      // where it happened; empty where it cannot be said
	part        string
	partShare   float64 // of the whole fall
	partWas     float64
	partIs      float64
}

// leaks finds the rates under the KGI that fell for good. A rate that is made of others is
// looked at only where none of those explains its fall. Each rate is looked at as a whole
// and in its larger parts (a device, say), because what happens to one part alone shows
// there first; Benjamini and Hochberg over all of these looks.
func (v *View) leaks() []leak {
	var looks []leak
	var ps []float64
	for _, id := range v.model.Order() { // children before parents
		ind := v.model.Indicator(id)
		if v.ev.Kind(id) != formula.Rate || !ind.IsKGI && !v.leadsByFormula(id) || v.wanted(ind) == 0 {
			continue
		}
		if v.givenUp() {
			return nil
		}
		for _, l := range v.looksAt(ind) {
			p := 1.0
			if v.worse(ind, l.ratio) {
				p = l.p / 2 // of falls alone
			}
			looks, ps = append(looks, l), append(ps, p)
		}
	}
	adjusted := stat.BenjaminiHochberg(ps)
	var out []leak
	for i := 0; i < len(looks); {
		best := -1
		next := i
		for ; next < len(looks) && looks[next].ind == looks[i].ind; next++ {
			if adjusted[next] <= leakSure && (best < 0 || ps[next] < ps[best]) {
				best = next
			}
		}
		if best >= 0 && adjusted[i] <= leakSure {
			best = i // the whole speaks for itself
		}
		parts := looks[i+1 : next]
		i = next
		if best < 0 || v.toldBelow(looks[best], out) {
			continue
		}
		l := v.located(looks[best])
		if l.part == "" {
			l = v.partNamed(l, parts)
		}
		if l.before > 0 && l.now >= 0 && v.worse(l.ind, l.now/l.before) && math.Abs(l.ratio-1) >= leakWorth && v.stillDown(l) {
			out = append(out, l)
		}
	}
	return out
}

// stillDown reports whether the last weeks are nearer to the new level than to the old: a
// hole that was mended is no leak.
func (v *View) stillDown(l leak) bool {
	last := v.valueOnce(l.ind.ID, series.Span{From: max(l.on, v.asOf-comparisonDays+1), To: v.asOf}).V
	return last >= 0 && (last-l.before)/(l.now-l.before) > .5
}

// worse tells whether a change by a factor is for the worse of the KGI.
func (v *View) worse(ind *goal.Indicator, ratio float64) bool {
	return v.wanted(ind)*(ratio-1) < 0
}

// toldBelow reports whether a rate this one is made of fell around the same day.
func (v *View) toldBelow(l leak, told []leak) bool {
	return slices.ContainsFunc(told, func(t leak) bool {
		return v.restsOn(l.ind.ID, t.ind.ID) && l.first <= t.last+14 && t.first <= l.last+14
	})
}

// restsOn reports whether formulas lead from one indicator up to another.
func (v *View) restsOn(top, below string) bool {
	seen := map[string]bool{}
	queue := []string{top}
	for len(queue) > 0 {
		id := queue[0]
		queue = queue[1:]
		for _, child := range v.model.Children(id) {
			if child == below {
				return true
			}
			if !seen[child] {
				seen[child] = true
				queue = append(queue, child)
			}
		}
	}
	return false
}

// looksAt looks for the last lasting change of a rate, first as a whole, then in its
// larger parts. A look that found nothing has p 1; none where it cannot be looked at.
func (v *View) looksAt(ind *goal.Indicator) []leak {
	above, below, ok := v.counted(ind)
	if !ok {
		return v.levelChange(ind)
	}
	span, some := v.shared(above, below)
	if !some {
		return nil
	}
	usual, slow := v.usual(span)
	look := func(a, b series.Daily) (leak, bool) {
		l := leak{ind: ind, p: 1, ratio: 1}
		changes := change.Shares(over(a, span), over(b, span), usual, slices.Clone(slow)...)
		n := len(changes.Shifts)
		if changes.Reason != change.Looked || n == 0 {
			return l, changes.Reason == change.Looked
		}
		s := changes.Shifts[n-1]
		l.p, l.ratio, l.low, l.high = s.P, s.Ratio, s.Low, s.High
		l.on, l.first, l.last = span.From+series.Day(s.At), span.From+series.Day(s.First), span.From+series.Day(s.Last)
		start := span.From
		if n > 1 {
			start += series.Day(changes.Shifts[n-2].At)
		}
		v.sides(&l, start)
		return l, true
	}
	whole, ok := look(above, below)
	if !ok {
		return nil
	}
	out := []leak{whole}
	for _, dimension := range v.ev.Dimensions(ind.ID) {
		tops, bottoms := v.partsOf(ind, dimension, span)
		for _, value := range slices.Sorted(maps.Keys(tops)) {
			if l, ok := look(tops[value], bottoms[value]); ok {
				l.dimension, l.part = dimension, value
				out = append(out, l)
			}
		}
	}
	return out
}

// longestSide is how many days before and since a change are compared: enough for few
// things a day, near enough to be the same business.
const longestSide = 180

// sides reads the rate before and since a change.
func (v *View) sides(l *leak, start series.Day) {
	l.since = series.Span{From: max(l.on, v.asOf-longestSide+1), To: v.asOf}
	days := min(max(2*l.since.Days(), 3*comparisonDays), longestSide)
	l.base = series.Span{From: max(start, l.on-series.Day(days)), To: l.on - 1}
	l.before, l.now = v.valueOnce(l.ind.ID, l.base).V, v.valueOnce(l.ind.ID, l.since).V
}

// counted is a rate as things counted over chances, day by day; false where it is not
// one sum over another.
func (v *View) counted(ind *goal.Indicator) (above, below series.Daily, ok bool) {
	switch {
	case ind.Measure != nil:
		shape := ind.Measure.Shape()
		if !oneOverOther(shape) {
			return above, below, false
		}
		top, bottom := v.ev.Data().Metrics[shape.Parts[0].Name], v.ev.Data().Metrics[shape.Parts[1].Name]
		if top == nil || bottom == nil {
			return above, below, false
		}
		return top.Total, bottom.Total, true
	case ind.Formula != nil:
		shape := ind.Formula.Shape()
		if !oneOverOther(shape) || !v.flow(shape.Parts[0].Name) || !v.flow(shape.Parts[1].Name) {
			return above, below, false
		}
		return v.history(shape.Parts[0].Name), v.history(shape.Parts[1].Name), true
	}
	return above, below, false
}

// shared is the days on which both counts may have a value, two years at most.
func (v *View) shared(a, b series.Daily) (series.Span, bool) {
	firstA, someA := a.FirstPresent()
	firstB, someB := b.FirstPresent()
	span := series.Span{From: max(firstA, firstB, v.asOf-stepDays+1), To: v.asOf}
	return span, someA && someB && !span.Empty()
}

func oneOverOther(shape formula.Shape) bool {
	return shape.Op == formula.JoinQuotient && len(shape.Parts) == 2 && !shape.Parts[0].Inverse && shape.Parts[1].Inverse
}

// over lays a series on the days of a span, missing where it has none.
func over(d series.Daily, span series.Span) []float64 {
	out := make([]float64, span.Days())
	for i := range out {
		out[i] = math.NaN()
		if x, ok := d.At(span.From + series.Day(i)); ok {
			out[i] = x
		}
	}
	return out
}

// usual is what changes a rate from day to day without anything being wrong: weekdays and
// days off; and what may change it slowly: a trend and, with history enough, the season.
func (v *View) usual(span series.Span) (columns [][]float64, slow [][][]float64) {
	n := span.Days()
	trend := make([]float64, n)
	weekdays, off := make([][]float64, 6), make([]float64, n)
	for j := range weekdays {
		weekdays[j] = make([]float64, n)
	}
	calendar, some := v.model.Calendar(), 0
	for i := range n {
		day := span.From + series.Day(i)
		trend[i] = (float64(i) - float64(n-1)/2) / float64(n)
		if w := int(day.Weekday()); w > 0 {
			weekdays[w-1][i] = 1
		}
		if calendar.Kind(day) > series.Sunday {
			off[i] = 1
			some++
		}
	}
	columns = append(columns, weekdays...)
	if some > 0 && some < n {
		columns = append(columns, off)
	}
	slow = append(slow, [][]float64{trend})
	if n >= seasonDays {
		sin, cos := make([]float64, n), make([]float64, n)
		for i := range n {
			turn := 2 * math.Pi * float64(int(span.From)+i) / 365.25
			sin[i], cos[i] = math.Sin(turn), math.Cos(turn)
		}
		slow = append(slow, [][]float64{sin, cos})
	}
	return columns, slow
}

// levelChange is for rates that are not one sum over another: lasting steps of their
// daily logarithm.
func (v *View) levelChange(ind *goal.Indicator) []leak {
	l := leak{ind: ind, p: 1, ratio: 1}
	h := v.history(ind.ID)
	first, some := h.FirstPresent()
	if !some {
		return nil
	}
	span := series.Span{From: max(first, v.asOf-stepDays+1), To: v.asOf}
	logs := over(h, span)
	for i, x := range logs {
		if !(x > 0) {
			logs[i] = math.NaN()
			continue
		}
		logs[i] = math.Log(x)
	}
	found := change.Levels(logs, 7)
	if found.Reason != change.Looked {
		return nil
	}
	if len(found.Shifts) == 0 || found.Wanders {
		return []leak{l}
	}
	s := found.Shifts[len(found.Shifts)-1]
	if s.Confidence < .9 {
		return []leak{l}
	}
	l.ratio, l.low, l.high = math.Exp(s.Size), math.Exp(s.Size-1.96*s.SE), math.Exp(s.Size+1.96*s.SE)
	l.p = 1 - s.Confidence
	if s.SE > 0 {
		l.p = min(l.p, 2*stat.NormalTail(math.Abs(s.Size)/s.SE)*float64(span.Days()))
	}
	l.on, l.first, l.last = span.From+series.Day(s.At), span.From+series.Day(s.First), span.From+series.Day(s.Last)
	v.sides(&l, span.From)
	return []leak{l}
}
