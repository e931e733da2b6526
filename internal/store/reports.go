package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"github.com/shirube/shirube/internal/share/report"
)

// Report is an order of reports as it is kept.
type Report struct {
	ID        string
	Workspace WorkspaceID
	Version   int // counts edits, from 1
	report.Order
	NextAt               time.Time // zero: it does not come by itself
	Author               string
	CreatedAt, UpdatedAt time.Time
}

// ReportIssue is a page as it was sent.
type ReportIssue struct {
	report.Issue
	Author string // "" by its plan
	MadeAt time.Time
}

// Reports is the repository of reports and of what was sent of them.
type Reports struct{ session }

type reportRow struct {
	bun.BaseModel `bun:"table:reports"`

	ID          string      `bun:"id,pk"`
	WorkspaceID WorkspaceID `bun:"workspace_id"`
	Version     int         `bun:"version"`
	Body        string      `bun:"body"`
	NextAt      *millis     `bun:"next_at"`
	Author      string      `bun:"author"`
	CreatedAt   millis      `bun:"created_at"`
	UpdatedAt   millis      `bun:"updated_at"`
}

func (r reportRow) report() (Report, error) {
	kept := Report{
		ID: r.ID, Workspace: r.WorkspaceID, Version: r.Version, Author: r.Author, NextAt: r.NextAt.optionalTime(),
		CreatedAt: r.CreatedAt.Time(), UpdatedAt: r.UpdatedAt.Time(),
	}
	if err := json.Unmarshal([]byte(r.Body), &kept.Order); err != nil {
		return kept, fmt.Errorf("read report %q: %w", r.ID, err)
	}
	return kept, nil
}

func reportsOf(rows []reportRow) ([]Report, error) {
	list := make([]Report, len(rows))
	for k, row := range rows {
		var err error
		if list[k], err = row.report(); err != nil {
			return nil, err
		}
	}
	return list, nil
}

type reportIssueRow struct {
	bun.BaseModel `bun:"table:report_issues"`

	ReportID    string      `bun:"report_id,pk"`
	Number      int         `bun:"number,pk"`
	WorkspaceID WorkspaceID `bun:"workspace_id"`
	Mark        string      `bun:"mark"`
	Title       string      `bun:"title"`
	Sheets      string      `bun:"sheets"`
	Readers     string      `bun:"readers"`
	Author      string      `bun:"author"`
	MadeAt      millis      `bun:"made_at"`
}

// Bounds of what is kept.
const (
	maxOrderBytes  = 128 << 10
	maxSheetsBytes = 1 << 20
	// mostIssues is how many pages of one report are kept, the newest: a year and more of
	// daily ones.
	mostIssues = 400
)

func orderBody(o report.Order) (string, error) {
	text, err := json.Marshal(o)
	if err != nil {
		return "", fmt.Errorf("write report %q: %w", o.Name, err)
	}
	return string(text), checkText("report", string(text), maxOrderBytes)
}

// Create keeps a new report. ErrNotFound without the workspace; ErrTooLong.
func (r Reports) Create(ctx context.Context, ws WorkspaceID, order report.Order, next time.Time, author string) (Report, error) {
	body, err := orderBody(order)
	if err != nil {
		return Report{}, err
	}
	id, err := r.db.env.newID()
	if err != nil {
		return Report{}, fmt.Errorf("create report: %w", err)
	}
	now := r.db.env.time()
	row := reportRow{ID: id, WorkspaceID: ws, Version: 1, Body: body, NextAt: optionalMillis(next), Author: author, CreatedAt: now, UpdatedAt: now}
	err = r.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := r.touch(ctx, tx, ws, changesRest); err != nil {
			return err
		}
		_, err := tx.NewInsert().Model(&row).Exec(ctx)
		return err
	})
	if err != nil {
		return Report{}, fmt.Errorf("create report: %w", err)
	}
	return row.report()
}

// Save writes an edit that began with the version base. ErrNotFound; ErrConflict.
func (r Reports) Save(ctx context.Context, ws WorkspaceID, id string, base int, order report.Order, next time.Time) (Report, error) {
	return r.change(ctx, ws, id, func(row *reportRow) error {
		if row.Version != base {
			return ErrConflict{Base: base, Newest: row.Version}
		}
		body, err := orderBody(order)
		row.Body, row.NextAt = body, optionalMillis(next)
		return err
	})
}

