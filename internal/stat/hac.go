package stat

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// HAC says how the covariance under autocorrelation is made.
type HAC struct {
	Prewhiten   bool // take a VAR(1) out of the scores first (Andrews & Monahan 1992)
	SmallSample bool // times n/(n−k), as statsmodels' use_correction and sandwich's adjust
}

// NeweyWest is the covariance with Bartlett weights 1 − l/(L+1) up to lag L (Newey & West
// 1987). L < 0 is taken as 0, L ≥ n as n−1.
func (r *Regression) NeweyWest(lags int, how HAC) *mat.SymDense {
	s := r.scores(how)
	lags = min(max(lags, 0), s.n-1)
	return s.covariance(lags, func(l int) float64 { return 1 - float64(l)/float64(lags+1) })
}

// NeweyWestAutomatic chooses the lag from the data (Newey & West 1994, Bartlett kernel:
// the bandwidth is 1.1447 ((s₁/s₀)² n)^{1/3}, the lag its whole part). It gives the
// bandwidth too.
func (r *Regression) NeweyWestAutomatic(how HAC) (*mat.SymDense, float64) {
	s := r.scores(how)
	bandwidth := s.neweyWestBandwidth()
	lags := min(int(bandwidth), s.n-1)
	return s.covariance(lags, func(l int) float64 { return 1 - float64(l)/float64(lags+1) }), bandwidth
}

// Andrews is the covariance with the quadratic spectral kernel and the bandwidth from an
// AR(1) fitted to each score: 1.3221 (α₂ n)^{1/5} (Andrews 1991, eq. 6.2–6.4). It gives
// the bandwidth too. Every lag has a weight, so that it takes n² steps.
func (r *Regression) Andrews(how HAC) (*mat.SymDense, float64) {
	s := r.scores(how)
	bandwidth := s.andrewsBandwidth()
	return s.covariance(s.n-1, func(l int) float64 { return QuadraticSpectral(float64(l) / bandwidth) }), bandwidth
}

// QuadraticSpectral is the kernel of Andrews 1991: 25/(12π²x²) (sin z / z − cos z) with
// z = 6πx/5; 1 at 0 and 0 at infinity.
func QuadraticSpectral(x float64) float64 {
	z := 6 * math.Pi * x / 5
	switch {
	case math.IsInf(x, 0) || math.IsNaN(x):
		return 0
	case math.Abs(z) < 1e-4:
		return 1 - z*z/10
	}
	return 3 / (z * z) * (math.Sin(z)/z - math.Cos(z))
}

// scores are x_t e_t, one row a day, with their VAR(1) taken out where asked for.
type scores struct {
	of     *Regression
	how    HAC
	rows   [][]float64 // n of k
	n      int
	weigh  []float64  // 1 for columns that count for the bandwidth: all but the constant
	colour *mat.Dense // (I − A)⁻¹; nil where nothing was taken out
}

func (r *Regression) scores(how HAC) *scores {
	s := &scores{of: r, how: how, n: r.N, weigh: make([]float64, r.K), rows: make([][]float64, r.N)}
	for t, e := range r.Residuals {
		s.rows[t] = make([]float64, r.K)
		for j, c := range r.Columns {
			s.rows[t][j] = c[t] * e
		}
	}
	counted := 0.0
	for j, c := range r.Columns {
		if varies(c) {
			s.weigh[j] = 1
			counted++
		}
	}
	if counted == 0 {
		copy(s.weigh, Ones(r.K))
	}
	if how.Prewhiten {
		s.whiten()
	}
	return s
}

// whiten regresses the scores on those of the day before, without a constant. Where that
// cannot be done they stay as they are.
func (s *scores) whiten() {
	k := s.of.K
	if s.n-1 <= k {
		return
	}
	before := make([][]float64, k)
	for j := range before {
		before[j] = make([]float64, s.n-1)
		for t := range before[j] {
			before[j][t] = s.rows[t][j]
		}
	}
	a := mat.NewDense(k, k, nil)
	for j := range k {
		now := make([]float64, s.n-1)
		for t := range now {
			now[t] = s.rows[t+1][j]
		}
		fit, err := Fit(now, before)
		if err != nil {
			return
		}
		a.SetRow(j, fit.Coef)
	}
	bound(a)
	var rest, colour mat.Dense
	rest.Sub(identity(k), a)
	if err := colour.Inverse(&rest); err != nil {
		return
	}
	rows := make([][]float64, s.n-1)
	for t := range rows {
		rows[t] = make([]float64, k)
		for j := range k {
			rows[t][j] = s.rows[t+1][j]
			for l := range k {
				rows[t][j] -= a.At(j, l) * s.rows[t][l]
			}
		}
	}
	s.rows, s.n, s.colour = rows, len(rows), &colour
}

