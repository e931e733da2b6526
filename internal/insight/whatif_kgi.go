package insight

import (
	"math"
	"slices"

	"github.com/shirube/shirube/internal/formula"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// KGIAffected is what becomes of the KGI. The probabilities change the days that
// are still to come only: what is in stays in, and what takes time to arrive counts
// from the day it arrives.
type KGIAffected struct {
	ID            string        `json:"id"`
	Before        *float64      `json:"before"`
	After         *float64      `json:"after"`
	Lo95          *float64      `json:"lo95"`
	Hi95          *float64      `json:"hi95"`
	PAttainBefore *float64      `json:"p_attain_before"`
	PAttainAfter  *float64      `json:"p_attain_after"`
	LandingBefore *float64      `json:"landing_before"`
	LandingAfter  *float64      `json:"landing_after"`
	Target        *float64      `json:"target"`
	Starts        *series.Day   `json:"starts"` // first day on which the change shows at the KGI
	ReachBefore   *series.Day   `json:"reach_day_before"`
	ReachAfter    *series.Day   `json:"reach_day_after"` // day on which the middle course reaches the target
	TooLate       bool          `json:"too_late"`
	Distribution  *Distribution `json:"distribution"`
	NoValue       *string       `json:"no_value"` // why there is no value after the change
}

// Distribution is how likely each landing is, without and with a change: densities
// per unit of the KGI over the same points.
type Distribution struct {
	X      []float64 `json:"x"`
	Before []float64 `json:"before"`
	After  []float64 `json:"after"`
}

// ahead is the KGI's landing as draws, and what part of it is still to come.
type ahead struct {
	landing landing
	amount  float64
	draws   []float64 // of the landing: its ways, over and over
}

// lookAhead is nil where there is no forecast.
func (v *View) lookAhead() *ahead {
	if v.kgiAhead != nil {
		return v.kgiAhead
	}
	kgi := v.model.KGI()
	o, _, why := v.landingOutcome(kgi)
	if !why.Zero() {
		return nil
	}
	// Every way ahead as often as every other, so that without a change the landing
	// and its chance are those of the status, to the last digit.
	a := &ahead{landing: v.landings[kgi.ID]}
	a.amount, _ = v.amount(kgi)
	for len(a.draws) < whatIfDraws {
		a.draws = append(a.draws, o.draws...)
	}
	v.kgiAhead = a
	return a
}

func (v *View) kgiAffected(c *carrier, set map[int]float64, d *drawn) KGIAffected {
	kgi := v.model.KGI()
	i := c.place[kgi.ID]
	low, high := d.band(i)
	k := KGIAffected{ID: kgi.ID, Before: number(c.base[i].V), After: number(d.point.after[i]), Lo95: number(low), Hi95: number(high)}
	a := v.lookAhead()
	if a == nil {
		return k
	}
	k.Target, k.LandingBefore = number(a.amount), number(a.landing.outcome.mean)
	changed, arrived := v.landingsWith(c, set, d, a)
	k.LandingAfter = k.LandingBefore
	if !math.IsNaN(d.point.first[i]) {
		k.Starts, k.TooLate = v.arrival(d.point.first[i]), arrived == 0
	}
	switch {
	case k.TooLate: // what comes after the deadline changes nothing of this goal
		k.After, k.Lo95, k.Hi95 = k.Before, k.Before, k.Before
	case k.Starts != nil:
		k.LandingAfter = number(meanOf(changed))
	}
	k.Distribution = distribution(a.draws, changed)
	if exists(a.amount) {
		k.PAttainBefore = number(a.chance(a.draws, kgi.Target.Direction))
		k.PAttainAfter = number(a.chance(changed, kgi.Target.Direction))
		k.ReachBefore = v.reachDay(a, 1, nil)
		k.ReachAfter = v.reachDay(a, d.point.after[i]/c.base[i].V, c.waits(set, i))
	}
	return k
}

// landingsWith is the landing in every draw with the change, and the share of what is
// still to come that it arrives in time for.
func (v *View) landingsWith(c *carrier, set map[int]float64, d *drawn, a *ahead) (changed []float64, arrived float64) {
	i := c.place[v.model.KGI().ID]
	changed = make([]float64, len(a.draws))
	copy(changed, a.draws)
	if v.over(v.model.KGI().Target) || same(c.base[i].V, d.point.after[i]) {
		return changed, 0
	}
	arrived = v.arrivedShare(c, set, i, d.point.after[i])
	base := c.base[i].V
	for k := range changed {
		after := d.at(i, k%d.n)
		if !exists(after) || !exists(base) {
			continue
		}
		rest := a.draws[k] - a.landing.soFar
		if base != 0 {
			changed[k] = a.landing.soFar + rest*(1+(after/base-1)*arrived)
			continue
		}
		// From nothing to something there is no factor: the days ahead bring the same
		// a day as the changed span would have.
		if v.flow(v.model.KGI().ID) {
			left := series.Span{From: v.asOf + 1, To: v.landingSpan(v.model.KGI()).To}
			changed[k] += after / float64(v.WhatIfSpan().Days()) * float64(left.Days()) * arrived
		} else {
			changed[k] += after * arrived
		}
	}
	return changed, arrived
}

// arrivedShare is how much of a change counts by the deadline: each part of it
// from the day it has arrived at the KGI, over what the days ahead will bring.
func (v *View) arrivedShare(c *carrier, set map[int]float64, i int, whole float64) float64 {
	base := c.base[i].V
	change := whole - base
	if !exists(change) || change == 0 {
		return 1
	}
	share, before := 0.0, 0.0
	for _, days := range c.waits(set, i) {
		soFar := c.run(set, nil, days).after[i] - base
		part := (soFar - before) / change
		before = soFar
		if exists(part) {
			share += part * v.restAfter(v.asOf+series.Day(math.Round(days)))
		}
	}
	return share
}

// restAfter is the share of what is still to come for the KGI that comes after a
// day. For sums it follows the days' weights; a rate or level is read over its last
// four weeks.
func (v *View) restAfter(day series.Day) float64 {
	kgi := v.model.KGI()
	span := v.landingSpan(kgi)
	left := series.Span{From: max(v.asOf+1, span.From), To: span.To}
	if left.Empty() || day >= left.To {
		return 0
	}
	if day < left.From {
		return 1
	}
	if v.ev.Kind(kgi.ID) == formula.Flow {
		profile := v.fullProfile(kgi.ID)
		return 1 - profile.Share(left, day)
	}
	return float64(left.To-day) / float64(left.Days())
}

// reachDay is the day on which the middle course of a total reaches its target,
// when what is still to come is a factor times as much from the day it has
// arrived; nil when it does not by the deadline.
func (v *View) reachDay(a *ahead, factor float64, waits []float64) *series.Day {
	kgi := v.model.KGI()
	sums := kgi.Target.Kind == goal.TargetTotal || kgi.Target.Kind == goal.TargetGrowth
	if !sums || kgi.Target.Direction == goal.Down || v.ev.Kind(kgi.ID) != formula.Flow || !exists(factor) || v.over(kgi.Target) {
		return nil
	}
	span := v.landingSpan(kgi)
	left := series.Span{From: v.asOf + 1, To: span.To}
	arrived := v.asOf
	if len(waits) > 0 {
		arrived += series.Day(math.Round(waits[len(waits)-1]))
	}
	profile, rest := v.fullProfile(kgi.ID), a.landing.outcome.mean-a.landing.soFar
	total, before := a.landing.soFar, 0.0
	for day := left.From; day <= left.To; day++ {
		share := profile.Share(left, day)
		today := rest * (share - before)
		before = share
		if day > arrived {
			today *= factor
		}
		if total += today; total >= a.amount {
			return &day
		}
	}
	return nil
}

// share tells what each of several changes brings by itself, and which come too
// late to bring anything.
func (v *View) share(result *WhatIfResult, c *carrier, set map[int]float64) {
	a := v.lookAhead()
	if a == nil || !exists(a.amount) || result.KGI.PAttainBefore == nil {
		return
	}
	kgi := v.model.KGI()
	i := c.place[kgi.ID]
	for j := range result.Changes {
		change := &result.Changes[j]
		alone := map[int]float64{c.place[change.ID]: set[c.place[change.ID]]}
		d := &drawn{point: c.run(alone, nil, math.Inf(1)), draws: make([][]float64, len(c.ids)), n: whatIfDraws}
		if math.IsNaN(d.point.first[i]) {
			zero := 0.0
			change.Share = &zero
			continue
		}
		changed, arrived := v.landingsWith(c, alone, d, a)
		change.Share = number(a.chance(changed, kgi.Target.Direction) - *result.KGI.PAttainBefore)
		if change.TooLate = arrived == 0; change.TooLate {
			result.Warnings = append(result.Warnings, v.say(words.T("「%s」の効果が「%s」に届くのは期限のあとです。この期の数字には間に合いません。",
				"The effect of “%s” reaches “%s” after the deadline: it comes too late for this one.", v.model.Indicator(change.ID).Name, kgi.Name)))
		}
	}
}

// chance is the probability that a landing like these draws reaches the target, told
// as prospect.attains tells it.
func (a *ahead) chance(draws []float64, direction goal.Direction) float64 {
	n := 0
	for _, x := range draws {
		if reaches(x, a.amount, direction) {
			n++
		}
	}
	share := float64(n) / float64(len(draws))
	if ways := float64(len(a.landing.outcome.draws)); !a.landing.outcome.certain() {
		return (share*ways + 0.5) / (ways + 1)
	}
	return share
}

// distributionPoints is how many points a curve of likelihoods is drawn through.
const distributionPoints = 64

// distribution smooths draws into densities by Gaussian kernels of Silverman's
// width (1986, eq. 3.31); nil where nothing is left to chance.
func distribution(before, after []float64) *Distribution {
	a, b := slices.Clone(before), slices.Clone(after)
	slices.Sort(a)
	slices.Sort(b)
	low, high := min(quantile(a, 0.002), quantile(b, 0.002)), max(quantile(a, 0.998), quantile(b, 0.998))
	if !exists(2*(high-low)) || high <= low { // beyond the largest numbers there is no curve
		return nil
	}
	margin := (high - low) * 0.08
	d := &Distribution{X: make([]float64, distributionPoints)}
	for i := range d.X {
		d.X[i] = low - margin + (high-low+2*margin)*float64(i)/(distributionPoints-1)
	}
	d.Before, d.After = densities(a, d.X), densities(b, d.X)
	return d
}

func densities(sorted, x []float64) []float64 {
	out := make([]float64, len(x))
	spread := (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / 1.349
	width := 1.06 * spread * math.Pow(float64(len(sorted)), -0.2)
	width = max(width, (x[1]-x[0])*0.75) // never finer than the points themselves
	step := max(1, len(sorted)/1024)     // a thousand draws are enough for a curve
	n := 0
	for k := step / 2; k < len(sorted); k += step {
		n++
		for i, at := range x {
			z := (at - sorted[k]) / width
			if z > -5 && z < 5 {
				out[i] += math.Exp(-z * z / 2)
			}
		}
	}
	for i := range out {
		out[i] /= float64(n) * width * math.Sqrt(2*math.Pi)
	}
	return out
}
