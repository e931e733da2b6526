package formula

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestShape(t *testing.T) {
	t.Parallel()
	plus := func(name string) Part { return Part{Name: name, Sign: 1} }
	minus := func(name string) Part { return Part{Name: name, Sign: -1} }
	under := func(name string) Part { return Part{Name: name, Sign: 1, Inverse: true} }
	parts := func(parts ...Part) []Part { return parts }
	for _, test := range []struct {
		src  string
		want Shape
	}{
		{"a", Shape{Op: JoinName, Parts: parts(plus("a"))}},
		{"sum((a))", Shape{Op: JoinName, Parts: parts(plus("a"))}},
		{"a + b - c", Shape{Op: JoinSum, Parts: parts(plus("a"), plus("b"), minus("c"))}},
		{"a - (b - c)", Shape{Op: JoinSum, Parts: parts(plus("a"), minus("b"), plus("c"))}},
		{"sum(a, b, a)", Shape{Op: JoinSum, Parts: parts(plus("a"), plus("b"), plus("a"))}},
		{"-a", Shape{Op: JoinSum, Parts: parts(minus("a"))}},
		{"visits * rate", Shape{Op: JoinProduct, Parts: parts(plus("visits"), plus("rate"))}},
		{"a * (b * c)", Shape{Op: JoinProduct, Parts: parts(plus("a"), plus("b"), plus("c"))}},
		{"-a * 3% * b", Shape{Op: JoinProduct, Parts: parts(plus("a"), plus("b")), Constants: []float64{-1, 0.03}}},
		{"a / 100", Shape{Op: JoinProduct, Parts: parts(plus("a")), Constants: []float64{0.01}}},
		{"sns.clicks / sns.views", Shape{Op: JoinQuotient, Parts: parts(plus("sns.clicks"), under("sns.views"))}},
		{"a / (b / c)", Shape{Op: JoinQuotient, Parts: parts(plus("a"), under("b"), plus("c"))}},
		{"100 / a", Shape{Op: JoinQuotient, Parts: parts(under("a")), Constants: []float64{100}}},
		{"a + 5", Shape{Op: JoinMixed, Parts: parts(plus("a"))}},
		{"a * b + c * a", Shape{Op: JoinMixed, Parts: parts(plus("a"), plus("b"), plus("c"))}},
		{"(a + b) / c", Shape{Op: JoinMixed, Parts: parts(plus("a"), plus("b"), plus("c"))}},
		{"min(a, b)", Shape{Op: JoinMixed, Parts: parts(plus("a"), plus("b"))}},
		{"a / 0", Shape{Op: JoinMixed, Parts: parts(plus("a"))}},
		{"2 * 3", Shape{Op: JoinMixed}},
		{"5", Shape{Op: JoinMixed}},
	} {
		if diff := cmp.Diff(test.want, mustParse(t, test.src).Shape()); diff != "" {
			t.Errorf("Shape of %q (-want +got):\n%s", test.src, diff)
		}
	}
}

func TestDegree(t *testing.T) {
	t.Parallel()
	kinds := map[byte]Kind{'f': Flow, 'r': Rate, 'l': Level}
	for src, want := range map[string]Kind{
		"f": Flow, "r": Rate, "l": Level, "o": Other, "3": Rate, "-f": Flow, "f.x": Flow,
		"f + f2": Flow, "f - f2": Flow, "sum(f, f2)": Flow, "max(f, f2)": Flow, "f + r": Other, "f + l": Other, "f + o": Other,
		"f + 100": Other, "f + 0": Flow, "max(f, 0)": Flow, "max(f, 1)": Other, "min(0, f)": Flow,
		"r + r": Rate, "1 - r": Rate, "r + l": Other, "max(r, 3%)": Rate,
		"l + l": Level, "l + 100": Level, "(1 + 2) - l": Level, "max(l, 0)": Level,
		"f * r": Flow, "f * 3": Flow, "f / f2": Rate, "f * f": Other, "f * f / f": Flow, "f * (f / f)": Flow, "f / f / f": Other,
		"r * r": Rate, "r / r": Rate, "1 / r": Rate, "1 / f": Other, "r / f": Other,
		"l * r": Level, "l / 2": Level, "f / l": Rate, "f * l": Flow, "l / f": Other, "l / l": Rate, "l * l": Level, "f * l / l": Flow,
		"o * f": Other, "f / o": Other, "2 * 3": Rate, "l + 2 * 3": Level, "f * (f + r)": Other,
	} {
		got := mustParse(t, src).Degree(func(name string) Kind { return kinds[name[0]] })
		if got != want {
			t.Errorf("Degree(%q) = %v, want %v", src, got, want)
		}
	}
}
