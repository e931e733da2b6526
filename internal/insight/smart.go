package insight

import (
	"strings"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/words"
)

// SmartLine is one letter: specific, measurable, achievable, relevant,
// time-bound.
type SmartLine struct {
	Letter   string `json:"letter"` // S M A R T
	Title    string `json:"title"`  // 具体的か
	State    string `json:"state"`  // ok, warn, no, wait
	Sentence string `json:"sentence"`
	Hint     string `json:"hint"`
}

// The states of a SmartLine.
const (
	SmartOK   = "ok"
	SmartWarn = "warn"
	SmartNo   = "no"
	SmartWait = "wait" // cannot be told yet
)

// Smart tests the KGI by the five letters, in their order.
func Smart(ev *goal.Evaluator, opt Options) []SmartLine { return NewView(ev, opt).Smart() }

// Smart tests the KGI by the five letters.
func (v *View) Smart() []SmartLine {
	kgi := v.model.KGI()
	lines := make([]SmartLine, 0, 5)
	for _, c := range []struct {
		letter string
		title  words.Text
		test   func(*goal.Indicator) (state string, sentence, hint words.Text)
	}{
		{"S", words.T("具体的か", "Specific"), v.specific},
		{"M", words.T("測れるか", "Measurable"), v.measurable},
		{"A", words.T("届きそうか", "Achievable"), v.achievable},
		{"R", words.T("つながるか", "Relevant"), v.relevant},
		{"T", words.T("いつまでか", "Time-bound"), v.timeBound},
	} {
		state, sentence, hint := c.test(kgi)
		lines = append(lines, SmartLine{c.letter, v.say(c.title), state, v.say(sentence), v.say(hint)})
	}
	return lines
}

func (v *View) specific(kgi *goal.Indicator) (string, words.Text, words.Text) {
	switch {
	case kgi.Unit == "":
		return SmartNo, words.T("「%s」の単位がありません。", "“%s” has no unit.", kgi.Name),
			words.T("件・円・人・% のどれで数えるかを決めます。", "Decide what it is counted in.")
	case kgi.Definition == "":
		return SmartWarn, words.T("「%s」は、何を数えますか?", "What does “%s” count?", kgi.Name),
			words.T("何を数えるかを一文で決めます。", "Say it in one sentence.")
	case kgi.Owner == "":
		return SmartWarn, words.T("担当者が決まっていません。", "Nobody owns it."),
			words.T("毎朝この数を見る人を1人決めます。", "Name the one person who looks at it each morning.")
	}
	return SmartOK, words.T("%s。", "%s.", strings.TrimRight(kgi.Definition, "。.")),
		words.T("単位は%s、担当は%sさんです。", "Unit: %s. Owner: %s.", kgi.Unit, kgi.Owner)
}

func (v *View) measurable(kgi *goal.Indicator) (string, words.Text, words.Text) {
	switch {
	case kgi.Target == nil || kgi.Target.Kind == goal.TargetVague:
		return SmartNo, words.T("数がありません。", "There is no number."),
			words.T("「増やす」だけでは、届いたか分かりません。", "“More” alone never tells whether you have arrived.")
	case !v.model.Measurable(kgi.ID):
		return SmartNo, words.T("まだどこからも測られていません。", "It is not measured anywhere yet."),
			words.T("データの列をつなぐか、測られた指標の式にします。", "Connect a column of data, or compute it from indicators that are measured.")
	case present(v.history(kgi.ID)) == 0:
		return SmartWait, words.T("%sを目指します。データはまだありません。", "The aim is %s. There are no data yet.", v.targetLabel(kgi)),
			words.T("データを取り込むと、今日の位置が出ます。", "Import data to see where you stand.")
	}
	return SmartOK, words.T("%sを目指します。", "The aim is %s.", v.targetLabel(kgi)),
		words.T("%d日分のデータがあります。", "There are %d days of data.", present(v.history(kgi.ID)))
}

func (v *View) achievable(kgi *goal.Indicator) (string, words.Text, words.Text) {
	t := kgi.Target
	if t == nil || t.Kind == goal.TargetVague {
		hint := words.T("これまでのデータから計算します。", "It is computed from your data so far.")
		if _, past, ok := v.proposedAmount(kgi); ok {
			hint = words.T("%sです。", "%s.", past)
		}
		return SmartWait, words.T("数が決まると見込みを出します。", "Once there is a number, there will be a probability."), hint
	}
	if v.over(t) {
		return SmartWait, words.T("この目標の期間は終わりました。", "The time of this target is over."),
			words.T("次の目標を決めましょう。", "Set the next one.")
	}
	p, landing, ok := v.chance(kgi)
	if !ok {
		_, _, why := v.landingOutcome(kgi)
		if _, noAmount := v.amount(kgi); why.Zero() {
			why = noAmount
		}
		return SmartWait, words.T("見込みはまだ出せません。", "There is no probability yet."), why
	}
	hint := words.T("これまでの動きからは%sほどになります。", "Going by its history it comes to about %s.", words.Amount{Value: roundLike(landing), Unit: kgi.Unit})
	sentence := words.T("届く見込みは%sです。", "The probability of reaching it is %s.", words.Chance(p))
	switch {
	case p < unrealistic:
		return SmartNo, sentence, hint
	case p < 0.2 || p > tooEasy && !v.settled(kgi):
		return SmartWarn, sentence, hint
	}
	return SmartOK, sentence, hint
}

func (v *View) relevant(kgi *goal.Indicator) (string, words.Text, words.Text) {
	if kgi.Serves == "" {
		return SmartNo, words.T("どの経営目標のためか、書かれていません。", "It is not said which management goal it serves."),
			words.T("売上・採用・認知などから選びます。", "Choose one: revenue, recruiting, branding, …")
	}
	serves := goal.ManagementGoal(kgi.Serves)
	sentence := words.T("「%s」につながります。", "It serves “%s”.", serves)
	linked := len(v.model.Depths()) - 1
	if linked == 0 {
		return SmartWarn, sentence, words.T("まだKPIがつながっていません。", "No KPI is linked to it yet.")
	}
	return SmartOK, sentence, words.T("%d個のKPIがつながっています。", "KPIs linked to it: %d.", linked)
}

func (v *View) timeBound(kgi *goal.Indicator) (string, words.Text, words.Text) {
	t := kgi.Target
	if t == nil || t.By == nil {
		by := v.proposedDeadline(kgi)
		return SmartNo, words.T("期限がありません。", "There is no deadline."),
			words.T("年度の終わり(%s)が合いそうです。", "The end of the fiscal year (%s) may suit.", by)
	}
	left := int(*t.By) - int(v.asOf)
	sentence := words.T("期限は%sです。", "The deadline is %s.", t.By.Long())
	if left <= 0 {
		return SmartOK, sentence, words.T("期限を過ぎています。", "It has passed.")
	}
	return SmartOK, sentence, words.T("あと%d日です。", "%d days left.", left)
}
