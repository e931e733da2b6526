package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// ConnectionID names a connection.
type ConnectionID string

// Connection is where numbers are fetched from on a schedule. Its secret is not in it:
// Connections.Secret gives it out, sealed.
type Connection struct {
	ID        ConnectionID
	Workspace WorkspaceID
	NewConnection
	HasSecret bool
	CreatedAt time.Time

	Progress    map[string]SourceProgress // by source of the model
	NextRun     time.Time
	LastRun     time.Time // zero = never
	LastSuccess time.Time
	Failures    int        // one after another
	Failure     RunFailure // of the last run; zero after a good one
	Running     bool       // a lease is held
}

// NewConnection is what a person decides.
type NewConnection struct {
	Name     string // unique in the workspace; does not change
	Kind     string
	Settings []byte // JSON without any secret
	Schedule string // "hourly" or "daily 06:30"
	Window   int    // the last days fetched again each time
	Since    series.Day
	Paused   bool
	Author   string
}

// SourceProgress is how far one source of the model has come.
type SourceProgress struct {
	Reading string     `json:"reading"` // how the source was read then
	Through series.Day `json:"through"` // the last day fetched
}

// RunFailure is why nothing was fetched; the zero value is none.
type RunFailure struct {
	Code string
	What words.Text
}

// ConnectionRun is one fetching.
type ConnectionRun struct {
	Started, Ended time.Time
	Days           series.Span // asked for; empty where no days are
	Rows           int
	RowDays        int // days with a row
	Failure        RunFailure
	Notes          []words.Text
}

// Connections is the repository of connections.
type Connections struct{ session }

// Bounds: of settings, of a sealed secret, and of the history that is kept.
const (
	maxSettingsBytes = 64 << 10
	maxSealedBytes   = 128 << 10
	keptRuns         = 50
)

type connectionRow struct {
	bun.BaseModel `bun:"table:connections"`

	ID          ConnectionID `bun:"id,pk"`
	WorkspaceID WorkspaceID  `bun:"workspace_id"`
	Name        string       `bun:"name"`
	Kind        string       `bun:"kind"`
	Settings    string       `bun:"settings"`
	Secret      []byte       `bun:"secret"`
	Schedule    string       `bun:"schedule"`
	WindowDays  int          `bun:"window_days"`
	Since       series.Day   `bun:"since"`
	Paused      bool         `bun:"paused"`
	Author      string       `bun:"author"`
	CreatedAt   millis       `bun:"created_at"`
	Progress    string       `bun:"progress"`
	NextRun     millis       `bun:"next_run"`
	LastRun     *millis      `bun:"last_run"`
	LastSuccess *millis      `bun:"last_success"`
	Failures    int          `bun:"failures"`
	FailureCode string       `bun:"failure_code"`
	FailureJA   string       `bun:"failure_ja"`
	FailureEN   string       `bun:"failure_en"`
	Lease       string       `bun:"lease"`
	LeaseUntil  millis       `bun:"lease_until"`
}

func (r connectionRow) connection(now millis) (Connection, error) {
	c := Connection{
		ID: r.ID, Workspace: r.WorkspaceID, HasSecret: len(r.Secret) > 0, CreatedAt: r.CreatedAt.Time(),
		NewConnection: NewConnection{
			Name: r.Name, Kind: r.Kind, Settings: []byte(r.Settings), Schedule: r.Schedule, Window: r.WindowDays, Since: r.Since, Paused: r.Paused, Author: r.Author,
		},
		NextRun: r.NextRun.Time(), LastRun: r.LastRun.optionalTime(), LastSuccess: r.LastSuccess.optionalTime(), Failures: r.Failures,
		Failure: RunFailure{Code: r.FailureCode, What: words.Text{JA: r.FailureJA, EN: r.FailureEN}},
		Running: r.Lease != "" && r.LeaseUntil > now,
	}
	if err := json.Unmarshal([]byte(r.Progress), &c.Progress); err != nil {
		return Connection{}, fmt.Errorf("read connection %q: %w", r.ID, err)
	}
	return c, nil
}

