package picture

import "math"

// Map is what is drawn, in finished words.
type Map struct {
	Name    string
	Line    string    // beside the name: the version and the day
	Goal    [3]string // what the KGI is tied to: the heading, its name, who agreed
	Cards   []Card
	Signs   map[string]string // ×, ＋, －, ÷, ƒ by the parent that joins
	Links   []Link
	Strip   string // heading of the cards without a road
	Marks   []Mark // of the legend
	Watched string // what the flag says in it; "" where nothing is watched
	Roads   []RoadWords
	Printed string // the days it speaks of
}

// Mark is a status with its word.
type Mark struct {
	Status Status
	Word   string
}

// RoadWords is a kind of road with its words.
type RoadWords struct {
	Kind RoadKind
	Word string
}

const (
	headHeight = 56.0
	footHeight = 44.0
	leastWidth = 900.0
)

// Draw is the whole map as one picture.
func Draw(m Map) Drawing {
	t := grow(m.Cards, m.Links)
	l := arrange(t)
	d := Drawing{Width: math.Ceil(max(l.width, leastWidth)), Label: m.Name}
	legend := m.legend(d.Width)
	d.Height = math.Ceil(l.height + headHeight + footHeight + legendLine*float64(max(0, len(legend)-1)))
	d.fill(box(0, 0, d.Width, d.Height, 0), Paper)
	name := cutBold(m.Name, d.Width-400, 16)
	d.add(Shape{Text: name, X: edge, Y: 34, Size: 16, Bold: true, Fill: Ink})
	d.text(edge+boldWidth(name, 16)+16, 34, 12, Quiet, m.Line)
	d.stroke(lineOf(Point{0, headHeight}, Point{d.Width, headHeight}), Hair, 1)
	d.moved(0, headHeight, func(d *Drawing) { m.drawTree(d, l) })
	m.drawFoot(&d, legend)
	return d
}

func (m Map) drawTree(d *Drawing, l layout) {
	for _, j := range l.joints {
		parent := l.byID[j.parent]
		d.stroke(lineOf(Point{parent.x + parent.w, j.Y}, j.Point), Grey, 1.5)
	}
	all := l.roads()
	for _, r := range all {
		drawRoad(d, r)
	}
	if len(l.places) > 0 && m.Goal[1] != "" {
		at := l.goalAt
		d.stroke(lineOf(Point{at.X + 1, at.Y}, Point{at.X + 1, at.Y + 56}), Rule, 2)
		d.text(at.X+22, at.Y+13, 12, Quiet, m.Goal[0])
		d.add(Shape{Text: cutBold(m.Goal[1], 320, 14), X: at.X + 22, Y: at.Y + 33, Size: 14, Bold: true, Fill: Ink})
		d.text(at.X+22, at.Y+52, 12, Quiet, cut(m.Goal[2], 420, 12))
	}
	for _, j := range l.joints {
		drawSign(d, j.Point, m.Signs[j.parent])
	}
	for _, r := range all {
		if r.pill != nil && r.loud {
			drawPill(d, r)
		}
	}
	if l.stripAt != nil {
		d.text(l.stripAt.X, l.stripAt.Y+15, 12, Quiet, m.Strip)
	}
	cards := map[string]Card{}
	for _, card := range m.Cards {
		cards[card.ID] = card
	}
	for _, p := range l.places {
		d.moved(p.x, p.y, func(d *Drawing) { drawCard(d, cards[p.id], p.w, p.h) })
	}
}

// drawRoad draws in the manner of a paper map: cased where it is measured, dashed where
// nothing is known, quiet where nothing moves, barred where it broke.
func drawRoad(d *Drawing, r road) {
	cased := func(outer, inner Colour, width float64) {
		d.add(Shape{Path: r.path, Stroke: outer, Width: width + 2})
		d.add(Shape{Path: r.path, Stroke: inner, Width: width})
	}
	switch r.Kind {
	case Formula:
		d.stroke(r.path, Grey, 1.5)
	case Moves:
		cased(Accent, Wash, r.width)
		d.fill(closed(lineOf(r.end, Point{r.end.X + 9, r.end.Y - 7}, Point{r.end.X + 9, r.end.Y + 7})), Accent)
	case Still:
		cased(Rule, Sunk, 4)
	case Broken:
		cased(Grey, Sunk, 5)
		if !r.loud {
			drawBars(d, r.mid, 9)
		}
	case Measuring:
		cased(Grey, Sheet, 6)
		d.stroke(r.path, Behind, 6, 5, 7)
	case Checking:
		d.stroke(r.path, Accent, 2, 1, 6)
	default:
		d.stroke(r.path, Grey, 1.5, 4, 5)
	}
}

func closed(p Path) Path { return append(p, Step{Op: 'Z'}) }

// drawBars says that nothing passes here: two bars with paper between them.
func drawBars(d *Drawing, at Point, half float64) {
	d.fill(box(at.X-half, at.Y-6, 2*half, 12, 0), Paper)
	for _, x := range []float64{at.X - half, at.X + half} {
		d.stroke(lineOf(Point{x, at.Y - 9}, Point{x, at.Y + 9}), Missed, 3)
	}
}

