package classic

import "slices"

// searchAsPublished starts where the automatic procedure of Hyndman & Khandakar (2008)
// starts — cautious smoothing, the season of the whole series — and searches with nash.
func searchAsPublished(y []float64, m int, kind Kind) (*etsFit, []float64, float64) {
	f := newETSFit(y, m, kind, Published, Smoothing{})
	f.initial = wholeSeriesState(y, m, kind)
	f.work = f.initial.clone()
	alpha := smallest + .2*(largest-smallest)/float64(max(m, 1))
	x := []float64{alpha}
	if kind.Trend {
		x = append(x, smallest+.1*(alpha-smallest))
	}
	if kind.Season != NoSeason {
		x = append(x, smallest+.05*(1-alpha-smallest))
	}
	if kind.Damped {
		x = append(x, leastPhi+.99*(greatestPhi-leastPhi))
	}
	x = append(x, f.initial.Level)
	if kind.Trend {
		x = append(x, f.initial.Slope)
	}
	if kind.Season != NoSeason {
		// The latest effect first; the one left out follows from the others.
		for i := m - 1; i > 0; i-- {
			x = append(x, f.initial.Season[i])
		}
	}
	best, value := nash(f.objectiveReversed, x, 2000, 1e-8)
	return f, f.reversed(best), value
}

// reversed turns the order of the seasonal effects, and which of them is implied, from
// that of the published search to that of unpack.
func (f *etsFit) reversed(x []float64) []float64 {
	if f.kind.Season == NoSeason {
		return x
	}
	out := slices.Clone(x)
	from := len(x) - (f.m - 1)
	first := 0.0
	if f.kind.Season == Multiplicative {
		first = float64(f.m)
	}
	for _, v := range x[from:] {
		first -= v
	}
	out[from] = first
	for i := 1; i < f.m-1; i++ {
		out[from+i] = x[len(x)-i]
	}
	return out
}

func (f *etsFit) objectiveReversed(x []float64) float64 { return f.objective(f.reversed(x)) }

// inside checks the box, which nash does not know.
func (f *etsFit) inside(p Smoothing) bool {
	in := func(v, low, high float64) bool { return v >= low && v <= high }
	return in(p.Alpha, smallest, largest) &&
		(!f.kind.Trend || in(p.Beta, smallest, largest)) &&
		(f.kind.Season == NoSeason || in(p.Gamma, smallest, largest)) &&
		(!f.kind.Damped || in(p.Phi, leastPhi, greatestPhi))
}

// wholeSeriesState is initialState with the season of the whole series.
func wholeSeriesState(y []float64, m int, kind Kind) State {
	s := State{}
	adjusted := slices.Clone(y)
	if kind.Season != NoSeason {
		d, _ := Decompose(y, m, kind.Season == Multiplicative)
		s.Season = d.Indices
		for i := range adjusted {
			if kind.Season == Multiplicative {
				s.Season[i%m] = max(s.Season[i%m], 1e-2)
				adjusted[i] /= s.Season[i%m]
			} else {
				adjusted[i] -= s.Season[i%m]
			}
		}
	}
	head := adjusted[:min(len(adjusted), max(10, 2*m))]
	if !kind.Trend {
		s.Level = mean(head)
		return s
	}
	s.Level, s.Slope = line(head)
	return s
}
