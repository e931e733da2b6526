package condition

import "github.com/shirube/shirube/internal/series"

// Replayed is what a replay found.
type Replayed struct {
	Entries int64 // times that the condition became true
	People  int64 // different people it became true of
	Days    []ReplayedDay
	Weeks   []ReplayedDay // by the Monday they begin on; the first and the last may be cut
}

// ReplayedDay is one day or week.
type ReplayedDay struct {
	Day    series.Day
	People int64 // different people of whom it became true then
}

// NewReplayed has every day and week of a span, and nobody in them.
func NewReplayed(span series.Span) Replayed {
	var r Replayed
	for day := span.From; day <= span.To; day++ {
		r.Days = append(r.Days, ReplayedDay{Day: day})
		if monday := monday(day); len(r.Weeks) == 0 || r.Weeks[len(r.Weeks)-1].Day != monday {
			r.Weeks = append(r.Weeks, ReplayedDay{Day: monday})
		}
	}
	return r
}

func monday(day series.Day) series.Day { return day - series.Day((int(day)%7+7+3)%7) }

// Came counts one person by the days on which it became true of them, in order; days outside
// of the span are left out.
func (r *Replayed) Came(days ...series.Day) {
	counted, lastDay, lastWeek := false, -1, -1
	for _, day := range days {
		if len(r.Days) == 0 || day < r.Days[0].Day || day > r.Days[len(r.Days)-1].Day {
			continue
		}
		r.Entries++
		if !counted {
			counted = true
			r.People++
		}
		if at := int(day - r.Days[0].Day); at != lastDay {
			lastDay = at
			r.Days[at].People++
		}
		if at := int(monday(day)-r.Weeks[0].Day) / 7; at != lastWeek {
			lastWeek = at
			r.Weeks[at].People++
		}
	}
}
