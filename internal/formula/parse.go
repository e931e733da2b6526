package formula

import "slices"

// parser turns tokens into nodes by recursive descent:
//
//	sum     = product { ("+" | "-") product }
//	product = factor { ("*" | "/") factor }
//	factor  = "-" factor | number | name | "(" sum ")" | function "(" sum { "," sum } ")"
//
// Every rule is given the token before it, which is what a missing value is
// explained by.
type parser struct {
	tokens  []token
	at      int
	nesting int
	nodes   int
	names   []Ref
}

// functions maps a function's name to what it does. They are functions only
// before a parenthesis: an indicator may be called max.
var functions = map[string]operation{"sum": opSum, "min": opMin, "max": opMax}

func (p *parser) expression() (*node, *SyntaxError) {
	root, problem := p.sum(token{})
	if problem != nil {
		return nil, problem
	}
	if t := p.peek(); t.kind != tokenEnd {
		return nil, p.unexpected(t, nil)
	}
	return root, nil
}

func (p *parser) sum(before token) (*node, *SyntaxError) {
	return p.chain(opSum, '+', '-', p.product, before)
}

func (p *parser) product(before token) (*node, *SyntaxError) {
	return p.chain(opProduct, '*', '/', p.factor, before)
}

// chain reads operands joined by two signs of one precedence into one node.
func (p *parser) chain(op operation, plain, inverse rune, operand func(token) (*node, *SyntaxError), before token) (*node, *SyntaxError) {
	first, problem := operand(before)
	if problem != nil {
		return nil, problem
	}
	parts := []part{{node: first}}
	for {
		t := p.peek()
		if t.kind != tokenOperator || t.sign != plain && t.sign != inverse {
			break
		}
		p.at++
		next, problem := operand(t)
		if problem != nil {
			return nil, problem
		}
		parts = append(parts, part{next, t.sign == inverse})
	}
	return p.join(op, parts), nil
}

func (p *parser) factor(before token) (*node, *SyntaxError) {
	t := p.peek()
	switch {
	case t.kind == tokenOperator && t.sign == '-':
		p.at++
		operand, problem := p.nested(t, p.factor)
		if problem != nil {
			return nil, problem
		}
		return p.add(node{op: opNegate, parts: []part{{node: operand}}}), nil
	case t.kind == tokenNumber:
		p.at++
		return p.add(node{op: opNumber, value: t.value}), nil
	case t.kind == tokenName:
		p.at++
		if open := p.peek(); open.kind == tokenOpen {
			return p.call(t, open)
		}
		p.names = append(p.names, Ref{Name: t.text, Col: t.col})
		return p.add(node{op: opName, name: t.text}), nil
	case t.kind == tokenOpen:
		p.at++
		inside, problem := p.nested(t, p.sum)
		if problem != nil {
			return nil, problem
		}
		if end := p.peek(); end.kind != tokenClose {
			return nil, p.unexpected(end, &t)
		}
		p.at++
		return inside, nil
	default:
		return nil, p.missing(before, t)
	}
}

// call reads the arguments of a function.
func (p *parser) call(name, open token) (*node, *SyntaxError) {
	op, known := functions[name.text]
	if !known {
		return nil, unknownFunction(name.col, name.text)
	}
	p.at++
	if p.peek().kind == tokenClose {
		return nil, noArguments(name.col, name.text)
	}
	var parts []part
	for before := open; ; {
		argument, problem := p.nested(before, p.sum)
		if problem != nil {
			return nil, problem
		}
		parts = append(parts, part{node: argument})
		t := p.peek()
		switch t.kind {
		case tokenClose:
			p.at++
			return p.join(op, parts), nil
		case tokenComma:
			p.at++
			before = t
		default:
			return nil, p.unexpected(t, &open)
		}
	}
}

// nested runs a rule one level further in.
func (p *parser) nested(before token, rule func(token) (*node, *SyntaxError)) (*node, *SyntaxError) {
	if p.nesting == MaxNesting {
		return nil, tooDeep(before.col)
	}
	p.nesting++
	n, problem := rule(before)
	p.nesting--
	return n, problem
}

// missing explains a token t that stands where a value should, behind before.
func (p *parser) missing(before, t token) *SyntaxError {
	switch {
	case t.kind == tokenBad:
		return t.problem
	case before.kind == tokenOperator || before.kind == tokenComma:
		return nothingAfter(before)
	case t.kind == tokenEnd && before.kind == tokenOpen:
		return notClosed(before.col)
	case t.kind == tokenEnd:
		return empty()
	case t.kind == tokenClose && before.kind == tokenOpen:
		return emptyParentheses(before.col)
	case t.kind == tokenClose:
		return notOpened(t.col)
	default:
		return nothingBefore(t)
	}
}

// unexpected explains a token t behind a complete value; open is the
// parenthesis it stands in.
func (p *parser) unexpected(t token, open *token) *SyntaxError {
	switch {
	case t.kind == tokenBad:
		return t.problem
	case t.startsValue():
		return nothingBetween(p.tokens[p.at-1], t)
	case t.kind == tokenComma:
		return commaOutside(t.col, p.tokens[p.at-1].kind == tokenNumber)
	case open != nil:
		return notClosed(open.col)
	default:
		return notOpened(t.col)
	}
}

// peek is the token to read next. The last one is never passed: it ends or
// spoils the expression.
func (p *parser) peek() token { return p.tokens[p.at] }

// join is a node over parts, or the part itself where there is but one.
func (p *parser) join(op operation, parts []part) *node {
	if len(parts) == 1 {
		return parts[0].node
	}
	return p.add(node{op: op, parts: slices.Clip(parts)})
}

func (p *parser) add(n node) *node {
	n.index = p.nodes
	p.nodes++
	return &n
}
