package drift

import "math"

// law is the null law of the largest Score of a year of daily looks.
var law = []struct{ p, score float64 }{
	{1, 0}, {.5, 12.6}, {.2, 14.1}, {.10, 15.0}, {.05, 15.9}, {.02, 17.3}, {.01, 18.7},
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
