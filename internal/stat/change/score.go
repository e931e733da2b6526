package change

import "slices"

// FMeasure is the F1 of changes found against those of several people (van den Burg and
// Williams 2020): precision against everybody's changes together, recall averaged over the
// people; an observation 0 counts as a change of everyone's; a change counts as found within
// margin observations, each true one once.
func FMeasure(annotations [][]int, found []int, margin int) float64 {
	if len(annotations) == 0 {
		return 0
	}
	mine := withZero(found)
	var all []int
	recall := 0.0
	for _, a := range annotations {
		theirs := withZero(a)
		all = append(all, theirs...)
		recall += float64(hits(theirs, mine, margin)) / float64(len(theirs)) / float64(len(annotations))
	}
	slices.Sort(all)
	precision := float64(hits(slices.Compact(all), mine, margin)) / float64(len(mine))
	if precision+recall == 0 {
		return 0
	}
	return 2 * precision * recall / (precision + recall)
}

func withZero(changes []int) []int {
	out := append([]int{0}, changes...)
	slices.Sort(out)
	return slices.Compact(out)
}

// hits counts the true changes that can be given a found one of their own within margin: the
// nearest that is left, in order of time.
func hits(truth, found []int, margin int) int {
	left, count := slices.Clone(found), 0
	for _, t := range truth {
		best := -1
		for i, f := range left {
			if d := distance(t, f); d <= margin && (best < 0 || d < distance(t, left[best])) {
				best = i
			}
		}
		if best >= 0 {
			count++
			left = slices.Delete(left, best, best+1)
		}
	}
	return count
}

func distance(a, b int) int { return max(a-b, b-a) }

// Covering is how well segments of n observations cover those of several people, averaged
// over them: for each true segment the best Jaccard index, weighted by its length (Arbeláez
// et al. 2011).
func Covering(annotations [][]int, found []int, n int) float64 {
	if len(annotations) == 0 || n < 1 {
		return 0
	}
	mine, sum := segments(found, n), 0.0
	for _, a := range annotations {
		for _, truth := range segments(a, n) {
			best := 0.0
			for _, s := range mine {
				both := min(truth[1], s[1]) - max(truth[0], s[0])
				if both > 0 {
					either := max(truth[1], s[1]) - min(truth[0], s[0])
					best = max(best, float64(both)/float64(either))
				}
			}
			sum += best * float64(truth[1]-truth[0])
		}
	}
	return sum / float64(n) / float64(len(annotations))
}

func segments(changes []int, n int) [][2]int {
	var out [][2]int
	from := 0
	for _, c := range withZero(changes) {
		if c > from && c < n {
			out = append(out, [2]int{from, c})
			from = c
		}
	}
	return append(out, [2]int{from, n})
}
