package series

import (
	"time"
)

// Day is a civil date, counted in days since 1970-01-01. It has no time of day
// and no zone, so that a day of a source is the same day everywhere; days are
// compared and subtracted as plain integers.
//
// Text forms exist for the years 1 to 9999.
type Day int32

const (
	daysPerEra   = 146097 // days in 400 Gregorian years
	epochFromEra = 719468 // days from 0000-03-01 to 1970-01-01
)

// Date is the day of a proleptic Gregorian date. Months and days out of range
// are carried over as time.Date does: month 13 is the next January, day 0 the
// last day of the month before.
func Date(year int, month time.Month, day int) Day {
	m := int(month) - 1
	year += floorDiv(m, 12)
	m -= floorDiv(m, 12) * 12
	// Years are counted from March, so that the leap day is the last of its year.
	m -= 2
	if m < 0 {
		m += 12
		year--
	}
	era := floorDiv(year, 400)
	yearOfEra := year - era*400
	dayOfYear := (153*m + 2) / 5
	dayOfEra := yearOfEra*365 + yearOfEra/4 - yearOfEra/100 + dayOfYear
	return Day(era*daysPerEra + dayOfEra - epochFromEra + day - 1)
}

// DayOf is the civil day of a moment in the zone the moment carries.
func DayOf(t time.Time) Day { return Date(t.Date()) }

// Civil is the year, month and day of the month.
func (d Day) Civil() (year int, month time.Month, day int) {
	z := int(d) + epochFromEra
	era := floorDiv(z, daysPerEra)
	dayOfEra := z - era*daysPerEra
	yearOfEra := (dayOfEra - dayOfEra/1460 + dayOfEra/36524 - dayOfEra/146096) / 365
	dayOfYear := dayOfEra - (365*yearOfEra + yearOfEra/4 - yearOfEra/100)
	fromMarch := (5*dayOfYear + 2) / 153
	day = dayOfYear - (153*fromMarch+2)/5 + 1
	year = yearOfEra + era*400
	if fromMarch >= 10 {
		return year + 1, time.Month(fromMarch - 9), day
	}
	return year, time.Month(fromMarch + 3), day
}

// Weekday is the day of the week.
func (d Day) Weekday() time.Weekday {
	// 1970-01-01 was a Thursday.
	w := (int(d) + int(time.Thursday)) % 7
	if w < 0 {
		w += 7
	}
	return time.Weekday(w)
}

// AddMonths is the same day of the month n months later, or the last day of
// that month where it is shorter: January 31 and one month is February 28 or 29.
func (d Day) AddMonths(n int) Day {
	year, month, day := d.Civil()
	month += time.Month(n)
	first := Date(year, month, 1)
	last := Date(year, month+1, 0)
	return min(first+Day(day-1), last)
}

// AddYears is the same date n years later; February 29 becomes February 28 in
// a year without it.
func (d Day) AddYears(n int) Day { return d.AddMonths(12 * n) }

func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
