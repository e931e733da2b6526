package link_test

import (
	"fmt"
	"testing"

	"github.com/shirube/shirube/internal/stat/link"
	"github.com/shirube/shirube/internal/stat/worlds"
)

// BenchmarkLinks200x1095 is the size the product promises: 200 influences over three
// years of days, lags 0 to 28, on two cores. A model may hang them all on one KGI, or a
// few on each of many steps.
func BenchmarkLinks200x1095(b *testing.B) {
	for _, children := range []int{1, 40} {
		b.Run(fmt.Sprintf("%d-children", children), func(b *testing.B) {
			const n, links = 1095, 200
			w := worlds.Fifty(n, links, 10, .3, 1)
			goals := [][]float64{w.KGI}
			for i := 1; i < children; i++ {
				goals = append(goals, worlds.Independent(worlds.PlainGate, n, uint64(i)).KGI)
			}
			for b.Loop() {
				askAll(w, goals)
			}
			b.ReportMetric(b.Elapsed().Seconds()*1000/float64(b.N)/links, "ms/link")
		})
	}
}

// askAll spreads the KPIs evenly over the goals and asks all links on two goroutines, as
// a caller with two cores does.
func askAll(w worlds.World, goals [][]float64) []link.Result {
	d := link.NewDesign(w.Span(), nil, nil)
	all := append(append([][]float64(nil), goals...), w.Many...)
	cleaned := make([]*link.Cleaned, len(all))
	onTwo(len(all), func(i int) { cleaned[i] = d.Clean(all[i]) })
	kgis, kpis := cleaned[:len(goals)], cleaned[len(goals):]
	each := len(kpis) / len(kgis)
	results := make([]link.Result, len(kpis))
	onTwo(len(kpis), func(i int) {
		g := i / each
		results[i] = d.Test(link.Question{KPI: kpis[i], KGI: kgis[g], Controls: others(kpis[g*each:(g+1)*each], i-g*each), LagTo: 28})
	})
	link.Decide(results)
	return results
}

func onTwo(n int, do func(i int)) {
	next := make(chan int)
	done := make(chan struct{})
	for range 2 {
		go func() {
			for i := range next {
				do(i)
			}
			done <- struct{}{}
		}()
	}
	for i := range n {
		next <- i
	}
	close(next)
	<-done
	<-done
}
