package formula

import (
	"errors"
	"math"
	"testing"

	"github.com/shirube/shirube/internal/words"
)

func in(values map[string]float64) func(string) (float64, bool) {
	return func(name string) (float64, bool) {
		v, ok := values[name]
		return v, ok
	}
}

var sample = map[string]float64{
	"a": 2, "b": 3, "c": 5, "zero": 0, "big": 1e200, "nan": math.NaN(), "inf": math.Inf(1), "sns.clicks": 31, "sns.views": 1000,
}

func TestEval(t *testing.T) {
	t.Parallel()
	for src, want := range map[string]float64{
		"1": 1, "1.5": 1.5, ".5": .5, "1e3": 1000, "1E-2": .01, "2.5e+1": 25, "007": 7,
		"3%": 0.03, "3 %": 0.03, "0.1%": 0.001, "1e2%": 1, "１２．５％": 0.125, "１e－２": 0.01,
		"a + b * c": 17, "(a + b) * c": 25, "a - b - c": -6, "a - (b - c)": 4, "c / a / a": 1.25, "c / (a / a)": 5,
		"-a": -2, "--a": 2, "-a * -b": 6, "a - -b": 5, "a * -b + c": -1,
		"sum(a)": 2, "sum(a, b, c)": 10, "min(c, a, b)": 2, "max(c, a, b)": 5, "max(-a, -b)": -2,
		"min(1, 000)": 0, "max(0,100)": 100, "min(1,20)": 1, "sum(1,2345)": 2346,
		"ａ": 7, "a × b ÷ c": 1.2, "（a ＋ b）＊２ － 1": 9, "a − b": -1, "sum（a、b，c）": 10,
		"sns.clicks / sns.views": 0.031, "zero / a": 0, "-zero": 0, "zero * -a": 0, "a * zero": 0,
		"big / big": 1, "0.1 + 0.2": 0.30000000000000004,
	} {
		got, err := mustParse(t, src).Eval(func(name string) (float64, bool) {
			if name == "ａ" {
				return 7, true
			}
			return in(sample)(name)
		})
		if err != nil || got != want || got == 0 && math.Signbit(got) {
			t.Errorf("Eval(%q) = %v, %v, want %v", src, got, err, want)
		}
	}
}

func TestEvalSaysWhyThereIsNoNumber(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		src      string
		kind     NoValueKind
		name, ja string
	}{
		{"a * gone", Missing, "gone", "「gone」の値がありません。"},
		{"gone * lost", Missing, "gone", "「gone」の値がありません。"},
		{"0 * nan", Missing, "nan", "「nan」の値がありません。"},
		{"max(a, inf)", Missing, "inf", "「inf」の値がありません。"},
		{"a / zero", DivisionByZero, "zero", "「zero」が0のため、割り算ができません。"},
		{"zero / zero", DivisionByZero, "zero", "「zero」が0のため、割り算ができません。"},
		{"a / (b - 3)", DivisionByZero, "", "割る数が0のため、割り算ができません。"},
		{"a / -zero", DivisionByZero, "", "割る数が0のため、割り算ができません。"},
		{"big * big", Overflow, "", "計算の途中で数が大きくなりすぎました。"},
		{"big * big / big / big", Overflow, "", "計算の途中で数が大きくなりすぎました。"},
		{"a / (big * big)", Overflow, "", "計算の途中で数が大きくなりすぎました。"},
		{"1e308 + 1e308", Overflow, "", "計算の途中で数が大きくなりすぎました。"},
		{"a / 5e-324", Overflow, "", "計算の途中で数が大きくなりすぎました。"},
	} {
		e := mustParse(t, test.src)
		value, err := e.Eval(in(sample))
		none, ok := errors.AsType[*NoValue](err)
		if !ok || value != 0 {
			t.Errorf("Eval(%q) = %v, %v, want a *NoValue", test.src, value, err)
			continue
		}
		if none.Kind != test.kind || none.Name != test.name || none.Why.In(words.JA) != test.ja {
			t.Errorf("Eval(%q) = %+v, want %+v", test.src, none, test)
		}
		if _, partial, again := e.Gradient(in(sample)); again == nil || again.Error() != err.Error() || partial != nil {
			t.Errorf("Gradient(%q) says %v, Eval says %v", test.src, again, err)
		}
	}
}

func TestEvalAllocatesNothing(t *testing.T) {
	e := mustParse(t, "sum(a, b) * c / max(a, b, 1) - -a")
	lookup := in(sample)
	if n := testing.AllocsPerRun(100, func() { _, _ = e.Eval(lookup) }); n != 0 {
		t.Errorf("Eval allocates %v times", n)
	}
}
