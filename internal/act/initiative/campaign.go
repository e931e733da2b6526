package initiative

import (
	"math"

	"github.com/shirube/shirube/internal/words"
)

// Came is what came by the links of an initiative's campaigns, beside all other ways,
// during it and in as many days before.
type Came struct {
	KPI    Named
	Days   int
	Visits float64 // by its links
	// Counted tells that the KPI is known person by person; the three below mean nothing
	// without it.
	Counted    bool
	Brought    float64 // of the KPI, by its links
	RestBefore float64 // of the KPI, by all other ways, in as many days before
	Rest       float64 // of the KPI, by all other ways
	// Lift is what a comparison with untouched numbers says of the same days; nil without.
	Lift *Amount
	Cost *float64 // yen; nil: nobody said
}

// fewestBeside is how many outcomes there have to be on both sides for their ratio to mean
// anything.
const fewestBeside = 5

// Change is how the other ways went on, relative: -0.1 is a tenth less than before. nil
// where there were too few. Its range is that of the ratio of two counts.
func (c Came) Change() *Amount {
	if !c.Counted || c.RestBefore < fewestBeside || c.Rest < fewestBeside {
		return nil
	}
	ratio, se := c.Rest/c.RestBefore, math.Sqrt(1/c.Rest+1/c.RestBefore)
	return &Amount{ratio - 1, ratio*math.Exp(-1.96*se) - 1, ratio*math.Exp(1.96*se) - 1}
}

// Each is what one of the KPI cost by the links; nil where nothing came or nobody said.
func (c Came) Each() *float64 {
	if !c.Counted || c.Cost == nil || !(c.Brought > 0) {
		return nil
	}
	each := *c.Cost / c.Brought
	return &each
}

// Sentence says what came, and whether it came on top of the rest.
func (c Came) Sentence() words.Text {
	visits := words.Amount{Value: math.Round(c.Visits), Unit: "回"}
	switch {
	case c.Visits == 0:
		return words.T("このキャンペーンのリンクからは、まだだれも来ていません。リンクに utm_campaign が付いているかを確かめましょう。",
			"Nobody has come by the links of these campaigns yet. See whether utm_campaign is on them.")
	case !c.Counted:
		return words.T("リンクから%[1]sの訪問がありました。「%[2]s」は表から来る数なので、そのうち何%[3]sがリンクからかは分かりません。",
			"The links brought %[1]s visits. “%[2]s” comes from a table, so how many of it came by the links is not known.", visits, c.KPI.Name, unitOf(c.KPI.Unit))
	}
	in := func(v float64) words.Amount { return words.Amount{Value: v, Unit: c.KPI.Unit} }
	said := []words.Text{words.T("リンクから%[1]sの訪問と、「%[2]s」%[3]sがありました。", "The links brought %[1]s visits and %[3]s of “%[2]s”.", visits, c.KPI.Name, in(c.Brought))}
	if change := c.Change(); change != nil {
		low, high := words.RelativeChange(change.Low), words.RelativeChange(change.High)
		switch {
		case change.High < 0:
			said = append(said, words.T("ほかの来かたは、前の%[1]d日より%[2]s(%[3]s〜%[4]s)です。リンクがなくても来た人が、リンクから来ただけかもしれません。",
				"All other ways are at %[2]s against the %[1]d days before (%[3]s to %[4]s): some may have come anyway, and only came by a link.", c.Days, words.RelativeChange(change.Value), low, high))
		case change.Low > 0:
			said = append(said, words.T("ほかの来かたも、前の%[1]d日より%[2]s(%[3]s〜%[4]s)です。同じころに、ほかの理由でも増えています。",
				"All other ways are at %[2]s against the %[1]d days before (%[3]s to %[4]s) as well: something else raised it at the same time.", c.Days, words.RelativeChange(change.Value), low, high))
		default:
			said = append(said, words.T("ほかの来かたは、前の%[1]d日と変わったとは言えません(%[2]s〜%[3]s)。ほかから移っただけ、という印はありません。",
				"All other ways cannot be told to have changed against the %[1]d days before (%[2]s to %[3]s): nothing hints that people only moved.", c.Days, low, high))
		}
	}
	if c.Lift != nil {
		said = append(said, words.T("ほかの数とくらべた前後比較では、全体で%[1]s(%[2]s〜%[3]s)です。", "Beside other numbers, before and after, the whole is at %[1]s (%[2]s to %[3]s).",
			words.Change{Value: c.Lift.Value, Unit: c.KPI.Unit}, words.Change{Value: c.Lift.Low, Unit: c.KPI.Unit}, words.Change{Value: c.Lift.High, Unit: c.KPI.Unit}))
	}
	if each := c.Each(); each != nil {
		said = append(said, words.T("リンクから来た1%[1]sあたり%[2]sかかりました。", "Each by the links cost %[2]s.", unitOf(c.KPI.Unit), words.Amount{Value: math.Round(*each), Unit: "円"}))
	}
	return words.Join(said, "", " ")
}
