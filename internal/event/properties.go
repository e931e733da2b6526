package event

import (
	"encoding/json"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// measured is what one walk over properties (or traits) finds.
type measured struct {
	value    float64
	currency string
	engaged  int64
	page     pageContext
	kept     []byte // nil where there is nothing in them
}

// readProperties holds properties to their limits and takes out what reports count by. They
// are kept as they came unless a database would not read them so. An empty list is what PHP
// makes of no properties; it is none.
func readProperties(raw string) (measured, Code) {
	var m measured
	switch {
	case isNull(raw) || emptyList(raw):
		return m, ""
	case !isObject(raw):
		return m, PropertiesNoMap
	}
	if _, depth := skip(raw, 0); depth > MaxDepth {
		return m, TooDeep
	}
	if !finite(raw) {
		return m, NumberTooLarge
	}
	var names nameSet
	rank := 0
	for name, value := range fields(raw) {
		if names.add(name); names.count > MaxProperties {
			return m, TooManyProperties
		}
		switch name {
		case "revenue", "value", "total":
			// Where an order has several, revenue says it best: it is without tax and
			// postage. The longer name happens to be the better one.
			if n, ok := number(value); ok && len(name) > rank {
				m.value, rank = n, len(name)
			}
		case "currency":
			m.currency = currency(text(value))
		case "engaged_ms":
			if n, ok := number(value); ok && n > 0 {
				m.engaged = int64(min(n, mostEngaged))
			}
		case "url":
			m.page.url = text(value)
		case "path":
			m.page.path = text(value)
		case "search":
			m.page.search = text(value)
		case "title":
			m.page.title = text(value)
		case "referrer":
			m.page.referrer = text(value)
		}
	}
	if rank == 0 {
		m.currency = ""
	}
	if names.count == 0 {
		return m, ""
	}
	m.kept = []byte(raw)
	if names.twice || strings.Contains(raw, `\u`) {
		m.kept = rewritten(raw)
	}
	return m, ""
}

// mostEngaged: nobody looks at a page for more than a day.
const mostEngaged = 24 * 60 * 60 * 1000

func emptyList(raw string) bool {
	return raw[0] == '[' && strings.TrimSpace(raw[1:len(raw)-1]) == ""
}

// currency is three letters, as ISO 4217 has them.
func currency(s string) string {
	if len(s) != 3 {
		return ""
	}
	s = strings.ToUpper(s)
	for i := range len(s) {
		if s[i] < 'A' || s[i] > 'Z' {
			return ""
		}
	}
	return s
}

// finite reports whether every number outside of strings can be held as a number. Only an
// exponent or hundreds of digits can make one that cannot.
func finite(s string) bool {
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c == '"':
			i = skipString(s, i)
		case c == '-' || c >= '0' && c <= '9':
			end := skipPlain(s, i)
			if end-i > 300 || end-i > 3 && strings.ContainsAny(s[i:end], "eE") {
				if _, ok := number(s[i:end]); !ok {
					return false
				}
			}
			i = end
		default:
			i++
		}
	}
	return true
}

// nameSet notices a name that comes twice, without a map for the few names there usually are.
type nameSet struct {
	first [16]string
	more  map[string]bool
	count int
	twice bool
}

func (n *nameSet) add(name string) {
	for i := range min(n.count, len(n.first)) {
		if n.first[i] == name {
			n.twice = true
		}
	}
	if n.count < len(n.first) {
		n.first[n.count] = name
	} else {
		if n.more == nil {
			n.more = map[string]bool{}
		}
		n.twice = n.twice || n.more[name]
		n.more[name] = true
	}
	n.count++
}

// rewritten writes properties anew: of a name that comes twice the last stays, as in
// JavaScript, and half a surrogate pair becomes the sign for an unreadable character. What is
// thus written every database reads alike.
func rewritten(raw string) []byte {
	clean, err := jsontext.AppendFormat(nil, raw, lenient...)
	if err != nil {
		return []byte(raw)
	}
	decoder := json.NewDecoder(strings.NewReader(string(clean)))
	decoder.UseNumber()
	var all map[string]any
	if decoder.Decode(&all) != nil {
		return clean
	}
	var out strings.Builder
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if encoder.Encode(all) != nil {
		return clean
	}
	return []byte(strings.TrimSuffix(out.String(), "\n"))
}
