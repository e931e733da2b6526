package formula

import "math"

// Gradient computes the value, the same as Eval, and its exact partial
// derivative with respect to every name in the expression, in one backward
// pass. Where min or max ties, the derivative is that of the first argument.
// The unit of a partial is the value's unit per unit of the name. The error is
// a *NoValue, also when a partial is beyond float64.
func (e *Expr) Gradient(lookup func(name string) (float64, bool)) (value float64, partial map[string]float64, err error) {
	tape := make([]float64, e.nodes)
	value, none := evaluation{lookup, tape}.of(e.root)
	if none != nil {
		return 0, nil, none
	}
	b := backward{tape: tape, partial: make(map[string]float64, len(e.names))}
	b.through(e.root, 1)
	for _, ref := range e.names { // in the order of the text, so that the error is always the same one
		slope := b.partial[ref.Name]
		if math.IsInf(slope, 0) || math.IsNaN(slope) {
			return 0, nil, steep(ref.Name)
		}
		if slope == 0 {
			slope = 0 // −0 would be printed as "-0"
		}
		b.partial[ref.Name] = slope // names that min and max did not choose are here too, with 0
	}
	return value, b.partial, nil
}

// backward carries the derivative of the whole from each node to its parts.
type backward struct {
	tape    []float64
	partial map[string]float64
}

// through adds what n contributes, where slope is the derivative of the whole
// with respect to n.
func (b backward) through(n *node, slope float64) {
	switch n.op {
	case opName:
		b.partial[n.name] += slope
	case opNegate:
		b.through(n.parts[0].node, -slope)
	case opSum:
		for _, p := range n.parts {
			if p.inverse {
				b.through(p.node, -slope)
			} else {
				b.through(p.node, slope)
			}
		}
	case opProduct:
		b.throughProduct(n, slope)
	case opMin, opMax:
		for _, p := range n.parts {
			if b.tape[p.index] == b.tape[n.index] {
				b.through(p.node, slope)
				return
			}
		}
	}
}

// throughProduct multiplies what stands left of each factor by what stands
// right of it instead of dividing the whole by the factor, which a factor of
// 0 would not survive.
func (b backward) throughProduct(n *node, slope float64) {
	upTo := make([]float64, len(n.parts)) // the product up to and with each factor
	for i, p := range n.parts {
		if i == 0 {
			upTo[i] = b.tape[p.index]
		} else {
			upTo[i] = combine(opProduct, p.inverse, upTo[i-1], b.tape[p.index])
		}
	}
	right := slope
	for i := len(n.parts) - 1; i > 0; i-- {
		p, factor := n.parts[i], b.tape[n.parts[i].index]
		if p.inverse {
			b.through(p.node, -float64(float64(right*upTo[i])/factor))
			right = float64(right / factor)
		} else {
			b.through(p.node, float64(right*upTo[i-1]))
			right = float64(right * factor)
		}
	}
	b.through(n.parts[0].node, right)
}
