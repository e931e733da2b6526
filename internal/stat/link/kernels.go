package link

import (
	"math"
)

// kernel is one shape the delay of an effect may take: weights over lags lo..hi, adding
// up to 1.
type kernel struct {
	lo      int
	w       []float64
	centre  float64
	prior   float64 // how likely such a shape is beside the others, before the data
	instant bool    // part of it falls on the same day
}

// broad is how likely one wide shape is beside one narrow one.
const broad = .15

// quickLag is the delay beyond which effects are taken to become less likely, as 1/lag².
const quickLag = 10

// kernelsFor lists the shapes for effects between lo and hi days: a triangle over each
// lag, wider ones that grow with the lag (what takes long also spreads), and geometric
// decay.
func kernelsFor(lo, hi int) []kernel {
	var out []kernel
	add := func(prior float64, weight func(lag int) float64) {
		k := kernel{lo: lo, w: make([]float64, hi-lo+1), prior: prior}
		sum := 0.0
		for i := range k.w {
			k.w[i] = weight(lo + i)
			sum += k.w[i]
		}
		if !(sum > 0) {
			return
		}
		for i := range k.w {
			k.w[i] /= sum
			k.centre += k.w[i] * float64(lo+i)
		}
		k.instant = lo == 0 && k.w[0] > 0
		late := max(1, k.centre/quickLag)
		k.prior /= late * late
		out = append(out, k)
	}
	triangle := func(centre, half int) func(int) float64 {
		return func(lag int) float64 {
			return max(0, float64(half)-math.Abs(float64(lag-centre)))
		}
	}
	for c := lo; c <= hi; c++ {
		switch {
		case c <= 14:
			add(1, triangle(c, 2))
		case (c-14)%2 == 0 || c == hi:
			add(1, triangle(c, 2))
		}
	}
	if hi-lo >= 6 {
		for c := lo + 3; c <= min(hi-2, 14); c += 3 {
			add(broad, triangle(c, 5))
		}
		for c := 18; c <= hi-3; c += 5 {
			add(broad, triangle(c, 7))
		}
		for _, decay := range []float64{.5, .75, .9} {
			add(broad, func(lag int) float64 { return math.Pow(decay, float64(lag-lo)) })
		}
	}
	return out
}
