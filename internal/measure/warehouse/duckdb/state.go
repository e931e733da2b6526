package duckdb

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"time"

	engine "github.com/duckdb/duckdb-go/v2"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/series"
)

const (
	// doublesKnown is how far back of receipt an id that comes again is noticed. The
	// contract says 48 hours.
	doublesKnown = int64(50 * time.Hour / time.Millisecond)
	// visitorsKnown bounds the memory for people seen lately: two halves of this many.
	visitorsKnown = 60_000
	// mostNames and mostWays bound what strangers can make a workspace remember.
	mostNames = 10_000
	mostWays  = 50_000
)

// otherName is what the events beyond the workspace's most names are kept under, and what
// stands for the ways in beyond the most ways.
const otherName = "(other)"

// state is what the writer remembers between calls. All of it can be read again from the
// tables, and is, whenever a transaction failed: a sieve may know too much, the rest
// exactly what is stored.
type state struct {
	place  int64
	spaces map[event.Workspace]*space
	seen   *sieve // message ids
	known  *sieve // visitors' hashes

	// Visitors seen lately by hash; when young is full it becomes old, and what nobody
	// asked for since then is forgotten.
	young, old map[uint64]*visitor

	nextSpace   int32
	nextVisitor uint32
	nextVisit   uint64
}

// space is a workspace.
type space struct {
	number int32
	id     event.Workspace

	zoneName string
	zone     *time.Location
	day      series.Day // the day last asked for …
	from, to int64      // … and its moments: from ≤ at < to

	ways   map[way]uint32
	list   []way // the other way round
	names  map[string]struct{}
	dirty  map[series.Day]struct{}
	erased map[uint64]int64 // visitor's hash → erased until
}

// way is a line of the dictionary of ways in.
type way struct {
	call     call
	referrer string
}

// call is what makes a visit a new one: a campaign or an advertiser's click.
type call struct {
	campaign event.Campaign
	click    string
}

// messageKey is what makes a message one.
type messageKey struct {
	ws int32
	id [16]byte
}

// remember reads the state where there is none. The caller holds the lock.
func (db *DB) remember(ctx context.Context) error {
	if db.state != nil {
		return nil
	}
	s := &state{
		spaces: map[event.Workspace]*space{}, seen: newSieve(), known: newSieve(),
		young: map[uint64]*visitor{}, old: map[uint64]*visitor{},
	}
	byNumber := map[int32]*space{}
	var newest int64
	reads := []struct {
		what, query string
		row         func(scan func(...any) error) error
	}{
		{"place", `SELECT seq FROM place`, func(scan func(...any) error) error {
			return scan(&s.place)
		}},
		{"counters", `SELECT
			greatest((SELECT coalesce(max(visitor), 0) FROM visitors), (SELECT coalesce(max(visitor), 0) FROM person_stamps)),
			(SELECT coalesce(max(visit), 0) FROM visits),
			(SELECT coalesce(max(received), 0) FROM events)`, func(scan func(...any) error) error {
			return scan(&s.nextVisitor, &s.nextVisit, &newest)
		}},
		{"workspaces", `SELECT ws, id FROM workspaces`, func(scan func(...any) error) error {
			sp := newSpace()
			err := scan(&sp.number, &sp.id)
			s.spaces[sp.id], byNumber[sp.number] = sp, sp
			s.nextSpace = max(s.nextSpace, sp.number)
			return err
		}},
		{"ways in", `SELECT ws, traffic, source, medium, campaign, term, content, click_id, referrer_host FROM traffic ORDER BY ws, traffic`,
			func(scan func(...any) error) error {
				var ws int32
				var number uint32
				var w way
				c := &w.call.campaign
				err := scan(&ws, &number, &c.Source, &c.Medium, &c.Name, &c.Term, &c.Content, &w.call.click, &w.referrer)
				if sp := byNumber[ws]; sp != nil && number == uint32(len(sp.list)) {
					sp.ways[w], sp.list = number, append(sp.list, w)
				}
				return err
			}},
		{"names", `SELECT ws, name FROM names`, func(scan func(...any) error) error {
			var ws int32
			var name string
			err := scan(&ws, &name)
			if sp := byNumber[ws]; sp != nil {
				sp.names[name] = struct{}{}
			}
			return err
		}},
		{"dirty days", `SELECT ws, day FROM dirty`, func(scan func(...any) error) error {
			var ws int32
			var day series.Day
			err := scan(&ws, &day)
			if sp := byNumber[ws]; sp != nil {
				sp.dirty[day] = struct{}{}
			}
			return err
		}},
		{"erased ids", `SELECT ws, hash, until FROM erased`, func(scan func(...any) error) error {
			var ws int32
			var hash uint64
			var until int64
			err := scan(&ws, &hash, &until)
			if sp := byNumber[ws]; sp != nil {
				sp.erased[hash] = until
			}
			return err
		}},
		{"visitors", `SELECT hash FROM visitors`, func(scan func(...any) error) error {
			var hash uint64
			err := scan(&hash)
			s.known.add(mark(s.known, hash), 0)
			return err
		}},
	}
	for _, r := range reads {
		if err := db.each(ctx, r.query, nil, r.row); err != nil {
			return fmt.Errorf("read the %s again: %w", r.what, err)
		}
	}
	err := db.each(ctx, `SELECT ws, received, id FROM events WHERE received >= ?`, []any{newest - doublesKnown},
		func(scan func(...any) error) error {
			var key messageKey
			var received int64
			var id engine.UUID
			err := scan(&key.ws, &received, &id)
			key.id = id
			s.seen.add(mark(s.seen, key), received)
			return err
		})
	if err != nil {
		return fmt.Errorf("read the message ids again: %w", err)
	}
	db.state = s
	return nil
}

