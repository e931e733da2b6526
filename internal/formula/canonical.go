package formula

import (
	"slices"
	"strings"
)

// Canonical is a text that two expressions share when they differ only in the
// order of terms and factors, in spacing, in parentheses that change nothing
// (a - (b - c), a / (b * c)), in where a minus sign stands, or in how a number
// is spelt (3%, 0.03). It is for comparing; constants are not computed.
func (e *Expr) Canonical() string {
	return writeTerms(canonicalTerms(e.root))
}

// term is canonical text with its sign in front.
type term struct {
	text     string
	negative bool
}

// canonicalTerms gives the terms of n in order, a plain one before its
// negative twin.
func canonicalTerms(n *node) []term {
	flat := flattenSum(n, false, nil)
	terms := make([]term, len(flat))
	for i, p := range flat {
		terms[i] = canonicalTerm(p.node)
		terms[i].negative = terms[i].negative != p.inverse
	}
	sortTerms(terms)
	return terms
}

func sortTerms(terms []term) {
	slices.SortFunc(terms, func(a, b term) int {
		switch {
		case a.text != b.text:
			return strings.Compare(a.text, b.text)
		case a.negative == b.negative:
			return 0
		case b.negative:
			return -1
		}
		return 1
	})
}

func writeTerms(terms []term) string {
	var b strings.Builder
	for i, t := range terms {
		if t.negative {
			b.WriteByte('-')
		} else if i > 0 {
			b.WriteByte('+')
		}
		b.WriteString(t.text)
	}
	return b.String()
}

// canonicalTerm writes a node that is neither sum nor minus sign.
func canonicalTerm(n *node) term {
	switch n.op {
	case opNumber:
		return term{text: formatNumber(n.value)}
	case opName:
		return term{text: n.name}
	case opMin, opMax:
		var arguments []string
		for _, p := range flattenCall(n, n.op, nil) {
			arguments = append(arguments, writeTerms(canonicalTerms(p)))
		}
		slices.Sort(arguments)
		name := "min"
		if n.op == opMax {
			name = "max"
		}
		return term{text: name + "(" + strings.Join(arguments, ",") + ")"}
	default:
		return canonicalProduct(n)
	}
}

// canonicalProduct collects every minus sign in front and puts the divisors
// behind the factors.
func canonicalProduct(n *node) term {
	flat, negative := flattenProduct(n, false, false, nil)
	var factors, divisors []string
	for _, p := range flat {
		var text string
		if p.op == opSum {
			terms := canonicalTerms(p.node)
			if terms[0].negative { // (b - a) is -(a - b): the first term tells
				for i := range terms {
					terms[i].negative = !terms[i].negative
				}
				sortTerms(terms)
				negative = !negative
			}
			text = "(" + writeTerms(terms) + ")"
		} else {
			text = canonicalTerm(p.node).text
		}
		if p.inverse {
			divisors = append(divisors, "/"+text)
		} else {
			factors = append(factors, text)
		}
	}
	slices.Sort(factors)
	slices.Sort(divisors)
	return term{strings.Join(factors, "*") + strings.Join(divisors, ""), negative}
}

// flattenCall lists the arguments of min or max through calls of the same.
func flattenCall(n *node, op operation, arguments []*node) []*node {
	if n.op != op {
		return append(arguments, n)
	}
	for _, p := range n.parts {
		arguments = flattenCall(p.node, op, arguments)
	}
	return arguments
}
