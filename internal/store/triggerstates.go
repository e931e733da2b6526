package store

import (
	"context"
	"fmt"
	"slices"

	"github.com/uptrace/bun"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/event"
)

// TriggerState is whether the condition of a trigger was true of somebody when it was last
// looked at, and when time alone may change that.
type TriggerState struct {
	Automation string
	Contact    contact.ID
	Holds      bool
	LookAt     event.Millis // 0: never
}

// TriggerStates is the repository of what triggers were last seen to be.
type TriggerStates struct{ session }

type triggerStateRow struct {
	bun.BaseModel `bun:"table:trigger_states"`

	AutomationID string       `bun:"automation_id,pk"`
	ContactID    contact.ID   `bun:"contact_id,pk"`
	WorkspaceID  WorkspaceID  `bun:"workspace_id"`
	Holds        int          `bun:"holds"`
	LookAt       event.Millis `bun:"look_at"`
}

type touchedRow struct {
	bun.BaseModel `bun:"table:act_touched"`

	WorkspaceID WorkspaceID `bun:"workspace_id,pk"`
	ContactID   contact.ID  `bun:"contact_id,pk"`
}

// Of is what is known of some people.
func (t TriggerStates) Of(ctx context.Context, ws WorkspaceID, people []contact.ID) ([]TriggerState, error) {
	var list []TriggerState
	for chunk := range slices.Chunk(people, atOnce) {
		var rows []triggerStateRow
		query := t.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Where("contact_id IN (?)", bun.List(chunk)).Order("contact_id", "automation_id")
		if err := t.locking(query).Scan(ctx); err != nil {
			return nil, fmt.Errorf("read triggers of %d people: %w", len(people), err)
		}
		for _, row := range rows {
			list = append(list, TriggerState{row.AutomationID, row.ContactID, row.Holds != 0, row.LookAt})
		}
	}
	return list, nil
}

// Put keeps how triggers stand.
func (t TriggerStates) Put(ctx context.Context, ws WorkspaceID, states []TriggerState) error {
	rows := make([]triggerStateRow, len(states))
	for k, s := range states {
		rows[k] = triggerStateRow{AutomationID: s.Automation, ContactID: s.Contact, WorkspaceID: ws, LookAt: s.LookAt}
		if s.Holds {
			rows[k].Holds = 1
		}
	}
	err := t.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		for chunk := range slices.Chunk(rows, atOnce) {
			_, err := tx.NewInsert().Model(&chunk).On("CONFLICT (automation_id, contact_id) DO UPDATE").
				Set("holds = EXCLUDED.holds").Set("look_at = EXCLUDED.look_at").
				Where("?TableAlias.workspace_id = EXCLUDED.workspace_id").Exec(ctx)
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("keep %d triggers: %w", len(states), err)
	}
	return nil
}

// Forget drops what was seen of a trigger that looks at nobody by itself any more.
func (t TriggerStates) Forget(ctx context.Context, ws WorkspaceID, automation string) error {
	err := t.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewDelete().Model((*triggerStateRow)(nil)).Where("workspace_id = ?", ws).Where("automation_id = ?", automation).Exec(ctx)
		return err
	})
	if err != nil {
		return fmt.Errorf("forget the trigger of %q: %w", automation, err)
	}
	return nil
}

// PersonOf is somebody in a workspace.
type PersonOf struct {
	Workspace WorkspaceID `bun:"workspace_id"`
	Contact   contact.ID  `bun:"contact_id"`
}

// Due is the people for whom time alone may have changed a trigger, and those who were
// touched: of each at most limit, in the order of their names on every database.
func (t TriggerStates) Due(ctx context.Context, now event.Millis, limit int) ([]PersonOf, error) {
	var list []PersonOf
	err := t.read().NewRaw(`SELECT workspace_id, contact_id FROM (SELECT workspace_id, contact_id FROM trigger_states
		WHERE look_at > 0 AND look_at <= ? ORDER BY look_at LIMIT ?) AS looks
		UNION SELECT workspace_id, contact_id FROM (SELECT workspace_id, contact_id FROM act_touched LIMIT ?) AS touched
		ORDER BY workspace_id, contact_id`, now, limit, limit).
		Scan(ctx, &list)
	if err != nil {
		return nil, fmt.Errorf("find triggers that are due: %w", err)
	}
	return list, nil
}

