package insight

import (
	"math"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/words"
)

// sayNext names the one thing to do: what keeps the goal from being one, what
// would win most back, or to go on.
func (v *View) sayNext(change *moved, findings []Finding) Sentence {
	kgi := v.model.KGI()
	r := v.reading(kgi)
	if present(v.history(kgi.ID)) == 0 {
		return v.sentence("next", nil, "", words.T("まずCSVかExcelを1つ取り込みましょう。地図に今日の数が入ります。", "Import one CSV or Excel file first: it puts today's numbers on the map."))
	}
	for _, f := range findings {
		blocks := f.Code == "vague-goal" || f.Code == "no-deadline"
		if blocks && f.Severity == goal.SeverityError && f.Indicator != nil {
			return v.sentence("next", nil, *f.Indicator, words.Text{JA: f.Mend, EN: f.Mend})
		}
	}
	switch r.Status {
	case StatusMet:
		return v.sentence("next", nil, kgi.ID, words.T("おめでとうございます。次の目標を決めましょう。", "Well done. Set the next target."))
	case StatusMissed:
		return v.sentence("next", nil, kgi.ID, words.T("何が効いたかを振り返り、次の目標を決めましょう。", "Look back at what worked, and set the next target."))
	}
	if s, ok := v.sayRepair(change); ok {
		return s
	}
	if s, ok := v.sayCatchUp(); ok {
		return s
	}
	return v.sayGoOn(kgi, r, findings)
}

// sayRepair asks to bring back what fell, and says what that would do for the
// probability of reaching the goal.
func (v *View) sayRepair(m *moved) (Sentence, bool) {
	if m == nil || m.stake >= 0 {
		return Sentence{}, false
	}
	return v.sayIf(m.ind, m.change.Before, words.T("%sを%sに戻しましょう。", "Bring %s back to %s.", m.ind.Name, strong(m.change.Before, m.ind.Unit)))
}

// sayCatchUp asks for the pace of the indicator that is behind and costs the
// KGI most.
func (v *View) sayCatchUp() (Sentence, bool) {
	var best *goal.Indicator
	most, aim := 0.0, 0.0
	span := v.recentSpan()
	for _, ind := range v.model.Indicators {
		r := v.reading(ind)
		if ind.IsKGI || r.Status != StatusBehind || r.Pace == nil || *r.Pace <= 0 {
			continue
		}
		slope, some := v.slope(ind.ID)
		now := v.value(ind.ID, span)
		if !some || !now.Exists() {
			continue
		}
		// What the last four weeks would have been on pace.
		wanted := now.V / *r.Pace
		if ind.Target.Direction == goal.Down {
			wanted = now.V * *r.Pace
		}
		if stake := math.Abs(slope * (wanted - now.V)); stake > most {
			best, most, aim = ind, stake, wanted
		}
	}
	if best == nil {
		return Sentence{}, false
	}
	aim = roundLike(aim)
	name := words.T("%sを目安どおりの%sにしましょう。", "Bring %s up to its pace of %s.", best.Name, strong(aim, best.Unit))
	if v.flow(best.ID) {
		name = words.T("%sを目安どおりの4週%sにしましょう。", "Bring %s up to its pace of %s in four weeks.", best.Name, strong(aim, best.Unit))
	}
	return v.sayIf(best, aim, name)
}

// sayIf adds to a proposal what it would do, when that can be told and helps. to
// is the value over four weeks.
func (v *View) sayIf(ind *goal.Indicator, to float64, proposal words.Text) (Sentence, bool) {
	now := v.value(ind.ID, v.recentSpan())
	if !now.Exists() || now.V == 0 || !exists(to) {
		return Sentence{}, false
	}
	gain := v.gainOf(ind.ID, to/now.V)
	if gain.Zero() {
		return Sentence{}, false
	}
	return v.sentence("next", nil, ind.ID, words.T("%s%s", "%s %s", proposal, gain)), true
}

