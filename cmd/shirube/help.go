package main

import (
	"github.com/alecthomas/kong"

	"github.com/shirube/shirube/internal/words"
)

// helpTexts is what --help says, in both languages.
var helpTexts = map[string]words.Text{
	"help_program":            words.T("道しるべ — KPIがいまもKGIに続いているかを見せます。", "A signpost: shows whether your KPIs still lead to the KGI."),
	"help_lang":               words.T("表示の言語。指定しなければモデルの locale、それもなければ日本語。", "Language of the output; by default the model's locale."),
	"help_init":               words.T("型から、動くモデルと見本データを作ります。", "Write a working model with sample data from a template."),
	"help_check":              words.T("目標と地図の弱いところを見つけます(SMARTと形)。", "Find what is weak in the goal and its tree (SMART and shape)."),
	"help_status":             words.T("KGIとKPIの現在地: 値・目標・目安・マイルストーン。", "Where the KGI and every KPI stand against their targets."),
	"help_review":             words.T("気になるところを、目標への影響が大きい順に並べます。", "All findings, the most at stake for the KGI first."),
	"help_explain":            words.T("2つの期間の差を、どの指標がどれだけ生んだかに分けます。", "Split the change between two periods into its causes, exactly."),
	"help_whatif":             words.T("「クリック率が2倍なら」KGIがどこまで動くかを計算します。", "What happens to the KGI if an indicator changes."),
	"help_diff":               words.T("2つのモデルの違いを並べます。", "List what changed between two models."),
	"help_serve":              words.T("画面とAPIを開きます。", "Serve the screens and the API."),
	"help_affected":           words.T("ある期間に情報が登録・更新された人の一覧を出します(漏えいの報告のため)。", "List everybody whose data were written or changed in a span (for the report of a breach)."),
	"help_affected_workspace": words.T("ワークスペースの名前(アドレスにあるもの)。", "The workspace, as it stands in addresses."),
	"help_affected_since":     words.T("この日時から。", "From this moment on."),
	"help_affected_until":     words.T("この日時まで。日付だけなら、その日の終わりまで(UTC)。", "Up to this moment; a day alone is up to its end (UTC)."),
	"help_recover":            words.T("パスワードを忘れた人が入れる、一度きりのリンクを出します。", "Print a one-time link for somebody who lost the password."),
	"help_recover_email":      words.T("その人がサインインに使うメールアドレス。", "The e-mail address they sign in with."),
	"help_demo":               words.T("見本の会社で画面を開きます。手元のデータには触れません。", "Serve the screens with a made-up company; your data are not touched."),
	"help_openapi":            words.T("APIの定義(OpenAPI 3.1)を出力します。", "Print the API as OpenAPI 3.1."),
	"help_version":            words.T("版とコミットを表示します。", "Print version and commit."),
	"help_file":               words.T("モデルファイル(YAML)。", "The model file (YAML)."),
	"help_as_of":              words.T("この日までのデータで見ます(例: 2026-09-08)。", "Look with the data up to this day (2026-09-08)."),
	"help_today":              words.T("「今日」をこの日とみなします。", "Take this day as today."),
	"help_json":               words.T("プログラム向けにJSONで出力します。", "Print JSON, for programs."),
	"help_fail_on":            words.T("この重さ以上の指摘があれば終了コード1(error|warning|never)。", "Exit 1 on findings of this severity or worse (error|warning|never)."),
	"help_base":               words.T("比べる元の期間(例: 2026-04-01..2026-04-30)。", "The period to compare with (2026-04-01..2026-04-30)."),
	"help_now":                words.T("比べる先の期間。", "The period to explain."),
	"help_indi":               words.T("指標のID。指定しなければKGI。", "Indicator id; the KGI by default."),
	"help_set":                words.T("変える指標。例: ctr=*2、likes=+10%、rate=3%。", "What to change: ctr=*2, likes=+10%, rate=3%."),
	"help_template":           words.T("型の名前: %s。", "Name of the template: %s.", templateNames()),
	"help_dir":                words.T("作る先のフォルダ。", "The folder to write into."),
	"help_data":               words.T("データを置くフォルダ。", "The folder that holds all data."),
	"help_state":              words.T("状態を置くデータベース(postgres://…)。指定しなければデータフォルダのSQLite。", "Database for the state (postgres://…); by default SQLite in the data folder."),
	"help_address":            words.T("待ち受けるアドレス。", "Address to listen on."),
	"help_secret_key":         words.T("接続の秘密を守る鍵のファイル。指定しなければデータフォルダの secret.key。", "Key file that protects the secrets of connections; by default secret.key in the data folder."),
	"help_allow_network":      words.T("接続でつないでよい社内ネットワーク(例: 10.0.0.0/8)。", "Private network that connections may reach, such as 10.0.0.0/8."),
	"help_sqlite_folder":      words.T("接続で読んでよい SQLite ファイルのフォルダ。", "Folder whose SQLite files connections may read."),
	"help_mail_url":           words.T("招待やサインインのリンクを送るメールサーバー(smtps://user@host)。パスワードは SHIRUBE_MAIL_PASSWORD で渡します。", "Mail server that invitations and sign-in links leave by (smtps://user@host); its password comes by SHIRUBE_MAIL_PASSWORD."),
	"help_mail_from":          words.T("そのメールの差出人(例: 道しるべ <shirube@example.jp>)。", "Whom those mails are from, such as Shirube <shirube@example.com>."),
	"help_mail_password_file": words.T("メールサーバーのパスワードのファイル。", "File that holds the mail server's password."),
	"help_oidc_issuer":        words.T("サインインを任せる先(OpenID Connect)のアドレス。", "Address of an OpenID Connect issuer people sign in at."),
	"help_oidc_client_id":     words.T("そこで登録したクライアントID。", "The client id registered there."),
	"help_oidc_secret_file":   words.T("クライアントの秘密のファイル。SHIRUBE_OIDC_CLIENT_SECRET でも渡せます。", "File that holds the client's secret; SHIRUBE_OIDC_CLIENT_SECRET passes it too."),
	"help_oidc_name":          words.T("サインインのボタンに出す名前(例: Google)。", "Name on the sign-in button, such as Google."),
	"help_oidc_allow":         words.T("そこから入れるメールのドメインかアドレス。指定しなければ、加えられた人だけ。", "E-mail domain or address that may come in that way; by default whoever was added."),
	"help_oidc_join":          words.T("まだ加えられていない人が、自動でメンバーになるワークスペースと役割(例: hinata=viewer)。", "Workspace, with a role, that people of these join by themselves (hinata=viewer)."),
	"help_oidc_trust_email":   words.T("発行元がメールの確認を伝えなくても、確認済みとみなします(自社専用の発行元だけ)。", "Take its addresses as proven although it does not say so (only for an issuer of your own people)."),
	"help_no_passwords":       words.T("パスワードでのサインインを閉じます。", "Nobody signs in with a password."),
	"help_url":                words.T("ほかのパソコンやサイトから見たアドレス(https://…)。リバースプロキシの後ろで使います。", "The https address it is reached at from other machines, behind a reverse proxy."),

	"help_links":       words.T("つながりごとに、KPIがKGIを動かしているかの根拠を見せます。", "Evidence for every link: does this KPI move that KGI?"),
	"help_forecast":    words.T("指標の日ごとの見込みと幅。", "Daily forecast of an indicator, with its range."),
	"help_seek":        words.T("KGIに届くいちばん小さな変更を探します。", "Find the least change that reaches the KGI."),
	"help_horizon":     words.T("何日先まで見るか。", "How many days ahead."),
	"help_probability": words.T("届く確率をどこまで上げるか(例: 0.8)。", "The probability of reaching it to aim for (0.8)."),

	"help_score":           words.T("結果の分かっている表から、整数の点数表を学びます。", "Learn a whole-number scorecard from cases with a known outcome."),
	"help_score_learn":     words.T("「Xをした → +N点」の点数表を、結果から学びます。", "Learn “did X → +N points” from outcomes."),
	"help_score_file":      words.T("1行に1件の表(CSV、.csv.gz、.xlsx)。", "A table with one case a row (CSV, .csv.gz, .xlsx)."),
	"help_score_outcome":   words.T("結果の列。", "The column that holds the outcome."),
	"help_score_positive":  words.T("「結果が出た」とみなす値(1、yes、受注などは言わなくても分かります)。", "The value looked for (1, yes, won and the like are understood)."),
	"help_score_points":    words.T("1つの項目の点の上限(±)。", "Most points of one rule, up or down."),
	"help_score_rules":     words.T("項目の数の上限。", "Most rules."),
	"help_score_keep":      words.T("結果を知っていそうでも使う列。何度でも書けます。", "A column to use although it seems to know the outcome; may be repeated."),
	"help_score_leave_out": words.T("使わない列。何度でも書けます。", "A column not to use; may be repeated."),
	"help_score_monotone":  words.T("増えるほど点を下げない(=up)、上げない(=down)列。", "A column of which more never costs points (=up) or never gives any (=down)."),
	"help_score_compare":   words.T("手作りの点数表(column,condition,points の表)と比べます。", "Compare with a hand-made card (a table of column,condition,points)."),
	"help_score_number":    words.T("数の書き方(1,234.5 か 1.234,5)。", "How numbers are written (1,234.5 or 1.234,5)."),
	"help_score_dates":     words.T("日付の順(dmy か mdy)。", "Order of dates (dmy or mdy)."),

	"help_lift":         words.T("出し分けた実験で、差が出たかをグループごとに比べます。", "Compare the arms of a randomised experiment with its control."),
	"help_lift_file":    words.T("1行に1人の表(CSV、.csv.gz、.xlsx)。", "A table with one person a row (CSV, .csv.gz, .xlsx)."),
	"help_lift_arm":     words.T("グループを表す列。", "The column that says who is in which arm."),
	"help_lift_control": words.T("比べる元のグループ(何もしない人たちなど)の値。", "The value of that column for the control."),
	"help_lift_outcome": words.T("結果の列。数か、yes/no など。", "The column of the outcome: numbers, or yes/no."),
	"help_lift_per":     words.T("結果を割る列(訪問あたりの購入 なら訪問数)。", "What the outcome is counted per (visits, for purchases per visit)."),
	"help_lift_pre":     words.T("実験の前の同じ数の列。使うと、少ない人数で差が分かります。", "The column of the same number from before; with it fewer people tell a difference."),
	"help_lift_date":    words.T("その人が加わった日の列。決まるまでの日数が分かります。", "The column of the day a person came; gives the days to a decision."),
	"help_lift_expect":  words.T("計画した人数の割合(例: A=1,B=1)。指定しなければ均等。", "The planned split (A=1,B=1); equal by default."),
	"help_lift_matters": words.T("これより小さければ「同じ」とみてよい差(例: 5%)。", "A difference smaller than this counts as none (5%)."),
	"help_lift_alpha":   words.T("本当は差がないのに差があると言ってしまう割合の上限。", "How often a difference may be claimed where there is none."),
	"help_lift_planned": words.T("2つのグループで合わせて何人くらいで決めたいか。その人数で範囲がいちばん狭くなります。", "About how many people of two arms you want to decide with; the range is narrowest there."),
}

func text(key string, lang words.Lang) string { return helpTexts[key].In(lang) }

func helpVars(lang words.Lang) kong.Vars {
	vars := kong.Vars{}
	for key, t := range helpTexts {
		vars[key] = t.In(lang)
	}
	return vars
}
