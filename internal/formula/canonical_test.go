package formula

import (
	"testing"

	"pgregory.net/rapid"
)

func TestCanonicalIsSharedByWhatIsTheSame(t *testing.T) {
	t.Parallel()
	for _, same := range [][]string{
		{"a*b", "a * b", "b * a", "(b)*(a)", "b × a", "--a*b", "-a * -b"},
		{"a+b", "b + a", "sum(b, a)", "((a) + (b))", "a - -b", "-(-a - b)"},
		{"a+b+c", "c + (b + a)", "sum(a, sum(b, c))", "a - (-b - c)"},
		{"-a+b", "b - a", "-(a - b)"},
		{"a/b/c", "a / (b * c)", "a / c / b"},
		{"a*c/b", "a / (b / c)", "c / b * a"},
		{"-a*b", "a * -b", "-(a * b)", "-b * a", "-(b) * a"},
		{"-(a-b)*c", "(b - a) * c", "-(c * (a - b))"},
		{"0.03*a", "3% * a", "a * .03", "３％ × a", "a * 3e-2", "a * 0.0300"},
		{"1e9", "1000000000", "1e+09", "1.0E9"},
		{"a*a+b*c", "c*b + a*a"},
		{"min(a,b,c)", "min(c, min(b, a))", "min((a), b, c)"},
		{"max(-a+b,c)", "max(c, b - a)"},
		{"min(a,b)", "min(b, a)"},
		{"sns.clicks/sns.views", "sns.clicks / (sns.views)"},
		{"a", "sum(a)", "min(a)", "max((a))"},
		{"a-a", "-a + a"},
		{"(a-a)*b", "b * (-a + a)"},
	} {
		for _, src := range same {
			if got := mustParse(t, src).Canonical(); got != same[0] {
				t.Errorf("Canonical(%q) = %q, want %q", src, got, same[0])
			}
		}
	}
}

func TestCanonicalTellsApart(t *testing.T) {
	t.Parallel()
	seen := make(map[string]string)
	for _, src := range []string{
		"a", "-a", "a + b", "a - b", "b - a", "a * b", "a / b", "b / a", "a + b * c", "(a + b) * c", "a * b + c",
		"min(a, b)", "max(a, b)", "max(a, b, b)", "a * 3", "a * 3%", "a + a", "2 * a", "a * a", "min(a, b) + c", "min(a + c, b)", "ab",
	} {
		canonical := mustParse(t, src).Canonical()
		if other, ok := seen[canonical]; ok {
			t.Errorf("%q and %q are both %q", other, src, canonical)
		}
		seen[canonical] = src
	}
}

// Writing the same tree in another order, with other spacing and more
// parentheses, changes neither the canonical text nor, but for rounding, the value.
func TestCanonicalForgetsTheOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		tree := drawTree(t, 3, anyOperand)
		one := mustParse(t, tree.write(nil))
		other := mustParse(t, tree.write(t))
		if one.Canonical() != other.Canonical() {
			t.Fatalf("%q → %q\n%q → %q", one.Source(), one.Canonical(), other.Source(), other.Canonical())
		}
		again := mustParse(t, one.Canonical())
		if again.Canonical() != one.Canonical() {
			t.Fatalf("%q → %q → %q", one.Source(), one.Canonical(), again.Canonical())
		}
	})
}
