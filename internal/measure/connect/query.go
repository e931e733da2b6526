package connect

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/shirube/shirube/internal/words"
)

// query is a SELECT cut at its parameters: text, parameter, text, … The parameters are
// bound by the database, never written into the text.
type query struct {
	texts  []string // one more than params
	params []string // "from" or "to"
}

func (q query) windowed() bool { return len(q.params) > 0 }

// with writes the text with a placeholder for each parameter.
func (q query) with(placeholder func(i int, param string) string) string {
	var b strings.Builder
	b.WriteString(q.texts[0])
	for i, param := range q.params {
		b.WriteString(placeholder(i, param))
		b.WriteString(q.texts[i+1])
	}
	return b.String()
}

// values are the arguments in the order of the parameters.
func (q query) values(from, to string) []any {
	values := make([]any, len(q.params))
	for i, param := range q.params {
		if values[i] = from; param == "to" {
			values[i] = to
		}
	}
	return values
}

const maxQueryBytes = 20_000

// parseQuery cuts a statement at :from and :to outside of strings, names and comments. It
// takes one statement that begins with SELECT or WITH. That it writes nothing is not
// concluded from its text: the transaction it runs in can only read.
func parseQuery(text string) (query, error) {
	text = strings.TrimSpace(text)
	bad := func(what words.Text) (query, error) { return query{}, badSetting("query", what) }
	switch {
	case text == "":
		return bad(words.T("SELECT 文を入れてください。", "Enter a SELECT statement."))
	case len(text) > maxQueryBytes:
		return bad(words.T("SELECT 文が長すぎます。", "The SELECT statement is too long."))
	case !utf8.ValidString(text) || strings.ContainsRune(text, 0):
		return bad(words.T("SELECT 文に読めない文字があります。", "The SELECT statement holds characters that cannot be read."))
	}
	var q query
	start, first, ended := 0, "", false
	for at := 0; at < len(text); {
		if end := skipQuoted(text, at); end > at {
			if end > len(text) {
				return bad(words.T("閉じていない引用符かコメントがあります。", "A quote or a comment is not closed."))
			}
			if !isComment(text[at:]) {
				if ended {
					return bad(oneStatement)
				}
				first = firstOr(first, text[at:end])
			}
			at = end
			continue
		}
		r, size := utf8.DecodeRuneInString(text[at:])
		switch {
		case r == ';':
			if !ended {
				text = text[:at] + " " + text[at+1:] // some drivers refuse it
			}
			ended = true
		case unicode.IsSpace(r):
		case ended:
			return bad(oneStatement)
		case r == ':' && strings.HasPrefix(text[at:], "::"):
			size = 2 // a cast
		case r == ':':
			if param := paramAt(text[at+1:]); param != "" {
				q.texts, q.params = append(q.texts, text[start:at]), append(q.params, param)
				size = 1 + len(param)
				start = at + size
			}
		case isWord(r):
			end := at
			for end < len(text) {
				r, n := utf8.DecodeRuneInString(text[end:])
				if !isWord(r) {
					break
				}
				end += n
			}
			first, size = firstOr(first, text[at:end]), end-at
		case r != '(':
			first = firstOr(first, string(r))
		}
		at += size
	}
	if first = strings.ToLower(first); first != "select" && first != "with" {
		return bad(words.T("SELECT か WITH で始まる文を1つだけ入れてください。", "Enter one statement that begins with SELECT or WITH."))
	}
	q.texts = append(q.texts, text[start:])
	return q, nil
}

var oneStatement = words.T("文は1つだけ入れてください。", "Enter one statement only.")

func firstOr(first, word string) string {
	if first != "" {
		return first
	}
	return word
}

func isWord(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }

func paramAt(text string) string {
	for _, param := range []string{"from", "to"} {
		if rest, found := strings.CutPrefix(text, param); found {
			if r, _ := utf8.DecodeRuneInString(rest); rest == "" || !isWord(r) {
				return param
			}
		}
	}
	return ""
}

func isComment(text string) bool {
	return strings.HasPrefix(text, "--") || strings.HasPrefix(text, "/*")
}

// skipQuoted finds the end of a string, a quoted name or a comment that begins here; the
// same place where none does, and beyond the text where it does not end.
func skipQuoted(text string, at int) int {
	beyond := len(text) + 1
	rest := text[at:]
	switch {
	case strings.HasPrefix(rest, "--"):
		if end := strings.IndexByte(rest, '\n'); end >= 0 {
			return at + end
		}
		return len(text)
	case strings.HasPrefix(rest, "/*"):
		if end := strings.Index(rest[2:], "*/"); end >= 0 {
			return at + end + 4
		}
		return beyond
	case rest[0] == '\'' || rest[0] == '"' || rest[0] == '`':
		quote := rest[0]
		for i := 1; i < len(rest); i++ {
			if rest[i] != quote {
				continue
			}
			if i+1 < len(rest) && rest[i+1] == quote {
				i++
				continue
			}
			return at + i + 1
		}
		return beyond
	case rest[0] == '$':
		tag := dollarTag(rest)
		if tag == "" {
			return at
		}
		if end := strings.Index(rest[len(tag):], tag); end >= 0 {
			return at + end + 2*len(tag)
		}
		return beyond
	}
	return at
}

// dollarTag is $$ or $tag$ at the beginning of a text.
func dollarTag(text string) string {
	for i := 1; i < len(text); i++ {
		if text[i] == '$' {
			return text[:i+1]
		}
		if c := rune(text[i]); !(c == '_' || c < utf8.RuneSelf && (unicode.IsLetter(c) || i > 1 && unicode.IsDigit(c))) {
			return ""
		}
	}
	return ""
}
