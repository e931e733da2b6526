package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"github.com/shirube/shirube/internal/share/alert"
)

// AlertBook is what is remembered of a workspace's alerts.
type AlertBook struct {
	alert.Book
	Version int // counts looks; 0: nobody has looked yet
}

// AlertMessage is one message that was told, as it was said.
type AlertMessage struct {
	ID     string
	ToldAt time.Time
	alert.Letter
	To []string // whom, by the names they had then
}

// Alerts is the repository of what teams are told by themselves.
type Alerts struct{ session }

type alertBookRow struct {
	bun.BaseModel `bun:"table:alert_books"`

	WorkspaceID WorkspaceID `bun:"workspace_id,pk"`
	Version     int         `bun:"version"`
	Body        string      `bun:"body"`
}

type alertMessageRow struct {
	bun.BaseModel `bun:"table:alert_messages"`

	ID          string      `bun:"id,pk"`
	WorkspaceID WorkspaceID `bun:"workspace_id"`
	Body        string      `bun:"body"`
	ToldAt      millis      `bun:"told_at"`
}

// alertBody is a message as it is kept.
type alertBody struct {
	alert.Letter
	To []string `json:"to"`
}

// Bounds: of a book, of a message, and of how many messages are kept: two years of mornings.
const (
	maxAlertBook    = 1 << 20
	maxAlertMessage = 64 << 10
	keptAlerts      = 500
)

// Book is what is remembered; an empty one where nobody has looked yet.
func (a Alerts) Book(ctx context.Context, ws WorkspaceID) (AlertBook, error) {
	var rows []alertBookRow
	if err := a.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Scan(ctx); err != nil {
		return AlertBook{}, fmt.Errorf("read alerts of %q: %w", ws, err)
	}
	if len(rows) == 0 {
		return AlertBook{}, nil
	}
	book := AlertBook{Version: rows[0].Version}
	if err := json.Unmarshal([]byte(rows[0].Body), &book.Book); err != nil {
		return AlertBook{}, fmt.Errorf("read alerts of %q: %w", ws, err)
	}
	return book, nil
}

// Keep keeps a book that was made from the version base, with the message it tells; nil for
// none. The id of the message is its own, or a new one. ErrNotFound without the workspace;
// ErrConflict where somebody else has looked since; ErrTooLong.
func (a Alerts) Keep(ctx context.Context, ws WorkspaceID, base int, book alert.Book, m *AlertMessage) (AlertMessage, error) {
	body, err := json.Marshal(book)
	if err != nil {
		return AlertMessage{}, fmt.Errorf("write alerts of %q: %w", ws, err)
	}
	if err := checkText("alerts", string(body), maxAlertBook); err != nil {
		return AlertMessage{}, err
	}
	row := alertBookRow{WorkspaceID: ws, Version: base + 1, Body: string(body)}
	var kept AlertMessage
	err = a.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := a.touch(ctx, tx, ws, changesRest); err != nil {
			return err
		}
		var newest []alertBookRow
		if err := tx.NewSelect().Model(&newest).Column("version").Where("workspace_id = ?", ws).Scan(ctx); err != nil {
			return err
		}
		if len(newest) > 0 && newest[0].Version != base || len(newest) == 0 && base != 0 {
			known := 0
			if len(newest) > 0 {
				known = newest[0].Version
			}
			return ErrConflict{Base: base, Newest: known}
		}
		_, err := tx.NewInsert().Model(&row).On("CONFLICT (workspace_id) DO UPDATE").
			Set("version = EXCLUDED.version").Set("body = EXCLUDED.body").Exec(ctx)
		if err != nil || m == nil {
			return err
		}
		kept, err = a.add(ctx, tx, ws, *m)
		return err
	})
	if err != nil {
		return AlertMessage{}, fmt.Errorf("keep alerts of %q: %w", ws, err)
	}
	return kept, nil
}

// add keeps a message and lets the oldest go.
func (a Alerts) add(ctx context.Context, tx bun.Tx, ws WorkspaceID, m AlertMessage) (AlertMessage, error) {
	if m.To == nil {
		m.To = []string{}
	}
	body, err := json.Marshal(alertBody{m.Letter, m.To})
	if err != nil {
		return m, err
	}
	if err := checkText("alert", string(body), maxAlertMessage); err != nil {
		return m, err
	}
	if m.ID == "" {
		if m.ID, err = a.db.env.newID(); err != nil {
			return m, err
		}
	}
	row := alertMessageRow{ID: m.ID, WorkspaceID: ws, Body: string(body), ToldAt: a.db.env.time()}
	m.ToldAt = row.ToldAt.Time()
	if _, err := tx.NewInsert().Model(&row).Exec(ctx); err != nil {
		return m, err
	}
	newest := tx.NewSelect().Model((*alertMessageRow)(nil)).Column("id").Where("workspace_id = ?", ws).Order("told_at DESC", "id DESC").Limit(keptAlerts)
	_, err = tx.NewDelete().Model((*alertMessageRow)(nil)).Where("workspace_id = ?", ws).Where("id NOT IN (?)", newest).Exec(ctx)
	return m, err
}

// Messages are what was told, the newest first.
func (a Alerts) Messages(ctx context.Context, ws WorkspaceID, most int) ([]AlertMessage, error) {
	var rows []alertMessageRow
	err := a.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Order("told_at DESC", "id DESC").Limit(int64(most)).Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("list alerts of %q: %w", ws, err)
	}
	list := make([]AlertMessage, len(rows))
	for i, row := range rows {
		var body alertBody
		if err := json.Unmarshal([]byte(row.Body), &body); err != nil {
			return nil, fmt.Errorf("read alert %q: %w", row.ID, err)
		}
		list[i] = AlertMessage{ID: row.ID, ToldAt: row.ToldAt.Time(), Letter: body.Letter, To: body.To}
	}
	return list, nil
}
