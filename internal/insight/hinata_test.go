package insight_test

import (
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
)

const hinataModel = `
shirube: 1
name: 採用SNS 2026年度
fiscal_year_start: 4
kgi:
  id: applications
  name: 採用応募数
  definition: SNSから来た人が送信した応募フォームの件数
  unit: 件
  serves: recruiting
  owner: 田中
  target: {total: 1020, from: 2026-04-01, by: 2027-03-31, agreed: [{by: 社長, on: 2026-03-20}]}
  formula: visits * apply_rate
kpis:
  visits: {name: サイト訪問数, definition: d, unit: 回, owner: 佐藤, formula: impressions * ctr, measure: sns.clicks, target: {hold: 9000, per: month, from: 2026-04-01, by: 2027-03-31, agreed: [{by: 社長, on: 2026-03-20}]}}
  impressions: {name: 表示回数, definition: d, unit: 回, owner: 佐藤, measure: sns.impressions}
  ctr: {name: クリック率, definition: d, unit: "%", owner: 佐藤, role: leading, measure: sns.clicks / sns.impressions, target: {reach: 1.6%, from: 2026-04-01, by: 2027-03-31, agreed: [{by: 社長, on: 2026-03-20}]}}
  apply_rate: {name: 応募率, definition: d, unit: "%", owner: 森, measure: sns.applications / sns.clicks}
  likes: {name: いいね数, definition: d, unit: 件, owner: 佐藤, measure: sns.likes}
influences:
  - {from: likes, to: impressions, because: いいねが増えるとおすすめに載りやすい}
sources:
  sns: {csv: sns.csv, date: 日付, metrics: {impressions: 表示, clicks: クリック, applications: 応募, likes: いいね}}
`

const hinataTarget = "target: {total: 1020, from: 2026-04-01, by: 2027-03-31, agreed: [{by: 社長, on: 2026-03-20}]}"

// hinata is a recruiting team whose click rate fell from 1.5% to 1.13% four weeks
// ago; everything else stands still.
func hinata(t tester) *goal.Evaluator {
	t.Helper()
	fell := day(t, "2026-08-12")
	clicks := func(d series.Day) float64 {
		if d >= fell {
			return 225
		}
		return 300
	}
	return company(t, hinataModel, "2025-04-01..2026-09-08", numbers{
		"sns.impressions": constant(20000),
		"sns.clicks":      clicks,
		"sns.applications": func(d series.Day) float64 {
			if d >= fell {
				return []float64{1, 4, 1, 3}[int(d)%4] // 1% of 225
			}
			return []float64{1, 5, 2, 4}[int(d)%4] // 1% of 300
		},
		"sns.likes": func(d series.Day) float64 { return 1000 + float64(d%5) },
	})
}
