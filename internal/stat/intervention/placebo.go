package intervention

import "math"

// placeboWindows are fake dates before the real one, evenly spread over the days that
// leave enough history before and as long a time after them as the real date has, or
// half of what there is.
func (d *columnSet) placeboWindows(s Study) []window {
	first := max(shortest(s.Season), s.At/3)
	length := min(d.after[len(d.after)-1]-s.At+1, (s.At-first)/2)
	if length < 3 {
		return nil
	}
	const most = 24
	last := s.At - length
	step := max((last-first)/(most-1), max(length/6, 1))
	var out []window
	for at := last; at >= first; at -= step {
		w := window{at: at}
		for t := at; t < at+length; t++ {
			if !d.missing[t] {
				w.days = append(w.days, t)
			}
		}
		if 2*len(w.days) >= length {
			out = append(out, w)
		}
	}
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return out
}

// placebo asks at each fake date how far off the forecast was. By how much the misses
// exceed their own standard errors is how much wider the real interval has to be; the
// windows overlap, so they count for as many as fit side by side, against six dates'
// worth of trust in the model. Claims are counted after the widening.
func placebo(windows []window, surprise func(int) (miss, se float64)) PlaceboCheck {
	out := PlaceboCheck{Dates: len(windows), Wider: 1}
	if len(windows) == 0 {
		return out
	}
	sizes := make([]float64, len(windows))
	squares := 0.0
	for w := range windows {
		miss, se := surprise(w)
		sizes[w] = math.Abs(miss) / se
		squares += sizes[w] * sizes[w]
	}
	first, last := windows[0], windows[len(windows)-1]
	length := last.days[len(last.days)-1] - last.at + 1
	apart := min(float64(last.at-first.at)/float64(length)+1, float64(len(windows)))
	const trust = 6
	out.Wider = max(1, math.Sqrt((trust+apart*squares/float64(len(windows)))/(trust+apart)))
	for _, size := range sizes {
		if size > 1.96*out.Wider {
			out.Claims++
		}
	}
	return out
}
