package server

import (
	"testing"

	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/words"
)

func TestChangeText(t *testing.T) {
	t.Parallel()
	relative := func(r float64) *float64 { return &r }
	for _, c := range []struct {
		change insight.Change
		unit   string
		want   string
	}{
		{insight.Change{Now: 7120, Before: 7824, Absolute: -704, Relative: relative(-0.09)}, "件", "−9%"},
		{insight.Change{Now: 0.012, Before: 0.015, Absolute: -0.003, Relative: relative(-0.2)}, "%", "−20%"},
		{insight.Change{Now: 4, Before: 6, Absolute: -2, Relative: relative(-0.33)}, "本", "−2本"},
		{insight.Change{Now: 12, Before: 0, Absolute: 12}, "件", "+12件"},
		{insight.Change{Now: 0.01, Before: 0, Absolute: 0.01}, "%", "+1.00ポイント"},
		{insight.Change{Now: 300, Before: 300, Relative: relative(0)}, "件", "±0%"},
	} {
		if got := changeText(&c.change, c.unit, words.JA); *got != c.want {
			t.Errorf("%+v %s: %s, not %s", c.change, c.unit, *got, c.want)
		}
	}
	if changeText(nil, "件", words.JA) != nil {
		t.Error("no change is nothing to say")
	}
}

func TestRoundingLeavesNoRemainder(t *testing.T) {
	t.Parallel()
	if r := remainder(&insight.Reconciliation{Measured: 42, Computed: 42 + 7e-15}); r != 0 {
		t.Errorf("rounding left %v", r)
	}
	if r := remainder(&insight.Reconciliation{Measured: 42, Computed: 40}); r != 2 {
		t.Errorf("left %v, not 2", r)
	}
}
