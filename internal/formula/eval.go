package formula

import "math"

// Eval computes the value, from left to right as written. lookup gives the
// value of a name and whether there is one; NaN and Inf count as none. The
// error is a *NoValue for the first thing from the left that has no number.
func (e *Expr) Eval(lookup func(name string) (float64, bool)) (float64, error) {
	v := evaluation{lookup: lookup}
	value, none := v.of(e.root)
	if none != nil {
		return 0, none
	}
	return value, nil
}

type evaluation struct {
	lookup func(string) (float64, bool)
	tape   []float64 // the value of every node, kept where not nil
}

// of computes one node. No result is Inf, NaN or −0.
func (v evaluation) of(n *node) (float64, *NoValue) {
	value, none := v.compute(n)
	switch {
	case none != nil:
		return 0, none
	case math.IsInf(value, 0) || math.IsNaN(value):
		return 0, overflow()
	case value == 0:
		value = 0 // −0 would be printed as "-0"
	}
	if v.tape != nil {
		v.tape[n.index] = value
	}
	return value, nil
}

func (v evaluation) compute(n *node) (float64, *NoValue) {
	switch n.op {
	case opNumber:
		return n.value, nil
	case opName:
		value, ok := v.lookup(n.name)
		if !ok || math.IsInf(value, 0) || math.IsNaN(value) {
			return 0, missingValue(n.name)
		}
		return value, nil
	case opNegate:
		value, none := v.of(n.parts[0].node)
		return -value, none
	}
	total, none := v.of(n.parts[0].node)
	if none != nil {
		return 0, none
	}
	for _, p := range n.parts[1:] {
		value, none := v.of(p.node)
		if none != nil {
			return 0, none
		}
		if n.op == opProduct && p.inverse && value == 0 {
			return 0, divisionByZero(p.node)
		}
		total = combine(n.op, p.inverse, total, value)
		if math.IsInf(total, 0) {
			return 0, overflow()
		}
	}
	return total, nil
}

// combine takes one more part into a running total. The conversions keep a
// compiler from fusing steps, so that every machine computes the same bits.
func combine(op operation, inverse bool, total, value float64) float64 {
	switch {
	case op == opSum && inverse:
		return float64(total - value)
	case op == opSum:
		return float64(total + value)
	case op == opProduct && inverse:
		return float64(total / value)
	case op == opProduct:
		return float64(total * value)
	case op == opMin && value < total, op == opMax && value > total:
		return value
	}
	return total
}
