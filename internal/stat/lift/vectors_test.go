package lift

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/evidence"
)

func near(t *testing.T, what string, got, want, tol float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tol*max(1, math.Abs(want))) {
		t.Errorf("%s: got %.15g, want %.15g", what, got, want)
	}
}

// sums is an arm as the vectors give it.
type sums struct {
	N       float64    `json:"n"`
	Sum     float64    `json:"sum"`
	Squares *float64   `json:"sum_squares"`
	Post    [2]float64 `json:"post"`
	Pre     [2]float64 `json:"pre"`
	Cross   float64    `json:"cross"`
	MPost   [2]float64 `json:"m_post"`
	DPost   [2]float64 `json:"d_post"`
	MPre    [2]float64 `json:"m_pre"`
	DPre    [2]float64 `json:"d_pre"`
	MM      float64    `json:"m_post*m_pre"`
	DD      float64    `json:"d_post*d_pre"`
	MDPre   float64    `json:"m_pre*d_pre"`
	MDPost  float64    `json:"m_post*d_post"`
	MD      float64    `json:"m_post*d_pre"`
	DM      float64    `json:"m_pre*d_post"`
}

func (a sums) sample() Sample {
	if a.Squares == nil {
		return Proportion(a.N, a.Sum)
	}
	return FromSums(a.N, a.Sum, *a.Squares)
}

func (a sums) pair() Pair {
	return FromCrossSums(FromSums(a.N, a.Post[0], a.Post[1]), FromSums(a.N, a.Pre[0], a.Pre[1]), a.Cross)
}

func (a sums) covariance(cross, x, y float64) float64 { return (cross - x*y/a.N) / (a.N - 1) }

func (a sums) ratios(t *testing.T) Pair {
	t.Helper()
	post := Ratio{FromSums(a.N, a.MPost[0], a.MPost[1]), FromSums(a.N, a.DPost[0], a.DPost[1]), a.covariance(a.MDPost, a.MPost[0], a.DPost[0])}
	pre := Ratio{FromSums(a.N, a.MPre[0], a.MPre[1]), FromSums(a.N, a.DPre[0], a.DPre[1]), a.covariance(a.MDPre, a.MPre[0], a.DPre[0])}
	p, ok := RatioPair(post, pre, Cross{
		MM: a.covariance(a.MM, a.MPost[0], a.MPre[0]), DD: a.covariance(a.DD, a.DPost[0], a.DPre[0]),
		MD: a.covariance(a.MD, a.MPost[0], a.DPre[0]), DM: a.covariance(a.DM, a.DPost[0], a.MPre[0]),
	})
	if !ok {
		t.Fatal("no ratio")
	}
	return p
}

type experiment struct {
	Control    sums    `json:"control"`
	Treatment  sums    `json:"treatment"`
	Difference string  `json:"difference"`
	Tuning     float64 `json:"tuning"`
	Prior      *struct {
		Mean float64 `json:"mean"`
		Var  float64 `json:"var"`
	} `json:"prior"`
}

type outcome struct {
	Expected float64     `json:"expected"`
	CI       [2]*float64 `json:"ci"`
	SE       float64     `json:"se"`
	P        float64     `json:"pValue"`
	Theta    *float64    `json:"theta"`
	Chance   float64     `json:"chanceToWin"`
	Risk     [2]float64  `json:"risk"`
}

func (want outcome) check(t *testing.T, what string, e Estimate, ci [2]float64, p, tol float64) {
	t.Helper()
	near(t, what+" effect", e.Value, want.Expected, tol)
	near(t, what+" error", e.SE, want.SE, tol)
	near(t, what+" p", p, want.P, tol)
	for i, limit := range want.CI {
		if limit == nil {
			if !math.IsInf(ci[i], 0) {
				t.Errorf("%s: limit %d is %v and not open", what, i, ci[i])
			}
			continue
		}
		near(t, what+" limit", ci[i], *limit, tol)
	}
}

