package structure

import (
	"fmt"
	"math"
)

// FPath is the F statistic of every admissible date.
type FPath struct {
	First int       // observations before the first date tried
	F     []float64 // F[i]: a break after First+i observations, against none; not divided by k
	Law   Law       // the null law its functionals are judged by
}

// FunctionalTest is one functional of the path with its p-value under "no break".
type FunctionalTest struct {
	Statistic, P float64
	Break        int // observations before the likeliest break
}

// largestF stands for an F whose denominator vanished: the two regimes fit exactly.
const largestF = 1e12

// FStatistics computes F(i) = (RSS − RSS₁ − RSS₂)/((RSS₁ + RSS₂)/(n − 2k)) for every break
// that leaves the share trim (0 < trim < .5) of the sample on either side: Chow's test at
// each date, Andrews (1993), without division by k.
// Errors: ErrShape for the trim, ErrTooShort where no regime has more rows than coefficients.
func (s *Sample) FStatistics(trim float64) (*FPath, error) {
	first, last, err := s.dates(trim)
	if err != nil {
		return nil, err
	}
	w := s.scratch()
	path := &FPath{First: first, F: make([]float64, 0, last-first+1), Law: lawOf(s.k, first, last, s.n)}
	for i := first; i <= last; i++ {
		two := s.fit(0, i, w) + s.fit(i, s.n, w)
		path.F = append(path.F, ratio(s.rss-two, two, s.n-2*s.k, s.rss))
	}
	return path, nil
}

func ratio(gain, two float64, df int, whole float64) float64 {
	if two <= 1e-14*whole {
		return largestF
	}
	return math.Min(math.Max(gain/two*float64(df), 0), largestF)
}

func (s *Sample) dates(trim float64) (first, last int, err error) {
	if !(trim > 0 && trim < .5) {
		return 0, 0, fmt.Errorf("trim a share of %v: %w", trim, ErrShape)
	}
	first = max(int(math.Floor(trim*float64(s.n)+1e-9)), s.k+1)
	last = s.n - first
	if first > last || s.n <= 2*s.k {
		return 0, 0, fmt.Errorf("cut %d observations with %d coefficients in two: %w", s.n, s.k, ErrTooShort)
	}
	return first, last, nil
}

// Sup is the largest F (Andrews 1993), the test for one break at an unknown date.
func (p *FPath) Sup() FunctionalTest {
	at := p.argmax()
	return FunctionalTest{p.F[at], p.Law.SupP(p.F[at]), p.First + at}
}

// Average is the mean F (Andrews and Ploberger 1994), strongest against small changes.
func (p *FPath) Average() FunctionalTest {
	sum := 0.0
	for _, f := range p.F {
		sum += f
	}
	mean := sum / float64(len(p.F))
	return FunctionalTest{mean, p.Law.AverageP(mean), p.First + p.argmax()}
}

// Exponential is log mean exp(F/2) (Andrews and Ploberger 1994), strongest against large ones.
func (p *FPath) Exponential() FunctionalTest {
	at := p.argmax()
	top, sum := p.F[at], 0.0
	for _, f := range p.F {
		sum += math.Exp((f - top) / 2)
	}
	value := top/2 + math.Log(sum/float64(len(p.F)))
	return FunctionalTest{value, p.Law.ExponentialP(value), p.First + at}
}

func (p *FPath) argmax() int {
	at := 0
	for i, f := range p.F {
		if f > p.F[at] {
			at = i
		}
	}
	return at
}
