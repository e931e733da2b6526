package mail

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"
)

// The page is one table of 600 pixels, styled in place: Outlook for Windows lays out with
// the engine of Word, Gmail drops style sheets of mails it thinks are too large, and the
// mail applications of Japanese phones take widths literally. What a style sheet adds
// (dark colours, columns under each other on a phone) is extra.
const (
	defaultAccent = "#1f6feb"
	// pageRoom is what is left of the page's 600 pixels between its margins, columnGap what
	// parts columns.
	pageRoom, columnGap = 536, 8
	// fonts names those that draw kanji on each system; without them Windows falls back
	// to one made for English.
	fonts = `'Hiragino Sans','Yu Gothic',Meiryo,'Noto Sans JP','Segoe UI',sans-serif`
)

// lineHeight is larger for Japanese: its signs fill the whole height of a line.
func (c *compiler) lineHeight() string { return c.say("1.8", "1.6") }

func (c *compiler) accent() string {
	if c.template.Accent != "" {
		return c.template.Accent
	}
	return defaultAccent
}

// pageHead opens the page.
func (c *compiler) pageHead(subject, preheader []piece) {
	h := &c.html
	h.lit(`<!DOCTYPE html>
<html lang="`, c.say("ja", "en"), `" xmlns="http://www.w3.org/1999/xhtml" xmlns:o="urn:schemas-microsoft-com:office:office">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="x-apple-disable-message-reformatting">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>`)
	h.pieces(subject, asHTML)
	h.lit(`</title>
<!--[if mso]><xml><o:OfficeDocumentSettings><o:AllowPNG/><o:PixelsPerInch>96</o:PixelsPerInch></o:OfficeDocumentSettings></xml><style>table{border-collapse:collapse}td,div,p,a,h1,h2,h3{font-family:Meiryo,'Yu Gothic',sans-serif!important}</style><![endif]-->
<style>
:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (max-width:620px){.page{width:100%!important}.pad{padding-left:20px!important;padding-right:20px!important}.col{display:block!important;width:100%!important;max-width:100%!important}}
@media (prefers-color-scheme:dark){.back{background-color:#14181d!important}.card{background-color:#1e242b!important}.ink,.ink p,.ink h1,.ink h2,.ink h3{color:#e6edf3!important}.soft{color:#9aa7b4!important}.ink a,.soft a{color:#79b8ff!important}}
</style>
</head>
<body class="back" style="margin:0;padding:0;background-color:#f3f5f7;word-break:normal;overflow-wrap:anywhere;-webkit-text-size-adjust:100%">
<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">`)
	h.pieces(preheader, asHTML)
	h.lit(strings.Repeat("&#8199;&#847;", 30), "</div>\n")
	h.put(step{section: sectionHoney})
	h.lit(`<table role="presentation" class="back" width="100%" cellpadding="0" cellspacing="0" border="0" style="background-color:#f3f5f7"><tr><td align="center" style="padding:24px 8px">
<!--[if mso]><table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->
<table role="presentation" class="page card" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;background-color:#ffffff;border-radius:8px">
<tr><td style="height:32px;line-height:32px;font-size:0">&nbsp;</td></tr>
`)
	if c.template.Promotion {
		mark := c.say("広告・宣伝", "Advertisement")
		h.lit(`<tr><td class="pad soft" style="padding:0 32px 12px 32px;font-family:`, fonts, `;font-size:12px;line-height:1.5;color:#57606a">`, mark, "</td></tr>\n")
		c.text.lit("[", mark, "]\n\n")
	}
}

