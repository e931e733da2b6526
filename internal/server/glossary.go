package server

import (
	"github.com/shirube/shirube/internal/formula"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/words"
)

// term is a word of the screens with what it means.
type term struct{ name, text words.Text }

var (
	termPace = term{words.T("目安", "Pace"), words.T(
		"目標に届くために、今日までに必要な数です。曜日・祝日・季節を数えて決めています。",
		"What is needed by today to reach the target, counting weekdays, holidays and season.")}
	termAttainment = term{words.T("達成率", "Attainment"), words.T(
		"いまの値を目標で割ったものです。100%で達成です。", "Today's value over the target; 100% is there.")}
	termLanding = term{words.T("着地見込み", "Landing"), words.T(
		"このままの動きが続いたときの、期限の日の値です。帯は10回に8回はこの中に入る幅です。",
		"The value on the deadline if things go on like this. Eight times in ten it falls into the band.")}
	termRate = term{words.T("割合", "Rate"), words.T(
		"期間の合計どうしを割って出します。日ごとの割合の平均ではありません。",
		"One sum of the period over another, never the mean of daily rates.")}
	termLevel = term{words.T("水準", "Level"), words.T(
		"足し合わせない数です。その時点の高さを見ます。", "A number that is not added up: its height on the day counts.")}
	termGap = term{words.T("差分", "Gap"), words.T(
		"測った値と、式で計算した値との差です。式に入っていない理由があることを示します。",
		"The measured value less the one the formula gives: something is not in the formula.")}
	termHold = term{words.T("維持", "Hold"), words.T(
		"期間ごとに決めた数に届いているかを見ます。", "Whether each period reaches the number.")}
	termLeading = term{words.T("先行", "Leading"), words.T(
		"結果より先に動く数です。", "A number that moves before the result does.")}
)

// wordsOn explains the words the page of an indicator uses.
func wordsOn(ind *goal.Indicator, r *insight.Reading, lang words.Lang) []GlossaryEntry {
	var terms []term
	if r.Expected != nil {
		terms = append(terms, termPace)
	}
	if r.Attainment != nil {
		terms = append(terms, termAttainment)
	}
	if r.Forecast.Mean != nil {
		terms = append(terms, termLanding)
	}
	if ind.Target != nil && ind.Target.Kind == goal.TargetHold {
		terms = append(terms, termHold)
	}
	switch r.Kind {
	case formula.Rate.String():
		terms = append(terms, termRate)
	case formula.Level.String():
		terms = append(terms, termLevel)
	}
	if r.Reconciliation != nil {
		terms = append(terms, termGap)
	}
	if ind.Role == goal.RoleLeading {
		terms = append(terms, termLeading)
	}
	entries := make([]GlossaryEntry, len(terms))
	for i, t := range terms {
		entries[i] = GlossaryEntry{Term: t.name.In(lang), Text: t.text.In(lang)}
	}
	return entries
}
