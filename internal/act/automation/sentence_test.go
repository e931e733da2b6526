package automation

import (
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/contact"
)

func TestTriggersAndStepsAreSaidInBothLanguages(t *testing.T) {
	names := Names{Template: func(id string) string { return map[string]string{"t1": "同じ規模の事例"}[id] }}
	names.Card = func(id string) string { return map[string]string{"c": "見込み度"}[id] }
	sixty := 60.0
	price := &condition.Matcher{Page: "/price"}
	for _, c := range []struct {
		trigger Trigger
		ja, en  string
	}{
		{Trigger{}, "きっかけがまだ決まっていない", "no trigger yet"},
		{Trigger{Condition: &condition.Condition{Did: &condition.Did{Matcher: *price, Op: "at-least", Times: 3, Days: 7}}}, "「/price」のページを7日に3回以上見た", "viewed the page “/price” at least 3 times in 7 days"},
		{Trigger{Event: price}, "「/price」のページを見た", "viewed the page “/price”"},
		{Trigger{Date: &Date{Property: "更新日"}}, "「更新日」の日の9:00", "on the day of “更新日” at 09:00"},
		{Trigger{Date: &Date{Property: "更新日", Days: -1, Time: "13:30", Yearly: true}}, "毎年、「更新日」の1日前の13:30", "1 day before “更新日” at 13:30, every year"},
		{Trigger{Date: &Date{Property: "created", Days: 3}}, "登録日の3日後の9:00", "3 days after date of creation at 09:00"},
		{Trigger{Date: &Date{Property: "更新日", Days: 14}}, "「更新日」の14日後の9:00", "14 days after “更新日” at 09:00"},
		{Trigger{Band: &Band{AtLeast: 40}}, "点数が届いた", "a score was reached"},
		{Trigger{Band: &Band{Card: "c", AtLeast: 40}}, "見込み度の点が40以上になった", "score of 見込み度 came to 40 or more"},
		{Trigger{Band: &Band{Card: "c", AtLeast: 40, Below: &sixty}}, "見込み度の点が40以上60未満になった", "score of 見込み度 came between 40 and 60"},
	} {
		if got := c.trigger.Sentence(names); got.JA != c.ja || got.EN != c.en {
			t.Errorf("%q / %q, want %q / %q", got.JA, got.EN, c.ja, c.en)
		}
	}
	won := condition.Condition{Tag: "won"}
	for _, c := range []struct {
		step   Step
		ja, en string
	}{
		{Step{}, "まだ何もしない", "does nothing yet"},
		{Step{Mail: &Mail{Template: "t1"}}, "「同じ規模の事例」", "“同じ規模の事例”"},
		{Step{Mail: &Mail{}}, "テンプレートがまだ選ばれていない", "no template chosen yet"},
		{Step{Notify: &Notify{Channel: "owner"}}, "担当の方へ理由つきで", "the owner, with the reason"},
		{Step{Notify: &Notify{Channel: "sales"}}, "「sales」へ", "to “sales”"},
		{Step{Webhook: &Webhook{URL: "https://example.jp/hook"}}, "example.jpへ", "to example.jp"},
		{Step{Tag: &Tag{Add: []string{"a"}, Remove: []string{"b"}}}, "「a」を付ける・「b」を外す", "add “a”, remove “b”"},
		{Step{Property: &SetProperty{Key: "段階", Value: &contact.Value{Kind: contact.Text, Text: "商談"}}}, "「段階」を「商談」にする", "set “段階” to “商談”"},
		{Step{Property: &SetProperty{Key: "段階", Value: &contact.Value{Kind: contact.Number, Number: 1200}}}, "「段階」を「1,200」にする", "set “段階” to “1,200”"},
		{Step{Property: &SetProperty{Key: "来場", Value: &contact.Value{Kind: contact.Truth, Number: 1}}}, "「来場」を「はい」にする", "set “来場” to yes"},
		{Step{Property: &SetProperty{Key: "段階"}}, "「段階」を消す", "clear “段階”"},
		{Step{Score: &Points{Card: "c", Points: -5}}, "見込み度に−5点", "−5 to 見込み度"},
		{Step{Wait: &Wait{For: &Span{1, "days"}}}, "1日", "1 day"},
		{Step{Wait: &Wait{For: &Span{2, "weeks"}}}, "2週間", "2 weeks"},
		{Step{Wait: &Wait{Until: &Until{Time: "09:00"}}}, "次の9:00まで", "until the next 09:00"},
		{Step{Wait: &Wait{Until: &Until{Weekdays: []string{"mon", "thu"}, Time: "09:00"}}}, "次の月・木曜の9:00まで", "until the next Monday or Thursday, 09:00"},
		{Step{Wait: &Wait{Event: price, Timeout: &Span{2, "days"}}}, "最長2日・「/price」のページを見た", "viewed the page “/price”, at most 2 days"},
		{Step{Branch: &Branch{If: won}}, "タグ「won」が付いている", "tagged “won”"},
		{Step{Goal: &Goal{If: won}}, "タグ「won」が付いている", "tagged “won”"},
	} {
		got := c.step.Sentence(names)
		if got.JA != c.ja || got.EN != c.en {
			t.Errorf("%q / %q, want %q / %q", got.JA, got.EN, c.ja, c.en)
		}
		if strings.Contains(got.JA+got.EN, "%!") {
			t.Errorf("%q", got)
		}
	}
}
