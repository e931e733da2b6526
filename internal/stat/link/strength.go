package link

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
)

const (
	// usualEffect is the prior standard deviation of an elasticity.
	usualEffect = .5
	// nothing is the prior odds of no effect at all against any effect in the 90 % interval
	// that decides does-not-move. The search over lags makes the interval too wide by itself:
	// with these odds an elasticity of exactly `matters` is called does-not-move in 5 % of
	// worlds (measured, 730 days), which is what two one-sided 5 % tests promise.
	nothing = .05
	// estimatedMemory widens every interval by so many days over the rows, for the memory
	// of the noise and the shape of the delay are themselves estimates (measured: without
	// it 95 % intervals cover 91 % at 180 days and 93.5 % at 365).
	estimatedMemory = 15
)

// estimate is the effect under one kernel.
type estimate struct {
	k      kernel
	e, se  float64
	weight float64
}

// strength estimates elasticity and lag. The memory of the noise is estimated anew with
// the best kernel in the model (else the effect itself would pass for memory and widen
// the interval); then each kernel's least-squares effect enters a mixture with weight
// ∝ RSS^{−n/2} √(se²/(se²+τ²)), the approximate posterior of the kernel (Bayesian model
// averaging with a unit-information-like prior, Kass and Raftery, JASA 1995).
func (w *work) strength(r *Result) {
	best := w.kernels[w.best]
	own := w.t.beside(w.extra)
	phi := w.t.memory(own.and(w.unfiltered(best)), w.use, w.bias)
	// That memory, without the kernel: the frame of all estimates.
	nu := w.t.filtered(own.cols, w.use, phi)
	l := nu.lagged(w.x, 0, w.q.LagTo)
	list, none := estimates(l, w.kernels, w.q.LagFrom == 0)
	if len(list) == 0 {
		return
	}
	r.HasEffect = r.Why != Reverse
	mid := quantile(list, 0, .5)
	r.Elasticity, r.SE = mid, spread(list)
	r.CI95 = [2]float64{quantile(list, 0, .025), quantile(list, 0, .975)}
	r.CI90 = [2]float64{quantile(list, none, .05), quantile(list, none, .95)}
	w.lag(r, list)
	r.Profile = profile(l, w.q.LagFrom, w.q.LagTo, math.Abs(mid))
	top := list[0]
	for _, s := range list {
		if s.weight > top.weight {
			top = s
		}
	}
	c, e := w.column(nu, top.k)
	info := dot(c, c)
	if info > 0 {
		slope := dot(c, e) / info
		e = append([]float64(nil), e...)
		for t := range e {
			e[t] -= slope * c[t]
		}
		r.rivals = w.rivals(nu)
		r.Strength = history(c, e, nu.use, slope)
	}
	if r.P <= .05 {
		r.Predictive = w.predictive(nu)
	}
	if !finite(r.Elasticity, r.SE, r.CI90[0], r.CI90[1], r.CI95[0], r.CI95[1], r.LagDays) {
		r.Elasticity, r.SE, r.CI90, r.CI95, r.LagDays, r.HasEffect = 0, 0, [2]float64{}, [2]float64{}, 0, false
	}
}

func finite(values ...float64) bool {
	for _, v := range values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return false
		}
	}
	return true
}

// unfiltered is a kernel's weighted column before filtering.
func (w *work) unfiltered(k kernel) []float64 {
	out := make([]float64, len(w.x))
	for i, col := range shifts(w.x, w.t.w, k.lo, k.lo+len(k.w)-1) {
		for t, v := range col {
			out[t] += k.w[i] * v
		}
	}
	return out
}

// estimates are the effects of all kernels, with lag 0 as a nuisance beside those that
// have no part on the same day. none is the weight of no effect at all, in the same units
// (the others add up to 1).
func estimates(l *lagged, kernels []kernel, sameDay bool) (list []estimate, none float64) {
	var rss []float64
	shapes := 0.0
	beside := l
	if sameDay {
		if cleared := l.without(0); cleared != nil {
			beside = cleared
		}
	}
	for _, k := range kernels {
		in := beside
		if k.instant {
			in = l
		}
		full := in.spread(k)
		norm := dot(full, in.times(in.h, full))
		if !(norm > .0025*dot(full, in.times(in.raw, full))) || !(norm > 0) {
			continue
		}
		score := dot(full, in.he)
		left := in.ee - score*score/norm
		se := math.Sqrt(left/(in.df-1)/norm) * (1 + estimatedMemory/float64(l.rows))
		if !(left > 0) || !(se > 0) || math.IsInf(se, 0) {
			continue
		}
		weight := k.prior * math.Sqrt(se*se/(se*se+usualEffect*usualEffect))
		if in != l {
			weight /= math.Sqrt(float64(l.rows))
		}
		shapes += k.prior
		list = append(list, estimate{k: k, e: score / norm, se: se, weight: weight})
		rss = append(rss, left)
	}
	if len(list) == 0 {
		return nil, 0
	}
	least, sum := math.Inf(1), 0.0
	for _, v := range rss {
		least = min(least, v)
	}
	for i := range list {
		list[i].weight *= math.Exp(-float64(l.rows) / 2 * math.Log(rss[i]/least))
		sum += list[i].weight
	}
	for i := range list {
		list[i].weight /= sum
	}
	none = nothing * shapes * math.Exp(-float64(l.rows)/2*math.Log(beside.ee/least)) / sum
	if beside != l {
		none /= math.Sqrt(float64(l.rows))
	}
	return list, none
}

