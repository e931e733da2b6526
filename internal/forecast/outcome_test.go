package forecast_test

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/shirube/shirube/internal/forecast"
)

func TestSumOfDaysMatchesReference(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "vectors", "whatif.json"))
	if err != nil {
		t.Skip("reference vectors are not here:", err)
	}
	var vectors []struct {
		ID       string
		Input    json.RawMessage
		Expected json.RawMessage
		Tol      float64
	}
	if err := json.Unmarshal(text, &vectors); err != nil {
		t.Fatal(err)
	}
	for _, v := range vectors {
		if v.ID != "attain-sum-normal" {
			continue
		}
		var in struct {
			Mean, SD, Target float64
			H                int
		}
		var want struct{ P float64 }
		if err := json.Unmarshal(v.Input, &in); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(v.Expected, &want); err != nil {
			t.Fatal(err)
		}
		if got := forecast.SumOfDays(in.Mean, in.SD, in.H).AtLeast(in.Target); math.Abs(got-want.P) > v.Tol {
			t.Errorf("%s: %v, want %v", v.ID, got, want.P)
		}
		return
	}
	t.Error("vector attain-sum-normal is gone")
}

func TestSmallCounts(t *testing.T) {
	t.Parallel()
	poisson := forecast.Outcome{Mean: 2, Variance: 2, Counts: true}
	wide := forecast.Outcome{Mean: 2, Variance: 4, Counts: true} // negative binomial, size 2, success 1/2
	for _, c := range []struct {
		name string
		got  float64
		want float64
	}{
		{"P(X >= 1) = 1 - e^-2", poisson.AtLeast(1), 1 - math.Exp(-2)},
		{"P(X <= 1) = 3 e^-2", poisson.AtMost(1), 3 * math.Exp(-2)},
		{"P(X >= 0.5) counts whole things", poisson.AtLeast(0.5), 1 - math.Exp(-2)},
		{"P(10 + X >= 11)", poisson.Plus(10).AtLeast(11), 1 - math.Exp(-2)},
		{"median of Poisson(2)", poisson.Quantile(0.5), 2},
		{"negative binomial P(X >= 1) = 1 - 1/4", wide.AtLeast(1), 0.75},
		{"negative binomial P(X >= 2) = 1 - 1/4 - 1/4", wide.AtLeast(2), 0.5},
		{"what is in stays in", poisson.Plus(5).AtLeast(5), 1},
		{"nothing expected", forecast.Outcome{Counts: true}.AtLeast(1), 0},
		{"certain", forecast.Certain(7).AtLeast(7), 1},
		{"certain, not more", forecast.Certain(7).AtLeast(7.1), 0},
	} {
		if math.Abs(c.got-c.want) > 1e-9 {
			t.Errorf("%s: %v, want %v", c.name, c.got, c.want)
		}
	}
}

func TestScaleKeepsWhatIsCertain(t *testing.T) {
	t.Parallel()
	o := forecast.Normal(60, 25).Plus(40).Scale(2)
	if o.Mean != 160 || o.Variance != 100 {
		t.Errorf("mean %v variance %v, want 160 and 100", o.Mean, o.Variance)
	}
}
