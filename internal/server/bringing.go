package server

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/inbox"
	"github.com/shirube/shirube/internal/store"
)

// Events of the past come in pieces, so that what happens now finds its way between.
const (
	pieceOfPast = 2000
	pastPause   = 100 * time.Millisecond // when the inbox is full
)

// Bring takes events of the past in, for a workspace: those of an old log, or of the
// made-up company. It waits while the inbox is full, and for the inbox to open.
func (s *Server) Bring(ctx context.Context, ws store.WorkspaceID, events iter.Seq[event.Event]) error {
	if s.measuring == nil {
		return noEvents()
	}
	select {
	case <-s.measuring.inbox.Opened():
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	piece := make([]event.Event, 0, pieceOfPast)
	for e := range events {
		e.Workspace = event.Workspace(ws)
		if piece = append(piece, e); len(piece) < pieceOfPast {
			continue
		}
		if err := s.bringPiece(ctx, piece); err != nil {
			return err
		}
		piece = make([]event.Event, 0, pieceOfPast) // the inbox has the other
	}
	return s.bringPiece(ctx, piece)
}

func (s *Server) bringPiece(ctx context.Context, piece []event.Event) error {
	for {
		err := s.Accept(ctx, piece)
		if !errors.Is(err, inbox.ErrFull) {
			if err != nil {
				return fmt.Errorf("bring %d events: %w", len(piece), err)
			}
			return nil
		}
		select {
		case <-time.After(pastPause):
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}
