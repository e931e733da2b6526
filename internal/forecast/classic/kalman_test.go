package classic

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// TestFilterIsTheKalmanFilter holds the fast recursion against the likelihood written out:
// a normal vector with the process's autocovariances.
func TestFilterIsTheKalmanFilter(t *testing.T) {
	t.Parallel()
	for name, p := range map[string]arma{
		"white":       {},
		"ar":          {phi: []float64{.7}},
		"ar2":         {phi: []float64{1.2, -.5}},
		"ma":          {theta: []float64{-.6}},
		"arma":        {phi: []float64{.5, .2}, theta: []float64{.4, .3, -.2}},
		"slow":        {phi: []float64{.99}, theta: []float64{-.7}},
		"seasonal":    {phi: times([]float64{.5}, []float64{-.3}, 4), theta: times([]float64{-.4}, []float64{-.6}, 4)},
		"steady soon": {phi: []float64{.1}, theta: []float64{.05}},
	} {
		n := 40
		chance := rand.New(rand.NewPCG(7, 1))
		w := make([]float64, n)
		for i := range w {
			w[i] = chance.NormFloat64()
		}
		ss, logs, _, ok := p.filter(w, nil, make([]float64, 4*(len(p.phi)+len(p.theta)+2)))
		if !ok {
			t.Fatalf("%s: no likelihood", name)
		}
		gamma, _ := p.autocovariances(n, p.psi(len(p.theta)+1))
		cov := mat.NewSymDense(n, nil)
		for i := range n {
			for j := i; j < n; j++ {
				cov.SetSym(i, j, gamma[j-i])
			}
		}
		var factor mat.Cholesky
		if !factor.Factorize(cov) {
			t.Fatalf("%s: not a covariance", name)
		}
		var solved mat.VecDense
		if err := factor.SolveVecTo(&solved, mat.NewVecDense(n, w)); err != nil {
			t.Fatal(err)
		}
		want := mat.Dot(mat.NewVecDense(n, w), &solved)
		if math.Abs(ss-want) > 1e-7*want || math.Abs(logs-factor.LogDet()) > 1e-7 {
			t.Errorf("%s: squares %.10g, log determinant %.10g; want %.10g, %.10g", name, ss, logs, want, factor.LogDet())
		}
	}
}

// TestRootsClearOfUnity knows the roots of first-order polynomials.
func TestRootsClearOfUnity(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		phi  []float64
		want bool
	}{{nil, true}, {[]float64{.98}, true}, {[]float64{.995}, false}, {[]float64{-.995}, false}, {[]float64{0, 0, 0, .99}, false}, {[]float64{0, 0, 0, .95}, true}} {
		if got := clearOfUnity(c.phi, 1.01); got != c.want {
			t.Errorf("roots of 1 − %v beyond 1.01: %v, want %v", c.phi, got, c.want)
		}
	}
}
