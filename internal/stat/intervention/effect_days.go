package intervention

import (
	"math"
	"slices"
)

// summarise reads the paths: what was minus each of them gives the effect.
func (d *columnSet) summarise(s Study, out *Result, paths [][]float64) {
	wider := out.Placebo.Wider
	back := func(z float64) float64 {
		v := d.center + d.spread*z
		if d.log {
			v = math.Exp(min(v, 600))
		}
		return v
	}
	n := len(paths)
	column := make([]float64, n)
	sums := make([]float64, n) // expected so far, by path
	actual := 0.0
	out.Days = make([]DayEffect, 0, d.until)
	observed := 0
	for t := range d.until {
		for i, path := range paths {
			column[i] = path[t]
		}
		slices.Sort(column)
		mid := quantile(column, .5)
		stretch := func(z float64) float64 { return back(mid + wider*(z-mid)) }
		day := DayEffect{Index: t, Expected: Interval{Low: stretch(quantile(column, .025)), High: stretch(quantile(column, .975))}}
		total := 0.0
		for i, path := range paths {
			v := stretch(path[t])
			total += v / float64(n)
			column[i] = v
		}
		day.Expected.Value = total
		raw := s.Y[t]
		day.Present = !math.IsNaN(raw) && !math.IsInf(raw, 0)
		if day.Present {
			day.Actual = raw
		}
		if t >= s.At && day.Present {
			observed++
			actual += raw
			for i := range sums {
				sums[i] += column[i]
			}
			day.Effect = Interval{raw - day.Expected.Value, raw - day.Expected.High, raw - day.Expected.Low}
		}
		if t >= s.At && observed > 0 {
			day.Sum = less(actual, sums)
		}
		out.Days = append(out.Days, day)
	}
	days := float64(observed)
	out.Total = less(actual, sums)
	out.Average = Interval{out.Total.Value / days, out.Total.Low / days, out.Total.High / days}
	out.Actual = actual / days
	out.Expected = out.Actual - out.Average.Value
	relative := make([]float64, n)
	other := 1.0
	for i, v := range sums {
		relative[i] = ratio(actual-v, v)
		if (actual-v)*out.Total.Value <= 0 {
			other++
		}
	}
	slices.Sort(relative)
	out.Relative = Interval{ratio(out.Total.Value, days*out.Expected), quantile(relative, .025), quantile(relative, .975)}
	out.Tail = min(other/float64(n+1), 1)
}

// less is actual minus each of the sums, as an interval.
func less(actual float64, sums []float64) Interval {
	sorted := slices.Clone(sums)
	slices.Sort(sorted)
	return Interval{actual - mean(sums), actual - quantile(sorted, .975), actual - quantile(sorted, .025)}
}

// ratio is 0 where there is nothing to compare with.
func ratio(a, b float64) float64 {
	if b == 0 || math.IsInf(a/b, 0) || math.IsNaN(a/b) {
		return 0
	}
	return a / math.Abs(b)
}
