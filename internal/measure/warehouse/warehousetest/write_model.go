package warehousetest

import (
	"cmp"
	"slices"

	"github.com/shirube/shirube/internal/event"
)

// Visit is a visit as the model makes it.
type Visit struct {
	Visitor        string
	Started, Ended event.Millis
	Views, Events  int64
	Engaged        int64
	Entry, Exit    string
	Bot            bool
}

// Bounce is one view and nothing else, and not looked at for ten seconds.
func (v Visit) Bounce() bool { return v.Views == 1 && v.Events == 0 && v.Engaged < 10_000 }

const visitGap = 30 * 60 * 1000

// Visits says which visit each message belongs to, -1 for none: the rules in their plainest
// form, over everything at once. A warehouse must come to the same however late and in
// whatever order it hears of the events.
func Visits(events []event.Event) (of map[string]int, visits []Visit) {
	of = make(map[string]int, len(events))
	byVisitor := map[string][]event.Event{}
	for _, e := range events {
		who := e.Visitor
		if e.Bot != "" {
			who += " (robot)"
		}
		byVisitor[who] = append(byVisitor[who], e)
	}
	for who, list := range byVisitor {
		slices.SortFunc(list, func(a, b event.Event) int {
			return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.MessageID, b.MessageID))
		})
		first := len(visits)
		cur := -1
		var campaign event.Campaign
		for _, e := range list {
			page := e.Host != "" || e.Path != ""
			view := e.Kind == event.Page || e.Kind == event.Screen
			if !view && !page {
				continue // it joins; see below
			}
			begins := view || e.Kind == event.Track && e.Name != event.Engagement
			over := cur < 0 || e.At-visits[cur].Ended > visitGap
			switch {
			case !begins && over:
				of[e.MessageID] = -1
				continue
			case over || begins && !e.Campaign.IsZero() && e.Campaign != campaign:
				visits = append(visits, Visit{Visitor: who, Started: e.At, Entry: e.Path, Exit: e.Path, Bot: e.Bot != ""})
				cur, campaign = len(visits)-1, e.Campaign
			}
			v := &visits[cur]
			v.Ended = e.At
			v.count(e)
			if view {
				v.Exit = e.Path
			}
			of[e.MessageID] = cur
		}
		for _, e := range list {
			if _, done := of[e.MessageID]; done {
				continue
			}
			of[e.MessageID] = -1
			for k := len(visits) - 1; k >= first; k-- {
				if v := &visits[k]; v.Started <= e.At {
					if e.At-v.Ended <= visitGap {
						of[e.MessageID] = k
						v.count(e)
					}
					break
				}
			}
		}
	}
	return of, visits
}

func (v *Visit) count(e event.Event) {
	switch {
	case e.Kind == event.Page || e.Kind == event.Screen:
		v.Views++
	case e.Kind == event.Track && e.Name != event.Engagement:
		v.Events++
	}
	v.Engaged += e.EngagedMillis
}
