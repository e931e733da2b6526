package review

import (
	"time"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// Ways to say which day of a month is meant.
const (
	ByWeekday  = "weekday"  // the first Monday
	ByDay      = "day"      // the 10th
	ByBusiness = "business" // the third business day; −1 is the last
)

// What becomes of a day on which the office is closed.
const (
	Later   = "later"
	Earlier = "earlier"
	Stay    = "stay"
)

// Every is how often a review comes round.
type Every string

// The three.
const (
	EveryWeek    Every = "week"
	EveryMonth   Every = "month"
	EveryQuarter Every = "quarter"
)

func (e Every) grain() series.Grain {
	grain, _ := series.ParseGrain(string(e))
	return grain
}

// Rhythm is when a review comes round.
type Rhythm struct {
	Every Every `json:"every"`
	// By says which day of the month is meant; weekly it is always the weekday.
	By      string `json:"by,omitempty"`
	Weekday int    `json:"weekday"`         // 0 Sunday … 6 Saturday
	Nth     int    `json:"nth,omitempty"`   // which weekday, day or business day; −1 the last
	Month   int    `json:"month,omitempty"` // of a quarter: 1 to 3
	Closed  string `json:"closed"`          // Later, Earlier or Stay
	At      int    `json:"at"`              // minutes after midnight
	Lasts   int    `json:"lasts"`           // minutes
}

// Calendars are what a rhythm is laid over: the office's days and the fiscal year.
type Calendars struct {
	Days   *series.Calendar
	Fiscal series.Fiscal
}

// Check looks whether a rhythm comes round at all.
func (r Rhythm) Check() *Fault {
	switch {
	case r.Every != EveryWeek && r.Every != EveryMonth && r.Every != EveryQuarter:
		return &Fault{"every", words.T("毎週・毎月・四半期ごとのどれかを選んでください。", "Please choose every week, month or quarter.")}
	case r.byWeekday() && (r.Weekday < 0 || r.Weekday > 6):
		return &Fault{"weekday", words.T("曜日を選んでください。", "Please choose a weekday.")}
	case r.Every == EveryQuarter && (r.Month < 1 || r.Month > 3):
		return &Fault{"month", words.T("四半期の何か月目かを選んでください。", "Please choose which month of the quarter.")}
	case r.Closed != Later && r.Closed != Earlier && r.Closed != Stay:
		return &Fault{"closed", words.T("休みの日にあたったときにどうするかを選んでください。", "Please choose what becomes of a day off.")}
	case r.At < 0 || r.At >= 24*60:
		return &Fault{"at", words.T("はじまる時刻は0:00から23:59までです。", "It begins between 0:00 and 23:59.")}
	case r.Lasts < 5 || r.Lasts > 8*60:
		return &Fault{"lasts", words.T("長さは5分から8時間までです。", "It lasts from 5 minutes to 8 hours.")}
	}
	if r.Every == EveryWeek {
		return nil
	}
	most := map[string]int{ByWeekday: 4, ByDay: 31, ByBusiness: 15}[r.By]
	if most == 0 || r.Nth == 0 || r.Nth > most || r.Nth < -most {
		return &Fault{"nth", words.T("月のどの日かを選んでください。", "Please choose a day of the month.")}
	}
	return nil
}

func (r Rhythm) byWeekday() bool { return r.Every == EveryWeek || r.By == ByWeekday }

// Next is the first day the rhythm names after a day. A rhythm that passed Check always has
// one.
func (r Rhythm) Next(after series.Day, on Calendars) series.Day {
	grain := r.Every.grain()
	// A day off may move a review out of its own period, so the one before is asked too.
	period := on.Fiscal.Previous(grain, on.Fiscal.Containing(grain, after))
	for {
		if day := r.in(period, on); day > after {
			return day
		}
		period = on.Fiscal.Next(grain, period)
	}
}

// in is the day of one period.
func (r Rhythm) in(period series.Span, on Calendars) series.Day {
	if r.Every == EveryWeek {
		return r.moved(period.From+series.Day((r.Weekday+6)%7), on) // weeks begin on Monday
	}
	first := period.From
	if r.Every == EveryQuarter {
		first = first.AddMonths(r.Month - 1)
	}
	month := series.Span{From: first, To: first.AddMonths(1) - 1}
	switch r.By {
	case ByWeekday:
		return r.moved(nthWeekday(month, time.Weekday(r.Weekday), r.Nth), on)
	case ByBusiness:
		return nthBusiness(month, r.Nth, on.Days)
	}
	day := month.From + series.Day(r.Nth-1)
	if r.Nth < 0 {
		day = month.To + series.Day(r.Nth+1)
	}
	return r.moved(max(min(day, month.To), month.From), on)
}

func nthWeekday(month series.Span, weekday time.Weekday, nth int) series.Day {
	if nth < 0 {
		last := month.To - series.Day((int(month.To.Weekday())-int(weekday)+7)%7)
		return last + series.Day(7*(nth+1))
	}
	first := month.From + series.Day((int(weekday)-int(month.From.Weekday())+7)%7)
	return first + series.Day(7*(nth-1))
}

// nthBusiness is a month's nth business day; the nearest there is where it has fewer.
func nthBusiness(month series.Span, nth int, office *series.Calendar) series.Day {
	found, step, left := month.From, series.Day(1), nth
	day := month.From
	if nth < 0 {
		found, step, left, day = month.To, -1, -nth, month.To
	}
	for ; month.Contains(day) && left > 0; day += step {
		if office.IsBusinessDay(day) {
			found, left = day, left-1
		}
	}
	return found
}

// longestBreak is how far a review is moved off days on which the office is closed.
const longestBreak = 31

func (r Rhythm) moved(day series.Day, on Calendars) series.Day {
	step := series.Day(1)
	switch r.Closed {
	case Stay:
		return day
	case Earlier:
		step = -1
	}
	for away := series.Day(0); away != step*longestBreak; away += step {
		if on.Days.IsBusinessDay(day + away) {
			return day + away
		}
	}
	return day
}

// Begins is the moment a review begins on a day, in the place's own time.
func (r Rhythm) Begins(day series.Day, place *time.Location) time.Time {
	year, month, date := day.Civil()
	return time.Date(year, month, date, r.At/60, r.At%60, 0, 0, place)
}
