package agreement

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"github.com/shirube/shirube/internal/series"
)

var (
	fullDay     = regexp.MustCompile(`(20\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})`)
	yearMonth   = regexp.MustCompile(`(20\d\d)\s*[-/.年]\s*(\d{1,2})(?:\s*月|\b)`)
	fiscalYear  = regexp.MustCompile(`\b(20\d\d|\d\d)\s*年度|(?:fy|fiscal(?:\s+year)?|business\s+year)\s*'?(20\d\d|\d\d)\b`)
	plainYear   = regexp.MustCompile(`(20\d\d)\s*年|(?:in|end of|by|until|during)\s+(?:the\s+year\s+)?(20\d\d)`)
	quarterYear = regexp.MustCompile(`20\d\d`)
	nextMonthOf = regexp.MustCompile(`(再来年|来年|翌年|今年)\s*の?\s*(\d{1,2})月`)
	fiscalMonth = regexp.MustCompile(`(再来年度|再来期|来年度|来期|次年度|翌年度|今年度|今期|本年度|当年度|当期)\s*の?\s*(\d{1,2})月`)
	ofMonth     = regexp.MustCompile(`(再来月|来月|翌月|今月)\s*の?\s*(\d{1,2})日`)
	monthIn     = regexp.MustCompile(`(\d{1,2})月`)
	monthDay    = regexp.MustCompile(`(\d{1,2})月\s*(\d{1,2})日|\b(\d{1,2})/(\d{1,2})\b`)
	monthOnly   = regexp.MustCompile(`(\d{1,2})(?:月(?:末|中|まで|に|いっぱい|上旬|下旬|半ば|頭|初|前半|後半|$)|/?末)`)
	monthsLater = regexp.MustCompile(`(\d{1,3})\s*(?:[かヶカヵケ]月|箇月)(?:後|以内)|(?:in|within)\s+(\d{1,3})\s+months?`)
	weeksLater  = regexp.MustCompile(`(\d{1,3})\s*週間?(?:後|以内)|(?:in|within)\s+(\d{1,3})\s+weeks?`)
	daysLater   = regexp.MustCompile(`(\d{1,4})\s*日(?:後|以内)|(?:in|within)\s+(\d{1,4})\s+days?`)
	yearsLater  = regexp.MustCompile(`(\d{1,2})\s*年(?:後|以内)|(?:in|within)\s+(?:an?|(\d{1,2}))\s+years?`)
	quarterOf   = regexp.MustCompile(`第?\s*([1-4])\s*クォーター|\b([1-4])\s*q\b|\bq([1-4])\b|\b([1-4])(?:st|nd|rd|th)\s+quarter`)
	englishDay  = regexp.MustCompile(`(?:(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?)?\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?\b\.?(?:\s+(\d{1,2})(?:st|nd|rd|th)?\b)?(?:,?\s*(20\d\d))?`)
	english     = []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}
)

// ReadDeadline reads what somebody wrote of "by when": a date, 3月末, 今年度末, in six
// months. today is the day it was written on. A month or a year is meant to its end.
func ReadDeadline(written string, today series.Day, fiscal series.Fiscal) (series.Day, Trouble) {
	s := strings.TrimSpace(strings.ToLower(norm.NFKC.String(written)))
	if len(s) > maxWritten {
		return 0, NoDay
	}
	s = plainYears(wordsToFigures(kanjiToFigures(s)))
	for _, read := range []func(string, series.Day, series.Fiscal) (series.Day, bool){namedDay, namedTerm, counted, bareMonth} {
		if day, ok := read(s, today, fiscal); ok {
			if year, _, _ := day.Civil(); year < 1990 || year > 2199 {
				return 0, NoDay
			}
			return day, Fine
		}
	}
	return 0, NoDay
}

