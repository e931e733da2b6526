// Package query makes statements of the questions a warehouse answers: a typed question
// becomes a small tree of selects, the tree becomes text in an engine's dialect.
//
// Three things hold by construction, and are tested:
//
//   - What stands in the text was written in this package's source. Names and operators are
//     of a type that only constants convert to, and are looked up in one vocabulary; every
//     value that comes from outside is a parameter.
//   - No statement exists without a workspace. A table that is named is always narrowed to
//     one workspace by the compiler itself, never by the question.
//   - Everything is bounded: a list has a limit, a span has an end.
//
// The package touches no database. How a question is answered is decided here, once; an
// engine brings its Dialect and reads the rows.
package query

import (
	"errors"
	"fmt"
	"strings"
)

// ErrNoWorkspace is the answer to a question that names no workspace.
var ErrNoWorkspace = errors.New("a question without a workspace")

// Statement is text with its parameters in order.
type Statement struct {
	Text string
	Args []any
}

// Compile writes a tree in a dialect. Key is the engine's own number of the workspace,
// never 0: every table in the tree is narrowed to it.
func Compile(d Dialect, key int32, s *Select) (Statement, error) {
	if key == 0 {
		return Statement{}, ErrNoWorkspace
	}
	w := &writer{dialect: d, key: key}
	s.write(w)
	if w.err != nil {
		return Statement{}, fmt.Errorf("compile a question: %w", w.err)
	}
	return Statement{Text: w.text.String(), Args: w.args}, nil
}

// word is a piece of SQL. Being unexported, it can be made of constants only: a string that
// came in at run time does not convert to it outside this package, and inside it is never
// converted.
type word string

type writer struct {
	dialect Dialect
	key     int32
	text    strings.Builder
	args    []any
	err     error
}

func (w *writer) say(words ...word) {
	for _, each := range words {
		w.text.WriteString(string(each))
	}
}

// name writes an identifier, which has to be in the vocabulary.
func (w *writer) name(identifier word) {
	if !vocabulary[identifier] {
		w.fail(fmt.Errorf("%q is no name of the warehouse", identifier))
		return
	}
	w.say(identifier)
}

// value writes a place for a parameter.
func (w *writer) value(v any) {
	w.args = append(w.args, v)
	w.say("?")
}

func (w *writer) fail(err error) {
	if w.err == nil {
		w.err = err
	}
}
