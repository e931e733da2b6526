package intervention

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/evidence"
)

// close demands a number within the tolerance of its vector.
func near(t *testing.T, what string, got, want, tol float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tol) {
		t.Errorf("%s is %.10g, %.10g (± %g) was expected", what, got, want, tol)
	}
}

func nears(t *testing.T, what string, got, want []float64, tol float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s has %d numbers, %d were expected", what, len(got), len(want))
	}
	for i := range got {
		near(t, what, got[i], want[i], tol)
	}
}

func column(x []float64) [][]float64 {
	out := make([][]float64, len(x))
	for i, v := range x {
		out[i] = []float64{v}
	}
	return out
}

// vectorTests says who checks which reference number.
var vectorTests = map[string]func(*testing.T, evidence.Vector, map[string]evidence.Vector){
	"causalimpact-vignette-mle": vignetteMLE,
	"causalimpact-fixedvar":     vignetteFixed,
	"kalman-nile-fixed":         nileFixed,
	"kalman-nile-mle-sm":        nileMLE,
	"kalman-nile-mle":           nileStructTS,
	"seatbelts-bsm":             seatbelts,
	"did-2x2":                   twoByTwo,
	"sc-simplex":                simplexWeights,
	"prop99-sdid":               prop99,
}

func TestVectors(t *testing.T) {
	t.Parallel()
	for _, file := range []string{"intervention_py.json", "intervention_r.json"} {
		vectors := evidence.Vectors(t, file)
		for id, v := range vectors {
			check, known := vectorTests[id]
			switch {
			case known:
				t.Run(id, func(t *testing.T) { check(t, v, vectors) })
			case strings.Contains(v.Source, "recalled"): // a hint, not a gate
			default:
				t.Errorf("nobody checks the vector %q of %s", id, file)
			}
		}
	}
}

type vignette struct {
	Y, X1     []float64
	Pre, Post []int
}

func vignetteMLE(t *testing.T, v evidence.Vector, _ map[string]evidence.Vector) {
	var in vignette
	var want struct {
		Params map[string]float64
		Llf    float64
		Actual float64   `json:"actual_mean"`
		Pred   float64   `json:"pred_mean"`
		Avg    float64   `json:"avg_effect"`
		Cum    float64   `json:"cum_effect"`
		Rel    float64   `json:"rel"`
		CI     []float64 `json:"avg_ci95_sim"`
		Lower0 float64   `json:"point_lower0"`
		Upper0 float64   `json:"point_upper0"`
	}
	v.Read(t, &in, &want)
	fit := FitML(Structure{}, Series{in.Y[:70], column(in.X1[:70])}, 1e6)
	near(t, "irregular variance", fit.Variances.Irregular, want.Params["sigma2.irregular"], v.Tol)
	near(t, "level variance", fit.Variances.Level, want.Params["sigma2.level"], v.Tol)
	near(t, "coefficient", fit.Beta[0], want.Params["beta.x1"], v.Tol)
	near(t, "log likelihood", fit.LogLik, want.Llf, v.Tol)

	// The days after are missing; what is left of the series after x'β is drawn for them.
	rest := make([]float64, 100)
	for i := range rest {
		rest[i] = in.Y[i] - fit.Beta[0]*in.X1[i]
		if i >= 70 {
			rest[i] = math.NaN()
		}
	}
	actual, rng := mean(in.Y[70:]), rand.New(rand.NewPCG(1, 0))
	sd := math.Sqrt(fit.Variances.Irregular)
	effects, day0 := []float64{}, []float64{}
	for _, path := range SimulateStates(Structure{}, fit.Variances, Series{Y: rest}, 1e6, 20000, rng) {
		sum := 0.0
		for i := 70; i < 100; i++ {
			y := path[i][0] + fit.Beta[0]*in.X1[i] + sd*rng.NormFloat64()
			sum += y / 30
			if i == 70 {
				day0 = append(day0, y)
			}
		}
		effects = append(effects, actual-sum)
	}
	level := Smooth(Structure{}, fit.Variances, Series{Y: rest}, 1e6).States
	pred := 0.0
	for i := 70; i < 100; i++ {
		pred += (level[i][0] + fit.Beta[0]*in.X1[i]) / 30
	}
	near(t, "actual mean", actual, want.Actual, v.Tol)
	near(t, "predicted mean", pred, want.Pred, v.Tol)
	near(t, "average effect", actual-pred, want.Avg, v.Tol)
	near(t, "relative effect", actual/pred-1, want.Rel, v.Tol)
	near(t, "cumulative effect", 30*(actual-pred), want.Cum, v.Tol)
	slices.Sort(effects)
	slices.Sort(day0)
	nears(t, "interval of the average", []float64{quantile(effects, .025), quantile(effects, .975)}, want.CI, v.Tol)
	near(t, "first day's lower limit", quantile(day0, .025), want.Lower0, v.Tol)
	near(t, "first day's upper limit", quantile(day0, .975), want.Upper0, v.Tol)
}

