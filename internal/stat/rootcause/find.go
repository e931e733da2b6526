package rootcause

import (
	"cmp"
	"math"
	"slices"
)

// proof is what a cell must gain beyond the price of having searched all of them: about
// one false cell in twenty searches where all is noise.
const proof = 5

// alike is by what share of their shift parts of one cause may differ and still count as
// one: −50 % here and −55 % there is one story.
const alike = .15

// mostEntries bounds the memory: a leaf's cell in a cuboid takes four bytes. Five
// dimensions of 48,000 leaves take a tenth of it; with many more dimensions causes are
// sought in fewer of them at a time.
const mostEntries = 16_000_000

// Find names the cells that moved as one, those that explain most of the total's change
// first. It takes the cell with the highest gain, decides whether its parts say more than
// the whole, sets the leaves of it aside and goes on.
//
// The gain of a cell with n leaves and a sum of z over them is S²/2n, the log likelihood
// ratio of one common shift against none, less the log of how many cells could have been
// named (a minimum description length, Rissanen 1978). A parent that holds the cause
// dilutes it, a child holds a part only, so the highest gain has the right layer.
//
// Sizes: 48,000 leaves in five dimensions are 85,000 cells and take a fraction of a
// second. Leaves where nothing was expected and nothing came are left out.
func Find(leaves []Leaf, dims []string, opt Options) ([]Cause, Reason) {
	if len(dims) > 12 {
		return nil, BadShape
	}
	for _, l := range leaves {
		if len(l.Values) != len(dims) {
			return nil, BadShape
		}
	}
	m := measure(leaves)
	some, moved := false, false
	for i, on := range m.counted {
		some = some || on
		moved = moved || (on && m.d[i] != 0)
	}
	switch {
	case !some || len(dims) == 0:
		return nil, NoLeaves
	case !moved:
		return nil, NoChange
	}
	if opt.MaxCauses <= 0 {
		opt.MaxCauses = 12
	}
	if opt.MaxLayer <= 0 {
		opt.MaxLayer = 5
	}
	for opt.MaxLayer > 1 && cuboidsOf(len(dims), opt.MaxLayer)*len(leaves) > mostEntries {
		opt.MaxLayer--
	}
	s := &search{cube: newCube(leaves, len(dims), opt.MaxLayer), measured: m, left: slices.Clone(m.counted)}
	for _, q := range s.cuboids {
		q.cost = proof + math.Log(float64(len(q.first))) + math.Log(float64(len(s.cuboids)))
		for i, cell := range q.cell {
			if m.counted[i] {
				q.sum[cell] += m.z[i]
				q.n[cell]++
			}
		}
	}
	var found []Cause
	for len(found) < opt.MaxCauses {
		q, cell, gain := s.best()
		if q == nil {
			break
		}
		q, cell, gain = s.refine(q, cell, gain)
		found = append(found, s.take(leaves, dims, q, cell, gain))
	}
	slices.SortStableFunc(found, func(a, b Cause) int { return -cmp.Compare(math.Abs(a.Explains), math.Abs(b.Explains)) })
	if opt.MinExplain > 0 {
		found = slices.DeleteFunc(found, func(c Cause) bool { return math.Abs(c.Explains) < opt.MinExplain })
	}
	if len(found) == 0 {
		return nil, NoPattern
	}
	return found, None
}

type search struct {
	*cube
	measured
	left []bool // leaves no cause was found for yet
}

func (q *cuboid) gain(cell int) float64 {
	if q.n[cell] < .5 {
		return 0
	}
	return q.sum[cell]*q.sum[cell]/(2*q.n[cell]) - q.cost
}

// best is the cell that gains most, the coarser one where two gain the same.
func (s *search) best() (*cuboid, int, float64) {
	var at *cuboid
	where, most := 0, 0.0
	for _, q := range s.cuboids {
		for cell := range q.first {
			// A finer cell with the very same leaves must not win by rounding.
			if g := q.gain(cell); g > most*(1+1e-9) {
				at, where, most = q, cell, g
			}
		}
	}
	return at, where, most
}

