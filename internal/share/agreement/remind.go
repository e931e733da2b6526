package agreement

import (
	"slices"

	"github.com/shirube/shirube/internal/series"
)

// On which business day after the asking people are reminded by themselves: once while it is
// fresh, once more before it is forgotten. More than that is nagging; there is a button.
const (
	remindFirst = 3
	remindLast  = 8
)

// remindLate is for how many days a reminder whose day has passed is still given: the server
// may have slept, but nobody is reminded of what was asked last year.
const remindLate = 3

// remindDays are the days on which whoever has not answered is reminded, in order: two of the
// calendar's business days, and the one before the day to answer by.
func remindDays(asked series.Day, by *series.Day, c *series.Calendar) []series.Day {
	first, last := later(asked, remindFirst, c), later(asked, remindLast, c)
	if by == nil {
		return []series.Day{first, last}
	}
	before := *by - 1
	for !c.IsBusinessDay(before) && before > asked {
		before--
	}
	days := []series.Day{before}
	if first < before {
		days = append(days, first)
	}
	if last > *by { // once more after the day has passed
		days = append(days, last)
	}
	days = slices.DeleteFunc(days, func(d series.Day) bool { return d <= asked })
	slices.Sort(days)
	return days
}

// later is the nth business day after a day.
func later(from series.Day, n int, c *series.Calendar) series.Day {
	day := from
	for step := 0; n > 0 && step < 90; step++ {
		if day++; c.IsBusinessDay(day) {
			n--
		}
	}
	return day
}

// Reminder is the number, from 1 on, of the reminder that is due on a day; 0 for none. Given
// once under its number, it is given once.
func Reminder(asked series.Day, by *series.Day, today series.Day, c *series.Calendar) int {
	if !c.IsBusinessDay(today) {
		return 0
	}
	due := 0
	for i, day := range remindDays(asked, by, c) {
		if day <= today && today-day <= remindLate {
			due = i + 1
		}
	}
	return due
}
