package link

import (
	"math"
	"slices"

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
	least := blockLeast
	if w.nu.rows >= 120 && w.nu.rows < rowsOfYears {
		least = blockShort
	}
	for from := 0; from < n; from += blockDays / 3 {
		to := min(n, from+blockDays)
		left, rest := score, info
		for t := from; t < to; t++ {
			left -= c[t] * e[t]
			rest -= c[t] * c[t]
		}
		if !(rest > .2*info) || toward*left < least*math.Sqrt(rest*s2) {
			return true
		}
	}
	return false
}

// shared reports whether the finding vanishes once weeks in which both series stood out
// together, and everything that comes back every year at the same date, are taken out: a
// campaign or a season of a few weeks that nobody declared lifts both and proves nothing.
func (w *work) shared() bool {
	cols, standing := w.bumps()
	// Short series have little to spare and fewer seasons to be fooled by.
	lost := 1.
	least := sharedLeast * min(1, sharedShort+(1-sharedShort)*float64(w.nu.rows)/rowsOfAYear)
	if w.t.w != nil { // small counts show little of a season, and less of a link
		least = min(least, countsLeast)
	}
	if w.nu.rows >= rowsOfYears && w.t.w == nil {
		cols, least, lost = append(cols, w.d.year...), yearlyLeast, yearlyLost
	}
	if len(cols) == 0 {
		return false
	}
	z, kept := w.zBeside(cols)
	// What any columns take away by chance is no doubt: with the share kept of the
	// information, z falls to z√kept, give or take √(1−kept) (Hausman, Econometrica 1978,
	// compares estimates in the same way).
	fall, by := math.Abs(w.z[w.best])*math.Sqrt(kept)-z, math.Sqrt(max(0, 1-kept))
	if standing >= bumpClear && z < clearLeast && fall > clearLost*by {
		return true // a peak that neither series can hide, and the finding hangs on it
	}
	return z < least && (z < barely || fall > lost*by)
}

// rowsOfYears is from how many rows on a yearly shape can be told from anything else.
const rowsOfYears = 560

// rowsOfAYear is how many rows a link needs to be asked for all that sharedLeast asks for.
const rowsOfAYear = 350

// bumps are bell-shaped columns over weeks in which KPI and KGI rose or fell at once, each
// by itself to a z of at least bumpLeast; at most four. The z is that of the one that
// stands out most, in the series where it does less.
func (w *work) bumps() (cols columns, z float64) {
	n := w.d.n
	kpiMemory := []float64{w.q.KPI.rho}
	kpi, goal := w.q.KPI.surprise, w.nu.e
	kpiScale := dot(kpi, kpi) / float64(n)
	goalScale := w.nu.ee / max(1, w.nu.df(0))
	type bump struct {
		at, width int
		z         float64
		col       []float64
	}
	var found []bump
	for _, width := range []int{6, 10, 15} {
		for at := 0; at < n; at += 4 {
			from, to := max(0, at-3*width), min(n, at+3*width+mostOrder)
			bell := make([]float64, to-from)
			for i := range bell {
				d := float64(from+i-at) / float64(width)
				bell[i] = math.Exp(-d * d / 2)
			}
			zk := match(filter(bell, kpiMemory), kpi[from:to], kpiScale)
			if math.Abs(zk) < bumpLeast {
				continue
			}
			if w.t.w != nil {
				floats.Mul(bell, w.t.w[from:to])
			}
			zg := match(filter(bell, w.nu.phi), goal[from:to], goalScale)
			if math.Abs(zg) < bumpLeast || zk > 0 != (zg > 0) {
				continue
			}
			col := make([]float64, n)
			for t := range col {
				d := float64(t-at) / float64(width)
				col[t] = math.Exp(-d * d / 2)
			}
			found = append(found, bump{at, width, min(math.Abs(zk), math.Abs(zg)), col})
		}
	}
	slices.SortStableFunc(found, func(a, b bump) int {
		switch {
		case a.z > b.z:
			return -1
		case a.z < b.z:
			return 1
		}
		return 0
	})
	var kept []bump
	for _, f := range found {
		apart := !slices.ContainsFunc(kept, func(k bump) bool {
			return max(k.at-f.at, f.at-k.at) < 2*max(k.width, f.width)
		})
		if apart && len(kept) < 4 {
			kept, cols, z = append(kept, f), append(cols, f.col), max(z, f.z)
		}
	}
	return cols, z
}

// match is the standardised product of a shape with residuals.
func match(shape, r []float64, variance float64) float64 {
	norm := dot(shape, shape) * variance
	if !(norm > 0) {
		return 0
	}
	return dot(shape, r) / math.Sqrt(norm)
}

// zBeside is the best kernel's z beside further null regressors, under the same memory,
// and the share of its information they leave.
func (w *work) zBeside(more columns) (z, kept float64) {
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
	whole := dot(c, c)
	c, e = residual(cols, f, c), residual(cols, f, e)
	info := dot(c, c)
	if !(info > 0) {
		return 0, 0
	}
	score := dot(c, e)
	df := w.nu.df(2 + f.rank)
	if df < 5 {
		return 0, 0
	}
	s2 := (dot(e, e) - score*score/info) / df
	if !(s2 > 0) {
		return 0, 0
	}
	toward := 1.0
	if w.z[w.best] < 0 != w.q.Down {
		toward = -1
	}
	return toward * score / math.Sqrt(info*s2), info / whole
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
