package forecast_test

import (
	"math/rand/v2"
	"testing"

	"github.com/shirube/shirube/internal/evidence"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/stat/worlds"
)

// The worlds of the links' gates are not what the forecast was made on: white noise,
// autoregressions, random walks, weekends, trends, heavy tails, zeros, seasons with edges,
// promotions, days of the month.
func TestGateOtherWorlds(t *testing.T) {
	t.Parallel()
	each := evidence.Tries(2, 80)
	const ahead = 28
	kinds := append(worlds.Nine(), worlds.More()...)
	var all tally
	for _, kind := range kinds {
		var days, sums tally
		for i := range each {
			// Everywhere in the year, with half a year to two and a half behind.
			n := 150 + rand.New(rand.NewPCG(uint64(kind), uint64(i))).IntN(800)
			w := worlds.Independent(kind, n+ahead, uint64(20_900+i+1000*int(kind)))
			r := rand.New(rand.NewPCG(6, uint64(i)))
			for _, values := range [][]float64{w.KPI, w.KGI} {
				past := series.Daily{First: w.First, Values: values[:n]}
				future := series.Daily{First: w.First + series.Day(n), Values: values[n:]}
				p := lead(past, series.Sum, ahead, 400)
				if !p.Shortage("x").Enough() {
					continue
				}
				sum, present := 0.0, 0
				paths := make([]float64, 400)
				for k := range ahead {
					d := future.First + series.Day(k)
					v, ok := future.At(d)
					if !ok {
						continue
					}
					day := p.Aggregate("x", series.Span{From: d, To: d})
					days.add(place(day, v, r))
					present++
					sum += v
					for j, x := range day {
						paths[j] += x
					}
				}
				u := place(paths, sum, r)
				sums.add(u)
				all.add(u)
			}
		}
		if testing.Verbose() {
			t.Logf("%v: days %.3f %.3f, sums %.3f %.3f (%.0f)", kind, days.in80/days.n, days.in95/days.n, sums.in80/sums.n, sums.in95/sums.n, sums.n)
		}
	}
	all.publish(t, "sum of 28 days, worlds of the links' gates", each*len(kinds)*2, 20_900, float64(each*len(kinds)*2))
}
