package insight

import (
	"math"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/stat/link"
	"github.com/shirube/shirube/internal/words"
)

// pushed is the change of a KPI that effects are told for: +10%.
const pushed = 0.10

// brings is the relative change that a push of ten percent brings.
func brings(elasticity float64) words.SmallChange {
	return words.SmallChange(math.Pow(1+pushed, elasticity) - 1)
}

// linkSentence says what the test of an influence found, to be pasted into a
// report.
func (v *View) linkSentence(l goal.Link, t *tested, e *LinkEvidence) words.Text {
	from, to := v.model.Indicator(l.From).Name, v.model.Indicator(l.To).Name
	said := []words.Text{}
	if t.step != t.to {
		said = append(said, words.T("「%[1]s」は件数が少なく、直接は確かめられません。「%[2]s」までで確かめます。",
			"“%[1]s” counts too few to be tested directly, so it is tested as far as “%[2]s”.", to, v.model.Indicator(t.step).Name))
	}
	said = append(said, v.verdictSentence(from, to, l, t, e))
	if e.Break != nil {
		said = append(said, v.breakSentence(e.Break))
	}
	return words.Join(said, "", " ")
}

func (v *View) verdictSentence(from, to string, l goal.Link, t *tested, e *LinkEvidence) words.Text {
	r := &t.result
	if t.tried != nil {
		return v.triedSentence(from, to, t, e)
	}
	switch r.Verdict {
	case link.Moves:
		return words.T("「%[1]s」が10%%増えると、「%[2]s」は約%[3]d日後に%[4]sになっています(確からしい幅は%[5]s〜%[6]s)。共通の原因は除けていません。",
			"When “%[1]s” rises by 10%%, “%[2]s” is at %[4]s about %[3]d days later (likely range %[5]s to %[6]s). A common cause cannot be ruled out.",
			from, to, int(math.Round(r.LagDays)), brings(e.Effect.Elasticity), brings(e.Effect.CI95[0]), brings(e.Effect.CI95[1]))
	case link.DoesNotMove:
		return words.T("「%[1]s」が増えても、「%[2]s」は動いていません。10%%増えたときの変化は、大きく見ても±%.1[3]f%%に届きません。",
			"“%[2]s” does not move when “%[1]s” does: ten percent more of it changes it by less than ±%.1[3]f%% at most.",
			from, to, 100*(math.Pow(1+pushed, l.Influence.Matters*math.Abs(t.carry))-1))
	}
	switch {
	case t.days == 0:
		return words.T("「%[1]s」と「%[2]s」には、同じ日の記録がまだありません。データがそろうと確かめられます。",
			"“%[1]s” and “%[2]s” have no day in common yet. Once there are data, the link can be tested.", from, to)
	case t.twin:
		return words.T("「%[1]s」と「%[2]s」は、同じ数をちがう名前で数えているようです。つながりを確かめる意味がないので、片方は地図から外せます。",
			"“%[1]s” and “%[2]s” seem to be the same number under two names. There is no link to test; one of them can leave the map.", from, to)
	case r.Why == link.Collinear && len(t.controls) == 0:
		return words.T("いまある日数では、「%[1]s」の効きを「%[2]s」のほかの動きと分けて見られません。",
			"With the days there are, what “%[1]s” does cannot be told apart from how “%[2]s” moves anyway.", from, to)
	}
	switch r.Why {
	case link.SameDay:
		return words.T("「%[1]s」と「%[2]s」は同じ日にいっしょに動いています。どちらが原因か、共通の原因があるのかは、この記録では分かりません。",
			"“%[1]s” and “%[2]s” move together on the same day. Which is the cause, or whether something else moves both, these records cannot tell.", from, to)
	case link.Reverse:
		return words.T("動く順番が逆です。「%[2]s」が先に動き、そのあと「%[1]s」が動いているように見えます。",
			"The order is the other way round: “%[2]s” seems to move first and “%[1]s” after it.", from, to)
	case link.FewPeakDays:
		return words.T("「%[1]s」と「%[2]s」は同じ数週間だけいっしょに高くなっています。その時期を除くと、つながりは見えません。",
			"“%[1]s” and “%[2]s” peaked in the same few weeks. Without those weeks no link is left.", from, to)
	case link.Constant, link.NoVariation:
		return words.T("「%[1]s」か「%[2]s」がほとんど変わらないので、つながりを確かめられません。増減させてみると分かります。",
			"“%[1]s” or “%[2]s” hardly changes, so the link cannot be tested. Varying it on purpose would tell.", from, to)
	case link.TooManyGaps:
		return words.T("「%[1]s」か「%[2]s」の記録に抜けが多く、つながりを確かめられません。",
			"Too many days of “%[1]s” or “%[2]s” are missing to test the link.", from, to)
	case link.Collinear:
		return words.T("「%[1]s」はほかのKPIとほとんど同じ動きをするので、「%[2]s」への効きを分けて見られません。",
			"“%[1]s” moves just like another KPI, so its own effect on “%[2]s” cannot be told apart.", from, to)
	case link.RareCounts:
		return words.T("「%[2]s」は件数が少なく、「%[1]s」が効いているかを日ごとの数からは確かめられません。",
			"“%[2]s” counts too few a day to tell whether “%[1]s” moves it.", from, to)
	}
	return v.waiting(from, to, r.DaysNeeded)
}

