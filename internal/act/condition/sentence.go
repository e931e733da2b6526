package condition

import (
	"strconv"
	"strings"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/words"
)

// Names say what things are called by people. Each may be nil, and may answer "" for what
// it does not know; then the thing is said as it is written.
type Names struct {
	Page, Event, Property, Segment, Card, Topic func(string) string
}

// Sentence is a condition as a marketer would say it, without who and without a full stop:
// 料金のページを7日に3回以上見た.
func Sentence(c Condition, names Names) words.Text { return names.sentence(&c, true) }

func call(name func(string) string, of string) string {
	if name == nil {
		return ""
	}
	return name(of)
}

// quoted is what a thing is called, else its written form in quotes.
func quoted(name func(string) string, of string) words.Text {
	if known := call(name, of); known != "" {
		return words.Text{JA: known, EN: known}
	}
	return words.Text{JA: "「" + of + "」", EN: "“" + of + "”"}
}

func (n Names) sentence(c *Condition, outer bool) words.Text {
	switch {
	case len(c.All) == 1:
		return n.sentence(&c.All[0], outer)
	case len(c.Any) == 1:
		return n.sentence(&c.Any[0], outer)
	case len(c.All) > 0:
		return n.joined(c.All, outer, "、かつ", " and ")
	case len(c.Any) > 0:
		return n.joined(c.Any, outer, "、または", " or ")
	case c.Not != nil:
		inner := n.sentence(c.Not, true)
		return words.Text{JA: "「" + inner.JA + "」に当てはまらない", EN: "not (" + inner.EN + ")"}
	case c.Property != nil:
		return n.property(c.Property)
	case c.Did != nil:
		return n.did(c.Did)
	case c.Score != nil:
		card := quoted(n.Card, c.Score.Card)
		points := words.Group(c.Score.Of, decimals(c.Score.Of))
		if c.Score.Op == Below {
			return words.Text{JA: card.JA + "の点が" + points + "未満", EN: "score of " + card.EN + " below " + points}
		}
		return words.Text{JA: card.JA + "の点が" + points + "以上", EN: "score of " + card.EN + " at least " + points}
	case c.Tag != "":
		return words.T("タグ「%s」が付いている", "tagged “%s”", c.Tag)
	case c.Consent != nil:
		return n.consent(c.Consent)
	case c.Segment != "":
		segment := quoted(n.Segment, c.Segment)
		return words.Text{JA: "セグメント" + bracket(segment.JA) + "に入っている", EN: "in the segment " + segment.EN}
	}
	return words.T("条件なし", "no condition")
}

func bracket(ja string) string {
	if strings.HasPrefix(ja, "「") {
		return ja
	}
	return "「" + ja + "」"
}

func decimals(v float64) int {
	if v == float64(int64(v)) {
		return 0
	}
	return 1
}

func (n Names) joined(list []Condition, outer bool, ja, en string) words.Text {
	parts := make([]words.Text, len(list))
	for i := range list {
		parts[i] = n.sentence(&list[i], false)
	}
	text := words.Join(parts, ja, en)
	if !outer {
		return words.Text{JA: "(" + text.JA + ")", EN: "(" + text.EN + ")"}
	}
	return text
}

func (n Names) consent(c *Consent) words.Text {
	about := words.T("メール", "mail")
	if c.Topic != "" {
		topic := quoted(n.Topic, c.Topic)
		about = words.Text{JA: topic.JA + "のメール", EN: "mail about " + topic.EN}
	}
	switch c.State {
	case Granted:
		return words.Text{JA: about.JA + "を送ってよい", EN: "may be sent " + about.EN}
	case Refused:
		return words.Text{JA: about.JA + "を断っている", EN: "has refused " + about.EN}
	}
	return words.Text{JA: about.JA + "の同意がまだない", EN: "has not consented to " + about.EN}
}

