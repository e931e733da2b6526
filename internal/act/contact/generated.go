package contact

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// Run is a row of addresses that look as if a program had made them: the same but for a
// number that counts on.
type Run struct {
	Pattern  string // "user#@example.jp"
	From, To int
	Count    int // different numbers in it
}

// Of a run there are so many at least, and of the numbers from its first to its last so
// much of each hundred: fifty shops with addresses of their own are few, and have gaps.
const (
	runLeast = 30
	runDense = 80
)

// Runs finds rows of numbered addresses, the longest first. The law forbids mail to
// addresses that were generated and that nobody may be using (特定電子メール法6条).
func Runs(addresses []string) []Run {
	numbers := map[string]map[int]bool{}
	for _, address := range addresses {
		at := strings.LastIndexByte(address, '@')
		if at < 0 {
			continue
		}
		local := strings.ToLower(address[:at])
		end := strings.LastIndexFunc(local, isDigit) + 1
		if end == 0 {
			continue
		}
		start := strings.LastIndexFunc(local[:end], func(r rune) bool { return !isDigit(r) }) + 1
		n, err := strconv.Atoi(local[start:end])
		if err != nil || end-start > 9 {
			continue
		}
		pattern := local[:start] + "#" + local[end:] + strings.ToLower(address[at:])
		if numbers[pattern] == nil {
			numbers[pattern] = map[int]bool{}
		}
		numbers[pattern][n] = true
	}
	var runs []Run
	for pattern, found := range numbers {
		if len(found) < runLeast {
			continue
		}
		sorted := make([]int, 0, len(found))
		for n := range found {
			sorted = append(sorted, n)
		}
		slices.Sort(sorted)
		if from, to, count := densest(sorted); count >= runLeast {
			runs = append(runs, Run{pattern, from, to, count})
		}
	}
	slices.SortFunc(runs, func(a, b Run) int { return cmp.Or(b.Count-a.Count, strings.Compare(a.Pattern, b.Pattern)) })
	return runs
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// densest is the longest stretch of sorted numbers between which few are missing: each gap
// is closed as long as the stretch stays dense.
func densest(sorted []int) (from, to, count int) {
	start := 0
	for i := 1; i <= len(sorted); i++ {
		if i < len(sorted) && (i-start+1)*100 >= (sorted[i]-sorted[start]+1)*runDense {
			continue
		}
		if i-start > count {
			from, to, count = sorted[start], sorted[i-1], i-start
		}
		start = i
	}
	return from, to, count
}
