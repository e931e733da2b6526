package uncertain_test

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/internal/evidence"
	"github.com/shirube/shirube/internal/stat/uncertain"
)

func TestVectors(t *testing.T) {
	t.Parallel()
	vectors := evidence.Vectors(t, "whatif.json")
	near := func(what string, got, want, tol float64) {
		t.Helper()
		if !(math.Abs(got-want) <= tol*max(1, math.Abs(want))) {
			t.Errorf("%s is %v, want %v", what, got, want)
		}
	}

	v := vectors["whatif-lognormal-product"]
	var product struct {
		Mu, Sigma []float64
		Target    float64
	}
	var wantProduct struct {
		Mean, Q05, Q50, Q95 float64
		PTarget             float64   `json:"p_target"`
		VarShare            []float64 `json:"var_share"`
	}
	v.Read(t, &product, &wantProduct)
	const n = 4096
	draws, above := make([]float64, n), 0
	columns := uncertain.NormalHypercube(3, n, 1)
	mean := 0.0
	for k := range n {
		log := 0.0
		for j := range product.Mu {
			log += product.Mu[j] + product.Sigma[j]*columns[j][k]
		}
		draws[k] = math.Exp(log)
		mean += draws[k] / n
		if draws[k] >= product.Target {
			above++
		}
	}
	slices.Sort(draws)
	near("mean of a product", mean, wantProduct.Mean, v.Tol)
	near("its 5 % point", draws[n/20], wantProduct.Q05, v.Tol)
	near("its middle", draws[n/2], wantProduct.Q50, v.Tol)
	near("its 95 % point", draws[n*19/20], wantProduct.Q95, v.Tol)
	near("its chance", float64(above)/n, wantProduct.PTarget, v.Tol)
	shares := uncertain.Sobol(3, n, 1, func(u []float64) float64 {
		log := 0.0
		for j := range u {
			log += product.Sigma[j] * uncertain.Normal(u[j])
		}
		return log
	})
	for j, want := range wantProduct.VarShare {
		near("share", shares.First[j], want, v.Tol)
	}

	v = vectors["whatif-ishigami"]
	var ishigami struct{ A, B float64 }
	var wantShares struct {
		V     float64
		S, ST []float64
	}
	v.Read(t, &ishigami, &wantShares)
	shares = uncertain.Sobol(3, 1<<14, 7, func(u []float64) float64 {
		x := [3]float64{}
		for j := range x {
			x[j] = math.Pi * (2*u[j] - 1)
		}
		return math.Sin(x[0]) + ishigami.A*math.Pow(math.Sin(x[1]), 2) + ishigami.B*math.Pow(x[2], 4)*math.Sin(x[0])
	})
	near("variance", shares.Variance, wantShares.V, v.Tol)
	for j := range wantShares.S {
		near("first", shares.First[j], wantShares.S[j], v.Tol)
		near("total", shares.Total[j], wantShares.ST[j], v.Tol)
	}

	v = vectors["whatif-triangular"]
	var triangle struct{ A, M, B float64 }
	var wantTriangle struct{ Mean, Var, Q10, Q90 float64 }
	v.Read(t, &triangle, &wantTriangle)
	d := uncertain.Triangular{Low: triangle.A, Mode: triangle.M, High: triangle.B}
	near("triangular mean", d.Mean(), wantTriangle.Mean, v.Tol)
	near("triangular variance", d.Variance(), wantTriangle.Var, v.Tol)
	near("triangular 10 %", d.Quantile(0.1), wantTriangle.Q10, v.Tol)
	near("triangular 90 %", d.Quantile(0.9), wantTriangle.Q90, v.Tol)

	v = vectors["whatif-goalseek-hill"]
	var hill struct{ Emax, Half, Target, Unreachable float64 }
	var wantHill struct{ Spend float64 }
	v.Read(t, &hill, &wantHill)
	response := func(x float64) float64 { return hill.Emax * x / (x + hill.Half) }
	spend, ok := uncertain.Root(0, 1e9, func(x float64) float64 { return response(x) - hill.Target })
	if !ok {
		t.Error("a reachable target is said to be out of reach")
	}
	near("spend", spend, wantHill.Spend, v.Tol)
	if x, ok := uncertain.Root(0, 1e9, func(x float64) float64 { return response(x) - hill.Unreachable }); ok {
		t.Errorf("an unreachable target is reached at %v", x)
	}
}

func TestEverySliceHasOneDraw(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 300).Draw(t, "n")
		columns := uncertain.Hypercube(rapid.IntRange(0, 4).Draw(t, "columns"), n, rapid.Uint64().Draw(t, "seed"))
		for _, column := range columns {
			seen := make([]bool, n)
			for _, u := range column {
				if u <= 0 || u >= 1 {
					t.Fatalf("draw %v", u)
				}
				seen[int(u*float64(n))] = true
			}
			if slices.Contains(seen, false) {
				t.Fatal("a slice without a draw")
			}
		}
	})
}

func TestRootOfAnythingThatCrosses(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		at := rapid.Float64Range(-50, 50).Draw(t, "at")
		power := rapid.SampledFrom([]float64{1, 3, 0.2}).Draw(t, "power")
		f := func(x float64) float64 { return math.Copysign(math.Pow(math.Abs(x-at), power), x-at) }
		x, ok := uncertain.Root(-60, 70, f)
		if !ok || math.Abs(x-at) > 1e-9*max(1, math.Abs(at)) {
			t.Fatalf("root %v (%v), want %v", x, ok, at)
		}
	})
}

func TestNothingToShare(t *testing.T) {
	t.Parallel()
	s := uncertain.Sobol(2, 16, 1, func([]float64) float64 { return 5 })
	if s.Variance != 0 || s.First[0] != 0 || s.Total[1] != 0 {
		t.Errorf("a constant has shares %+v", s)
	}
}
