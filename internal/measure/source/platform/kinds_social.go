package platform

import (
	"strings"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/words"
)

// X, old form: the names analytics.twitter.com wrote, in both languages as programs that
// read its files list them (the Japanese screen: ferret-plus.com/6143).
// X, new form: files of 2026 in English; the Japanese names of the content export stand in
// programs that read it, those of the daily export are known in part.
var (
	perPost = words.T("投稿ごとの書き出しです。数字は「見られた日」ではなく「投稿した日」に数えます。日ごとの推移を見るには、日ごとの書き出しも取り込んでください。",
		"This is one row per post: numbers are counted on the day of posting, not on the day people saw them. For the course over time bring in the daily export too.")
	reachOfDay = words.T("リーチや閲覧者は日ごとの人数です。足しても期間の人数にはならないので、平均でまとめます。",
		"Reach and viewers are people of a day. Adding them up does not give the people of a period, so they are averaged.")
)

var xNumbers = []number{
	{id: "impressions", names: []string{"Impressions", "インプレッション数", "インプレッション"}, post: "impressions"},
	{id: "engagements", names: []string{"Engagements", "エンゲージメント"}, post: "engagements"},
	{id: "likes", names: []string{"Likes", "いいね", "favorites"}, post: "likes"},
	{id: "replies", names: []string{"Replies", "返信"}, post: "replies"},
	{id: "reposts", names: []string{"Reposts", "リポスト", "retweets", "リツイート"}, post: "shares"},
	{id: "shares", names: []string{"Shares", "共有された回数"}},
	{id: "bookmarks", names: []string{"Bookmarks", "ブックマーク"}, post: "saves"},
	{id: "new_follows", names: []string{"New follows", "新しいフォロー", "follows", "フォローしている"}, post: "follows"},
	{id: "unfollows", names: []string{"Unfollows", "フォロー解除"}},
	{id: "profile_visits", names: []string{"Profile visits", "プロフィールへのアクセス数", "user profile clicks", "ユーザープロフィールクリック"}},
	{id: "url_clicks", names: []string{"URL Clicks", "URLのクリック数", "URLクリック数"}, post: "clicks"},
	{id: "hashtag_clicks", names: []string{"Hashtag Clicks", "ハッシュタグのクリック数", "ハッシュタグクリック"}},
	{id: "detail_expands", names: []string{"Detail Expands", "詳細のクリック数", "詳細クリック"}},
	{id: "posts", names: []string{"Create Post", "Tweets published"}},
	{id: "video_views", names: []string{"Video views"}, post: "video_views"},
	{id: "media_views", names: []string{"Media views", "メディアの再生数"}},
}

var xKinds = []kind{
	{
		id: "x_posts", source: "x_posts", name: words.T("X アナリティクス(投稿ごと)", "X Analytics, per post"),
		date: []string{"Date", "日付"}, count: "posts", zero: true, numbers: xNumbers, warnings: []words.Text{perPost},
		needs: [][]string{{"Post id", "ポストID"}, {"Post text", "ポスト本文"}},
		posts: &postColumns{network: "x", id: []string{"Post id", "ポストID"}, text: []string{"Post text", "ポスト本文"}, url: []string{"Post Link", "ポストのリンク"}},
	},
	{
		id: "x_tweets", source: "x_posts", name: words.T("X(旧Twitter)アナリティクス(ツイートごと)", "X (Twitter) Analytics, per tweet, old form"),
		date: []string{"time", "時間"}, count: "posts", zero: true, numbers: xNumbers, warnings: []words.Text{perPost},
		needs: [][]string{{"Tweet id", "ツイートID"}, {"Tweet text", "ツイート本文"}},
		posts: &postColumns{network: "x", id: []string{"Tweet id", "ツイートID"}, text: []string{"Tweet text", "ツイート本文"}, url: []string{"Tweet permalink", "ツイートの固定リンク"}, utc: true},
	},
	{
		id: "x_days_old", source: "x", name: words.T("X(旧Twitter)アナリティクス(日ごと)", "X (Twitter) Analytics, per day, old form"),
		date: []string{"Date", "日付"}, numbers: xNumbers, needs: [][]string{{"Tweets published"}, {"impressions", "インプレッション"}},
	},
	{
		id: "x_days", source: "x", name: words.T("X アナリティクス(日ごと)", "X Analytics, per day"),
		date: []string{"Date", "日付"}, numbers: xNumbers,
		needs: [][]string{{"Impressions", "インプレッション数"}, {"Bookmarks", "ブックマーク"}, {"Reposts", "リポスト"}},
		lacks: []string{"Post id", "ポストID"},
	},
}

