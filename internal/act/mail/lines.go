package mail

import (
	"fmt"
	"strconv"
	"strings"
)

// linesOf are the lines of a text that is read line by line.
func linesOf(text string) []string {
	return strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text), "\n")
}

// inlineLine reads one line of a field; what is wrong is told at its line of the field.
func (c *compiler) inlineLine(field string, n int, line string) []span {
	before := len(c.problems)
	spans := c.inline(field, line)
	for _, p := range c.problems[before:] {
		p.At.Line += n
	}
	return spans
}

// list is an item a line; empty lines are none. Numbers are written by the reader's
// program in HTML and by us in plain text.
func (c *compiler) list(field string, b Block) {
	tag, bullet := "ul", "・ "
	if b.Numbered {
		tag = "ol"
	}
	c.html.lit(fmt.Sprintf(`<%s class="ink" style="margin:0;padding:0 0 0 26px;font-family:%s;font-size:16px;line-height:%s;color:#1b1f24;text-align:left">`, tag, fonts, c.lineHeight()))
	number := 0
	for n, line := range linesOf(b.Text) {
		if strings.TrimSpace(line) == "" {
			continue
		}
		number++
		if b.Numbered {
			bullet = strconv.Itoa(number) + ". "
		}
		c.html.lit(`<li style="margin:0 0 6px 0">`)
		c.text.lit(bullet)
		c.spans(c.inlineLine(field+".text", n, line))
		c.html.lit("</li>\n")
		c.text.lit("\n")
	}
	c.html.lit("</", tag, ">")
	c.text.lit("\n")
}

// quote is somebody's words, with a line beside them and who said them below. The line is
// that of a cell: Outlook draws none beside anything else.
func (c *compiler) quote(field string, b Block) {
	c.html.lit(`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td style="border-left:4px solid `, c.accent(), `;padding:2px 0 2px 16px">`)
	c.html.lit(fmt.Sprintf(`<blockquote class="ink" style="margin:0;font-family:%s;font-size:16px;line-height:%s;color:#1b1f24">`, fonts, c.lineHeight()))
	for n, line := range linesOf(strings.TrimRight(b.Text, "\r\n")) {
		if n > 0 {
			c.html.lit("<br>\n")
		}
		c.text.lit("> ")
		c.spans(c.inlineLine(field+".text", n, line))
		c.text.lit("\n")
	}
	c.html.lit("</blockquote>")
	if strings.TrimSpace(b.By) != "" {
		c.html.lit(`<p class="soft" style="margin:8px 0 0 0;font-family:`, fonts, `;font-size:14px;line-height:1.5;color:#57606a">— `)
		c.text.lit("> — ")
		c.spans(c.inline(field+".by", b.By))
		c.html.lit("</p>")
		c.text.lit("\n")
	}
	c.html.lit("</td></tr></table>")
	c.text.lit("\n")
}
