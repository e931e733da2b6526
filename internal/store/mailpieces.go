package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/uptrace/bun"
)

// MailPieces is the repository of what people make for mail: senders, templates and
// broadcasts, each in versions that stay as they were.
type MailPieces struct{ session }

// MailKind is what a piece is.
type MailKind string

// The kinds of piece.
const (
	MailSender    MailKind = "sender"
	MailTemplate  MailKind = "template"
	MailBroadcast MailKind = "broadcast"
)

// MailPiece is a piece in one of its versions.
type MailPiece struct {
	ID        string
	Kind      MailKind
	Name      string
	Version   int
	State     string // of a broadcast; "" for the others
	Body      []byte // JSON, checked by whoever wrote it; without any secret
	Author    string // of this version
	HasSecret bool
	CreatedAt time.Time
	UpdatedAt time.Time
}

const maxMailBody = 256 << 10

type mailPieceRow struct {
	bun.BaseModel `bun:"table:mail_pieces"`

	WorkspaceID WorkspaceID `bun:"workspace_id,pk"`
	ID          string      `bun:"id,pk"`
	Kind        MailKind    `bun:"kind"`
	Name        string      `bun:"name"`
	Version     int         `bun:"version"`
	State       string      `bun:"state"`
	Secret      []byte      `bun:"secret"`
	CreatedAt   millis      `bun:"created_at"`
	UpdatedAt   millis      `bun:"updated_at"`
}

type mailVersionRow struct {
	bun.BaseModel `bun:"table:mail_versions"`

	WorkspaceID WorkspaceID `bun:"workspace_id,pk"`
	PieceID     string      `bun:"piece_id,pk"`
	Version     int         `bun:"version,pk"`
	Body        string      `bun:"body"`
	Author      string      `bun:"author"`
	CreatedAt   millis      `bun:"created_at"`
}

type mailPieceWithBody struct {
	mailPieceRow `bun:",extend"`
	Body         string `bun:"body"`
	Author       string `bun:"author"`
	Shown        int    `bun:"shown"`
}

func (r mailPieceWithBody) piece() MailPiece {
	return MailPiece{ID: r.ID, Kind: r.Kind, Name: r.Name, Version: r.Shown, State: r.State, Body: []byte(r.Body), Author: r.Author,
		HasSecret: len(r.Secret) > 0, CreatedAt: r.CreatedAt.Time(), UpdatedAt: r.UpdatedAt.Time()}
}

func checkMailPiece(p MailPiece) error {
	if strings.TrimSpace(p.Name) == "" {
		return errors.New("it has no name")
	}
	for what, text := range map[string]string{"name": p.Name, "kind": string(p.Kind), "author": p.Author, "state": p.State} {
		if err := checkText(what, text, maxNameBytes); err != nil {
			return err
		}
	}
	return checkText("body", string(p.Body), maxMailBody)
}

// Create keeps a piece in its first version; id, version and times are given here.
// ErrNotFound without the workspace; ErrTooLong.
func (m MailPieces) Create(ctx context.Context, ws WorkspaceID, p MailPiece) (MailPiece, error) {
	if err := checkMailPiece(p); err != nil {
		return MailPiece{}, fmt.Errorf("create %s %q: %w", p.Kind, p.Name, err)
	}
	id, err := m.db.env.newID()
	if err != nil {
		return MailPiece{}, fmt.Errorf("create %s %q: %w", p.Kind, p.Name, err)
	}
	now := m.db.env.time()
	row := mailPieceRow{WorkspaceID: ws, ID: id, Kind: p.Kind, Name: p.Name, Version: 1, State: p.State, CreatedAt: now, UpdatedAt: now}
	version := mailVersionRow{WorkspaceID: ws, PieceID: id, Version: 1, Body: string(p.Body), Author: p.Author, CreatedAt: now}
	err = m.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := m.touch(ctx, tx, ws, changesRest); err != nil {
			return err
		}
		if _, err := tx.NewInsert().Model(&row).Exec(ctx); err != nil {
			return err
		}
		_, err := tx.NewInsert().Model(&version).Exec(ctx)
		return err
	})
	if err != nil {
		return MailPiece{}, fmt.Errorf("create %s %q: %w", p.Kind, p.Name, err)
	}
	return mailPieceWithBody{row, version.Body, p.Author, 1}.piece(), nil
}

