package store

import (
	"context"
	"iter"

	"github.com/shirube/shirube/internal/act/automation"
)

// Entries is everybody's entries into an automation, oldest first: contact, version, entry,
// state and the moment of entering alone are filled in.
func (j Journeys) Entries(ctx context.Context, ws WorkspaceID, id string) iter.Seq2[automation.Journey, error] {
	return scanned(ctx, j.session, func(scan func(...any) error) (one automation.Journey, err error) {
		one.Automation = id
		return one, scan(&one.Contact, &one.Version, &one.Entry, &one.State, &one.EnteredAt)
	}, `SELECT contact_id, version, entry, state, entered_at FROM journeys
		WHERE workspace_id = ? AND automation_id = ? ORDER BY entered_at, contact_id, entry`, ws, id)
}
