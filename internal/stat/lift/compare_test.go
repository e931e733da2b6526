package lift

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

// arm makes a tally of outcomes.
func arm(outcomes ...float64) *Tally {
	t := &Tally{}
	for _, v := range outcomes {
		t.Add(v, 1, 0)
	}
	return t
}

func repeat(n int, v float64) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = v
	}
	return out
}

func people(n, yes int) *Tally { return arm(append(repeat(yes, 1), repeat(n-yes, 0)...)...) }

func TestVerdicts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name         string
		control, arm *Tally
		q            Question
		verdict      Verdict
		oneLook      bool
		reason       Reason
		relative     bool // whether there is a relative difference
		needed       bool
	}{
		{"a clear rise", people(2000, 200), people(2000, 300), Question{}, Higher, false, "", true, false},
		{"a clear fall", people(2000, 300), people(2000, 200), Question{}, Lower, false, "", true, false},
		{"enough for one look only", people(2000, 200), people(2000, 245), Question{}, Higher, true, "", true, true},
		{"not enough", people(2000, 200), people(2000, 210), Question{Matters: 0.1}, CannotTell, false, "", true, true},
		{"the same, as far as it matters", people(100000, 20000), people(100000, 20010), Question{Matters: 0.05}, Same, false, "", true, false},
		{"nearly no difference, nobody said what matters", people(2000, 200), people(2000, 200), Question{}, CannotTell, false, "", true, false},
		{"nobody", &Tally{}, people(10, 1), Question{}, CannotTell, false, TooFew, false, false},
		{"three people", arm(1, 2, 3), arm(4, 5, 6), Question{}, CannotTell, false, TooFew, true, false},
		{"three sales in all", people(5000, 0), people(5000, 3), Question{}, CannotTell, false, TooFew, false, false},
		{"all the same", arm(repeat(50, 7)...), arm(repeat(50, 7)...), Question{}, CannotTell, false, NoVariation, false, false},
		{"nothing in the control", people(5000, 0), people(5000, 60), Question{}, Higher, false, ControlZero, false, false},
		{"hardly anything in the control", people(5000, 2), people(5000, 60), Question{}, Higher, false, ControlNearZero, true, false},
	} {
		got := Compare(c.control, []*Tally{c.arm}, c.q)[0]
		if got.Verdict != c.verdict || got.OneLook != c.oneLook || got.Reason != c.reason || (got.Relative != nil) != c.relative || (got.Needed != nil) != c.needed {
			t.Errorf("%s: %+v (needed %v)", c.name, got, got.Needed)
		}
	}
}

// A ratio is the sum over the sum, not the mean of ratios, and its spread that of people.
func TestRatioOfSums(t *testing.T) {
	t.Parallel()
	a, b := &Tally{}, &Tally{}
	r := rand.New(rand.NewPCG(3, 3))
	for range 500 {
		visits := float64(1 + r.IntN(9))
		a.Add(visits*0.2+r.Float64(), visits, 0)
		b.Add(visits*0.3+r.Float64(), visits, 0)
	}
	got := Compare(a, []*Tally{b}, Question{})[0]
	want := (b.known.mean[0]/b.known.mean[1])/(a.known.mean[0]/a.known.mean[1]) - 1
	near(t, "lift", got.Relative.Value, want, 1e-12)
	empty := &Tally{}
	for range 50 {
		empty.Add(0, 0, 0)
	}
	if got := Compare(a, []*Tally{empty}, Question{})[0]; got.Reason != NoDenominator || got.Relative != nil {
		t.Errorf("no visits at all: %+v", got)
	}
}

// People without a number from before count, and move nothing: the order of rows is of no
// matter, and all of them blank is as if nobody had asked.
func TestBlanksBefore(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(4, 4))
	a, turned, whole, none := &Tally{}, &Tally{}, &Tally{}, &Tally{}
	rows := make([][2]float64, 300)
	for i := range rows {
		before := r.NormFloat64()
		rows[i] = [2]float64{10 + before + r.NormFloat64(), before}
	}
	for i := range rows {
		add := func(to *Tally, row [2]float64, blank bool) {
			if blank {
				to.AddBlank(row[0], 1)
			} else {
				to.Add(row[0], 1, row[1])
			}
		}
		add(a, rows[i], i%3 == 0)
		add(turned, rows[299-i], (299-i)%3 == 0)
		add(whole, rows[i], false)
		none.AddBlank(rows[i][0], 1)
	}
	pa, _ := a.Pair()
	pt, _ := turned.Pair()
	pw, _ := whole.Pair()
	pn, _ := none.Pair()
	near(t, "order", pa.Covariance, pt.Covariance, 1e-12)
	near(t, "mean", pa.Post.Mean, pw.Post.Mean, 1e-12)
	near(t, "variance", pa.Post.Variance, pw.Post.Variance, 1e-12)
	if pn.Covariance != 0 || pn.Pre.Variance != 0 || pa.Covariance <= 0 || a.Blank != 100 {
		t.Errorf("%+v %+v", pn, pa)
	}
}

