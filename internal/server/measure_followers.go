package server

import (
	"slices"
	"strings"

	"github.com/shirube/shirube/internal/formula"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// FollowersView is how many follow an account, where an import says so.
type FollowersView struct {
	Metric string     `json:"metric" doc:"source.metric"`
	Label  string     `json:"label" doc:"the network, or what the number is called where it is one for all"`
	On     series.Day `json:"on" format:"date" doc:"the newest day of the span with a number"`
	Value  float64    `json:"value"`
	Before *float64   `json:"before" doc:"the last number before the span; null where there is none"`
}

// followerWords tell followers from other numbers by what their column or metric is called.
var followerWords = []string{"follower", "フォロワー", "subscriber", "登録者", "友だち", "友達"}

// networkHeaders are columns that name a network.
var networkHeaders = []string{"sns", "network", "ネットワーク", "platform", "プラットフォーム", "媒体", "アカウント", "account", "チャネル", "channel"}

// beforeDays is how far before the span a number is looked for.
const beforeDays = 31

// followers are the heights of the span's end, by network where the table names them. New
// followers of a day are another number: they add up, a height does not.
func (a asked) followers() []FollowersView {
	list := []FollowersView{}
	for _, src := range a.board.model.Sources {
		at := slices.IndexFunc(src.By, func(header string) bool { return anyWord(header, networkHeaders) })
		for _, m := range src.Metrics {
			observed := a.board.data.Metrics[m.Name()]
			if observed == nil || m.Agg == series.Sum || !anyWord(m.ID+" "+m.Column, followerWords) {
				continue
			}
			if at < 0 || len(observed.Parts) == 0 || len(src.By) > 1 {
				list = a.follower(list, m, a.followersName(m), observed.Total)
				continue
			}
			for _, part := range observed.Parts {
				if name := part.Values[at]; name != "" {
					if known, ok := networkLabels[strings.ToLower(name)]; ok {
						name = known
					}
					list = a.follower(list, m, name, part.Daily)
				}
			}
		}
	}
	return list
}

func anyWord(text string, list []string) bool {
	text = strings.ToLower(text)
	return slices.ContainsFunc(list, func(w string) bool { return strings.Contains(text, w) })
}

// followersName is the indicator's name where the map has it, else the column's.
func (a asked) followersName(m *goal.Metric) string {
	if ind := a.indicatorOf(m.Name()); ind != nil {
		return ind.Name
	}
	if m.Column != "" {
		return m.Column
	}
	return words.T("フォロワー数", "Followers").In(a.lang)
}

// indicatorOf is the indicator that a metric alone measures.
func (a asked) indicatorOf(metric string) *goal.Indicator {
	for _, ind := range a.board.model.Indicators {
		if ind.Measure != nil {
			if shape := ind.Measure.Shape(); shape.Op == formula.JoinName && shape.Parts[0].Name == metric {
				return ind
			}
		}
	}
	return nil
}

func (a asked) follower(list []FollowersView, m *goal.Metric, label string, daily series.Daily) []FollowersView {
	span := a.scope.Span
	day, value, ok := newest(daily, span.To, span.Days())
	if !ok {
		return list
	}
	view := FollowersView{Metric: m.Name(), Label: label, On: day, Value: value}
	if _, was, ok := newest(daily, span.From-1, beforeDays); ok {
		view.Before = &was
	}
	return append(list, view)
}

// newest is the last number on or before a day, at most so many days back.
func newest(daily series.Daily, day series.Day, days int) (series.Day, float64, bool) {
	for back := range series.Day(days) {
		if v, ok := daily.At(day - back); ok {
			return day - back, v, true
		}
	}
	return 0, 0, false
}
