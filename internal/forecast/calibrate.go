package forecast

import (
	"math"
	"slices"
)

// horizons are the blocks, in weeks, whose sums are calibrated one by one.
var horizons = [...]int{1, 2, 4, 8, 13, longestBlock}

const (
	longestBlock = 26
	// fromWeek is the first origin calibrated from, and conformalBelieved how many
	// independent blocks it takes for them to be believed by half.
	fromWeek          = 12
	conformalBelieved = 12.0
	// weeksBelieved is by how much, over the number of weeks, the variance of what so
	// few weeks show is larger than they show.
	weeksBelieved = 1.2
)

// expectedStretch is what stands for blocks of four weeks that are not there, by nature: as found in
// worlds other than those of the gates.
var expectedStretch = [...]float64{things: 1.005, amount: 1.005, average: 0.92, stock: 0.82}

// expectedSlope is by how much less, in logarithms of both, longer blocks are stretched.
const expectedSlope = 0.025

// calibrate says, for each week ahead, by what factor the deviation of a sum up to
// there has to be stretched. Every week of the past is an origin: the sum of the weeks
// after it is compared with what the filter expected then, and the empirical quantiles
// of the absolute scores stand beside those that were promised (split conformal
// prediction: Vovk, Gammerman and Shafer 2005; Lei et al. 2018, with k = ⌈(n+1)(1−α)⌉).
// Few blocks are drawn towards "as expected".
func (m *mixture) calibrate(h int) []float64 {
	w := m.weeks
	f := w.filters([]setting{m.parts[0].setting})[0]
	w.run(f, m.regress, m.counts, true)
	var at, stretch [len(horizons)]float64
	n := len(w.value)
	expected := math.Log(expectedStretch[w.nature]) + math.Log1p(weeksBelieved/float64(len(w.value)))/2
	last := 0.0 // what shorter blocks showed beyond what was expected
	scores := make([]float64, 0, n)
	for i, length := range horizons {
		scores = scores[:0]
		// Long blocks overlap: those that begin an eighth later tell as much.
		for t := n - length; t >= fromWeek; t -= 1 + length/8 {
			if z := m.scoreOfSum(f, t, length); !math.IsNaN(z) {
				scores = append(scores, math.Abs(z))
			}
		}
		blocks := float64(len(scores)*(1+length/8)) / float64(length)
		at[i] = math.Log(float64(length))
		stretch[i] = expected - expectedSlope*(at[i]-math.Log(weeksByDay))
		if len(scores) >= 5 && blocks >= 2 {
			slices.Sort(scores)
			seen := (2*conformal(scores, 0.2)/tail80 + conformal(scores, 0.05)/tail95) / 3
			last = blocks / (blocks + conformalBelieved) * (math.Log(min(max(seen, 0.4), 3)) - stretch[i])
		}
		stretch[i] += last
	}
	out := make([]float64, h)
	for s := range out {
		x := math.Log(float64(s + 1))
		i := 0
		for i+1 < len(at) && at[i+1] < x {
			i++
		}
		v := stretch[len(at)-1]
		if i+1 < len(at) {
			share := (x - at[i]) / (at[i+1] - at[i])
			v = stretch[i] + share*(stretch[i+1]-stretch[i])
		}
		out[s] = math.Exp(v)
	}
	return out
}

// conformal is the quantile of sorted absolute scores that covers a new one with
// probability 1−alpha.
func conformal(sorted []float64, alpha float64) float64 {
	k := int(math.Ceil(float64(len(sorted)+1) * (1 - alpha)))
	return sorted[min(max(k, 1), len(sorted))-1]
}

// scoreOfSum is how the sum of a block of weeks compares with what was expected the
// week before it, as a standard normal; NaN where the block is not known.
func (m *mixture) scoreOfSum(f *filtered, t, length int) float64 {
	w := m.weeks
	var room, grown [longestBlock]float64
	shares, levels := room[:length], grown[:length]
	actual, expected, whole := 0.0, 0.0, 0.0
	damp, rho, carried := 1.0, 1.0, 0.0
	var load vector
	noise := 0.0
	x := &f.xs[t]
	lowest := math.Inf(1)
	for s := range length {
		// The state is that before the block's first week, a step already taken.
		eta := x[0] + carried*x[1] + rho*x[2]
		for k, r := range m.regress[t+s] {
			eta += r * x[3+k]
		}
		carried += damp
		damp *= f.damping
		rho *= f.rho
		y := w.value[t+s]
		weight := w.weight[t+s]
		lowest = min(lowest, weight)
		switch {
		case w.nature == stock:
			if s < length-1 {
				continue
			}
			shares[s] = 1
			if !w.additive {
				eta = math.Exp(eta)
			}
			actual, expected, whole = y, eta, 1
		case w.additive:
			shares[s] = 1
			actual += y
			expected += eta
			whole++
		case math.IsNaN(y):
			return math.NaN()
		default:
			levels[s] = math.Exp(eta)
			shares[s] = weight * levels[s]
			actual += weight * y
			expected += shares[s]
			whole = expected
		}
	}
	if !(whole > 0) || math.IsNaN(actual) || lowest <= 0 && w.nature != stock {
		return math.NaN()
	}
	carried, damp, rho = 0, 1, 1
	for s := range length {
		shares[s] /= whole
		load[0] += shares[s]
		load[1] += shares[s] * carried
		load[2] += shares[s] * rho
		for k, r := range m.regress[t+s] {
			load[3+k] += shares[s] * r
		}
		carried += damp
		damp *= f.damping
		rho *= f.rho
		if shares[s] > 0 {
			own := f.noise * w.noise[t+s] / m.usual
			if m.counts {
				own = max(own, 1/max(levels[s]*w.weight[t+s], 1e-9))
			}
			noise += shares[s] * shares[s] * own
		}
	}
	v := noise
	p := &f.ps[t]
	for i := range states {
		for j := range states {
			v += load[i] * load[j] * p[i][j]
		}
	}
	// What the dynamics add after the first week of the block, from its end backwards.
	slopeNoise := (1 - f.damping*f.damping) * f.slope
	passingNoise := (1 - f.rho*f.rho) * f.passing
	rest, passing, sloping := 0.0, 0.0, 0.0
	for s := length - 1; s > 0; s-- {
		sloping = f.damping*sloping + rest
		rest += shares[s]
		passing = f.rho*passing + shares[s]
		v += f.level*rest*rest + passingNoise*passing*passing + slopeNoise*sloping*sloping
	}
	v *= f.sized()
	if w.additive {
		return (actual - expected) / whole / math.Sqrt(v)
	}
	return score(actual/expected, v)
}
