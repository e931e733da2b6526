package demo

import (
	"fmt"
	"strconv"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/template"
	"github.com/shirube/shirube/internal/template/sample"
)

// files writes the company's exports as their makers write them: each has an
// encoding, a date and a header of its own.
func (c *company) files() ([]template.File, error) {
	var out []template.File
	for _, f := range []struct {
		name  string
		table sample.Table
	}{
		{"sns.csv", c.networkTable()},
		{"reactions.csv", c.reactionTable()},
		{"posts.csv", c.postTable()},
		{"web.csv.gz", c.webTable()},
		{"dm.csv", c.messageTable()},
		{"recruit.csv", c.applicantTable()},
	} {
		data, err := f.table.Bytes()
		if err != nil {
			return nil, fmt.Errorf("write demo file %q: %w", f.name, err)
		}
		out = append(out, template.File{Name: f.name, Data: data})
	}
	return out, nil
}

// shown calls for each day of the two years that are shown.
func (c *company) shown(each func(i int, d series.Day)) {
	for i := warmUp; i < c.days; i++ {
		each(i, c.day(i))
	}
}

// networkTable is what the social network exports: saved by Excel on Windows,
// every cell quoted, thousands grouped.
func (c *company) networkTable() sample.Table {
	t := sample.Table{
		Header:   []string{"日付", "ポスト数", "インプレッション", "リンクのクリック数", "プロフィールへのアクセス数", "フォロワー数"},
		Encoding: sample.CP932, QuoteAll: true,
	}
	c.shown(func(i int, d series.Day) {
		t.Add(sample.Slashes(d), sample.Whole(c.reels[i]+c.photos[i]+c.jokes[i]), sample.Grouped(c.impressions[i]),
			sample.Grouped(c.clicks[i]), sample.Grouped(c.profileVisits[i]), sample.Grouped(c.followers[i]))
	})
	return t
}

// reactionTable is written out by hand now and then; the latest days are missing.
func (c *company) reactionTable() sample.Table {
	t := sample.Table{Header: []string{"日付", "いいね", "保存", "コメント"}, Encoding: sample.UTF8BOM}
	c.shown(func(i int, d series.Day) {
		if d <= c.truth.LikesUntil {
			t.Add(d.String(), sample.Whole(c.likes[i]), sample.Whole(c.saves[i]), sample.Whole(c.comments[i]))
		}
	})
	return t
}

// theme is what a post is about, with what it usually brings.
type theme struct {
	name, text    string
	likes, clicks float64
}

var (
	themes = []theme{
		{"社員の一日", "入社2年目の朝から帰るまで", 90, 34},
		{"仕事の紹介", "私たちの仕事を3分で", 70, 30},
		{"募集のお知らせ", "いっしょに働く人を探しています", 40, 78},
		{"面接のこと", "面接でよく聞かれること", 80, 52},
	}
	joke = theme{"小ネタ", "社内の小さな事件", 640, 4}
)

// postTable has one row for each post.
func (c *company) postTable() sample.Table {
	t := sample.Table{Header: []string{"投稿日", "種類", "テーマ", "本文", "いいね", "リンクのクリック数"}, Encoding: sample.UTF8BOM}
	s := c.stream("posts")
	c.shown(func(i int, d series.Day) {
		add := func(kind string, about theme) {
			clicks := about.clicks
			if c.changed(i) {
				clicks *= c.truth.ClickFactor
			}
			t.Add(d.String(), kind, about.name, about.text, sample.Whole(s.Count(about.likes, .4)), sample.Whole(s.Count(clicks, .4)))
		}
		for range c.reels[i] {
			add("リール", themes[s.Pick(4, 3, 2, 2)])
		}
		for range c.photos[i] {
			add("画像", themes[s.Pick(2, 3, 4, 2)])
		}
		for range c.jokes[i] {
			add("画像", joke)
		}
	})
	return t
}

// webTable is what the web analytics export: a preamble, packed dates, a row for
// each device, compressed.
func (c *company) webTable() sample.Table {
	t := sample.Table{
		Preamble: []string{"# ----------------------------------------", "# SNSからの訪問と応募: デバイス カテゴリ", "# プロパティ: ひなたワークス採用サイト", "# 開始日: " + sample.Packed(c.day(warmUp)), "# 終了日: " + sample.Packed(c.today-1), "# ----------------------------------------"},
		Header:   []string{"日付", "デバイス カテゴリ", "セッション", "社員紹介の閲覧", "エントリーページ到達", "エントリー完了"},
		Gzip:     true,
	}
	c.shown(func(i int, d series.Day) {
		if c.truth.Outage.Contains(d) {
			return
		}
		for dev, name := range devices {
			t.Add(sample.Packed(d), name, sample.Whole(c.sessions[dev][i]), sample.Whole(c.staff[dev][i]), sample.Whole(c.forms[dev][i]), sample.Whole(c.entry[dev][i]))
		}
	})
	return t
}

func (c *company) messageTable() sample.Table {
	t := sample.Table{Header: []string{"日付", "DMの受信数", "初回返信までの時間"}, Encoding: sample.UTF8BOM}
	c.shown(func(i int, d series.Day) {
		_, month, date := d.Civil()
		t.Add(fmt.Sprintf("%d年%d月%d日", year(d), int(month), date), sample.Whole(c.messages[i]), sample.Tenths(c.replyHours[i]))
	})
	return t
}

func year(d series.Day) int { y, _, _ := d.Civil(); return y }

// applicantTable has one row for each applicant, from wherever they came.
func (c *company) applicantTable() sample.Table {
	t := sample.Table{Header: []string{"応募日", "受付番号", "経路", "職種", "段階"}, Encoding: sample.UTF8BOM}
	s := c.stream("applicants")
	networks, elsewhere := []string{"Instagram", "X", "TikTok"}, []string{"求人サイト", "社員の紹介", "会社説明会"}
	jobs := []string{"営業", "カスタマーサポート", "エンジニア", "デザイナー"}
	n := 0
	c.shown(func(i int, d series.Day) {
		add := func(route string) {
			n++
			t.Add(sample.Slashes(d), "A"+strconv.Itoa(1000+n), route, jobs[s.Pick(4, 3, 2, 1)], stage(s, int(c.today-d)))
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
func stage(s *sample.Stream, age int) string {
	stages := []string{"書類選考", "面接", "内定", "入社", "辞退", "見送り"}
	switch {
	case age < 10:
		return stages[s.Pick(5, 1)]
	case age < 35:
		return stages[s.Pick(1, 4, 1, 0, 1, 2)]
	}
	return stages[s.Pick(0, 0, 1, 3, 2, 5)]
}
