package link

import "math"

// history is the elasticity in windows of a fifth of the rows (60 to 180 days) through
// time, from the columns all else has been taken out of: b = Σce/Σc². At most 60 points.
func history(c, e []float64, use []bool, slope float64) []StrengthPoint {
	n := len(c)
	rows := 0
	for _, u := range use {
		if u {
			rows++
		}
	}
	window := max(60, min(180, rows/5))
	if rows < window+20 {
		return nil
	}
	score, info, square := make([]float64, n+1), make([]float64, n+1), make([]float64, n+1)
	for t := range n {
		y := e[t] + slope*c[t]
		score[t+1] = score[t] + c[t]*y
		info[t+1] = info[t] + c[t]*c[t]
		square[t+1] = square[t] + e[t]*e[t]
	}
	s2 := square[n] / float64(max(1, rows))
	step := max(1, (n-window+58)/59)
	var out []StrengthPoint
	for end := n; end >= window; end -= step {
		i := info[end] - info[end-window]
		if !(i > .02*info[n]*float64(window)/float64(n)) {
			continue
		}
		b := (score[end] - score[end-window]) / i
		if se := math.Sqrt(s2 / i); finite(b, se) {
			out = append(out, StrengthPoint{At: end - 1, Elasticity: b, SE: se})
		}
	}
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return out
}
