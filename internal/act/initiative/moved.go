package initiative

import (
	"math"

	"github.com/shirube/shirube/internal/series"
)

const (
	weeksBefore = 8
	fewestWeeks = 2   // since the first day
	tCritical   = 2.2 // 95 % with the nine degrees of freedom of eight weeks and three
)

// Moved is by how much what the team moved itself changed: its mean a day over the whole
// weeks since the first day, beside that over the eight weeks before, relative (0.1: a tenth
// more). Nothing else is needed to read it: it is the deed, not what came of it. nil where
// there are too few weeks, too many gaps, or nothing before.
func Moved(d series.Daily, from, to series.Day) *Amount {
	before, since := weeks(d, from-7*weeksBefore, from-1), weeks(d, from, to)
	if len(before) < weeksBefore || len(since) < fewestWeeks {
		return nil
	}
	was, wasSE := meanOf(before)
	is, isSE := meanOf(since)
	if !(was > 0) || !(is >= 0) {
		return nil
	}
	ratio := is / was
	wide := tCritical * math.Hypot(isSE/was, ratio*wasSE/was)
	return &Amount{ratio - 1, max(ratio-wide, 0) - 1, ratio + wide - 1}
}

// weeks are the means a day of the whole weeks of a stretch, from its first day on; a week
// with fewer than four days counted is left out.
func weeks(d series.Daily, from, to series.Day) []float64 {
	var out []float64
	for ; from+6 <= to; from += 7 {
		sum, n := 0.0, 0
		for day := from; day < from+7; day++ {
			if v, ok := d.At(day); ok {
				sum, n = sum+v, n+1
			}
		}
		if n >= 4 {
			out = append(out, sum/float64(n))
		}
	}
	return out
}

// meanOf is a mean with its standard error.
func meanOf(values []float64) (mean, se float64) {
	n := float64(len(values))
	for _, v := range values {
		mean += v / n
	}
	square := 0.0
	for _, v := range values {
		square += (v - mean) * (v - mean)
	}
	return mean, math.Sqrt(square / (n - 1) / n)
}
