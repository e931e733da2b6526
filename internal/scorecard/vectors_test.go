package scorecard

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/evidence"
)

// published is a card of the reference implementation and what it is worth.
type published struct {
	N         int                `json:"n"`
	Pos       int                `json:"pos"`
	Mult      float64            `json:"multiplier"`
	Intercept float64            `json:"intercept"`
	Coef      map[string]float64 `json:"coef"`
	LogLoss   float64            `json:"logloss_sum"`
	AUC       float64            `json:"auc"`
	Brier     float64            `json:"brier"`
	First     float64            `json:"first_row_prob"`
	CVTest    []float64          `json:"cv_test_auc"`
	Dense     []float64          `json:"dense_lr_test_auc"`
}

// benchmark reads one of the sets the reference ran on: the outcome stands first.
func benchmark(t *testing.T, name string) ([]Feature, []bool) {
	t.Helper()
	file, err := os.Open(evidence.Shared(t, "data", "scorecards", name+"_data.csv.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	zipped, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	var features []Feature
	var outcome []bool
	for scan := bufio.NewScanner(zipped); scan.Scan(); {
		cells := strings.Split(strings.TrimSpace(scan.Text()), ",")
		if features == nil {
			for _, n := range cells[1:] {
				features = append(features, Feature{Name: n})
			}
			continue
		}
		outcome = append(outcome, cells[0] == "1")
		for j, c := range cells[1:] {
			v, err := strconv.ParseFloat(c, 64)
			if err != nil {
				t.Fatal(err)
			}
			features[j].Values = append(features[j].Values, v)
		}
	}
	return features, outcome
}

func probabilities(s Sparse, features []Feature) []float64 {
	out := make([]float64, len(features[0].Values))
	row := make([]float64, len(features))
	for i := range out {
		for j := range features {
			row[j] = features[j].Values[i]
		}
		out[i] = s.Probability(row)
	}
	return out
}

func near(got, want, relative float64) bool {
	return math.Abs(got-want) <= relative*math.Max(math.Abs(want), 1e-12)
}

func TestPublishedCards(t *testing.T) {
	t.Parallel()
	vectors := evidence.Vectors(t, "scoring_fasterrisk.json")
	visited := 0
	for _, set := range []string{"breastcancer", "mammo", "adult", "spambase"} {
		var features []Feature
		var outcome []bool
		for _, k := range []int{3, 5, 10} {
			id := fmt.Sprintf("fasterrisk-%s-k%d", set, k)
			v, exists := vectors[id]
			if !exists {
				continue
			}
			visited++
			if set == "spambase" {
				t.Logf("%s: skipped, the data of this set are not at hand", id)
				continue
			}
			if features == nil {
				features, outcome = benchmark(t, set)
			}
			var want published
			v.Read(t, nil, &want)
			checkReference(t, id, want, features, outcome, v.Tol)
			began := time.Now()
			got, err := Fit(features, outcome, k, 5)
			if err != nil {
				t.Fatal(err)
			}
			took := time.Since(began)
			p := probabilities(got, features)
			used := 0
			for _, points := range got.Points {
				if points != 0 {
					used++
				}
				if points < -5 || points > 5 {
					t.Errorf("%s: %d points", id, points)
				}
			}
			if used > k {
				t.Errorf("%s: %d rules", id, used)
			}
			t.Logf("%s took %v, pool %d, %s", id, took.Round(time.Millisecond), got.Pool, readable(got, features))
			loss := LogLoss(p, outcome) * float64(len(outcome))
			if !near(loss, got.Loss, 1e-6) {
				t.Errorf("%s: reports a loss of %v, has %v", id, got.Loss, loss)
			}
			evidence.AtMost(t, evidence.Figure{Room: "scorecards", Case: fmt.Sprintf("%s, %d rules", set, k), Name: "log loss against the reference", Got: loss / want.LogLoss, Tries: len(outcome)}, 1.01, 0)
			evidence.AtLeast(t, evidence.Figure{Room: "scorecards", Case: fmt.Sprintf("%s, %d rules", set, k), Name: "AUC less the reference's", Got: AUC(p, outcome) - want.AUC, Tries: len(outcome)}, -.005, 0)
		}
	}
	if visited != len(vectors) {
		t.Errorf("%d of %d vectors were visited", visited, len(vectors))
	}
}

// checkReference says that our measures read the published card as its makers did.
func checkReference(t *testing.T, id string, want published, features []Feature, outcome []bool, tol float64) {
	t.Helper()
	s := Sparse{Points: make([]int, len(features)), At: want.Intercept / want.Mult, Per: 1 / want.Mult}
	for j, f := range features {
		s.Points[j] = int(want.Coef[f.Name])
	}
	p := probabilities(s, features)
	if len(outcome) != want.N || int(count(outcome)) != want.Pos {
		t.Errorf("%s: %d rows, %v with the outcome", id, len(outcome), count(outcome))
	}
	for _, m := range []struct {
		name      string
		got, want float64
	}{{"log loss", LogLoss(p, outcome) * float64(len(outcome)), want.LogLoss}, {"AUC", AUC(p, outcome), want.AUC}, {"Brier", Brier(p, outcome), want.Brier}, {"first row", p[0], want.First}} {
		if !near(m.got, m.want, math.Min(tol, 1e-6)) {
			t.Errorf("%s: the published card's %s is %v, not %v", id, m.name, m.got, m.want)
		}
	}
}

func readable(s Sparse, features []Feature) string {
	var b strings.Builder
	for j, v := range s.Points {
		if v != 0 {
			fmt.Fprintf(&b, "%s %+d, ", features[j].Name, v)
		}
	}
	return b.String()
}

func TestScoringVectors(t *testing.T) {
	t.Parallel()
	vectors := evidence.Vectors(t, "scoring_py.json")
	var psi struct{ Expected, Actual []float64 }
	var wantPSI struct{ PSI float64 }
	vectors["psi"].Read(t, &psi, &wantPSI)
	if got := PSI(psi.Expected, psi.Actual); math.Abs(got-wantPSI.PSI) > vectors["psi"].Tol {
		t.Errorf("PSI %v, not %v", got, wantPSI.PSI)
	}
	var woe struct{ Good, Bad []float64 }
	var wantWOE struct {
		WOE []float64
		IV  float64
	}
	vectors["woe-iv"].Read(t, &woe, &wantWOE)
	got, iv := WOE(woe.Good, woe.Bad)
	for i := range got {
		if math.Abs(got[i]-wantWOE.WOE[i]) > vectors["woe-iv"].Tol {
			t.Errorf("WOE %v, not %v", got, wantWOE.WOE)
		}
	}
	if math.Abs(iv-wantWOE.IV) > vectors["woe-iv"].Tol {
		t.Errorf("IV %v, not %v", iv, wantWOE.IV)
	}
	// The rows of fasterrisk-published-adult are one fold's and are not given, but its table
	// of risks is: one of them fixes the multiplier, the others follow.
	var table struct {
		Score []float64
		Risk  []float64 `json:"risk_pct"`
	}
	vectors["fasterrisk-published-adult"].Read(t, nil, &table)
	worth := -math.Log(34.9 / 65.1)
	for i, score := range table.Score {
		card := Sparse{Points: []int{1}, At: -3 * worth, Per: worth}
		if got := 100 * card.Probability([]float64{score}); math.Abs(got-table.Risk[i]) > vectors["fasterrisk-published-adult"].Tol+.03 {
			t.Errorf("at a score of %v the risk is %.2f %%, not %.1f %%", score, got, table.Risk[i])
		}
	}
	if len(vectors) != 3 {
		t.Errorf("%d vectors, 3 are known", len(vectors))
	}
}