// footer closes the page with what the law wants. It is written here and nowhere else: no
// template can go without it.
func (c *compiler) footer() {
	h, t := &c.html, &c.text
	h.lit(`<tr><td style="height:12px;line-height:12px;font-size:0">&nbsp;</td></tr></table>
<!--[if mso]></td></tr></table><![endif]-->
<!--[if mso]><table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px"><tr><td class="pad soft" style="padding:20px 32px;font-family:`, fonts, `;font-size:12px;line-height:`, c.lineHeight(), `;color:#57606a;text-align:left">
`)
	t.lit(strings.Repeat("─", 20), "\n")
	line := func(text string) {
		if text = OneLine(text); text != "" {
			h.lit(escapeHTML(text), "<br>\n")
			t.lit(text, "\n")
		}
	}
	sender, agent := OneLine(c.legal.Sender), OneLine(c.legal.Agent)
	if c.template.Stream == Marketing {
		if agent != "" {
			sender = c.say("送信委託者: "+sender+" / 送信者: "+agent, "On behalf of "+sender+", sent by "+agent)
		} else {
			sender = c.say("送信者: ", "Sent by: ") + sender
		}
	}
	line(sender)
	line(c.legal.Postal)
	if contact := OneLine(c.legal.Contact); contact != "" {
		line(c.say("お問い合わせ・苦情の受付: ", "Questions and complaints: ") + contact)
	}
	line(c.legal.Trade)
	if c.template.Stream == Marketing {
		refuse := c.say("今後このようなメールが不要な方は、いつでも配信を停止できます。", "You may refuse these mails at any time.")
		stop := c.say("配信を停止する", "Unsubscribe")
		choose := c.say("受け取るメールを選ぶ", "Choose what you receive")
		h.lit(refuse, ` <a href="`)
		h.put(step{section: sectionUnsubscribe})
		h.lit(`" style="color:`, c.accent(), `">`, stop, `</a> / <a href="`)
		h.put(step{section: sectionPreferences})
		h.lit(`" style="color:`, c.accent(), `">`, choose, "</a><br>\n")
		t.lit(refuse, "\n", stop, ": ")
		t.put(step{section: sectionUnsubscribe})
		t.lit("\n", choose, ": ")
		t.put(step{section: sectionPreferences})
		t.lit("\n")
	}
	h.lit("</td></tr></table>\n<!--[if mso]></td></tr></table><![endif]-->\n</td></tr></table>\n")
	h.put(step{section: sectionPixel})
	h.lit("</body>\n</html>\n")
}

func (c *compiler) heading(field string, b Block) {
	level := b.Level
	if level == 0 {
		level = 2
	}
	size := map[int]int{1: 26, 2: 20, 3: 16}[level]
	spans := c.inline(field+".text", b.Text)
	c.html.lit(fmt.Sprintf(`<h%d class="ink" style="margin:0;font-family:%s;font-size:%dpx;line-height:1.4;font-weight:700;color:#1b1f24">`, level, fonts, size))
	c.text.lit(map[int]string{1: "■ ", 2: "■ ", 3: "● "}[level])
	c.spans(spans)
	c.html.lit(fmt.Sprintf("</h%d>", level))
	c.text.lit("\n\n")
}

var manyBreaks = regexp.MustCompile(`\n{3,}`)

// paragraphs are parted by an empty line; a single line break stays one.
func (c *compiler) paragraphs(field string, b Block) {
	source := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(b.Text)
	spans := c.inline(field+".text", source)
	open := fmt.Sprintf(`<p class="ink" style="margin:0 0 1em 0;font-family:%s;font-size:16px;line-height:%s;color:#1b1f24">`, fonts, c.lineHeight())
	breaks := strings.NewReplacer("\n\n", "</p>\n"+open, "\n", "<br>\n")
	c.html.lit(open)
	for i, s := range spans {
		for k := range s.pieces {
			p := &s.pieces[k]
			p.text = manyBreaks.ReplaceAllString(p.text, "\n\n")
			if i == 0 && k == 0 {
				p.text = strings.TrimLeft(p.text, "\n")
			}
			if i == len(spans)-1 && k == len(s.pieces)-1 {
				p.text = strings.TrimRight(p.text, "\n")
			}
		}
		c.span(s, breaks)
	}
	c.html.lit("</p>")
	c.text.lit("\n\n")
}

// spans writes inline text into both parts.
func (c *compiler) spans(list []span) {
	for _, s := range list {
		c.span(s, oneLine)
	}
}

var oneLine = strings.NewReplacer("\n", " ")

