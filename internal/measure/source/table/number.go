package table

import (
	"math"
	"strconv"

	"github.com/shirube/shirube/internal/words"
)

// NumberStyle is which of dot and comma is the decimal sign of a column.
type NumberStyle uint8

// The styles.
const (
	StyleUnknown NumberStyle = iota // not settled: 1,234 is read as thousands, 40.531 is an error
	StyleDot                        // 1,234.5
	StyleComma                      // 1.234,5
)

// String is the style as a model writes it.
func (s NumberStyle) String() string {
	switch s {
	case StyleDot:
		return "1,234.5"
	case StyleComma:
		return "1.234,5"
	}
	return ""
}

// ParseNumberStyle reads what a model writes in `number:`.
func ParseNumberStyle(s string) (NumberStyle, bool) {
	switch s {
	case "":
		return StyleUnknown, true
	case "1,234.5":
		return StyleDot, true
	case "1.234,5":
		return StyleComma, true
	}
	return StyleUnknown, false
}

// ParseNumber reads a cell: digits with separators, full-width or not, with a
// sign (−, △, ▲, accounting parentheses), a currency, a counter (件, 円, …), %
// (12.3% is 0.123), 万 and 億, or a duration h:mm:ss (in seconds).
// ok is false where the cell says that there is no value ("", "-", "N/A", …);
// that is never zero. The error is a *CellError.
func ParseNumber(cell string, style NumberStyle) (value float64, ok bool, err error) {
	if v, ok := plainNumber(cell, style); ok {
		return v, true, nil
	}
	if cell == "" {
		return 0, false, nil
	}
	var n numeral
	switch n.dissect(cell) {
	case numeralMissing:
		return 0, false, nil
	case numeralNot:
		return 0, false, notANumber(cell)
	case numeralClock:
		return 0, false, clockOfTwo(cell)
	case numeralDuration:
		return n.signed(n.seconds), true, nil
	}
	value, fault := n.value(style)
	switch fault {
	case FaultAmbiguous:
		return 0, false, twoReadings(cell, n.withStyle(StyleComma), n.withStyle(StyleDot))
	case FaultMalformed:
		if style != StyleUnknown {
			return 0, false, notInStyle(cell, style)
		}
		return 0, false, notANumber(cell)
	}
	if math.IsInf(value, 0) || math.IsNaN(value) {
		return 0, false, notANumber(cell)
	}
	return value, true, nil
}

var powersOfTen = [...]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17}

// plain is a number of ASCII digits with at most a minus, thousands commas, a
// decimal dot and a percent sign: most cells of most files.
type plain struct {
	whole    int64 // all digits
	after    int   // how many of them stand behind the dot
	negative bool
	percent  bool
	shape    shape
}

// readPlain takes such a cell apart without allocating; ok is false for any
// other, which may still be a number.
func readPlain(cell string) (p plain, ok bool) {
	end := len(cell)
	if end > 1 && cell[end-1] == '%' {
		p.percent = true
		end--
	}
	i := 0
	if end > 0 && cell[0] == '-' {
		i, p.negative = 1, true
	}
	if end == i || end-i > 20 {
		return p, false
	}
	first, dot, comma, commas, digits := i, -1, -1, 0, 0
	for ; i < end; i++ {
		switch c := cell[i]; {
		case c >= '0' && c <= '9':
			p.whole = p.whole*10 + int64(c-'0')
			digits++
		case c == '.' && dot < 0:
			dot = i
		case c == ',' && dot < 0:
			if comma < 0 && (i == first || i-first > 3 || cell[first] == '0') || comma >= 0 && i-comma != 4 {
				return p, false
			}
			comma = i
			commas++
		default:
			return p, false
		}
	}
	// Up to 15 digits and their power of ten are whole floats, so that one
	// division rounds only once.
	if digits == 0 || digits > 15 {
		return p, false
	}
	before := end
	if dot >= 0 {
		before, p.after = dot, end-dot-1
		if before == first || p.after == 0 {
			return p, false
		}
	}
	switch {
	case comma >= 0 && before-comma != 4:
		return p, false
	case commas == 1 && dot < 0:
		p.shape = shapeCommaGroup
	case commas == 0 && dot >= 0 && looksGrouped(cell[first:dot], p.after):
		p.shape = shapeDotGroup
	case commas > 0 || dot >= 0:
		p.shape = shapeDot
	}
	return p, true
}

// plainNumber is the fast road; exact.
func plainNumber(cell string, style NumberStyle) (float64, bool) {
	p, ok := readPlain(cell)
	if !ok || style == StyleComma && p.shape != shapePlain || style == StyleUnknown && p.shape == shapeDotGroup {
		return 0, false
	}
	value, after := float64(p.whole), p.after
	if p.percent {
		after += 2
	}
	if after > 0 {
		value /= powersOfTen[after]
	}
	if p.negative && value != 0 {
		value = -value
	}
	return value, true
}

// looksGrouped reports whether one separator stands where a group of thousands
// would have it: 1–3 digits before, the first not 0, and three after.
func looksGrouped(before string, after int) bool {
	return after == 3 && len(before) >= 1 && len(before) <= 3 && before[0] != '0'
}

func notANumber(cell string) *CellError {
	return &CellError{Cell: cell, Fault: FaultMalformed,
		What: words.T("「%s」は数値として読めません。", "“%s” is not a number.", shown(cell)),
		Mend: words.T("数値だけの列を選ぶか、セルを直してください。値がない日は空欄にできます。",
			"Choose a column of numbers or correct the cell; leave it empty where there is no value.")}
}

func notInStyle(cell string, style NumberStyle) *CellError {
	other := StyleDot
	if style == StyleDot {
		other = StyleComma
	}
	return &CellError{Cell: cell, Fault: FaultMalformed,
		What: words.T("「%s」は %s の書き方の数値ではありません。", "“%s” is not a number written like %s.", shown(cell), style.String()),
		Mend: words.T("セルを直すか、列全体がそうなら number: \"%s\" を指定してください。",
			"Correct the cell, or set number: \"%s\" if the whole column is written that way.", other.String())}
}

func clockOfTwo(cell string) *CellError {
	return &CellError{Cell: cell, Fault: FaultAmbiguous,
		What: words.T("「%s」は「時:分」か「分:秒」か判断できません。", "“%s” may be h:mm or m:ss.", shown(cell)),
		Mend: words.T("「時:分:秒」(例 0:04:52)か秒数で書き出してください。", "Export it as h:mm:ss (like 0:04:52) or in seconds.")}
}

func twoReadings(cell string, grouped, decimal float64) *CellError {
	return &CellError{Cell: cell, Fault: FaultAmbiguous,
		What: words.T("「%s」は %s とも、小数の %s とも読めます。", "“%s” may be %s or the decimal %s.",
			shown(cell), plainly(grouped), plainly(decimal)),
		Mend: styleMend}
}

var styleMend = words.T(
	`どちらかをソースの number: に書いてください(桁区切りがカンマなら number: "1,234.5"、ピリオドなら number: "1.234,5")。`,
	`Settle it with number: in the source: "1,234.5" if commas separate thousands, "1.234,5" if dots do.`)

// plainly writes a reading so that its decimals are all seen.
func plainly(v float64) string {
	s := strconv.FormatFloat(v, 'f', -1, 64)
	for i := 0; i < len(s); i++ {
		if s[i] == '.' {
			return words.Group(v, len(s)-i-1)
		}
	}
	return words.Group(v, 0)
}
