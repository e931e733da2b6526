package forecast

import "math"

// counted is a Poisson count, or a negative binomial one where the variance
// exceeds the mean.
type counted struct{ mean, variance float64 }

// walk calls yield with each count and its probability until told to stop or
// next to nothing is left.
func (c counted) walk(yield func(n, probability float64) bool) {
	if c.mean <= 0 {
		yield(0, 1)
		return
	}
	poisson := c.variance <= c.mean*1.0001
	size := c.mean * c.mean / (c.variance - c.mean) // of the negative binomial
	success := c.mean / c.variance
	p := math.Exp(-c.mean)
	if !poisson {
		p = math.Exp(size * math.Log(success))
	}
	left := 1.0
	for n := 0.0; n < longestWalk && left > 1e-13; n++ {
		if !yield(n, p) {
			return
		}
		left -= p
		if poisson {
			p *= c.mean / (n + 1)
		} else {
			p *= (n + size) / (n + 1) * (1 - success)
		}
	}
}

const longestWalk = 20_000

func (c counted) quantile(probability float64) float64 {
	sum, found := 0.0, 0.0
	c.walk(func(k, p float64) bool {
		sum += p
		found = k
		return sum < probability
	})
	return found
}
