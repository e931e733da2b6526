package insight

import (
	"math"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

const (
	unrealistic = 0.05
	tooEasy     = 0.95
	// settledShare is the part of a target's time after which a sure thing is a
	// job well done, not a target set too low.
	settledShare = 0.75
)

// checkReach tests a target against its own history: A of SMART.
func (v *View) checkReach(ind *goal.Indicator) []dataFinding {
	p, landing, ok := v.chance(ind)
	if !ok {
		return nil
	}
	t := ind.Target
	numbers := map[string]any{"p_attain": p, "landing": landing}
	likely := words.Amount{Value: roundLike(landing), Unit: ind.Unit}
	label := v.targetLabel(ind)
	switch {
	case p < unrealistic:
		return []dataFinding{noted("unrealistic-target", goal.SeverityWarning, ind, t.At,
			words.T("「%[1]s」が%[2]sに届く見込みは%[3]sです。これまでの動きからは%[4]sほどになります。",
				"“%[1]s” reaches its target (%[2]s) with a probability of %[3]s; going by its history it comes to about %[4]s.", ind.Name, label, words.Chance(p), likely),
			words.T("目標の数か期限を見直すか、これまでと違う打ち手を決めましょう。", "Look at the number or the deadline again, or decide on something that was not tried before."),
			numbers)}
	case p > tooEasy && !v.settled(ind):
		return []dataFinding{noted("too-easy-target", goal.SeverityWarning, ind, t.At,
			words.T("「%[1]s」は今のままでも%[2]sに届きます(見込み%[3]s)。これまでの動きからは%[4]sほどになります。",
				"“%[1]s” reaches its target (%[2]s) as things are (probability %[3]s); going by its history it comes to about %[4]s.", ind.Name, label, words.Chance(p), likely),
			v.higherAim(ind),
			numbers)}
	}
	return nil
}

// higherAim is the mend of a target that is too easy.
func (v *View) higherAim(ind *goal.Indicator) words.Text {
	if ind.IsKGI {
		return words.T("もう少し背伸びした数にするか、このまま確実に届かせるかを話し合いましょう。", "Talk about whether to aim higher, or to make sure of this one.")
	}
	return words.T("KGIに届くために必要な数か、確かめましょう。", "Check whether this is the number the KGI needs.")
}

// chance is the probability of attaining a target and where the number is
// heading. A sum that should hold is judged by the next whole period, not by
// what is left of the current one.
func (v *View) chance(ind *goal.Indicator) (p, landing float64, ok bool) {
	t := ind.Target
	amount, _ := v.amount(ind)
	if t == nil || !exists(amount) || v.over(t) || !v.shortage(ind.ID).Zero() {
		return 0, 0, false
	}
	var o prospect
	if t.Kind == goal.TargetHold {
		next := v.model.Fiscal.Next(t.Per, v.model.Fiscal.Containing(t.Per, v.asOf))
		if o, ok = prospectOf(v.ways(ind.ID, next, outlookPaths)); !ok {
			return 0, 0, false
		}
	} else {
		var why words.Text
		if o, _, why = v.landingOutcome(ind); !why.Zero() {
			return 0, 0, false
		}
	}
	return o.attains(amount, t.Direction), o.mean, exists(o.mean)
}

// settled reports whether a target is met, or so far along that being sure of it
// is success.
func (v *View) settled(ind *goal.Indicator) bool {
	if v.reading(ind).Status == StatusMet {
		return true
	}
	t := ind.Target
	if t.By == nil {
		return false
	}
	whole := series.Span{From: v.start(t), To: *t.By}
	return float64(int(v.asOf)-int(whole.From)+1) > settledShare*float64(whole.Days())
}

// roundLike keeps two or three figures of a number that is only likely.
func roundLike(x float64) float64 {
	if x == 0 || !exists(x) {
		return x
	}
	size := math.Pow(10, math.Floor(math.Log10(math.Abs(x)))-2)
	if math.Abs(x) < 1000 && math.Abs(x) >= 10 {
		size = 1
	}
	return math.Round(x/size) * size
}

// proposal words a goal that has no number: what to reach and by when, from the
// numbers of the last year where there are some.
func (v *View) proposal(ind *goal.Indicator) words.Text {
	number, past, ok := v.proposedAmount(ind)
	if !ok {
		return words.Text{}
	}
	by := v.proposedDeadline(ind)
	amount := words.Amount{Value: number, Unit: ind.Unit}
	phrase := words.T("%[3]sまでに%[2]sにする", "bring %[1]s to %[2]s by %[3]s", ind.Name, amount, by.Long())
	if v.flow(ind.ID) {
		phrase = words.T("%[3]sまでに年間%[2]sにする", "bring %[1]s to %[2]s in the year to %[3]s", ind.Name, amount, by.Long())
	}
	return words.T("「%[1]sを、%[2]s」と言いかえると、全員が同じ数を思い浮かべます(%[3]s)。",
		"Say “%[2]s”, and everyone thinks of the same number (%[3]s).", ind.Name, phrase, past)
}

// proposedDeadline is the end of the fiscal year, of the next one when less than
// three months are left.
func (v *View) proposedDeadline(ind *goal.Indicator) series.Day {
	if t := ind.Target; t != nil && t.By != nil {
		return *t.By
	}
	year := v.model.Fiscal.Containing(series.GrainYear, v.asOf)
	if int(year.To)-int(v.asOf) < 90 {
		year = v.model.Fiscal.Next(series.GrainYear, year)
	}
	return year.To
}

// proposedAmount is a fifth more than a year has brought, or a tenth better than
// a level or rate has been, in round numbers; past says what it was.
func (v *View) proposedAmount(ind *goal.Indicator) (amount float64, past words.Text, ok bool) {
	down := ind.Target != nil && ind.Target.Direction == goal.Down
	better := func(part float64) float64 {
		if down {
			return 1 - part
		}
		return 1 + part
	}
	if !v.flow(ind.ID) {
		now := v.value(ind.ID, v.recentSpan())
		if !now.Exists() || now.V <= 0 {
			return 0, words.Text{}, false
		}
		return nice(now.V * better(0.1)), words.T("直近28日は%s", "the last 28 days: %s", words.Amount{Value: now.V, Unit: ind.Unit}), true
	}
	year := series.Span{From: v.asOf - 364, To: v.asOf}
	if float64(v.unmeasured(ind.ID, year)) <= gapShare*365 {
		if value := v.value(ind.ID, year); value.Exists() && value.V > 0 {
			return nice(value.V * better(0.2)), words.T("この1年は%s", "the last year: %s", words.Amount{Value: value.V, Unit: ind.Unit}), true
		}
	}
	recent := v.value(ind.ID, v.recentSpan())
	if !recent.Exists() || recent.V <= 0 {
		return 0, words.Text{}, false
	}
	return nice(recent.V / comparisonDays * 365 * better(0.2)),
		words.T("直近28日は%s", "the last 28 days: %s", words.Amount{Value: recent.V, Unit: ind.Unit}), true
}

// nice rounds to two figures, the second of them 0 or 5 from thirty on.
func nice(x float64) float64 {
	size := math.Pow(10, math.Floor(math.Log10(x))-1)
	figures := math.Round(x / size)
	if figures > 30 {
		figures = math.Round(figures/5) * 5
	}
	if size < 1 {
		return figures / math.Round(1/size) // whole over whole: 0.035, not 0.035000000000000003
	}
	return figures * size
}
