package insight

import (
	"strings"

	"github.com/shirube/shirube/internal/words"
)

// Sentence is one of the three above the map, in parts so that its numbers can
// be set in bold.
type Sentence struct {
	Kind      string         `json:"kind"`      // now, changed, next
	Mark      *string        `json:"mark"`      // a status, or null
	Parts     []SentencePart `json:"parts"`     // never empty
	Indicator *string        `json:"indicator"` // what a click opens
}

// SentencePart is a run of text.
type SentencePart struct {
	Text   string `json:"text"`
	Strong bool   `json:"strong"`
}

// Text is the whole sentence, to be pasted.
func (s Sentence) Text() string {
	var b strings.Builder
	for _, p := range s.Parts {
		b.WriteString(p.Text)
	}
	return b.String()
}

// boldSign stands around the numbers of a text until it is cut into parts. It is
// a control character, so no name or number can hold one by accident.
const boldSign = "\x02"

// bold marks a number that carries the sentence.
type bold struct{ words.Localized }

// In renders the number with its marks.
func (b bold) In(lang words.Lang) string { return boldSign + b.Localized.In(lang) + boldSign }

// strong marks an amount.
func strong(value float64, unit string) bold { return bold{words.Amount{Value: value, Unit: unit}} }

// parts cuts a rendered sentence at its marks.
func parts(text string) []SentencePart {
	out := []SentencePart{}
	for i, run := range strings.Split(text, boldSign) {
		if run != "" {
			out = append(out, SentencePart{Text: run, Strong: i%2 == 1})
		}
	}
	return out
}

func (v *View) sentence(kind string, mark *string, indicator string, text words.Text) Sentence {
	s := Sentence{Kind: kind, Mark: mark, Parts: parts(v.say(text))}
	if indicator != "" {
		s.Indicator = &indicator
	}
	return s
}
