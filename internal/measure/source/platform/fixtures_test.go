package platform_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"io"
	"testing"

	"golang.org/x/text/encoding/unicode"
)

// fixture is a file in the shape a platform exports, made up by us.
type fixture struct {
	name, file string
	data       func(t testing.TB) []byte
}

func text(s string) func(testing.TB) []byte { return func(testing.TB) []byte { return []byte(s) } }

func wide(s string) func(testing.TB) []byte {
	return func(t testing.TB) []byte {
		out, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(s))
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
}

func gzipped(s string) func(testing.TB) []byte {
	return func(t testing.TB) []byte {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		if _, err := io.WriteString(w, s); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
}

func zipped(pairs ...string) func(testing.TB) []byte {
	return func(t testing.TB) []byte {
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		for i := 0; i < len(pairs); i += 2 {
			f, err := w.Create(pairs[i])
			if err != nil {
				t.Fatal(err)
			}
			if _, err := io.WriteString(f, pairs[i+1]); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
}

const gscDaysJA = "日付,クリック数,表示回数,CTR,掲載順位\n2026-10-02,21,610,3.44%,6.2\n2026-10-01,19,\"2,150\",0.88%,6.4\n"

var fixtures = []fixture{
	{"X content, en", "account_analytics_content_2026-09-01_2026-09-30.csv", text("Post id,Date,Post text,Post Link,Impressions,Likes,Engagements,Bookmarks,Shares,New follows,Replies,Reposts,Profile visits,Detail Expands,URL Clicks,Hashtag Clicks,Permalink Clicks\n" +
		"2102231408440246273,\"Mon, Sep 22, 2026\",\"New beans #coffee\nand \"\"more\"\"\",https://x.com/a/status/2102231408440246273,1204,31,60,2,0,1,3,4,5,9,11,0,0\n" +
		"1970000000000000000,\"Mon, Sep 22, 2026\",Plain,https://x.com/a/status/1970000000000000000,300,2,4,0,0,0,0,0,1,0,1,0,0\n")},
	{"X content, ja", "account_analytics_content.csv", text("ポストID,日付,ポスト本文,ポストのリンク,インプレッション数,いいね,エンゲージメント,ブックマーク,共有された回数,新しいフォロー,返信,リポスト,プロフィールへのアクセス数,詳細のクリック数,URLのクリック数,ハッシュタグのクリック数,パーマリンクのクリック数\n" +
		"2102231408440246273,\"Mon, Sep 22, 2026\",新豆が入りました #珈琲 #新商品,https://x.com/a/status/2102231408440246273,1204,31,60,2,0,1,3,4,5,9,11,0,0\n")},
	{"X overview, en", "account_overview_analytics.csv", text("Date,Impressions,Likes,Engagements,Bookmarks,Shares,New follows,Unfollows,Replies,Reposts,Profile visits,Create Post,Video views,Media views\n" +
		"\"Sun, Sep 27, 2026\",500,9,20,1,0,2,1,3,1,8,2,0,0\n\"Sat, Sep 26, 2026\",\"1,400\",30,66,3,1,4,0,6,5,21,1,0,0\n")},
	{"X overview, ja", "account_overview_analytics.csv", text("日付,インプレッション数,いいね,エンゲージメント,ブックマーク,共有された回数,新しいフォロー,フォロー解除,返信,リポスト,プロフィールへのアクセス数\n" +
		"\"Sun, Sep 27, 2026\",500,9,20,1,0,2,1,3,1,8\n\"Sat, Sep 26, 2026\",1400,30,66,3,1,4,0,6,5,21\n")},
	{"X tweets, old, en", "tweet_activity_metrics.csv", text("\"Tweet id\",\"Tweet permalink\",\"Tweet text\",\"time\",\"impressions\",\"engagements\",\"engagement rate\",\"retweets\",\"replies\",\"likes\",\"user profile clicks\",\"url clicks\",\"hashtag clicks\",\"detail expands\",\"permalink clicks\",\"follows\",\"media views\",\"promoted impressions\"\n" +
		"\"1400000000000000002\",\"https://twitter.com/a/status/1400000000000000002\",\"Late one\",\"2021-06-02 16:30 +0000\",\"812.0\",\"40.0\",\"0.0493\",\"3.0\",\"1.0\",\"12.0\",\"4.0\",\"6.0\",\"0.0\",\"9.0\",\"0.0\",\"1.0\",\"0.0\",\"-\"\n")},
	{"X tweets, old, ja", "tweet_activity_metrics.csv", text("\"ツイートID\",\"ツイートの固定リンク\",\"ツイート本文\",\"時間\",\"インプレッション\",\"エンゲージメント\",\"エンゲージメント率\",\"リツイート\",\"返信\",\"いいね\",\"ユーザープロフィールクリック\",\"URLクリック数\",\"ハッシュタグクリック\",\"詳細クリック\",\"固定リンクのクリック数\",\"フォローしている\",\"メディアの再生数\"\n" +
		"\"1400000000000000002\",\"https://twitter.com/a/status/1400000000000000002\",\"夜の投稿\",\"2021-06-02 16:30 +0000\",\"812.0\",\"40.0\",\"0.0493\",\"3.0\",\"1.0\",\"12.0\",\"4.0\",\"6.0\",\"0.0\",\"9.0\",\"0.0\",\"1.0\",\"0.0\"\n")},
	{"X days, old, ja", "daily_tweet_activity_metrics.csv", text("\"日付\",\"Tweets published\",\"インプレッション\",\"エンゲージメント\",\"エンゲージメント率\",\"リツイート\",\"返信\",\"いいね\",\"URLクリック数\",\"フォローしている\"\n\"2021-06-01\",\"2\",\"1500.0\",\"70.0\",\"0.046\",\"4.0\",\"2.0\",\"20.0\",\"6.0\",\"1.0\"\n")},
	{"X days, old, en", "daily_tweet_activity_metrics.csv", text("\"Date\",\"Tweets published\",\"impressions\",\"engagements\",\"engagement rate\",\"retweets\",\"replies\",\"likes\",\"url clicks\",\"follows\"\n\"2021-06-01\",\"2\",\"1500.0\",\"70.0\",\"0.046\",\"4.0\",\"2.0\",\"20.0\",\"6.0\",\"1.0\"\n")},
	{"Instagram posts, en", "Sep-01-2026_Sep-30-2026.csv", text("\uFEFFPost ID,Account ID,Account username,Account name,Description,Duration (sec),Publish time,Permalink,Post type,Data comment,Date,Views,Reach,Likes,Shares,Follows,Comments,Saves\n" +
		"18010000000000001,178,ours,Ours,\"Test, one #cafe\",32,09/15/2026 18:00,https://www.instagram.com/reel/AAA/,IG reel,,Lifetime,\"15,000\",9800,410,120,14,20,55\n18010000000000002,178,ours,Ours,Two,0,09/12/2026 09:05,https://www.instagram.com/p/BBB/,IG carousel,,Lifetime,640,400,40,,0,3,12\n")},
	{"Instagram posts, ja", "9月.csv", text("投稿ID,アカウントID,アカウントのユーザーネーム,アカウント名,説明,時間(秒),公開時間,リンク,投稿タイプ,データコメント,日時,ビュー,リーチ,いいね！の数,シェア数,フォロー数,コメント数,保存数\n" +
		"18010000000000001,178,ours,わたしたち,神戸あるある #神戸,38,09/22/2026 23:48,https://www.instagram.com/reel/AAA/,IGリール動画,,通算,105375,70894,448,47,122,136,149\n")},
	{"Facebook posts, en", "fb.csv", text("Post ID,Page ID,Page name,Title,Description,Duration (sec),Publish time,Permalink,Post type,Date,Views,Reach,Reactions,Comments,Shares,Total clicks\n122158000001,615,Ours,Hello,,27,11/10/2026 21:00,https://www.facebook.com/reel/1,Reels,Lifetime,900,700,30,4,2,51\n")},
	{"Meta days, stacked, ja", "結果.csv", wide("sep=,\n\"Facebookのリーチ\"\n\"日付\",\"Primary\"\n\"2026-09-01T00:00:00\",\"20\"\n\"2026-09-03T00:00:00\",\"5\"\n\n\"Instagramのフォロー\"\n\"日付\",\"Primary\"\n\"2026-09-01T00:00:00\",\"7\"\n\"2026-09-02T00:00:00\",\"1,200\"\n")},
	{"Meta days, one, en", "Follows.csv", wide("sep=,\n\"Facebook follows\"\n\"Date\",\"Primary\"\n\"2026-08-01T00:00:00\",\"20\"\n\"2026-08-02T00:00:00\",\"3\"\n")},
	{"YouTube videos, en", "export.zip", zipped("Table data.csv", "Content,Video title,Video publish time,Duration,Views,Watch time (hours),Subscribers,Impressions,Impressions click-through rate (%)\nTotal,,,,5000,310.5,12,90000,3.1\nabcdefghij1,Launch #shorts,\"Oct 7, 2026\",35,3000,200.5,9,40000,4.0\nabcdefghij2,Talk,\"Oct 8, 2026\",50,2000,110,3,50000,2.0\n",
		"Chart data.csv", "Date,Content,Video title,Video publish time,Duration,Views\n2026-10-07,abcdefghij1,Launch,\"Oct 7, 2026\",35,2000\n", "Totals.csv", "Date,Views\n2026-10-07,2100\n2026-10-08,2900\n")},
	{"YouTube videos, ja", "書き出し.zip", zipped("表データ.csv", "コンテンツ,動画のタイトル,動画公開時刻,長さ,視聴回数,総再生時間（単位: 時間）,チャンネル登録者,インプレッション数,インプレッションのクリック率 (%)\n合計,,,,1234,10.5,1,5000,2.5\nabcdefghij1,テスト動画,2026/10/07,30,\"1,234\",10.5,1,5000,2.5\n",
		"グラフデータ.csv", "日付,コンテンツ,視聴回数\n2026-10-07,abcdefghij1,1000\n2026-10-08,abcdefghij1,234\n", "合計.csv", "日付,視聴回数\n2026-10-07,1100\n2026-10-08,300\n")},
	{"Search Console, ja", "example.jp-Performance-on-Search.zip", zipped("クエリ.csv", "上位のクエリ,クリック数,表示回数,CTR,掲載順位\n珈琲 豆,10,200,5%,4.2\n", "ページ.csv", "上位のページ,クリック数,表示回数,CTR,掲載順位\nhttps://example.jp/,8,150,5.33%,3\n",
		"国.csv", "国,クリック数,表示回数,CTR,掲載順位\n日本,40,2760,1.45%,6.3\n", "デバイス.csv", "デバイス,クリック数,表示回数,CTR,掲載順位\nモバイル,30,2000,1.5%,6\n", "検索での見え方.csv", "検索での見え方,クリック数,表示回数,CTR,掲載順位\n", "日付.csv", gscDaysJA, "フィルタ.csv", "フィルタ,値\n検索タイプ,ウェブ\n")},
	{"Search Console, old chart, ja", "s.zip", zipped("平均読み込み時間のチャート.csv", gscDaysJA, "クエリ.csv", "上位のクエリ,クリック数,表示回数,CTR,掲載順位\n珈琲,1,2,50%,1\n")},
	{"Search Console, en", "Performance.zip", zipped("Queries.csv", "Top queries,Clicks,Impressions,CTR,Position\nbeans,10,200,5%,4.2\n", "Chart.csv", "Date,Clicks,Impressions,CTR,Position\n2026-10-01,19,590,3.22%,6.4\n", "Filters.csv", "Filter,Value\nSearch type,Web\n")},
	{"GA4 snapshot, ja", "レポートのスナップショット.csv", text("# ----------------------------------------\n# レポートのスナップショット\n# アカウント: 架空\n# プロパティ: 架空\n# ----------------------------------------\n# \n# すべてのユーザー\n# 開始日: 20260930\n# 終了日: 20261002\nN 日目,アクティブ ユーザー\n0000,10\n0001,12\n0002,9\n# \n# 開始日: 20260930\n# 終了日: 20261002\nN 日目,新規ユーザー数\n0000,3\n0001,5\n0002,4\n# \n# 開始日: 20260930\nイベント名,イベント数\npage_view,120\nscroll,80\n")},
	{"GA4 days, en", "data-export.csv", text("# ----------------------------------------\n# Free form\n# Account: Made up\n# ----------------------------------------\n#\n# All Users\n# Start date: 20260930\n# End date: 20261001\n\nNth day,Active users,New users\n0000,10,3\n0001,12,5\n")},
	{"GA4 exploration, ja", "自由形式.csv", text("# ----------------------------------------\n# 自由形式 1\n# 開始日: 20260930\n# 終了日: 20261001\n# ----------------------------------------\n\n日付,セッションのメインのチャネル グループ（デフォルト チャネル グループ）,セッション,アクティブ ユーザー,イベント数\n,,\"1,300\",900,5000\n20260930,Organic Social,400,300,2000\n20261001,Direct,900,600,3000\n")},
	{"GA4 pages, ja", "pages.csv", text("# ----\n# ページとスクリーン: ページパス\n# 開始日: 20260817\n# 終了日: 20260913\n\nページパス + クエリ文字列,表示回数,アクティブ ユーザー,ユーザーあたりのビュー,平均エンゲージメント時間\n,\"12,345\",3000,4.1,50\n/,900,300,3,40\n")},
	{"Google Ads, ja", "キャンペーン レポート.csv", text("キャンペーン レポート\n2026年9月1日 - 2026年9月2日\n日,キャンペーン,通貨コード,表示回数,クリック数,費用,コンバージョン,コンバージョン値\n2026-09-01,ブランド,JPY,\"1,200\",60,\"4,500\",2.00,0.00\n2026-09-02,一般,JPY,800,20,3000, --,0\n合計: キャンペーン,,,\"2,000\",80,\"7,500\",2.00,0.00\n合計: アカウント,,,\"2,000\",80,\"7,500\",2.00,0.00\n")},
	{"Google Ads, en", "Campaign report.csv", text("Campaign report\n\"September 1, 2026 - September 2, 2026\"\nDay,Campaign,Campaign ID,Currency code,Cost,Impr.,Clicks,Conversions,Conv. value\n2026-09-01,Brand search,111,USD,\"1,204.50\",\"48,210\",\"1,930\",96.00,\"9,120.00\"\n2026-09-02,\"Generic, search\",222,USD,300.00,9000,300,--,0\nTotal: Account,,,,\"1,504.50\",\"57,210\",\"2,230\",96.00,\"9,120.00\"\n")},
	{"Meta Ads, ja", "広告.csv", text("レポート開始日,レポート終了日,日,キャンペーン名,広告セット名,広告の名前,リーチ,インプレッション,消化金額 (JPY),リンクのクリック,結果\n2026-09-01,2026-09-02,2026-09-01,ブランド認知,東京,動画A,900,5000,\"1,500\",120,3\n2026-09-01,2026-09-02,2026-09-02,ブランド認知,東京,動画B,950,5500,1600,130,\n")},
	{"Meta Ads, spans, en", "ads.csv", text("\"Reporting starts\",\"Reporting ends\",\"Campaign name\",\"Campaign delivery\",\"Amount spent (USD)\",Impressions,\"Link clicks\"\n2026-09-01,2026-09-01,,,30.50,900,12\n2026-09-01,2026-09-01,Spring,active,10.50,300,4\n2026-09-01,2026-09-01,Autumn,active,20.00,600,8\n")},
	{"LINE friends", "friend_overview.csv", text("\uFEFFdate,contacts,targetReaches,blocks\n20260927,1200,990,180\n20260928,1210,995,183\n")},
	{"LINE friends, ja", "友だち.csv", text("日付,総友だち数,ターゲットリーチ,ブロック数\n20260927,\"1,200\",990,180\n20260928,\"1,210\",995,183\n")},
	{"TikTok overview, zip", "Overview.zip", zipped("Overview.csv", "\"Date\",\"Video Views\",\"Profile Views\",\"Likes\",\"Comments\",\"Shares\"\n\"2026-08-31\",\"1441\",\"52\",\"31\",\"2\",\"11\"\n\"2026-09-01\",\"2110\",\"77\",\"57\",\"1\",\"6\"\n",
		"FollowerHistory.csv", "\"Date\",\"Followers\",\"Difference in followers from previous day\"\n\"2026-08-31\",\"10405\",\"undefined\"\n\"2026-09-01\",\"10440\",\"35\"\n")},
	{"TikTok followers", "FollowerHistory.csv", text("Date,Followers,Difference in followers from previous day\n2026-08-31,undefined,0\n2026-09-01,10440,-6\n")},
	{"TikTok viewers", "Viewers.csv", text("Date,Total Viewers,New Viewers,Returning Viewers\n2026-08-31,900,700,200\n2026-09-01,1000,800,200\n")},
	{"TikTok videos", "Content.csv", text("Video title,Video link,Video publish time,Total views,Total likes,Total comments,Total shares\n\"Grand opening, Kobe #coffee\",https://www.tiktok.com/@ours/video/7300000000000000001,2026-09-10 18:30:00,\"15,400\",820,44,63\nSecond,https://www.tiktok.com/@ours/video/7300000000000000002,2026-09-12 09:05:00,900,40,2,1\n")},
	{"HubSpot deals", "hubspot-crm-exports-all-deals.csv", text("Record ID,Deal Name,Deal Stage,Pipeline,Amount,Close Date,Deal owner,Associated Company\n1,Acme renewal,Closed Won,Sales,5000,2026-09-25,sam@example.com,Acme\n2,Beta pilot,Closed Lost,Sales,2000,2026-09-25,sam@example.com,Beta\n3,Gamma trial,Decision Maker Bought-In,Sales,3000,2026-09-27,sam@example.com,Gamma\n")},
	{"HubSpot deals, ja", "取引.csv", text("レコードID,取引名,取引ステージ,パイプライン,合計売上,クローズ日\n1,東海精機,成約,営業,\"120,000\",2026-09-25\n2,北斗,失注,営業,50000,2026-09-26\n")},
	{"Salesforce opportunities", "report1727000000000.csv", text("\"Opportunity Owner\",\"Account Name\",\"Opportunity Name\",\"Stage\",\"Lead Source\",\"Amount\",\"Close Date\"\n\"A\",\"Acme\",\"Renewal\",\"Closed Won\",\"Web\",\"5,000\",\"2026-09-25\"\n\"A\",\"Beta\",\"Pilot\",\"Prospecting\",\"Web\",\"2,000\",\"2026-09-26\"\n")},
	{"kintone", "案件管理_20260928T101500+0900.csv", text("\"レコード番号\",\"会社名\",\"見込み金額\",\"ステータス\",\"作成者\",\"作成日時\",\"更新者\",\"更新日時\"\n\"2\",\"北斗\",\"50000\",\"未処理\",\"佐藤\",\"2026/09/26 10:00\",\"佐藤\",\"2026/09/27 09:00\"\n\"1\",\"東海精機\",\"120000\",\"完了\",\"佐藤\",\"2026/09/25 18:20\",\"鈴木\",\"2026/09/28 09:00\"\n")},
	{"kintone, tables", "受注.csv", text("\"レコードの開始行\",\"レコード番号\",\"会社名\",\"作成日時\",\"品名\",\"数量\"\n\"*\",\"1\",\"東海精機\",\"2026/09/25 18:20\",\"豆\",\"3\"\n\"\",\"1\",\"東海精機\",\"2026/09/25 18:20\",\"紙\",\"1\"\n\"*\",\"2\",\"北斗\",\"2026/09/25 19:00\",\"豆\",\"5\"\n")},
	{"gzipped", "s.csv.gz", gzipped(gscDaysJA)},
	{"somebody's own table", "uriage.csv", text("日付,売上,件数\n2026-09-01,1000,3\n")},
	{"somebody's own list of deals", "deals.csv", text("商談名,フェーズ,金額,完了予定日\n更新,受注,1000,2026-09-01\n")},
	{"a shop's views", "views.csv", text("日付,視聴回数\n2026-09-01,1000\n")},
}
