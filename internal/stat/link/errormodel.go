package link

import (
	"math"

	"gonum.org/v1/gonum/floats"
)

const (
	mostOrder = 5             // longest memory of the noise, in days
	horizon   = mostOrder + 8 // autocovariances are estimated up to here; beyond they count as 0
)

// bias says how residuals of a regression distort autocovariances. With M = I − QQ' the
// residual maker and S_j the symmetric shift by j days (S_0 = I), residuals r = Mu of
// noise with autocovariances γ have
//
//	E[r'S_j r] = Σ_i tr(M S_i M S_j) γ_i
//
// so that γ follows from the sample by solving a small linear system. A regression with
// many smooth columns makes noise look less persistent than it is; tests that ignore
// this reject too often. (Kiviet and Phillips, Econometric Theory 1993, give the same
// moments for one lag; the exact traces for all lags are elementary.)
type bias struct {
	n int
	a []float64 // (horizon+1)², a[j][i] = tr(M S_i M S_j)
}

func dot(a, b []float64) float64 { return floats.Dot(a, b) }

// newBias computes the traces for a full set of days. known, when not nil, is the bias of
// earlier columns that the given ones are orthogonal to; the cross terms between the two
// groups are neglected (smooth calendar columns against the lags of another KPI).
func newBias(cols columns, f *factor, known *bias) *bias {
	const h = horizon + 1
	b := &bias{a: make([]float64, h*h)}
	switch {
	case known != nil:
		b.n = known.n
		copy(b.a, known.a)
	case len(cols) > 0:
		b.n = len(cols[0])
		for j := range min(h, b.n) {
			b.a[j*h+j] = 2 * float64(b.n-j)
		}
		b.a[0] = float64(b.n)
	}
	basis := orthonormal(cols, f)
	n := b.n
	// −2 Σ_a (S_i q_a)'(S_j q_a)
	shifted := make(columns, h)
	for i := range shifted {
		shifted[i] = make([]float64, n)
	}
	for _, q := range basis {
		for i := range shifted {
			neighbours(shifted[i], q, i)
		}
		for i := range h {
			for j := range i + 1 {
				v := 2 * dot(shifted[i], shifted[j])
				b.a[i*h+j] -= v
				if i != j {
					b.a[j*h+i] -= v
				}
			}
		}
	}
	// + Σ_ab (q_a'S_i q_b)(q_b'S_j q_a)
	k := len(basis)
	moved := make(columns, h)
	for i := range moved {
		moved[i] = make([]float64, 0, k*(k+1)/2)
	}
	for i := range h {
		for x := range basis {
			for y := range x + 1 {
				v := shiftedDot(basis[x], basis[y], i)
				if x != y {
					v *= math.Sqrt2 // each pair stands for both orders
				}
				moved[i] = append(moved[i], v)
			}
		}
	}
	for i := range h {
		for j := range h {
			b.a[j*h+i] += dot(moved[i], moved[j])
		}
	}
	return b
}

// plus is the sum of two groups of traces.
func (b *bias) plus(more *bias) *bias {
	out := &bias{n: b.n, a: append([]float64(nil), b.a...)}
	floats.Add(out.a, more.a)
	return out
}

// orthonormal turns columns into an orthonormal basis of their span by their factor.
func orthonormal(cols columns, f *factor) columns {
	var out columns
	index := make([]int, 0, len(cols))
	for i, col := range cols {
		if !f.kept[i] {
			continue
		}
		q := append([]float64(nil), col...)
		for o, j := range index {
			floats.AddScaled(q, -f.l[i*f.q+j], out[o])
		}
		floats.Scale(1/f.l[i*f.q+i], q)
		out, index = append(out, q), append(index, i)
	}
	return out
}

// neighbours writes S_j q: the neighbours j days before and after, added; q itself for j = 0.
func neighbours(into, q []float64, j int) {
	n := len(q)
	if j == 0 {
		copy(into, q)
		return
	}
	for t := range into {
		into[t] = 0
	}
	if j >= n {
		return
	}
	copy(into[j:], q[:n-j])
	floats.Add(into[:n-j], q[j:])
}

// shiftedDot is a'S_j b.
func shiftedDot(a, b []float64, j int) float64 {
	n := len(a)
	if j == 0 {
		return dot(a, b)
	}
	if j >= n {
		return 0
	}
	return dot(a[j:], b[:n-j]) + dot(b[j:], a[:n-j])
}

// memory estimates an autoregression φ of the noise behind residuals r (zero where use is
// false): autocovariances freed of the bias, Levinson's recursion, order by
// n log v_p + 2(p+1) (Akaike 1969), partial autocorrelations kept inside ±.97.
func (b *bias) memory(r []float64, use []bool) []float64 {
	const h = horizon + 1
	n := len(r)
	used := 0
	for _, u := range use {
		if u {
			used++
		}
	}
	sample := make([]float64, h)
	sample[0] = dot(r, r)
	if used > 0 {
		// Gaps lose pairs; the traces are those of all days, so the sample is scaled up.
		sample[0] *= float64(n) / float64(used)
	}
	for j := 1; j < h && j < n; j++ {
		pairs := 0
		for t := j; t < n; t++ {
			if use[t] && use[t-j] {
				pairs++
			}
		}
		if pairs > 0 {
			sample[j] = 2 * dot(r[j:], r[:n-j]) * float64(n-j) / float64(pairs)
		}
	}
	most := min(mostOrder, used/20)
	if most < 1 || sample[0] <= 0 {
		return nil
	}
	gamma, ok := solveSmall(b.a, sample, h)
	if !ok || !(gamma[0] > 0) {
		gamma = sample
		for j := 1; j < h; j++ {
			gamma[j] /= 2
		}
	}
	return levinson(gamma, most, float64(used))
}

// levinson solves the Yule–Walker equations for every order up to most and returns the
// coefficients of the order with the least Akaike criterion.
func levinson(gamma []float64, most int, n float64) []float64 {
	v := gamma[0]
	phi := []float64{}
	best, bestAIC := []float64(nil), math.Inf(1)
	for p := 1; p <= most; p++ {
		k := gamma[p]
		for j, f := range phi {
			k -= f * gamma[p-1-j]
		}
		k = max(-.97, min(.97, k/v))
		next := make([]float64, p)
		for j, f := range phi {
			next[j] = f - k*phi[p-2-j]
		}
		next[p-1] = k
		phi = next
		v *= 1 - k*k
		if aic := n*math.Log(v) + 2*float64(p+1); aic < bestAIC {
			best, bestAIC = append([]float64(nil), phi...), aic
		}
	}
	return best
}

// filter writes x_t − Σ φ_j x_{t−j} for t ≥ len(φ), zero before.
func filter(x, phi []float64) []float64 {
	out := make([]float64, len(x))
	p := len(phi)
	if len(x) <= p {
		return out
	}
	copy(out[p:], x[p:])
	for j, f := range phi {
		floats.AddScaled(out[p:], -f, x[p-1-j:len(x)-1-j])
	}
	return out
}
