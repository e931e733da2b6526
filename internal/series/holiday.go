package series

import (
	"time"

	"github.com/shirube/shirube/internal/words"
)

// The years for which the holidays of Japan are known: from the first year of
// the Cabinet Office's list to the last for which the equinox formula holds.
// Other years have no holidays here.
const (
	FirstHolidayYear = 1955
	LastHolidayYear  = 2099
)

var (
	substituteHoliday = words.Text{JA: "振替休日", EN: "Substitute Holiday"}
	citizensHoliday   = words.Text{JA: "国民の休日", EN: "Citizens' Holiday"}

	// The first days on which the clauses of 国民の祝日に関する法律 applied.
	substituteSince = Date(1973, time.April, 12)
	citizensSince   = Date(1985, time.December, 27)
)

// modernRuleYear is the first in which a substitute skips over holidays to the
// next free day, and a day between two holidays is free even on a Sunday.
const modernRuleYear = 2007

// JapaneseHoliday names the holiday of a day: a national holiday, the substitute
// for one that fell on a Sunday, or the day between two. It follows the law as
// it stood in the year; years to come follow today's law.
func JapaneseHoliday(d Day) (words.Text, bool) {
	if name, ok := nationalHoliday(d); ok {
		return name, true
	}
	// Both other kinds come right after a national holiday; most days do not.
	if !isNational(d - 1) {
		return words.Text{}, false
	}
	switch {
	case isSubstitute(d):
		return substituteHoliday, true
	case isBetweenHolidays(d):
		return citizensHoliday, true
	}
	return words.Text{}, false
}

// isSubstitute expects a day after a national holiday that is none itself.
func isSubstitute(d Day) bool {
	if d < substituteSince || d.Weekday() == time.Sunday {
		return false
	}
	year, _, _ := d.Civil()
	if year < modernRuleYear {
		return d.Weekday() == time.Monday
	}
	for before := d - 1; isNational(before); before-- {
		if before.Weekday() == time.Sunday {
			return true
		}
	}
	return false
}

// isBetweenHolidays expects a day after a national holiday that is neither one
// itself nor a substitute.
func isBetweenHolidays(d Day) bool {
	if d < citizensSince || !isNational(d+1) {
		return false
	}
	year, _, _ := d.Civil()
	return year >= modernRuleYear || d.Weekday() != time.Sunday
}

func isNational(d Day) bool {
	_, ok := nationalHoliday(d)
	return ok
}
