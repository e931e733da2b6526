package forecast

import "math"

// rule is what a metric without any chance follows to the digit: a straight line where
// it stands at a height, the same week over and over where it adds up. There is nothing
// to estimate then, and no noise to learn the size of.
type rule struct {
	start    float64    // a line: its value on the last known day
	slope    float64    // and its gain a day
	week     [7]float64 // otherwise the days after the last known one, over and over
	line     bool
	positive bool // no value is below zero
}

// exactly is how far, as a share of the largest value, digits may be off by the way
// numbers are added up.
const exactly = 1e-12

// ruleOf finds the rule a metric follows on every day of its history; nil where one day
// is unknown or differs. What was zero all along is left to the model: nothing says that
// it cannot begin.
func (w *weeks) ruleOf() *rule {
	days := w.days
	for len(days) > 0 && math.IsNaN(days[0]) {
		days = days[1:]
	}
	largest := 0.0
	r := &rule{line: w.nature == stock, positive: true}
	for _, v := range days {
		if math.IsNaN(v) {
			return nil
		}
		largest = max(largest, math.Abs(v))
		r.positive = r.positive && v >= 0
	}
	n := len(days)
	if n < ShortestHistory || largest == 0 {
		return nil
	}
	slack := exactly * largest
	if r.line {
		r.start, r.slope = days[n-1], (days[n-1]-days[0])/float64(n-1)
		for i, v := range days {
			if math.Abs(v-(r.start-r.slope*float64(n-1-i))) > slack {
				return nil
			}
		}
		return r
	}
	copy(r.week[:], days[n-7:])
	for i := 7; i < n; i++ {
		if math.Abs(days[i]-days[i-7]) > slack {
			return nil
		}
	}
	return r
}

// on is a day ahead, from 0.
func (r *rule) on(d int) float64 {
	v := r.week[d%7]
	if r.line {
		v = r.start + r.slope*float64(d+1)
	}
	if r.positive {
		v = max(v, 0)
	}
	return v
}

// total is a week ahead: what its days add up to, or where a line ends.
func (r *rule) total(week int) float64 {
	if r.line {
		return r.on(7*week + 6)
	}
	sum := 0.0
	for d := range 7 {
		sum += r.on(7*week + d)
	}
	return sum
}

// follow brings the mean of the paths to the rule, day by day and week by week, which
// the drawing of paths and the damping of slopes miss by a percent. How far a path may
// stray stays as the model has it: a past without chance is no promise of such a future.
func (m *metricPaths) follow(r *rule) {
	for d, row := range m.days {
		m.keepTo(row, r.on(d))
	}
	for s, row := range m.totals {
		if m.weeks.nature == stock || s >= weeksByDay {
			m.keepTo(row, r.total(s))
			continue
		}
		clear(row) // its days are what counts
		for d := range 7 {
			for i, v := range m.days[7*s+d] {
				row[i] += v
			}
		}
	}
}

// keepTo brings the mean of a row to a value.
func (m *metricPaths) keepTo(row []float64, value float64) {
	switch {
	case m.mixture.counts:
		countTo(row, value)
	case m.weeks.nature == stock || m.weeks.additive:
		shift := value - mean(row)
		for i := range row {
			row[i] += shift
		}
	default:
		if now := mean(row); now > 0 {
			for i := range row {
				row[i] *= value / now
			}
		}
	}
}

// countTo brings the mean of whole numbers to a value by one more, or less, in as many
// paths as it takes, evenly among them.
func countTo(row []float64, value float64) {
	n := len(row)
	off := int(math.Round(value*float64(n) - mean(row)*float64(n)))
	step := 1.0
	if off < 0 {
		off, step = -off, -1
	}
	const stride = 0.6180339887498949 // of the golden section: as even as can be for any number
	at := 0.5
	for range 4 * n {
		if off == 0 {
			return
		}
		_, at = math.Modf(at + stride)
		if i := int(at * float64(n)); row[i]+step >= 0 {
			row[i] += step
			off--
		}
	}
}
