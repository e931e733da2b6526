package insight

import (
	"math"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/words"
)

// Extra is so much more of an indicator a month, with its range.
type Extra struct{ Value, Low, High float64 }

// Brought is what more of one indicator brings to others: the KGI, and money.
type Brought struct {
	KGI *BroughtTo
	// WhyNotKGI says why there is none.
	WhyNotKGI words.Text
	Yen       *BroughtTo
	WhyNotYen words.Text
}

// BroughtTo is the change of an indicator: of a total a month, of a rate or a level as it
// stands.
type BroughtTo struct {
	ID, Name, Unit string
	Monthly        bool
	Extra
}

// month is the mean length of a month in days.
const month = 365.25 / 12

// Brings carries a change of an indicator a month up to the KGI and to money, from where
// the numbers stood in the last four weeks: along formulas exactly, along influences as
// strongly as they were found to act. The range joins the change's own with the doubt about
// the links by taking the far ends of both, so it is rather too wide than too narrow.
func (v *View) Brings(id string, extra Extra) Brought {
	var out Brought
	ind, kgi := v.model.Indicator(id), v.model.KGI()
	missing := words.T("モデルにこの指標がないので、KGIへの効果は計算できません。", "This indicator is not in the model, so its effect on the KGI cannot be computed.")
	noYen := words.T("KGIへの道に金額の指標がないので、円では言えません。", "There is no amount of money on the way to the KGI, so it cannot be told in yen.")
	if ind == nil {
		return Brought{WhyNotKGI: missing, WhyNotYen: noYen}
	}
	c := v.carrier(v.recentSpan())
	place := c.place[id]
	base := c.base[place]
	if !base.Exists() || !v.flow(id) || !exists(extra.Value) {
		why := words.T("「%s」の最近4週の数がないので、KGIへの効果は計算できません。", "“%s” has no number for the last four weeks, so its effect on the KGI cannot be computed.", ind.Name)
		return Brought{WhyNotKGI: why, WhyNotYen: why}
	}
	ends := map[float64]*drawn{}
	for _, x := range []float64{extra.Value, extra.Low, extra.High} {
		ends[x] = c.draw(map[int]float64{place: base.V + x*comparisonDays/month}, whatIfDraws, evidenceSeed)
	}
	if out.KGI = v.broughtTo(c, kgi, extra, ends); out.KGI == nil {
		out.WhyNotKGI = words.T("「%[1]s」がKGI「%[2]s」をどれだけ動かすかがまだ分かっていないので、KGIへの効果は計算できません。",
			"How much “%[1]s” moves the KGI “%[2]s” is not known yet, so its effect on the KGI cannot be computed.", ind.Name, kgi.Name)
	}
	for _, at := range v.model.Indicators {
		if !isYen(at.Unit) || !v.flow(at.ID) || at.Target != nil && at.Target.Direction == goal.Down {
			continue
		}
		if out.Yen = v.broughtTo(c, at, extra, ends); out.Yen != nil {
			return out
		}
	}
	out.WhyNotYen = noYen
	return out
}

func isYen(unit string) bool { return unit == "円" || unit == "¥" || unit == "JPY" || unit == "yen" }

// broughtTo is nil where the change does not reach the indicator.
func (v *View) broughtTo(c *carrier, ind *goal.Indicator, extra Extra, ends map[float64]*drawn) *BroughtTo {
	i := c.place[ind.ID]
	base := c.base[i].V
	after := ends[extra.Value].point.after[i]
	low, high := math.Inf(1), math.Inf(-1)
	moved := false
	for _, d := range ends {
		l, h := d.band(i)
		low, high = min(low, l), max(high, h)
		moved = moved || !same(d.point.after[i], base)
	}
	if !exists(base) || !exists(after) || !exists(low) || !exists(high) || !moved {
		return nil
	}
	b := &BroughtTo{ID: ind.ID, Name: ind.Name, Unit: ind.Unit, Monthly: v.flow(ind.ID), Extra: Extra{after - base, low - base, high - base}}
	if b.Monthly {
		b.Value, b.Low, b.High = b.Value*month/comparisonDays, b.Low*month/comparisonDays, b.High*month/comparisonDays
	}
	return b
}

// AddsUp reports whether an indicator is a total of its days, not a rate or a level.
func (v *View) AddsUp(id string) bool { return v.flow(id) }
