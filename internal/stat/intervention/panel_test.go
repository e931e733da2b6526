package intervention

import (
	"math"
	"slices"
	"testing"

	"github.com/shirube/shirube/internal/evidence"
)

func twoByTwo(t *testing.T, v evidence.Vector, _ map[string]evidence.Vector) {
	var in struct {
		Y                    []float64
		Group, Post, Cluster []int
	}
	var want struct {
		Att     float64
		OLS     float64 `json:"se_ols"`
		HC1     float64 `json:"se_hc1"`
		Cluster float64 `json:"se_cluster"`
	}
	v.Read(t, &in, &want)
	yes := func(x []int) []bool {
		out := make([]bool, len(x))
		for i := range x {
			out[i] = x[i] == 1
		}
		return out
	}
	got := DiD(in.Y, yes(in.Group), yes(in.Post), in.Cluster)
	nears(t, "effect and errors", []float64{got.Effect, got.SE, got.SERobust, got.SEGroups},
		[]float64{want.Att, want.OLS, want.HC1, want.Cluster}, v.Tol)
}

func simplexWeights(t *testing.T, v evidence.Vector, _ map[string]evidence.Vector) {
	var in struct {
		Y1 []float64
		Y0 [][]float64
	}
	var want struct {
		W   []float64
		SSE float64
	}
	v.Read(t, &in, &want)
	w, _ := SimplexWeights(in.Y1, in.Y0)
	nears(t, "weights", w, want.W, v.Tol)
	sse := 0.0
	for i, row := range in.Y0 {
		e := in.Y1[i]
		for j := range w {
			e -= w[j] * row[j]
		}
		sse += e * e
	}
	near(t, "squared error", sse, want.SSE, v.Tol)
}

func prop99(t *testing.T, v evidence.Vector, _ map[string]evidence.Vector) {
	var in struct {
		Rows   []string `json:"Y_rows"`
		N0, T0 int
		Y      [][]float64
	}
	var want struct {
		DID, SC, SDID float64
		SE            float64            `json:"se_placebo_seed12345"`
		Omega         map[string]float64 `json:"sdid_omega_top"`
		Lambda        []float64          `json:"sdid_lambda"`
		SCOmega       map[string]float64 `json:"sc_omega_top"`
	}
	v.Read(t, &in, &want)
	p := Panel{in.Y, in.N0, in.T0}
	room := func(name, of string, got, want float64) {
		evidence.AtMost(t, evidence.Figure{Room: "interventions", Case: "California's tobacco law, 39 states 1970–2000", Name: name + ": distance to the reference's " + of, Got: math.Abs(got - want), Tries: 1}, 1e-3, 0)
	}
	did := EstimatePanel(p, DifferenceInDifferences)
	room("difference-in-differences", "−27.349111", did.Effect, want.DID)
	sc := EstimatePanel(p, SyntheticControl)
	room("synthetic control", "−19.619663", sc.Effect, want.SC)
	sdid := EstimatePanel(p, SyntheticDiD)
	room("synthetic difference-in-differences", "−15.603828", sdid.Effect, want.SDID)
	nears(t, "time weights", sdid.TimeWeights, want.Lambda, 1e-3)
	for name, w := range want.Omega {
		near(t, name, sdid.UnitWeights[slices.Index(in.Rows, name)], w, 1e-3)
	}
	for name, w := range want.SCOmega {
		near(t, name, sc.UnitWeights[slices.Index(in.Rows, name)], w, 1e-3)
	}
	// The reference draws 200 of the 38 untreated states with R's generator, and starts each
	// search from the weights of the effect. Here each state is taken once; the reference's
	// draws then pick from these.
	placebos := warmPlacebos(p, sdid)
	var drawn []float64
	rng := newMersenne(12345)
	for range 200 {
		drawn = append(drawn, placebos[rng.lastOfPermutation(38)])
	}
	_, sd, _ := moments(drawn)
	near(t, "placebo standard error", math.Sqrt(199./200)*sd, want.SE, v.Tol)
	whole := InferPanel(p, SyntheticDiD, 1)
	t.Logf("all placebos: SE %.4f, interval %.2f, rank %d of %d", whole.SE, whole.CI95, whole.Rank, whole.Placed)
}

func warmPlacebos(p Panel, found PanelEffect) []float64 {
	var out []float64
	noise := p.noise()
	for i := range p.Untreated {
		units := others(p.Untreated, i)
		var start []float64
		for _, j := range units {
			start = append(start, found.UnitWeights[j])
		}
		out = append(out, p.with(append(units, i), 1).estimate(SyntheticDiD, noise, 1e-5*noise, normalised(start), found.TimeWeights).Effect)
	}
	return out
}

// Each untreated state in turn is played as treated, and its interval is found from the
// others: 38 states on which nothing happened.
func TestGateDonors(t *testing.T) {
	evidence.Gate(t)
	t.Parallel()
	var in struct {
		N0, T0 int
		Y      [][]float64
	}
	evidence.Vectors(t, "intervention_r.json")["prop99-sdid"].Read(t, &in, nil)
	donors := Panel{in.Y[:in.N0], in.N0 - 1, in.T0}
	covered := 0
	for i := range in.N0 {
		r := InferPanel(donors.with(append(others(in.N0, i), i), 1), SyntheticDiD, 1)
		if r.CI95[0] <= 0 && 0 <= r.CI95[1] {
			covered++
		}
	}
	fig := evidence.Figure{Room: "interventions", Case: "synthetic difference-in-differences, each of 38 untreated states played as treated", Name: "95 % interval covers zero", Got: float64(covered) / 38, Tries: 38, Unit: "%"}
	evidence.AtLeast(t, fig, .93, slackOf(.05, 38))
	evidence.AtMost(t, fig, .97, slackOf(.05, 38))
}

// mersenne is R's default generator, so that a reference that drew can be met exactly.
type mersenne struct {
	state [624]uint32
	at    int
}

func newMersenne(seed uint32) *mersenne {
	m := &mersenne{at: 624}
	for range 50 {
		seed = 69069*seed + 1
	}
	seed = 69069*seed + 1 // the place of the counter
	for i := range m.state {
		seed = 69069*seed + 1
		m.state[i] = seed
	}
	return m
}

func (m *mersenne) float() float64 {
	if m.at == 624 {
		for i := range m.state {
			y := m.state[i]&0x80000000 | m.state[(i+1)%624]&0x7fffffff
			next := m.state[(i+397)%624] ^ y>>1
			if y&1 == 1 {
				next ^= 0x9908b0df
			}
			m.state[i] = next
		}
		m.at = 0
	}
	y := m.state[m.at]
	m.at++
	y ^= y >> 11
	y ^= y << 7 & 0x9d2c5680
	y ^= y << 15 & 0xefc60000
	y ^= y >> 18
	return min(max(float64(y)*2.3283064365386963e-10, 2.328306437080797e-10), 1-2.328306437080797e-10)
}

func (m *mersenne) below(n int) int {
	bits := 0
	for 1<<bits < n {
		bits++
	}
	for {
		v := 0
		for got := 0; got <= bits; got += 16 {
			v = 65536*v + int(m.float()*65536)
		}
		if v &= 1<<bits - 1; v < n {
			return v
		}
	}
}

// lastOfPermutation draws a whole permutation of n things and gives its last, from 0.
func (m *mersenne) lastOfPermutation(n int) int {
	things := make([]int, n)
	for i := range things {
		things[i] = i
	}
	last := 0
	for left := n; left > 0; left-- {
		j := m.below(left)
		last, things[j] = things[j], things[left-1]
	}
	return last
}
