package table

import (
	"bytes"
	"math"
	"strconv"
	"unicode/utf8"
)

type numeralClass uint8

const (
	numeralNot      numeralClass = iota
	numeralMissing               // the cell says that there is no value
	numeralNumber                // parts hold it
	numeralDuration              // seconds holds it
	numeralClock                 // 4:52, hours or minutes
)

// numeral is a cell taken apart: sign, scale, and the digits with their
// separators still unread, because only the column knows what those mean.
type numeral struct {
	fold     [64]byte
	negative bool
	percent  bool
	seconds  float64
	parts    [4]digits // 1億2000万 has two
	count    int
}

// digits is a run of digits with separators, and the power of ten after it.
type digits struct {
	text   []byte // digits, '.' and ','; then perhaps an exponent
	spaced bool   // spaces or apostrophes separated thousands
	scale  int
}

// missing cells, folded and in lower case. Dashes of every kind fold to '-'.
var missingCells = map[string]bool{
	"": true, "-": true, "--": true, "---": true, "ー": true, "n/a": true, "#n/a": true, "na": true,
	"nan": true, "null": true, "nil": true, "none": true, "undefined": true, "#div/0!": true,
	"データなし": true, "データ無し": true, "該当なし": true, "no data": true,
}

func isMissing(folded []byte) bool {
	if len(folded) > 15 {
		return false
	}
	var low [16]byte
	for i, c := range folded {
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		low[i] = c
	}
	return missingCells[string(low[:len(folded)])]
}

var currencies = []string{"¥", "$", "€", "£", "₩", "US$", "USD", "EUR", "JPY", "GBP", "円", "yen"}

// counters are units that stand behind a number in Japanese exports.
var counters = []string{"件", "人", "回", "名", "個", "社", "点", "本", "冊", "通", "票", "台", "枚", "店",
	"校", "組", "口", "度", "位", "歳", "才", "倍", "ポイント", "クリック", "pt", "pts", "件数"}

// dissect takes the cell apart; the numeral must be fresh.
func (n *numeral) dissect(cell string) numeralClass {
	// Long text is no number: decide before folding it.
	if len(cell) > 120 {
		return numeralNot
	}
	s, ok := foldInto(n.fold[:], cell)
	switch {
	case !ok:
		return numeralNot
	case isMissing(s):
		return numeralMissing
	}
	if !hasDigit(s) {
		return numeralNot
	}
	s, ok = n.stripFront(s)
	if !ok {
		return numeralNot
	}
	if class, done := n.duration(s); done {
		return class
	}
	s = n.stripBack(s)
	if n.split(s) {
		return numeralNumber
	}
	return numeralNot
}

func hasDigit(s []byte) bool {
	for _, c := range s {
		if c >= '0' && c <= '9' {
			return true
		}
	}
	return false
}

// stripFront takes sign, parentheses and currency off the front, each once.
func (n *numeral) stripFront(s []byte) ([]byte, bool) {
	signed, currency := false, false
	for {
		s = bytes.TrimLeft(s, " ")
		if len(s) == 0 {
			return nil, false
		}
		r, size := utf8.DecodeRune(s)
		switch {
		case (r == '-' || r == '▲' || r == '△') && !signed:
			n.negative, signed, s = true, true, s[size:]
			continue
		case r == '+' && !signed:
			signed, s = true, s[size:]
			continue
		case r == '(' && !signed && s[len(s)-1] == ')':
			n.negative, signed, s = true, true, bytes.TrimRight(s[1:len(s)-1], " ")
			continue
		case (r < '0' || r > '9') && !currency:
			if rest, ok := cutFront(s, currencies); ok {
				currency, s = true, rest
				continue
			}
		}
		return s, true
	}
}

func cutFront(s []byte, list []string) ([]byte, bool) {
	for _, c := range list {
		if len(s) > len(c) && string(s[:len(c)]) == c {
			return s[len(c):], true
		}
	}
	return s, false
}

func cutBack(s []byte, list []string) ([]byte, bool) {
	for _, c := range list {
		if len(s) > len(c) && string(s[len(s)-len(c):]) == c {
			return bytes.TrimRight(s[:len(s)-len(c)], " "), true
		}
	}
	return s, false
}

// stripBack takes one percent sign, currency or counter off the end.
func (n *numeral) stripBack(s []byte) []byte {
	if len(s) > 1 && s[len(s)-1] == '%' {
		n.percent = true
		return bytes.TrimRight(s[:len(s)-1], " ")
	}
	if last := s[len(s)-1]; last >= '0' && last <= '9' {
		return s
	}
	if rest, ok := cutBack(s, currencies); ok {
		return rest
	}
	rest, _ := cutBack(s, counters)
	return rest
}

