package insight_test

import (
	"encoding/json"
	"fmt"
	"math"
	"testing"

	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// A review of data that say nothing, or say it in an odd way, has words all the same and
// nothing that JSON cannot hold.
func TestReviewOfOddData(t *testing.T) {
	t.Parallel()
	calm := numbersOf(t, "2025-04-01..2026-09-08", trouble{link: .5})
	every := func(f func(float64) float64) numbers {
		out := numbers{}
		for name, values := range calm {
			out[name] = func(d series.Day) float64 { return f(values(d)) }
		}
		return out
	}
	of := func(name string, f func(series.Day) float64) numbers {
		out := numbers{}
		for n, values := range calm {
			out[n] = values
		}
		out[name] = f
		return out
	}
	for _, c := range []struct {
		name, over string
		data       numbers
	}{
		{"three days", "2026-09-06..2026-09-08", every(func(float64) float64 { return 3 })},
		{"nothing at all", "2025-04-01..2026-09-08", every(func(float64) float64 { return math.NaN() })},
		{"zeros", "2025-04-01..2026-09-08", every(func(float64) float64 { return 0 })},
		{"always the same", "2025-04-01..2026-09-08", every(func(float64) float64 { return 7 })},
		{"huge", "2025-04-01..2026-09-08", every(func(x float64) float64 { return x * 1e9 })},
		{"below zero", "2025-04-01..2026-09-08", of("s.likes", func(d series.Day) float64 { return float64(int(d)%11) - 5 })},
		{"no orders", "2025-04-01..2026-09-08", of("s.orders", constant(0))},
		{"no orders of late", "2025-04-01..2026-09-08", of("s.orders", func(d series.Day) float64 {
			if d > day(t, "2026-08-01") {
				return 0
			}
			return calm["s.orders"](d)
		})},
		{"no visits of late", "2025-04-01..2026-09-08", of("s.visits", func(d series.Day) float64 {
			if d > day(t, "2026-08-01") {
				return 0
			}
			return calm["s.visits"](d)
		})},
		{"a year of gaps", "2025-04-01..2026-09-08", of("s.likes", func(d series.Day) float64 {
			if d < day(t, "2026-06-01") {
				return math.NaN()
			}
			return calm["s.likes"](d)
		})},
		{"likes are visits", "2025-04-01..2026-09-08", of("s.likes", calm["s.visits"])},
	} {
		var said []string
		for _, lang := range []words.Lang{words.JA, words.EN} {
			all := insight.Review(company(t, shop, c.over, c.data), insight.Options{AsOf: day(t, "2026-09-08"), Lang: lang})
			soundFindings(t, all)
			text, err := json.Marshal(all)
			if err != nil {
				t.Errorf("%s: %v", c.name, err)
			}
			said = append(said, fmt.Sprint(len(all)))
			if lang == words.JA {
				again, _ := json.Marshal(insight.Review(company(t, shop, c.over, c.data), insight.Options{AsOf: day(t, "2026-09-08"), Lang: lang}))
				if string(again) != string(text) {
					t.Errorf("%s: another answer the second time", c.name)
				}
				t.Logf("%s: %s", c.name, reviewCodes(all))
			}
		}
		if said[0] != said[1] {
			t.Errorf("%s: %s findings in Japanese, %s in English", c.name, said[0], said[1])
		}
	}
}
