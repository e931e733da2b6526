package template

import (
	"fmt"

	"github.com/shirube/shirube/internal/template/sample"
	"github.com/shirube/shirube/internal/words"
)

func sampleRecruiting(m *market, lang words.Lang) []table {
	reels := m.counts("reels", level{.62, 1, weekly(.7, 1.2, 1.2, 1.1, 1.1, 1.1, .6), .05})
	impressions := m.draw("impressions", spread(m.means("impressions", level{5500, 1.3, sample.Hiring, .1}), reels, .3, 3, .25, .5, .25))
	clicks := m.shares("clicks", impressions, level{.0155, 1.1, sample.Flat, .06})
	followers := stock(4650-before(m, 3.4), m.counts("followers", level{4.1, 1.25, sample.Phone, .3}))
	visits := m.split("visits", m.shares("visits", clicks, level{.985, 1, sample.Flat, 0}), .8, .16, .04)
	views := m.within("views", m.shares("views", total(visits), level{.0335, 1.05, sample.Flat, .08}), visits)
	applications := m.shares("applications", total(views), level{.078, 1.06, sample.Flat, .1})
	routes := []words.Text{words.T("Instagram", "Instagram"), words.T("X", "X"), words.T("TikTok", "TikTok"), words.T("求人サイト", "Job site"), words.T("社員の紹介", "Referral")}
	jobs := []words.Text{words.T("営業", "Sales"), words.T("開発", "Engineering"), words.T("カスタマーサポート", "Support"), words.T("デザイン", "Design")}
	stages := []words.Text{words.T("書類選考", "Screening"), words.T("面接", "Interview"), words.T("内定", "Offer"), words.T("辞退", "Withdrew")}
	others := m.counts("other applications", level{.55, 1, sample.Hiring, .1})
	s := m.stream("applicants")
	left := append([]int{}, applications...) // of the day's rows the first come from social media
	all := sum(applications, others)
	kinds := m.stream("posts")
	photos := m.counts("photos", level{.5, 1, sample.Flat, .05})
	reelsLeft := append([]int{}, reels...)
	return []table{
		m.daily("sns.csv", lang, theDate,
			whole("インプレッション数", "Impressions", impressions), whole("リンクのクリック数", "Link clicks", clicks), whole("フォロワー数", "Followers", followers)),
		m.rows("posts.csv", lang, []words.Text{words.T("投稿日", "Posted on"), words.T("種類", "Type"), words.T("テーマ", "Theme")}, sum(reels, photos), func(day, _ int) []string {
			kind := words.T("画像", "Photo")
			if reelsLeft[day] > 0 {
				reelsLeft[day]--
				kind = words.T("リール", "Reel")
			}
			themes := []words.Text{words.T("社員の一日", "A day at work"), words.T("仕事の紹介", "Our work"), words.T("募集のお知らせ", "Openings"), words.T("小ネタ", "Just for fun")}
			return []string{kind.In(lang), themes[kinds.Pick(3, 3, 2, 2)].In(lang)}
		}),
		m.parted("web.csv", lang, theDate, theDevice, devices, []words.Text{words.T("SNS経由の訪問", "Visits from social media"), words.T("応募ページ到達", "Application page opened")}, visits, views),
		m.rows("applicants.csv", lang, []words.Text{words.T("応募日", "Applied on"), words.T("経路", "Came from"), words.T("職種", "Job"), words.T("段階", "Stage")}, all, func(day, _ int) []string {
			route := routes[3+s.Pick(3, 1)]
			if left[day] > 0 {
				left[day]--
				route = routes[s.Pick(5, 3, 2)]
			}
			return []string{route.In(lang), jobs[s.Pick(3, 3, 2, 1)].In(lang), stages[s.Pick(4, 4, 1, 1)].In(lang)}
		}),
	}
}

func sampleSales(m *market, lang words.Lang) []table {
	lives := m.counts("lives", level{.28, 1.1, weekly(.6, .5, .8, 1, 1.2, 2, .9), .05})
	customers := m.counts("customer posts", level{14, 1.2, sample.Shop, .25})
	impressions := m.counts("impressions", level{37900, 1.5, sample.Phone, .1})
	clicks := m.shares("clicks", impressions, level{.0183, 1.05, sample.Flat, .05})
	visits := m.shares("visits", clicks, level{.985, 1, sample.Flat, 0})
	rates := spread(m.means("orders", level{.0215, 1.09, sample.Shop, .06}), lives, .25, 0, .4, .4, .2)
	s := m.stream("orders")
	orders := make([]int, len(visits))
	for i, rate := range rates {
		orders[i] = s.Of(visits[i], rate)
	}
	categories := []words.Text{words.T("食品", "Food"), words.T("雑貨", "Home"), words.T("ギフト", "Gifts")}
	parts := m.split("categories", orders, 5, 3, 2)
	revenue := [][]int{
		m.amounts("food", parts[0], level{4450, 1.03, sample.Flat, .03}),
		m.amounts("home", parts[1], level{5050, 1.03, sample.Flat, .03}),
		m.amounts("gifts", parts[2], level{7100, 1.03, sample.Flat, .04}),
	}
	titles := []words.Text{words.T("新商品の紹介", "New products"), words.T("使い方の相談", "How to use it"), words.T("作り手と話す", "Meet the maker")}
	titled := m.stream("lives")
	return []table{
		m.daily("sns.csv", lang, theDate,
			whole("表示回数", "Impressions", impressions), whole("リンクのクリック数", "Link clicks", clicks), whole("タグ付けされた投稿", "Tagged posts", customers)),
		m.parted("web.csv", lang, theDate, theDevice, devices, []words.Text{words.T("SNS経由の訪問", "Visits from social media")}, m.split("devices", visits, .84, .12, .04)),
		m.parted("shop.csv", lang, words.T("注文日", "Ordered on"), words.T("カテゴリ", "Category"), categories,
			[]words.Text{words.T("注文件数", "Orders"), words.T("売上金額", "Revenue")}, parts, revenue),
		m.rows("lives.csv", lang, []words.Text{words.T("配信日", "Broadcast on"), words.T("内容", "About")}, lives, func(int, int) []string {
			return []string{titles[titled.Whole(len(titles))].In(lang)}
		}),
	}
}

