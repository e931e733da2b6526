package viewlink

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Mask takes the names of people out of sentences. What a name is, the team says: owners,
// those who agreed, members. It is for free text; where a name stands in a field of its own,
// the field is emptied.
type Mask struct {
	replace *strings.Replacer
	count   int
}

// leastName is the least number of letters of a name: a single one would be found in
// every other word.
const leastName = 2

// NewMask makes a mask of names; stand is written in their place.
func NewMask(names []string, stand string) *Mask {
	known := []string{}
	for _, name := range names {
		if name = strings.TrimSpace(name); utf8.RuneCountInString(name) < leastName {
			continue
		}
		known = append(known, name)
		// 田中 美咲 is written 田中美咲 and 田中, too. A family name of one letter is no name.
		if pieces := strings.Fields(name); len(pieces) > 1 {
			known = append(known, strings.Join(pieces, ""))
			for _, piece := range pieces {
				if utf8.RuneCountInString(piece) >= leastName {
					known = append(known, piece)
				}
			}
		}
	}
	// The longest first: of a name within a name nothing may be left over.
	slices.SortFunc(known, func(a, b string) int {
		return cmp.Or(cmp.Compare(len(b), len(a)), strings.Compare(a, b))
	})
	known = slices.Compact(known)
	pairs := make([]string, 0, 2*len(known))
	for _, name := range known {
		pairs = append(pairs, name, stand)
	}
	return &Mask{replace: strings.NewReplacer(pairs...), count: len(known)}
}

// Hide is the text without the names.
func (m *Mask) Hide(text string) string {
	if m.count == 0 {
		return text
	}
	return m.replace.Replace(text)
}
