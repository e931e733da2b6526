package query

import (
	"fmt"
	"strings"
)

// Dialect is how an engine spells what engines do not spell alike. Only this package has
// dialects: an engine picks one.
type Dialect interface {
	among(w *writer, value Expr, list any)
	filtered(w *writer, f filtered)
	pairs(w *writer, p pairs)
	spell(w *writer, how spelling, args []Expr)
}

// spelling is one thing that dialects spell differently.
type spelling uint8

const (
	asInteger    spelling = iota // a count or sum as a 64-bit integer
	asNumber                     // as a 64-bit float
	asText                       // as a string
	property                     // (properties, key): its value as text, NULL where there is none
	isPlain                      // (properties, key): whether there is a value, and it is no list or object
	holdsText                    // (properties, key, part): whether there is such a value, and part is in it
	numeric                      // (text): as a number, NULL where it is none; it may be infinite
	propertyKeys                 // (properties): one row for each key
	startsWith                   // (text, start)
	contains                     // (text, part)
	weekOf                       // (day): weeks since Monday 1969-12-29
	monthOf                      // (day): months since January 1970
	median                       // (number)
	before                       // (value): lag, in a window
	momentText                   // (milliseconds): 2026-11-22T03:12:00.000Z
	harmless                     // (text): a cell no spreadsheet runs
	latest                       // (value, moment): the value at the greatest moment
	earliest                     // (value, moment): the value at the least moment
	blockOf                      // (number): which block of PeopleBlock numbers it lies in
	placeIn                      // (value, list): its place in it from 1, 0 without
	bitOf                        // (place): all bits of these places, in an aggregate
	joinedBits                   // (bits): the bits of all rows
	bitAt                        // (bits, place): 1 or 0
	bitsOf                       // (number): an integer with a bit for each number of its block
)

// write is a little language for dialects: constants stand as they are, %0 … %9 are the
// arguments, %% is a percent sign.
func (w *writer) form(pattern word, args []Expr) {
	text := string(pattern)
	for {
		before, rest, found := strings.Cut(text, "%")
		w.text.WriteString(before)
		if !found {
			return
		}
		if rest[0] == '%' {
			w.say("%")
			text = rest[1:]
			continue
		}
		at := int(rest[0] - '0')
		if at < 0 || at >= len(args) {
			w.fail(fmt.Errorf("a spelling asks for argument %d of %d", at, len(args)))
			return
		}
		args[at].write(w)
		text = rest[1:]
	}
}

// few is how many values are written one by one, which an engine can use to skip whole
// blocks; more are one list.
const few = 16

func valuesOf(list any) []any {
	switch list := list.(type) {
	case []string:
		return boxed(list)
	case []uint32:
		return boxed(list)
	case []int32:
		return boxed(list)
	}
	return nil
}

func boxed[T any](list []T) []any {
	out := make([]any, len(list))
	for i, each := range list {
		out[i] = each
	}
	return out
}

// amongFew writes short lists, the same in every dialect, and reports whether it did.
func amongFew(w *writer, value Expr, list any) bool {
	values := valuesOf(list)
	switch {
	case len(values) == 0:
		w.say("FALSE")
		return true
	case len(values) > few:
		return false
	}
	w.say("(")
	value.write(w)
	w.say(" IN (")
	for i, each := range values {
		if i > 0 {
			w.say(", ")
		}
		w.value(each)
	}
	w.say("))")
	return true
}