func sampleMeetings(m *market, lang words.Lang) []table {
	cases := m.counts("cases", level{.48, 1, weekly(.1, 1.4, 1.4, 1.4, 1.4, 1.2, .1), .05})
	rhythm := sample.Office
	rhythm.Week = [7]float64{.55, 1.1, 1.15, 1.15, 1.1, 1.05, .6}
	rhythm.Holiday, rhythm.GoldenWeek, rhythm.Obon, rhythm.NewYear = .6, .6, .7, .4
	profile := m.draw("profile", spread(m.means("profile", level{300, 1.2, rhythm, .1}), cases, .3, 1, .4, .3, .3))
	clicks := m.shares("clicks", profile, level{.222, 1.03, sample.Flat, .05})
	visits := m.shares("visits", clicks, level{.98, 1, sample.Flat, 0})
	consultations := m.shares("consultations", visits, level{.0215, 1.04, sample.Flat, .1})
	hours := m.hours("hours", level{4.6, .6, sample.Flat, .18})
	held := m.later("meetings", m.shares("held", consultations, level{.52, 1.04, sample.Flat, .08}), 2, 9)
	others := m.counts("other inquiries", level{.9, 1, sample.Office, .1})
	othersHeld := m.later("other meetings", m.shares("other held", others, level{.6, 1, sample.Flat, 0}), 2, 9)
	routes := []words.Text{words.T("SNS", "Social media"), words.T("検索", "Search"), words.T("紹介", "Referral")}
	from := func(name string, social []int) func(day, n int) []string {
		left, s := append([]int{}, social...), m.stream(name)
		return func(day, n int) []string {
			route := routes[1+s.Pick(3, 2)]
			if left[day] > 0 {
				left[day]--
				route = routes[0]
			}
			return []string{route.In(lang), fmt.Sprintf("%s%04d", words.T("会社", "Company ").In(lang), 1000+(n*37)%9000)}
		}
	}
	company := words.T("会社名", "Company")
	cameFrom := words.T("きっかけ", "Came from")
	themes := []words.Text{words.T("事例", "Case"), words.T("お役立ち", "Tips"), words.T("お知らせ", "News")}
	themed, caseLeft := m.stream("themes"), append([]int{}, cases...)
	tips := m.counts("tips", level{.7, 1, weekly(.2, 1.3, 1.3, 1.3, 1.3, 1.2, .2), .05})
	return []table{
		m.daily("sns.csv", lang, theDate, whole("プロフィールへのアクセス数", "Profile visits", profile), whole("URLのクリック数", "URL clicks", clicks)),
		m.rows("posts.csv", lang, []words.Text{words.T("投稿日", "Posted on"), words.T("テーマ", "Theme")}, sum(cases, tips), func(day, _ int) []string {
			if caseLeft[day] > 0 {
				caseLeft[day]--
				return []string{themes[0].In(lang)}
			}
			return []string{themes[1+themed.Pick(3, 1)].In(lang)}
		}),
		m.parted("web.csv", lang, theDate, theDevice, devices, []words.Text{words.T("SNS経由の訪問", "Visits from social media")}, m.split("devices", visits, .5, .46, .04)),
		m.rows("inquiries.csv", lang, []words.Text{words.T("受付日", "Received on"), cameFrom, company}, sum(consultations, others), from("inquiries", consultations)),
		m.daily("replies.csv", lang, theDate, tenths("初回返信までの時間", "Hours to first reply", hours)),
		m.rows("meetings.csv", lang, []words.Text{words.T("商談日", "Met on"), cameFrom, company}, sum(held, othersHeld), from("held", held)),
	}
}

// weekly is a rhythm of the week alone, Sunday first.
func weekly(factors ...float64) sample.Rhythm {
	r := sample.Flat
	copy(r.Week[:], factors)
	r.NewYear = .3
	return r
}

// before is what a daily gain has brought since the first day, up to the start
// of the fiscal year: a stock is to stand at a known height there.
func before(m *market, gain float64) int { return int(gain * float64(m.start-m.days.From)) }

func sum(a, b []int) []int {
	out := make([]int, len(a))
	for i := range out {
		out[i] = a[i] + b[i]
	}
	return out
}

func total(parts [][]int) []int {
	out := make([]int, len(parts[0]))
	for _, p := range parts {
		out = sum(out, p)
	}
	return out
}
