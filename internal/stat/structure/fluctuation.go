package structure

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// Fluctuation is the result of a test on a whole path.
type Fluctuation struct {
	Statistic, P float64
	At           int // observations before the path's extreme
}

// sigma is the standard error of the regression, √(RSS/(n−k)).
func (s *Sample) sigma() float64 { return math.Sqrt(s.rss / float64(s.n-s.k)) }

// OLSCusum is the largest |Σ e| /(σ√n) of the least-squares residuals (Ploberger and Krämer
// 1992), with Kolmogorov's law. It sees changes of level; to a change of slope around a
// regressor with mean zero it is nearly blind.
func (s *Sample) OLSCusum() Fluctuation {
	scale := s.sigma() * math.Sqrt(float64(s.n))
	sum, out := 0.0, Fluctuation{}
	for i, e := range s.e {
		sum += e
		if v := math.Abs(sum) / scale; v > out.Statistic {
			out.Statistic, out.At = v, i+1
		}
	}
	out.P = BridgeP(out.Statistic, 1)
	return out
}

// BridgeP is P(max |B| > x) over k independent Brownian bridges on [0, 1]:
// 1 − (1 + 2Σ(−1)ʲexp(−2j²x²))ᵏ (Kolmogorov; Ploberger, Krämer and Kontrus 1989).
func BridgeP(x float64, k int) float64 {
	if !(x > 0) {
		return 1
	}
	return severalP(kolmogorov(x), k)
}

// severalP is the p-value of the largest of k independent paths from that of one.
func severalP(one float64, k int) float64 {
	if one >= 1 {
		return 1
	}
	return -math.Expm1(float64(k) * math.Log1p(-one))
}

func kolmogorov(x float64) float64 {
	if x < .2 {
		return 1
	}
	sum := 0.0
	for j := 1; j <= 100; j++ {
		term := math.Exp(-2 * float64(j*j) * x * x)
		if j%2 == 0 {
			term = -term
		}
		sum += term
		if math.Abs(term) < 1e-18 {
			break
		}
	}
	return math.Min(math.Max(2*sum, 0), 1)
}

// RecursiveCusum is the CUSUM of one-step forecast errors of Brown, Durbin and Evans (1975)
// against the line 1+2t; p after their crossing probability. Errors: ErrConstant where the
// forecast errors do not vary.
func (s *Sample) RecursiveCusum() (Fluctuation, error) {
	w := s.recursiveResiduals()
	mean := 0.0
	for _, v := range w {
		mean += v / float64(len(w))
	}
	variance := 0.0
	for _, v := range w {
		variance += (v - mean) * (v - mean)
	}
	m := float64(len(w))
	scale := math.Sqrt(variance / (m - 1) * m)
	if len(w) < 3 || !(scale > 0) {
		return Fluctuation{P: 1}, fmt.Errorf("sum %d recursive residuals: %w", len(w), ErrConstant)
	}
	sum, out := 0.0, Fluctuation{}
	for i, v := range w {
		sum += v
		if x := math.Abs(sum) / scale / (1 + 2*float64(i+1)/m); x > out.Statistic {
			out.Statistic, out.At = x, i+1+s.n-len(w)
		}
	}
	out.P = crossingP(out.Statistic)
	return out, nil
}

// crossingP is P(|W(t)| > x(1+2t) somewhere on [0, 1]) as Brown, Durbin and Evans give it
// with the second-order term; below .3 the probability is practically linear in x.
func crossingP(x float64) float64 {
	if x < .3 {
		return math.Max(1-.1464*x, 0)
	}
	p := 2 * (normalTail(3*x) + math.Exp(-4*x*x)*(1-normalTail(x)-normalTail(5*x)) -
		math.Exp(-16*x*x)*normalTail(x))
	return math.Min(math.Max(p, 0), 1)
}

// recursiveResiduals are (y_t − x_t'β_{t−1})/√(1 + x_t'(X'X)⁻¹x_t). The first fit takes as
// many rows as it needs to tell all coefficients apart.
func (s *Sample) recursiveResiduals() []float64 {
	k, w := s.k, s.scratch()
	start := k
	for ; start < s.n; start++ {
		s.fit(0, start, w)
		full := true
		for j := range k {
			full = full && w.l[j*k+j] > 0
		}
		if full {
			break
		}
	}
	out := make([]float64, 0, s.n-start)
	h := make([]float64, k)
	for t := start; t < s.n; t++ {
		s.fit(0, t, w)
		gamma := s.solve(w)
		leverage := 0.0
		for i := range k {
			v := s.q[t][i]
			for l := range i {
				v -= w.l[i*k+l] * h[l]
			}
			h[i] = 0
			if d := w.l[i*k+i]; d > 0 {
				h[i] = v / d
			}
			leverage += h[i] * h[i]
		}
		out = append(out, (s.e[t]-dot(s.q[t], gamma))/math.Sqrt(1+leverage))
	}
	return out
}

