package main

import (
	"bytes"
	"encoding/json"
	"math"
	"testing"

	"github.com/shirube/shirube/internal/evidence"
	"github.com/shirube/shirube/internal/insight"
)

// The e-mail test of Kevin Hillstrom (2008): 64,000 people, two mails and none.
func TestLiftOfHillstrom(t *testing.T) {
	t.Parallel()
	file := evidence.Shared(t, "data", "holdout", "hillstrom.csv.gz")
	for _, c := range []struct {
		outcome             string
		none, mens, womens  float64 // means as published
		digits              float64
		mensOver, womenOver string // verdicts
	}{
		{"visit", 0.1062, 0.1828, 0.1514, 5e-5, "higher", "higher"},
		{"conversion", 0.00573, 0.01253, 0.00884, 5e-6, "higher", "higher"},
		{"spend", 0.6528, 1.4226, 1.0772, 5e-5, "higher", "higher"},
	} {
		var out, said bytes.Buffer
		status := run([]string{"lift", file, "--arm", "segment", "--control", "No E-Mail", "--outcome", c.outcome, "--expect", "No E-Mail=1,Mens E-Mail=1,Womens E-Mail=1", "--json"}, &program{stdout: &out, stderr: &said})
		if status != exitDone {
			t.Fatalf("%s: status %d: %s", c.outcome, status, said.String())
		}
		var got insight.LiftReport
		if err := json.Unmarshal(out.Bytes(), &got); err != nil {
			t.Fatal(err)
		}
		if got.Control.N != 21306 || got.Arms[0].N != 21307 || got.Arms[1].N != 21387 || got.Mismatch.Found {
			t.Errorf("%s: people %d, %d, %d, mismatch %+v", c.outcome, got.Control.N, got.Arms[0].N, got.Arms[1].N, got.Mismatch)
		}
		for i, want := range []struct {
			mean    float64
			verdict string
		}{{c.mens, c.mensOver}, {c.womens, c.womenOver}} {
			arm := got.Arms[i]
			if math.Abs(*arm.Mean-want.mean) > c.digits || math.Abs(*got.Control.Mean-c.none) > c.digits {
				t.Errorf("%s of %s: %v against %v, published %v against %v", c.outcome, arm.Arm, *arm.Mean, *got.Control.Mean, want.mean, c.none)
			}
			if math.Abs(*arm.Lift-(*arm.Mean / *got.Control.Mean - 1)) > 1e-12 || string(arm.Verdict) != want.verdict {
				t.Errorf("%s of %s: lift %v, %s", c.outcome, arm.Arm, *arm.Lift, arm.Verdict)
			}
			if !(arm.CI95[0] < *arm.Lift && *arm.Lift < arm.CI95[1] && arm.AlwaysValid.CI95[0] < arm.CI95[0] && arm.CI95[1] < arm.AlwaysValid.CI95[1]) {
				t.Errorf("%s of %s: %v %v", c.outcome, arm.Arm, *arm.CI95, *arm.AlwaysValid.CI95)
			}
		}
	}
}
