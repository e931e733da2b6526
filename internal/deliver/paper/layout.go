package paper

import (
	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/share/report"
)

// all draws the page from top to bottom, in the order of the screen.
func (p *pen) all() {
	s := p.sheet
	p.said(left, right-left, s.Workspace, small, 13, quiet)
	p.para(left, right-left, []report.Run{{Text: s.Title, Strong: true}}, 19, 27, ink)
	p.said(left, right-left, s.Model+p.say("・", " · ")+s.Dates, small, 13, quiet)
	p.y += 12
	p.mark(left, p.y+1, 13, s.Mark)
	p.plain(left+18, p.y+12, s.MarkWord, heading, bold, report.MarkColour(s.Mark))
	p.y += 19
	p.para(left, right-left, s.Headline, 12.5, 20, ink)
	p.y += 8
	p.across()
	p.y += 10
	p.goal()
	p.across()
	p.y += 12
	p.columns()
	p.together()
	p.numbers()
	p.terms()
}

// goal draws the KGI: its figures on the left, its road on the right.
func (p *pen) goal() {
	const aside = left + column + between
	since := func() { p.para(aside, column, p.sheet.Goal.Since, text, 15, ink) }
	below := p.measured(since)
	height := max(p.measured(p.figures), below+100)
	p.room(height)
	begin := p.y
	p.figures()
	road := min(height-below-16, 165)
	p.road(aside, begin+4, column, road)
	p.y = begin + road + 8
	since()
	p.y = begin + height
}

func (p *pen) figures() {
	g := p.sheet.Goal
	p.said(left, column, g.Label, tiny, 12, quiet)
	p.para(left, column, []report.Run{{Text: g.Name, Strong: true}}, name, 17, ink)
	if g.Value != "" {
		p.y += 2
		base := p.y + 28
		p.plain(left, base, g.Value, figure, bold, ink)
		at := left + p.width(g.Value, figure, bold) + 4
		p.plain(at, base, g.Unit, heading, regular, second)
		if g.Target != "" {
			p.plain(at+p.width(g.Unit, heading, regular)+8, base, "/ "+g.Target, heading, regular, second)
		}
		p.y += 36
	} else if g.Target != "" {
		p.para(left, column, []report.Run{{Text: g.Target, Strong: true}}, 15, 22, ink)
	}
	p.said(left, column, g.By, small, 12, quiet)
	p.bar(g)
	if g.Pace != "" {
		colour := quiet
		if g.GapGood != nil {
			colour = map[bool]string{true: good, false: bad}[*g.GapGood]
		}
		p.plain(left, p.y+10, g.Pace, small, regular, quiet)
		p.plain(left+p.width(g.Pace, small, regular)+6, p.y+10, g.Gap, small, bold, colour)
		p.y += 17
	}
	p.ahead(g)
	p.y += 9
}

func (p *pen) bar(g report.Goal) {
	if g.Bar == nil {
		return
	}
	colour := accent
	if p.sheet.Mark == insight.StatusBehind || p.sheet.Mark == insight.StatusMissed {
		colour = report.MarkColour(p.sheet.Mark)
	}
	p.y += 7
	p.box(left, p.y, column, 5.5, track)
	p.box(left, p.y, column*g.Bar.Value, 5.5, colour)
	if g.Bar.Pace != nil {
		at := left + column**g.Bar.Pace
		p.box(at-1.7, p.y-2.5, 3.4, 10.5, "#ffffff")
		p.box(at-0.7, p.y-2.5, 1.4, 10.5, ink)
	}
	p.y += 11
}

