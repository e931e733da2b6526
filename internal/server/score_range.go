package server

import (
	"math"
	"slices"

	"github.com/shirube/shirube/internal/act/form"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// ScoreRange is how far a survey's score can be relied on: many other answers would have
// given another score.
type ScoreRange struct {
	Kind     string  `json:"kind" enum:"nps,csat"`
	Low      float64 `json:"low" doc:"95 %, in the indicator's own unit"`
	High     float64 `json:"high"`
	Answers  int     `json:"answers"`
	Sentence string  `json:"sentence"`
}

// scoreRange is the range of an indicator that is the score of a survey, over some days; nil
// of any other. What it is, is read off what it counts, and believed only when the score
// made of these counts is the indicator's own value: a formula of one's own keeps its value
// and gets no range that is another's.
func scoreRange(ev *goal.Evaluator, id string, span series.Span, lang words.Lang) *ScoreRange {
	kind, counts, ok := surveyCountsOf(ev, id, span)
	if !ok {
		return nil
	}
	value := ev.Value(id, span).V
	answers := counts["answers"]
	r := &ScoreRange{Kind: string(kind), Answers: answers}
	var score float64
	var interval [2]float64
	if kind == form.Nps {
		n := form.Recommend([11]int{0: counts["detractors"], 8: answers - counts["promoters"] - counts["detractors"], 10: counts["promoters"]})
		score, interval = n.Score, n.Interval
	} else {
		c := form.Content([5]int{0: answers - counts["satisfied"], 4: counts["satisfied"]})
		score, interval = c.Share, c.Interval
	}
	// A share may be written as 0.6 or as 60.
	for _, times := range []float64{1, 100, .01} {
		if math.Abs(value-score*times) <= 1e-9*math.Max(1, math.Abs(value)) {
			r.Low, r.High = interval[0]*times, interval[1]*times
			r.Sentence = rangeSentence(kind, interval, answers, lang)
			return r
		}
	}
	return nil
}

func rangeSentence(kind form.QuestionKind, interval [2]float64, answers int, lang words.Lang) string {
	if kind == form.Nps {
		return words.T("%d件の回答からの点数です。95%%の幅は%s〜%sです。", "From %d answers; the 95%% range is %s to %s.", answers,
			words.Signed(interval[0], 0), words.Signed(interval[1], 0)).In(lang)
	}
	return words.T("%d件の回答からの割合です。95%%の幅は%.0f〜%.0f%%です。", "From %d answers; the 95%% range is %.0f to %.0f%%.", answers,
		100*interval[0], 100*interval[1]).In(lang)
}

// surveyCountsOf are the counts below an indicator, where they are those of one scale of
// one form.
func surveyCountsOf(ev *goal.Evaluator, id string, span series.Span) (kind form.QuestionKind, counts map[string]int, ok bool) {
	var of, by string
	counts = map[string]int{}
	leaves := ev.Model().Leaves(id)
	for _, name := range leaves {
		m := ev.Model().Metric(name)
		formID, question := countedForm(m)
		if formID == "" || question == "" || of != "" && (of != formID || by != question) {
			return "", nil, false
		}
		of, by = formID, question
		answers := answersCounted(m, question)
		for candidate, parts := range surveyCounts {
			for part, values := range parts {
				if slices.Equal(answers, slices.Sorted(slices.Values(values))) && (kind == "" || kind == candidate) {
					v, there := ev.Metric(name, span)
					if !there || v < 0 {
						return "", nil, false
					}
					kind, counts[part] = candidate, int(math.Round(v))
				}
			}
		}
	}
	if kind == "" || len(counts) != len(surveyCounts[kind]) || len(leaves) != len(counts) || counts["answers"] == 0 {
		return "", nil, false
	}
	return kind, counts, counts["answers"] >= counts["satisfied"]+counts["promoters"]+counts["detractors"]
}

// answersCounted are the answers a metric counts, sorted as texts.
func answersCounted(m *goal.Metric, question string) []string {
	for _, f := range m.Events.Where {
		if f.Column == question {
			return slices.Sorted(slices.Values(f.Values))
		}
	}
	return nil
}