// TestVectors visits every vector of the file by the start of its name.
func TestVectors(t *testing.T) {
	t.Parallel()
	vectors := evidence.Vectors(t, "abtest.json")
	kinds := []struct {
		prefix string
		check  func(*testing.T, evidence.Vector, map[string]evidence.Vector)
	}{
		{"gb-freq-", testTwoSamples}, {"gb-seq-", testTwoSamples}, {"gb-cuped-theta", testTheta}, {"gb-cuped-", testCUPED}, {"cuped-sim", testSimulated},
		{"gb-ratio-", testRatio}, {"gb-bayes-quantile", testQuantile}, {"gb-bayes-", testBayes}, {"gb-risk", testRisk}, {"gb-midpower", testMidpower},
		{"acs-", testSequence}, {"confseq-bern", testProportion}, {"confseq-quantileAB", testQuantileAB}, {"confseq-", testBoundary},
		{"msprt-", testMSPRT}, {"srm-", testMismatch}, {"power-", testPower},
	}
	visited := 0
	for id, v := range vectors {
		for _, k := range kinds {
			if strings.HasPrefix(id, k.prefix) {
				visited++
				t.Run(id, func(t *testing.T) { k.check(t, v, vectors) })
				break
			}
		}
	}
	if visited != len(vectors) || visited < 57 {
		t.Errorf("%d of %d vectors were visited", visited, len(vectors))
	}
}

func sideOf(id string) Side {
	switch {
	case strings.Contains(id, "one-greater"):
		return Greater
	case strings.Contains(id, "one-lesser"):
		return Less
	}
	return Both
}

func testTwoSamples(t *testing.T, v evidence.Vector, _ map[string]evidence.Vector) {
	var in experiment
	var want outcome
	v.Read(t, &in, &want)
	estimate := Relative
	if in.Difference == "absolute" {
		estimate = Absolute
	}
	e, ok := estimate(in.Control.sample(), in.Treatment.sample())
	if !ok {
		t.Fatal("no estimate")
	}
	judge(t, v, want, e, in.Tuning)
}

func judge(t *testing.T, v evidence.Vector, want outcome, e Estimate, tuning float64) {
	t.Helper()
	side := sideOf(v.ID)
	if !strings.Contains(v.ID, "seq") {
		want.check(t, "one look", e, e.Interval(0.05, side), e.PValue(side), v.Tol)
		return
	}
	if tuning == 0 {
		tuning = 5000
	}
	a := Always{Alpha: 0.05, Tuning: tuning}
	want.check(t, "always", e, a.Interval(e, side), a.PValue(e, side), v.Tol)
}

func testCUPED(t *testing.T, v evidence.Vector, _ map[string]evidence.Vector) {
	var in experiment
	var want outcome
	v.Read(t, &in, &want)
	a, b := in.Control.pair(), in.Treatment.pair()
	theta := Theta(a, b)
	near(t, "theta", theta, *want.Theta, 1e-9)
	estimate := RelativeAdjusted
	if in.Difference == "absolute" {
		estimate = AbsoluteAdjusted
	}
	e, ok := estimate(a, b, theta)
	if !ok {
		t.Fatal("no estimate")
	}
	judge(t, v, want, e, in.Tuning)
}

func testTheta(t *testing.T, v evidence.Vector, _ map[string]evidence.Vector) {
	var in struct{ Pre, Post []float64 }
	var want struct{ Theta float64 }
	v.Read(t, &in, &want)
	arm := sums{N: float64(len(in.Pre))}
	for i, x := range in.Pre {
		y := in.Post[i]
		arm.Pre[0] += x
		arm.Pre[1] += x * x
		arm.Post[0] += y
		arm.Post[1] += y * y
		arm.Cross += x * y
	}
	near(t, "theta", Theta(arm.pair(), arm.pair()), want.Theta, 1e-9)
}