// Touch asks for somebody to be looked at again: whoever changes what conditions speak of
// (properties, tags, scores, consent) calls it in the same transaction. Where nothing acts
// nobody is looked at, and nothing is written.
func (t TriggerStates) Touch(ctx context.Context, ws WorkspaceID, people ...contact.ID) error {
	if len(people) == 0 {
		return nil
	}
	err := t.write(ctx, func(ctx context.Context, tx bun.Tx) error { return touchPeople(ctx, tx, ws, people) })
	if err != nil {
		return fmt.Errorf("touch %d people: %w", len(people), err)
	}
	return nil
}

// somethingActs is true in a workspace in which an automation lets people in or has some
// inside; its argument is the workspace.
const somethingActs = `EXISTS (SELECT 1 FROM automations a WHERE a.workspace_id = ? AND (a.live_version > 0
	OR EXISTS (SELECT 1 FROM journeys j WHERE j.automation_id = a.id AND j.state = 'inside')))`

func touchPeople(ctx context.Context, tx bun.Tx, ws WorkspaceID, people []contact.ID) error {
	var acts bool
	if err := tx.NewRaw("SELECT "+somethingActs, ws).Scan(ctx, &acts); err != nil || !acts {
		return err
	}
	rows := make([]touchedRow, len(people))
	for k, who := range people {
		rows[k] = touchedRow{WorkspaceID: ws, ContactID: who}
	}
	for chunk := range slices.Chunk(rows, atOnce) {
		if _, err := tx.NewInsert().Model(&chunk).On("CONFLICT (workspace_id, contact_id) DO NOTHING").Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}

// touchAddresses touches whose addresses (their keys) these are: what may be sent to them
// has changed.
func touchAddresses(ctx context.Context, tx bun.Tx, ws WorkspaceID, addresses []string) error {
	for chunk := range slices.Chunk(addresses, atOnce) {
		_, err := tx.NewRaw(`INSERT INTO act_touched (workspace_id, contact_id) SELECT workspace_id, contact_id FROM contact_identities
			WHERE workspace_id = ? AND kind = 'address' AND value IN (?) AND `+somethingActs+` ON CONFLICT (workspace_id, contact_id) DO NOTHING`,
			ws, bun.List(chunk), ws).Exec(ctx)
		if err != nil {
			return fmt.Errorf("touch whose addresses these are: %w", err)
		}
	}
	return nil
}

// TouchThose asks for everybody to be looked at again who is inside of some automations or
// was seen by their triggers: what their conditions mean has changed.
func (t TriggerStates) TouchThose(ctx context.Context, ws WorkspaceID, automations []string) error {
	if len(automations) == 0 {
		return nil
	}
	err := t.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewRaw(`INSERT INTO act_touched (workspace_id, contact_id)
			SELECT workspace_id, contact_id FROM trigger_states WHERE workspace_id = ? AND automation_id IN (?)
			UNION SELECT workspace_id, contact_id FROM journeys WHERE workspace_id = ? AND automation_id IN (?) AND state = 'inside'
			ON CONFLICT (workspace_id, contact_id) DO NOTHING`, ws, bun.List(automations), ws, bun.List(automations)).Exec(ctx)
		return err
	})
	if err != nil {
		return fmt.Errorf("touch the people of %d automations: %w", len(automations), err)
	}
	return nil
}

// Looked takes people off the list of those who were touched.
func (t TriggerStates) Looked(ctx context.Context, ws WorkspaceID, people []contact.ID) error {
	err := t.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		for chunk := range slices.Chunk(people, atOnce) {
			if _, err := tx.NewDelete().Model((*touchedRow)(nil)).Where("workspace_id = ?", ws).Where("contact_id IN (?)", bun.List(chunk)).Exec(ctx); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("note that %d people were looked at: %w", len(people), err)
	}
	return nil
}
