package duckdb

import (
	"context"
	"database/sql/driver"
	"fmt"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/series"
)

// visitor is one id as it was sent, with what is needed to go on with its visits.
type visitor struct {
	space       *space
	number      uint32
	person      uint32 // the number of the first of all visitors that are one
	hash        uint64
	id          string
	cookieless  bool
	first, last int64  // first and last moment as they stand in the table
	user        uint64 // hash of the user id it is known to be one with

	cur    *visit  // its last visit, as far as one matters
	latest int64   // nothing of it happened after this, as far as is known here
	never  bool    // it never had a visit
	fresh  bool    // made in this batch
	late   bool    // something of it came late in this batch
	rows   []int32 // of this batch
	// Two visits of one and the same millisecond were read, and which was first is not
	// known: whatever comes is put in by way of a repair.
	unsure bool
}

// Every kind of id has its own space, so that a user id that equals somebody's anonymous
// id is still another; and robots have theirs, so that none is one with a person.
const (
	anonymousID = "a:"
	userID      = "u:"
	dailyID     = "d:"
	robotID     = "b"
)

// ownID is the id an event's visitor is looked up by.
func ownID(e *event.Event) string {
	kind := anonymousID
	switch {
	case e.Cookieless:
		kind = dailyID
	case e.Visitor == e.UserID && e.Visitor != e.AnonymousID:
		kind = userID
	}
	if e.Bot != "" {
		return robotID + kind + e.Visitor
	}
	return kind + e.Visitor
}

// ids are all ids of an event, as ErasePerson would name them.
func ids(e *event.Event) []string {
	all := make([]string, 0, 4)
	for _, id := range []string{e.Visitor, e.UserID, e.AnonymousID, e.PreviousID} {
		if id != "" {
			all = append(all, id)
		}
	}
	return all
}

// refused reports whether an event is of somebody who was erased after it was received.
func (b *batch) refused(sp *space, e *event.Event) bool {
	if len(sp.erased) == 0 {
		return false
	}
	for _, id := range ids(e) {
		if until, erased := sp.erased[sp.hash(id)]; erased && int64(e.ReceivedAt) <= until {
			return true
		}
	}
	return false
}

// tie says that two visitors are one person.
type tie struct {
	one, other uint64
	told       bool // by alias: it holds even where both are known users
}

// meet finds the visitor of every row, makes those that are new, and joins those that are
// one person.
func (b *batch) meet(ctx context.Context) error {
	m := meeting{batch: b, found: make(map[uint64]*visitor, len(b.rows)/2), wanted: map[uint64]wanted{}}
	own := make([]uint64, len(b.rows))
	for i := range b.rows {
		own[i] = m.see(&b.rows[i])
	}
	if err := m.lookUp(ctx); err != nil {
		return err
	}
	for i := range b.rows {
		r := &b.rows[i]
		r.visitor = m.found[own[i]]
		r.visitor.rows = append(r.visitor.rows, int32(i))
	}
	return m.join(ctx)
}

// meeting is the first encounter of a batch with the people in it.
type meeting struct {
	*batch
	found  map[uint64]*visitor
	wanted map[uint64]wanted
	ties   []tie
}

// wanted is somebody who is not remembered.
type wanted struct {
	space      *space
	id         string
	cookieless bool
	at         int64 // the earliest moment he is seen at in the batch
}

func (m *meeting) see(r *row) uint64 {
	sp := r.space
	own := m.want(sp, wanted{id: ownID(r.Event), cookieless: r.Cookieless, at: int64(r.At)})
	if r.Cookieless || r.Bot != "" || (r.UserID == "" && r.Kind != event.Alias) {
		return own // a daily hash may be several people; a robot is nobody
	}
	user := own
	if r.UserID != "" {
		if v := m.found[own]; v != nil && v.user != 0 && v.user == sp.hash(userID+r.UserID) && r.Kind != event.Alias {
			return own
		}
		if user = m.want(sp, wanted{id: userID + r.UserID, at: int64(r.At)}); user != own && r.Kind != event.Alias {
			m.ties = append(m.ties, tie{one: own, other: user})
		}
	}
	if r.Kind == event.Alias && r.PreviousID != "" && r.PreviousID != r.UserID {
		// It is not said which kind of id the previous one is. Both are made where they
		// are new, so that what comes later under one of them finds its person.
		for _, kind := range []string{userID, anonymousID} {
			before := m.want(sp, wanted{id: kind + r.PreviousID, at: int64(r.At)})
			m.ties = append(m.ties, tie{one: before, other: user, told: true})
		}
	}
	return own
}

