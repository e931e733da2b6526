package formula

// Kind is how a quantity behaves as a period grows.
type Kind uint8

// The kinds there are.
const (
	Other Kind = iota // none of the following, or not known
	Flow              // accumulates over time: counts, amounts; twice the days give about twice as much
	Rate              // a flow per flow, or a constant: the length of the period cancels
	Level             // stands at a height: followers, stock, a mean price
)

// String is the kind in lower case.
func (k Kind) String() string {
	switch k {
	case Flow:
		return "flow"
	case Rate:
		return "rate"
	case Level:
		return "level"
	}
	return "other"
}

// Degree tells what kind of quantity the expression is, given the kinds of its
// names. Only alike is added or compared: a flow plus a rate is Other. In a
// product flows cancel flows; a rate changes nothing; a flow times a level is a
// flow (orders × mean price), a flow per level a rate (posts per follower).
// A constant may be added to a rate or a level but not to a flow, whose months
// it would not fit as it fits its days; 0 fits everything.
func (e *Expr) Degree(kind func(name string) Kind) Kind {
	return degree(e.root, kind).kind
}

type dimension struct {
	kind     Kind
	constant bool // of numbers alone
	zero     bool // the number 0
}

func degree(n *node, kind func(string) Kind) dimension {
	switch n.op {
	case opNumber:
		return dimension{Rate, true, n.value == 0}
	case opName:
		return dimension{kind: kind(n.name)}
	case opNegate:
		return degree(n.parts[0].node, kind)
	case opProduct:
		return productDegree(n, kind)
	}
	whole := degree(n.parts[0].node, kind)
	for _, p := range n.parts[1:] {
		whole = alike(whole, degree(p.node, kind))
	}
	return whole
}

// alike is the kind of two things added or compared.
func alike(a, b dimension) dimension {
	switch {
	case a.zero:
		return b
	case b.zero:
		return a
	case a.kind == b.kind:
		return dimension{kind: a.kind, constant: a.constant && b.constant}
	case a.constant && b.kind == Level, b.constant && a.kind == Level:
		return dimension{kind: Level}
	}
	return dimension{kind: Other}
}

// productDegree counts flows and levels above and below the line.
func productDegree(n *node, kind func(string) Kind) dimension {
	flows, levels, constant := 0, 0, true
	for _, p := range n.parts {
		d, step := degree(p.node, kind), 1
		if p.inverse {
			step = -1
		}
		constant = constant && d.constant
		switch d.kind {
		case Flow:
			flows += step
		case Level:
			levels += step
		case Other:
			return dimension{kind: Other}
		}
	}
	switch {
	case flows == 1 && levels >= 0:
		return dimension{kind: Flow}
	case flows == 0 && levels > 0:
		return dimension{kind: Level}
	case flows == 0, flows == 1:
		return dimension{kind: Rate, constant: constant}
	}
	return dimension{kind: Other}
}
