package classic

import "math"

// nash is the simplex search as Nash describes it ("Compact Numerical Methods for
// Computers", 2nd edition 1990, algorithm 19), with one step size for all parameters: a
// tenth of the largest. It is a worse search than simplex in many dimensions — it often
// stops short — but it is the one behind most published ETS figures, so it is what
// reproduces them. The objective answers +Inf outside its limits.
func nash(f func([]float64) float64, x []float64, most int, tolerance float64) ([]float64, float64) {
	const big = 1e35
	d := len(x)
	eval := func(p []float64) float64 {
		if v := f(p); usable(v) {
			return v
		}
		return big
	}
	points, values := make([][]float64, d+1), make([]float64, d+1)
	step := 0.0
	for _, v := range x {
		step = math.Max(step, .1*math.Abs(v))
	}
	if step == 0 {
		step = .1
	}
	size := 0.0
	for i := range points {
		points[i] = append([]float64(nil), x...)
		if i > 0 {
			by := step
			for points[i][i-1] == x[i-1] {
				points[i][i-1] = x[i-1] + by
				by *= 10
			}
			size += by
		}
	}
	values[0] = eval(points[0])
	stop := tolerance * (math.Abs(values[0]) + tolerance)
	used, lowest, fresh := 1, 0, true
	centre, trial := make([]float64, d), make([]float64, d)
	for {
		if fresh {
			for i := range points {
				if i != lowest {
					values[i] = eval(points[i])
					used++
				}
			}
			fresh = false
		}
		highest := lowest
		for i, v := range values {
			if v < values[lowest] {
				lowest = i
			}
			if v > values[highest] {
				highest = i
			}
		}
		low, high := values[lowest], values[highest]
		if high <= low+stop || used > most {
			return points[lowest], low
		}
		for j := range centre {
			sum := -points[highest][j]
			for i := range points {
				sum += points[i][j]
			}
			centre[j] = sum / float64(d)
		}
		for j := range trial {
			trial[j] = 2*centre[j] - points[highest][j]
		}
		reflected := eval(trial)
		used++
		if reflected < low {
			for j := range trial {
				trial[j], centre[j] = 2*trial[j]-centre[j], trial[j]
			}
			if expanded := eval(trial); expanded < reflected {
				copy(points[highest], trial)
				values[highest] = expanded
			} else {
				copy(points[highest], centre)
				values[highest] = reflected
			}
			used++
			continue
		}
		if reflected < high {
			copy(points[highest], trial)
			values[highest] = reflected
		}
		for j := range trial {
			trial[j] = .5*points[highest][j] + .5*centre[j]
		}
		shrunk := eval(trial)
		used++
		if shrunk < values[highest] {
			copy(points[highest], trial)
			values[highest] = shrunk
			continue
		}
		if reflected < high {
			continue
		}
		before := size
		size = 0
		for i := range points {
			for j := range points[i] {
				if i != lowest {
					points[i][j] = .5*(points[i][j]-points[lowest][j]) + points[lowest][j]
					size += math.Abs(points[i][j] - points[lowest][j])
				}
			}
		}
		fresh = true
		if !(size < before) {
			return points[lowest], low
		}
	}
}
