package goal

import (
	"math"
	"strconv"
	"strings"

	"github.com/shirube/shirube/internal/words"
)

// ParseAmount reads a number as the model file and --set write it: "100",
// "1,000", "-2.5", "1e6", and "3%" for 0.03, full-width or not. It never returns
// NaN or Inf.
func ParseAmount(s string) (float64, bool) {
	s = strings.TrimSpace(strings.Map(words.HalfWidth, s))
	s, percent := strings.CutSuffix(s, "%")
	s = strings.TrimSpace(s)
	if strings.Contains(s, ",") {
		if !groupedByThree(s) {
			return 0, false
		}
		s = strings.ReplaceAll(s, ",", "")
	}
	if s == "" || strings.ContainsAny(s, "xXpP_nNiI") {
		return 0, false
	}
	if percent {
		if strings.ContainsAny(s, "eE") {
			return 0, false
		}
		s += "e-2" // shifted as text, so that 2.9% is the float nearest to 0.029
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return 0, false
	}
	return v, true
}

// groupedByThree reports whether commas stand only between groups of three. One
// behind the point is a decimal sign of another country (1.234,5), and not ours
// to guess.
func groupedByThree(s string) bool {
	whole, decimals, _ := strings.Cut(strings.TrimLeft(s, "+-"), ".")
	if strings.Contains(decimals, ",") {
		return false
	}
	groups := strings.Split(whole, ",")
	for i, g := range groups {
		if len(g) == 0 || len(g) > 3 || i > 0 && len(g) != 3 {
			return false
		}
	}
	return true
}
