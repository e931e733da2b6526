package server

import (
	"context"
	"sync"

	"github.com/shirube/shirube/internal/store"
)

// writing lets one change at a time read a workspace's files and write what it
// found: two that overlap would each put the source together without the other's
// file.
type writing struct {
	mu    sync.Mutex
	gates map[store.WorkspaceID]chan struct{}
}

// enter waits for its turn and returns the way out, and the workspace as it is
// now.
func (s *Server) enter(ctx context.Context, ws store.WorkspaceID) (leave func(), now store.Workspace, err error) {
	gate := s.writing.gate(ws)
	select {
	case gate <- struct{}{}:
	case <-ctx.Done():
		return nil, store.Workspace{}, context.Cause(ctx)
	}
	now, err = s.deps.Store.Workspaces.Get(ctx, ws)
	if err != nil {
		<-gate
		return nil, store.Workspace{}, err
	}
	return func() { <-gate }, now, nil
}

func (w *writing) gate(ws store.WorkspaceID) chan struct{} {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.gates == nil {
		w.gates = map[store.WorkspaceID]chan struct{}{}
	}
	if w.gates[ws] == nil {
		w.gates[ws] = make(chan struct{}, 1)
	}
	return w.gates[ws]
}

// stillAsRead fails with a conflict when another node wrote data since a change
// began to read; the gate knows only of this one.
func stillAsRead(ctx context.Context, tx *store.Tx, ws store.Workspace) error {
	now, err := tx.Workspaces.Get(ctx, ws.ID)
	if err != nil {
		return err
	}
	if now.DataRevision != ws.DataRevision {
		return store.ErrConflict{}
	}
	return nil
}
