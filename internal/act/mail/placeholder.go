package mail

import (
	"strings"
	"unicode/utf8"

	"github.com/shirube/shirube/internal/words"
)

// aliases are the Japanese names of what every contact has; properties keep their own.
var aliases = map[string]string{
	"名前": "name", "氏名": "name", "お名前": "name", "会社": "company.name", "会社名": "company.name",
	"メールアドレス": "address", "アドレス": "address",
}

// Standard are the keys that need no property to be made.
var Standard = []string{"name", "address", "company.name"}

// hole is where a person's value goes in.
type hole struct {
	key      string
	fallback string
}

// piece is text as it is, or a hole.
type piece struct {
	text string
	hole *hole
	at   int // byte where it begins in the source
}

// position counts lines and characters from 1.
func position(source string, at int) (line, col int) {
	before := source[:at]
	line = strings.Count(before, "\n") + 1
	return line, utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:]) + 1
}

// problemAt is a problem at a byte of a field's text.
func problemAt(field, source string, at int, what, mend words.Text) *words.Problem {
	line, col := position(source, at)
	return &words.Problem{At: words.At{File: field, Line: line, Col: col}, What: what, Mend: mend}
}

// cut splits text into what stands as it is and {{key|fallback}}. A backslash before
// {{ takes its meaning away.
func cut(field, source string, known func(key string) bool, names []string) ([]piece, words.Problems) {
	var pieces []piece
	var problems words.Problems
	literal := func(text string, at int) {
		if text == "" {
			return
		}
		pieces = append(pieces, piece{text: text, at: at})
	}
	from := 0
	for {
		open := strings.Index(source[from:], "{{")
		if open < 0 {
			literal(source[from:], from)
			return pieces, problems
		}
		open += from
		if open > from && source[open-1] == '\\' {
			literal(source[from:open-1]+"{{", from)
			from = open + 2
			continue
		}
		literal(source[from:open], from)
		inside := source[open+2:]
		if next := strings.Index(inside, "{{"); next >= 0 {
			inside = inside[:next]
		}
		length := strings.Index(inside, "}}")
		if length < 0 {
			problems = append(problems, problemAt(field, source, open,
				words.T("差し込みの「{{」が閉じられていません。", "A “{{” is not closed."),
				words.T("{{名前|お客様}} のように「}}」で閉じてください。文字としての「{{」は「\\{{」と書きます。", "Close it with “}}”, like {{name|there}}; for the signs themselves write “\\{{”.")))
			from = open + 2
			continue
		}
		h, problem := readHole(field, source, open, inside[:length], known, names)
		if problem != nil {
			problems = append(problems, problem)
		} else {
			pieces = append(pieces, piece{hole: h, at: open})
		}
		from = open + 2 + length + 2
	}
}

func readHole(field, source string, at int, inside string, known func(string) bool, names []string) (*hole, *words.Problem) {
	key, fallback, has := strings.Cut(strings.Replace(inside, "｜", "|", 1), "|")
	key, fallback = strings.TrimSpace(key), strings.TrimSpace(fallback)
	told := key
	if standard, ok := aliases[key]; ok {
		key = standard
	}
	switch {
	case key == "":
		return nil, problemAt(field, source, at, words.T("差し込みに項目の名前がありません。", "A placeholder names nothing."),
			words.T("{{名前|お客様}} のように、項目と、空のときの言葉を書いてください。", "Write the property and what stands in its place, like {{name|there}}."))
	case strings.ContainsAny(inside, "\r\n{}"):
		return nil, problemAt(field, source, at, words.T("差し込みの中に改行やかっこは書けません。", "A placeholder cannot hold line breaks or braces."),
			words.T("{{名前|お客様}} の形にしてください。", "Write it like {{name|there}}."))
	case len(inside) > maxValue:
		return nil, problemAt(field, source, at, words.T("差し込みが長すぎます。", "A placeholder is too long."), words.T("短くしてください。", "Make it shorter."))
	case !known(key):
		return nil, problemAt(field, source, at, words.T("「%s」という項目は、コンタクトにありません。", "Contacts have no property “%s”.", told), words.Suggestion(told, names))
	case !has && key != "address": // whoever is written to has an address
		return nil, problemAt(field, source, at, words.T("「%s」が空の人に届いたときの言葉がありません。", "Nothing is said for those whose “%s” is empty.", told),
			words.T("{{%[1]s|お客様}} のように「|」のあとに書いてください。空白でよければ {{%[1]s|}} とします。", "Write it after a “|”, like {{%[1]s|there}}; where nothing is right, {{%[1]s|}}.", told))
	}
	return &hole{key: key, fallback: fallback}, nil
}

// Person gives a value of whom a mail is for: false where they have none.
type Person func(key string) (string, bool)

// value is what stands in a hole: bounded, on one line, without control characters.
func (h *hole) value(p Person) string {
	v := ""
	if p != nil {
		if found, ok := p(h.key); ok {
			v = OneLine(found)
		}
	}
	if v == "" {
		return h.fallback
	}
	return v
}

// OneLine takes line breaks and control characters out of a value, so that nothing a
// person has typed into a form can end a header or begin another, and bounds it.
func OneLine(s string) string {
	if len(s) <= maxValue && !strings.ContainsFunc(s, isControl) && utf8.ValidString(s) {
		return strings.TrimSpace(s)
	}
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\t' || r == '\u2028' || r == '\u2029':
			return ' '
		case isControl(r) || r == utf8.RuneError:
			return -1
		}
		return r
	}, s)
	for len(s) > maxValue {
		_, size := utf8.DecodeLastRuneInString(s[:maxValue])
		if utf8.ValidString(s[:maxValue]) {
			s = s[:maxValue]
		} else {
			s = strings.ToValidUTF8(s[:maxValue-size+1], "")
		}
	}
	return strings.TrimSpace(s)
}

// isControl includes the marks that turn the direction of writing around.
func isControl(r rune) bool {
	return r < 0x20 || r >= 0x7f && r < 0xa0 || r == '\u2028' || r == '\u2029' ||
		r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
}
