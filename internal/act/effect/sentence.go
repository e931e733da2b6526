package effect

import (
	"math"

	"github.com/shirube/shirube/internal/words"
)

// Sentence says what an automation brought. outcome is how people call what is counted, as
// in "問い合わせ".
func (e Effect) Sentence(outcome words.Text) words.Text {
	switch e.Verdict {
	case Works, Harms:
		more := words.T("増えます", "more")
		if e.Verdict == Harms {
			more = words.T("減ります", "fewer")
		}
		value, low, high := perHundred(e.Absolute.Value), perHundred(e.Absolute.Always[0]), perHundred(e.Absolute.Always[1])
		if e.Verdict == Harms {
			low, high = high, low
		}
		return words.T("送ると、「%[1]s」につながる方が100人あたり%[2]s人%[3]s(%[4]s〜%[5]s人のあいだ)。", "Sending it brings %[2]s %[3]s people to “%[1]s” per 100 (between %[4]s and %[5]s).",
			outcome, value, more, low, high)
	case Same:
		return words.T("送っても送らなくても、「%[1]s」はほとんど変わりません。差があっても1割までです。", "Whether it is sent or not hardly changes “%[1]s”: any difference is within a tenth.", outcome)
	}
	return words.Join([]words.Text{e.why(outcome), e.waiting()}, "", " ")
}

// perHundred is a difference of rates as people in a hundred, without its sign.
func perHundred(d float64) string {
	d = math.Abs(d) * 100
	switch {
	case d >= 9.95:
		return words.Group(math.Round(d), 0)
	case d >= 0.095:
		return words.Group(d, 1)
	}
	return words.Group(d, 2)
}

func (e Effect) why(outcome words.Text) words.Text {
	switch e.Reason {
	case NoHoldout:
		return words.T("だれにも送らずにいる人がいないので、くらべる相手がなく、効果は言えません。", "Nobody is held out, so there is nobody to compare with, and its effect cannot be told.")
	case NobodyYet:
		return words.T("まだ言えません。入った人を見とどける日数が、まだだれも過ぎていません。", "It cannot be told yet: nobody has been watched for long enough since they entered.")
	case NoOutcome:
		return words.T("まだ言えません。「%s」につながった方が、まだひとりもいません。", "It cannot be told yet: nobody has had “%s” so far.", outcome)
	case Mismatched:
		return words.T("送った人と送らずにいる人の分かれ方が、くじの割合と違います。記録がどこかで欠けているので、この比較は信用できません。",
			"People are not split as the lot says. Something is missing from the record, and this comparison cannot be trusted.")
	case Unmeasured:
		return words.T("「%s」は人ごとに分からない数なので、送った人と送らずにいる人をくらべられません。", "“%s” is not known person by person, so the two groups cannot be compared.", outcome)
	}
	return words.T("まだ言えません。", "It cannot be told yet.")
}

func (e Effect) waiting() words.Text {
	switch {
	case e.Days > 0:
		return words.T("いまの調子で、あと約%d日分です。", "About %d more days at this pace.", rounded(e.Days))
	case e.Wait == NoOne:
		return words.T("新しく入る人がいないので、待っても分かりません。", "Nobody enters any more, so waiting will not tell.")
	case e.Wait == TooSlow:
		return words.T("いまの人数では、2年待っても分かりそうにありません。送らずにいる人の割合を増やすと早くなります。", "At this pace not even two years would tell. Holding out a larger share makes it faster.")
	}
	return words.Text{}
}

// rounded keeps two figures: a number of days to come is no more exact than that.
func rounded(days int) int {
	if days < 100 {
		return days
	}
	return int(math.Round(float64(days)/10) * 10)
}

// Says is what a reason of having no effect on the KGI, or no yen, says to people.
func (r Reason) Says(outcome words.Text) words.Text { return Effect{Reason: r}.why(outcome) }
