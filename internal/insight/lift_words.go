package insight

import (
	"math"

	"github.com/shirube/shirube/internal/stat/lift"
	"github.com/shirube/shirube/internal/words"
)

// sentence says what one arm showed, without a word of statistics.
func (in LiftInput) sentence(f LiftFinding) words.Text {
	arm, control, outcome := f.Arm, in.Control.Name, in.Outcome
	if f.Reason != nil {
		switch *f.Reason {
		case lift.TooFew:
			return words.T("「%[1]s」と「%[2]s」は、まだ人数か件数が少なすぎて比べられません。", "There are too few people or outcomes yet to compare “%[1]s” with “%[2]s”.", arm, control)
		case lift.NoVariation:
			return words.T("「%[3]s」が全員同じなので、「%[1]s」と「%[2]s」の差は調べられません。", "“%[3]s” is the same for everyone, so “%[1]s” and “%[2]s” cannot be told apart.", arm, control, outcome)
		case lift.NoDenominator:
			return words.T("割る数の合計が0なので、「%[1]s」と「%[2]s」は比べられません。", "What it is counted per sums to zero, so “%[1]s” cannot be compared with “%[2]s”.", arm, control)
		case lift.OutOfRange:
			return words.T("数が大きすぎて、「%[1]s」と「%[2]s」は比べられません。", "The numbers are too large to compare “%[1]s” with “%[2]s”.", arm, control)
		}
	}
	size := in.size(f)
	switch {
	case f.Verdict == lift.Same:
		return words.T("「%[1]s」の「%[3]s」は「%[2]s」とほとんど変わりません。差があっても%[4]sまでです。", "With “%[1]s”, “%[3]s” is practically the same as with “%[2]s”: any difference is within %[4]s.", arm, control, outcome, words.Percent(in.Question.Matters))
	case f.By != nil && *f.By == LiftByAlways:
		return words.T("「%[1]s」の「%[3]s」は「%[2]s」より%[4]s、この差は偶然では説明しにくいものです。", "With “%[1]s”, “%[3]s” is %[4]s than with “%[2]s”, and chance hardly explains the difference.", arm, control, outcome, size)
	case f.By != nil:
		return words.Join([]words.Text{
			words.T("「%[1]s」の「%[3]s」は「%[2]s」より%[4]sなっています。見る日を前もって決めていたのなら、偶然では説明しにくい差です。途中で何度も見ているなら、まだ決めずに続けてください。",
				"With “%[1]s”, “%[3]s” is %[4]s than with “%[2]s”. If the day of looking was fixed beforehand, chance hardly explains it; if you look again and again, do not decide yet.", arm, control, outcome, size),
			in.more(f)}, "", " ")
	}
	return words.Join([]words.Text{
		words.T("「%[3]s」は、「%[1]s」と「%[2]s」で差があるとも、ないとも、まだ言えません。", "Whether “%[3]s” differs between “%[1]s” and “%[2]s” cannot be told yet.", arm, control, outcome),
		in.more(f)}, "", " ")
}

// size is how much more or less, joined to the words that follow.
func (in LiftInput) size(f LiftFinding) words.Text {
	way := words.T("多く", "higher")
	if f.Absolute.Difference < 0 {
		way = words.T("少なく", "lower")
	}
	if f.Lift == nil || f.CI95 == nil || math.Abs(*f.Lift) >= 10 {
		unit := ""
		if in.Share {
			unit = "%"
		}
		return words.T("%s%s", "%s %s", unsigned{words.Change{Value: f.Absolute.Difference, Unit: unit}}, way)
	}
	return words.T("約%s%s", "about %s %s", words.Percent(math.Abs(*f.Lift)), way)
}

// more says what it takes to settle the question.
func (in LiftInput) more(f LiftFinding) words.Text {
	if f.ToDecision == nil {
		if in.Question.Matters > 0 {
			return words.T("%sの差は、現実的な人数では見分けられません。", "No realistic number of people tells a difference of %s.", words.Percent(in.Question.Matters))
		}
		return words.T("いまの差はごく小さく、どれだけ集めれば分かるかの見当もつきません。どれくらいの差なら意味があるかを --matters で決めてください。",
			"The difference so far is so small that no number of people can be named. Say with --matters which difference would matter.")
	}
	people := words.Amount{Value: twoFigures(float64(f.ToDecision.People)), Unit: ""}
	if f.ToDecision.Days != nil {
		return words.T("%[1]sの差があるかどうかは、あと約%[2]s人(いまの調子で約%[3]d日)で分かる見込みです。", "Whether there is a difference of %[1]s should be known after about %[2]s more people (about %[3]d days at this rate).",
			words.Percent(f.ToDecision.Lift), people, *f.ToDecision.Days)
	}
	return words.T("%[1]sの差があるかどうかは、あと約%[2]s人で分かる見込みです。", "Whether there is a difference of %[1]s should be known after about %[2]s more people.", words.Percent(f.ToDecision.Lift), people)
}

// twoFigures keeps two figures: an estimate of people is no more exact than that.
func twoFigures(v float64) float64 {
	if v < 100 {
		return math.Ceil(v)
	}
	unit := math.Pow(10, math.Floor(math.Log10(v))-1)
	return math.Round(v/unit) * unit
}

func (in LiftInput) warnings(m *LiftMismatch) []words.Text {
	var out []words.Text
	if m != nil && m.Found {
		if m.Assumed {
			out = append(out, words.T("人数が均等に分かれていません。はじめから均等でない計画なら --expect で割合を伝えてください。均等のはずだったのなら、振り分けか記録が壊れていて、この結果は信用できません。",
				"People are not split equally. If they were never meant to be, say so with --expect. If they were, the assignment or the recording is broken and these results cannot be trusted."))
		} else {
			out = append(out, words.T("人数の分かれ方が計画と違います。振り分けか記録が壊れていて、この結果は信用できません。",
				"People are not split as planned. The assignment or the recording is broken and these results cannot be trusted."))
		}
	}
	if in.LeftOut > 0 {
		out = append(out, words.T("グループか結果が空の%s行は数えていません。", "%s rows without an arm or an outcome were left out.", words.Group(float64(in.LeftOut), 0)))
	}
	blank := in.Control.Tally.Blank
	for _, a := range in.Arms {
		blank += a.Tally.Blank
	}
	if in.Question.Before && blank > 0 {
		out = append(out, words.T("事前の数がない%s人は、平均の人とみなしました。", "%s people without a number from before were taken as average.", words.Group(blank, 0)))
	}
	return out
}
