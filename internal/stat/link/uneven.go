package link

import "math"

// unevenDays is how far days of one promotion hang together.
const unevenDays = 7

// uneven is by how much the variance of the best kernel's score exceeds what even noise
// would give it; 1 where it does not.
//
// A KPI and a KGI with promotions of their own have some weeks that carry much of what
// varies in either. Where such weeks fall together by chance a few days decide, and the
// score varies more than the average day says. The variance here is that of White
// (Econometrica 1980) over days that hang together, with the weights of Newey and West
// (Econometrica 1987), of the residuals with the kernel in the model; only the larger of
// the two variances counts, so that evenness by luck proves nothing.
func (w *work) uneven() float64 {
	c, e := w.column(w.nu, w.kernels[w.best])
	n := len(c)
	info, df := dot(c, c), w.nu.df(2)
	if !(info > 0) || df < 1 {
		return 1
	}
	slope := dot(c, e) / info
	s2 := (dot(e, e) - slope*slope*info) / df
	g := make([]float64, n)
	for t := range g {
		g[t] = c[t] * (e[t] - slope*c[t])
	}
	v := dot(g, g)
	for j := 1; j < unevenDays && j < n; j++ {
		v += 2 * (1 - float64(j)/unevenDays) * dot(g[j:], g[:n-j])
	}
	if v /= s2 * info; v > 1 && !math.IsInf(v, 0) {
		return v
	}
	return 1
}
