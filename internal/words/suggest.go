package words

import "strings"

// Suggestion is the mend for a name nobody knows: the nearest known one, or all
// there are.
func Suggestion(name string, known []string) Text {
	if near := Nearest(name, known); near != "" {
		return T("「%s」のことですか?", "Did you mean “%s”?", near)
	}
	if len(known) == 0 {
		return T("まだ1つもありません。", "There is none yet.")
	}
	const most = 12
	shown, rest := known, ""
	if len(shown) > most {
		shown, rest = shown[:most], "…"
	}
	return Text{
		JA: "使えるのは " + strings.Join(shown, "、") + rest + " です。",
		EN: "It may be one of " + strings.Join(shown, ", ") + rest + ".",
	}
}

// Nearest finds the known name a misspelt one most likely meant, or "". A name
// is near within a third of its length in edits, and one edit at least; upper
// and lower case are the same.
func Nearest(name string, known []string) string {
	folded := strings.ToLower(name)
	best, limit := "", max(len([]rune(name))/3, 1)
	for _, k := range known {
		d := EditDistance(folded, strings.ToLower(k))
		if d == 0 {
			return k
		}
		if d <= limit && d < len([]rune(name)) {
			best, limit = k, d-1
		}
	}
	return best
}

// longestCompared is the length from which texts are not compared letter by
// letter any more: no name is that long, and time grows with its square.
const longestCompared = 100

// EditDistance counts the letters to insert, remove, replace or swap with their
// neighbour (optimal string alignment) to make one text of another. Texts of
// more than a hundred letters are as far apart as can be.
func EditDistance(a, b string) int {
	s, t := []rune(a), []rune(b)
	if len(s) > longestCompared || len(t) > longestCompared {
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
