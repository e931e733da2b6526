package series

import (
	"fmt"
	"strings"

	"github.com/shirube/shirube/internal/words"
)

// Span is a run of days, both ends included. A span whose To lies before its
// From is empty. The zero Span is the single day 1970-01-01, not an empty one.
type Span struct {
	From Day `json:"from"`
	To   Day `json:"to"`
}

// Days is the number of days, 0 for an empty span.
func (s Span) Days() int {
	if s.Empty() {
		return 0
	}
	return int(s.To) - int(s.From) + 1
}

// Empty reports whether the span holds no day.
func (s Span) Empty() bool { return s.To < s.From }

// Contains reports whether the day lies in the span.
func (s Span) Contains(d Day) bool { return s.From <= d && d <= s.To }

// Intersect is the days in both spans; it may be empty.
func (s Span) Intersect(other Span) Span {
	return Span{From: max(s.From, other.From), To: min(s.To, other.To)}
}

// Before is the n days that end on the day just before From.
func (s Span) Before(n int) Span { return Span{From: s.From - Day(n), To: s.From - 1} }

// Shift moves both ends by a number of days, back when it is negative.
func (s Span) Shift(days int) Span {
	return Span{From: s.From + Day(days), To: s.To + Day(days)}
}

// LastYear is the same span a year earlier. Whole months stay whole months:
// February 2025 becomes the 29 days of February 2024. Other spans move date by
// date, February 29 to February 28.
func (s Span) LastYear() Span {
	earlier := Span{From: s.From.AddYears(-1), To: s.To.AddYears(-1)}
	if firstOfMonth(s.From) && firstOfMonth(s.To+1) {
		earlier.To = (s.To + 1).AddYears(-1) - 1
	}
	return earlier
}

func firstOfMonth(d Day) bool {
	_, _, day := d.Civil()
	return day == 1
}

// ParseSpan reads "2026-04-01..2026-06-30", or one day alone. An end before the
// start is an error. The error is a *DayError.
func ParseSpan(s string) (Span, error) {
	first, last, two := strings.Cut(s, "..")
	from, err := ParseDay(first)
	if err != nil {
		return Span{}, err
	}
	if !two {
		return Span{From: from, To: from}, nil
	}
	to, err := ParseDay(last)
	if err != nil {
		return Span{}, err
	}
	if to < from {
		return Span{}, &DayError{
			Input: s,
			What:  words.T("期間「%s」の終わりが始まりより前です。", "The span “%s” ends before it starts.", s),
			Mend:  words.T("早いほうの日を先に書いてください。", "Write the earlier day first."),
		}
	}
	return Span{From: from, To: to}, nil
}

// String writes the span as ParseSpan reads it: "2026-04-01..2026-06-30".
func (s Span) String() string { return s.From.String() + ".." + s.To.String() }

// In writes the span with the year where it is needed: "2026年4月1日〜6月30日",
// "Apr 1 – Jun 30, 2026".
func (s Span) In(lang words.Lang) string {
	fromYear, _, _ := s.From.Civil()
	toYear, _, _ := s.To.Civil()
	switch {
	case s.From == s.To:
		return s.From.Long().In(lang)
	case fromYear != toYear && lang == words.EN:
		return fmt.Sprintf("%s – %s", s.From.Long().In(lang), s.To.Long().In(lang))
	case fromYear != toYear:
		return fmt.Sprintf("%s〜%s", s.From.Long().In(lang), s.To.Long().In(lang))
	case lang == words.EN:
		return fmt.Sprintf("%s – %s", s.From.In(lang), s.To.Long().In(lang))
	}
	return fmt.Sprintf("%s〜%s", s.From.Long().In(lang), s.To.In(lang))
}
