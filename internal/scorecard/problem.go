package scorecard

import (
	"math"
	"slices"
)

// Feature is one column of a sparse regression.
type Feature struct {
	Name   string
	Values []float64 // finite, one per row
	// Where Bounded, the points lie within Low…High as well as within the bound of all; a
	// monotone limit is a Low or High of 0.
	Bounded   bool
	Low, High float64
}

// column is a feature made ready: levels and codes for grouping, rows for sums. Most are
// yes or no; those keep one byte a row and list the rows of the rarer answer.
type column struct {
	holds     []bool   // yes or no; else nil
	codes     []uint32 // place in levels; nil for yes or no
	levels    []float64
	rows      []int32
	values    []float64 // of rows; nil for yes or no
	turned    bool      // rows are those where it does not hold
	low, high float64
	dotY      float64 // Σ x·y
	varied    bool
}

// code is the place in levels of a row's value.
func (c *column) code(row int) int {
	if c.holds == nil {
		return int(c.codes[row])
	}
	if c.holds[row] {
		return 1
	}
	return 0
}

// sums adds up a column's values and their squares by the cells of a node. Both are the
// same slice for yes or no.
func (c *column) sums(nd *node, s1, s2 []float64) (values, squares []float64) {
	clear(s1)
	if c.holds != nil {
		for _, row := range c.rows {
			s1[nd.cell[row]]++
		}
		if c.turned {
			for g, n := range nd.n {
				s1[g] = n - s1[g]
			}
		}
		return s1, s1
	}
	clear(s2)
	for i, row := range c.rows {
		v := c.values[i]
		s1[nd.cell[row]] += v
		s2[nd.cell[row]] += v * v
	}
	return s1, s2
}

// problem is the regression: which columns there are and what came out.
type problem struct {
	n       int
	outcome []bool
	columns []column
	bound   float64
}

func newProblem(features []Feature, outcome []bool, bound float64) *problem {
	p := &problem{n: len(outcome), outcome: outcome, bound: bound}
	for _, f := range features {
		if yesOrNo(f.Values) {
			holds := make([]bool, p.n)
			for i, v := range f.Values {
				holds[i] = v == 1
			}
			p.columns = append(p.columns, yesNoColumn(holds, outcome, f, bound))
			continue
		}
		c := column{codes: make([]uint32, p.n)}
		c.limit(f, bound)
		c.levels = slices.Clone(f.Values)
		slices.Sort(c.levels)
		c.levels = slices.Compact(c.levels)
		for i, v := range f.Values {
			code, _ := slices.BinarySearch(c.levels, v)
			c.codes[i] = uint32(code)
			if v == 0 {
				continue
			}
			c.rows, c.values = append(c.rows, int32(i)), append(c.values, v)
			c.dotY += v * truth(outcome[i])
		}
		c.varied = len(c.levels) > 1
		p.columns = append(p.columns, c)
	}
	return p
}

func yesOrNo(values []float64) bool {
	return !slices.ContainsFunc(values, func(v float64) bool { return v != 0 && v != 1 })
}

func yesNoColumn(holds, outcome []bool, f Feature, bound float64) column {
	c := column{holds: holds, levels: []float64{0, 1}}
	c.limit(f, bound)
	yes := 0
	for i, h := range holds {
		if h {
			yes++
			c.dotY += truth(outcome[i])
		}
	}
	c.varied = yes > 0 && yes < len(holds)
	c.turned = 2*yes > len(holds)
	c.rows = make([]int32, 0, min(yes, len(holds)-yes))
	for i, h := range holds {
		if h != c.turned {
			c.rows = append(c.rows, int32(i))
		}
	}
	return c
}

// limit takes the bounds of a feature over.
func (c *column) limit(f Feature, bound float64) {
	c.low, c.high = -bound, bound
	if f.Bounded {
		c.low, c.high = math.Max(c.low, f.Low), math.Min(c.high, f.High)
	}
}
