package formula

import (
	"math"
	"strconv"
	"strings"
	"unicode"
)

// number reads 1, 1.5, .5, 1e3 and each with a percent sign behind it.
func (s *scanner) number() token {
	start := s.at
	col := start + 1
	mantissa := s.digits()
	if n := s.thousands(len(mantissa)); n > 0 && mantissa[0] != '0' {
		s.at += n
		return bad(thousands(col, string(s.runes[start:s.at])))
	}
	if twin(s.peek(0)) == '.' {
		s.at++
		fraction := s.digits()
		if fraction == "" {
			return bad(nothingAfterPoint(col, string(s.runes[start:s.at])))
		}
		mantissa += "." + fraction
	}
	exponent := s.exponent()
	end := s.at
	switch next := s.peek(0); {
	case continuesID(next):
		word := s.id(nil)
		return bad(startsWithDigit(col, string(s.runes[start:end]), string(word)))
	case twin(next) == '.':
		return bad(manyPoints(col, string(s.runes[start:end])))
	}
	percent := s.percent()
	text := string(s.runes[start:s.at])
	value := parseNumber(mantissa, exponent, percent)
	switch {
	case math.IsInf(value, 0):
		return bad(numberTooLarge(col, text))
	case value == 0 && strings.ContainsAny(mantissa, "123456789"):
		return bad(numberTooSmall(col, text))
	}
	return token{kind: tokenNumber, text: text, value: value, col: col}
}

// digits reads a run of digits into ASCII.
func (s *scanner) digits() string {
	var b strings.Builder
	for isDigit(twin(s.peek(0))) {
		b.WriteRune(twin(s.peek(0)))
		s.at++
	}
	return b.String()
}

// exponent reads e3, E+3 or e-3, or nothing where what follows e is no number.
func (s *scanner) exponent() string {
	if r := s.peek(0); r != 'e' && r != 'E' {
		return ""
	}
	sign, n := twin(s.peek(1)), 1
	if sign == '+' || sign == '-' {
		n = 2
	}
	if !isDigit(twin(s.peek(n))) {
		return ""
	}
	s.at += n
	if n == 2 && sign == '-' {
		return "-" + s.digits()
	}
	return s.digits()
}

// percent reads a percent sign, with or without a space before it.
func (s *scanner) percent() bool {
	n := 0
	for unicode.IsSpace(s.peek(n)) {
		n++
	}
	if twin(s.peek(n)) != '%' {
		return false
	}
	s.at += n + 1
	return true
}

// thousands is the length of what looks like groups of three digits behind
// `digits` leading ones, as in 1,234,567; 0 when nothing does. In min(1,000)
// it could be one number or two, so it is refused rather than guessed.
func (s *scanner) thousands(digits int) int {
	if digits < 1 || digits > 3 {
		return 0
	}
	n := 0
	for isComma(s.peek(n)) && isDigit(twin(s.peek(n+1))) && isDigit(twin(s.peek(n+2))) && isDigit(twin(s.peek(n+3))) {
		n += 4
	}
	if isDigit(twin(s.peek(n))) {
		return 0
	}
	return n
}

func isComma(r rune) bool { return r == ',' || r == '，' }

// parseNumber shifts the exponent for a percent sign instead of dividing by
// 100, so that 0.1% is the very float64 that 0.001 is.
func parseNumber(mantissa, exponent string, percent bool) float64 {
	if exponent == "" {
		exponent = "0"
	}
	if shift, err := strconv.Atoi(exponent); err == nil && percent {
		exponent = strconv.Itoa(shift - 2)
	}
	value, _ := strconv.ParseFloat(mantissa+"e"+exponent, 64) // out of range reads ±Inf, which the caller refuses
	return value
}

// formatNumber writes a number not below zero in its shortest form.
func formatNumber(v float64) string {
	plain := strconv.FormatFloat(v, 'f', -1, 64)
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(v, 'e', -1, 64), "e")
	power, _ := strconv.Atoi(exponent)
	if short := mantissa + "e" + strconv.Itoa(power); len(short) < len(plain) {
		return short
	}
	return plain
}
