package score

import (
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/event"
)

func seq[T any](list []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, one := range list {
			if !yield(one, nil) {
				return
			}
		}
	}
}

// A re-score of everybody gives what each would get alone, once each, whoever has done
// nothing as well.
func TestRescoreIsEverybodyAlone(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := drawCard(t, anyPoints)
		s, _ := Compile(c, tokyo, plain)
		now := on(9, 8, 9, 0)
		alone := map[string]facts{}
		var rows []Row
		var people []string
		for i := range 6 {
			f := drawFacts(t)
			name := fmt.Sprint("c:", i)
			listed := rapid.Bool().Draw(t, "listed")
			if listed {
				people = append(people, name)
			}
			before := len(rows)
			for _, w := range pages {
				for _, o := range f.done[condition.Watch(w)] {
					rows = append(rows, Row{name, condition.Watch(w), o.At})
				}
			}
			if listed || len(rows) > before {
				alone[name] = f
			}
		}
		about := func(subject string) condition.Facts { return facts{is: alone[subject].is} }
		var got []string
		err := s.Rescore(seq(rows), seq(people), about, now, func(one Standing) error {
			got = append(got, one.Subject)
			f := alone[one.Subject]
			want := s.Points(f)
			if one.Total != want.Total || one.Band != want.Band || one.Hot != want.Hot || one.Next != s.NextChange(f) {
				t.Errorf("%+v, alone %+v", one, want)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		var want []string
		for name := range alone {
			want = append(want, name)
		}
		slices.Sort(want)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}

func TestRescoreTellsWhatFails(t *testing.T) {
	t.Parallel()
	s := compile(t, parse(t, mockCard))
	broken := errors.New("the disk is gone")
	bad := func(yield func(Row, error) bool) { yield(Row{}, broken) }
	none := func(Standing) error { return nil }
	if err := s.Rescore(bad, nil, nil, 0, none); !errors.Is(err, broken) {
		t.Error(err)
	}
	if err := s.Rescore(seq([]Row{{"a", "/price", 1}}), nil, nil, 5, func(Standing) error { return broken }); !errors.Is(err, broken) {
		t.Error(err)
	}
	if err := s.Rescore(seq([]Row{{"b", "/price", 1}, {"a", "/price", 1}}), nil, nil, 5, none); err == nil || !strings.Contains(err.Error(), "sorted") {
		t.Error(err)
	}
	badPeople := func(yield func(string, error) bool) { yield("", broken) }
	if err := s.Rescore(seq[Row](nil), badPeople, nil, 5, none); !errors.Is(err, broken) {
		t.Error(err)
	}
}

// thirty is a card of thirty rules of every kind, as the benchmarks take it.
func thirty() Card {
	c := Card{Name: "thirty", Groups: []Group{{"g", 60}}, Bands: []Band{{"A", 60}, {"B", 40}, {"C", 20}, {"D", 5}}, Hot: line(60)}
	for i := range 30 {
		r := Rule{ID: fmt.Sprint(i), Name: "r", Matcher: condition.Matcher{Page: fmt.Sprintf("/p%02d", i)}, Points: 1 + i%9}
		switch i % 5 {
		case 0:
			r.Decay = &Decay{Linear, 60}
		case 1:
			r.Decay, r.Group = &Decay{HalfLife, 30}, "g"
		case 2:
			r.Times, r.Days = 3, 30
		case 3:
			r.ADay, r.Most = 1, 20
		case 4:
			r.Points, r.InAll = -2, 3
		}
		c.Behaviour = append(c.Behaviour, r)
	}
	return c
}

// BenchmarkRescore is the arithmetic alone, without a database: 20 occurrences of each.
func BenchmarkRescore(b *testing.B) {
	s := compile(b, thirty())
	draw := rand.New(rand.NewPCG(1, 2))
	now := on(9, 8, 9, 0)
	var rows []Row
	for i := range 2000 {
		var own []Row
		for range 20 {
			own = append(own, Row{fmt.Sprintf("c:%06d", i), condition.Watch(fmt.Sprintf("/p%02d", draw.IntN(30))), now - event.Millis(draw.Int64N(int64(180*day)))})
		}
		slices.SortFunc(own, func(a, b Row) int {
			if a.Watch != b.Watch {
				return strings.Compare(string(a.Watch), string(b.Watch))
			}
			return int(a.At - b.At)
		})
		rows = append(rows, own...)
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := s.Rescore(seq(rows), nil, nil, now, func(Standing) error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/2000, "µs/contact")
}
