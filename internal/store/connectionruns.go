package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

type connectionRunRow struct {
	bun.BaseModel `bun:"table:connection_runs"`

	ID           int64        `bun:"id,pk,autoincrement"`
	ConnectionID ConnectionID `bun:"connection_id"`
	StartedAt    millis       `bun:"started_at"`
	EndedAt      millis       `bun:"ended_at"`
	FirstDay     series.Day   `bun:"first_day"`
	LastDay      series.Day   `bun:"last_day"`
	RowCount     int          `bun:"row_count"`
	DayCount     int          `bun:"day_count"`
	FailureCode  string       `bun:"failure_code"`
	FailureJA    string       `bun:"failure_ja"`
	FailureEN    string       `bun:"failure_en"`
	Notes        string       `bun:"notes"`
}

// Lease lets one node fetch: by is its name, for as long as it may take. false where
// another one holds the connection. A node that died holds it until its time is over.
func (c Connections) Lease(ctx context.Context, ws WorkspaceID, id ConnectionID, by string, lasts time.Duration) (bool, error) {
	now := c.db.env.time()
	var n int64
	err := c.write(ctx, func(ctx context.Context, tx bun.Tx) (err error) {
		n, err = affected(tx.NewUpdate().Model((*connectionRow)(nil)).
			Set("lease = ?", by).Set("lease_until = ?", now+millis(lasts.Milliseconds())).
			Where("workspace_id = ?", ws).Where("id = ?", id).
			Where("lease = ? OR lease = ? OR lease_until <= ?", "", by, now).Exec(ctx))
		return err
	})
	if err != nil {
		return false, fmt.Errorf("lease connection %q: %w", id, err)
	}
	return n > 0, nil
}

// Advance notes how far the sources have come. In the transaction that writes what was
// fetched it makes the two one. ErrConflict where the lease was lost: what was fetched
// must not be written then.
func (c Connections) Advance(ctx context.Context, ws WorkspaceID, id ConnectionID, by string, progress map[string]SourceProgress) error {
	text, err := json.Marshal(progress)
	if err != nil {
		return fmt.Errorf("write progress of connection %q: %w", id, err)
	}
	return c.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		n, err := affected(tx.NewUpdate().Model((*connectionRow)(nil)).Set("progress = ?", string(text)).
			Where("workspace_id = ?", ws).Where("id = ?", id).Where("lease = ?", by).Exec(ctx))
		if err != nil {
			return fmt.Errorf("write progress of connection %q: %w", id, err)
		}
		if n == 0 {
			return ErrConflict{}
		}
		return nil
	})
}

// Finish writes a run into the history, says when the next one is, and gives the lease
// back. A lease that was lost meanwhile is left alone. ErrNotFound.
func (c Connections) Finish(ctx context.Context, ws WorkspaceID, id ConnectionID, by string, run ConnectionRun, next time.Time) error {
	notes, err := json.Marshal(run.Notes)
	if err != nil {
		return fmt.Errorf("finish run of connection %q: %w", id, err)
	}
	row := connectionRunRow{
		ConnectionID: id, StartedAt: millis(run.Started.UnixMilli()), EndedAt: millis(run.Ended.UnixMilli()), FirstDay: run.Days.From, LastDay: run.Days.To,
		RowCount: run.Rows, DayCount: run.RowDays, FailureCode: run.Failure.Code, FailureJA: run.Failure.What.JA, FailureEN: run.Failure.What.EN, Notes: string(notes),
	}
	for what, text := range map[string]string{"failure": run.Failure.What.JA + run.Failure.What.EN, "notes": row.Notes} {
		if err := checkText(what, text, maxSettingsBytes); err != nil {
			return err
		}
	}
	return c.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		set := tx.NewUpdate().Model((*connectionRow)(nil)).
			Set("lease = ?", "").Set("lease_until = 0").Set("next_run = ?", millis(next.UnixMilli())).Set("last_run = ?", row.EndedAt).
			Set("failure_code = ?", row.FailureCode).Set("failure_ja = ?", row.FailureJA).Set("failure_en = ?", row.FailureEN)
		if row.FailureCode == "" {
			set = set.Set("failures = 0").Set("last_success = ?", row.EndedAt)
		} else {
			set = set.Set("failures = failures + 1")
		}
		n, err := affected(set.Where("workspace_id = ?", ws).Where("id = ?", id).Where("lease = ?", by).Exec(ctx))
		if err := changedConnection(n, err, id); err != nil {
			return err
		}
		if _, err := tx.NewInsert().Model(&row).Exec(ctx); err != nil {
			return fmt.Errorf("keep run of connection %q: %w", id, err)
		}
		kept := tx.NewSelect().Model((*connectionRunRow)(nil)).Column("id").Where("connection_id = ?", id).Order("id DESC").Limit(keptRuns)
		_, err = tx.NewDelete().Model((*connectionRunRow)(nil)).Where("connection_id = ?", id).Where("id NOT IN (?)", kept).Exec(ctx)
		if err != nil {
			return fmt.Errorf("drop old runs of connection %q: %w", id, err)
		}
		return nil
	})
}

// Runs is the last 50 runs, the newest first.
func (c Connections) Runs(ctx context.Context, ws WorkspaceID, id ConnectionID) ([]ConnectionRun, error) {
	ours := c.read().NewSelect().Model((*connectionRow)(nil)).Column("id").Where("workspace_id = ?", ws)
	var rows []connectionRunRow
	err := c.read().NewSelect().Model(&rows).Where("connection_id = ?", id).Where("connection_id IN (?)", ours).Order("id DESC").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("list runs of connection %q: %w", id, err)
	}
	list := make([]ConnectionRun, len(rows))
	for i, row := range rows {
		list[i] = ConnectionRun{
			Started: row.StartedAt.Time(), Ended: row.EndedAt.Time(), Days: series.Span{From: row.FirstDay, To: row.LastDay}, Rows: row.RowCount, RowDays: row.DayCount,
			Failure: RunFailure{Code: row.FailureCode, What: words.Text{JA: row.FailureJA, EN: row.FailureEN}},
		}
		if err := json.Unmarshal([]byte(row.Notes), &list[i].Notes); err != nil {
			return nil, fmt.Errorf("read run of connection %q: %w", id, err)
		}
	}
	return list, nil
}
