package lift

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/internal/evidence"
)

// year is one automation looked at every day of a year: so many people a day, a share held
// out by lot. told is whether any look called a difference (rightly or not), covered
// whether every look's always-valid interval held the truth, absolute and relative.
func year(r *rand.Rand, aDay int, share, base, relative float64, intervals bool) (told, wrongWay, covered bool, day int, last HeldOut) {
	h := HeldOut{Share: share}
	covered = true
	truth := base * relative
	for d := 1; d <= 365; d++ {
		for range aDay {
			arm, rate := &h.Treated, base*(1+relative)
			if r.Float64() < share {
				arm, rate = &h.Held, base
			}
			arm.People++
			if r.Float64() < rate {
				arm.Yes++
			}
		}
		if !told && h.Told() {
			told, day = true, d
			a, _ := h.Absolute()
			wrongWay = a.Value*relative < 0
		}
		if !intervals {
			continue
		}
		if a, ok := h.Absolute(); ok && (truth < a.Always[0] || truth > a.Always[1]) {
			covered = false
		}
		if a, ok := h.Relative(); ok && (relative < a.Always[0] || relative > a.Always[1]) {
			covered = false
		}
	}
	return told, wrongWay, covered, day, h
}

const heldSeed = 20261123

// TestHeldOutFalseAlarms: a year of daily looks at automations that do nothing.
func TestHeldOutFalseAlarms(t *testing.T) {
	t.Parallel()
	for i, w := range []struct {
		name        string
		aDay        int
		share, base float64
	}{
		{"5 people a day, a tenth held out, 1 % have the outcome", 5, 0.1, 0.01},
		{"20 a day, a tenth held out, 3 %", 20, 0.1, 0.03},
		{"50 a day, a tenth held out, 20 %", 50, 0.1, 0.2},
		{"20 a day, half held out, 3 %", 20, 0.5, 0.03},
	} {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			tries := evidence.Tries(100, 4000)
			wrong, usual := 0, 0
			for try := range tries {
				r := rand.New(rand.NewPCG(heldSeed+uint64(i), uint64(try)))
				if told, _, _, _, _ := year(r, w.aDay, w.share, w.base, 0, false); told {
					wrong++
				}
				if usualYear(rand.New(rand.NewPCG(heldSeed+uint64(i), uint64(try))), w.aDay, w.share, w.base) {
					usual++
				}
			}
			figure := evidence.Figure{Room: "lift", Case: "an automation that does nothing, looked at daily for a year: " + w.name, Unit: "%", Tries: tries, Seed: heldSeed + uint64(i)}
			figure.Name, figure.Got, figure.Bar, figure.OK = "called a difference by the usual test", float64(usual)/float64(tries), "for comparison", true
			evidence.Publish(t, figure)
			figure.Name, figure.Got = "called a difference", float64(wrong)/float64(tries)
			evidence.AtMost(t, figure, 0.05, 2*math.Sqrt(0.05*0.95/float64(tries)))
		})
	}
}

// usualYear is the same year under the normal test of two shares.
func usualYear(r *rand.Rand, aDay int, share, base float64) bool {
	var a, b Yes
	for range 365 {
		for range aDay {
			arm := &a
			if r.Float64() < share {
				arm = &b
			}
			arm.People++
			if r.Float64() < base {
				arm.Yes++
			}
		}
		if e, ok := Absolute(Proportion(b.People, b.Yes), Proportion(a.People, a.Yes)); ok && a.Yes+b.Yes >= 10 && b.People >= 10 && math.Abs(e.Value) > normal95*e.SE {
			return true
		}
	}
	return false
}

