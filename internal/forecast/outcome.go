package forecast

import "math"

// Outcome is what a number may turn out to be: a mean and a variance, and a
// shape. Numbers are normal; small whole counts are Poisson, or negative
// binomial where they scatter more.
type Outcome struct {
	Mean     float64
	Variance float64
	// Counts marks a sum of whole things, which is discrete and skewed while
	// few are expected.
	Counts bool
	// base is what is certain already; the rest is spread around Mean - base.
	base float64
	// never is the value the outcome cannot fall below; -Inf where it can.
	never float64
}

// fewCounts is the expected count below which a normal curve is too crude.
const fewCounts = 30

// Certain is an outcome that is known.
func Certain(value float64) Outcome {
	return Outcome{Mean: value, base: value, never: value}
}

// Normal is an outcome that may be any number.
func Normal(mean, variance float64) Outcome {
	return Outcome{Mean: mean, Variance: max(variance, 0), never: math.Inf(-1)}
}

// SumOfDays is the sum of n independent days of one mean and standard deviation.
func SumOfDays(mean, deviation float64, n int) Outcome {
	return Normal(mean*float64(n), deviation*deviation*float64(n))
}

// Plus adds what is certain: what came in before the forecast starts.
func (o Outcome) Plus(certain float64) Outcome {
	o.Mean += certain
	o.base += certain
	o.never += certain
	return o
}

// Scale multiplies what is still to come, and leaves what is certain.
func (o Outcome) Scale(factor float64) Outcome {
	rest := o.Mean - o.base
	o.Mean = o.base + rest*factor
	if o.Counts && factor > 0 {
		// More things of the same sort: their own chance grows with their
		// number, the doubt about how many a day there are with its square.
		chance := min(rest, o.Variance)
		o.Variance = chance*factor + (o.Variance-chance)*factor*factor
	} else {
		o.Variance *= factor * factor
	}
	return o
}

// discrete reports whether the rest is counted one by one.
func (o Outcome) discrete() bool {
	rest := o.Mean - o.base
	return o.Counts && rest < fewCounts && rest >= 0
}

// AtLeast is the probability of reaching a value.
func (o Outcome) AtLeast(value float64) float64 {
	switch {
	case value <= o.never:
		return 1
	case o.discrete():
		return o.counted().atLeast(math.Ceil(value - o.base - roundOff*math.Abs(value)))
	case o.Variance <= 0:
		return unit(o.Mean >= value)
	}
	return math.Erfc((value-o.Mean)/math.Sqrt(2*o.Variance)) / 2
}

// AtMost is the probability of staying at or below a value.
func (o Outcome) AtMost(value float64) float64 {
	switch {
	case value < o.never:
		return 0
	case o.discrete():
		return 1 - o.counted().atLeast(math.Floor(value-o.base+roundOff*math.Abs(value))+1)
	case o.Variance <= 0:
		return unit(o.Mean <= value)
	}
	return math.Erfc((o.Mean-value)/math.Sqrt(2*o.Variance)) / 2
}

// roundOff forgives the last digits of a target that was computed.
const roundOff = 1e-12

// Quantile is the value that is not exceeded with a probability in (0, 1).
func (o Outcome) Quantile(probability float64) float64 {
	switch {
	case o.discrete():
		return o.base + o.counted().quantile(probability)
	case o.Variance <= 0:
		return max(o.Mean, o.never)
	}
	z := math.Sqrt2 * math.Erfinv(2*probability-1)
	return max(o.Mean+z*math.Sqrt(o.Variance), o.never)
}

// Band is the middle part of the outcome that holds a share of all cases: 0.8
// gives the tenth and the ninetieth percentile.
func (o Outcome) Band(share float64) (low, high float64) {
	return o.Quantile((1 - share) / 2), o.Quantile((1 + share) / 2)
}

func unit(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

func (o Outcome) counted() counted {
	return counted{mean: o.Mean - o.base, variance: o.Variance}
}

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

func (c counted) atLeast(n float64) float64 {
	below := 0.0
	c.walk(func(k, p float64) bool {
		if k >= n {
			return false
		}
		below += p
		return true
	})
	return min(max(1-below, 0), 1)
}

func (c counted) quantile(probability float64) float64 {
	sum, found := 0.0, 0.0
	c.walk(func(k, p float64) bool {
		sum += p
		found = k
		return sum < probability
	})
	return found
}
