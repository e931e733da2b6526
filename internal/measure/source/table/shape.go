package table

import (
	"bytes"
	"strings"
)

// shape is what the separators of a run of digits prove.
type shape uint8

const (
	shapePlain      shape = iota // no separator
	shapeBad                     // cannot be a number in either style
	shapeDot                     // the dot is the decimal sign, or the comma groups
	shapeComma                   // the comma is the decimal sign, or the dot groups
	shapeDotGroup                // 40.531: either
	shapeCommaGroup              // 40,531: either; thousands unless told otherwise
)

func (d digits) shape() shape {
	text := d.text
	exponent := bytes.IndexAny(text, "eE")
	if exponent >= 0 {
		text = text[:exponent]
	}
	dots, commas := bytes.Count(text, []byte{'.'}), bytes.Count(text, []byte{','})
	switch {
	case len(text) == dots+commas:
		return shapeBad
	case dots+commas == 0:
		return shapePlain
	case dots > 0 && commas > 0:
		if bytes.LastIndexByte(text, '.') > bytes.LastIndexByte(text, ',') {
			return provided(!d.spaced && dots == 1 && grouped(text[:bytes.IndexByte(text, '.')], ','), shapeDot)
		}
		return provided(!d.spaced && commas == 1 && grouped(text[:bytes.IndexByte(text, ',')], '.'), shapeComma)
	case dots > 1:
		return provided(!d.spaced && exponent < 0 && grouped(text, '.'), shapeComma)
	case commas > 1:
		return provided(!d.spaced && exponent < 0 && grouped(text, ','), shapeDot)
	case dots == 1:
		return single(text, '.', d.spaced || exponent >= 0, shapeDot, shapeDotGroup)
	}
	return single(text, ',', d.spaced || exponent >= 0, shapeComma, shapeCommaGroup)
}

func provided(ok bool, s shape) shape {
	if ok {
		return s
	}
	return shapeBad
}

func single(text []byte, sign byte, certain bool, decimal, either shape) shape {
	before, after, _ := bytes.Cut(text, []byte{sign})
	if !certain && looksGrouped(string(before), len(after)) {
		return either
	}
	return decimal
}

// grouped reports whether the text is digits in groups of three.
func grouped(text []byte, mark byte) bool {
	groups := strings.Split(string(text), string(mark))
	if len(groups[0]) == 0 || len(groups[0]) > 3 || (groups[0][0] == '0' && len(groups) > 1) {
		return false
	}
	for _, g := range groups[1:] {
		if len(g) != 3 {
			return false
		}
	}
	return true
}
