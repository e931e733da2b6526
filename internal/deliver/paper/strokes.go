package paper

import (
	"math"

	"github.com/shirube/shirube/internal/share/picture"
)

// way is a line of straight pieces, in pixels.
type way struct {
	points []picture.Point
	closed bool
}

// flat is a path as straight pieces so short that nobody sees them.
func (c *canvas) flat(p picture.Path) []way {
	var all []way
	var now way
	end := func() {
		if len(now.points) > 1 {
			all = append(all, now)
		}
		now = way{}
	}
	for _, step := range p {
		var to [3]picture.Point
		for i, point := range step.Points {
			to[i] = c.place(point)
		}
		switch {
		case step.Op == 'Z':
			now.closed = true
			end()
		case step.Op == 'M':
			end()
			now.points = append(now.points, to[0])
		case len(now.points) == 0:
		case step.Op == 'L':
			now.points = append(now.points, to[0])
		case step.Op == 'Q': // a curve with one handle is one with two, each two thirds of the way
			from := now.points[len(now.points)-1]
			now.bend(from, along(from, to[0], 2./3), along(to[1], to[0], 2./3), to[1])
		case step.Op == 'C':
			now.bend(now.points[len(now.points)-1], to[0], to[1], to[2])
		}
	}
	end()
	for i := range all {
		all[i].tidy()
	}
	return all
}

// beyond is how far outside of the picture, in pixels, a pen may go: what is farther away is
// drawn as if it were there.
const beyond = 2000

// place is a point in pixels. What is no number is 0, as SVG has it.
func (c *canvas) place(p picture.Point) picture.Point {
	within := func(v float64, size int) float64 {
		if v *= c.scale; math.IsNaN(v) {
			return 0
		}
		return max(-beyond, min(v, float64(size)+beyond))
	}
	return picture.Point{X: within(p.X, c.image.Rect.Dx()), Y: within(p.Y, c.image.Rect.Dy())}
}

// along is the point a share of the way from one to another.
func along(a, b picture.Point, share float64) picture.Point {
	return picture.Point{X: a.X + (b.X-a.X)*share, Y: a.Y + (b.Y-a.Y)*share}
}

// bend adds a curve. The more it is, the more pieces it takes.
func (w *way) bend(a, b, c, d picture.Point) {
	long := distance(a, b) + distance(b, c) + distance(c, d)
	pieces := max(4, min(96, math.Ceil(1.6*math.Sqrt(long))))
	for i := 1.; i <= pieces; i++ {
		t := i / pieces
		u := 1 - t
		w.points = append(w.points, picture.Point{
			X: u*u*u*a.X + 3*u*u*t*b.X + 3*u*t*t*c.X + t*t*t*d.X,
			Y: u*u*u*a.Y + 3*u*u*t*b.Y + 3*u*t*t*c.Y + t*t*t*d.Y,
		})
	}
}

func distance(a, b picture.Point) float64 { return math.Hypot(b.X-a.X, b.Y-a.Y) }

// nearly is a distance that is none.
const nearly = 1e-3

// tidy takes out points that lie on the one before: they have no direction.
func (w *way) tidy() {
	kept := w.points[:1]
	for _, p := range w.points[1:] {
		if distance(kept[len(kept)-1], p) > nearly {
			kept = append(kept, p)
		}
	}
	if w.closed && len(kept) > 1 && distance(kept[0], kept[len(kept)-1]) <= nearly {
		kept = kept[:len(kept)-1]
	}
	w.points = kept
}

// outlines is the area that a stroke covers.
func outlines(ways []way, s picture.Shape, scale float64) []way {
	half, round := min(s.Width*scale/2, beyond), s.Round
	if !(half > 0) {
		return nil
	}
	if len(s.Dash) > 0 {
		ways, round = dashed(ways, s.Dash, scale), false
	}
	var out []way
	for _, w := range ways {
		switch {
		case len(w.points) > 1:
			out = append(out, w.outline(half, round)...)
		case len(w.points) == 1 && round:
			out = append(out, disc(w.points[0], half))
		}
	}
	return out
}

// leastDash is the shortest dash that is drawn as one, in pixels.
const leastDash = 0.5

