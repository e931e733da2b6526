package review

import (
	"fmt"

	"github.com/shirube/shirube/internal/words"
)

var weekdays = [7]words.Text{
	{JA: "日曜日", EN: "Sunday"}, {JA: "月曜日", EN: "Monday"}, {JA: "火曜日", EN: "Tuesday"}, {JA: "水曜日", EN: "Wednesday"},
	{JA: "木曜日", EN: "Thursday"}, {JA: "金曜日", EN: "Friday"}, {JA: "土曜日", EN: "Saturday"},
}

// Sentence says the rhythm: 毎月第1月曜日の10:00から60分。
func (r Rhythm) Sentence() words.Text {
	at := fmt.Sprintf("%d:%02d", r.At/60, r.At%60)
	return words.T("%[1]sの%[2]sから%[3]d分", "%[1]s at %[2]s, for %[3]d minutes", r.when(), at, r.Lasts)
}

func (r Rhythm) when() words.Text {
	switch r.Every {
	case EveryWeek:
		return words.T("毎週%s", "Every %s", weekdays[r.Weekday])
	case EveryQuarter:
		return words.T("四半期の%[1]dか月目の%[2]s", "Each quarter, on %[2]s of its %[3]s month", r.Month, r.dayOfMonth(), ordinal(r.Month))
	}
	return words.T("毎月%s", "Every month on %s", r.dayOfMonth())
}

func (r Rhythm) dayOfMonth() words.Text {
	switch {
	case r.By == ByWeekday && r.Nth == -1:
		return words.T("最後の%s", "the last %s", weekdays[r.Weekday])
	case r.By == ByWeekday && r.Nth < 0:
		return words.T("最後から%[1]d番目の%[2]s", "the %[3]s last %[2]s", -r.Nth, weekdays[r.Weekday], ordinal(-r.Nth))
	case r.By == ByWeekday:
		return words.T("第%[1]d%[2]s", "the %[3]s %[2]s", r.Nth, weekdays[r.Weekday], ordinal(r.Nth))
	case r.By == ByBusiness && r.Nth == -1:
		return words.T("最後の営業日", "the last business day")
	case r.By == ByBusiness && r.Nth < 0:
		return words.T("最後から%[1]d番目の営業日", "the %[2]s last business day", -r.Nth, ordinal(-r.Nth))
	case r.By == ByBusiness:
		return words.T("%[1]d番目の営業日", "the %[2]s business day", r.Nth, ordinal(r.Nth))
	case r.Nth == -1 || r.Nth == 31:
		return words.T("末日", "the last day")
	case r.Nth < 0:
		return words.T("末日から%[1]d日目", "the %[2]s last day", -r.Nth, ordinal(-r.Nth))
	}
	return words.T("%[1]d日", "the %[2]s", r.Nth, ordinal(r.Nth))
}

// ordinal is an English ordinal number: 1st, 22nd, 13th.
func ordinal(n int) string {
	tail := "th"
	switch n % 10 {
	case 1:
		tail = "st"
	case 2:
		tail = "nd"
	case 3:
		tail = "rd"
	}
	if 11 <= n%100 && n%100 <= 13 {
		tail = "th"
	}
	return fmt.Sprintf("%d%s", n, tail)
}
