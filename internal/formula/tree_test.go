package formula

import (
	"fmt"
	"math/big"
	"strings"

	"pgregory.net/rapid"
)

// tree is an expression drawn by a property test, kept apart from the nodes
// under test so that it can be an oracle for them.
type tree struct {
	op      string // "name", "number", "+", "*", "/", "min", "max"
	text    string // of a name or number
	parts   []*tree
	minuses []bool // for +: which parts are taken away
}

var letters = []string{"a", "b", "c", "d"}

// anyOperand makes denominators of whatever there is; nameOperand of one name
// only, so that a test may give it a value that divides exactly.
func anyOperand(t *rapid.T, depth int) *tree { return drawTree(t, depth, anyOperand) }
func nameOperand(t *rapid.T, _ int) *tree {
	return &tree{op: "name", text: rapid.SampledFrom([]string{"p", "q"}).Draw(t, "divisor")}
}

func drawTree(t *rapid.T, depth int, divisor func(*rapid.T, int) *tree) *tree {
	op := "name"
	if depth > 0 {
		op = rapid.SampledFrom([]string{"name", "number", "+", "+", "*", "*", "/", "min", "max"}).Draw(t, "op")
	}
	n := &tree{op: op}
	switch op {
	case "name":
		n.text = rapid.SampledFrom(letters).Draw(t, "name")
	case "number":
		n.text = rapid.SampledFrom([]string{"0", "1", "2", "0.5", "3"}).Draw(t, "number")
	case "/":
		n.parts = []*tree{drawTree(t, depth-1, divisor), divisor(t, depth-1)}
	default:
		for range rapid.IntRange(2, 3).Draw(t, "parts") {
			n.parts = append(n.parts, drawTree(t, depth-1, divisor))
			n.minuses = append(n.minuses, op == "+" && rapid.Bool().Draw(t, "minus"))
		}
	}
	return n
}

// write writes the tree in full parentheses; with t, in any order and spacing.
func (n *tree) write(t *rapid.T) string {
	space := func() string {
		if t == nil {
			return ""
		}
		return rapid.SampledFrom([]string{"", " ", "　", "\n"}).Draw(t, "space")
	}
	order := make([]int, len(n.parts))
	for i := range order {
		order[i] = i
	}
	if t != nil && n.op != "/" {
		order = rapid.Permutation(order).Draw(t, "order")
	}
	var b strings.Builder
	switch n.op {
	case "name", "number":
		b.WriteString(n.text)
	case "min", "max":
		b.WriteString(n.op)
	}
	b.WriteString(space())
	separator := n.op
	if n.op == "min" || n.op == "max" {
		separator = ","
	}
	var inside strings.Builder
	for i, part := range order {
		minus := len(n.minuses) > 0 && n.minuses[part]
		switch {
		case minus:
			inside.WriteString("-")
		case i > 0:
			inside.WriteString(separator)
		}
		inside.WriteString(space() + n.parts[part].write(t) + space())
	}
	if len(n.parts) > 0 {
		b.WriteString("(" + inside.String() + ")")
	} else if t != nil && rapid.Bool().Draw(t, "parentheses") {
		return "(" + b.String() + ")"
	}
	return b.String()
}

// exact computes value and partials in rational numbers by the rules of
// school: the sum, product and quotient rule, one name at a time.
func (n *tree) exact(values map[string]*big.Rat, by string) (value, slope *big.Rat) {
	value, slope = new(big.Rat), new(big.Rat)
	switch n.op {
	case "name":
		value.Set(values[n.text])
		if n.text == by {
			slope.SetInt64(1)
		}
	case "number":
		if _, err := fmt.Sscan(n.text, value); err != nil {
			panic(err)
		}
	case "/":
		u, du := n.parts[0].exact(values, by)
		v, dv := n.parts[1].exact(values, by)
		value.Quo(u, v)
		slope.Sub(du, new(big.Rat).Mul(value, dv))
		slope.Quo(slope, v)
	case "+":
		for i, p := range n.parts {
			u, du := p.exact(values, by)
			if n.minuses[i] {
				u.Neg(u)
				du.Neg(du)
			}
			value.Add(value, u)
			slope.Add(slope, du)
		}
	case "*":
		value.SetInt64(1)
		for _, p := range n.parts {
			u, du := p.exact(values, by)
			slope.Mul(slope, u)
			slope.Add(slope, du.Mul(du, value))
			value.Mul(value, u)
		}
	default:
		for i, p := range n.parts {
			u, du := p.exact(values, by)
			if side := u.Cmp(value); i == 0 || n.op == "min" && side < 0 || n.op == "max" && side > 0 {
				value, slope = u, du
			}
		}
	}
	return value, slope
}
