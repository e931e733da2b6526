package scorecard

import (
	"math"
	"slices"
	"sort"
	"strconv"
	"strings"
)

// loneAUC is what a column knows by itself: the rate of its bin or category in the other
// folds, as a score. It is out of sample, so that many categories are no merit.
func loneAUC(t *Table, c *Column) float64 {
	bins, size := binned(c)
	folds := foldsOf(t.Outcome, loneFolds)
	n, hits := make([][loneFolds]float64, size), make([][loneFolds]float64, size)
	for i, b := range bins {
		n[b][folds[i]]++
		hits[b][folds[i]] += truth(t.Outcome[i])
	}
	base := count(t.Outcome) / float64(max(1, t.Rows()))
	score := make([]float64, len(bins))
	for i, b := range bins {
		var rows, with float64
		for f := range loneFolds {
			if f != folds[i] {
				rows, with = rows+n[b][f], with+hits[b][f]
			}
		}
		score[i] = (with + 5*base) / (rows + 5)
	}
	return meanAUC(score, t.Outcome, folds, loneFolds)
}

// binned numbers the categories or twentieths of a column, "missing" one of its own.
func binned(c *Column) (bins []int, size int) {
	bins = make([]int, c.length())
	if c.Kind == Category {
		ids := map[string]int{}
		for i, v := range c.Texts {
			id, seen := ids[v]
			if !seen {
				id = len(ids)
				ids[v] = id
			}
			bins[i] = id
		}
		return bins, len(ids)
	}
	var cuts []float64
	for _, r := range thresholds(c) {
		cuts = append(cuts, r.Value)
	}
	for i, v := range c.Numbers {
		if c.missing(i) {
			continue
		}
		bins[i] = 1 + sort.Search(len(cuts), func(k int) bool { return cuts[k] > v })
	}
	return bins, len(cuts) + 2
}

func sameEverywhere(c *Column) bool {
	if c.present() < c.length() {
		return false
	}
	for i := 1; i < c.length(); i++ {
		if c.Kind == Number && c.Numbers[i] != c.Numbers[0] || c.Kind == Category && c.Texts[i] != c.Texts[0] {
			return false
		}
	}
	return true
}

// identifies reports ids and names: texts nearly all different; whole numbers all
// different that run through the file in order, or say that they are ids.
func identifies(c *Column) bool {
	present := c.present()
	if present < 20 {
		return c.Kind == Category && present > 1 && distinct(c) == present
	}
	if c.Kind == Category {
		return distinct(c)*10 >= present*8
	}
	if distinct(c) < present {
		return false
	}
	rising, falling := true, true
	last := math.NaN()
	for i, v := range c.Numbers {
		if c.missing(i) {
			continue
		}
		if v != math.Trunc(v) {
			return false
		}
		rising, falling = rising && !(v < last), falling && !(v > last)
		last = v
	}
	named := slices.ContainsFunc(tokensOf(c.Name), func(s string) bool { return slices.Contains([]string{"id", "no", "number", "key", "uid"}, s) }) || strings.Contains(c.Name, "番号")
	return rising || falling || named
}

func distinct(c *Column) int {
	seen := map[string]bool{}
	for i := range c.length() {
		if c.missing(i) {
			continue
		}
		if c.Kind == Number {
			seen[strconv.FormatFloat(c.Numbers[i], 'g', -1, 64)] = true
		} else {
			seen[c.Texts[i]] = true
		}
	}
	return len(seen)
}