// deed is what was done in three parts: the object, done, not done.
func (n Names) deed(m *Matcher) (object, done, not words.Text) {
	if m.Event == "" {
		object = quoted(n.Page, m.Page)
		switch start, open := strings.CutSuffix(m.Page, "*"); {
		case m.Page == "*" || m.Page == "/*":
			object = words.T("どれかのページを", "any page")
		case open && call(n.Page, m.Page) == "":
			object = words.T("「%s」で始まるページを", "a page below “%s”", start)
		default:
			object = words.Text{JA: object.JA + "のページを", EN: "the page " + object.EN}
		}
		return object, words.T("見た", "viewed"), words.T("見ていない", "viewed")
	}
	if own, known := deeds[m.Event]; known && call(n.Event, m.Event) == "" {
		done, not = own.done, own.not
	} else {
		name := quoted(n.Event, m.Event)
		done = words.Text{JA: bracket(name.JA) + "をした", EN: "did " + name.EN}
		not = words.Text{JA: bracket(name.JA) + "をしていない", EN: "did " + name.EN}
	}
	if m.Page != "" {
		on := quoted(n.Page, m.Page)
		object = words.Text{JA: on.JA + "のページで", EN: " on the page " + on.EN}
	}
	return object, done, not
}

func (n Names) did(d *Did) words.Text {
	object, done, not := n.deed(&d.Matcher)
	what := done.EN + object.EN // "downloaded a file on the page …"
	if d.Event == "" {
		what = done.EN + " " + object.EN
	}
	if len(d.Where) > 0 {
		parts := make([]words.Text, len(d.Where))
		for i := range d.Where {
			parts[i] = n.detail(&d.Where[i])
		}
		where := words.Join(parts, "・", ", ")
		object.JA = "(" + where.JA + ")" + object.JA
		what += " (" + where.EN + ")"
	}
	ja, en := often(d)
	least, most := d.Bounds()
	switch {
	case most == 0 && d.Days == 0:
		return words.Text{JA: object.JA + "一度も" + not.JA, EN: "never " + what}
	case most == 0:
		return words.Text{JA: object.JA + "直近" + days(d) + "は" + not.JA, EN: "not once " + what + within(d)}
	case most > 0 && least == 0:
		return words.Text{JA: object.JA + ja + not.JA, EN: what + en}
	}
	return words.Text{JA: object.JA + ja + done.JA, EN: what + en}
}

func days(d *Did) string { return strconv.Itoa(d.Days) + "日" }

func within(d *Did) string {
	switch d.Days {
	case 0:
		return ""
	case 1:
		return " in a day"
	}
	return " in " + strconv.Itoa(d.Days) + " days"
}

// often is how many times and in which time.
func often(d *Did) (ja, en string) {
	least, most := d.Bounds()
	unit, times := "回", "times"
	if d.DistinctDays {
		unit, times = "日", "days"
	}
	n := max(least, most)
	if n == 1 {
		times = strings.TrimSuffix(times, "s")
	}
	count := strconv.Itoa(n)
	when := ""
	switch {
	case d.Days == 0 && (n > 1 || most > 0):
		when = "これまでに"
	case d.Days > 0 && d.DistinctDays:
		when = days(d) + "のうち"
	case d.Days > 0 && (n > 1 || most > 0):
		when = days(d) + "に"
	case d.Days > 0:
		when = days(d) + "以内に"
	}
	on := " "
	if d.DistinctDays {
		on = " on "
	}
	switch {
	case most == least && most > 0:
		return when + "ちょうど" + count + unit, on + "exactly " + count + " " + times + within(d)
	case most > 0:
		return when + count + unit + "までしか", on + "at most " + count + " " + times + within(d)
	case n <= 1:
		return when, within(d)
	}
	return when + count + unit + "以上", on + "at least " + count + " " + times + within(d)
}

// properties are what the contact's own are called, and those that lists and forms usually
// tell (contact.GuessColumns).
var properties = map[string]words.Text{
	contact.PropertyCompany: words.T("会社名", "company"), "department": words.T("部署", "department"), "title": words.T("役職", "job title"),
	"phone": words.T("電話番号", "phone"), "prefecture": words.T("都道府県", "prefecture"), "place": words.T("住所", "place"), "postcode": words.T("郵便番号", "postcode"),
	"industry": words.T("業種", "industry"), "employees": words.T("従業員数", "employees"),
	"address": words.T("メールアドレス", "mail address"), "name": words.T("名前", "name"),
	"owner": words.T("担当者", "owner"), "created": words.T("登録日", "date of creation"),
	"company.name": words.T("会社名", "company"), "company.domain": words.T("会社のドメイン", "company domain"),
}

