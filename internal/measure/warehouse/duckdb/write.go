package duckdb

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/series"
)

// batch is one call of Write on its way into the tables.
type batch struct {
	db    *DB
	s     *state
	rows  []row
	out   warehouse.Written
	touch map[*space]map[series.Day]struct{} // days whose numbers change
	dirty map[*space][]series.Day            // of these, the ones not yet in the table

	newSpaces   []*space
	newWays     []newWay
	names       map[nameKey]*nameCount
	newVisitors []*visitor
	seen        []*visitor // when they were seen is to be written
	merged      map[uint32]uint32
	rejoined    map[*space]struct{} // whose persons these are
	joins       []spaceJoined

	visits  []*visit // new or changed
	gone    []uint64 // visits that are no more
	regroup []moved  // stored events that are of another visit now
}

// row is one new event.
type row struct {
	*event.Event
	space   *space
	id      [16]byte
	name    string
	day     series.Day
	visitor *visitor
	way     uint32
	visit   *visit // nil: part of none
}

type newWay struct {
	space  *space
	number uint32
	way    way
}

type nameKey struct {
	space *space
	name  string
}

type nameCount struct {
	count, first, last int64
	isNew              bool
}

// Place is the seq of the last inbox batch whose events are in.
func (db *DB) Place(ctx context.Context) (int64, error) {
	db.mu.Lock()
	defer db.mu.Unlock()
	if err := db.ready(ctx); err != nil {
		return 0, err
	}
	return db.state.place, nil
}

// ready is what every use of the writer begins with. The caller holds the lock.
func (db *DB) ready(ctx context.Context) error {
	if db.closed {
		return warehouse.ErrClosed
	}
	if err := db.revive(); err != nil {
		return err
	}
	return db.watch(db.remember(ctx))
}

// Write keeps events and moves the place, all of it or nothing. With upTo 0 the events
// did not come from the inbox and the place stays; what lies before the place is in.
func (db *DB) Write(ctx context.Context, upTo int64, events []event.Event) (warehouse.Written, error) {
	db.mu.Lock()
	defer db.mu.Unlock()
	if err := db.ready(ctx); err != nil {
		return warehouse.Written{}, err
	}
	if upTo != 0 && upTo <= db.state.place {
		return warehouse.Written{Duplicates: len(events)}, nil
	}
	b := &batch{
		db: db, s: db.state,
		touch: map[*space]map[series.Day]struct{}{}, dirty: map[*space][]series.Day{},
		names: map[nameKey]*nameCount{}, merged: map[uint32]uint32{}, rejoined: map[*space]struct{}{},
	}
	err := db.transact(ctx, func() error { return b.write(ctx, upTo, events) })
	if err != nil {
		return warehouse.Written{}, fmt.Errorf("write %d events up to %d: %w", len(events), upTo, err)
	}
	if upTo != 0 {
		db.state.place = upTo
	}
	for i := range b.visits {
		b.visits[i].stored()
	}
	for _, j := range b.joins {
		db.kept.joinedNow(j.ws, j.joined)
	}
	db.state.rest()
	return b.written(), nil
}

// transact runs do in a transaction of the writer. When it fails, what the writer
// remembers is thrown away, because it may be ahead of the tables.
func (db *DB) transact(ctx context.Context, do func() error) error {
	if _, err := db.conn.ExecContext(ctx, `BEGIN TRANSACTION`); err != nil {
		return db.watch(err)
	}
	err := do()
	if err == nil {
		_, err = db.conn.ExecContext(ctx, `COMMIT`)
	}
	if err == nil {
		return nil
	}
	db.state = nil
	_ = db.watch(err) // the same error
	_, undone := db.conn.ExecContext(context.WithoutCancel(ctx), `ROLLBACK`)
	if undone != nil && ctx.Err() == nil {
		// A commit that failed has rolled back by itself and says so here.
		return errors.Join(err, fmt.Errorf("roll back: %w", undone))
	}
	return err
}

func (b *batch) write(ctx context.Context, upTo int64, events []event.Event) error {
	steps := []struct {
		what string
		do   func(context.Context) error
	}{
		{"tell new events from known ones", func(ctx context.Context) error { return b.sift(ctx, events) }},
		{"find out who they are from", b.meet},
		{"put them into visits", b.group},
		{"append them", b.append},
		{"change visits", b.change},
		{"count names", b.count},
		{"mark days", b.mark},
		{"stamp persons", b.stamp},
		{"move the place", func(ctx context.Context) error {
			if upTo == 0 {
				return nil
			}
			_, err := b.db.conn.ExecContext(ctx, `UPDATE place SET seq = ?`, upTo)
			return err
		}},
	}
	for _, step := range steps {
		if err := step.do(ctx); err != nil {
			return fmt.Errorf("%s: %w", step.what, err)
		}
	}
	return nil
}

// sift keeps the events that are new and not refused.
func (b *batch) sift(ctx context.Context, events []event.Event) error {
	s := b.s
	b.rows = make([]row, 0, len(events))
	marks := make([]uint64, 0, len(events))
	var perhaps []int // rows whose message the sieve says was perhaps seen
	var from, to int64
	var space *space
	for i := range events {
		e := &events[i]
		if space == nil || space.id != e.Workspace {
			space = b.space(e.Workspace)
		}
		if b.refused(space, e) {
			b.out.Refused++
			continue
		}
		r := row{Event: e, space: space, id: messageID(e.MessageID)}
		m := mark(s.seen, messageKey{space.number, r.id})
		b.rows, marks = append(b.rows, r), append(marks, m)
		if known, f, t := s.seen.has(m); known {
			if len(perhaps) == 0 {
				from, to = f, t
			}
			perhaps, from, to = append(perhaps, len(b.rows)-1), min(from, f), max(to, t)
		} else {
			s.seen.add(m, int64(e.ReceivedAt))
		}
	}
	double, err := b.doubles(ctx, perhaps, from, to)
	if err != nil {
		return err
	}
	if err := b.linesAgain(ctx, double); err != nil {
		return err
	}
	kept := b.rows[:0]
	for i := range b.rows {
		r := &b.rows[i]
		if double[i] {
			b.out.Duplicates++
			continue
		}
		if _, asked := double[i]; asked {
			s.seen.add(marks[i], int64(r.ReceivedAt))
		}
		r.day = r.space.dayOf(int64(r.At))
		r.way = b.way(r.space, r.Event)
		b.name(r)
		kept = append(kept, *r)
	}
	b.rows = kept
	b.out.Stored = len(kept)
	return nil
}

