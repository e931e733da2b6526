package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect"

	"github.com/shirube/shirube/internal/event"
)

// Catalogue is the repository of what is seen in the events: names and write
// keys in use. It is the effect of one reader of the inbox, whose place moves in
// the same transaction.
type Catalogue struct{ session }

// Limits of the catalogue.
const (
	// MaxEventNames is how many names of a kind a workspace keeps apart; what
	// comes after them is counted together, under the name "".
	MaxEventNames   = 10_000
	maxEventName    = 500 // bytes
	catalogueAtOnce = 500 // rows of one statement
)

type eventNameRow struct {
	bun.BaseModel `bun:"table:event_names"`

	WorkspaceID WorkspaceID `bun:"workspace_id,pk"`
	Kind        event.Kind  `bun:"kind,pk"`
	Name        string      `bun:"name,pk"`
	Count       int64       `bun:"count"`
	FirstSeen   millis      `bun:"first_seen"`
	LastSeen    millis      `bun:"last_seen"`
}

type keyActivityRow struct {
	bun.BaseModel `bun:"table:write_key_activity"`

	WorkspaceID WorkspaceID `bun:"workspace_id,pk"`
	KeyID       string      `bun:"key_id,pk"`
	Count       int64       `bun:"count"`
	FirstSeen   millis      `bun:"first_seen"`
	LastSeen    millis      `bun:"last_seen"`
}

// Note adds what was seen in the batches after from up to to, and moves the
// reader there: all of it or nothing. Sightings of workspaces that are gone are
// left out. ErrConflict when the reader is not at from.
func (c Catalogue) Note(ctx context.Context, reader string, from, to int64, seen event.Sightings) error {
	err := c.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := (Inbox{session{c.db, &tx}}).Advance(ctx, reader, from, to); err != nil {
			return err
		}
		alive, err := aliveWorkspaces(ctx, tx, seen)
		if err != nil {
			return err
		}
		if err := noteNames(ctx, tx, alive, seen.Names); err != nil {
			return err
		}
		if err := noteKeys(ctx, tx, alive, seen.Keys); err != nil {
			return err
		}
		return noteFingerprints(ctx, tx, to, seen)
	})
	if err != nil {
		return fmt.Errorf("note what was seen up to batch %d: %w", to, err)
	}
	return nil
}

// aliveWorkspaces is those of the workspaces that exist, held until the end of
// the transaction.
func aliveWorkspaces(ctx context.Context, tx bun.Tx, seen event.Sightings) (map[WorkspaceID]bool, error) {
	asked := map[WorkspaceID]bool{}
	for _, n := range seen.Names {
		asked[WorkspaceID(n.Workspace)] = true
	}
	for _, k := range seen.Keys {
		asked[WorkspaceID(k.Workspace)] = true
	}
	if len(asked) == 0 {
		return nil, nil
	}
	ids := make([]WorkspaceID, 0, len(asked))
	for id := range asked {
		ids = append(ids, id)
	}
	slices.Sort(ids) // always in one order, so that two transactions do not wait for each other
	query := tx.NewSelect().Model((*workspaceRow)(nil)).Column("id").Where("id IN (?)", bun.List(ids)).Order("id")
	if tx.Dialect().Name() == dialect.PG {
		query = query.For("KEY SHARE") // on SQLite this transaction is the only one that writes
	}
	var found []WorkspaceID
	if err := query.Scan(ctx, &found); err != nil {
		return nil, fmt.Errorf("find workspaces: %w", err)
	}
	alive := make(map[WorkspaceID]bool, len(found))
	for _, id := range found {
		alive[id] = true
	}
	return alive, nil
}

// namesOf is what belongs to one list of names with its own limit.
type namesOf struct {
	workspace WorkspaceID
	kind      event.Kind
}

func noteNames(ctx context.Context, tx bun.Tx, alive map[WorkspaceID]bool, seen []event.NameSeen) error {
	lists := map[namesOf][]event.NameSeen{}
	for _, n := range seen {
		if of := (namesOf{WorkspaceID(n.Workspace), n.Kind}); alive[of.workspace] {
			n.Name = storable(n.Name, maxEventName)
			lists[of] = append(lists[of], n)
		}
	}
	var rows []eventNameRow
	for of, list := range lists {
		known, room, err := roomForNames(ctx, tx, of, list)
		if err != nil {
			return fmt.Errorf("count names of %q: %w", of.workspace, err)
		}
		merged := map[string]*eventNameRow{}
		for _, n := range list {
			name := n.Name
			if merged[name] == nil && known != nil && !known[name] {
				if room > 0 {
					room--
				} else {
					name = ""
				}
			}
			row := merged[name]
			if row == nil {
				row = &eventNameRow{WorkspaceID: of.workspace, Kind: of.kind, Name: name, FirstSeen: millis(n.First), LastSeen: millis(n.Last)}
				merged[name] = row
			}
			row.Count += n.Count
			row.FirstSeen, row.LastSeen = min(row.FirstSeen, millis(n.First)), max(row.LastSeen, millis(n.Last))
		}
		for _, row := range merged {
			rows = append(rows, *row)
		}
	}
	slices.SortFunc(rows, func(a, b eventNameRow) int {
		return cmp.Or(strings.Compare(string(a.WorkspaceID), string(b.WorkspaceID)), cmp.Compare(a.Kind, b.Kind), strings.Compare(a.Name, b.Name))
	})
	for chunk := range slices.Chunk(rows, catalogueAtOnce) {
		if _, err := addSightings(tx.NewInsert().Model(&chunk).On("CONFLICT (workspace_id, kind, name) DO UPDATE")).Exec(ctx); err != nil {
			return fmt.Errorf("note names: %w", err)
		}
	}
	return nil
}

