package classic

import "math"

// simplex is a Nelder–Mead search (Nelder & Mead 1965) inside a box: points that leave
// the box are put on its wall, and the objective may answer +Inf for places that are
// forbidden otherwise. gonum's has no box and allocates at every step; fitting calls this
// millions of times.
type simplex struct {
	lower, upper []float64
	step         []float64 // size of the first simplex, per parameter
	most         int       // evaluations allowed
	tolerance    float64   // relative spread of values at which it stops
}

// minimise starts at x and returns the best point and its value. x is not changed.
func (s simplex) minimise(f func([]float64) float64, x []float64) ([]float64, float64) {
	d := len(x)
	if d == 0 {
		return nil, f(nil)
	}
	points := make([][]float64, d+1)
	flat := make([]float64, (d+4)*d)
	for i := range points {
		points[i] = flat[i*d : (i+1)*d]
	}
	centre, trial, trial2 := flat[(d+1)*d:(d+2)*d], flat[(d+2)*d:(d+3)*d], flat[(d+3)*d:(d+4)*d]
	values := make([]float64, d+1)
	used := 0
	eval := func(p []float64) float64 {
		for j := range p {
			p[j] = math.Min(math.Max(p[j], s.lower[j]), s.upper[j])
		}
		used++
		v := f(p)
		if math.IsNaN(v) {
			return math.Inf(1)
		}
		return v
	}
	for i := range points {
		copy(points[i], x)
		if i > 0 {
			j := i - 1
			points[i][j] += s.step[j]
			if points[i][j] > s.upper[j] {
				points[i][j] = x[j] - s.step[j]
			}
		}
		values[i] = eval(points[i])
	}
	for used < s.most {
		best, worst, second := 0, 0, -1
		for i := 1; i <= d; i++ {
			if values[i] < values[best] {
				best = i
			}
			if values[i] >= values[worst] {
				worst = i
			}
		}
		for i := 0; i <= d; i++ {
			if i != worst && (second < 0 || values[i] > values[second]) {
				second = i
			}
		}
		if values[worst]-values[best] <= s.tolerance*(math.Abs(values[best])+s.tolerance) {
			break
		}
		for j := range centre {
			sum := 0.0
			for i := range points {
				if i != worst {
					sum += points[i][j]
				}
			}
			centre[j] = sum / float64(d)
		}
		move := func(to []float64, by float64) float64 {
			for j := range to {
				to[j] = centre[j] + by*(points[worst][j]-centre[j])
			}
			return eval(to)
		}
		reflected := move(trial, -1)
		switch {
		case reflected < values[best]:
			if expanded := move(trial2, -2); expanded < reflected {
				copy(points[worst], trial2)
				values[worst] = expanded
			} else {
				copy(points[worst], trial)
				values[worst] = reflected
			}
		case reflected < values[second]:
			copy(points[worst], trial)
			values[worst] = reflected
		default:
			by := .5
			if reflected < values[worst] {
				by = -.5
			}
			if shrunk := move(trial2, by); shrunk < math.Min(values[worst], reflected) {
				copy(points[worst], trial2)
				values[worst] = shrunk
				continue
			}
			for i := range points {
				if i == best {
					continue
				}
				for j := range points[i] {
					points[i][j] = points[best][j] + .5*(points[i][j]-points[best][j])
				}
				values[i] = eval(points[i])
			}
		}
	}
	best := 0
	for i := range values {
		if values[i] < values[best] {
			best = i
		}
	}
	return points[best], values[best]
}
