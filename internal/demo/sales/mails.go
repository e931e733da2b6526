package sales

import (
	"github.com/shirube/shirube/internal/act/mail"
	"github.com/shirube/shirube/internal/words"
)

// Legal is what the law wants said of the office in its mail.
func Legal(lang words.Lang) mail.Legal {
	in := func(ja, en string) string { return words.T(ja, en).In(lang) }
	return mail.Legal{Sender: in("株式会社ひなたワークス", "Hinata Works Inc."), Postal: in("〒000-0000 東京都架空区ひなた1-2-3", "1-2-3 Hinata, Kakuu-ku, Tokyo 000-0000"),
		Contact: "https://" + host + contactPath}
}

// From is the address the office's mail comes from. No mail server is behind it.
const From = "hello@sales.hinata.example"

// A Letter is a template by its part in the office.
type Letter struct {
	ID       string
	Template mail.Template
}

// Letters are the templates: two wordings of the case, the question, and two subjects of
// one newsletter.
func Letters(lang words.Lang) []Letter {
	in := func(ja, en string) string { return words.T(ja, en).In(lang) }
	hello := mail.Block{Kind: mail.Text, Text: in("{{company.name|御社}}\n{{name|ご担当者}} 様", "Dear {{name|colleague}} of {{company.name|your company}},")}
	letter := func(id, name, subject, heading, text, button, path string) Letter {
		return Letter{id, mail.Template{Name: name, Stream: mail.Marketing, Lang: string(lang), Subject: subject, Accent: "#1f4e8c", Blocks: []mail.Block{
			{Kind: mail.Heading, Text: heading, Level: 1}, hello, {Kind: mail.Text, Text: text}, {Kind: mail.Button, Text: button, URL: "https://" + host + path}, {Kind: mail.Divider},
			{Kind: mail.Text, Text: in("ひなたワークス 法人営業", "Hinata Works, corporate sales")},
		}}}
	}
	body := in("採用動画を入れた会社の、応募が増えるまでの3か月をまとめました。費用と手順も書いています。", "Three months at a company that began with videos for hiring: what it took, what it cost, and what came of it.")
	return []Letter{
		letter("case", in("同じ規模の事例", "A case of the same size"), in("{{company.name|御社}}と同じ規模の会社の採用事例です", "How a company like {{company.name|yours}} hires"),
			in("同じくらいの規模の会社では、どうしたか", "What a company of your size did"), body, in("事例を読む", "Read the case"), "/case/1"),
		letter("case-b", in("同じ規模の事例 費用から", "A case of the same size: what it cost"), in("採用動画にいくらかけ、応募はどれだけ増えたか", "What a hiring video cost, and how many more applied"),
			in("かけた費用と、増えた応募", "What it cost, and what came of it"), body, in("費用の内訳を見る", "See the costs"), "/case/1"),
		letter("ask", in("資料のその後", "After the material"), in("先日の資料、お役に立ちましたか", "Was the material of use?"),
			in("資料はお役に立ちましたか", "Was it of use?"), in("読んで気になったことがあれば、このメールに返信してください。担当がお答えします。", "If anything came to mind while reading, answer this mail: a person will."), in("質問を送る", "Ask"), contactPath),
		letter("news-a", in("11月号 A: 事例から", "November A: the case"), in("応募が2.4倍になった製造業の話", "A manufacturer with 2.4 times the applications"),
			in("今月の事例", "The case of the month"), body, in("事例を読む", "Read the case"), "/case/1"),
		letter("news-b", in("11月号 B: 問いかけ", "November B: the question"), in("求人を出しても応募が来ないとき、最初に直すところ", "No applications? Mend this first"),
			in("最初に直すところ", "What to mend first"), body, in("3つの手順を見る", "See the three steps"), "/case/2"),
	}
}

// CaseClicked is the share of people who followed the link of the case, by its wording.
var CaseClicked = [2]float64{.062, .108}

// Shares of what readers of the finished broadcast did, by variant A and B: people who
// opened and followed a link, and mails only a machine opened or followed.
var (
	OpenedByPeople    = [2]float64{.31, .38}
	ClickedByPeople   = [2]float64{.041, .069}
	OpenedByMachines  = .09
	ClickedByMachines = .05
)

// BroadcastDays is how many days ago the finished broadcast went out.
const BroadcastDays = 12

// Broadcasts are named by what they are.
var (
	BroadcastName = words.T("11月号(件名を2つ試す)", "November issue (two subjects)")
	DraftName     = words.T("12月号(下書き)", "December issue (draft)")
)
