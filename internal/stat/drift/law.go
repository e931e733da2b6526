package drift

import "math"

// law is the null law of the largest Score in a year of daily looks, at a link that never
// changed and whose history was two years long when the looking began.
//
// It was read from simulated years of columns as the filter leaves them (elasticities 0,
// .15, .3, .5, 1 and 2; histories of 180, 365 and 730 days; 400 to 1,000 years each), the
// largest quantiles of all, and checked against whole worlds, with calendar, memory, gaps
// and the choice of the lag (TestGateTheNullLaw; the gates of breaks). A history of one
// year has a quantile .4 lower, of half a year 1.5; links of .15 to .5 are the hardest,
// one of 0 or 2 has a quantile 2 to 3 lower.
var law = []struct{ p, score float64 }{
	{1, 0}, {.5, 13.0}, {.2, 14.5}, {.10, 15.4}, {.05, 16.4}, {.02, 17.8}, {.01, 19.0},
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
