package columns

import (
	"cmp"
	"slices"

	"github.com/shirube/shirube/internal/act/contact"
)

// Key is one property that contacts have, and what it usually says.
type Key struct {
	Name   string
	Kind   contact.ValueKind // of most that have it
	Values []string          // the most frequent texts first; none where nearly everybody has another
}

// mostDistinct is how many meanings a property may have before its values are no list to
// choose from any more, such as names.
const mostDistinct = 200

// Keys is the properties that anybody has, by name, each with its most frequent values.
func (c *Columns) Keys(values int) []Key {
	keys := []Key{}
	for name, col := range c.properties {
		if key, held := col.describe(name, values); held {
			keys = append(keys, key)
		}
	}
	slices.SortFunc(keys, func(a, b Key) int { return cmp.Compare(a.Name, b.Name) })
	return keys
}

// describe counts whose codes mean what; held is false where nobody has the property now.
func (c *column) describe(name string, values int) (key Key, held bool) {
	counts := make([]int, len(c.ends)+1)
	for number := range c.len() {
		counts[c.code(number)]++
	}
	kinds := map[contact.ValueKind]int{}
	type meaning struct {
		text  string
		count int
	}
	var texts []meaning
	for code, count := range counts {
		if code == 0 || count == 0 {
			continue
		}
		v := c.meaning(uint32(code))
		kinds[v.Kind] += count
		if len(texts) <= mostDistinct && v.Kind != contact.Date {
			texts = append(texts, meaning{v.String(), count})
		}
	}
	if len(kinds) == 0 {
		return Key{}, false
	}
	key = Key{Name: name, Values: []string{}}
	for kind, count := range kinds {
		if most := kinds[key.Kind]; count > most || count == most && kind < key.Kind {
			key.Kind = kind
		}
	}
	if len(texts) > mostDistinct {
		return key, true
	}
	slices.SortFunc(texts, func(a, b meaning) int { return cmp.Or(b.count-a.count, cmp.Compare(a.text, b.text)) })
	for _, one := range texts[:min(values, len(texts))] {
		key.Values = append(key.Values, one.text)
	}
	return key, true
}
