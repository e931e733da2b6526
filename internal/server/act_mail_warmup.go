package server

import (
	"context"
	"time"

	"github.com/shirube/shirube/internal/act/mail"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/store"
)

// senderDay is a sender on a civil day of its workspace.
type senderDay struct {
	ws     store.WorkspaceID
	sender string
	day    series.Day
}

// warming is how far a new sender is today.
type warming struct {
	day          series.Day
	before, sent int
}

const warmupNow = "warm-up"

// MailWarmupView is how far a new sender is.
type MailWarmupView struct {
	Day   int   `json:"day" doc:"which day of mail this is, from 1; days without mail do not count"`
	Sent  int   `json:"sent" doc:"mails today"`
	Limit *int  `json:"limit" doc:"most mails of today; null: no limit any more"`
	Plan  []int `json:"plan" doc:"most mails of each day, from the first"`
}

// take has a mail of a sender that is being warmed up counted, or tells how long there is
// no room for it. A day without mail is no step up: who is silent for a week is as new as
// before.
func (m *mailing) take(ctx context.Context, ws store.WorkspaceID, p *preparedMail) (wait event.Millis, err error) {
	if p.sender.Warmup == nil || p.sender.Warmup.Days <= 0 {
		return 0, nil
	}
	now := m.server.deps.Clock().In(p.zone)
	w, err := m.warmingOf(ctx, ws, p.template.Sender, series.DayOf(now))
	if err != nil {
		return 0, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	limit, bounded := p.sender.Warmup.Limit(w.before + 1)
	if bounded && w.sent >= limit {
		return event.Millis(nextDay(now).Sub(now).Milliseconds()) + 1, nil
	}
	w.sent++
	return 0, nil
}

func nextDay(now time.Time) time.Time {
	year, month, day := now.Date()
	return time.Date(year, month, day+1, 0, 0, 0, 0, now.Location())
}

// warmingOf is a sender's count of a day, read once a day.
func (m *mailing) warmingOf(ctx context.Context, ws store.WorkspaceID, sender string, day series.Day) (*warming, error) {
	name := string(ws) + "\x00" + sender
	m.mu.Lock()
	w := m.warm[name]
	m.mu.Unlock()
	if w != nil && w.day == day {
		return w, nil
	}
	known, err := m.server.deps.Store.Deliveries.DayOf(ctx, ws, sender, day)
	if err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if w = m.warm[name]; w != nil && w.day == day {
		return w, nil // somebody else was first, and has counted since
	}
	if len(m.warm) >= maxPrepared {
		clear(m.warm)
	}
	w = &warming{day: day, before: known.Before, sent: known.Sent + m.left[senderDay{ws, sender, day}]}
	m.warm[name] = w
	return w, nil
}

// went counts a mail that left, or gives the place back of one that did not.
func (m *mailing) went(ws store.WorkspaceID, p *preparedMail, o mail.Outcome) {
	m.mu.Lock()
	defer m.mu.Unlock()
	day := series.DayOf(m.server.deps.Clock().In(p.zone))
	if o.Class == mail.Accepted || o.Class == mail.Unknown {
		m.left[senderDay{ws, p.template.Sender, day}]++
		return
	}
	if w := m.warm[string(ws)+"\x00"+p.template.Sender]; w != nil && w.day == day && w.sent > 0 && p.sender.Warmup != nil {
		w.sent--
	}
}

// warmupView is how far a sender's warm-up is; nil without one.
func (s *Server) warmupView(ctx context.Context, ws store.WorkspaceID, id string, settings MailSenderSettings) (*MailWarmupView, error) {
	if settings.Warmup == nil || settings.Warmup.Days <= 0 {
		return nil, nil
	}
	zone, err := s.zoneOf(ctx, ws)
	if err != nil {
		return nil, err
	}
	w, err := s.mailing.warmingOf(ctx, ws, id, series.DayOf(s.deps.Clock().In(zone)))
	if err != nil {
		return nil, err
	}
	s.mailing.mu.Lock()
	defer s.mailing.mu.Unlock()
	v := &MailWarmupView{Day: w.before + 1, Sent: w.sent, Plan: settings.Warmup.Plan()}
	if limit, bounded := settings.Warmup.Limit(w.before + 1); bounded {
		v.Limit = &limit
	}
	return v, nil
}

// schedule says when the mails of a broadcast leave: over its spread, and over days while
// the sender is new.
type schedule struct {
	start  time.Time
	spread time.Duration
	warmup mail.Warmup
	before int // days with mail before today
	sent   int // today
	n      int
}

func (m *mailing) scheduleOf(ctx context.Context, ws store.WorkspaceID, p *preparedMail, plan BroadcastPlan) (*schedule, error) {
	k := &schedule{start: m.server.deps.Clock().In(p.zone), spread: time.Duration(plan.SpreadMinutes) * time.Minute}
	if p.sender.Warmup == nil || p.sender.Warmup.Days <= 0 {
		return k, nil
	}
	w, err := m.warmingOf(ctx, ws, p.template.Sender, series.DayOf(k.start))
	if err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	k.warmup, k.before, k.sent = *p.sender.Warmup, w.before, w.sent
	return k, nil
}

// next is when the next mail leaves; share places it within the spread.
func (k *schedule) next(share float64) event.Millis {
	day := k.warmup.Place(k.n, k.before, k.sent)
	k.n++
	return event.Millis(k.start.AddDate(0, 0, day).UnixMilli()) + event.Millis(share*float64(k.spread.Milliseconds()))
}

// days is how many mails of so many leave on each day; one number where all leave at once.
func (k *schedule) days(people int) []int {
	days := []int{}
	for n := range people {
		day := k.warmup.Place(n, k.before, k.sent)
		for len(days) <= day {
			days = append(days, 0)
		}
		days[day]++
	}
	return days
}
