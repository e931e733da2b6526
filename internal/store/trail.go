package store

import (
	"context"
	"fmt"
	"sync"

	"github.com/uptrace/bun"

	"github.com/shirube/shirube/internal/share/audit"
)

// Trail follows one request. Whatever transaction of it first changes something also keeps
// the entry that says who did it: either both are there or neither, and a request that
// changes nothing leaves none.
type Trail struct {
	mu        sync.Mutex
	workspace WorkspaceID
	entry     *audit.Entry // nil: nothing is followed
	left      bool
}

type trailKey struct{}

// WithTrail lets a trail follow everything that is written with the context.
func WithTrail(ctx context.Context, t *Trail) context.Context {
	return context.WithValue(ctx, trailKey{}, t)
}

// Untrailed is the context for what is written beside a change and is none itself.
func Untrailed(ctx context.Context) context.Context {
	return context.WithValue(ctx, trailKey{}, (*Trail)(nil))
}

// Follow begins: from now on the first write keeps the entry.
func (t *Trail) Follow(ws WorkspaceID, e audit.Entry) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.workspace, t.entry, t.left = ws, &e, false
}

// End stops following.
func (t *Trail) End() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.entry, t.left = nil, false
}

// Left is the entry as it was kept, and whether anything was written at all.
func (t *Trail) Left() (WorkspaceID, audit.Entry, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.entry == nil || !t.left {
		return "", audit.Entry{}, false
	}
	return t.workspace, *t.entry, true
}

func trailOf(ctx context.Context) *Trail {
	t, _ := ctx.Value(trailKey{}).(*Trail)
	return t
}

// leave keeps the entry in a transaction that is about to end well.
func (t *Trail) leave(ctx context.Context, db *DB, tx bun.Tx) error {
	if t == nil {
		return nil
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.entry == nil || t.left {
		return nil
	}
	if t.entry.ID == "" {
		id, err := db.env.newID()
		if err != nil {
			return fmt.Errorf("record %s: %w", t.entry.Operation, err)
		}
		t.entry.ID, t.entry.At = id, db.env.time().Time()
	}
	row, err := auditRowOf(t.workspace, *t.entry)
	if err != nil {
		return err
	}
	if _, err := tx.NewInsert().Model(&row).On("CONFLICT DO NOTHING").Exec(ctx); err != nil {
		return fmt.Errorf("record %s: %w", t.entry.Operation, err)
	}
	return nil
}

// settled notes that the transaction with the entry was committed.
func (t *Trail) settled() {
	if t == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.left = t.entry != nil && t.entry.ID != ""
}
