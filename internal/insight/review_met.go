package insight

import (
	"slices"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/words"
)

// kpisMet tells of KPIs that are on target while the goal is not: of those whose link is
// not known to work, and of those that are part of the goal by formula when none of them
// is to blame. It reports whether the latter was told, which is why the goal is behind.
func (r *reviewer) kpisMet(behind map[string]float64) bool {
	v := r.v
	var parts []*goal.Indicator
	blame := len(r.leaks) > 0
	for _, ind := range v.model.Indicators {
		if ind.IsKGI || ind.Target == nil || ind.Target.Kind == goal.TargetVague {
			continue
		}
		counts := r.stakes.leads(ind.ID) || v.leadsByFormula(ind.ID)
		if _, is := behind[ind.ID]; is {
			blame = blame || counts
			continue
		}
		status := v.reading(ind).Status
		if status != StatusMet && status != StatusOnPace || ind.Role == goal.RoleOutcome && !counts {
			continue
		}
		switch {
		case counts:
			parts = append(parts, ind)
		case !r.done[ind.ID] && r.has("link-unproven", ind.ID):
			r.add(r.metAlone(ind))
			r.found = slices.DeleteFunc(r.found, func(f ReviewFinding) bool { return f.Code == "link-unproven" && *f.Indicator == ind.ID })
		}
	}
	if blame || len(parts) == 0 {
		return false
	}
	r.add(r.metTogether(parts))
	return true
}

// goalIs says where the goal stands, as the second half of a sentence.
func (r *reviewer) goalIs() (text words.Text, numbers map[string]any) {
	kgi := r.v.model.KGI()
	rd := r.v.reading(kgi)
	is, pace := words.Amount{Value: orNaN(rd.Value), Unit: kgi.Unit}, words.Amount{Value: roundLike(orNaN(rd.Expected)), Unit: kgi.Unit}
	numbers = map[string]any{"kgi_value": rd.Value, "kgi_expected": rd.Expected, "kgi_target": rd.Target, "kgi_status": rd.Status}
	if rd.Status == StatusMissed {
		return words.T("「%[1]s」は%[2]sで、目標の%[3]sに届いていません", "“%[1]s” is at %[2]s and missed its target of %[3]s",
			kgi.Name, is, words.Amount{Value: orNaN(rd.Target), Unit: kgi.Unit}), numbers
	}
	return words.T("「%[1]s」は%[2]sで、目安の%[3]sより遅れています", "“%[1]s” is at %[2]s, behind its pace of %[3]s", kgi.Name, is, pace), numbers
}

// metAlone words a KPI on target whose link to the goal is only believed.
func (r *reviewer) metAlone(ind *goal.Indicator) ReviewFinding {
	v := r.v
	rd := v.reading(ind)
	state, numbers := r.goalIs()
	numbers["value"], numbers["target"], numbers["status"] = rd.Value, rd.Target, rd.Status
	is := words.T("%s", "%s", words.Amount{Value: orNaN(rd.Value), Unit: ind.Unit})
	if l, ok := v.lately(ind); ok {
		is = words.T("この4週で%s", "%s in the last four weeks", words.Amount{Value: l.value, Unit: ind.Unit})
		numbers["four_weeks"] = l.value
	}
	i := slices.IndexFunc(r.found, func(f ReviewFinding) bool { return f.Code == "link-unproven" && *f.Indicator == ind.ID })
	unproven := r.found[i]
	f := r.finding("kpi-met-kgi-missed", goal.SeverityWarning, ind,
		words.T("「%[1]s」は%[2]sと目標(%[3]s)どおりですが、%[4]s。", "“%[1]s” is on target (%[3]s) with %[2]s, but %[4]s.",
			ind.Name, is, v.targetLabel(ind), state),
		words.T("「%[1]s」が本当に効くのかを先に確かめ、それまでは目標を上げないでおきましょう。%[2]s", "First find out whether “%[1]s” really works; until then do not raise its target. %[2]s",
			ind.Name, words.Text{JA: unproven.Mend, EN: unproven.Mend}), numbers)
	f.Body = append([]string{unproven.Sentence}, unproven.Body...)
	f.Link, f.Chart, f.Why.Full = unproven.Link, unproven.Chart, unproven.Why.Full
	r.graded(&f, unproven.Grade)
	return f
}

// metTogether words KPIs that all do well while the goal they are parts of does not.
func (r *reviewer) metTogether(parts []*goal.Indicator) ReviewFinding {
	v := r.v
	state, numbers := r.goalIs()
	names := make([]words.Text, 0, len(parts))
	for _, p := range parts {
		names = append(names, words.T("「%s」", "“%s”", p.Name))
	}
	numbers["kpis"] = len(parts)
	f := r.finding("kpi-met-kgi-missed", goal.SeverityWarning, parts[0],
		words.T("%[1]sは目標どおりですが、%[2]s。", "%[1]s: on target. But %[2]s.", words.Join(names, "", ", "), state),
		words.T("KPIの目標を全部達成したら目標に届くのか、かけ算で確かめましょう。足りない分は、目標のないKPIにあるか、KPIの目標が低すぎるかのどちらかです。",
			"Multiply out whether reaching all KPI targets reaches the goal. What is missing lies in a KPI without a target, or a KPI target is too low."), numbers)
	kgi := v.model.KGI()
	amount, _ := v.amount(kgi)
	if o, _, why := v.landingOutcome(kgi); why.Zero() && exists(amount) && !v.over(kgi.Target) {
		short := amount - o.mean
		if kgi.Target.Direction == goal.Down {
			short = -short
		}
		f.Stake = r.stakes.lost(short, words.T("目標と、今のままの見込みの差です。", "The target less the forecast as things are."))
	}
	f.Chart = r.valuePicture(kgi)
	return f
}