func testSimulated(t *testing.T, v evidence.Vector, _ map[string]evidence.Vector) {
	var in experiment
	var want struct {
		Adjusted, Unadjusted outcome
		Theta                float64
		Ratio                float64 `json:"variance_ratio"`
	}
	v.Read(t, &in, &want)
	a, b := in.Control.pair(), in.Treatment.pair()
	theta := Theta(a, b)
	near(t, "theta", theta, want.Theta, v.Tol)
	e, _ := RelativeAdjusted(a, b, theta)
	want.Adjusted.check(t, "adjusted", e, e.Interval(0.05, Both), e.PValue(Both), v.Tol)
	plain, _ := Relative(a.Post, b.Post)
	want.Unadjusted.check(t, "unadjusted", plain, plain.Interval(0.05, Both), plain.PValue(Both), v.Tol)
	near(t, "variance ratio", e.SE*e.SE/(plain.SE*plain.SE), want.Ratio, v.Tol)
}

func testRatio(t *testing.T, v evidence.Vector, all map[string]evidence.Vector) {
	var in experiment
	var want outcome
	v.Read(t, nil, &want)
	all["gb-ratio-cuped-freq"].Read(t, &in, nil)
	a, b := in.Control.ratios(t), in.Treatment.ratios(t)
	if v.ID == "gb-ratio-freq" {
		e, _ := Relative(a.Post, b.Post)
		judge(t, v, want, e, 0)
		return
	}
	e, ok := RelativeRatio(a, b, RatioTheta(a, b))
	if !ok {
		t.Fatal("no estimate")
	}
	judge(t, v, want, e, 5000)
}

func testBayes(t *testing.T, v evidence.Vector, _ map[string]evidence.Vector) {
	var in experiment
	var want outcome
	v.Read(t, &in, &want)
	e, _ := Relative(in.Control.sample(), in.Treatment.sample())
	var prior Prior
	if in.Prior != nil {
		prior = Prior{in.Prior.Mean, in.Prior.Var}
	}
	p := Update(prior, e.Value, e.SE)
	ci := p.Interval(0.05)
	near(t, "effect", p.Mean, want.Expected, v.Tol)
	near(t, "error", p.SE, want.SE, v.Tol)
	near(t, "chance", p.Better, want.Chance, v.Tol)
	for i := range 2 {
		near(t, "limit", ci[i], *want.CI[i], v.Tol)
		near(t, "risk", p.Risk[i], want.Risk[i], v.Tol)
	}
}

func testQuantile(t *testing.T, v evidence.Vector, _ map[string]evidence.Vector) {
	var in struct {
		NC    float64    `json:"n_c"`
		NT    float64    `json:"n_t"`
		QC    float64    `json:"q_c"`
		QT    float64    `json:"q_t"`
		Lower [2]float64 `json:"lower"`
		Upper [2]float64 `json:"upper"`
	}
	var want map[string]json.RawMessage
	v.Read(t, &in, &want)
	a, b := Quantile(in.NC, in.QC, in.Lower[0], in.Upper[0]), Quantile(in.NT, in.QT, in.Lower[1], in.Upper[1])
	absolute, _ := Absolute(a, b)
	relative, _ := Relative(a, b)
	for name, c := range map[string]struct {
		e     Estimate
		prior Prior
	}{
		"improper": {absolute, Prior{}}, "flat1e6": {absolute, Prior{0, 1e6}.Scaled(a.Mean)}, "N01": {absolute, Prior{0, 1}.Scaled(a.Mean)},
		"rel_flat": {relative, Prior{}}, "rel_N01": {relative, Prior{0, 1}},
	} {
		var parts [2]json.RawMessage
		var mean float64
		var ci [2]float64
		if err := json.Unmarshal(want[name], &parts); err != nil {
			t.Fatal(err)
		}
		_ = json.Unmarshal(parts[0], &mean)
		_ = json.Unmarshal(parts[1], &ci)
		p := Update(c.prior, c.e.Value, c.e.SE)
		got := p.Interval(0.05)
		near(t, name, p.Mean, mean, v.Tol)
		near(t, name+" low", got[0], ci[0], v.Tol)
		near(t, name+" high", got[1], ci[1], v.Tol)
	}
}

