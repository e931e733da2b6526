package agreement

import (
	"slices"
	"strings"
	"time"

	"github.com/shirube/shirube/internal/series"
)

// withinYear is the end of the part of a year that is named beside it: a quarter, a half, a
// month; of the year itself where none is.
func withinYear(s string, year series.Span, fiscal series.Fiscal) (series.Day, bool) {
	if n := quarterIn(s); n > 0 {
		return fiscal.Containing(series.GrainQuarter, year.From.AddMonths(3*n-3)).To, true
	}
	if m := monthIn.FindStringSubmatch(s); m != nil && number(m[1]) >= 1 && number(m[1]) <= 12 {
		for month := year.From; month <= year.To; month = month.AddMonths(1) {
			if _, at, _ := month.Civil(); int(at) == number(m[1]) {
				return partOfMonth(s, fiscal.Containing(series.GrainMonth, month).To), true
			}
		}
	}
	switch {
	case strings.Contains(s, "上期"), strings.Contains(s, "上半期"), strings.Contains(s, "first half"):
		return year.From.AddMonths(6) - 1, true
	case vaguely(s):
		return 0, true
	}
	return year.To, true
}

// quarterIn is the number of the quarter a text names; 0 for none.
func quarterIn(s string) int {
	m := quarterOf.FindStringSubmatch(s)
	if m == nil {
		return 0
	}
	return number(m[1] + m[2] + m[3] + m[4])
}

// vaguely reports whether a part of a term is named that has no day: early next year, 年明け.
func vaguely(s string) bool {
	for _, w := range []string{"early", "mid-", "mid ", "middle", "初め", "はじめ", "初頭", "明け", "半ば", "なかば", "前半", "頃", "ごろ"} {
		if strings.Contains(s, w) {
			return true
		}
	}
	return strings.HasSuffix(s, "初") || strings.HasSuffix(s, "頭")
}

// partOfMonth is the end of the part of a month that is named beside it; of the month itself
// where none is. The very beginning of one has no day: it is asked for.
func partOfMonth(s string, end series.Day) series.Day {
	has := func(words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
	}
	year, month, _ := end.Civil()
	switch {
	case has("上旬", "early"):
		return series.Date(year, month, 10)
	case has("中旬"):
		return series.Date(year, month, 20)
	case has("半ば", "なかば", "前半", "mid"):
		return series.Date(year, month, 15)
	case vaguely(s):
		return 0
	}
	return end
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
	ahead := 0
	switch {
	case has("再来"):
		ahead = 2
	case has("来", "翌", "次", "next"):
		ahead = 1
	}
	end := func(g series.Grain) series.Span {
		span := fiscal.Containing(g, today)
		for range ahead {
			span = fiscal.Next(g, span)
		}
		return span
	}
	year, _, _ := today.Civil()
	if m := ofMonth.FindStringSubmatch(s); m != nil {
		at, month, _ := end(series.GrainMonth).From.Civil()
		return civil(at, int(month), number(m[2]))
	}
	if m := fiscalMonth.FindStringSubmatch(s); m != nil {
		return withinYear(s, end(series.GrainYear), fiscal)
	}
	switch n := quarterIn(s); {
	case n > 0 && has("年度", "期の", "fiscal"):
		return withinYear(s, end(series.GrainYear), fiscal)
	case n > 0: // the next one of that number that is not over
		day := fiscal.Containing(series.GrainYear, today).From.AddMonths(3*n) - 1
		if day < today {
			day = fiscal.Containing(series.GrainQuarter, (day + 1).AddMonths(9)).To
		}
		return day, true
	case has("上期", "上半期", "first half"):
		half := fiscal.Containing(series.GrainYear, today).From.AddMonths(6) - 1
		if ahead > 0 || half < today {
			half = half.AddMonths(12 * max(ahead, 1)) // the one that is over is not meant
		}
		return fiscal.Containing(series.GrainMonth, half).To, true
	case has("半期") && !has("下半期"):
		half := fiscal.Containing(series.GrainYear, today).From.AddMonths(6) - 1
		if half < today {
			half = fiscal.Containing(series.GrainYear, today).To
		}
		return fiscal.Containing(series.GrainMonth, half.AddMonths(6*ahead)).To, true
	case vaguely(s) && !has("月", "month"):
		return 0, monthIn.FindString(s) == "" && has("年", "期", "year", "クォーター", "quarter")
	case has("クォーター", "quarter"):
		return end(series.GrainQuarter).To, true
	case has("年度", "期末", "今期", "来期", "当期", "下期", "下半期", "fiscal", "second half", "business year"):
		return end(series.GrainYear).To, true
	case has("月末", "今月", "来月", "再来月", "翌月", "this month", "next month", "end of the month", "month end", "month-end") && !monthOnly.MatchString(s):
		return partOfMonth(s, end(series.GrainMonth).To), true
	case has("来年", "翌年", "next year"):
		return series.Date(year+ahead, time.December, 31), true
	case has("今年", "年末", "年内", "this year", "year end", "year-end", "end of the year", "end of year"):
		return series.Date(year, time.December, 31), true
	case has("今週", "来週", "再来週", "翌週", "週末", "this week", "next week", "end of the week"):
		return end(series.GrainWeek).To, true
	}
	return 0, false
}