func (m *meeting) want(sp *space, w wanted) uint64 {
	w.space = sp
	hash := sp.hash(w.id)
	if m.found[hash] != nil {
		return hash
	}
	if v := m.s.recall(hash); v != nil {
		m.found[hash] = v
		return hash
	}
	if old, known := m.wanted[hash]; known {
		w.at = min(w.at, old.at)
	}
	m.wanted[hash] = w
	return hash
}

// lookUp reads the visitors that are known but not remembered, and makes the others.
func (m *meeting) lookUp(ctx context.Context) error {
	var ask []uint64
	for hash := range m.wanted {
		if perhaps, _, _ := m.s.known.has(mark(m.s.known, hash)); perhaps {
			ask = append(ask, hash)
		}
	}
	if len(ask) > 0 {
		if err := m.read(ctx, ask); err != nil {
			return err
		}
	}
	for hash, w := range m.wanted {
		if m.found[hash] != nil {
			continue
		}
		m.s.nextVisitor++
		v := &visitor{
			space: w.space, number: m.s.nextVisitor, person: m.s.nextVisitor, hash: hash, id: w.id,
			cookieless: w.cookieless, first: w.at, last: w.at, latest: w.at - 1, never: true, fresh: true,
		}
		m.s.known.add(mark(m.s.known, hash), 0)
		m.s.young[hash] = v
		m.found[hash] = v
		m.newVisitors = append(m.newVisitors, v)
	}
	return nil
}

func (m *meeting) read(ctx context.Context, ask []uint64) error {
	byNumber := map[uint32]*visitor{}
	from := int64(1<<63 - 1)
	var numbers []uint32
	err := m.db.each(ctx, `SELECT ws, visitor, hash, person, cookieless, first_seen, last_seen
		FROM visitors WHERE hash IN (SELECT unnest(?::UBIGINT[]))`, []any{ask},
		func(scan func(...any) error) error {
			var v visitor
			var ws int32
			if err := scan(&ws, &v.number, &v.hash, &v.person, &v.cookieless, &v.first, &v.last); err != nil {
				return err
			}
			w := m.wanted[v.hash]
			if w.space.number != ws {
				return nil
			}
			v.space, v.id = w.space, w.id
			// Visits that ended longer before than a visit lasts are of no matter, so
			// they are not read, and nothing is known of the time before.
			v.latest = max(v.last, w.at-gap-1)
			m.found[v.hash], m.s.young[v.hash], byNumber[v.number] = &v, &v, &v
			numbers = append(numbers, v.number)
			from = min(from, w.at-gap)
			return nil
		})
	if err != nil || len(numbers) == 0 {
		return err
	}
	return m.db.visitsOf(ctx, numbers, from, func(found *visit, number uint32) {
		v := byNumber[number]
		found.of(v)
		switch {
		case v.cur == nil || v.cur.before(found):
			v.cur = found
		case !found.before(v.cur):
			v.unsure = true
		}
		v.latest = max(v.latest, found.ended)
	})
}

// member is a visitor of a person that is to be joined with another.
type member struct {
	visitor, person uint32
	first           int64
	user            bool
	hash            uint64
}

