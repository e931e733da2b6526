package automation

import (
	"math"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/mail"
	"github.com/shirube/shirube/internal/words"
)

// Check is everything that is wrong with a definition by itself. Whether what it names is
// there (a template, a card, a segment, an indicator) is asked of whoever keeps those.
func Check(d *Definition) Faults {
	var fs Faults
	checkHead(&fs, d)
	checkTrigger(&fs, &d.Trigger)
	checkSteps(&fs, d)
	checkConditions(&fs, d)
	if len(fs) == 0 {
		checkGraph(&fs, d) // ways are only told of steps that are there
	}
	return fs
}

func checkHead(fs *Faults, d *Definition) {
	if name := strings.TrimSpace(d.Name); name == "" || utf8.RuneCountInString(name) > maxName {
		fs.add("/name", words.T("名前がないか、長すぎます。", "The name is missing or too long."),
			words.T("%d文字までで付けてください。", "Give it one of at most %d characters.", maxName))
	}
	if strings.TrimSpace(d.KPI) == "" || len(d.KPI) > maxKey {
		fs.add("/kpi", words.T("どのKPIのための自動化かが決まっていません。", "It does not say which KPI it serves."),
			words.T("地図のKPIから1つ選んでください。効いたかどうかは、その数字で確かめます。", "Choose one KPI of the map. Whether it works is told by that number."))
	}
	if s := d.StreamName(); s != Marketing && s != Transactional {
		fs.add("/stream", words.T("「%s」という種類はありません。", "There is no stream %q.", d.Stream), words.T("marketing か transactional にしてください。", "Write marketing or transactional."))
	}
	if h := d.Holdout; h != nil {
		switch {
		case !(*h >= 0 && *h <= MaxHoldout):
			fs.add("/holdout", words.T("送らずに比べる人の割合が、0〜50%の外です。", "The share held out is not between 0 and 50 %."), words.T("ふつうは0.1(10%)です。", "0.1 (10 %) is usual."))
		case *h > 0 && d.StreamName() == Transactional:
			fs.add("/holdout", words.T("手続きのメールは、送らない人をつくれません。", "Nobody can be held out of transactional messages: everybody needs them."),
				words.T("0にするか、消してください。", "Write 0, or leave it out."))
		}
	}
	if d.Reentry.Mode != "" && d.Reentry.Mode != "once" && d.Reentry.Mode != "always" && d.Reentry.Mode != "after" {
		fs.add("/reentry/mode", words.T("「%s」という決め方はありません。", "There is no such rule as %q.", d.Reentry.Mode), words.T("once、always、after のどれかにしてください。", "Write once, always or after."))
	}
	if (d.Reentry.Mode == "after") != (d.Reentry.Days != 0) || d.Reentry.Days < 0 || d.Reentry.Days > 3660 {
		fs.add("/reentry/days", words.T("もう一度入れるまでの日数が合いません。", "The days until somebody may enter again do not fit."), words.T("mode が after のときだけ、1日以上を書いてください。", "Write one day or more, and only where the mode is after."))
	}
	if c := d.Cap; c != nil && (c.Mails < 1 || c.Mails > 1000 || c.Days < 1 || c.Days > 366) {
		fs.add("/cap", words.T("回数の上限が読めません。", "The cap cannot be read."), words.T("1通以上・1〜366日で書いてください。", "Write at least one mail, in 1 to 366 days."))
	}
	if q := d.Quiet; q != nil {
		_, from := clockOf(q.From)
		_, to := clockOf(q.To)
		if !from || !to || q.From == q.To {
			fs.add("/quiet", words.T("送らない時間帯が読めません。", "The quiet hours cannot be read."), words.T("\"21:00\" から \"08:00\" のように書いてください。", `Write them like "21:00" to "08:00".`))
		}
	}
	if d.Priority < 0 || d.Priority > maxPriority {
		fs.add("/priority", words.T("優先度は0〜%dです。", "The priority is 0 to %d.", maxPriority), words.Text{})
	}
}

