package insight_test

import (
	"math"
	"math/rand/v2"
	"strings"

	"github.com/shirube/shirube/internal/series"
)

// shop is a small model without a fault; cases break one thing in it.
const shop = `
shirube: 1
name: 受注の地図
fiscal_year_start: 4
kgi: {id: orders, name: 受注数, definition: 受注の数, unit: 件, owner: 田中, serves: revenue, formula: visits * rate, measure: s.orders, target: {total: 7300, from: 2026-04-01, by: 2027-03-31, agreed: [{by: 社長, on: 2026-03-20}]}}
kpis:
  visits: {name: 訪問数, definition: 訪問の数, unit: 回, owner: 佐藤, measure: s.visits, target: {hold: 12000, per: month, from: 2026-04-01, by: 2027-03-31, agreed: [{by: 社長, on: 2026-03-20}]}}
  rate: {name: 受注率, definition: 訪問のうち受注した割合, unit: "%", owner: 森, measure: s.orders / s.visits, target: {reach: 5%, by: 2027-03-31, from: 2026-04-01, agreed: [{by: 社長, on: 2026-03-20}]}}
  likes: {name: いいね数, definition: いいねの数, unit: 件, owner: 佐藤, role: action, measure: s.likes, target: {hold: 29000, per: month, from: 2026-04-01, by: 2027-03-31, agreed: [{by: 社長, on: 2026-03-20}]}}
influences:
  - {from: likes, to: visits, lag: 0..7, because: いいねが増えるとおすすめに載りやすい}
events: [{on: 2026-06-02, what: おすすめの仕組みが変わった}]
sources:
  s: {csv: s.csv, date: d, by: [デバイス], metrics: {orders: o, visits: v, likes: l, other: x}}
`

// trouble says what is wrong in the shop's numbers.
type trouble struct {
	link, linkAfter float64    // elasticity of visits with respect to likes, before and from changed on
	changed         series.Day // 0 never
	rateAfter       float64    // factor on the rate from changed on, on half of the visits
	season          float64    // factor on visits and orders throughout
	likesFactor     float64
	outage          series.Span // days on which a third of the likes is counted
}

// numbersOf makes the shop's days: likes wander by themselves, visits follow them two days
// later as far as the link goes, orders follow visits.
func numbersOf(t tester, over string, w trouble) numbers {
	t.Helper()
	span := span(t, over)
	rng := rand.New(rand.NewPCG(7, 11))
	n := span.Days()
	wander := func(memory, size float64) []float64 {
		out, x := make([]float64, n), 0.0
		for i := range out {
			x = memory*x + size*rng.NormFloat64()
			out[i] = x
		}
		return out
	}
	interest, mood := wander(.5, .14), wander(.4, .05)
	likes, visits, orders := make([]float64, n), make([]float64, n), make([]float64, n)
	carry := 0.0
	one := func(f float64) float64 {
		if f == 0 {
			return 1
		}
		return f
	}
	for i := range n {
		day := span.From + series.Day(i)
		since := w.changed != 0 && day >= w.changed
		e := w.link
		if since {
			e = w.linkAfter
		}
		week := 1.0
		if day.Weekday() == 0 || day.Weekday() == 6 {
			week = .7
		}
		likes[i] = math.Round(1000 * week * one(w.likesFactor) * math.Exp(interest[i]))
		if !w.outage.Empty() && w.outage.From != 0 && w.outage.Contains(day) {
			likes[i] = math.Round(likes[i] / 3)
		}
		visits[i] = math.Round(440 * week * one(w.season) * math.Exp(e*interest[max(i-2, 0)]+mood[i]))
		rate := .05
		if since && w.rateAfter != 0 {
			rate *= (1 + w.rateAfter) / 2
		}
		carry += visits[i] * rate
		orders[i] = math.Floor(carry)
		carry -= orders[i]
	}
	at := func(values []float64) func(series.Day) float64 {
		return func(d series.Day) float64 { return values[int(d-span.From)] }
	}
	return numbers{"s.orders": at(orders), "s.visits": at(visits), "s.likes": at(likes)}
}

// with changes a model: pairs of what stands there and what takes its place.
func with(t tester, model string, pairs ...string) string {
	t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		if !strings.Contains(model, pairs[i]) {
			t.Fatal("no such text in the model: " + pairs[i])
		}
		model = strings.Replace(model, pairs[i], pairs[i+1], 1)
	}
	return model
}
