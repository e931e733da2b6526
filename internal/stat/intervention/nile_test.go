package intervention

import (
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize"

	"github.com/shirube/shirube/internal/evidence"
)

// nileMLE holds two things apart: the likelihood and where a search for its top stops. The
// reference (a level around 0 with variance 10⁶) went by L-BFGS over the standard deviations
// and stopped where the slope of the mean log density fell below 10⁻⁵, which on this flat
// top is 30 short of it in the larger variance. Searched the same way, our likelihood leads
// to the reference's numbers; FitML goes on to the top itself.
func nileMLE(t *testing.T, v evidence.Vector, _ map[string]evidence.Vector) {
	var in struct{ Y []float64 }
	var want struct {
		Params []float64
		Llf    float64
	}
	v.Read(t, &in, &want)
	stopped := stopEarly(t, in.Y, 1e-5)
	near(t, "irregular variance where the reference stops", stopped.Irregular, want.Params[0], v.Tol)
	near(t, "level variance where the reference stops", stopped.Level, want.Params[1], v.Tol)
	near(t, "log likelihood there", Filter(Structure{}, stopped, Series{Y: in.Y}, 1e6).LogLik, want.Llf, 1e-6)
	theirs := Filter(Structure{}, Variances{Irregular: want.Params[0], Level: want.Params[1]}, Series{Y: in.Y}, 1e6)
	near(t, "log likelihood at the reference's variances", theirs.LogLik, want.Llf, 1e-8)

	// Searched on, the same search ends where FitML does, and higher.
	fit, top := FitML(Structure{}, Series{Y: in.Y}, 1e6), stopEarly(t, in.Y, 1e-9)
	near(t, "irregular variance at the top", fit.Variances.Irregular, top.Irregular, v.Tol)
	near(t, "level variance at the top", fit.Variances.Level, top.Level, v.Tol)
	near(t, "log likelihood at the top", fit.LogLik, want.Llf, v.Tol)
	if fit.LogLik <= want.Llf {
		t.Errorf("log likelihood %v is not above the reference's %v", fit.LogLik, want.Llf)
	}
}

// stopEarly climbs the likelihood of a local level by L-BFGS with the line search of Moré and
// Thuente (1994) from the variances of the trend of Hodrick and Prescott (1997) and of what
// is left of the series, until no slope of the mean log density exceeds flat.
func stopEarly(t *testing.T, y []float64, flat float64) Variances {
	t.Helper()
	n := float64(len(y))
	read := func(x []float64) Variances { return Variances{Irregular: x[0] * x[0], Level: x[1] * x[1]} }
	value := func(x []float64) float64 { return -Filter(Structure{}, read(x), Series{Y: y}, 1e6).LogLik / n }
	slope := func(grad, x []float64) { // central differences of fourth order
		for i := range x {
			h := 1e-4 * x[i]
			at := func(steps float64) float64 {
				z := slices.Clone(x)
				z[i] += steps * h
				return value(z)
			}
			grad[i] = (8*(at(1)-at(-1)) - (at(2) - at(-2))) / (12 * h)
		}
	}
	trend := smoothTrend(t, y, 1600)
	rest := make([]float64, len(y))
	for i := range y {
		rest[i] = y[i] - trend[i]
	}
	var start []float64
	for _, part := range [][]float64{rest, trend} {
		_, spread, _ := moments(part)
		start = append(start, spread*math.Sqrt((n-1)/n))
	}
	found, err := optimize.Minimize(optimize.Problem{Func: value, Grad: slope}, start,
		&optimize.Settings{GradientThreshold: flat, Converger: optimize.NeverTerminate{}, MajorIterations: 50},
		&optimize.LBFGS{Store: 10, GradStopThreshold: math.NaN(), Linesearcher: &optimize.MoreThuente{DecreaseFactor: 1e-3, CurvatureFactor: .9, StepTolerance: .1}})
	if err != nil {
		t.Fatal(err)
	}
	return read(found.X)
}

// smoothTrend is the trend of Hodrick and Prescott: (I + λD'D)⁻¹y, D taking second differences.
func smoothTrend(t *testing.T, y []float64, lambda float64) []float64 {
	t.Helper()
	n := len(y)
	d := mat.NewDense(n-2, n, nil)
	for i := range n - 2 {
		d.Set(i, i, 1)
		d.Set(i, i+1, -2)
		d.Set(i, i+2, 1)
	}
	var m mat.Dense
	m.Mul(d.T(), d)
	m.Scale(lambda, &m)
	for i := range n {
		m.Set(i, i, m.At(i, i)+1)
	}
	var trend mat.VecDense
	if err := trend.SolveVec(&m, mat.NewVecDense(n, y)); err != nil {
		t.Fatal(err)
	}
	return trend.RawVector().Data
}
