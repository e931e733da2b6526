package server

import (
	"context"
	"fmt"
	"time"

	"github.com/shirube/shirube/internal/act/initiative"
	"github.com/shirube/shirube/internal/demo"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/share/focus"
	"github.com/shirube/shirube/internal/share/review"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// PlantReviews writes the made-up company's reviews into its workspace: a rhythm, the last two
// with what they settled, what is watched since, and a wish for the next. model is the model
// of today, which the first of them made the second version of. All of it happens or nothing.
func PlantReviews(ctx context.Context, s *store.DB, ws store.WorkspaceID, model []byte, today series.Day, lang words.Lang, past Past) error {
	m, err := goal.Parse(modelFile, model)
	if err != nil {
		return fmt.Errorf("plant reviews: %w", err)
	}
	p := plantingReviews{ws: ws, m: m, yaml: string(model), today: today, lang: lang, past: past}
	p.first, p.second = demo.ReviewDays(today, calendarsOf(m))
	if err := s.InTx(ctx, p.plant); err != nil {
		return fmt.Errorf("plant reviews: %w", err)
	}
	return nil
}

type plantingReviews struct {
	ws            store.WorkspaceID
	m             *goal.Model
	yaml          string
	today         series.Day
	lang          words.Lang
	past          Past
	tx            *store.Tx
	team          []store.Author
	first, second series.Day
}

// at is a moment of a day in the company's town.
func (p *plantingReviews) at(day series.Day, minutes int) event.Millis {
	year, month, date := day.Civil()
	return event.Millis(time.Date(year, month, date, 0, minutes, 0, 0, p.m.Location).UnixMilli())
}

func (p *plantingReviews) plant(ctx context.Context, tx *store.Tx) error {
	p.tx = tx
	members, err := tx.Members.List(ctx, p.ws)
	if err != nil {
		return err
	}
	colleagues := demo.Team(p.lang)
	for _, c := range colleagues {
		author := store.Author{Name: c.Name}
		for _, m := range members {
			if m.User.Email == c.Email {
				author.ID = m.User.ID
			}
		}
		p.team = append(p.team, author)
	}
	plan := review.Plan{Rhythm: demo.Rhythm, From: p.first, Before: 5}
	for _, one := range p.team {
		plan.People = append(plan.People, string(one.ID))
	}
	p.past.to(p.at(p.first-20, 14*60))
	if _, err := tx.Documents.Put(ctx, p.ws, planKind, store.Document{ID: planID, Name: planID, Body: mustJSON(plan), Author: p.team[0].Name}); err != nil {
		return err
	}
	first, target, err := p.firstReview(ctx)
	if err != nil {
		return err
	}
	if err := p.secondReview(ctx, first, target); err != nil {
		return err
	}
	p.past.to(p.at(p.today-4, 15*60+20))
	_, err = tx.Reviews.Wish(ctx, p.ws, review.Wish{Indicator: "document_rate",
		Title: words.T("書類提出率", "Documents sent"),
		Text:  words.T("エントリーのあとの案内メール、届くのが翌日になっています。応募の前に止まっている人がいないか、いっしょに見たいです。", "The letter after an entry arrives the day after. Could we look together whether people stop there?").In(p.lang)}, p.team[2])
	return err
}

func (p *plantingReviews) name(id string) string {
	if ind := p.m.Indicator(id); ind != nil {
		return ind.Name
	}
	return id
}

func (p *plantingReviews) reading(id string, pace float64, status string, chance float64) review.Reading {
	r := review.Reading{ID: id, Name: p.name(id), Unit: p.m.Indicator(id).Unit, Pace: &pace, Status: status}
	if chance > 0 {
		r.Chance = &chance
	}
	return r
}

func (p *plantingReviews) present(who ...int) []review.Person {
	out := []review.Person{}
	for _, i := range who {
		out = append(out, review.Person{ID: string(p.team[i].ID), Name: p.team[i].Name})
	}
	return out
}

func (p *plantingReviews) hold(ctx context.Context, day series.Day, m review.Minutes) (store.Review, error) {
	p.past.to(p.at(day, 10*60+2))
	return p.tx.Reviews.Create(ctx, p.ws, store.NewReview{DueOn: day, HeldOn: day, State: review.Held, Minutes: m}, p.team[0])
}

func (p *plantingReviews) decide(ctx context.Context, of store.Review, minutes int, d review.Decision) (store.ReviewDecision, error) {
	p.past.to(p.at(of.HeldOn, 10*60+minutes))
	for _, item := range of.Items {
		if item.ID == d.Item {
			d.About, d.From, d.To = review.About(item, of.Scene), item.From, item.To
			if d.Indicator == "" {
				d.Indicator = item.Indicator
			}
		}
	}
	if r := of.Scene.Reading(d.Indicator); r != nil && d.Was == nil {
		was := *r
		d.Was = &was
	}
	return p.tx.Reviews.Decide(ctx, p.ws, of.ID, d, p.team[0])
}

func (p *plantingReviews) close(ctx context.Context, of store.Review, m review.Minutes) error {
	p.past.to(p.at(of.HeldOn, 10*60+56))
	_, err := p.tx.Reviews.Save(ctx, p.ws, of.ID, store.SaveReview{Base: of.Version, State: review.Closed, Minutes: m})
	return err
}

// firstReview is the one that made the second version of the map.
func (p *plantingReviews) firstReview(ctx context.Context) (id, target string, err error) {
	reels := p.name("reels")
	m := review.Minutes{Versions: [2]int{1, 2}, Present: p.present(0, 1, 2), Changed: []review.Change{},
		Scene: review.Scene{AsOf: p.first - 1, Version: 1, KGI: p.m.KGI().ID, Measured: true, Found: []review.Found{}, Roads: []review.Road{},
			Lines: []review.Line{
				{Kind: "now", Mark: insight.StatusOnPace, Text: words.T("応募は今日までの目安どおりで、年100件に届く見込みは74%です。", "Applications are on today's pace; the chance of reaching 100 a year is 74%.")},
				{Kind: "next", Text: words.T("リールの目標が、続けられる本数になっているかを確かめましょう。", "Check whether the target for reels is a number that can be kept up.")},
			},
			Readings: []review.Reading{p.reading(p.m.KGI().ID, 1.01, insight.StatusOnPace, .74), p.reading("reels", .71, insight.StatusBehind, 0), p.reading("ctr", .97, insight.StatusOnPace, 0), p.reading("likes", 1, insight.StatusTooEarly, 0)}},
		Items: []review.Item{
			{ID: "finding:off-pace:reels", Kind: review.Finding, Severity: "warning", Indicator: "reels", Times: 1, Title: words.T("目安に遅れています", "Behind its pace"),
				Sentence: words.T("「%s」は週7本の目標に、5週続けて届いていません。", "“%s” has missed its target of 7 a week five weeks in a row.", reels),
				Mend:     words.T("本数を増やすか、続けられる本数に目標を直しましょう。", "Make more of them, or set a target that can be kept up.")},
			{ID: "own:likes", Kind: review.Own, Indicator: "likes", Times: 1, By: p.team[1].Name, Title: words.T("「%s」を追う理由", "Why we follow “%s”", p.name("likes")),
				Sentence: words.T("応募に効いているのか分からないまま、毎週報告してもらっています。", "It is reported each week, and nobody knows whether it brings applications.")},
		}}
	held, err := p.hold(ctx, p.first, m)
	if err != nil {
		return "", "", err
	}
	amount := words.T("週7本から週5本", "7 a week to 5 a week")
	what := words.T("「%[1]s」の目標を、%[2]sに変える", "Change the target of “%[1]s” from %[2]s", reels, amount)
	d := review.Decision{Item: "finding:off-pace:reels", Kind: review.ChangeTarget, What: what, Owner: p.team[0].Name, Base: 1, Version: 2, Finding: "off-pace:reels",
		Why: words.T("撮影と編集に1本6時間かかり、7本では質が落ちる。5本を毎週守るほうが、表示回数は安定する。", "One takes six hours to film and cut, and seven cost quality. Five that are kept each week bring steadier impressions.").In(p.lang)}
	p.past.to(p.at(p.first, 10*60+24))
	if _, err := p.tx.ModelVersions.Append(ctx, p.ws, 1, store.NewModelVersion{YAML: p.yaml, Note: versionNote(p.first, d).In(p.lang), Author: p.team[0].Name}); err != nil {
		return "", "", err
	}
	made, err := p.decide(ctx, held, 24, d)
	if err != nil {
		return "", "", err
	}
	if _, err := p.decide(ctx, held, 41, review.Decision{Item: "own:likes", Kind: review.MeasureAgain, Due: p.second, Owner: p.team[0].Name,
		What: review.LookAgain(review.Decision{Indicator: "likes", Due: p.second}, m.Scene),
		Why:  words.T("やめる前に、表示回数に効くかを数字で確かめる。書き出しの日を毎週金曜に決めた。", "Before we drop it, the numbers shall tell whether it moves impressions. It is exported each Friday from now on.").In(p.lang)}); err != nil {
		return "", "", err
	}
	m.Left = []string{}
	m.Note = words.T("年末の採用イベントは、次回に予算を決める。", "The budget for the hiring event at the end of the year is set next time.").In(p.lang)
	return held.ID, made.ID, p.close(ctx, held, m)
}

// secondReview looks back at the first, and chose what is watched now.
func (p *plantingReviews) secondReview(ctx context.Context, before, target string) error {
	reels := p.name("reels")
	was := review.Settled{ID: target, Review: before, On: p.first, By: p.team[0].Name, Decision: review.Decision{Kind: review.ChangeTarget, Indicator: "reels", Version: 2,
		What: words.T("「%s」の目標を、週7本から週5本に変える", "Change the target of “%s” from 7 a week to 5 a week", reels)}}
	m := review.Minutes{Versions: [2]int{2, 2}, Present: p.present(0, 1, 2, 3), Since: &review.Since{ID: before, On: p.first},
		Changed: []review.Change{{Kind: "status", Indicator: "reels", Mark: insight.StatusOnPace, Good: new(true), Text: words.T("「%s」が遅れから順調に変わりました。", "“%s” went from behind to on pace.", reels)}},
		Scene: review.Scene{AsOf: p.second - 1, Version: 2, KGI: p.m.KGI().ID, Measured: true, Found: []review.Found{}, Roads: []review.Road{},
			Lines: []review.Line{
				{Kind: "now", Mark: insight.StatusOnPace, Text: words.T("応募は今日までの目安を1件上回り、年100件に届く見込みは71%です。", "Applications are 1 above today's pace; the chance of reaching 100 a year is 71%.")},
				{Kind: "changed", Mark: insight.StatusBehind, Text: words.T("クリック率が下がり、サイト訪問が目安に足りません。", "The click rate fell, and visits are short of their pace.")},
				{Kind: "next", Text: words.T("クリック率を、アルゴリズムが変わる前に戻しましょう。", "Bring the click rate back to what it was before the algorithm changed.")},
			},
			Readings: []review.Reading{p.reading(p.m.KGI().ID, 1.02, insight.StatusOnPace, .71), p.reading("reels", .98, insight.StatusOnPace, 0), p.reading("ctr", .84, insight.StatusBehind, 0), p.reading("likes", 1, insight.StatusTooEarly, 0)}},
		Items: []review.Item{
			{ID: "follow:" + target, Kind: review.FollowUp, Indicator: "reels", Times: 1, Title: words.T("%sの決定", "Settled on %s", p.first), Sentence: was.What, Was: &was,
				Outcome: &review.Outcome{Mark: insight.StatusOnPace, Text: words.T("「%s」は目安の71%%から98%%になり、いまは順調です。", "“%s” went from 71%% to 98%% of its pace: on pace.", reels)}},
			{ID: "finding:ctr-fell", Kind: review.Finding, Severity: "error", Indicator: "ctr", Times: 1, Title: words.T("目安に遅れています", "Behind its pace"),
				Sentence: words.T("「%s」が下がったままで、訪問が目安に届いていません。", "“%s” has stayed low, and visits are short of their pace.", p.name("ctr")),
				Mend:     words.T("投稿からサイトまでの道を見なおしましょう。", "Look at the way from a post to the site."),
				Stake:    &review.Stake{Amount: -6, Unit: p.m.KGI().Unit, Label: words.T("年度末までの応募", "applications by the end of the year")}},
			{ID: "own:dm", Kind: review.Own, Indicator: "dm_reply", Times: 1, By: p.team[2].Name, Title: words.T("DMの返事をだれがするか", "Who answers direct messages"),
				Sentence: words.T("週末のDMに月曜まで返事ができていません。", "Messages of the weekend wait until Monday.")},
		}}
	held, err := p.hold(ctx, p.second, m)
	if err != nil {
		return err
	}
	if _, err := p.decide(ctx, held, 12, review.Decision{Item: "follow:" + target, Kind: review.Keep, What: review.Keep.Name(),
		Why: words.T("5本を4週続けられた。年度末までこのまま行く。", "Five were kept for four weeks. On like this until the end of the year.").In(p.lang)}); err != nil {
		return err
	}
	begins := p.second + 3
	work := initiative.Initiative{Name: words.T("プロフィールのリンクを1本にする", "One link on the profile").In(p.lang), KPI: "ctr", State: initiative.Running, From: &begins,
		Hypothesis: words.T("リンクが5本並んで迷わせている。採用サイトの1本にすれば、押す人が増えるはず。", "Five links side by side leave people undecided. One to the hiring site should be clicked more.").In(p.lang)}
	p.past.to(p.at(p.second, 10*60+27))
	started, err := p.tx.Initiatives.Create(ctx, p.ws, work, p.team[0].Name)
	if err != nil {
		return err
	}
	if _, err := p.decide(ctx, held, 28, review.Decision{Item: "finding:ctr-fell", Kind: review.Initiative, Initiative: started.ID, Owner: p.team[0].Name, Due: p.second + 42, Finding: "ctr-fell",
		What: words.T("「%[2]s」のために「%[1]s」を始める", "Start “%[1]s” for “%[2]s”", work.Name, p.name("ctr")), Why: work.Hypothesis}); err != nil {
		return err
	}
	if _, err := p.decide(ctx, held, 44, review.Decision{Item: "own:dm", Kind: review.Keep, What: review.Keep.Name(), Owner: p.team[2].Name,
		Why: words.T("いまの3時間で応募に影響は出ていない。週末の当番は年明けに考える。", "Three hours have done no harm so far. Turns for weekends are talked about in the new year.").In(p.lang)}); err != nil {
		return err
	}
	p.past.to(p.at(p.second, 10*60+50))
	if _, err := p.tx.Focuses.Set(ctx, p.ws, focus.Choice{Indicators: []string{"ctr", "reels"}, From: p.second, Until: max(focus.Until(p.m.Fiscal, p.second), p.today+7), Review: held.ID,
		Why: words.T("訪問が足りないのはクリック率のせい。リールは続いているので、質を落とさず守る。", "Visits are short because of the click rate. Reels go on well and shall keep their quality.").In(p.lang)}, p.team[0]); err != nil {
		return err
	}
	m.Left, m.Focus = []string{}, []string{p.name("ctr"), reels}
	m.Note = words.T("年末の採用イベントの予算は30万円。山本さんから経営会議に上げる。", "The hiring event has a budget of 300,000 yen. Yamamoto takes it to the board.").In(p.lang)
	return p.close(ctx, held, m)
}
