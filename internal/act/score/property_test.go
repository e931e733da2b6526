package score

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/event"
)

var pages = []string{"/a", "/b", "/c"}

func drawCard(t *rapid.T, points *rapid.Generator[int]) Card {
	c := Card{Name: "c", Groups: []Group{{Name: "g", Most: rapid.IntRange(1, 40).Draw(t, "group")}}, Bands: []Band{{"A", 20}, {"B", 10}, {"C", -5}}, Hot: line(15)}
	for i := range rapid.IntRange(0, 2).Draw(t, "fits") {
		c.Fit = append(c.Fit, Fit{ID: fmt.Sprint("f", i), Name: "f", Points: points.Draw(t, "fit"), Group: rapid.SampledFrom([]string{"", "g"}).Draw(t, "fit group"),
			If: condition.Condition{Property: &condition.Property{Key: "k", Op: "is", Values: []string{"v"}}}})
	}
	for i := range rapid.IntRange(1, 5).Draw(t, "rules") {
		r := Rule{ID: fmt.Sprint(i), Name: "r", Points: points.Draw(t, "points"), Matcher: condition.Matcher{Page: rapid.SampledFrom(pages).Draw(t, "page")},
			Times: rapid.IntRange(0, 4).Draw(t, "times"), Days: rapid.SampledFrom([]int{0, 1, 7, 30}).Draw(t, "days"), ADay: rapid.IntRange(0, 2).Draw(t, "a day"),
			Most: rapid.SampledFrom([]int{0, 5, 30}).Draw(t, "most"), Group: rapid.SampledFrom([]string{"", "g"}).Draw(t, "group")}
		if r.Times <= 1 {
			r.InAll = rapid.IntRange(0, 4).Draw(t, "in all")
		}
		if kind := rapid.SampledFrom([]DecayKind{"", Linear, HalfLife}).Draw(t, "law"); kind != "" {
			r.Decay = &Decay{kind, rapid.IntRange(1, 40).Draw(t, "decay")}
		}
		c.Behaviour = append(c.Behaviour, r)
	}
	return c
}

func drawFacts(t *rapid.T) facts {
	f := facts{now: on(9, 8, 9, 0), is: map[string]string{"k": "v"}, done: map[condition.Watch][]condition.Occurrence{}}
	for i, ago := range rapid.SliceOfN(rapid.Int64Range(0, 40*int64(day)), 0, 25).Draw(t, "ago") {
		w := condition.Watch(rapid.SampledFrom(pages).Draw(t, "watch"))
		f.done[w] = append(f.done[w], condition.Occurrence{Watch: w, At: f.now - event.Millis(ago), MessageID: fmt.Sprint(i)})
	}
	f.sort()
	return f
}

func (f facts) sort() {
	for _, all := range f.done {
		slices.SortStableFunc(all, func(a, b condition.Occurrence) int { return int(a.At - b.At) })
	}
}

var (
	anyPoints  = rapid.IntRange(-20, 20).Filter(func(n int) bool { return n != 0 })
	justPoints = rapid.IntRange(1, 20)
)

func TestTotalIsTheSumOfItsParts(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c, f := drawCard(t, anyPoints), drawFacts(t)
		s, err := Compile(c, tokyo, plain)
		if err != nil {
			t.Fatal(err)
		}
		got := s.Points(f)
		var sum Points
		whole := 0
		for i, p := range got.Parts {
			sum += p.Now
			whole += got.Wholes()[i]
			var left Points
			for _, d := range p.Did {
				left += d.Left
			}
			if !p.Fit && !p.Capped && p.Times <= mostDeeds && left != p.Now {
				t.Errorf("deeds of %+v sum up to %d", p, left)
			}
		}
		if sum != got.Total || s.Total(f) != got.Total || whole != got.Total.Whole() {
			t.Errorf("parts %d (whole %d), total %d, fast total %d: %+v", sum, whole, got.Total, s.Total(f), got)
		}
	})
}

