package server

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"fmt"
	"time"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/outbox"
	"github.com/shirube/shirube/internal/actor"
	"github.com/shirube/shirube/internal/deliver/webhook"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/inbox"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/store"
)

// acting is everything that acts here: the reader, what looks at the time, and the worker
// of the outbox.
type acting struct {
	actor  *actor.Actor
	worker *actor.Worker
}

// How things are handed over.
const (
	webhookWithin      = 10 * time.Second
	webhookConnections = 8
	noticeConnections  = 4
	mailConnections    = 32
)

func newActing(s *Server) (*acting, error) {
	run, err := s.newRequestID()
	if err != nil {
		return nil, fmt.Errorf("begin to act: %w", err)
	}
	a := &acting{}
	hook := &webhook.Sender{
		Client: s.puller().Guard.Client(webhookWithin), Secret: s.webhookSecret, Person: s.tellPerson, Now: s.deps.Clock,
	}
	lines := []actor.Line{{Kind: outbox.Webhook, Sender: hook, Connections: webhookConnections}}
	if s.deps.Senders[outbox.Notice] == nil {
		lines = append(lines, actor.Line{Kind: outbox.Notice, Sender: s.noticing, Connections: noticeConnections})
	}
	if s.deps.Senders[outbox.Mail] == nil {
		lines = append(lines, actor.Line{Kind: outbox.Mail, Sender: s.mailing, Connections: mailConnections})
	}
	for kind, sender := range s.deps.Senders {
		connections := 0
		if kind == outbox.Mail {
			connections = mailConnections
		}
		lines = append(lines, actor.Line{Kind: kind, Sender: sender, Connections: connections})
	}
	if s.deps.Demo {
		lines = stillLines()
	}
	a.worker = actor.NewWorker(actor.WorkerOptions{
		Box: box{s.deps.Store, store.Sender{Node: s.deps.Node, Run: run}}, Gate: gate{s, s.zone}, Lines: lines, Now: s.deps.Clock, Log: s.deps.Log,
	})
	a.actor = actor.New(actor.Options{
		Ledger: s.ledger(), Now: s.deps.Clock, Log: s.deps.Log, Queued: a.worker.Wake,
	})
	return a, nil
}

// run acts until ctx ends.
func (a *acting) run(ctx context.Context) error {
	done := make(chan struct{})
	go func() {
		defer close(done)
		a.actor.Run(ctx)
	}()
	err := a.worker.Run(ctx)
	<-done
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// intoActor is the reader of the inbox that acts.
type intoActor struct{ *actor.Actor }

// actorPace: a tenth of a second is soon enough for a mail, and lets what comes in together
// be one transaction.
var actorPace = inbox.Pace{Gather: 100 * time.Millisecond, Events: 5_000, Bytes: 8 << 20}

func (intoActor) Name() string               { return actor.Name }
func (intoActor) Pace() inbox.Pace           { return actorPace }
func (intoActor) Rest(context.Context) error { return nil }

// box is the outbox for one run of this program.
type box struct {
	store *store.DB
	by    store.Sender
}

// Orphan marks what an earlier run was sending.
func (b box) Orphan(ctx context.Context) (int64, error) { return b.store.Outbox.Orphan(ctx, b.by) }

// Exchange writes outcomes and claims items, in one transaction.
func (b box) Exchange(ctx context.Context, done []outbox.Item, kind outbox.Kind, now event.Millis, limit int) (items []outbox.Item, err error) {
	if len(done) == 0 {
		return b.store.Outbox.Claim(ctx, b.by, kind, now, limit)
	}
	err = b.store.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.Outbox.Finish(ctx, b.by, done); err != nil {
			return err
		}
		if limit == 0 {
			return nil
		}
		items, err = tx.Outbox.Claim(ctx, b.by, kind, now, limit)
		return err
	})
	return items, err
}

// NextDue is when something is due next.
func (b box) NextDue(ctx context.Context, _ outbox.Kind) (event.Millis, error) {
	return b.store.Outbox.NextDue(ctx)
}

// webhookSecret is what webhooks of a workspace are signed with: made of the state's own
// secret, so that it is nowhere written down by itself.
func (s *Server) webhookSecret(ctx context.Context, ws event.Workspace) ([]byte, error) {
	key, err := s.deps.Store.Automations.SigningKey(ctx)
	if err != nil {
		return nil, err
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte("webhook/" + string(ws)))
	return mac.Sum(nil), nil
}

// tellPerson is what a webhook tells of a contact.
func (s *Server) tellPerson(ctx context.Context, ws event.Workspace, id string) (map[string]any, bool, error) {
	found, err := s.deps.Store.Contacts.GetMany(ctx, store.WorkspaceID(ws), []contact.ID{contact.ID(id)})
	if err != nil {
		return nil, false, err
	}
	c, ok := found[contact.ID(id)]
	if !ok {
		return nil, false, nil
	}
	return map[string]any{"id": string(c.ID), "address": c.Address, "name": c.Name, "owner": c.Owner, "tags": front.Listed(c.Tags)}, true, nil
}

// startActing acts until ctx ends; what it returns waits until everything under way is
// written down.
func (s *Server) startActing(ctx context.Context) (wait func()) {
	if s.acting == nil {
		return func() {}
	}
	ctx, stop := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := s.acting.run(ctx); err != nil {
			s.deps.Log.Error("acting has ended", "error", err)
		}
	}()
	return func() { stop(); <-done }
}

func isNotFound(err error) bool {
	_, is := errors.AsType[store.ErrNotFound](err)
	return is
}
