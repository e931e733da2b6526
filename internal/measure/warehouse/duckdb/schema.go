package duckdb

import (
	"context"
	"database/sql"
	"fmt"
)

// schemaVersion is the form of the tables below. A file of another form is refused rather
// than misread.
const schemaVersion = 1

// schema is every table. There are no indexes: a scan with the engine's own minimum and
// maximum per block is faster to keep and fast enough to ask, because rows are appended
// in the order of time. Text is never NULL, "" stands for nothing.
//
// What the numbers of a day are made of, in roll-ups and in raw tables alike (robots, that
// is bot <> ”, are in none of them):
//
//	visitors    distinct visitors.person of events with visit <> 0 and events.day
//	cookieless  of these, persons whose visitors row is cookieless
//	visits, bounces, duration (ended - started)   visits with visits.day, the day they began
//	views       events of kind 2 and 3 (page, screen) with events.day
//	events      events of kind 1 (track) but the tracker's own 'Page Engaged', with events.day
//	engaged     sum of events.engaged with events.day
var schema = []string{
	`CREATE TABLE IF NOT EXISTS meta (version INTEGER)`,
	`CREATE TABLE IF NOT EXISTS place (seq BIGINT)`,
	`CREATE TABLE IF NOT EXISTS workspaces (ws INTEGER, id VARCHAR)`,

	// happened (the event's At; "at" is a word of the engine), received, engaged are milliseconds; day is series.Day in the workspace's zone.
	// id is the message id where that is a UUID, else a UUID made from its hash; after three
	// days all but its last 48 bits are zeros, because nobody asks for them any more. visit is
	// 0 where the event is part of no visit. traffic is the event's own page's; 0 is
	// "nothing known" and stands in the dictionary too. anonymous_id is '' where it is
	// the visitor's own: see visitors.id.
	`CREATE TABLE IF NOT EXISTS events (
		ws INTEGER, day INTEGER, happened BIGINT, received BIGINT, id UUID,
		kind UTINYINT, name VARCHAR, category VARCHAR,
		visitor UINTEGER, visit UBIGINT, traffic UINTEGER,
		host VARCHAR, path VARCHAR, query VARCHAR, title VARCHAR,
		referrer_host VARCHAR, referrer_path VARCHAR,
		device VARCHAR, browser VARCHAR, os VARCHAR, language VARCHAR, bot VARCHAR,
		library VARCHAR, key VARCHAR,
		engaged BIGINT, value DOUBLE, currency VARCHAR,
		user_id VARCHAR, anonymous_id VARCHAR, previous_id VARCHAR, group_id VARCHAR,
		properties VARCHAR)`,

	// A visitor is one id as it was sent; id is the kind of id before the id: 'a:' an
	// anonymous id, 'u:' a user id, 'd:' a cookieless hash; 'b' stands before these for
	// robots ('bd:…'), so that a robot is never one with a person. person is the number
	// of the first visitor of all that are one.
	`CREATE TABLE IF NOT EXISTS visitors (
		ws INTEGER, visitor UINTEGER, hash UBIGINT, id VARCHAR, person UINTEGER,
		cookieless BOOLEAN, first_seen BIGINT, last_seen BIGINT)`,

	// started and ended are its first and last moment; last_view is the moment of the
	// view it left from. events are all that belong to it but views and 'Page Engaged'.
	// traffic, device … are those of its first event.
	`CREATE TABLE IF NOT EXISTS visits (
		ws INTEGER, visit UBIGINT, visitor UINTEGER, day INTEGER,
		started BIGINT, ended BIGINT, last_view BIGINT,
		views INTEGER, events INTEGER, engaged BIGINT, bounce BOOLEAN,
		entry VARCHAR, exit VARCHAR, host VARCHAR, traffic UINTEGER,
		device VARCHAR, browser VARCHAR, os VARCHAR, language VARCHAR, bot VARCHAR)`,

	// The dictionary of ways in. Channel rules are applied to it when a question is asked.
	`CREATE TABLE IF NOT EXISTS traffic (
		ws INTEGER, traffic UINTEGER,
		source VARCHAR, medium VARCHAR, campaign VARCHAR, term VARCHAR, content VARCHAR,
		click_id VARCHAR, referrer_host VARCHAR)`,

	// Days whose roll-ups are out of date: they are counted from the raw tables. A day
	// is put here in the same transaction as what made it so.
	`CREATE TABLE IF NOT EXISTS dirty (ws INTEGER, day INTEGER)`,

	// people is a roaring bitmap of visitors.person as it was when the day was counted.
	// Two of them may have become one since (only days on which both were seen are made
	// dirty then), so whoever joins days maps each number through visitors.person again.
	`CREATE TABLE IF NOT EXISTS rollup_days (
		ws INTEGER, day INTEGER, visitors BIGINT, cookieless BIGINT,
		visits BIGINT, views BIGINT, events BIGINT, bounces BIGINT,
		engaged BIGINT, duration BIGINT, people BLOB)`,

	// field is a warehouse.Field: page (by events.path of views), host, entry, exit,
	// device, browser, os, language (by the visit's), event (by events.name of track),
	// or 'traffic', where traffic is the visit's and value is ''. visitors are the
	// distinct persons of that day and value.
	`CREATE TABLE IF NOT EXISTS rollup_fields (
		ws INTEGER, day INTEGER, field VARCHAR, value VARCHAR, traffic UINTEGER,
		visitors BIGINT, visits BIGINT, views BIGINT, events BIGINT, bounces BIGINT,
		engaged BIGINT, duration BIGINT, entries BIGINT, exits BIGINT)`,

	// When each day was counted, and when somebody was last found to be somebody else, as
	// numbers that only grow: see stamps.go. Days counted before there were stamps have none.
	// visitor is the highest number given until then.
	`CREATE TABLE IF NOT EXISTS day_stamps (ws INTEGER, day INTEGER, stamp BIGINT)`,
	`CREATE TABLE IF NOT EXISTS person_stamps (ws INTEGER, stamp BIGINT, visitor UINTEGER)`,

	// Names of tracked events, at most 10,000 a workspace; what comes beyond is kept
	// under the name '(other)'.
	`CREATE TABLE IF NOT EXISTS names (ws INTEGER, name VARCHAR, count BIGINT, first BIGINT, last BIGINT)`,

	// Until which receipt message ids were shortened: see trim.go.
	`CREATE TABLE IF NOT EXISTS trimmed (until BIGINT)`,

	// Ids that were erased: what was received until then is refused when it comes again.
	`CREATE TABLE IF NOT EXISTS erased (ws INTEGER, hash UBIGINT, until BIGINT)`,
}

func createSchema(ctx context.Context, conn *sql.Conn) error {
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin the schema: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // after a commit it says that it is done, which is fine
	for _, statement := range schema {
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("create the schema: %w", err)
		}
	}
	var version int
	err = tx.QueryRowContext(ctx, `SELECT coalesce(max(version), 0) FROM meta`).Scan(&version)
	switch {
	case err != nil:
		return fmt.Errorf("read the schema's version: %w", err)
	case version == 0:
		if _, err := tx.ExecContext(ctx, `INSERT INTO meta VALUES (?)`, schemaVersion); err != nil {
			return fmt.Errorf("write the schema's version: %w", err)
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO place VALUES (0)`); err != nil {
			return fmt.Errorf("write the first place: %w", err)
		}
	case version != schemaVersion:
		return fmt.Errorf("the warehouse has form %d, this program knows form %d", version, schemaVersion)
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit the schema: %w", err)
	}
	return nil
}
