package duckdb

import (
	"context"
	"database/sql"
	"fmt"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"

	"github.com/shirube/shirube/internal/series"
)

// spaceDay is a day of a workspace.
type spaceDay struct {
	ws  int32
	day series.Day
}

// rolling is the day whose roll-ups are being made while events go on coming in. If one of
// them changes that day, what was counted is no longer true.
type rolling struct {
	mu        sync.Mutex
	on        bool
	at        spaceDay
	disturbed bool
}

func (r *rolling) begin(d spaceDay) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.on, r.at, r.disturbed = true, d, false
}

func (r *rolling) disturb(ws int32, day series.Day) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.on && r.at == (spaceDay{ws, day}) {
		r.disturbed = true
	}
}

// end reports whether the day stayed as it was.
func (r *rolling) end() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.on = false
	return !r.disturbed
}

// rollupFields are the statements that count a day by its fields, each with the number of
// times it takes workspace and day. They are the same counts as the raw questions make.
var rollupFields = []struct {
	times int
	text  string
}{
	{3, `INSERT INTO rollup_fields
		SELECT ws, day, 'page', value, 0, sum(visitors), sum(visits), sum(views), 0, sum(bounces), sum(engaged), 0, sum(entries), sum(exits)
		FROM (
			SELECT e.ws, e.day, e.path AS value,
				count(DISTINCT p.person) FILTER (e.kind IN (2, 3)) AS visitors,
				count(DISTINCT e.visit) FILTER (e.kind IN (2, 3) AND e.visit <> 0) AS visits,
				count(*) FILTER (e.kind IN (2, 3)) AS views,
				0 AS bounces, sum(e.engaged) AS engaged, 0 AS entries, 0 AS exits
			FROM events e JOIN visitors p ON p.ws = e.ws AND p.visitor = e.visitor
			WHERE e.ws = ? AND e.day = ? AND e.bot = '' AND (e.kind IN (2, 3) OR e.engaged > 0)
			GROUP BY e.ws, e.day, e.path
			UNION ALL
			SELECT ws, day, entry, 0, 0, 0, count(*) FILTER (bounce), 0, count(*), 0
			FROM visits WHERE ws = ? AND day = ? AND bot = '' GROUP BY ws, day, entry
			UNION ALL
			SELECT ws, day, exit, 0, 0, 0, 0, 0, 0, count(*)
			FROM visits WHERE ws = ? AND day = ? AND bot = '' GROUP BY ws, day, exit
		) GROUP BY ws, day, value`},
	{1, `INSERT INTO rollup_fields
		SELECT e.ws, e.day, 'event', e.name, 0, count(DISTINCT p.person), count(DISTINCT e.visit) FILTER (e.visit <> 0),
			0, count(*), 0, 0, 0, 0, 0
		FROM events e JOIN visitors p ON p.ws = e.ws AND p.visitor = e.visitor
		WHERE e.ws = ? AND e.day = ? AND e.bot = '' AND e.kind = 1 AND e.name <> 'Page Engaged'
		GROUP BY e.ws, e.day, e.name`},
	{1, `INSERT INTO rollup_fields
		SELECT v.ws, v.day,
			CASE WHEN grouping(v.entry) = 0 THEN 'entry' WHEN grouping(v.exit) = 0 THEN 'exit'
				WHEN grouping(v.host) = 0 THEN 'host' WHEN grouping(v.device) = 0 THEN 'device'
				WHEN grouping(v.browser) = 0 THEN 'browser' WHEN grouping(v.os) = 0 THEN 'os'
				WHEN grouping(v.language) = 0 THEN 'language' ELSE 'traffic' END,
			coalesce(v.entry, v.exit, v.host, v.device, v.browser, v.os, v.language, ''), coalesce(v.traffic, 0),
			count(DISTINCT p.person), count(*), sum(v.views), sum(v.events), count(*) FILTER (v.bounce),
			sum(v.engaged), sum(v.ended - v.started),
			CASE WHEN grouping(v.entry) = 0 THEN count(*) ELSE 0 END, CASE WHEN grouping(v.exit) = 0 THEN count(*) ELSE 0 END
		FROM visits v JOIN visitors p ON p.ws = v.ws AND p.visitor = v.visitor
		WHERE v.ws = ? AND v.day = ? AND v.bot = ''
		GROUP BY GROUPING SETS ((v.ws, v.day, v.entry), (v.ws, v.day, v.exit), (v.ws, v.day, v.host), (v.ws, v.day, v.device),
			(v.ws, v.day, v.browser), (v.ws, v.day, v.os), (v.ws, v.day, v.language), (v.ws, v.day, v.traffic))`},
}

