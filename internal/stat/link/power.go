package link

import "math"

// Trial is the cheapest test that would settle a link: the team varies the KPI on
// purpose, in units (days or weeks) drawn at random.
type Trial struct {
	Days  int     // until an effect of size matters is found with 80 % chance; −1: not within three years
	Power float64 // the chance at that many days
}

// PlanTrial computes how long a team has to vary a KPI on purpose.
//
// With the KPI raised by the share vary (0.2 is +20 %) in half of the units and lowered
// by as much in the others, its logarithm has the variance v² = (log(1+vary) −
// log(1−vary))²/4. A design drawn at random is independent of everything else, so the
// slope's variance after n days is s²·D/(n v²): s is the standard deviation of the KGI's
// daily noise given calendar and memory (Noise), and D = 1 + (unit−1)·.5 allows for what is left of the
// noise's memory inside units longer than a day. A two-sided 5 % test finds the
// elasticity e with 80 % chance when its standard error is |e|/2.8 (z.975 + z.8), hence
//
//	n = D (2.8 s / (|e| v))²
//
// noise: daily residual standard deviation of log KGI; vary in (0,1); unit in days, ≥ 1;
// matters: the elasticity to be found.
func PlanTrial(noise, vary float64, unit int, matters float64) Trial {
	vary = min(.95, math.Abs(vary))
	if !(noise > 0) || !(vary > 0) || !(matters > 0) {
		return Trial{Days: -1}
	}
	v := (math.Log1p(vary) - math.Log1p(-vary)) / 2
	inflate := 1 + .5*float64(max(1, unit)-1)
	need := inflate * math.Pow(2.8*noise/(matters*v), 2)
	if !(need <= longestWait) {
		return Trial{Days: -1}
	}
	block := max(1, unit)
	days := max(14, (int(math.Ceil(need))+block-1)/block*block)
	z := matters * v * math.Sqrt(float64(days)/inflate) / noise
	return Trial{Days: days, Power: upper(1.96 - z)}
}

// Noise is the daily noise of a KGI that calendar, season and its own memory leave, in
// logarithms; 0 when the series cannot be a KGI.
func (c *Cleaned) Noise() float64 {
	t := c.target()
	if t.reason != None || t.plain == nil {
		return 0
	}
	noise := math.Sqrt(t.plain.ee / max(1, t.plain.df(0)))
	if t.w != nil { // weighted residuals: back to the scale of logarithms
		sum := dot(t.w, t.w) / float64(len(t.w))
		noise /= math.Sqrt(sum)
	}
	if !finite(noise) {
		return 0
	}
	return noise
}

// Variation is the KPI's own day-to-day variation, the standard deviation of its residual
// after the calendar, in logarithms.
func (c *Cleaned) Variation() float64 { return c.sd }
