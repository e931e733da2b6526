package series

import "math"

// Prefix answers aggregates over many spans of one Daily. Sum, Mean and Last
// take the same time for a day as for ten years; Max reads the days of its span.
//
// It keeps the values it was made from: do not change the series while it is
// in use. Reading from many goroutines is safe.
type Prefix struct {
	daily Daily
	// The three slices have one more entry than the series: entry i speaks of
	// the first i days.
	sums    []Total
	present []int32
	last    []int32 // index of the latest present day, -1 when there is none
	finite  bool
}

// NewPrefix reads the series once.
func NewPrefix(daily Daily) *Prefix {
	n := len(daily.Values)
	p := &Prefix{
		daily:   daily,
		sums:    make([]Total, n+1),
		present: make([]int32, n+1),
		last:    make([]int32, n+1),
	}
	p.last[0] = -1
	var running Total
	for i, v := range daily.Values {
		p.present[i+1], p.last[i+1] = p.present[i], p.last[i]
		if !math.IsNaN(v) {
			running.Add(v)
			p.present[i+1]++
			p.last[i+1] = int32(i)
		}
		p.sums[i+1] = running
	}
	total := running.Value()
	p.finite = !math.IsInf(total, 0) && !math.IsNaN(total)
	return p
}

// Aggregate is Daily.Aggregate: the same value and the same number of present
// days. Sums of whole numbers are equal to the bit; others differ by no more
// than the rounding of the last digit, as long as the whole series does not
// dwarf the span by more than sixteen digits.
func (p *Prefix) Aggregate(span Span, agg Aggregation) (value float64, present int) {
	// After an overflow the differences below would be NaN.
	if agg == Max || !p.finite {
		return p.daily.Aggregate(span, agg)
	}
	part := p.daily.Span().Intersect(span)
	if part.Empty() {
		return math.NaN(), 0
	}
	from, to := int(part.From)-int(p.daily.First), int(part.To)-int(p.daily.First)+1
	present = int(p.present[to] - p.present[from])
	if present == 0 {
		return math.NaN(), 0
	}
	switch agg {
	case Mean:
		return difference(p.sums[to], p.sums[from]) / float64(present), present
	case Last:
		return p.daily.Values[p.last[to]], present
	}
	return difference(p.sums[to], p.sums[from]), present
}

// difference subtracts two running sums without losing what subtracting their
// leading parts rounds away.
func difference(a, b Total) float64 {
	var t Total
	t.Add(a.sum)
	t.Add(-b.sum)
	t.Add(a.lost)
	t.Add(-b.lost)
	return t.Value()
}