// Save keeps the next version of a piece. ErrConflict when base is not the newest;
// ErrNotFound; ErrTooLong.
func (m MailPieces) Save(ctx context.Context, ws WorkspaceID, id string, base int, p MailPiece) (MailPiece, error) {
	if err := checkMailPiece(p); err != nil {
		return MailPiece{}, fmt.Errorf("save %q: %w", id, err)
	}
	err := m.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := m.touch(ctx, tx, ws, changesRest); err != nil {
			return err
		}
		row := mailPieceRow{WorkspaceID: ws, ID: id}
		if err := tx.NewSelect().Model(&row).WherePK().Scan(ctx); err != nil {
			if errors.Is(err, sql.ErrNoRows) {
				return ErrNotFound{"mail piece", id}
			}
			return err
		}
		if row.Version != base {
			return ErrConflict{Base: base, Newest: row.Version}
		}
		row.Name, row.Version, row.UpdatedAt = p.Name, base+1, m.db.env.time()
		version := mailVersionRow{WorkspaceID: ws, PieceID: id, Version: row.Version, Body: string(p.Body), Author: p.Author, CreatedAt: row.UpdatedAt}
		if _, err := tx.NewInsert().Model(&version).Exec(ctx); err != nil {
			return err
		}
		_, err := tx.NewUpdate().Model(&row).Column("name", "version", "updated_at").WherePK().Exec(ctx)
		return err
	})
	if err != nil {
		return MailPiece{}, fmt.Errorf("save %q: %w", id, err)
	}
	return m.Get(ctx, ws, id, 0)
}

func (m MailPieces) list(ctx context.Context, ws WorkspaceID, version int, narrow func(*bun.SelectQuery) *bun.SelectQuery) ([]MailPiece, error) {
	var rows []mailPieceWithBody
	q := m.read().NewSelect().TableExpr("mail_pieces AS p").ColumnExpr("p.*").ColumnExpr("v.body, v.author, v.version AS shown").Where("p.workspace_id = ?", ws)
	if version == 0 {
		q = q.Join("JOIN mail_versions AS v ON v.workspace_id = p.workspace_id AND v.piece_id = p.id AND v.version = p.version")
	} else {
		q = q.Join("JOIN mail_versions AS v ON v.workspace_id = p.workspace_id AND v.piece_id = p.id AND v.version = ?", version)
	}
	if err := narrow(q).Order("p.name", "p.id").Scan(ctx, &rows); err != nil {
		return nil, fmt.Errorf("list mail pieces: %w", err)
	}
	list := make([]MailPiece, len(rows))
	for i, row := range rows {
		list[i] = row.piece()
	}
	return list, nil
}

// List is every piece of a kind, by name, in its newest version.
func (m MailPieces) List(ctx context.Context, ws WorkspaceID, kind MailKind) ([]MailPiece, error) {
	return m.list(ctx, ws, 0, func(q *bun.SelectQuery) *bun.SelectQuery { return q.Where("p.kind = ?", kind) })
}

// Get is a piece in a version; 0 is the newest. ErrNotFound.
func (m MailPieces) Get(ctx context.Context, ws WorkspaceID, id string, version int) (MailPiece, error) {
	list, err := m.list(ctx, ws, version, func(q *bun.SelectQuery) *bun.SelectQuery { return q.Where("p.id = ?", id) })
	if err != nil {
		return MailPiece{}, err
	}
	if len(list) == 0 {
		return MailPiece{}, ErrNotFound{"mail piece", id}
	}
	return list[0], nil
}

// Versions is a piece in each of its versions, the newest first. ErrNotFound.
func (m MailPieces) Versions(ctx context.Context, ws WorkspaceID, id string) ([]MailPiece, error) {
	newest, err := m.Get(ctx, ws, id, 0)
	if err != nil {
		return nil, err
	}
	var rows []mailVersionRow
	err = m.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Where("piece_id = ?", id).Order("version DESC").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("list versions of %q: %w", id, err)
	}
	list := make([]MailPiece, len(rows))
	for i, row := range rows {
		list[i] = newest
		list[i].Version, list[i].Body, list[i].Author, list[i].UpdatedAt = row.Version, []byte(row.Body), row.Author, row.CreatedAt.Time()
	}
	return list, nil
}

// Move changes the state of a broadcast, if it still is what whoever asks believes: a
// broadcast is begun once however often the button is pressed. ErrConflict; ErrNotFound.
func (m MailPieces) Move(ctx context.Context, ws WorkspaceID, id, from, to string) error {
	return m.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		n, err := affected(tx.NewUpdate().Model((*mailPieceRow)(nil)).Set("state = ?", to).Set("updated_at = ?", m.db.env.time()).
			Where("workspace_id = ?", ws).Where("id = ?", id).Where("state = ?", from).Exec(ctx))
		if err != nil {
			return fmt.Errorf("move broadcast %q: %w", id, err)
		}
		if n > 0 {
			return nil
		}
		there, err := tx.NewSelect().Model((*mailPieceRow)(nil)).Where("workspace_id = ?", ws).Where("id = ?", id).Exists(ctx)
		if err != nil {
			return fmt.Errorf("move broadcast %q: %w", id, err)
		}
		if there {
			return ErrConflict{}
		}
		return ErrNotFound{"mail piece", id}
	})
}

