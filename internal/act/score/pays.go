package score

import (
	"math"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/scorecard"
	"github.com/shirube/shirube/internal/words"
)

// AskPays says which threshold is looked for.
type AskPays struct {
	Watch   condition.Watch
	Windows []int        // days a count looks back, tried one against the other; 0 is ever. Empty: 0
	Horizon event.Millis // how long after a view the outcome counts as its; 0 is 30 days
	End     event.Millis // up to when the data reach
	Worth   float64      // P(outcome) from which a mail or a call is worth it; 0: not said
}

// Pays is from how many times on it pays.
type Pays struct {
	Reason string // "", "not-enough-data", "no-threshold": views do not tell
	Needed int    // not enough: about so many more outcomes

	From     int    // the step: from this many on the outcome comes clearly more often
	Interval [2]int // that holds the step with 95 %
	Days     int    // the window; 0 ever
	Below    Rate   // outcomes of views below the step
	Above    Rate   // … from the step on
	Sure     float64

	// Worth is the fewest times at which P(outcome within the horizon) reaches what was
	// asked, with the counts at which its interval does; 0 where it is never reached.
	Worth         int
	WorthInterval [2]int
	Steps         []PayStep // by count, from 1
}

// PayStep is those who came to a count: how many had the outcome within the horizon.
type PayStep struct {
	Count int
	Rate  Rate
}

// What Reason can say.
const (
	NotEnough   = "not-enough-data"
	NoThreshold = "no-threshold"
)

const (
	mostCount     = 30 // larger counts are taken together
	leastPaid     = 30 // outcomes behind a view; with fewer even a clear step may be luck
	enoughPaid    = 60 // with these, a step that cannot be seen is none
	sureEnough    = 0.95
	widestStep    = 2 // a step whose interval is wider is not told
	outcomesAfter = 30 * day
)

// HowOftenPays finds from how many times on it pays.
//
// Every view is a trial: did the outcome come of it, before the next view? Up to a step
// the trials have one rate, from it on a higher one. All steps and windows, and "no step",
// are weighed against each other by how well they foretell the trials (beta–binomial
// marginal likelihoods, Jeffreys' prior for each rate); a step is told when "no step" is
// out of the question and the interval of the step is narrow.
func HowOftenPays(journeys []Journey, ask AskPays) Pays {
	if ask.Horizon == 0 {
		ask.Horizon = outcomesAfter
	}
	windows := ask.Windows
	if len(windows) == 0 {
		windows = []int{0}
	}
	type window struct {
		days     int
		of, paid [mostCount + 1]int
		weight   [mostCount + 1]float64 // log marginal likelihood of a step at each count
	}
	var tried []window
	total, paid := 0, 0
	highest := math.Inf(-1)
	for _, days := range windows {
		w := window{days: days}
		for _, v := range viewsOf(journeys, ask.Watch, days, ask.Horizon, ask.End) {
			n := min(v.Count, mostCount)
			w.of[n]++
			if v.Paid {
				w.paid[n]++
			}
		}
		total, paid = 0, 0
		for n := range w.of {
			total, paid = total+w.of[n], paid+w.paid[n]
		}
		below, belowPaid := w.of[0], w.paid[0]
		for n := 2; n <= mostCount; n++ {
			below, belowPaid = below+w.of[n-1], belowPaid+w.paid[n-1]
			w.weight[n] = math.Inf(-1)
			if below == 0 || below == total || rate(belowPaid, below) >= rate(paid-belowPaid, total-below) {
				continue // a step that would go down is none
			}
			w.weight[n] = marginal(belowPaid, below) + marginal(paid-belowPaid, total-below)
			highest = math.Max(highest, w.weight[n])
		}
		tried = append(tried, w)
	}
	out := Pays{}
	if paid < leastPaid {
		out.Reason, out.Needed = NotEnough, leastPaid-paid
		return out
	}
	none := marginal(paid, total)
	// One step in mostCount−1 places over the windows, against none: even chances.
	each := 1 / float64((mostCount-1)*len(windows))
	base := math.Max(none, highest)
	sum := math.Exp(none - base)
	steps := [mostCount + 1]float64{}
	best, bestWindow, most := 0, 0, 0.0
	for i := range tried {
		for n := 2; n <= mostCount; n++ {
			weight := each * math.Exp(tried[i].weight[n]-base)
			sum += weight
			steps[n] += weight
			if weight > most {
				best, bestWindow, most = n, i, weight
			}
		}
	}
	w := tried[bestWindow]
	out.Days = w.days
	of, came := reached(journeys, ask.Watch, w.days, mostCount, ask.Horizon, ask.End)
	for n := 1; n <= mostCount && of[n] > 0; n++ {
		out.Steps = append(out.Steps, PayStep{n, rateOf(came[n], of[n])})
	}
	out.worth(ask.Worth)
	out.Sure = 1 - math.Exp(none-base)/sum
	if out.Sure < sureEnough {
		out.Reason = NoThreshold
		if paid < enoughPaid {
			out.Reason, out.Needed = NotEnough, enoughPaid-paid
		}
		return out
	}
	out.Interval = middle(steps, sum*out.Sure)
	out.From = best
	for n := 2; n <= mostCount; n++ {
		if steps[n] > steps[out.From] {
			out.From = n
		}
	}
	below, belowPaid := 0, 0
	for n := range out.From {
		below, belowPaid = below+w.of[n], belowPaid+w.paid[n]
	}
	out.Below, out.Above = rateOf(belowPaid, below), rateOf(paid-belowPaid, total-below)
	if out.Interval[1]-out.Interval[0] > widestStep {
		// The doubt about a place shrinks with the number of outcomes near it.
		wide := float64(out.Interval[1]-out.Interval[0]) / widestStep
		out.Reason, out.Needed = NotEnough, max(1, int(math.Ceil(float64(paid)*(wide-1))))
	}
	return out
}

