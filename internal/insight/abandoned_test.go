package insight_test

import (
	"sync/atomic"
	"testing"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/insight"
)

// Whatever moment the last reader leaves at, the work ends soon after and in peace.
func TestAbandonedWorkEnds(t *testing.T) {
	t.Parallel()
	ev := linked(t, 0)
	last, _ := ev.Data().Last()
	ready := insight.Options{AsOf: last, Evidence: insight.MeasureLinks(ev, last), Outlook: insight.Foresee(ev, last, 0)}
	supposed := sets(t, "x1=*2", "x2=*1.5", "r3=+10%")
	cases := []struct {
		name string
		opt  insight.Options
		ask  func(v *insight.View)
		// How often, at most, it is asked whether somebody still waits after nobody does.
		after int64
	}{
		{"seek", ready, func(v *insight.View) { v.Seek(insight.SeekOptions{Probability: 0.8}) }, 250},
		{"what if", ready, func(v *insight.View) { _, _ = v.WhatIf(supposed) }, 600},
		{"forecast", ready, func(v *insight.View) { v.Forecast("f0", 5) }, 10},
		{"ways ahead", insight.Options{AsOf: last, Evidence: ready.Evidence}, func(v *insight.View) { v.Foresee(0) }, 73}, // once a metric
		{"review", ready, func(v *insight.View) { v.Review() }, 150},
		{"levers", ready, func(v *insight.View) { v.Levers() }, 5},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			asked := func(leave int64) int64 {
				var calls atomic.Int64
				opt := c.opt
				opt.Abandoned = func() bool { return calls.Add(1) > leave }
				c.ask(insight.NewView(goal.NewEvaluator(ev.Model(), ev.Data()), opt))
				return calls.Load()
			}
			whole := asked(1 << 40)
			for _, leave := range []int64{0, 1, whole / 3} {
				if more := asked(leave) - leave; more > c.after || more < 1 {
					t.Errorf("left after %d of %d: went on for %d", leave, whole, more)
				}
			}
		})
	}
}
