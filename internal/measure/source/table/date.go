package table

import (
	"time"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// DateOrder is the order of day, month and year where only numbers tell.
type DateOrder uint8

// The orders. A date that begins with a four-digit year is YMD in any of them.
const (
	OrderUnknown DateOrder = iota
	OrderDMY
	OrderMDY
	OrderYMD
)

// String is the order as a model writes it.
func (o DateOrder) String() string {
	switch o {
	case OrderDMY:
		return "dmy"
	case OrderMDY:
		return "mdy"
	case OrderYMD:
		return "ymd"
	}
	return ""
}

// ParseDateOrder reads what a model writes in `date_order:`.
func ParseDateOrder(s string) (DateOrder, bool) {
	switch s {
	case "":
		return OrderUnknown, true
	case "dmy":
		return OrderDMY, true
	case "mdy":
		return OrderMDY, true
	case "ymd":
		return OrderYMD, true
	}
	return OrderUnknown, false
}

// ParseDate reads a cell as a day: 2026-04-01, 2026/4/1(水), 2026年4月1日,
// 20260401, 令和8年4月1日, Sun, Aug 24, 2025, 24-Aug-2025, 12/27/2025 12:00:00 AM,
// RFC 3339 and the like, full-width digits included.
//
// A time of day is dropped; a timestamp that carries a zone becomes the day it
// falls on in loc (nil: the day as written). 04/05/2026 needs the order. The
// error is a *CellError.
func ParseDate(cell string, order DateOrder, loc *time.Location) (series.Day, error) {
	if d, ok := plainDate(cell); ok {
		return d, nil
	}
	var p datePhrase
	if e := p.read(cell); e != nil {
		return 0, e
	}
	return p.settle(order, loc)
}

// plainDate is the fast road for 2026-04-01, 2026/4/1, 2026.04.01 and 20260401.
func plainDate(cell string) (series.Day, bool) {
	if len(cell) < 8 || len(cell) > 10 {
		return 0, false
	}
	year, ok := twoOrMore(cell[:4])
	if !ok {
		return 0, false
	}
	mark := cell[4]
	if mark >= '0' && mark <= '9' {
		if len(cell) != 8 {
			return 0, false
		}
		month, ok1 := twoOrMore(cell[4:6])
		day, ok2 := twoOrMore(cell[6:8])
		return civil(year, month, day, ok1 && ok2)
	}
	if mark != '-' && mark != '/' && mark != '.' {
		return 0, false
	}
	for i := 5; i < len(cell); i++ {
		if cell[i] != mark {
			continue
		}
		month, ok1 := twoOrMore(cell[5:i])
		day, ok2 := twoOrMore(cell[i+1:])
		return civil(year, month, day, ok1 && ok2)
	}
	return 0, false
}

func twoOrMore(s string) (int, bool) {
	if len(s) == 0 || len(s) > 4 {
		return 0, false
	}
	v := 0
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		v = v*10 + int(s[i]-'0')
	}
	return v, true
}

const (
	firstYear = 1900
	lastYear  = 2199
)

func civil(year, month, day int, digits bool) (series.Day, bool) {
	if !digits || year < firstYear || year > lastYear || !exists(year, month, day) {
		return 0, false
	}
	return series.Date(year, time.Month(month), day), true
}

func exists(year, month, day int) bool {
	return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
}

func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

func dateError(cell string, fault Fault, what, mend words.Text) *CellError {
	return &CellError{Cell: cell, Fault: fault, What: what, Mend: mend}
}

var dateMend = words.T("2026-04-01 や 2026/4/1 のような日付にしてください。", "Write dates like 2026-04-01.")

func notADate(cell string) *CellError {
	return dateError(cell, FaultMalformed,
		words.T("「%s」は日付として読めません。", "“%s” is not a date.", shown(cell)), dateMend)
}

func emptyDate(cell string) *CellError {
	return dateError(cell, FaultEmpty, words.T("日付が空です。", "The date is empty."),
		words.T("日付を入れるか、この行を消してください。", "Fill in the date or delete the row."))
}

func monthOnly(cell string) *CellError {
	return dateError(cell, FaultMonthOnly,
		words.T("「%s」は月までで、日がありません。1か月分をまとめた行のようです。", "“%s” is a month, not a day: the row seems to hold a whole month.", shown(cell)),
		words.T("日ごとのデータを書き出してください。", "Export the data by day."))
}

func noYear(cell string) *CellError {
	return dateError(cell, FaultMalformed,
		words.T("「%s」には年がありません。", "“%s” has no year.", shown(cell)), dateMend)
}

func shortYear(cell string) *CellError {
	return dateError(cell, FaultAmbiguous,
		words.T("「%s」は年が2桁なので、どの日か決められません。", "“%s” has a year of two digits and could be several days.", shown(cell)),
		words.T("年を4桁(例 2026/04/01)にしてください。", "Write the year with four digits, like 2026-04-01."))
}

func impossible(cell string, year, month, day int) *CellError {
	return dateError(cell, FaultImpossible,
		words.T("「%s」という日付はありません(%d年%d月%d日)。", "“%s” does not exist (%d-%02d-%02d).", shown(cell), year, month, day),
		words.T("正しい日付に直してください。", "Correct the date."))
}

func yearOutOfRange(cell string, year int) *CellError {
	return dateError(cell, FaultImpossible,
		words.T("「%s」の年(%d年)は範囲の外です。", "The year of “%s” (%d) is out of range.", shown(cell), year),
		words.T("%d年から%d年までの日付にしてください。", "Use dates from %d to %d.", firstYear, lastYear))
}

func dateRange(cell string) *CellError {
	return dateError(cell, FaultMalformed,
		words.T("「%s」は1日ではなく期間のようです。", "“%s” is a span of days, not one day.", shown(cell)),
		words.T("日ごとのデータを書き出してください。", "Export the data by day."))
}

func serialNumber(cell string) *CellError {
	return dateError(cell, FaultMalformed,
		words.T("「%s」は日付ではなく数字です。Excelの日付の通し番号かもしれません。", "“%s” is a plain number, perhaps an Excel serial date.", shown(cell)),
		words.T("Excelでその列の表示形式を日付にしてから保存してください。", "Format the column as a date in Excel and save it again."))
}

func dayIndex(cell string) *CellError {
	return dateError(cell, FaultMalformed,
		words.T("「%s」は日付ではなく「何日目」かの番号のようです。", "“%s” seems to count days, not to name one.", shown(cell)),
		words.T("日付のディメンションを入れて書き出し直してください。", "Export again with the date dimension."))
}

func eitherOrder(cell string, dmy, mdy series.Day) *CellError {
	return dateError(cell, FaultAmbiguous,
		words.T("「%s」は%sとも%sとも読めます。", "“%s” may be %s or %s.", shown(cell), dmy.Long(), mdy.Long()),
		orderMend)
}

var orderMend = words.T("日が先なら date_order: dmy、月が先なら date_order: mdy をソースに書いてください。",
	"Set date_order: dmy in the source if the day comes first, date_order: mdy if the month does.")
