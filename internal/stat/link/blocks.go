package link

import (
	"math"

	"gonum.org/v1/gonum/floats"
)

// fewDays reports whether the finding rests on one block of days: left out any 30 days in
// a row, the best kernel must still say the same.
func (w *work) fewDays() bool {
	c, e := w.column(w.nu, w.kernels[w.best])
	n := len(c)
	score, info := 0.0, 0.0
	for t := range n {
		score += c[t] * e[t]
		info += c[t] * c[t]
	}
	if !(info > 0) {
		return true
	}
	s2 := dot(e, e)/float64(max(1, w.nu.rows)) - score*score/info/float64(max(1, w.nu.rows))
	toward := math.Copysign(1, score)
	for from := 0; from < n; from += blockDays / 3 {
		to := min(n, from+blockDays)
		left, rest := score, info
		for t := from; t < to; t++ {
			left -= c[t] * e[t]
			rest -= c[t] * c[t]
		}
		if !(rest > .2*info) || toward*left < blockLeast*math.Sqrt(rest*s2) {
			return true
		}
	}
	return false
}

// yearly reports whether the finding vanishes once everything that comes back every year
// at the same date is taken out of both series. Two years and more only.
func (w *work) yearly() bool {
	if w.d.year == nil {
		return false
	}
	return w.zBeside(w.d.year) < yearLeast
}

// zBeside is the best kernel's z beside further null regressors, under the same memory.
func (w *work) zBeside(more columns) float64 {
	c, e := w.column(w.nu, w.kernels[w.best])
	cols := make(columns, len(more))
	for i, col := range more {
		if w.t.w != nil {
			col = append([]float64(nil), col...)
			floats.Mul(col, w.t.w)
		}
		col = filter(col, w.nu.phi)
		mask(col, w.nu.use)
		cols[i] = residual(w.nu.cols, w.nu.f, col)
	}
	f := factorise(gram(cols), len(cols))
	c, e = residual(cols, f, c), residual(cols, f, e)
	info := dot(c, c)
	if !(info > 0) {
		return 0
	}
	score := dot(c, e)
	df := w.nu.df(2 + f.rank)
	if df < 5 {
		return 0
	}
	s2 := (dot(e, e) - score*score/info) / df
	if !(s2 > 0) {
		return 0
	}
	toward := 1.0
	if w.z[w.best] < 0 != w.q.Down {
		toward = -1
	}
	return toward * score / math.Sqrt(info*s2)
}

// column is a kernel's column and the response, both orthogonal to the null model and,
// where the kernel leaves the same day free, to lag 0.
func (w *work) column(nu *null, k kernel) (c, e []float64) {
	cols := nu.lagColumns(w.x, 0, w.q.LagTo)
	c = make([]float64, len(nu.e))
	for i, v := range k.w {
		if v != 0 {
			floats.AddScaled(c, v, cols[k.lo+i])
		}
	}
	c = residual(nu.cols, nu.f, c)
	e = nu.e
	if w.q.LagFrom == 0 {
		zero := residual(nu.cols, nu.f, cols[0])
		if norm := dot(zero, zero); norm > 1e-9*dot(cols[0], cols[0]) && norm > 0 {
			e = append([]float64(nil), e...)
			floats.AddScaled(c, -dot(c, zero)/norm, zero)
			floats.AddScaled(e, -dot(e, zero)/norm, zero)
		}
	}
	return c, e
}
