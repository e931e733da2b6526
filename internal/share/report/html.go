package report

import (
	"fmt"
	"math"
	"strings"

	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/words"
)

// The colours of the screens on light paper; mail programs know no variables.
const (
	paper, card, ink, quiet, second        = "#fbfaf7", "#ffffff", "#1f2328", "#62615c", "#3e4145"
	hairline, sunk, track                  = "#e5e2d9", "#f3f1eb", "#e5e2d9"
	accent, wash                           = "#1f4e8c", "#eef3f9"
	met, behind, missed, early             = "#17754f", "#975a00", "#b3261e", "#62666e"
	fontsJA                                = "'Hiragino Sans','Hiragino Kaku Gothic ProN','Noto Sans JP','Yu Gothic',Meiryo,sans-serif"
	fontsEN                                = "-apple-system,'Segoe UI','Helvetica Neue',Arial,'Noto Sans JP',sans-serif"
	bold, plain                     string = "600", "400"
)

// MarkColour is the colour of a status on light paper; its sign and word stand beside it.
func MarkColour(mark string) string {
	switch mark {
	case insight.StatusMet:
		return met
	case insight.StatusOnPace:
		return accent
	case insight.StatusBehind:
		return behind
	case insight.StatusMissed:
		return missed
	}
	return early
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;")

func escape(s string) string { return escaper.Replace(s) }

// HTML is the page as a mail: tables and inline styles alone, no picture, no script, nothing
// fetched, so that every mail program shows it as it is.
func (s Sheet) HTML(f Frame) string {
	p := &painter{sheet: s, frame: f, fonts: fontsJA}
	if s.Lang == words.EN {
		p.fonts = fontsEN
	}
	p.head()
	p.verdict()
	p.goal()
	p.section(s.Changed)
	if len(s.Decided.Lines) > 0 {
		p.section(s.Decided)
	}
	p.section(s.Asks)
	p.section(s.Together)
	p.numbers()
	p.ways()
	p.terms()
	p.foot()
	return p.b.String()
}

type painter struct {
	sheet Sheet
	frame Frame
	fonts string
	b     strings.Builder
}

func (p *painter) put(format string, args ...any) { fmt.Fprintf(&p.b, format, args...) }

// style is the style of a text: its size in pixels, weight, colour and line height.
func (p *painter) style(size int, weight, colour string, height string) string {
	return fmt.Sprintf("font-family:%s;font-size:%dpx;font-weight:%s;color:%s;line-height:%s;", p.fonts, size, weight, colour, height)
}

func (p *painter) say(ja, en string) string { return words.T(ja, en).In(p.sheet.Lang) }

func (p *painter) head() {
	s := p.sheet
	p.put(`<!DOCTYPE html><html lang="%s"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light"><meta name="supported-color-schemes" content="light"><title>%s</title></head>`, s.Lang, escape(s.Subject()))
	p.put(`<body style="margin:0;padding:0;background:%s;" bgcolor="%s">`, paper, paper)
	// What the list of mails shows beside the subject.
	p.put(`<div style="display:none;max-height:0;overflow:hidden;font-size:1px;line-height:1px;color:%s;">%s</div>`, paper, escape(Plain(s.Headline)))
	p.put(`<table role="presentation" width="100%%" cellpadding="0" cellspacing="0" border="0" bgcolor="%s" style="background:%s;"><tr><td align="center" style="padding:24px 12px;">`, paper, paper)
	p.put(`<table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0" style="width:100%%;max-width:600px;">`)
	p.put(`<tr><td style="padding:0 8px 16px;"><div style="%s">%s</div>`, p.style(14, plain, quiet, "1.6"), escape(s.Workspace))
	p.put(`<h1 style="margin:2px 0 0;%s">%s</h1>`, p.style(22, bold, ink, "1.4"), escape(s.Title))
	p.put(`<div style="%s">%s</div></td></tr>`, p.style(13, plain, quiet, "1.6"), escape(s.Model+p.say("・", " · ")+s.Dates))
	if p.frame.Note != "" {
		p.put(`<tr><td style="padding:12px 16px;background:%s;border-left:3px solid %s;%s" bgcolor="%s">%s</td></tr><tr><td style="height:16px;font-size:0;line-height:0;">&nbsp;</td></tr>`,
			wash, accent, p.style(14, plain, ink, "1.7"), wash, strings.ReplaceAll(escape(p.frame.Note), "\n", "<br>"))
	}
}

// mark is the sign of a status in its colour.
func (p *painter) mark(mark string, size int) string {
	return fmt.Sprintf(`<span style="color:%s;font-size:%dpx;font-weight:600;">%s</span>`, MarkColour(mark), size, Sign(mark))
}

func (p *painter) runs(list []Run) string {
	var b strings.Builder
	for _, r := range list {
		if r.Strong {
			b.WriteString(`<b style="font-weight:600;">` + escape(r.Text) + `</b>`)
			continue
		}
		b.WriteString(escape(r.Text))
	}
	return b.String()
}

func (p *painter) verdict() {
	s := p.sheet
	p.put(`<tr><td style="padding:0 8px 16px;"><div style="%s">%s <span style="color:%s;">%s</span></div>`, p.style(16, bold, ink, "1.5"), p.mark(s.Mark, 18), MarkColour(s.Mark), escape(s.MarkWord))
	p.put(`<div style="margin-top:4px;%s">%s</div></td></tr>`, p.style(17, plain, ink, "1.7"), p.runs(s.Headline))
}

// open and close stand around a card.
func (p *painter) open() {
	p.put(`<tr><td bgcolor="%s" style="background:%s;border:1px solid %s;border-radius:8px;padding:20px;">`, card, card, hairline)
}

func (p *painter) shut() {
	p.put(`</td></tr><tr><td style="height:16px;font-size:0;line-height:0;">&nbsp;</td></tr>`)
}

func (p *painter) goal() {
	g := p.sheet.Goal
	p.open()
	p.put(`<div style="%s">%s</div><div style="%s">%s</div>`, p.style(12, plain, quiet, "1.5"), escape(g.Label), p.style(16, bold, ink, "1.5"), escape(g.Name))
	if g.Value != "" {
		p.put(`<div style="margin-top:6px;"><span style="%s">%s</span> <span style="%s">%s</span>`, p.style(40, bold, ink, "1.1"), escape(g.Value), p.style(15, plain, second, "1.1"), escape(g.Unit))
		if g.Target != "" {
			p.put(` <span style="%s">/ %s</span>`, p.style(16, plain, second, "1.1"), escape(g.Target))
		}
		p.put(`</div>`)
	} else if g.Target != "" {
		p.put(`<div style="%s">%s</div>`, p.style(22, bold, ink, "1.4"), escape(g.Target))
	}
	if g.By != "" {
		p.put(`<div style="margin-top:2px;%s">%s</div>`, p.style(13, plain, quiet, "1.6"), escape(g.By))
	}
	p.bar(g)
	if g.Pace != "" {
		colour := quiet
		if g.GapGood != nil {
			colour = map[bool]string{true: met, false: missed}[*g.GapGood]
		}
		p.put(`<div style="margin-top:6px;%s">%s <b style="font-weight:600;color:%s;">%s</b></div>`, p.style(13, plain, quiet, "1.6"), escape(g.Pace), colour, escape(g.Gap))
	}
	p.ahead(g)
	if len(g.Since) > 0 {
		p.put(`<div style="margin-top:14px;padding-top:12px;border-top:1px solid %s;%s">%s</div>`, hairline, p.style(14, plain, ink, "1.7"), p.runs(g.Since))
	}
	p.shut()
}

// bar is drawn with cells of a table: the only drawing that every mail program knows.
func (p *painter) bar(g Goal) {
	if g.Bar == nil {
		return
	}
	full := int(math.Round(g.Bar.Value * 100))
	pace := -1
	if g.Bar.Pace != nil {
		pace = min(99, max(0, int(math.Round(*g.Bar.Pace*100))))
	}
	p.put(`<table role="presentation" width="100%%" cellpadding="0" cellspacing="0" border="0" style="margin-top:14px;"><tr>`)
	colour := accent
	if p.sheet.Mark == insight.StatusBehind || p.sheet.Mark == insight.StatusMissed {
		colour = MarkColour(p.sheet.Mark)
	}
	cell := func(width int, colour string) {
		if width > 0 {
			p.put(`<td width="%d%%" bgcolor="%s" style="background:%s;height:10px;font-size:0;line-height:0;">&nbsp;</td>`, width, colour, colour)
		}
	}
	tick := func(colour string) {
		p.put(`<td width="3" bgcolor="%s" style="background:%s;width:3px;height:10px;font-size:0;line-height:0;">&nbsp;</td>`, colour, colour)
	}
	switch {
	case pace < 0:
		cell(full, colour)
		cell(100-full, track)
	case pace <= full:
		cell(pace, colour)
		tick(card)
		cell(full-pace, colour)
		cell(100-full, track)
	default:
		cell(full, colour)
		cell(pace-full, track)
		tick(ink)
		cell(100-pace, track)
	}
	p.put(`</tr></table>`)
}

func (p *painter) ahead(g Goal) {
	if g.ChanceWords == "" && g.Land == "" {
		return
	}
	p.put(`<table role="presentation" width="100%%" cellpadding="0" cellspacing="0" border="0" style="margin-top:14px;border-top:1px solid %s;"><tr>`, hairline)
	p.put(`<td valign="top" style="padding-top:12px;"><div style="%s">%s</div>`, p.style(12, plain, quiet, "1.5"), escape(g.ChanceLabel))
	if g.Chance != "" {
		p.put(`<div style="%s">%s</div>`, p.style(22, bold, ink, "1.3"), escape(g.Chance))
	}
	if g.Dots != nil {
		p.put(`<div style="font-size:13px;line-height:1.4;letter-spacing:2px;color:%s;">%s<span style="color:#8b8880;">%s</span></div>`, accent, strings.Repeat("●", *g.Dots), strings.Repeat("○", 10-*g.Dots))
	}
	p.put(`<div style="%s">%s</div></td>`, p.style(13, plain, second, "1.6"), escape(g.ChanceWords))
	if g.Land != "" {
		p.put(`<td valign="top" align="right" style="padding-top:12px;padding-left:12px;"><div style="%s">%s</div><div style="%s">%s</div></td>`,
			p.style(12, plain, quiet, "1.5"), escape(g.LandLabel), p.style(22, bold, ink, "1.3"), escape(g.Land))
	}
	p.put(`</tr></table>`)
}

func (p *painter) section(of Section) {
	if len(of.Lines) == 0 && of.None == "" {
		return
	}
	p.open()
	p.put(`<h2 style="margin:0;%s">%s</h2>`, p.style(15, bold, ink, "1.5"), escape(of.Title))
	if len(of.Lines) == 0 {
		p.put(`<div style="margin-top:6px;%s">%s</div>`, p.style(14, plain, quiet, "1.7"), escape(of.None))
	}
	lead := ""
	for i, l := range of.Lines {
		border := ""
		if i > 0 {
			border = "border-top:1px solid " + hairline + ";padding-top:10px;"
		}
		p.put(`<div style="margin-top:10px;%s">`, border)
		if l.Lead != "" && l.Lead != lead {
			p.put(`<div style="%s">`, p.style(12, plain, quiet, "1.6"))
			if l.Mark != "" {
				p.put(`%s `, p.mark(l.Mark, 13))
			}
			p.put(`%s</div>`, escape(l.Lead))
		}
		lead = l.Lead
		p.put(`<div style="%s">%s</div>`, p.style(15, plain, ink, "1.7"), p.runs(l.Text))
		if l.Note != "" {
			p.put(`<div style="margin-top:2px;%s">%s</div>`, p.style(13, plain, quiet, "1.7"), escape(l.Note))
		}
		if l.Button != "" && p.frame.Address != "" {
			p.put(`<div style="margin-top:6px;"><a href="%s" style="%stext-decoration:underline;">%s</a></div>`, escape(p.frame.Address+l.Path), p.style(14, bold, accent, "1.6"), escape(l.Button))
		}
		p.put(`</div>`)
	}
	p.shut()
}

func (p *painter) numbers() {
	n := p.sheet.Numbers
	p.open()
	p.put(`<h2 style="margin:0;%s">%s</h2>`, p.style(15, bold, ink, "1.5"), escape(n.Title))
	if len(n.Rows) == 0 {
		p.put(`<div style="margin-top:6px;%s">%s</div>`, p.style(14, plain, quiet, "1.7"), escape(n.None))
		p.shut()
		return
	}
	p.put(`<table width="100%%" cellpadding="0" cellspacing="0" border="0" style="margin-top:8px;border-collapse:collapse;"><tr>`)
	for i, head := range n.Heads[:2] {
		p.put(`<th scope="col" align="%s" style="padding:0 0 4px;%s">%s</th>`, []string{"left", "right"}[i], p.style(12, plain, quiet, "1.5"), escape(head))
	}
	p.put(`</tr>`)
	for _, r := range n.Rows {
		focus := ""
		if r.Focus {
			focus = fmt.Sprintf(` <span style="%s">%s</span>`, p.style(12, plain, accent, "1.5"), escape(p.say("注力", "Focus")))
		}
		p.put(`<tr><td valign="top" style="padding:8px 8px 8px 0;border-top:1px solid %s;"><div style="%s">%s %s%s</div><div style="%s">%s</div></td>`,
			hairline, p.style(14, bold, ink, "1.6"), p.mark(r.Mark, 14), escape(r.Name), focus, p.style(12, plain, quiet, "1.6"), escape(r.Note))
		p.put(`<td valign="top" align="right" style="padding:8px 0;border-top:1px solid %s;white-space:nowrap;"><div style="%s">%s</div>`, hairline, p.style(15, bold, ink, "1.6"), escape(r.Value))
		if r.Pace != "" {
			p.put(`<div style="%s">%s %s</div>`, p.style(12, plain, quiet, "1.6"), escape(n.Heads[2]), escape(r.Pace))
		}
		if r.Change != "" {
			colour := quiet
			if r.Good != nil {
				colour = map[bool]string{true: met, false: missed}[*r.Good]
			}
			p.put(`<div style="%s">%s</div>`, p.style(12, plain, colour, "1.6"), escape(r.Change))
		}
		p.put(`</td></tr>`)
	}
	p.put(`</table>`)
	p.shut()
}

// ways are the buttons: look closer, ask.
func (p *painter) ways() {
	if p.frame.Address == "" {
		if p.frame.Ask != "" {
			p.put(`<tr><td style="padding:4px 8px 20px;"><a href="%s" style="display:inline-block;padding:10px 18px;border:1px solid #cdc9be;border-radius:6px;%stext-decoration:none;">%s</a></td></tr>`,
				escape(p.frame.Ask), p.style(15, plain, accent, "1.3"), escape(p.say("質問する", "Ask a question")))
		}
		return
	}
	p.put(`<tr><td style="padding:4px 8px 20px;"><table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr>`)
	p.put(`<td bgcolor="%s" style="background:%s;border-radius:6px;"><a href="%s" style="display:inline-block;padding:11px 20px;%stext-decoration:none;">%s</a></td>`,
		accent, accent, escape(p.frame.Address+"/share"), p.style(15, bold, "#ffffff", "1.3"), escape(p.say("画面でくわしく見る", "See it on the screen")))
	p.put(`<td width="12">&nbsp;</td><td style="border:1px solid #cdc9be;border-radius:6px;"><a href="%s" style="display:inline-block;padding:10px 18px;%stext-decoration:none;">%s</a></td>`,
		escape(p.frame.Address+"/share/questions"), p.style(15, plain, accent, "1.3"), escape(p.say("質問する", "Ask a question")))
	p.put(`</tr></table></td></tr>`)
}

func (p *painter) terms() {
	t := p.sheet.Terms
	p.put(`<tr><td bgcolor="%s" style="background:%s;border-radius:8px;padding:16px 20px;"><div style="%s">%s</div>`, sunk, sunk, p.style(13, bold, second, "1.6"), escape(t.Title))
	for _, l := range t.Lines {
		p.put(`<div style="margin-top:4px;%s"><b style="font-weight:600;">%s</b> %s</div>`, p.style(12, plain, second, "1.7"), escape(l.Lead), escape(Plain(l.Text)))
	}
	p.put(`</td></tr>`)
}

func (p *painter) foot() {
	if p.frame.Because != "" || p.frame.Stop != "" {
		p.put(`<tr><td style="padding:16px 8px 0;%s">%s`, p.style(12, plain, quiet, "1.7"), escape(p.frame.Because))
		if p.frame.Stop != "" {
			p.put(` <a href="%s" style="color:%s;">%s</a>`, escape(p.frame.Stop), quiet, escape(p.say("このメールを受け取らない", "Stop these mails")))
		}
		p.put(`</td></tr>`)
	}
	p.put(`</table></td></tr></table></body></html>`)
}
