package drift

import (
	"math"
	"math/rand/v2"
)

// drawn is a column as the filter leaves it, without a world around it: the regressor a
// moving average as the lag kernels make it, the noise white with variance 1. info is what
// one day tells of an elasticity of 1 (its squared t-ratio); the standard world has .3.
func drawn(rng *rand.Rand, n, at int, before, after, info float64) (c, y []float64) {
	c, y = make([]float64, n), make([]float64, n)
	sd := math.Sqrt(info / .375)
	a, b := rng.NormFloat64(), rng.NormFloat64()
	for i := range c {
		d := rng.NormFloat64()
		c[i] = sd * (.25*a + .5*b + .25*d)
		a, b = b, d
		e := before
		if at >= 0 && i >= at {
			e = after
		}
		y[i] = e*c[i] + rng.NormFloat64()
	}
	return c, y
}

// upTo is the column of the first n days.
func upTo(c, y []float64, n int) Column { return Column{C: c[:n], Y: y[:n], Used: 25} }
