package series

import (
	"time"

	"github.com/shirube/shirube/internal/words"
)

// DayKind is what sort of day it is for people at work. Traffic and sales of a
// day follow its kind, so pace and season are learned by kind.
type DayKind uint8

// The kinds, ordinary days first. Where several apply to a day the last one
// listed here counts: a Sunday in お盆 is Obon, and the team's own closed day is
// Closed whatever else it is.
const (
	Workday DayKind = iota
	Saturday
	Sunday
	Holiday
	Obon       // August 13 to 16
	GoldenWeek // April 29 to May 5, and May 6 when it is a substitute holiday
	NewYear    // December 29 to January 3
	Closed     // the team's own
)

var dayKinds = [...]struct {
	id   string
	name words.Text
}{
	Workday:    {"workday", words.Text{JA: "平日", EN: "workday"}},
	Saturday:   {"saturday", words.Text{JA: "土曜日", EN: "Saturday"}},
	Sunday:     {"sunday", words.Text{JA: "日曜日", EN: "Sunday"}},
	Holiday:    {"holiday", words.Text{JA: "祝日", EN: "public holiday"}},
	Obon:       {"obon", words.Text{JA: "お盆", EN: "Obon"}},
	GoldenWeek: {"golden-week", words.Text{JA: "ゴールデンウィーク", EN: "Golden Week"}},
	NewYear:    {"new-year", words.Text{JA: "年末年始", EN: "New Year break"}},
	Closed:     {"closed", words.Text{JA: "休業日", EN: "closed day"}},
}

// String is the id of the kind: workday, golden-week, …
func (k DayKind) String() string {
	if int(k) < len(dayKinds) {
		return dayKinds[k].id
	}
	return "unknown"
}

// In names the kind: "ゴールデンウィーク", "Golden Week".
func (k DayKind) In(lang words.Lang) string {
	if int(k) < len(dayKinds) {
		return dayKinds[k].name.In(lang)
	}
	return "—"
}

// Calendar is the Japanese calendar with a team's own closed days. It does not
// change once made; a nil Calendar has no closed days.
type Calendar struct {
	closed map[Day]struct{}
}

// NewCalendar makes a calendar; closed days may come in any order and twice.
func NewCalendar(closed []Day) *Calendar {
	c := &Calendar{closed: make(map[Day]struct{}, len(closed))}
	for _, d := range closed {
		c.closed[d] = struct{}{}
	}
	return c
}

// Kind tells what sort of day it is.
func (c *Calendar) Kind(d Day) DayKind {
	switch {
	case c.isClosed(d):
		return Closed
	case isNewYear(d):
		return NewYear
	case isGoldenWeek(d):
		return GoldenWeek
	case isObon(d):
		return Obon
	}
	if _, holiday := JapaneseHoliday(d); holiday {
		return Holiday
	}
	switch d.Weekday() {
	case time.Saturday:
		return Saturday
	case time.Sunday:
		return Sunday
	}
	return Workday
}

// HolidayName names the national holiday of a day, substitutes included, as
// JapaneseHoliday does.
func (c *Calendar) HolidayName(d Day) (words.Text, bool) { return JapaneseHoliday(d) }

// IsBusinessDay reports whether offices work: Monday to Friday without national
// holidays, the New Year break and the team's closed days. Weekdays of お盆 and
// the weekdays between the holidays of ゴールデンウィーク are business days, as
// in the law; a team that closes on them lists them as closed.
func (c *Calendar) IsBusinessDay(d Day) bool {
	switch d.Weekday() {
	case time.Saturday, time.Sunday:
		return false
	}
	if c.isClosed(d) || isNewYear(d) {
		return false
	}
	_, holiday := JapaneseHoliday(d)
	return !holiday
}

// BusinessDays counts the business days of a span.
func (c *Calendar) BusinessDays(s Span) int {
	n := 0
	for i := range s.Days() {
		if c.IsBusinessDay(s.From + Day(i)) {
			n++
		}
	}
	return n
}

func (c *Calendar) isClosed(d Day) bool {
	if c == nil {
		return false
	}
	_, closed := c.closed[d]
	return closed
}

func isNewYear(d Day) bool {
	_, month, day := d.Civil()
	return month == time.December && day >= 29 || month == time.January && day <= 3
}

func isObon(d Day) bool {
	_, month, day := d.Civil()
	return month == time.August && 13 <= day && day <= 16
}

func isGoldenWeek(d Day) bool {
	_, month, day := d.Civil()
	switch {
	case month == time.April && day >= 29, month == time.May && day <= 5:
		return true
	case month == time.May && day == 6:
		_, substitute := JapaneseHoliday(d)
		return substitute
	}
	return false
}