// bound keeps the largest singular value of A below .97, as Andrews & Monahan 1992 do:
// nearer to a unit root (I − A)⁻¹ would rest on nothing.
func bound(a *mat.Dense) {
	const most = 0.97
	var svd mat.SVD
	if !svd.Factorize(a, mat.SVDFull) {
		return
	}
	sizes := svd.Values(nil)
	if sizes[0] <= most {
		return
	}
	// Only a root near one is dangerous: large singular values with small roots are left.
	var roots mat.Eigen
	if roots.Factorize(a, mat.EigenNone) {
		largest := 0.0
		for _, v := range roots.Values(nil) {
			largest = max(largest, math.Hypot(real(v), imag(v)))
		}
		if largest <= most {
			return
		}
	}
	var u, v, part mat.Dense
	svd.UTo(&u)
	svd.VTo(&v)
	diagonal := mat.NewDense(len(sizes), len(sizes), nil)
	for i, size := range sizes {
		diagonal.Set(i, i, min(size, most))
	}
	part.Mul(&u, diagonal)
	a.Mul(&part, v.T())
}

func identity(k int) *mat.Dense {
	out := mat.NewDense(k, k, nil)
	for i := range k {
		out.Set(i, i, 1)
	}
	return out
}

// covariance adds up Γ₀ + Σ w_l (Γ_l + Γ_l') and puts (X'X)⁻¹ on both sides.
func (s *scores) covariance(lags int, weight func(int) float64) *mat.SymDense {
	k := s.of.K
	middle := mat.NewDense(k, k, nil)
	for l := 0; l <= lags; l++ {
		w := weight(l)
		if l == 0 {
			w = 0.5
		}
		if w == 0 {
			continue
		}
		for i := range k {
			for j := range k {
				sum := 0.0
				for t := l; t < s.n; t++ {
					sum += s.rows[t][i] * s.rows[t-l][j]
				}
				middle.Set(i, j, middle.At(i, j)+w*sum)
			}
		}
	}
	var both mat.Dense
	both.Add(middle, middle.T())
	if s.colour != nil {
		var left mat.Dense
		left.Mul(s.colour, &both)
		both.Mul(&left, s.colour.T())
	}
	if s.how.SmallSample {
		both.Scale(float64(s.of.N)/float64(s.of.N-k), &both)
	}
	return s.of.sandwich(symmetric(&both))
}

// neweyWestBandwidth is Newey & West 1994 for the Bartlett kernel, with their pilot lag
// of 4(n/100)^{2/9}, 3(n/100)^{2/9} after prewhitening.
func (s *scores) neweyWestBandwidth() float64 {
	full := float64(s.of.N)
	pilot := 4.0
	if s.colour != nil {
		pilot = 3
	}
	m := min(int(pilot*math.Pow(full/100, 2.0/9)), s.n-1)
	h := make([]float64, s.n)
	for t, row := range s.rows {
		for j, v := range row {
			h[t] += s.weigh[j] * v
		}
	}
	s0, s1 := 0.0, 0.0
	for l := 0; l <= m; l++ {
		sum := 0.0
		for t := l; t < s.n; t++ {
			sum += h[t] * h[t-l]
		}
		if l == 0 {
			s0 += sum
			continue
		}
		s0 += 2 * sum
		s1 += 2 * float64(l) * sum
	}
	if s0 == 0 {
		return 0
	}
	return 1.1447 * math.Cbrt((s1/s0)*(s1/s0)*full)
}

// andrewsBandwidth fits an AR(1) with a constant to each score that counts.
func (s *scores) andrewsBandwidth() float64 {
	above, below := 0.0, 0.0
	now, before := make([]float64, s.n-1), make([]float64, s.n-1)
	for j, w := range s.weigh {
		if w == 0 {
			continue
		}
		for t := range now {
			before[t], now[t] = s.rows[t][j], s.rows[t+1][j]
		}
		fit, err := Fit(now, [][]float64{Ones(len(now)), before})
		if err != nil {
			continue
		}
		rho := min(max(fit.Coef[1], -0.97), 0.97)
		variance := fit.RSS / float64(fit.N)
		above += 4 * rho * rho * variance * variance / math.Pow(1-rho, 8)
		below += variance * variance / math.Pow(1-rho, 4)
	}
	if below == 0 || above == 0 {
		return math.SmallestNonzeroFloat64
	}
	return 1.3221 * math.Pow(float64(s.n)*above/below, 0.2)
}
