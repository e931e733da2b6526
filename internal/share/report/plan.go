package report

import (
	"time"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// Plan says when a page comes: a minute of certain days, by the clock of the team.
type Plan struct {
	Rhythm   Rhythm       `json:"rhythm"`
	Weekday  time.Weekday `json:"weekday"`  // weekly
	Day      int          `json:"day"`      // monthly: 1 to 31; in shorter months the last
	Minute   int          `json:"minute"`   // of the day, 0 to 1439
	Holidays Holidays     `json:"holidays"` // what becomes of days nobody works on
}

// Holidays is what becomes of a page that falls on a weekend, a holiday or a day the team is
// closed.
type Holidays string

// What there is to choose.
const (
	SendAnyway  Holidays = "send"
	NextWorkday Holidays = "next" // on the next day people work
	LeaveOut    Holidays = "skip"
)

// Known reports whether a plan can be kept to.
func (p Plan) Known() bool {
	switch p.Rhythm {
	case Daily, Weekly, Monthly:
	default:
		return false
	}
	switch p.Holidays {
	case SendAnyway, NextWorkday, LeaveOut:
	default:
		return false
	}
	return p.Minute >= 0 && p.Minute < 24*60 && p.Weekday >= time.Sunday && p.Weekday <= time.Saturday &&
		(p.Rhythm != Monthly || p.Day >= 1 && p.Day <= 31)
}

// longestWait bounds the search for the next day: a team may be closed for long.
const longestWait = 2 * 366

// Next is the first moment of the plan after another; the zero time where none comes within
// two years. An hour that the clocks leave out in spring is kept as the zone moves it.
func (p Plan) Next(after time.Time, zone *time.Location, calendar *series.Calendar) time.Time {
	if !p.Known() {
		return time.Time{}
	}
	today := series.DayOf(after.In(zone))
	// A day before today may have been put off to today or later.
	for d := today - 40; d <= today+longestWait; d++ {
		if !p.names(d) {
			continue
		}
		day, ok := p.settle(d, calendar)
		if !ok {
			continue
		}
		year, month, date := day.Civil()
		if at := time.Date(year, month, date, p.Minute/60, p.Minute%60, 0, 0, zone); at.After(after) {
			return at
		}
	}
	return time.Time{}
}

// names tells whether the plan is about a day, whoever works on it.
func (p Plan) names(d series.Day) bool {
	switch p.Rhythm {
	case Weekly:
		return d.Weekday() == p.Weekday
	case Monthly:
		year, month, date := d.Civil()
		return date == min(p.Day, lastOf(year, month))
	}
	return true
}

func lastOf(year int, month time.Month) int {
	_, _, date := (series.Date(year, month+1, 1) - 1).Civil()
	return date
}

// settle is the day a page really comes on.
func (p Plan) settle(d series.Day, calendar *series.Calendar) (series.Day, bool) {
	if p.Holidays == SendAnyway || calendar.IsBusinessDay(d) {
		return d, true
	}
	if p.Holidays == LeaveOut {
		return 0, false
	}
	for later := d + 1; later <= d+longestWait; later++ {
		if calendar.IsBusinessDay(later) {
			return later, true
		}
	}
	return 0, false
}

// In says the plan in words: 毎週月曜 8:30.
func (p Plan) In(lang words.Lang) string {
	clock := words.T("%d:%02d", "%d:%02d", p.Minute/60, p.Minute%60)
	n := int(p.Weekday) % 7
	day := string([]rune("日月火水木金土")[n])
	switch p.Rhythm {
	case Weekly:
		return words.T("毎週"+day+"曜 %s", "every "+time.Weekday(n).String()+" at %s", clock).In(lang)
	case Monthly:
		if p.Day >= 31 {
			return words.T("毎月末 %s", "on the last of each month at %s", clock).In(lang)
		}
		return words.T("毎月%[2]d日 %[1]s", "on day %[2]d of each month at %[1]s", clock, p.Day).In(lang)
	}
	if p.Holidays == SendAnyway {
		return words.T("毎日 %s", "every day at %s", clock).In(lang)
	}
	return words.T("営業日ごとに %s", "every working day at %s", clock).In(lang)
}
