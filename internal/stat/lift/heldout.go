package lift

import (
	"math"

	"github.com/shirube/shirube/internal/stat"
)

// HeldOut is a campaign some people were held out of by lot, with a yes-or-no outcome.
// Held-out arms are small and outcomes rare: with a tenth held out and one outcome in a
// hundred people the smaller arm has seen none for months, and every test that trusts the
// normal curve calls that a difference. What is known here is the lot itself. If nothing
// was done to the outcome, each person with one was held out with the planned chance,
// whoever they are: their share among those with an outcome is a coin whose bias is known,
// and the beta-binomial mixture of Howard et al. (2021) judges it exactly, at any size and
// however often one looks.
type HeldOut struct {
	Treated, Held Yes
	Share         float64 // planned chance of being held out, within (0, 1)
	Tuning        float64 // people with an outcome at which intervals are narrowest; 0 is 200
}

// Yes is how many people an arm has and how many of them have the outcome.
type Yes struct{ People, Yes float64 }

// Rate is the share that has the outcome; ok is false where nobody is in the arm.
func (y Yes) Rate() (rate float64, ok bool) {
	if !(y.People > 0) {
		return 0, false
	}
	return y.Yes / y.People, true
}

// defaultYes is the tuning where nothing is said: what a small firm has seen in a year.
const defaultYes = 200

// The error of 5 % is divided between the coin, which decides, and the level of the
// outcome, which only scales the difference.
const (
	coinAlpha  = 0.045
	levelAlpha = 0.005
)

func (h HeldOut) tuning() float64 {
	if h.Tuning > 0 {
		return h.Tuning
	}
	return defaultYes
}

// Usable reports whether there is anything to compare.
func (h HeldOut) Usable() bool {
	return h.Share > 0 && h.Share < 1 && h.Treated.People > 0 && h.Held.People > 0 && usable(h.Treated.People, h.Held.People)
}

// Told reports whether a difference has been shown, at a level of 4.5 % over all looks.
func (h HeldOut) Told() bool {
	n := h.Treated.Yes + h.Held.Yes
	if !h.Usable() || n < 1 {
		return false
	}
	v := h.Share * (1 - h.Share)
	m := NewBetaBinomial(h.tuning()*v, 0.05, h.Share, 1-h.Share, false)
	return m.LogValue(h.Held.Yes-n*h.Share, n*v) > math.Log(1/coinAlpha)
}

// Absolute is the difference of the two rates with both intervals at 95 %: the fixed one is
// Newcombe's (1998, method 10), which keeps what it promises with rare outcomes; the
// always-valid one carries the interval of the coin and that of the level. ok is false
// where there is nothing to compare.
func (h HeldOut) Absolute() (d Difference, ok bool) {
	if !h.Usable() {
		return Difference{}, false
	}
	a, _ := h.Treated.Rate()
	b, _ := h.Held.Rate()
	d.Value = a - b
	d.CI = newcombe(h.Treated, h.Held)
	n, people := h.Treated.Yes+h.Held.Yes, h.Treated.People+h.Held.People
	coin := ProportionInterval(h.Held.Yes, n, coinAlpha, h.tuning())
	level := ProportionInterval(n, people, levelAlpha, DefaultTuning)
	// With p the rate of all and q the share of the held out among those with an outcome,
	// the held out have pq/s and the others p(1−q)/(1−s).
	at := func(p, q float64) float64 { return p * (h.Share - q) / (h.Share * (1 - h.Share)) }
	low := min(at(level[0], coin[1]), at(level[1], coin[1]))
	high := max(at(level[0], coin[0]), at(level[1], coin[0]))
	d.Always = &[2]float64{max(-1, min(low, d.Value)), min(1, max(high, d.Value))}
	return d, true
}

// Relative is the ratio of the rates less one, with its intervals; the upper end is +Inf
// as long as nobody who was held out has the outcome. ok is false without outcomes.
func (h HeldOut) Relative() (d Difference, ok bool) {
	n := h.Treated.Yes + h.Held.Yes
	b, _ := h.Held.Rate()
	if !h.Usable() || n < 1 {
		return Difference{}, false
	}
	a, _ := h.Treated.Rate()
	d.Value = math.Inf(1)
	if b > 0 {
		d.Value = a/b - 1
	}
	ratio := func(q float64) float64 {
		if q <= 1e-9 {
			return math.Inf(1)
		}
		return h.Share*(1-q)/((1-h.Share)*q) - 1
	}
	fixed, always := wilson(h.Held.Yes, n), ProportionInterval(h.Held.Yes, n, coinAlpha, h.tuning())
	d.CI = &[2]float64{min(ratio(fixed[1]), d.Value), max(ratio(fixed[0]), d.Value)}
	d.Always = &[2]float64{min(ratio(always[1]), d.Value), max(ratio(always[0]), d.Value)}
	return d, true
}

// More is how many more people with an outcome it takes until, with 80 % chance, a
// difference of this relative size would have been told. 0 where that many are there. ok is
// false where a million would not do.
func (h HeldOut) More(relative float64) (outcomes float64, ok bool) {
	if !h.Usable() || !(relative > -1) || relative == 0 {
		return 0, false
	}
	q := h.Share / (h.Share + (1-h.Share)*(1+relative))
	v := h.Share * (1 - h.Share)
	m := NewBetaBinomial(h.tuning()*v, 0.05, h.Share, 1-h.Share, false)
	enough := func(n float64) bool {
		luck := stat.NormalQuantile(0.8) * math.Sqrt(n*q*(1-q)) // the unlucky fifth
		held := n*q + luck
		if q > h.Share {
			held = n*q - luck
		}
		if (held-n*h.Share)*(q-h.Share) <= 0 {
			return false
		}
		return m.LogValue(max(0, held)-n*h.Share, n*v) > math.Log(1/coinAlpha)
	}
	const most = 1e6
	high := 1.0
	for !enough(high) {
		if high *= 2; high > most {
			return 0, false
		}
	}
	low := high / 2
	for high-low > 0.5 {
		if middle := (low + high) / 2; enough(middle) {
			high = middle
		} else {
			low = middle
		}
	}
	return max(0, math.Ceil(high)-h.Treated.Yes-h.Held.Yes), true
}

// normal95 is the two-sided 95 % point of the normal distribution.
var normal95 = stat.NormalQuantile(0.975)

// wilson is the score interval of a share (Wilson 1927) at 95 %.
func wilson(yes, n float64) [2]float64 {
	p, z2 := yes/n, normal95*normal95
	middle := (p + z2/(2*n)) / (1 + z2/n)
	half := normal95 / (1 + z2/n) * math.Sqrt(p*(1-p)/n+z2/(4*n*n))
	return [2]float64{max(0, middle-half), min(1, middle+half)}
}

func newcombe(a, b Yes) *[2]float64 {
	p, q := a.Yes/a.People, b.Yes/b.People
	wa, wb := wilson(a.Yes, a.People), wilson(b.Yes, b.People)
	return &[2]float64{
		p - q - math.Hypot(p-wa[0], wb[1]-q),
		p - q + math.Hypot(wa[1]-p, q-wb[0]),
	}
}
