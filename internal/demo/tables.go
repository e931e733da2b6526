package demo

import (
	"fmt"
	"strconv"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/template"
	"github.com/shirube/shirube/internal/template/sample"
	"github.com/shirube/shirube/internal/words"
)

// files writes the company's exports as their makers write them: each has an
// encoding, a date and a header of its own. Rows and numbers are the same in both
// languages.
func (c *company) files(lang words.Lang) ([]template.File, error) {
	var out []template.File
	for _, f := range []struct {
		name  string
		table sample.Table
	}{
		{"sns.csv", c.networkTable(lang)},
		{"reactions.csv", c.reactionTable(lang)},
		{"posts.csv", c.postTable(lang)},
		{"web.csv.gz", c.webTable(lang)},
		{"dm.csv", c.messageTable(lang)},
		{"recruit.csv", c.applicantTable(lang)},
	} {
		data, err := f.table.Bytes()
		if err != nil {
			return nil, fmt.Errorf("write demo file %q: %w", f.name, err)
		}
		out = append(out, template.File{Name: f.name, Data: data})
	}
	return out, nil
}

// in renders texts, such as the columns of a header, in one language.
func in(lang words.Lang, texts ...words.Text) []string {
	out := make([]string, len(texts))
	for i, text := range texts {
		out[i] = text.In(lang)
	}
	return out
}

// Columns that more than one table has.
var (
	theDate   = words.T("日付", "Date")
	theLikes  = words.T("いいね", "Likes")
	theClicks = words.T("リンクのクリック数", "Link clicks")
)

// shown calls for each day of the two years that are shown.
func (c *company) shown(each func(i int, d series.Day)) {
	for i := warmUp; i < c.days; i++ {
		each(i, c.day(i))
	}
}

// networkTable is what the social network exports: every cell quoted, thousands
// grouped; the Japanese one was saved by Excel on Windows.
func (c *company) networkTable(lang words.Lang) sample.Table {
	t := sample.Table{
		Header: in(lang, theDate, words.T("ポスト数", "Posts"), words.T("インプレッション", "Impressions"), theClicks,
			words.T("プロフィールへのアクセス数", "Profile visits"), words.T("フォロワー数", "Followers")),
		Encoding: sample.CP932, QuoteAll: true,
	}
	if lang == words.EN {
		t.Encoding = sample.UTF8
	}
	c.shown(func(i int, d series.Day) {
		t.Add(sample.Slashes(d), sample.Whole(c.reels[i]+c.photos[i]+c.jokes[i]), sample.Grouped(c.impressions[i]),
			sample.Grouped(c.clicks[i]), sample.Grouped(c.profileVisits[i]), sample.Grouped(c.followers[i]))
	})
	return t
}

// reactionTable is written out by hand now and then; the latest days are missing.
func (c *company) reactionTable(lang words.Lang) sample.Table {
	t := sample.Table{Header: in(lang, theDate, theLikes, words.T("保存", "Saves"), words.T("コメント", "Comments")), Encoding: sample.UTF8BOM}
	c.shown(func(i int, d series.Day) {
		if d <= c.truth.LikesUntil {
			t.Add(d.String(), sample.Whole(c.likes[i]), sample.Whole(c.saves[i]), sample.Whole(c.comments[i]))
		}
	})
	return t
}

// theme is what a post is about, with what it usually brings.
type theme struct {
	name, text    words.Text
	likes, clicks float64
}

var (
	reel, photo = words.T("リール", "Reel"), words.T("画像", "Photo")

	themes = []theme{
		{words.T("社員の一日", "A day at work"), words.T("入社2年目の朝から帰るまで", "From morning to evening in my second year"), 90, 34},
		{words.T("仕事の紹介", "Our work"), words.T("私たちの仕事を3分で", "What we do in three minutes"), 70, 30},
		{words.T("募集のお知らせ", "Openings"), words.T("いっしょに働く人を探しています", "We are looking for people to work with"), 40, 78},
		{words.T("面接のこと", "Interviews"), words.T("面接でよく聞かれること", "What we are often asked in interviews"), 80, 52},
	}
	joke = theme{words.T("小ネタ", "Just for fun"), words.T("社内の小さな事件", "A small incident at the office"), 640, 4}
)

