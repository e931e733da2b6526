package rootcause

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/evidence"
)

func nears(t *testing.T, what string, got, want []float64, tol float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s has %d numbers, %d were expected", what, len(got), len(want))
	}
	for i := range got {
		if !(math.Abs(got[i]-want[i]) <= tol) {
			t.Errorf("%s[%d] is %.12g, %.12g was expected", what, i, got[i], want[i])
		}
	}
}

var vectorTests = map[string]func(*testing.T, evidence.Vector){
	"adtributor-fundamental": func(t *testing.T, v evidence.Vector) {
		var in struct {
			Forecast, Actual []float64
			All              float64 `json:"T_EP"`
			Each             float64 `json:"T_EEP"`
		}
		var want struct {
			EP, Surprise []float64
			Explains     []int
		}
		v.Read(t, &in, &want)
		power, surprise := Power(in.Forecast, in.Actual), Surprise(in.Forecast, in.Actual)
		nears(t, "explanatory power", power, want.EP, v.Tol)
		nears(t, "surprise", surprise, want.Surprise, v.Tol)
		if got := Explainers(power, surprise, in.Each, in.All); !slices.Equal(got, want.Explains) {
			t.Errorf("explained by %v, %v was expected", got, want.Explains)
		}
	},
	"adtributor-derived": func(t *testing.T, v evidence.Vector) {
		var in struct {
			F1 []float64 `json:"m1_forecast"`
			A1 []float64 `json:"m1_actual"`
			F2 []float64 `json:"m2_forecast"`
			A2 []float64 `json:"m2_actual"`
		}
		var want struct{ EP []float64 }
		v.Read(t, &in, &want)
		nears(t, "explanatory power", DerivedPower(in.F1, in.A1, in.F2, in.A2), want.EP, v.Tol)
	},
	"squeeze-deviation": func(t *testing.T, v evidence.Vector) {
		var in struct{ F, V []float64 }
		var want struct{ D []float64 }
		v.Read(t, &in, &want)
		for i := range in.F {
			nears(t, "deviation", []float64{Deviation(in.F[i], in.V[i])}, want.D[i:i+1], v.Tol)
		}
	},
	"gre-toy": func(t *testing.T, v evidence.Vector) {
		var in struct {
			Rows []struct {
				A, B          string
				Predict, Real float64
			}
		}
		var want struct {
			Cause     []string `json:"root_cause"`
			Deviation map[string]float64
			Power     map[string]float64 `json:"element_ep"`
		}
		v.Read(t, &in, &want)
		var leaves []Leaf
		forecast, actual := map[string]float64{}, map[string]float64{}
		for _, r := range in.Rows {
			leaves = append(leaves, Leaf{Values: []string{r.A, r.B}, Forecast: r.Predict, Actual: r.Real})
			nears(t, r.A+r.B, []float64{Deviation(r.Predict, r.Real)}, []float64{want.Deviation[r.A+r.B]}, v.Tol)
			for _, name := range []string{"a=" + r.A, "b=" + r.B} {
				forecast[name] += r.Predict
				actual[name] += r.Real
			}
		}
		for _, prefix := range []string{"a=", "b="} {
			var names []string
			var f, a []float64
			for name := range want.Power {
				if strings.HasPrefix(name, prefix) {
					names, f, a = append(names, name), append(f, forecast[name]), append(a, actual[name])
				}
			}
			for i, p := range Power(f, a) {
				nears(t, names[i], []float64{p}, []float64{want.Power[names[i]]}, v.Tol)
			}
		}
		causes, why := Find(leaves, []string{"a", "b"}, Options{})
		var got []string
		for _, c := range causes {
			got = append(got, named(c))
		}
		if why != None || !slices.Equal(got, want.Cause) {
			t.Errorf("causes %v (%s), %v were expected", got, why, want.Cause)
		}
	},
	// Measurements to beat, of other subsets and other machines: TestPlantedCauses does.
	"rca-measured-S30": nil,
	"rca-measured-RS":  nil,
}

func TestVectors(t *testing.T) {
	t.Parallel()
	for id, v := range evidence.Vectors(t, "rootcause.json") {
		check, known := vectorTests[id]
		switch {
		case !known:
			t.Errorf("nobody checks the vector %q", id)
		case check != nil:
			t.Run(id, func(t *testing.T) { check(t, v) })
		}
	}
}