func TestOrderDoesNotMatter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c, f := drawCard(t, anyPoints), drawFacts(t)
		s, _ := Compile(c, tokyo, plain)
		want := s.Total(f)
		other := facts{now: f.now, is: f.is, done: map[condition.Watch][]condition.Occurrence{}}
		for w, all := range f.done {
			other.done[w] = rapid.Permutation(all).Draw(t, "order")
		}
		other.sort()
		slices.Reverse(s.rules)
		slices.Reverse(s.card.Behaviour)
		if got := s.Total(other); got != want {
			t.Errorf("%d in another order, %d before", got, want)
		}
	})
}

func TestBoundsAreKept(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c, f := drawCard(t, anyPoints), drawFacts(t)
		s, _ := Compile(c, tokyo, plain)
		var group Points
		for _, p := range s.Points(f).Parts {
			if s.groupOf(p) == 0 {
				group += p.Now
			}
			if !p.Fit {
				if r := s.rules[p.place]; r.most > 0 && magnitude(p.Now) > r.most {
					t.Errorf("%+v is above its bound %d", p, r.most)
				}
				if r := s.rules[p.place]; r.inAll > 0 && p.Times > r.inAll {
					t.Errorf("%+v counts more than %d times", p, r.inAll)
				}
			}
		}
		if magnitude(group) > s.bounds[0] {
			t.Errorf("the group gives %d of at most %d", group, s.bounds[0])
		}
	})
}

func TestTimeOnlyTakes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c, f := drawCard(t, justPoints), drawFacts(t)
		s, _ := Compile(c, tokyo, plain)
		before := s.Total(f)
		for range 10 {
			f.now += event.Millis(rapid.Int64Range(1, 5*int64(day)).Draw(t, "wait"))
			after := s.Total(f)
			if after > before {
				t.Fatalf("%d points became %d", before, after)
			}
			before = after
		}
	})
}

func TestDoingMoreNeverTakes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c, f := drawCard(t, justPoints), drawFacts(t)
		s, _ := Compile(c, tokyo, plain)
		before := s.Total(f)
		w := condition.Watch(rapid.SampledFrom(pages).Draw(t, "again"))
		f.done[w] = append(slices.Clone(f.done[w]), condition.Occurrence{Watch: w, At: f.now - event.Millis(rapid.Int64Range(0, 40*int64(day)).Draw(t, "when")), MessageID: "n"})
		f.sort()
		if after := s.Total(f); after < before {
			t.Errorf("%d points became %d", before, after)
		}
	})
}

// The moment of the next change is right: before it nothing changes, at it the band does.
func TestNextChange(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c, f := drawCard(t, anyPoints), drawFacts(t)
		s, _ := Compile(c, tokyo, plain)
		level := func(at event.Millis) [2]any {
			p := s.Points(f.at(at))
			return [2]any{p.Band, p.Hot}
		}
		here, next := level(f.now), s.NextChange(f)
		end := next
		if next == 0 {
			end = f.now + 400*day
		} else if level(next) == here {
			t.Fatalf("told to change at +%d, and does not", next-f.now)
		}
		for range 50 {
			at := f.now + event.Millis(rapid.Int64Range(0, int64(end-f.now)).Draw(t, "between"))
			if at < end-resolution && level(at) != here {
				t.Fatalf("changes at +%d already, told +%d", at-f.now, next-f.now)
			}
		}
	})
}

func BenchmarkTotal(b *testing.B) {
	s := compile(b, parse(b, mockCard))
	f := keiko()
	b.ReportAllocs()
	for b.Loop() {
		s.Total(f)
	}
}

func TestTotalAllocatesNothing(t *testing.T) {
	s := compile(t, parse(t, mockCard))
	var f condition.Facts = keiko()
	if n := testing.AllocsPerRun(100, func() { s.Total(f) }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}
