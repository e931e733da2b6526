package template

import (
	"fmt"
	"time"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/template/sample"
	"github.com/shirube/shirube/internal/words"
)

func sampleConversion(m *market, lang words.Lang) []table {
	scenarios := m.counts("scenarios", level{48, 1.25, sample.Office, .1})
	nurtured := m.split("nurtured", m.counts("nurtured", level{125, 1.1, sample.Office, .1}), 4, 3, 2)
	openers := m.within("openers", m.shares("openers", total(nurtured), level{.465, 1.01, sample.Flat, .03}), nurtured)
	returners := m.within("returners", m.shares("returners", total(openers), level{.29, 1.06, sample.Flat, .04}), openers)
	inquiries := m.within("inquiries", m.shares("inquiries", total(returners), level{.384, 1.05, sample.Flat, .05}), returners)
	sent := m.counts("sent", level{2300, 1.15, sample.Office, .06})
	unsubscribed := m.shares("unsubscribed", sent, level{.0026, 1.02, sample.Flat, .08})
	downloads := m.counts("downloads", level{16.8, 1.1, sample.Office, .12})
	papers := []words.Text{words.T("サービス資料", "Service guide"), words.T("料金表", "Prices"), words.T("導入事例集", "Case book")}
	s := m.stream("papers")
	return []table{
		m.parted("ma.csv", lang, theDate, words.T("きっかけ", "Came from"),
			[]words.Text{words.T("資料請求", "Document"), words.T("セミナー", "Seminar"), words.T("展示会", "Fair")},
			[]words.Text{words.T("育成を始めた人数", "Leads begun"), words.T("開封した人数", "Opened a mail"), words.T("サイトに戻った人数", "Came back"), words.T("問い合わせた人数", "Inquired")},
			nurtured, openers, returners, inquiries),
		m.daily("mail.csv", lang, words.T("配信日", "Sent on"),
			whole("配信数", "Mails sent", sent), whole("シナリオ配信数", "Scenario mails", scenarios), whole("配信停止数", "Unsubscribes", unsubscribed)),
		m.rows("downloads.csv", lang, []words.Text{theDate, words.T("資料", "Document")}, downloads, func(int, int) []string {
			return []string{papers[s.Pick(5, 3, 2)].In(lang)}
		}),
	}
}

func sampleDeals(m *market, lang words.Lang) []table {
	web := m.counts("web leads", level{6.1, 1.08, sample.Office, .1})
	event := m.events()
	leads := sum(web, event)
	held := m.later("held", m.shares("meetings", leads, level{.121, 1.06, sample.Flat, .06}), 4, 14)
	won := m.later("won", m.shares("deals", held, level{.212, 1.02, sample.Flat, .08}), 18, 50)
	views := m.counts("case views", level{64, 1.2, sample.Office, .2})
	hours := m.hours("hours", level{7, .75, sample.Flat, .15})
	s, left := m.stream("leads"), append([]int{}, web...)
	routes := []words.Text{words.T("問い合わせ", "Inquiry"), words.T("資料請求", "Document"), words.T("展示会", "Fair"), words.T("セミナー", "Seminar")}
	id := func(n int) string { return fmt.Sprintf("L%05d", n+1) }
	pick := m.earlier("lead of", leads)
	amounts := m.stream("amounts")
	leadID := words.T("リードID", "Lead ID")
	return []table{
		m.daily("web.csv", lang, theDate, whole("事例ページの閲覧", "Case page views", views)),
		m.rows("leads.csv", lang, []words.Text{words.T("登録日", "Registered on"), leadID, words.T("経路", "Came from")}, leads, func(day, n int) []string {
			route := routes[2+s.Pick(3, 1)]
			if left[day] > 0 {
				left[day]--
				route = routes[s.Pick(2, 3)]
			}
			return []string{id(n), route.In(lang)}
		}),
		m.daily("calls.csv", lang, theDate, tenths("最初の電話までの時間", "Hours to first call", hours)),
		m.rows("meetings.csv", lang, []words.Text{words.T("商談日", "Met on"), leadID}, held, func(day, _ int) []string {
			return []string{id(pick(day - 4))}
		}),
		m.rows("contracts.csv", lang, []words.Text{words.T("契約日", "Signed on"), leadID, words.T("契約金額", "Amount")}, won, func(day, _ int) []string {
			amount := 900_000 + 100_000*amounts.Whole(8) + 100_000*amounts.Poisson(2.6)
			return []string{id(pick(day - 22)), sample.Grouped(amount)}
		}),
	}
}

