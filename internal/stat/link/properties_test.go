package link_test

import (
	"math"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/internal/stat/link"
	"github.com/shirube/shirube/internal/stat/worlds"
)

// board is a small model: some KPIs on one KGI, each the others' control.
type board struct {
	w    worlds.World
	kpis [][]float64
}

func anyBoard(t *rapid.T) board {
	n := rapid.SampledFrom([]int{70, 120, 160}).Draw(t, "days")
	many := rapid.IntRange(1, 4).Draw(t, "kpis")
	moving := rapid.IntRange(0, many).Draw(t, "moving")
	seed := rapid.Uint64Range(0, 1<<30).Draw(t, "seed")
	w := worlds.Fifty(n, many, moving, .8, seed)
	return board{w: w, kpis: w.Many}
}

// answers asks every KPI of the board.
func (b board) answers(kpis [][]float64, kgi []float64) []link.Result {
	d := link.NewDesign(b.w.Span(), nil, nil)
	goal := d.Clean(kgi)
	cleaned := make([]*link.Cleaned, len(kpis))
	for i, v := range kpis {
		cleaned[i] = d.Clean(v)
	}
	results := make([]link.Result, len(kpis))
	for i := range cleaned {
		results[i] = d.Test(link.Question{KPI: cleaned[i], KGI: goal, Controls: others(cleaned, i), LagTo: 10})
	}
	link.Decide(results)
	return results
}

func TestUnitsChangeNoVerdict(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		b := anyBoard(t)
		units := rapid.SampledFrom([]float64{1000, 1e-3, 12.5, 1. / 3, 1e9, 1e-9})
		scaled := make([][]float64, len(b.kpis))
		for i, v := range b.kpis {
			by := units.Draw(t, "unit")
			scaled[i] = changed(v, func(_ int, x float64) float64 { return by * x })
		}
		by := units.Draw(t, "unit of the KGI")
		before := b.answers(b.kpis, b.w.KGI)
		after := b.answers(scaled, changed(b.w.KGI, func(_ int, x float64) float64 { return by * x }))
		for i := range before {
			if before[i].Verdict != after[i].Verdict || before[i].Why != after[i].Why ||
				math.Abs(before[i].Elasticity-after[i].Elasticity) > 1e-4 {
				t.Fatalf("KPI %d: %v %v %v, in other units %v %v %v", i,
					before[i].Verdict, before[i].Why, before[i].Elasticity, after[i].Verdict, after[i].Why, after[i].Elasticity)
			}
		}
	})
}

func TestOrderChangesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		b := anyBoard(t)
		order := rapid.Permutation([]int{0, 1, 2, 3}[:len(b.kpis)]).Draw(t, "order")
		shuffled := make([][]float64, len(b.kpis))
		for to, from := range order {
			shuffled[to] = b.kpis[from]
		}
		before, after := b.answers(b.kpis, b.w.KGI), b.answers(shuffled, b.w.KGI)
		for to, from := range order {
			if !reflect.DeepEqual(before[from], after[to]) {
				t.Fatalf("KPI %d: %+v, in another order %+v", from, before[from], after[to])
			}
		}
	})
}

func TestAnUnrelatedKPITurnsNoVerdictRound(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		b := anyBoard(t)
		stranger := worlds.Independent(worlds.PlainGate, b.w.N, rapid.Uint64Range(1<<31, 1<<32).Draw(t, "stranger")).KPI
		before := b.answers(b.kpis, b.w.KGI)
		after := b.answers(append(slices.Clone(b.kpis), stranger), b.w.KGI)
		for i := range before {
			x, y := before[i], after[i]
			turned := x.Verdict == link.Moves && y.Verdict == link.Moves && x.Elasticity > 0 != (y.Elasticity > 0)
			turned = turned || x.Verdict == link.Moves && y.Verdict == link.DoesNotMove || x.Verdict == link.DoesNotMove && y.Verdict == link.Moves
			if turned {
				t.Fatalf("KPI %d: %v %v, beside a stranger %v %v", i, x.Verdict, x.Elasticity, y.Verdict, y.Elasticity)
			}
		}
	})
}

// TestSameInputSameAnswer asks again, and from several goroutines at once on one design.
func TestSameInputSameAnswer(t *testing.T) {
	t.Parallel()
	w := worlds.Fifty(200, 6, 3, .6, 5)
	b := board{w: w, kpis: w.Many}
	want := b.answers(b.kpis, w.KGI)
	if again := b.answers(b.kpis, w.KGI); !reflect.DeepEqual(want, again) {
		t.Fatal("asked twice, answered differently")
	}
	d := link.NewDesign(w.Span(), nil, nil)
	goal := d.Clean(w.KGI)
	kpis := make([]*link.Cleaned, len(w.Many))
	for i, v := range w.Many {
		kpis[i] = d.Clean(v)
	}
	got := make([]link.Result, len(kpis))
	done := make(chan int)
	for i := range kpis {
		go func() {
			got[i] = d.Test(link.Question{KPI: kpis[i], KGI: goal, Controls: others(kpis, i), LagTo: 10})
			done <- i
		}()
	}
	for range kpis {
		<-done
	}
	link.Decide(got)
	if !reflect.DeepEqual(want, got) {
		t.Fatal("asked at once, answered differently")
	}
}

func TestDecideControlsFalseDiscoveries(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		b := anyBoard(t)
		for _, r := range b.answers(b.kpis, b.w.KGI) {
			if r.Q < r.P-1e-12 && r.Why == link.None {
				t.Fatalf("q %v below p %v", r.Q, r.P)
			}
			if r.Verdict == link.Moves && (r.Q > link.FalseDiscoveries || r.Why != link.None) {
				t.Fatalf("moves with q %v and reason %q", r.Q, r.Why)
			}
		}
	})
}
