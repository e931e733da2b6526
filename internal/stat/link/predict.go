package link

import (
	"math"

	"gonum.org/v1/gonum/floats"
)

// predictive reports whether the KPI would have made predictions of the KGI better. On
// the last 30 % of the rows, a rolling origin: each day is predicted one step ahead from
// the calendar and the KGI's own memory, with and without the KPI, whose lag is chosen on
// the first 70 % and whose elasticity is estimated on the days before. Clark and West
// (J. Econometrics 2007): mean of 2·ê·b·c, the gain in squared error freed of the noise
// of estimating b, one-sided 5 %. Calendar and memory are those of all days; what is
// tested is the KPI.
func (w *work) predictive(nu *null) bool {
	n := len(nu.e)
	seen, split := 0, 0
	for t, u := range nu.use {
		if u {
			seen++
		}
		if float64(seen) >= .7*float64(nu.rows) {
			split = t + 1
			break
		}
	}
	if seen < 60 || nu.rows-seen < 20 {
		return false
	}
	cols := nu.lagColumns(w.x, 0, w.q.LagTo)
	e := nu.e
	for i := range cols {
		cols[i] = residual(nu.cols, nu.f, cols[i])
	}
	if zero := cols[0]; w.q.LagFrom == 0 {
		if norm := dot(zero, zero); norm > 0 {
			e = append([]float64(nil), e...)
			floats.AddScaled(e, -dot(e, zero)/norm, zero)
			for i := 1; i < len(cols); i++ {
				floats.AddScaled(cols[i], -dot(cols[i], zero)/norm, zero)
			}
			cols[0] = make([]float64, n)
		}
	}
	var c []float64
	most := 0.0
	for _, k := range w.kernels {
		col := make([]float64, n)
		for i, v := range k.w {
			if v != 0 {
				floats.AddScaled(col, v, cols[k.lo+i])
			}
		}
		info := dot(col[:split], col[:split])
		if !(info > 0) {
			continue
		}
		if z := math.Abs(dot(col[:split], e[:split])) / math.Sqrt(info); z > most {
			most, c = z, col
		}
	}
	if c == nil {
		return false
	}
	score, info := dot(c[:split], e[:split]), dot(c[:split], c[:split])
	sum, square, count := 0.0, 0.0, 0.0
	for t := split; t < n; t++ {
		if !nu.use[t] {
			continue
		}
		gain := 2 * e[t] * score / info * c[t]
		sum += gain
		square += gain * gain
		count++
		score += c[t] * e[t]
		info += c[t] * c[t]
	}
	mean := sum / count
	return mean > 1.645*math.Sqrt(max(0, square/count-mean*mean)/count)
}
