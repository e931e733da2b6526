package link

import "math"

// Question is one link to be tested.
type Question struct {
	KPI, KGI       *Cleaned
	Controls       []*Cleaned // other KPIs and costs that point at the same child
	LagFrom, LagTo int        // days the effect may take, both included, ≥ 0
	Matters        float64    // elasticity below which the KPI counts as not moving the KGI; 0 means 0.2
	Down           bool       // the model says that more of the KPI means less of the KGI
	Seed           uint64     // where in its fixed table of draws the p-value begins
}

// longestLag is the longest delay that is looked at: eight weeks.
const longestLag = 56

// searchCost is what picking controls by the data costs a p-value: residuals that were
// searched for fits are a little too small (measured with fifty KPIs: 1.35 % below .01).
const searchCost = 1.5

// leadDays is how far ahead of the KPI the KGI is looked at, to tell reverse direction.
const leadDays = 7

// Test answers one link: p-value over all lags, guards of direction, elasticity, lag and
// their intervals. The verdict is final only after Decide has seen all links of a model.
func (d *Design) Test(q Question) Result {
	return d.settle(q, d.testRows(q, 0, d.n))
}

// testRows is Test on the days from ≤ t < to only; calendar and cleaning stay those of
// all days. After a break the question is asked again of the rows behind it.
func (d *Design) testRows(q Question, from, to int) Result {
	if !(q.Matters > 0) {
		q.Matters = .2
	}
	q.LagFrom = max(0, min(q.LagFrom, longestLag))
	q.LagTo = max(q.LagFrom, min(q.LagTo, longestLag))
	r := Result{P: 1, Q: 1, DaysNeeded: -1, matters: q.Matters, candidate: 1}
	w, reason := d.prepare(q, from, to)
	r.NDays = w.days
	if reason != None {
		r.Why = reason
		if reason == TooShort {
			r.DaysNeeded = max(1, fewestDays+q.LagTo-w.days)
		}
		return r
	}
	r.ControlsUsed = len(w.controls.list)
	if w.t.scale == counts && w.t.mean < .3 {
		r.Why = RareCounts // still tested: the verdict may say so when it cannot tell
	}
	w.fit()
	if w.judge(&r) {
		w.strength(&r)
	}
	return r
}

// work is one link on its way through the steps.
type work struct {
	d        *Design
	q        Question
	t        *target
	use      []bool
	days     int
	x        []float64
	controls chosen
	extra    columns // null regressors of this link alone: the KPI's steps, the controls' lags
	bias     *bias
	nu       *null
	lags     *lagged
	kernels  []kernel
	z        []float64 // by kernel, towards the declared direction
	best     int       // kernel with the largest |z|
}

// prepare settles which rows and regressors the link has.
func (d *Design) prepare(q Question, from, to int) (*work, Reason) {
	w := &work{d: d, q: q}
	if q.KPI == nil || q.KGI == nil || d.n == 0 {
		return w, TooShort
	}
	for t := max(0, from); t < min(d.n, to); t++ {
		if q.KPI.m.present[t] && q.KGI.m.present[t] {
			w.days++
		}
	}
	if reason := q.KPI.Reason(); reason != None {
		return w, reason
	}
	if q.KPI.sums == q.KGI.sums {
		return w, Collinear
	}
	w.t = q.KGI.target()
	if w.t.reason != None {
		return w, w.t.reason
	}
	own := true // nothing about the rows differs from the KGI's own
	w.use = append([]bool(nil), w.t.obs...)
	count := 0
	for t := range w.use {
		inside := t >= from && t < to
		if w.use[t] && (!inside || q.KPI.inOutage(t)) {
			w.use[t], own = false, false
		}
		if w.use[t] {
			count++
		}
	}
	if w.days < fewestDays || count < len(w.t.cols)+28 && count < fewestDays {
		return w, TooShort
	}
	if 3*count < 2*gapless(w.use) && count < 120 || 3*count < gapless(w.use) {
		return w, TooManyGaps
	}
	w.x = q.KPI.xFor(q.KGI)
	w.extra = stepColumns(d.n, stepsBeside(q.KPI.Steps, q.KGI.Steps))
	if w.t.w != nil {
		for _, col := range w.extra {
			for t := range col {
				col[t] *= w.t.w[t]
			}
		}
	}
	w.bias = w.t.bias
	w.controls = d.chooseControls(q, w.t)
	for _, c := range w.controls.list {
		w.extra = append(w.extra, c.columnsFor(w.t, w.controls.shape, q.LagFrom, q.LagTo, w.t.w)...)
		w.bias = w.bias.plus(c.ownBias(w.t, w.controls.shape, q.LagFrom, q.LagTo))
	}
	if own && len(w.extra) == 0 {
		w.nu = w.t.plain
	}
	return w, None
}

// gapless is the number of days from the first to the last row in use.
func gapless(use []bool) int {
	first, last := -1, -2
	for t, u := range use {
		if u {
			if first < 0 {
				first = t
			}
			last = t
		}
	}
	return last - first + 1
}

func (c *Cleaned) inOutage(t int) bool {
	for _, o := range c.Outages {
		if t >= o.From-1 && t <= o.To+1 {
			return true
		}
	}
	return false
}

// stepsBeside are a's steps that b does not have within three days.
func stepsBeside(a, b []Step) []Step {
	var out []Step
	for _, s := range a {
		known := false
		for _, o := range b {
			known = known || o.At-s.At <= 3 && s.At-o.At <= 3
		}
		if !known {
			out = append(out, s)
		}
	}
	return out
}

// beside is the residual that fits the calendar of a KGI measured so.
func (c *Cleaned) beside(goal scale) []float64 {
	if goal == counts {
		return c.slow
	}
	return c.x
}

