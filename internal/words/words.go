// Package words holds the sentences of the program in both of its languages.
//
// A sentence is written once, in Japanese and in English side by side, where it
// is needed; it is rendered at the edge, in the reader's language. There is no
// dictionary of keys to keep in step on the Go side: what is said stands beside
// the thing it is said about.
//
// The package is pure and the lowest of all rooms: it imports nothing of ours.
package words

import (
	"fmt"
	"strings"
)

// Lang is a language the program speaks: "ja" (the default) or "en".
type Lang string

// The languages there are.
const (
	JA Lang = "ja"
	EN Lang = "en"
)

// ParseLang reads "ja", "en", or a locale such as "ja_JP.UTF-8"; anything else
// is Japanese, the language most readers of this program have.
func ParseLang(s string) Lang {
	if strings.HasPrefix(strings.ToLower(s), "en") {
		return EN
	}
	return JA
}

// Localized is a value that reads differently in each language: a date, an
// amount with its unit, or another Text.
type Localized interface {
	In(Lang) string
}

// Text is one sentence in both languages.
type Text struct {
	JA, EN string
}

// T writes one sentence in both languages. Both formats receive the same
// arguments; use explicit indexes (%[2]s) where the word order differs. An
// argument that is Localized is rendered in each language before formatting.
// Without arguments the strings are taken as they are, percent signs included.
func T(ja, en string, args ...any) Text {
	if len(args) == 0 {
		return Text{JA: ja, EN: en}
	}
	return Text{JA: format(JA, ja, args), EN: format(EN, en, args)}
}

func format(lang Lang, layout string, args []any) string {
	rendered := make([]any, len(args))
	for i, arg := range args {
		if l, ok := arg.(Localized); ok {
			rendered[i] = l.In(lang)
		} else {
			rendered[i] = arg
		}
	}
	return fmt.Sprintf(layout, rendered...)
}

// In renders the sentence in a language.
func (t Text) In(lang Lang) string {
	if lang == EN {
		return t.EN
	}
	return t.JA
}

// Zero reports whether nothing is said.
func (t Text) Zero() bool { return t.JA == "" && t.EN == "" }

// Join puts texts one after the other with a separator for each language.
func Join(texts []Text, sepJA, sepEN string) Text {
	ja, en := make([]string, len(texts)), make([]string, len(texts))
	for i, t := range texts {
		ja[i], en[i] = t.JA, t.EN
	}
	return Text{JA: strings.Join(ja, sepJA), EN: strings.Join(en, sepEN)}
}
