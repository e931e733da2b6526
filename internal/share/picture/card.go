package picture

import "math"

// Status is how an indicator stands, as the API says it.
type Status string

// Card is one indicator, in finished words.
type Card struct {
	ID, Name string
	KGI      bool
	Status   Status // "" where nothing is judged
	Value    string // "" where there is none
	Missing  string // said instead of the value
	NoData   bool   // nothing was ever measured
	Watched  bool   // one of the few the team watches now
	Pace     string
	Aside    string   // at the bottom right: the change, or how old the number is
	Tone     Colour   // of the aside
	Share    *float64 // done, of the target; nil draws no bar
	Due      *float64 // due today, on the same scale
	Spark    []*float64

	// KGI only.
	Heading string
	Target  string
	Odds    *float64
	Chance  [2]string // what it is, and the number
	Landing [2]string
	Curve   *Curve
}

// Curve is the way to the deadline: day numbers, and values over them.
type Curve struct {
	Days                          []float64
	Actual, Pace, Mean, Low, High []*float64
	Target                        *float64
	Today                         float64
	Labels                        [3]string // first day, today, last day
	TargetLabel                   string
}

var statusColours = map[Status]Colour{
	"met": Met, "on-pace": Accent, "behind": Behind, "missed": Missed, "too-early": Early, "no-data": Grey,
}

// drawMark draws the shapes every Japanese reader knows; shape and colour tell the same.
func drawMark(d *Drawing, status Status, x, y, size float64) {
	colour, known := statusColours[status]
	if !known {
		colour, status = Grey, "too-early"
	}
	d.moved(x, y, func(d *Drawing) {
		k := size / 16
		line := func(w float64, dash []float64, p Path) {
			d.add(Shape{Path: p, Stroke: colour, Width: w * k, Dash: dash, Round: true})
		}
		at := func(x, y float64) Point { return Point{x * k, y * k} }
		switch status {
		case "met":
			line(1.6, nil, circle(8*k, 8*k, 6.6*k))
			line(1.8, nil, circle(8*k, 8*k, 2.7*k))
		case "on-pace":
			line(2, nil, circle(8*k, 8*k, 6*k))
		case "behind":
			line(2, nil, closed(lineOf(at(8, 2.4), at(14.2, 13.4), at(1.8, 13.4))))
		case "missed":
			line(2.2, nil, lineOf(at(3, 3), at(13, 13)))
			line(2.2, nil, lineOf(at(13, 3), at(3, 13)))
		case "no-data":
			line(1.4, []float64{2.4, 2.4}, circle(8*k, 8*k, 6*k))
		default:
			for _, x := range []float64{2.6, 8, 13.4} {
				d.fill(circle(x*k, 8*k, 1.5*k), colour)
			}
		}
	})
}

// drawFlag says that the team watches this.
func drawFlag(d *Drawing, x, y, size float64) {
	k := size / 20
	at := func(px, py float64) Point { return Point{x + px*k, y + py*k} }
	d.fill(closed(lineOf(at(5, 3.5), at(14.5, 3.5), at(12, 7), at(14.5, 10.5), at(5, 10.5))), Wash)
	d.stroke(lineOf(at(5, 17), at(5, 3.5), at(14.5, 3.5), at(12, 7), at(14.5, 10.5), at(5, 10.5)), Accent, 1.8*k)
}

