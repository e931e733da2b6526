package change

import (
	"math"
)

// The one setting of Levels. It was chosen on simulated autoregressions and on half of the
// annotated series; the other half had no say (TestLevelsAgainstPublished reports both).
const (
	changePenalty = 3.0 // × log n per change: a date and a level are two parameters, half as much again for the search over dates
	materialShare = 5.0 // × log n / n of the variance is the least a change must explain
	largestRho    = .9  // above this autocorrelation a wandering level counts as changes of level
	mostChanges   = 8
	outlierLimit  = 4.0 // robust standard deviations from a running median
	longestSpike  = 2   // observations: what stays away longer is not one-off
	leastSegment  = 5   // observations
	longSegment   = 14  // no segment has to be longer than two weeks
	fewest        = 12  // observations below which nothing is said
)

// Reason says why Levels could not look.
type Reason string

const (
	Looked    Reason = ""           // it looked
	TooShort  Reason = "too-short"  // fewer than twelve observations
	Unvarying Reason = "no-changes" // all observations are alike
	TooLarge  Reason = "too-large"  // numbers whose squares do not exist
)

// Shift is one lasting change of level.
type Shift struct {
	At          int     // index of the first observation of the new level
	First, Last int     // 95 % range of At
	Before      float64 // level before and after, in the units of the series, up to the
	After       float64 // neighbouring shifts
	Size        float64 // After − Before
	SE          float64 // standard error of Size, autocorrelation allowed for
	Confidence  float64 // 0 … 1: weight of a step here against a level that merely wanders; see Levels
}

// LevelChanges is what Levels found.
type LevelChanges struct {
	Shifts []Shift
	Rho    float64 // autocorrelation of neighbouring observations around the levels, at most .9
	Noise  float64 // standard deviation of the innovations, in the units of the series
	// Wanders: even around the levels found, neighbours hang together as in a random walk.
	// Such a series has no level to change; its shifts are where it happened to go.
	Wanders bool
	Reason  Reason
}

// Dates are the shifts' first observations.
func (l LevelChanges) Dates() []int {
	out := make([]int, len(l.Shifts))
	for i, s := range l.Shifts {
		out[i] = s.At
	}
	return out
}

// Levels finds lasting changes of the level of one series y (NaN: missing; weekdays, holidays
// and season removed beforehand, or period set to 7 to take a weekly pattern out here; 0 for
// none).
//
// One-off outliers are first pulled in to four robust standard deviations around a running
// median. The best placements of 0, 1, … changes are then compared by
// n·log σ² + 3·log n·changes, where σ² is the innovation variance of an AR(1) around the
// levels (as Chakar et al. 2017 do): a series that merely swings back is explained by its
// autocorrelation and gets no change. Among these, so many changes are kept as also pay five
// times log n in units of the series' own variance (the least-squares criterion of Yao 1988,
// with a penalty that is strict): what moves a level by next to nothing is not told.
//
// A level that drifts steadily is told as its largest step, with a Confidence near 0, because
// the criterion would rather have no step than one: what calls itself a jump should ask for
// a Confidence of .9.
//
// It never fails: a series it cannot judge comes back with a Reason and no shift.
func Levels(y []float64, period int) LevelChanges {
	values, index := present(y)
	if len(values) < fewest {
		return LevelChanges{Reason: TooShort}
	}
	scale := spread(values)
	switch {
	case math.IsInf(scale, 0) || math.IsNaN(scale):
		return LevelChanges{Reason: TooLarge}
	case scale == 0:
		return LevelChanges{Reason: Unvarying}
	}
	center := mean(values)
	z := make([]float64, len(values))
	for i, v := range values {
		z[i] = (v - center) / scale
	}
	removePattern(z, index, period)
	calm(z)
	variance := 0.0
	for _, v := range z {
		variance += v * v
	}
	m := mean(z)
	variance = variance/float64(len(z)) - m*m
	if variance <= 1e-12 {
		return LevelChanges{Reason: Unvarying}
	}
	placed := placements(z, least(len(z)))
	chosen := choose(z, placed, variance)
	return describe(z, index, chosen, center, scale)
}

