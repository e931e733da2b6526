package link_test

import (
	"math"
	"runtime"
	"sync"
	"testing"

	"github.com/shirube/shirube/internal/evidence"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/stat/drift"
	"github.com/shirube/shirube/internal/stat/link"
	"github.com/shirube/shirube/internal/stat/worlds"
)

// lookAt is what a team sees of a world on its n-th day.
func lookAt(w worlds.World, n int) link.Result {
	d := link.NewDesign(series.Span{From: w.First, To: w.First + series.Day(n-1)}, series.NewCalendar(nil), nil)
	r := []link.Result{d.Test(link.Question{KPI: d.Clean(w.KPI[:n]), KGI: d.Clean(w.KGI[:n]), LagTo: 14})}
	link.Decide(r)
	return r[0]
}

// each runs a trial per seed on all cores; trials write to their own place.
func each(tries int, trial func(i int)) {
	var wg sync.WaitGroup
	next := make(chan int)
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := range next {
				trial(i)
			}
		})
	}
	for i := range tries {
		next <- i
	}
	close(next)
	wg.Wait()
}

func share(list []bool) float64 {
	n := 0
	for _, b := range list {
		if b {
			n++
		}
	}
	return float64(n) / float64(max(1, len(list)))
}

// sure is what chance allows a rate: so many standard errors.
func sure(rate float64, tries int, errors float64) float64 {
	return errors * math.Sqrt(rate*(1-rate)/float64(tries))
}

func leeway() float64 {
	if evidence.Long() {
		return 1
	}
	return 2.5
}

func TestALinkThatDies(t *testing.T) {
	t.Parallel()
	const seed = 880000
	tries := evidence.Tries(20, 500)
	found, died := make([]bool, tries), make([]bool, tries)
	covered, near := make([]bool, tries), make([]bool, tries)
	each(tries, func(i int) {
		w := worlds.New(worlds.Dying(730, .6, 0, 5, seed+uint64(i)))
		r := lookAt(w, w.N)
		if len(r.Breaks) == 0 {
			return
		}
		b := r.Breaks[len(r.Breaks)-1]
		for _, o := range r.Breaks { // the break asked for, should another be told too
			if off(o.At, w.BreakAt) < off(b.At, w.BreakAt) {
				b = o
			}
		}
		found[i], died[i] = true, b.Died
		covered[i] = b.First <= w.BreakAt && w.BreakAt <= b.Last
		near[i] = off(b.At, w.BreakAt) <= 45
	})
	n := 0
	for _, f := range found {
		if f {
			n++
		}
	}
	of := func(list []bool) float64 { return share(list) * float64(tries) / float64(max(1, n)) }
	f := evidence.Figure{Room: "breaks", Case: "a link of .6 dies in the middle half of two years", Tries: tries, Seed: seed, Unit: "%"}
	f.Name, f.Got = "found", share(found)
	evidence.AtLeast(t, f, .85, sure(.85, tries, leeway()))
	f.Tries = n
	f.Name, f.Got = "95 % range of the date covers it", of(covered)
	evidence.AtLeast(t, f, .90, sure(.90, n, leeway()))
	f.Name, f.Got = "dated within 45 days", of(near)
	evidence.AtLeast(t, f, .75, sure(.75, n, leeway()))
	f.Name, f.Got = "told as lost rather than changed", of(died)
	evidence.AtLeast(t, f, .80, sure(.80, n, leeway()))
}

func off(a, b int) int { return max(a-b, b-a) }

func TestNoBreakIsToldOfALinkThatStands(t *testing.T) {
	t.Parallel()
	const seed = 890000
	for _, e := range []float64{.5, 0} {
		tries := evidence.Tries(12, 500)
		alarm := make([]bool, tries)
		each(tries, func(i int) {
			w := worlds.New(worlds.Linked(730, e, 5, seed+uint64(i)))
			alarm[i] = len(lookAt(w, w.N).Breaks) > 0
		})
		f := evidence.Figure{Room: "breaks", Case: "one look at two years without a break, elasticity " + number(e), Name: "false alarm", Got: share(alarm), Tries: tries, Seed: seed, Unit: "%"}
		evidence.AtMost(t, f, .08, sure(.08, tries, leeway()))
	}
}