// quantile of the normal mixture, by bisection; none is the weight of a point mass at 0
// beside it.
func quantile(list []estimate, none, p float64) float64 {
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, s := range list {
		lo, hi = min(lo, s.e-8*s.se), max(hi, s.e+8*s.se)
	}
	for range 50 {
		mid := (lo + hi) / 2
		share := below(list, mid)
		if mid >= 0 {
			share += none
		}
		if share < p*(1+none) {
			lo = mid
		} else {
			hi = mid
		}
	}
	return (lo + hi) / 2
}

func below(list []estimate, v float64) float64 {
	sum := 0.0
	for _, s := range list {
		if s.weight > 1e-6 {
			sum += s.weight * distuv.UnitNormal.CDF((v-s.e)/s.se)
		}
	}
	return sum
}

// spread is the standard deviation of the mixture.
func spread(list []estimate) float64 {
	mean, square := 0.0, 0.0
	for _, s := range list {
		mean += s.weight * s.e
		square += s.weight * (s.e*s.e + s.se*s.se)
	}
	return math.Sqrt(max(0, square-mean*mean))
}

// lag is the centre of the effect and where its middle 80 % lies.
func (w *work) lag(r *Result, list []estimate) {
	shape := make([]float64, w.q.LagTo+1)
	for _, s := range list {
		for i, v := range s.k.w {
			shape[s.k.lo+i] += s.weight * v
		}
	}
	sum := 0.0
	r.LagRange = [2]int{-1, w.q.LagTo}
	for lag, v := range shape {
		sum += v
		if r.LagRange[0] < 0 && sum >= .1 {
			r.LagRange[0] = lag
		}
		if sum >= .9-1e-12 {
			r.LagRange[1] = lag
			break
		}
	}
	r.LagRange[0] = max(r.LagRange[0], 0)
	r.LagDays = middle(list)
}

// middle is the weighted median of the kernels' centres, drawn linearly between the two
// around it: a far lag with little weight does not move it.
func middle(list []estimate) float64 {
	sorted := slices.Clone(list)
	slices.SortStableFunc(sorted, func(a, b estimate) int {
		switch {
		case a.k.centre < b.k.centre:
			return -1
		case a.k.centre > b.k.centre:
			return 1
		}
		return 0
	})
	before := 0.0
	for i, s := range sorted {
		// A kernel's weight is thought to lie evenly around its place in the order.
		here := before + s.weight/2
		if here >= .5 {
			if i == 0 {
				return s.k.centre
			}
			prev := sorted[i-1]
			at := before - prev.weight/2
			if !(here > at) {
				return s.k.centre
			}
			return prev.k.centre + (s.k.centre-prev.k.centre)*(.5-at)/(here-at)
		}
		before += s.weight
	}
	return sorted[len(sorted)-1].k.centre
}

// profile is the effect of each lag given all others, with neighbouring lags drawn
// together (Shiller, Econometrica 1973: second differences of the lag weights are small).
// The total is not the elasticity; the picture is for the eye.
func profile(l *lagged, lo, hi int, size float64) []LagPoint {
	k := hi - lo + 1
	s2 := l.ee / max(1, l.df)
	a := make([]float64, k*k)
	b := make([]float64, k)
	for i := range k {
		for j := range k {
			a[i*k+j] = l.h[(lo+i-l.first)*l.m+lo+j-l.first]
		}
		b[i] = l.he[lo+i-l.first]
	}
	scale := max(size, .05) / 2
	tight := s2 / (scale * scale)
	for i := 0; i+2 < k; i++ {
		for x, u := range [3]float64{1, -2, 1} {
			for y, v := range [3]float64{1, -2, 1} {
				a[(i+x)*k+i+y] += tight * u * v
			}
		}
	}
	f := factorise(a, k)
	coef := f.solve(b)
	out := make([]LagPoint, k)
	unit := make([]float64, k)
	for i := range out {
		for j := range unit {
			unit[j] = 0
		}
		unit[i] = 1
		f.half(unit)
		out[i] = LagPoint{Lag: lo + i, Elasticity: coef[i], SE: math.Sqrt(max(0, s2*dot(unit, unit)))}
		if !finite(out[i].Elasticity, out[i].SE) {
			return nil
		}
	}
	return out
}
