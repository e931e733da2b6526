package main

import (
	"maps"
	"slices"
	"strings"

	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/measure/source/table"
)

// planned reads --expect ARM=WEIGHT,…: the weights in the order control, arms; nil where it
// is not given. Every arm of the file must have one.
func (c *liftCommand) planned(in insight.LiftInput) ([]float64, error) {
	if c.Expect == "" {
		return nil, nil
	}
	given := map[string]float64{}
	for part := range strings.SplitSeq(c.Expect, ",") {
		at := strings.LastIndex(part, "=")
		if at < 1 {
			return nil, expectUnread(c.Expect)
		}
		v, ok, err := table.ParseNumber(strings.TrimSpace(part[at+1:]), table.StyleDot)
		if err != nil || !ok || !(v > 0 && v < 1e9) {
			return nil, expectUnread(c.Expect)
		}
		given[strings.TrimSpace(part[:at])] = v
	}
	var weights []float64
	for _, arm := range append([]insight.LiftArm{in.Control}, in.Arms...) {
		weight, ok := given[arm.Name]
		if !ok {
			return nil, usage("--expect に「%s」の割合がありません。", "--expect gives no weight for “%s”.", arm.Name)
		}
		weights = append(weights, weight)
		delete(given, arm.Name)
	}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		return nil, usage("--expect の「%s」というグループは、ファイルにありません。", "The file has no arm “%s”, which --expect names.", name)
	}
	return weights, nil
}

func expectUnread(text string) error {
	return usage("--expect「%s」が読めません。A=1,B=1 のように書いてください。", "--expect “%s” cannot be read. Write it like A=1,B=1.", text)
}