// doubles says of each row asked about whether its message was there before, in the table
// or earlier in the batch.
func (b *batch) doubles(ctx context.Context, perhaps []int, from, to int64) (map[int]bool, error) {
	double := make(map[int]bool, len(perhaps))
	if len(perhaps) == 0 {
		return double, nil
	}
	stored := map[messageKey]bool{}
	ids := make([]string, 0, len(perhaps))
	for _, i := range perhaps {
		double[i] = false
		ids = append(ids, uuidText(b.rows[i].id))
	}
	// As text, because the engine's binding writes a list of UUIDs with one bit turned.
	err := b.db.each(ctx, `SELECT ws, id FROM events
		WHERE received BETWEEN ? AND ? AND id IN (SELECT unnest(?::VARCHAR[])::UUID)`, []any{from, to, ids},
		func(scan func(...any) error) error {
			var key messageKey
			err := scan(&key.ws, (*uuid)(&key.id))
			stored[key] = true
			return err
		})
	if err != nil {
		return nil, err
	}
	for i := range b.rows {
		key := messageKey{b.rows[i].space.number, b.rows[i].id}
		if _, asked := double[i]; asked && stored[key] {
			double[i] = true
		}
		stored[key] = true
	}
	return double, nil
}

// space is the workspace, made where it is new.
func (b *batch) space(id event.Workspace) *space {
	sp := b.s.spaces[id]
	if sp == nil {
		sp = newSpace()
		b.s.nextSpace++
		sp.number, sp.id = b.s.nextSpace, id
		b.s.spaces[id] = sp
		b.newSpaces = append(b.newSpaces, sp)
	}
	sp.inZone(b.db.opt.Zone(id))
	return sp
}

// way is the number of an event's way in.
func (b *batch) way(sp *space, e *event.Event) uint32 {
	w := way{call{e.Campaign, e.ClickID}, e.ReferrerHost}
	number, known := sp.ways[w]
	if known {
		return number
	}
	if len(sp.ways) >= mostWays {
		w = way{call{event.Campaign{Source: otherName}, ""}, ""}
		if number, known := sp.ways[w]; known {
			return number
		}
	}
	w = w.clone()
	number = uint32(len(sp.list))
	sp.ways[w], sp.list = number, append(sp.list, w)
	b.newWays = append(b.newWays, newWay{sp, number, w})
	return number
}

// clone is a copy that holds nothing else: a text may be a piece of the whole request it
// came in.
func (w way) clone() way {
	c := &w.call.campaign
	for _, text := range []*string{&c.Source, &c.Medium, &c.Name, &c.Term, &c.Content, &w.call.click, &w.referrer} {
		*text = strings.Clone(*text)
	}
	return w
}

// name is what a tracked event is kept under.
func (b *batch) name(r *row) {
	r.name = r.Name
	if r.Kind != event.Track {
		return
	}
	sp := r.space
	_, known := sp.names[r.name]
	if !known && len(sp.names) >= mostNames {
		b.out.Renamed++
		r.name = otherName
		_, known = sp.names[otherName]
	}
	key := nameKey{sp, r.name}
	n := b.names[key]
	if n == nil {
		n = &nameCount{first: int64(r.At), last: int64(r.At), isNew: !known}
		b.names[key] = n
		sp.names[strings.Clone(r.name)] = struct{}{}
	}
	if r.Bot == "" {
		n.count++
	}
	n.first, n.last = min(n.first, int64(r.At)), max(n.last, int64(r.At))
}

// changed notes that a day's numbers are others now.
func (b *batch) changed(sp *space, day series.Day) {
	days := b.touch[sp]
	if days == nil {
		days = map[series.Day]struct{}{}
		b.touch[sp] = days
	}
	if _, noted := days[day]; noted {
		return
	}
	days[day] = struct{}{}
	if _, known := sp.dirty[day]; !known {
		sp.dirty[day] = struct{}{}
		b.dirty[sp] = append(b.dirty[sp], day)
	}
	b.db.rolling.disturb(sp.number, day)
}

func (b *batch) written() warehouse.Written {
	b.out.Days = make(map[event.Workspace][]series.Day, len(b.touch))
	for sp, days := range b.touch {
		list := make([]series.Day, 0, len(days))
		for day := range days {
			list = append(list, day)
		}
		slices.Sort(list)
		b.out.Days[sp.id] = list
	}
	return b.out
}

// byMoment is the order events are thought of in: by when they happened, and what happened
// in the same millisecond by id, so that it is the same order however they came. What only
// joins a visit comes after what may begin it.
func byMoment(a, b *row) int {
	if c := cmp.Compare(a.At, b.At); c != 0 {
		return c
	}
	if x, y := a.role() == joins, b.role() == joins; x != y {
		if x {
			return 1
		}
		return -1
	}
	return bytes.Compare(a.id[:], b.id[:])
}
