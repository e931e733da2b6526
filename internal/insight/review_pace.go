package insight

import (
	"math"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// mostCatchUp bounds what being on pace again is taken to mean.
const mostCatchUp = 3.0

// pace tells who is behind, who is on target while the goal is not, and for whom it is
// too late.
func (r *reviewer) pace() {
	v := r.v
	kgi := v.model.KGI()
	behind := map[string]float64{} // the factor that would bring it back to pace
	for _, ind := range v.model.Indicators {
		if f, ok := v.catchUp(ind); ok {
			behind[ind.ID] = f
		}
	}
	kgiBehind := v.kgiOff()
	for _, ind := range v.model.Indicators {
		if ind.IsKGI || r.done[ind.ID] || v.givenUp() {
			continue
		}
		late := r.tooLate(ind, behind)
		if late {
			continue
		}
		if _, is := behind[ind.ID]; is && !r.explained(ind, behind) {
			r.add(r.offPace(ind, behind[ind.ID]))
		}
	}
	if !kgiBehind {
		return
	}
	if !r.kpisMet(behind) {
		r.add(r.kgiOffPace(kgi))
	}
}

// kgiOff reports whether the goal is behind or missed.
func (v *View) kgiOff() bool {
	status := v.reading(v.model.KGI()).Status
	return status == StatusBehind || status == StatusMissed
}

// catchUp is the factor that brings an indicator back to its pace; false where it is not
// behind.
func (v *View) catchUp(ind *goal.Indicator) (float64, bool) {
	rd := v.reading(ind)
	if rd.Status != StatusBehind && rd.Status != StatusMissed || ind.Target == nil {
		return 0, false
	}
	pace := rd.Pace
	if l, ok := v.lately(ind); ok {
		if pace = &l.pace; *pace >= paceEnough && rd.Status == StatusBehind {
			return 0, false // a slow start of a week or month is not being behind
		}
	}
	if pace == nil || *pace <= 0 {
		pace = rd.Attainment
	}
	if pace == nil || *pace <= 0 {
		return 1, true
	}
	f := min(1 / *pace, mostCatchUp)
	if ind.Target.Direction == goal.Down {
		f = max(*pace, 1/mostCatchUp)
	}
	return f, true
}

// lately is how a sum that should hold did over the last four weeks: a single week or
// the first days of a month say too little to act on.
type lately struct{ value, expected, pace float64 }

func (v *View) lately(ind *goal.Indicator) (lately, bool) {
	t := ind.Target
	if t == nil || t.Kind != goal.TargetHold || !v.flow(ind.ID) || t.Per > series.GrainMonth {
		return lately{}, false
	}
	amount, _ := v.amount(ind)
	span := v.recentSpan()
	if t.From != nil && *t.From > span.From {
		return lately{}, false
	}
	l := lately{value: v.value(ind.ID, span).V}
	for day := span.From; day <= span.To; {
		period := v.model.Fiscal.Containing(t.Per, day)
		part := period.Intersect(span)
		p := v.paceProfile(ind)
		l.expected += amount * (p.Share(period, part.To) - p.Share(period, part.From-1))
		day = part.To + 1
	}
	l.pace = l.value / l.expected
	if t.Direction == goal.Down {
		l.pace = l.expected / l.value
	}
	return l, exists(l.pace)
}

// explained reports whether mending what is told already, or the parts that are behind,
// would bring an indicator back to its pace.
func (r *reviewer) explained(ind *goal.Indicator, behind map[string]float64) bool {
	mend := map[string]float64{}
	for _, l := range r.leaks {
		if l.ind == ind {
			return true
		}
		if r.v.restsOn(ind.ID, l.ind.ID) {
			mend[l.ind.ID] = l.before / l.now
		}
	}
	for id, f := range behind {
		if r.v.restsOn(ind.ID, id) && mend[id] == 0 {
			mend[id] = f
		}
	}
	return r.brings(ind, mend, behind[ind.ID])
}

// leaksExplain reports whether mending the leaks alone would change an indicator by a
// factor.
func (r *reviewer) leaksExplain(ind *goal.Indicator, needed float64) bool {
	mend := map[string]float64{}
	for _, l := range r.leaks {
		if l.ind == ind || r.v.restsOn(ind.ID, l.ind.ID) {
			mend[l.ind.ID] = l.before / l.now
		}
	}
	return r.brings(ind, mend, needed)
}

// brings reports whether changes of its parts change an indicator by a factor, or nearly.
func (r *reviewer) brings(ind *goal.Indicator, mend map[string]float64, needed float64) bool {
	if len(mend) == 0 {
		return false
	}
	c := r.stakes.carrier
	set := map[int]float64{}
	for id, f := range mend {
		set[c.place[id]] = c.base[c.place[id]].V * f
	}
	i := c.place[ind.ID]
	ratio := c.run(set, nil, math.Inf(1)).after[i] / c.base[i].V
	return exists(ratio) && (needed >= 1 && ratio >= paceEnough*needed || needed < 1 && ratio*paceEnough <= needed)
}

// offPace words a KPI that is behind its pace.
func (r *reviewer) offPace(ind *goal.Indicator, factor float64) ReviewFinding {
	v, s := r.v, r.stakes
	rd := v.reading(ind)
	is, pace := words.Amount{Value: orNaN(rd.Value), Unit: ind.Unit}, words.Amount{Value: roundLike(orNaN(rd.Expected)), Unit: ind.Unit}
	label := v.targetLabel(ind)
	sentence := words.T("「%[1]s」は%[2]sで、今日までの目安の%[3]sに届いていません(目標は%[4]s)。",
		"“%[1]s” is at %[2]s, behind today’s pace of %[3]s (target: %[4]s).", ind.Name, is, pace, label)
	if v.better(ind) == goal.Down {
		sentence = words.T("「%[1]s」は%[2]sで、今日までの目安の%[3]sを超えています(目標は%[4]s)。",
			"“%[1]s” is at %[2]s, over today’s pace of %[3]s (target: %[4]s).", ind.Name, is, pace, label)
	}
	numbers := map[string]any{"value": rd.Value, "expected": rd.Expected, "pace": rd.Pace, "target": rd.Target, "status": rd.Status}
	if l, ok := v.lately(ind); ok {
		was, wanted := words.Amount{Value: l.value, Unit: ind.Unit}, words.Amount{Value: roundLike(l.expected), Unit: ind.Unit}
		sentence = words.T("「%[1]s」はこの4週で%[2]sで、目安の%[3]sに届いていません(目標は%[4]s)。",
			"“%[1]s” came to %[2]s in the last four weeks, behind its pace of %[3]s (target: %[4]s).", ind.Name, was, wanted, label)
		if v.better(ind) == goal.Down {
			sentence = words.T("「%[1]s」はこの4週で%[2]sで、目安の%[3]sを超えています(目標は%[4]s)。",
				"“%[1]s” came to %[2]s in the last four weeks, over its pace of %[3]s (target: %[4]s).", ind.Name, was, wanted, label)
		}
		numbers["four_weeks"], numbers["four_weeks_expected"] = l.value, number(l.expected)
	}
	title, severity := words.Text{}, goal.SeverityWarning
	mend := words.T("遅れの理由を1つ選び、今週できる打ち手を1つ決めましょう。", "Choose one reason for the delay, and decide on one thing to do this week.")
	if rd.Status == StatusMissed && v.over(ind.Target) {
		severity = goal.SeverityInfo
		mend = words.T("何が足りなかったかを1つ書き留め、次の期の目標に生かしましょう。", "Write down the one thing that was missing, and let it shape the next target.")
	}
	if rd.Status == StatusMissed {
		title = words.T("目標に届きませんでした", "The target was missed")
		sentence = words.T("「%[1]s」は%[2]sで、目標(%[3]s)に届きませんでした。", "“%[1]s” came to %[2]s and missed its target (%[3]s).", ind.Name, is, label)
	}
	var stake *Stake
	var cost words.Text
	if units, _, ok := s.gain(map[string]float64{ind.ID: factor}); ok && units > 0 {
		numbers["units"] = units
		cost = words.T("このままだと、%s", "As things are, %s", s.costs(units))
		stake = s.lost(units, words.T("「%[1]s」が目安どおりになったときの見込みと、今のままの見込みの差です。",
			"The forecast with “%[1]s” on its pace, less the forecast as things are.", ind.Name))
	}
	f := r.finding("off-pace", severity, ind, sentence, mend, numbers)
	if !title.Zero() {
		f.Title = v.say(title)
	}
	f.Stake, f.Body = stake, v.sayAll(cost)
	f.Chart = r.valuePicture(ind)
	f.Why.Full = v.say(words.T("目安は、曜日・祝日・季節の波を前の年までの記録から読み取り、目標を日割りしたものです。", "The pace spreads the target over the days by the weekdays, holidays and season of the history before it."))
	return f
}

// valuePicture draws the last weeks of an indicator, beside what the pace asks of a week.
func (r *reviewer) valuePicture(ind *goal.Indicator) *Picture {
	span := r.v.recentSpan()
	span.From = r.v.asOf - pictureDays + 1
	return &Picture{Kind: "level", Unit: ind.Unit, Points: r.v.weekly(ind, span), Label: ind.Name}
}

// kgiOffPace words a goal that is behind.
func (r *reviewer) kgiOffPace(kgi *goal.Indicator) ReviewFinding {
	v := r.v
	f := r.offPace(kgi, 1)
	f.Severity = goal.SeverityError
	f.Stake, f.Body = nil, []string{}
	amount, _ := v.amount(kgi)
	o, on, why := v.landingOutcome(kgi)
	if !why.Zero() || !exists(amount) || v.over(kgi.Target) {
		return f
	}
	short := amount - o.mean
	if kgi.Target.Direction == goal.Down {
		short = -short
	}
	f.Numbers["landing"], f.Numbers["p_attain"] = o.mean, o.attains(amount, kgi.Target.Direction)
	landing := words.Amount{Value: roundLike(o.mean), Unit: kgi.Unit}
	chance := words.Chance(o.attains(amount, kgi.Target.Direction))
	f.Body = v.sayAll(words.T("このままだと%[1]sに%[2]sほどで、届く見込みは%[3]sです。", "As things are it comes to about %[2]s on %[1]s; the probability of reaching it is %[3]s.", on, landing, chance))
	f.Stake = r.stakes.lost(short, words.T("目標と、今のままの見込みの差です。", "The target less the forecast as things are."))
	return f
}

// tooLate tells of a KPI whose effect arrives after the deadline of the goal: nothing it
// does now counts any more.
func (r *reviewer) tooLate(ind *goal.Indicator, behind map[string]float64) bool {
	v, s := r.v, r.stakes
	kgi := v.model.KGI()
	if !s.known || s.hold != nil || v.reading(kgi).Status == StatusMet || !v.chased(ind) {
		return false
	}
	ratio, set := s.ratio(map[string]float64{ind.ID: 1 + pushed})
	if !exists(ratio) || math.Abs(ratio-1) < 1e-9 {
		return false
	}
	i := s.carrier.place[kgi.ID]
	if s.v.arrivedShare(s.carrier, set, i, s.carrier.base[i].V*ratio) > 0 {
		return false
	}
	waits := s.carrier.waits(set, i)
	days := int(math.Round(waits[0]))
	severity := goal.SeverityInfo
	if _, is := behind[ind.ID]; is {
		severity = goal.SeverityWarning
	}
	left := int(*kgi.Target.By - v.asOf)
	f := r.finding("too-late", severity, ind,
		words.T("「%[1]s」をいま変えても、「%[2]s」に出るのは約%[3]d日後です。期限の%[4]sまではあと%[5]d日しかありません。",
			"Changing “%[1]s” now shows in “%[2]s” about %[3]d days later, but only %[5]d days are left until %[4]s.", ind.Name, kgi.Name, days, *kgi.Target.By, left),
		words.T("この期は、すぐに効くところ(割合や、いま来ている人への案内)に力を回し、「%s」は次の期のために続けましょう。",
			"For this term work on what acts at once (rates, the people who are here now), and keep “%s” up for the next one.", ind.Name),
		map[string]any{"lag_days": days, "days_left": left})
	r.graded(&f, GradePredicts)
	f.Chart = &Picture{Kind: "days", Points: []PicPoint{}, Have: &left, Need: &days, By: kgi.Target.By, Label: v.say(words.T("残りの日数", "Days left"))}
	r.add(f)
	return true
}
