package picture

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Colour is a colour by its name on the screens, in the light.
type Colour string

// The colours.
const (
	None   Colour = ""
	Paper  Colour = "#fbfaf7"
	Sheet  Colour = "#ffffff"
	Ink    Colour = "#1f2328"
	Sunk   Colour = "#f3f1eb"
	Hair   Colour = "#e5e2d9"
	Rule   Colour = "#cdc9be"
	Grey   Colour = "#8b8880"
	Quiet  Colour = "#62615c"
	Body   Colour = "#3e4145"
	Accent Colour = "#1f4e8c"
	Wash   Colour = "#d9e4f2"
	Met    Colour = "#17754f"
	Behind Colour = "#975a00"
	Missed Colour = "#b3261e"
	Early  Colour = "#62666e"
)

// Shape is one thing that is drawn: a path, or a line of text.
type Shape struct {
	Path   Path
	Fill   Colour
	Stroke Colour
	Width  float64 // of the stroke
	Dash   []float64
	Round  bool // ends and corners of the stroke

	Text   string
	X, Y   float64 // of the text's baseline
	Size   float64
	Bold   bool
	Anchor Anchor
}

// Anchor says what of a text stands at its place.
type Anchor string

// The anchors.
const (
	Start  Anchor = ""
	Middle Anchor = "middle"
	End    Anchor = "end"
)

// Drawing is a picture: shapes one over the other, in pixels.
type Drawing struct {
	Width, Height float64
	Label         string // what it shows, for those who listen
	Shapes        []Shape
}

// Step is one step of a path: M and L take a point, Q two, C three, Z none.
type Step struct {
	Op     byte
	Points [3]Point
}

// Point is a place, in pixels from the top left.
type Point struct{ X, Y float64 }

// Path is a way of a pen.
type Path []Step

func (p *Path) to(op byte, points ...Point) *Path {
	step := Step{Op: op}
	copy(step.Points[:], points)
	*p = append(*p, step)
	return p
}

func lineOf(points ...Point) Path {
	var p Path
	for i, point := range points {
		op := byte('L')
		if i == 0 {
			op = 'M'
		}
		p.to(op, point)
	}
	return p
}

// arc is how far the handles of a curve stand off to make a quarter of a circle.
const arc = 0.5523

func circle(x, y, r float64) Path {
	k := r * arc
	var p Path
	p.to('M', Point{x + r, y}).
		to('C', Point{x + r, y + k}, Point{x + k, y + r}, Point{x, y + r}).
		to('C', Point{x - k, y + r}, Point{x - r, y + k}, Point{x - r, y}).
		to('C', Point{x - r, y - k}, Point{x - k, y - r}, Point{x, y - r}).
		to('C', Point{x + k, y - r}, Point{x + r, y - k}, Point{x + r, y}).to('Z')
	return p
}

func box(x, y, w, h, r float64) Path {
	r = min(r, w/2, h/2)
	k := r * (1 - arc)
	var p Path
	p.to('M', Point{x + r, y}).to('L', Point{x + w - r, y}).
		to('C', Point{x + w - k, y}, Point{x + w, y + k}, Point{x + w, y + r}).to('L', Point{x + w, y + h - r}).
		to('C', Point{x + w, y + h - k}, Point{x + w - k, y + h}, Point{x + w - r, y + h}).to('L', Point{x + r, y + h}).
		to('C', Point{x + k, y + h}, Point{x, y + h - k}, Point{x, y + h - r}).to('L', Point{x, y + r}).
		to('C', Point{x, y + k}, Point{x + k, y}, Point{x + r, y}).to('Z')
	return p
}

func (d *Drawing) add(s Shape) { d.Shapes = append(d.Shapes, s) }

func (d *Drawing) fill(p Path, c Colour) { d.add(Shape{Path: p, Fill: c}) }

func (d *Drawing) stroke(p Path, c Colour, width float64, dash ...float64) {
	d.add(Shape{Path: p, Stroke: c, Width: width, Dash: dash, Round: true})
}

