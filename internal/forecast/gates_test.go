package forecast_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"

	"github.com/shirube/shirube/internal/evidence"
	"github.com/shirube/shirube/internal/forecast"
	"github.com/shirube/shirube/internal/formula"
	"github.com/shirube/shirube/internal/series"
)

// place is where a value lies among the paths, between 0 and 1: uniform where the
// paths are right. Ties are broken by chance, as for counts (Czado, Gneiting and Held
// 2009).
func place(paths []float64, value float64, r *rand.Rand) float64 {
	below, at := 0.0, 0.0
	for _, v := range paths {
		if v < value-1e-9*math.Abs(value) {
			below++
		} else if v <= value+1e-9*math.Abs(value) {
			at++
		}
	}
	return (below + r.Float64()*(at+1)) / float64(len(paths)+1)
}

// crps is the continuous ranked probability score of paths (Gneiting and Raftery 2007).
func crps(paths []float64, value float64) float64 {
	sorted := slices.Clone(paths)
	slices.Sort(sorted)
	n := float64(len(sorted))
	sum := 0.0
	for i, v := range sorted {
		rank := (float64(i) + 0.5) / n
		if value < v {
			sum += 2 * (v - value) * (1 - rank)
		} else {
			sum += 2 * (value - v) * rank
		}
	}
	return sum / n
}

type tally struct{ in80, in95, n, low, high float64 }

func (t *tally) add(u float64) {
	t.n++
	if u > 0.1 && u < 0.9 {
		t.in80++
	}
	if u > 0.025 && u < 0.975 {
		t.in95++
	}
	if u < 0.1 {
		t.low++
	}
	if u > 0.9 {
		t.high++
	}
}

func (t *tally) String() string {
	return fmt.Sprintf("80: %.3f 95: %.3f low %.3f high %.3f n=%.0f", t.in80/t.n, t.in95/t.n, t.low/t.n, t.high/t.n, t.n)
}

func TestGateDailyForecast(t *testing.T) {
	worlds := evidence.Tries(200, 1500)
	if v, _ := strconv.Atoi(os.Getenv("W")); v > 0 {
		worlds = v
	}
	const seed = 41
	var days, sums tally
	groups := map[string]*tally{}
	group := func(name string, u float64) {
		if groups[name] == nil {
			groups[name] = &tally{}
		}
		groups[name].add(u)
	}
	better := 0.0
	counted, loss := 0.0, 0.0
	lossOf := map[float64]float64{}
	mase, naiveMASE := 0.0, 0.0
	for i := range worlds {
		r := rand.New(rand.NewPCG(seed, uint64(i)))
		m := anyMarket(r)
		n := []int{120, 240, 400, 730, 1095}[r.IntN(5)]
		whole := series.Span{From: series.Date(2023, 1, 1) + series.Day(r.IntN(365))}
		whole.To = whole.From + series.Day(n+28-1)
		seen, truth := m.days(whole, r)
		asOf := whole.To - 28
		past := seen.Slice(series.Span{From: whole.From, To: asOf})
		kinds := forecast.NewDayKinds(plainCalendar, whole)
		p := forecast.NewPaths([]forecast.Input{{Name: "x", History: past, Kind: formula.Flow}}, kinds, asOf, whole.To, 400, 7)
		if !p.Shortage("x").Enough() {
			continue
		}
		band := p.Days("x")
		errors, naive, scale := 0.0, 0.0, 0.0
		for k := range 28 {
			d := asOf + series.Day(k+1)
			v, _ := truth.At(d)
			u := place(p.Aggregate("x", series.Span{From: d, To: d}), v, r)
			days.add(u)
			group(fmt.Sprintf("week %d", k/7), u)
			group(fmt.Sprintf("days level=%.0f", math.Floor(math.Log10(m.level))), u)
			group(fmt.Sprintf("days kind=%v", plainCalendar.Kind(d)), u)
			if plainCalendar.Kind(d) == series.NewYear {
				group(fmt.Sprintf("days newyear n=%d weekend=%v", n, m.weekend), u)
			}
			errors += math.Abs(v - band[len(band)-28+k].Mean)
			last, _ := truth.At(asOf - 6 + series.Day(k%7))
			naive += math.Abs(v - last)
		}
		for d := whole.From + 7; d <= asOf; d++ {
			a, _ := truth.At(d)
			b, _ := truth.At(d - 7)
			scale += math.Abs(a - b)
		}
		scale /= float64(n - 7)
		if scale > 0 {
			mase += errors / 28 / scale
			naiveMASE += naive / 28 / scale
			counted++
			if errors < naive {
				better++
			}
		}
		future := series.Span{From: asOf + 1, To: whole.To}
		total, _ := truth.Aggregate(future, series.Sum)
		u := place(p.Aggregate("x", future), total, r)
		if total > 0 {
			c := crps(p.Aggregate("x", future), total) / total
			loss += min(c, 1)
			lossOf[m.rho] += min(c, 1)
		}
		sums.add(u)
		group(fmt.Sprintf("sum n=%d", n), u)
		group(fmt.Sprintf("sum drift=%v", m.drift), u)
		group(fmt.Sprintf("sum rho=%v", m.rho), u)
		group(fmt.Sprintf("sum luck=%v", m.luck), u)
		group(fmt.Sprintf("sum season=%v/%v", m.season, m.peak), u)
		group(fmt.Sprintf("sum growth=%v", m.growth), u)
		group(fmt.Sprintf("sum level=%.0f", math.Floor(math.Log10(m.level))), u)
		group(fmt.Sprintf("sum amounts=%v", m.amounts), u)
		group(fmt.Sprintf("sum spikes=%v", m.spikes), u)
	}
	t.Logf("crps %.5f %v", loss/float64(worlds), lossOf)
	t.Logf("days %v", &days)
	t.Logf("sums %v", &sums)
	for name, g := range groups {
		t.Logf("%-20s %v", name, g)
	}
	t.Logf("MASE %.4f naive %.4f ratio %.4f better %.3f", mase/counted, naiveMASE/counted, mase/naiveMASE, better/counted)
}
