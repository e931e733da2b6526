package structure

import (
	"encoding/json"
	"math"
	"slices"
	"testing"

	"github.com/shirube/shirube/internal/evidence"
)

type regression struct {
	Y      []float64 `json:"y"`
	Lag1   []float64 `json:"ylag1"`
	Lag12  []float64 `json:"ylag12"`
	From   float64   `json:"from"`
	H      float64   `json:"h"`
	Period float64   `json:"period"`
	Alpha  float64   `json:"alpha"`
	Past   int       `json:"history"`
}

func (r regression) sample(t *testing.T) *Sample {
	t.Helper()
	var x [][]float64
	if r.Lag1 != nil {
		x = make([][]float64, len(r.Y))
		for i := range x {
			x[i] = []float64{1, r.Lag1[i], r.Lag12[i]}
		}
	}
	s, err := New(r.Y, x)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

type expected struct {
	Statistic   float64     `json:"statistic"`
	P           float64     `json:"p_value"`
	S           float64     `json:"S"`
	Stat        float64     `json:"stat"`
	SmP         float64     `json:"p"`
	Break       int         `json:"breakpoint_index1"`
	Critical    float64     `json:"critical_5pct"`
	F           []float64   `json:"F"`
	First       int         `json:"first_index1"`
	RSS         []float64   `json:"RSS"`
	BIC         []float64   `json:"BIC"`
	All         [][]int     `json:"-"`
	Two         []int       `json:"breaks2"`
	Optimum     []int       `json:"-"`
	Interval    []int       `json:"lower_break_upper"`
	Cusum       [2]float64  `json:"olscusum"`
	RE          [2]float64  `json:"RE"`
	SupF        json.Number `json:"-"`
	Alarm       int         `json:"breakpoint"`
	Critval     float64     `json:"critval"`
	ProcessHead []float64   `json:"process_head"`
}

// near checks a number against a vector; what names it.
func near(t *testing.T, what string, got, want, tol float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tol*math.Max(1, math.Abs(want))) {
		t.Errorf("%s = %.12g, want %.12g ± %g", what, got, want, tol)
	}
}

