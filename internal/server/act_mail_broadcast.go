package server

import (
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"time"

	"github.com/shirube/shirube/internal/act/automation"
	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/outbox"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/store"
)

// The states of a broadcast: draft → planned → queueing → sending → sent. What was planned
// and missed its time asks somebody; what was stopped stays so.
const (
	castDraft    = "draft"
	castPlanned  = "planned"
	castAsking   = "asking"
	castQueueing = "queueing"
	castSending  = "sending"
	castSent     = "sent"
	castStopped  = "stopped"
)

// castGrace is how late a planned broadcast still begins by itself: a mail of Monday
// morning is not wanted on Tuesday night.
const castGrace = time.Hour

const queuedAtOnce = 1000

func mustJSON(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // values of ours only
	}
	return b
}

func broadcastOf(p store.MailPiece) (BroadcastPlan, error) {
	var plan BroadcastPlan
	if err := json.Unmarshal(p.Body, &plan); err != nil {
		return plan, fmt.Errorf("read broadcast %q: %w", p.ID, err)
	}
	return plan, nil
}

// moveBroadcasts begins what is due, queues what was begun and notes what has ended. It
// may be broken off anywhere: an item's key makes queueing it again nothing.
func (m *mailing) moveBroadcasts(ctx context.Context) error {
	db := m.server.deps.Store
	due, err := db.Mails.Moving(ctx, castPlanned, castQueueing, castSending)
	if err != nil {
		return err
	}
	now := m.server.deps.Clock()
	for _, b := range due {
		plan, err := broadcastOf(b.MailPiece)
		if err != nil {
			return err
		}
		state := b.State
		if state == castPlanned && plan.At != nil && !now.Before(*plan.At) {
			to := castQueueing
			if now.Sub(*plan.At) > castGrace {
				to = castAsking
			}
			if err := db.Mails.Move(ctx, b.Workspace, b.ID, castPlanned, to); err != nil {
				return err
			}
			state = to
		}
		if state == castQueueing {
			if err := m.queueBroadcast(ctx, b, plan); err != nil {
				return err
			}
			if err := db.Mails.Move(ctx, b.Workspace, b.ID, castQueueing, castSending); err != nil {
				return err
			}
			continue
		}
		if state != castSending {
			continue
		}
		counts, err := db.Outbox.CountOf(ctx, b.Workspace, "broadcast:"+b.ID)
		if err != nil {
			return err
		}
		if counts[outbox.Queued]+counts[outbox.Sending] == 0 {
			if err := db.Mails.Move(ctx, b.Workspace, b.ID, castSending, castSent); err != nil {
				return err
			}
		}
	}
	return nil
}

// shareOf places somebody between 0 and 1, the same each time.
func shareOf(parts ...string) float64 {
	h := fnv.New64a()
	for _, p := range parts {
		_, _ = h.Write([]byte(p))
		_, _ = h.Write([]byte{0})
	}
	// FNV's low bits follow the last letters: a multiplication mixes them through.
	return float64((h.Sum64()*0x9E3779B97F4A7C15)>>11) / (1 << 53)
}

func (m *mailing) queueBroadcast(ctx context.Context, b store.MailDue, plan BroadcastPlan) error {
	db := m.server.deps.Store
	p, err := m.prepare(ctx, b.Workspace, plan.Template)
	if err != nil {
		return fmt.Errorf("prepare broadcast %q: %w", b.ID, err)
	}
	start := event.Millis(m.server.deps.Clock().UnixMilli())
	return m.eachReader(ctx, b.Workspace, plan.Audience, func(people []contact.Contact) error {
		items := make([]outbox.Item, 0, len(people))
		for _, c := range people {
			template, variant := plan.Template, "A"
			if plan.TemplateB != "" && shareOf("variant", b.ID, string(c.ID)) < float64(plan.ShareB)/100 {
				template, variant = plan.TemplateB, "B"
			}
			at := start + event.Millis(shareOf("spread", b.ID, string(c.ID))*float64(plan.SpreadMinutes)*60_000)
			items = append(items, outbox.Item{
				Workspace: event.Workspace(b.Workspace), Key: "broadcast/" + b.ID + "/" + string(c.ID), Kind: outbox.Mail, Stream: p.template.Stream, Contact: string(c.ID),
				Cause: "broadcast:" + b.ID, NotBefore: at, ExpiresAt: at + automation.Grace,
				Payload: mustJSON(automation.Handing{Contact: string(c.ID), Name: b.Name, Step: variant, Mail: &automation.Mail{Template: template, Topic: p.template.Topic}}),
			})
		}
		if _, err := db.Outbox.Queue(ctx, items); err != nil {
			return err
		}
		if m.server.acting != nil {
			m.server.acting.worker.Wake()
		}
		return nil
	})
}

// eachReader goes over the contacts with an address that fulfil a condition.
func (m *mailing) eachReader(ctx context.Context, ws store.WorkspaceID, audience condition.Condition, each func([]contact.Contact) error) error {
	db := m.server.deps.Store
	everybody := emptyCondition(audience)
	for after := int64(0); ; {
		page, err := db.Contacts.After(ctx, ws, after, queuedAtOnce)
		if err != nil || len(page) == 0 {
			return err
		}
		after = page[len(page)-1].Number
		ids := make([]contact.ID, len(page))
		for i, c := range page {
			ids[i] = c.ID
		}
		var facts map[contact.ID]condition.Facts
		if !everybody {
			err := db.Snapshot(ctx, func(ctx context.Context, tx *store.Tx) error {
				var err error
				b := books{ledger{m.server, db, Zones(db)}, tx}
				facts, err = b.Facts(ctx, event.Workspace(ws), ids, []condition.Condition{audience}, event.Millis(m.server.deps.Clock().UnixMilli()))
				return err
			})
			if err != nil {
				return err
			}
		}
		var chosen []contact.Contact
		for _, c := range page {
			if c.Address == "" {
				continue
			}
			if f, known := facts[c.ID]; everybody || known && condition.Holds(audience, f) {
				chosen = append(chosen, c)
			}
		}
		if len(chosen) > 0 {
			if err := each(chosen); err != nil {
				return err
			}
		}
	}
}

// emptyCondition is one that asks nothing: everybody.
func emptyCondition(c condition.Condition) bool { return string(mustJSON(c)) == "{}" }