// dashed cuts ways into dashes.
func dashed(ways []way, pattern []float64, scale float64) []way {
	lengths := make([]float64, len(pattern))
	for i, length := range pattern {
		if lengths[i] = length * scale; !(lengths[i] >= leastDash) {
			return ways // nobody could tell them apart
		}
	}
	var out []way
	for _, w := range ways {
		points := w.points
		if w.closed {
			points = append(append([]picture.Point{}, points...), points[0])
		}
		at, left := 0, lengths[0]
		dash := []picture.Point{points[0]}
		for i := 1; i < len(points); i++ {
			from, to := points[i-1], points[i]
			for rest := distance(from, to); rest > left; rest = distance(from, to) {
				from = along(from, to, left/rest)
				if at%2 == 0 {
					out = append(out, way{points: append(dash, from)})
				}
				dash = []picture.Point{from}
				at++
				left = lengths[at%len(lengths)]
			}
			left -= distance(from, to)
			dash = append(dash, to)
		}
		if at%2 == 0 && len(dash) > 1 {
			out = append(out, way{points: dash})
		}
	}
	for i := range out {
		out[i].tidy()
	}
	return out
}

// sharply is the cosine from which on two pieces make a corner rather than a bend.
const sharply = 0.8

// outline is the area a pen of half its width goes over. Bends are one strip, so that no seam
// shows; corners are where two strips meet, rounded by a disc. All of it turns the same way
// round: what is covered twice is covered once.
func (w way) outline(half float64, round bool) []way {
	points := w.points
	n := len(points)
	direction := func(i int) picture.Point {
		a, b := points[i%n], points[(i+1)%n]
		long := distance(a, b)
		return picture.Point{X: (b.X - a.X) / long, Y: (b.Y - a.Y) / long}
	}
	corner := func(before, after picture.Point) bool { return before.X*after.X+before.Y*after.Y < sharply }
	pieces := n - 1
	var out []way
	if w.closed && n > 2 {
		pieces = n
		begin := -1 // a ring is cut at its corners
		for i := range n {
			if corner(direction((i+n-1)%n), direction(i)) {
				begin = i
				break
			}
		}
		if begin < 0 {
			return w.ring(half, direction)
		}
		points = append(append([]picture.Point{}, points[begin:]...), points[:begin]...)
		out = append(out, disc(points[0], half))
	} else if round {
		out = append(out, disc(points[0], half), disc(points[n-1], half))
	}
	var left, right []picture.Point
	side := func(at, ahead picture.Point, far float64) {
		left = append(left, picture.Point{X: at.X - ahead.Y*far, Y: at.Y + ahead.X*far})
		right = append(right, picture.Point{X: at.X + ahead.Y*far, Y: at.Y - ahead.X*far})
	}
	flush := func() {
		for i := len(right) - 1; i >= 0; i-- {
			left = append(left, right[i])
		}
		out = append(out, way{points: left})
		left, right = nil, nil
	}
	side(points[0], direction(0), half)
	for i := 1; i < pieces; i++ {
		before, after := direction(i-1), direction(i)
		if corner(before, after) {
			side(points[i], before, half)
			flush()
			out = append(out, disc(points[i], half))
			side(points[i], after, half)
			continue
		}
		ahead, far := middle(before, after, half)
		side(points[i], ahead, far)
	}
	side(points[pieces%n], direction(pieces-1), half)
	flush()
	return out
}

// middle is the direction between two pieces, and how far the sides stand off there.
func middle(before, after picture.Point, half float64) (ahead picture.Point, far float64) {
	ahead = picture.Point{X: before.X + after.X, Y: before.Y + after.Y}
	long := math.Hypot(ahead.X, ahead.Y)
	ahead = picture.Point{X: ahead.X / long, Y: ahead.Y / long}
	return ahead, half / (ahead.X*before.X + ahead.Y*before.Y)
}

// ring is the outline of a closed way without corners: its outer side, less its inner one.
func (w way) ring(half float64, direction func(int) picture.Point) []way {
	n := len(w.points)
	outer, inner := make([]picture.Point, n), make([]picture.Point, n)
	for i, p := range w.points {
		ahead, far := middle(direction((i+n-1)%n), direction(i), half)
		outer[i] = picture.Point{X: p.X - ahead.Y*far, Y: p.Y + ahead.X*far}
		inner[n-1-i] = picture.Point{X: p.X + ahead.Y*far, Y: p.Y - ahead.X*far}
	}
	return []way{{points: outer}, {points: inner}}
}

// disc is a circle, turning as the outlines do.
func disc(at picture.Point, radius float64) way {
	const points = 20
	w := way{points: make([]picture.Point, points)}
	for i := range points {
		turn := -2 * math.Pi * float64(i) / points
		w.points[i] = picture.Point{X: at.X + radius*math.Cos(turn), Y: at.Y + radius*math.Sin(turn)}
	}
	return w
}
