package server

import (
	"context"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/actor"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/store"
)

// learned lets everything acting keeps follow what was learned of people: what two did who
// turned out to be one goes together, what was done with a browser becomes theirs where it
// may, points are worked out anew, and automations look at them again. It belongs into the
// transaction of what was learned.
func (s *Server) learned(ctx context.Context, tx *store.Tx, ws store.WorkspaceID, folded contact.Folded) error {
	what, err := books{s.ledger(), tx}.follow(ctx, event.Workspace(ws), folded, s.nowMillis())
	if err != nil {
		return err
	}
	return tx.TriggerStates.Touch(ctx, ws, what.Changed...)
}

// forgetContact deletes somebody from the state, under every id and address they had, and
// takes back what was about to be sent to them.
func (s *Server) forgetContact(ctx context.Context, ws store.WorkspaceID, id contact.ID) error {
	defer s.segments.changed(ws)
	return s.deps.Store.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		gone, err := tx.Contacts.Erase(ctx, ws, id, front.AuthorOf(ctx))
		if err != nil {
			return err
		}
		for _, one := range gone.IDs {
			if err := tx.Journeys.Forget(ctx, ws, one); err != nil {
				return err
			}
			if _, err := tx.Occurrences.Erase(ctx, ws, actor.SubjectOf(one)); err != nil {
				return err
			}
			if err := tx.Scores.Erase(ctx, ws, actor.SubjectOf(one)); err != nil {
				return err
			}
			if err := tx.Leads.Erase(ctx, ws, actor.SubjectOf(one)); err != nil {
				return err
			}
			if err := tx.Deliveries.Forget(ctx, ws, one); err != nil {
				return err
			}
			if _, err := tx.Submissions.Erase(ctx, ws, string(one), "", ""); err != nil {
				return err
			}
		}
		for _, identity := range gone.Identities {
			var address, visitor string
			switch identity.Kind {
			case contact.ByAddress:
				address = identity.Value
			case contact.ByVisitor:
				visitor = identity.Value
			default:
				continue
			}
			if _, err := tx.Submissions.Erase(ctx, ws, "", address, visitor); err != nil {
				return err
			}
		}
		return nil
	})
}

// mergeContacts makes one of two by hand, with everything that is kept of both.
func (s *Server) mergeContacts(ctx context.Context, ws store.WorkspaceID, one, other contact.ID) (after contact.Contact, err error) {
	err = s.deps.Store.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		a, err := tx.Contacts.Get(ctx, ws, one)
		if err != nil {
			return err
		}
		b, err := tx.Contacts.Get(ctx, ws, other)
		if err != nil {
			return err
		}
		if after, err = tx.Contacts.Merge(ctx, ws, a.ID, b.ID, front.AuthorOf(ctx)); err != nil || a.ID == b.ID {
			return err
		}
		from := a.ID
		if from == after.ID {
			from = b.ID
		}
		return s.learned(ctx, tx, ws, contact.Folded{Changed: []contact.ID{after.ID}, Merges: []contact.Merge{{From: from, Into: after.ID}}})
	})
	s.segments.changed(ws)
	return after, err
}
