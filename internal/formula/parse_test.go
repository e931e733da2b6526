package formula

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shirube/shirube/internal/words"
)

// reporter is what the tests of testing and of rapid have in common.
type reporter interface {
	Helper()
	Fatalf(format string, args ...any)
}

func mustParse(t reporter, src string) *Expr {
	t.Helper()
	e, err := Parse(src, Options{Dotted: true})
	if err != nil {
		t.Fatalf("Parse(%q): %v", src, err)
	}
	return e
}

func TestParseReadsNamesWithTheirColumns(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		src  string
		want []Ref
	}{
		{"visits * apply_rate", []Ref{{"visits", 1}, {"apply_rate", 10}}},
		{"sns.clicks / sns.impressions", []Ref{{"sns.clicks", 1}, {"sns.impressions", 14}}},
		{"a+b-a", []Ref{{"a", 1}, {"b", 3}, {"a", 5}}},
		{"訪問数 × 応募率", []Ref{{"訪問数", 1}, {"応募率", 7}}},
		{"　（ａ＋ｂ１）÷２", []Ref{{"ａ", 3}, {"ｂ１", 5}}}, // only signs and numbers have twins: names keep their width
		{"sns．表示 ／ web．訪問", []Ref{{"sns.表示", 1}, {"web.訪問", 10}}},
		{"sum(a, max) * min", []Ref{{"a", 5}, {"max", 8}, {"min", 15}}}, // functions only before a parenthesis
		{"a\n  + b\n", []Ref{{"a", 1}, {"b", 7}}},
		{"ガ + か\u3099", []Ref{{"ガ", 1}, {"か\u3099", 5}}},
		{"3", nil},
	} {
		if diff := cmp.Diff(test.want, mustParse(t, test.src).Names()); diff != "" {
			t.Errorf("names of %q (-want +got):\n%s", test.src, diff)
		}
	}
}

func TestSourceIsKept(t *testing.T) {
	t.Parallel()
	const src = " （a） ×  2 "
	if got := mustParse(t, src).Source(); got != src {
		t.Errorf("Source() = %q, want %q", got, src)
	}
}

func TestRenameSourceChangesNothingButTheName(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ src, old, new, want string }{
		{"visits*rate", "visits", "訪問数", "訪問数*rate"},
		{"a + ab + a", "a", "long_name", "long_name + ab + long_name"},
		{" （訪問 ×２）÷ 訪問 ", "訪問", "v", " （v ×２）÷ v "},
		{"sum(sum, a)", "sum", "total", "sum(total, a)"},
		{"sns．clicks / sns.clicks", "sns.clicks", "sns.taps", "sns.taps / sns.taps"},
		{"a * b", "c", "d", "a * b"},
		{"1e3 * e", "e", "f", "1e3 * f"},
	} {
		if got := mustParse(t, test.src).RenameSource(test.old, test.new); got != test.want {
			t.Errorf("RenameSource(%q: %q → %q) = %q, want %q", test.src, test.old, test.new, got, test.want)
		}
	}
}

func TestIsID(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"a", "_", "_1", "visits_2026", "訪問数", "ー", "Ａ１", "か\u3099", "葛\U000E0100飾", "sum", "é", "مبيعات"} {
		if !IsID(s) {
			t.Errorf("IsID(%q) = false", s)
		}
	}
	for _, s := range []string{"", "1", "1a", "a.b", "a b", "a-b", " a", "a・b", "\u3099", "a%", "\xff", "a\xff", "²"} {
		if IsID(s) {
			t.Errorf("IsID(%q) = true", s)
		}
	}
}

func TestLimitsHold(t *testing.T) {
	t.Parallel()
	nest := func(open, shut string, n int) string {
		return strings.Repeat(open, n) + "a" + strings.Repeat(shut, n)
	}
	for _, src := range []string{
		nest("(", ")", MaxNesting), nest("-", "", MaxNesting), nest("sum(", ")", MaxNesting), nest("min(b,", ")", MaxNesting),
		nest("(-", ")", MaxNesting/2), "a" + strings.Repeat("+a", 1999), "a" + strings.Repeat("/a", 1999),
		"max(a" + strings.Repeat(",a", 1997) + ")", strings.Repeat("あ", MaxLength),
	} {
		e := mustParse(t, src)
		ones := func(string) (float64, bool) { return 1, true }
		if _, _, err := e.Gradient(ones); err != nil {
			t.Errorf("Gradient of %.20q…: %v", src, err)
		}
		e.Canonical()
		e.Shape()
		e.Degree(func(string) Kind { return Flow })
	}
	const deep, long = "かっこが深すぎます（100段まで）。", "式が長すぎます（4,000文字まで）。"
	for _, test := range []struct{ src, want string }{
		{nest("(", ")", MaxNesting+1), deep},
		{nest("-", "", MaxNesting+1), deep},
		{nest("sum(", ")", MaxNesting+1), deep},
		{strings.Repeat("(", MaxLength), deep},
		{strings.Repeat("sum((-", MaxLength/6), deep},
		{strings.Repeat("あ", MaxLength+1), long},
		{strings.Repeat("(", 1<<20), long},
	} {
		_, err := Parse(test.src, Options{})
		problem, ok := errors.AsType[*SyntaxError](err)
		if !ok || problem.What.In(words.JA) != test.want {
			t.Errorf("Parse(%.20q…) = %v, want %q", test.src, err, test.want)
		}
	}
}