func number(e float64) string {
	if e == 0 {
		return "0"
	}
	return map[float64]string{.5: ".5", 1: "1", .3: ".3"}[e]
}

// A team that looks every day for a year, its history a year long when it begins.
func TestGateAYearOfLooks(t *testing.T) {
	evidence.Gate(t)
	const seed = 900000
	for _, c := range []struct {
		e            float64
		every, tries int
		name         string
	}{
		{.5, 1, 40, "daily looks for a year, elasticity .5"},
		{.5, 7, 160, "weekly looks for a year, elasticity .5"},
		{.3, 7, 80, "weekly looks for a year, elasticity .3"},
		{0, 7, 80, "weekly looks for a year, nothing linked"},
	} {
		alarm := make([]bool, c.tries)
		each(c.tries, func(i int) {
			w := worlds.New(worlds.Linked(730, c.e, 5, seed+uint64(i)))
			for n := 365; n <= 730 && !alarm[i]; n += c.every {
				alarm[i] = len(lookAt(w, n).Breaks) > 0
			}
		})
		f := evidence.Figure{Room: "breaks", Case: c.name, Name: "false alarm, per link and year", Got: share(alarm), Tries: c.tries, Seed: seed, Unit: "%"}
		evidence.AtMost(t, f, .05, sure(.05, c.tries, 1))
	}
}

// How soon a lost link is told to a team that looks only every fifth day.
func TestGateSoonTold(t *testing.T) {
	evidence.Gate(t)
	const seed = 910000
	for _, c := range []struct {
		e      float64
		within int
		bar    float64
		name   string
	}{
		{.5, 180, .75, "a link of .5 is lost after 450 days"},
		{1, 90, .90, "a link of 1 is lost after 450 days"},
	} {
		tries := 200
		told := make([]bool, tries)
		each(tries, func(i int) {
			w := worlds.New(worlds.Drop(450+c.within, 450, c.e, 0, 5, seed+uint64(i)))
			for n := 450 + 21; n <= 450+c.within && !told[i]; n += 5 {
				for _, b := range lookAt(w, n).Breaks {
					told[i] = told[i] || b.Last >= 450-21
				}
			}
		})
		f := evidence.Figure{Room: "breaks", Case: c.name, Name: "told within " + map[int]string{180: "180", 90: "90"}[c.within] + " days", Got: share(told), Tries: tries, Seed: seed, Unit: "%"}
		evidence.AtLeast(t, f, c.bar, sure(c.bar, tries, 1))
	}
}

// The verdict speaks of the time after the last break, and breaks may come again.
func TestTheVerdictSpeaksOfTheTimeAfter(t *testing.T) {
	t.Parallel()
	w := worlds.New(worlds.Drop(1000, 400, 1, 0, 5, 77))
	if r := lookAt(w, 395); len(r.Breaks) != 0 || r.Verdict != link.Moves {
		t.Errorf("before it was lost: %d breaks, verdict %v", len(r.Breaks), r.Verdict)
	}
	r := lookAt(w, 1000)
	if len(r.Breaks) != 1 || !r.Breaks[0].Died || r.Breaks[0].P > drift.Told || r.Verdict == link.Moves || r.NDays > 640 {
		t.Errorf("lost: breaks %+v, verdict %v of %d days", r.Breaks, r.Verdict, r.NDays)
	}
	// It works for 300 days, not for 350, and again: the second world's days follow.
	again := worlds.New(worlds.Linked(1000, 1, 5, 77))
	for i := 750; i < 1000; i++ {
		w.KPI[i], w.KGI[i] = again.KPI[i], again.KGI[i]
	}
	r = lookAt(w, 1000)
	if len(r.Breaks) != 2 || off(r.Breaks[0].At, 400) > 45 || off(r.Breaks[1].At, 750) > 45 || r.Verdict != link.Moves {
		t.Errorf("back again: breaks %+v, verdict %v", r.Breaks, r.Verdict)
	}
}

