package duckdb

import (
	"context"
	"fmt"

	"github.com/shirube/shirube/internal/event"
)

// loggedKey names a line of a log by what is left of its id when ids are trimmed: the moment
// and the last 48 bits.
type loggedKey struct {
	ws       int32
	happened int64
	end      [6]byte
}

func (r *row) logged() loggedKey {
	key := loggedKey{ws: r.space.number, happened: int64(r.At)}
	copy(key.end[:], r.id[10:])
	return key
}

// linesAgain adds to the doubles the lines of logs that came before, however long ago. Senders
// come again within hours, but a log is brought in again after weeks: the whole file, or the
// next one, whose beginning is the last one's end. Only what was made of a log is looked for
// thus: a stranger cannot make the writer search all of the past.
func (b *batch) linesAgain(ctx context.Context, double map[int]bool) error {
	lines := map[loggedKey]int{}
	var moments []int64
	for i := range b.rows {
		if r := &b.rows[i]; r.Key == event.LogKey && !double[i] {
			lines[r.logged()] = i
			moments = append(moments, int64(r.At))
		}
	}
	if len(lines) == 0 {
		return nil
	}
	err := b.db.each(ctx, `SELECT ws, happened, id FROM events
		WHERE key = ? AND happened IN (SELECT unnest(?::BIGINT[]))`, []any{event.LogKey, moments},
		func(scan func(...any) error) error {
			var key loggedKey
			var id uuid
			err := scan(&key.ws, &key.happened, &id)
			copy(key.end[:], id[10:])
			if i, again := lines[key]; again {
				double[i] = true
			}
			return err
		})
	if err != nil {
		return fmt.Errorf("look for lines that came before: %w", err)
	}
	return nil
}
