package warehouse

import "github.com/shirube/shirube/internal/words"

// Definition is how a number is counted, said to whoever looks at it. The readers count
// what these sentences say; who changes one changes the other.
type Definition struct {
	Name words.Text
	Text words.Text
}

// Definitions are the definitions of the numbers, by the names that the API gives them.
var Definitions = map[string]Definition{
	"visitors": {
		words.T("訪問者数", "Visitors"),
		words.T("期間中に訪れた人の数です。何日訪れても1人と数え、ログインやフォームで同じ人と分かった記録はさかのぼって1人にまとめます。",
			"The people who came in the period, each counted once however many days they came. Records that turn out to be the same person are joined, also backwards in time."),
	},
	"daily_visitors": {
		words.T("訪問者数（日別の合計）", "Visitors (sum of days)"),
		words.T("1日ごとの訪問者数を足した数です。同じ人が3日訪れると3になります。Cookieを使わない計測では翌日の同じ人を見分けられないため、この数だけを示します。流入元別では、同じ日でも入り口が違えば分けて数えます。",
			"The visitors of each day, added up: a person who comes on three days counts three times. Without cookies nobody is recognised the next day, so this is all that is known. By source, each way in counts by itself."),
	},
	"visits": {
		words.T("訪問数", "Visits"),
		words.T("ひと続きの閲覧を1回と数えます。30分間何も起きないと終わり、別のキャンペーンや広告から入ると新しい訪問になります。日付をまたいでも1回で、始まった日に数えます。",
			"One stretch of viewing counts once. It ends after 30 minutes without anything, or when the person comes in by another campaign or ad. A visit past midnight is still one and belongs to the day it began."),
	},
	"views": {
		words.T("表示回数", "Views"),
		words.T("ページや画面が表示された回数です。再読み込みも数え、表示された日に入れます。",
			"How often pages or screens were shown, reloads included, on the day they were shown."),
	},
	"events": {
		words.T("イベント数", "Events"),
		words.T("送信やダウンロードなど、計測した行動の回数です。表示と、滞在時間の自動送信は含みません。",
			"How often tracked actions such as submissions or downloads happened; views and the tracker's own engagement are not counted."),
	},
	"bounces": {
		words.T("直帰数", "Bounces"),
		words.T("1ページだけを見て、ほかの行動がなく、見ていた時間が10秒未満だった訪問です。直帰率は訪問数で割ります。",
			"Visits of one view, without any action, that were looked at for less than 10 seconds. The bounce rate divides them by visits."),
	},
	"engaged": {
		words.T("閲覧時間", "Engaged time"),
		words.T("ページが実際に画面に出ていた時間の合計です。別のタブを見ていた時間は含みません。",
			"How long pages were really visible, added up; time spent in other tabs is left out."),
	},
	"duration": {
		words.T("滞在時間", "Visit duration"),
		words.T("訪問の最初から最後の記録までの時間です。1回しか記録がない訪問は0秒になります。",
			"The time from a visit's first record to its last; a visit with one record lasts 0 seconds."),
	},
	"entries": {
		words.T("入口", "Entries"),
		words.T("そのページから始まった訪問の数です。", "Visits that began on the page."),
	},
	"exits": {
		words.T("出口", "Exits"),
		words.T("そのページを最後に終わった訪問の数です。", "Visits that ended on the page."),
	},
	"value": {
		words.T("金額", "Value"),
		words.T("イベントに付いた金額（売上、見積もりなど）の合計です。通貨は換算しません。",
			"The amounts that came with events (revenue, quotes), added up; currencies are not converted."),
	},
	"source": {
		words.T("流入元", "Source"),
		words.T("utm_source があればその値、なければ参照元のサイトです。訪問の最初のページで決まり、どちらもないものは直接の訪問です。",
			"The utm_source, or else the site the visit came from, read off the visit's first page. With neither, the visit was direct."),
	},
	"channel": {
		words.T("チャネル", "Channel"),
		words.T("流入元と媒体を、いまのチャネル分けのルールで分類したものです。ルールを変えると過去の分も分け直されます。",
			"Source and medium, sorted by the channel rules as they are now; changing the rules re-sorts the past, too."),
	},
	"transitions": {
		words.T("ページの移動", "Steps between pages"),
		words.T("同じ訪問の中で、あるページの次に別のページが表示された回数です。再読み込みは移動に数えません。",
			"How often one page was viewed next after another in the same visit. A reload is no step."),
	},
	"funnel": {
		words.T("ファネル", "Funnel"),
		words.T("各段階を順番どおりに通った人の数です。最初の段階が期間内で、最後の段階までが期限内のものを数え、間に別の行動があってもかまいません。いちばん先まで進んだ道のりを、その人の結果とします。絞り込みは最初の段階の訪問にかかります。",
			"The people who passed the steps in order: the first within the period, the last within the window. Other things may happen in between; a person counts with the way that came furthest. Filters apply to the visit of the first step."),
	},
	"cohorts": {
		words.T("コホート", "Cohorts"),
		words.T("はじめて訪れた週または月で人を分け、その後の各期間に戻ってきた人を数えます。Cookieを使わずに数えた人は、戻ってきたか分からないので含みません。まだ来ていない期間は空欄です。",
			"People by the week or month of their first visit, and how many came back in each period after. People counted without cookies are left out, as nobody can know whether they came back. Periods still to come are empty."),
	},
	"journeys": {
		words.T("成果までの道のり", "Journeys"),
		words.T("成果1件ごとに、同じ人のそれまでの訪問を、決めた日数だけさかのぼって並べたものです。同じ人と分かった別の端末の訪問や、サーバーから届いた成果も含みます。",
			"For each outcome, the visits of the same person before it, as far back as chosen. Visits from other devices of the same person and outcomes sent by a server are included."),
	},
	"filters": {
		words.T("絞り込み", "Filters"),
		words.T("流入元・端末・入口・出口は訪問を選びます。ページと属性は当てはまる表示とイベントを選び、それを含む訪問を数えます。イベント名はそのイベントを選び、表示回数はそれを含む訪問のものになります。複数のページ・イベントの条件は、1つの記録がすべて満たす必要があります。",
			"Source, device, entry and exit choose visits. Page and property choose the views and events they fit, and visits that hold one. An event's name chooses these events; views are then those of the visits that hold one. Several conditions on pages and events have to fit the same record."),
	},
	"bots": {
		words.T("ロボット", "Robots"),
		words.T("検索エンジンなどの自動アクセスは、捨てずに分けて保存しています。ふだんの数には含みません。",
			"Automatic visits, of search engines for example, are kept apart, not thrown away. They are in none of the usual numbers."),
	},
}