// span writes one stretch; breaks says what a line break is in HTML.
func (c *compiler) span(s span, breaks *strings.Replacer) {
	if s.bold {
		c.html.lit("<strong>")
		defer c.html.lit("</strong>")
	}
	if s.link == nil {
		c.broken(s.pieces, breaks)
		c.text.pieces(s.pieces, asText)
		return
	}
	n := c.linkTo(s.link, sourceOf(s.link))
	c.html.lit(`<a href="`)
	c.html.put(step{section: sectionLink, link: n})
	c.html.lit(`" style="color:`, c.accent(), `;text-decoration:underline">`)
	c.broken(s.pieces, oneLine)
	c.html.lit("</a>")
	c.text.pieces(s.pieces, asText)
	c.text.lit(" ( ")
	c.text.put(step{section: sectionLink, link: n})
	c.text.lit(" )")
}

func (c *compiler) broken(pieces []piece, breaks *strings.Replacer) {
	for _, p := range pieces {
		if p.hole != nil {
			c.html.put(step{hole: p.hole, escape: asHTML})
		} else {
			c.html.lit(breaks.Replace(escapeHTML(p.text)))
		}
	}
}

// button is a cell with a colour: Outlook does not pad links.
func (c *compiler) button(field string, b Block) {
	n := c.address(field+".url", b.URL)
	spans := c.inline(field+".text", b.Text)
	align := b.Align
	if align == "" {
		align = "left"
	}
	c.html.lit(`<table role="presentation" cellpadding="0" cellspacing="0" border="0" align="`, align, `"><tr><td align="center" bgcolor="`, c.accent(), `" style="border-radius:6px;background-color:`, c.accent(), `;mso-padding-alt:13px 28px"><a href="`)
	c.html.put(step{section: sectionLink, link: n})
	c.html.lit(`" style="display:inline-block;padding:13px 28px;font-family:`, fonts, `;font-size:16px;line-height:1.4;font-weight:700;color:#ffffff;text-decoration:none">`)
	c.text.lit("▶ ")
	for _, s := range spans {
		c.html.pieces(s.pieces, asHTML)
		c.text.pieces(s.pieces, asText)
	}
	c.html.lit("</a></td></tr></table>")
	c.text.lit("\n")
	c.text.put(step{section: sectionLink, link: n})
	c.text.lit("\n\n")
}

func (c *compiler) image(field string, b Block) {
	// Outlook takes the attribute, whatever the style says: a picture must not be wider than
	// where it stands.
	width := min(cmp.Or(b.Width, pageRoom), cmp.Or(c.room, pageRoom))
	spans := c.inline(field+".text", b.Text)
	n := -1
	if b.URL != "" {
		n = c.address(field+".url", b.URL)
		c.html.lit(`<a href="`)
		c.html.put(step{section: sectionLink, link: n})
		c.html.lit(`">`)
	}
	c.html.lit(fmt.Sprintf(`<img src="%s" width="%d" alt="`, escapeHTML(b.Src), width))
	c.text.lit("[")
	for _, s := range spans {
		c.html.pieces(s.pieces, asHTML)
		c.text.pieces(s.pieces, asText)
	}
	c.html.lit(fmt.Sprintf(`" style="display:inline-block;border:0;width:100%%;max-width:%dpx;height:auto">`, width))
	c.text.lit("]\n")
	if n >= 0 {
		c.html.lit("</a>")
		c.text.put(step{section: sectionLink, link: n})
		c.text.lit("\n")
	}
	c.text.lit("\n")
}

// columns are cells beside each other; the style sheet puts them under one another on a
// phone.
func (c *compiler) columns(field string, b Block) {
	share := 100 / len(b.Columns)
	c.room = pageRoom/len(b.Columns) - columnGap
	defer func() { c.room = 0 }()
	c.html.lit(`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr>`)
	for i, list := range b.Columns {
		c.html.lit(fmt.Sprintf(`<td class="col" width="%d%%" valign="top" style="width:%d%%;padding:0 %dpx 0 0">`, share, share, columnGap))
		c.blocks(fmt.Sprintf("%s.columns[%d]", field, i), list, true)
		c.html.lit("</td>")
	}
	c.html.lit("</tr></table>")
}
