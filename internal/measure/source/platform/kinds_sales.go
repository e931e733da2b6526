package platform

import "github.com/shirube/shirube/internal/words"

var (
	heights = words.T("友だち数・フォロワー数・ブロック数は、その日までの累計です。足さずに、期間の最後の日の数を使います。",
		"Friends, followers and blocks are totals up to the day. They are not added up: the last day of a period counts.")
	noYear = words.T("TikTokの書き出しには年のない日付(September 1)のものがあります。その場合は、日付の列に年を足してから取り込んでください。",
		"Some exports of TikTok write days without a year (September 1). Add the year to the column of dates before bringing them in.")
	wonOnly = words.T("受注した商談だけを、クローズ日(完了予定日)に数えます。受注のステージに別の名前を付けているときは、条件を直してください。まだ決まっていない商談は、先の日付が入るので、除いて書き出してください。",
		"Only deals that were won are counted, on their close date. If your stage of won deals has another name, change the condition. Leave open deals out of the export: their dates lie ahead.")
	ownFields = words.T("レコードの件数を作成日に数えます。アプリ独自の列は「数を足す」で選んでください。",
		"Records are counted on the day they were made. Choose the columns of your own app with “Add a number”.")
)

// LINE Official Account: the daily table of friends, friend_overview, whose three columns are
// totals so far, as public readers of real ones describe it; one of them lists the Japanese
// names too.
var lineKinds = []kind{{
	id: "line_friends", source: "line", name: words.T("LINE公式アカウント(友だち・日ごと)", "LINE Official Account, friends per day"),
	date: []string{"date", "日付"}, warnings: []words.Text{heights},
	needs: [][]string{{"contacts", "総友だち数", "友だち追加数"}, {"targetReaches", "ターゲットリーチ"}, {"blocks", "ブロック数"}},
	numbers: []number{
		{id: "followers", names: []string{"contacts", "総友だち数", "友だち追加数"}, agg: "last"},
		{id: "target_reach", names: []string{"targetReaches", "ターゲットリーチ"}, agg: "last"},
		{id: "blocks", names: []string{"blocks", "ブロック数"}, agg: "last"},
	},
}}

// TikTok Studio: Overview, FollowerHistory, Viewers and Content, the names of columns as
// public readers of real exports list them, in English only. FollowerHistory writes
// "undefined" where it knows nothing.
var tiktokKinds = []kind{
	{
		id: "tiktok_days", source: "tiktok", name: words.T("TikTok(日ごと)", "TikTok, per day"),
		date: []string{"Date"}, rank: 2, warnings: []words.Text{noYear},
		needs: [][]string{{"Video Views"}, {"Profile Views"}, {"Likes"}, {"Comments"}, {"Shares"}},
		numbers: []number{
			{id: "views", names: []string{"Video Views"}},
			{id: "profile_visits", names: []string{"Profile Views"}},
			{id: "likes", names: []string{"Likes"}},
			{id: "comments", names: []string{"Comments"}},
			{id: "shares", names: []string{"Shares"}},
			{id: "followers", names: []string{"Followers"}, agg: "last"},
			{id: "new_follows", names: []string{"Net followers"}},
		},
	},
	{
		id: "tiktok_followers", source: "tiktok_followers", name: words.T("TikTok(フォロワーの推移)", "TikTok, followers per day"),
		date: []string{"Date"}, rank: 1, warnings: []words.Text{heights, noYear},
		needs: [][]string{{"Followers"}, {"Difference in followers from previous day"}},
		numbers: []number{
			{id: "followers", names: []string{"Followers"}, agg: "last"},
			{id: "new_follows", names: []string{"Difference in followers from previous day"}},
		},
	},
	{
		id: "tiktok_viewers", source: "tiktok_viewers", name: words.T("TikTok(視聴者)", "TikTok, viewers per day"),
		date: []string{"Date"}, warnings: []words.Text{reachOfDay, noYear},
		needs: [][]string{{"Total Viewers"}, {"New Viewers"}, {"Returning Viewers"}},
		numbers: []number{
			{id: "viewers", names: []string{"Total Viewers"}, agg: "mean"},
			{id: "new_viewers", names: []string{"New Viewers"}, agg: "mean"},
		},
	},
	{
		id: "tiktok_videos", source: "tiktok_videos", name: words.T("TikTok(動画ごと)", "TikTok, per video"),
		date: []string{"Video publish time", "Post time"}, count: "posts", zero: true, warnings: []words.Text{perPost, noYear},
		needs: [][]string{{"Video title"}, {"Video link"}, {"Total views"}, {"Total likes"}},
		numbers: []number{
			{id: "views", names: []string{"Total views"}, post: "impressions"},
			{id: "likes", names: []string{"Total likes"}, post: "likes"},
			{id: "comments", names: []string{"Total comments"}, post: "replies"},
			{id: "shares", names: []string{"Total shares"}, post: "shares"},
			{id: "saves", names: []string{"Total bookmarks", "Total saves"}, post: "saves"},
		},
		posts: &postColumns{network: "tiktok", fixed: "video", id: []string{"Video link"}, text: []string{"Video title"}, url: []string{"Video link"}},
	},
}

// Deals of HubSpot and Salesforce, by the names of their standard fields as public readers of
// real exports list them: HubSpot's in English and, by one of them, in Japanese, Salesforce's
// in English. Only what was won counts: the close date of an open deal is a hope.
var dealKinds = []kind{
	{
		id: "hubspot_deals", source: "hubspot", name: words.T("HubSpot(取引)", "HubSpot, deals"),
		date: []string{"Close Date", "クローズ日"}, zero: true, warnings: []words.Text{wonOnly},
		needs:   [][]string{{"Deal Name", "取引名"}, {"Deal Stage", "取引ステージ"}},
		by:      [][]string{{"Pipeline", "パイプライン"}},
		matched: []matched{{count: "won", sum: "won_amount", of: []string{"Amount", "金額", "合計売上"}, where: []string{"Deal Stage", "取引ステージ"}, is: wonStages}},
	},
	{
		id: "salesforce_deals", source: "salesforce", name: words.T("Salesforce(商談)", "Salesforce, opportunities"),
		date: []string{"Close Date"}, zero: true, warnings: []words.Text{wonOnly},
		needs:   [][]string{{"Opportunity Name"}, {"Stage"}},
		by:      [][]string{{"Lead Source"}},
		matched: []matched{{count: "won", sum: "won_amount", of: []string{"Amount", "Total Amount"}, where: []string{"Stage"}, is: wonStages}},
	},
}

var wonStages = []string{"Closed Won", "Closed won", "closedwon", "受注", "成約"}

// kintone: an app's columns are its own, but those of every record are kintone's. With a table
// in the record one record has several lines, and the first bears a star.
var kintoneKinds = []kind{
	{
		id: "kintone_tables", source: "kintone", name: words.T("kintone(テーブル入りのレコード)", "kintone, records with tables"),
		date: []string{"作成日時"}, zero: true, warnings: []words.Text{ownFields},
		needs:   [][]string{{"レコードの開始行"}, {"レコード番号"}},
		matched: []matched{{count: "records", where: []string{"レコードの開始行"}, is: []string{"*"}}},
	},
	{
		id: "kintone", source: "kintone", name: words.T("kintone(レコード)", "kintone, records"),
		date: []string{"作成日時"}, zero: true, count: "records", warnings: []words.Text{ownFields},
		needs: [][]string{{"レコード番号"}, {"作成者"}, {"更新日時"}}, lacks: []string{"レコードの開始行"},
	},
}
