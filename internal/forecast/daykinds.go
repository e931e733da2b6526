package forecast

import (
	"time"

	"github.com/shirube/shirube/internal/series"
)

// DayKinds holds what sort of day each day of a span is, looked up once for all
// the indicators of a model: the calendar's rules cost more than everything
// that is done with a day afterwards. Reading it from many goroutines is safe.
type DayKinds struct {
	calendar *series.Calendar
	first    series.Day
	days     []dayKind
}

type dayKind struct {
	kind    series.DayKind
	weekday time.Weekday
	month   uint8 // 1 to 12
	year    int16
}

// NewDayKinds looks up every day of the span. Days outside it can be asked for
// too and are looked up then.
func NewDayKinds(calendar *series.Calendar, span series.Span) *DayKinds {
	k := &DayKinds{calendar: calendar, first: span.From, days: make([]dayKind, span.Days())}
	for i := range k.days {
		k.days[i] = k.lookUp(span.From + series.Day(i))
	}
	return k
}

func (k *DayKinds) of(d series.Day) dayKind {
	if i := int(d) - int(k.first); i >= 0 && i < len(k.days) {
		return k.days[i]
	}
	return k.lookUp(d)
}

func (k *DayKinds) lookUp(d series.Day) dayKind {
	year, month, _ := d.Civil()
	return dayKind{kind: k.calendar.Kind(d), weekday: d.Weekday(), month: uint8(month), year: int16(year)}
}

// ordinary days follow their weekday; the others are kinds of their own.
func (d dayKind) ordinary() bool { return d.kind <= series.Sunday }
