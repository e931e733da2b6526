package goal

import (
	"strings"

	"github.com/shirube/shirube/internal/words"
)

// Nearest finds the known name a misspelt one most likely meant, or "".
// A name is near within a third of its length in edits (at least one).
func Nearest(name string, known []string) string {
	best, bestDistance := "", len([]rune(name))/3+1
	if len([]rune(name)) < 3 {
		bestDistance = 1
	}
	for _, k := range known {
		if strings.EqualFold(k, name) {
			return k
		}
		if d := editDistance(name, k); d <= bestDistance && (best == "" || d < bestDistance) {
			best, bestDistance = k, d
		}
	}
	return best
}

// editDistance counts insertions, deletions, replacements and swaps of
// neighbours (optimal string alignment) between two names, in characters.
func editDistance(a, b string) int {
	s, t := []rune(a), []rune(b)
	if len(s) > 64 || len(t) > 64 {
		return 1 << 20
	}
	before, previous, current := make([]int, len(t)+1), make([]int, len(t)+1), make([]int, len(t)+1)
	for j := range previous {
		previous[j] = j
	}
	for i := 1; i <= len(s); i++ {
		current[0] = i
		for j := 1; j <= len(t); j++ {
			cost := 1
			if s[i-1] == t[j-1] {
				cost = 0
			}
			current[j] = min(previous[j]+1, current[j-1]+1, previous[j-1]+cost)
			if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
				current[j] = min(current[j], before[j-2]+1)
			}
		}
		before, previous, current = previous, current, before
	}
	return previous[len(t)]
}

// Suggestion is the mend for a name nobody knows: the nearest one, or all.
func Suggestion(name string, known []string) words.Text {
	if near := Nearest(name, known); near != "" {
		return words.T("「%s」のことですか?", "Did you mean “%s”?", near)
	}
	return oneOf(name, known)
}

// oneOf lists what may be written, the nearest first when one is near.
func oneOf(name string, allowed []string) words.Text {
	if near := Nearest(name, allowed); near != "" {
		return words.T("「%s」のことですか?", "Did you mean “%s”?", near)
	}
	if len(allowed) == 0 {
		return words.T("まだ1つもありません。", "There is none yet.")
	}
	const most = 12
	shown, rest := allowed, ""
	if len(shown) > most {
		shown, rest = shown[:most], "…"
	}
	return words.Text{
		JA: "使えるのは " + strings.Join(shown, "、") + rest + " です。",
		EN: "It may be one of " + strings.Join(shown, ", ") + rest + ".",
	}
}