// TestHeldOutCoverage: automations that do something, looked at daily: every interval
// of the year holds the truth in 95 % of years.
func TestHeldOutCoverage(t *testing.T) {
	t.Parallel()
	for i, w := range []struct {
		name                  string
		aDay                  int
		share, base, relative float64
	}{
		{"20 a day, a tenth held out, 3 % become 6 %", 20, 0.1, 0.03, 1},
		{"50 a day, a tenth held out, 10 % become 13 %", 50, 0.1, 0.1, 0.3},
		{"20 a day, half held out, 5 % become 4 %", 20, 0.5, 0.05, -0.2},
		{"20 a day, a fifth held out, 3 % stay 3 %", 20, 0.2, 0.03, 0},
	} {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			tries := evidence.Tries(4, 600)
			kept, told, wrongWay, days := 0, 0, 0, 0
			for try := range tries {
				hit, wrong, covered, day, _ := year(rand.New(rand.NewPCG(heldSeed+100+uint64(i), uint64(try))), w.aDay, w.share, w.base, w.relative, true)
				if covered {
					kept++
				}
				if hit {
					told++
					days += day
				}
				if wrong {
					wrongWay++
				}
			}
			figure := evidence.Figure{Room: "lift", Case: "an automation with a holdout, looked at daily for a year: " + w.name, Unit: "%", Tries: tries, Seed: heldSeed + 100 + uint64(i)}
			figure.Name, figure.Got = "years in which every interval held the truth", float64(kept)/float64(tries)
			evidence.AtLeast(t, figure, 0.95, 2*math.Sqrt(0.05*0.95/float64(tries)))
			if w.relative == 0 {
				return
			}
			figure.Name, figure.Got, figure.Bar, figure.OK = "years in which it was told", float64(told)/float64(tries), "for comparison", true
			evidence.Publish(t, figure)
			figure.Name, figure.Got = "told, but the wrong way", float64(wrongWay)/float64(tries)
			evidence.AtMost(t, figure, 0.025, 2*math.Sqrt(0.025/float64(tries)))
			if told > 0 {
				t.Logf("told after %d days on average", days/told)
			}
		})
	}
}

// TestHeldOutIsNumbers: whatever the counts, nothing is NaN, intervals hold their value, and
// the verdict says what the interval says.
func TestHeldOutIsNumbers(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		arm := func(name string) Yes {
			people := rapid.IntRange(0, 200_000).Draw(t, name)
			return Yes{float64(people), float64(rapid.IntRange(0, people).Draw(t, name+" yes"))}
		}
		h := HeldOut{Treated: arm("treated"), Held: arm("held"), Share: rapid.Float64Range(0.01, 0.5).Draw(t, "share")}
		a, ok := h.Absolute()
		if !ok {
			if h.Treated.People > 0 && h.Held.People > 0 {
				t.Fatalf("no difference of %+v", h)
			}
			return
		}
		for _, i := range []*[2]float64{a.CI, a.Always} {
			if !(i[0] <= a.Value+1e-12 && a.Value-1e-12 <= i[1]) || i[0] < -1-1e-9 || i[1] > 1+1e-9 {
				t.Fatalf("%+v: %v beside %v", h, *i, a.Value)
			}
		}
		r, ok := h.Relative()
		if !ok {
			return
		}
		if math.IsNaN(r.Value) || math.IsNaN(r.Always[0]) || math.IsNaN(r.Always[1]) || r.Always[0] > r.Value || r.Value > r.Always[1] {
			t.Fatalf("%+v: %v", h, r)
		}
		q := ProportionInterval(h.Held.Yes, h.Treated.Yes+h.Held.Yes, coinAlpha, h.tuning())
		if outside := h.Share < q[0]-1e-9 || h.Share > q[1]+1e-9; outside && !h.Told() {
			t.Fatalf("%+v: %v leaves %v out, yet nothing is told", h, q, h.Share)
		}
		if n, ok := h.More(r.Value); ok && (math.IsNaN(n) || n < 0) {
			t.Fatalf("%+v: %v more", h, n)
		}
	})
}

// TestHeldOutNone: a small arm without an outcome is not yet a difference.
func TestHeldOutNone(t *testing.T) {
	t.Parallel()
	h := HeldOut{Treated: Yes{1800, 18}, Held: Yes{200, 0}, Share: 0.1}
	if h.Told() {
		t.Error("18 of 1,800 against 0 of 200 is called a difference")
	}
	if more, ok := h.More(1); !ok || more < 10 || more > 2000 {
		t.Errorf("%v more outcomes to tell a doubling", more)
	}
	h = HeldOut{Treated: Yes{9000, 720}, Held: Yes{1000, 20}, Share: 0.1}
	if !h.Told() {
		t.Error("8 % against 2 % of a thousand is not told")
	}
	if a, _ := h.Absolute(); a.Always[0] <= 0 || math.Abs(a.Value-0.06) > 1e-9 {
		t.Errorf("%v within %v", a.Value, *a.Always)
	}
}