// gainOf is what the KGI's days to come would bring if an indicator were to
// stand at a multiple of its last four weeks.
func (v *View) gainOf(id string, factor float64) words.Text {
	kgi := v.model.KGI()
	before, after := v.ev.Recompute(v.recentSpan(), map[string]float64{id: v.value(id, v.recentSpan()).V * factor})
	b, a := before[kgi.ID], after[kgi.ID]
	if !exists(b) || !exists(a) || same(a, b) {
		return words.Text{}
	}
	amount, _ := v.amount(kgi)
	o, _, why := v.landingOutcome(kgi)
	if why.Zero() && exists(amount) {
		was := o.attains(amount, kgi.Target.Direction)
		will := v.changedLanding(kgi, b, a).attains(amount, kgi.Target.Direction)
		if will-was >= 0.01 {
			return words.T("%sに届く見込みは%sから%sになります。", "The probability of reaching %s goes from %s to %s.",
				v.targetLabel(kgi), words.Chance(was), bold{words.Chance(will)})
		}
	}
	gain := a - b
	if kgi.Target != nil && kgi.Target.Direction == goal.Down {
		gain = -gain
	}
	if gain <= 0 {
		return words.Text{}
	}
	return words.T("%sが4週あたり約%s良くなります。", "%s gets better by about %s in four weeks.", kgi.Name, bold{about(a-b, kgi)})
}

// milestoneAhead is the first milestone that is neither past nor reached.
func (v *View) milestoneAhead(kgi *goal.Indicator, r *Reading) *Milestone {
	if r.Goal == nil {
		return nil
	}
	for i, m := range r.Goal.Milestones {
		if m.By > v.asOf && (r.Value == nil || !reaches(*r.Value, m.Value, kgi.Target.Direction) || kgi.Target.Direction == goal.Down) {
			return &r.Goal.Milestones[i]
		}
	}
	return nil
}

// worthMending are the findings whose mend may be the next thing to do; the
// others can wait for a quiet hour.
var worthMending = map[string]bool{
	"stale-data": true, "gap-in-data": true, "not-measured": true, "formula-disagrees-with-measure": true, "not-agreed": true, "goal-not-shared": true,
}

// sayGoOn is for when no indicator is to blame: a finding worth mending, or the
// next milestone.
func (v *View) sayGoOn(kgi *goal.Indicator, r *Reading, findings []Finding) Sentence {
	for _, f := range findings {
		hopeless := f.Code == "unrealistic-target" && f.Severity == goal.SeverityError
		if f.Severity == goal.SeverityInfo || f.Indicator == nil || !hopeless && !worthMending[f.Code] {
			continue
		}
		ind := v.model.Indicator(*f.Indicator)
		return v.sentence("next", nil, ind.ID, words.Text{JA: ind.Name + ": " + f.Mend, EN: ind.Name + ": " + f.Mend})
	}
	if m := v.milestoneAhead(kgi, r); m != nil && r.Status != StatusBehind {
		return v.sentence("next", nil, kgi.ID, words.T("このまま続けましょう。次の節目は%sの%sです。", "Keep going. The next milestone is %[2]s by %[1]s.",
			bold{m.By}, strong(roundLike(m.Value), kgi.Unit)))
	}
	if r.Status == StatusBehind && len(v.model.Children(kgi.ID)) > 0 {
		return v.sentence("next", nil, kgi.ID, words.T("大きく遅れているKPIはありません。KPIの目標がKGIに届くのに足りているか、確かめましょう。", "No KPI is far behind. Check whether the KPIs' targets are enough for the KGI."))
	}
	if r.Status == StatusBehind {
		return v.sentence("next", nil, kgi.ID, words.T("KGIを動かすKPIをつなぐと、どこを直せばよいかが分かります。", "Link the KPIs that move the KGI, and you will see what to mend."))
	}
	return v.sentence("next", nil, kgi.ID, words.T("このまま続けましょう。", "Keep going."))
}
