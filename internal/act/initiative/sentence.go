package initiative

import (
	"math"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// Sentence says what came of an initiative, as it was known then.
func (e Estimate) Sentence() words.Text {
	if e.Verdict != CannotTell && e.Effect != nil {
		more := words.T("増えました", "more")
		if e.Verdict == Harms {
			more = words.T("減りました", "fewer")
		}
		value, low, high := math.Abs(e.Effect.Value), e.Effect.Low, e.Effect.High
		if e.Verdict == Harms {
			low, high = -high, -low
		}
		in := func(v float64) words.Amount { return words.Amount{Value: v, Unit: e.KPI.Unit} }
		span := words.T("%[1]d日で", " in %[1]d days", int(e.To-e.From)+1)
		if !e.Total {
			span = words.T("1日あたり", " a day")
		}
		if e.Method == Randomized {
			return words.T("送らずにいた人とくらべて、%[1]sが%[5]s%[2]s%[6]s(%[3]s〜%[4]sのあいだ)。", "Beside those held out, %[2]s %[6]s of %[1]s%[5]s (between %[3]s and %[4]s).",
				e.named(), in(value), in(low), in(high), span, more)
		}
		return words.T("やらなかった場合にくらべて、「%[1]s」が%[5]s%[2]s%[6]s(%[3]s〜%[4]sのあいだ)。", "Compared with what it would have been without, %[2]s %[6]s of “%[1]s”%[5]s (between %[3]s and %[4]s).",
			e.KPI.Name, in(value), in(low), in(high), span, more)
	}
	switch e.Reason {
	case NotBegun:
		return words.T("まだ始まっていません。", "It has not begun yet.")
	case NoIndicator:
		return words.T("ねらうKPIが、いまの地図にありません。", "Its KPI is not on the map any more.")
	case NoNumbers:
		return words.T("「%s」に毎日の数がないので、効果は言えません。", "“%s” has no daily numbers, so its effect cannot be told.", e.KPI.Name)
	case TooShort:
		return words.T("はじめる前か、はじめてからの日数が足りないので、まだ言えません。前に8週、あとに1週あると言えるようになります。", "There are too few days before or since. Eight weeks before and one since are needed.")
	case NoComparison:
		return words.T("くらべる相手がないので言えません。数が動いていても、この施策のおかげかは分かりません。", "There is nothing to compare with, so it cannot be told: a number that moved may have moved without it.")
	case Unsure:
		return words.T("この数は何もなくても大きく動くので、この施策のおかげかは言えません。", "This number moves as much when nothing is done, so it cannot be told.")
	}
	if e.Method == Randomized {
		return words.T("送った人と送らずにいた人のちがいは、まだ偶然の幅の中です。", "The difference from those held out is still within chance.")
	}
	return words.T("動きは、やらなかった場合に考えられる幅の中です。効果があったとも、なかったとも言えません。", "What happened lies within what was to be expected without it: neither an effect nor none can be told.")
}

// named is what was counted; the goal of an automation has its marks already.
func (e Estimate) named() words.Text {
	if e.KPI.ID == "" {
		return words.Text{JA: e.KPI.Name, EN: e.KPI.Name}
	}
	return words.T("「%s」", "“%s”", e.KPI.Name)
}

// MethodName is how a method is called.
func (m Method) MethodName() words.Text {
	switch m {
	case Randomized:
		return words.T("実験(送らずにおく人とくらべる)", "experiment (beside people held out)")
	case Intervention:
		return words.T("前後比較(ほかの数から、やらなかった場合を見積もる)", "before and after (what it would have been, read from other numbers)")
	}
	return words.T("くらべていません", "nothing to compare with")
}

// OnKGISentence says what it brought to the KGI, or why that is not known.
func (e Estimate) OnKGISentence() words.Text {
	if e.KGI == nil || e.OnKGI == nil {
		return words.T("KGIへの効果は計算できません。", "Its effect on the KGI cannot be computed.")
	}
	in := func(v float64) words.Change { return words.Change{Value: v, Unit: e.KGI.Unit} }
	return words.T("KGI「%[1]s」に%[2]s(%[3]s〜%[4]s)", "%[2]s of the KGI “%[1]s” (%[3]s to %[4]s)", e.KGI.Name, in(e.OnKGI.Value), in(e.OnKGI.Low), in(e.OnKGI.High))
}

// LeverSentence says what became of what the team moved itself; zero where nobody said.
func (e Estimate) LeverSentence() words.Text {
	if e.Lever == nil {
		return words.Text{}
	}
	if e.Moved == nil {
		return words.T("「%s」がどれだけ変わったかは、まだ言えません。前に8週、あとに2週の記録が要ります。", "By how much “%s” changed cannot be told yet: eight weeks before and two since are needed.", e.Lever.Name)
	}
	said := words.T("動かした「%[1]s」は、1日あたり%[2]s(%[3]s〜%[4]s)。", "What was moved, “%[1]s”, changed by %[2]s a day (%[3]s to %[4]s).",
		e.Lever.Name, words.RelativeChange(e.Moved.Value), words.RelativeChange(e.Moved.Low), words.RelativeChange(e.Moved.High))
	if e.Speaks() {
		return words.Join([]words.Text{said, words.T("地図の「%[1]s」から「%[2]s」への道の根拠になります。", "It counts as evidence for the road from “%[1]s” to “%[2]s” on the map.", e.Lever.Name, e.KPI.Name)}, "", " ")
	}
	return said
}

// Speaks reports whether an estimate says something of the road from what was moved to the
// KPI: both moved, and by more than chance does.
func (e Estimate) Speaks() bool {
	clear := func(a *Amount) bool { return a != nil && (a.Low > 0 || a.High < 0) }
	return e.Verdict != CannotTell && e.Lever != nil && clear(e.Moved) && clear(e.Relative) && e.Relative.Low > -1
}

// PaysSentence says what a unit of the KGI cost, or why that is not known.
func (e Estimate) PaysSentence() words.Text {
	switch {
	case e.PerKGI != nil:
		return words.T("%[1]s1%[2]sあたり%[3]s", "%[3]s a %[2]s of “%[1]s”", e.KGI.Name, unitOf(e.KGI.Unit), words.Amount{Value: math.Round(*e.PerKGI), Unit: "円"})
	case e.Cost == nil:
		return words.T("費用を入れると、費用対効果が分かります。", "Say what it cost, and what it costs a result is known.")
	case e.OnKGI == nil:
		return words.T("KGIへの効果が分からないので、費用対効果は言えません。", "Its effect on the KGI is not known, so what a result costs is not either.")
	}
	return words.T("効果がまだ言えないので、費用対効果も言えません。", "Its effect cannot be told yet, nor what a result costs.")
}

func unitOf(unit string) string {
	if unit == "" {
		return words.T("件", "").JA
	}
	return unit
}

// NotYet is an estimate of what cannot be looked at.
func NotYet(reason Reason, kpi Named, from, to series.Day) Estimate {
	return Estimate{Method: NoMethod, Verdict: CannotTell, Reason: reason, KPI: kpi, From: from, To: to, Compared: []string{}, Chart: []ChartDay{}}
}
