package server

import (
	"context"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/actor"
	"github.com/shirube/shirube/internal/store"
)

// followMerges lets what acting keeps of people follow those who turned out to be one. It
// belongs into the transaction that merged them.
func followMerges(ctx context.Context, tx *store.Tx, ws store.WorkspaceID, merges []contact.Merge) error {
	for _, m := range merges {
		from, into := actor.SubjectOf(m.From), actor.SubjectOf(m.Into)
		if _, err := tx.Occurrences.Move(ctx, ws, from, into); err != nil {
			return err
		}
		if err := tx.Journeys.Merge(ctx, ws, m.From, m.Into); err != nil {
			return err
		}
		if err := tx.Scores.Erase(ctx, ws, from); err != nil {
			return err
		}
		if err := tx.Leads.Move(ctx, ws, from, into); err != nil {
			return err
		}
	}
	return nil
}

// forgetContact deletes somebody from the state, under every id and address they had, and
// takes back what was about to be sent to them.
func (s *Server) forgetContact(ctx context.Context, ws store.WorkspaceID, id contact.ID) error {
	return s.deps.Store.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		gone, err := tx.Contacts.Erase(ctx, ws, id, authorOf(ctx))
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
		if after, err = tx.Contacts.Merge(ctx, ws, a.ID, b.ID, authorOf(ctx)); err != nil || a.ID == b.ID {
			return err
		}
		from := a.ID
		if from == after.ID {
			from = b.ID
		}
		return followMerges(ctx, tx, ws, []contact.Merge{{From: from, Into: after.ID}})
	})
	return after, err
}