func least(n int) int { return min(max(n/20, leastSegment), longSegment) }

// placement is the best way found to place a number of changes.
type placement struct {
	changes []int
	rss     float64
}

func choose(z []float64, placed []placement, variance float64) []int {
	n := len(z)
	unit := math.Log(float64(n))
	byErrors, bySize := 0, 0
	bestErrors, bestSize := math.Inf(1), math.Inf(1)
	for m, p := range placed {
		if c := criterion(z, p.changes); c < bestErrors {
			byErrors, bestErrors = m, c
		}
		if c := p.rss/variance + materialShare*unit*float64(m); c < bestSize {
			bySize, bestSize = m, c
		}
	}
	return placed[min(byErrors, bySize)].changes
}

// criterion is n·log σ² + 3·log n·changes with σ² from an AR(1) around the levels.
func criterion(z []float64, changes []int) float64 {
	_, variance := innovations(around(z, changes))
	n := float64(len(z))
	return n*math.Log(variance+1e-12) + changePenalty*float64(len(changes))*math.Log(n)
}

// around is the series less the mean of its segment.
func around(z []float64, changes []int) []float64 {
	out := make([]float64, len(z))
	for _, s := range segments(changes, len(z)) {
		m := mean(z[s[0]:s[1]])
		for i := s[0]; i < s[1]; i++ {
			out[i] = z[i] - m
		}
	}
	return out
}

// innovations fits an AR(1) with autocorrelation at most largestRho by least squares; the
// first observation counts with its stationary variance.
func innovations(e []float64) (rho, variance float64) {
	cross, square := 0.0, 0.0
	for t := 1; t < len(e); t++ {
		cross += e[t] * e[t-1]
		square += e[t-1] * e[t-1]
	}
	if square > 0 {
		rho = math.Min(math.Max(cross/square, -largestRho), largestRho)
	}
	variance = e[0] * e[0] * (1 - rho*rho)
	for t := 1; t < len(e); t++ {
		d := e[t] - rho*e[t-1]
		variance += d * d
	}
	return rho, variance / float64(len(e))
}

// dateQuantile is the 97.5 % point of the symmetric law of a dated break (Yao 1987; Bai 1997).
const dateQuantile = 11.03

func describe(z []float64, index, changes []int, center, scale float64) LevelChanges {
	rho, variance := innovations(around(z, changes))
	// Each mean taken out pulls the autocorrelation down by (1+3ρ)/n (Kendall 1954); ranges
	// and standard errors would be too narrow without giving it back.
	honest := math.Min(rho+(1+3*rho)*float64(len(changes)+1)/float64(len(z)), .97)
	longRun := math.Sqrt(variance) / (1 - honest)
	out := LevelChanges{Rho: rho, Noise: math.Sqrt(variance) * scale, Wanders: rho >= largestRho}
	parts := segments(changes, len(z))
	whole := criterion(z, changes)
	for i, at := range changes {
		before, after := parts[i], parts[i+1]
		a, b := mean(z[before[0]:before[1]]), mean(z[after[0]:after[1]])
		without := append(append([]int{}, changes[:i]...), changes[i+1:]...)
		gain := criterion(z, without) - whole
		width := float64(len(z))
		if b != a {
			width = math.Min(width, math.Ceil(dateQuantile*longRun*longRun/((b-a)*(b-a))))
		}
		first, last := max(before[0]+1, at-int(width)), min(after[1]-1, at+int(width))
		out.Shifts = append(out.Shifts, Shift{
			At: index[at], First: index[first], Last: index[last],
			Before: center + scale*a, After: center + scale*b, Size: scale * (b - a),
			SE:         scale * longRun * math.Sqrt(1/float64(before[1]-before[0])+1/float64(after[1]-after[0])),
			Confidence: 1 / (1 + math.Exp(math.Max(math.Min(-gain/2, 700), -700))),
		})
	}
	return out
}