// Readers changes who gets a report, whatever else is edited meanwhile: somebody asks to be
// left out, or to get it as well. ErrNotFound.
func (r Reports) Readers(ctx context.Context, ws WorkspaceID, id string, change func([]report.Reader) []report.Reader) (Report, error) {
	return r.change(ctx, ws, id, func(row *reportRow) error {
		kept, err := row.report()
		if err != nil {
			return err
		}
		kept.Order.Readers = change(kept.Order.Readers)
		row.Body, err = orderBody(kept.Order)
		return err
	})
}

func (r Reports) change(ctx context.Context, ws WorkspaceID, id string, edit func(*reportRow) error) (Report, error) {
	var row reportRow
	err := r.write(ctx, func(ctx context.Context, tx bun.Tx) (err error) {
		if row, err = r.locked(ctx, tx, ws, id); err != nil {
			return err
		}
		if err = edit(&row); err != nil {
			return err
		}
		row.Version, row.UpdatedAt = row.Version+1, r.db.env.time()
		_, err = tx.NewUpdate().Model(&row).Column("body", "next_at", "version", "updated_at").WherePK().Exec(ctx)
		return err
	})
	if err != nil {
		return Report{}, fmt.Errorf("save report %q: %w", id, err)
	}
	return row.report()
}

func (r Reports) locked(ctx context.Context, tx bun.Tx, ws WorkspaceID, id string) (reportRow, error) {
	if err := r.touch(ctx, tx, ws, changesRest); err != nil {
		return reportRow{}, err
	}
	return r.row(ctx, tx, ws, id)
}

func (r Reports) row(ctx context.Context, from bun.IDB, ws WorkspaceID, id string) (reportRow, error) {
	var rows []reportRow
	if err := from.NewSelect().Model(&rows).Where("workspace_id = ?", ws).Where("id = ?", id).Scan(ctx); err != nil {
		return reportRow{}, fmt.Errorf("read report %q: %w", id, err)
	}
	if len(rows) == 0 {
		return reportRow{}, ErrNotFound{"report", id}
	}
	return rows[0], nil
}

// List is every report of a workspace, the oldest first.
func (r Reports) List(ctx context.Context, ws WorkspaceID) ([]Report, error) {
	var rows []reportRow
	if err := r.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Order("created_at", "id").Scan(ctx); err != nil {
		return nil, fmt.Errorf("list reports of %q: %w", ws, err)
	}
	return reportsOf(rows)
}

// Get is one report. ErrNotFound.
func (r Reports) Get(ctx context.Context, ws WorkspaceID, id string) (Report, error) {
	row, err := r.row(ctx, r.read(), ws, id)
	if err != nil {
		return Report{}, err
	}
	return row.report()
}

// Delete forgets a report with what was sent of it. ErrNotFound.
func (r Reports) Delete(ctx context.Context, ws WorkspaceID, id string) error {
	err := r.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		row, err := r.locked(ctx, tx, ws, id)
		if err != nil {
			return err
		}
		_, err = tx.NewDelete().Model(&row).WherePK().Exec(ctx)
		return err
	})
	if err != nil {
		return fmt.Errorf("delete report %q: %w", id, err)
	}
	return nil
}

// Due is every report whose moment has come, of all workspaces, the longest waiting first.
func (r Reports) Due(ctx context.Context, now time.Time, limit int) ([]Report, error) {
	var rows []reportRow
	err := r.read().NewSelect().Model(&rows).Where("next_at <= ?", now.UnixMilli()).Order("next_at", "id").Limit(int64(limit)).Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("list reports that are due: %w", err)
	}
	return reportsOf(rows)
}

// PutOff moves a report's moment on where nothing can be made of it now. Whatever was edited meanwhile
// stays. ErrNotFound.
func (r Reports) PutOff(ctx context.Context, ws WorkspaceID, id string, was, next time.Time) error {
	return r.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewUpdate().Model((*reportRow)(nil)).Set("next_at = ?", optionalMillis(next)).
			Where("workspace_id = ?", ws).Where("id = ?", id).Where("next_at = ?", was.UnixMilli()).Exec(ctx)
		if err != nil {
			return fmt.Errorf("put off report %q: %w", id, err)
		}
		return nil
	})
}

// NewReportIssue is a page that is to be kept and sent.
type NewReportIssue struct {
	report.Issue           // Number is given by the store
	Author       string    // "" by its plan
	Due          time.Time // by its plan: the moment it was due; zero by hand
	Next         time.Time // with Due: the moment it is due next; zero for none
	MadeAt       time.Time // zero: now
}

