package server

import (
	"context"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/actor"
	"github.com/shirube/shirube/internal/event"
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

func (b books) follow(ctx context.Context, ws event.Workspace, folded contact.Folded, now event.Millis) (actor.Learned, error) {
	learned := actor.Learned{Changed: append(folded.Created, folded.Changed...)}
	if err := followMerges(ctx, b.tx, store.WorkspaceID(ws), folded.Merges); err != nil {
		return learned, err
	}
	stitched, apart, err := b.stitch(ctx, store.WorkspaceID(ws), folded.Passings)
	if err != nil {
		return learned, err
	}
	learned.Apart = apart
	learned.Changed = append(learned.Changed, stitched...)
	subjects := make([]string, 0, len(learned.Changed))
	for _, who := range learned.Changed {
		subjects = append(subjects, actor.SubjectOf(who))
	}
	return learned, b.rescore(ctx, ws, subjects, now)
}

// stitch gives people what was done with their browsers before anybody knew whose they are,
// where a notice of the workspace says that this is done. Nobody is given what was done with
// a browser while it was somebody else's.
func (b books) stitch(ctx context.Context, ws store.WorkspaceID, passings []contact.Passing) (whose []contact.ID, apart map[string]bool, err error) {
	if len(passings) == 0 {
		return nil, nil, nil
	}
	allowed, err := stitchingIn(ctx, b.tx.Repositories, ws)
	if err != nil {
		return nil, nil, err
	}
	apart = map[string]bool{}
	into := map[string]contact.ID{}
	var subjects []string
	for _, p := range passings {
		if !allowed.may() || p.From != "" || p.To == "" {
			apart[p.Visitor] = true
			continue
		}
		subject := visitorPrefix + p.Visitor
		into[subject] = p.To
		subjects = append(subjects, subject)
	}
	known, err := b.tx.Occurrences.Doers(ctx, ws, subjects)
	if err != nil {
		return nil, nil, err
	}
	for _, subject := range known {
		if _, err := b.tx.Occurrences.Move(ctx, ws, subject, actor.SubjectOf(into[subject])); err != nil {
			return nil, nil, err
		}
		if err := b.tx.Scores.Merge(ctx, ws, subject, actor.SubjectOf(into[subject])); err != nil {
			return nil, nil, err
		}
		if err := b.tx.Leads.Move(ctx, ws, subject, actor.SubjectOf(into[subject])); err != nil {
			return nil, nil, err
		}
		whose = append(whose, into[subject])
	}
	return whose, apart, nil
}

// followMerges lets what acting keeps of people follow those who turned out to be one.
func followMerges(ctx context.Context, tx *store.Tx, ws store.WorkspaceID, merges []contact.Merge) error {
	for _, m := range merges {
		from, into := actor.SubjectOf(m.From), actor.SubjectOf(m.Into)
		if _, err := tx.Occurrences.Move(ctx, ws, from, into); err != nil {
			return err
		}
		if err := tx.Journeys.Merge(ctx, ws, m.From, m.Into); err != nil {
			return err
		}
		if err := tx.Scores.Merge(ctx, ws, from, into); err != nil {
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
		return s.learned(ctx, tx, ws, contact.Folded{Changed: []contact.ID{after.ID}, Merges: []contact.Merge{{From: from, Into: after.ID}}})
	})
	return after, err
}
