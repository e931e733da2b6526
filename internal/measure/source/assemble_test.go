package source

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
)

func sold(day series.Day, shop string, v float64) *Tally {
	cells := map[series.Day]float64{day: v}
	return &Tally{Rows: 1, Days: map[series.Day]int{day: 1}, Metrics: map[string][]*Column{
		"sold": {{Cells: cells}, {Values: []string{shop}, Cells: cells}},
	}}
}

// The days of a later reading replace those of the earlier ones, parts and all,
// and parts stand in one order whatever came first.
func TestFold(t *testing.T) {
	t.Parallel()
	s := &goal.Source{ID: "s", Metrics: []*goal.Metric{{ID: "sold"}}}
	got := Fold(s, sold(5, "ueno", 7), sold(3, "ueno", 1), sold(5, "akiba", 2))
	nan := math.NaN()
	want := &Held{State: goal.SourceState{First: 3, Last: 5, Days: 2, Rows: 2}, Metrics: map[string]*goal.Observed{"sold": {
		Total: series.Daily{First: 3, Values: []float64{1, nan, 2}},
		Parts: []goal.Part{
			{Values: []string{"akiba"}, Daily: series.Daily{First: 5, Values: []float64{2}}},
			{Values: []string{"ueno"}, Daily: series.Daily{First: 3, Values: []float64{1}}},
		},
	}}}
	if diff := cmp.Diff(want, got, cmpopts.EquateNaNs()); diff != "" {
		t.Errorf("folded (-want +got):\n%s", diff)
	}
	if none := Fold(s); !none.State.Empty {
		t.Errorf("nothing folded holds %+v", none.State)
	}
}

// Filling gaps makes a copy: the same data may stand under another version of
// the model, which does not ask for it.
func TestAssembleLeavesWhatIsHeld(t *testing.T) {
	t.Parallel()
	s := &goal.Source{ID: "s", GapsZero: true}
	s.Metrics = []*goal.Metric{{ID: "sold", Source: s}, {ID: "returned", Source: s}}
	held := map[string]*Held{"s": Fold(s, sold(3, "ueno", 1), sold(5, "ueno", 7)), "other": Fold(s, sold(9, "ueno", 1))}
	data := Assemble(&goal.Model{Sources: []*goal.Source{s}}, held)
	for name, want := range map[string][]float64{"s.sold": {1, 0, 7}, "s.returned": {0, 0, 0}} {
		if got := data.Metrics[name]; got == nil || !cmp.Equal(want, got.Total.Values) {
			t.Errorf("%s: %+v, want %v", name, got, want)
		}
	}
	if got := held["s"].Metrics["sold"].Total.Values[1]; !math.IsNaN(got) {
		t.Errorf("the gap that is held became %v", got)
	}
	if len(data.Metrics) != 2 || len(data.Sources) != 1 {
		t.Errorf("what the model does not name came along: %v", data)
	}
}
