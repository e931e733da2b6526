package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/uptrace/bun"

	"github.com/shirube/shirube/internal/share/audit"
)

// AuditCursor is a place in the record: what is older comes after it. Zero is the newest.
type AuditCursor struct {
	At time.Time
	ID string
}

// AuditQuery says which entries are looked for; zero fields say nothing.
type AuditQuery struct {
	After      AuditCursor
	From, To   time.Time // at or after, and before
	Actor      string    // id
	Area       audit.Area
	Operations []string
	Limit      int // at most MostAudit, which is also what zero stands for
}

// MostAudit is how many entries are read at once.
const MostAudit = 500

// Audit is the repository of what was changed, by whom. Entries are written by the
// transactions that change something (WithTrail), and only ever completed and forgotten.
type Audit struct{ session }

type auditRow struct {
	bun.BaseModel `bun:"table:audit"`

	WorkspaceID WorkspaceID `bun:"workspace_id,pk"`
	ID          string      `bun:"id,pk"`
	At          millis      `bun:"at"`
	ActorKind   string      `bun:"actor_kind"`
	ActorID     string      `bun:"actor_id"`
	Actor       string      `bun:"actor"`
	Role        string      `bun:"role"`
	Area        string      `bun:"area"`
	Operation   string      `bun:"operation"`
	Subject     string      `bun:"subject"`
	SubjectName string      `bun:"subject_name"`
	Request     string      `bun:"request"`
	Changes     string      `bun:"changes"`
}

func (r auditRow) entry() (audit.Entry, error) {
	e := audit.Entry{
		ID: r.ID, At: r.At.Time(), Area: audit.Area(r.Area), Operation: r.Operation, Subject: r.Subject, SubjectName: r.SubjectName, Request: r.Request,
		Actor: audit.Actor{Kind: audit.ActorKind(r.ActorKind), ID: r.ActorID, Name: r.Actor, Role: r.Role},
	}
	if r.Changes == "" {
		return e, nil
	}
	if err := json.Unmarshal([]byte(r.Changes), &e.Changes); err != nil {
		return e, fmt.Errorf("read changes of %q: %w", r.ID, err)
	}
	return e, nil
}

func auditRowOf(ws WorkspaceID, e audit.Entry) (auditRow, error) {
	row := auditRow{
		WorkspaceID: ws, ID: e.ID, At: millis(e.At.UnixMilli()), ActorKind: string(e.Actor.Kind), ActorID: e.Actor.ID,
		Actor: cutText(e.Actor.Name, maxNameBytes), Role: e.Actor.Role, Area: string(e.Area), Operation: e.Operation,
		Subject: cutText(e.Subject, maxNameBytes), SubjectName: cutText(e.SubjectName, maxNameBytes), Request: e.Request,
	}
	if !e.Changes.Read {
		return row, nil
	}
	text, err := json.Marshal(e.Changes)
	if err != nil {
		return row, fmt.Errorf("write changes of %q: %w", e.ID, err)
	}
	row.Changes = string(text)
	return row, checkText("changes", row.Changes, maxDocumentBytes)
}

// cutText is a text as it can be kept: its beginning, where it is too long.
func cutText(text string, most int) string {
	text = strings.ReplaceAll(strings.ToValidUTF8(text, ""), "\x00", "")
	for len(text) > most {
		_, size := utf8.DecodeLastRuneInString(text)
		text = text[:len(text)-size]
	}
	return text
}

// Add keeps an entry as it is, for what is planted and what is made known afterwards; an
// entry without an id gets one. ErrNotFound without the workspace.
func (a Audit) Add(ctx context.Context, ws WorkspaceID, e audit.Entry) (audit.Entry, error) {
	if e.ID == "" {
		id, err := a.db.env.newID()
		if err != nil {
			return e, fmt.Errorf("record %s: %w", e.Operation, err)
		}
		e.ID = id
	}
	row, err := auditRowOf(ws, e)
	if err != nil {
		return e, err
	}
	err = a.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		there, err := tx.NewSelect().Model((*workspaceRow)(nil)).Where("id = ?", ws).Exists(ctx)
		if err != nil {
			return err
		}
		if !there {
			return ErrNotFound{"workspace", string(ws)}
		}
		_, err = tx.NewInsert().Model(&row).On("CONFLICT DO NOTHING").Exec(ctx)
		return err
	})
	if err != nil {
		return e, fmt.Errorf("record %s: %w", e.Operation, err)
	}
	return e, nil
}

