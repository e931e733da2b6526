package sample

import (
	"time"

	"github.com/shirube/shirube/internal/series"
)

// Rhythm is how a number breathes over the week, the holidays and the year, as
// factors around 1.
type Rhythm struct {
	Week       [7]float64  // Sunday first
	Holiday    float64     // a national holiday on a weekday
	GoldenWeek float64     // ゴールデンウィーク
	Obon       float64     // お盆
	NewYear    float64     // 年末年始
	Closed     float64     // the team's own closed days
	Year       [12]float64 // January first; blended between the middles of months
}

// The rhythms a marketer knows. Each may be varied by giving it another Year.
var (
	// Office is a number that people make at work: inquiries, meetings, deals.
	Office = Rhythm{
		Week: [7]float64{.15, 1.42, 1.46, 1.4, 1.33, 1.2, .23}, Holiday: .2, GoldenWeek: .2, Obon: .5, NewYear: .05, Closed: .15,
		Year: [12]float64{.9, 1.02, 1.15, .95, .92, 1.04, 1.02, .86, 1.08, 1.06, 1.04, .9},
	}
	// Phone is a number that people make on their phones: views, likes, visits.
	Phone = Rhythm{
		Week: [7]float64{1.04, .97, .98, .98, 1, 1.02, 1.01}, Holiday: 1.05, GoldenWeek: .94, Obon: .93, NewYear: .82, Closed: 1,
		Year: [12]float64{.98, .98, 1.03, 1.03, 1, .99, 1, .97, 1.01, 1.01, 1, 1},
	}
	// Shop is a number that people make when they buy for themselves.
	Shop = Rhythm{
		Week: [7]float64{1.22, .93, .9, .9, .94, 1.02, 1.16}, Holiday: 1.18, GoldenWeek: 1.05, Obon: .95, NewYear: 1.02, Closed: 1,
		Year: [12]float64{.96, .88, 1.02, .98, 1.0, 1.02, 1.04, .94, .95, .98, 1.07, 1.2},
	}
	// Hiring is a number that people make when they look for work.
	Hiring = Rhythm{
		Week: [7]float64{.95, 1.06, 1.06, 1.03, 1.02, .95, .88}, Holiday: .9, GoldenWeek: .75, Obon: .7, NewYear: .45, Closed: 1,
		Year: [12]float64{.9, 1, 1.24, 1.2, 1.14, 1.12, .95, .8, 1.04, 1.1, .98, .78},
	}
	// Flat is a number without a rhythm.
	Flat = Rhythm{
		Week: [7]float64{1, 1, 1, 1, 1, 1, 1}, Holiday: 1, GoldenWeek: 1, Obon: 1, NewYear: 1, Closed: 1,
		Year: [12]float64{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1},
	}
)

// At is the factor of a day. A holiday takes the place of its weekday.
func (r Rhythm) At(cal *series.Calendar, d series.Day) float64 {
	day := r.Week[d.Weekday()]
	switch cal.Kind(d) {
	case series.Holiday:
		if w := d.Weekday(); w != time.Saturday && w != time.Sunday {
			day = r.Holiday
		}
	case series.GoldenWeek:
		day = r.GoldenWeek
	case series.Obon:
		day = r.Obon
	case series.NewYear:
		day = r.NewYear
	case series.Closed:
		day = r.Closed
	}
	return day * r.season(d)
}

// season blends the months: a month's own factor holds on its 15th, and the
// days between two 15ths lie on the line between them.
func (r Rhythm) season(d series.Day) float64 {
	year, month, date := d.Civil()
	if date < 15 {
		month--
	}
	from, to := series.Date(year, month, 15), series.Date(year, month+1, 15)
	share := float64(d-from) / float64(to-from)
	at := (int(month) + 11) % 12
	return r.Year[at]*(1-share) + r.Year[(at+1)%12]*share
}
