package server

import (
	"context"
	"math"
	"time"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/words"
)

// ReplayQuestion is a condition and how far back it is replayed.
type ReplayQuestion struct {
	Condition condition.Condition `json:"condition"`
	Days      int                 `json:"days,omitempty" minimum:"7" maximum:"366" doc:"how many days, today included; 92 where it is not given"`
}

// ReplayReply is how many a condition would have become true of.
type ReplayReply struct {
	Sentence string       `json:"sentence"`
	People   int64        `json:"people" doc:"different people, visitors nobody knows the name of included"`
	Entries  int64        `json:"entries" doc:"times that it became true"`
	AWeek    front.Number `json:"a_week" doc:"different people a week, over whole weeks; null where there is none"`
	Days     []ReplayDay  `json:"days"`
	Weeks    []ReplayDay  `json:"weeks" doc:"from Monday on; the first and the last may be part of a week"`
	Note     string       `json:"note" doc:"what is taken as it is today"`
}

// ReplayDay is the different people of a day or a week.
type ReplayDay struct {
	From   series.Day `json:"from"`
	People int64      `json:"people"`
}

const usualReplay = 92

// replayCondition counts anonymous visitors as well as contacts: what is asked is how often
// a rule would have had to act, and a visitor may become known by the time it does.
func (s *Server) replayCondition(ctx context.Context, slug string, asked ReplayQuestion, lang words.Lang) (ReplayReply, error) {
	reply := ReplayReply{Days: []ReplayDay{}, Weeks: []ReplayDay{}}
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return reply, err
	}
	if err := checkedCondition("body.condition", asked.Condition); err != nil {
		return reply, err
	}
	names, err := s.conditionNames(ctx, ws.ID, asked.Condition)
	if err != nil {
		return reply, err
	}
	reply.Sentence = condition.Sentence(asked.Condition, names).In(lang)
	saved, err := s.savedSegments(ctx, ws.ID)
	if err != nil {
		return reply, err
	}
	what, _ := condition.Expand(asked.Condition, func(id string) (condition.Condition, bool) { c, ok := saved[id]; return c, ok })
	behaviour, rest := condition.Behaviour(what)
	if rest {
		reply.Note = words.T("行動は起きた時点のとおりに数え、属性・タグ・点・同意の条件は外して数えています。名前の分からない訪問者も含みます。",
			"What people did is counted at the moment they did it; conditions on properties, tags, points and consent are left aside. Visitors without a name are included.").In(lang)
	} else {
		reply.Note = words.T("行動が起きた時点のとおりに数えています。名前の分からない訪問者も含みます。",
			"What people did is counted at the moment they did it. Visitors without a name are included.").In(lang)
	}
	zone, err := s.zoneOf(ctx, ws.ID)
	if err != nil {
		return reply, err
	}
	if behaviour == nil {
		return reply, front.BadRequest("body.condition", words.T("行動の条件がないので、過去に当てはめられません。「〜のページを見た」などを加えてください。",
			"Without a condition on what people did there is nothing to replay. Please add one, such as viewing a page."))
	}
	if asked.Days == 0 {
		asked.Days = usualReplay
	}
	today := series.DayOf(s.deps.Clock().In(zone))
	span := series.Span{From: today - series.Day(asked.Days) + 1, To: today}
	replay := condition.NewReplay(*behaviour, span, func(at event.Millis) series.Day { return series.DayOf(time.UnixMilli(int64(at)).In(zone)) }, nil)
	var list []condition.Matcher
	for _, w := range replay.Watched() {
		list = append(list, w.Matcher)
	}
	back := series.Day(replay.Back())
	if back == 0 {
		back = longestPast - series.Day(asked.Days)
	}
	if s.deps.Warehouse != nil {
		scope := warehouse.Scope{Workspace: event.Workspace(ws.ID), Span: series.Span{From: span.From - back, To: span.To}}
		err := s.deps.Warehouse.Doings(ctx, scope, list, func(person []condition.Doing) error {
			replay.Person(person)
			return nil
		})
		if err != nil {
			return reply, err
		}
	}
	return reply.of(replay.Result(), span), nil
}

func (r ReplayReply) of(found condition.Replayed, span series.Span) ReplayReply {
	r.People, r.Entries = found.People, found.Entries
	for _, d := range found.Days {
		r.Days = append(r.Days, ReplayDay{d.Day, d.People})
	}
	whole, people := 0, int64(0)
	for _, w := range found.Weeks {
		r.Weeks = append(r.Weeks, ReplayDay{w.Day, w.People})
		if w.Day >= span.From && w.Day+6 < span.To {
			whole++
			people += w.People
		}
	}
	r.AWeek = front.Number(math.NaN())
	if whole > 0 {
		r.AWeek = front.Number(float64(people) / float64(whole))
	}
	return r
}