// split reads runs of digits, each perhaps with 万 or 億 behind it.
func (n *numeral) split(s []byte) bool {
	lastScale := math.MaxInt
	for len(s) > 0 {
		end := 0
		for end < len(s) && isNumeralByte(s[end]) {
			end++
		}
		// An exponent, as programs write it: 1e-05, 1.2E+19.
		if end > 0 && end < len(s) && (s[end] == 'e' || s[end] == 'E') {
			end++
			if end < len(s) && (s[end] == '-' || s[end] == '+') {
				end++
			}
			from := end
			for end < len(s) && s[end] >= '0' && s[end] <= '9' {
				end++
			}
			if end == from || end-from > 3 || end != len(s) {
				return false
			}
		}
		if end == 0 || n.count == len(n.parts) {
			return false
		}
		d := digits{}
		var ok bool
		if d.text, d.spaced, ok = dropGroupMarks(bytes.Trim(s[:end], " ")); !ok {
			return false
		}
		s = s[end:]
		switch {
		case bytes.HasPrefix(s, []byte("億")):
			d.scale, s = 8, s[len("億"):]
		case bytes.HasPrefix(s, []byte("万")):
			d.scale, s = 4, s[len("万"):]
		case bytes.HasPrefix(s, []byte("千")):
			d.scale, s = 3, s[len("千"):]
		}
		// Scales only go down: 2万1億 is nothing.
		if d.scale >= lastScale {
			return false
		}
		lastScale = d.scale
		n.parts[n.count] = d
		n.count++
		if d.scale == 0 && len(s) > 0 {
			return false
		}
	}
	return n.count > 0
}

func isNumeralByte(c byte) bool {
	return c >= '0' && c <= '9' || c == '.' || c == ',' || c == ' ' || c == '\''
}

// dropGroupMarks removes spaces and apostrophes that separate groups of three;
// elsewhere they make it no number. It works in place.
func dropGroupMarks(s []byte) (text []byte, spaced, ok bool) {
	head, tail := s, []byte(nil)
	if i := bytes.IndexAny(s, ".,"); i >= 0 {
		head, tail = s[:i], s[i:]
	}
	switch {
	case bytes.ContainsAny(tail, " '"):
		return nil, false, false
	case !bytes.ContainsAny(head, " '"):
		return s, false, len(s) > 0
	}
	out, run, first := s[:0], 0, true
	for _, c := range head {
		if c != ' ' && c != '\'' {
			run++
			out = append(out, c)
			continue
		}
		if run == 0 || run > 3 || (!first && run != 3) {
			return nil, true, false
		}
		run, first = 0, false
	}
	return append(out, tail...), true, run == 3
}

// value reads the numeral in a style.
func (n *numeral) value(style NumberStyle) (float64, Fault) {
	total := 0.0
	for _, d := range n.parts[:n.count] {
		v, fault, ok := d.value(style, n.percent)
		if !ok {
			return 0, fault
		}
		total += v
	}
	return n.signed(total), faultNone
}

const faultNone Fault = 255

func (n *numeral) withStyle(style NumberStyle) float64 {
	v, _ := n.value(style)
	return v
}

func (n *numeral) signed(v float64) float64 {
	if n.negative && v != 0 {
		return -v
	}
	return v
}

func (d digits) value(style NumberStyle, percent bool) (float64, Fault, bool) {
	decimal := byte('.')
	switch shape := d.shape(); {
	case shape == shapeBad:
		return 0, FaultMalformed, false
	case shape == shapeDotGroup && style == StyleUnknown:
		return 0, FaultAmbiguous, false
	case shape == shapeDot && style == StyleComma, shape == shapeComma && style == StyleDot:
		return 0, FaultMalformed, false
	case shape == shapeComma, shape >= shapeDotGroup && style == StyleComma:
		decimal = ','
	}
	scale := d.scale
	if percent {
		scale -= 2
	}
	// Written anew as plain decimal text, so that 12.3% is the float nearest to 0.123.
	var buf [96]byte
	text := buf[:0]
	exponent := false
	for _, c := range d.text {
		switch {
		case c == decimal:
			text = append(text, '.')
		case c == '.' || c == ',':
		case c == 'e' || c == 'E':
			exponent = true
			text = append(text, c)
		default:
			text = append(text, c)
		}
	}
	if scale != 0 {
		if exponent {
			return 0, FaultMalformed, false
		}
		text = strconv.AppendInt(append(text, 'e'), int64(scale), 10)
	}
	v, err := strconv.ParseFloat(string(text), 64)
	if err != nil {
		return 0, FaultMalformed, false
	}
	return v, faultNone, true
}
