package intervention

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// sound walks a value and reports the first number that is none.
func sound(v reflect.Value, path string) string {
	switch v.Kind() {
	case reflect.Float64:
		if f := v.Float(); math.IsNaN(f) || math.IsInf(f, 0) {
			return fmt.Sprintf("%s is %v", path, f)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if bad := sound(v.Field(i), path+"."+v.Type().Field(i).Name); bad != "" {
				return bad
			}
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			if bad := sound(v.Index(i), fmt.Sprintf("%s[%d]", path, i)); bad != "" {
				return bad
			}
		}
	}
	return ""
}

func TestBadInput(t *testing.T) {
	t.Parallel()
	fill := func(n int, f func(t int) float64) []float64 {
		out := make([]float64, n)
		for i := range out {
			out[i] = f(i)
		}
		return out
	}
	wave := func(t int) float64 { return 100 + 10*math.Sin(float64(t)*1.7) + float64(t%7) }
	nan := func(int) float64 { return math.NaN() }
	one := fill(120, wave)
	for name, c := range map[string]struct {
		s    Study
		want Reason
	}{
		"nothing":            {Study{}, NoDaysAfter},
		"three days":         {Study{Y: one[:3], At: 2, Season: 7}, TooShort},
		"constant":           {Study{Y: fill(120, func(int) float64 { return 5 }), At: 90, Season: 7}, Constant},
		"all zero":           {Study{Y: make([]float64, 120), At: 90, Season: 7}, Constant},
		"all missing":        {Study{Y: fill(120, nan), At: 90, Season: 7}, TooManyGaps},
		"nothing after":      {Study{Y: append(fill(90, wave), fill(30, nan)...), At: 90, Season: 7}, NoDaysAfter},
		"date at the end":    {Study{Y: one, At: 120, Season: 7}, NoDaysAfter},
		"short control":      {Study{Y: one, Controls: [][]float64{one[:50]}, At: 90, Season: 7}, BadShape},
		"constant control":   {Study{Y: one, Controls: [][]float64{make([]float64, 120)}, At: 90, Season: 7, Draws: 50}, NoUsableControls},
		"missing control":    {Study{Y: one, Controls: [][]float64{fill(120, nan)}, At: 90, Season: 7, Draws: 50}, NoUsableControls},
		"the series itself":  {Study{Y: one, Controls: [][]float64{one, one, one}, At: 90, Season: 7, Draws: 50}, None},
		"huge":               {Study{Y: fill(120, func(t int) float64 { return 1e9 * wave(t) }), Controls: [][]float64{one}, At: 90, Season: 7, Draws: 50}, None},
		"negative, log":      {Study{Y: fill(120, func(t int) float64 { return wave(t) - 100 }), At: 90, Season: 7, Scale: ScaleLog, Draws: 50}, NoControls},
		"one value, then up": {Study{Y: append(make([]float64, 90), fill(30, wave)...), At: 90, Season: 7}, Constant},
		"infinite":           {Study{Y: append(fill(100, wave), fill(20, func(int) float64 { return math.Inf(1) })...), At: 90, Season: 7, Draws: 50}, NoControls},
	} {
		got := Effect(c.s)
		if bad := sound(reflect.ValueOf(got), name); bad != "" {
			t.Error(bad)
		}
		if got.Reason != c.want && !(c.want == None || c.want == NoControls) {
			t.Errorf("%s: reason %q, %q was expected", name, got.Reason, c.want)
		}
	}
	flat := Panel{Y: [][]float64{{1, 1, 1}, {1, 1, 1}, {1, 1, 1}, {1, 1, 1}, {1, 1, 1}}, Untreated: 4, Before: 2}
	for name, p := range map[string]Panel{
		"empty": {}, "ragged": {Y: [][]float64{{1, 2}, {1}}, Untreated: 1, Before: 1}, "flat": flat,
		"gap": {Y: [][]float64{{1, math.NaN()}, {1, 2}}, Untreated: 1, Before: 1}, "two units": {Y: [][]float64{{1, 2, 3}, {2, 3, 5}}, Untreated: 1, Before: 2},
	} {
		for _, m := range []Method{DifferenceInDifferences, SyntheticControl, SyntheticDiD} {
			got := InferPanel(p, m, 1)
			if bad := sound(reflect.ValueOf(got), name); bad != "" || got.Reason == None {
				t.Errorf("%s: %s reason %q", name, bad, got.Reason)
			}
		}
	}
	if got := DiD([]float64{1, 2}, []bool{true}, nil, nil); got.Reason != BadShape {
		t.Errorf("DiD of unequal lengths: %q", got.Reason)
	}
	if got := FitML(Structure{Season: 7}, Series{Y: one[:5]}, 0); got.Reason != TooShort {
		t.Errorf("fit of five days: %q", got.Reason)
	}
}