// Meta Business Suite: the content export in English and Japanese and the daily files
// (UTF-16, sep=, a title line each, days without a value left out) as public readers of
// real ones describe them. The columns of a daily table are all called Primary: its title
// says what it is.
var metaKinds = []kind{
	{
		id: "instagram_posts", source: "instagram_posts", name: words.T("Instagram(Meta Business Suite・投稿ごと)", "Instagram, per post (Meta Business Suite)"),
		date: []string{"Publish time", "公開日時", "公開時間"}, order: "mdy", count: "posts", zero: true, numbers: metaNumbers, warnings: []words.Text{perPost},
		needs: [][]string{{"Post ID", "投稿ID"}, {"Account username", "アカウントのユーザーネーム", "Saves", "保存数"}},
		lacks: []string{"Page ID", "ページID"}, by: [][]string{{"Post type", "投稿タイプ"}},
		posts: &postColumns{network: "instagram", id: []string{"Post ID", "投稿ID"}, text: []string{"Description", "説明"}, url: []string{"Permalink", "固定リンク", "リンク"}, format: []string{"Post type", "投稿タイプ"}},
	},
	{
		id: "facebook_posts", source: "facebook_posts", name: words.T("Facebook ページ(Meta Business Suite・投稿ごと)", "Facebook page, per post (Meta Business Suite)"),
		date: []string{"Publish time", "公開日時", "公開時間"}, order: "mdy", count: "posts", zero: true, numbers: metaNumbers, warnings: []words.Text{perPost},
		needs: [][]string{{"Post ID", "投稿ID"}, {"Page ID", "ページID"}}, by: [][]string{{"Post type", "投稿タイプ"}},
		posts: &postColumns{network: "facebook", id: []string{"Post ID", "投稿ID"}, text: []string{"Description", "説明", "Title", "タイトル"}, url: []string{"Permalink", "固定リンク", "リンク"}, format: []string{"Post type", "投稿タイプ"}},
	},
	{
		id: "meta_days", source: "meta", name: words.T("Facebook・Instagram(Meta Business Suite・日ごと)", "Facebook and Instagram, per day (Meta Business Suite)"),
		date: []string{"Date", "日付"}, zero: true, rank: 2, rest: metaTitles, warnings: []words.Text{reachOfDay},
		first: []string{"Date", "日付"}, needs: [][]string{metaTitleNames}, beside: []string{"Primary"},
	},
	{
		id: "meta_day", source: "meta", name: words.T("Meta Business Suite(日ごと)", "Meta Business Suite, per day"),
		date: []string{"Date", "日付"}, zero: true, needs: [][]string{{"Primary"}}, numbers: []number{{id: "value", names: []string{"Primary"}}},
	},
}

var metaNumbers = []number{
	{id: "views", names: []string{"Views", "ビュー", "閲覧数", "Impressions", "インプレッション", "インプレッション数"}, post: "impressions"},
	{id: "reach", names: []string{"Reach", "リーチ"}, agg: "mean", post: "reach"},
	{id: "likes", names: []string{"Likes", "いいね!の数", "いいね!", "Reactions", "リアクション"}, post: "likes"},
	{id: "comments", names: []string{"Comments", "コメント数", "コメント"}, post: "replies"},
	{id: "shares", names: []string{"Shares", "シェア数", "シェア"}, post: "shares"},
	{id: "saves", names: []string{"Saves", "保存数"}, post: "saves"},
	{id: "new_follows", names: []string{"Follows", "フォロー数"}, post: "follows"},
	{id: "clicks", names: []string{"Link clicks", "リンクのクリック数", "Total clicks"}, post: "clicks"},
}

// metaTitle is what the title of a daily chart means.
type metaTitle struct {
	id, agg string
	names   []string
}

var metaMeanings = []metaTitle{
	{"reach", "mean", []string{"reach", "のリーチ", "リーチ"}},
	{"new_follows", "", []string{"follows", "フォロー", "のフォロー"}},
	{"visits", "", []string{"visits", "page visits", "profile visits", "へのアクセス", "アクセス"}},
	{"viewers", "mean", []string{"viewers", "閲覧者"}},
	{"views", "", []string{"views", "ビュー", "閲覧数"}},
	{"interactions", "", []string{"content interactions", "コンテンツのインタラクション", "インタラクション"}},
	{"link_clicks", "", []string{"link clicks", "リンクのクリック", "リンクのクリック数"}},
}

