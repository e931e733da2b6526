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
	fiscalYear  = regexp.MustCompile(`(20\d\d)\s*年度|fy\s*'?(20\d\d|\d\d)`)
	plainYear   = regexp.MustCompile(`(20\d\d)\s*年|(?:in|end of|by|until|during)\s+(?:the\s+year\s+)?(20\d\d)`)
	nextMonthOf = regexp.MustCompile(`来年\s*の?\s*(\d{1,2})月`)
	thisMonthOf = regexp.MustCompile(`今年\s*の?\s*(\d{1,2})月`)
	monthDay    = regexp.MustCompile(`(\d{1,2})月\s*(\d{1,2})日|\b(\d{1,2})/(\d{1,2})\b`)
	monthOnly   = regexp.MustCompile(`(\d{1,2})月(?:末|中|まで|に|$)`)
	monthsLater = regexp.MustCompile(`(\d{1,3})\s*(?:[かヶカヵケ]月|箇月)(?:後|以内)|(?:in|within)\s+(\d{1,3})\s+months?`)
	weeksLater  = regexp.MustCompile(`(\d{1,3})\s*週間?(?:後|以内)|(?:in|within)\s+(\d{1,3})\s+weeks?`)
	yearsLater  = regexp.MustCompile(`(\d{1,2})\s*年(?:後|以内)|(?:in|within)\s+(?:an?|(\d{1,2}))\s+years?`)
	englishDay  = regexp.MustCompile(`(?:(\d{1,2})(?:st|nd|rd|th)?\s+)?\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?:\s+(\d{1,2})(?:st|nd|rd|th)?\b)?(?:,?\s*(20\d\d))?`)
	english     = []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}
)

// ReadDeadline reads what somebody wrote of "by when": a date, 3月末, 今年度末, in six
// months. today is the day it was written on. A month or a year is meant to its end.
func ReadDeadline(written string, today series.Day, fiscal series.Fiscal) (series.Day, Trouble) {
	s := strings.TrimSpace(strings.ToLower(norm.NFKC.String(written)))
	if len(s) > maxWritten {
		return 0, NoDay
	}
	s = kanjiToFigures(s)
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
		return endOf(fiscal, series.GrainYear, series.Date(year, startOf(fiscal), 1)), true
	}
	if m := yearMonth.FindStringSubmatch(s); m != nil && number(m[2]) >= 1 && number(m[2]) <= 12 {
		return monthEnd(number(m[1]), number(m[2])), true
	}
	year, _, _ := today.Civil()
	if m := nextMonthOf.FindStringSubmatch(s); m != nil && number(m[1]) >= 1 && number(m[1]) <= 12 {
		return monthEnd(year+1, number(m[1])), true
	}
	if m := thisMonthOf.FindStringSubmatch(s); m != nil && number(m[1]) >= 1 && number(m[1]) <= 12 {
		return monthEnd(year, number(m[1])), true
	}
	if m := plainYear.FindStringSubmatch(s); m != nil {
		return series.Date(number(m[1]+m[2]), time.December, 31), true
	}
	if m := englishDay.FindStringSubmatch(s); m != nil && (m[4] != "" || len(strings.Fields(s)) < 6) {
		return englishDate(m, today)
	}
	return 0, false
}

func englishDate(m []string, today series.Day) (series.Day, bool) {
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
		return monthEnd(year, month), true
	}
	return civil(year, month, day)
}

// namedTerm reads the ends of terms: 今年度末, 来期, 年内, 上期末, the end of next quarter.
func namedTerm(s string, today series.Day, fiscal series.Fiscal) (series.Day, bool) {
	has := func(words ...string) bool {
		for _, w := range words {
			if strings.Contains(s, w) {
				return true
			}
		}
		return false
	}
	end := func(g series.Grain, ahead bool) (series.Day, bool) {
		span := fiscal.Containing(g, today)
		if ahead {
			span = fiscal.Next(g, span)
		}
		return span.To, true
	}
	next := has("来", "翌", "次", "next")
	year, _, _ := today.Civil()
	switch {
	case has("上期", "上半期", "first half"):
		half := fiscal.Containing(series.GrainYear, today).From.AddMonths(6) - 1
		if next || half < today {
			half = half.AddMonths(12) // the one that is over is not meant
		}
		return fiscal.Containing(series.GrainMonth, half).To, true
	case has("クォーター", "quarter"):
		return end(series.GrainQuarter, next)
	case has("年度", "期末", "今期", "来期", "当期", "下期", "下半期", "fiscal", "second half", "business year"):
		return end(series.GrainYear, next)
	case has("月末", "今月", "来月", "this month", "next month", "end of the month", "month end", "month-end") && !monthOnly.MatchString(s):
		return end(series.GrainMonth, next)
	case has("来年", "next year"):
		return series.Date(year+1, time.December, 31), true
	case has("今年", "年末", "年内", "this year", "year end", "year-end", "end of the year", "end of year"):
		return series.Date(year, time.December, 31), true
	case has("今週", "週末", "this week"):
		return end(series.GrainWeek, false)
	}
	return 0, false
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
		return monthEnd(yearOfNext(today, month, 31), month), true
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

func endOf(f series.Fiscal, g series.Grain, d series.Day) series.Day { return f.Containing(g, d).To }

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