// xFor is the KPI's residual for a link to a KGI. Where the KGI was out and the KPI's
// level moved in the same days, both went through one event, and the KPI's days are
// bridged as if missing.
func (c *Cleaned) xFor(goal *Cleaned) []float64 {
	own := c.beside(goal.m.scale)
	x := own
	for _, o := range goal.Outages {
		from, to := max(0, o.From-1), min(len(x)-1, o.To+1)
		sum, days := 0.0, float64(to-from+1)
		for t := from; t <= to; t++ {
			sum += own[t]
		}
		rho := min(.9, c.rho)
		se := c.sd * math.Sqrt((1+rho)/(1-rho)/days)
		if math.Abs(sum/days) < 2.5*se {
			continue
		}
		if &x[0] == &own[0] {
			x = append([]float64(nil), own...)
		}
		have := append([]bool(nil), c.have...)
		for t := range have {
			have[t] = t < from || t > to
		}
		bridge(x, have)
	}
	return x
}

// fit computes the null model and all inner products of the KPI's lags.
func (w *work) fit() {
	if w.nu == nil {
		w.nu = w.t.null(w.t.beside(w.extra), w.use, w.bias)
	}
	w.lags = w.nu.lagged(w.x, -leadDays, w.q.LagTo)
	w.kernels = kernelsFor(w.q.LagFrom, w.q.LagTo)
}

// judge runs the test and the guards; false when there was nothing to test.
func (w *work) judge(r *Result) bool {
	if !(w.nu.ee > 1e-12*dot(w.t.y, w.t.y)) || w.nu.rows < 20 || w.nu.df(3) < 10 {
		r.Why = TooShort
		if w.nu.rows >= 20 && w.nu.df(3) >= 10 {
			r.Why = Collinear
		}
		return false
	}
	l := w.lags
	if w.q.LagFrom == 0 {
		if cleared := l.without(0); cleared != nil {
			l = cleared
		}
	}
	kept, z, corr, prior := w.scores(l)
	if len(kept) == 0 {
		switch {
		case w.q.LagTo == 0:
			r.Why = SameDay
		case len(w.controls.list) > 0:
			r.Why = Collinear
		default:
			r.Why = NoVariation
		}
		return false
	}
	sign := 1.0
	if w.q.Down {
		sign = -1
	}
	for i := range z {
		z[i] *= sign
	}
	w.kernels, w.z = kept, z
	for i := range z {
		if math.Abs(z[i]) > math.Abs(z[w.best]) {
			w.best = i
		}
	}
	c := w.d.tab.combine(z, prior, corr, w.q.Seed)
	if c.p <= .05 {
		if excess := w.uneven(); excess > 1 {
			even := make([]float64, len(z))
			for i := range z {
				even[i] = z[i] / math.Sqrt(excess)
			}
			c.p = w.d.tab.combine(even, prior, corr, w.q.Seed).p
		}
	}
	if w.controls.searched {
		c.p = min(1, searchCost*c.p)
	}
	r.P, r.candidate = c.p, c.p
	if c.p <= .05 {
		if why := w.guards(c.largest); why != None {
			r.Why, r.candidate = why, 1
		}
	}
	return true
}

// scores are the standardised scores of all kernels that the null model leaves alive, and
// their correlations.
func (w *work) scores(l *lagged) (kept []kernel, z, corr, prior []float64) {
	var images [][]float64
	var norms []float64
	for _, k := range w.kernels {
		full := l.spread(k)
		hw := l.times(l.h, full)
		norm := dot(full, hw)
		if !(norm > .0025*dot(full, l.times(l.raw, full))) || !(norm > 0) {
			continue
		}
		score := dot(full, l.he)
		s2 := (l.ee - score*score/norm) / (l.df - 1)
		if !(s2 > 0) {
			continue
		}
		kept = append(kept, k)
		z = append(z, normal(score/math.Sqrt(norm*s2), l.df-1))
		prior = append(prior, k.prior)
		images = append(images, hw)
		norms = append(norms, norm)
	}
	n := len(kept)
	corr = make([]float64, n*n)
	for i := range n {
		full := l.spread(kept[i])
		for j := range n {
			corr[i*n+j] = dot(full, images[j]) / math.Sqrt(norms[i]*norms[j])
		}
	}
	return kept, z, corr, prior
}

// normal turns a t-ratio into a standard normal number (Wallace, Ann. Math. Stat. 1959).
func normal(t, df float64) float64 {
	return math.Copysign(math.Sqrt(df*math.Log1p(t*t/df))*(8*df+1)/(8*df+3), t)
}

// spread writes a kernel's weights over all columns of the lags.
func (l *lagged) spread(k kernel) []float64 {
	full := make([]float64, l.m)
	for i, v := range k.w {
		full[k.lo+i-l.first] = v
	}
	return full
}

func (l *lagged) times(m, v []float64) []float64 {
	out := make([]float64, l.m)
	for i := range out {
		out[i] = dot(m[i*l.m:(i+1)*l.m], v)
	}
	return out
}

// without takes one lag into the null model; nil when it has nothing left to take.
func (l *lagged) without(lag int) *lagged {
	a := lag - l.first
	pivot := l.h[a*l.m+a]
	if !(pivot > 1e-9*l.raw[a*l.m+a]) || !(pivot > 0) {
		return nil
	}
	out := *l
	out.h = make([]float64, l.m*l.m)
	out.he = make([]float64, l.m)
	for i := range l.m {
		f := l.h[i*l.m+a] / pivot
		for j := range l.m {
			out.h[i*l.m+j] = l.h[i*l.m+j] - f*l.h[a*l.m+j]
		}
		out.he[i] = l.he[i] - f*l.he[a]
	}
	out.ee = l.ee - l.he[a]*l.he[a]/pivot
	out.df--
	return &out
}
