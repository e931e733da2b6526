package stat

import (
	"encoding/json"
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/shirube/shirube/internal/evidence"
)

// near compares with a tolerance that is relative for large numbers.
func near(t *testing.T, what string, got, want, tol float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tol*max(1, math.Abs(want))) {
		t.Errorf("%s: got %.15g, want %.15g", what, got, want)
	}
}

func nearAll(t *testing.T, what string, got, want []float64, tol float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: got %d numbers, want %d", what, len(got), len(want))
	}
	for i := range got {
		near(t, what, got[i], want[i], tol)
	}
}

// visit runs every vector of a file and fails where one is not known here.
func visit(t *testing.T, file string, known map[string]func(*testing.T, evidence.Vector)) {
	t.Helper()
	vectors := evidence.Vectors(t, file)
	for id, v := range vectors {
		check := known[id]
		if check == nil {
			t.Errorf("%s: no test knows the vector %s", file, id)
			continue
		}
		t.Run(id, func(t *testing.T) { check(t, v) })
	}
	if len(vectors) != len(known) {
		t.Errorf("%s has %d vectors, %d are known", file, len(vectors), len(known))
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

type hacVector struct {
	Y    []float64   `json:"y"`
	X    [][]float64 `json:"x"`
	Lags int         `json:"maxlags"`
	Lag  int         `json:"lag"`
}

func withConstant(x [][]float64) [][]float64 {
	return append([][]float64{Ones(len(x[0]))}, x...)
}

func TestRegressionVectorsPython(t *testing.T) {
	t.Parallel()
	visit(t, "regression_hac_py.json", map[string]func(*testing.T, evidence.Vector){
		"hac-macro-lag0-L12-corr1": testNeweyWest,
		"hac-macro-lag4-L4-corr1":  testNeweyWest,
		"diag-macro":               testDiagnostics,
		"adf-kpss-loggdp":          testUnitRoots,
	})
}

func testNeweyWest(t *testing.T, v evidence.Vector) {
	var in hacVector
	var want struct {
		Params    []float64   `json:"params"`
		Ols       []float64   `json:"ols_bse"`
		Hac       []float64   `json:"hac_bse"`
		P         []float64   `json:"hac_p_normal"`
		Cov       [][]float64 `json:"hac_cov"`
		R2        float64     `json:"r2"`
		F         float64     `json:"wald_F"`
		FP        float64     `json:"wald_p"`
		LongRun   float64     `json:"long_run_multiplier"`
		LongRunSE float64     `json:"long_run_se"`
	}
	v.Read(t, &in, &want)
	fit, err := Fit(in.Y, withConstant(in.X))
	must(t, err)
	cov := fit.NeweyWest(in.Lags, HAC{SmallSample: true})
	nearAll(t, "coefficients", fit.Coef, want.Params, v.Tol)
	nearAll(t, "ordinary errors", Errors(fit.Ordinary()), want.Ols, v.Tol)
	nearAll(t, "robust errors", Errors(cov), want.Hac, v.Tol)
	near(t, "R²", fit.R2(), want.R2, v.Tol)
	places := make([]int, len(in.X))
	for i := range places {
		places[i] = i + 1
	}
	for i := range want.P {
		near(t, "p", 2*NormalTail(math.Abs(fit.Coef[i])/Errors(cov)[i]), want.P[i], v.Tol)
		for j := range want.P {
			near(t, "covariance", cov.At(i, j), want.Cov[i][j], v.Tol)
		}
	}
	wald, err := fit.Wald(cov, fit.Pick(places...))
	must(t, err)
	near(t, "Wald F", wald.Stat, want.F, v.Tol)
	near(t, "Wald p", wald.P/want.FP, 1, 1e-6)
	theta, se, ok := fit.LongRun(cov, places, nil)
	if !ok {
		t.Fatal("no long-run effect")
	}
	near(t, "long run", theta, want.LongRun, v.Tol)
	near(t, "its error", se, want.LongRunSE, v.Tol)
}

func testDiagnostics(t *testing.T, v evidence.Vector) {
	var in hacVector
	var want struct {
		DW float64 `json:"durbin_watson"`
		BG struct {
			LM  float64
			LMP float64 `json:"LM_p"`
			F   float64
			FP  float64 `json:"F_p"`
		} `json:"breusch_godfrey4"`
		LB map[int][2]float64 `json:"ljung_box"`
		BP [4]float64         `json:"breusch_pagan"`
	}
	v.Read(t, &in, &want)
	fit, err := Fit(in.Y, withConstant(in.X))
	must(t, err)
	near(t, "Durbin–Watson", DurbinWatson(fit.Residuals), want.DW, v.Tol)
	lm, f, err := BreuschGodfrey(fit, 4)
	must(t, err)
	nearAll(t, "Breusch–Godfrey", []float64{lm.Stat, lm.P, f.Stat, f.P}, []float64{want.BG.LM, want.BG.LMP, want.BG.F, want.BG.FP}, v.Tol)
	for lags, w := range want.LB {
		box, err := LjungBox(fit.Residuals, lags, 0)
		must(t, err)
		nearAll(t, "Ljung–Box", []float64{box.Stat, box.P}, w[:], v.Tol)
	}
	lm, f, err = BreuschPagan(fit)
	must(t, err)
	nearAll(t, "Breusch–Pagan", []float64{lm.Stat, lm.P, f.Stat, f.P}, want.BP[:], v.Tol)
}

func testUnitRoots(t *testing.T, v evidence.Vector) {
	var in hacVector
	var want struct {
		ADF      float64            `json:"adf_stat"`
		ADFP     float64            `json:"adf_p"`
		Critical map[string]float64 `json:"adf_crit"`
		KPSS     float64            `json:"kpss_stat"`
		KCrit    map[string]float64 `json:"kpss_crit"`
	}
	v.Read(t, &in, &want)
	adf, err := ADF(in.Y, Line, 4)
	must(t, err)
	near(t, "ADF", adf.Stat, want.ADF, v.Tol)
	near(t, "ADF p", adf.P, want.ADFP, v.Tol)
	nearAll(t, "ADF points", adf.Critical[:], []float64{want.Critical["1%"], want.Critical["5%"], want.Critical["10%"]}, v.Tol)
	kpss, err := KPSS(in.Y, Level, 8)
	must(t, err)
	near(t, "KPSS", kpss.Stat, want.KPSS, v.Tol)
	nearAll(t, "KPSS points", kpss.Critical[:], []float64{want.KCrit["1%"], want.KCrit["5%"], want.KCrit["10%"]}, v.Tol)
}

func TestRegressionVectorsR(t *testing.T) {
	t.Parallel()
	base := evidence.Vectors(t, "regression_hac_r.json")["hac-investment-nw4"]
	investment := func(t *testing.T) (*Regression, hacVector) {
		var in hacVector
		base.Read(t, &in, nil)
		fit, err := Fit(in.Y, withConstant(in.X))
		must(t, err)
		return fit, in
	}
	visit(t, "regression_hac_r.json", map[string]func(*testing.T, evidence.Vector){
		"hac-investment-nw4": func(t *testing.T, v evidence.Vector) {
			var want struct {
				Coef []float64 `json:"coef"`
				Ols  []float64 `json:"ols_se"`
				NW   []float64 `json:"nw_se"`
			}
			v.Read(t, nil, &want)
			fit, in := investment(t)
			nearAll(t, "coefficients", fit.Coef, want.Coef, v.Tol)
			nearAll(t, "ordinary", Errors(fit.Ordinary()), want.Ols, v.Tol)
			nearAll(t, "Newey–West", Errors(fit.NeweyWest(in.Lag, HAC{})), want.NW, v.Tol)
		},
		"hac-investment-nwauto": func(t *testing.T, v evidence.Vector) {
			testAutomatic(t, v, investment, func(r *Regression, white bool) (*mat.SymDense, float64) {
				return r.NeweyWestAutomatic(HAC{Prewhiten: white})
			})
		},
		"hac-investment-andrews": func(t *testing.T, v evidence.Vector) {
			testAutomatic(t, v, investment, func(r *Regression, white bool) (*mat.SymDense, float64) {
				return r.Andrews(HAC{Prewhiten: white, SmallSample: true}) // as kernHAC
			})
		},
		"hc-publicschools": testSchools,
		"hac-seatbelts":    testSeatbelts,
		"ccf-deaths":       testCrossCorrelation,
	})
}

func testAutomatic(t *testing.T, v evidence.Vector, investment func(*testing.T) (*Regression, hacVector), make func(*Regression, bool) (*mat.SymDense, float64)) {
	var want struct {
		SE    []float64 `json:"se"`
		BW    float64   `json:"bw"`
		Plain float64   `json:"bw_noprewhite"`
	}
	v.Read(t, nil, &want)
	fit, _ := investment(t)
	cov, bandwidth := make(fit, true)
	near(t, "bandwidth", bandwidth, want.BW, v.Tol)
	nearAll(t, "errors", Errors(cov), want.SE, v.Tol)
	_, plain := make(fit, false)
	near(t, "bandwidth without prewhitening", plain, want.Plain, v.Tol)
}

func testSchools(t *testing.T, v evidence.Vector) {
	var in struct {
		Y      []float64 `json:"y"`
		Income []float64 `json:"income1e4"`
	}
	var want map[string][]float64
	v.Read(t, &in, &want)
	square := make([]float64, len(in.Income))
	for i, x := range in.Income {
		square[i] = x * x
	}
	fit, err := Fit(in.Y, withConstant([][]float64{in.Income, square}))
	must(t, err)
	nearAll(t, "coefficients", fit.Coef, want["coef"], v.Tol)
	nearAll(t, "ordinary", Errors(fit.Ordinary()), want["ols"], v.Tol)
	nearAll(t, "HC0", Errors(fit.Robust(HC0)), want["HC0"], v.Tol)
	nearAll(t, "HC3", Errors(fit.Robust(HC3)), want["HC3"], v.Tol)
	nearAll(t, "HC4", Errors(fit.Robust(HC4)), want["HC4"], v.Tol)
	hc0, hc1, hc2 := Errors(fit.Robust(HC0)), Errors(fit.Robust(HC1)), Errors(fit.Robust(HC2))
	for i := range hc0 {
		near(t, "HC1", hc1[i], hc0[i]*math.Sqrt(float64(fit.N)/float64(fit.N-fit.K)), 1e-12)
		if !(hc0[i] < hc2[i] && hc2[i] < want["HC3"][i]) {
			t.Errorf("HC2 of coefficient %d does not lie between HC0 and HC3", i)
		}
	}
}

func testSeatbelts(t *testing.T, v evidence.Vector) {
	var in map[string]json.RawMessage
	var want struct {
		Coef []float64 `json:"coef"`
		SE   []float64 `json:"nw_se"`
		Adj  []float64 `json:"nw_se_adj"`
	}
	v.Read(t, &in, &want)
	column := func(name string) (out []float64) {
		must(t, json.Unmarshal(in[name], &out))
		return out
	}
	var columns [][]float64
	if raw, ok := in["x"]; ok {
		must(t, json.Unmarshal(raw, &columns))
	} else {
		columns = [][]float64{column("petrol"), column("law")}
	}
	fit, err := Fit(column("y"), withConstant(columns))
	must(t, err)
	nearAll(t, "coefficients", fit.Coef, want.Coef, v.Tol)
	nearAll(t, "errors", Errors(fit.NeweyWest(12, HAC{})), want.SE, v.Tol)
	nearAll(t, "errors for short samples", Errors(fit.NeweyWest(12, HAC{SmallSample: true})), want.Adj, v.Tol)
}

func testCrossCorrelation(t *testing.T, v evidence.Vector) {
	var in struct {
		X []float64 `json:"x"`
		Y []float64 `json:"y"`
	}
	var want struct {
		CCF []float64 `json:"ccf"`
	}
	v.Read(t, &in, &want)
	got, err := CrossCorrelation(in.X, in.Y, 12)
	must(t, err)
	nearAll(t, "correlations", got, want.CCF, v.Tol)
}

func TestGrangerVectors(t *testing.T) {
	t.Parallel()
	visit(t, "granger_py.json", map[string]func(*testing.T, evidence.Vector){"granger-macro-gdp->con": testGrangerPython})
	visit(t, "granger_r.json", map[string]func(*testing.T, evidence.Vector){"granger-chickegg-1": testChickens, "granger-chickegg-3": testChickens})
}

func testGrangerPython(t *testing.T, v evidence.Vector) {
	var in struct {
		Y []float64 `json:"y"`
		X []float64 `json:"x"`
	}
	var want map[int]map[string][]float64
	v.Read(t, &in, &want)
	for lags, w := range want {
		got, err := Granger(in.Y, in.X, lags)
		must(t, err)
		nearAll(t, "F", []float64{got.F.Stat, got.F.P, got.F.DF2, got.F.DF1}, w["ssr_F"], v.Tol)
		nearAll(t, "χ²", []float64{got.ChiSquare.Stat, got.ChiSquare.P, got.ChiSquare.DF1}, w["ssr_chi2"], v.Tol)
		nearAll(t, "likelihood", []float64{got.Likelihood.Stat, got.Likelihood.P, got.Likelihood.DF1}, w["lr"], v.Tol)
	}
}

func testChickens(t *testing.T, v evidence.Vector) {
	var in struct {
		Chicken []float64 `json:"chicken"`
		Egg     []float64 `json:"egg"`
		Order   int       `json:"order"`
	}
	type direction struct{ F, P float64 }
	var want struct {
		ToEgg     direction `json:"chicken_to_egg"`
		ToChicken direction `json:"egg_to_chicken"`
	}
	v.Read(t, &in, &want)
	egg, err := Granger(in.Egg, in.Chicken, in.Order)
	must(t, err)
	nearAll(t, "chicken → egg", []float64{egg.F.Stat, egg.F.P}, []float64{want.ToEgg.F, want.ToEgg.P}, v.Tol)
	chicken, err := Granger(in.Chicken, in.Egg, in.Order)
	must(t, err)
	nearAll(t, "egg → chicken", []float64{chicken.F.Stat, chicken.F.P}, []float64{want.ToChicken.F, want.ToChicken.P}, v.Tol)
}

func TestFalseDiscoveryVectors(t *testing.T) {
	t.Parallel()
	visit(t, "fdr_py.json", map[string]func(*testing.T, evidence.Vector){"fdr-bh1995": testDiscoveries, "fdr-mix50": testDiscoveries})
}

func testDiscoveries(t *testing.T, v evidence.Vector) {
	var in struct {
		P     []float64 `json:"p"`
		Alpha float64   `json:"alpha"`
	}
	var want map[string]struct {
		Reject   int       `json:"reject"`
		Adjusted []float64 `json:"p_adj"`
	}
	v.Read(t, &in, &want)
	procedures := map[string]func([]float64) []float64{
		"bonferroni": Bonferroni, "holm": Holm, "simes-hochberg": Hochberg, "fdr_bh": BenjaminiHochberg, "fdr_by": BenjaminiYekutieli,
		"fdr_tsbh":  func(p []float64) []float64 { return TwoStage(p, in.Alpha, false) },
		"fdr_tsbky": func(p []float64) []float64 { return TwoStage(p, in.Alpha, true) },
	}
	for name, w := range want {
		procedure := procedures[name]
		if procedure == nil {
			t.Errorf("no procedure is called %s", name)
			continue
		}
		got := procedure(in.P)
		nearAll(t, name, got, w.Adjusted, v.Tol)
		if n := Rejected(got, in.Alpha); n != w.Reject {
			t.Errorf("%s rejects %d, want %d", name, n, w.Reject)
		}
	}
}
