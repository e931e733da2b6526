package scorecard

import "github.com/shirube/shirube/internal/stat/abreast"

// foldCount is how many parts rows are cut into; each is judged by what the others taught.
const foldCount = 5

// foldsOf deals the rows with and without the outcome out in turn, so that every part has
// its share of both. It follows the order of the table and needs no chance.
func foldsOf(outcome []bool, parts int) []int {
	out := make([]int, len(outcome))
	var next [2]int
	for i, y := range outcome {
		class := 0
		if y {
			class = 1
		}
		out[i] = next[class] % parts
		next[class]++
	}
	return out
}

// part gives the rows of a fold and all others.
func part(folds []int, fold int) (inside, outside []int) {
	for i, f := range folds {
		if f == fold {
			inside = append(inside, i)
		} else {
			outside = append(outside, i)
		}
	}
	return inside, outside
}

// meanAUC is the AUC within each fold, averaged: scores of different folds come from
// different models and cannot be compared.
func meanAUC(score []float64, outcome []bool, folds []int, parts int) float64 {
	sum, n := 0.0, 0.0
	for f := range parts {
		inside, _ := part(folds, f)
		y := pick(outcome, inside)
		if hits := count(y); hits == 0 || hits == float64(len(y)) {
			continue
		}
		sum += AUC(pick(score, inside), y)
		n++
	}
	if n == 0 {
		return 0.5
	}
	return sum / n
}

// denseByFolds is what the regression on all columns says about rows it has not seen.
func denseByFolds(t *Table, parts int) (logits []float64, folds []int) {
	folds = foldsOf(t.Outcome, parts)
	logits = make([]float64, t.Rows())
	twoAtOnce(parts, func(f int) {
		inside, outside := part(folds, f)
		d := fitDense(t.pick(outside))
		for i, z := range d.logits(t.pick(inside)) {
			logits[inside[i]] = z
		}
	})
	return logits, folds
}

// twoAtOnce runs jobs that write to places of their own, two at a time: a second core is
// used where there is one, memory is needed for two. The last job, the longest, is begun
// first.
func twoAtOnce(jobs int, do func(int)) {
	abreast.Each(jobs, 2, func(i int) { do(jobs - 1 - i) })
}
