package goal

import (
	"math"
	"strconv"
	"strings"
)

// ParseAmount reads a number as the model file and --set write it: "100",
// "1,000", "-2.5", "1e6", and "3%" for 0.03. It never returns NaN or Inf.
func ParseAmount(s string) (float64, bool) {
	s = strings.TrimSpace(s)
	scale := 1.0
	if cut, ok := strings.CutSuffix(s, "%"); ok {
		s, scale = strings.TrimSpace(cut), 100
	} else if cut, ok := strings.CutSuffix(s, "％"); ok {
		s, scale = strings.TrimSpace(cut), 100
	}
	s = strings.ReplaceAll(s, "−", "-")
	if strings.Contains(s, ",") {
		if !groupedByThree(s) {
			return 0, false
		}
		s = strings.ReplaceAll(s, ",", "")
	}
	if s == "" || strings.ContainsAny(s, "xXpP_nNiI") {
		return 0, false
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return 0, false
	}
	return v / scale, true
}

// groupedByThree reports whether commas stand only between groups of three.
func groupedByThree(s string) bool {
	whole, _, _ := strings.Cut(strings.TrimLeft(s, "+-"), ".")
	groups := strings.Split(whole, ",")
	for i, g := range groups {
		if len(g) == 0 || len(g) > 3 || i > 0 && len(g) != 3 {
			return false
		}
	}
	return true
}