// MailDue is a broadcast that is in a state in which time moves it on.
type MailDue struct {
	Workspace WorkspaceID
	MailPiece
}

// Moving is every broadcast of every workspace that is in one of the states: whoever
// begins what was planned asks for it.
func (m MailPieces) Moving(ctx context.Context, states ...string) ([]MailDue, error) {
	var rows []mailPieceWithBody
	err := m.read().NewSelect().TableExpr("mail_pieces AS p").ColumnExpr("p.*").ColumnExpr("v.body, v.author, v.version AS shown").
		Join("JOIN mail_versions AS v ON v.workspace_id = p.workspace_id AND v.piece_id = p.id AND v.version = p.version").
		Where("p.kind = ?", MailBroadcast).Where("p.state IN (?)", bun.List(states)).Order("p.workspace_id", "p.id").Scan(ctx, &rows)
	if err != nil {
		return nil, fmt.Errorf("list broadcasts: %w", err)
	}
	list := make([]MailDue, len(rows))
	for i, row := range rows {
		list[i] = MailDue{row.WorkspaceID, row.piece()}
	}
	return list, nil
}

// SetSecret keeps the sealed secret of a sender; nil takes it out. ErrNotFound; ErrTooLong.
func (m MailPieces) SetSecret(ctx context.Context, ws WorkspaceID, id string, sealed []byte) error {
	if len(sealed) > maxSealedBytes {
		return ErrTooLong{What: "secret", Bytes: len(sealed), Limit: maxSealedBytes}
	}
	return m.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		n, err := affected(tx.NewUpdate().Model((*mailPieceRow)(nil)).Set("secret = ?", sealed).Where("workspace_id = ?", ws).Where("id = ?", id).Exec(ctx))
		return changedMailPiece(n, err, id)
	})
}

func changedMailPiece(n int64, err error, id string) error {
	if err != nil {
		return fmt.Errorf("change mail piece %q: %w", id, err)
	}
	if n == 0 {
		return ErrNotFound{"mail piece", id}
	}
	return nil
}

// Secret is the sealed secret of a sender; nil where there is none. ErrNotFound.
func (m MailPieces) Secret(ctx context.Context, ws WorkspaceID, id string) ([]byte, error) {
	row := mailPieceRow{WorkspaceID: ws, ID: id}
	if err := m.read().NewSelect().Model(&row).WherePK().Scan(ctx); err != nil {
		if errors.Is(err, sql.ErrNoRows) {
			return nil, ErrNotFound{"mail piece", id}
		}
		return nil, fmt.Errorf("read the secret of %q: %w", id, err)
	}
	return row.Secret, nil
}

// Delete forgets a piece with its versions and its secret. ErrNotFound.
func (m MailPieces) Delete(ctx context.Context, ws WorkspaceID, id string) error {
	return m.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		n, err := affected(tx.NewDelete().Model((*mailPieceRow)(nil)).Where("workspace_id = ?", ws).Where("id = ?", id).Exec(ctx))
		return changedMailPiece(n, err, id)
	})
}

// Key signs the addresses in a workspace's mails; it is made when first asked for, and
// stays: an address to refuse must work years later.
func (m MailPieces) Key(ctx context.Context, ws WorkspaceID) ([]byte, error) {
	read := func(from bun.IDB) ([]byte, error) {
		var keys [][]byte
		err := from.NewSelect().TableExpr("mail_keys").Column("secret").Where("workspace_id = ?", ws).Scan(ctx, &keys)
		if err != nil || len(keys) == 0 {
			return nil, err
		}
		return keys[0], nil
	}
	key, err := read(m.read())
	if err != nil || key != nil {
		return key, err
	}
	made, err := m.db.env.randomBytes(32)
	if err != nil {
		return nil, fmt.Errorf("make the key of mails of %q: %w", ws, err)
	}
	err = m.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := m.touch(ctx, tx, ws, changesRest); err != nil {
			return err
		}
		if _, err := tx.NewRaw("INSERT INTO mail_keys (workspace_id, secret) VALUES (?, ?) ON CONFLICT (workspace_id) DO NOTHING", ws, made).Exec(ctx); err != nil {
			return err
		}
		key, err = read(tx) // of whoever was first
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("make the key of mails of %q: %w", ws, err)
	}
	return key, nil
}
