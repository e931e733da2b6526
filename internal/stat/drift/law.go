package drift

import "math"

// law is the null law of the largest Score in a year of daily looks, at a link that never
// changed and whose history was a year long when the looking began.
//
// It was read from 1,000 simulated years each of columns as the filter leaves them
// (elasticities 0, .15, .3, .5, 1 and 2; histories of 180, 365 and 730 days; the largest
// quantile over the elasticities at 365, where links of .3 to .5 are the hardest), and
// checked against whole worlds, with calendar, memory, gaps and the choice of the lag
// (TestGateTheNullLaw; the gates of breaks). Histories of two years have a quantile .4
// higher, half-years one 1.1 lower; a link of 0 or 2 has one 2 lower.
var law = []struct{ p, score float64 }{
	{1, 0}, {.5, 12.2}, {.2, 13.8}, {.10, 15.0}, {.05, 15.9}, {.02, 17.2}, {.01, 18.2},
}

// chance is the p-value of a Score; beyond the table it goes on as the exponential the
// theory asks for: an average likelihood ratio A is passed by chance about once in A days.
func chance(score float64) float64 {
	last := len(law) - 1
	switch {
	case math.IsNaN(score) || score <= law[0].score:
		return 1
	case score >= law[last].score:
		return law[last].p * math.Exp(-(score-law[last].score)/2)
	}
	for i := 1; ; i++ {
		if score < law[i].score {
			a, b := law[i-1], law[i]
			share := (score - a.score) / (b.score - a.score)
			return math.Exp(math.Log(a.p) + share*(math.Log(b.p)-math.Log(a.p)))
		}
	}
}
