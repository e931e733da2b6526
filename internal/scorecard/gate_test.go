package scorecard

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/evidence"
)

// TestGateUnseen tries the whole road (rules, points, calibration) on rows it was not
// learned from, on every real set of a thousand rows and more.
func TestGateUnseen(t *testing.T) {
	evidence.Gate(t)
	adult, outcome := benchmark(t, "adult")
	table := &Table{OutcomeName: "Over50K", Outcome: outcome}
	for _, f := range adult {
		table.Columns = append(table.Columns, Column{Name: f.Name, Kind: Number, Numbers: f.Values})
	}
	for _, set := range []struct {
		name  string
		table *Table
		rules []int
	}{
		{"adult", table, []int{3, 5, 10}},
		{"leads", file(t, ',', "Converted", "1", "leads", "Leads.csv.gz"), []int{5, 10}},
		{"bank", file(t, ';', "y", "yes", "leads", "bank-full.csv.gz"), []int{5, 10}},
	} {
		for _, k := range set.rules {
			began := time.Now()
			r, err := Learn(set.table, Options{MaxRules: k})
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%s, %d rules: %v for everything; card %+v", set.name, k, time.Since(began).Round(time.Millisecond), r.Tested)
			what := fmt.Sprintf("%s, %d rules, rows not seen", set.name, k)
			evidence.AtMost(t, evidence.Figure{Room: "scorecards", Case: what, Name: "calibration error (ECE)", Got: r.Tested.ECE, Tries: r.Tested.Rows, Unit: "%"}, .03, 0)
			evidence.Publish(t, evidence.Figure{Room: "scorecards", Case: what, Name: "AUC of the card", Got: r.Tested.Card, Bar: "shown", OK: true, Tries: r.Tested.Rows})
			evidence.Publish(t, evidence.Figure{Room: "scorecards", Case: what, Name: "AUC of logistic regression on every column", Got: r.Tested.Dense, Bar: "shown", OK: true, Tries: r.Tested.Rows})
		}
	}
}

// TestGateFolds repeats the reference's cross-validation, fold = row mod 5.
func TestGateFolds(t *testing.T) {
	evidence.Gate(t)
	vectors := evidence.Vectors(t, "scoring_fasterrisk.json")
	for _, set := range []string{"breastcancer", "mammo", "adult"} {
		features, outcome := benchmark(t, set)
		v := vectors["fasterrisk-"+set+"-k5"]
		var want published
		v.Read(t, nil, &want)
		sum, reference := 0.0, 0.0
		for fold, published := range want.CVTest {
			var inside, outside []int
			for i := range outcome {
				if i%5 == fold {
					inside = append(inside, i)
				} else {
					outside = append(outside, i)
				}
			}
			got, err := Fit(rowsOf(features, outside), pick(outcome, outside), 5, 5)
			if err != nil {
				t.Fatal(err)
			}
			sum += AUC(probabilities(got, rowsOf(features, inside)), pick(outcome, inside)) / float64(len(want.CVTest))
			reference += published / float64(len(want.CVTest))
		}
		evidence.AtLeast(t, evidence.Figure{Room: "scorecards", Case: set + ", 5 rules, rows not seen", Name: "AUC less the reference's", Got: sum - reference, Tries: len(outcome)}, -.005, 0)
	}
}

func rowsOf(features []Feature, rows []int) []Feature {
	out := slices.Clone(features)
	for j := range out {
		out[j].Values = pick(out[j].Values, rows)
	}
	return out
}

// TestGateSpeed says how long the largest reference set takes; nothing fails by the clock.
func TestGateSpeed(t *testing.T) {
	evidence.Gate(t)
	features, outcome := benchmark(t, "adult")
	began := time.Now()
	if _, err := Fit(features, outcome, 5, 5); err != nil {
		t.Fatal(err)
	}
	took := time.Since(began).Seconds()
	evidence.Publish(t, evidence.Figure{Room: "scorecards", Case: "adult, 5 rules, 32,561 rows", Name: "seconds", Got: took, Bar: "≤ 30", OK: took <= 30, Tries: 1})
}
