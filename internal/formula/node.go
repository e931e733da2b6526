package formula

// operation is what a node does with its parts.
type operation uint8

const (
	opNumber operation = iota
	opName
	opNegate  // one part
	opSum     // parts are added, or taken away where inverse
	opProduct // parts are multiplied, or divided by where inverse; the first is never inverse
	opMin
	opMax
)

// node is one step of an expression. Chains of one precedence are one node
// with many parts, so that a long sum is wide and not deep.
type node struct {
	op    operation
	index int // its place in a tape with one entry per node
	value float64
	name  string
	parts []part
}

type part struct {
	*node
	inverse bool
}

// flattenSum lists the terms of a sum through parentheses and minus signs:
// a - (b - c) gives a, b inverse, c.
func flattenSum(n *node, inverse bool, terms []part) []part {
	switch n.op {
	case opSum:
		for _, p := range n.parts {
			terms = flattenSum(p.node, inverse != p.inverse, terms)
		}
		return terms
	case opNegate:
		return flattenSum(n.parts[0].node, !inverse, terms)
	default:
		return append(terms, part{n, inverse})
	}
}

// flattenProduct lists the factors of a product through parentheses and
// quotients: a / (b / -c) gives a, b inverse, c and the sign, negative.
func flattenProduct(n *node, inverse, negative bool, factors []part) ([]part, bool) {
	switch n.op {
	case opProduct:
		for _, p := range n.parts {
			factors, negative = flattenProduct(p.node, inverse != p.inverse, negative, factors)
		}
		return factors, negative
	case opNegate:
		return flattenProduct(n.parts[0].node, inverse, !negative, factors)
	default:
		return append(factors, part{n, inverse}), negative
	}
}
