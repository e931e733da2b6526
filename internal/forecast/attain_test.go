package forecast_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"

	"github.com/shirube/shirube/internal/evidence"
	"github.com/shirube/shirube/internal/forecast"
	"github.com/shirube/shirube/internal/formula"
	"github.com/shirube/shirube/internal/series"
)

func TestGateAttain(t *testing.T) {
	goals := evidence.Tries(100, 1000)
	if v, _ := strconv.Atoi(os.Getenv("W")); v > 0 {
		goals = v
	}
	const seed = 77
	var all []forecast.Said
	said := map[string][]forecast.Said{}
	tallies := map[string]*tally{}
	line, soft := 0.0, 0.0
	for i := range goals {
		r := rand.New(rand.NewPCG(seed, uint64(i)))
		m := anyMarket(r)
		history := []int{200, 365, 550, 730, 1000}[r.IntN(5)]
		period := []int{28, 91, 182, 365}[r.IntN(4)]
		start := series.Date(2023, 1, 1) + series.Day(r.IntN(365)+history)
		whole := series.Span{From: start - series.Day(history), To: start + series.Day(period) - 1}
		seen, truth := m.days(whole, r)
		for d := start; d <= whole.To; d++ {
			// The period's own days come in, if late: what is asked is where they land.
			if v, _ := truth.At(d); v > 0 || !m.emptyDays {
				seen.Set(d, v)
			}
		}
		goal := series.Span{From: start, To: whole.To}
		total, _ := seen.Aggregate(goal, series.Sum)
		before, known := seen.Aggregate(series.Span{From: start - 56, To: start - 1}, series.Sum)
		if m.emptyDays {
			known = 56
		}
		target := math.Round(before / float64(known) * float64(period) * math.Exp(0.15*r.NormFloat64()+0.02))
		kinds := forecast.NewDayKinds(plainCalendar, whole)
		for _, share := range []float64{0.25, 0.5, 0.75} {
			asOf := start + series.Day(share*float64(period)) - 1
			past := seen.Slice(series.Span{From: whole.From, To: asOf})
			p := forecast.NewPaths([]forecast.Input{{Name: "x", History: past, Kind: formula.Flow}}, kinds, asOf, whole.To, 500, 7)
			if !p.Shortage("x").Enough() {
				continue
			}
			paths := p.Aggregate("x", goal)
			reached := 0.0
			for _, v := range paths {
				if v >= target {
					reached++
				}
			}
			prob := reached / float64(len(paths))
			s := forecast.Said{P: prob, Attained: total >= target}
			all = append(all, s)
			for _, g := range []string{fmt.Sprintf("period %d", period), fmt.Sprintf("at %v", share), fmt.Sprintf("history %d", history)} {
				said[g] = append(said[g], s)
				if tallies[g] == nil {
					tallies[g] = &tally{}
				}
				tallies[g].add(place(paths, total, r))
			}
			came := 0.0
			if s.Attained {
				came = 1
			}
			soFar, days := seen.Aggregate(series.Span{From: start, To: asOf}, series.Sum)
			elapsed := float64(asOf-start) + 1
			projected := soFar / elapsed * float64(period)
			straight := 0.0
			if projected >= target {
				straight = 1
			}
			line += (straight - came) * (straight - came)
			squares := 0.0
			for d := start; d <= asOf; d++ {
				v, ok := seen.At(d)
				if ok {
					squares += (v - soFar/float64(days)) * (v - soFar/float64(days))
				}
			}
			sd := math.Sqrt(squares / float64(days-1))
			q := math.Erfc((target-projected)/(sd*math.Sqrt(float64(period)-elapsed)+1e-9)/math.Sqrt2) / 2
			soft += (q - came) * (q - came)
		}
	}
	rec := forecast.Score(all)
	for _, b := range rec.Bins {
		t.Logf("bin %.1f: said %.3f came %.3f n=%d", b.From, b.Said, b.Came, b.Count)
	}
	n := float64(len(all))
	t.Logf("Brier %.4f without %.4f line %.4f soft %.4f", rec.Brier, rec.Without, line/n, soft/n)
	for g, s := range said {
		r := forecast.Score(s)
		low, mid, high := forecast.Score(nil).Bins[0], 0.0, 0.0
		_ = low
		_ = mid
		_ = high
		t.Logf("%-14s Brier %.4f without %.4f %v", g, r.Brier, r.Without, tallies[g])
	}
}
