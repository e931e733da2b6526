package change

import (
	"fmt"
	"math"
	"slices"
)

// PELT is the segmentation of least cost + penalty × changes, every segment at least least
// long (Killick, Fearnhead and Eckley 2012). The pruning is exact: a start t is dropped at s
// only where F(t) + C(t, s) > F(s) + penalty already, and only once s is far enough on for a
// segment of the least length to begin there. Changes come back in order.
// Errors: ErrNotFinite; ErrShape for least < 1 or a penalty that is negative or not finite.
func PELT(y []float64, kind Cost, penalty float64, least int) ([]int, error) {
	if least < 1 || !(penalty >= 0) || math.IsInf(penalty, 0) {
		return nil, fmt.Errorf("segment with penalty %v and least length %d: %w", penalty, least, ErrShape)
	}
	cost, err := costs(y, kind)
	if err != nil {
		return nil, err
	}
	return pelt(len(y), cost, penalty, least, true), nil
}

func pelt(n int, cost coster, penalty float64, least int, prune bool) []int {
	best, from := make([]float64, n+1), make([]int, n+1)
	for i := range best {
		best[i] = math.Inf(1)
	}
	best[0] = -penalty
	// dropped[t] is the end from which on t is of no use as a start.
	starts, dropped := make([]int, 0, n), make([]int, n+1)
	for end := least; end <= n; end++ {
		if t := end - least; !math.IsInf(best[t], 1) {
			starts = append(starts, t)
		}
		kept := starts[:0]
		totals := make([]float64, 0, len(starts))
		for _, t := range starts {
			if dropped[t] > 0 && end >= dropped[t] {
				continue
			}
			total := best[t] + cost(t, end)
			if total+penalty < best[end] {
				best[end], from[end] = total+penalty, t
			}
			kept, totals = append(kept, t), append(totals, total)
		}
		starts = kept
		if prune {
			for i, t := range starts {
				if totals[i] > best[end] && dropped[t] == 0 {
					// A rival that begins at end needs least rows of its own first.
					dropped[t] = end + least
				}
			}
		}
	}
	var out []int
	for i := n; i > 0 && from[i] > 0; i = from[i] {
		out = append(out, from[i])
	}
	slices.Reverse(out)
	return out
}

// BinarySegmentation splits where the cost falls most, count times (Scott and Knott 1974),
// every segment at least least long. Fewer changes come back where no more fit.
// Errors: ErrNotFinite; ErrShape.
func BinarySegmentation(y []float64, kind Cost, count, least int) ([]int, error) {
	if least < 1 || count < 0 {
		return nil, fmt.Errorf("split %d times with least length %d: %w", count, least, ErrShape)
	}
	cost, err := costs(y, kind)
	if err != nil {
		return nil, err
	}
	// The best split of a stretch is looked for once and kept until the stretch is cut.
	best := func(a, b int) (at int, gain float64) {
		gain = math.Inf(-1)
		whole := 0.0
		if a+2*least <= b {
			whole = cost(a, b)
		}
		for t := a + least; t+least <= b; t++ {
			if g := whole - cost(a, t) - cost(t, b); g > gain {
				at, gain = t, g
			}
		}
		return at, gain
	}
	type stretch struct {
		from, to, at int
		gain         float64
	}
	whole := stretch{to: len(y)}
	whole.at, whole.gain = best(0, len(y))
	parts, ends := []stretch{whole}, []int{0, len(y)}
	for range count {
		top := 0
		for i, p := range parts {
			if p.gain > parts[top].gain {
				top = i
			}
		}
		p := parts[top]
		if math.IsInf(p.gain, -1) {
			break
		}
		left, right := stretch{from: p.from, to: p.at}, stretch{from: p.at, to: p.to}
		left.at, left.gain = best(left.from, left.to)
		right.at, right.gain = best(right.from, right.to)
		parts[top] = left
		parts = append(parts, right)
		ends = append(ends, p.at)
	}
	slices.Sort(ends)
	return ends[1 : len(ends)-1], nil
}

// Optimal is the segmentation of least cost with exactly count changes, and that cost, by
// dynamic programming (Bellman 1961; Auger and Lawrence 1989): O(count·n²).
// Errors: ErrNotFinite; ErrShape; ErrTooShort where count changes do not fit.
func Optimal(y []float64, kind Cost, count, least int) ([]int, float64, error) {
	if least < 1 || count < 0 {
		return nil, 0, fmt.Errorf("place %d changes with least length %d: %w", count, least, ErrShape)
	}
	if len(y) < (count+1)*least {
		return nil, 0, fmt.Errorf("place %d changes in %d observations: %w", count, len(y), ErrTooShort)
	}
	cost, err := costs(y, kind)
	if err != nil {
		return nil, 0, err
	}
	breaks, totals := optimal(len(y), cost, count, least)
	return breaks[count], totals[count], nil
}

// optimal is the best segmentation for every number of changes up to most.
func optimal(n int, cost coster, most, least int) ([][]int, []float64) {
	table := make([][]float64, most+1)
	from := make([][]int, most+1)
	breaks, totals := make([][]int, most+1), make([]float64, most+1)
	for m := range table {
		table[m], from[m] = make([]float64, n+1), make([]int, n+1)
		for end := range table[m] {
			table[m][end] = math.Inf(1)
			if m == 0 {
				if end >= least {
					table[0][end] = cost(0, end)
				}
				continue
			}
			if m == most && end != n {
				continue // only the whole series is asked of the last row
			}
			for t := m * least; t+least <= end; t++ {
				if c := table[m-1][t] + cost(t, end); c < table[m][end] {
					table[m][end], from[m][end] = c, t
				}
			}
		}
		breaks[m], totals[m] = make([]int, m), table[m][n]
		for l, i := m, n; l > 0; l-- {
			i = from[l][i]
			breaks[m][l-1] = i
		}
	}
	return breaks, totals
}
