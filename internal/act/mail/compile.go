package mail

import (
	"fmt"
	"strings"

	"github.com/shirube/shirube/internal/words"
)

// Compile reads a template and makes it ready. properties are the keys contacts have
// beside the standard ones; "*" takes any. Everything that is wrong is told at once, each with block,
// line, column and mend; the error is words.Problems.
func Compile(t Template, legal Legal, properties []string) (*Compiled, error) {
	c := &compiler{template: t, legal: legal, properties: map[string]bool{}}
	for _, key := range append(append([]string{}, Standard...), properties...) {
		c.properties[key] = true
	}
	c.names = append(c.names, Standard...)
	c.names = append(c.names, properties...)
	c.checkHead()
	c.problems = append(c.problems, legal.Missing(t.Stream)...)
	subject, problems := cut("subject", c.template.Subject, c.known, c.names)
	c.problems = append(c.problems, problems...)
	preheader, problems := cut("preheader", OneLine(c.template.Preheader), c.known, c.names)
	c.problems = append(c.problems, problems...)
	c.pageHead(subject, preheader)
	c.blocks("blocks", c.template.Blocks, false)
	c.footer()
	if len(c.problems) > 0 {
		return nil, c.problems
	}
	made := &Compiled{Stream: t.Stream, Topic: t.Topic, Subject: t.Subject, addresses: c.addresses, Links: c.links}
	made.subject.pieces(subject, asText)
	made.subject.finish()
	c.html.finish()
	c.text.finish()
	made.html, made.text = c.html, c.text
	return made, nil
}

// blocks writes a list of blocks, one row of the table each.
func (c *compiler) blocks(path string, list []Block, nested bool) {
	for i, b := range list {
		field := blockField(path, i)
		if !c.checkBlock(field, b, nested) {
			// What is wrong inside is told as well, so that one round of mending is enough.
			c.inlineOnly(field, b)
			continue
		}
		c.block(field, b, nested)
	}
}

func (c *compiler) inlineOnly(field string, b Block) {
	if b.Text != "" {
		c.inline(field+".text", b.Text)
	}
	if b.By != "" {
		c.inline(field+".by", b.By)
	}
	if b.URL != "" {
		c.address(field+".url", b.URL)
	}
}

func (c *compiler) block(field string, b Block, nested bool) {
	if !nested {
		c.html.lit(`<tr><td class="pad" style="padding:0 32px 20px 32px;`, alignStyle(b.Align), `">`)
		defer c.html.lit("</td></tr>\n")
	} else {
		c.html.lit(`<div style="padding:0 0 16px 0;`, alignStyle(b.Align), `">`)
		defer c.html.lit("</div>")
	}
	switch b.Kind {
	case Heading:
		c.heading(field, b)
	case Text:
		c.paragraphs(field, b)
	case List:
		c.list(field, b)
	case Quote:
		c.quote(field, b)
	case Button:
		c.button(field, b)
	case Image:
		c.image(field, b)
	case Divider:
		c.html.lit(`<div style="border-top:1px solid #d0d7de;font-size:0;line-height:0">&nbsp;</div>`)
		c.text.lit(strings.Repeat("─", 20), "\n\n")
	case Spacer:
		height := b.Height
		if height == 0 {
			height = 24
		}
		c.html.lit(fmt.Sprintf(`<div style="height:%dpx;line-height:%dpx;font-size:0">&nbsp;</div>`, height, height))
	case Columns:
		c.columns(field, b)
	}
}

func alignStyle(align string) string {
	if align == "" || align == "left" {
		return "text-align:left"
	}
	return "text-align:" + align
}

// address makes a link of an address and gives its number.
func (c *compiler) address(field, source string) int {
	pieces, problems := cut(field, source, c.known, c.names)
	c.problems = append(c.problems, problems...)
	if len(problems) > 0 {
		return 0
	}
	c.checkAddress(field, source, 0, pieces)
	return c.linkTo(pieces, source)
}

// linkTo numbers an address. The same address at two places is two links: which of them
// was followed is worth knowing.
func (c *compiler) linkTo(pieces []piece, source string) int {
	var p program
	p.pieces(pieces, asQuery)
	p.finish()
	c.addresses = append(c.addresses, p)
	c.links = append(c.links, source)
	return len(c.addresses) - 1
}

// sourceOf writes pieces as their author did.
func sourceOf(pieces []piece) string {
	var b strings.Builder
	for _, p := range pieces {
		if p.hole != nil {
			b.WriteString("{{" + p.hole.key + "|" + p.hole.fallback + "}}")
		} else {
			b.WriteString(p.text)
		}
	}
	return b.String()
}

func (c *compiler) say(ja, en string) string {
	if c.template.Lang == string(words.EN) {
		return en
	}
	return ja
}