// Units of the outcome change no verdict and no relative number; labels change only the sign.
func TestUnitsAndOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		seed, unit := rapid.Uint64().Draw(t, "seed"), math.Pow(10, float64(rapid.IntRange(-6, 9).Draw(t, "unit")))
		n := rapid.IntRange(2, 60).Draw(t, "n")
		r := rand.New(rand.NewPCG(seed, 1))
		a, b, a2, b2 := &Tally{}, &Tally{}, &Tally{}, &Tally{}
		for range n {
			x, y, pre := 5+r.NormFloat64(), 5.3+r.NormFloat64(), r.NormFloat64()
			a.Add(x+pre, 1, pre)
			b.Add(y+pre, 1, pre)
			a2.Add(unit*(x+pre), 1, pre)
			b2.Add(unit*(y+pre), 1, pre)
		}
		q := Question{Before: true}
		one, two := Compare(a, []*Tally{b}, q)[0], Compare(a2, []*Tally{b2}, q)[0]
		if one.Verdict != two.Verdict || math.Abs(one.Relative.Value-two.Relative.Value) > 1e-9*(1+math.Abs(one.Relative.Value)) {
			t.Fatalf("%+v\n%+v", one, two)
		}
		back := Compare(b, []*Tally{a}, q)[0]
		if math.Abs(back.Absolute.Value+one.Absolute.Value) > 1e-9 || math.Abs(back.P-one.P) > 1e-9 {
			t.Fatalf("turned over: %+v\n%+v", one.Absolute, back.Absolute)
		}
	})
}

// The interval of the relative difference leaves zero out exactly when the p-value says so,
// and the one for any number of looks contains the one for a single look.
func TestIntervalsAgreeWithP(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(30, 400).Draw(t, "n")
		a, b := rapid.IntRange(1, n-1).Draw(t, "a"), rapid.IntRange(1, n-1).Draw(t, "b")
		c := Compare(people(n, a), []*Tally{people(n, b)}, Question{})[0]
		if c.Relative.CI == nil {
			return
		}
		without := func(ci *[2]float64) bool { return ci[0] > 0 || ci[1] < 0 }
		if math.Abs(c.P-0.05) > 1e-6 && without(c.Relative.CI) != (c.P < 0.05) {
			t.Fatalf("p = %v but %v", c.P, *c.Relative.CI)
		}
		if always := c.Relative.Always; always != nil {
			if math.Abs(c.AlwaysP-0.05) > 1e-6 && without(always) != (c.AlwaysP < 0.05) {
				t.Fatalf("always-valid p = %v but %v", c.AlwaysP, *always)
			}
			if always[0] > c.Relative.CI[0] || always[1] < c.Relative.CI[1] {
				t.Fatalf("%v does not contain %v", *always, *c.Relative.CI)
			}
		}
	})
}

// With large samples Fieller's interval is that of the delta method.
func TestFiellerIsTheDeltaMethodInTheLong(t *testing.T) {
	t.Parallel()
	a, b := people(1000000, 100000), people(1000000, 110000)
	got := Compare(a, []*Tally{b}, Question{})[0].Relative
	pa, _ := a.Pair()
	pb, _ := b.Pair()
	want, _ := Relative(pa.Post, pb.Post)
	ci := want.Interval(0.05, Both)
	near(t, "low", got.CI[0], ci[0], 1e-4)
	near(t, "high", got.CI[1], ci[1], 1e-4)
	// A negative control turns the sign of the share, not of the difference.
	c, d := &Tally{}, &Tally{}
	for i := range 200 {
		c.Add(-10+float64(i%3), 1, 0)
		d.Add(-9+float64(i%3), 1, 0)
	}
	if up := Compare(c, []*Tally{d}, Question{})[0]; up.Verdict != Higher || up.Relative.Value < 0 || up.Relative.CI[0] < 0 || up.Relative.CI[0] > up.Relative.Value {
		t.Errorf("%+v %+v", up, up.Relative)
	}
}

// Whatever the numbers, the answer holds no NaN and no infinity.
func TestNothingBreaks(t *testing.T) {
	t.Parallel()
	cell := rapid.OneOf(rapid.Just(0.0), rapid.Just(1.0), rapid.Float64Range(-1e9, 1e9), rapid.Just(1e150), rapid.Just(5e-324))
	rapid.Check(t, func(t *rapid.T) {
		make := func() *Tally {
			out := &Tally{}
			for range rapid.IntRange(0, 20).Draw(t, "n") {
				out.Add(cell.Draw(t, "outcome"), cell.Draw(t, "per"), cell.Draw(t, "before"))
			}
			return out
		}
		for _, c := range Compare(make(), []*Tally{make(), make()}, Question{Before: rapid.Bool().Draw(t, "before"), Matters: 0.1}) {
			values := []float64{c.N, c.Mean, c.P, c.AlwaysP, c.AdjustedP, c.AdjustedAlways, c.Better, c.VarianceLeft, c.Theta}
			for _, d := range []*Difference{c.Relative, c.Absolute} {
				if d == nil {
					continue
				}
				values = append(values, d.Value)
				for _, ci := range []*[2]float64{d.CI, d.Always} {
					if ci != nil {
						values = append(values, ci[:]...)
					}
				}
			}
			if !usable(values...) {
				t.Fatalf("%+v %+v %+v", c, c.Relative, c.Absolute)
			}
		}
	})
}

func TestMismatchNeedsAPlan(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ counts, weights []float64 }{{[]float64{5}, []float64{1}}, {[]float64{5, 5}, []float64{1, 0}}, {[]float64{0, 0}, []float64{1, 1}}, {[]float64{1, 2}, []float64{1}}} {
		if got, ok := Mismatch(c.counts, c.weights); ok || got.P != 1 {
			t.Errorf("%v: %+v", c, got)
		}
	}
	// Kohavi, Tang & Xu 2020, ch. 21: 821,588 against 815,482 at a planned 50 % has p = 1.8e-6.
	got, _ := Mismatch([]float64{821588, 815482}, []float64{1, 1})
	near(t, "book example", got.P*1e6, 1.8, 0.05)
}