func drawCard(d *Drawing, c Card, w, h float64) {
	sheet, border := Sheet, Hair
	if c.NoData {
		sheet = Paper
	}
	if c.KGI || c.NoData {
		border = Rule
	}
	d.fill(box(0, 0, w, h, 8), sheet)
	if c.NoData {
		d.stroke(box(0, 0, w, h, 8), border, 1, 4, 3)
	} else {
		d.stroke(box(0, 0, w, h, 8), border, 1)
	}
	if c.KGI {
		drawKGI(d, c, w, h)
		return
	}
	room := w - 46
	if c.Watched {
		room -= 18
		drawFlag(d, w-48, 14, 14)
	}
	drawName(d, c.Name, room)
	drawMark(d, c.Status, w-28, 13, 16)
	if c.Value == "" {
		d.text(12, 58, 12, Quiet, cut(c.Missing, w-24, 12))
	} else {
		size := 20.0 // a number that is cut is another number: it is written smaller
		for size > 13 && boldWidth(c.Value, size) > w-92 {
			size--
		}
		d.add(Shape{Text: cutBold(c.Value, w-92, size), X: 12, Y: 59, Size: size, Bold: true, Fill: Ink})
	}
	drawSpark(d, c.Spark, w-76, 43, 60, 22)
	if c.NoData {
		return
	}
	drawBar(d, c, 12, 76, w-24)
	foot := 12.0
	for foot > 9 && width(c.Pace, foot)+width(c.Aside, foot) > w-32 {
		foot -= 0.5
	}
	// Where there is no room for both the tick on the bar says it: a pace that is cut is another.
	if width(c.Pace, foot)+width(c.Aside, foot) <= w-30 {
		d.text(12, 101, foot, Quiet, c.Pace)
	}
	if c.Aside != "" {
		d.add(Shape{Text: c.Aside, X: w - 12, Y: 101, Size: foot, Fill: orQuiet(c.Tone), Anchor: End})
	}
}

func orQuiet(c Colour) Colour {
	if c == None {
		return Quiet
	}
	return c
}

// drawName is one line, or two smaller ones.
func drawName(d *Drawing, name string, room float64) {
	if boldWidth(name, 14) <= room {
		d.add(Shape{Text: name, X: 12, Y: 26, Size: 14, Bold: true, Fill: Ink})
		return
	}
	lines := twoLines(name, room, 12)
	y := 26.0
	if len(lines) > 1 {
		y = 20
	}
	for i, line := range lines {
		d.add(Shape{Text: line, X: 12, Y: y + float64(i)*14, Size: 12, Bold: true, Fill: Ink})
	}
}

// drawBar shows what is done, and as a tick what is due today.
func drawBar(d *Drawing, c Card, x, y, w float64) {
	if c.Share == nil {
		d.stroke(lineOf(Point{x, y + 2}, Point{x + w, y + 2}), Rule, 1, 3, 2)
		return
	}
	most := *c.Share
	if c.Due != nil {
		most = max(most, *c.Due)
	}
	scale := 1.0
	if most > 0.97 {
		scale = most * 1.12
	}
	at := func(v float64) float64 { return min(1, max(0, v/scale)) * w }
	done := Grey
	if c.Status == "behind" || c.Status == "missed" {
		done = statusColours[c.Status]
	}
	d.fill(box(x, y, w, 4, 2), Hair)
	if long := at(*c.Share); long > 0 {
		d.fill(box(x, y, long, 4, 2), done)
	}
	if c.Due != nil {
		d.fill(box(x+at(*c.Due)-1, y-4, 2, 12, 0), Ink)
	}
}

// drawSpark is the way of the last days; it may leave zero out, for it shows no size.
func drawSpark(d *Drawing, values []*float64, x, y, w, h float64) {
	low, high := math.Inf(1), math.Inf(-1)
	for _, v := range values {
		if v != nil {
			low, high = min(low, *v), max(high, *v)
		}
	}
	if low > high {
		return
	}
	step := 0.0
	if len(values) > 1 {
		step = w / float64(len(values)-1)
	}
	point := func(i int) Point {
		if high == low {
			return Point{x + float64(i)*step, y + h/2}
		}
		return Point{x + float64(i)*step, y + h - 2 - (*values[i]-low)/(high-low)*(h-4)}
	}
	last := drawLine(d, values, point, Grey, 1.5)
	d.fill(circle(last.X, last.Y, 2.5), Ink)
}

// drawLine goes through the values there are; a missing one breaks it. It returns its end.
func drawLine(d *Drawing, values []*float64, point func(i int) Point, colour Colour, width float64, dash ...float64) (last Point) {
	var p Path
	drawing := false
	for i, v := range values {
		if v == nil {
			drawing = false
			continue
		}
		op := byte('L')
		if !drawing {
			op = 'M'
		}
		last = point(i)
		p.to(op, last)
		drawing = true
	}
	if len(p) > 0 {
		d.stroke(p, colour, width, dash...)
	}
	return last
}