// Units change nothing but the unit, and a seed says all there is to chance.
func TestScaleAndSeed(t *testing.T) {
	t.Parallel()
	s := worldSpec{before: 120, after: 21, controls: 2, own: .5, mean: 200, lift: .4, seed: 4}.make()
	a, again := Effect(s), Effect(s)
	if !reflect.DeepEqual(a, again) {
		t.Error("the same seed gives another result")
	}
	s.Controls[0], s.Controls[1] = s.Controls[1], s.Controls[0]
	for i := range s.Y {
		s.Y[i] *= 1000
		s.Controls[0][i] *= .01
	}
	b := Effect(s)
	if a.Found != b.Found || math.Abs(a.Relative.Value-b.Relative.Value) > .02 {
		t.Errorf("other units, other result: %+v, %+v", a.Relative, b.Relative)
	}
	if !a.Found || a.Relative.Low > .4 || a.Relative.High < .4 {
		t.Errorf("an effect of 40 %% is %+v", a.Relative)
	}
}

func TestSimplexIsTheMinimum(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		k, days := rapid.IntRange(1, 6).Draw(t, "k"), rapid.IntRange(2, 12).Draw(t, "days")
		value := rapid.Float64Range(-5, 5)
		y := rapid.SliceOfN(value, days, days).Draw(t, "y")
		x := make([][]float64, days)
		for i := range x {
			x[i] = rapid.SliceOfN(value, k, k).Draw(t, "row")
		}
		w, why := SimplexWeights(y, x)
		if why != None {
			t.Fatal(why)
		}
		loss := func(w []float64) float64 {
			sum := 0.0
			for i, row := range x {
				e := y[i]
				for j := range w {
					e -= w[j] * row[j]
				}
				sum += e * e
			}
			return sum
		}
		total, least := 0.0, loss(w)
		for _, v := range w {
			if v < -1e-12 {
				t.Fatalf("negative weight in %v", w)
			}
			total += v
		}
		if math.Abs(total-1) > 1e-9 {
			t.Fatalf("weights %v add up to %v", w, total)
		}
		for j := range w { // convex: no small step to a corner may help
			step := make([]float64, k)
			for i := range w {
				step[i] = .999 * w[i]
			}
			step[j] += .001
			if loss(step) < least-1e-6*(1+least) {
				t.Fatalf("a step to %d lowers %v to %v", j, least, loss(step))
			}
		}
	})
}

// Draws of the states scatter around the smoothed states as these say they do.
func TestSimulationSmoother(t *testing.T) {
	t.Parallel()
	st := Structure{Trend: LocalLinear, Season: 4, Persistent: true}
	v := Variances{Irregular: 1, Level: .3, Slope: .01, Season: .1, Persistent: .5, Phi: .6}
	y := make([]float64, 40)
	for i := range y {
		y[i] = float64(i) + 3*math.Sin(float64(i)) + float64(i%4)
		if i%9 == 5 {
			y[i] = math.NaN()
		}
	}
	smooth := Smooth(st, v, Series{Y: y}, 1e6)
	const n = 3000
	draws := SimulateStates(st, v, Series{Y: y}, 1e6, n, newRand(3))
	for _, at := range []int{0, 5, 20, 39} {
		for i := range smooth.States[at] {
			var values []float64
			for _, d := range draws {
				values = append(values, d[at][i])
			}
			m, sd, _ := moments(values)
			want := math.Sqrt(smooth.Variances[at][i])
			near(t, "mean of a state", m, smooth.States[at][i], 5*want/math.Sqrt(n))
			near(t, "its deviation", sd/want, 1, .08)
		}
	}
}

func newRand(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 0)) }
