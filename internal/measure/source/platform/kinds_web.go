package platform

import "github.com/shirube/shirube/internal/words"

var (
	searchColumns = [][]string{{"Clicks", "クリック数"}, {"Impressions", "表示回数"}, {"CTR"}, {"Position", "掲載順位"}}
	hiddenQueries = words.T("クエリの表を足しても合計にはなりません。まれな検索語はGoogleが伏せるためです。毎日の数には日付の表を使います。",
		"The rows of the queries do not add up to the total: Google leaves rare searches out. Daily numbers are taken from the table of dates.")
	noDates = words.T("この表には日付の列がないので、日ごとの数にはできません。", "This table has no column of dates, so it cannot become daily numbers.")
)

// Search Console: the members of the zip and their columns as public readers of real
// exports list them; the chart is called グラフ, 日付, Chart or Dates, and was 平均読み込み時間の
// チャート for years by a slip of translation.
var searchKinds = []kind{
	{
		id: "search_days", source: "search", name: words.T("Google Search Console(日ごと)", "Google Search Console, per day"),
		date: []string{"Date", "日付"}, needs: searchColumns, rank: 3,
		numbers: []number{
			{id: "clicks", names: []string{"Clicks", "クリック数"}},
			{id: "impressions", names: []string{"Impressions", "表示回数"}},
			{id: "position", names: []string{"Position", "掲載順位"}, agg: "mean"},
		},
		warnings: []words.Text{hiddenQueries, words.T("CTRは取り込みません。クリック数を表示回数で割って計算するのが正確です。", "CTR is not taken: it is exact as clicks over impressions.")},
	},
	{
		id: "search_queries", name: words.T("Google Search Console(クエリ)", "Google Search Console, queries"),
		first: []string{"Top queries", "上位のクエリ", "Query", "クエリ"}, needs: searchColumns, warnings: []words.Text{hiddenQueries, noDates},
	},
	{
		id: "search_pages", name: words.T("Google Search Console(ページ)", "Google Search Console, pages"),
		first: []string{"Top pages", "上位のページ", "Page", "ページ"}, needs: searchColumns, warnings: []words.Text{noDates},
	},
	{
		id: "search_parts", name: words.T("Google Search Console(内訳)", "Google Search Console, a breakdown"),
		first: []string{"Country", "国", "Device", "デバイス", "Search appearance", "検索での見え方"}, needs: searchColumns, warnings: []words.Text{noDates},
	},
}

var (
	ga4Days    = []string{"Date", "日付", "Nth day", "N 日目", "N日目", "日 N", "Day N", "第 N 日"}
	usersOfDay = words.T("ユーザー数は日ごとの人数です。足しても期間の人数にはならないので、平均でまとめます。",
		"Users are people of a day. Adding them up does not give the people of a period, so they are averaged.")
	ga4Numbers = []number{
		{id: "active_users", names: []string{"Active users", "アクティブ ユーザー", "アクティブユーザー"}, agg: "mean"},
		{id: "total_users", names: []string{"Total users", "総ユーザー数", "合計ユーザー数"}, agg: "mean"},
		{id: "new_users", names: []string{"New users", "新規ユーザー数", "新規ユーザー"}},
		{id: "sessions", names: []string{"Sessions", "セッション", "セッション数"}},
		{id: "engaged_sessions", names: []string{"Engaged sessions", "エンゲージのあったセッション数"}},
		{id: "views", names: []string{"Views", "表示回数"}},
		{id: "events", names: []string{"Event count", "イベント数"}},
		{id: "key_events", names: []string{"Key events", "キーイベント", "Conversions", "コンバージョン"}},
		{id: "revenue", names: []string{"Total revenue", "合計収益"}},
	}
	ga4Proof = []string{"Active users", "アクティブ ユーザー", "アクティブユーザー", "New users", "新規ユーザー数", "Engaged sessions",
		"エンゲージのあったセッション数", "Event count", "イベント数", "Total users", "総ユーザー数"}
	ga4By = [][]string{
		{"Session primary channel group (Default Channel Group)", "Session default channel group", "セッションのメインのチャネル グループ(デフォルト チャネル グループ)", "セッションのデフォルト チャネル グループ"},
		{"Session source / medium", "セッションの参照元 / メディア", "セッションの参照元またはメディア"},
		{"Device category", "デバイス カテゴリ"},
		{"Event name", "イベント名"},
	}
)

