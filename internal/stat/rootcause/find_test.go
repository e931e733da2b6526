package rootcause

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/evidence"
)

func TestPlantedCauses(t *testing.T) {
	t.Parallel()
	n := evidence.Tries(4, 200)
	right, wrong, missed := 0, 0, 0
	longest, sum := time.Duration(0), time.Duration(0)
	for i := range n {
		p := plant(uint64(i), []int{10, 12, 10, 8, 5})
		before := time.Now()
		causes, _ := Find(p.leaves, p.dims, Options{})
		took := time.Since(before)
		longest, sum = max(longest, took), sum+took
		hit := 0
		for _, c := range causes {
			if p.causes[named(c)] {
				hit++
			} else {
				t.Logf("cube %d, noise %.2f: false %s, score %.1f, shift %.2f, %d leaves", i, p.noise, named(c), c.Score, c.Shift, c.Leaves)
			}
		}
		right, wrong, missed = right+hit, wrong+len(causes)-hit, missed+len(p.causes)-hit
	}
	fig := evidence.Figure{Room: "root cause", Tries: n, Unit: "%",
		Case: "cubes of 48,000 leaves (10×12×10×8×5), 1–3 causes of 1–3 cells, noise 0–25 %"}
	fig.Name, fig.Got = "F1 over all cells", 2*float64(right)/float64(2*right+wrong+missed)
	evidence.AtLeast(t, fig, .70, 0)
	fig.OK, fig.Bar = true, "none: shown"
	fig.Name, fig.Got = "named cells that are causes", float64(right)/float64(max(right+wrong, 1))
	evidence.Publish(t, fig)
	fig.Name, fig.Got = "causes that are named", float64(right)/float64(right+missed)
	evidence.Publish(t, fig)
	fig.Unit, fig.Bar = "", "< 1"
	fig.Name, fig.Got = "seconds a cube, on average", (sum / time.Duration(n)).Seconds()
	fig.OK = fig.Got < 1
	evidence.Publish(t, fig)
	fig.Name, fig.Got = "seconds a cube, the longest", longest.Seconds()
	fig.OK = fig.Got < 1
	evidence.Publish(t, fig)
}

// shop is a small cube of counts: channel × device × page.
func shop(seed uint64, mean float64, change func(channel, device, page int) float64) []Leaf {
	rng := rand.New(rand.NewPCG(seed, 1))
	var leaves []Leaf
	for c := range 6 {
		for d := range 3 {
			for p := range 15 {
				f := mean * math.Exp(rng.NormFloat64())
				v := f * change(c, d, p)
				v = math.Max(0, math.Round(v+math.Sqrt(v)*rng.NormFloat64()))
				leaves = append(leaves, Leaf{Values: []string{fmt.Sprint(c), fmt.Sprint(d), fmt.Sprint(p)}, Forecast: f, Actual: v})
			}
		}
	}
	return leaves
}

var shopDims = []string{"channel", "device", "page"}

func names(causes []Cause) []string {
	var out []string
	for _, c := range causes {
		out = append(out, named(c))
	}
	slices.Sort(out)
	return out
}

func TestCountsOfAShop(t *testing.T) {
	t.Parallel()
	n := evidence.Tries(40, 500)
	right, quiet := 0, 0
	for i := range n {
		fell := shop(uint64(i), 40, func(c, d, _ int) float64 {
			if c == 2 && d == 1 {
				return .5
			}
			return 1
		})
		causes, _ := Find(fell, shopDims, Options{})
		if slices.Equal(names(causes), []string{"channel=2&device=1"}) {
			right++
		}
		if _, why := Find(shop(uint64(i), 40, func(int, int, int) float64 { return 1 }), shopDims, Options{}); why == NoPattern {
			quiet++
		}
	}
	fig := evidence.Figure{Room: "root cause", Tries: n, Unit: "%", Case: "a shop's counts, 6 channels × 3 devices × 15 pages, mean 40 a leaf"}
	fig.Name, fig.Got = "one channel on one device halves: exactly that is named", float64(right)/float64(n)
	evidence.AtLeast(t, fig, .9, .05)
	fig.Name, fig.Got = "nothing happened: nothing is named", float64(quiet)/float64(n)
	evidence.AtLeast(t, fig, .95, .03)
}

func TestSeveralValuesAreNotTheirParent(t *testing.T) {
	t.Parallel()
	leaves := shop(3, 200, func(c, d, _ int) float64 {
		if c == 1 && d != 2 {
			return .4
		}
		return 1
	})
	causes, _ := Find(leaves, shopDims, Options{})
	if got := names(causes); !slices.Equal(got, []string{"channel=1&device=0", "channel=1&device=1"}) {
		t.Errorf("causes %v", got)
	}
	sum := 0.0
	for _, c := range causes {
		sum += c.Explains
	}
	if sum < .8 || sum > 1.2 {
		t.Errorf("the causes explain %.2f of the change", sum)
	}
}

