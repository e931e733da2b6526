package initiative

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/internal/words"
)

func TestCame(t *testing.T) {
	t.Parallel()
	kpi := Named{ID: "inquiries", Name: "問い合わせ", Unit: "件"}
	cost := 60_000.0
	for name, c := range map[string]struct {
		came Came
		says []string
	}{
		"nobody":     {Came{KPI: kpi, Days: 28}, []string{"まだだれも来ていません", "utm_campaign"}},
		"a table":    {Came{KPI: kpi, Days: 28, Visits: 420}, []string{"420回の訪問", "表から来る数"}},
		"on top":     {Came{KPI: kpi, Days: 28, Visits: 420, Counted: true, Brought: 12, RestBefore: 40, Rest: 41, Cost: &cost}, []string{"420回の訪問と、「問い合わせ」12件", "移っただけ、という印はありません", "1件あたり5,000円"}},
		"taken":      {Came{KPI: kpi, Days: 28, Visits: 420, Counted: true, Brought: 60, RestBefore: 120, Rest: 60}, []string{"−50%(−63%〜−32%)", "リンクがなくても来た人"}},
		"all rose":   {Came{KPI: kpi, Days: 28, Visits: 420, Counted: true, Brought: 60, RestBefore: 60, Rest: 120}, []string{"ほかの理由でも増えています"}},
		"few before": {Came{KPI: kpi, Days: 28, Visits: 420, Counted: true, Brought: 60, RestBefore: 4, Rest: 120}, []string{"「問い合わせ」60件がありました。"}},
		"compared":   {Came{KPI: kpi, Days: 28, Visits: 420, Counted: true, Brought: 12, Lift: &Amount{18, 5, 31}}, []string{"全体で+18件(+5件〜+31件)"}},
	} {
		said := c.came.Sentence()
		for _, want := range c.says {
			if !strings.Contains(said.In(words.JA), want) {
				t.Errorf("%s: %s\nwants %s", name, said.In(words.JA), want)
			}
		}
		if en := said.In(words.EN); en == "" || strings.Contains(en, "%!") || strings.Contains(said.In(words.JA), "%!") {
			t.Errorf("%s: %s", name, en)
		}
	}
}

// The range of how the other ways went on holds its value, and nothing that is no number
// ever comes out.
func TestCameIsANumber(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		count := rapid.Float64Range(0, 1e6)
		cost := rapid.Float64Range(0, MaxCost).Draw(t, "cost")
		c := Came{KPI: Named{Name: "k"}, Days: 7, Visits: count.Draw(t, "visits"), Counted: true,
			Brought: count.Draw(t, "brought"), RestBefore: count.Draw(t, "before"), Rest: count.Draw(t, "rest"), Cost: &cost}
		if a := c.Change(); a != nil && !(a.Low <= a.Value && a.Value <= a.High && a.Low >= -1 && !math.IsInf(a.High, 0)) {
			t.Fatalf("%+v", a)
		}
		if e := c.Each(); e != nil && (math.IsNaN(*e) || *e < 0) {
			t.Fatal(*e)
		}
		if strings.Contains(c.Sentence().In(words.JA), "NaN") {
			t.Fatal(c.Sentence().In(words.JA))
		}
	})
}
