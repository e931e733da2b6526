package insight

import "github.com/shirube/shirube/internal/stat/drift"

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
	for _, e := range []Effect{out.Before, out.After} {
		if !exists(e.Elasticity) || !exists(e.CI95[0]) || !exists(e.CI95[1]) {
			return nil // one number that is none would take the whole reply with it
		}
	}
	return out
}

// effectOf carries an effect on from the step it was tested at.
func (t *tested) effectOf(e drift.Effect) Effect {
	return Effect{Elasticity: e.Elasticity * t.carry, CI95: ordered(e.CI95[0]*t.carry, e.CI95[1]*t.carry)}
}

// trackingOf is what looks like the counting, not the relation: changes of level that
// the link itself does not account for.
func (t *tested) trackingOf() []Tracking {
	out := []Tracking{}
	for _, e := range t.events {
		event := Tracking{From: t.day(e.At), Of: string(e.Of), Factor: e.Factor}
		if e.Until < t.span.Days() {
			until := t.day(e.Until - 1)
			event.To = &until
		}
		out = append(out, event)
	}
	return out
}
