package scorecard

import (
	"cmp"
	"math"
	"slices"
)

// dense is a logistic regression on every column at once, with a ridge for stability: what
// a card has to be compared with. Numbers are standardised, categories one column a
// level, missing values one of their own.
type dense struct {
	columns []denseColumn
	weights []float64 // intercept first
}

type denseColumn struct {
	name         string
	kind         Kind
	mean, spread float64
	at           int            // weight of the number
	levels       map[string]int // weight of a level
	missing      int            // weight of "missing"
}

// cell is one entry of a sparse row.
type cell struct {
	at int
	v  float64
}

const (
	denseLevels = 40  // categories of a column, the most frequent first
	ridge       = 1.0 // ½·ridge·Σw², the intercept free
)

// fitDense fits by Newton steps (iteratively reweighted least squares).
func fitDense(t *Table) *dense {
	d := &dense{}
	size := 1
	for i := range t.Columns {
		c := &t.Columns[i]
		made := denseColumn{name: c.Name, kind: c.Kind}
		switch c.Kind {
		case Number:
			made.mean, made.spread = moments(c)
			made.at = size
			size++
		case Category:
			made.levels = map[string]int{}
			for _, r := range levels(c, max(5, t.Rows()/500))[:] {
				if len(made.levels) == denseLevels {
					break
				}
				made.levels[r.Text] = size
				size++
			}
		default:
			continue
		}
		made.missing = size
		size++
		d.columns = append(d.columns, made)
	}
	d.weights = make([]float64, size)
	share := (count(t.Outcome) + .5) / (float64(t.Rows()) + 1)
	d.weights[0] = math.Log(share / (1 - share))
	rows := d.sparse(t)
	loss := d.loss(rows, t.Outcome)
	for range 25 {
		step := d.newton(rows, t.Outcome)
		before, old := loss, slices.Clone(d.weights)
		for scale := 1.0; scale > 1e-4; scale /= 2 {
			for j := range d.weights {
				d.weights[j] = old[j] + scale*step[j]
			}
			if loss = d.loss(rows, t.Outcome); loss <= before {
				break
			}
		}
		if loss > before {
			d.weights, loss = old, before
		}
		if before-loss < 1e-7*(1+before) {
			break
		}
	}
	return d
}

func moments(c *Column) (mean, spread float64) {
	n := 0.0
	for i, v := range c.Numbers {
		if !c.missing(i) {
			n++
			mean += (v - mean) / n
		}
	}
	for i, v := range c.Numbers {
		if !c.missing(i) {
			spread += (v - mean) * (v - mean) / math.Max(n, 1)
		}
	}
	spread = math.Sqrt(spread)
	if spread <= 1e-12*math.Abs(mean) || math.IsInf(spread, 0) {
		spread = 0
	}
	return mean, spread
}

// sparse writes the rows of a table in the regression's columns.
func (d *dense) sparse(t *Table) [][]cell {
	rows := make([][]cell, t.Rows())
	places := map[string]int{}
	for j, c := range t.Columns {
		places[c.Name] = j
	}
	for i := range rows {
		row := make([]cell, 1, len(d.columns)+1)
		row[0] = cell{0, 1}
		for _, dc := range d.columns {
			c := &t.Columns[places[dc.name]]
			switch {
			case c.missing(i):
				row = append(row, cell{dc.missing, 1})
			case dc.kind == Number:
				if dc.spread > 0 {
					// A single value far out must not carry the fit.
					row = append(row, cell{dc.at, min(max((c.Numbers[i]-dc.mean)/dc.spread, -10), 10)})
				}
			default:
				if at, known := dc.levels[c.Texts[i]]; known {
					row = append(row, cell{at, 1})
				}
			}
		}
		slices.SortFunc(row, func(a, b cell) int { return cmp.Compare(a.at, b.at) })
		rows[i] = row
	}
	return rows
}

func (d *dense) logit(row []cell) float64 {
	z := 0.0
	for _, c := range row {
		z += d.weights[c.at] * c.v
	}
	return z
}

func (d *dense) loss(rows [][]cell, outcome []bool) float64 {
	sum := 0.0
	for i, row := range rows {
		z := d.logit(row)
		sum += softplus(z) - truth(outcome[i])*z
	}
	for _, w := range d.weights[1:] {
		sum += ridge * w * w / 2
	}
	return sum
}

func (d *dense) newton(rows [][]cell, outcome []bool) []float64 {
	m := len(d.weights)
	gradient, hessian := make([]float64, m), make([]float64, m*m)
	for i, row := range rows {
		q := sigmoid(d.logit(row))
		miss, bend := truth(outcome[i])-q, q*(1-q)
		for a, ca := range row {
			gradient[ca.at] += miss * ca.v
			line := hessian[ca.at*m : ca.at*m+m]
			weighted := bend * ca.v
			for _, cb := range row[:a+1] {
				line[cb.at] += weighted * cb.v
			}
		}
	}
	for j := 1; j < m; j++ {
		gradient[j] -= ridge * d.weights[j]
		hessian[j*m+j] += ridge
	}
	solve(hessian, gradient) // reads the lower half
	return gradient
}

// logits are the regression's log odds for the rows of a table.
func (d *dense) logits(t *Table) []float64 {
	rows := d.sparse(t)
	out := make([]float64, len(rows))
	for i, row := range rows {
		out[i] = d.logit(row)
	}
	return out
}
