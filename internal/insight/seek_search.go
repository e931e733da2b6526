package insight

import (
	"cmp"
	"math"
	"slices"

	"github.com/shirube/shirube/internal/stat/uncertain"
)

// Steps of the search for the least effort.
const (
	greedySteps = 200 // the way to the goal is cut into about this many steps
	exchanges   = 40  // rounds of moving effort between pairs of levers
	fewLevers   = 8   // of more, only the most and the least telling are paired
)

// solve finds the least effort whose middle course lands at an amount; false, and
// every lever at its limit, when none does.
//
// Effort is spent in small steps, each on the lever that brings the KGI furthest
// for it. Where the way up is concave in the levers, as products of positive
// numbers are in their logarithms, that meets the conditions of Karush, Kuhn and
// Tucker; pairs of levers then exchange effort until none gains. Where it is not
// (min, max), the best lever by itself is a second start.
func (s *seeker) solve(amount float64) (x []float64, reached bool) {
	x = make([]float64, len(s.levers))
	if s.reaches(s.landing(x), amount) {
		return x, true
	}
	if len(s.levers) == 0 {
		return x, false
	}
	limits := s.limits()
	if !s.reaches(s.landing(limits), amount) {
		return limits, false
	}
	best := s.shrink(limits, amount)
	for j := range s.levers {
		alone := make([]float64, len(s.levers))
		if alone[j] = limits[j]; s.reaches(s.landing(alone), amount) {
			best = s.cheaper(best, s.shrink(alone, amount))
		}
	}
	best = s.cheaper(best, s.exchange(best, amount))
	best = s.cheaper(best, s.exchange(s.greedy(amount, s.effort(best)/greedySteps, limits), amount))
	return s.tidy(best, amount), true
}

func (s *seeker) cheaper(a, b []float64) []float64 {
	if s.effort(b) < s.effort(a) {
		return b
	}
	return a
}

// shrink goes back along the straight line to nothing as far as the goal allows.
func (s *seeker) shrink(x []float64, amount float64) []float64 {
	at := func(t float64) []float64 {
		scaled := make([]float64, len(x))
		for j := range x {
			scaled[j] = t * x[j]
		}
		return scaled
	}
	t, ok := uncertain.Root(0, 1, func(t float64) float64 { return s.gain(s.landing(at(t)), amount) })
	if !ok {
		return x
	}
	// The crossing itself may lie a digit short of the goal.
	for nudge := 1e-13; t < 1 && !s.reaches(s.landing(at(t)), amount); nudge *= 10 {
		t = min(1, t+nudge)
	}
	return at(t)
}

func (s *seeker) greedy(amount, step float64, limits []float64) []float64 {
	x := make([]float64, len(s.levers))
	for range 4 * greedySteps {
		here := s.landing(x)
		if s.reaches(here, amount) {
			return s.shrink(x, amount)
		}
		pick, most := -1, 0.0
		for j := range s.levers {
			was := x[j]
			moved := s.pushed(j, was, step, limits)
			if moved == was {
				continue
			}
			x[j] = moved
			// Per effort: the last step to a limit is a short one.
			per := s.gain(s.landing(x), here) / (s.levers[j].weight * math.Abs(moved-was))
			x[j] = was
			if per > most {
				pick, most = j, per
			}
		}
		if pick < 0 {
			return limits // stuck on a flat part: another start has to do
		}
		x[pick] = s.pushed(pick, x[pick], step, limits)
	}
	return limits
}

// pushed is a lever after some more effort, at its limit at most.
func (s *seeker) pushed(j int, x, effort float64, limits []float64) float64 {
	move := effort / s.levers[j].weight
	if limits[j] < 0 {
		return max(x-move, limits[j])
	}
	return min(x+move, limits[j])
}

// exchange moves effort between pairs of levers as long as the goal comes nearer
// for the same effort, in ever smaller amounts.
func (s *seeker) exchange(x []float64, amount float64) []float64 {
	x = append([]float64{}, x...)
	limits := s.limits()
	step := s.effort(x) / 4
	for range exchanges {
		better := false
		givers, takers := s.pairable(x, step, limits)
		for _, i := range givers {
			for _, j := range takers {
				if i == j || x[i] == 0 {
					continue
				}
				spare := min(step, s.levers[i].weight*math.Abs(x[i]))
				wasI, wasJ := x[i], x[j]
				moved := s.pushed(j, wasJ, spare, limits)
				spare = s.levers[j].weight * math.Abs(moved-wasJ)
				if spare == 0 {
					continue
				}
				here := s.landing(x)
				x[j] = moved
				x[i] = math.Copysign(math.Abs(wasI)-spare/s.levers[i].weight, wasI)
				if math.Abs(x[i]) < 1e-12 {
					x[i] = 0
				}
				if s.gain(s.landing(x), here) > math.Abs(here)*1e-10 {
					better = true
					continue
				}
				x[i], x[j] = wasI, wasJ
			}
		}
		if !better {
			step /= 2
		}
		if step < noticed/10 {
			break
		}
	}
	if !s.reaches(s.landing(x), amount) {
		return s.limits()
	}
	return s.shrink(x, amount)
}

// pairable are the levers that effort is worth taking from and giving to: all of a few,
// of many those whose effort brings least and most here. All pairs of a hundred levers
// would be ten thousand.
func (s *seeker) pairable(x []float64, step float64, limits []float64) (givers, takers []int) {
	all := make([]int, len(x))
	for j := range all {
		all[j] = j
	}
	if len(x) <= fewLevers {
		return all, all
	}
	here := s.landing(x)
	brings, costs := make([]float64, len(x)), make([]float64, len(x))
	for j := range x {
		was := x[j]
		if x[j] = s.pushed(j, was, step, limits); x[j] != was {
			brings[j] = s.gain(s.landing(x), here) / (s.levers[j].weight * math.Abs(x[j]-was))
		}
		if was != 0 {
			spare := min(step, s.levers[j].weight*math.Abs(was))
			x[j] = math.Copysign(math.Abs(was)-spare/s.levers[j].weight, was)
			costs[j] = s.gain(here, s.landing(x)) / spare
			givers = append(givers, j)
		}
		x[j] = was
	}
	takers = all
	slices.SortStableFunc(takers, func(a, b int) int { return cmp.Compare(brings[b], brings[a]) })
	slices.SortStableFunc(givers, func(a, b int) int { return cmp.Compare(costs[a], costs[b]) })
	return givers[:min(len(givers), fewLevers)], takers[:fewLevers]
}

// tidy leaves levers alone whose change nobody would notice.
func (s *seeker) tidy(x []float64, amount float64) []float64 {
	clean := append([]float64{}, x...)
	for j := range clean {
		if math.Abs(clean[j]) < noticed {
			clean[j] = 0
		}
	}
	grown := make([]float64, len(clean))
	for _, t := range []float64{1, 1.0005, 1.002, 1.01} {
		for j := range clean {
			limit := s.levers[j].low + s.levers[j].high
			grown[j] = clean[j] * t
			if math.Abs(grown[j]) > math.Abs(limit) {
				grown[j] = limit
			}
		}
		if s.reaches(s.landing(grown), amount) {
			return s.shrink(grown, amount)
		}
	}
	return x
}