func (d *Drawing) text(x, y, size float64, c Colour, text string) {
	d.add(Shape{Text: text, X: x, Y: y, Size: size, Fill: c})
}

// moved is the drawing of add, shifted.
func (d *Drawing) moved(x, y float64, add func(*Drawing)) {
	var inner Drawing
	add(&inner)
	for _, s := range inner.Shapes {
		s.X, s.Y = s.X+x, s.Y+y
		path := make(Path, len(s.Path))
		for i, step := range s.Path {
			for k := range step.Points {
				step.Points[k] = Point{step.Points[k].X + x, step.Points[k].Y + y}
			}
			path[i] = step
		}
		s.Path = path
		d.add(s)
	}
}

// fonts are those of the screens.
const fonts = "Hiragino Sans, Hiragino Kaku Gothic ProN, Noto Sans JP, Noto Sans CJK JP, Yu Gothic UI, Meiryo, system-ui, sans-serif"

// SVG is the drawing as a file: shapes and texts, no script, no style sheet, no reference to
// anything outside of it.
func SVG(d Drawing) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%[1]s" height="%[2]s" viewBox="0 0 %[1]s %[2]s" role="img" font-family="%[3]s">`,
		digits(d.Width), digits(d.Height), fonts)
	b.WriteString("<title>" + escaped(d.Label) + "</title>\n")
	for _, s := range d.Shapes {
		if s.Text != "" {
			fmt.Fprintf(&b, `<text x="%s" y="%s" font-size="%s" fill="%s"`, digits(s.X), digits(s.Y), digits(s.Size), s.Fill)
			if s.Bold {
				b.WriteString(` font-weight="600"`)
			}
			if s.Anchor != Start {
				fmt.Fprintf(&b, ` text-anchor="%s"`, s.Anchor)
			}
			b.WriteString(">" + escaped(s.Text) + "</text>\n")
			continue
		}
		fmt.Fprintf(&b, `<path d="%s" fill="%s"`, s.Path, orNone(s.Fill))
		if s.Stroke != None {
			fmt.Fprintf(&b, ` stroke="%s" stroke-width="%s"`, s.Stroke, digits(s.Width))
			if len(s.Dash) > 0 {
				dash := make([]string, len(s.Dash))
				for i, length := range s.Dash {
					dash[i] = digits(length)
				}
				fmt.Fprintf(&b, ` stroke-dasharray="%s"`, strings.Join(dash, " "))
			} else if s.Round {
				b.WriteString(` stroke-linecap="round" stroke-linejoin="round"`)
			}
		}
		b.WriteString("/>\n")
	}
	b.WriteString("</svg>\n")
	return []byte(b.String())
}

// String is the path as SVG writes it.
func (p Path) String() string {
	var b strings.Builder
	for _, step := range p {
		b.WriteByte(step.Op)
		for i := range step.count() {
			if i > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(digits(step.Points[i].X) + " " + digits(step.Points[i].Y))
		}
	}
	return b.String()
}

func (s Step) count() int {
	switch s.Op {
	case 'C':
		return 3
	case 'Q':
		return 2
	case 'Z':
		return 0
	}
	return 1
}

func orNone(c Colour) Colour {
	if c == None {
		return "none"
	}
	return c
}

// digits is a length to a tenth of a pixel.
func digits(v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		v = 0
	}
	return strconv.FormatFloat(math.Round(v*10)/10, 'f', -1, 64)
}

// escaped is a text of which nothing can end or begin a tag. What XML does not know as a letter
// becomes the sign that stands for those.
func escaped(text string) string {
	var b strings.Builder
	for _, letter := range text {
		switch {
		case letter == '&':
			b.WriteString("&amp;")
		case letter == '<':
			b.WriteString("&lt;")
		case letter == '>':
			b.WriteString("&gt;")
		case letter == '"':
			b.WriteString("&#34;")
		case letter == '\t', letter == '\n', letter == '\r':
			b.WriteByte(' ')
		case letter < ' ', letter == 0xFFFE, letter == 0xFFFF:
			b.WriteRune('\uFFFD')
		default:
			b.WriteRune(letter)
		}
	}
	return b.String()
}
