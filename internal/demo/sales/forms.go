package sales

import (
	"strconv"

	"github.com/shirube/shirube/internal/act/form"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/template/sample"
	"github.com/shirube/shirube/internal/words"
)

// A Sheet is a form by its part in the office.
type Sheet struct {
	ID, Name   string
	Open       bool
	Definition form.Definition
}

// Sheets are the office's forms, in the order they were made.
func Sheets(lang words.Lang) []Sheet {
	in := func(ja, en string) string { return words.T(ja, en).In(lang) }
	address := form.Question{Key: "address", Kind: form.Email, Label: in("メールアドレス", "Mail address"), Required: true, To: "address"}
	name := form.Question{Key: "name", Kind: form.Line, Label: in("お名前", "Your name"), Required: true, To: "name"}
	company := form.Question{Key: "company", Kind: form.Line, Label: in("会社名", "Company"), To: "company"}
	policy := "https://" + host + "/privacy"
	return []Sheet{
		{"inquiry", in("お問い合わせ", "Inquiries"), true, form.Definition{Kind: form.Inquiry, Lang: string(lang), Title: in("お問い合わせ", "Contact us"), Policy: policy,
			Questions: []form.Question{name, address, company, {Key: "text", Kind: form.Text, Label: in("ご相談の内容", "What is it about?"), Required: true},
				{Key: routeKey, Kind: form.One, Label: in("当社をお知りになったきっかけ", "How did you find us?"), Options: []string{routes[0].In(lang), routes[1].In(lang), routes[2].In(lang)}, Counted: true}}}},
		{"material", in("資料請求(採用動画)", "Material on videos for hiring"), true, form.Definition{Kind: form.Download, Lang: string(lang), Title: in("採用動画の資料", "Material on videos for hiring"),
			Lead: in("料金と進め方、6社の事例を24ページにまとめました。", "Prices, steps and six cases on 24 pages."), Policy: policy, Next: "https://" + host + "/files/video.pdf",
			Questions: []form.Question{name, address, company, {Key: "when", Kind: form.One, Label: in("採用の時期", "When will you hire?"), Counted: true,
				Options: []string{in("すぐに", "Now"), in("半年以内", "Within half a year"), in("まだ決めていない", "Not decided")}}},
			Consent: &form.Consent{Text: DownloadConsent.In(lang)}}},
		{"newsletter", in("メールマガジン", "Newsletter"), true, form.Definition{Kind: form.Newsletter, Lang: string(lang), Title: in("メールマガジンの登録", "Subscribe to the newsletter"), Policy: policy,
			Questions: []form.Question{address}, Consent: &form.Consent{Text: NewsletterConsent.In(lang), Required: true, Confirm: true}}},
		{"nps", in("ご利用後のアンケート", "After working with us"), true, form.Definition{Kind: form.Survey, Lang: string(lang), Title: in("ひなたワークスのご感想", "How was it with us?"), Policy: policy,
			Questions: []form.Question{
				{Key: "recommend", Kind: form.Nps, Label: in("同じお悩みの方に、すすめたいと思いますか", "Would you recommend us?"), Required: true, Counted: true},
				{Key: "why", Kind: form.Text, Label: in("その理由をお聞かせください", "Why?")},
			}}},
	}
}

// An Answer is one sheet that was sent in.
type Answer struct {
	Sheet   string
	Person  int // their place in the office; -1 nobody who is known
	At      event.Millis
	Answers form.Answers
	Agreed  bool
}

// SurveyAnswers is how many have answered the survey.
const SurveyAnswers = 182

// Answers are what was sent in, the oldest first within each sheet.
func (o *Office) Answers(done [][]Deed) []Answer {
	in := func(t words.Text) string { return t.In(o.Lang) }
	var all []Answer
	when := []words.Text{words.T("すぐに", "Now"), words.T("半年以内", "Within half a year"), words.T("まだ決めていない", "Not decided")}
	newsletters := 0
	for k := range o.People {
		p := &o.People[k]
		who := form.Answers{"name": {p.Name}, "address": {p.Address}, "company": {p.Company}}
		for _, d := range done[k] {
			switch d.What {
			case Download:
				who["when"] = []string{in(when[(p.number+p.number/15)%3])}
				all = append(all, Answer{"material", k, d.At, who, p.Told == ByDownload})
			case Inquiry:
				all = append(all, Answer{"inquiry", k, d.At, form.Answers{"name": {p.Name}, "address": {p.Address}, "company": {p.Company}, "text": {in(questions[p.number%len(questions)])}, routeKey: {in(routes[0])}}, false})
			}
		}
		if p.Told == ByNewsletter && p.KnownAt > o.Now-60*day && newsletters < 150 {
			newsletters++
			all = append(all, Answer{"newsletter", k, p.KnownAt, form.Answers{"address": {p.Address}}, true})
		}
	}
	s := sample.NewStream(seed, "survey")
	for k := range SurveyAnswers {
		grade := 10 - s.Pick(.21, .2, .19, .15, .07, .07, .04, .03, .02, .01, .01)
		a := form.Answers{"recommend": {strconv.Itoa(grade)}}
		if k%4 == 1 {
			list := praise
			if grade < 7 {
				list = blame
			}
			a["why"] = []string{in(list[k%len(list)])}
		}
		who := -1 // one of three answers without saying who they are
		at := o.Now - event.Millis(float64(120*day)*(1-float64(k)/SurveyAnswers)) - hour
		if n := k * 7 % len(o.People); k%3 != 0 && o.People[n].KnownAt < at {
			who = n
		}
		all = append(all, Answer{"nps", who, at, a, false})
	}
	return all
}

var questions = []words.Text{
	words.T("採用動画の制作期間と費用を知りたいです。", "How long does a video take, and what does it cost?"),
	words.T("来春の新卒採用について相談したいです。", "We would like to talk about hiring graduates next spring."),
	words.T("同じ業種の事例はありますか。", "Do you have a case from our trade?"),
}

var praise = []words.Text{
	words.T("担当の方が早く答えてくれました。", "We were answered quickly."), words.T("応募が増えました。", "More people applied."),
	words.T("数字で説明してもらえるので社内で話しやすいです。", "Everything comes with numbers, which helps inside the company."),
}

var blame = []words.Text{
	words.T("費用が思ったより高かったです。", "It cost more than we thought."), words.T("公開まで時間がかかりました。", "It took long until it was online."),
}
