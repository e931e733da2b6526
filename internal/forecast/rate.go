package forecast

import (
	"math"

	"github.com/shirube/shirube/internal/series"
)

// WeeksOfRate is how many weekly values FitRate can use; more are of no help.
const WeeksOfRate = 26

// Rate is the projection of a ratio of two sums. It stays where it is; its
// width comes from its weekly values, because those of single days say nothing
// where little happens.
type Rate struct {
	from    series.Day
	now     float64
	perWeek float64 // variance of a week's value
	doubt   float64 // variance of now
	drift   drift
	share   bool // all values lie within 0 and 1
}

// FitRate takes the rate of the latest 28 days and its values in the weeks
// before asOf, oldest first, NaN where a week has none. days is the number of
// days with data.
func FitRate(now float64, weeks []float64, days int, asOf series.Day) (*Rate, Shortage) {
	known := make([]float64, 0, len(weeks))
	share := now >= 0 && now <= 1
	for _, w := range weeks {
		if !math.IsNaN(w) {
			known = append(known, w)
			share = share && w >= 0 && w <= 1
		}
	}
	if days < ShortestHistory || math.IsNaN(now) || len(known) < 2 {
		return nil, Shortage{Days: max(ShortestHistory-days, 1)}
	}
	r := &Rate{from: asOf + 1, now: now, share: share}
	latest := known[max(len(known)-8, 0):]
	r.perWeek = longRunVariance(latest, 2)
	r.doubt = r.perWeek / float64(min(len(latest), 4))
	months := make([]float64, 0, len(known)/4)
	for end := len(known); end >= 4; end -= 4 {
		months = append([]float64{mean(known[end-4 : end])}, months...)
	}
	r.drift = driftOf(months, r.perWeek/4)
	return r, Shortage{}
}

// Over is the ratio over a span, of which soFar was the ratio on the days
// before the forecast starts; NaN when there is none. Days are taken to weigh
// the same.
func (r *Rate) Over(span series.Span, soFar float64) Outcome {
	ahead := span.Intersect(series.Span{From: r.from, To: span.To})
	if ahead.Empty() {
		return Certain(soFar)
	}
	left, certain := 1.0, 0.0
	if ahead.Days() < span.Days() && !math.IsNaN(soFar) {
		left = float64(ahead.Days()) / float64(span.Days())
		certain = soFar * (1 - left)
	}
	weeks := max(float64(ahead.Days())/7, 1.0/7)
	o := Normal(left*r.now, left*left*(r.perWeek/weeks+r.doubt+r.drift.variance(int(span.To)-int(r.from)+1)))
	if r.share {
		o.never = 0
	}
	return o.Plus(certain)
}
