package rootcause

import (
	"cmp"
	"math"
	"slices"
)

// Deviation is the deviation score of a leaf, 2(f−v)/(f+v): 0 as expected, 2 where nothing
// came, −2 where something came of nothing. It is symmetric, which a relative error is
// not. Negative amounts count as zero.
//
// Source: Li et al. (ISSRE 2019), section III.
func Deviation(forecast, actual float64) float64 {
	f, v := max(forecast, 0), max(actual, 0)
	if f+v == 0 || math.IsInf(f+v, 0) || math.IsNaN(f+v) {
		return 0
	}
	return 2 * (f - v) / (f + v)
}

// measured are the leaves as the search sees them.
type measured struct {
	z       []float64 // deviation of what came, in units of the noise of leaves of its size
	d       []float64 // −Deviation: positive where more came than expected
	counted []bool    // leaves that say something
}

// noiseFloor is the deviation below which nobody cares: 3 % of a leaf.
const noiseFloor = .03

// measure turns leaves into deviations in units of their noise.
//
// How much leaves deviate anyway is read from those that went against the change of the
// total, because a cause that moves most leaves one way leaves the others alone (the idea
// of the cutoff in Kalander, RiskLoc, arXiv 2205.10004).
func measure(leaves []Leaf) measured {
	n := len(leaves)
	m := measured{z: make([]float64, n), d: make([]float64, n), counted: make([]bool, n)}
	inverse := make([]float64, n) // 1/size
	var ids []int
	total := 0.0
	for i, l := range leaves {
		f, v, size := l.sides()
		if math.IsNaN(f+v+size) || math.IsInf(f+v+size, 0) || (f <= 0 && v <= 0) {
			continue
		}
		m.d[i], inverse[i], m.counted[i] = -Deviation(f, v), 1/max(size, 1e-300), true
		total += (v - f) * weightOf(l)
		ids = append(ids, i)
	}
	quiet := m.quiet(ids, total)
	noise := fitNoise(m.d, inverse, quiet)
	for _, i := range ids {
		m.z[i] = m.d[i] / noise.sd(inverse[i])
	}
	m.normalise(ids, quiet)
	return m
}

// quiet are the leaves that went against the total; where hardly any did, also the half of
// the others that moved least.
func (m *measured) quiet(ids []int, total float64) []int {
	var against, with []int
	for _, i := range ids {
		switch d := m.d[i]; {
		case d*total < 0:
			against = append(against, i)
		case d != 0:
			with = append(with, i)
		}
	}
	if len(against) < 5 && len(with) > 10*len(against) {
		slices.SortStableFunc(with, func(a, b int) int { return cmp.Compare(math.Abs(m.d[a]), math.Abs(m.d[b])) })
		against = append(against, with[:len(with)/2]...)
	}
	return against
}

// noise is the variance of a leaf's deviation, share + count/size: a forecast is off by
// some per cent whatever the size, and counts scatter the more the fewer they are.
type noise struct{ share, count float64 }

func (n noise) sd(inverse float64) float64 {
	return math.Sqrt(n.share + n.count*inverse + noiseFloor*noiseFloor)
}

// fitNoise fits the two parts to the medians of |d| in up to eight bands of size, by least
// squares of the logs over a grid of how they divide.
func fitNoise(d, inverse []float64, quiet []int) noise {
	if len(quiet) < 5 {
		return noise{}
	}
	quiet = slices.Clone(quiet)
	slices.SortStableFunc(quiet, func(a, b int) int { return cmp.Compare(inverse[a], inverse[b]) })
	bands := min(max(len(quiet)/15, 1), 8)
	variance, one := make([]float64, bands), make([]float64, bands)
	for b := range bands {
		band := quiet[b*len(quiet)/bands : (b+1)*len(quiet)/bands]
		sizes := make([]float64, len(band))
		for k, i := range band {
			sizes[k] = math.Abs(d[i])
		}
		slices.Sort(sizes)
		unit := 1.4826 * sizes[len(sizes)/2]
		variance[b], one[b] = max(unit*unit, noiseFloor*noiseFloor/4), inverse[band[len(band)/2]]
	}
	if bands == 1 {
		return noise{share: variance[0]}
	}
	best, least := noise{}, math.Inf(1)
	pivot := one[bands/2] // at this size both parts are alike when divide is 1
	for step := -16; step <= 16; step++ {
		divide := math.Pow(2, float64(step)/2)
		switch step { // all of the one, all of the other
		case -16:
			divide = 0
		case 16:
			divide = 1e12
		}
		level := 0.0
		for b := range variance {
			level += math.Log(variance[b]/(1+divide*one[b]/pivot)) / float64(bands)
		}
		off := 0.0
		for b := range variance {
			e := math.Log(variance[b]/(1+divide*one[b]/pivot)) - level
			off += e * e
		}
		if off < least {
			least, best = off, noise{math.Exp(level), math.Exp(level) * divide / pivot}
		}
	}
	return best
}

// sides are forecast, actual and size of a leaf. The size of a ratio is the smaller of its
// halves: of a rate the successes, of an average the things averaged.
func (l Leaf) sides() (f, v, size float64) {
	if l.ForecastOf == 0 && l.ActualOf == 0 {
		return l.Forecast, l.Actual, (l.Forecast + l.Actual) / 2
	}
	if l.ForecastOf <= 0 || l.ActualOf <= 0 {
		return 0, 0, 0 // a rate of nothing
	}
	return l.Forecast / l.ForecastOf, l.Actual / l.ActualOf, min(l.Forecast+l.Actual, l.ForecastOf+l.ActualOf) / 2
}

func weightOf(l Leaf) float64 {
	if l.ForecastOf == 0 && l.ActualOf == 0 {
		return 1
	}
	return l.ForecastOf
}

// normalise tames heavy tails: a deviation as common as q among the quiet counts as the
// normal deviation that is as common, and one beyond them all in proportion.
func (m *measured) normalise(ids, against []int) {
	k := len(against)
	if k < 100 {
		return
	}
	quiet := make([]float64, k)
	for j, i := range against {
		quiet[j] = math.Abs(m.z[i])
	}
	slices.Sort(quiet)
	for _, i := range ids {
		size := math.Abs(m.z[i])
		rank, _ := slices.BinarySearch(quiet, size)
		normal := math.Sqrt2 * math.Erfcinv((float64(k-rank)+.5)/(float64(k)+1))
		if rank == k {
			normal *= size / quiet[k-1]
		}
		m.z[i] = math.Copysign(min(size, normal), m.z[i])
	}
}