// join makes one person of visitors that are one. The older number stays, so that what is
// written under it stays true. Two known users are made one only when told so: else
// everybody who ever sat at one computer would become one.
func (m *meeting) join(ctx context.Context) error {
	ties := m.ties[:0]
	var persons []uint32
	for _, t := range m.ties {
		one, other := m.found[t.one], m.found[t.other]
		switch {
		case one == nil || other == nil || one == other:
		case one.person == other.person:
			m.tied(one, other)
		default:
			ties = append(ties, t)
			persons = append(persons, one.person, other.person)
		}
	}
	if len(ties) == 0 {
		return nil
	}
	groups, err := m.members(ctx, persons)
	if err != nil {
		return err
	}
	type pair struct{ one, other []member }
	var pairs []pair
	for _, t := range ties {
		one, other := m.found[t.one], m.found[t.other]
		a, b := m.person(one.person), m.person(other.person)
		if a == b {
			m.tied(one, other)
			continue
		}
		if !t.told && anotherUser(groups[a], t.other) {
			continue
		}
		into, from := min(a, b), max(a, b)
		pairs = append(pairs, pair{groups[into], groups[from]})
		m.merged[from] = into
		m.rejoined[one.space] = struct{}{}
		groups[into] = append(append([]member(nil), groups[into]...), groups[from]...)
		delete(groups, from)
		m.tied(one, other)
	}
	if len(m.merged) == 0 {
		return nil
	}
	for _, known := range []map[uint64]*visitor{m.s.young, m.s.old} {
		for _, v := range known {
			if _, changes := m.merged[v.person]; changes {
				v.person = m.person(v.person)
			}
		}
	}
	// Days on which both were seen counted them as two. On all others the numbers stay.
	from := int64(1<<63 - 1)
	var numbers []uint32
	for _, p := range pairs {
		for _, side := range [][]member{p.one, p.other} {
			for _, v := range side {
				numbers = append(numbers, v.visitor)
			}
		}
		// The one may have come hours before the other on the day they have in common; a day
		// is up to 25 hours long.
		from = min(from, max(earliest(p.one), earliest(p.other))-2*dayLong)
	}
	days, err := m.daysOf(ctx, numbers, from)
	if err != nil {
		return err
	}
	spaces := map[uint32]*space{}
	for _, t := range ties {
		if v := m.found[t.one]; v != nil {
			spaces[m.person(v.person)] = v.space
		}
	}
	for _, p := range pairs {
		if len(p.one) == 0 || len(p.other) == 0 {
			continue
		}
		sp := spaces[m.person(p.one[0].person)]
		seen := map[series.Day]bool{}
		for _, v := range p.one {
			for _, day := range days[v.visitor] {
				seen[day] = true
			}
		}
		for _, v := range p.other {
			for _, day := range days[v.visitor] {
				if seen[day] && sp != nil {
					m.changed(sp, day)
				}
			}
		}
	}
	return m.rename(ctx)
}

// tied remembers that nothing is to be done when the two are seen together again.
func (m *meeting) tied(one, other *visitor) {
	if len(other.id) > 2 && other.id[:2] == userID {
		one.user = other.hash
	}
}

// person follows who was joined with whom in this batch.
func (b *batch) person(number uint32) uint32 {
	for {
		into, joined := b.merged[number]
		if !joined {
			return number
		}
		number = into
	}
}

func anotherUser(group []member, user uint64) bool {
	for _, v := range group {
		if v.user && v.hash != user {
			return true
		}
	}
	return false
}

func earliest(group []member) int64 {
	first := int64(1<<63 - 1)
	for _, v := range group {
		first = min(first, v.first)
	}
	return first
}

// members are the visitors of persons, of the table and of this batch.
func (m *meeting) members(ctx context.Context, persons []uint32) (map[uint32][]member, error) {
	groups := map[uint32][]member{}
	err := m.db.each(ctx, `SELECT visitor, person, first_seen, starts_with(id, 'u:'), hash
		FROM visitors WHERE person IN (SELECT unnest(?::UINTEGER[]))`, []any{persons},
		func(scan func(...any) error) error {
			var v member
			err := scan(&v.visitor, &v.person, &v.first, &v.user, &v.hash)
			groups[v.person] = append(groups[v.person], v)
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("read who is one: %w", err)
	}
	for _, v := range m.newVisitors {
		groups[v.person] = append(groups[v.person], member{
			visitor: v.number, person: v.person, first: v.first, hash: v.hash,
			user: len(v.id) > 2 && v.id[:2] == userID,
		})
	}
	return groups, nil
}

// daysOf are the days visitors were seen on. Those of this batch change anyway.
func (m *meeting) daysOf(ctx context.Context, numbers []uint32, from int64) (map[uint32][]series.Day, error) {
	days := map[uint32][]series.Day{}
	err := m.db.each(ctx, `SELECT visitor, day FROM events
		WHERE happened >= ? AND visit <> 0 AND visitor IN (SELECT unnest(?::UINTEGER[]))
		GROUP BY visitor, day`, []any{from, numbers},
		func(scan func(...any) error) error {
			var number uint32
			var day series.Day
			err := scan(&number, &day)
			days[number] = append(days[number], day)
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("read when they were seen: %w", err)
	}
	return days, nil
}

// rename writes who is whose person now.
func (m *meeting) rename(ctx context.Context) error {
	if err := m.db.stage(ctx, "joined", `person UINTEGER, into_person UINTEGER`); err != nil {
		return err
	}
	from := make([]uint32, 0, len(m.merged))
	for number := range m.merged {
		from = append(from, number)
	}
	err := m.db.fill("joined", len(from), func(i int) []driver.Value {
		return []driver.Value{from[i], m.person(from[i])}
	})
	if err != nil {
		return err
	}
	_, err = m.db.conn.ExecContext(ctx, `UPDATE visitors SET person = j.into_person FROM joined j WHERE visitors.person = j.person`)
	return err
}
