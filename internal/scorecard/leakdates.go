package scorecard

import (
	"slices"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// firstDay is the column that dates a row: given nearly everywhere and earliest. −1: none.
func firstDay(t *Table) int {
	best, earliest := -1, 0.0
	for j := range t.Columns {
		c := &t.Columns[j]
		present := 0
		mean := 0.0
		if c.Kind != Date {
			continue
		}
		for i, d := range c.Days {
			if !c.Blank[i] {
				present++
				mean += float64(d)
			}
		}
		if present*10 < t.Rows()*9 || present == 0 {
			continue
		}
		if mean /= float64(present); best < 0 || mean < earliest {
			best, earliest = j, mean
		}
	}
	return best
}

// datedWhy says why a date is left out: none can make points.
func datedWhy(t *Table, j, first int) (words.Text, string) {
	c := &t.Columns[j]
	if why, found := filledAfter(t, c); found {
		return why, LeakFilled
	}
	if first >= 0 && first != j {
		later, both := 0, 0
		var gaps []series.Day
		for i, d := range c.Days {
			if c.Blank[i] || t.Columns[first].Blank[i] {
				continue
			}
			both++
			if d > t.Columns[first].Days[i] {
				later++
				gaps = append(gaps, d-t.Columns[first].Days[i])
			}
		}
		if both >= 20 && later*2 > both {
			slices.Sort(gaps)
			return words.T("「%s」よりあとの日付です(なかほどで%s日あと)。点を付ける時点ではまだありません。", "It is dated after “%s” (by %s days in the middle): it does not exist yet when the score is needed.",
				t.Columns[first].Name, words.Group(float64(gaps[len(gaps)/2]), 0)), LeakDatedAfter
		}
	}
	if j == first {
		return words.T("日付は点にせず、古い行で学び新しい行で試すのに使いました。", "A date makes no points; it was used to learn from older rows and to try the card on newer ones."), LeakDate
	}
	return words.T("日付は点になりません(同じ日は二度と来ません)。", "A date makes no points: the same day never comes again."), LeakDate
}
