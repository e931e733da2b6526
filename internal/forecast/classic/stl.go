package classic

import (
	"math"
	"slices"
)

// STLOptions are the windows of STL: odd numbers of steps; zero takes the usual value.
// Every loess is computed at each Jump-th step and joined by straight lines, a tenth of
// the window unless said otherwise.
type STLOptions struct {
	Season   int // of the season, in seasons; Periodic instead keeps it the same for ever
	Periodic bool
	Trend    int // of the trend
	LowPass  int // of the filter between the two
	Inner    int // passes of the inner loop (2; 1 with Robust)
	Robust   int // passes that weigh down outliers (0)
}

// STL decomposes a series into trend, season and rest by loess (Cleveland, Cleveland,
// McRae & Terpenning 1990). y has no gaps and at least two seasons; else the season is
// zero and why says so.
func STL(y []float64, m int, o STLOptions) (d Decomposition, why Reason) {
	n := len(y)
	d = Decomposition{Trend: slices.Clone(y), Season: make([]float64, n), Rest: make([]float64, n), Indices: make([]float64, max(m, 1))}
	if m < 2 || n < 2*m {
		return d, TooShort
	}
	if !complete(y) {
		return d, TooManyGaps
	}
	s := newSTL(y, m, o)
	weights := repeat(1, n)
	for pass := 0; pass <= o.Robust; pass++ {
		for range s.inner {
			s.inner1(weights)
		}
		if pass < o.Robust {
			weights = s.robustness()
		}
	}
	copy(d.Season, s.season)
	copy(d.Trend, s.trend)
	if o.Periodic {
		sums, counts := make([]float64, m), make([]float64, m)
		for i, v := range d.Season {
			sums[i%m] += v
			counts[i%m]++
		}
		for i := range d.Season {
			d.Season[i] = sums[i%m] / counts[i%m]
		}
	}
	for i := range y {
		d.Rest[i] = y[i] - d.Trend[i] - d.Season[i]
	}
	for i := n - m; i < n; i++ {
		d.Indices[i%m] = d.Season[i] // the latest season is the one to carry on
	}
	return d, Fine
}

type stlWork struct {
	y, season, trend []float64
	m, inner         int
	ns, nt, nl       int
	degree           int // of the seasonal loess
	js, jt, jl       int
	cycle            []float64
}

func newSTL(y []float64, m int, o STLOptions) *stlWork {
	n := len(y)
	s := &stlWork{y: y, m: m, ns: o.Season, nt: o.Trend, nl: o.LowPass, inner: o.Inner, degree: 1}
	if s.ns <= 0 {
		s.ns = 11
	}
	if o.Periodic {
		s.ns, s.degree = 10*n+1, 0
	}
	if s.inner <= 0 {
		s.inner = 2
		if o.Robust > 0 {
			s.inner = 1
		}
	}
	if s.nt <= 0 {
		s.nt = nextOdd(1.5 * float64(m) / (1 - 1.5/float64(s.ns)))
	}
	if s.nl <= 0 {
		s.nl = nextOdd(float64(m))
	}
	tenth := func(w int) int { return (w + 9) / 10 }
	s.js, s.jt, s.jl = tenth(s.ns), tenth(s.nt), tenth(s.nl)
	s.season, s.trend = make([]float64, n), make([]float64, n)
	s.cycle = make([]float64, n+2*m)
	return s
}

func nextOdd(v float64) int {
	k := int(math.Ceil(v))
	if k%2 == 0 {
		k++
	}
	return k
}

// inner1 is one pass of the inner loop, steps 1 to 6 of the paper.
func (s *stlWork) inner1(weights []float64) {
	n, m := len(s.y), s.m
	for phase := range m { // 1–2: loess of each cycle-subseries, one step beyond either end
		var sub, w []float64
		for i := phase; i < n; i += m {
			sub = append(sub, s.y[i]-s.trend[i])
			w = append(w, weights[i])
		}
		k := len(sub)
		smooth := loess(sub, s.ns, s.degree, s.js, w)
		first := loessAt(sub, s.ns, s.degree, 0, 1, min(s.ns, k), w)
		last := loessAt(sub, s.ns, s.degree, float64(k+1), max(1, k-s.ns+1), k, w)
		s.cycle[phase] = orElse(first, smooth[0])
		for i, v := range smooth {
			s.cycle[phase+(i+1)*m] = v
		}
		s.cycle[phase+(k+1)*m] = orElse(last, smooth[k-1])
	}
	// 3: what is left of the trend in it
	low := movingMean(movingMean(movingMean(s.cycle, m), m), 3)
	low = loess(low, s.nl, 1, s.jl, nil)
	without := make([]float64, n)
	for i := range without { // 4–5
		s.season[i] = s.cycle[m+i] - low[i]
		without[i] = s.y[i] - s.season[i]
	}
	copy(s.trend, loess(without, s.nt, 1, s.jt, weights)) // 6
}

// robustness is the bisquare weight of each rest.
func (s *stlWork) robustness() []float64 {
	size := make([]float64, len(s.y))
	for i := range size {
		size[i] = math.Abs(s.y[i] - s.trend[i] - s.season[i])
	}
	sorted := slices.Sorted(slices.Values(size))
	n := len(sorted)
	h := 3 * (sorted[(n-1)/2] + sorted[n/2]) // six times the median
	out := repeat(1, n)
	for i, v := range size {
		switch {
		case v > .999*h:
			out[i] = 0
		case v > .001*h:
			u := v / h
			out[i] = (1 - u*u) * (1 - u*u)
		}
	}
	return out
}

// movingMean is the mean of k values, k−1 shorter than x.
func movingMean(x []float64, k int) []float64 {
	out := make([]float64, len(x)-k+1)
	sum := 0.0
	for i, v := range x {
		sum += v
		if i >= k {
			sum -= x[i-k]
		}
		if i >= k-1 {
			out[i-k+1] = sum / float64(k)
		}
	}
	return out
}
