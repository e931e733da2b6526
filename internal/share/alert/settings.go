package alert

import (
	"slices"
	"time"

	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/share/question"
	"github.com/shirube/shirube/internal/words"
)

// Settings are what a team decides of its alerts. Hours are of its own clock, 0 to 23.
type Settings struct {
	Off    []Kind `json:"off"`    // not told to anybody
	Hour   int    `json:"hour"`   // of the one message of a morning
	Urgent bool   `json:"urgent"` // what is urgent does not wait for the morning
	// QuietFrom and QuietTo are the hours in which nobody is disturbed: from the first,
	// up to but not including the second. Both the same: never.
	QuietFrom int `json:"quiet_from"`
	QuietTo   int `json:"quiet_to"`
	// Closed: on weekends, holidays and the team's own closed days as well.
	Closed       bool `json:"closed"`
	LeadHours    int  `json:"lead_hours"`    // a hot lead waits for longer than that
	QuestionDays int  `json:"question_days"` // a question is open for longer than that
}

// Usual are the settings of a team that has decided nothing: one message on the morning of
// a business day, and quiet until then.
func Usual() Settings {
	return Settings{Off: []Kind{}, Hour: 8, QuietFrom: 20, QuietTo: 8, LeadHours: 24, QuestionDays: 2}
}

// Check says what is wrong with settings; the zero text for nothing.
func (s Settings) Check() words.Text {
	for _, hour := range []int{s.Hour, s.QuietFrom, s.QuietTo} {
		if hour < 0 || hour > 23 {
			return words.T("時刻は0時から23時までで選んでください。", "Choose hours from 0 to 23.")
		}
	}
	switch {
	case s.quiet(s.Hour):
		return words.T("お知らせの時刻(%[1]d時)が、知らせない時間帯(%[2]d時〜%[3]d時)に入っています。どちらかをずらしてください。",
			"The hour of the message (%[1]d:00) lies within the quiet hours (%[2]d:00–%[3]d:00). Move one of them.", s.Hour, s.QuietFrom, s.QuietTo)
	case s.LeadHours < 1 || s.LeadHours > 240 || s.QuestionDays < 1 || s.QuestionDays > 30:
		return words.T("待つ長さは、見込み客は1〜240時間、質問は1〜30日で選んでください。", "Let leads wait for 1 to 240 hours and questions for 1 to 30 days.")
	case slices.ContainsFunc(s.Off, func(k Kind) bool { return !k.Known() }):
		return words.T("知らない種類のお知らせがあります。", "There is a kind of alert that is not known.")
	}
	return words.Text{}
}

// Tells reports whether a kind is told at all.
func (s Settings) Tells(k Kind) bool { return !slices.Contains(s.Off, k) }

// quiet reports whether an hour is one in which nobody is disturbed.
func (s Settings) quiet(hour int) bool {
	if s.QuietFrom <= s.QuietTo {
		return hour >= s.QuietFrom && hour < s.QuietTo
	}
	return hour >= s.QuietFrom || hour < s.QuietTo
}

// Next is the next moment the message of a morning may leave, in the zone of now; open says
// of a day from today (0) on whether offices work.
func (s Settings) Next(now time.Time, done bool, open func(ahead int) bool) time.Time {
	for ahead := 0; ; ahead++ {
		at := time.Date(now.Year(), now.Month(), now.Day()+ahead, s.Hour, 0, 0, 0, now.Location())
		if ahead == 0 && (done || s.quiet(now.Hour()) && !at.After(now)) {
			continue
		}
		if s.Closed || open(ahead) || ahead > mostClosed {
			return later(at, now)
		}
	}
}

// mostClosed bounds how many days of a calendar are looked at.
const mostClosed = 60

func later(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

// Mine is what one person decided of what reaches them by mail.
type Mine struct {
	Kinds     []Kind         `json:"kinds"`               // those that are mailed
	Asked     []Kind         `json:"asked,omitempty"`     // those one could choose from; none: the first eight
	Questions question.Mails `json:"questions,omitempty"` // of what people write; "" all that concerns them
}

// UsualMine is what somebody is mailed who has decided nothing: whoever changes the map
// hears of all, whoever works on it of what waits for them, and who looks at it now and
// then of what was reached.
func UsualMine(role access.Role) Mine {
	kinds := []Kind{}
	switch {
	case role.AtLeast(access.Editor):
		kinds = append(kinds, Kinds...)
	case role.AtLeast(access.Member):
		kinds = append(kinds, Milestone, Leads, Review, Question)
	case role.AtLeast(access.Viewer):
		kinds = append(kinds, Milestone, Review)
	}
	return Mine{Kinds: kinds}
}

// firstKinds are those one could choose from before it was kept which those were.
var firstKinds = []Kind{Milestone, Pace, Step, Link, Stale, Leads, Review, Question}

// Decided is what somebody decided, who is asked as a role now. A kind they could not choose from
// then is theirs as if they had decided nothing: silence about it was no answer.
func (m Mine) Decided(role access.Role) Mine {
	m.Kinds = withNew(m.Kinds, m.Asked, UsualMine(role).Kinds)
	return m
}

// Chosen are the kinds a place is told of, where some were named of those asked; a kind that
// could not be chosen from then is told there, too. None are all.
func Chosen(kinds, asked []Kind) []Kind {
	if len(kinds) == 0 {
		return nil
	}
	return withNew(kinds, asked, Kinds)
}

func withNew(kinds, asked, usual []Kind) []Kind {
	if len(asked) == 0 {
		asked = firstKinds
	}
	kinds = slices.Clone(kinds)
	for _, k := range usual {
		if !slices.Contains(asked, k) && !slices.Contains(kinds, k) {
			kinds = append(kinds, k)
		}
	}
	return kinds
}

// Reaches reports whether an alert is mailed to somebody of a role.
func (m Mine) Reaches(role access.Role, k Kind) bool {
	return k.SeenBy(role) && slices.Contains(m.Kinds, k)
}
