package store

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"github.com/shirube/shirube/internal/act/automation"
	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/outbox"
)

// Merge lets the journeys of somebody stand under another, whom they turned out to be. A
// journey through an automation the other is or was in as well ends there: nobody is in one
// twice at once, and nobody is sent the same by two names. What is queued goes with them, but
// for what the other was sent, or is to be sent, by the same automation or broadcast.
func (j Journeys) Merge(ctx context.Context, ws WorkspaceID, from, into contact.ID) error {
	err := j.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		// What an automation or a broadcast queued for both is sent once.
		_, err := tx.NewUpdate().Model((*outboxRow)(nil)).Set("state = ?", outbox.Cancelled).Set("reason = ?", outbox.Merged).Set("updated_at = ?", j.db.env.time()).
			Where("workspace_id = ?", ws).Where("contact_id = ?", from).Where("state = ?", outbox.Queued).
			Where(`(cause LIKE 'broadcast:%' AND EXISTS (SELECT 1 FROM outbox o WHERE o.workspace_id = ?TableAlias.workspace_id AND o.contact_id = ?
				AND o.cause = ?TableAlias.cause AND o.state IN ('queued', 'sending', 'sent', 'unknown'))
				OR EXISTS (SELECT 1 FROM journeys o WHERE o.workspace_id = ?TableAlias.workspace_id AND o.contact_id = ? AND ? || o.automation_id = ?TableAlias.cause))`,
				into, into, automation.Cause("")).Exec(ctx)
		if err != nil {
			return err
		}
		_, err = tx.NewUpdate().Model((*outboxRow)(nil)).Set("contact_id = ?", into).
			Where("workspace_id = ?", ws).Where("contact_id = ?", from).Exec(ctx)
		if err != nil {
			return err
		}
		_, err = tx.NewUpdate().Model((*journeyRow)(nil)).Set("state = ?", automation.Removed).Set("step = ''").Set("wake_at = 0").Set("ended_at = ?", j.db.env.time()).
			Where("workspace_id = ?", ws).Where("contact_id = ?", from).Where("state = 'inside'").
			Where("EXISTS (SELECT 1 FROM journeys o WHERE o.automation_id = ?TableAlias.automation_id AND o.contact_id = ?)", into).Exec(ctx)
		if err != nil {
			return err
		}
		_, err = tx.NewUpdate().Model((*journeyRow)(nil)).Set("contact_id = ?", into).
			Set("entry = entry + (SELECT COALESCE(MAX(o.entry), 0) FROM journeys o WHERE o.automation_id = ?TableAlias.automation_id AND o.contact_id = ?)", into).
			Where("workspace_id = ?", ws).Where("contact_id = ?", from).Exec(ctx)
		if err != nil {
			return err
		}
		// What held of the one held of the person: it does not become true by their being one.
		_, err = tx.NewRaw(`INSERT INTO trigger_states (automation_id, contact_id, workspace_id, holds, look_at)
			SELECT automation_id, ?, workspace_id, 1, 0 FROM trigger_states WHERE workspace_id = ? AND contact_id = ? AND holds = 1
			ON CONFLICT (automation_id, contact_id) DO UPDATE SET holds = 1`, into, ws, from).Exec(ctx)
		if err != nil {
			return err
		}
		for _, model := range []any{(*triggerStateRow)(nil), (*touchedRow)(nil)} {
			if _, err := tx.NewDelete().Model(model).Where("workspace_id = ?", ws).Where("contact_id = ?", from).Exec(ctx); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("merge journeys of %q into %q: %w", from, into, err)
	}
	return nil
}

// Fresh is which of a list are not kept yet; of two that are the same the first.
func (o Occurrences) Fresh(ctx context.Context, ws WorkspaceID, list []Occurrence) ([]bool, error) {
	type name struct {
		watch   condition.Watch
		message string
	}
	known := map[name]bool{}
	byWatch := map[condition.Watch][]string{}
	for _, one := range list {
		byWatch[one.Watch] = append(byWatch[one.Watch], one.MessageID)
	}
	for watch, messages := range byWatch {
		for start := 0; start < len(messages); start += occurrencesAtOnce {
			var rows []occurrenceRow
			err := o.read().NewSelect().Model(&rows).Column("watch", "message_id").Where("workspace_id = ?", ws).Where("watch = ?", watch).
				Where("message_id IN (?)", bun.List(messages[start:min(start+occurrencesAtOnce, len(messages))])).Scan(ctx)
			if err != nil {
				return nil, fmt.Errorf("look for %d occurrences of %q: %w", len(list), ws, err)
			}
			for _, row := range rows {
				known[name{row.Watch, row.MessageID}] = true
			}
		}
	}
	fresh := make([]bool, len(list))
	for k, one := range list {
		n := name{one.Watch, one.MessageID}
		fresh[k] = !known[n]
		known[n] = true
	}
	return fresh, nil
}

// AnyTouched reports whether somebody waits to be looked at again, in any workspace.
func (t TriggerStates) AnyTouched(ctx context.Context) (any bool, err error) {
	if err := t.read().NewRaw("SELECT EXISTS (SELECT 1 FROM act_touched)").Scan(ctx, &any); err != nil {
		return false, fmt.Errorf("look for who was touched: %w", err)
	}
	return any, nil
}
