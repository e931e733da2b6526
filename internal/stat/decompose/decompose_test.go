package decompose_test

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/internal/evidence"
	"github.com/shirube/shirube/internal/stat/decompose"
)

func TestVectors(t *testing.T) {
	t.Parallel()
	for id, v := range evidence.Vectors(t, "decomposition.json") {
		if strings.HasPrefix(id, "decomp-prod") {
			var in struct{ X0, X1 []float64 }
			var want struct{ LMDI []float64 }
			v.Read(t, &in, &want)
			got, ok := decompose.Product(in.X0, in.X1)
			if !ok {
				t.Errorf("%s: no split", id)
			}
			for i := range want.LMDI {
				if math.Abs(got[i]-want.LMDI[i]) > v.Tol*max(1, math.Abs(want.LMDI[i])) {
					t.Errorf("%s: factor %d contributes %v, want %v", id, i, got[i], want.LMDI[i])
				}
			}
			continue
		}
		var in struct{ N0, N1, Rate0, Rate1 []float64 }
		var want struct {
			R0, R1 float64
			Rate   float64 `json:"rate_effect"`
			Mix    float64 `json:"mix_effect"`
		}
		v.Read(t, &in, &want)
		got, ok := decompose.RateOf(in.N0, in.Rate0, in.N1, in.Rate1)
		for _, c := range []struct{ got, want float64 }{{got.Before, want.R0}, {got.After, want.R1}, {sum(got.Rate), want.Rate}, {sum(got.Shift), want.Mix}} {
			if !ok || math.Abs(c.got-c.want) > v.Tol {
				t.Errorf("%s: %v, want %v", id, c.got, c.want)
			}
		}
	}
}

func sum(values []float64) float64 {
	total := 0.0
	for _, v := range values {
		total += v
	}
	return total
}

func TestPartsAddUp(t *testing.T) {
	t.Parallel()
	amounts := func(from, to float64) *rapid.Generator[[]float64] {
		return rapid.SliceOfN(rapid.Float64Range(from, to), 4, 4)
	}
	rapid.Check(t, func(t *rapid.T) {
		before, after := amounts(0, 1e4).Draw(t, "before"), amounts(0, 1e4).Draw(t, "after")
		parts, ok := decompose.Product(before, after)
		if !ok {
			t.Fatal("no split of positive factors")
		}
		was, is := 1.0, 1.0
		for i := range before {
			was *= before[i]
			is *= after[i]
		}
		// A factor of nothing stands as 1e-20, beside three of at most 1e4.
		if off := math.Abs(sum(parts) - (is - was)); off > 1e-9*max(1, was, is)+2e-8 {
			t.Fatalf("parts add up to %v, changed by %v", sum(parts), is-was)
		}
		rates := amounts(0, 1)
		m, ok := decompose.RateOf(before, rates.Draw(t, "r0"), after, rates.Draw(t, "r1"))
		if ok && math.Abs(sum(m.Rate)+sum(m.Shift)-(m.After-m.Before)) > 1e-12 {
			t.Fatalf("rate %v and shift %v of %v", m.Rate, m.Shift, m.After-m.Before)
		}
	})
}

func TestNothingToSplit(t *testing.T) {
	t.Parallel()
	nan := math.NaN()
	for _, c := range [][2][]float64{{nil, nil}, {{1}, {1, 2}}, {{nan}, {1}}, {{-1}, {1}}, {{math.Inf(1)}, {1}}} {
		if got, ok := decompose.Product(c[0], c[1]); ok {
			t.Errorf("%v is split into %v", c, got)
		}
	}
	if m, ok := decompose.RateOf([]float64{0}, []float64{0.1}, []float64{1}, []float64{0.1}); ok {
		t.Errorf("a rate of nothing is split: %+v", m)
	}
}