func testRisk(t *testing.T, v evidence.Vector, _ map[string]evidence.Vector) {
	var in struct{ Mu, Sigma float64 }
	var want struct{ Risk [2]float64 }
	v.Read(t, &in, &want)
	got := Risk(in.Mu, in.Sigma)
	near(t, "control", got[0], want.Risk[0], v.Tol)
	near(t, "treatment", got[1], want.Risk[1], v.Tol)
}

func testMidpower(t *testing.T, v evidence.Vector, _ map[string]evidence.Vector) {
	var in struct {
		experiment
		MDE    float64 `json:"mde"`
		Power  float64 `json:"power"`
		Alpha  float64 `json:"alpha"`
		Tuning float64 `json:"seq_tuning"`
	}
	var want struct{ Freq, Seq, Bayes float64 }
	v.Read(t, &in, &want)
	e, _ := Relative(in.Control.sample(), in.Treatment.sample())
	plan := Plan{Effect: in.MDE, Power: in.Power, Alpha: in.Alpha}
	always, bayes := plan, plan
	always.Always = &Always{Alpha: in.Alpha, Tuning: in.Tuning}
	bayes.Prior = &Prior{in.Prior.Mean, in.Prior.Var}
	for _, c := range []struct {
		name string
		plan Plan
		want float64
	}{{"one look", plan, want.Freq}, {"always", always, want.Seq}, {"bayes", bayes, want.Bayes}} {
		got, ok := c.plan.More(e)
		if !ok || math.Abs(got-c.want) > v.Tol {
			t.Errorf("%s: %v more, want %v", c.name, got, c.want)
		}
	}
}

func testSequence(t *testing.T, v evidence.Vector, _ map[string]evidence.Vector) {
	var in struct {
		Alpha  float64
		N      float64
		Nstar  float64
		Sigma2 float64
	}
	var want struct {
		Rho  float64
		Half float64 `json:"halfwidth"`
		One  float64 `json:"halfwidth_one_sided"`
	}
	v.Read(t, &in, &want)
	a := Always{Alpha: in.Alpha, Tuning: in.Nstar}
	near(t, "rho", a.Rho(Both), want.Rho, v.Tol)
	near(t, "half-width", a.Half(in.N, in.Sigma2, Both), want.Half, v.Tol)
	near(t, "one-sided", a.Half(in.N, in.Sigma2, Greater), want.One, v.Tol)
}

type boundaryVector struct {
	S        float64 `json:"s"`
	V        float64 `json:"v"`
	VOpt     float64 `json:"v_opt"`
	Alpha    float64 `json:"alpha"`
	C        float64 `json:"c"`
	G        float64 `json:"g"`
	H        float64 `json:"h"`
	OneSided bool    `json:"one_sided"`
	VMin     float64 `json:"v_min"`
	T        float64 `json:"t"`
	TMin     float64 `json:"t_min"`
	A        float64 `json:"A"`
}

