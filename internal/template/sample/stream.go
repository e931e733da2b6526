package sample

import (
	"hash/fnv"
	"math"
	"math/rand/v2"
)

// Stream is one series' own random numbers. Every series has a stream of its
// own, so that adding a column leaves the numbers of the others as they were.
type Stream struct{ r *rand.Rand }

// NewStream is the stream of a name under a seed.
func NewStream(seed uint64, name string) *Stream {
	h := fnv.New64a()
	h.Write([]byte(name))
	return &Stream{rand.New(rand.NewPCG(seed, h.Sum64()))}
}

// Uniform is a number in [0, 1).
func (s *Stream) Uniform() float64 { return s.r.Float64() }

// Normal is a standard normal number.
func (s *Stream) Normal() float64 { return s.r.NormFloat64() }

// Chance is true with probability p.
func (s *Stream) Chance(p float64) bool { return s.r.Float64() < p }

// Whole is a whole number in [0, n); n must be positive.
func (s *Stream) Whole(n int) int { return s.r.IntN(n) }

// Pick is an index drawn in proportion to the weights.
func (s *Stream) Pick(weights ...float64) int {
	total := 0.0
	for _, w := range weights {
		total += w
	}
	at := s.r.Float64() * total
	for i, w := range weights {
		if at -= w; at < 0 {
			return i
		}
	}
	return len(weights) - 1
}

// Poisson is a count with the given mean.
func (s *Stream) Poisson(mean float64) int {
	switch {
	case !(mean > 0):
		return 0
	case mean > 60:
		// Far from zero the normal shape is the same to the eye.
		return max(0, int(math.Round(mean+math.Sqrt(mean)*s.Normal())))
	}
	limit, product, n := math.Exp(-mean), s.r.Float64(), 0
	for product > limit {
		n++
		product *= s.r.Float64()
	}
	return n
}

// Count is a count that scatters more than Poisson: scatter is the additional
// relative standard deviation (0.05 is 5 %), which large counts do not lose.
func (s *Stream) Count(mean, scatter float64) int {
	return s.Poisson(mean * math.Exp(scatter*s.Normal()-scatter*scatter/2))
}

// Of is how many of n succeed when each does so with probability p.
func (s *Stream) Of(n int, p float64) int {
	if n > 2000 {
		v := math.Round(float64(n)*p + math.Sqrt(float64(n)*p*(1-p))*s.Normal())
		return min(n, max(0, int(v)))
	}
	hits := 0
	for range n {
		if s.r.Float64() < p {
			hits++
		}
	}
	return hits
}

// Drift is n days of good and bad spells around 0, for use in an exponent:
// each day keeps the share memory of the day before, the standard deviation
// over time is sd.
func (s *Stream) Drift(n int, memory, sd float64) []float64 {
	out := make([]float64, n)
	step := sd * math.Sqrt(1-memory*memory)
	last := sd * s.Normal()
	for i := range out {
		last = memory*last + step*s.Normal()
		out[i] = last
	}
	return out
}
