package server

import (
	"context"
	"math"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/act/form"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// FormResultsReply is what the answers of a form say, question by question.
type FormResultsReply struct {
	From      series.Day       `json:"from"`
	To        series.Day       `json:"to"`
	Answers   int              `json:"answers" doc:"forms that were sent in"`
	Questions []QuestionResult `json:"questions"`
}

// QuestionResult is what was answered to one question.
type QuestionResult struct {
	Key      string        `json:"key"`
	Label    string        `json:"label"`
	Kind     string        `json:"kind"`
	Answered int           `json:"answered"`
	Choices  []ChoiceCount `json:"choices,omitempty"`
	Texts    []TextAnswer  `json:"texts,omitempty" doc:"what people wrote, the newest first; only for those who may see what single people did"`
	Score    *ScoreResult  `json:"score,omitempty"`
	Months   []MonthScore  `json:"months,omitempty" doc:"of scores, the oldest first"`
}

// ChoiceCount is how many chose an answer.
type ChoiceCount struct {
	Text  string `json:"text"`
	Count int    `json:"count"`
}

// TextAnswer is what somebody wrote.
type TextAnswer struct {
	Text   string `json:"text"`
	SentAt int64  `json:"sent_at"`
}

// ScoreResult is an NPS (−100 to 100) or the share of the satisfied (percent) with its range.
type ScoreResult struct {
	Value    *float64   `json:"value" doc:"null while there are too few answers"`
	Interval [2]float64 `json:"interval" doc:"95 %"`
	Answers  int        `json:"answers"`
	Good     int        `json:"good" doc:"promoters, or the satisfied"`
	Middle   int        `json:"middle"`
	Poor     int        `json:"poor" doc:"detractors, or the dissatisfied"`
	Mean     *float64   `json:"mean,omitempty" doc:"of answers from 1 to 5"`
	Sentence string     `json:"sentence"`
}

// MonthScore is the score of one month.
type MonthScore struct {
	Month string      `json:"month" doc:"2026-11"`
	Score ScoreResult `json:"score"`
}

const shownTexts = 50

func (s *Server) registerFormResults(api huma.API) {
	front.Handle(api, huma.Operation{
		OperationID: "form-results", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: "/api/workspaces/{ws}/forms/{id}/results",
		Summary: "What the answers say; scores with their range", Tags: []string{"act"},
	}, func(ctx context.Context, in *struct {
		InForm
		front.Lang
		From string `query:"from" maxLength:"10" doc:"first day; a year ago where it is missing"`
		To   string `query:"to" maxLength:"10" doc:"last day; today where it is missing"`
	}) (FormResultsReply, error) {
		return s.formResults(ctx, in.InForm, in.From, in.To, in.Words())
	})
}

func (s *Server) formResults(ctx context.Context, in InForm, fromText, toText string, lang words.Lang) (FormResultsReply, error) {
	ws, kept, err := s.ownForm(ctx, in)
	if err != nil {
		return FormResultsReply{}, err
	}
	saved, err := s.modelOrEmpty(ctx, ws.ID, 0)
	if err != nil {
		return FormResultsReply{}, err
	}
	zone := saved.model.Location
	today := series.DayOf(s.deps.Clock().In(zone))
	if fromText == "" {
		fromText = (today - 364).String()
	}
	span, err := reportSpan(MeasuredSpan{From: fromText, To: toText}, today)
	if err != nil {
		return FormResultsReply{}, err
	}
	d, err := form.Parse(kept.Definition)
	if err != nil {
		return FormResultsReply{}, err
	}
	tallies := make([]*tally, len(d.Questions))
	for i, q := range d.Questions {
		tallies[i] = &tally{question: q, counts: map[string]int{}, months: map[string]map[string]int{}}
	}
	reply := FormResultsReply{From: span.From, To: span.To, Questions: []QuestionResult{}}
	err = s.eachSubmission(ctx, ws.ID, kept.ID, beginOf(span.From, zone), beginOf(span.To+1, zone), func(one store.Submission) error {
		reply.Answers++
		for _, t := range tallies {
			t.add(one, zone)
		}
		return nil
	})
	if err != nil {
		return reply, err
	}
	mayRead := front.RequestOf(ctx).May(access.SeeVisits)
	for _, t := range tallies {
		reply.Questions = append(reply.Questions, t.result(lang, mayRead))
	}
	return reply, nil
}

// tally adds up the answers to one question.
type tally struct {
	question form.Question
	answered int
	counts   map[string]int
	months   map[string]map[string]int
	texts    []TextAnswer
}

func (t *tally) add(one store.Submission, zone *time.Location) {
	given := one.Answers[t.question.Key]
	if len(given) == 0 {
		return
	}
	t.answered++
	switch t.question.Kind {
	case form.Nps, form.Csat:
		month := time.UnixMilli(int64(one.SentAt)).In(zone).Format("2006-01")
		if t.months[month] == nil {
			t.months[month] = map[string]int{}
		}
		t.months[month][given[0]]++
		t.counts[given[0]]++
	case form.One, form.Several, form.Yes:
		for _, text := range given {
			t.counts[text]++
		}
	case form.Line, form.Text:
		// Names and addresses are no answers to be read here: what becomes a contact's is there.
		if t.question.To == "" && len(t.texts) < shownTexts {
			t.texts = append(t.texts, TextAnswer{Text: given[0], SentAt: int64(one.SentAt)})
		}
	}
}

func (t *tally) result(lang words.Lang, mayRead bool) QuestionResult {
	r := QuestionResult{Key: t.question.Key, Label: t.question.Label, Kind: string(t.question.Kind), Answered: t.answered}
	switch t.question.Kind {
	case form.Nps, form.Csat:
		low, high := 0, 10
		if t.question.Kind == form.Csat {
			low, high = 1, 5
		}
		for n := low; n <= high; n++ {
			r.Choices = append(r.Choices, ChoiceCount{strconv.Itoa(n), t.counts[strconv.Itoa(n)]})
		}
		score := scoreOf(t.question.Kind, t.counts, lang)
		r.Score = &score
		for month, counts := range t.months {
			r.Months = append(r.Months, MonthScore{month, scoreOf(t.question.Kind, counts, lang)})
		}
		slices.SortFunc(r.Months, func(a, b MonthScore) int {
			if a.Month < b.Month {
				return -1
			}
			return 1
		})
	case form.One, form.Several:
		for _, option := range t.question.Options {
			r.Choices = append(r.Choices, ChoiceCount{option, t.counts[option]})
		}
	case form.Yes:
		r.Choices = []ChoiceCount{{words.T("はい", "Yes").In(lang), t.counts["yes"]}}
	}
	if mayRead {
		r.Texts = t.texts
	}
	return r
}

// scoreOf is the score of answers to a scale, with the sentence that says how far it can be
// relied on.
func scoreOf(kind form.QuestionKind, counts map[string]int, lang words.Lang) ScoreResult {
	if kind == form.Nps {
		var by [11]int
		for n := range by {
			by[n] = counts[strconv.Itoa(n)]
		}
		r := form.Recommend(by)
		out := ScoreResult{Interval: r.Interval, Answers: r.Answers, Good: r.Promoters, Middle: r.Passives, Poor: r.Detractors}
		if r.Answers < form.Enough {
			out.Sentence = words.T("スコアを出すには、あと%d件の回答が必要です。", "%d more answers are needed for a score.", form.Enough-r.Answers).In(lang)
			return out
		}
		out.Value = &r.Score
		out.Sentence = words.T("NPSは%s(%d件の回答から。95%%の幅は%s〜%s)です。", "The NPS is %s (from %d answers; 95%% range %s to %s).",
			words.Signed(r.Score, 0), r.Answers, words.Signed(r.Interval[0], 0), words.Signed(r.Interval[1], 0)).In(lang)
		if more := r.Missing(10); more > 0 {
			out.Sentence += words.T("あと%d件で、幅が±10に収まります。", " With %d more answers the range comes down to ±10.", more).In(lang)
		}
		return out
	}
	var by [5]int
	for n := range by {
		by[n] = counts[strconv.Itoa(n+1)]
	}
	c := form.Content(by)
	out := ScoreResult{Interval: [2]float64{100 * c.Interval[0], 100 * c.Interval[1]}, Answers: c.Answers, Good: c.Satisfied, Middle: by[2], Poor: by[0] + by[1]}
	if c.Answers < form.Enough {
		out.Sentence = words.T("満足度を出すには、あと%d件の回答が必要です。", "%d more answers are needed for a figure.", form.Enough-c.Answers).In(lang)
		return out
	}
	share, mean := 100*c.Share, math.Round(100*c.Mean)/100
	out.Value, out.Mean = &share, &mean
	out.Sentence = words.T("満足した方は%.0f%%(%d件の回答から。95%%の幅は%.0f〜%.0f%%)です。", "%.0f%% are content (of %d answers; 95%% range %.0f to %.0f%%).",
		share, c.Answers, out.Interval[0], out.Interval[1]).In(lang)
	return out
}

// beginOf is the moment a day begins in a zone.
func beginOf(day series.Day, zone *time.Location) time.Time {
	year, month, date := day.Civil()
	return time.Date(year, month, date, 0, 0, 0, 0, zone)
}
