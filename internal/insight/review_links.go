package insight

import (
	"math"
	"slices"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// weaker is the share of its former strength below which a link counts as broken.
const weaker = 2. / 3

// links tells what the evidence says of influences: broken, idle, or not known to work.
func (r *reviewer) links() {
	v := r.v
	byFrom := map[string][]LinkEvidence{}
	ways := map[string]goal.Link{}
	var order []string
	models := v.model.Links()
	for i, e := range v.Links() {
		if models[i].Kind != goal.LinkInfluence {
			continue
		}
		if _, seen := byFrom[e.From]; !seen {
			order = append(order, e.From)
		}
		byFrom[e.From] = append(byFrom[e.From], e)
		ways[e.From+">"+e.To] = models[i]
	}
	told := map[string]bool{}
	for _, from := range order {
		r.outages(byFrom[from], told)
		works := v.leadsByFormula(from)
		for _, e := range byFrom[from] {
			works = works || e.Verdict == VerdictMoves
		}
		idle := false
		for _, e := range byFrom[from] {
			l := ways[e.From+">"+e.To]
			switch {
			case e.Break != nil && brokenBy(e.Break) && !v.countingNear(e):
				r.add(r.broken(l, e))
				r.done[from] = true
			case e.Verdict == VerdictDoesNotMove && !works:
				if !idle {
					r.add(r.vanity(l, e))
				}
				idle, r.done[from] = true, true
			case e.Verdict == VerdictCannotTell && !idle:
				r.add(r.unproven(l, e))
			}
		}
	}
	// Where the KPI is on target while the goal is not, that is what is told; so pace
	// drops an unproven link again. A KPI of which one link is idle and another unknown
	// is not called idle.
	r.found = slices.DeleteFunc(r.found, func(f ReviewFinding) bool {
		return f.Code == "vanity-kpi" && slices.ContainsFunc(byFrom[*f.Indicator], func(e LinkEvidence) bool { return e.Verdict == VerdictCannotTell && e.Break == nil })
	})
}

// leadsByFormula reports whether an indicator is a part of the KGI by formulas.
func (v *View) leadsByFormula(id string) bool { return v.restsOn(v.model.KGI().ID, id) }

// brokenBy tells whether a break took strength away; one that gave some is good news.
func brokenBy(b *Break) bool {
	before, after := b.Before.Elasticity, b.After.Elasticity
	return before*after < 0 || math.Abs(after) < weaker*math.Abs(before)
}

// countingNear reports whether the counting of an end failed around a break: then it is
// not the relation that changed.
func (v *View) countingNear(e LinkEvidence) bool {
	return slices.ContainsFunc(e.Tracking, func(t Tracking) bool {
		return wentOut(t) && t.From <= e.Break.Date+21 && *t.To >= e.Break.Date-21
	})
}

// wentOut tells an outage of the counting from another level of the number: it falls far,
// and comes back within a quarter.
func wentOut(t Tracking) bool {
	return t.To != nil && t.Factor < outageFactor && int(*t.To-t.From) <= longestOutage
}

const (
	outageFactor  = .7
	longestOutage = 92 // days
)

func (r *reviewer) linkFinding(code string, severity goal.Severity, e LinkEvidence, sentence, mend words.Text, numbers map[string]any) ReviewFinding {
	from := r.v.model.Indicator(e.From)
	d := noted(code, severity, from, from.At, sentence, mend, numbers)
	d.From, d.To = e.From, e.To
	f := r.dressed(r.v.render(d.Finding, d.numbers))
	r.graded(&f, e.Grade)
	f.Why.Full = e.Method
	return f
}

// rises says what a change of the KPI for the better is: more of it, or less.
func (v *View) rises(ind *goal.Indicator) words.Text {
	if v.better(ind) == goal.Down {
		return words.T("減らしても", "Lowering")
	}
	return words.T("増やしても", "Raising")
}

// better is which way of an indicator is meant to be good.
func (v *View) better(ind *goal.Indicator) goal.Direction {
	if ind.Target != nil && ind.Target.Direction == goal.Down {
		return goal.Down
	}
	return goal.Up
}

// broken words a link that used to work.
func (r *reviewer) broken(l goal.Link, e LinkEvidence) ReviewFinding {
	v, s, b := r.v, r.stakes, e.Break
	from, to := v.model.Indicator(l.From), v.model.Indicator(l.To)
	was, is := brings(b.Before.Elasticity), brings(b.After.Elasticity)
	low, high := brings(b.After.CI95[0]), brings(b.After.CI95[1])
	sentence := words.T("「%[1]s」が増えても、「%[2]s」が動かなくなりました(%[3]sごろから)。以前は10%%増えると%[4]sでしたが、いまは%[5]sです(確からしい幅は%[6]s〜%[7]s)。",
		"“%[2]s” no longer follows “%[1]s” (since about %[3]s). Ten percent more used to bring %[4]s; now it brings %[5]s (likely range %[6]s to %[7]s).",
		from.Name, to.Name, b.Date, was, is, low, high)
	if e.Verdict == VerdictMoves {
		sentence = words.T("「%[1]s」の「%[2]s」への効きが弱まりました(%[3]sごろから)。以前は10%%増えると%[4]sでしたが、いまは%[5]sです(確からしい幅は%[6]s〜%[7]s)。",
			"“%[1]s” moves “%[2]s” less than it did (since about %[3]s). Ten percent more used to bring %[4]s; now it brings %[5]s (likely range %[6]s to %[7]s).",
			from.Name, to.Name, b.Date, was, is, low, high)
	}
	mend := words.T("「%[1]s」を増やす手はいったん止め、%[2]sごろに変わったもの(配信のしくみ・リンクの置き場所・計測)を確かめましょう。",
		"Pause what raises “%[1]s”, and look at what changed around %[2]s (the platform, where the link stands, the tracking).", from.Name, b.Date)
	numbers := map[string]any{
		"date": b.Date.String(), "range": []string{b.Range[0].String(), b.Range[1].String()}, "p_value": b.PValue,
		"before": b.Before.Elasticity, "before_ci95": b.Before.CI95, "after": b.After.Elasticity, "after_ci95": b.After.CI95,
	}
	ev := v.nearEvent(b.Date, b.Range[0], b.Range[1])
	var event words.Text
	if ev != nil {
		event, numbers["event"] = eventSentence(ev), ev.What
	}
	var stake *Stake
	before, _, okBefore := s.gain(map[string]float64{l.To: math.Pow(1+pushed, b.Before.Elasticity)})
	after, _, okAfter := s.gain(map[string]float64{l.To: math.Pow(1+pushed, b.After.Elasticity)})
	var worth words.Text
	if lost := math.Abs(before) - math.Abs(after); okBefore && lost > 0 && (okAfter || b.After.Elasticity == 0) {
		numbers["units"] = lost
		stake = s.lost(lost, words.T("「%[1]s」を10%%増やしたとき、以前のつながりなら%[2]s「%[3]s」に届いていた分といまの分の差です。",
			"What ten percent more of “%[1]s” would have brought to “%[3]s” %[2]s by the former link, less what it brings now.", from.Name, s.when(), v.model.KGI().Name))
		worth = words.T("「%[1]s」を10%%増やしたときに届くはずだった「%[2]s」が、%[3]s%[4]s届きません。",
			"Ten percent more of “%[1]s” would have brought %[4]s more to “%[2]s” %[3]s; they no longer come.", from.Name, v.model.KGI().Name, s.when(), s.roughly(lost))
	}
	f := r.linkFinding("link-broken", goal.SeverityWarning, e, sentence, mend, numbers)
	f.Stake, f.Body = stake, v.sayAll(event, worth)
	r.graded(&f, GradePredicts)
	f.Chart = strengthPicture(e, v.say(words.T("つながりの強さ", "Strength of the link")))
	f.Chart.Break = &b.Date
	f.Why.Full = v.say(words.T("%[1]s変わった日は%[2]s〜%[3]sのどこかです(95%%の幅)。毎日見つづけても、こうした見まちがいは年に20回に1回より少なくなるようにしています。",
		"%[1]s The day lies between %[2]s and %[3]s (95%% range). Even when looked at every day for a year, fewer than one link in twenty would give such an alarm by chance.",
		words.Text{JA: e.Method, EN: e.Method}, b.Range[0], b.Range[1]))
	return f
}

// strengthPicture is the strength of a link through time.
func strengthPicture(e LinkEvidence, label string) *Picture {
	p := &Picture{Kind: "strength", Label: label, Points: []PicPoint{}}
	for _, s := range e.Strength {
		p.Points = append(p.Points, PicPoint{Date: s.On, Value: number(s.Elasticity), Lo: number(s.Lo95), Hi: number(s.Hi95)})
	}
	return p
}

// vanity words a KPI that does not move what it should.
func (r *reviewer) vanity(l goal.Link, e LinkEvidence) ReviewFinding {
	v := r.v
	from, to, kgi := v.model.Indicator(l.From), v.model.Indicator(l.To), v.model.KGI()
	t := v.evidence().of(l.From, l.To)
	most := 100 * (math.Pow(1+pushed, l.Influence.Matters*math.Abs(t.carry)) - 1)
	pull := v.rises(from)
	sentence := words.T("「%[1]s」を%[2]s、「%[3]s」は動いていません。10%%変えても、変化は大きく見て±%.1[4]f%%に届きません。",
		"%[2]s “%[1]s” does not move “%[3]s”: ten percent changes it by less than ±%.1[4]f%% at most.", from.Name, pull, to.Name, most)
	var beyond words.Text
	if !to.IsKGI {
		beyond = words.T("この道からは、目標の「%s」にも届きません。", "By this road nothing reaches the goal, “%s”, either.", kgi.Name)
	}
	severity := goal.SeverityInfo
	if v.chased(from) {
		severity = goal.SeverityWarning
	}
	mend := words.T("「%[1]s」は参考の数として見るだけにし、空いた手を「%[2]s」に効くと分かっている打ち手に回しましょう。",
		"Keep “%[1]s” as a number to look at only, and spend the effort on what is known to move “%[2]s”.", from.Name, kgi.Name)
	numbers := map[string]any{"matters": l.Influence.Matters, "at_most": most / 100, "n_days": e.NDays}
	if e.Effect != nil {
		numbers["elasticity"], numbers["ci95"] = e.Effect.Elasticity, e.Effect.CI95
	}
	f := r.linkFinding("vanity-kpi", severity, e, sentence, mend, numbers)
	f.Body = v.sayAll(beyond, v.grown(from), words.T("%d日分の記録で確かめました。", "Tested on %d days of data.", e.NDays))
	f.Chart = strengthPicture(e, v.say(words.T("つながりの強さ", "Strength of the link")))
	return f
}

// grown says that a chased number did rise over the last year, if it did.
func (v *View) grown(ind *goal.Indicator) words.Text {
	now := v.recentSpan()
	a, b := v.valueOnce(ind.ID, now.LastYear()), v.value(ind.ID, now)
	if !a.Exists() || !b.Exists() || a.V <= 0 || b.V/a.V < 1.05 {
		return words.Text{}
	}
	return words.T("「%[1]s」はこの1年で%[2]s増えています。", "“%[1]s” rose by %[2]s over the last year.", ind.Name, words.Percent(b.V/a.V-1))
}

// chased reports whether a team works at an indicator.
func (v *View) chased(ind *goal.Indicator) bool {
	return ind.Target != nil || ind.Role == goal.RoleAction || ind.Role == goal.RoleLeading
}

// longestTrial is how many days a test may take to be a next step at all.
const longestTrial = 182

// unproven words a link that nobody knows to work.
func (r *reviewer) unproven(l goal.Link, e LinkEvidence) ReviewFinding {
	v := r.v
	from, to := v.model.Indicator(l.From), v.model.Indicator(l.To)
	t := v.evidence().of(l.From, l.To)
	numbers := map[string]any{"n_days": e.NDays}
	severity := goal.SeverityInfo
	if v.chased(from) {
		severity = goal.SeverityWarning
	}
	mend := words.T("分かるまでは「%s」に力をかけすぎず、効くと分かっている道を先にしましょう。", "Until it is known, do not stake too much on “%s”; take the roads that are known to work first.", from.Name)
	if e.Proposal != nil && e.Proposal.Days <= longestTrial {
		mend = words.Text{JA: e.Proposal.Sentence, EN: e.Proposal.Sentence}
		numbers["test_days"], numbers["test_power"] = e.Proposal.Days, e.Proposal.Power
	}
	sentence := words.T("「%[1]s」が「%[2]s」を動かすかは、まだ分かりません。", "Whether “%[1]s” moves “%[2]s” cannot be told yet.", from.Name, to.Name)
	if t != nil {
		sentence = v.verdictSentence(from.Name, to.Name, l, t, &e)
	}
	f := r.linkFinding("link-unproven", severity, e, sentence, mend, numbers)
	if e.DaysNeeded != nil {
		numbers["days_needed"] = *e.DaysNeeded
		have, need, by := e.NDays, e.NDays+*e.DaysNeeded, v.asOf+series.Day(*e.DaysNeeded)
		f.Chart = &Picture{Kind: "days", Points: []PicPoint{}, Have: &have, Need: &need, By: &by, Label: v.say(words.T("測った日数", "Days measured"))}
	}
	var because words.Text
	if e.Because != "" {
		because = words.T("いまは「%s」という考えだけが根拠です。", "So far it rests on the belief “%s” alone.", e.Because)
	}
	f.Body = v.sayAll(because)
	return f
}

// outages tells of days on which the counting failed, once for each indicator, where no
// event on the timeline says so already.
func (r *reviewer) outages(links []LinkEvidence, told map[string]bool) {
	for _, e := range links {
		for _, t := range e.Tracking {
			for _, end := range []struct{ of, id string }{{"kpi", e.From}, {"kgi", e.To}} {
				if t.Of != end.of && t.Of != "both" || told[end.id] || !r.counts(t) {
					continue
				}
				told[end.id] = true
				r.add(r.outage(r.v.model.Indicator(end.id), t))
			}
		}
	}
}

// counts reports whether an outage still weighs on what is looked at: the last half year,
// and unknown to the timeline.
func (r *reviewer) counts(t Tracking) bool {
	return wentOut(t) && *t.To >= r.v.asOf-outageDays && nearestOf(r.v.model.Events, t.From, t.From, *t.To) == nil
}

const outageDays = 182

func (r *reviewer) outage(ind *goal.Indicator, t Tracking) ReviewFinding {
	span := series.Span{From: t.From, To: *t.To}
	f := r.finding("tracking-outage", goal.SeverityWarning, ind,
		words.T("「%[1]s」は%[2]sのあいだ、ふだんの%[3]sほどしか数えられていません。数え方が止まっていたようです。",
			"In the days of %[2]s only about %[3]s of the usual “%[1]s” was counted. The counting seems to have failed.", ind.Name, span, words.Percent(t.Factor)),
		words.T("計測タグや書き出しを確かめ、分かったことを出来事(events)に書いておきましょう。", "Check the tag or the export, and note what happened under “events”."),
		map[string]any{"from": t.From.String(), "to": t.To.String(), "factor": t.Factor})
	f.Body = r.v.sayAll(words.T("つながりを確かめるときは、この日々を除いています。", "These days are left out when links are tested."))
	return f
}
