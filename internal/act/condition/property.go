package condition

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/event"
)

// Day is the 24 hours that windows are made of.
const Day event.Millis = 86_400_000

// Fits reports whether a value compares as it should, ok being whether it is known.
func (p *Property) Fits(v contact.Value, ok bool, now event.Millis) bool {
	switch p.Op {
	case Known:
		return ok
	case Unknown:
		return !ok
	case IsNot:
		return !ok || !p.anyText(v)
	}
	if !ok {
		return false
	}
	switch p.Op {
	case Is, Contains, Starts:
		return p.anyText(v)
	case Above, AtLeast, Below, AtMost:
		n, isNumber := numberOf(v)
		bound, fine := parseNumber(p.first())
		if !isNumber || !fine {
			return false
		}
		switch p.Op {
		case Above:
			return n > bound
		case AtLeast:
			return n >= bound
		case Below:
			return n < bound
		}
		return n <= bound
	case BeforeDays, WithinDays, AheadDays:
		if v.Kind != contact.Date {
			return false
		}
		from, to := p.span(event.Millis(v.Number))
		return now >= from && now < to
	}
	return false
}

// Bound is the number that values are compared with.
func (p *Property) Bound() (float64, bool) { return parseNumber(p.first()) }

// span is when a comparison of a date is true: from a moment on until just before another.
func (p *Property) span(at event.Millis) (from, to event.Millis) {
	days, ok := parseNumber(p.first())
	if !ok {
		return 0, 0
	}
	length := event.Millis(days) * Day
	switch p.Op {
	case BeforeDays:
		return at + length, math.MaxInt64
	case WithinDays:
		return at, at + length
	}
	return at - length, at
}

func (p *Property) first() string {
	if len(p.Values) == 0 {
		return ""
	}
	return p.Values[0]
}

func (p *Property) anyText(v contact.Value) bool {
	text, ok := textOf(v)
	if !ok {
		return false
	}
	return slices.ContainsFunc(p.Values, func(want string) bool {
		switch p.Op {
		case Contains:
			return strings.Contains(text, want)
		case Starts:
			return strings.HasPrefix(text, want)
		}
		return text == want
	})
}

// textOf is a value as a text; a moment has none that is the same for everybody, a day has.
func textOf(v contact.Value) (string, bool) {
	switch v.Kind {
	case contact.Text:
		return v.Text, true
	case contact.Number:
		return strconv.FormatFloat(v.Number, 'f', -1, 64), true
	case contact.Truth:
		return strconv.FormatBool(v.Number != 0), true
	case contact.Date:
		if _, whole := v.Day(); whole {
			return v.String(), true
		}
	}
	return "", false
}

// numberOf is a value as a number: one, or a text that is written as one.
func numberOf(v contact.Value) (float64, bool) {
	switch v.Kind {
	case contact.Number:
		return v.Number, true
	case contact.Text:
		return parseNumber(v.Text)
	}
	return 0, false
}

func parseNumber(text string) (float64, bool) {
	if text == "" || !strings.ContainsAny(text[:1], "0123456789+-.") {
		return 0, false // and neither "Inf" nor "NaN"
	}
	n, err := strconv.ParseFloat(text, 64)
	return n, err == nil && !math.IsInf(n, 0)
}
