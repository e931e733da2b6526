package link

import (
	"math"
	"slices"

	"github.com/shirube/shirube/internal/series"
)

const (
	fewestRest  = 4   // holidays from which on their scatter says anything
	unlikeLeast = 2.5 // times the scatter of other days from which on holidays are set aside
	unlikeSure  = 4   // standard errors by which the scatter must exceed that of other days
	mostRest    = 8   // at most one day in so many may be set aside
)

// restDays are the days of the span on which Japan rests: public holidays, those of
// weekends among them, and the breaks of the year. A team's closed days are not here: that
// it rests on them is not in doubt.
func restDays(span series.Span, cal *series.Calendar) []int {
	var out []int
	for t := range max(0, span.Days()) {
		switch cal.Kind(span.From + series.Day(t)) {
		case series.Holiday, series.NewYear, series.GoldenWeek, series.Obon:
			out = append(out, t)
		}
	}
	return out
}

// unlike returns the rest days when they scatter clearly more around their common dummies
// than other days do, else nothing. A business that closes on some holidays only falls on
// those by far more than the dummy and rises on the others; KPI and KGI do so on the same
// days, and what they then share is no link. Nobody has said which holidays these are, so
// none of them is trusted. The variance ratio is of distances from both neighbours, its
// largest left out (one thrown day is no habit), against the robust variance of all days.
func (f *seriesFit) unlike(rest []int) []int {
	dist, size := f.distances()
	usual := 1.4826 * median(size)
	var own []float64
	for _, t := range rest {
		if f.have[t] {
			own = append(own, dist[t])
		}
	}
	if len(own) < fewestRest || len(rest)*mostRest > len(f.r) || !(usual > 0) {
		return nil
	}
	slices.Sort(own)
	own = own[:len(own)-1]
	k := float64(len(own))
	ratio := dot(own, own) / k / (usual * usual)
	if ratio < unlikeLeast || ratio < 1+unlikeSure*math.Sqrt(2/k) {
		return nil
	}
	return rest
}

// distances are how far each day lies from what its neighbours make likely under an AR(1),
// 0 where there is no value; size lists those of the days that are there.
func (f *seriesFit) distances() (dist, size []float64) {
	n := len(f.r)
	dist = make([]float64, n)
	k := f.rho / (1 + f.rho*f.rho)
	for t := range n {
		if !f.have[t] {
			continue
		}
		around := 0.0
		if t > 0 {
			around += f.r[t-1]
		}
		if t < n-1 {
			around += f.r[t+1]
		}
		dist[t] = math.Abs(f.r[t] - k*around)
		size = append(size, dist[t])
	}
	return dist, size
}
