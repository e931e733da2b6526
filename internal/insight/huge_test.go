package insight_test

import (
	"encoding/json"
	"errors"
	"math"
	"testing"

	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// Numbers near the largest there are stay numbers, and what leaves them says so.
func TestHugeNumbers(t *testing.T) {
	t.Parallel()
	model := `
shirube: 1
name: test
kgi: {id: k, name: 売上, definition: d, unit: 円, owner: o, serves: revenue, formula: price * rate, target: {reach: 1e305, by: 2027-03-31}}
kpis:
  price: {name: 単価, unit: 円, measure: s.price}
  rate: {name: 率, measure: s.rate}
  share: {name: 取り分, formula: price / rate}
sources: {s: {csv: s.csv, date: d, metrics: {price: {column: price, agg: mean}, rate: {column: rate, agg: mean}}}}
`
	ev := company(t, model, "2026-01-01..2026-05-15", numbers{
		"s.price": func(d series.Day) float64 { return 4e306 * (1 + float64(d%3)/10) },
		"s.rate":  constant(0.5),
	})
	v := insight.NewView(ev, on(t, "2026-05-15"))
	levers := v.Levers()
	if len(levers) == 0 {
		t.Fatal("no levers")
	}
	for _, l := range levers {
		for _, x := range []float64{l.Now, l.Low, l.High, l.Min, l.Max} {
			if math.IsInf(x, 0) || math.IsNaN(x) {
				t.Errorf("%s: %+v", l.ID, l)
			}
		}
	}
	if _, err := json.Marshal(levers); err != nil {
		t.Error(err)
	}
	_, err := v.WhatIf(sets(t, "price=*100"))
	if bad, ok := errors.AsType[*insight.SetError](err); !ok || bad.What.In(words.JA) != "「単価」が、計算できる数の範囲を超えます。" {
		t.Errorf("beyond all numbers: %v", err)
	}
	for _, c := range []struct{ set, id, why string }{
		{"rate=100", "k", "計算できる数の範囲を超えます。"},
		{"rate=0", "share", "「率」が0になり、0で割ることになるので、計算できません。"},
	} {
		got, err := v.WhatIf(sets(t, c.set))
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, a := range got.Indicators {
			if a.ID == c.id {
				found = true
				if word(a.NoValue) != c.why {
					t.Errorf("%s: %s: %s", c.set, c.id, word(a.NoValue))
				}
			}
		}
		if !found {
			t.Errorf("%s: %s does not change", c.set, c.id)
		}
		if _, err := json.Marshal(got); err != nil {
			t.Error(err)
		}
	}
}
