package forecast

import (
	"math"

	"github.com/shirube/shirube/internal/series"
)

// ahead is what the weeks to come are expected to be: the mean of their level in the
// model's units and the covariance of the weeks around it, noise included.
type ahead struct {
	mean       []float64    // expected level, per factor (log, or additive in scale)
	covariance [][]float64  // lower triangle; after root, its Cholesky factor
	deviation  []float64    // square roots of the diagonal
	weight     []float64    // sum of the week's factors
	noise      []float64    // the part of the variance a week has of its own
	factors    [][7]float64 // of its days
}

// ahead looks h weeks ahead. The moments are those of the mixture (law of total
// covariance over its parts); each part's follow from its state as in Harvey (1989),
// section 4.2, so that the variance of a sum of weeks is the one its level, slope and
// passing deviation imply and not that of independent weeks.
func (m *mixture) ahead(h int) *ahead {
	w := m.weeks
	a := &ahead{mean: make([]float64, h), weight: make([]float64, h), noise: make([]float64, h), factors: make([][7]float64, h), covariance: triangle(h)}
	holiday := make([]float64, h)
	for s := range h {
		for d := range 7 {
			day := w.anchor + series.Day(7*s+d+1)
			f := w.shape.at(day)
			a.factors[s][d] = f
			a.weight[s] += f
			holiday[s] += f * f * w.shape.unsure(day)
		}
		if w.additive || w.nature == stock {
			a.weight[s], holiday[s] = 7, 0
		} else {
			holiday[s] /= max(a.weight[s]*a.weight[s], 1e-9)
		}
	}
	n := len(w.value)
	loads := make([][]vector, len(m.parts))
	expected := make([][]float64, len(m.parts))
	for i, f := range m.parts {
		loads[i], expected[i] = f.loads(m.regress[n : n+h])
		for s, e := range expected[i] {
			a.mean[s] += m.share[i] * e
		}
	}
	w.keepWithin(a.mean)
	for i, f := range m.parts {
		share := m.share[i]
		f.addCovariance(a.covariance, loads[i], share*f.sized())
		for s := range h {
			own := share * (f.noiseAhead(m, a, s) + holiday[s])
			a.covariance[s][s] += own
			a.noise[s] += own
		}
		if len(m.parts) > 1 {
			for s := range h {
				for j := range s + 1 {
					a.covariance[s][j] += share * (expected[i][s] - a.mean[s]) * (expected[i][j] - a.mean[j])
				}
			}
		}
	}
	return a
}

// furthest is how far beyond what was ever seen a level may be led by its slope and
// season, as a factor.
const furthest = 3.0

// keepWithin holds the expected levels within reach of the history.
func (w *weeks) keepWithin(mean []float64) {
	low, high := math.Inf(1), math.Inf(-1)
	for t, v := range w.value {
		if math.IsNaN(v) {
			continue
		}
		if !w.additive {
			v = math.Log(max(v, w.local[t], 1e-12))
		}
		low, high = min(low, v), max(high, v)
	}
	reach := math.Log(furthest)
	if w.additive {
		reach = max((high-low)*furthest, 1)
	}
	for s := range mean {
		mean[s] = min(max(mean[s], low-reach), high+reach)
	}
}

func triangle(h int) [][]float64 {
	flat := make([]float64, h*(h+1)/2)
	rows := make([][]float64, h)
	for s := range rows {
		rows[s], flat = flat[:s+1:s+1], flat[s+1:]
	}
	return rows
}

// loads is how the weeks' expectations follow from the state now, and those.
func (f *filtered) loads(regress [][2 * seasonPairs]float64) ([]vector, []float64) {
	h := len(regress)
	loads, expected := make([]vector, h), make([]float64, h)
	damp, rho, carried := 1.0, 1.0, 0.0
	for s := range h {
		carried += damp
		damp *= f.damping
		rho *= f.rho
		l := &loads[s]
		l[0], l[1], l[2] = 1, carried, rho
		copy(l[3:], regress[s][:])
		for k, v := range l {
			expected[s] += v * f.x[k]
		}
	}
	return loads, expected
}

// addCovariance adds what is unsure of the state now and what the dynamics will add.
func (f *filtered) addCovariance(c [][]float64, loads []vector, factor float64) {
	var ll, lb, bb, aa float64
	slopeNoise := (1 - f.damping*f.damping) * f.slope
	passingNoise := (1 - f.rho*f.rho) * f.passing
	for s := range loads {
		ll, lb, bb = ll+2*lb+bb+f.level, (lb+bb)*f.damping, bb*f.damping*f.damping+slopeNoise
		aa = aa*f.rho*f.rho + passingNoise
		var pl vector
		for i := range states {
			for k := range states {
				pl[i] += f.p[i][k] * loads[s][k]
			}
		}
		far, damp, rho := 0.0, 1.0, 1.0
		for j := s; j < len(loads); j++ {
			v := ll + far*lb + rho*aa
			for k := range states {
				v += pl[k] * loads[j][k]
			}
			c[j][s] += factor * v
			far += damp
			damp *= f.damping
			rho *= f.rho
		}
	}
}

// noiseAhead is the variance a week to come has of its own.
func (f *filtered) noiseAhead(m *mixture, a *ahead, s int) float64 {
	w, size := m.weeks, f.sized()
	if w.additive || w.nature == stock {
		return size * f.noise
	}
	level := math.Exp(min(a.mean[s], 100))
	v := size * f.noise * w.noiseOf(level, a.factors[s][:], nil) / m.usual
	if m.counts {
		v = max(v, 1/max(level*a.weight[s], 1e-9))
	}
	return v
}

// root makes of a covariance its Cholesky factor, in place; what rounding makes
// negative is taken for nothing.
func root(c [][]float64) {
	for i, row := range c {
		for j := range row {
			other := c[j]
			sum := row[j]
			for k := range j {
				sum -= row[k] * other[k]
			}
			switch {
			case i == j:
				row[i] = math.Sqrt(max(sum, 0))
			case other[j] > 0:
				row[j] = sum / other[j]
			default:
				row[j] = 0
			}
		}
	}
}
