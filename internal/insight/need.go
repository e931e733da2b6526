package insight

import (
	"math"

	"github.com/shirube/shirube/internal/formula"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// Need is how much of an indicator its targets ask for every week from now on.
type Need struct {
	AWeek float64    // NaN where it cannot be told; 0 where it is reached
	Why   words.Text // how it follows, or what is missing
}

// needDays is over how long the way from an indicator to the KGI is read.
const needDays = 90

// NeededAWeek is what the target of an indicator that counts something asks for a week; of
// one without a target what the KGI's asks of it, by how many of it the KGI took of late.
func (v *View) NeededAWeek(id string) Need {
	ind := v.model.Indicator(id)
	if ind == nil {
		return unknown(words.T("指標「%s」が地図にありません。", "There is no indicator %q on the map.", id))
	}
	if v.ev.Kind(id) != formula.Flow {
		return unknown(words.T("「%s」は数を数える指標ではないので、週に要る数を出せません。", "“%s” does not count anything, so there is no number of it a week.", ind.Name))
	}
	if need := v.askedAWeek(ind); ind.IsKGI || ind.Target != nil && !math.IsNaN(need.AWeek) {
		return need
	}
	kgi := v.model.KGI()
	need := v.askedAWeek(kgi)
	if math.IsNaN(need.AWeek) {
		return need
	}
	recent := series.Span{From: v.asOf - needDays + 1, To: v.asOf}
	of, came := v.value(id, recent).V, v.value(kgi.ID, recent).V
	if v.ev.Kind(kgi.ID) != formula.Flow || !(of > 0) || !(came > 0) {
		return unknown(words.T("「%[1]s」と「%[2]s」のこの%[3]d日の数がそろうと、週に要る数を出せます。「%[1]s」に目標を決めても出せます。",
			"With numbers of “%[1]s” and “%[2]s” over %[3]d days, how many are needed a week follows; or set a target for “%[1]s”.", ind.Name, kgi.Name, needDays))
	}
	each := of / came
	aWeek := need.AWeek * each
	return Need{aWeek, words.T("「%[1]s」の目標には週に%[2]s要ります。この%[3]d日は「%[1]s」1%[4]sに「%[5]s」が%[6]sだったので、「%[5]s」は週に%[7]s要ります。",
		"The target of “%[1]s” asks for %[2]s a week. Each took %[6]s of “%[5]s” over the last %[3]d days, so %[7]s of those are needed a week.",
		kgi.Name, words.Amount{Value: need.AWeek, Unit: kgi.Unit}, needDays, kgi.Unit, ind.Name, words.Amount{Value: each, Unit: ind.Unit}, words.Amount{Value: aWeek, Unit: ind.Unit})}
}

// askedAWeek is what an indicator's own target asks for a week.
func (v *View) askedAWeek(ind *goal.Indicator) Need {
	amount, why := v.amount(ind)
	t := ind.Target
	if math.IsNaN(amount) {
		return unknown(words.T("「%[1]s」: %[2]s", "“%[1]s”: %[2]s", ind.Name, why))
	}
	switch t.Kind {
	case goal.TargetHold:
		period := v.model.Fiscal.Containing(t.Per, v.asOf)
		aWeek := amount * 7 / float64(period.Days())
		return Need{aWeek, words.T("「%[1]s」の目標には週に%[2]s要ります。", "The target of “%[1]s” asks for %[2]s a week.", ind.Name, words.Amount{Value: aWeek, Unit: ind.Unit})}
	case goal.TargetTotal, goal.TargetGrowth:
	default:
		return unknown(words.T("「%s」の目標は期間の合計ではないので、週に要る数を出せません。", "The target of “%s” is no total, so there is no number of it a week.", ind.Name))
	}
	whole := v.window(ind).whole
	weeks := float64(whole.To-v.asOf) / 7
	if weeks <= 0 {
		return unknown(words.T("「%s」の目標の期限が過ぎています。次の目標を決めると、週に要る数を出せます。", "The deadline of “%s” is over. Set the next target, and how many are needed a week follows.", ind.Name))
	}
	came := v.value(ind.ID, v.window(ind).value).V
	if math.IsNaN(came) {
		came = 0 // nothing has been counted yet: all of it is to come
	}
	left := math.Max(0, amount-came)
	return Need{left / weeks, words.T("「%[1]s」は目標まであと%[2]s、残り%[3]s週なので、週に%[4]s要ります。",
		"“%[1]s” lacks %[2]s in the %[3]s weeks left: %[4]s a week.", ind.Name, words.Amount{Value: left, Unit: ind.Unit}, words.Group(weeks, 0), words.Amount{Value: left / weeks, Unit: ind.Unit})}
}

func unknown(why words.Text) Need { return Need{math.NaN(), why} }
