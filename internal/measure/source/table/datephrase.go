package table

import (
	"bytes"
	"time"

	"github.com/shirube/shirube/internal/series"
)

// datePhrase is a cell read as far as its words tell: three numbers, perhaps
// with known places, and a time of day.
type datePhrase struct {
	cell             string
	year, month, day int
	// first and second are the numbers before the year of 04/05/2026, whose
	// order is not known.
	first, second int
	ordered       bool // year, month and day are known
	zoned         bool
	clocked       bool // a time of day is written
	seconds       int  // of the day
	offset        int  // of the zone, in seconds
}

// read takes the cell apart. What it cannot be is an error that says so.
func (p *datePhrase) read(cell string) *CellError {
	p.cell = cell
	var fold [64]byte
	if len(cell) > 120 {
		return notADate(cell)
	}
	s, ok := foldInto(fold[:], cell)
	if !ok {
		return notADate(cell)
	}
	if isMissing(s) {
		return emptyDate(cell)
	}
	s, before, era := cutEra(s)
	if !era && !hasDigit(s) {
		return notADate(cell)
	}
	if era && bytes.HasPrefix(s, []byte("元")) {
		// 元年 is the first year; the digit is as wide as needed.
		s = append([]byte{'1'}, s[len("元"):]...)
	}
	var room [28]dateToken
	list, ok := tokens(s, room[:])
	if !ok {
		return notADate(cell)
	}
	list = dropParentheses(list)
	date, clock := splitTime(list)
	if !p.readTime(clock) {
		return notADate(cell)
	}
	return p.readDate(date, era, before)
}

// dropParentheses removes (水), (Wed) and (JST) with what is inside.
func dropParentheses(list []dateToken) []dateToken {
	out := list[:0]
	for i := 0; i < len(list); i++ {
		if list[i].is("(") && i+2 < len(list) && list[i+1].kind == tokenWord && list[i+2].is(")") {
			if inside := string(list[i+1].text); weekdays[inside] || inside == "jst" || inside == "utc" {
				i += 2
				continue
			}
		}
		out = append(out, list[i])
	}
	return out
}

// splitTime finds where the time of day begins: at the first 9: or 9時, with
// 午前 or T before it.
func splitTime(list []dateToken) (date, clock []dateToken) {
	for i := 1; i+1 < len(list); i++ {
		if list[i].kind != tokenNumber || !(list[i+1].is(":") || list[i+1].is("時")) {
			continue
		}
		cut := i
		for cut > 0 && (list[cut-1].is("t") || list[cut-1].is("午前") || list[cut-1].is("午後") ||
			list[cut-1].is("am") || list[cut-1].is("pm") || list[cut-1].is(",") || list[cut-1].is("at")) {
			cut--
		}
		return list[:cut], list[cut:]
	}
	return list, nil
}

func (p *datePhrase) readDate(list []dateToken, era bool, before int) *CellError {
	var numbers [6]dateToken
	var marks [6]byte // 'Y', 'M', 'D' by 年月日 behind the number
	count, month, monthAt := 0, 0, -1
	for i, t := range list {
		switch t.kind {
		case tokenNumber:
			if count == len(numbers) {
				return notADate(p.cell)
			}
			numbers[count] = t
			count++
		case tokenWord:
			switch {
			case count > 0 && list[i-1].kind == tokenNumber && unitOfDate(t.text) != 0:
				marks[count-1] = unitOfDate(t.text)
			case months[string(t.text)] != 0 && month == 0:
				month, monthAt = months[string(t.text)], count
			case weekdays[string(t.text)]:
			case count > 0 && (t.is("st") || t.is("nd") || t.is("rd") || t.is("th")):
			case t.is("から"), t.is("〜"), t.is("to"), t.is("~"):
				return dateRange(p.cell)
			default:
				return notADate(p.cell)
			}
		case tokenMark:
			if c := t.text[0]; c != '-' && c != '/' && c != '.' && c != ',' {
				if c == '~' || t.is("〜") {
					return dateRange(p.cell)
				}
				return notADate(p.cell)
			}
		}
	}
	if count > 4 {
		return dateRange(p.cell)
	}
	if month != 0 {
		return p.named(numbers[:count], month, monthAt)
	}
	return p.numeric(numbers[:count], marks[:count], era, before)
}

// unitOfDate is Y, M or D for 年, 月, 日.
func unitOfDate(text []byte) byte {
	switch string(text) {
	case "年":
		return 'Y'
	case "月":
		return 'M'
	case "日":
		return 'D'
	}
	return 0
}