// ahead is the probability on the left, the landing on the right.
func (p *pen) ahead(g report.Goal) {
	if g.Chance == "" && g.ChanceWords == "" && g.Land == "" {
		return // nothing is known of the days to come: a heading over nothing says less than none
	}
	begin, half := p.y, column/2
	p.said(left, half, g.ChanceLabel, tiny, 12, quiet)
	if g.Chance != "" {
		p.plain(left, p.y+14, g.Chance, 15, bold, ink)
		p.y += 18
	}
	if g.Dots != nil {
		for i := range 10 {
			if x, y := left+3.2+8*float64(i), p.y+4.5; i < *g.Dots {
				p.disc(x, y, 2.9, accent)
			} else {
				p.ring(x, y, 2.6, "#8b8880", 0.7)
			}
		}
		p.y += 10
	}
	width := half - 6
	if g.Land == "" {
		width = column
	}
	p.said(left, width, g.ChanceWords, small, 12.5, second)
	ends := p.y
	if g.Land != "" {
		p.y = begin
		p.said(left+half, half, g.LandLabel, tiny, 12, quiet)
		p.plain(left+half, p.y+14, g.Land, 15, bold, ink)
		p.y += 18
	}
	p.y = max(p.y, ends) + 2
}

// columns draws what changed beside what is asked.
func (p *pen) columns() {
	s := p.sheet
	const inset, aside = 12, left + column + between
	before := func() {
		p.section(s.Changed, left, column)
		if len(s.Decided.Lines) > 0 || !p.tight {
			p.section(s.Decided, left, column)
		}
	}
	asked := func() { p.section(s.Asks, aside+inset, column-2*inset) }
	one, two := p.measured(before), p.measured(asked)+p.gap(4, 9)
	p.room(min(max(one, two), bottom-top))
	begin, page := p.y, p.pages
	p.round(aside, begin, column, two, wash)
	p.y = begin + 9
	asked()
	p.y = begin
	before()
	if p.pages == page {
		p.y = begin + max(one, two)
	}
	p.y += 8
}

// together draws who agreed and what is watched side by side: each is one short sentence.
func (p *pen) together() {
	of := p.sheet.Together
	if len(of.Lines) == 0 {
		return
	}
	body := func() {
		p.para(left, right-left, []report.Run{{Text: of.Title, Strong: true}}, heading, 17, ink)
		gap := 18.0
		width := (right - left - gap*float64(len(of.Lines)-1)) / float64(len(of.Lines))
		begin, ends := p.y, p.y
		for i, l := range of.Lines {
			p.y = begin
			x := left + float64(i)*(width+gap)
			at := x
			if l.Mark != "" {
				p.mark(x, p.y+1, 9, l.Mark)
				at += 13
			}
			p.said(at, width-(at-x), l.Lead, tiny, 12, quiet)
			p.para(x, width, l.Text, text, 15, ink)
			ends = max(ends, p.y)
		}
		p.y = ends + 9
	}
	p.room(p.measured(body))
	body()
}

func (p *pen) section(of report.Section, x, width float64) {
	if len(of.Lines) == 0 && of.None == "" {
		return
	}
	p.para(x, width, []report.Run{{Text: of.Title, Strong: true}}, heading, 17, ink)
	if len(of.Lines) == 0 {
		p.said(x, width, of.None, small, 14, quiet)
	}
	lead := ""
	for i, l := range of.Lines {
		p.y += 3
		if i > 0 {
			p.line(x, p.y, x+width, p.y, hair, 0.6)
			p.y += 5
		}
		if l.Lead != "" && l.Lead != lead {
			at := x
			if l.Mark != "" {
				p.mark(x, p.y+1, 9, l.Mark)
				at += 13
			}
			p.said(at, width-(at-x), l.Lead, tiny, 12, quiet)
		}
		lead = l.Lead
		p.para(x, width, l.Text, text, 15, ink)
		if l.Note != "" {
			p.said(x, width, l.Note, small, 12.5, quiet)
		}
	}
	p.y += p.gap(10, 5)
}

// gap is the room between two things; less of it where it is short.
func (p *pen) gap(usual, tight float64) float64 {
	if p.tight {
		return tight
	}
	return usual
}

