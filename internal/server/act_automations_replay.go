package server

import (
	"context"
	"time"

	"github.com/shirube/shirube/internal/act/automation"
	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/score"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
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
	if t.Band != nil {
		return s.replayBand(ctx, slug, *t.Band, asked.Days, lang)
	}
	return ReplayReply{}, front.BadRequest("body.trigger", words.T("きっかけを選んでください。", "Choose what lets people in."))
}

// replayed is an empty replay of so many days, today included, and when the first begins.
func (s *Server) replayed(days int, zone *time.Location) (series.Span, event.Millis, condition.Replayed) {
	if days == 0 {
		days = usualReplay
	}
	now := s.deps.Clock().In(zone)
	span := series.Span{From: series.DayOf(now) - series.Day(days) + 1, To: series.DayOf(now)}
	return span, event.Millis(midnight(span.From, zone).UnixMilli()), condition.NewReplayed(span)
}

// replayBand tells how many contacts' points came into a stretch of them. Points of the past
// are not kept; they are worked out anew from what people did, with what they are today.
func (s *Server) replayBand(ctx context.Context, slug string, band automation.Band, days int, lang words.Lang) (ReplayReply, error) {
	reply := ReplayReply{Days: []ReplayDay{}, Weeks: []ReplayDay{}}
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return reply, err
	}
	kept, err := s.deps.Store.ScoreCards.Get(ctx, ws.ID, store.ScoreCardID(band.Card))
	if isNotFound(err) {
		return reply, front.BadRequest("body.trigger.band.card", words.T("点のつけ方が見つかりません。選び直してください。", "The card of points is not there. Choose another."))
	}
	if err != nil {
		return reply, err
	}
	draft := automation.Definition{Trigger: automation.Trigger{Band: &band}}
	names, err := s.automationNames(ctx, ws.ID, &draft, lang)
	if err != nil {
		return reply, err
	}
	scorer, about, err := s.replaying(ctx, ws.ID, kept)
	if err != nil {
		return reply, err
	}
	zone, err := s.zoneOf(ctx, ws.ID)
	if err != nil {
		return reply, err
	}
	span, start, found := s.replayed(days, zone)
	var below *score.Points
	if band.Below != nil {
		line := thousandths(*band.Below)
		below = &line
	}
	var on []series.Day
	rows := contactsOnly(s.history(ctx, ws.ID, watchesOf(scorer)))
	err = scorer.Entries(rows, about, thousandths(band.AtLeast), below, start, s.nowMillis(), func(_ string, came []event.Millis) error {
		on = on[:0]
		for _, at := range came {
			on = append(on, dayIn(at, zone))
		}
		found.Came(on...)
		return nil
	})
	if err != nil {
		return reply, err
	}
	reply.Sentence = draft.Trigger.Sentence(names).In(lang)
	reply.Note = words.T("名簿の方がしたことから、その時点の点を計算し直して数えています。属性や自動化が足した点は、いまのものです。",
		"Points are worked out anew from what contacts did by then; what they are, and points that automations gave, are taken as they are today.").In(lang)
	return reply.of(found, span), nil
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
	span, start, found := s.replayed(days, zone)
	start-- // a date at midnight of the first day counts
	err = s.eachContact(ctx, ws.ID, func(c contact.Contact) {
		value, ok := (&personFacts{person: c}).Property(date.Property)
		if !ok || value.Kind != contact.Date {
			return
		}
		at, ok := date.Next(event.Millis(value.Number), start, zone)
		if !ok {
			return
		}
		found.Came(series.DayOf(time.UnixMilli(int64(at)).In(zone)))
	})
	if err != nil {
		return reply, err
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
