package server

import (
	"context"

	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/audit"
	"github.com/shirube/shirube/internal/store"
)

// What people do with their own accounts lies outside of every workspace, so that the one
// place where changes are recorded (audited) does not see it. It is noted here, by the
// transaction of the change.

// noteAccount keeps what became of somebody's account. The names of operations that are none
// of the API ("tie-identity") say what happened on the way of another.
func noteAccount(ctx context.Context, tx *store.Tx, user store.UserID, operation string, changes audit.Changes) error {
	return tx.Accounts.Note(ctx, user, operation, front.RequestOf(ctx).ID, changes)
}

// accountChanges are fields before and after, as threes of name, before and after; those that
// stayed are left out.
func accountChanges(fields ...string) audit.Changes {
	changed := audit.Changes{Read: true}
	for at := 0; at+2 < len(fields); at += 3 {
		name, before, after := fields[at], fields[at+1], fields[at+2]
		if before == after {
			continue
		}
		one := audit.Change{Field: name}
		if before != "" {
			one.Before = &before
		}
		if after != "" {
			one.After = &after
		}
		changed.Fields = append(changed.Fields, one)
	}
	return changed
}
