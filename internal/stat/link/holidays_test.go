package link

import (
	"math"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/stat/worlds"
)

// closedOnSome is whether a company rests on a day that keeps the holidays of fixed dates
// but works on those that move.
func closedOnSome(day series.Day) bool {
	_, month, dom := day.Civil()
	switch month {
	case time.January:
		return dom <= 3
	case time.February:
		return dom == 11 || dom == 23
	case time.April:
		return dom == 29
	case time.May:
		return 3 <= dom && dom <= 5
	case time.August:
		return dom == 11
	case time.November:
		return dom == 3 || dom == 23
	}
	return false
}

// TestHolidaysThatDifferAreNoCommonCause: both series fall on some holidays only. Those
// days are set aside, and a true link is found all the same; nothing is set aside where
// holidays are alike, or are days like any other.
func TestHolidaysThatDifferAreNoCommonCause(t *testing.T) {
	t.Parallel()
	const tries = 8
	for _, c := range []struct {
		name        string
		dip         func(day series.Day, rests bool) bool
		least, most int // worlds of tries in which days are set aside
	}{
		{"some holidays dip", func(day series.Day, _ bool) bool { return closedOnSome(day) }, tries - 1, tries},
		{"all holidays dip", func(_ series.Day, rests bool) bool { return rests }, 0, 1},
		{"none does", func(series.Day, bool) bool { return false }, 0, 1},
	} {
		aside, found := 0, 0
		for seed := range uint64(tries) {
			s := worlds.Linked(365, .5, 5, seed)
			s.NewYear = 0
			w := worlds.New(s)
			d := NewDesign(w.Span(), nil, nil)
			rests := map[int]bool{}
			for _, at := range d.rest {
				rests[at] = true
			}
			for at := range w.KPI {
				if c.dip(w.First+series.Day(at), rests[at]) {
					w.KPI[at] = math.Round(w.KPI[at] * math.Exp(-.75))
					w.KGI[at] = math.Round(w.KGI[at] * math.Exp(-.75))
				}
			}
			kpi, kgi := d.Clean(w.KPI), d.Clean(w.KGI)
			results := []Result{d.Test(Question{KPI: kpi, KGI: kgi, LagTo: 14})}
			Decide(results)
			if len(kpi.unlike) > 0 && len(kgi.unlike) > 0 {
				aside++
			}
			if results[0].Verdict == Moves {
				found++
			} else {
				t.Logf("%s, seed %d: %v %q", c.name, seed, results[0].Verdict, results[0].Why)
			}
		}
		if aside < c.least || aside > c.most {
			t.Errorf("%s: set aside in %d of %d worlds", c.name, aside, tries)
		}
		if found < tries-1 {
			t.Errorf("%s: found %d of %d links", c.name, found, tries)
		}
	}
}
