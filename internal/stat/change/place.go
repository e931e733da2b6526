package change

import (
	"math"
	"slices"
)

// candidates is how many dates the search keeps to choose from.
const candidates = 24

// placements are good ways to place 0, 1, … changes by least squares. Trying all is
// O(changes·n²), too slow for hundreds of series of three years: dates are proposed by binary
// segmentation, the best subset of them is found exactly, and each date is then moved to the
// best place between its neighbours.
func placements(z []float64, least int) []placement {
	cost, err := costs(z, CostMean)
	if err != nil {
		return []placement{{}}
	}
	n := len(z)
	proposed, _ := BinarySegmentation(z, CostMean, candidates, least)
	ends := append(append([]int{0}, proposed...), n)
	out := make([]placement, 0, mostChanges+1)
	table := make([][]float64, mostChanges+1)
	from := make([][]int, mostChanges+1)
	for m := 0; m <= min(mostChanges, len(proposed)); m++ {
		table[m], from[m] = make([]float64, len(ends)), make([]int, len(ends))
		for i := range ends {
			table[m][i] = math.Inf(1)
			if m == 0 && i > 0 {
				table[0][i] = cost(0, ends[i])
			}
			for j := 1; m > 0 && j < i; j++ {
				if c := table[m-1][j] + cost(ends[j], ends[i]); c < table[m][i] {
					table[m][i], from[m][i] = c, j
				}
			}
		}
		changes := make([]int, m)
		for l, i := m, len(ends)-1; l > 0; l-- {
			i = from[l][i]
			changes[l-1] = ends[i]
		}
		settle(changes, n, least, cost)
		total := 0.0
		for _, s := range segments(changes, n) {
			total += cost(s[0], s[1])
		}
		out = append(out, placement{changes, total})
	}
	return out
}

// settle moves each change to the best place between its neighbours until none moves.
func settle(changes []int, n, least int, cost coster) {
	for range 4 {
		moved := false
		for i := range changes {
			a, b := 0, n
			if i > 0 {
				a = changes[i-1]
			}
			if i+1 < len(changes) {
				b = changes[i+1]
			}
			best, lowest := changes[i], cost(a, changes[i])+cost(changes[i], b)
			for t := a + least; t+least <= b; t++ {
				if c := cost(a, t) + cost(t, b); c < lowest-1e-12 {
					best, lowest = t, c
				}
			}
			if best != changes[i] {
				changes[i], moved = best, true
			}
		}
		if !moved {
			return
		}
	}
}

// present leaves out what is missing; index leads back.
func present(y []float64) (values []float64, index []int) {
	for i, v := range y {
		if !math.IsNaN(v) && !math.IsInf(v, 0) {
			values, index = append(values, v), append(index, i)
		}
	}
	return values, index
}

func mean(y []float64) float64 {
	sum := 0.0
	for _, v := range y {
		sum += v / float64(len(y))
	}
	return sum
}

// spread is the standard deviation; 0 where it is nothing beside the numbers themselves.
func spread(y []float64) float64 {
	m, size, sum := mean(y), 0.0, 0.0
	for _, v := range y {
		size = math.Max(size, math.Abs(v))
		sum += (v - m) * (v - m)
	}
	sd := math.Sqrt(sum / float64(len(y)))
	if sd <= 1e-12*size {
		return 0
	}
	return sd
}

// removePattern takes a pattern of the given period out: the median, by phase, of what is
// left of a running median over one period.
func removePattern(z []float64, index []int, period int) {
	if period < 2 || len(z) < 4*period {
		return
	}
	smooth := runningMedian(z, period/2)
	phases := make([][]float64, period)
	for i, v := range z {
		p := index[i] % period
		phases[p] = append(phases[p], v-smooth[i])
	}
	shift := make([]float64, period)
	for p, part := range phases {
		if len(part) > 0 {
			shift[p] = median(part)
		}
	}
	for i := range z {
		z[i] -= shift[index[i]%period]
	}
}

// calm pulls one-off outliers in to four robust standard deviations from a running median of
// fifteen observations, which leaves a step where it is.
func calm(z []float64) {
	smooth := runningMedian(z, 7)
	off := make([]float64, len(z))
	for i, v := range z {
		off[i] = math.Abs(v - smooth[i])
	}
	limit := outlierLimit * 1.4826 * median(slices.Clone(off))
	if limit == 0 {
		return // more than half lies on the median: a rare count is not an outlier
	}
	for i := 0; i < len(z); i++ {
		end := i
		for end < len(z) && off[end] > limit && (z[end] > smooth[end]) == (z[i] > smooth[i]) {
			end++
		}
		if end-i <= longestSpike {
			for j := i; j < end; j++ {
				z[j] = smooth[j] + math.Copysign(limit, z[j]-smooth[j])
			}
		}
		i = max(i, end-1)
	}
}

// runningMedian keeps a sorted window: one number leaves and one comes a step.
func runningMedian(z []float64, half int) []float64 {
	out, window := make([]float64, len(z)), make([]float64, 0, 2*half+2)
	for i := range min(half, len(z)) {
		window = append(window, z[i])
	}
	slices.Sort(window)
	for i := range z {
		if i+half < len(z) {
			at, _ := slices.BinarySearch(window, z[i+half])
			window = slices.Insert(window, at, z[i+half])
		}
		if i-half > 0 {
			at, _ := slices.BinarySearch(window, z[i-half-1])
			window = slices.Delete(window, at, at+1)
		}
		out[i] = middle(window)
	}
	return out
}

// median sorts its argument.
func median(y []float64) float64 {
	slices.Sort(y)
	return middle(y)
}

// middle is the median of what is sorted.
func middle(y []float64) float64 {
	n := len(y)
	if n%2 == 1 {
		return y[n/2]
	}
	return (y[n/2-1] + y[n/2]) / 2
}
