package insight_test

import (
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/internal/insight"
)

const dayMillis = 24 * 3600 * 1000

func TestAttribute(t *testing.T) {
	t.Parallel()
	journey := insight.Outcome{At: 20 * dayMillis, Value: 1000, Touches: []insight.Touch{
		{At: 0, Key: "instagram"}, {At: 6 * dayMillis, Key: "search"}, {At: 13 * dayMillis, Key: "mail"}, {At: 20 * dayMillis, Direct: true},
	}}
	for model, want := range map[insight.AttributionModel]string{
		insight.AttributeLast:     "mail 1.000 1000;  0.000 0; instagram 0.000 0; search 0.000 0; ",
		insight.AttributeFirst:    "instagram 1.000 1000;  0.000 0; mail 0.000 0; search 0.000 0; ",
		insight.AttributeLinear:   " 0.250 250; instagram 0.250 250; mail 0.250 250; search 0.250 250; ",
		insight.AttributePosition: " 0.400 400; instagram 0.400 400; mail 0.100 100; search 0.100 100; ",
		insight.AttributeDecay:    " 0.530 530; mail 0.265 265; search 0.132 132; instagram 0.073 73; ",
	} {
		credits, unknown := insight.Attribute([]insight.Outcome{journey}, model)
		got := ""
		for _, c := range credits {
			got += fmt.Sprintf("%s %.3f %.0f; ", c.Key, c.Outcomes, c.Value)
		}
		if got != want || unknown.Outcomes != 0 {
			t.Errorf("%s: got  %s\nwant %s", model, got, want)
		}
	}
	direct := insight.Outcome{At: dayMillis, Touches: []insight.Touch{{At: 0}}}
	nowhere := insight.Outcome{At: dayMillis, Value: 5}
	credits, unknown := insight.Attribute([]insight.Outcome{direct, nowhere}, insight.AttributeLast)
	if len(credits) != 1 || credits[0].Key != "" || credits[0].Outcomes != 1 || unknown.Outcomes != 1 || unknown.Value != 5 {
		t.Errorf("got %+v, unknown %+v", credits, unknown)
	}
}

// TestAttributionLosesNothing: whatever the model, shares add up to the outcomes and
// their money.
func TestAttributionLosesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var outcomes []insight.Outcome
		value := 0.0
		for range rapid.IntRange(0, 8).Draw(t, "outcomes") {
			o := insight.Outcome{At: rapid.Int64Range(0, 4000*dayMillis).Draw(t, "at"), Value: float64(rapid.IntRange(0, 1000).Draw(t, "value"))}
			for range rapid.IntRange(0, 6).Draw(t, "touches") {
				o.Touches = append(o.Touches, insight.Touch{At: rapid.Int64Range(0, 4000*dayMillis).Draw(t, "touch"), Key: rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "key")})
			}
			outcomes, value = append(outcomes, o), value+o.Value
		}
		for _, model := range insight.AttributionModels {
			credits, unknown := insight.Attribute(outcomes, model)
			n, v := unknown.Outcomes, unknown.Value
			for _, c := range credits {
				if c.Outcomes < 0 || math.IsNaN(c.Outcomes) {
					t.Fatalf("%s: %+v", model, c)
				}
				n, v = n+c.Outcomes, v+c.Value
			}
			if math.Abs(n-float64(len(outcomes))) > 1e-9 || math.Abs(v-value) > 1e-6 {
				t.Fatalf("%s: %v outcomes of %d, %v yen of %v", model, n, len(outcomes), v, value)
			}
		}
	})
}
