package intervention

import (
	"math"
	"math/rand/v2"
	"slices"
)

// movedAt is how many standard errors a control may leave its own past at the date
// before it is called touched: about one in twenty by chance. Losing a sound control costs
// precision, trusting a touched one makes an effect out of nothing.
const movedAt = 2

// Effect estimates what began at Study.At: a structural time series (level, weekdays,
// calendar, trend, persistent noise) with the controls as regressors is learned from the
// days before, and what it expects of the days after is taken from what was.
//
// The make-up of the noise is averaged over a grid of signals and the choice of controls
// over spike-and-slab draws; coefficients and variances are drawn, not fixed. Controls
// that jumped on the date themselves are left out, and where all did nothing is claimed.
// The same method runs at dates before, see PlaceboCheck.
//
// Source: Brodersen, Gallusser, Koehler, Remy and Scott, Inferring causal impact using
// Bayesian structural time-series models, Annals of Applied Statistics 9 (2015), with
// the sampler's variances replaced by quadrature over a grid as in Rue, Martino and
// Chopin (2009).
func Effect(s Study) Result {
	d, why := s.prepare()
	if why != None {
		return Result{Reason: why}
	}
	d.dropOneOffs(s.At)
	out := Result{Before: d.before, After: len(d.after), Log: d.log, Controls: d.uses, Outliers: d.outliers}

	windows := append(d.placeboWindows(s), window{s.At, d.after})
	grid := signals()
	moments := make([][]moment, len(windows)) // by window, by signal
	for _, g := range grid {
		for w, m := range pass(g, d.y, d.missing, d.columns, windows) {
			moments[w] = append(moments[w], m)
		}
	}
	at := func(w int) *posterior {
		p := &posterior{signals: grid, moments: moments[w], tight: d.tight, prior: d.prior}
		for j := range d.columns {
			if j < d.fixed {
				p.fixed = append(p.fixed, j+1)
			} else {
				p.options = append(p.options, j+1)
			}
		}
		return p
	}
	main := at(len(windows) - 1)
	moved := d.guard(main, out.Controls)
	d.prior = main.prior

	rng := rand.New(rand.NewPCG(s.Seed, 0xEFFEC7))
	draws := s.Draws
	if draws <= 0 {
		draws = 1000
	}
	paths, likely := d.drawPaths(main, draws, rng, out.Controls)
	out.Placebo = placebo(windows[:len(windows)-1], func(w int) (float64, float64) {
		p := at(w)
		return p.surprise(likely)
	})
	d.summarise(s, &out, paths)

	used := 0
	for _, c := range out.Controls {
		if c.Reason == None {
			used++
		}
	}
	out.Controlled = used > 0
	out.Found = out.Total.excludesZero()
	switch {
	case moved > 0 && used == 0:
		out.Found, out.Reason = false, ControlsMoved
	case out.Placebo.Dates >= 5 && 5*out.Placebo.Claims > out.Placebo.Dates:
		out.Found, out.Reason = false, PlaceboFails
	case used == 0 && len(s.Controls) > 0:
		out.Reason = NoUsableControls
	case used == 0:
		out.Reason = NoControls
	}
	return out
}

