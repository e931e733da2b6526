package score

import (
	"slices"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/event"
)

// Journey is what one subject did over the time looked back on, and when the outcome came.
type Journey struct {
	Subject string
	Done    []condition.Occurrence // the oldest first, of all watches
	Outcome event.Millis           // the moment of the meeting (or deal); 0 none so far
	Traits  map[string]string      // fit properties as they were before; text
	Numbers map[string]float64     // fit properties that are numbers
}

// before are the occurrences of a watch that lie before the outcome: whatever came with it
// or after it knows the answer.
func (j Journey) before(w condition.Watch) []event.Millis {
	var out []event.Millis
	for _, o := range j.Done {
		if j.Outcome > 0 && o.At >= j.Outcome {
			break
		}
		if o.Watch == w {
			out = append(out, o.At)
		}
	}
	return out
}

// View is one time that somebody did something: how often it had been done by then, and
// whether the outcome came of it.
type View struct {
	Count int  // within the window, this one included
	Paid  bool // the outcome came before the next view, and within the horizon
}

// viewsOf lists every view of a watch with its count over a window of days (0 ever). Views
// whose horizon is not over yet and that led to nothing so far are left out: what will
// become of them is not known.
func viewsOf(journeys []Journey, w condition.Watch, days int, horizon, end event.Millis) []View {
	var out []View
	for _, j := range journeys {
		at := j.before(w)
		from := 0
		for i, now := range at {
			if days > 0 {
				for at[from] <= now-event.Millis(days)*day {
					from++
				}
			}
			last := i == len(at)-1
			paid := last && j.Outcome > 0 && j.Outcome-now <= horizon
			if !paid && last && j.Outcome == 0 && now+horizon > end {
				continue
			}
			out = append(out, View{Count: i - from + 1, Paid: paid})
		}
	}
	return out
}

// reached is, for every count, how many subjects came to it before the outcome and how
// many of them had the outcome within the horizon after they first did.
func reached(journeys []Journey, w condition.Watch, days, most int, horizon, end event.Millis) (of, paid []int) {
	of, paid = make([]int, most+1), make([]int, most+1)
	for _, j := range journeys {
		at := j.before(w)
		from, highest := 0, 0
		for i, now := range at {
			if days > 0 {
				for at[from] <= now-event.Millis(days)*day {
					from++
				}
			}
			n := min(i-from+1, most)
			if n <= highest {
				continue
			}
			highest = n
			came := j.Outcome > 0 && j.Outcome-now <= horizon
			if !came && now+horizon > end {
				continue
			}
			of[n]++
			if came {
				paid[n]++
			}
		}
	}
	return of, paid
}

// sorted reports whether a journey's occurrences are in order.
func (j Journey) sorted() bool {
	return slices.IsSortedFunc(j.Done, func(a, b condition.Occurrence) int { return int(a.At - b.At) })
}