// addSightings adds a row to the one that is there.
func addSightings(insert *bun.InsertQuery) *bun.InsertQuery {
	lower, higher := "MIN", "MAX"
	if insert.Dialect().Name() == dialect.PG {
		lower, higher = "LEAST", "GREATEST"
	}
	return insert.
		Set("count = ?TableAlias.count + EXCLUDED.count").
		Set("first_seen = ?(?TableAlias.first_seen, EXCLUDED.first_seen)", bun.Safe(lower)).
		Set("last_seen = ?(?TableAlias.last_seen, EXCLUDED.last_seen)", bun.Safe(higher))
}

// roomForNames is which of the names are known, and how many more there may be;
// known is nil where there is room for all of them anyway.
func roomForNames(ctx context.Context, tx bun.Tx, of namesOf, list []event.NameSeen) (known map[string]bool, room int, err error) {
	ofList := func() *bun.SelectQuery {
		return tx.NewSelect().Model((*eventNameRow)(nil)).
			Where("workspace_id = ?", of.workspace).Where("kind = ?", of.kind).Where("name <> ''")
	}
	held, err := ofList().Count(ctx)
	if err != nil || int(held)+len(list) <= MaxEventNames {
		return nil, 0, err
	}
	names := make([]string, len(list))
	for i, n := range list {
		names[i] = n.Name
	}
	known = map[string]bool{"": true}
	for chunk := range slices.Chunk(names, catalogueAtOnce) {
		var found []string
		if err := ofList().Column("name").Where("name IN (?)", bun.List(chunk)).Scan(ctx, &found); err != nil {
			return nil, 0, err
		}
		for _, name := range found {
			known[name] = true
		}
	}
	return known, max(0, MaxEventNames-int(held)), nil
}

func noteKeys(ctx context.Context, tx bun.Tx, alive map[WorkspaceID]bool, seen []event.KeySeen) error {
	var rows []keyActivityRow
	for _, k := range seen {
		if ws := WorkspaceID(k.Workspace); alive[ws] {
			rows = append(rows, keyActivityRow{WorkspaceID: ws, KeyID: storable(k.Key, maxEventName), Count: k.Count, FirstSeen: millis(k.First), LastSeen: millis(k.Last)})
		}
	}
	slices.SortFunc(rows, func(a, b keyActivityRow) int {
		return cmp.Or(strings.Compare(string(a.WorkspaceID), string(b.WorkspaceID)), strings.Compare(a.KeyID, b.KeyID))
	})
	for chunk := range slices.Chunk(rows, catalogueAtOnce) {
		if _, err := addSightings(tx.NewInsert().Model(&chunk).On("CONFLICT (workspace_id, key_id) DO UPDATE")).Exec(ctx); err != nil {
			return fmt.Errorf("note activity of write keys: %w", err)
		}
	}
	return nil
}

// EventNames is the names of a kind seen in a workspace, most often first; what
// came after the limit is among them under the name "".
func (c Catalogue) EventNames(ctx context.Context, ws WorkspaceID, kind event.Kind, limit int) ([]event.NameSeen, error) {
	var rows []eventNameRow
	err := c.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Where("kind = ?", kind).
		Order("count DESC", "name").Limit(int64(limit)).Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("list event names of %q: %w", ws, err)
	}
	list := make([]event.NameSeen, len(rows))
	for i, r := range rows {
		list[i] = event.NameSeen{Workspace: event.Workspace(r.WorkspaceID), Kind: r.Kind, Name: r.Name, Count: r.Count, First: event.Millis(r.FirstSeen), Last: event.Millis(r.LastSeen)}
	}
	return list, nil
}

// KeyActivity is what came in with each write key of a workspace, by key.
func (c Catalogue) KeyActivity(ctx context.Context, ws WorkspaceID) ([]event.KeySeen, error) {
	var rows []keyActivityRow
	if err := c.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Order("key_id").Scan(ctx); err != nil {
		return nil, fmt.Errorf("list activity of write keys of %q: %w", ws, err)
	}
	list := make([]event.KeySeen, len(rows))
	for i, r := range rows {
		list[i] = event.KeySeen{Workspace: event.Workspace(r.WorkspaceID), Key: r.KeyID, Count: r.Count, First: event.Millis(r.FirstSeen), Last: event.Millis(r.LastSeen)}
	}
	return list, nil
}

// storable is a text that both databases can hold and index, cut to a length.
func storable(text string, limit int) string {
	text = strings.ReplaceAll(strings.ToValidUTF8(text, "�"), "\x00", "�")
	if len(text) <= limit {
		return text
	}
	text = text[:limit]
	for !utf8.ValidString(text) {
		text = text[:len(text)-1]
	}
	return text
}
