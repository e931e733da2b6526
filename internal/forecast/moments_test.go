package forecast

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestMiddleDistanceIsTheMedianOfDistances(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		sorted := rapid.SliceOfN(rapid.Float64Range(-5, 5), 1, 40).Draw(t, "values")
		slices.Sort(sorted)
		median := middle(sorted)
		distances := make([]float64, len(sorted))
		for i, v := range sorted {
			distances[i] = math.Abs(v - median)
		}
		slices.Sort(distances)
		if got, want := middleDistance(sorted, median), middle(distances); got != want {
			t.Fatalf("%v, want %v", got, want)
		}
	})
}