// OLSMosum is the largest moving sum of ⌊nh⌋ residuals /(σ√n) (Chu, Hornik and Kuan 1995);
// its law is that of a bridge's increments, from a table of simulated quantiles.
// Errors: ErrShape unless 0 < h ≤ .5 and the window holds at least one observation.
func (s *Sample) OLSMosum(h float64) (Fluctuation, error) {
	width, err := s.window(h, 1)
	if err != nil {
		return Fluctuation{P: 1}, err
	}
	scale := s.sigma() * math.Sqrt(float64(s.n))
	sum, out := 0.0, Fluctuation{}
	for i, e := range s.e {
		sum += e
		if i >= width {
			sum -= s.e[i-width]
		}
		if v := math.Abs(sum) / scale; i+1 >= width && v > out.Statistic {
			out.Statistic, out.At = v, i+1
		}
	}
	out.P = MovingP(out.Statistic, h, 1)
	return out, nil
}

func (s *Sample) window(h float64, least int) (int, error) {
	if !(h > 0 && h <= .5) {
		return 0, fmt.Errorf("move a window over a share of %v: %w", h, ErrShape)
	}
	width := int(math.Floor(h*float64(s.n) + 1e-9))
	if width < least {
		return 0, fmt.Errorf("move a window of %d observations with %d coefficients: %w", width, s.k, ErrTooShort)
	}
	return width, nil
}

// RecursiveEstimates is the fluctuation test of Ploberger, Krämer and Kontrus (1989): the
// largest component of (i/(σ√n))·(X'X/i)^½·(β_i − β_n), moments and β_i from the first i rows.
// Errors: ErrCollinear where the moments have no root.
func (s *Sample) RecursiveEstimates() (Fluctuation, error) {
	out, w := Fluctuation{}, s.scratch()
	for i := s.k; i < s.n; i++ {
		if err := s.fluctuate(&out, 0, i, w); err != nil {
			return Fluctuation{P: 1}, err
		}
	}
	out.P = BridgeP(out.Statistic, s.k)
	return out, nil
}

// MovingEstimates compares the estimates of a window of ⌊nh⌋ rows with the whole sample's
// (Chu, Hornik and Kuan 1995), scaled as in RecursiveEstimates. Errors: those of OLSMosum.
func (s *Sample) MovingEstimates(h float64) (Fluctuation, error) {
	width, err := s.window(h, s.k)
	if err != nil {
		return Fluctuation{P: 1}, err
	}
	out, w := Fluctuation{}, s.scratch()
	for i := 0; i+width <= s.n; i++ {
		if err := s.fluctuate(&out, i, i+width, w); err != nil {
			return Fluctuation{P: 1}, err
		}
	}
	out.P = MovingP(out.Statistic, h, s.k)
	return out, nil
}

func (s *Sample) fluctuate(out *Fluctuation, from, to int, w *segment) error {
	beta := s.coefficients(from, to, w)
	root, err := s.rootMoment(from, to)
	if err != nil {
		return err
	}
	scale := float64(to-from) / (s.sigma() * math.Sqrt(float64(s.n)))
	for a := range s.k {
		sum := 0.0
		for b := range s.k {
			sum += root.At(a, b) * (beta[b] - s.beta[b])
		}
		if v := math.Abs(sum) * scale; v > out.Statistic {
			out.Statistic, out.At = v, to
		}
	}
	return nil
}

// rootMoment is the symmetric square root of X'X over the rows [from, to), divided by their
// number.
func (s *Sample) rootMoment(from, to int) (*mat.Dense, error) {
	k := s.k
	if k == 1 {
		sum := 0.0
		for _, row := range s.x[from:to] {
			sum += row[0] * row[0]
		}
		return mat.NewDense(1, 1, []float64{math.Sqrt(sum / float64(to-from))}), nil
	}
	moment := mat.NewSymDense(k, nil)
	for a := range k {
		for b := a; b < k; b++ {
			sum := 0.0
			for _, row := range s.x[from:to] {
				sum += row[a] * row[b]
			}
			moment.SetSym(a, b, sum/float64(to-from))
		}
	}
	return symmetricPower(moment, .5)
}

// symmetricPower raises a symmetric positive matrix to a power by its eigenvalues.
func symmetricPower(m *mat.SymDense, power float64) (*mat.Dense, error) {
	var eigen mat.EigenSym
	if !eigen.Factorize(m, true) {
		return nil, fmt.Errorf("find the eigenvalues of a %d×%[1]d matrix: %w", m.SymmetricDim(), ErrCollinear)
	}
	var vectors mat.Dense
	eigen.VectorsTo(&vectors)
	values := eigen.Values(nil)
	k := len(values)
	top := values[k-1]
	out := mat.NewDense(k, k, nil)
	for l, v := range values {
		if v <= 1e-15*top {
			if power < 0 {
				return nil, fmt.Errorf("invert a %d×%[1]d matrix: %w", k, ErrCollinear)
			}
			continue
		}
		v = math.Pow(v, power)
		for a := range k {
			for b := range k {
				out.Set(a, b, out.At(a, b)+v*vectors.At(a, l)*vectors.At(b, l))
			}
		}
	}
	return out, nil
}