func checkTrigger(fs *Faults, t *Trigger) {
	set := count(t.Condition != nil, t.Event != nil, t.Date != nil, t.Band != nil)
	if set == 0 {
		fs.add("/trigger", words.T("きっかけがまだ決まっていません。", "There is no trigger yet."), words.T("条件・できごと・日付・点数のどれか1つを選んでください。", "Choose a condition, an event, a date or a score."))
		return
	}
	if set != 1 {
		fs.add("/trigger", words.T("きっかけが%d個あります。", "There are %d triggers.", set), words.T("条件・できごと・日付・点数のどれか1つにしてください。", "Choose one: a condition, an event, a date or a score."))
		return
	}
	if t.Event != nil && t.Event.Page == "" && t.Event.Event == "" {
		fs.add("/trigger/event", words.T("どのできごとかが書かれていません。", "It does not say which event."), words.T("ページかできごとの名前を選んでください。", "Choose a page or the name of an event."))
	}
	if d := t.Date; d != nil {
		if d.Property == "" || len(d.Property) > maxKey {
			fs.add("/trigger/date/property", words.T("どの日付の項目かが書かれていません。", "It does not say which date."), words.T("日付の入る項目を選んでください。", "Choose a property that holds a date."))
		}
		if _, ok := clockOf(d.Time); !ok && d.Time != "" {
			badClock(fs, "/trigger/date/time")
		}
		if d.Days < -366 || d.Days > 366 {
			fs.add("/trigger/date/days", words.T("前後366日までです。", "At most 366 days before or after."), words.Text{})
		}
	}
	if b := t.Band; b != nil && b.Card == "" {
		fs.add("/trigger/band", words.T("どの点のつけ方かが決まっていません。", "It does not say which score."), words.T("点のつけ方を選んでください。", "Choose a score."))
	} else if b != nil && (!finite(b.AtLeast) || b.Below != nil && (!finite(*b.Below) || *b.Below <= b.AtLeast)) {
		fs.add("/trigger/band", words.T("点数の範囲が読めません。", "The band of points cannot be read."), words.T("「何点未満」は「何点以上」より大きくしてください。", "The upper bound must be above the lower one."))
	}
}

// checkConditions has the room of conditions look at every one of them.
func checkConditions(fs *Faults, d *Definition) {
	said := map[string]bool{} // an event that is not named has been told of with its own words
	for _, f := range *fs {
		said[f.Place] = true
	}
	d.Conditions(func(place string, c *condition.Condition) {
		for _, wrong := range condition.Check(*c) {
			fs.add(place+pointer(wrong.Path), wrong.What, words.Text{})
		}
	})
	d.Matchers(func(place string, m *condition.Matcher) {
		if said[place] {
			return
		}
		for _, wrong := range condition.Check(condition.Condition{Did: &condition.Did{Matcher: *m}}) {
			fs.add(place+pointer(strings.TrimPrefix(wrong.Path, "did")), wrong.What, words.Text{})
		}
	})
}

// pointer writes a condition's place ("all[0].did.page") as JSON pointers do.
func pointer(path string) string {
	if path = strings.TrimPrefix(path, "."); path == "" {
		return ""
	}
	return "/" + strings.NewReplacer(".", "/", "[", "/", "]", "").Replace(path)
}

func badClock(fs *Faults, place string) {
	fs.add(place, words.T("時刻が読めません。", "The time of day cannot be read."), words.T("\"09:00\" のように書いてください。", `Write it like "09:00".`))
}

