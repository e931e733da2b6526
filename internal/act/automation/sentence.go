package automation

import (
	"math"
	"net/url"
	"strconv"
	"strings"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/words"
)

// Names say what things are called by people; see condition.Names.
type Names struct {
	condition.Names
	Template, Channel func(string) string
}

// Sentence is what lets somebody in as a marketer would say it, without who and without a
// full stop: 料金のページを7日に3回以上見た.
func (t *Trigger) Sentence(n Names) words.Text {
	switch {
	case t.Condition != nil:
		return condition.Sentence(*t.Condition, n.Names)
	case t.Event != nil:
		return n.event(t.Event)
	case t.Date != nil:
		return t.Date.sentence(n)
	case t.Band != nil:
		return t.Band.sentence(n)
	}
	return words.T("きっかけがまだ決まっていない", "no trigger yet")
}

func (n Names) event(m *condition.Matcher) words.Text {
	return condition.Sentence(condition.Condition{Did: &condition.Did{Matcher: *m}}, n.Names)
}

func (d *Date) sentence(n Names) words.Text {
	key := called(n.Property, d.Property)
	if own := condition.PropertyName(d.Property); !own.Zero() && (n.Property == nil || n.Property(d.Property) == "") {
		key = own
	}
	when := words.Text{JA: key.JA + "の日", EN: "on the day of " + key.EN}
	if n := max(d.Days, -d.Days); n > 0 {
		ja, en := "日後", "after "
		if d.Days < 0 {
			ja, en = "日前", "before "
		}
		span := (&Span{n, "days"}).sentence()
		when = words.Text{JA: key.JA + "の" + strconv.Itoa(n) + ja, EN: span.EN + " " + en + key.EN}
	}
	at := d.Time
	if at == "" {
		at = "09:00"
	}
	when = words.Text{JA: when.JA + "の" + hour(at), EN: when.EN + " at " + at}
	if d.Yearly {
		when = words.Text{JA: "毎年、" + when.JA, EN: when.EN + ", every year"}
	}
	return when
}

func (b *Band) sentence(n Names) words.Text {
	if b.Card == "" {
		return words.T("点数が届いた", "a score was reached")
	}
	card := called(n.Card, b.Card)
	from := points(b.AtLeast)
	if b.Below == nil {
		return words.Text{JA: card.JA + "の点が" + from + "以上になった", EN: "score of " + card.EN + " came to " + from + " or more"}
	}
	to := points(*b.Below)
	return words.Text{JA: card.JA + "の点が" + from + "以上" + to + "未満になった", EN: "score of " + card.EN + " came between " + from + " and " + to}
}

// Sentence is what a step does in a few words: メール「事例」, 3日待つ.
func (s *Step) Sentence(n Names) words.Text {
	switch {
	case s.Mail != nil:
		if s.Mail.Template == "" {
			return words.T("テンプレートがまだ選ばれていない", "no template chosen yet")
		}
		first := quoted(n.Template, s.Mail.Template)
		if t := s.Mail.Trying; t != nil && t.Template != "" {
			second := quoted(n.Template, t.Template)
			return words.Text{JA: first.JA + "と" + second.JA + "をくらべる", EN: first.EN + " against " + second.EN}
		}
		return first
	case s.Notify != nil:
		if s.Notify.Channel == "owner" {
			return words.T("担当の方へ理由つきで", "the owner, with the reason")
		}
		to := quoted(n.Channel, s.Notify.Channel)
		return words.Text{JA: to.JA + "へ", EN: "to " + to.EN}
	case s.Webhook != nil:
		host := s.Webhook.URL
		if u, err := url.Parse(host); err == nil && u.Host != "" {
			host = u.Host
		}
		return words.Text{JA: host + "へ", EN: "to " + host}
	case s.Tag != nil:
		return s.Tag.sentence()
	case s.Property != nil:
		return s.Property.sentence(n)
	case s.Score != nil:
		card := called(n.Card, s.Score.Card)
		sign := "+"
		if s.Score.Points < 0 {
			sign = "−"
		}
		amount := sign + points(math.Abs(s.Score.Points))
		return words.Text{JA: card.JA + "に" + amount + "点", EN: amount + " to " + card.EN}
	case s.Wait != nil:
		return s.Wait.sentence(n)
	case s.Branch != nil:
		return condition.Sentence(s.Branch.If, n.Names)
	case s.Goal != nil:
		return condition.Sentence(s.Goal.If, n.Names)
	}
	return words.T("まだ何もしない", "does nothing yet")
}

