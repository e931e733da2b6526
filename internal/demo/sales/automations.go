package sales

import (
	"github.com/shirube/shirube/internal/act/automation"
	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/form"
	"github.com/shirube/shirube/internal/words"
)

// KPI is the indicator of the office's map that its automations serve.
const KPI = "consultations"

// PausedDays is how many days ago the paused automation began and ended.
var PausedDays = [2]int{118, 62}

func asked(days int) *condition.Condition {
	return &condition.Condition{Did: &condition.Did{Matcher: condition.Matcher{Event: form.Inquiry.Event()}, Days: days}}
}

// ToViewers is the automation that has run since June: who looked at the price three times
// in a week is sent a case, and where no answer comes in two days their sales person is told.
// Two wordings of the case are tried, half of them each.
func ToViewers(lang words.Lang, template, second string) *automation.Definition {
	in := func(ja, en string) string { return words.T(ja, en).In(lang) }
	share := Holdout
	return &automation.Definition{
		Name: in("料金を見た方へ、事例を送る", "A case for those who looked at the price"), KPI: KPI, Holdout: &share,
		Trigger: automation.Trigger{Condition: &condition.Condition{Did: &condition.Did{Matcher: condition.Matcher{Page: pricePath}, Op: condition.AtLeast, Times: 3, Days: 7}}},
		Goal:    asked(30),
		Cap:     &automation.Cap{Mails: 3, Days: 7},
		Quiet:   &automation.Quiet{From: "21:00", To: "08:00"},
		Steps: []automation.Step{
			{ID: "mail", Next: "wait", Mail: &automation.Mail{Template: template, Trying: &automation.Trying{Template: second}}},
			{ID: "wait", Next: "tell", Wait: &automation.Wait{Event: &condition.Matcher{Event: replyName}, Timeout: &automation.Span{Amount: 2, Unit: "days"}}},
			{ID: "tell", Notify: &automation.Notify{Channel: "owner", Text: in("料金のページを3回見て、事例をお送りしました。2日のあいだお返事がありません。", "Looked at the price three times and was sent a case. No answer for two days.")}},
		},
	}
}

// ToReaders is the paused one: who saved the material is asked two weeks later.
func ToReaders(lang words.Lang, template string) *automation.Definition {
	in := func(ja, en string) string { return words.T(ja, en).In(lang) }
	return &automation.Definition{
		Name: in("資料を保存した方に、2週間後うかがう", "Ask those who saved the material, two weeks later"), KPI: KPI,
		Trigger: automation.Trigger{Event: &condition.Matcher{Event: form.Download.Event()}},
		Goal:    asked(30),
		Steps: []automation.Step{
			{ID: "wait", Next: "mail", Wait: &automation.Wait{For: &automation.Span{Amount: 14, Unit: "days"}}},
			{ID: "mail", Next: "mark", Mail: &automation.Mail{Template: template}},
			{ID: "mark", Tag: &automation.Tag{Add: []string{in("資料の感想をきいた", "asked about the material")}}},
		},
	}
}

// Segment is a saved condition with its name.
type Segment struct {
	ID, Name  string
	Condition condition.Condition
}

// Segments are those the office has saved.
func Segments(lang words.Lang) []Segment {
	in := func(ja, en string) string { return words.T(ja, en).In(lang) }
	tags := []condition.Condition{{Tag: in("お客さま", "customer")}, {Tag: in("名刺交換", "met in person")}}
	return []Segment{
		{"met", in("お会いした方・お客さま", "Met in person, and customers"), condition.Condition{Any: tags}},
		{"larger", in("100名以上の会社の方", "Companies of 100 and more"), condition.Condition{Property: &condition.Property{Key: Employees, Op: condition.AtLeast, Values: []string{"100"}}}},
		{"price", in("料金を7日に2回以上見て、まだ問い合わせのない方", "Saw the price twice in 7 days and has not asked"), condition.Condition{All: []condition.Condition{
			{Did: &condition.Did{Matcher: condition.Matcher{Page: pricePath}, Op: condition.AtLeast, Times: 2, Days: 7}},
			{Not: asked(0)},
		}}},
	}
}