func testBoundary(t *testing.T, v evidence.Vector, _ map[string]evidence.Vector) {
	var in boundaryVector
	var want struct {
		Rho      *float64 `json:"best_rho"`
		Log      *float64 `json:"log_mixture"`
		Bound    float64  `json:"bound"`
		Negative *float64 `json:"bound_c_neg1"`
	}
	v.Read(t, &in, &want)
	switch v.ID {
	case "confseq-polystitch":
		near(t, "bound", Stitched(in.V, in.Alpha, in.VMin, in.C), want.Bound, v.Tol)
		near(t, "bound, c = −1", Stitched(in.V, in.Alpha, in.VMin, -1), *want.Negative, v.Tol)
		return
	case "confseq-lil_quantile":
		near(t, "bound", Iterated(in.T, in.Alpha, in.TMin, in.A), want.Bound, v.Tol)
		return
	}
	one := BestRho(in.VOpt, 0.10)
	most := math.Inf(1)
	var m Mixture
	switch v.ID {
	case "confseq-normal2":
		m = NormalMixture{Rho: BestRho(in.VOpt, 0.05)}
		near(t, "rho", BestRho(in.VOpt, 0.05), *want.Rho, v.Tol)
	case "confseq-normal1":
		m = NormalMixture{Rho: one, OneSided: true}
	case "confseq-gamma_exp":
		m = GammaExponential{Rho: one, C: in.C}
	case "confseq-gamma_poisson":
		m = GammaPoisson{Rho: one, C: in.C}
	case "confseq-betabin1", "confseq-betabin2":
		m, most = NewBetaBinomial(in.VOpt, 0.05, in.G, in.H, in.OneSided), in.V/in.G
	default:
		t.Fatalf("no boundary for %s", v.ID)
	}
	near(t, "log mixture", m.LogValue(in.S, in.V), *want.Log, v.Tol)
	near(t, "bound", Bound(m, in.V, in.Alpha, most), want.Bound, v.Tol)
}

func testProportion(t *testing.T, v evidence.Vector, _ map[string]evidence.Vector) {
	var in struct {
		Successes float64
		N         float64
		Alpha     float64
		TOpt      float64 `json:"t_opt"`
	}
	var want struct{ Lo, Hi float64 }
	v.Read(t, &in, &want)
	got := ProportionInterval(in.Successes, in.N, in.Alpha, in.TOpt)
	near(t, "low", got[0], want.Lo, v.Tol)
	near(t, "high", got[1], want.Hi, v.Tol)
}

func testQuantileAB(t *testing.T, v evidence.Vector, _ map[string]evidence.Vector) {
	var in struct{ Cases [][2]float64 }
	var want struct{ P []float64 }
	v.Read(t, &in, &want)
	for i, c := range in.Cases {
		a, b := make([]float64, 1000), make([]float64, 1000)
		for j := range a {
			a[j], b[j] = float64(j+1), float64(j+1)+c[1]
		}
		near(t, "p", QuantilePValue(a, b, c[0], 100), want.P[i], v.Tol)
	}
}

func testMSPRT(t *testing.T, v evidence.Vector, _ map[string]evidence.Vector) {
	var in struct {
		Theta float64 `json:"theta_hat"`
		V     float64
		Tau2  float64
		Alpha float64
	}
	var want struct{ Lambda, P, Half float64 }
	v.Read(t, &in, &want)
	ratio, p, half := MixtureSPRT(in.Theta, in.V, in.Tau2, in.Alpha)
	near(t, "ratio", ratio, want.Lambda, v.Tol)
	near(t, "p", p, want.P, v.Tol)
	near(t, "half-width", half, want.Half, v.Tol)
}

func testMismatch(t *testing.T, v evidence.Vector, _ map[string]evidence.Vector) {
	var in struct{ Observed, Weights []float64 }
	var want struct{ Chi2, P float64 }
	v.Read(t, &in, &want)
	got, ok := Mismatch(in.Observed, in.Weights)
	if !ok {
		t.Fatal("no test")
	}
	near(t, "χ²", got.Stat, want.Chi2, v.Tol)
	near(t, "p", got.P, want.P, v.Tol)
}

func testPower(t *testing.T, v evidence.Vector, _ map[string]evidence.Vector) {
	var in struct {
		P0   float64
		Lift float64 `json:"rel_lift"`
	}
	var want struct {
		N     float64 `json:"n_per_arm"`
		Exact float64
	}
	v.Read(t, &in, &want)
	got, ok := PerArm(in.P0, in.Lift, 0.05, 0.8)
	if !ok {
		t.Fatal("no size")
	}
	near(t, "exact", got, want.Exact, v.Tol)
	near(t, "n", math.Ceil(got), want.N, 0)
}
