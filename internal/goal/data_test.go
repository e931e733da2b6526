package goal_test

import (
	"testing"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
)

func TestAsOf(t *testing.T) {
	t.Parallel()
	const today = series.Day(20_000)
	state := func(last series.Day) goal.SourceState {
		return goal.SourceState{First: 1, Last: last, Days: 1, Rows: 1}
	}
	for name, c := range map[string]struct {
		sources map[string]goal.SourceState
		want    series.Day
	}{
		"no source":        {nil, today - 1},
		"no rows":          {map[string]goal.SourceState{"a": {Empty: true}}, today - 1},
		"the latest":       {map[string]goal.SourceState{"a": state(19_000), "b": state(19_500), "c": {Empty: true}}, 19_500},
		"today is not yet": {map[string]goal.SourceState{"a": state(today)}, today - 1},
		"nor is tomorrow":  {map[string]goal.SourceState{"a": state(today + 9)}, today - 1},
	} {
		if got := (&goal.Data{Sources: c.sources}).AsOf(today); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}
