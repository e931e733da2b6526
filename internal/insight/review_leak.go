package insight

import (
	"math"

	"github.com/shirube/shirube/internal/formula"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// leakFinding words a leaking step: which, since when, what it costs, and where.
func (r *reviewer) leakFinding(l leak) ReviewFinding {
	v, s := r.v, r.stakes
	kgi := v.model.KGI()
	was, is := words.Amount{Value: l.before, Unit: l.ind.Unit}, words.Amount{Value: l.now, Unit: l.ind.Unit}
	way := words.T("下がりました", "fell")
	if l.now > l.before {
		way = words.T("上がりました", "rose")
	}
	sentence := words.T("「%[1]s」が%[2]sごろに%[3]sから%[4]sへ%[5]s。", "“%[1]s” %[5]s from %[3]s to %[4]s around %[2]s.", l.ind.Name, l.on, was, is, way)
	numbers := map[string]any{
		"date": l.on.String(), "range": []string{l.first.String(), l.last.String()}, "before": l.before, "after": l.now, "ratio": l.now / l.before,
	}
	units, _, ok := s.gain(map[string]float64{l.ind.ID: l.before / l.now})
	if l.now == 0 {
		units, ok = s.asBefore(l.base)
	}
	var stake *Stake
	var soFar words.Text
	if ok && units > 0 {
		sentence = words.Join([]words.Text{sentence, words.T("戻らなければ、%s", "Unless it recovers, %s", s.costs(units))}, "", " ")
		numbers["units"] = units
		stake = s.lost(units, words.T("「%[1]s」が%[2]sに戻ったとして、この先の見込みを式のとおりに計算し直した差です。",
			"The difference when “%[1]s” goes back to %[2]s and what is still to come is computed anew by the formulas.", l.ind.Name, was))
		soFar = r.lostSoFar(l)
	}
	var event words.Text
	if e := v.nearEvent(l.on, l.first, l.last); e != nil {
		event = eventSentence(e)
		numbers["event"] = e.What
	}
	mend := words.T("%[1]sの前後に変えたもの(ページ・リンク・計測)を確かめ、この段を自分の手で通ってみましょう。",
		"Look at what was changed around %[1]s (pages, links, tracking), and walk through this step yourself.", l.on)
	if l.part != "" {
		numbers["dimension"], numbers["part"], numbers["part_before"], numbers["part_after"] = l.dimension, l.part, l.partWas, l.partIs
		mend = words.T("「%[2]s」でこの段を自分の手で通ってみましょう。%[1]sの前後に変えたものから確かめると、早く見つかります。",
			"Walk through this step yourself with “%[2]s”. Begin with what was changed around %[1]s.", l.on, l.part)
	}
	if l.partShare > 0 {
		numbers["part_share"] = l.partShare
	}
	f := r.finding("step-leaks", goal.SeverityWarning, l.ind, sentence, mend, numbers)
	f.Body = v.sayAll(r.where(l), event, r.behindFor(l), soFar)
	f.Stake = stake
	f.Chart = r.leakPicture(l)
	f.Why.Full = v.say(words.T("%[1]sより前と後の日ごとの数を、曜日と休日をそろえてくらべました(長い傾向や季節がはっきりあれば、それも除きます)。変わった日は%[2]s〜%[3]sのどこかで(95%%の幅)、たまたまこう見える恐れは、ほかの段と合わせても20回に1回より小さいと見ています。失う「%[4]s」の数は、見込みと式から計算しています。",
		"Daily counts before and after %[1]s were compared with weekdays and holidays alike (and a trend or season taken out where there clearly is one). The day lies between %[2]s and %[3]s (95%% range); among all steps looked at, fewer than one in twenty such findings is chance. What it costs in “%[4]s” is computed from the forecast and the formulas.",
		l.on, l.first, l.last, kgi.Name))
	return f
}

// where says at which value of a dimension the fall happened.
func (r *reviewer) where(l leak) words.Text {
	if l.part == "" {
		return words.Text{}
	}
	was, is := words.Amount{Value: l.partWas, Unit: l.ind.Unit}, words.Amount{Value: l.partIs, Unit: l.ind.Unit}
	place := words.T("下がったのは「%[1]s」です(%[2]s→%[3]s)。", "It happened with “%[1]s” (%[2]s → %[3]s).", l.part, was, is)
	if l.now > l.before {
		place = words.T("上がったのは「%[1]s」です(%[2]s→%[3]s)。", "It happened with “%[1]s” (%[2]s → %[3]s).", l.part, was, is)
	}
	switch {
	case l.partShare >= .95:
		return words.Join([]words.Text{place, words.T("ほかでは変わっていません。", "Nothing changed elsewhere.")}, "", " ")
	case l.partShare > 0:
		return words.Join([]words.Text{place, words.T("変化の%sがここから来ています。", "%s of the change comes from there.", words.Percent(l.partShare))}, "", " ")
	}
	return place
}

// behindFor names the KPIs above that are behind because of a leak.
func (r *reviewer) behindFor(l leak) words.Text {
	var names []words.Text
	for _, ind := range r.v.model.Indicators {
		f, behind := r.v.catchUp(ind)
		if behind && !ind.IsKGI && r.v.restsOn(ind.ID, l.ind.ID) && r.brings(ind, map[string]float64{l.ind.ID: l.before / l.now}, f) {
			names = append(names, words.T("「%s」", "“%s”", ind.Name))
		}
	}
	if len(names) == 0 {
		return words.Text{}
	}
	return words.T("%sが遅れているのも、これで説明がつきます。", "That %s is behind follows from this.", words.Join(names, "", ", "))
}

// lostSoFar is what the leak has cost the KGI already.
func (r *reviewer) lostSoFar(l leak) words.Text {
	kgi := r.v.model.KGI()
	if r.v.ev.Kind(kgi.ID) != formula.Flow {
		return words.Text{}
	}
	ratio, _ := r.stakes.ratio(map[string]float64{l.ind.ID: l.before / l.now})
	span := series.Span{From: l.on, To: r.v.asOf}
	units := math.Abs(r.v.valueOnce(kgi.ID, span).V * (ratio - 1))
	if !exists(units) || units < 1 {
		return words.Text{}
	}
	return words.T("%[1]sから今日までに、すでに%[2]sの差が出ています。", "Since %[1]s it has made a difference of %[2]s already.", l.on, r.stakes.roughly(units))
}

// leakPicture draws the rate over weeks, each point the seven days up to it.
func (r *reviewer) leakPicture(l leak) *Picture {
	p := &Picture{Kind: "level", Unit: l.ind.Unit, Break: &l.on, Before: number(l.before), After: number(l.now), Label: l.ind.Name}
	from := max(l.on-pictureDays, l.base.From)
	p.Points = r.v.weekly(l.ind, series.Span{From: from, To: r.v.asOf})
	return p
}

// pictureDays is how much of the time before a change a small picture shows.
const pictureDays = 91

// weekly is an indicator week by week up to the end of a span.
func (v *View) weekly(ind *goal.Indicator, span series.Span) []PicPoint {
	out := []PicPoint{}
	for end := span.To - series.Day(span.Days()/7*7) + 7; end <= span.To; end += 7 {
		week := series.Span{From: end - 6, To: end}
		out = append(out, PicPoint{Date: end, Value: number(v.valueOnce(ind.ID, week).V)})
	}
	return out
}
