package act

import "github.com/shirube/shirube/internal/words"

// Problem is something wrong in what a person made on a screen or sent as JSON: a form, a
// condition, a card, an automation, a mail.
type Problem struct {
	Path string // where, as the sender wrote it: "steps.2.wait.days"
	What words.Text
	Mend words.Text // what to do about it; may be zero where What says it
}

// In renders "what mend": a screen shows it where Path is.
func (p Problem) In(lang words.Lang) string {
	s := p.What.In(lang)
	if !p.Mend.Zero() {
		s += " " + p.Mend.In(lang)
	}
	return s
}

// Problems is every problem found in one reading, in the order of what was read.
type Problems []Problem

// Add notes a problem.
func (ps *Problems) Add(path string, what, mend words.Text) {
	*ps = append(*ps, Problem{Path: path, What: what, Mend: mend})
}

// Error renders the problems in Japanese, each with its place.
func (ps Problems) Error() string {
	s := ""
	for i, p := range ps {
		if i > 0 {
			s += "\n"
		}
		s += p.Path + ": " + p.In(words.JA)
	}
	return s
}

// Err is nil when there are no problems, so that callers may return it.
func (ps Problems) Err() error {
	if len(ps) == 0 {
		return nil
	}
	return ps
}
