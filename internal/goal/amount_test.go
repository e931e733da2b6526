package goal_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/goal"
)

func TestParseAmount(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"100": "100", "1,000": "1000", "-2.5": "-2.5", "1e6": "1e+06", "3%": "0.03", "2.9%": "0.029", "0.07%": "0.0007", "150%": "1.5",
		"１，０００": "1000", "２．９％": "0.029", "－5": "-5", "+30%": "0.3",
		"1,234,567.5": "1.2345675e+06", "1.234,5": "no", "1,234.5,6": "no", "": "no", "%": "no", "1,00": "no", "NaN": "no", "inf": "no", "0x10": "no", "1e400": "no", "1e2%": "no", "3%%": "no", "many": "no",
	} {
		got := "no"
		if v, ok := goal.ParseAmount(text); ok {
			got = fmt.Sprint(v)
		}
		if got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}

// TestGrowth: a factor may be said as marketers say it.
func TestGrowth(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]float64{
		"1.5": 1.5, "150%": 1.5, "１５０％": 1.5, "+30%": 1.3, `"+30%"`: 1.3, "＋30％": 1.3, "-10%": 0.9, "－１０％": 0.9,
	} {
		m := mustParse(t, strings.Replace(minimal, "formula: a * b", "target: {growth: "+text+", over: last_year}", 1))
		if got := m.KGI().Target.Amount; got != want {
			t.Errorf("growth: %s is %v, want %v", text, got, want)
		}
	}
}
