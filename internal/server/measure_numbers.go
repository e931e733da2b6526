package server

import (
	"math"

	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
)

// VisitNumbers are the numbers of a span, or of a part of it.
type VisitNumbers struct {
	Visitors       *int64       `json:"visitors" doc:"different people over the whole span; null where cookieless counting cannot know"`
	DailyVisitors  int64        `json:"daily_visitors" doc:"people added up by the day"`
	Visits         int64        `json:"visits"`
	Views          int64        `json:"views"`
	Events         int64        `json:"events"`
	Bounces        int64        `json:"bounces"`
	BounceRate     front.Number `json:"bounce_rate" doc:"bounces / visits"`
	ViewsPerVisit  front.Number `json:"views_per_visit"`
	EngagedSeconds front.Number `json:"engaged_seconds" doc:"visible time per visit"`
	VisitSeconds   front.Number `json:"visit_seconds" doc:"from the first to the last moment, per visit"`
}

// visitNumbers are totals as they are shown. Over several days, people counted without
// cookies cannot be told apart from one day to the next, so they have no number.
func visitNumbers(t warehouse.Totals, days int) VisitNumbers {
	out := VisitNumbers{
		DailyVisitors: t.DailyVisitors, Visits: t.Visits, Views: t.Views, Events: t.Events, Bounces: t.Bounces,
		BounceRate: ratio(t.Bounces, t.Visits), ViewsPerVisit: ratio(t.Views, t.Visits),
		EngagedSeconds: ratio(t.EngagedMillis, t.Visits) / 1000, VisitSeconds: ratio(t.VisitMillis, t.Visits) / 1000,
	}
	if !t.Cookieless || days == 1 {
		out.Visitors = &t.Visitors
	}
	return out
}

// ratio is a / b; no number where there is nothing to divide by.
func ratio(a, b int64) front.Number {
	if b == 0 {
		return front.Number(math.NaN())
	}
	return front.Number(float64(a) / float64(b))
}

// DayNumbers are the numbers of one day.
type DayNumbers struct {
	Date series.Day `json:"date" format:"date"`
	VisitNumbers
}

// GroupNumbers are the numbers of one page, source, device, ….
type GroupNumbers struct {
	Value string `json:"value" doc:"empty: not known, or (a source) came directly"`
	Label string `json:"label" doc:"the value in words"`
	VisitNumbers
	Entries  int64        `json:"entries" doc:"pages: visits that began there"`
	Exits    int64        `json:"exits" doc:"pages: visits that ended there"`
	ExitRate front.Number `json:"exit_rate" doc:"pages: exits / views"`
	Share    front.Number `json:"share" doc:"of the span's visits"`
}

func groupNumbers(g warehouse.Group, label string, all warehouse.Totals, days int) GroupNumbers {
	return GroupNumbers{
		Value: g.Value, Label: label, VisitNumbers: visitNumbers(g.Totals, days), Entries: g.Entries, Exits: g.Exits,
		ExitRate: ratio(g.Exits, g.Views), Share: ratio(g.Visits, all.Visits),
	}
}