// refine goes from a cell to one of its parts as long as a few of the parts explain it
// better than the whole: three of five values that moved make the whole look moved.
func (s *search) refine(q *cuboid, cell int, gain float64) (*cuboid, int, float64) {
	for range len(s.sizes) {
		part, id := s.split(q, cell, gain)
		if part == nil {
			break
		}
		q, cell, gain = part, id, part.gain(id)
	}
	return q, cell, gain
}

// split looks, along each dimension the cell leaves free, whether the parts that moved
// explain more together than the whole, each part paying its own price; the whole is
// allowed to be as uneven as `alike`. The best part of the best dimension comes back.
func (s *search) split(q *cuboid, cell int, gain float64) (*cuboid, int) {
	var members []int
	for i, c := range q.cell {
		if int(c) == cell && s.left[i] {
			members = append(members, i)
		}
	}
	shift := q.sum[cell] / q.n[cell]
	var at *cuboid
	where, most := 0, 0.0
	for d := range s.sizes {
		child := s.byMask[q.mask|1<<d]
		if q.mask>>d&1 == 1 || child == nil {
			continue
		}
		seen := map[int32]bool{}
		parts, bestPart, bestGain := 0.0, 0, 0.0
		uneven, still := 0.0, 0
		for _, i := range members {
			c := child.cell[i]
			if seen[c] {
				continue
			}
			seen[c] = true
			part := child.sum[c] / child.n[c]
			if g := child.gain(int(c)); g > 0 {
				parts += g
				if g > bestGain {
					bestPart, bestGain = int(c), g
				}
			}
			slack := alike * math.Abs(shift) * 2
			if off := math.Abs(part - shift); off > slack {
				uneven += child.n[c] * (off - slack) * (off - slack) / 2
			}
			// A part that did not move at all, although the rest did.
			if part*shift < shift*shift/4 && child.n[c]*shift*shift > 9 {
				still++
			}
		}
		if len(seen) < 2 || bestGain == 0 || still == 0 || uneven < proof {
			continue
		}
		if parts > gain && parts-gain > most {
			at, where, most = child, bestPart, parts-gain
		}
	}
	return at, where
}

// take sets the leaves of a cell aside and tells of it.
func (s *search) take(leaves []Leaf, dims []string, q *cuboid, cell int, gain float64) Cause {
	c := Cause{Elements: map[string]string{}, Score: gain}
	for _, d := range q.dims {
		c.Elements[dims[d]] = leaves[q.first[cell]].Values[d]
	}
	var inside, all amounts
	for i, l := range leaves {
		if !s.counted[i] {
			continue
		}
		all.add(l)
		if int(q.cell[i]) != cell {
			continue
		}
		inside.add(l)
		if !s.left[i] {
			continue
		}
		c.Leaves++
		c.Shift += s.d[i]
		s.left[i] = false
		for _, other := range s.cuboids {
			o := other.cell[i]
			other.sum[o] -= s.z[i]
			other.n[o]--
		}
	}
	c.Shift /= float64(max(c.Leaves, 1))
	c.Forecast, c.Actual, c.Explains = inside.against(all)
	return c
}

// amounts are sums of leaves.
type amounts struct{ f, a, fOf, aOf float64 }

func (s *amounts) add(l Leaf) {
	s.f += l.Forecast
	s.a += l.Actual
	s.fOf += l.ForecastOf
	s.aOf += l.ActualOf
}

// against gives the cell's own forecast and actual, and its share of the total's change:
// of sums by their difference, of ratios by DerivedPower of the cell and the rest.
func (s amounts) against(all amounts) (forecast, actual, explains float64) {
	if all.fOf == 0 && all.aOf == 0 {
		if change := all.a - all.f; change != 0 {
			explains = (s.a - s.f) / change
		}
		return s.f, s.a, finite(explains)
	}
	power := DerivedPower([]float64{s.f, all.f - s.f}, []float64{s.a, all.a - s.a}, []float64{s.fOf, all.fOf - s.fOf}, []float64{s.aOf, all.aOf - s.aOf})
	return ratio(s.f, s.fOf), ratio(s.a, s.aOf), power[0]
}

func ratio(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return finite(a / b)
}

func finite(v float64) float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return 0
	}
	return v
}
