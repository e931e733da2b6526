package demo

import (
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// Truths are what was planted in the numbers of ひなたワークス: what an honest look
// at them has to find, and what it must not.
type Truths struct {
	// AlgorithmChange is the first day on which views no longer bring visits: each
	// view brings ClickFactor of the clicks it brought, and a day with more views
	// has hardly more clicks. Before it clicks follow views one to one.
	AlgorithmChange      series.Day
	ClickFactor          float64
	ClickElasticityAfter float64

	// More profile visits made the link be clicked more, about ProfileLag days
	// later, with this elasticity; from AlgorithmChange on they do not.
	ProfileEffect float64
	ProfileLag    int

	// LeakStart is the first day on which the entry page loses people on
	// LeakDevice: there LeakFactor of those are left who would have finished.
	LeakStart  series.Day
	LeakDevice words.Text
	LeakFactor float64

	// Reels bring views about ReelsLag days later: the elasticity of views with
	// respect to the reels of a day, counted from half a reel.
	ReelsEffect float64
	ReelsLag    int

	// Views of the staff pages bring people to the entry page about EmployeeLag
	// days later, with this elasticity.
	EmployeeEffect float64
	EmployeeLag    int

	// Likes follow jokes and move nothing at all: no truth has an effect for them.

	// Outage is the days on which the web analytics did not count.
	Outage series.Span
	// LikesUntil is the last day the table of likes has; all others reach the day
	// before today.
	LikesUntil series.Day
}

// TruthsOn is what is planted in the demo of a day.
func TruthsOn(today series.Day) Truths {
	return Truths{
		AlgorithmChange: today - 90, ClickFactor: .5, ClickElasticityAfter: .2,
		ProfileEffect: .8, ProfileLag: 2,
		LeakStart: today - 35, LeakDevice: devices[mobile], LeakFactor: .6,
		ReelsEffect: .3, ReelsLag: 5,
		EmployeeEffect: .4, EmployeeLag: 2,
		Outage:     series.Span{From: today - 205, To: today - 204},
		LikesUntil: today - 4,
	}
}
