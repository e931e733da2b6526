package duckdb

import (
	"bytes"
	"context"
	"database/sql/driver"
	"encoding/hex"
	"fmt"

	engine "github.com/duckdb/duckdb-go/v2"

	"github.com/shirube/shirube/internal/event"
)

// uuid is an id as the engine hands it out and takes it.
type uuid [16]byte

// Scan takes the engine's form.
func (u *uuid) Scan(value any) error {
	switch v := value.(type) {
	case engine.UUID:
		*u = uuid(v)
	case []byte:
		if len(v) != len(u) {
			return fmt.Errorf("an id of %d bytes", len(v))
		}
		copy(u[:], v)
	default:
		return fmt.Errorf("an id of type %T", value)
	}
	return nil
}

func uuidText(id [16]byte) string {
	var text [36]byte
	hex.Encode(text[0:8], id[0:4])
	hex.Encode(text[9:13], id[4:6])
	hex.Encode(text[14:18], id[6:8])
	hex.Encode(text[19:23], id[8:10])
	hex.Encode(text[24:36], id[10:16])
	text[8], text[13], text[18], text[23] = '-', '-', '-', '-'
	return string(text[:])
}

// fill appends n rows to a table inside the writer's transaction.
func (db *DB) fill(table string, n int, row func(i int) []driver.Value) error {
	if n == 0 {
		return nil
	}
	return db.raw(func(conn driver.Conn) error {
		a, err := engine.NewAppenderFromConn(conn, "", table)
		if err != nil {
			return fmt.Errorf("append to %s: %w", table, err)
		}
		for i := range n {
			if err := a.AppendRow(row(i)...); err != nil {
				_ = a.Close() // the transaction is rolled back; the first error is the one to tell
				return fmt.Errorf("append row %d to %s: %w", i, table, err)
			}
		}
		if err := a.Close(); err != nil {
			return fmt.Errorf("append to %s: %w", table, err)
		}
		return nil
	})
}

// append puts everything new into the tables.
func (b *batch) append(context.Context) error {
	err := b.db.fill("workspaces", len(b.newSpaces), func(i int) []driver.Value {
		return []driver.Value{b.newSpaces[i].number, string(b.newSpaces[i].id)}
	})
	if err != nil {
		return err
	}
	err = b.db.fill("traffic", len(b.newWays), func(i int) []driver.Value {
		w := &b.newWays[i]
		c := &w.way.call.campaign
		return []driver.Value{w.space.number, w.number, c.Source, c.Medium, c.Name, c.Term, c.Content, w.way.call.click, w.way.referrer}
	})
	if err != nil {
		return err
	}
	err = b.db.fill("visitors", len(b.newVisitors), func(i int) []driver.Value {
		v := b.newVisitors[i]
		return []driver.Value{v.space.number, v.number, v.hash, v.id, v.person, v.cookieless, v.first, v.last}
	})
	if err != nil {
		return err
	}
	values := make([]driver.Value, 32)
	return b.db.fill("events", len(b.rows), func(i int) []driver.Value {
		b.rows[i].values(values)
		return values
	})
}

// values are an event's, in the order of its table.
func (r *row) values(out []driver.Value) {
	anonymous := r.AnonymousID
	if r.Visitor == anonymous && !r.Cookieless {
		anonymous = "" // it is the visitor's own and stands there
	}
	out[0], out[1], out[2], out[3], out[4] = r.space.number, int32(r.day), int64(r.At), int64(r.ReceivedAt), engine.UUID(r.id)
	out[5], out[6], out[7] = uint8(r.Kind), r.name, r.Category
	out[8], out[9], out[10] = r.visitor.number, r.visit.number(), r.way
	out[11], out[12], out[13], out[14] = r.Host, r.Path, r.Query, r.Title
	out[15], out[16] = r.ReferrerHost, r.ReferrerPath
	out[17], out[18], out[19], out[20], out[21] = r.Device, r.Browser, r.OS, r.Language, r.Bot
	out[22], out[23] = r.Library, r.Key
	out[24], out[25], out[26] = r.EngagedMillis, r.Value, r.Currency
	out[27], out[28], out[29], out[30] = r.UserID, anonymous, r.PreviousID, r.GroupID
	out[31] = string(r.said())
}

// said are an event's properties without what stands in a column of its own. Engagement is
// every second event of a website, and this would be most of what it takes up.
func (r *row) said() []byte {
	const engaged = `{"engaged_ms":`
	if r.Kind != event.Track || r.name != event.Engagement || !bytes.HasPrefix(r.Properties, []byte(engaged)) {
		return r.Properties
	}
	rest := bytes.TrimLeft(r.Properties[len(engaged):], "0123456789")
	switch {
	case len(rest) == len(r.Properties)-len(engaged):
		return r.Properties // no plain number
	case bytes.Equal(rest, []byte("}")):
		return nil
	case bytes.HasPrefix(rest, []byte(`,"`)):
		return append([]byte("{"), rest[1:]...)
	default:
		return r.Properties
	}
}

// count writes what happened to the names.
func (b *batch) count(ctx context.Context) error {
	var fresh, known []nameKey
	for key, n := range b.names {
		if n.isNew {
			fresh = append(fresh, key)
		} else {
			known = append(known, key)
		}
	}
	line := func(key nameKey) []driver.Value {
		n := b.names[key]
		return []driver.Value{key.space.number, key.name, n.count, n.first, n.last}
	}
	if err := b.db.fill("names", len(fresh), func(i int) []driver.Value { return line(fresh[i]) }); err != nil {
		return err
	}
	if len(known) == 0 {
		return nil
	}
	if err := b.db.stage(ctx, "counted", `ws INTEGER, name VARCHAR, count BIGINT, first BIGINT, last BIGINT`); err != nil {
		return err
	}
	if err := b.db.fill("counted", len(known), func(i int) []driver.Value { return line(known[i]) }); err != nil {
		return err
	}
	_, err := b.db.conn.ExecContext(ctx, `UPDATE names SET count = names.count + c.count,
		first = least(names.first, c.first), last = greatest(names.last, c.last)
		FROM counted c WHERE names.ws = c.ws AND names.name = c.name`)
	return err
}

// stage makes an empty table of the connection's own, for one statement to read from.
func (db *DB) stage(ctx context.Context, name, columns string) error {
	_, err := db.conn.ExecContext(ctx, `CREATE OR REPLACE TEMP TABLE `+name+` (`+columns+`)`)
	return err
}

// mark writes the days that need counting again.
func (b *batch) mark(context.Context) error {
	type line struct{ ws, day int32 }
	var lines []line
	for sp, days := range b.dirty {
		for _, day := range days {
			lines = append(lines, line{sp.number, int32(day)})
		}
	}
	return b.db.fill("dirty", len(lines), func(i int) []driver.Value {
		return []driver.Value{lines[i].ws, lines[i].day}
	})
}
