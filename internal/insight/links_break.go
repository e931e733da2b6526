package insight

import (
	"math"

	"github.com/shirube/shirube/internal/stat/drift"
	"github.com/shirube/shirube/internal/stat/link"
)

// breakOf is the latest break of a link, in days; nil where there is none.
func (t *tested) breakOf() *Break {
	n := len(t.result.Breaks)
	if n == 0 {
		return nil
	}
	b := t.result.Breaks[n-1]
	out := &Break{
		Date: t.day(b.At), PValue: b.P,
		Before: t.effectOf(b.Before), After: t.effectOf(b.After),
	}
	out.Range[0], out.Range[1] = t.day(b.First), t.day(b.Last)
	return out
}

// effectOf carries an effect on from the step it was tested at.
func (t *tested) effectOf(e drift.Effect) Effect {
	return Effect{Elasticity: e.Elasticity * t.carry, CI95: ordered(e.CI95[0]*t.carry, e.CI95[1]*t.carry)}
}

// away is a run of days on which one series was far below its level and came back.
type away struct {
	of string // kpi, kgi
	link.Window
}

// awayOf collects the outages of both ends of a link.
func awayOf(kpi, kgi *link.Cleaned) []away {
	var out []away
	for _, w := range kpi.Outages {
		out = append(out, away{"kpi", w})
	}
	for _, w := range kgi.Outages {
		out = append(out, away{"kgi", w})
	}
	return out
}

// trackingOf is what looks like the counting, not the relation: levels that fall and
// come back. Both ends falling on the same days is one event of both.
func (t *tested) trackingOf() []Tracking {
	out := []Tracking{}
	for _, a := range t.away {
		from, to := t.day(a.From), t.day(a.To)
		shared := false
		for i := range out {
			if out[i].Of != a.of && out[i].To != nil && out[i].From <= to && from <= *out[i].To {
				out[i].Of, shared = "both", true
			}
		}
		if !shared {
			out = append(out, Tracking{From: from, To: &to, Of: a.of, Factor: math.Exp(a.Size)})
		}
	}
	return out
}
