package classic

import "math"

// Reason says why a forecast is simpler than was asked for; empty where it is not.
type Reason string

// The reasons a method falls back to something simpler.
const (
	Fine        Reason = ""
	NoData      Reason = "no-data"       // not one value: the forecast is zero, its width too
	TooShort    Reason = "too-short"     // fewer values than the method has parameters
	Constant    Reason = "constant"      // all values the same: carried on, width zero
	TooManyGaps Reason = "too-many-gaps" // more than half the steps between first and last are missing
	NotPositive Reason = "not-positive"  // a logarithm or a product was asked of values ≤ 0
)

// Clean makes a series that every method can work on: leading and trailing gaps are cut,
// inner gaps bridged — from the same step of the neighbouring seasons where there are
// any, else on a straight line — and infinite values treated as missing.
//
// trailing is the number of steps cut at the end: a forecast has to reach that much
// further. The values are copied.
func Clean(y []float64, m int) (values []float64, trailing int, why Reason) {
	first, last, present := -1, -1, 0
	for i, v := range y {
		if usable(v) {
			if first < 0 {
				first = i
			}
			last = i
			present++
		}
	}
	if first < 0 {
		return nil, 0, NoData
	}
	values = make([]float64, last-first+1)
	copy(values, y[first:last+1])
	trailing = len(y) - 1 - last
	if present < len(values) {
		if 2*present < len(values) {
			why = TooManyGaps
		}
		bridge(values, m)
	}
	return values, trailing, why
}

// usable leaves room below the largest number, so that squares and sums stay finite.
func usable(v float64) bool { return !math.IsNaN(v) && math.Abs(v) < 1e120 }

// complete reports whether every value can be worked with.
func complete(y []float64) bool {
	for _, v := range y {
		if !usable(v) {
			return false
		}
	}
	return true
}

// tolerant lets a method that wants a complete series meet one with gaps: they are
// bridged, and the forecast reaches over those at the end.
func tolerant(y []float64, m, h int, method func(y []float64, m, h int) Forecast) Forecast {
	m, h = max(m, 1), max(h, 0)
	if complete(y) {
		return method(y, m, h)
	}
	clean, trailing, why := Clean(y, m)
	f := method(clean, m, h+trailing)
	f.Mean, f.SD = f.Mean[trailing:], f.SD[trailing:]
	if f.Why == Fine {
		f.Why = why
	}
	return f
}

// bridge fills gaps. The straight line keeps the level; the departure of the same season
// from its own line is added where a whole season before and after is known.
func bridge(y []float64, m int) {
	n := len(y)
	line := make([]float64, n)
	copy(line, y)
	for i := 0; i < n; i++ {
		if usable(line[i]) {
			continue
		}
		j := i
		for !usable(y[j]) {
			j++ // the last value is present
		}
		step := (y[j] - line[i-1]) / float64(j-i+1)
		for ; i < j; i++ {
			line[i] = line[i-1] + step
		}
	}
	if m > 1 && n >= 2*m {
		smooth := centredMean(line, m)
		for i := range y {
			if usable(y[i]) {
				continue
			}
			sum, count := 0.0, 0
			for _, j := range []int{i - m, i + m, i - 2*m, i + 2*m} {
				if j >= 0 && j < n && usable(y[j]) && usable(smooth[j]) {
					sum += y[j] - smooth[j]
					count++
				}
			}
			if count > 0 && usable(smooth[i]) {
				line[i] = smooth[i] + sum/float64(count)
			}
		}
	}
	copy(y, line)
}

// constant reports whether the values do not differ beyond rounding.
func constant(y []float64) bool {
	for _, v := range y {
		if math.Abs(v-y[0]) > 1e-12*math.Abs(y[0]) {
			return false
		}
	}
	return true
}

func positive(y []float64) bool {
	for _, v := range y {
		if v <= 0 {
			return false
		}
	}
	return true
}

func mean(y []float64) float64 {
	if len(y) == 0 {
		return 0
	}
	sum := 0.0
	for _, v := range y {
		sum += v
	}
	return sum / float64(len(y))
}

// variance is the mean squared deviation from the mean, divided by n.
func variance(y []float64) float64 {
	if len(y) == 0 {
		return 0
	}
	centre, sum := mean(y), 0.0
	for _, v := range y {
		sum += (v - centre) * (v - centre)
	}
	return sum / float64(len(y))
}

func repeat(v float64, n int) []float64 {
	out := make([]float64, max(n, 0))
	for i := range out {
		out[i] = v
	}
	return out
}
