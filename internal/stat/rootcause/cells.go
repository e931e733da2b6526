package rootcause

import "math/bits"

// cuboid is one set of dimensions: which cell of it each leaf lies in, and what is left to
// explain in each cell.
type cuboid struct {
	dims  []int
	mask  uint
	cell  []int32 // by leaf
	first []int32 // by cell: a leaf in it, to read its values from
	sum   []float64
	n     []float64
	cost  float64 // what naming a cell of this cuboid costs, in log likelihood
}

// cube is all cuboids of up to so many dimensions, coarse ones first.
type cube struct {
	values  [][]int32 // by dimension, by leaf
	sizes   []int     // by dimension: number of values
	cuboids []*cuboid
	byMask  map[uint]*cuboid
}

// newCube numbers the values and the cells.
func newCube(leaves []Leaf, dims, maxLayer int) *cube {
	c := &cube{byMask: map[uint]*cuboid{}}
	for d := range dims {
		ids := map[string]int32{}
		column := make([]int32, len(leaves))
		for i, l := range leaves {
			id, ok := ids[l.Values[d]]
			if !ok {
				id = int32(len(ids))
				ids[l.Values[d]] = id
			}
			column[i] = id
		}
		c.values, c.sizes = append(c.values, column), append(c.sizes, len(ids))
	}
	for layer := 1; layer <= min(maxLayer, dims); layer++ {
		for mask := uint(1); mask < 1<<dims; mask++ {
			if bits.OnesCount(mask) == layer && c.worthwhile(mask) {
				c.add(mask, len(leaves))
			}
		}
	}
	return c
}

// cuboidsOf is how many sets of up to so many of the dimensions there are.
func cuboidsOf(dims, maxLayer int) int {
	sum, choose := 0, 1
	for layer := 1; layer <= min(maxLayer, dims); layer++ {
		choose = choose * (dims - layer + 1) / layer
		sum += choose
	}
	return sum
}

// worthwhile leaves out dimensions with one value: naming it says nothing.
func (c *cube) worthwhile(mask uint) bool {
	for d, size := range c.sizes {
		if mask>>d&1 == 1 && size < 2 {
			return false
		}
	}
	return true
}

func (c *cube) add(mask uint, n int) {
	q := &cuboid{mask: mask, cell: make([]int32, n)}
	product := 1
	for d, size := range c.sizes {
		if mask>>d&1 == 1 {
			q.dims = append(q.dims, d)
			if product < 1<<40 {
				product *= size
			}
		}
	}
	key := func(i int) int {
		k := 0
		for _, d := range q.dims {
			k = k*c.sizes[d] + int(c.values[d][i])
		}
		return k
	}
	if product <= max(4*n, 1<<16) {
		seen := make([]int32, product) // number + 1
		for i := range n {
			k := key(i)
			if seen[k] == 0 {
				q.first = append(q.first, int32(i))
				seen[k] = int32(len(q.first))
			}
			q.cell[i] = seen[k] - 1
		}
	} else {
		seen := map[int]int32{}
		for i := range n {
			k := key(i)
			id, ok := seen[k]
			if !ok {
				id = int32(len(q.first))
				seen[k] = id
				q.first = append(q.first, int32(i))
			}
			q.cell[i] = id
		}
	}
	q.sum, q.n = make([]float64, len(q.first)), make([]float64, len(q.first))
	c.cuboids = append(c.cuboids, q)
	c.byMask[mask] = q
}