func one[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func TestVectors(t *testing.T) {
	vectors := evidence.Vectors(t, "structural_change.json")
	seen := map[string]bool{}
	take := func(id string, from string) (regression, expected, evidence.Vector) {
		t.Helper()
		seen[id] = true
		v, ok := vectors[id]
		if !ok {
			t.Fatalf("no vector %q", id)
		}
		var in regression
		var want expected
		v.Read(t, &in, &want)
		if from != "" {
			h := in.H
			vectors[from].Read(t, &in, nil)
			in.H = h
		}
		return in, want, v
	}

	in, want, v := take("sc-nile-supF", "")
	path := one[*FPath](t)(in.sample(t).FStatistics(in.From))
	near(t, "Nile sup F", path.Sup().Statistic, want.Statistic, v.Tol)
	near(t, "its p", path.Sup().P, want.P, v.Tol)
	near(t, "its critical value", path.Law.SupCritical(.05), want.Critical, v.Tol)
	if path.Sup().Break != want.Break {
		t.Errorf("Nile break at %d, want %d", path.Sup().Break, want.Break)
	}
	in, want, v = take("sc-nile-aveF", "")
	near(t, "Nile average F", path.Average().Statistic, want.Statistic, v.Tol)
	near(t, "its p", path.Average().P, want.P, v.Tol)
	near(t, "Nile exponential F", path.Exponential().Statistic, 33.758975, 1e-6)
	_, want, v = take("sc-nile-Fseq", "")
	if path.First != want.First || len(path.F) != len(want.F) {
		t.Fatalf("%d F from %d, want %d from %d", len(path.F), path.First, len(want.F), want.First)
	}
	for i, f := range path.F {
		near(t, "F", f, want.F[i], v.Tol)
	}

	in, want, v = take("sc-nile-bp", "")
	dating := one[*Dating](t)(in.sample(t).Date(15, 5))
	for m := range want.RSS {
		near(t, "Nile RSS", dating.RSS[m], want.RSS[m], v.Tol)
		near(t, "Nile BIC", dating.BIC[m], want.BIC[m], v.Tol)
	}
	if !slices.Equal(dating.Breaks[dating.ByBIC()], []int{28}) || dating.ByLWZ() != 1 {
		t.Errorf("Nile breaks %v by BIC, %d by LWZ", dating.Breaks[dating.ByBIC()], dating.ByLWZ())
	}
	for m, breaks := range [][]int{1: {28}, 2: {28, 83}, 3: {28, 68, 83}, 4: {28, 45, 68, 83}, 5: {15, 30, 45, 68, 83}} {
		if m > 0 && !slices.Equal(dating.Breaks[m], breaks) {
			t.Errorf("Nile with %d breaks: %v, want %v", m, dating.Breaks[m], breaks)
		}
	}
	_, want, _ = take("sc-nile-bpci", "")
	interval := one[[]Interval](t)(dating.Intervals(1, .95))[0]
	if got := []int{interval.Lower, interval.Break, interval.Upper}; !slices.Equal(got, want.Interval) {
		t.Errorf("Nile interval %v, want %v", got, want.Interval)
	}
	in, want, v = take("sc-nile-reccusum", "")
	recursive := one[Fluctuation](t)(in.sample(t).RecursiveCusum())
	near(t, "Nile recursive CUSUM", recursive.Statistic, want.S, v.Tol)
	near(t, "its p", recursive.P, want.P, v.Tol)
	mosum := one[Fluctuation](t)(in.sample(t).OLSMosum(.15))
	near(t, "Nile MOSUM", mosum.Statistic, 1.530927, 1e-6)

	const belt = "sc-seatbelt-supF"
	in, want, v = take(belt, "")
	path = one[*FPath](t)(in.sample(t).FStatistics(in.From))
	near(t, "seat belt sup F", path.Sup().Statistic, want.Statistic, v.Tol)
	if path.Sup().Break != want.Break {
		t.Errorf("seat belt break at %d, want %d", path.Sup().Break, want.Break)
	}
	// The reference interpolates a published table between τ = .09 and .11, which is not
	// copied here; our own table stands for the same law.
	published(t, "sup F, τ = .10, k = 3 (seat belts)", path.Sup().P, want.P, .001)

	in, want, v = take("sc-seatbelt-RE", belt)
	re := one[Fluctuation](t)(in.sample(t).RecursiveEstimates())
	near(t, "seat belt RE", re.Statistic, want.Statistic, v.Tol)
	near(t, "its p", re.P, want.P, v.Tol)
	in, want, v = take("sc-seatbelt-olscusum", belt)
	near(t, "seat belt CUSUM", in.sample(t).OLSCusum().Statistic, want.Statistic, v.Tol)
	near(t, "its p", in.sample(t).OLSCusum().P, want.P, v.Tol)
	in, want, v = take("sc-seatbelt-ME", belt)
	me := one[Fluctuation](t)(in.sample(t).MovingEstimates(in.H))
	near(t, "seat belt ME", me.Statistic, want.Statistic, v.Tol)
	// The reference knows no p above .1 and draws a line from p = 1 at 0 to its 10 % critical
	// value. Ours is the tail itself; on the reference's line the two laws meet.
	critical := bisect(func(x float64) bool { return MovingP(x, in.H, 3) > .1 }, 0, 5)
	published(t, "ME, h = .15, k = 3 (seat belts), on the reference's line", 1-.9*me.Statistic/critical, want.P, .008)
	in, want, v = take("sc-seatbelt-bp", belt)
	dating = one[*Dating](t)(in.sample(t).Date(18, 5))
	for m := range want.RSS {
		near(t, "seat belt RSS", dating.RSS[m], want.RSS[m], v.Tol)
		near(t, "seat belt BIC", dating.BIC[m], want.BIC[m], v.Tol)
	}
	if dating.ByBIC() != 0 || !slices.Equal(dating.Breaks[2], want.Two) {
		t.Errorf("seat belts: BIC takes %d breaks; two are %v, want 0 and %v", dating.ByBIC(), dating.Breaks[2], want.Two)
	}

	money(t, vectors)
	seen["sc-germanm1"] = true

	hansen := vectors["sc-hansen-p"]
	seen["sc-hansen-p"] = true
	var grid struct {
		K      []int
		X, P   []float64
		Lambda float64
	}
	hansen.Read(t, &grid, &grid)
	for i, k := range grid.K {
		law := Law{k, 1 / (1 + math.Sqrt(grid.Lambda))}
		near(t, "Hansen's p", law.SupP(grid.X[i]), grid.P[i], hansen.Tol)
	}

	in, want, v = take("sc-realint-bp", "")
	dating = one[*Dating](t)(in.sample(t).Date(int(in.H), 5))
	for m := range want.RSS {
		near(t, "real interest RSS", dating.RSS[m], want.RSS[m], v.Tol)
		near(t, "real interest BIC", dating.BIC[m], want.BIC[m], v.Tol)
	}
	if got := dating.Breaks[dating.ByBIC()]; !slices.Equal(got, []int{47, 79}) {
		t.Errorf("real interest breaks %v, want [47 79]", got)
	}
	var extra struct {
		SupF float64 `json:"supF"`
		P    float64 `json:"supF_p"`
	}
	v.Read(t, nil, &extra)
	path = one[*FPath](t)(in.sample(t).FStatistics(.15))
	near(t, "real interest sup F", path.Sup().Statistic, extra.SupF, v.Tol)
	near(t, "its p", path.Sup().P, extra.P, v.Tol)

	for id, watch := range map[string]Watch{"sc-monitor-sim-OLS-CUSUM": WatchCusum, "sc-monitor-sim-OLS-MOSUM": WatchMosum, "sc-monitor-sim-fluctuation": WatchEstimates} {
		in, want, v := take(id, "")
		follow(t, id, watch, in, want, v.Tol)
	}
	for id := range vectors {
		if !seen[id] {
			t.Errorf("vector %q was not checked", id)
		}
	}
}

func published(t *testing.T, what string, got, want, bar float64) {
	t.Helper()
	evidence.AtMost(t, evidence.Figure{Room: "structural change", Case: what,
		Name: "our p minus the published approximation", Got: math.Abs(got - want), Tries: 1}, bar, 0)
}

// money is the German money demand of Lütkepohl, Teräsvirta and Wolters: eleven regressors
// that mix levels of 8 with rates of .001.
func money(t *testing.T, vectors map[string]evidence.Vector) {
	t.Helper()
	v := vectors["sc-germanm1"]
	var in struct {
		X     []map[string]float64
		Y     []float64
		Names []string `json:"colnames"`
	}
	var want struct {
		Cusum [2]float64 `json:"olscusum"`
		RE    [2]float64
		SupF  [2]float64 `json:"supF"`
		Break int        `json:"supF_break"`
	}
	v.Read(t, &in, &want)
	x := make([][]float64, len(in.X))
	for i, row := range in.X {
		for _, name := range in.Names {
			x[i] = append(x[i], row[name])
		}
	}
	s := one[*Sample](t)(New(in.Y, x))
	near(t, "German CUSUM", s.OLSCusum().Statistic, want.Cusum[0], v.Tol)
	near(t, "its p", s.OLSCusum().P, want.Cusum[1], v.Tol)
	re := one[Fluctuation](t)(s.RecursiveEstimates())
	near(t, "German RE", re.Statistic, want.RE[0], v.Tol)
	near(t, "its p", re.P, want.RE[1], v.Tol)
	sup := one[*FPath](t)(s.FStatistics(.1)).Sup()
	near(t, "German sup F", sup.Statistic, want.SupF[0], v.Tol)
	near(t, "its p", sup.P, want.SupF[1], v.Tol)
	if sup.Break != want.Break {
		t.Errorf("German break at %d, want %d", sup.Break, want.Break)
	}
}

func follow(t *testing.T, id string, watch Watch, in regression, want expected, tol float64) {
	t.Helper()
	history := one[*Sample](t)(New(in.Y[:in.Past], nil))
	m := one[*Monitor](t)(history.Monitor(MonitorOptions{Watch: watch, Alpha: in.Alpha, Window: in.H, Period: in.Period}))
	if watch == WatchMosum {
		// The reference took its critical value from a table of its own; ours is simulated.
		evidence.AtMost(t, evidence.Figure{Room: "structural change", Case: "monitored moving sums, critical value at 5 %, ten times the history",
			Name: "distance from the published one, relative", Got: math.Abs(m.critical/want.Critval - 1), Tries: 20000, Unit: "%"}, .005, 0)
	} else {
		near(t, id+" critical value", m.critical, want.Critval, tol)
	}
	// The reference divides its estimate-based process by the error's standard deviation
	// twice (σ² instead of σ), which for σ below 1 alarms too readily. We divide once.
	unit := 1.0
	if watch == WatchEstimates {
		unit = history.sigma()
	}
	alarm := 0
	for i, y := range in.Y[in.Past:] {
		signal := m.Add(y, nil)
		if i < len(want.ProcessHead) {
			got := signal.Process / unit
			if watch == WatchEstimates {
				near(t, id, got, math.Abs(want.ProcessHead[i]), tol)
			} else {
				near(t, id, got, want.ProcessHead[i], tol)
			}
		}
		if alarm == 0 && math.Abs(signal.Process)/unit > signal.Boundary {
			alarm = in.Past + i + 1
		}
	}
	if alarm != want.Alarm {
		t.Errorf("%s alarms at %d, want %d", id, alarm, want.Alarm)
	}
}

func TestVectorOfAnotherHand(t *testing.T) {
	vectors := evidence.Vectors(t, "structural_change_py.json")
	for id, v := range vectors {
		if id != "sm-nile-cusum" {
			t.Errorf("vector %q was not checked", id)
			continue
		}
		var in regression
		var want expected
		v.Read(t, &in, &want)
		got := in.sample(t).OLSCusum()
		near(t, "Nile CUSUM", got.Statistic, want.Stat, v.Tol)
		near(t, "its p", got.P, want.SmP, v.Tol)
	}
}
