package demo

import (
	"fmt"
	"time"

	"github.com/shirube/shirube/internal/act/automation"
	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/form"
	"github.com/shirube/shirube/internal/act/initiative"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/template/sample"
	"github.com/shirube/shirube/internal/words"
)

// Fair is what ひなたワークス does for those who want to see the company before they apply:
// a form for its briefings, those who filled it in, one automation that looks after them, and
// what the team undertakes. It sends nobody any mail.
type Fair struct {
	Now         event.Millis
	Lang        words.Lang
	FormName    string
	Form        form.Definition
	Consent     string // the words beside the box
	Automation  *automation.Definition
	Guests      []Guest // in the order in which they signed up
	Initiatives []initiative.Initiative
}

// Guest is somebody who signed up for a briefing.
type Guest struct {
	Name, Address string
	At            event.Millis
	Answers       form.Answers
	Agreed        bool
}

// FairTag marks those who signed up.
var FairTag = words.T("説明会に申し込み", "signed up for a briefing")

// briefings is how many people signed up over the last fairDays days.
const (
	briefings = 31
	fairDays  = 75
)

// FairOn is the made-up company's briefings as they stand at a moment.
func FairOn(now time.Time, lang words.Lang) Fair {
	in := func(ja, en string) string { return words.T(ja, en).In(lang) }
	today := series.DayOf(now)
	when := []string{in("オンライン(水曜 18時)", "Online (Wednesdays, 18:00)"), in("本社(土曜 10時)", "At the office (Saturdays, 10:00)")}
	consent := in("ひなたワークスから、説明会と選考のお知らせのメールを受け取ります。", "I would like mail from Hinata Works about briefings and applying.")
	f := Fair{
		Now: event.Millis(now.UnixMilli()), Lang: lang, FormName: in("会社説明会の申し込み", "Signing up for a briefing"), Consent: consent,
		Form: form.Definition{Kind: form.Inquiry, Lang: string(lang), Title: in("会社説明会に申し込む", "Sign up for a briefing"),
			Lead:   in("入社2年目の社員が、一日の仕事をありのままに話します。服装は自由です。", "Two colleagues in their second year tell what a day is like. Come as you are."),
			Policy: "https://recruit.hinata.example/privacy", Button: in("申し込む", "Sign up"), Thanks: in("当日の入り方は、前の日までにお知らせします。", "How to get in is told the day before."),
			Questions: []form.Question{
				{Key: "name", Kind: form.Line, Label: in("お名前", "Your name"), Required: true, To: "name"},
				{Key: "address", Kind: form.Email, Label: in("メールアドレス", "Mail address"), Required: true, To: "address"},
				{Key: "when", Kind: form.One, Label: in("参加する回", "Which one"), Required: true, Options: when, Counted: true},
				{Key: "ask", Kind: form.Text, Label: in("聞いてみたいこと", "What would you like to hear about?")},
			},
			Consent: &form.Consent{Text: consent}},
		Automation: &automation.Definition{
			Name: in("説明会に申し込んだ方へ、3日後に声をかける", "A word three days after signing up"), KPI: "document_rate",
			Trigger: automation.Trigger{Event: &condition.Matcher{Event: form.Inquiry.Event()}},
			Steps: []automation.Step{
				{ID: "mark", Next: "wait", Tag: &automation.Tag{Add: []string{FairTag.In(lang)}}},
				{ID: "wait", Next: "tell", Wait: &automation.Wait{For: &automation.Span{Amount: 3, Unit: "days"}}},
				{ID: "tell", Notify: &automation.Notify{Channel: "owner", Text: in("説明会に申し込まれて3日です。書類のことで迷っていないか、ひとことお声がけください。", "It is three days since they signed up. A word on what to send in may help.")}},
			},
		},
	}
	s := sample.NewStream(seed, "fair")
	asks := []string{"", in("残業はどのくらいありますか。", "How much overtime is there?"), "", in("文系でも応募できますか。", "May I apply without a technical degree?"), "",
		in("入社までに勉強しておくとよいことはありますか。", "What should I learn before I begin?"), ""}
	year, month, date := today.Civil()
	noon := time.Date(year, month, date, 12, 0, 0, 0, now.Location())
	for k := range briefings {
		family, given := guestFamilies[k%len(guestFamilies)], guestGivens[(k*5+k/8)%len(guestGivens)]
		back := float64(fairDays) * (1 - (float64(k)+.2+.6*s.Uniform())/briefings)
		at := noon.AddDate(0, 0, -int(back)-1).Add(time.Duration(s.Uniform()*9*60) * time.Minute)
		name := words.T(family.JA+" "+given.JA, given.EN+" "+family.EN).In(lang)
		g := Guest{Name: name, Address: fmt.Sprintf("%s.%s%d@mail.example", lower(given.EN), lower(family.EN), 1+k%9), At: event.Millis(at.UnixMilli()), Agreed: s.Uniform() < .7}
		g.Answers = form.Answers{"name": {name}, "address": {g.Address}, "when": {when[s.Pick(.65, .35)]}}
		if ask := asks[k%len(asks)]; ask != "" {
			g.Answers["ask"] = []string{ask}
		}
		f.Guests = append(f.Guests, g)
	}
	f.Initiatives = undertakings(today, in)
	return f
}

// undertakings are what the team does on purpose. The new front page began on the day the
// map knows of as well.
func undertakings(today series.Day, in func(ja, en string) string) []initiative.Initiative {
	renewed, over, cost := today-400, today-310, 480_000.0
	return []initiative.Initiative{
		{Name: in("採用サイトのトップを新しくする", "A new front page for the careers site"), KPI: "form_reach", State: initiative.Finished, From: &renewed, To: &over, Cost: &cost,
			Hypothesis: in("最初に社員の顔が見えれば、エントリーページまで進む人が増えるはず", "Whoever sees people first goes on to the entry page"),
			Did:        in("トップの写真を社員に替え、募集職種への道を1つにした。", "Pictures of people on top, and one way to the openings.")},
		{Name: in("社員紹介に、1日の動画を足す", "A day on film beside each portrait"), KPI: "form_reach", Lever: "employee_views", State: initiative.Idea,
			Hypothesis: in("動画があれば社員紹介を見る人が増え、エントリーページまで進む人も増えるはず", "With a film more people look at the portraits, and more of them go on to the entry page")},
	}
}

func lower(s string) string {
	out := []byte(s)
	for i, c := range out {
		if 'A' <= c && c <= 'Z' {
			out[i] = c + 'a' - 'A'
		}
	}
	return string(out)
}

var guestFamilies = []words.Text{
	words.T("浅野", "Asano"), words.T("大西", "Onishi"), words.T("川村", "Kawamura"), words.T("菊地", "Kikuchi"), words.T("小松", "Komatsu"), words.T("三浦", "Miura"),
	words.T("中野", "Nakano"), words.T("野口", "Noguchi"), words.T("平井", "Hirai"), words.T("水野", "Mizuno"), words.T("安田", "Yasuda"),
}

var guestGivens = []words.Text{
	words.T("葵", "Aoi"), words.T("陸", "Riku"), words.T("七海", "Nanami"), words.T("蓮", "Ren"), words.T("結衣", "Yui"), words.T("大和", "Yamato"), words.T("咲", "Saki"), words.T("颯太", "Sota"),
}