func rate(hits, of int) float64 { return float64(hits) / float64(max(1, of)) }

// marginal is the log probability of trials under one unknown rate with Jeffreys' prior.
func marginal(hits, of int) float64 {
	lg := func(x float64) float64 { v, _ := math.Lgamma(x); return v }
	h, m := float64(hits)+.5, float64(of-hits)+.5
	return lg(h) + lg(m) - lg(h+m) - 2*lg(.5)
}

// middle is the narrowest run of counts that holds 95 % of the weight.
func middle(weights [mostCount + 1]float64, all float64) [2]int {
	best := [2]int{2, mostCount}
	for from := 2; from <= mostCount; from++ {
		held := 0.0
		for to := from; to <= mostCount; to++ {
			if held += weights[to]; held >= .95*all-1e-12 {
				if to-from < best[1]-best[0] {
					best = [2]int{from, to}
				}
				break
			}
		}
	}
	return best
}

// worth finds the counts at which the rate, and each end of its interval, reaches what a
// mail or a call needs.
func (p *Pays) worth(need float64) {
	if need <= 0 {
		return
	}
	for _, step := range p.Steps {
		n := step.Count
		interval := scorecard.Wilson(step.Rate.Hits, step.Rate.Of)
		if p.WorthInterval[0] == 0 && interval[1] >= need {
			p.WorthInterval[0] = n
		}
		if p.Worth == 0 && step.Rate.Of >= leastCases && rate(step.Rate.Hits, step.Rate.Of) >= need {
			p.Worth = n
		}
		if p.WorthInterval[1] == 0 && interval[0] >= need {
			p.WorthInterval[1] = n
		}
	}
}

// Reads is the answer in a sentence; name is what was done: "料金のページ".
func (p Pays) Reads(name string) words.Text {
	switch p.Reason {
	case NotEnough:
		return words.T("「%[1]s」が何回から効くかは、まだ言えません。あと%[2]d件ほどの結果で分かります。", "From how many times on “%[1]s” pays cannot be told yet: about %[2]d more outcomes are needed.", name, p.Needed)
	case NoThreshold:
		return words.T("「%s」の回数では、結果になるかどうかは変わりません。", "How often “%s” was done makes no difference to the outcome.", name)
	}
	window := words.T("", "")
	if p.Days > 0 {
		window = words.T("%d日のうちに", " within %d days", p.Days)
	}
	span := words.T("", "")
	if p.Interval[0] != p.Interval[1] {
		span = words.T("（%d〜%d回）", " (%d to %d)", p.Interval[0], p.Interval[1])
	}
	return words.T("「%[1]s」は%[2]s%[3]d回%[4]sから効きます。1回ごとに結果になる割合が%[5]sから%[6]sに上がります。",
		"“%[1]s” pays from %[3]d times on%[4]s%[2]s: each time leads to the outcome in %[6]s instead of %[5]s.", name, window, p.From, span, words.Percent(p.Below.Share), words.Percent(p.Above.Share))
}
