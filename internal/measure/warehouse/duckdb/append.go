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
	same(out, 0, r.space.number)
	same(out, 1, int32(r.day))
	same(out, 2, int64(r.At))
	same(out, 3, int64(r.ReceivedAt))
	out[4] = engine.UUID(r.id)
	same(out, 5, uint8(r.Kind))
	same(out, 8, r.visitor.number)
	same(out, 9, r.visit.number())
	same(out, 10, r.way)
	same(out, 24, r.EngagedMillis)
	same(out, 25, r.Value)
	sameText(out, 6, r.name, r.Category)
	sameText(out, 11, r.Host, r.Path, r.Query, r.Title, r.ReferrerHost, r.ReferrerPath,
		r.Device, r.Browser, r.OS, r.Language, r.Bot, r.Library, r.Key)
	sameText(out, 26, r.Currency, r.UserID, anonymous, r.PreviousID, r.GroupID)
	out[31] = []byte{}
	if said := r.said(); len(said) > 0 {
		out[31] = said
	}
}

// same puts a value where that of the row before is still, unless it is the same: each new
// one costs an allocation, and most of an event's are what they were in the one before.
func same[T comparable](out []driver.Value, i int, value T) {
	if before, ok := out[i].(T); !ok || before != value {
		out[i] = value
	}
}

// sameText is the same for texts, from a place on. The engine takes them as bytes.
func sameText(out []driver.Value, from int, texts ...string) {
	for i, text := range texts {
		if before, ok := out[from+i].([]byte); !ok || string(before) != text {
			out[from+i] = []byte(text)
		}
	}
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
