package worlds

import "math/rand/v2"

// Dying is a link that is lost (or changes to after) anywhere in the middle half of n days.
func Dying(n int, before, after float64, lag int, seed uint64) Spec {
	s := Linked(n, before, lag, seed)
	s.BreakAt = n/4 + aside(seed).IntN(max(1, n/2))
	s.ElasticityAfter = after
	return s
}

// Drop is a link that changes at a given day.
func Drop(n, at int, before, after float64, lag int, seed uint64) Spec {
	s := Linked(n, before, lag, seed)
	s.BreakAt, s.ElasticityAfter = at, after
	return s
}

// Broken is a true link in which the tracking of a side loses 1−factor from a day in the
// middle half on, for days days.
func Broken(n int, of Side, factor float64, days int, elasticity float64, lag int, seed uint64) Spec {
	s := Linked(n, elasticity, lag, seed)
	at := n/4 + aside(seed).IntN(max(1, n/2))
	s.Outages = []Outage{{Of: of, From: at, Days: days, Factor: factor}}
	return s
}

// aside draws what a family adds to a world without touching the world's own draws.
func aside(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 0xa51de)) }

// Variants are other shapes of the same world, by number: other levels, seasons, noise and
// ways in which the effect arrives. Variant 0 is the world as it is. The gates hold on the
// standard world; these show whether they were tuned to it.
func Variants(s Spec, number int) Spec {
	switch number % NumVariants {
	case 1: // larger and calmer
		s.Response.Base, s.Driver.Base = 900, 40000
	case 2: // two waves a year and more trend
		s.Season, s.Trend = TwoWaves, .4
	case 3: // the effect passes the weekday on as well
		s.Whole = true
	case 4: // a high season with edges, holidays
		s.Season, s.Yearly, s.Obon = Plateau, .2, -.4
	case 5: // more memory in both
		s.Driver.AR, s.Driver.Sigma, s.Response.AR, s.Response.Sigma = .8, .105, .7, .1
	case 6: // heavy tails
		s.Driver.Noise, s.Response.Noise = HeavyTails, HeavyTails
	case 7: // B2B: few people on weekends
		s.Weekend, s.NewYear = -1.6, -1.8
	}
	return s
}

// NumVariants is how many there are.
const NumVariants = 8
