package duckdb

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/shirube/shirube/internal/measure/warehouse"
)

const (
	// rollShare is how many times longer than it took the last time a day is left alone
	// before it is counted again: counting the day that is under way costs a twentieth of
	// a core at most.
	rollShare = 20
	// walWorth is the size of the log from which on a quiet moment is used to fold it in.
	walWorth = 4 << 20
	// erasedKept is how long an erased id is refused.
	erasedKept = 7 * 24 * time.Hour
)

// Settle makes the roll-ups of days that changed, newest first, forgets what need not be
// known any more, and folds the log into the file. It may run beside Write. What it has
// done when ctx ends is kept.
func (db *DB) Settle(ctx context.Context) error {
	return db.watch(db.settle(ctx))
}

func (db *DB) settle(ctx context.Context) error {
	days, err := db.dirtyDays(ctx)
	if err != nil {
		return fmt.Errorf("settle: %w", err)
	}
	for _, d := range days {
		if ctx.Err() != nil {
			return nil //nolint:nilerr // being stopped is how it ends
		}
		if err := db.rollUpInTime(ctx, d); err != nil {
			if ctx.Err() != nil {
				return nil //nolint:nilerr // being stopped is how it ends
			}
			return fmt.Errorf("settle day %d of workspace %d: %w", d.day, d.ws, err)
		}
	}
	if err := db.trim(ctx); err != nil && ctx.Err() == nil {
		return fmt.Errorf("settle: shorten message ids: %w", err)
	}
	return db.compact(ctx)
}

func (db *DB) dirtyDays(ctx context.Context) ([]spaceDay, error) {
	db.mu.Lock()
	defer db.mu.Unlock()
	if err := db.ready(ctx); err != nil {
		return nil, err
	}
	var days []spaceDay
	err := db.each(ctx, `SELECT DISTINCT ws, day FROM dirty ORDER BY day DESC, ws`, nil, func(scan func(...any) error) error {
		var d spaceDay
		err := scan(&d.ws, &d.day)
		days = append(days, d)
		return err
	})
	return days, err
}

// rolled is when a day was counted last and how long it took.
type rolled struct {
	at   time.Time
	took time.Duration
}

func (db *DB) rollUpInTime(ctx context.Context, d spaceDay) error {
	db.settling.Lock()
	defer db.settling.Unlock()
	begun := db.opt.Now()
	if last, known := db.rolled[d]; known && begun.Sub(last.at) < rollShare*last.took {
		return nil
	}
	conn, err := db.sql.Conn(ctx)
	if err != nil {
		return err
	}
	_, err = db.rollUp(ctx, conn, d)
	err = errors.Join(err, conn.Close())
	ended := db.opt.Now()
	db.rolled[d] = rolled{ended, ended.Sub(begun)}
	if len(db.rolled) > 1000 {
		clear(db.rolled)
	}
	return err
}

// compact folds the log into the file when there is something to fold.
func (db *DB) compact(ctx context.Context) error {
	if ctx.Err() != nil {
		return nil //nolint:nilerr // being stopped is how it ends
	}
	db.mu.Lock()
	defer db.mu.Unlock()
	if db.closed {
		return warehouse.ErrClosed
	}
	if db.state != nil {
		db.state.seen.forget(db.opt.Now().UnixMilli() - doublesKnown)
	}
	if _, err := db.conn.ExecContext(ctx, `DELETE FROM erased WHERE until < ?`, db.opt.Now().Add(-erasedKept).UnixMilli()); err != nil && ctx.Err() == nil {
		return fmt.Errorf("forget erased ids: %w", err)
	}
	info, err := os.Stat(db.path + ".wal")
	if errors.Is(err, os.ErrNotExist) || err == nil && info.Size() < walWorth {
		return nil
	}
	if err != nil {
		return fmt.Errorf("look at the log: %w", err)
	}
	_, err = db.conn.ExecContext(ctx, `CHECKPOINT`)
	if err == nil || ctx.Err() != nil || strings.Contains(err.Error(), "other write transactions active") {
		return nil //nolint:nilerr // a day is being counted, or it is to end: the next round folds it in
	}
	return fmt.Errorf("fold the log in: %w", err)
}
