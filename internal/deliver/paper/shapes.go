package paper

import (
	"math"

	"github.com/signintech/gopdf"

	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/share/report"
)

func (p *pen) stroke(colour string, width float64) {
	p.pdf.SetStrokeColor(rgb(colour))
	p.pdf.SetLineWidth(width)
	p.pdf.SetLineType("")
}

func (p *pen) line(x1, y1, x2, y2 float64, colour string, width float64) {
	if p.dry || p.err != nil {
		return
	}
	p.stroke(colour, width)
	p.pdf.Line(x1, y1, x2, y2)
}

// across draws a hairline over the whole page.
func (p *pen) across() {
	p.line(left, p.y, right, p.y, hair, 0.8)
}

func (p *pen) box(x, y, width, height float64, colour string) {
	if p.dry || p.err != nil || width <= 0 || height <= 0 {
		return
	}
	p.pdf.SetFillColor(rgb(colour))
	p.pdf.RectFromUpperLeftWithStyle(x, y, width, height, "F")
}

// round is a box with soft corners.
func (p *pen) round(x, y, width, height float64, colour string) {
	if p.dry || p.err != nil {
		return
	}
	p.pdf.SetFillColor(rgb(colour))
	p.err = p.pdf.Rectangle(x, y, x+width, y+height, "F", 5, 8)
}

// disc is a filled circle; gopdf draws only their outlines.
func (p *pen) disc(x, y, radius float64, colour string) {
	if p.dry || p.err != nil {
		return
	}
	points := make([]gopdf.Point, 28)
	for i := range points {
		at := 2 * math.Pi * float64(i) / float64(len(points))
		points[i] = gopdf.Point{X: x + radius*math.Cos(at), Y: y + radius*math.Sin(at)}
	}
	p.pdf.SetFillColor(rgb(colour))
	p.pdf.Polygon(points, "F")
}

func (p *pen) ring(x, y, radius float64, colour string, width float64) {
	if p.dry || p.err != nil {
		return
	}
	p.stroke(colour, width)
	p.pdf.Oval(x-radius, y-radius, x+radius, y+radius)
}

// mark is the shape of a status in a square of a size, from its upper left corner.
func (p *pen) mark(x, y, size float64, status string) {
	if p.dry || p.err != nil {
		return
	}
	colour, mid, unit := report.MarkColour(status), size/2, size/16
	switch status {
	case insight.StatusMet:
		p.ring(x+mid, y+mid, 6.6*unit, colour, 1.6*unit)
		p.ring(x+mid, y+mid, 2.7*unit, colour, 1.8*unit)
	case insight.StatusOnPace:
		p.ring(x+mid, y+mid, 6*unit, colour, 2*unit)
	case insight.StatusBehind:
		p.stroke(colour, 2*unit)
		p.pdf.Polygon([]gopdf.Point{{X: x + mid, Y: y + 2.4*unit}, {X: x + 14.2*unit, Y: y + 13.4*unit}, {X: x + 1.8*unit, Y: y + 13.4*unit}}, "D")
	case insight.StatusMissed:
		p.line(x+3*unit, y+3*unit, x+13*unit, y+13*unit, colour, 2.2*unit)
		p.line(x+13*unit, y+3*unit, x+3*unit, y+13*unit, colour, 2.2*unit)
	default:
		for i := range 3 {
			p.disc(x+(2.6+5.4*float64(i))*unit, y+mid, 1.5*unit, colour)
		}
	}
}

