package condition

import (
	"strings"

	"github.com/shirube/shirube/internal/words"
)

// Problem is what is wrong with a condition, where, and the mend. Path leads through the
// tree as its JSON is written: "all[1].did.times"; "" is the condition itself.
type Problem struct {
	Path string
	What words.Text
}

// In renders the problem in a language.
func (p Problem) In(lang words.Lang) string {
	if p.Path == "" {
		return p.What.In(lang)
	}
	return p.Path + ": " + p.What.In(lang)
}

// Problems are all that was found, in the order of the tree.
type Problems []Problem

// In renders the problems in a language, one a line.
func (ps Problems) In(lang words.Lang) string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.In(lang)
	}
	return strings.Join(lines, "\n")
}

// Error renders the problems in Japanese.
func (ps Problems) Error() string { return ps.In(words.JA) }

// Err is nil where there are none.
func (ps Problems) Err() error {
	if len(ps) == 0 {
		return nil
	}
	return ps
}

func (ps *Problems) add(path, ja, en string, args ...any) {
	if len(*ps) < mostProblems {
		*ps = append(*ps, Problem{strings.TrimPrefix(path, "."), words.T(ja, en, args...)})
	}
}