// PropertyName is what one of the contact's own properties is called; zero for those that
// were told, which are called as they are written.
func PropertyName(key string) words.Text { return properties[key] }

func (n Names) property(p *Property) words.Text {
	key := quoted(n.Property, p.Key)
	if own, known := properties[p.Key]; known && call(n.Property, p.Key) == "" {
		key = own
	}
	return compared(key, p)
}

// detail is a property of what was done.
func (n Names) detail(p *Property) words.Text {
	key := DetailName(p.Key)
	if key == (words.Text{}) {
		key = quoted(n.Property, p.Key)
	}
	if ms, err := strconv.Atoi(p.first()); p.Key == "engaged_ms" && err == nil && ms > 0 && ms%1000 == 0 {
		key = words.T("見ていた時間", "time on the page")
		span := words.T("%d秒", "%d seconds", ms/1000)
		if ms%60_000 == 0 {
			span = words.T("%d分", "%d minutes", ms/60_000)
		}
		ja, en := *p, *p
		ja.Values, en.Values = []string{span.JA}, []string{span.EN}
		return words.Text{JA: compared(key, &ja).JA, EN: compared(key, &en).EN}
	}
	return compared(key, p)
}

// compared is how a property compares.
func compared(key words.Text, p *Property) words.Text {
	ja, en := make([]string, len(p.Values)), make([]string, len(p.Values))
	for i, v := range p.Values {
		ja[i], en[i] = "「"+v+"」", "“"+v+"”"
	}
	anyJA, anyEN := strings.Join(ja, "か"), strings.Join(en, " or ")
	number := p.first()
	switch p.Op {
	case Is:
		return words.Text{JA: key.JA + "が" + anyJA, EN: key.EN + " is " + anyEN}
	case IsNot:
		return words.Text{JA: key.JA + "が" + anyJA + "ではない", EN: key.EN + " is not " + anyEN}
	case Contains:
		return words.Text{JA: key.JA + "に" + anyJA + "を含む", EN: key.EN + " contains " + anyEN}
	case Starts:
		return words.Text{JA: key.JA + "が" + anyJA + "で始まる", EN: key.EN + " starts with " + anyEN}
	case Above:
		return words.Text{JA: key.JA + "が" + number + "より大きい", EN: key.EN + " above " + number}
	case AtLeast:
		return words.Text{JA: key.JA + "が" + number + "以上", EN: key.EN + " at least " + number}
	case Below:
		return words.Text{JA: key.JA + "が" + number + "未満", EN: key.EN + " below " + number}
	case AtMost:
		return words.Text{JA: key.JA + "が" + number + "以下", EN: key.EN + " at most " + number}
	case BeforeDays:
		return words.Text{JA: key.JA + "から" + number + "日以上たった", EN: key.EN + " at least " + number + " days ago"}
	case WithinDays:
		return words.Text{JA: key.JA + "が直近" + number + "日のうち", EN: key.EN + " within the last " + number + " days"}
	case AheadDays:
		return words.Text{JA: key.JA + "まで" + number + "日以内", EN: key.EN + " within the next " + number + " days"}
	case Unknown:
		return words.Text{JA: key.JA + "が分からない", EN: key.EN + " is unknown"}
	}
	return words.Text{JA: key.JA + "が分かっている", EN: key.EN + " is known"}
}

// Note says of a condition what counting without cookies cannot tell; zero where there is
// nothing to say.
func Note(c Condition) words.Text {
	long := false
	Walk(c, func(c Condition) { long = long || c.Did != nil && c.Did.longerThanADay() })
	if !long {
		return words.Text{}
	}
	return words.T(
		"クッキーを使わずに数えている訪問者は、日が変わると別の人として数えられます。1日より長い期間の回数や「していない」は、連絡先になった人とクッキーのある訪問者についてだけ分かります。",
		"Visitors counted without a cookie are somebody else the next day. How often in more than a day, and what was not done, is known only of contacts and of visitors with a cookie.",
	)
}
