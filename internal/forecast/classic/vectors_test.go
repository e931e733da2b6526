package classic

import (
	"math"
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/evidence"
)

// near compares as the vectors mean it: tol is relative for numbers above one, absolute
// below.
func near(t *testing.T, what string, got, want, tol float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tol*math.Max(1, math.Abs(want))) {
		t.Errorf("%s = %.10g, want %.10g within %g", what, got, want, tol)
	}
}

func nearAll(t *testing.T, what string, got, want []float64, tol float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s has %d values, want %d", what, len(got), len(want))
		return
	}
	for i := range want {
		if !(math.Abs(got[i]-want[i]) <= tol*math.Max(1, math.Abs(want[i]))) {
			t.Errorf("%s[%d] = %.10g, want %.10g within %g", what, i, got[i], want[i], tol)
			return
		}
	}
}

// wanted is the forecast part of what the vectors expect.
type wanted struct {
	Mean []float64
	Lo80 []float64
	Hi80 []float64
	Lo95 []float64
	Hi95 []float64
}

func (w wanted) check(t *testing.T, f Forecast, tol float64) {
	t.Helper()
	nearAll(t, "mean", f.Mean, w.Mean, tol)
	lo, hi := f.Interval(.8)
	nearAll(t, "lo80", lo, w.Lo80, tol)
	nearAll(t, "hi80", hi, w.Hi80, tol)
	lo, hi = f.Interval(.95)
	nearAll(t, "lo95", lo, w.Lo95, tol)
	nearAll(t, "hi95", hi, w.Hi95, tol)
}

type seriesInput struct {
	Y    []float64
	Freq int
	H    int
	Ref  string
}

func TestVectors(t *testing.T) {
	all := evidence.Vectors(t, "forecast_r.json")
	visited := map[string]bool{}
	for id, v := range all {
		var check func(*testing.T, evidence.Vector, map[string]evidence.Vector)
		switch {
		case strings.HasPrefix(id, "ets-fixed"):
			check = checkFixed
		case strings.HasPrefix(id, "ets-"):
			check = checkETS
		case strings.HasPrefix(id, "thetaf-"):
			check = checkTheta
		case strings.HasPrefix(id, "snaive-"):
			check = checkSeasonalNaive
		default:
			check = others[id]
		}
		if check == nil {
			t.Errorf("vector %q is not checked", id)
			continue
		}
		t.Run(id, func(t *testing.T) { check(t, v, all) })
		visited[id] = true
	}
	if len(visited) != len(all) || len(all) < 28 {
		t.Errorf("%d of %d vectors were visited", len(visited), len(all))
	}
}

func checkETS(t *testing.T, v evidence.Vector, _ map[string]evidence.Vector) {
	var in seriesInput
	var want struct {
		wanted
		Model                string
		Par                  struct{ Alpha, Beta, Gamma, Phi float64 }
		AICc, Loglik, Sigma2 float64
	}
	v.Read(t, &in, &want)
	e, err := BestETS(in.Y, in.Freq, Published)
	if err != nil {
		t.Fatal(err)
	}
	if e.String() != want.Model {
		t.Errorf("model %v, want %v", e, want.Model)
	}
	near(t, "alpha", e.Alpha, want.Par.Alpha, v.Tol)
	near(t, "beta", e.Beta, want.Par.Beta, v.Tol)
	near(t, "gamma", e.Gamma, want.Par.Gamma, v.Tol)
	if e.Damped {
		near(t, "phi", e.Phi, want.Par.Phi, v.Tol)
	}
	near(t, "aicc", e.AICc, want.AICc, v.Tol)
	near(t, "loglik", e.LogLik, want.Loglik, v.Tol)
	near(t, "sigma2 ratio", e.Sigma2/want.Sigma2, 1, v.Tol)
	t.Logf("aicc %.4f want %.4f; alpha %.4f want %.4f; sigma2 %.6g want %.6g", e.AICc, want.AICc, e.Alpha, want.Par.Alpha, e.Sigma2, want.Sigma2)
	want.check(t, e.Forecast(in.H), v.Tol)
}

func checkTheta(t *testing.T, v evidence.Vector, _ map[string]evidence.Vector) {
	var in seriesInput
	var want wanted
	v.Read(t, &in, &want)
	want.check(t, Theta(in.Y, in.Freq, in.H), v.Tol)
}

func checkSeasonalNaive(t *testing.T, v evidence.Vector, _ map[string]evidence.Vector) {
	var in seriesInput
	var want wanted
	v.Read(t, &in, &want)
	want.check(t, SeasonalNaive(in.Y, in.Freq, in.H), v.Tol)
}

func checkFixed(t *testing.T, v evidence.Vector, _ map[string]evidence.Vector) {
	var in struct {
		Y         []float64
		Freq      int
		Model     string
		Initstate map[string]float64
	}
	var want struct {
		wanted
		Loglik, SSE float64
		Last        map[string]float64 `json:"last_state"`
	}
	v.Read(t, &in, &want)
	kind := Kind{Multiplied: in.Model[0] == 'M', Trend: in.Model[1] == 'A', Season: map[byte]Season{'N': NoSeason, 'A': Additive, 'M': Multiplicative}[in.Model[2]]}
	s := State{Level: in.Initstate["l"], Slope: in.Initstate["b"]}
	estimated := 2
	if kind.Trend {
		estimated += 2
	}
	if kind.Season != NoSeason {
		s.Season = make([]float64, in.Freq)
		for i := range s.Season {
			// s1 is the effect of the step before the first, s12 that of the first.
			s.Season[i] = in.Initstate["s"+string("0123456789"[(in.Freq-i)/10])+string("0123456789"[(in.Freq-i)%10])]
			if in.Freq-i < 10 {
				s.Season[i] = in.Initstate["s"+string("0123456789"[in.Freq-i])]
			}
		}
		estimated += in.Freq
	}
	e, err := FixedETS(in.Y, kind, Smoothing{Alpha: .3, Beta: .1, Gamma: .1}, s, estimated)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "loglik", e.LogLik, want.Loglik, v.Tol)
	near(t, "sse", e.SSE, want.SSE, v.Tol)
	near(t, "last level", e.Last.Level, want.Last["l"], v.Tol)
	near(t, "last slope", e.Last.Slope, want.Last["b"], v.Tol)
	if kind.Season != NoSeason {
		near(t, "last season", e.Last.Season[in.Freq-1], want.Last["s1"], v.Tol)
	}
	want.check(t, e.Forecast(12), v.Tol)
}