// namedDay reads days and months of a year that is said.
func namedDay(s string, today series.Day, fiscal series.Fiscal) (series.Day, bool) {
	if m := fullDay.FindStringSubmatch(s); m != nil {
		return civil(number(m[1]), number(m[2]), number(m[3]))
	}
	if m := fiscalYear.FindStringSubmatch(s); m != nil {
		year := number(m[1] + m[2])
		if year < 100 {
			year += 2000
		}
		return withinYear(strings.Replace(s, m[0], " ", 1), fiscal.Containing(series.GrainYear, series.Date(year, startOf(fiscal), 1)), fiscal)
	}
	if m := yearMonth.FindStringSubmatch(s); m != nil && number(m[2]) >= 1 && number(m[2]) <= 12 {
		return partOfMonth(s, monthEnd(number(m[1]), number(m[2]))), true
	}
	if m := nextMonthOf.FindStringSubmatch(s); m != nil && number(m[2]) >= 1 && number(m[2]) <= 12 {
		year, _, _ := today.Civil()
		year += map[string]int{"今年": 0, "再来年": 2}[m[1]]
		if m[1] == "来年" || m[1] == "翌年" {
			year++
		}
		if day := monthDay.FindStringSubmatch(s); day != nil && day[2] != "" {
			return civil(year, number(m[2]), number(day[2]))
		}
		return partOfMonth(s, monthEnd(year, number(m[2]))), true
	}
	if m := quarterYear.FindString(s); m != "" && quarterOf.MatchString(s) {
		if startOf(fiscal) != time.January {
			return 0, true // the first quarter of 2027: of the calendar's year, or of the company's?
		}
		return withinYear(s, fiscal.Containing(series.GrainYear, series.Date(number(m), time.January, 1)), fiscal)
	}
	if m := plainYear.FindStringSubmatch(s); m != nil {
		return withinYear(s, series.Fiscal{}.Containing(series.GrainYear, series.Date(number(m[1]+m[2]), time.January, 1)), series.Fiscal{})
	}
	if m := englishDay.FindStringSubmatch(s); m != nil && (m[4] != "" || len(strings.Fields(s)) < 6) {
		return englishDate(m, s, today)
	}
	return 0, false
}

func englishDate(m []string, s string, today series.Day) (series.Day, bool) {
	month := 0
	for i, name := range english {
		if name == m[2] {
			month = i + 1
		}
	}
	year, day := number(m[4]), number(m[1]+m[3])
	if year == 0 {
		year = yearOfNext(today, month, max(day, 28))
	}
	if day == 0 {
		return partOfMonth(s, monthEnd(year, month)), true
	}
	return civil(year, month, day)
}

// counted reads lengths from today on: 半年後, in six months.
func counted(s string, today series.Day, _ series.Fiscal) (series.Day, bool) {
	if strings.Contains(s, "半年") || strings.Contains(s, "half a year") {
		return today.AddMonths(6), true
	}
	for _, one := range []struct {
		words *regexp.Regexp
		ahead func(n int) series.Day
	}{
		{monthsLater, today.AddMonths},
		{daysLater, func(n int) series.Day { return today + series.Day(n) }},
		{weeksLater, func(n int) series.Day { return today + series.Day(7*n) }},
		{yearsLater, today.AddYears},
	} {
		if m := one.words.FindStringSubmatch(s); m != nil {
			return one.ahead(max(number(m[1]+m[2]), 1)), true
		}
	}
	return 0, false
}

// bareMonth reads a month or a day of it without its year: the next one there is.
func bareMonth(s string, today series.Day, _ series.Fiscal) (series.Day, bool) {
	if m := monthDay.FindStringSubmatch(s); m != nil {
		month, day := number(m[1]+m[3]), number(m[2]+m[4])
		return civil(yearOfNext(today, month, day), month, day)
	}
	if m := monthOnly.FindStringSubmatch(s); m != nil && number(m[1]) >= 1 && number(m[1]) <= 12 {
		month := number(m[1])
		return partOfMonth(s, monthEnd(yearOfNext(today, month, 31), month)), true
	}
	return 0, false
}

func yearOfNext(today series.Day, month, day int) int {
	year, nowMonth, nowDay := today.Civil()
	if month < int(nowMonth) || month == int(nowMonth) && day < nowDay {
		return year + 1
	}
	return year
}

func monthEnd(year, month int) series.Day { return series.Date(year, time.Month(month)+1, 0) }

func startOf(f series.Fiscal) time.Month {
	if f.StartMonth < time.January || f.StartMonth > time.December {
		return time.January
	}
	return f.StartMonth
}

// civil is a day that exists.
func civil(year, month, day int) (series.Day, bool) {
	if month < 1 || month > 12 || day < 1 || day > 31 {
		return 0, false
	}
	d := series.Date(year, time.Month(month), day)
	if _, m, _ := d.Civil(); int(m) != month {
		return 0, false
	}
	return d, true
}

func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}