// yearsAreLong is from how many days on a wait is told in years.
const yearsAreLong = 400

func (v *View) waiting(from, to string, days int) words.Text {
	switch {
	case days > yearsAreLong:
		return words.T("「%[1]s」が「%[2]s」を動かすかは、まだ分かりません。このまま待つなら、あと%.1[3]f年分の記録が要ります。",
			"Whether “%[1]s” moves “%[2]s” cannot be told yet: it would take another %.1[3]f years of data.", from, to, float64(days)/365)
	case days > 0:
		return words.T("「%[1]s」が「%[2]s」を動かすかは、まだ分かりません。判定にはあと%[3]d日分のデータが必要です。",
			"Whether “%[1]s” moves “%[2]s” cannot be told yet: %[3]d more days of data are needed.", from, to, days)
	}
	return words.T("「%[1]s」が「%[2]s」を動かすかは、待っているだけでは分かりそうにありません。わざと増減させて試すのが近道です。",
		"Waiting will hardly tell whether “%[1]s” moves “%[2]s”. Varying it on purpose is the short way.", from, to)
}

func (v *View) breakSentence(b *Break) words.Text {
	return words.T("%[1]sごろにつながりが変わりました(%[2]s〜%[3]sのどこか)。それまでは10%%増えると%[4]s、いまは%[5]sです。",
		"The link changed around %[1]s (some day from %[2]s to %[3]s): ten percent more brought %[4]s before and brings %[5]s now.",
		b.Date, b.Range[0], b.Range[1], brings(b.Before.Elasticity), brings(b.After.Elasticity))
}

// linkMethod says in plain words how the test was made.
func (v *View) linkMethod(t *tested) words.Text {
	if t.tried != nil {
		return triedMethod(t)
	}
	said := []words.Text{words.T("%[1]sの%[2]d日分を使い、曜日・祝日・季節・長い傾向を取り除いてから、KPIの増減の%[3]sにKGI側がどれだけ動いたかを比べました。",
		"From %[2]d days (%[1]s), with weekdays, holidays, season and trend taken out, the rises and falls of the KPI were compared with what the other end did %[3]s.",
		t.span, t.days, words.T("あと", "afterwards"))}
	if len(t.controls) > 0 {
		names := make([]words.Text, len(t.controls))
		for i, id := range t.controls {
			names[i] = words.T("「%s」", "“%s”", v.model.Indicator(id).Name)
		}
		said = append(said, words.T("%sの影響は差し引いています。", "What comes from %s is taken off.", words.Join(names, "", ", ")))
	}
	if n := len(v.model.Influences); n > 1 {
		said = append(said, words.T("%d本のつながりを一度に見ているので、まぐれ当たりが混ざらないように基準を厳しくしています。",
			"Since %d links are looked at together, the bar is higher, so that chance hits do not slip in.", n))
	}
	return words.Join(said, "", " ")
}
