package link

import "gonum.org/v1/gonum/floats"

// null is the model of the KGI without the KPI, filtered free of its memory: what a link
// has to add to.
type null struct {
	phi  []float64
	w    []float64
	use  []bool
	rows int
	cols columns // filtered regressors, zero in rows that do not count
	f    *factor
	e    []float64 // filtered response, orthogonal to cols
	ee   float64
}

// regressors are the columns of a null model before filtering, with their products.
type regressors struct {
	cols columns
	gram []float64
}

// beside are the KGI's own regressors and further ones (already weighted).
func (t *target) beside(extra columns) regressors {
	if len(extra) == 0 {
		return regressors{t.cols, t.gram}
	}
	return regressors{append(append(columns(nil), t.cols...), extra...), extendGram(t.gram, t.cols, extra)}
}

// and is the regressors with one more column.
func (r regressors) and(col []float64) regressors {
	cols := append(append(columns(nil), r.cols...), col)
	return regressors{cols, grow(r.gram, cols)}
}

// memory is that of the KGI's noise on the rows of use, given the regressors.
func (t *target) memory(r regressors, use []bool, b *bias) []float64 {
	f := reducedFactor(r.cols, r.gram, use)
	y := append([]float64(nil), t.y...)
	mask(y, use)
	coef := f.solve(products(r.cols, y))
	for i, c := range coef {
		if c != 0 {
			floats.AddScaled(y, -c, r.cols[i])
		}
	}
	mask(y, use)
	return b.memory(y, use)
}

// null fits the null model on the rows of use.
func (t *target) null(r regressors, use []bool, b *bias) *null {
	return t.filtered(r.cols, use, t.memory(r, use, b))
}

// filtered is the null model under a given memory.
func (t *target) filtered(cols columns, use []bool, phi []float64) *null {
	nu := &null{phi: phi, w: t.w, use: append([]bool(nil), use...)}
	for i := range min(len(phi), len(use)) {
		nu.use[i] = false
	}
	for _, u := range nu.use {
		if u {
			nu.rows++
		}
	}
	nu.cols = make(columns, len(cols))
	for i, col := range cols {
		nu.cols[i] = filter(col, phi)
		mask(nu.cols[i], nu.use)
	}
	nu.f = factorise(gram(nu.cols), len(cols))
	y := filter(t.y, phi)
	mask(y, nu.use)
	nu.e = residual(nu.cols, nu.f, y)
	nu.ee = dot(nu.e, nu.e)
	return nu
}

func extendGram(g []float64, cols, extra columns) []float64 {
	k, m := len(cols), len(extra)
	q := k + m
	out := make([]float64, q*q)
	for i := range k {
		copy(out[i*q:i*q+k], g[i*k:(i+1)*k])
	}
	for i := range m {
		for j := range k {
			v := dot(extra[i], cols[j])
			out[(k+i)*q+j], out[j*q+k+i] = v, v
		}
		for j := range i + 1 {
			v := dot(extra[i], extra[j])
			out[(k+i)*q+k+j], out[(k+j)*q+k+i] = v, v
		}
	}
	return out
}

// df is the degrees of freedom left beside further nuisance columns.
func (nu *null) df(more int) float64 {
	return float64(nu.rows - nu.f.rank - len(nu.phi) - more)
}

// lagged are the KPI's days from leads days ahead to hi days back, as filtered regressors,
// with their inner products after the null model is taken out: all that tests need.
type lagged struct {
	first int     // lag of the first column: −leads
	cols  columns // filtered, not yet orthogonal
	m     int
	raw   []float64 // cols'cols
	h     []float64 // cols' M cols
	he    []float64 // cols' M y
	ee    float64
	rows  int
	df    float64
}

func (nu *null) lagged(x []float64, first, last int) *lagged {
	l := &lagged{first: first, m: last - first + 1, ee: nu.ee, rows: nu.rows, df: nu.df(0)}
	l.cols = nu.lagColumns(x, first, last)
	l.raw = gram(l.cols)
	u := cross(l.cols, nu.cols) // row i: what the null columns say about lag i
	q := len(nu.cols)
	for i := range l.m {
		nu.f.half(u[i*q : (i+1)*q])
	}
	l.h = make([]float64, l.m*l.m)
	for i := range l.m {
		for j := range i + 1 {
			v := l.raw[i*l.m+j] - dot(u[i*q:(i+1)*q], u[j*q:(j+1)*q])
			l.h[i*l.m+j], l.h[j*l.m+i] = v, v
		}
	}
	l.he = products(l.cols, nu.e)
	return l
}

// lagColumns are x shifted by each lag, weighted and filtered. Days before the sample are
// its first value fading by half a day, days after it its last, so no rows are lost.
func (nu *null) lagColumns(x []float64, first, last int) columns {
	n := len(nu.use)
	out := make(columns, 0, last-first+1)
	if nu.w == nil {
		pad := last + mostOrder
		long := extended(x, pad, max(0, -first))
		smooth := filter(long, nu.phi)
		for lag := first; lag <= last; lag++ {
			col := append([]float64(nil), smooth[pad-lag:pad-lag+n]...)
			mask(col, nu.use)
			out = append(out, col)
		}
		return out
	}
	for _, col := range shifts(x, nu.w, first, last) {
		col = filter(col, nu.phi)
		mask(col, nu.use)
		out = append(out, col)
	}
	return out
}

// extended is x with before faded days in front and after behind.
func extended(x []float64, before, after int) []float64 {
	n := len(x)
	long := make([]float64, before+n+after)
	copy(long[before:], x)
	for i, v := before-1, x[0]/2; i >= 0; i-- {
		long[i] = v
		v /= 2
	}
	for i, v := before+n, x[n-1]/2; i < len(long); i++ {
		long[i] = v
		v /= 2
	}
	return long
}

// shifts are the lags of x, weighted, unfiltered.
func shifts(x, w []float64, first, last int) columns {
	n := len(x)
	pad := max(0, last)
	long := extended(x, pad, max(0, -first))
	out := make(columns, 0, last-first+1)
	for lag := first; lag <= last; lag++ {
		col := append([]float64(nil), long[pad-lag:pad-lag+n]...)
		if w != nil {
			floats.Mul(col, w)
		}
		out = append(out, col)
	}
	return out
}