func (t *Tag) sentence() words.Text {
	var ja, en []string
	for _, tag := range t.Add {
		ja, en = append(ja, "「"+tag+"」を付ける"), append(en, "add “"+tag+"”")
	}
	for _, tag := range t.Remove {
		ja, en = append(ja, "「"+tag+"」を外す"), append(en, "remove “"+tag+"”")
	}
	return words.Text{JA: strings.Join(ja, "・"), EN: strings.Join(en, ", ")}
}

func (p *SetProperty) sentence(n Names) words.Text {
	key := called(n.Property, p.Key)
	if p.Value == nil {
		return words.Text{JA: key.JA + "を消す", EN: "clear " + key.EN}
	}
	value := p.Value.Text
	switch p.Value.Kind {
	case contact.Number:
		value = points(p.Value.Number)
	case contact.Truth:
		if p.Value.Number != 0 {
			return words.Text{JA: key.JA + "を「はい」にする", EN: "set " + key.EN + " to yes"}
		}
		return words.Text{JA: key.JA + "を「いいえ」にする", EN: "set " + key.EN + " to no"}
	}
	return words.Text{JA: key.JA + "を「" + value + "」にする", EN: "set " + key.EN + " to “" + value + "”"}
}

func (w *Wait) sentence(n Names) words.Text {
	switch {
	case w.Event != nil:
		what, limit := n.event(w.Event), w.Timeout.sentence()
		return words.Text{JA: "最長" + limit.JA + "・" + what.JA, EN: what.EN + ", at most " + limit.EN}
	case w.Until != nil:
		days := words.T("次の", "the next ")
		var ja, en []string
		for _, day := range w.Until.Weekdays {
			if name, known := weekdayNames[day]; known {
				ja, en = append(ja, name.JA), append(en, name.EN)
			}
		}
		if len(ja) > 0 {
			days = words.Text{JA: "次の" + strings.Join(ja, "・") + "曜の", EN: "the next " + strings.Join(en, " or ") + ", "}
		}
		return words.Text{JA: days.JA + hour(w.Until.Time) + "まで", EN: "until " + days.EN + w.Until.Time}
	}
	return w.For.sentence()
}

var weekdayNames = map[string]words.Text{
	"sun": words.T("日", "Sunday"), "mon": words.T("月", "Monday"), "tue": words.T("火", "Tuesday"), "wed": words.T("水", "Wednesday"),
	"thu": words.T("木", "Thursday"), "fri": words.T("金", "Friday"), "sat": words.T("土", "Saturday"),
}

var unitNames = map[string]words.Text{
	"minutes": words.T("分", "minutes"), "hours": words.T("時間", "hours"), "days": words.T("日", "days"), "weeks": words.T("週間", "weeks"),
}

func (s *Span) sentence() words.Text {
	if s == nil {
		return words.T("期限なし", "no limit")
	}
	unit, amount := unitNames[s.Unit], strconv.Itoa(s.Amount)
	en := unit.EN
	if s.Amount == 1 {
		en = strings.TrimSuffix(en, "s")
	}
	return words.Text{JA: amount + unit.JA, EN: amount + " " + en}
}

func hour(clock string) string { return strings.TrimPrefix(clock, "0") }

func points(v float64) string {
	digits := 0
	if v != math.Trunc(v) {
		digits = 1
	}
	return words.Group(v, digits)
}

// called is what a thing is called, else its written form in quotes.
func called(name func(string) string, of string) words.Text {
	if name != nil {
		if known := name(of); known != "" {
			return words.Text{JA: known, EN: known}
		}
	}
	return words.Text{JA: "「" + of + "」", EN: "“" + of + "”"}
}

// quoted is what a thing is called, in quotes.
func quoted(name func(string) string, of string) words.Text {
	if name != nil {
		if known := name(of); known != "" {
			of = known
		}
	}
	return words.Text{JA: "「" + of + "」", EN: "“" + of + "”"}
}
