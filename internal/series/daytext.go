package series

import (
	"fmt"
	"time"

	"github.com/shirube/shirube/internal/words"
)

// DayError is a text that is not a day. It reads in both languages.
type DayError struct {
	Input string
	What  words.Text
	Mend  words.Text
}

// In renders what was found and what to write instead.
func (e *DayError) In(lang words.Lang) string {
	if lang == words.EN {
		return e.What.EN + " " + e.Mend.EN
	}
	return e.What.JA + e.Mend.JA
}

// Error renders the error in Japanese, the default language.
func (e *DayError) Error() string { return e.In(words.JA) }

// ParseDay reads "2026-04-01" and nothing else: the other forms people write
// dates in belong to the readers of their files. The error is a *DayError.
func ParseDay(s string) (Day, error) {
	if len(s) != len("2026-04-01") || s[4] != '-' || s[7] != '-' {
		return 0, notADay(s)
	}
	year, okYear := digits(s[:4])
	month, okMonth := digits(s[5:7])
	day, okDay := digits(s[8:])
	if !okYear || !okMonth || !okDay || year == 0 {
		return 0, notADay(s)
	}
	d := Date(year, time.Month(month), day)
	// A date that does not exist is carried over, and so does not read back.
	if _, m, dd := d.Civil(); m != time.Month(month) || dd != day {
		return 0, &DayError{
			Input: s,
			What:  words.T("「%s」という日はありません。", "There is no day “%s”.", s),
			Mend:  words.T("月と日を確かめてください。", "Check the month and the day."),
		}
	}
	return d, nil
}

func notADay(s string) error {
	shown := s
	if r := []rune(s); len(r) > 40 {
		shown = string(r[:40]) + "…"
	}
	return &DayError{
		Input: s,
		What:  words.T("「%s」は日付として読めません。", "“%s” is not a date.", shown),
		Mend:  words.T("2026-04-01 のように書いてください。", "Write it as 2026-04-01."),
	}
}

func digits(s string) (int, bool) {
	n := 0
	for i := range len(s) {
		c := s[i]
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}

// String writes the day as "2026-04-01".
func (d Day) String() string {
	b, _ := d.AppendText(make([]byte, 0, len("2026-04-01")))
	return string(b)
}

// AppendText appends "2026-04-01". Days outside the years 1 to 9999 are
// appended with a longer or signed year, which ParseDay does not read.
func (d Day) AppendText(b []byte) ([]byte, error) {
	year, month, day := d.Civil()
	if year < 1 || year > 9999 {
		return fmt.Appendf(b, "%+06d-%02d-%02d", year, int(month), day), nil
	}
	return append(b,
		byte('0'+year/1000), byte('0'+year/100%10), byte('0'+year/10%10), byte('0'+year%10), '-',
		byte('0'+int(month)/10), byte('0'+int(month)%10), '-',
		byte('0'+day/10), byte('0'+day%10)), nil
}

// MarshalText writes "2026-04-01", so that JSON and YAML hold days as text. It
// fails for days outside the years 1 to 9999, which could not be read back.
func (d Day) MarshalText() ([]byte, error) {
	if year, _, _ := d.Civil(); year < 1 || year > 9999 {
		return nil, fmt.Errorf("write day %q: year outside 1 to 9999", d.String())
	}
	return d.AppendText(nil)
}

// UnmarshalText reads "2026-04-01" as ParseDay does.
func (d *Day) UnmarshalText(text []byte) error {
	parsed, err := ParseDay(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

// In writes the day without its year, as sentences about the present do:
// "8月19日", "Aug 19".
func (d Day) In(lang words.Lang) string {
	_, month, day := d.Civil()
	if lang == words.EN {
		return fmt.Sprintf("%s %d", month.String()[:3], day)
	}
	return fmt.Sprintf("%d月%d日", int(month), day)
}

// Long writes the day with its year: "2026年8月19日", "Aug 19, 2026".
func (d Day) Long() words.Localized { return longDay(d) }

type longDay Day

func (d longDay) In(lang words.Lang) string {
	year, _, _ := Day(d).Civil()
	if lang == words.EN {
		return fmt.Sprintf("%s, %d", Day(d).In(lang), year)
	}
	return fmt.Sprintf("%d年%s", year, Day(d).In(lang))
}
