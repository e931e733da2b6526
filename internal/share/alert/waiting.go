package alert

import (
	"net/url"
	"time"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// Lead is somebody hot whom nobody has said anything of. Who it is stays on their page: an
// alert goes to places where more people read.
type Lead struct {
	ID  string
	Hot time.Time
}

// Waiting are the leads that have waited for longer than the team wants.
func (s Settings) Waiting(leads []Lead, now time.Time) []Cause {
	var out []Cause
	for _, l := range leads {
		waited := now.Sub(l.Hot)
		if waited < time.Duration(s.LeadHours)*time.Hour {
			continue
		}
		out = append(out, Cause{
			Key: "lead:" + l.ID, Kind: Leads, Weight: waited.Hours(), Path: "/act?lead=" + url.QueryEscape(l.ID),
			What: words.T("話すとよい方が、%sから待っています。", "Somebody worth talking with has been waiting since %s.", series.DayOf(l.Hot.In(now.Location()))),
			Why:  words.T("関心は日ごとに薄れます。早く話すほど、商談になりやすくなります。", "Interest fades by the day: the sooner you talk, the likelier a meeting."),
			Do:   words.T("今日のリードを開いて、話すか「今は違う」かを決めましょう。", "Open today’s leads and decide: talk, or not now."),
		})
	}
	return out
}

// OpenQuestion is a question nobody has answered.
type OpenQuestion struct {
	ID    string
	About string // what it hangs on, as it is called
	By    string
	Asked time.Time
	Path  string
}

// Unanswered are the questions that have been open for longer than the team wants.
func (s Settings) Unanswered(open []OpenQuestion, now time.Time) []Cause {
	var out []Cause
	for _, q := range open {
		days := int(now.Sub(q.Asked).Hours() / 24)
		if days < s.QuestionDays {
			continue
		}
		out = append(out, Cause{
			Key: "question:" + q.ID, Kind: Question, Weight: float64(days), Path: q.Path, Name: words.T("「%s」", "“%s”", q.About),
			What: words.T("「%[1]s」への%[2]sさんの質問が、%[3]d日返事を待っています。", "A question by %[2]s on “%[1]s” has waited for an answer for %[3]d days.", q.About, q.By, days),
			Do:   words.T("答えられる人が一言返しましょう。分からないなら「いつまでに調べる」だけでも。", "Whoever knows, answer in a word; if nobody does, say by when you will."),
		})
	}
	return out
}

// DueReview is a review whose day has come.
type DueReview struct {
	ID    string
	Title string
	On    series.Day
	Path  string
}

// Reviews are the reviews of tomorrow and before that were not held.
func Reviews(list []DueReview, today series.Day) []Cause {
	var out []Cause
	for _, r := range list {
		c := Cause{Key: "review:" + r.ID, Kind: Review, Path: r.Path, Weight: float64(today - r.On),
			Do: words.T("議題は用意してあります。開いて、1つずつ決めましょう。", "The agenda is written. Open it and settle item by item.")}
		switch days := int(r.On - today); {
		case days > 1:
			continue
		case days == 1:
			c.What = words.T("定期点検「%s」は明日です。", "The review “%s” is tomorrow.", r.Title)
		case days == 0:
			c.What = words.T("定期点検「%s」は今日です。", "The review “%s” is today.", r.Title)
		default:
			c.Key += ":late"
			c.What = words.T("定期点検「%[1]s」の日(%[2]s)が過ぎています。", "The day of the review “%[1]s” (%[2]s) has passed.", r.Title, r.On)
		}
		out = append(out, c)
	}
	return out
}

// OpenAgreement is an agreement that some are missing in.
type OpenAgreement struct {
	Since   series.Day // they were asked
	Missing int        // people
	Signing bool       // signatures are waited for; else what the goal is to them
	Path    string
}

// agreementDays is how long an agreement may be open before the team hears of it: by then the
// first reminder has gone out.
const agreementDays = 7

// Agreements is what stands still on the way to agreeing on the goal. Who is missing is seen
// on the page: a room full of readers is no place to name them.
func Agreements(open *OpenAgreement, today series.Day) []Cause {
	if open == nil || open.Missing == 0 || today-open.Since < agreementDays {
		return nil
	}
	c := Cause{Key: "agreement:" + open.Since.String(), Kind: Agreement, Weight: float64(today - open.Since), Path: open.Path,
		What: words.T("目標をどう受け取っているか、%[2]sから%[1]d人の返事を待っています。", "What the goal is to them: %[1]d people have not answered since %[2]s.", open.Missing, open.Since),
		Why:  words.T("受け取り方が違うまま進むと、評価のときに食い違います。", "Where people mean different goals, they fall out when it is judged."),
		Do:   words.T("合意のページでだれの返事がまだかを見て、ひとこと声をかけましょう。", "See on the page Agreement who is missing, and have a word with them.")}
	if open.Signing {
		c.What = words.T("目標の言葉への署名を、%[2]sから%[1]d人ぶん待っています。", "The wording of the goal: %[1]d signatures have been waited for since %[2]s.", open.Missing, open.Since)
	}
	return []Cause{c}
}

// Fetching is a connection that brings nothing.
type Fetching struct {
	ID, Name string
	Since    time.Time // it last brought something; zero: never
	Failures int       // one after another
	Why      words.Text
}

// leastFailures and failsFor keep quiet about a service that is away for an hour.
const (
	leastFailures = 3
	failsFor      = 24 * time.Hour
)

// Failing are the connections that have brought nothing for a day.
func Failing(list []Fetching, now time.Time) []Cause {
	var out []Cause
	for _, f := range list {
		if f.Failures < leastFailures || now.Sub(f.Since) < failsFor {
			continue
		}
		what := words.T("「%s」から、まだ一度も取り込めていません。", "Nothing could be fetched from “%s” yet.", f.Name)
		if !f.Since.IsZero() {
			what = words.T("「%[1]s」から、%[2]sを最後に取り込めていません。", "Nothing could be fetched from “%[1]s” since %[2]s.", f.Name, series.DayOf(f.Since.In(now.Location())))
		}
		out = append(out, Cause{Key: "fetch:" + f.ID, Kind: Stale, Weight: float64(f.Failures), Path: "/measure/connections", Name: words.T("%s", "%s", f.Name),
			What: what, Why: f.Why, Do: words.T("「接続」のページで理由を見て、つなぎ直しましょう。", "See the reason on the page of connections, and connect it again.")})
	}
	return out
}
