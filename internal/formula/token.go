package formula

import (
	"unicode"
	"unicode/utf8"
)

type tokenKind uint8

const (
	tokenEnd tokenKind = iota
	tokenNumber
	tokenName
	tokenOperator // + - * /
	tokenOpen
	tokenClose
	tokenComma
	tokenBad // carries the problem; the parser reports it when it gets there
)

type token struct {
	kind    tokenKind
	sign    rune    // ASCII twin of an operator
	text    string  // as written; for a name its id, with an ASCII dot
	value   float64 // of a number
	col     int     // from 1, in characters
	problem *SyntaxError
}

// startsValue reports whether a value can begin here.
func (t token) startsValue() bool {
	return t.kind == tokenNumber || t.kind == tokenName || t.kind == tokenOpen
}

// scanner cuts the characters of an expression into tokens.
type scanner struct {
	runes  []rune
	at     int
	dotted bool
}

// scan gives the tokens up to the end or to the first bad one, which is last.
// A bad token is not an error yet: something further left may be wrong too.
func scan(src string, opt Options) ([]token, *SyntaxError) {
	if utf8.RuneCountInString(src) > MaxLength {
		return nil, tooLong()
	}
	s := scanner{runes: []rune(src), dotted: opt.Dotted}
	var tokens []token
	for {
		t := s.next()
		tokens = append(tokens, t)
		if t.kind == tokenEnd || t.kind == tokenBad {
			return tokens, nil
		}
	}
}

// peek is the character n places on, or 0 behind the end.
func (s *scanner) peek(n int) rune {
	if s.at+n >= len(s.runes) {
		return 0
	}
	return s.runes[s.at+n]
}

func (s *scanner) next() token {
	for s.at < len(s.runes) && unicode.IsSpace(s.runes[s.at]) {
		s.at++
	}
	col := s.at + 1
	if s.at >= len(s.runes) {
		return token{kind: tokenEnd, col: col}
	}
	r := s.runes[s.at]
	if startsID(r) {
		return s.name()
	}
	sign := twin(r)
	if isDigit(sign) || sign == '.' && isDigit(twin(s.peek(1))) {
		return s.number()
	}
	s.at++
	t := token{sign: sign, text: string(r), col: col}
	switch sign {
	case '+', '-', '/':
		t.kind = tokenOperator
	case '*':
		if twin(s.peek(0)) == '*' {
			return bad(noPowers(col, t.text+string(s.peek(0))))
		}
		t.kind = tokenOperator
	case '(':
		t.kind = tokenOpen
	case ')':
		t.kind = tokenClose
	case ',':
		t.kind = tokenComma
	default:
		return bad(strayCharacter(col, r))
	}
	return t
}

// name reads an id, or source.metric where dots are allowed.
func (s *scanner) name() token {
	start, dots := s.at, 0
	text := s.id(nil)
	for twin(s.peek(0)) == '.' {
		col := s.at + 1
		s.at++
		if !startsID(s.peek(0)) {
			return bad(nothingAfterDot(col, string(text)))
		}
		text = s.id(append(text, '.'))
		dots++
	}
	t := token{kind: tokenName, text: string(text), col: start + 1}
	switch {
	case dots > 0 && !s.dotted:
		return bad(dotInFormula(t.col, t.text))
	case dots > 1:
		return bad(manyDots(t.col, t.text))
	}
	return t
}

func (s *scanner) id(text []rune) []rune {
	for s.at < len(s.runes) && continuesID(s.runes[s.at]) {
		text = append(text, s.runes[s.at])
		s.at++
	}
	return text
}

func bad(problem *SyntaxError) token {
	return token{kind: tokenBad, col: problem.Col, problem: problem}
}
