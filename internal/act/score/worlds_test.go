package score

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/event"
)

// journeyWorld is made-up behaviour with a planted truth.
type journeyWorld struct {
	kind      string // "each view", "each person", "late", "in seven days"
	people    int
	step      int // the true N
	low, high float64
	seed      uint64
}

const worldEnd = event.Millis(400 * day)

// make draws journeys. Views come in bursts; whoever has had the outcome looks on a lot,
// which must not be learned from.
func (w journeyWorld) make() []Journey {
	draw := rand.New(rand.NewPCG(w.seed, 99))
	after := func(mean float64) event.Millis { return 1 + event.Millis(draw.ExpFloat64()*mean*float64(day)) }
	var out []Journey
	for i := range w.people {
		j := Journey{Subject: fmt.Sprintf("c:%05d", i)}
		at := event.Millis(draw.Int64N(int64(360 * day)))
		planned := 1
		for planned < 25 && draw.Float64() < .75 {
			planned++
		}
		personal := w.high
		if planned < w.step {
			personal = w.low
		}
		var views []event.Millis
		for n := 1; n <= planned && j.Outcome == 0; n++ {
			views = append(views, at)
			count := n
			if w.kind == "in seven days" {
				count = 0
				for _, v := range views {
					if v > at-7*day {
						count++
					}
				}
			}
			chance, lag := w.low, .1
			if count >= w.step {
				chance = w.high
			}
			switch w.kind {
			case "each person":
				chance, lag = 0, 2
				if n == planned {
					chance = personal
				}
			case "late":
				lag = 1
			}
			if draw.Float64() < chance {
				j.Outcome = at + after(lag)
				// Those who come late may look again before.
				for next := at + after(1.5); w.kind == "late" && next < j.Outcome; next += after(1.5) {
					views = append(views, next)
				}
			}
			gap := 1.5
			if w.kind == "in seven days" && draw.IntN(4) == 0 {
				gap = 15
			}
			at += after(gap)
		}
		if j.Outcome > 0 {
			at = j.Outcome
			for range draw.IntN(12) {
				at += after(.5)
				views = append(views, at)
			}
		}
		for _, v := range views {
			j.Done = append(j.Done, condition.Occurrence{Watch: "/price", At: v})
		}
		// What tells nothing.
		for range draw.IntN(6) {
			j.Done = append(j.Done, condition.Occurrence{Watch: "/blog", At: event.Millis(draw.Int64N(int64(380 * day)))})
		}
		if j.Outcome > worldEnd {
			j.Outcome = 0
		}
		j.Done = slices.DeleteFunc(j.Done, func(o condition.Occurrence) bool { return o.At > worldEnd })
		slices.SortFunc(j.Done, func(a, b condition.Occurrence) int { return int(a.At - b.At) })
		out = append(out, j)
	}
	return out
}