// GA4: the preamble behind #, tables under one another, days as their number, a totals row
// with an empty key: as public readers of real downloads handle them in both languages.
var ga4Kinds = []kind{
	{
		id: "ga4_days", source: "ga4", name: words.T("Google アナリティクス 4(日ごと)", "Google Analytics 4, per day"),
		date: ga4Days, needs: [][]string{ga4Proof}, numbers: ga4Numbers, by: ga4By, rank: 2, warnings: []words.Text{usersOfDay},
	},
	{
		id: "ga4_parts", name: words.T("Google アナリティクス 4(日付なし)", "Google Analytics 4, without dates"),
		needs: [][]string{ga4Proof}, lacks: ga4Days,
		warnings: []words.Text{noDates, words.T("GA4の探索やレポートで「日付」のディメンションを加えて、もう一度書き出してください。", "Add the dimension “Date” to the report in GA4 and download it again.")},
	},
}

var (
	money = words.T("費用の通貨はファイルのとおりです。ほかの通貨の広告とは足さないでください。", "Cost is in the currency of the file. Do not add it to that of ads in another one.")
	// Meta writes one row per span; only the breakdown by day makes days of it.
	spanRows = words.T("「日」の内訳がない書き出しです。期間の数字がすべて「レポート開始日」に数えられます。広告マネージャで内訳に「日」を選んで書き出し直してください。",
		"This export has no breakdown by day: all of a span would be counted on its first day. Choose the breakdown “Day” in Ads Manager and export it again.")
)

// Cost of ads: Google Ads (a report's name and period above the header, 合計 rows at the end)
// and Meta Ads Manager (a totals row without campaign first), names as public readers of real
// exports list them in both languages.
var adKinds = []kind{
	{
		id: "google_ads", source: "google_ads", name: words.T("Google 広告(日ごと)", "Google Ads, per day"),
		date: []string{"Day", "日"}, zero: true, warnings: []words.Text{money},
		needs: [][]string{{"Cost", "費用"}, {"Clicks", "クリック数"}, {"Impr.", "Impressions", "表示回数"}},
		numbers: []number{
			{id: "impressions", names: []string{"Impr.", "Impressions", "表示回数"}},
			{id: "clicks", names: []string{"Clicks", "クリック数"}},
			{id: "cost", names: []string{"Cost", "費用"}},
			{id: "conversions", names: []string{"Conversions", "コンバージョン"}},
			{id: "conversion_value", names: []string{"Conv. value", "コンバージョン値"}},
		},
		by: [][]string{{"Campaign", "キャンペーン"}, {"Ad group", "広告グループ"}, {"Device", "デバイス"}},
	},
	{
		id: "meta_ads", source: "meta_ads", name: words.T("Meta 広告(日ごと)", "Meta Ads, per day"),
		date: []string{"Day", "日"}, zero: true, numbers: metaAdNumbers, by: metaAdBy, warnings: []words.Text{money, reachOfDay},
		needs: [][]string{{"Amount spent", "消化金額"}, {"Impressions", "インプレッション"}},
	},
	{
		id: "meta_ads_spans", source: "meta_ads", name: words.T("Meta 広告(期間ごと)", "Meta Ads, per span"),
		date: []string{"Reporting starts", "レポート開始日"}, zero: true, numbers: metaAdNumbers, by: metaAdBy, warnings: []words.Text{spanRows, money},
		needs: [][]string{{"Amount spent", "消化金額"}, {"Reporting ends", "レポート終了日"}},
	},
}

var (
	metaAdNumbers = []number{
		{id: "impressions", names: []string{"Impressions", "インプレッション"}},
		{id: "reach", names: []string{"Reach", "リーチ"}, agg: "mean"},
		{id: "clicks", names: []string{"Link clicks", "リンクのクリック", "リンクのクリック数", "リンククリック", "Clicks (all)", "クリック(すべて)"}},
		{id: "cost", names: []string{"Amount spent", "消化金額"}},
		{id: "results", names: []string{"Results", "結果"}},
	}
	metaAdBy = [][]string{{"Campaign name", "キャンペーン名"}, {"Ad set name", "広告セット名"}, {"Ad name", "広告の名前", "広告名"}}
)
