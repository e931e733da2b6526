package mail

import (
	"net/url"
	"strings"

	"github.com/shirube/shirube/internal/words"
)

// span is a stretch of inline text.
type span struct {
	pieces []piece
	bold   bool
	link   []piece // where it leads; nil no link
}

// inline reads **bold** and [label](address) around holes. Whatever is not complete
// stays as it was typed: a lone asterisk or bracket is no mistake.
func (c *compiler) inline(field, source string) []span {
	pieces, problems := cut(field, source, c.known, c.names)
	c.problems = append(c.problems, problems...)
	if len(problems) > 0 {
		return nil
	}
	return c.bolds(field, source, pieces)
}

// join writes pieces back as one text in which a hole is one private sign, so that marks
// can be looked for across holes without mistaking what is in them for marks.
const holeSign = '\uE000'

func join(pieces []piece) (string, []*hole) {
	var b strings.Builder
	var holes []*hole
	for _, p := range pieces {
		if p.hole != nil {
			b.WriteRune(holeSign)
			holes = append(holes, p.hole)
		} else {
			b.WriteString(strings.ReplaceAll(p.text, string(holeSign), ""))
		}
	}
	return b.String(), holes
}

// split is the way back.
func split(text string, holes []*hole) ([]piece, []*hole) {
	var pieces []piece
	for text != "" {
		before, after, found := strings.Cut(text, string(holeSign))
		if before != "" {
			pieces = append(pieces, piece{text: before})
		}
		if !found {
			break
		}
		pieces, holes = append(pieces, piece{hole: holes[0]}), holes[1:]
		text = after
	}
	return pieces, holes
}

func (c *compiler) bolds(field, source string, pieces []piece) []span {
	text, holes := join(pieces)
	var spans []span
	add := func(text string, bold bool) {
		var made []span
		made, holes = c.anchors(field, source, text, holes)
		for i := range made {
			made[i].bold = bold
		}
		spans = append(spans, made...)
	}
	for {
		open := strings.Index(text, "**")
		if open < 0 {
			break
		}
		length := strings.Index(text[open+2:], "**")
		if length <= 0 || strings.Contains(text[open:open+2+length], "\n\n") {
			break // bold ends with its paragraph
		}
		add(text[:open], false)
		add(text[open+2:open+2+length], true)
		text = text[open+2+length+2:]
	}
	add(text, false)
	return spans
}

func (c *compiler) anchors(field, source, text string, holes []*hole) ([]span, []*hole) {
	var spans []span
	plain := func(text string) {
		if text == "" {
			return
		}
		var p []piece
		p, holes = split(text, holes)
		spans = append(spans, span{pieces: p})
	}
	rest := text
	for {
		middle := strings.Index(rest, "](")
		if middle < 0 {
			break
		}
		open := strings.LastIndexByte(rest[:middle], '[')
		end := strings.IndexByte(rest[middle:], ')')
		if open < 0 || end < 0 {
			break
		}
		plain(rest[:open])
		label, address := rest[open+1:middle], rest[middle+2:middle+end]
		var labelled, to []piece
		labelled, holes = split(label, holes)
		to, holes = split(address, holes)
		if len(labelled) == 0 {
			labelled = to
		}
		written, _, _ := strings.Cut(address, string(holeSign))
		c.checkAddress(field, source, max(strings.Index(source, "]("+written), 0), to)
		spans = append(spans, span{pieces: labelled, link: to})
		rest = rest[middle+end+1:]
	}
	plain(rest)
	return spans, holes
}

// schemes are where a link of a mail may lead.
var schemes = map[string]bool{"https": true, "http": true, "mailto": true, "tel": true}

// checkAddress refuses addresses that are none, and those whose host a value would decide.
func (c *compiler) checkAddress(field, source string, at int, pieces []piece) {
	text, _ := join(pieces)
	told := strings.ReplaceAll(text, string(holeSign), "{{…}}")
	u, err := url.Parse(strings.ReplaceAll(text, string(holeSign), "x"))
	wrong := err != nil || !schemes[strings.ToLower(u.Scheme)] || strings.ContainsAny(text, " \t\r\n\"<>\\`") || len(text) > maxURL
	web := !wrong && (u.Scheme == "https" || u.Scheme == "http")
	switch {
	case wrong || web && u.Host == "":
		c.problem(field, source, at, words.T("リンク先「%s」が正しくありません。", "The link “%s” is no address.", told),
			words.T("https:// から始まるアドレスを書いてください。mailto: と tel: も使えます。", "Write one that begins with https://; mailto: and tel: work as well."))
	case web && strings.ContainsRune(hostOf(text), holeSign):
		c.problem(field, source, at, words.T("リンク先のサイト名に差し込みは使えません。", "The site of a link cannot be filled in."),
			words.T("差し込みは「?」のあとやパスに使ってください。", "Fill in the path, or what comes after “?”."))
	}
}

// hostOf is what stands between // and the next slash.
func hostOf(address string) string {
	_, after, _ := strings.Cut(address, "://")
	if end := strings.IndexAny(after, "/?#"); end >= 0 {
		return after[:end]
	}
	return after
}
