package classic

import (
	"fmt"
	"slices"
	"testing"

	"github.com/shirube/shirube/internal/evidence"
)

// others are the vectors that come alone.
var others = map[string]func(*testing.T, evidence.Vector, map[string]evidence.Vector){
	"ses-simple-nile": checkSES, "hw-mult-air": checkHoltWinters, "stl-air": checkSTL,
	"boxcox-air": checkBoxCox, "dm-www": checkDieboldMariano,
	"autoarima-Nile": checkARIMA, "autoarima-AirPassengers": checkARIMA, "autoarima-LakeHuron": checkARIMA,
}

func checkSES(t *testing.T, v evidence.Vector, _ map[string]evidence.Vector) {
	var in struct {
		Y     []float64
		Alpha float64
	}
	var want wanted
	v.Read(t, &in, &want)
	level, _ := SES(in.Y, in.Alpha)
	nearAll(t, "mean", repeat(level, len(want.Mean)), want.Mean, v.Tol)
}

func checkHoltWinters(t *testing.T, v evidence.Vector, _ map[string]evidence.Vector) {
	var in struct {
		Y                  []float64
		Alpha, Beta, Gamma float64
	}
	var want struct {
		SSE, A, B float64
		S         []float64
	}
	v.Read(t, &in, &want)
	s, sse, err := HoltWinters(in.Y, 12, Smoothing{Alpha: in.Alpha, Beta: in.Beta, Gamma: in.Gamma}, true)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "sse", sse, want.SSE, v.Tol)
	near(t, "level", s.Level, want.A, v.Tol)
	near(t, "slope", s.Slope, want.B, v.Tol)
	nearAll(t, "season", s.Season, want.S, v.Tol)
}

func checkSTL(t *testing.T, v evidence.Vector, _ map[string]evidence.Vector) {
	var in struct{ Y []float64 }
	var want struct {
		Seasonal12 []float64
		Head       []float64 `json:"trend_head"`
		Tail       []float64 `json:"trend_tail"`
	}
	v.Read(t, &in, &want)
	d, why := STL(in.Y, 12, STLOptions{Periodic: true})
	if why != Fine {
		t.Fatal(why)
	}
	nearAll(t, "season", d.Season[:12], want.Seasonal12, v.Tol)
	nearAll(t, "trend at the start", d.Trend[:12], want.Head, v.Tol)
	nearAll(t, "trend at the end", d.Trend[len(in.Y)-12:], want.Tail, v.Tol)
}

func checkBoxCox(t *testing.T, v evidence.Vector, all map[string]evidence.Vector) {
	in := referred(t, v, all)
	var want struct{ Guerrero, Loglik float64 }
	v.Read(t, nil, &want)
	got, why := GuerreroLambda(in.Y, 12)
	if why != Fine {
		t.Fatal(why)
	}
	near(t, "guerrero", got, want.Guerrero, v.Tol)
	got, _ = LikelihoodLambda(in.Y, 12)
	near(t, "loglik", got, want.Loglik, v.Tol)
}

func checkDieboldMariano(t *testing.T, v evidence.Vector, _ map[string]evidence.Vector) {
	var in struct{ E1, E2 []float64 }
	var want struct{ Stat, P float64 }
	v.Read(t, &in, &want)
	stat, p, _ := DieboldMariano(in.E1, in.E2, 1, 2)
	near(t, "statistic", stat, want.Stat, v.Tol)
	near(t, "p", p, want.P, v.Tol)
}

// referred reads the series of another vector where this one points to it.
func referred(t *testing.T, v evidence.Vector, all map[string]evidence.Vector) seriesInput {
	t.Helper()
	var in seriesInput
	v.Read(t, &in, nil)
	if in.Ref != "" {
		all[in.Ref].Read(t, &in, nil)
	}
	return in
}

func TestPlainVectors(t *testing.T) {
	all := evidence.Vectors(t, "forecast_py.json")
	if len(all) != 3 {
		t.Errorf("%d vectors, 3 are checked", len(all))
	}
	var split struct {
		Residuals []float64
		Alpha     float64
		K         int
		Q         float64
	}
	all["conformal-split"].Read(t, &split, &split)
	if q, k, enough := SplitQuantile(split.Residuals, split.Alpha); q != split.Q || k != split.K || !enough {
		t.Errorf("split conformal: rank %d, quantile %v; want %d, %v", k, q, split.K, split.Q)
	}

	var aci struct {
		Alpha, Gamma float64
		Err          []float64
		Levels       []float64 `json:"alpha_t"`
	}
	all["conformal-aci"].Read(t, &aci, &aci)
	c := NewACI(aci.Alpha, aci.Gamma)
	got := []float64{c.Alpha}
	for _, e := range aci.Err {
		c.Update(e == 1)
		got = append(got, c.Alpha)
	}
	nearAll(t, "levels", got, aci.Levels, all["conformal-aci"].Tol)

	var in struct {
		Train, Test, F, Lo, Hi []float64
		M                      int
	}
	var want struct {
		SMAPE   float64
		MASE    float64
		MSIS    float64
		CRPS    float64 `json:"crps_normal_y1_mu0_s1"`
		Pinball float64 `json:"pinball_q9_y10_f8"`
	}
	v := all["forecast-metrics"]
	v.Read(t, &in, &want)
	near(t, "smape", SMAPE(in.Test, in.F), want.SMAPE, v.Tol)
	near(t, "mase", MASE(in.Train, in.Test, in.F, in.M), want.MASE, v.Tol)
	near(t, "msis", MSIS(in.Train, in.Test, in.Lo, in.Hi, in.M, .05), want.MSIS, v.Tol)
	near(t, "crps", CRPSNormal(1, 0, 1), want.CRPS, v.Tol)
	near(t, "pinball", Pinball(.9, 10, 8), want.Pinball, v.Tol)
}

func checkARIMA(t *testing.T, v evidence.Vector, all map[string]evidence.Vector) {
	in := referred(t, v, all)
	var want struct {
		wanted
		Order                []int
		Coef                 any
		AICc, Loglik, Sigma2 float64
	}
	v.Read(t, nil, &want)
	a, err := AutoARIMA(in.Y, in.Freq, Published)
	if err != nil {
		t.Fatal(err)
	}
	order := []int{a.P, a.D, a.Q}
	if len(want.Order) > 3 {
		order = append(order, a.SP, a.SD, a.SQ, a.Period)
	}
	if !slices.Equal(order, want.Order) || a.Constant {
		t.Errorf("order %v, want %v", a, want.Order)
	}
	coefficients, _ := want.Coef.(map[string]any)
	for name, got := range map[string][]float64{"ar": a.AR, "ma": a.MA} {
		for i, c := range got {
			value, _ := coefficients[fmt.Sprint(name, i+1)].(float64)
			near(t, fmt.Sprint(name, i+1), c, value, v.Tol)
		}
	}
	near(t, "loglik", a.LogLik, want.Loglik, v.Tol)
	near(t, "aicc", a.AICc, want.AICc, v.Tol)
	near(t, "sigma2 ratio", a.Sigma2/want.Sigma2, 1, v.Tol)
	want.check(t, a.Forecast(in.H), v.Tol)
}
