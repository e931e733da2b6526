package sales

import (
	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/form"
	"github.com/shirube/shirube/internal/act/score"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/words"
)

// Paths of the office's site, and the names of what its programs send.
const (
	host        = "sales.hinata.example"
	pricePath   = "/price"
	contactPath = "/contact"
	videoPath   = "/service/video"
	careersPath = "/recruit"
	seminarName = "Seminar Attended"
	replyName   = "Mail Answered"
	meetingName = "Meeting Held"
	readSeconds = 300 // of a case, until it counts as read
)

// Props of a person.
const (
	Department = "department"
	Title      = "title"
	Employees  = "employees"
	Prefecture = "prefecture"
	Phone      = "phone"
)

// Card is the hand-set card of points.
func Card(lang words.Lang) score.Card {
	in := func(ja, en string) string { return words.T(ja, en).In(lang) }
	line := HotLine
	personnel := []string{departments[0].In(lang), departments[2].In(lang)}
	return score.Card{
		Name: in("資料と料金から見る関心", "Interest by material and price"),
		Fit: []score.Fit{
			{ID: "size", Name: in("人事・100名以上", "personnel, 100 people or more"), Points: 4, If: condition.Condition{All: []condition.Condition{
				{Property: &condition.Property{Key: Department, Op: condition.Is, Values: personnel}},
				{Property: &condition.Property{Key: Employees, Op: condition.AtLeast, Values: []string{"100"}}},
			}}},
		},
		Behaviour: []score.Rule{
			{ID: "price", Name: in("料金のページ", "the price page"), Matcher: condition.Matcher{Page: pricePath}, Points: 4, Most: 14, ADay: 3, Decay: &score.Decay{Kind: score.HalfLife, Days: 21}},
			{ID: "download", Name: in("採用動画の資料", "the material on videos for hiring"), Verb: &score.Verb{JA: "保存した", EN: "Saved"},
				Matcher: condition.Matcher{Event: form.Download.Event()}, Points: 9, Most: 18, Decay: &score.Decay{Kind: score.HalfLife, Days: 45}},
			{ID: "read", Name: in("導入事例", "a case"), Verb: &score.Verb{JA: "5分以上読んだ", EN: "Read for 5 minutes or more"}, Points: 7, Most: 7,
				Matcher: condition.Matcher{Page: "/case/*", Event: event.Engagement, Where: []condition.Property{{Key: "engaged_ms", Op: condition.AtLeast, Values: []string{"300000"}}}},
				Decay:   &score.Decay{Kind: score.HalfLife, Days: 30}},
			{ID: "cases", Name: in("導入事例", "cases"), Matcher: condition.Matcher{Page: "/case/*"}, Points: 2, Times: 2},
			{ID: "contact", Name: in("問い合わせのページ", "the page of inquiries"), Matcher: condition.Matcher{Page: contactPath}, Points: 5, Most: 10, Decay: &score.Decay{Kind: score.HalfLife, Days: 14}},
			{ID: "reply", Name: in("求人の相談メールへの返信", "a reply to the mail about openings"), Verb: &score.Verb{JA: "した", EN: "Sent"}, Points: 8, Most: 8,
				Matcher: condition.Matcher{Event: replyName}, Decay: &score.Decay{Kind: score.Linear, Days: 60}},
			{ID: "seminar", Name: in("採用セミナー", "the seminar on hiring"), Verb: &score.Verb{JA: "聞いた", EN: "Came to"}, Points: 8, Most: 8,
				Matcher: condition.Matcher{Event: seminarName}, Decay: &score.Decay{Kind: score.Linear, Days: 60}},
			{ID: "careers", Name: in("当社の求人のページ", "our own openings"), Matcher: condition.Matcher{Page: careersPath}, Points: -6, Most: 12},
		},
		Bands:   []score.Band{{Name: in("いま話したい", "Talk now"), From: HotLine}, {Name: in("あたたかい", "Warm"), From: 14}, {Name: in("気になりはじめ", "Curious"), From: 6}},
		Hot:     &line,
		Outcome: &condition.Matcher{Event: meetingName},
		AWeek:   20, Rate: .35,
	}
}
