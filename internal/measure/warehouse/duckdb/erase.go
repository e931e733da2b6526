package duckdb

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/series"
)

// ErasePerson deletes everybody who is one with somebody. What was received of them until now
// is refused when it comes again.
func (db *DB) ErasePerson(ctx context.Context, ws event.Workspace, who warehouse.Who) (int64, error) {
	db.mu.Lock()
	defer db.mu.Unlock()
	if err := db.ready(ctx); err != nil {
		return 0, err
	}
	var deleted int64
	err := db.transact(ctx, func() (err error) {
		deleted, err = db.erase(ctx, ws, who)
		return err
	})
	// Whom the writer remembers may be gone.
	db.state = nil
	if err != nil {
		return 0, fmt.Errorf("erase a person of workspace %q: %w", ws, err)
	}
	return deleted, nil
}

func (db *DB) erase(ctx context.Context, ws event.Workspace, person warehouse.Who) (int64, error) {
	id := person.ID
	sp := db.state.spaces[ws]
	if sp == nil {
		// Nothing is kept, but something of this person may still be on its way.
		db.state.nextSpace++
		sp = newSpace()
		sp.number = db.state.nextSpace
		err := db.fill("workspaces", 1, func(int) []driver.Value { return []driver.Value{sp.number, string(ws)} })
		if err != nil {
			return 0, err
		}
	}
	hashes := make([]uint64, 0, 6)
	if id != "" {
		for _, kind := range []string{anonymousID, userID, dailyID, robotID + anonymousID, robotID + userID, robotID + dailyID} {
			hashes = append(hashes, sp.hash(kind+id))
		}
	}
	if err := db.stage(ctx, "leaving", `visitor UINTEGER`); err != nil {
		return 0, err
	}
	const who = `INSERT INTO leaving SELECT visitor FROM visitors WHERE ws = $1 AND person IN
		(SELECT person FROM visitors WHERE ws = $1 AND (hash IN (SELECT unnest($2::UBIGINT[])) OR person = $3))`
	if _, err := db.conn.ExecContext(ctx, who, sp.number, hashes, personNumber(person.Person)); err != nil {
		return 0, fmt.Errorf("find the person: %w", err)
	}
	// All ids the person was known by are refused, not only the one that was named.
	until := db.opt.Now().UnixMilli()
	names := map[string]struct{}{}
	if id != "" {
		names[id] = struct{}{}
	}
	err := db.each(ctx, `SELECT id FROM visitors WHERE ws = ? AND visitor IN (SELECT visitor FROM leaving)`, []any{sp.number},
		func(scan func(...any) error) error {
			var own string
			err := scan(&own)
			if len(own) > 0 && own[0] == robotID[0] {
				own = own[1:]
			}
			if len(own) > 2 {
				names[own[2:]] = struct{}{}
			}
			return err
		})
	if err != nil {
		return 0, fmt.Errorf("read the person's ids: %w", err)
	}
	refused := make([]uint64, 0, len(names))
	for name := range names {
		refused = append(refused, sp.hash(name))
	}
	err = db.fill("erased", len(refused), func(i int) []driver.Value { return []driver.Value{sp.number, refused[i], until} })
	if err != nil {
		return 0, err
	}
	// Events under another visitor's number may name an id of theirs too: somebody signed in on a
	// computer that was known as another's. They go as well, and their visits are counted
	// again without them.
	const (
		theirs = ` WHERE ws = ? AND visitor IN (SELECT visitor FROM leaving)`
		naming = ` WHERE ws = ? AND (list_contains(?::VARCHAR[], user_id) OR list_contains(?::VARCHAR[], anonymous_id) OR list_contains(?::VARCHAR[], previous_id))`
	)
	every := slices.Sorted(maps.Keys(names)) // none of them is empty, so that nobody else is meant
	steps := []struct {
		what, text string
		args       []any
	}{
		{"mark days", `INSERT INTO dirty SELECT DISTINCT ws, day FROM (
			SELECT ws, day FROM events` + theirs + ` AND bot = '' UNION SELECT ws, day FROM visits` + theirs + ` AND bot = ''
			UNION SELECT ws, day FROM events` + naming + `)
			WHERE day NOT IN (SELECT day FROM dirty WHERE ws = ?)`,
			[]any{sp.number, sp.number, sp.number, every, every, every, sp.number}},
		{"delete visits", `DELETE FROM visits` + theirs, []any{sp.number}},
		{"delete the visitor", `DELETE FROM visitors` + theirs, []any{sp.number}},
	}
	for _, s := range steps {
		if _, err := db.conn.ExecContext(ctx, s.text, s.args...); err != nil {
			return 0, fmt.Errorf("%s: %w", s.what, err)
		}
	}
	var deleted int64
	for _, s := range []struct {
		text string
		args []any
	}{
		{`DELETE FROM events` + theirs, []any{sp.number}},
		{`DELETE FROM events` + naming, []any{sp.number, every, every, every}},
	} {
		result, err := db.conn.ExecContext(ctx, s.text, s.args...)
		if err != nil {
			return 0, fmt.Errorf("delete events: %w", err)
		}
		n, err := result.RowsAffected()
		if err != nil {
			return 0, fmt.Errorf("count deleted events: %w", err)
		}
		deleted += n
	}
	if _, _, err := db.stampPersons(ctx, sp.number); err != nil {
		return 0, err
	}
	return deleted, db.recount(ctx, sp.number)
}

