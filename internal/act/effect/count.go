package effect

import (
	"cmp"
	"math"
	"slices"

	"github.com/shirube/shirube/internal/act/automation"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/stat/lift"
)

// Entry is the first time somebody came into an automation.
type Entry struct {
	Contact contact.ID
	Version int
	Held    bool
	At      event.Millis
}

// Bounds of how many days somebody is watched after entering.
const (
	leastDays = 14
	mostDays  = 56
	afterLast = 7 // days for the last step to work
)

const day = 24 * 3_600_000

// WatchDays is how many days people are watched after entering: long enough for every wait
// of any of the versions and a week more, in whole weeks. It depends on the definitions
// alone, never on what came out.
func WatchDays(versions []*automation.Definition) int {
	longest := 0.0
	for _, d := range versions {
		sum := 0.0
		for k := range d.Steps {
			sum += waited(d.Steps[k].Wait)
		}
		longest = max(longest, sum)
	}
	weeks := math.Ceil((longest + afterLast) / 7)
	return int(min(max(weeks*7, leastDays), mostDays))
}

// waited is the most days a wait takes.
func waited(w *automation.Wait) float64 {
	switch {
	case w == nil:
		return 0
	case w.For != nil:
		return float64(w.For.Millis()) / day
	case w.Timeout != nil:
		return float64(w.Timeout.Millis()) / day
	case w.Until != nil && len(w.Until.Weekdays) > 0:
		return 7
	}
	return 1
}

// Shares is the share held out by each version, as its definition says.
type Shares map[int]float64

// Stretch is the newest run of versions by which people entered that all hold out the same
// share: people of different shares must not be poured together, because who entered
// earlier would be held out less often. An experiment goes on as long as its lot stays the
// same. Without entries it is the live version's, or the newest.
func Stretch(entries []Entry, shares Shares, current int) (versions []int, share float64) {
	share = shares[current]
	used := map[int]bool{current: true}
	for _, e := range entries {
		used[e.Version] = true
	}
	all := make([]int, 0, len(used))
	for v := range used {
		all = append(all, v)
	}
	slices.SortFunc(all, func(a, b int) int { return cmp.Compare(b, a) })
	for _, v := range all {
		if v > current {
			continue
		}
		if shares[v] != share {
			break
		}
		versions = append(versions, v)
	}
	slices.Sort(versions)
	return versions, share
}

// Counted is what two arms showed so far.
type Counted struct {
	Sent, Held lift.Yes
	Share      float64      // planned share held out
	Watching   int          // people whose days of watching are not over
	Since      event.Millis // the first entry that counts; 0: none
	Until      event.Millis // the newest entry that counts
	ADay       float64      // people whose watching ends in a day, at the pace of the last four weeks
}

// Count sorts entries into arms. happened is the moments at which the outcome came for
// somebody, in any order; it counts when it lies after entering and within the days of
// watching.
func Count(entries []Entry, versions []int, share float64, days int, now event.Millis, happened func(contact.ID) []event.Millis) Counted {
	c := Counted{Share: share}
	watch := event.Millis(days) * day
	recent := 0
	for _, e := range entries {
		if !slices.Contains(versions, e.Version) {
			continue
		}
		if e.At > now-paceDays*day && e.At <= now {
			recent++
		}
		if c.Since == 0 || e.At < c.Since {
			c.Since = e.At
		}
		if e.At+watch > now {
			c.Watching++
			continue
		}
		c.Until = max(c.Until, e.At)
		arm := &c.Sent
		if e.Held {
			arm = &c.Held
		}
		arm.People++
		if slices.ContainsFunc(happened(e.Contact), func(at event.Millis) bool { return at > e.At && at <= e.At+watch }) {
			arm.Yes++
		}
	}
	if c.Since > 0 && now > c.Since {
		c.ADay = float64(recent) / min(paceDays, max(1, float64(now-c.Since)/day))
	}
	return c
}

// paceDays is the days the pace of entering is read from.
const paceDays = 28