// metaTitleNames are all titles that are known, with and without the network before them.
var metaTitleNames = func() []string {
	var out []string
	for _, m := range metaMeanings {
		for _, name := range m.names {
			out = append(out, "Facebook "+name, "Facebook"+name, "Facebookの"+name, "Instagram "+name, "Instagram"+name, "Instagramの"+name, name)
		}
	}
	return out
}()

// metaTitles makes a metric of every chart whose title is known.
func metaTitles(header []string, date string) map[string]goal.MetricEdit {
	out := map[string]goal.MetricEdit{}
	for _, name := range header {
		if name == date {
			continue
		}
		title, prefix := plain(name), ""
		for begin, short := range map[string]string{"facebook": "fb_", "instagram": "ig_"} {
			if rest, ok := strings.CutPrefix(title, begin); ok {
				title, prefix = strings.TrimPrefix(strings.TrimSpace(rest), "の"), short
			}
		}
		for _, m := range metaMeanings {
			for _, meaning := range m.names {
				if plain(meaning) == title {
					out[prefix+m.id] = goal.MetricEdit{Column: name, Agg: m.agg}
				}
			}
		}
	}
	return out
}

// YouTube Studio: 表データ/グラフデータ/合計 (Table data, Chart data, Totals) in a zip; the
// names of columns as readers of real exports list them in both languages.
var youtubeNumbers = []number{
	{id: "views", names: []string{"Views", "視聴回数"}, post: "impressions"},
	{id: "watch_hours", names: []string{"Watch time (hours)", "総再生時間(単位: 時間)", "総再生時間(時間)"}},
	{id: "subscribers", names: []string{"Subscribers", "チャンネル登録者"}, post: "follows"},
	{id: "thumbnail_impressions", names: []string{"Impressions", "インプレッション数", "サムネイルのインプレッション", "Thumbnail impressions"}},
	{id: "engaged_views", names: []string{"Engaged views", "エンゲージ ビュー"}},
	{id: "likes", names: []string{"Likes", "高評価数"}, post: "likes"},
	{id: "comments", names: []string{"Comments added", "コメント追加回数"}, post: "replies"},
	{id: "shares", names: []string{"Shares", "共有回数"}, post: "shares"},
}

var youtubeKinds = []kind{
	{
		id: "youtube_videos", source: "youtube_videos", name: words.T("YouTube Studio(動画ごと)", "YouTube Studio, per video"),
		date: []string{"Video publish time", "動画公開時刻"}, count: "videos", zero: true, numbers: youtubeNumbers, warnings: []words.Text{perPost}, rank: 1,
		needs: [][]string{{"Content", "コンテンツ", "Video"}, {"Views", "視聴回数", "Engaged views", "エンゲージ ビュー"}},
		posts: &postColumns{network: "youtube", fixed: "video", id: []string{"Content", "コンテンツ", "Video"}, text: []string{"Video title", "動画のタイトル"}},
	},
	{
		id: "youtube_chart", source: "youtube", name: words.T("YouTube Studio(動画別・日ごと)", "YouTube Studio, per video and day"),
		date: []string{"Date", "日付"}, numbers: youtubeNumbers, rank: 2,
		needs: [][]string{{"Content", "コンテンツ"}, {"Views", "視聴回数", "Engaged views", "エンゲージ ビュー"}},
		warnings: []words.Text{words.T("グラフの表には上位の動画しか入りません。チャンネル全体には「合計」の表をお使いください。",
			"The chart's table holds the top videos only. For the whole channel use the table “Totals”.")},
	},
	{
		id: "youtube_days", source: "youtube", name: words.T("YouTube Studio(日ごと)", "YouTube Studio, per day"),
		date: []string{"Date", "日付"}, numbers: youtubeNumbers, rank: 3, lacks: []string{"Content", "コンテンツ", "Clicks", "クリック数"},
		needs: [][]string{{"Watch time (hours)", "総再生時間(単位: 時間)", "総再生時間(時間)", "Engaged views", "エンゲージ ビュー"}},
	},
	{
		id: "youtube_totals", source: "youtube", name: words.T("YouTube Studio(日ごと)", "YouTube Studio, per day"),
		date: []string{"Date", "日付"}, numbers: youtubeNumbers, rank: 3, lacks: []string{"Content", "コンテンツ"},
		needs: [][]string{{"Views", "視聴回数"}}, files: []string{"合計", "Totals", "表データ", "Table data", "グラフデータ", "Chart data"},
	},
}