// rollUp makes the roll-ups of a day on a connection of its own, beside whoever writes.
// Only the commit takes the writer's turn. It reports false when the day changed
// meanwhile: then it stays dirty.
func (db *DB) rollUp(ctx context.Context, conn *sql.Conn, d spaceDay) (bool, error) {
	// With the writer's turn, so that no batch is between marking this day and its commit:
	// the mark would be taken away here without the events being counted.
	db.mu.Lock()
	db.rolling.begin(d)
	db.mu.Unlock()
	defer db.rolling.end()
	if _, err := conn.ExecContext(ctx, `BEGIN TRANSACTION`); err != nil {
		return false, err
	}
	done := false
	defer func() {
		if !done {
			// The first error is the one to tell; without one the day is counted later.
			_, _ = conn.ExecContext(context.WithoutCancel(ctx), `ROLLBACK`)
		}
	}()
	for _, table := range []string{"rollup_days", "rollup_fields"} {
		if _, err := conn.ExecContext(ctx, `DELETE FROM `+table+` WHERE ws = ? AND day = ?`, d.ws, d.day); err != nil {
			return false, fmt.Errorf("empty %s: %w", table, err)
		}
	}
	if err := countDay(ctx, conn, d); err != nil {
		return false, err
	}
	for _, f := range rollupFields {
		var args []any
		for range f.times {
			args = append(args, d.ws, int32(d.day))
		}
		if _, err := conn.ExecContext(ctx, f.text, args...); err != nil {
			return false, fmt.Errorf("count by fields: %w", err)
		}
	}
	if err := db.stampDay(ctx, conn, d); err != nil {
		return false, err
	}
	if _, err := conn.ExecContext(ctx, `DELETE FROM dirty WHERE ws = ? AND day = ?`, d.ws, d.day); err != nil {
		return false, fmt.Errorf("mark as counted: %w", err)
	}
	db.mu.Lock()
	defer db.mu.Unlock()
	if !db.rolling.end() || db.closed {
		return false, nil
	}
	if _, err := conn.ExecContext(ctx, `COMMIT`); err != nil {
		return false, err
	}
	done = true
	if db.state != nil {
		for _, sp := range db.state.spaces {
			if sp.number == d.ws {
				delete(sp.dirty, d.day)
			}
		}
	}
	return true, nil
}

// countDay writes the line of a day and who was there.
func countDay(ctx context.Context, conn *sql.Conn, d spaceDay) error {
	people, cookieless, err := peopleOf(ctx, conn, d)
	if err != nil {
		return fmt.Errorf("count people: %w", err)
	}
	var visits, views, events, bounces, engaged, duration int64
	err = conn.QueryRowContext(ctx, `SELECT count(*) FILTER (kind IN (2, 3)),
			count(*) FILTER (kind = 1 AND name <> 'Page Engaged'), coalesce(sum(engaged), 0)::BIGINT
		FROM events WHERE ws = ? AND day = ? AND bot = ''`, d.ws, d.day).Scan(&views, &events, &engaged)
	if err != nil {
		return fmt.Errorf("count events: %w", err)
	}
	err = conn.QueryRowContext(ctx, `SELECT count(*), count(*) FILTER (bounce), coalesce(sum(ended - started), 0)::BIGINT
		FROM visits WHERE ws = ? AND day = ? AND bot = ''`, d.ws, d.day).Scan(&visits, &bounces, &duration)
	if err != nil {
		return fmt.Errorf("count visits: %w", err)
	}
	if views+events+visits+engaged == 0 && people.IsEmpty() {
		return nil // a day nobody came leaves nothing
	}
	people.RunOptimize()
	bitmap, err := people.ToBytes()
	if err != nil {
		return fmt.Errorf("write down the people: %w", err)
	}
	_, err = conn.ExecContext(ctx, `INSERT INTO rollup_days VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		d.ws, int32(d.day), int64(people.GetCardinality()), cookieless, visits, views, events, bounces, engaged, duration, bitmap)
	if err != nil {
		return fmt.Errorf("write the day: %w", err)
	}
	return nil
}

func peopleOf(ctx context.Context, conn *sql.Conn, d spaceDay) (people *roaring.Bitmap, cookieless int64, err error) {
	rows, err := conn.QueryContext(ctx, `SELECT p.person, bool_or(p.cookieless)
		FROM events e JOIN visitors p ON p.ws = e.ws AND p.visitor = e.visitor
		WHERE e.ws = ? AND e.day = ? AND e.bot = '' AND e.visit <> 0 GROUP BY p.person`, d.ws, d.day)
	if err != nil {
		return nil, 0, err
	}
	defer func() { _ = rows.Close() }() // what went wrong is in rows.Err
	people = roaring.New()
	for rows.Next() {
		var person uint32
		var daily bool
		if err := rows.Scan(&person, &daily); err != nil {
			return nil, 0, err
		}
		people.Add(person)
		if daily {
			cookieless++
		}
	}
	return people, cookieless, rows.Err()
}
