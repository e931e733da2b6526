package score

import (
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/event"
)

// A replay tells what would have been told at each moment, and nothing else.
func TestReplayIsWhatWouldHaveBeen(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s, _ := Compile(drawCard(t, anyPoints), tokyo, plain)
		f := drawFacts(t)
		var rows []Row
		var moments []event.Millis
		since := f.now - 20*day
		for _, w := range pages {
			for _, o := range f.done[condition.Watch(w)] {
				rows = append(rows, Row{"c:1", condition.Watch(w), o.At})
				if o.At >= since {
					moments = append(moments, o.At)
				}
			}
		}
		slices.Sort(moments)
		seen := 0
		err := s.Replay(seq(rows), func(string) condition.Facts { return facts{is: f.is} }, since, f.now, func(got Replayed) error {
			seen++
			peak, hot := Points(-1<<40), s.Hot(s.Total(f.at(since)))
			var became []event.Millis
			for _, at := range slices.Compact(moments) {
				p := s.Total(f.at(at))
				peak = max(peak, p)
				if now := s.Hot(p); now != hot {
					if hot = now; hot {
						became = append(became, at)
					}
				}
			}
			if len(moments) > 0 && (got.Peak != peak || s.Total(f.at(got.At)) != peak) || got.Now != s.Total(f) || !slices.Equal(got.Hot, became) {
				t.Errorf("%+v, would have been %d %v", got, peak, became)
			}
			return nil
		})
		if err != nil || seen != min(1, len(rows)) {
			t.Error(err, seen)
		}
	})
}

func TestReplayTellsWhatFails(t *testing.T) {
	t.Parallel()
	s := compile(t, parse(t, mockCard))
	broken := errors.New("the disk is gone")
	if err := s.Replay(func(yield func(Row, error) bool) { yield(Row{}, broken) }, nil, 0, 9, nil); !errors.Is(err, broken) {
		t.Error(err)
	}
	if err := s.Replay(seq([]Row{{"a", "/price", 1}}), nil, 0, 9, func(Replayed) error { return broken }); !errors.Is(err, broken) {
		t.Error(err)
	}
	if err := s.Replay(seq([]Row{{"b", "/price", 1}, {"a", "/price", 1}}), nil, 0, 9, func(Replayed) error { return nil }); err == nil {
		t.Error("rows out of order were taken")
	}
}