func (c Connections) list(ctx context.Context, narrow func(*bun.SelectQuery) *bun.SelectQuery) ([]Connection, error) {
	var rows []connectionRow
	if err := narrow(c.read().NewSelect().Model(&rows)).Order("name", "id").Scan(ctx); err != nil {
		return nil, fmt.Errorf("list connections: %w", err)
	}
	list := make([]Connection, len(rows))
	for i, row := range rows {
		var err error
		if list[i], err = row.connection(c.db.env.time()); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// List is every connection of a workspace, by name.
func (c Connections) List(ctx context.Context, ws WorkspaceID) ([]Connection, error) {
	return c.list(ctx, func(q *bun.SelectQuery) *bun.SelectQuery { return q.Where("workspace_id = ?", ws) })
}

// All is every connection of every workspace: whoever fetches asks for it.
func (c Connections) All(ctx context.Context) ([]Connection, error) {
	return c.list(ctx, func(q *bun.SelectQuery) *bun.SelectQuery { return q })
}

// Get is one connection. ErrNotFound.
func (c Connections) Get(ctx context.Context, ws WorkspaceID, id ConnectionID) (Connection, error) {
	list, err := c.list(ctx, func(q *bun.SelectQuery) *bun.SelectQuery { return q.Where("workspace_id = ?", ws).Where("id = ?", id) })
	if err != nil {
		return Connection{}, err
	}
	if len(list) == 0 {
		return Connection{}, ErrNotFound{"connection", string(id)}
	}
	return list[0], nil
}

// Create adds a connection without a secret, to be run at once. ErrNotFound without the
// workspace; ErrExists; ErrTooLong.
func (c Connections) Create(ctx context.Context, ws WorkspaceID, new NewConnection) (Connection, error) {
	if err := new.check(); err != nil {
		return Connection{}, fmt.Errorf("create connection %q: %w", new.Name, err)
	}
	id, err := c.db.env.newID()
	if err != nil {
		return Connection{}, fmt.Errorf("create connection %q: %w", new.Name, err)
	}
	now := c.db.env.time()
	row := connectionRow{
		ID: ConnectionID(id), WorkspaceID: ws, Name: new.Name, Kind: new.Kind, Settings: string(new.Settings), Schedule: new.Schedule, WindowDays: new.Window,
		Since: new.Since, Paused: new.Paused, Author: new.Author, CreatedAt: now, Progress: "{}", NextRun: now,
	}
	err = c.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := c.touch(ctx, tx, ws, changesRest); err != nil {
			return err
		}
		// The workspace's row is held now, so no other can come between.
		taken, err := tx.NewSelect().Model((*connectionRow)(nil)).Where("workspace_id = ?", ws).Where("name = ?", new.Name).Exists(ctx)
		if err != nil {
			return err
		}
		if taken {
			return ErrExists{"connection", new.Name}
		}
		_, err = tx.NewInsert().Model(&row).Exec(ctx)
		return err
	})
	if err != nil {
		return Connection{}, fmt.Errorf("create connection %q: %w", new.Name, err)
	}
	return row.connection(now)
}

func (n NewConnection) check() error {
	for what, text := range map[string]string{"name": n.Name, "kind": n.Kind, "schedule": n.Schedule, "author": n.Author} {
		if err := checkText(what, text, maxNameBytes); err != nil {
			return err
		}
	}
	if strings.TrimSpace(n.Name) == "" {
		return fmt.Errorf("a connection has no name")
	}
	return checkText("settings", string(n.Settings), maxSettingsBytes)
}

// Update changes what a person decided; the name and the kind stay. What failed is
// forgotten and it runs at once; with restart everything is fetched anew from Since on.
// ErrNotFound; ErrTooLong.
func (c Connections) Update(ctx context.Context, ws WorkspaceID, id ConnectionID, to NewConnection, restart bool) error {
	to.Name = "-"
	if err := to.check(); err != nil {
		return fmt.Errorf("change connection %q: %w", id, err)
	}
	return c.change(ctx, ws, id, func(q *bun.UpdateQuery) *bun.UpdateQuery {
		if restart {
			q = q.Set("progress = ?", "{}")
		}
		return q.Set("settings = ?", string(to.Settings)).Set("schedule = ?", to.Schedule).Set("window_days = ?", to.Window).
			Set("since = ?", to.Since).Set("paused = ?", to.Paused).Set("failures = 0").Set("next_run = ?", c.db.env.time())
	})
}

// SetSecret keeps a sealed secret; nil takes it out. ErrNotFound; ErrTooLong.
func (c Connections) SetSecret(ctx context.Context, ws WorkspaceID, id ConnectionID, sealed []byte) error {
	if len(sealed) > maxSealedBytes {
		return ErrTooLong{What: "secret", Bytes: len(sealed), Limit: maxSealedBytes}
	}
	return c.change(ctx, ws, id, func(q *bun.UpdateQuery) *bun.UpdateQuery { return q.Set("secret = ?", sealed) })
}

// Secret is the sealed secret; nil where there is none. ErrNotFound.
func (c Connections) Secret(ctx context.Context, ws WorkspaceID, id ConnectionID) ([]byte, error) {
	var rows []connectionRow
	if err := c.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Where("id = ?", id).Scan(ctx); err != nil {
		return nil, fmt.Errorf("read connection %q: %w", id, err)
	}
	if len(rows) == 0 {
		return nil, ErrNotFound{"connection", string(id)}
	}
	return rows[0].Secret, nil
}

// Wake lets a connection run at once. ErrNotFound.
func (c Connections) Wake(ctx context.Context, ws WorkspaceID, id ConnectionID) error {
	return c.change(ctx, ws, id, func(q *bun.UpdateQuery) *bun.UpdateQuery {
		return q.Set("next_run = ?", c.db.env.time()).Set("failures = 0")
	})
}

// Delete forgets a connection with its secret and its history; what it brought stays.
// ErrNotFound.
func (c Connections) Delete(ctx context.Context, ws WorkspaceID, id ConnectionID) error {
	return c.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		n, err := affected(tx.NewDelete().Model((*connectionRow)(nil)).Where("workspace_id = ?", ws).Where("id = ?", id).Exec(ctx))
		return changedConnection(n, err, id)
	})
}

func (c Connections) change(ctx context.Context, ws WorkspaceID, id ConnectionID, set func(*bun.UpdateQuery) *bun.UpdateQuery) error {
	return c.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		n, err := affected(set(tx.NewUpdate().Model((*connectionRow)(nil))).Where("workspace_id = ?", ws).Where("id = ?", id).Exec(ctx))
		return changedConnection(n, err, id)
	})
}

func changedConnection(n int64, err error, id ConnectionID) error {
	if err != nil {
		return fmt.Errorf("change connection %q: %w", id, err)
	}
	if n == 0 {
		return ErrNotFound{"connection", string(id)}
	}
	return nil
}
