package words

import (
	"errors"
	"fmt"
)

// At is a place in a file a person can open: the path as the person named it,
// and a line and column counted from 1 (columns in characters, not bytes).
type At struct {
	File string
	Line int
	Col  int
}

// String writes FILE:LINE:COL, the form editors can jump to.
func (a At) String() string {
	return fmt.Sprintf("%s:%d:%d", a.File, max(a.Line, 1), max(a.Col, 1))
}

// Problem is bad input: where it is, what was found, and the one thing to do.
// It is an error whose text is Japanese; edges render it with In.
type Problem struct {
	At   At
	What Text // what was found
	Mend Text // what to do about it; may be zero where What says it
}

// In renders "FILE:LINE:COL: what mend".
func (p *Problem) In(lang Lang) string {
	s := p.At.String() + ": " + p.What.In(lang)
	if !p.Mend.Zero() {
		s += " " + p.Mend.In(lang)
	}
	return s
}

// Error renders the problem in Japanese, the default language.
func (p *Problem) Error() string { return p.In(JA) }

// Problems is every problem found in one reading, in the order of the file.
type Problems []*Problem

// In renders one problem a line.
func (ps Problems) In(lang Lang) string {
	s := ""
	for i, p := range ps {
		if i > 0 {
			s += "\n"
		}
		s += p.In(lang)
	}
	return s
}

// Error renders the problems in Japanese.
func (ps Problems) Error() string { return ps.In(JA) }

// Err is nil when there are no problems, so that callers may return it.
func (ps Problems) Err() error {
	if len(ps) == 0 {
		return nil
	}
	return ps
}

// AsProblems finds the problems in an error chain.
func AsProblems(err error) (Problems, bool) {
	if many, ok := errors.AsType[Problems](err); ok {
		return many, true
	}
	if one, ok := errors.AsType[*Problem](err); ok {
		return Problems{one}, true
	}
	return nil, false
}

// localizedError is an error that reads in both languages.
type localizedError interface {
	error
	Localized
}

// In renders any error in a language: problems in full, other errors by their
// own text.
func In(err error, lang Lang) string {
	if ps, ok := AsProblems(err); ok {
		return ps.In(lang)
	}
	if l, ok := errors.AsType[localizedError](err); ok {
		return l.In(lang)
	}
	return err.Error()
}
