package formula_test

import (
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/formula"
)

func TestSignsAtAJunction(t *testing.T) {
	t.Parallel()
	for written, want := range map[string]string{
		"a":             "= a=",
		"a + b + c":     "＋ a＋ b＋ c＋",
		"a - b":         "－ a＋ b－",
		"a - b + c":     "＋ a＋ b－ c＋",
		"sum(a, b)":     "＋ a＋ b＋",
		"a * b":         "× a× b×",
		"100 * a":       "× a×",
		"a / b":         "÷ a× b÷",
		"a * b / c":     "× a× b× c÷",
		"1 / a":         "÷ a÷",
		"a * (b + c)":   "ƒ aƒ bƒ cƒ",
		"min(a, b) + 1": "ƒ aƒ bƒ",
	} {
		e, err := formula.Parse(written, formula.Options{})
		if err != nil {
			t.Fatal(err)
		}
		shape := e.Shape()
		got := []string{shape.Sign()}
		for _, part := range shape.Parts {
			got = append(got, part.Name+shape.SignOf(part))
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%s: %s, not %s", written, s, want)
		}
	}
}
