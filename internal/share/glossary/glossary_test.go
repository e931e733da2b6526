package glossary_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shirube/shirube/internal/formula"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/share/glossary"
	"github.com/shirube/shirube/internal/words"
)

const model = `shirube: 1
name: 採用SNS
timezone: Asia/Tokyo
kgi:
  id: applications
  name: 応募数
  definition: SNSから来た人の応募
  unit: 件
  target: {total: 100, from: 2026-04-01, by: 2027-03-31}
  formula: visits * apply_rate
kpis:
  visits: {name: 訪問数, unit: 回, owner: 佐藤, why: 入口の広さ, measure: web.sessions}
  apply_rate: {name: 応募率, unit: "%", measure: web.applications / web.sessions}
  likes: {name: いいね数, unit: 件, measure: sns.likes}
  posts: {name: 投稿数, unit: 本}
  loops: {name: 寄り道, unit: 回}
influences:
  - {from: likes, to: visits, because: おすすめに載りやすい}
  - {from: posts, to: likes}
sources:
  web: {csv: web.csv, date: 日付, metrics: {sessions: 訪問, applications: 応募}}
  sns: {csv: sns.csv, date: date, metrics: {likes: likes}}
`

type numbers struct{}

func (numbers) Kind(id string) formula.Kind {
	if id == "apply_rate" {
		return formula.Rate
	}
	return formula.Flow
}

func (numbers) Target(id string) string {
	if id == "applications" {
		return "年100件"
	}
	return ""
}

func TestEntries(t *testing.T) {
	m, err := goal.Parse("m.yaml", []byte(model))
	if err != nil {
		t.Fatal(err)
	}
	got := glossary.Entries(m, numbers{}, words.JA)
	flow := "足していく数です。1か月の値は、毎日の値の合計です。"
	want := []glossary.Entry{
		{
			ID: "applications", Name: "応募数", KGI: true, Definition: "SNSから来た人の応募", Unit: "件", Reading: flow, Formula: "訪問数 × 応募率",
			Sources: []string{"ファイル「web.csv」"}, Target: "年100件", Matters: "これが、みんなで目指す最終の目標です。", Road: []string{},
		},
		{
			ID: "visits", Name: "訪問数", Why: "入口の広さ", Unit: "回", Owner: "佐藤", Reading: flow, Measured: "訪問",
			Sources: []string{"ファイル「web.csv」"}, Matters: "「応募数」は、この数から計算されます。", Road: []string{"訪問数", "応募数"},
		},
		{
			ID: "apply_rate", Name: "応募率", Unit: "%", Reading: "割合です。期間の合計どうしを割って出します。", Measured: "応募 ÷ 訪問",
			Sources: []string{"ファイル「web.csv」"}, Matters: "「応募数」は、この数から計算されます。", Road: []string{"応募率", "応募数"},
		},
		{
			ID: "likes", Name: "いいね数", Unit: "件", Reading: flow, Measured: "likes", Sources: []string{"ファイル「sns.csv」"},
			Matters: "「訪問数」を動かすと考えています(おすすめに載りやすい)。", Road: []string{"いいね数", "訪問数", "応募数"},
		},
		{
			ID: "posts", Name: "投稿数", Unit: "本", Reading: flow, Sources: []string{},
			Matters: "「いいね数」を動かすと考えています。", Road: []string{"投稿数", "いいね数", "訪問数", "応募数"},
		},
		{ID: "loops", Name: "寄り道", Unit: "回", Reading: flow, Sources: []string{}, Matters: "まだKGIにつながっていません。", Road: []string{}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, e := range glossary.Entries(m, numbers{}, words.EN) {
		for _, said := range append([]string{e.Reading}, e.Sources...) {
			if strings.ContainsAny(said, "はをのです") {
				t.Errorf("%s: %q is not English", e.ID, said)
			}
		}
	}
}