// recount sets the counts of a workspace's names right after something was deleted.
func (db *DB) recount(ctx context.Context, ws int32) error {
	db.disturbAll(ctx, ws)
	if _, err := db.conn.ExecContext(ctx, `DELETE FROM names WHERE ws = ?`, ws); err != nil {
		return fmt.Errorf("delete names: %w", err)
	}
	_, err := db.conn.ExecContext(ctx, `INSERT INTO names
		SELECT ws, name, count(*) FILTER (bot = ''), min(happened), max(happened) FROM events
		WHERE ws = ? AND kind = 1 GROUP BY ws, name`, ws)
	if err != nil {
		return fmt.Errorf("count names: %w", err)
	}
	return nil
}

// disturbAll keeps a roll-up that is being made of a workspace from being believed.
func (db *DB) disturbAll(_ context.Context, ws int32) {
	db.rolling.mu.Lock()
	defer db.rolling.mu.Unlock()
	if db.rolling.on && db.rolling.at.ws == ws {
		db.rolling.disturbed = true
	}
}

// ForgetBefore deletes events and visits before a day. What was counted of these days
// stays: days that were not counted yet are counted first.
func (db *DB) ForgetBefore(ctx context.Context, ws event.Workspace, day series.Day) (int64, error) {
	number, err := db.countedUntil(ctx, ws, day)
	if err != nil || number == 0 {
		return 0, err
	}
	db.mu.Lock()
	defer db.mu.Unlock()
	if err := db.ready(ctx); err != nil {
		return 0, err
	}
	var deleted int64
	err = db.transact(ctx, func() error {
		// A day somebody wrote to between the counting and now keeps its events until
		// the next time.
		const old = ` WHERE ws = ? AND day < ? AND day NOT IN (SELECT day FROM dirty WHERE ws = ?)`
		if _, err := db.conn.ExecContext(ctx, `DELETE FROM visits`+old, number, day, number); err != nil {
			return fmt.Errorf("delete visits: %w", err)
		}
		result, err := db.conn.ExecContext(ctx, `DELETE FROM events`+old, number, day, number)
		if err != nil {
			return fmt.Errorf("delete events: %w", err)
		}
		if deleted, err = result.RowsAffected(); err != nil {
			return fmt.Errorf("count deleted events: %w", err)
		}
		_, err = db.conn.ExecContext(ctx, `DELETE FROM visitors WHERE ws = $1 AND cookieless
			AND last_seen < $2 AND visitor NOT IN (SELECT visitor FROM events WHERE ws = $1)
			AND visitor NOT IN (SELECT visitor FROM visits WHERE ws = $1)`, number, (int64(day)-2)*24*60*60*1000)
		if err != nil {
			return fmt.Errorf("delete visitors: %w", err)
		}
		_, _, err = db.stampPersons(ctx, number)
		return err
	})
	db.state = nil
	if err != nil {
		return 0, fmt.Errorf("forget workspace %q before %v: %w", ws, day, err)
	}
	return deleted, nil
}

// countedUntil makes the roll-ups of all dirty days before a day, and tells the
// workspace's number, 0 where there is none.
func (db *DB) countedUntil(ctx context.Context, ws event.Workspace, day series.Day) (int32, error) {
	days, err := db.dirtyDays(ctx)
	if err != nil {
		return 0, err
	}
	db.mu.Lock()
	sp := db.state.spaces[ws]
	db.mu.Unlock()
	if sp == nil {
		return 0, nil
	}
	for _, d := range days {
		if d.ws != sp.number || d.day >= day {
			continue
		}
		if err := db.countNow(ctx, d); err != nil {
			return 0, fmt.Errorf("count day %v before it is forgotten: %w", d.day, err)
		}
	}
	return sp.number, nil
}

// countNow makes the roll-ups of a day however lately it was counted.
func (db *DB) countNow(ctx context.Context, d spaceDay) error {
	db.settling.Lock()
	defer db.settling.Unlock()
	conn, err := db.sql.Conn(ctx)
	if err != nil {
		return err
	}
	_, err = db.rollUp(ctx, conn, d)
	return errors.Join(err, conn.Close())
}

// DropWorkspace deletes everything of a workspace. It waits for a day that is being
// counted: two transactions that delete the same roll-ups would not both succeed.
func (db *DB) DropWorkspace(ctx context.Context, ws event.Workspace) error {
	db.settling.Lock()
	defer db.settling.Unlock()
	db.mu.Lock()
	defer db.mu.Unlock()
	if err := db.ready(ctx); err != nil {
		return err
	}
	sp := db.state.spaces[ws]
	if sp == nil {
		return nil
	}
	db.disturbAll(ctx, sp.number)
	err := db.transact(ctx, func() error {
		for _, table := range []string{"events", "visits", "visitors", "traffic", "dirty", "rollup_days", "rollup_fields", "day_stamps", "names", "erased"} {
			if _, err := db.conn.ExecContext(ctx, `DELETE FROM `+table+` WHERE ws = ?`, sp.number); err != nil {
				return fmt.Errorf("empty %s: %w", table, err)
			}
		}
		if _, _, err := db.stampPersons(ctx, sp.number); err != nil {
			return err
		}
		// Its number is never given to another.
		if _, err := db.conn.ExecContext(ctx, `UPDATE workspaces SET id = '' WHERE ws = ?`, sp.number); err != nil {
			return fmt.Errorf("forget its name: %w", err)
		}
		return nil
	})
	db.state = nil
	if err != nil {
		return fmt.Errorf("drop workspace %q: %w", ws, err)
	}
	return nil
}