func vignetteFixed(t *testing.T, v evidence.Vector, all map[string]evidence.Vector) {
	var data vignette
	all["causalimpact-vignette-mle"].Read(t, &data, nil)
	var in struct{ Eps, Eta, Kappa float64 }
	var want struct {
		Beta, Llf    float64
		Level        float64 `json:"level_last"`
		Forecast, SE []float64
	}
	v.Read(t, &in, &want)
	s, variances := Structure{Coefs: 1}, Variances{Irregular: in.Eps, Level: in.Eta}
	past := Filter(s, variances, Series{data.Y[:70], column(data.X1[:70])}, in.Kappa)
	near(t, "coefficient", past.State[1], want.Beta, v.Tol)
	near(t, "level", past.State[0], want.Level, v.Tol)
	near(t, "log likelihood", past.LogLik, want.Llf, v.Tol)
	p := past.StateVar
	for i := range 30 {
		x := data.X1[70+i]
		near(t, "forecast", past.State[0]+x*past.State[1], want.Forecast[i], v.Tol)
		variance := p[0][0] + float64(i+1)*in.Eta + 2*x*p[0][1] + x*x*p[1][1] + in.Eps
		near(t, "standard error", math.Sqrt(variance), want.SE[i], v.Tol)
	}
}

func nileFixed(t *testing.T, v evidence.Vector, _ map[string]evidence.Vector) {
	var in struct {
		Y            []float64
		Eps, Eta, P1 float64
	}
	var want struct {
		Loglik      float64
		Last        float64   `json:"filtered_last"`
		LastVar     float64   `json:"filtered_var_last"`
		Smoothed    []float64 `json:"smoothed"`
		SmoothedVar []float64 `json:"smoothed_var"`
		V           []float64 `json:"v2_5"`
		F           []float64 `json:"F2_5"`
	}
	v.Read(t, &in, &want)
	variances := Variances{Irregular: in.Eps, Level: in.Eta}
	f := Filter(Structure{}, variances, Series{Y: in.Y}, in.P1)
	near(t, "log likelihood", f.LogLik, want.Loglik, v.Tol)
	near(t, "last state", f.State[0], want.Last, v.Tol)
	near(t, "its variance", f.StateVar[0][0], want.LastVar, v.Tol)
	nears(t, "innovations", f.Innovation[1:5], want.V, v.Tol)
	nears(t, "their variances", f.Variance[1:5], want.F, v.Tol)
	s := Smooth(Structure{}, variances, Series{Y: in.Y}, in.P1)
	for i, at := range []int{0, 27, 28, 50, 99} {
		near(t, "smoothed", s.States[at][0], want.Smoothed[i], v.Tol)
		near(t, "its variance", s.Variances[at][0], want.SmoothedVar[i], v.Tol)
	}
}

// R's StructTS starts from the first value with variance 10⁴·var(y) and counts the first
// day's density too.
func nileStructTS(t *testing.T, v evidence.Vector, _ map[string]evidence.Vector) {
	var in struct{ Y []float64 }
	var want struct {
		Level, Eps float64
		Loglik     float64 `json:"loglik_R"`
	}
	v.Read(t, &in, &want)
	fit := FitML(Structure{}, Series{Y: in.Y}, 0)
	near(t, "irregular variance", fit.Variances.Irregular, want.Eps, v.Tol)
	near(t, "level variance", fit.Variances.Level, want.Level, v.Tol)
	_, spread, _ := moments(in.Y)
	first := -.5 * math.Log(2*math.Pi*(1e4*spread*spread+fit.Variances.Irregular))
	near(t, "log likelihood with the first day", fit.LogLik+first, want.Loglik, v.Tol)
}

func seatbelts(t *testing.T, v evidence.Vector, _ map[string]evidence.Vector) {
	var in struct {
		Drivers []float64 `json:"log_drivers"`
		Petrol  []float64 `json:"log_petrol"`
		Law     []float64
	}
	var want struct {
		Params, BSE []float64
		Llf         float64
	}
	v.Read(t, &in, &want)
	x := make([][]float64, len(in.Drivers))
	for i := range x {
		x[i] = []float64{in.Petrol[i], in.Law[i]}
	}
	fit := FitML(Structure{Season: 12}, Series{in.Drivers, x}, 1e6)
	got := []float64{fit.Variances.Irregular, fit.Variances.Level, fit.Variances.Season, fit.Beta[0], fit.Beta[1]}
	nears(t, "parameters", got, want.Params, v.Tol)
	nears(t, "standard errors", fit.BetaSE, want.BSE[3:], v.Tol)
	near(t, "log likelihood", fit.LogLik, want.Llf, v.Tol)
}
