package rootcause

import (
	"fmt"
	"math"
	"math/rand/v2"
	"sort"
	"strings"
)

// planted is a made-up cube with its causes as text "a=1&c=4".
type planted struct {
	dims   []string
	leaves []Leaf
	causes map[string]bool
	noise  float64
}

// plant makes a cube by the recipe of the S set of Kalander (arXiv 2205.10004): leaves
// from a Weibull with shape .5–1, up to a quarter of them zero, relative forecast errors
// of 0–25 %, 1–3 causes in cuboids of any layer with 1–3 cells each, which lose (or gain)
// 20–100 % beyond the noise, spread by up to 10 points.
func plant(seed uint64, sizes []int) planted {
	rng := rand.New(rand.NewPCG(seed, 0xCBE))
	p := planted{causes: map[string]bool{}}
	between := func(a, b float64) float64 { return a + (b-a)*rng.Float64() }
	n := 1
	for d, size := range sizes {
		p.dims = append(p.dims, string(rune('a'+d)))
		n *= size
	}
	zero, shape := between(0, .25), between(.5, 1)
	p.noise = between(0, .25)
	ids := make([][]int, n)
	names := make([]string, 300)
	for i := range names {
		names[i] = fmt.Sprint(i)
	}
	p.leaves = make([]Leaf, n)
	sumF, sumV := 0.0, 0.0
	for i := range p.leaves {
		ids[i] = make([]int, len(sizes))
		values := make([]string, len(sizes))
		rest := i
		for d := len(sizes) - 1; d >= 0; d-- {
			ids[i][d] = rest % sizes[d]
			values[d] = names[ids[i][d]]
			rest /= sizes[d]
		}
		v := 100 * math.Pow(rng.ExpFloat64(), 1/shape)
		if rng.Float64() < zero {
			v = 0
		}
		f := math.Max(0, v*(1+p.noise*rng.NormFloat64()))
		if rng.IntN(2) == 0 {
			f, v = v, f
		}
		p.leaves[i] = Leaf{Values: values, Forecast: f, Actual: v}
		sumF, sumV = sumF+f, sumV+v
	}
	used := make([]map[int]bool, len(sizes))
	for d := range used {
		used[d] = map[int]bool{}
	}
	taken := map[string]bool{}
	for range 1 + rng.IntN(3) {
		severity, spread := between(.2, 1)+p.noise, between(0, .1)
		cells := pickCells(rng, sizes, used, taken, p.leaves)
		for _, cell := range cells {
			var name []string
			for d := range sizes {
				if v, ok := cell[d]; ok {
					name = append(name, p.dims[d]+"="+names[v])
				}
			}
			p.causes[strings.Join(name, "&")] = true
		}
		for i := range p.leaves {
			for _, cell := range cells {
				inside := true
				for d, v := range cell {
					inside = inside && ids[i][d] == v
				}
				if !inside {
					continue
				}
				l, keep := &p.leaves[i], math.Max(0, 1-(severity+spread*rng.NormFloat64()))
				if sumV > sumF {
					l.Forecast = l.Actual * keep
				} else {
					l.Actual = l.Forecast * keep
				}
				break
			}
		}
	}
	return p
}

// pickCells picks 1–3 different cells of one cuboid, none with a value that an earlier
// cause has in the same dimension.
func pickCells(rng *rand.Rand, sizes []int, used []map[int]bool, taken map[string]bool, leaves []Leaf) []map[int]int {
	layer, count := 1+rng.IntN(len(sizes)), 1+rng.IntN(3)
	for {
		dims := rng.Perm(len(sizes))[:layer]
		sort.Ints(dims)
		if key := fmt.Sprint(dims); taken[key] && layer < len(sizes) {
			layer = 1 + rng.IntN(len(sizes))
			continue
		}
		if exhausted(dims, used, sizes) {
			layer = 1 + rng.IntN(len(sizes))
			continue
		}
		cells, names := []map[int]int{}, map[string]bool{}
		for range count {
			cell := map[int]int{}
			for _, d := range dims {
				v := rng.IntN(sizes[d])
				for used[d][v] {
					v = rng.IntN(sizes[d])
				}
				cell[d] = v
			}
			cells = append(cells, cell)
			names[fmt.Sprint(cell)] = true
		}
		if len(names) < count {
			continue
		}
		if layer == len(sizes) && anyZero(cells, sizes, leaves) {
			continue // a leaf where nothing is and nothing comes cannot be found
		}
		taken[fmt.Sprint(dims)] = true
		for _, cell := range cells {
			for d, v := range cell {
				used[d][v] = true
			}
		}
		return cells
	}
}

func anyZero(cells []map[int]int, sizes []int, leaves []Leaf) bool {
	for _, cell := range cells {
		i := 0
		for d, size := range sizes {
			i = i*size + cell[d]
		}
		if leaves[i].Actual == 0 {
			return true
		}
	}
	return false
}

// named is a found cause as text.
func named(c Cause) string {
	var parts []string
	for d, v := range c.Elements {
		parts = append(parts, d+"="+v)
	}
	sort.Strings(parts)
	return strings.Join(parts, "&")
}

func exhausted(dims []int, used []map[int]bool, sizes []int) bool {
	for _, d := range dims {
		if len(used[d]) == sizes[d] {
			return true
		}
	}
	return false
}