// dropOneOffs takes days before the date that lie far from what all columns and the days
// before them say out of the series: one day ×4 must not teach the model its noise. The
// days after such a day look odd because of it, so each round takes only the oddest of a
// week.
func (d *columnSet) dropOneOffs(at int) {
	g := signal{.5, .6, 1e-3}
	st, v := g.structure()
	most := max(1, d.before/20)
	for range 3 {
		m := pass(g, d.y, d.missing, d.columns, []window{{at, d.after}})[0]
		p := posterior{signals: []signal{g}, moments: []moment{m}}
		for j := range d.columns {
			p.fixed = append(p.fixed, j+1) // all columns, held by the weak belief alone
			p.tight = append(p.tight, fixedTightness)
		}
		pt := p.at(0, nil)
		rest := make([]float64, at)
		for t := range rest {
			rest[t] = d.y[t]
			for a, c := range pt.columns {
				rest[t] -= pt.beta[a] * d.columns[c-1][t]
			}
		}
		odd := Filter(st, v, Series{Y: rest}, 1e7).Innovation
		var sizes []float64
		for t := range odd {
			odd[t] = math.Abs(odd[t])
			if !d.missing[t] && t > 0 {
				sizes = append(sizes, odd[t])
			}
		}
		odd[0] = 0 // the level's start
		slices.Sort(sizes)
		limit := 5 * 1.4826 * quantile(sizes, .5)
		found := false
		for t, size := range odd {
			around := odd[max(0, t-3):min(at, t+4)]
			if d.missing[t] || limit == 0 || size <= limit || size < slices.Max(around) || d.outliers >= most {
				continue
			}
			d.missing[t], d.y[t] = true, math.NaN()
			d.outliers++
			d.before--
			found = true
		}
		if !found {
			return
		}
	}
}

// guard tests each control against its own past at the date. One that jumped gets the
// probability 0 of belonging into the model; how many did comes back.
func (d *columnSet) guard(p *posterior, uses []ControlUse) int {
	moved := 0
	prior := slices.Clone(p.prior)
	for o, control := range d.controls {
		if control < 0 {
			continue
		}
		own := *p
		own.target = p.options[o]
		own.prior = slices.Clone(p.prior)
		in := make(chosen, len(own.options))
		for other, c := range d.controls { // trend and year only, and the trend only half believed
			own.prior[other] = .5
			in[other] = c < 0 && other > len(d.uses)
		}
		miss, se := own.surprise(in)
		uses[control].Jump = miss / se
		if math.Abs(miss) > movedAt*se {
			uses[control].Moved, uses[control].Reason = true, ControlsMoved
			prior[o] = 0
			moved++
		}
	}
	p.prior = prior
	return moved
}

// drawPaths draws what the whole series would have been without the intervention, in its
// standardised scale: paths[i][t]. likely is the choice of columns more likely in than out.
func (d *columnSet) drawPaths(p *posterior, draws int, rng *rand.Rand, uses []ControlUse) (paths [][]float64, likely chosen) {
	s := newSampler(p, rng)
	const settle = 50
	for range settle {
		s.sweep()
	}
	times := make([]float64, len(p.options))
	weight := make([]float64, len(p.options))
	gone := slices.Clone(d.missing)
	for _, t := range d.after {
		gone[t] = true
	}
	smoothers := map[int]*smoother{}
	rest := make([]float64, d.until)
	for range draws {
		pt := s.sweep()
		sigma, beta := s.coefficients(pt)
		for o, on := range s.in {
			if on {
				times[o]++
			}
		}
		path := make([]float64, d.until)
		for a, c := range pt.columns {
			column := d.columns[c-1]
			for t := range path {
				path[t] += beta[a] * column[t]
			}
			if o := a - len(p.fixed); o >= 0 {
				weight[c-p.options[0]] += beta[a]
			}
		}
		sm := smoothers[s.now]
		if sm == nil {
			st, v := p.signals[s.now].structure()
			sm = newSmoother(st, v, gone, nil, 1e7)
			smoothers[s.now] = sm
		}
		for t := range rest {
			rest[t] = 0
			if !gone[t] {
				rest[t] = (d.y[t] - path[t]) / sigma
			}
		}
		irregular := math.Sqrt(sm.variances.Irregular)
		for t, state := range sm.draw(rest, rng) {
			path[t] += sigma * (state[0] + state[1] + irregular*rng.NormFloat64())
		}
		paths = append(paths, path)
	}
	likely = make(chosen, len(p.options))
	for o := range likely {
		share := times[o] / float64(draws)
		likely[o] = share > .5
		if c := d.controls[o]; c >= 0 {
			uses[c].Inclusion, uses[c].Weight = share, weight[o]/float64(draws)
		}
	}
	return paths, likely
}