// A model of many links does not tell a break that one of so many would show by chance.
func TestBreaksAreKeptByTheModel(t *testing.T) {
	t.Parallel()
	w := worlds.New(worlds.Drop(730, 400, 1, 0, 5, 78))
	d := link.NewDesign(w.Span(), series.NewCalendar(nil), nil)
	results := []link.Result{d.Test(link.Question{KPI: d.Clean(w.KPI), KGI: d.Clean(w.KGI), LagTo: 14})}
	for i := range 4 {
		o := worlds.New(worlds.Linked(730, .5, 5, 400+uint64(i)))
		results = append(results, d.Test(link.Question{KPI: d.Clean(o.KPI), KGI: d.Clean(w.KGI), LagTo: 14}))
	}
	link.Decide(results)
	for i, r := range results {
		if len(r.Breaks) > 0 != (i == 0) {
			t.Errorf("link %d: %+v", i, r.Breaks)
		}
	}
}

// What happened is named: the counting of one side or both, or the relation. A level that
// never comes back is harder than an outage, since a season may do the same slowly; its bar
// is our own.
func TestTrackingIsToldFromTheRelation(t *testing.T) {
	t.Parallel()
	const seed = 920000
	for _, c := range []struct {
		name   string
		of     drift.Of
		side   worlds.Side
		factor float64
		days   int
		bar    float64
	}{
		{"25 days at 40 % of the KPI", drift.OfKPI, worlds.KPI, .4, 25, .90},
		{"25 days at 40 % of the KGI", drift.OfKGI, worlds.KGI, .4, 25, .90},
		{"25 days at 40 % of both", drift.OfBoth, worlds.Both, .4, 25, .90},
		{"the KPI at half for good", drift.OfKPI, worlds.KPI, .5, 9999, .75},
		{"the KGI at half for good", drift.OfKGI, worlds.KGI, .5, 9999, .75},
		{"both at half for good", drift.OfBoth, worlds.Both, .5, 9999, .75},
		{"a link of .6 dies", drift.Relation, 0, 0, 0, .90},
	} {
		tries := evidence.Tries(6, 200)
		right := make([]bool, tries)
		each(tries, func(i int) {
			s := worlds.Broken(730, c.side, c.factor, c.days, .6, 5, seed+uint64(i))
			if c.of == drift.Relation {
				s = worlds.Dying(730, .6, 0, 5, seed+uint64(i))
			}
			w := worlds.New(s)
			d := link.NewDesign(w.Span(), series.NewCalendar(nil), nil)
			q := link.Question{KPI: d.Clean(w.KPI), KGI: d.Clean(w.KGI), LagTo: 14}
			r := d.Test(q)
			events := d.Tracking(q, r)
			if c.of == drift.Relation {
				for _, b := range r.Breaks {
					right[i] = right[i] || b.First <= w.BreakAt+30 && w.BreakAt-30 <= b.Last && drift.Name(b, events) == drift.Relation
				}
				return
			}
			// The event is named, and neither a second one nor a broken relation beside it.
			named := 0
			for _, e := range events {
				if off(e.At, w.Outages[0].From) <= 14 {
					named++
					right[i] = e.Of == c.of
				}
			}
			right[i] = right[i] && named == 1
			for _, b := range r.Breaks {
				right[i] = right[i] && drift.Name(b, events) != drift.Relation
			}
		})
		f := evidence.Figure{Room: "breaks", Case: c.name, Name: "named rightly", Got: share(right), Tries: tries, Seed: seed, Unit: "%"}
		evidence.AtLeast(t, f, c.bar, sure(c.bar, tries, leeway()))
	}
}
