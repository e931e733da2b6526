package automation

import "github.com/shirube/shirube/internal/words"

// Fault is something wrong with a definition: where, what, and the mend.
type Fault struct {
	Place string // a JSON pointer: "/steps/2/wait/for"
	What  words.Text
	Mend  words.Text
}

// In renders "PLACE: what mend".
func (f Fault) In(lang words.Lang) string {
	s := f.What.In(lang)
	if f.Place != "" {
		s = f.Place + ": " + s
	}
	if !f.Mend.Zero() {
		s += " " + f.Mend.In(lang)
	}
	return s
}

// Faults is everything that was found, in the order of the definition.
type Faults []Fault

// In renders one fault a line.
func (fs Faults) In(lang words.Lang) string {
	s := ""
	for k, f := range fs {
		if k > 0 {
			s += "\n"
		}
		s += f.In(lang)
	}
	return s
}

// Error renders the faults in Japanese.
func (fs Faults) Error() string { return fs.In(words.JA) }

func (fs *Faults) add(place string, what, mend words.Text) {
	*fs = append(*fs, Fault{place, what, mend})
}