func TestRatioFindsTheRateThatBroke(t *testing.T) {
	t.Parallel()
	leaves := shop(5, 3000, func(int, int, int) float64 { return 1 })
	rng := rand.New(rand.NewPCG(8, 8))
	for i, l := range leaves {
		rate := .05
		if l.Values[1] == "2" {
			rate = .02
		}
		visits := l.Actual
		leaves[i] = Leaf{Values: l.Values, Forecast: .05 * l.Forecast, ForecastOf: l.Forecast, ActualOf: visits,
			Actual: math.Max(0, math.Round(rate*visits+math.Sqrt(rate*visits)*rng.NormFloat64()))}
	}
	causes, why := Find(leaves, shopDims, Options{})
	if got := names(causes); why != None || !slices.Equal(got, []string{"device=2"}) {
		t.Fatalf("causes %v %q", got, why)
	}
	if c := causes[0]; math.Abs(c.Forecast-.05) > 1e-9 || math.Abs(c.Actual-.02) > .002 || c.Explains < .8 {
		t.Errorf("%+v", c)
	}
}

func TestUnitsAndOrderChangeNothing(t *testing.T) {
	t.Parallel()
	p := plant(3, []int{6, 7, 5, 4})
	a, _ := Find(p.leaves, p.dims, Options{})
	again, _ := Find(p.leaves, p.dims, Options{})
	if !reflect.DeepEqual(a, again) {
		t.Error("the same leaves give other causes")
	}
	other := slices.Clone(p.leaves)
	rand.New(rand.NewPCG(1, 1)).Shuffle(len(other), func(i, j int) { other[i], other[j] = other[j], other[i] })
	for i := range other {
		other[i].Forecast *= 1024
		other[i].Actual *= 1024
	}
	b, _ := Find(other, p.dims, Options{})
	if !slices.Equal(names(a), names(b)) {
		t.Errorf("%v became %v", names(a), names(b))
	}
}

func TestBadInput(t *testing.T) {
	t.Parallel()
	leaf := func(f, a float64, values ...string) Leaf { return Leaf{Values: values, Forecast: f, Actual: a} }
	for name, c := range map[string]struct {
		leaves []Leaf
		dims   []string
		want   Reason
	}{
		"nothing":         {nil, []string{"a"}, NoLeaves},
		"no dimensions":   {[]Leaf{leaf(1, 2)}, nil, NoLeaves},
		"ragged":          {[]Leaf{leaf(1, 2, "x")}, []string{"a", "b"}, BadShape},
		"many dimensions": {nil, make([]string, 13), BadShape},
		"as expected":     {[]Leaf{leaf(5, 5, "x"), leaf(7, 7, "y")}, []string{"a"}, NoChange},
		"all zero":        {[]Leaf{leaf(0, 0, "x"), leaf(0, 0, "y")}, []string{"a"}, NoLeaves},
		"not numbers":     {[]Leaf{leaf(math.NaN(), 1, "x"), leaf(1, math.Inf(1), "y")}, []string{"a"}, NoLeaves},
		"one value":       {[]Leaf{leaf(5, 1, "x"), leaf(7, 1, "x")}, []string{"a"}, NoPattern},
		"negative":        {[]Leaf{leaf(-5, -1, "x"), leaf(-7, -1, "y")}, []string{"a"}, NoLeaves},
		"huge":            {[]Leaf{leaf(1e300, 1e9, "x"), leaf(1e300, 1e300, "y")}, []string{"a"}, None},
		"rate of nothing": {[]Leaf{{Values: []string{"x"}, Forecast: 1, ForecastOf: 5}}, []string{"a"}, NoLeaves},
	} {
		causes, why := Find(c.leaves, c.dims, Options{})
		if why != c.want {
			t.Errorf("%s: reason %q, %q was expected", name, why, c.want)
		}
		for _, c := range causes {
			for _, v := range []float64{c.Forecast, c.Actual, c.Explains, c.Shift, c.Score} {
				if math.IsNaN(v) || math.IsInf(v, 0) {
					t.Errorf("%s: %+v", name, c)
				}
			}
		}
	}
	if got := Explainers(Power([]float64{1, 1}, []float64{1, 1}), Surprise([]float64{0, 0}, []float64{0, 0}), .1, .6); got != nil {
		t.Errorf("no change explained by %v", got)
	}
}
