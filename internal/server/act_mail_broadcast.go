package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"slices"
	"time"

	"github.com/shirube/shirube/internal/act/automation"
	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/condition/columns"
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
	var failed []error
	for _, b := range due { // one whose template is gone holds no other up
		if err := m.moveBroadcast(ctx, b); err != nil {
			failed = append(failed, fmt.Errorf("move broadcast %q: %w", b.ID, err))
		}
	}
	return errors.Join(failed...)
}

func (m *mailing) moveBroadcast(ctx context.Context, b store.MailDue) error {
	db, now := m.server.deps.Store, m.server.deps.Clock()
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
	switch state {
	case castQueueing:
		if err := m.queueBroadcast(ctx, b, plan); err != nil {
			return err
		}
		return db.Mails.Move(ctx, b.Workspace, b.ID, castQueueing, castSending)
	case castSending:
		if stopped, err := m.stopFictional(ctx, b); err != nil || stopped {
			return err
		}
		counts, err := db.Outbox.CountOf(ctx, b.Workspace, "broadcast:"+b.ID)
		if err == nil && counts[outbox.Queued]+counts[outbox.Sending] == 0 {
			err = db.Mails.Move(ctx, b.Workspace, b.ID, castSending, castSent)
		}
		return err
	}
	return nil
}

// Of so many answers at least, and where more than one in ten was that there is no such
// mailbox, a list was made up, or is older than anybody's consent.
const (
	fictionalLeast = 100
	fictionalShare = 0.1
	// fictional is why what was still to leave was cancelled.
	fictional = "fictional"
)

// stopFictional stops a broadcast to addresses that nobody has: the law forbids mail to
// generated ones, and mailbox providers remember who sends it.
func (m *mailing) stopFictional(ctx context.Context, b store.MailDue) (bool, error) {
	db, cause := m.server.deps.Store, "broadcast:"+b.ID
	c, err := db.Deliveries.Counts(ctx, b.Workspace, cause, "")
	if answers := c.Accepted + c.Permanent; err != nil || answers < fictionalLeast || float64(c.Permanent+c.Hard) <= fictionalShare*float64(answers) {
		return false, err
	}
	if err := db.Mails.Move(ctx, b.Workspace, b.ID, castSending, castStopped); err != nil {
		return false, err
	}
	n, err := db.Outbox.Cancel(ctx, b.Workspace, store.Cancelling{Cause: cause, Reason: fictional})
	m.server.deps.Log.Warn("a broadcast was stopped: too many of its addresses do not exist", "workspace", b.Workspace, "broadcast", b.ID, "refused", c.Permanent+c.Hard, "of", c.Accepted+c.Permanent, "left", n)
	return true, err
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
	leaving, err := m.scheduleOf(ctx, b.Workspace, p, plan)
	if err != nil {
		return err
	}
	return m.eachReader(ctx, b.Workspace, plan.Audience, func(people []contact.Contact) error {
		items := make([]outbox.Item, 0, len(people))
		for _, c := range people {
			template, variant := plan.Template, "A"
			if plan.TemplateB != "" && shareOf("variant", b.ID, string(c.ID)) < float64(plan.ShareB)/100 {
				template, variant = plan.TemplateB, "B"
			}
			at := leaving.next(shareOf("spread", b.ID, string(c.ID)))
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

// eachReader goes over the contacts with an address that fulfil a condition, a page at a
// time.
func (m *mailing) eachReader(ctx context.Context, ws store.WorkspaceID, audience condition.Condition, each func([]contact.Contact) error) error {
	everybody := emptyCondition(audience)
	var chosen columns.Set
	if !everybody {
		var err error
		if chosen, _, err = m.server.segments.find(ctx, ws, audience); err != nil {
			return lostSegment(err)
		}
	}
	for after := int64(0); ; {
		page, err := m.server.deps.Store.Contacts.After(ctx, ws, after, queuedAtOnce)
		if err != nil || len(page) == 0 {
			return err
		}
		after = page[len(page)-1].Number
		page = slices.DeleteFunc(page, func(c contact.Contact) bool {
			return c.Address == "" || !everybody && !chosen.Has(uint32(c.Number))
		})
		if len(page) == 0 {
			continue
		}
		if err := each(page); err != nil {
			return err
		}
	}
}

// emptyCondition is one that asks nothing: everybody.
func emptyCondition(c condition.Condition) bool { return string(mustJSON(c)) == "{}" }
