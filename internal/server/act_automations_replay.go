package server

import (
	"context"
	"time"

	"github.com/shirube/shirube/internal/act/automation"
	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// ReplayTrigger is what lets people in, to be tried on the past before it is switched on.
type ReplayTrigger struct {
	Trigger automation.Trigger `json:"trigger"`
	Reentry automation.Reentry `json:"reentry,omitzero"`
	Days    int                `json:"days,omitempty" minimum:"7" maximum:"366" doc:"how many days, today included; 92 where it is not given"`
}

// replayAutomation tells how many a trigger would have let in. An event is asked as often as
// somebody may come in again; a date is looked up in the contacts as they are.
func (s *Server) replayAutomation(ctx context.Context, slug string, asked ReplayTrigger, lang words.Lang) (ReplayReply, error) {
	t := asked.Trigger
	switch {
	case t.Event != nil:
		did := condition.Did{Matcher: *t.Event}
		switch asked.Reentry.Mode {
		case "always":
			did.Days = 1
		case "after":
			did.Days = min(max(1, asked.Reentry.Days), condition.MaxDays)
		}
		c := condition.Condition{Did: &did}
		return s.replayCondition(ctx, slug, ReplayQuestion{Condition: c, Days: asked.Days}, lang)
	case t.Condition != nil:
		return s.replayCondition(ctx, slug, ReplayQuestion{Condition: *t.Condition, Days: asked.Days}, lang)
	case t.Date != nil:
		return s.replayDate(ctx, slug, *t.Date, asked.Days, lang)
	}
	return ReplayReply{}, badRequest("body.trigger", words.T("点数のきっかけは、過去の点が残っていないので当てはめられません。はじめの数日を見てから人数を確かめてください。",
		"Points of the past are not kept, so a score cannot be replayed. Please look at how many come in over the first days."))
}

// contactsAtOnce is how many contacts are read at a time.
const contactsAtOnce = 2000

func (s *Server) replayDate(ctx context.Context, slug string, date automation.Date, days int, lang words.Lang) (ReplayReply, error) {
	reply := ReplayReply{Days: []ReplayDay{}, Weeks: []ReplayDay{}}
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return reply, err
	}
	draft := automation.Definition{Trigger: automation.Trigger{Date: &date}}
	names, err := s.automationNames(ctx, ws.ID, &draft, lang)
	if err != nil {
		return reply, err
	}
	zone, err := s.zoneOf(ctx, ws.ID)
	if err != nil {
		return reply, err
	}
	if days == 0 {
		days = usualReplay
	}
	now := s.deps.Clock().In(zone)
	span := series.Span{From: series.DayOf(now) - series.Day(days) + 1, To: series.DayOf(now)}
	start := event.Millis(time.Date(now.Year(), now.Month(), now.Day()-days+1, 0, 0, 0, 0, zone).UnixMilli()) - 1
	found := condition.Replayed{}
	for day := span.From; day <= span.To; day++ {
		found.Days = append(found.Days, condition.ReplayedDay{Day: day})
	}
	err = s.eachContact(ctx, ws.ID, func(c contact.Contact) {
		value, ok := c.Properties[date.Property]
		if !ok || value.Kind != contact.Date {
			return
		}
		at, ok := date.Next(event.Millis(value.Number), start, zone)
		if !ok {
			return
		}
		if day := series.DayOf(time.UnixMilli(int64(at)).In(zone)); span.Contains(day) {
			found.People++
			found.Days[day-span.From].People++
		}
	})
	if err != nil {
		return reply, err
	}
	found.Entries = found.People
	for _, d := range found.Days {
		monday := d.Day - series.Day((int(d.Day)%7+7+3)%7)
		if n := len(found.Weeks); n == 0 || found.Weeks[n-1].Day != monday {
			found.Weeks = append(found.Weeks, condition.ReplayedDay{Day: monday})
		}
		found.Weeks[len(found.Weeks)-1].People += d.People
	}
	reply.Sentence = draft.Trigger.Sentence(names).In(lang)
	reply.Note = words.T("いまの名簿に入っている日付で数えています。", "Counted by the dates that contacts hold today.").In(lang)
	return reply.of(found, span), nil
}

// eachContact reads all contacts, the oldest first.
func (s *Server) eachContact(ctx context.Context, ws store.WorkspaceID, visit func(contact.Contact)) error {
	for number := int64(0); ; {
		people, err := s.deps.Store.Contacts.After(ctx, ws, number, contactsAtOnce)
		if err != nil || len(people) == 0 {
			return err
		}
		for _, c := range people {
			visit(c)
			number = max(number, c.Number)
		}
	}
}
