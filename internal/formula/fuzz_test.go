package formula

import (
	"errors"
	"hash/fnv"
	"math"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// FuzzParse feeds any text: nothing panics, every error can be shown, and what
// parses means the same through every other function.
func FuzzParse(f *testing.F) {
	for _, src := range []string{
		"visits * apply_rate", "sns.clicks / sns.impressions", "sum(a, b) - min(c, 3%) * -max(d, 1e3)", "（訪問数 ＋ １）÷ 2",
		"a / (b / (c - d))", "--a - -(b - a)", "1,000", "3万", "a.b.c", "sum()", "((a)", "1e999", ".5.", "a ー b", "\xff", "x\u3099", "-0 * a",
	} {
		f.Add(src, true, uint64(1))
		f.Add(src, false, uint64(0))
	}
	f.Fuzz(func(t *testing.T, src string, dotted bool, seed uint64) {
		e, err := Parse(src, Options{Dotted: dotted})
		if err != nil {
			checkProblem(t, src, err)
			return
		}
		checkCanonical(t, e, dotted)
		checkNames(t, e)
		checkValue(t, e, seed)
		e.Shape()
		e.Degree(func(name string) Kind { return Kind(hash(name, seed) % 4) })
	})
}

func checkProblem(t *testing.T, src string, err error) {
	t.Helper()
	problem, ok := errors.AsType[*SyntaxError](err)
	if !ok || problem.What.JA == "" || problem.What.EN == "" || problem.Mend.JA == "" || problem.Mend.EN == "" {
		t.Fatalf("Parse(%q): %#v", src, err)
	}
	if !utf8.ValidString(err.Error()) || problem.Col < 1 || problem.Col > utf8.RuneCountInString(src)+1 {
		t.Fatalf("Parse(%q): %v", src, err)
	}
}

func checkCanonical(t *testing.T, e *Expr, dotted bool) {
	t.Helper()
	canonical := e.Canonical()
	if utf8.RuneCountInString(canonical) > MaxLength {
		return // 3% is longer as 0.03
	}
	again, err := Parse(canonical, Options{Dotted: dotted})
	if err != nil {
		t.Fatalf("Parse(%q) of %q: %v", canonical, e.Source(), err)
	}
	if again.Canonical() != canonical {
		t.Fatalf("%q → %q → %q", e.Source(), canonical, again.Canonical())
	}
}

func checkNames(t *testing.T, e *Expr) {
	t.Helper()
	for _, ref := range e.Names() {
		if !IsID(ref.Name) && ref.Name == e.RenameSource(ref.Name, "x") {
			t.Fatalf("%q names %q", e.Source(), ref.Name)
		}
		if renamed := e.RenameSource(ref.Name, ref.Name); renamed != e.Source() {
			if diff := cmp.Diff(e.Names(), mustParse(t, renamed).Names()); diff != "" {
				t.Fatalf("%q → %q: %s", e.Source(), renamed, diff)
			}
		}
	}
}

func checkValue(t *testing.T, e *Expr, seed uint64) {
	t.Helper()
	lookup := func(name string) (float64, bool) {
		h := hash(name, seed)
		return math.Float64frombits(h), h%16 != 0
	}
	value, err := e.Eval(lookup)
	if err == nil && (math.IsNaN(value) || math.IsInf(value, 0)) {
		t.Fatalf("Eval(%q) = %v", e.Source(), value)
	}
	if _, ok := errors.AsType[*NoValue](err); err != nil && !ok {
		t.Fatalf("Eval(%q): %#v", e.Source(), err)
	}
	again, partial, gradientErr := e.Gradient(lookup)
	if err != nil && gradientErr == nil || gradientErr == nil && again != value {
		t.Fatalf("%q: Eval %v, %v; Gradient %v, %v", e.Source(), value, err, again, gradientErr)
	}
	for name, slope := range partial {
		if math.IsNaN(slope) || math.IsInf(slope, 0) {
			t.Fatalf("∂(%s)/∂%s = %v", e.Source(), name, slope)
		}
	}
}

func hash(name string, seed uint64) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte{byte(seed), byte(seed >> 8)})
	_, _ = h.Write([]byte(name))
	return h.Sum64()
}
