package handover

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Hider takes people out of texts. It knows the people there are, by their names, and
// everything that looks like an address or a telephone number.
type Hider struct {
	names  []string // the long ones first, so that 田中 does not take half of 田中 美咲
	labels map[string]string
}

// Person is somebody who is named somewhere, and what stands in their place.
type Person struct {
	Name  string
	Label string // of which department, or what they do: 営業の人
}

// NewHider knows people by their whole names, and by each part of them that is long enough
// to be one.
func NewHider(people []Person) *Hider {
	h := &Hider{labels: map[string]string{}}
	for _, p := range people {
		name := strings.TrimSpace(p.Name)
		h.add(name, p.Label)
		for _, part := range strings.FieldsFunc(name, func(r rune) bool { return r == ' ' || r == '　' || r == '・' }) {
			h.add(part, p.Label)
		}
		h.add(strings.Join(strings.Fields(name), ""), p.Label)
	}
	slices.SortFunc(h.names, func(a, b string) int {
		if d := len(b) - len(a); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	return h
}

func (h *Hider) add(name, label string) {
	if utf8.RuneCountInString(name) < 2 || label == "" || name == label {
		return
	}
	if _, known := h.labels[name]; !known {
		h.labels[name] = label
		h.names = append(h.names, name)
	}
}

var (
	// An address, also within others: what has an @ between two words.
	addresses = regexp.MustCompile(`[\p{L}\p{N}._%+-]+[@＠][\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+`)
	// A telephone number as it is written in Japan and abroad; figures of a goal have no
	// hyphens between them, and dates have four digits before the first.
	phones = regexp.MustCompile(`(\+\d{1,3}[- ]?|\b0)\d{1,4}[-(]\d{1,4}[-)]\d{3,4}\b`)
)

// hiddenAddress and hiddenPhone stand in the place of what was found.
const (
	hiddenAddress = "[—@—]"
	hiddenPhone   = "[—]"
)

// Text is a text without people.
func (h *Hider) Text(text string) string {
	text = addresses.ReplaceAllString(text, hiddenAddress)
	text = phones.ReplaceAllString(text, hiddenPhone)
	for _, name := range h.names {
		if isASCII(name) {
			text = replaceWord(text, name, h.labels[name])
			continue
		}
		text = strings.ReplaceAll(text, name, h.labels[name])
	}
	return text
}

// Model is a model file without people and without what was noted beside it: comments are
// for those who wrote them.
func (h *Hider) Model(yaml string) string {
	lines := strings.Split(yaml, "\n")
	kept := lines[:0]
	for _, line := range lines {
		if !strings.HasPrefix(strings.TrimSpace(line), "#") {
			kept = append(kept, line)
		}
	}
	return h.Text(strings.Join(kept, "\n"))
}

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// replaceWord replaces a name where it stands as a word: Ken is no part of token.
func replaceWord(text, name, label string) string {
	var b strings.Builder
	for {
		at := strings.Index(text, name)
		if at < 0 {
			b.WriteString(text)
			return b.String()
		}
		end := at + len(name)
		b.WriteString(text[:at])
		if at > 0 && wordByte(text[at-1]) || end < len(text) && wordByte(text[end]) {
			b.WriteString(name)
		} else {
			b.WriteString(label)
		}
		text = text[end:]
	}
}

func wordByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_'
}