var stepID = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,39}$`)

// StepPlace is the place of a step in a definition.
func StepPlace(k int) string { return stepPlace(k) }

func stepPlace(k int) string { return "/steps/" + strconv.Itoa(k) }

func checkSteps(fs *Faults, d *Definition) {
	if len(d.Steps) == 0 || len(d.Steps) > MaxSteps {
		fs.add("/steps", words.T("ステップが%d個です。", "There are %d steps.", len(d.Steps)), words.T("1〜%d個にしてください。", "Have 1 to %d of them.", MaxSteps))
		return
	}
	known := map[string]bool{}
	for k := range d.Steps {
		id, place := d.Steps[k].ID, stepPlace(k)+"/id"
		switch {
		case !stepID.MatchString(id):
			fs.add(place, words.T("ステップの名前「%.40s」が使えません。", "The step cannot be called %.40q.", id), words.T("半角の小文字と数字で40字までにしてください。", "Use up to 40 small letters and digits."))
		case known[id]:
			fs.add(place, words.T("「%s」というステップが2つあります。", "There are two steps %q.", id), words.T("別の名前にしてください。", "Give one another name."))
		}
		known[id] = true
	}
	for k := range d.Steps {
		s, place := &d.Steps[k], stepPlace(k)
		set := count(s.Mail != nil, s.Notify != nil, s.Webhook != nil, s.Tag != nil, s.Property != nil, s.Score != nil, s.Wait != nil, s.Branch != nil, s.Goal != nil)
		if set != 1 {
			fs.add(place, words.T("「%s」ですることが%d個あります。", "The step %q does %d things.", s.ID, set), words.T("1つのステップでは1つだけにしてください。", "Let one step do one thing."))
			continue
		}
		if s.Branch != nil && s.Next != "" {
			fs.add(place+"/next", words.T("分かれ道の先は then と else です。", "A branch leads on by then and else."), words.T("next を消してください。", "Remove next."))
		}
		for _, to := range s.ways() {
			if to != "" && !known[to] {
				fs.add(place, words.T("「%s」の次の「%s」がありません。", "After %q comes %q, which is not there.", s.ID, to), words.T("あるステップを選んでください。", "Choose a step that is there."))
			}
		}
		checkDoing(fs, place, s)
	}
}

func checkDoing(fs *Faults, place string, s *Step) {
	switch {
	case s.Mail != nil:
		if s.Mail.Template == "" || len(s.Mail.Template) > maxKey || len(s.Mail.Topic) > maxKey {
			fs.add(place+"/mail/template", words.T("どのメールを送るかが決まっていません。", "It does not say which mail."), words.T("メールのひな形を選んでください。", "Choose a template."))
		}
		if s.Mail.Trying != nil {
			checkTrying(fs, place+"/mail/trying", s.Mail)
		}
	case s.Notify != nil:
		if s.Notify.Channel == "" || len(s.Notify.Channel) > maxKey || s.Notify.Text == "" || utf8.RuneCountInString(s.Notify.Text) > maxText {
			fs.add(place+"/notify", words.T("知らせる先か文がないか、長すぎます。", "Whom to tell, or what, is missing or too long."), words.T("担当者か通知先を選び、%d文字までで書いてください。", "Choose the owner or a channel, and write up to %d characters.", maxText))
		}
	case s.Webhook != nil:
		u, err := url.Parse(s.Webhook.URL)
		if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil || len(s.Webhook.URL) > maxAddress {
			fs.add(place+"/webhook/url", words.T("Webhookのアドレスが使えません。", "The address of the webhook cannot be used."), words.T("https:// から、パスワードを入れずに書いてください。", "Write it from https:// on, without a password in it."))
		}
	case s.Tag != nil:
		all := append(append([]string{}, s.Tag.Add...), s.Tag.Remove...)
		for _, tag := range all {
			if strings.TrimSpace(tag) == "" || len(tag) > maxKey {
				fs.add(place+"/tag", words.T("空か長すぎるタグがあります。", "A tag is empty or too long."), words.Text{})
				break
			}
		}
		if len(all) == 0 || len(all) > 50 {
			fs.add(place+"/tag", words.T("タグが%d個です。", "There are %d tags.", len(all)), words.T("1〜50個にしてください。", "Have 1 to 50."))
		}
	case s.Property != nil:
		v := s.Property.Value
		if s.Property.Key == "" || len(s.Property.Key) > maxKey || v != nil && (!finite(v.Number) || len(v.Text) > maxText*4) {
			fs.add(place+"/property", words.T("書きこむ項目か値が読めません。", "The property or its value cannot be read."), words.T("項目を選び、値を入れてください。", "Choose a property and give a value."))
		}
	case s.Score != nil:
		if s.Score.Card == "" || !finite(s.Score.Points) || math.Abs(s.Score.Points) > 10_000 || s.Score.Points == 0 {
			fs.add(place+"/score", words.T("点数が読めません。", "The points cannot be read."), words.T("点数表を選び、0でない1万点までの数にしてください。", "Choose a card, and points that are not 0 and at most 10,000."))
		}
	case s.Wait != nil:
		checkWait(fs, place+"/wait", s.Wait)
	}
}

func checkTrying(fs *Faults, place string, m *Mail) {
	t := m.Trying
	switch {
	case t.Template == "" || len(t.Template) > maxKey:
		fs.add(place+"/template", words.T("もう1つの文面が決まっていません。", "It does not say which mail the other wording is."), words.T("くらべるメールのテンプレートを選んでください。", "Choose the template to compare with."))
	case t.Template == m.Template:
		fs.add(place+"/template", words.T("AとBが同じメールです。", "A and B are the same mail."), words.T("別のテンプレートを選んでください。", "Choose another template."))
	}
	if share := t.ShareB(); !(share >= leastTried && share <= mostTried) {
		fs.add(place+"/share", words.T("Bを送る割合が、5〜95%の外です。", "The share sent B is not between 5 and 95 %."), words.T("ふつうは0.5(半分ずつ)です。", "0.5 (half of them) is usual."))
	}
	if !mail.KnownYardstick(t.By) {
		fs.add(place+"/by", words.T("「%.20s」というくらべ方はありません。", "There is no yardstick %.20q.", t.By), words.T("clicks、opens、kpi のどれかにしてください。", "Write clicks, opens or kpi."))
	}
}

// longestWait is a year; who waits longer is forgotten.
const longestWait = 366 * dayMillis

func checkWait(fs *Faults, place string, w *Wait) {
	if set := count(w.For != nil, w.Until != nil, w.Event != nil); set != 1 {
		fs.add(place, words.T("待ち方が%d個あります。", "There are %d ways of waiting.", set), words.T("時間・曜日と時刻・できごとのどれか1つにしてください。", "Choose one: a time, a weekday and time, or an event."))
		return
	}
	span := func(at string, s *Span) {
		if units[s.Unit] == 0 || s.Amount < 1 || s.Amount > 1_000_000 || s.Millis() > longestWait {
			fs.add(place+at, words.T("待つ長さが読めません。", "How long to wait cannot be read."), words.T("1分〜366日で、単位は minutes、hours、days、weeks です。", "Write 1 minute to 366 days, in minutes, hours, days or weeks."))
		}
	}
	switch {
	case w.For != nil:
		span("/for", w.For)
	case w.Until != nil:
		if _, ok := clockOf(w.Until.Time); !ok {
			badClock(fs, place+"/until/time")
		}
		for _, day := range w.Until.Weekdays {
			if !strings.Contains(" "+strings.Join(weekdays, " ")+" ", " "+day+" ") || len(day) != 3 {
				fs.add(place+"/until/weekdays", words.T("曜日「%.10s」が読めません。", "The weekday %.10q cannot be read.", day), words.T("mon、tue、wed、thu、fri、sat、sun で書いてください。", "Write mon, tue, wed, thu, fri, sat or sun."))
			}
		}
	default:
		if w.Event.Page == "" && w.Event.Event == "" {
			fs.add(place+"/event", words.T("どのできごとを待つかが書かれていません。", "It does not say which event to wait for."), words.T("ページかできごとの名前を選んでください。", "Choose a page or the name of an event."))
		}
		if w.Timeout == nil {
			fs.add(place+"/timeout", words.T("いつまで待つかが決まっていません。", "It does not say how long to wait at most."), words.T("来ないまま終わる人のために、期限を入れてください。", "Give a time limit for those to whom it never happens."))
			return
		}
		span("/timeout", w.Timeout)
	}
	if w.Event == nil && (w.Then != "" || w.Timeout != nil) {
		fs.add(place, words.T("then と timeout は、できごとを待つときだけのものです。", "then and timeout belong to waiting for an event."), words.T("消してください。", "Remove them."))
	}
}

func count(set ...bool) int {
	n := 0
	for _, s := range set {
		if s {
			n++
		}
	}
	return n
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