// Issue keeps a page. With Due it does so only while that is still the report's moment, so
// that of several at the same time one sends: ErrConflict for the others. ErrNotFound.
func (r Reports) Issue(ctx context.Context, ws WorkspaceID, id string, new NewReportIssue) (ReportIssue, error) {
	sheets, err := json.Marshal(new.Sheets)
	if err != nil {
		return ReportIssue{}, fmt.Errorf("write page of %q: %w", id, err)
	}
	if err := checkText("page", string(sheets), maxSheetsBytes); err != nil {
		return ReportIssue{}, err
	}
	readers, err := json.Marshal(new.Readers)
	if err != nil {
		return ReportIssue{}, fmt.Errorf("write readers of %q: %w", id, err)
	}
	row := reportIssueRow{ReportID: id, WorkspaceID: ws, Mark: new.Mark, Title: new.Title, Sheets: string(sheets), Readers: string(readers), Author: new.Author, MadeAt: r.db.env.time()}
	if !new.MadeAt.IsZero() {
		row.MadeAt = *optionalMillis(new.MadeAt)
	}
	err = r.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		kept, err := r.locked(ctx, tx, ws, id)
		if err != nil {
			return err
		}
		if !new.Due.IsZero() {
			if !kept.NextAt.optionalTime().Equal(new.Due.Truncate(time.Millisecond)) {
				return ErrConflict{Base: kept.Version, Newest: kept.Version}
			}
			if _, err := tx.NewUpdate().Model((*reportRow)(nil)).Set("next_at = ?", optionalMillis(new.Next)).Where("id = ?", id).Exec(ctx); err != nil {
				return err
			}
		}
		err = tx.NewSelect().Model((*reportIssueRow)(nil)).ColumnExpr("COALESCE(MAX(number), 0) + 1").Where("report_id = ?", id).Scan(ctx, &row.Number)
		if err != nil {
			return err
		}
		if _, err := tx.NewInsert().Model(&row).Exec(ctx); err != nil {
			return err
		}
		_, err = tx.NewDelete().Model((*reportIssueRow)(nil)).Where("report_id = ?", id).Where("number <= ?", row.Number-mostIssues).Exec(ctx)
		return err
	})
	if err != nil {
		return ReportIssue{}, fmt.Errorf("keep page of report %q: %w", id, err)
	}
	return row.issue()
}

func (r reportIssueRow) issue() (ReportIssue, error) {
	i := ReportIssue{Author: r.Author, MadeAt: r.MadeAt.Time()}
	i.Number, i.Mark, i.Title = r.Number, r.Mark, r.Title
	if r.Sheets != "" {
		if err := json.Unmarshal([]byte(r.Sheets), &i.Sheets); err != nil {
			return i, fmt.Errorf("read page %d of %q: %w", r.Number, r.ReportID, err)
		}
	}
	if err := json.Unmarshal([]byte(r.Readers), &i.Readers); err != nil {
		return i, fmt.Errorf("read readers of page %d of %q: %w", r.Number, r.ReportID, err)
	}
	return i, nil
}

// Issues is what was sent of a report, the newest first, without the pages themselves.
// limit 0: all. ErrNotFound.
func (r Reports) Issues(ctx context.Context, ws WorkspaceID, id string, limit int) ([]ReportIssue, error) {
	if _, err := r.row(ctx, r.read(), ws, id); err != nil {
		return nil, err
	}
	var rows []reportIssueRow
	query := r.read().NewSelect().Model(&rows).ExcludeColumn("sheets").Where("workspace_id = ?", ws).Where("report_id = ?", id).Order("number DESC")
	if limit > 0 {
		query = query.Limit(int64(limit))
	}
	if err := query.Scan(ctx); err != nil {
		return nil, fmt.Errorf("list pages of report %q: %w", id, err)
	}
	list := make([]ReportIssue, len(rows))
	for k, row := range rows {
		var err error
		if list[k], err = row.issue(); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// OneIssue is a page as it was sent. ErrNotFound.
func (r Reports) OneIssue(ctx context.Context, ws WorkspaceID, id string, number int) (ReportIssue, error) {
	var rows []reportIssueRow
	err := r.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Where("report_id = ?", id).Where("number = ?", number).Scan(ctx)
	if err != nil {
		return ReportIssue{}, fmt.Errorf("read page %d of report %q: %w", number, id, err)
	}
	if len(rows) == 0 {
		return ReportIssue{}, ErrNotFound{"page of the report", fmt.Sprint(number)}
	}
	return rows[0].issue()
}