// road draws the curve into a rectangle: the way so far, the pace, where it is heading.
func (p *pen) road(x, y, width, height float64) {
	g := p.sheet.Goal
	if g.Curve == nil || p.dry || p.err != nil || len(g.Curve.Days) < 2 {
		return
	}
	c, foot := g.Curve, 16.0
	room := p.width(g.Marks.Target, tiny, regular) + 8
	s := scale{c.Days[0], c.Days[len(c.Days)-1], x, x + width - room, y + 4, y + height - foot, 0, 0}
	s.fit(c.Actual, c.Pace, c.Lo80, c.Hi80, c.Mean, []*float64{c.Target})
	p.fill(s, c.Days, c.Lo80, c.Hi80)
	p.line(s.left, s.bottom, s.right, s.bottom, rule, 0.8)
	p.trace(s, c.Days, c.Pace, ink, 0.7, false)
	p.trace(s, c.Days, c.Mean, accent, 1.1, true)
	p.trace(s, c.Days, c.Actual, accent, 1.9, false)
	at := s.x(min(p.sheet.AsOf, s.last))
	for i := len(c.Days) - 1; i >= 0; i-- {
		if v := c.Actual[i]; v != nil {
			p.line(at, s.bottom, at, s.y(*v), rule, 0.6)
			p.disc(s.x(c.Days[i]), s.y(*v), 2.8, accent)
			break
		}
	}
	if c.Target != nil {
		p.plain(s.right+5, max(s.y(*c.Target)+3, y+8), g.Marks.Target, tiny, regular, ink)
	}
	half := p.width(g.Marks.Today, tiny, regular) / 2
	here := max(s.left+half, min(at, s.right-half))
	base := y + height - 4
	if here-half > s.left+p.width(g.Marks.From, tiny, regular)+6 {
		p.plain(s.left, base, g.Marks.From, tiny, regular, quiet)
	}
	p.plain(here-half, base, g.Marks.Today, tiny, regular, ink)
	if here+half < s.right-p.width(g.Marks.By, tiny, regular)-6 {
		p.flushed(s.right, base, g.Marks.By, tiny, regular, quiet)
	}
}

// scale maps days and values to points on paper.
type scale struct {
	first, last              series.Day
	left, right, top, bottom float64
	low, high                float64
}

// fit makes all values fit; the axis begins at zero unless they stay far from it.
func (s *scale) fit(lines ...[]*float64) {
	s.low, s.high = math.Inf(1), math.Inf(-1)
	for _, line := range lines {
		for _, v := range line {
			if v != nil {
				s.low, s.high = min(s.low, *v), max(s.high, *v)
			}
		}
	}
	switch {
	case s.low > s.high:
		s.low, s.high = 0, 1
	case s.low > 0 && s.low < s.high/2:
		s.low = 0
	case s.low > 0:
		s.low -= (s.high - s.low) / 4
	}
	if s.high == s.low {
		s.low, s.high = s.low-1, s.high+1
	}
}

func (s scale) x(d series.Day) float64 {
	return s.left + (s.right-s.left)*float64(d-s.first)/float64(max(1, s.last-s.first))
}

func (s scale) y(v float64) float64 {
	return s.bottom - (s.bottom-s.top)*(v-s.low)/(s.high-s.low)
}

// trace draws a line; a missing value breaks it.
func (p *pen) trace(s scale, days []series.Day, values []*float64, colour string, width float64, dashed bool) {
	if p.err != nil {
		return
	}
	p.stroke(colour, width)
	for i := 1; i < len(days); i++ {
		if dashed && i%2 == 0 {
			continue // each piece is a line of its own, which a pattern would begin anew
		}
		if a, b := values[i-1], values[i]; a != nil && b != nil {
			p.pdf.Line(s.x(days[i-1]), s.y(*a), s.x(days[i]), s.y(*b))
		}
	}
}

// fill draws the band between two lines.
func (p *pen) fill(s scale, days []series.Day, low, high []*float64) {
	var there, back []gopdf.Point
	for i, d := range days {
		if low[i] == nil || high[i] == nil {
			continue
		}
		there = append(there, gopdf.Point{X: s.x(d), Y: s.y(*high[i])})
		back = append([]gopdf.Point{{X: s.x(d), Y: s.y(*low[i])}}, back...)
	}
	if len(there) < 2 || p.err != nil {
		return
	}
	p.pdf.SetFillColor(rgb(band))
	p.pdf.Polygon(append(there, back...), "F")
}