// Complete adds to an entry what it is about and what became of it. ErrNotFound.
func (a Audit) Complete(ctx context.Context, ws WorkspaceID, e audit.Entry) error {
	row, err := auditRowOf(ws, e)
	if err != nil {
		return err
	}
	return a.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		n, err := affected(tx.NewUpdate().Model(&row).Column("subject", "subject_name", "changes").WherePK().Exec(ctx))
		if err != nil {
			return fmt.Errorf("complete the record of %s: %w", e.Operation, err)
		}
		if n == 0 {
			return ErrNotFound{"record", e.ID}
		}
		return nil
	})
}

// List is the entries of a workspace, the newest first.
func (a Audit) List(ctx context.Context, ws WorkspaceID, q AuditQuery) ([]audit.Entry, error) {
	if q.Limit <= 0 || q.Limit > MostAudit {
		q.Limit = MostAudit
	}
	var rows []auditRow
	find := a.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws)
	if !q.After.At.IsZero() {
		at := millis(q.After.At.UnixMilli())
		find = find.Where("(at < ? OR (at = ? AND id < ?))", at, at, q.After.ID)
	}
	if !q.From.IsZero() {
		find = find.Where("at >= ?", millis(q.From.UnixMilli()))
	}
	if !q.To.IsZero() {
		find = find.Where("at < ?", millis(q.To.UnixMilli()))
	}
	if q.Actor != "" {
		find = find.Where("actor_id = ?", q.Actor)
	}
	if q.Area != "" {
		find = find.Where("area = ?", q.Area)
	}
	if len(q.Operations) > 0 {
		find = find.Where("operation IN (?)", bun.List(q.Operations))
	}
	if err := find.Order("at DESC", "id DESC").Limit(int64(q.Limit)).Scan(ctx); err != nil {
		return nil, fmt.Errorf("read the record of %q: %w", ws, err)
	}
	list := make([]audit.Entry, len(rows))
	for i, row := range rows {
		var err error
		if list[i], err = row.entry(); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// AuditTimes is how often somebody did something.
type AuditTimes struct {
	Actor     string
	Operation string
	Times     int
	Last      time.Time
}

// Times counts entries by person and operation since a moment.
func (a Audit) Times(ctx context.Context, ws WorkspaceID, since time.Time) ([]AuditTimes, error) {
	var rows []struct {
		ActorID   string `bun:"actor_id"`
		Operation string `bun:"operation"`
		Times     int    `bun:"times"`
		Last      millis `bun:"last"`
	}
	err := a.read().NewSelect().Model((*auditRow)(nil)).Column("actor_id", "operation").
		ColumnExpr("COUNT(*) AS times").ColumnExpr("MAX(at) AS last").
		Where("workspace_id = ?", ws).Where("at >= ?", millis(since.UnixMilli())).
		Group("actor_id", "operation").Order("actor_id", "operation").Scan(ctx, &rows)
	if err != nil {
		return nil, fmt.Errorf("count the record of %q: %w", ws, err)
	}
	list := make([]AuditTimes, len(rows))
	for i, r := range rows {
		list[i] = AuditTimes{Actor: r.ActorID, Operation: r.Operation, Times: r.Times, Last: r.Last.Time()}
	}
	return list, nil
}

// Prune forgets what is older than a moment, and the oldest of what is more than a number.
func (a Audit) Prune(ctx context.Context, ws WorkspaceID, before time.Time, most int) (int64, error) {
	var gone int64
	err := a.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		n, err := affected(tx.NewDelete().Model((*auditRow)(nil)).
			Where("workspace_id = ?", ws).Where("at < ?", millis(before.UnixMilli())).Exec(ctx))
		if err != nil {
			return err
		}
		gone = n
		var first []auditRow // the newest of those there is no room for
		err = tx.NewSelect().Model(&first).Column("at", "id").Where("workspace_id = ?", ws).
			Order("at DESC", "id DESC").Limit(1).Offset(int64(most)).Scan(ctx)
		if err != nil || len(first) == 0 {
			return err
		}
		n, err = affected(tx.NewDelete().Model((*auditRow)(nil)).Where("workspace_id = ?", ws).
			Where("(at < ? OR (at = ? AND id <= ?))", first[0].At, first[0].At, first[0].ID).Exec(ctx))
		gone += n
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("forget the record of %q: %w", ws, err)
	}
	return gone, nil
}