// each runs a query on the writer's connection and hands out row by row.
func (db *DB) each(ctx context.Context, query string, args []any, row func(scan func(...any) error) error) error {
	rows, err := db.conn.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }() // what went wrong is in rows.Err
	for rows.Next() {
		if err := row(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

func newSpace() *space {
	return &space{
		ways: map[way]uint32{{}: 0}, list: []way{{}}, names: map[string]struct{}{},
		dirty: map[series.Day]struct{}{}, erased: map[uint64]int64{},
	}
}

// inZone sets the workspace's zone; a name the machine does not know counts as UTC.
func (sp *space) inZone(name string) {
	if sp.zone != nil && sp.zoneName == name {
		return
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		zone = time.UTC
	}
	sp.zoneName, sp.zone, sp.from, sp.to = name, zone, 0, 0
}

// dayOf is the day of a moment. Nearly all events are of the same day as the one before.
func (sp *space) dayOf(at int64) series.Day {
	if at < sp.from || at >= sp.to {
		t := time.UnixMilli(at).In(sp.zone)
		sp.day = series.DayOf(t)
		year, month, day := t.Date()
		sp.from = time.Date(year, month, day, 0, 0, 0, 0, sp.zone).UnixMilli()
		sp.to = time.Date(year, month, day+1, 0, 0, 0, 0, sp.zone).UnixMilli()
		if at < sp.from || at >= sp.to { // a zone that moved its clock at midnight
			sp.from, sp.to = at, at+1
		}
	}
	return sp.day
}

// hash is the number an id is looked up by. It tells workspaces apart by itself.
func (sp *space) hash(id string) uint64 {
	var buffer [128]byte
	b := binary.LittleEndian.AppendUint32(buffer[:0], uint32(sp.number))
	sum := sha256.Sum256(append(b, id...))
	return binary.LittleEndian.Uint64(sum[:])
}

// messageID is the id as it is stored: itself where it is a UUID in its usual writing,
// else one of version 8 made from its hash.
func messageID(id string) (out [16]byte) {
	if parseUUID(id, &out) && out[6]>>4 != 8 {
		return out
	}
	sum := sha256.Sum256([]byte(id))
	copy(out[:], sum[:])
	out[6] = out[6]&0x0f | 0x80
	out[8] = out[8]&0x3f | 0x80
	return out
}

// parseUUID reads lower-case hexadecimal digits with hyphens, so that what was read is
// written the same.
func parseUUID(text string, out *[16]byte) bool {
	if len(text) != 36 {
		return false
	}
	k := 0
	for i := 0; i < 36; i++ {
		c := text[i]
		if i == 8 || i == 13 || i == 18 || i == 23 {
			if c != '-' {
				return false
			}
			continue
		}
		switch {
		case c >= '0' && c <= '9':
			c -= '0'
		case c >= 'a' && c <= 'f':
			c -= 'a' - 10
		default:
			return false
		}
		out[k/2] = out[k/2]<<4 | c
		k++
	}
	return true
}

// recall is a visitor seen lately, or nil.
func (s *state) recall(hash uint64) *visitor {
	if v := s.young[hash]; v != nil {
		return v
	}
	v := s.old[hash]
	if v != nil {
		s.young[hash] = v
	}
	return v
}

// rest lets visitors go that nobody asked for lately. It is called between batches, so
// that all of a batch stay where they are.
func (s *state) rest() {
	if len(s.young) > visitorsKnown {
		s.young, s.old = map[uint64]*visitor{}, s.young
	}
}