// named is a date with the month's name: Aug 24, 2025 or 24 Aug 2025.
func (p *datePhrase) named(numbers []dateToken, month, at int) *CellError {
	switch len(numbers) {
	case 1:
		if len(numbers[0].text) == 4 {
			return monthOnly(p.cell)
		}
		return noYear(p.cell)
	case 2:
		a, b := numbers[0], numbers[1]
		switch {
		case len(b.text) == 4 && len(a.text) <= 2 && at <= 1:
			return p.known(b.value, month, a.value)
		case len(a.text) == 4 && len(b.text) <= 2 && at <= 1:
			return p.known(a.value, month, b.value)
		case len(a.text) <= 2 && len(b.text) <= 2:
			return shortYear(p.cell)
		}
	}
	return notADate(p.cell)
}

func (p *datePhrase) numeric(n []dateToken, marks []byte, era bool, before int) *CellError {
	year := func(t dateToken) (int, bool) {
		if era {
			return before + t.value, len(t.text) <= 2 && t.value > 0
		}
		return t.value, len(t.text) == 4
	}
	switch len(n) {
	case 0:
		return notADate(p.cell)
	case 1:
		return p.single(n[0], marks[0], era)
	case 2:
		if _, ok := year(n[0]); ok && len(n[1].text) <= 2 {
			return monthOnly(p.cell)
		}
		if len(n[1].text) == 4 && len(n[0].text) <= 2 {
			return monthOnly(p.cell)
		}
		if len(n[0].text) <= 2 && len(n[1].text) <= 2 {
			return noYear(p.cell)
		}
	case 3:
		if len(n[1].text) > 2 || (marks[0] != 0 && (marks[0] != 'Y' || marks[1] != 'M')) {
			return notADate(p.cell)
		}
		if y, ok := year(n[0]); ok && len(n[2].text) <= 2 {
			return p.known(y, n[1].value, n[2].value)
		}
		if len(n[2].text) == 4 && len(n[0].text) <= 2 && !era {
			return p.unordered(n[0].value, n[1].value, n[2].value)
		}
		if len(n[0].text) <= 2 && len(n[2].text) <= 2 && !era {
			return shortYear(p.cell)
		}
	}
	return notADate(p.cell)
}

// single is a cell with one number.
func (p *datePhrase) single(t dateToken, mark byte, era bool) *CellError {
	if era || mark == 'Y' {
		return notADate(p.cell)
	}
	switch v := t.value; len(t.text) {
	case 8:
		if v/10000 < firstYear || v/10000 > lastYear {
			return notADate(p.cell)
		}
		return p.known(v/10000, v/100%100, v%100)
	case 6:
		if m := v % 100; v/100 >= firstYear && v/100 <= lastYear && m >= 1 && m <= 12 {
			return monthOnly(p.cell)
		}
	case 5:
		return serialNumber(p.cell)
	case 4:
		if t.text[0] == '0' {
			return dayIndex(p.cell)
		}
	}
	return notADate(p.cell)
}

func (p *datePhrase) known(year, month, day int) *CellError {
	if year < firstYear || year > lastYear {
		return yearOutOfRange(p.cell, year)
	}
	if !exists(year, month, day) {
		return impossible(p.cell, year, month, day)
	}
	p.year, p.month, p.day, p.ordered = year, month, day, true
	return nil
}

// unordered is 04/05/2026: settled here only where one of the two cannot be a
// month or both are the same.
func (p *datePhrase) unordered(a, b, year int) *CellError {
	if year < firstYear || year > lastYear {
		return yearOutOfRange(p.cell, year)
	}
	dmy, mdy := exists(year, b, a), exists(year, a, b)
	if !dmy && !mdy {
		if a > 12 {
			return impossible(p.cell, year, b, a)
		}
		return impossible(p.cell, year, a, b)
	}
	p.year, p.first, p.second = year, a, b
	return nil
}

// settle decides the order and moves a zoned timestamp into loc.
func (p *datePhrase) settle(order DateOrder, loc *time.Location) (series.Day, error) {
	year, month, day := p.year, p.month, p.day
	if !p.ordered {
		dmy, mdy := exists(year, p.second, p.first), exists(year, p.first, p.second)
		switch {
		case order == OrderDMY && dmy, order != OrderMDY && dmy && (!mdy || p.first == p.second):
			month, day = p.second, p.first
		case order == OrderMDY && mdy, order != OrderDMY && mdy && !dmy:
			month, day = p.first, p.second
		case order == OrderDMY:
			return 0, impossible(p.cell, year, p.second, p.first)
		case order == OrderMDY:
			return 0, impossible(p.cell, year, p.first, p.second)
		default:
			return 0, eitherOrder(p.cell, series.Date(year, time.Month(p.second), p.first),
				series.Date(year, time.Month(p.first), p.second))
		}
	}
	if !p.zoned || loc == nil {
		return series.Date(year, time.Month(month), day), nil
	}
	at := time.Date(year, time.Month(month), day, 0, 0, p.seconds-p.offset, 0, time.UTC).In(loc)
	return series.Date(at.Year(), at.Month(), at.Day()), nil
}
