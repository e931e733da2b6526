package form

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/shirube/shirube/internal/evidence"
)

func TestScores(t *testing.T) {
	r := Recommend([11]int{0: 2, 6: 3, 7: 5, 9: 6, 10: 4})
	if r.Answers != 20 || r.Promoters != 10 || r.Passives != 5 || r.Detractors != 5 || r.Score != 25 {
		t.Errorf("%+v", r)
	}
	// (10.75−5.75)/23 = .2174; variance (16.5/23 − .2174²)/23 = .02914; ± 33.46
	if math.Abs(r.Interval[0]+11.72) > .01 || math.Abs(r.Interval[1]-55.20) > .01 {
		t.Errorf("interval %v", r.Interval)
	}
	if all := Recommend([11]int{10: 3}); all.Score != 100 || all.Interval[1] != 100 {
		t.Errorf("%+v", all)
	}
	if none := Recommend([11]int{}); !math.IsNaN(none.Score) || none.Interval != [2]float64{-100, 100} || none.Missing(10) != Enough {
		t.Errorf("%+v", none)
	}
	if few, many := r.Missing(15), Recommend([11]int{0: 200, 6: 300, 7: 500, 9: 600, 10: 400}).Missing(15); few <= 0 || many != 0 {
		t.Errorf("missing %d, %d", few, many)
	}
	c := Content([5]int{1, 0, 2, 4, 3})
	if c.Answers != 10 || c.Satisfied != 7 || c.Share != .7 || c.Mean != 3.8 {
		t.Errorf("%+v", c)
	}
	if none := Content([5]int{}); !math.IsNaN(none.Share) || none.Interval != [2]float64{0, 1} {
		t.Errorf("%+v", none)
	}
}

// How often the interval of the score holds the truth. Near 95 % it may be called one; with
// few answers and a lopsided truth every such interval wavers.
func TestCoverage(t *testing.T) {
	draws := evidence.Tries(1000, 20_000)
	random := rand.New(rand.NewPCG(5, 7))
	for _, truth := range [][2]float64{{.3, .3}, {.5, .2}, {.7, .1}, {.2, .6}, {.45, .45}} {
		for _, n := range []int{10, 30, 100, 500} {
			held := 0
			for range draws {
				var counts [11]int
				for range n {
					switch u := random.Float64(); {
					case u < truth[0]:
						counts[10]++
					case u < truth[0]+truth[1]:
						counts[3]++
					default:
						counts[8]++
					}
				}
				r := Recommend(counts)
				if score := 100 * (truth[0] - truth[1]); r.Interval[0] <= score+1e-9 && score <= r.Interval[1]+1e-9 {
					held++
				}
			}
			what := fmt.Sprintf("%.0f%% promoters, %.0f%% detractors, %d answers", 100*truth[0], 100*truth[1], n)
			evidence.AtLeast(t, evidence.Figure{Room: "survey", Case: what, Name: "95% interval of the NPS covers", Got: float64(held) / float64(draws), Unit: "%", Tries: draws, Seed: 5},
				.93, 2*math.Sqrt(.95*.05/float64(draws)))
		}
	}
}
