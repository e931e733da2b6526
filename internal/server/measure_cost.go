package server

import (
	"math"
	"slices"
	"strings"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/words"
)

// CostMetric is a metric of money spent.
type CostMetric struct {
	Metric string       `json:"metric" doc:"source.metric"`
	Label  string       `json:"label"`
	By     string       `json:"by" doc:"what it can be laid beside: campaign, source, channel, content; empty: only in total"`
	Total  front.Number `json:"total" doc:"in the span"`
}

// costWords tell money spent from other numbers by what its column or metric is called.
var costWords = []string{"cost", "spend", "spent", "費用", "コスト", "広告費", "消化金額", "ご利用額", "利用額", "支出", "経費"}

// waysByHeader tells what a column of a cost table names.
var waysByHeader = []struct {
	by      string
	headers []string
}{
	{"campaign", []string{"campaign", "キャンペーン"}},
	{"content", []string{"ad name", "広告名", "広告の名前", "content", "creative", "クリエイティブ"}},
	{"channel", []string{"channel", "チャネル"}},
	{"source", []string{"source", "media", "媒体", "流入元", "参照元"}},
}

// costMetrics are the metrics of the model that look like money spent.
func (a asked) costMetrics() []CostMetric {
	list := []CostMetric{}
	for _, src := range a.board.model.Sources {
		for _, m := range src.Metrics {
			if !isCost(m) {
				continue
			}
			label := m.Column
			if label == "" {
				label = m.ID
			}
			by, _ := costDimension(src)
			list = append(list, CostMetric{Metric: m.Name(), Label: label, By: by, Total: front.Number(a.costTotal(m.Name()))})
		}
	}
	return list
}

func isCost(m *goal.Metric) bool {
	name := strings.ToLower(m.ID + " " + m.Column)
	return m.Agg == series.Sum && slices.ContainsFunc(costWords, func(w string) bool { return strings.Contains(name, w) })
}

// costDimension is the dimension of a source that names ways in, and its place.
func costDimension(src *goal.Source) (by string, at int) {
	for _, way := range waysByHeader {
		for i, header := range src.By {
			lower := strings.ToLower(header)
			if slices.ContainsFunc(way.headers, func(h string) bool { return strings.Contains(lower, h) }) {
				return way.by, i
			}
		}
	}
	return "", -1
}

func (a asked) costTotal(metric string) float64 {
	observed := a.board.data.Metrics[metric]
	if observed == nil {
		return math.NaN()
	}
	return sumOver(observed.Total, a.scope.Span)
}

func sumOver(d series.Daily, span series.Span) float64 {
	sum, some := 0.0, false
	for day := span.From; day <= span.To; day++ {
		if v, ok := d.At(day); ok {
			sum, some = sum+v, true
		}
	}
	if !some {
		return math.NaN()
	}
	return sum
}

// costsBy is the money spent in the span by way in, and the metric it was taken from:
// the one asked for, else the first that can be cut so.
func (a asked) costsBy(by, asked string) (map[string]float64, *string) {
	if asked == "-" {
		return nil, nil
	}
	for _, c := range a.costMetrics() {
		if c.By != by || asked != "" && c.Metric != asked {
			continue
		}
		metric := a.board.model.Metric(c.Metric)
		observed := a.board.data.Metrics[c.Metric]
		_, at := costDimension(metric.Source)
		costs := map[string]float64{}
		if observed != nil {
			for _, part := range observed.Parts {
				if v := sumOver(part.Daily, a.scope.Span); at < len(part.Values) && !math.IsNaN(v) {
					costs[a.wayKey(by, part.Values[at])] += v
				}
			}
		}
		return costs, &c.Metric
	}
	return nil, nil
}

// moneyUnits are what amounts of money are written with, unscaled.
var moneyUnits = []string{"円", "yen", "jpy", "¥", "$", "usd", "ドル", "€", "eur", "ユーロ", "£", "gbp", "ポンド", "元", "cny", "₩", "krw", "ウォン"}

// currency is the unit money is told in: that of the indicator the cost is measured by,
// else of the first indicator that is money, else the yen.
func (a asked) currency(cost *string) string {
	if cost != nil {
		if ind := a.indicatorOf(*cost); ind != nil && ind.Unit != "" {
			return ind.Unit
		}
	}
	for _, ind := range a.board.model.Indicators {
		if slices.Contains(moneyUnits, strings.ToLower(ind.Unit)) {
			return ind.Unit
		}
	}
	return words.T("円", "JPY").In(a.lang)
}

// wayKey spells a value of a cost table as visits spell theirs.
func (a asked) wayKey(by, value string) string {
	switch by {
	case "channel":
		return a.channelNamed(value)
	case "source":
		return strings.ToLower(strings.TrimSpace(value))
	}
	return strings.TrimSpace(value)
}
