package worlds

// CommonCause is a pair that one cost moves together: the KPI on the same day, the KGI
// later days after. The cost is the world's only control where declared; else it is hidden.
// Hidden with later = 0 it shows as an association of the same day; hidden with later > 0
// no two series can tell it from a link.
func CommonCause(n, later int, declared bool, seed uint64) World {
	s := Standard(n, seed)
	g := begin(s)
	cost := Process{Base: 50000, AR: .6, Sigma: .24} // sd .3
	driver := s.Driver
	driver.AR, driver.Sigma = .3, .095 // sd .1 of its own
	a, x, y := g.process(cost), g.process(driver), g.process(s.Response)
	for i := range y {
		x[i] += .5 * a[i]
		if i >= later {
			y[i] += .3 * a[i-later]
		}
	}
	w := g.finish(x, y)
	if declared {
		spend := g.values(cost, a, 0)
		g.spoil(spend)
		w.Controls = [][]float64{spend}
	}
	return w
}

// Siblings is a pair with a true link and a second KPI beside it that moves the KGI as well
// and goes along with the first (correlation about .7).
func Siblings(n int, elasticity float64, lag int, seed uint64) World {
	s := Linked(n, elasticity, lag, seed)
	g := begin(s)
	x, z, y := g.process(s.Driver), g.process(s.Driver), g.process(s.Response)
	for i := range z {
		z[i] = .7*x[i] + .714*z[i]
	}
	g.effect(y, x, elasticity, elasticity)
	g.effect(y, z, elasticity, elasticity)
	w := g.finish(x, y)
	other := g.values(s.Driver, z, s.Trend)
	g.spoil(other)
	w.Controls = [][]float64{other}
	return w
}

// Fifty is one KGI and kpis KPIs, of which the first moving ones move it, each with the
// elasticity at a lag of its own between 1 and 12 days. The result's Many are the KPIs and
// True which of them move; KPI is the first of them.
func Fifty(n, kpis, moving int, elasticity float64, seed uint64) World {
	s := Standard(n, seed)
	s.Elasticity = elasticity
	g := begin(s)
	y := g.process(s.Response)
	drivers := make([][]float64, kpis)
	for k := range drivers {
		drivers[k] = g.process(s.Driver)
		if k < moving {
			g.Lag = 1 + g.rng.IntN(12)
			g.effect(y, drivers[k], elasticity, elasticity)
		}
	}
	w := g.finish(drivers[0], y)
	w.Lag = 0 // each has its own
	w.Many, w.True = [][]float64{w.KPI}, []bool{moving > 0}
	for k := 1; k < kpis; k++ {
		v := g.values(s.Driver, drivers[k], s.Trend)
		g.spoil(v)
		w.Many, w.True = append(w.Many, v), append(w.True, k < moving)
	}
	return w
}
