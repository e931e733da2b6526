package picture

import "math"

// Measures of the picture, in pixels, as on the screens.
const (
	cardW, cardH         = 204.0, 116.0
	kgiW, kgiMin, kgiMax = 272.0, 340.0, 440.0
	pitch                = 134.0 // from row to row, card included
	gapFormula           = 66.0  // between columns
	gapInfluence         = 200.0 // with a pill on the way
	edge, top            = 28.0, 16.0
	goalHeight           = 84.0 // of the block above the KGI
	stripAbove           = 32.0
	stripTitle           = 32.0
	stripGap             = 16.0
)

// place is where a card stands.
type place struct {
	id         string
	x, y, w, h float64
	column     int // -1 in the strip of unlinked cards
	kgi        bool
}

func (p place) middle() float64 { return p.y + p.h/2 }

// joint is where siblings meet before their parent: the formula's sign stands there.
type joint struct {
	parent string
	Point
}

type layout struct {
	width, height float64
	places        []place
	byID          map[string]place
	joints        []joint
	links         []drawnLink
	goalAt        Point
	stripAt       *Point
}

type drawnLink struct {
	Link
	extra bool
}

// arrange says where everything stands.
func arrange(t tree) layout {
	type node struct {
		id     string
		column int
		row    int // -1 with children
	}
	var order []node
	var columns int
	influences := map[int]bool{} // columns that are left by an influence
	rows := 0
	var walk func(id string, column int)
	walk = func(id string, column int) {
		columns = max(columns, column+1)
		row := -1
		if len(t.children[id]) == 0 {
			row = rows
			rows++
		}
		order = append(order, node{id, column, row})
		for _, child := range t.children[id] {
			if child.Kind != Formula {
				influences[column] = true
			}
			walk(child.From, column+1)
		}
	}
	if t.root != "" {
		walk(t.root, 0)
	}
	lefts, right := []float64{}, edge
	for column := range columns {
		switch {
		case column == 0:
		case influences[column-1]:
			right += gapInfluence
		default:
			right += gapFormula
		}
		lefts = append(lefts, right)
		if column == 0 {
			right += kgiW
		} else {
			right += cardW
		}
	}
	centres := map[string]float64{}
	for i := len(order) - 1; i >= 0; i-- {
		if at := order[i]; at.row >= 0 {
			centres[at.id] = float64(at.row)*pitch + cardH/2
		} else {
			for _, child := range t.children[at.id] {
				centres[at.id] += centres[child.From] / float64(len(t.children[at.id]))
			}
		}
	}
	l := layout{byID: map[string]place{}}
	for _, at := range order {
		p := place{id: at.id, x: lefts[at.column], w: cardW, h: cardH, column: at.column}
		if at.column == 0 {
			p.kgi, p.w, p.h = true, kgiW, kgiHeight(t.children[at.id], centres)
		}
		p.y = centres[at.id] - p.h/2
		l.places = append(l.places, p)
	}
	least := 0.0
	for _, p := range l.places {
		least = min(least, p.y)
	}
	if len(l.places) > 0 {
		least = min(least, l.places[0].y-goalHeight)
	}
	for i := range l.places {
		l.places[i].y += top - least
		l.height = max(l.height, l.places[i].y+l.places[i].h)
	}
	l.width = right + edge
	l.strip(t.unlinked)
	l.height += top
	for _, p := range l.places {
		l.byID[p.id] = p
	}
	l.connect(t)
	return l
}

// strip lays the unlinked cards in rows under the tree.
func (l *layout) strip(unlinked []string) {
	if len(unlinked) == 0 {
		return
	}
	step := cardW + stripGap
	l.width = max(l.width, edge*2+float64(min(len(unlinked), 4))*step-stripGap)
	perRow := max(1, int(math.Floor((l.width-edge*2+stripGap)/step)))
	at := Point{edge, max(l.height+stripAbove, top)}
	l.stripAt = &at
	for i, id := range unlinked {
		p := place{
			id: id, x: edge + float64(i%perRow)*step, y: at.Y + stripTitle + float64(i/perRow)*(cardH+stripGap),
			w: cardW, h: cardH, column: -1,
		}
		l.places = append(l.places, p)
		l.height = max(l.height, p.y+p.h)
	}
}

// kgiHeight is exactly that of the first and last child, where that is a good height.
func kgiHeight(children []Link, centres map[string]float64) float64 {
	span := 0.0
	if len(children) > 0 {
		low, high := math.Inf(1), math.Inf(-1)
		for _, child := range children {
			low, high = min(low, centres[child.From]), max(high, centres[child.From])
		}
		span = high - low + cardH
	}
	return min(kgiMax, max(kgiMin, span))
}

func (l *layout) connect(t tree) {
	for _, p := range l.places {
		if p.column < 0 {
			continue
		}
		joined := false
		for _, child := range t.children[p.id] {
			l.links = append(l.links, drawnLink{child, false})
			joined = joined || child.Kind == Formula
		}
		if joined {
			l.joints = append(l.joints, joint{p.id, Point{p.x + p.w + gapFormula/2, p.middle()}})
		}
	}
	for _, link := range t.extra {
		l.links = append(l.links, drawnLink{link, true})
	}
	if len(l.places) > 0 {
		l.goalAt = Point{l.places[0].x, l.places[0].y - goalHeight}
	}
}