// postTable has one row for each post.
func (c *company) postTable(lang words.Lang) sample.Table {
	t := sample.Table{Header: in(lang, words.T("投稿日", "Posted on"), words.T("種類", "Type"), words.T("テーマ", "Theme"), words.T("本文", "Text"), theLikes, theClicks), Encoding: sample.UTF8BOM}
	s := c.stream("posts")
	c.shown(func(i int, d series.Day) {
		add := func(kind words.Text, about theme) {
			clicks := about.clicks
			if c.changed(i) {
				clicks *= c.truth.ClickFactor
			}
			t.Add(d.String(), kind.In(lang), about.name.In(lang), about.text.In(lang), sample.Whole(s.Count(about.likes, .4)), sample.Whole(s.Count(clicks, .4)))
		}
		for range c.reels[i] {
			add(reel, themes[s.Pick(4, 3, 2, 2)])
		}
		for range c.photos[i] {
			add(photo, themes[s.Pick(2, 3, 4, 2)])
		}
		for range c.jokes[i] {
			add(photo, joke)
		}
	})
	return t
}

// webTable is what the web analytics export: a preamble, packed dates, a row for
// each device, compressed.
func (c *company) webTable(lang words.Lang) sample.Table {
	rule := words.T("# ----------------------------------------", "# ----------------------------------------")
	t := sample.Table{
		Preamble: in(lang, rule, words.T("# SNSからの訪問と応募: デバイス カテゴリ", "# Visits and entries from social media: Device category"),
			words.T("# プロパティ: ひなたワークス採用サイト", "# Property: Hinata Works careers site"),
			words.T("# 開始日: %s", "# Start date: %s", sample.Packed(c.day(warmUp))), words.T("# 終了日: %s", "# End date: %s", sample.Packed(c.today-1)), rule),
		Header: in(lang, theDate, words.T("デバイス カテゴリ", "Device category"), words.T("セッション", "Sessions"), words.T("社員紹介の閲覧", "Staff page views"),
			words.T("エントリーページ到達", "Entry form opened"), words.T("エントリー完了", "Entries")),
		Gzip: true,
	}
	c.shown(func(i int, d series.Day) {
		if c.truth.Outage.Contains(d) {
			return
		}
		for dev, name := range devices {
			t.Add(sample.Packed(d), name.In(lang), sample.Whole(c.sessions[dev][i]), sample.Whole(c.staff[dev][i]), sample.Whole(c.forms[dev][i]), sample.Whole(c.entry[dev][i]))
		}
	})
	return t
}

func (c *company) messageTable(lang words.Lang) sample.Table {
	t := sample.Table{Header: in(lang, theDate, words.T("DMの受信数", "Messages received"), words.T("初回返信までの時間", "Hours to first reply")), Encoding: sample.UTF8BOM}
	c.shown(func(i int, d series.Day) {
		t.Add(d.Long().In(lang), sample.Whole(c.messages[i]), sample.Tenths(c.replyHours[i]))
	})
	return t
}

// applicantTable has one row for each applicant, from wherever they came.
func (c *company) applicantTable(lang words.Lang) sample.Table {
	t := sample.Table{Header: in(lang, words.T("応募日", "Applied on"), words.T("受付番号", "Number"), words.T("経路", "Came from"), words.T("職種", "Job"), words.T("段階", "Stage")), Encoding: sample.UTF8BOM}
	s := c.stream("applicants")
	networks, elsewhere := []string{"Instagram", "X", "TikTok"}, in(lang, words.T("求人サイト", "Job site"), words.T("社員の紹介", "Referral"), words.T("会社説明会", "Open day"))
	jobs := in(lang, words.T("営業", "Sales"), words.T("カスタマーサポート", "Support"), words.T("エンジニア", "Engineering"), words.T("デザイナー", "Design"))
	n := 0
	c.shown(func(i int, d series.Day) {
		add := func(route string) {
			n++
			t.Add(sample.Slashes(d), "A"+strconv.Itoa(1000+n), route, jobs[s.Pick(4, 3, 2, 1)], stage(s, int(c.today-d)).In(lang))
		}
		for range c.applications[i] {
			add(networks[s.Pick(5, 3, 2)])
		}
		for range c.others[i] {
			add(elsewhere[s.Pick(5, 2, 2)])
		}
	})
	return t
}

// stage is how far an applicant has come after some days.
func stage(s *sample.Stream, age int) words.Text {
	stages := []words.Text{
		words.T("書類選考", "Screening"), words.T("面接", "Interview"), words.T("内定", "Offer"), words.T("入社", "Joined"), words.T("辞退", "Withdrew"), words.T("見送り", "Turned down"),
	}
	switch {
	case age < 10:
		return stages[s.Pick(5, 1)]
	case age < 35:
		return stages[s.Pick(1, 4, 1, 0, 1, 2)]
	}
	return stages[s.Pick(0, 0, 1, 3, 2, 5)]
}
