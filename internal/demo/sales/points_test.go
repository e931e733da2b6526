package sales

import (
	"slices"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/score"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/words"
)

// TestWhatSalesIsToldIsPlausible: of the older leads between a quarter and a half became
// meetings, more with more points; of today's five about two should.
func TestWhatSalesIsToldIsPlausible(t *testing.T) {
	t.Parallel()
	o := On(time.Date(2026, 11, 22, 12, 0, 0, 0, zone), words.JA)
	scorer, err := score.Compile(Card(words.JA), zone, score.Conditions())
	if err != nil {
		t.Fatal(err)
	}
	var matchers []condition.Matcher
	for _, w := range scorer.Card().Watched() {
		matchers = append(matchers, w.Matcher)
	}
	hits := condition.NewMatchers(matchers)
	judge := NewJudge(words.JA)
	told, came, n, today := 0.0, 0, 0, 0.0
	counts := map[int][2]int{}
	for k := range o.People {
		p := &o.People[k]
		if p.HotAt == 0 {
			continue
		}
		var rows []score.Row
		for _, e := range o.EventsOf(k, p.Deeds) {
			for _, w := range hits.Hits(&e, nil) {
				if e.At <= p.HotAt {
					rows = append(rows, score.Row{Subject: "c:1", Watch: w, At: e.At})
				}
			}
		}
		slices.SortStableFunc(rows, func(a, b score.Row) int {
			return slices.Compare([]string{string(a.Watch)}, []string{string(b.Watch)})
		})
		err := scorer.Replay(func(yield func(score.Row, error) bool) {
			for _, r := range rows {
				if !yield(r, nil) {
					return
				}
			}
		}, nil, 0, event.Millis(p.HotAt), func(one score.Replayed) error {
			points := one.Now.Whole()
			if p.Open {
				today += ChanceAt(points)
				t.Logf("%s: %d points, %.0f %%", p.Name, points, 100*ChanceAt(points))
				return nil
			}
			verdict, _, _ := judge.Said(points)
			c := counts[points/5]
			c[1]++
			told += ChanceAt(points)
			n++
			if verdict.Reached(score.Meeting) {
				came++
				c[0]++
			}
			counts[points/5] = c
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("told %.0f %% on average of %d, %d came; by five points: %v; today %.1f", 100*told/float64(n), n, came, counts, today)
	if share := float64(came) / float64(n); share < .25 || share > .5 {
		t.Errorf("%.0f %% became meetings", 100*share)
	}
	if today < 1.1 || today > 2.5 { // three of them have points for what they are besides
		t.Errorf("of today's five %.1f should", today)
	}
}
