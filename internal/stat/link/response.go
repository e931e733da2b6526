package link

import (
	"math"

	"gonum.org/v1/gonum/floats"
)

// target is the KGI side of a link: response, weights and the null regressors every link
// to this KGI shares. It is made once per series.
type target struct {
	reason Reason
	scale  scale
	y      []float64 // working response times weight, gaps filled
	w      []float64 // row weights; nil stands for 1 everywhere
	obs    []bool    // rows that have a value of their own
	cols   columns   // weighted calendar and steps
	gram   []float64
	bias   *bias
	mean   float64 // average in its own grain, a day
	plain  *null   // the null model without anything of a KPI
	scores chan map[*Cleaned]score
}

// target makes or fetches the KGI side. The channel holds the one copy: whoever takes it
// out puts it back, so two goroutines never make it twice.
func (c *Cleaned) target() *target {
	t := <-c.goal
	if t == nil {
		t = c.newTarget()
	}
	c.goal <- t
	return t
}

func (c *Cleaned) newTarget() *target {
	n := c.d.n
	t := &target{scale: c.m.scale, obs: append([]bool(nil), c.have...), scores: make(chan map[*Cleaned]score, 1)}
	t.scores <- map[*Cleaned]score{}
	if c.m.reason != None {
		t.reason = c.m.reason
		return t
	}
	if c.m.scale == counts {
		for i := range t.obs {
			t.obs[i] = c.m.present[i]
		}
		for _, i := range c.unlike {
			t.obs[i] = false
		}
		for _, o := range c.Outages {
			for i := max(0, o.From-1); i <= min(n-1, o.To+1); i++ {
				t.obs[i] = false
			}
		}
	}
	days, sum := 0, 0.0
	for i, have := range t.obs {
		if have {
			days++
			sum += c.m.raw[i]
		}
	}
	if days < fewestDays {
		t.reason = TooShort
		return t
	}
	t.mean = sum / float64(days)
	base := c.d.fine
	if c.m.scale == counts {
		base = c.d.slow
	}
	t.cols = append(append(columns(nil), base.cols...), stepColumns(n, c.Steps)...)
	t.bias = base.bias
	if c.m.scale == counts {
		t.asCounts(c.m.raw)
	} else {
		t.y = append([]float64(nil), c.m.asKPI...)
	}
	t.gram = gram(t.cols)
	t.fill()
	t.plain = t.null(t.beside(nil), t.obs, t.bias)
	return t
}

// asCounts linearises a log-linear count model. Iteratively weighted least squares with
// the quasi negative-binomial variance μ + κμ² (McCullagh and Nelder 1989, ch. 9; κ by
// moments): the working response η + (y−μ)/μ with weight √(μ/(1+κμ)) is, to first order,
// a linear model with constant variance, in which elasticities mean what they mean for
// logarithms. The pull of single days is limited to six standard deviations.
func (t *target) asCounts(raw []float64) {
	n := len(raw)
	level := math.Log(t.mean)
	eta := make([]float64, n)
	for i := range eta {
		eta[i] = level
	}
	kappa := 0.0
	w, y := make([]float64, n), make([]float64, n)
	weighted := make(columns, len(t.cols))
	for i := range weighted {
		weighted[i] = make([]float64, n)
	}
	for round := range 9 {
		squares, weight := 0.0, 0.0
		for i := range n {
			mu := math.Exp(eta[i])
			if t.obs[i] {
				squares += (raw[i]-mu)*(raw[i]-mu) - mu
				weight += mu * mu
			}
		}
		kappa = max(0, squares/weight)
		for i := range n {
			mu := math.Exp(eta[i])
			w[i] = math.Sqrt(mu / (1 + kappa*mu))
			y[i] = 0
			if t.obs[i] {
				pull := max(-1, min((raw[i]-mu)/mu, 6*math.Sqrt((1+kappa*mu)/mu)))
				y[i] = (eta[i] + pull) * w[i]
			}
		}
		for k, col := range t.cols {
			floats.MulTo(weighted[k], col, w)
		}
		if round == 8 {
			break
		}
		masked := maskedColumns(weighted, t.obs)
		coef := factorise(gram(masked), len(masked)).solve(products(masked, y))
		for i := range eta {
			eta[i] = 0
		}
		for k, b := range coef {
			floats.AddScaled(eta, b, t.cols[k])
		}
		for i := range eta {
			eta[i] = max(level-5, min(level+5, eta[i]))
		}
	}
	t.cols, t.y, t.w = weighted, y, w
	t.bias = newBias(t.cols, factorise(gram(t.cols), len(t.cols)), nil)
}

func maskedColumns(cols columns, use []bool) columns {
	out := make(columns, len(cols))
	for i, col := range cols {
		out[i] = append([]float64(nil), col...)
		mask(out[i], use)
	}
	return out
}

func mask(v []float64, use []bool) {
	for t, u := range use {
		if !u {
			v[t] = 0
		}
	}
}

// fill gives days without a value their fit plus bridged residual, so that they can stand
// behind other days as lags; they never count as rows.
func (t *target) fill() {
	f := reducedFactor(t.cols, t.gram, t.obs)
	y := append([]float64(nil), t.y...)
	mask(y, t.obs)
	coef := f.solve(products(t.cols, y))
	fit := make([]float64, len(y))
	for i, b := range coef {
		floats.AddScaled(fit, b, t.cols[i])
	}
	r := make([]float64, len(y))
	floats.SubTo(r, y, fit)
	mask(r, t.obs)
	bridge(r, t.obs)
	floats.AddTo(t.y, fit, r)
}

// reducedFactor factorises the Gram matrix of the rows in use.
func reducedFactor(cols columns, whole []float64, use []bool) *factor {
	q := len(cols)
	unused := 0
	for _, u := range use {
		if !u {
			unused++
		}
	}
	if unused*4 > len(use) {
		return factorise(gram(maskedColumns(cols, use)), q)
	}
	g := append([]float64(nil), whole...)
	for t, u := range use {
		if u {
			continue
		}
		for i := range q {
			if z := cols[i][t]; z != 0 {
				for j := range q {
					g[i*q+j] -= z * cols[j][t]
				}
			}
		}
	}
	return factorise(g, q)
}