// numbers draws the table, a row at a time: a page ends between two of them.
func (p *pen) numbers() {
	n := p.sheet.Numbers
	p.room(70)
	p.para(left, right-left, []report.Run{{Text: n.Title, Strong: true}}, heading, 18, ink)
	if len(n.Rows) == 0 {
		p.said(left, right-left, n.None, small, 14, quiet)
		p.y += 10
		return
	}
	widest := func(head string, of func(report.Row) string, family string) float64 {
		most := max(46, p.width(head, tiny, regular))
		for _, r := range n.Rows {
			most = max(most, p.width(shown(of(r)), text, family))
		}
		return min(most, 130)
	}
	pace := right - 22 - widest(n.Heads[3], func(r report.Row) string { return r.Change }, regular)
	now := pace - 22 - widest(n.Heads[2], func(r report.Row) string { return r.Pace }, regular)
	name := now - 22 - widest(n.Heads[1], func(r report.Row) string { return r.Value }, bold)
	for i, at := range []float64{left, now, pace, right} {
		if i == 0 {
			p.plain(at, p.y+8, n.Heads[i], tiny, regular, quiet)
			continue
		}
		p.flushed(at, p.y+8, n.Heads[i], tiny, regular, quiet)
	}
	p.y += 13
	for _, r := range n.Rows {
		p.row(r, name, now, pace)
	}
	p.y += 10
}

// row draws one indicator; name is where its name must end.
func (p *pen) row(r report.Row, name, now, pace float64) {
	const indent = 17
	room := 0.0
	if r.Focus {
		room = 7 + p.width(p.say("注力", "Focus"), tiny, regular)
	}
	body := func() {
		p.y += p.gap(5, 3.5)
		label := []report.Run{{Text: r.Name, Strong: true}}
		p.para(left+indent, name-left-indent-room, label, text, 14, ink)
		if r.Note != "" && !p.tight {
			p.said(left+indent, name-left-indent, r.Note, tiny, 11.5, quiet)
		}
		p.y += p.gap(4, 3)
	}
	p.room(p.measured(body))
	p.across()
	base := p.y + p.gap(15.5, 14)
	p.mark(left, base-9, 11, r.Mark)
	if r.Focus {
		p.plain(left+indent+p.width(r.Name, text, bold)+7, base, p.say("注力", "Focus"), tiny, regular, accent)
	}
	p.flushed(now, base, r.Value, text, bold, ink)
	p.flushed(pace, base, dash(r.Pace), text, regular, ink)
	colour := quiet
	if r.Good != nil {
		colour = map[bool]string{true: good, false: bad}[*r.Good]
	}
	p.flushed(right, base, dash(r.Change), text, regular, colour)
	body()
}

func dash(text string) string {
	if text == "" {
		return "—"
	}
	return text
}

// terms draws how to read the page, all of it on one page; where room is short, as one
// paragraph.
func (p *pen) terms() {
	t := p.sheet.Terms
	const inset = 12
	one := func(l report.Line, x, width, lead float64) {
		begin := p.y
		p.para(x, lead-6, []report.Run{{Text: l.Lead, Strong: true}}, tiny, 12, second)
		ends := p.y
		p.y = begin
		p.para(x+lead, width-lead, l.Text, tiny, 12, second)
		p.y = max(p.y, ends)
	}
	body := func() {
		p.y += 8
		p.para(left+inset, right-left-2*inset, []report.Run{{Text: t.Title, Strong: true}}, small, 14, second)
		lines := t.Lines
		if !p.tight {
			for _, l := range lines {
				one(l, left+inset, right-left-2*inset, 106)
			}
			p.y += 8
			return
		}
		var all []report.Run
		for _, l := range lines {
			all = append(all, report.Run{Text: l.Lead + " ", Strong: true})
			all = append(append(all, l.Text...), report.Run{Text: p.say("　", "  ")})
		}
		p.para(left+inset, right-left-2*inset, all, tiny, 11.5, second)
		p.y += 7
	}
	height := p.measured(body)
	p.room(height)
	p.round(left, p.y, right-left, height, sunk)
	body()
}
