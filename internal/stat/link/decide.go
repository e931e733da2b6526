package link

import (
	"math"
	"slices"
)

// FalseDiscoveries is the share of wrong ones among all links called moves that a model
// may have on average.
const FalseDiscoveries = .05

// longestWait is how many further days a wait may be suggested for: three years.
const longestWait = 3 * 365

// Decide fills q-values and final verdicts of all links of a model, in place.
//
// Benjamini and Hochberg (J. R. Stat. Soc. B 1995): a link moves when its q-value is at
// most 5 %. A link that a guard doubted enters with p = 1, which can only make the
// procedure stricter. Does-not-move are two one-sided 5 % tests: the 90 % interval of the
// elasticity lies inside ±matters.
//
// Days needed: a link of elasticity e and standard error se from n days needs
// n (se/se*)² days, where se* = |e|/3.4 (80 % chance of passing 2.55) if |e| ≥ matters,
// else (matters − |e|)/1.645.
func Decide(results []Result) {
	keepBreaks(results)
	order := make([]int, len(results))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case results[a].candidate < results[b].candidate:
			return -1
		case results[a].candidate > results[b].candidate:
			return 1
		}
		return 0
	})
	q := 1.0
	for rank := len(order); rank >= 1; rank-- {
		r := &results[order[rank-1]]
		q = min(q, r.candidate*float64(len(order))/float64(rank))
		r.Q = q
	}
	for i := range results {
		results[i].decide()
	}
}

func (r *Result) decide() {
	r.Verdict = CannotTell
	if !r.HasEffect {
		return
	}
	switch {
	case r.Why == None && r.Q <= FalseDiscoveries && r.candidate <= .05:
		r.Verdict, r.DaysNeeded = Moves, 0
		r.oneSided()
		return
	case r.still() && r.CI90[0] > -r.matters && r.CI90[1] < r.matters:
		r.Verdict, r.DaysNeeded, r.Why = DoesNotMove, 0, None
		return
	}
	r.DaysNeeded = r.wait()
}

// oneSided cuts the intervals of a link that moves at 0. The test takes 95 % of its error
// rate towards one side, so that a link can be found whose two-sided interval still reaches
// a little beyond 0; having said that there is an effect of this sign, the part of the
// interval with the other sign is ruled out by the verdict. Cutting there loses no coverage:
// where there is an effect of the sign found, it does not lie in the part cut off.
func (r *Result) oneSided() {
	for _, interval := range []*[2]float64{&r.CI95, &r.CI90} {
		if r.Elasticity >= 0 {
			interval[0] = max(interval[0], 0)
		} else {
			interval[1] = min(interval[1], 0)
		}
	}
}

// still reports that nothing was found, not even something a guard doubted.
func (r *Result) still() bool {
	return r.candidate > .05 && (r.Why == None || r.Why == RareCounts)
}

// wait is the number of further days until the link can probably be told.
func (r *Result) wait() int {
	if r.Why == SameDay || r.Why == Reverse || r.Why == FewPeakDays {
		return -1 // more of the same days would not settle what the guard doubts
	}
	e := math.Abs(r.Elasticity)
	aim := e / 3.4
	if e < r.matters {
		aim = (r.matters - e) / 1.645
	}
	if !(aim > 0) || !(r.SE > 0) || r.NDays == 0 {
		return -1
	}
	ratio := r.SE / aim
	more := float64(r.NDays) * (ratio*ratio - 1)
	if !(more <= longestWait) {
		return -1
	}
	return max(7, int(math.Ceil(more)))
}
