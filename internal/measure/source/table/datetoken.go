package table

import (
	"bytes"
	"unicode/utf8"
)

type tokenKind uint8

const (
	tokenNumber tokenKind = iota
	tokenWord             // letters of any script, ASCII ones in lower case
	tokenMark             // one character of punctuation
)

// dateToken is a piece of a date's text. Spaces are not tokens; spaced tells
// that one stood before.
type dateToken struct {
	kind   tokenKind
	text   []byte
	value  int // of a number of at most 9 digits
	spaced bool
}

// tokens cuts folded text into numbers, words and marks; ok is false where there
// are more than a date can have.
func tokens(s []byte, into []dateToken) (list []dateToken, ok bool) {
	list = into[:0]
	spaced := false
	for len(s) > 0 {
		if s[0] == ' ' {
			spaced, s = true, s[1:]
			continue
		}
		if len(list) == cap(into) {
			return nil, false
		}
		t := dateToken{spaced: spaced}
		end := 0
		switch {
		case isDigit(s[0]):
			for end < len(s) && isDigit(s[end]) {
				if end < 9 {
					t.value = t.value*10 + int(s[end]-'0')
				}
				end++
			}
			if end > 17 {
				return nil, false
			}
			t.kind = tokenNumber
		case isLetter(s):
			t.kind = tokenWord
			// 1日水曜日, 1日午前9時: the unit behind a number is a word of its own.
			if n := len(list); n > 0 && list[n-1].kind == tokenNumber && startsWithUnit(s) {
				end = len("年")
			} else {
				end = wordEnd(s)
			}
		default:
			t.kind = tokenMark
			_, end = utf8.DecodeRune(s)
		}
		t.text = s[:end]
		list = append(list, t)
		s, spaced = s[end:], false
	}
	return list, true
}

func startsWithUnit(s []byte) bool {
	if len(s) < len("年") {
		return false
	}
	switch string(s[:len("年")]) {
	case "年", "月", "日", "時", "分", "秒":
		return true
	}
	return false
}

// wordEnd is the length of the word at the front, all ASCII or all not; ASCII
// letters are made lower case in place.
func wordEnd(s []byte) int {
	end, ascii := 0, s[0] < 0x80
	for end < len(s) && isLetter(s[end:]) && (s[end] < 0x80) == ascii {
		if !ascii {
			_, size := utf8.DecodeRune(s[end:])
			end += size
			continue
		}
		if s[end] >= 'A' && s[end] <= 'Z' {
			s[end] += 'a' - 'A'
		}
		end++
	}
	return end
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// isLetter is for ASCII letters and whatever is no ASCII: kanji, kana, accents.
func isLetter(s []byte) bool {
	c := s[0]
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80 && !bytes.HasPrefix(s, []byte("〜")) && !bytes.HasPrefix(s, []byte("~"))
}

func (t dateToken) is(text string) bool { return string(t.text) == text }

// months by their English names and the usual shortenings.
var months = map[string]int{
	"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7,
	"august": 8, "september": 9, "october": 10, "november": 11, "december": 12,
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9,
	"oct": 10, "nov": 11, "dec": 12,
}

var weekdays = map[string]bool{
	"sunday": true, "monday": true, "tuesday": true, "wednesday": true, "thursday": true, "friday": true, "saturday": true,
	"sun": true, "mon": true, "tue": true, "tues": true, "wed": true, "thu": true, "thur": true, "thurs": true, "fri": true, "sat": true,
	"日曜日": true, "月曜日": true, "火曜日": true, "水曜日": true, "木曜日": true, "金曜日": true, "土曜日": true,
	"日曜": true, "月曜": true, "火曜": true, "水曜": true, "木曜": true, "金曜": true, "土曜": true,
	"日": true, "月": true, "火": true, "水": true, "木": true, "金": true, "土": true, "祝": true,
	"日祝": true, "月祝": true, "火祝": true, "水祝": true, "木祝": true, "金祝": true, "土祝": true,
}
