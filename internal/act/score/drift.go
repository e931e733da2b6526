package score

import (
	"math"

	"github.com/shirube/shirube/internal/words"
)

// Told is one lead of whom a card told a probability, and what came of it.
type Told struct {
	Week   int // by the moment it was told; weeks in a row
	Chance float64
	Came   bool
}

// Drift is whether a card still tells probabilities that come true.
type Drift struct {
	Alarm    bool
	Since    int // the week the trouble seems to have begun
	Evidence float64
	Expected float64 // outcomes expected since then …
	Came     int     // … and those that came
	Weeks    []WeekTold
}

// WeekTold is what was told and what came in a week.
type WeekTold struct {
	Week     int
	Expected float64
	Came     int
	Of       int
}

// alarmAt is the evidence at which the alarm goes off. With a right card the mean time to a
// false alarm is then at least so many weeks, however often one looks: close to ten years.
const alarmAt = 500

// turned are the factors by which the odds may have changed, that are looked out for.
var turned = [...]float64{.33, .5, .67, 1.5, 2, 3}

// Watch looks whether the odds that a card tells are still right: for each factor, how much
// better it explains what came since any earlier week (Shiryaev, Roberts). told comes by
// rising week.
func Watch(told []Told) Drift {
	var out Drift
	var sums [len(turned)]float64
	var began [len(turned)]int
	for from := 0; from < len(told); {
		to := from
		week := WeekTold{Week: told[from].Week}
		var ratio [len(turned)]float64 // log
		for to < len(told) && told[to].Week == week.Week {
			p := min(max(told[to].Chance, .001), .999)
			week.Expected += p
			week.Of++
			if told[to].Came {
				week.Came++
			}
			for k, factor := range turned {
				if told[to].Came {
					ratio[k] += math.Log(factor)
				}
				ratio[k] -= math.Log(1 - p + p*factor)
			}
			to++
		}
		out.Weeks = append(out.Weeks, week)
		if out.Alarm {
			from = to
			continue
		}
		all, best := 0.0, 0
		for k := range sums {
			if sums[k] <= 1 {
				began[k] = week.Week
			}
			sums[k] = math.Min((1+sums[k])*math.Exp(ratio[k]), 1e300)
			all += sums[k] / float64(len(turned))
			if sums[k] > sums[best] {
				best = k
			}
		}
		out.Evidence, out.Since = all, began[best]
		out.Alarm = all >= alarmAt
		from = to
	}
	for _, week := range out.Weeks {
		if week.Week >= out.Since {
			out.Expected, out.Came = out.Expected+week.Expected, out.Came+week.Came
		}
	}
	return out
}

// Reads is the alarm in a sentence; nothing without one.
func (d Drift) Reads() words.Text {
	if !d.Alarm {
		return words.Text{}
	}
	expected := words.Group(d.Expected, 0)
	if float64(d.Came) < d.Expected {
		return words.T("見込みが外れてきています。このところ%[1]s件の見込みに対して%[2]d件でした。点を学び直してください。",
			"What the card tells no longer comes true: %[2]d came of late where %[1]s were expected. Learn the points anew.", expected, d.Came)
	}
	return words.T("見込みより多く結果が出ています。このところ%[1]s件の見込みに対して%[2]d件でした。点を学び直すと、もっと拾えます。",
		"More comes than the card tells: %[2]d of late where %[1]s were expected. Learn the points anew to find more.", expected, d.Came)
}