func drawPill(d *Drawing, r road) {
	wide := min(r.pill.room, max(boldWidth(r.Lines[0], 12), width(r.Lines[1], 12))+20)
	x, y := r.pill.X-wide, r.pill.Y-22
	border, first, bold := Grey, Quiet, false
	switch r.Kind {
	case Moves:
		border, first, bold = Accent, Accent, true
	case Measuring:
		border, first, bold = Behind, Behind, true
	case Broken:
		border, first, bold = Missed, Missed, true
		drawBars(d, Point{x + wide/2, r.pill.Y}, wide/2+8.5)
	}
	d.fill(box(x, y, wide, 44, 6), Sheet)
	if r.Kind == Unmeasured || r.Kind == Checking {
		d.stroke(box(x, y, wide, 44, 6), border, 1, 3, 2)
	} else {
		d.stroke(box(x, y, wide, 44, 6), border, 1)
	}
	lines := 12.0 // both of one size
	for lines > 9 && max(boldWidth(r.Lines[0], lines), width(r.Lines[1], lines)) > wide-10 {
		lines -= 0.5
	}
	d.add(Shape{Text: cutBold(r.Lines[0], wide-10, lines), X: x + wide/2, Y: y + 18, Size: lines, Bold: bold, Fill: first, Anchor: Middle})
	if r.Lines[1] != "" {
		d.add(Shape{Text: cut(r.Lines[1], wide-10, lines), X: x + wide/2, Y: y + 35, Size: lines, Fill: Quiet, Anchor: Middle})
	}
}

// drawSign draws how siblings are joined: thinner than the mark of "missed", so that nobody
// takes one for the other.
func drawSign(d *Drawing, at Point, sign string) {
	if sign == "" || sign == "=" {
		return
	}
	d.fill(box(at.X-12, at.Y-12, 24, 24, 0), Paper)
	bar := func(x1, y1, x2, y2 float64) {
		d.stroke(lineOf(Point{at.X + x1, at.Y + y1}, Point{at.X + x2, at.Y + y2}), Body, 1.4)
	}
	switch sign {
	case "×":
		bar(-4, -4, 4, 4)
		bar(4, -4, -4, 4)
	case "＋":
		bar(0, -4.5, 0, 4.5)
		bar(-4.5, 0, 4.5, 0)
	case "－":
		bar(-4.5, 0, 4.5, 0)
	case "÷":
		bar(-4.5, 0, 4.5, 0)
		d.fill(circle(at.X, at.Y-3.8, 1), Body)
		d.fill(circle(at.X, at.Y+3.8, 1), Body)
	default:
		d.add(Shape{Text: sign, X: at.X, Y: at.Y + 5, Size: 14, Fill: Body, Anchor: Middle})
	}
}

// sign is one word of the legend with what it explains before it.
type sign struct {
	word  string
	room  float64 // before the word
	shows func(d *Drawing, x, y float64)
}

// legend is every sign of the map, marks first, then the kinds of road: a line, or as many as
// the width of the picture asks for.
func (m Map) legend(wide float64) (lines [][]sign) {
	var all []sign
	for _, mark := range m.Marks {
		all = append(all, sign{mark.Word, 20, func(d *Drawing, x, y float64) { drawMark(d, mark.Status, x, y-11, 14) }})
	}
	if m.Watched != "" {
		all = append(all, sign{m.Watched, 16, func(d *Drawing, x, y float64) { drawFlag(d, x, y-12, 14) }})
	}
	for _, kind := range m.Roads {
		all = append(all, sign{kind.Word, 30, func(d *Drawing, x, y float64) {
			end, left := Point{x, y - 4}, x
			if kind.Kind == Moves {
				left += 6
			}
			drawRoad(d, road{
				Link: Link{Kind: kind.Kind}, path: lineOf(Point{x + 24, y - 4}, Point{left, y - 4}), width: 5, end: end, mid: Point{x + 12, y - 4},
			})
		}})
	}
	x := wide // the first begins a line
	for _, one := range all {
		if x+one.long() > wide-edge {
			lines, x = append(lines, nil), edge
		}
		lines[len(lines)-1] = append(lines[len(lines)-1], one)
		x += one.long() + legendGap
	}
	return lines
}

func (s sign) long() float64 { return s.room + width(s.word, 12) }

const legendGap, legendLine = 18.0, 22.0

// drawFoot is the legend, then the days it speaks of.
func (m Map) drawFoot(d *Drawing, legend [][]sign) {
	x, y := edge, d.Height-18
	for i, line := range legend {
		x, y = edge, d.Height-18-legendLine*float64(len(legend)-1-i)
		for _, one := range line {
			one.shows(d, x, y)
			d.text(x+one.room, y, 12, Quiet, one.word)
			x += one.long() + legendGap
		}
	}
	if x+width(m.Printed, 12)+edge > d.Width {
		y = 34 // where the legend is long, the days stand above, beside the model's name
	}
	d.add(Shape{Text: m.Printed, X: d.Width - edge, Y: y, Size: 12, Fill: Quiet, Anchor: End})
}
