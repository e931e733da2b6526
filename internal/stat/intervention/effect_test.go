package intervention

import (
	"encoding/csv"
	"math"
	"os"
	"strconv"
	"testing"

	"github.com/shirube/shirube/internal/evidence"
)

func readVignette(t *testing.T) (y, x []float64) {
	t.Helper()
	file, err := os.Open(evidence.Shared(t, "data", "breaks", "causalimpact_vignette.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		a, _ := strconv.ParseFloat(row[1], 64)
		b, _ := strconv.ParseFloat(row[2], 64)
		y, x = append(y, a), append(x, b)
	}
	return y, x
}

func TestVignette(t *testing.T) {
	t.Parallel()
	y, x := readVignette(t)
	got := Effect(Study{Y: y, Controls: [][]float64{x}, At: 70, Seed: 1})
	t.Logf("average %+.3f relative %+.4f total %+.1f tail %.4f controls %+v placebo %+v found %v %q",
		got.Average, got.Relative, got.Total, got.Tail, got.Controls, got.Placebo, got.Found, got.Reason)
	fig := evidence.Figure{Room: "interventions", Case: "the CausalImpact vignette's data, true effect 10", Seed: 1, Tries: 1}
	fig.Name, fig.Got = "average effect: distance to 10.6", math.Abs(got.Average.Value-10.6)
	evidence.AtMost(t, fig, .3, 0)
	fig.Name, fig.Got = "lower limit of the 95 % interval", got.Average.Low
	evidence.AtMost(t, fig, 10, 0)
	fig.Name, fig.Got = "upper limit of the 95 % interval", got.Average.High
	evidence.AtLeast(t, fig, 10, 0)
	if !got.Found || !got.Controlled {
		t.Errorf("the effect is there: %+v", got.Reason)
	}
}
