package formula

import "math"

// Join is how the top of an expression joins its parts.
type Join string

// The joins there are.
const (
	JoinName     Join = "name"     // a name alone
	JoinSum      Join = "sum"      // names added and taken away
	JoinProduct  Join = "product"  // names and constants multiplied
	JoinQuotient Join = "quotient" // the same with at least one divisor among the names
	JoinMixed    Join = "mixed"    // anything else
)

// Shape is an expression as a map draws it: one sign and the names it joins.
type Shape struct {
	Op    Join
	Parts []Part // every occurrence from left to right; of a mixed shape each name once
	// Constants are the factors of a product or quotient that are not names,
	// as one multiplies by them: a / 100 has 0.01, -a * b has -1.
	Constants []float64
}

// Part is a name in a shape.
type Part struct {
	Name    string
	Sign    int  // −1 where a sum takes it away, else +1
	Inverse bool // whether a quotient divides by it
}

// Shape looks through parentheses and sum( ): sum(a, b) - (c) is a flat sum.
func (e *Expr) Shape() Shape {
	terms := flattenSum(e.root, false, nil)
	shape, flat := sumShape(terms)
	if len(terms) == 1 && terms[0].op == opProduct {
		shape, flat = productShape(terms[0])
	}
	if !flat {
		return e.mixedShape()
	}
	return shape
}

func sumShape(terms []part) (Shape, bool) {
	shape := Shape{Op: JoinSum}
	for _, p := range terms {
		if p.op != opName {
			return Shape{}, false
		}
		sign := 1
		if p.inverse {
			sign = -1
		}
		shape.Parts = append(shape.Parts, Part{Name: p.name, Sign: sign})
	}
	if len(terms) == 1 && !terms[0].inverse {
		shape.Op = JoinName
	}
	return shape, true
}

func productShape(product part) (Shape, bool) {
	factors, negative := flattenProduct(product.node, false, product.inverse, nil)
	shape := Shape{Op: JoinProduct}
	if negative {
		shape.Constants = append(shape.Constants, -1)
	}
	for _, p := range factors {
		switch {
		case p.op == opNumber:
			value := p.value
			if p.inverse {
				value = 1 / value
			}
			if math.IsInf(value, 0) {
				return Shape{}, false
			}
			shape.Constants = append(shape.Constants, value)
		case p.op == opName:
			if p.inverse {
				shape.Op = JoinQuotient
			}
			shape.Parts = append(shape.Parts, Part{Name: p.name, Sign: 1, Inverse: p.inverse})
		default:
			return Shape{}, false
		}
	}
	return shape, len(shape.Parts) > 0
}

func (e *Expr) mixedShape() Shape {
	shape := Shape{Op: JoinMixed}
	for _, name := range e.inputs {
		shape.Parts = append(shape.Parts, Part{Name: name, Sign: 1})
	}
	return shape
}
