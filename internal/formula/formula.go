// Package formula is the arithmetic of the model: it parses what stands behind
// `formula:` and `measure:`, evaluates it, and tells how the parts make the whole.
//
//	visits * apply_rate
//	sns.clicks / sns.impressions
//	sum(search, social, mail) * 3%
//
// The language is + - * / ( ), unary -, numbers (1, 1.5, .5, 1e3, 3%), names,
// and the functions sum, min and max. What a Japanese keyboard gives for these
// signs (× ÷ ＋ － （ ） and full-width digits) means the same.
//
// Everything here is a plain function over plain values. Numbers are IEEE
// float64; a number that does not exist is a *NoValue error, never Inf or NaN.
// The text of an expression and the nesting in it are bounded, so that every
// function here takes time and stack that a hostile model file cannot blow up.
package formula

import (
	"slices"
	"strings"
)

// MaxLength is the longest expression, in characters.
const MaxLength = 4000

// MaxNesting is how deep parentheses, functions and minus signs may stand in
// one another.
const MaxNesting = 100

// Options says where an expression stands.
type Options struct {
	// Dotted allows names of the form source.metric, as in `measure:`.
	// Without it only plain ids are names, as in `formula:`.
	Dotted bool
}

// Ref is one occurrence of a name.
type Ref struct {
	Name string
	Col  int // of its first character in the expression, from 1, in characters
}

// Expr is a parsed expression. It never changes, so goroutines may share it.
type Expr struct {
	source string
	root   *node
	nodes  int // how many nodes there are below and with root
	names  []Ref
	inputs []string // the distinct names
}

// Parse reads an expression. Its error is a *SyntaxError for the first thing
// from the left that is wrong.
func Parse(src string, opt Options) (*Expr, error) {
	tokens, problem := scan(src, opt)
	if problem != nil {
		return nil, problem
	}
	p := parser{tokens: tokens}
	root, problem := p.expression()
	if problem != nil {
		return nil, problem
	}
	return &Expr{source: src, root: root, nodes: p.nodes, names: p.names, inputs: distinct(p.names)}, nil
}

// Source is the text as it was written.
func (e *Expr) Source() string { return e.source }

// Names lists every occurrence of every name, from left to right.
func (e *Expr) Names() []Ref { return slices.Clone(e.names) }

// Inputs lists the distinct names in order of first use; none for nil, an
// expression that is not there.
func (e *Expr) Inputs() []string {
	if e == nil {
		return nil
	}
	return slices.Clone(e.inputs)
}

func distinct(refs []Ref) []string {
	seen := make(map[string]bool, len(refs))
	var names []string
	for _, ref := range refs {
		if !seen[ref.Name] {
			seen[ref.Name] = true
			names = append(names, ref.Name)
		}
	}
	return names
}

// RenameSource is the source text with every occurrence of one name replaced
// by another; all else, spacing included, stays as the author wrote it. The
// text parses again when the new name is one that could have stood there.
func (e *Expr) RenameSource(old, new string) string {
	var b strings.Builder
	runes, done := []rune(e.source), 0
	for _, ref := range e.names {
		if ref.Name != old {
			continue
		}
		start := ref.Col - 1
		b.WriteString(string(runes[done:start]))
		b.WriteString(new)
		// A name has as many characters as its spelling: the full-width dot
		// is exchanged one for one.
		done = start + len([]rune(ref.Name))
	}
	b.WriteString(string(runes[done:]))
	return b.String()
}
