package insight_test

import (
	"math"
	"testing"

	"github.com/shirube/shirube/internal/insight"
)

const needModel = `shirube: 1
kgi: {id: deals, name: 受注, unit: 件, measure: s.deals, target: {total: 104, from: 2026-01-01, by: 2026-12-31}}
kpis:
  meetings: {name: 商談, unit: 件, measure: s.meetings}
  calls: {name: 電話, unit: 件, measure: s.old, target: {hold: 30, per: month}}
sources:
  s: {csv: s.csv, date: d, metrics: {deals: deals, meetings: meetings, old: old}}
`

// How many meetings a week the KGI needs follows from its target and from how many it took
// so far.
func TestNeededAWeek(t *testing.T) {
	t.Parallel()
	ev := company(t, needModel, "2026-01-01..2026-07-02", numbers{"s.deals": constant(.2), "s.meetings": constant(.8), "s.old": constant(1)})
	v := insight.NewView(ev, on(t, "2026-07-02"))
	weeks := 182.0 / 7
	for _, c := range []struct {
		id   string
		want float64
		why  string
	}{
		{"deals", (104 - .2*183) / weeks, "「受注」は目標まであと67件、残り26週なので、週に2.6件要ります。"},
		{"meetings", 4 * (104 - .2*183) / weeks, "「受注」の目標には週に2.6件要ります。この90日は「受注」1件に「商談」が4件だったので、「商談」は週に10件要ります。"},
		{"calls", 30 * 7 / 31.0, "「電話」の目標には週に6.8件要ります。"},
		{"none", math.NaN(), "指標「none」が地図にありません。"},
	} {
		got := v.NeededAWeek(c.id)
		if !near(&got.AWeek, c.want, 1e-9) && !(math.IsNaN(got.AWeek) && math.IsNaN(c.want)) || got.Why.JA != c.why {
			t.Errorf("%s: %v %s; want %v %s", c.id, got.AWeek, got.Why.JA, c.want, c.why)
		}
	}
	over := insight.NewView(ev, on(t, "2026-12-31")).NeededAWeek("deals")
	if !math.IsNaN(over.AWeek) {
		t.Errorf("after the deadline: %+v", over)
	}
}
