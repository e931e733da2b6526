package alert

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shirube/shirube/internal/words"
)

// Letter is one message: everything that is to be told at once.
type Letter struct {
	Title words.Text `json:"title"`
	Lines []Line     `json:"lines"`
	More  int        `json:"more"` // how many are left out: nobody reads thirty
}

// Line is one thing of a letter.
type Line struct {
	Kind Kind       `json:"kind"`
	Good bool       `json:"good"`
	What words.Text `json:"what"`
	Why  words.Text `json:"why"`
	Do   words.Text `json:"do"`
	Path string     `json:"path"`
}

// mostLines is how many things a letter tells.
const mostLines = 7

// mostNames is how many names stand in one line.
const mostNames = 3

// Compose writes what is to be told as one letter: what is good first, then kind by kind,
// what the team watches first, then the heaviest, and many of one kind as one line. Nothing to tell is no lines.
func Compose(causes []Cause) Letter {
	sorted := slices.Clone(causes)
	slices.SortStableFunc(sorted, func(a, b Cause) int {
		return cmp.Or(cmp.Compare(rank(a.Good), rank(b.Good)), cmp.Compare(a.Kind.place(), b.Kind.place()),
			cmp.Compare(rank(a.Watched != 0), rank(b.Watched != 0)), cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Key, b.Key))
	})
	letter := Letter{Lines: []Line{}}
	for from := 0; from < len(sorted); {
		to := from + 1
		for to < len(sorted) && sorted[to].Kind == sorted[from].Kind && sorted[to].Good == sorted[from].Good {
			to++
		}
		letter.Lines = append(letter.Lines, lines(sorted[from:to])...)
		from = to
	}
	if len(letter.Lines) > mostLines {
		letter.More = len(letter.Lines) - mostLines
		letter.Lines = letter.Lines[:mostLines]
	}
	letter.Title = letter.title()
	return letter
}

func rank(first bool) int {
	if first {
		return 0
	}
	return 1
}

// lines are the lines of causes of one kind.
func lines(list []Cause) []Line {
	kind := list[0].Kind
	if n := natures[kind].bundle; n > 0 && len(list) >= n {
		return []Line{bundle(list)}
	}
	out := make([]Line, len(list))
	for i, c := range list {
		out[i] = c.Line()
	}
	return out
}

// bundle tells many of one kind as one.
func bundle(list []Cause) Line {
	n, first := len(list), list[0]
	line := Line{Kind: first.Kind, Good: first.Good, Why: first.Why, Do: first.Do, Path: first.Path}
	switch first.Kind {
	case Leads:
		line.What = words.T("話すとよい方が%d人、待っています。", "%d people worth talking with are waiting.", n)
	case Question:
		line.What = words.T("返事を待っている質問が%d件あります。", "%d questions wait for an answer.", n)
		line.Why = words.T("%s", "%s", names(list))
	default:
		line.What = words.T("%[1]d件のデータが止まっています(%[2]s)。", "The data of %[1]d have stopped (%[2]s).", n, names(list))
	}
	return line
}

// names are the first names of a bundle, each once.
func names(list []Cause) words.Text {
	var all []words.Text
	for _, c := range list {
		if !slices.Contains(all, c.Name) {
			all = append(all, c.Name)
		}
	}
	if over := len(all) - mostNames; over > 0 {
		return words.T("%[1]s、ほか%[2]d", "%[1]s and %[2]d more", words.Join(all[:mostNames], "、", ", "), over)
	}
	return words.Join(all, "、", ", ")
}

// title is what stands in a list of mails: the first line, and how many more there are.
func (l Letter) title() words.Text {
	if len(l.Lines) == 0 {
		return words.Text{}
	}
	first := l.Lines[0].What
	first.JA, first.EN = strings.TrimSuffix(first.JA, "。"), strings.TrimSuffix(first.EN, ".")
	switch more := len(l.Lines) + l.More - 1; more {
	case 0:
		return first
	case 1:
		return words.T("%s、ほか1件", "%s, and one more", first)
	default:
		return words.T("%[1]s、ほか%[2]d件", "%[1]s, and %[2]d more", first, more)
	}
}
