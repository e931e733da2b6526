package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/uptrace/bun"
)

// WriteKeyID names a write key; events keep it.
type WriteKeyID string

// Kinds of write keys.
const (
	BrowserKey = "browser" // stands in the pages of a website
	ServerKey  = "server"  // used by programs of the team
)

// WriteKey is what events are sent with: it says to which workspace they belong. It
// is public by nature and opens nothing else.
type WriteKey struct {
	ID        WriteKeyID
	Workspace WorkspaceID
	Key       string
	Kind      string
	Name      string
	Origins   []string // websites it may be used on ("https://www.example.co.jp"); empty = any
	CreatedAt time.Time
	RevokedAt time.Time // zero = works
}

// NewWriteKey is what is said about a write key when it is made.
type NewWriteKey struct {
	Key, Kind, Name string
	Origins         []string
}

// WriteKeys is the repository of write keys.
type WriteKeys struct{ session }

type writeKeyRow struct {
	bun.BaseModel `bun:"table:write_keys"`

	ID          WriteKeyID  `bun:"id,pk"`
	WorkspaceID WorkspaceID `bun:"workspace_id"`
	Key         string      `bun:"key"`
	Kind        string      `bun:"kind"`
	Name        string      `bun:"name"`
	Origins     string      `bun:"origins"`
	CreatedAt   millis      `bun:"created_at"`
	RevokedAt   *millis     `bun:"revoked_at"`
}

func (r writeKeyRow) writeKey() (WriteKey, error) {
	k := WriteKey{
		ID: r.ID, Workspace: r.WorkspaceID, Key: r.Key, Kind: r.Kind, Name: r.Name,
		CreatedAt: r.CreatedAt.Time(), RevokedAt: r.RevokedAt.optionalTime(),
	}
	if err := json.Unmarshal([]byte(r.Origins), &k.Origins); err != nil {
		return WriteKey{}, fmt.Errorf("read write key %q: %w", r.ID, err)
	}
	return k, nil
}

func writeKeysOf(rows []writeKeyRow) ([]WriteKey, error) {
	list := make([]WriteKey, len(rows))
	for i, row := range rows {
		key, err := row.writeKey()
		if err != nil {
			return nil, err
		}
		list[i] = key
	}
	return list, nil
}

// Create adds a key. ErrNotFound without the workspace; ErrTooLong.
func (k WriteKeys) Create(ctx context.Context, ws WorkspaceID, new NewWriteKey) (WriteKey, error) {
	for what, text := range map[string]string{"key": new.Key, "kind": new.Kind, "name": new.Name} {
		if err := checkText(what, text, maxNameBytes); err != nil {
			return WriteKey{}, fmt.Errorf("create write key of %q: %w", ws, err)
		}
	}
	row := writeKeyRow{WorkspaceID: ws, Key: new.Key, Kind: new.Kind, Name: new.Name, CreatedAt: k.db.env.time()}
	id, err := k.db.env.newID()
	if err != nil {
		return WriteKey{}, fmt.Errorf("create write key of %q: %w", ws, err)
	}
	row.ID = WriteKeyID(id)
	if row.Origins, err = jsonList(new.Origins); err != nil {
		return WriteKey{}, fmt.Errorf("create write key of %q: %w", ws, err)
	}
	err = k.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := k.touch(ctx, tx, ws, changesRest); err != nil {
			return err
		}
		_, err := tx.NewInsert().Model(&row).Exec(ctx)
		return err
	})
	if err != nil {
		return WriteKey{}, fmt.Errorf("create write key of %q: %w", ws, err)
	}
	return row.writeKey()
}

// jsonList is a list of texts as a column holds it.
func jsonList(list []string) (string, error) {
	if list == nil {
		list = []string{}
	}
	text, err := json.Marshal(list)
	if err != nil {
		return "", err
	}
	return string(text), checkText("list", string(text), 8<<10)
}

// List is every key of the workspace, oldest first and those of websites before those of servers, revoked ones included.
func (k WriteKeys) List(ctx context.Context, ws WorkspaceID) ([]WriteKey, error) {
	var rows []writeKeyRow
	if err := k.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Order("created_at", "kind", "id").Scan(ctx); err != nil {
		return nil, fmt.Errorf("list write keys of %q: %w", ws, err)
	}
	return writeKeysOf(rows)
}

// Active is every key of every workspace that works. It is what events are let in
// by, so it is asked often and kept in memory by whoever asks.
func (k WriteKeys) Active(ctx context.Context) ([]WriteKey, error) {
	var rows []writeKeyRow
	if err := k.read().NewSelect().Model(&rows).Where("revoked_at IS NULL").Scan(ctx); err != nil {
		return nil, fmt.Errorf("list write keys: %w", err)
	}
	return writeKeysOf(rows)
}

// Revoke ends a key for good; revoking again keeps the first time. ErrNotFound.
func (k WriteKeys) Revoke(ctx context.Context, ws WorkspaceID, id WriteKeyID) error {
	return k.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		n, err := affected(tx.NewUpdate().Model((*writeKeyRow)(nil)).Set("revoked_at = COALESCE(revoked_at, ?)", k.db.env.time()).
			Where("workspace_id = ?", ws).Where("id = ?", id).Exec(ctx))
		if err != nil {
			return fmt.Errorf("revoke write key %q: %w", id, err)
		}
		if n == 0 {
			return ErrNotFound{"write key", string(id)}
		}
		return nil
	})
}