// events is leads from fairs (two days, a few a year) and seminars (every other
// Thursday).
func (m *market) events() []int {
	s := m.stream("events")
	out := make([]int, m.days.Days())
	for i := range out {
		d := m.days.From + series.Day(i)
		_, month, date := d.Civil()
		fairMonth := month == time.April || month == time.June || month == time.October || month == time.February
		switch {
		case !m.cal.IsBusinessDay(d):
		case fairMonth && (date == 14 || date == 15 || date == 16):
			out[i] = s.Poisson(52)
		case d.Weekday() == time.Thursday && (int(d)/7)%2 == 0:
			out[i] = s.Poisson(16)
		}
	}
	return out
}

// earlier picks a lead registered at most 60 days before a day, by its number.
func (m *market) earlier(name string, leads []int) func(day int) int {
	s := m.stream(name)
	until := make([]int, len(leads)+1)
	for i, n := range leads {
		until[i+1] = until[i] + n
	}
	return func(day int) int {
		last := until[max(day, 1)]
		first := until[max(day-60, 0)]
		if last <= first {
			return max(last-1, 0)
		}
		return first + s.Whole(last-first)
	}
}

func sampleShop(m *market, lang words.Lang) []table {
	visits := m.counts("visits", level{2010, 1.07, sample.Phone, .07})
	newOrders := m.shares("new orders", visits, level{.0168, 1.03, sample.Shop, .06})
	newRevenue := m.amounts("new revenue", newOrders, level{4250, 1.01, sample.Flat, .03})
	mails := m.counts("mail clicks", level{170, 1.1, weekly(.4, .5, 2.1, .8, .5, 2, .7), .12})
	shipping := m.hours("shipping", level{1.9, .88, weekly(1.2, 1.1, .95, .9, .9, .95, 1.1), .1})
	repeatOrders := m.counts("repeat orders", level{27.6, 1.3, sample.Shop, .07})
	repeatRevenue := m.amounts("repeat revenue", repeatOrders, level{5850, 1.02, sample.Flat, .03})
	reviews := m.counts("reviews", level{3.9, 1.2, sample.Shop, .2})
	stars := m.stream("stars")
	return []table{
		m.parted("web.csv", lang, theDate, words.T("流入元", "Channel"),
			[]words.Text{words.T("検索", "Search"), words.T("SNS", "Social media"), words.T("広告", "Advertising"), words.T("メール", "Mail")},
			[]words.Text{words.T("訪問数", "Visits")}, m.split("channels", visits, 42, 28, 20, 10)),
		m.daily("shop.csv", lang, theDate,
			whole("売上", "Revenue", sum(newRevenue, repeatRevenue)), whole("新規の注文件数", "First orders", newOrders), whole("新規の売上", "Revenue of first orders", newRevenue),
			whole("リピートの注文件数", "Repeat orders", repeatOrders), whole("リピートの売上", "Revenue of repeat orders", repeatRevenue)),
		m.rows("reviews.csv", lang, []words.Text{words.T("投稿日", "Written on"), words.T("評価", "Stars")}, reviews, func(int, int) []string {
			return []string{sample.Whole(5 - stars.Pick(6, 3, 1, .4, .3))}
		}),
		m.daily("shipping.csv", lang, theDate, tenths("発送までの日数", "Days until shipping", shipping)),
		m.daily("mail.csv", lang, words.T("配信日", "Sent on"), whole("クリック数", "Clicks", mails)),
	}
}
