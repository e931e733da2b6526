package picture

import (
	"math"
	"slices"
)

// RoadKind is what is known about a link, as the kind of road it is.
type RoadKind string

// The kinds of road.
const (
	Formula    RoadKind = "formula"
	Moves      RoadKind = "moves"
	Still      RoadKind = "still"
	Broken     RoadKind = "broken"
	Measuring  RoadKind = "measuring"
	Checking   RoadKind = "checking"
	Unmeasured RoadKind = "unmeasured"
)

// road is one line between two cards.
type road struct {
	Link
	path  Path
	width float64
	end   Point // where it reaches the parent's card
	pill  *pill
	loud  bool // speaks without being asked
	mid   Point
}

type pill struct {
	Point
	room float64
}

const (
	radius         = 8.0
	pillFromChild  = 24.0
	pillFromParent = 26.0
	bend           = 60.0
	bulge          = 36.0
	apart          = 32.0
	// More roads than this, and only the strongest and the broken ones speak.
	talkative = 12
	strongest = 6
)

// roads is every road of a layout, in the order they are drawn.
func (l layout) roads() []road {
	joints := map[string]Point{}
	for _, j := range l.joints {
		joints[j.parent] = j.Point
	}
	expected, arrived := map[string]int{}, map[string]int{}
	for _, link := range l.links {
		if link.Kind != Formula {
			expected[link.To]++
		}
	}
	var all []road
	for _, link := range l.links {
		from, to := l.byID[link.From], l.byID[link.To]
		start := Point{from.x, from.middle()}
		at, joined := joints[link.To]
		r := road{Link: link.Link, width: 1.5}
		if link.Kind == Formula {
			r.end = Point{at.X, to.middle()}
			if link.extra || !joined {
				r.path = curve(start, r.end)
			} else {
				r.path = elbow(r.end, start)
			}
			all = append(all, r)
			continue
		}
		nth := arrived[link.To]
		arrived[link.To]++
		r.end = Point{to.x + to.w, arrival(to, nth, expected[link.To], joined)}
		r.width = 3 + 7*min(1, math.Abs(link.Strength))
		r.mid = Point{(start.X + r.end.X) / 2, (start.Y + r.end.Y) / 2}
		if link.extra {
			r.path = detour(from, to, r.end)
		} else {
			r.path = sway(start, r.end)
			r.pill = &pill{Point{from.x - pillFromChild, from.middle()}, from.x - pillFromChild - r.end.X - pillFromParent}
			r.loud = true
		}
		all = append(all, r)
	}
	return outspoken(all)
}

// outspoken lets, where there are many, only the strongest effects and the broken roads speak.
func outspoken(all []road) []road {
	var speaking []int
	var moving []int
	for i, r := range all {
		if r.pill != nil {
			speaking = append(speaking, i)
			if r.Kind == Moves {
				moving = append(moving, i)
			}
		}
	}
	if len(speaking) <= talkative {
		return all
	}
	slices.SortStableFunc(moving, func(a, b int) int {
		switch x, y := math.Abs(all[a].Strength), math.Abs(all[b].Strength); {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return 0
	})
	strong := moving[:min(strongest, len(moving))]
	for i := range all {
		all[i].loud = all[i].pill != nil && (all[i].Kind == Broken || slices.Contains(strong, i))
	}
	return all
}

// arrival is where the nth influence reaches a card: one below the other, clear of the trunk.
func arrival(to place, nth, count int, trunk bool) float64 {
	room := to.h - 20
	if trunk {
		room = to.h/2 - 20
	}
	step := 0.0
	if count > 1 {
		step = min(apart, room/float64(count-1))
	}
	first := -float64(count-1) * step / 2
	if trunk {
		first = 16
	}
	return to.middle() + min(first+float64(nth)*step, to.h/2-6)
}

// elbow goes from the joint up or down and round the corner to the child.
func elbow(joint, child Point) Path {
	rise := child.Y - joint.Y
	if math.Abs(rise) < 0.5 {
		return lineOf(joint, Point{child.X, joint.Y})
	}
	r := min(radius, math.Abs(rise)/2)
	p := lineOf(joint, Point{joint.X, child.Y - math.Copysign(r, rise)})
	p.to('Q', Point{joint.X, child.Y}, Point{joint.X + r, child.Y}).to('L', child)
	return p
}

// sway goes straight past the pill, then in an S to the parent.
func sway(child, end Point) Path {
	if math.Abs(child.Y-end.Y) < 0.5 {
		return lineOf(child, Point{end.X, child.Y})
	}
	at := max(end.X, min(end.X+bend, child.X))
	half := (at + end.X) / 2
	p := lineOf(child, Point{at, child.Y})
	p.to('C', Point{half, child.Y}, Point{half, end.Y}, end)
	return p
}

// detour is a second road from a card: beside its own column round the outside, else straight on.
func detour(from, to place, end Point) Path {
	if from.x >= end.X {
		return curve(Point{from.x, from.middle()}, end)
	}
	start := Point{from.x + from.w, from.middle()}
	if from.column == to.column {
		out := start.X + bulge
		var p Path
		p.to('M', start).to('C', Point{out, start.Y}, Point{out, end.Y}, end)
		return p
	}
	return curve(start, Point{to.x, end.Y})
}

// curve is a long way to another parent: soft, behind the cards.
func curve(start, end Point) Path {
	half := (start.X + end.X) / 2
	var p Path
	p.to('M', start).to('C', Point{half, start.Y}, Point{half, end.Y}, end)
	return p
}
