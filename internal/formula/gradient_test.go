package formula

import (
	"errors"
	"math"
	"math/big"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestGradient(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		src   string
		value float64
		want  map[string]float64
	}{
		{"7", 7, map[string]float64{}},
		{"a", 2, map[string]float64{"a": 1}},
		{"-a + b - c", -4, map[string]float64{"a": -1, "b": 1, "c": -1}},
		{"a * b * c", 30, map[string]float64{"a": 15, "b": 10, "c": 6}},
		{"zero * a * zero", 0, map[string]float64{"zero": 0, "a": 0}},
		{"zero * a * b", 0, map[string]float64{"zero": 6, "a": 0, "b": 0}},
		{"a * a * a", 8, map[string]float64{"a": 12}},
		{"b / a", 1.5, map[string]float64{"b": 0.5, "a": -0.75}},
		{"zero / a", 0, map[string]float64{"zero": 0.5, "a": 0}},
		{"a / a", 1, map[string]float64{"a": 0}},
		{"1 / (a * a)", 0.25, map[string]float64{"a": -0.25}},
		{"(a + b) * (a - b)", -5, map[string]float64{"a": 4, "b": -6}},
		{"max(a, b, c)", 5, map[string]float64{"a": 0, "b": 0, "c": 1}},
		{"min(a * b, c + 1, b)", 3, map[string]float64{"a": 0, "b": 1, "c": 0}},
		{"min(a, 2)", 2, map[string]float64{"a": 1}},
		{"min(2, a)", 2, map[string]float64{"a": 0}},
		{"max(zero, -zero * a)", 0, map[string]float64{"zero": 1, "a": 0}},
	} {
		value, partial, err := mustParse(t, test.src).Gradient(in(sample))
		if err != nil || value != test.value {
			t.Errorf("Gradient(%q) = %v, %v, want %v", test.src, value, err, test.value)
		}
		if diff := cmp.Diff(test.want, partial); diff != "" {
			t.Errorf("partials of %q (-want +got):\n%s", test.src, diff)
		}
	}
}

func TestGradientBeyondFloat64IsNoValue(t *testing.T) {
	t.Parallel()
	_, _, err := mustParse(t, "a / tiny").Gradient(in(map[string]float64{"a": 1, "tiny": 1e-200}))
	none, ok := errors.AsType[*NoValue](err)
	if !ok || none.Kind != Overflow || none.Name != "tiny" {
		t.Errorf("err = %v, want an overflow at tiny", err)
	}
}

// With small whole numbers, divided by powers of two only, float64 makes no
// rounding error: value and partials must be the rational ones to the last bit.
func TestGradientIsExact(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		tree := drawTree(t, 3, nameOperand)
		values, exact := make(map[string]float64), make(map[string]*big.Rat)
		for _, name := range letters {
			values[name] = float64(rapid.IntRange(-4, 4).Draw(t, name))
		}
		for _, name := range []string{"p", "q"} {
			values[name] = rapid.SampledFrom([]float64{1, -1, 2, -2, 4, 0.5, -0.25}).Draw(t, name)
		}
		for name, v := range values {
			exact[name] = new(big.Rat).SetFloat64(v)
		}
		e := mustParse(t, tree.write(nil))
		value, partial, err := e.Gradient(in(values))
		if err != nil {
			t.Fatalf("Gradient(%q): %v", e.Source(), err)
		}
		if again, err := e.Eval(in(values)); err != nil || again != value {
			t.Fatalf("%q: Gradient has %v, Eval %v, %v", e.Source(), value, again, err)
		}
		for name := range values {
			want, slope := tree.exact(exact, name)
			if new(big.Rat).SetFloat64(value).Cmp(want) != 0 {
				t.Fatalf("%q = %v, want %v", e.Source(), value, want)
			}
			if new(big.Rat).SetFloat64(partial[name]).Cmp(slope) != 0 {
				t.Fatalf("∂(%s)/∂%s = %v, want %v at %v", e.Source(), name, partial[name], slope, values)
			}
		}
	})
}

// For any divisor the partials agree with central differences. The values are
// quarters apart by different roots, so that no point lies right on a kink of
// min or max, where there is no derivative to agree with.
func TestGradientAgreesWithCentralDifferences(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		e := mustParse(t, drawTree(t, 3, anyOperand).write(nil))
		values := make(map[string]float64)
		for i, name := range letters {
			root := []float64{math.Sqrt2, math.Sqrt(3), math.Sqrt(5), math.Sqrt(7)}[i]
			values[name] = root/8 + float64(rapid.IntRange(1, 16).Draw(t, name))/4
		}
		_, partial, err := e.Gradient(in(values))
		if err != nil {
			t.Skip("no value here")
		}
		for _, ref := range e.Names() {
			near, ok := slopes(e, values, ref.Name, 1e-5)
			wide, fine := slopes(e, values, ref.Name, 2e-5)
			scale := 1 + math.Abs(partial[ref.Name])
			if !ok || !fine || math.Abs(near-wide) > 1e-6*scale {
				continue // two step widths disagree: a kink or a pole is near, or rounding prevails
			}
			if math.Abs(near-partial[ref.Name]) > 1e-4*scale {
				t.Fatalf("∂(%s)/∂%s = %v, differences say %v at %v", e.Source(), ref.Name, partial[ref.Name], near, values)
			}
		}
	})
}

// slopes is the central difference with a relative step.
func slopes(e *Expr, values map[string]float64, name string, step float64) (float64, bool) {
	at := values[name]
	defer func() { values[name] = at }()
	h := at * step
	values[name] = at + h
	up, err := e.Eval(in(values))
	values[name] = at - h
	down, none := e.Eval(in(values))
	return (up - down) / (2 * h), err == nil && none == nil
}
