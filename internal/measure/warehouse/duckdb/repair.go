package duckdb

import (
	"bytes"
	"cmp"
	"context"
	"database/sql/driver"
	"math"
	"slices"

	engine "github.com/duckdb/duckdb-go/v2"
)

// moved is a stored event that is of another visit now.
type moved struct {
	id      [16]byte
	visitor uint32
	visit   uint64
}

// patient is a visitor for whom something late came. From lo to hi his visits are made
// anew of everything stored and everything new; outside nothing can change: what begins
// at lo begins there whatever came later, and after hi nothing happened for longer than a
// visit waits.
type patient struct {
	*visitor
	visits  []*visit // stored, as far as they may matter, by their beginning
	inside  int      // so many of them begin in the span
	skip    int      // so many of them lie before it
	lo, hi  int64
	moments []happening
	mild    bool // all that came late only joins: no visit changes its bounds
}

// repair makes the visits of visitors anew around what came late.
func (b *batch) repair(ctx context.Context, late []*visitor) error {
	patients := make(map[uint32]*patient, len(late))
	numbers := make([]uint32, 0, len(late))
	from := int64(math.MaxInt64)
	for _, v := range late {
		p := &patient{visitor: v, mild: true}
		for _, k := range v.rows {
			m := b.rows[k].happening()
			p.mild = p.mild && m.role == joins
			p.moments = append(p.moments, m)
		}
		patients[v.number] = p
		numbers = append(numbers, v.number)
		from = min(from, p.moments[0].at-gap)
	}
	err := b.db.visitsOf(ctx, numbers, from, func(found *visit, number uint32) {
		p := patients[number]
		found.of(p.visitor)
		p.visits = append(p.visits, found)
	})
	if err != nil {
		return err
	}
	var deep []*patient
	for _, v := range late {
		p := patients[v.number]
		slices.SortFunc(p.visits, func(x, y *visit) int {
			return cmp.Or(cmp.Compare(x.started, y.started), cmp.Compare(x.ended, y.ended))
		})
		for k := 1; k < len(p.visits); k++ {
			if !p.visits[k-1].before(p.visits[k]) {
				p.mild = false // only their events tell which was first
			}
		}
		if p.mild {
			b.joinOnly(p)
			continue
		}
		p.bound()
		deep = append(deep, p)
	}
	if err := b.readMoments(ctx, deep); err != nil {
		return err
	}
	for _, p := range deep {
		b.regroupAll(p)
	}
	return nil
}

// joinOnly puts what only joins into the last visit that covers it.
func (b *batch) joinOnly(p *patient) {
	for i := range p.moments {
		m := &p.moments[i]
		if v := p.covering(m.at); v != nil {
			v.take(m)
			b.alter(v)
			m.row.visit = v
		}
	}
	p.last()
}

// last leaves the visitor with the last of his visits.
func (p *patient) last() {
	n := len(p.visits)
	if n == 0 {
		return
	}
	p.cur, p.never, p.unsure = p.visits[n-1], false, false
	if n > 1 && !p.visits[n-2].before(p.cur) && !p.cur.madeAnew {
		p.unsure = true
	}
}

// bound finds the span that may change. It only ever grows.
func (p *patient) bound() {
	first, last := p.moments[0].at, p.moments[0].at
	for i := range p.moments {
		if m := &p.moments[i]; m.role != joins || m.row == nil {
			last = max(last, m.at)
		}
	}
	p.lo = first
	p.skip = len(p.visits)
	for k := len(p.visits) - 1; k >= 0; k-- {
		v := p.visits[k]
		if v.started > p.lo {
			p.skip = k // it lies after lo, perhaps inside
			continue
		}
		if v.ended >= first-gap && v.ended >= p.lo-gap {
			p.lo, p.skip = v.started, k
		} else {
			break
		}
	}
	p.inside = 0
	for _, v := range p.visits[p.skip:] {
		if v.started > last+gap {
			break
		}
		last = max(last, v.ended)
		p.inside++
	}
	p.hi = max(p.hi, last+gap)
}

// readMoments reads the stored events of the spans, and again where what was read shows
// that a span must be longer.
func (b *batch) readMoments(ctx context.Context, all []*patient) error {
	for left := all; len(left) > 0; {
		if err := b.db.stage(ctx, "spans", `visitor UINTEGER, lo BIGINT, hi BIGINT`); err != nil {
			return err
		}
		lo, hi := int64(math.MaxInt64), int64(math.MinInt64)
		byNumber := make(map[uint32]*patient, len(left))
		err := b.db.fill("spans", len(left), func(i int) []driver.Value {
			p := left[i]
			lo, hi = min(lo, p.lo), max(hi, p.hi)
			byNumber[p.number] = p
			p.moments = slices.DeleteFunc(p.moments, func(m happening) bool { return m.row == nil })
			return []driver.Value{p.number, p.lo, p.hi}
		})
		if err != nil {
			return err
		}
		err = b.db.each(ctx, `SELECT e.visitor, e.happened, e.id, e.kind, e.name, e.path, e.traffic, e.engaged, e.day,
				e.visit, e.host, e.device, e.browser, e.os, e.language, e.bot
			FROM events e JOIN spans s ON e.visitor = s.visitor AND e.happened BETWEEN s.lo AND s.hi
			WHERE e.happened BETWEEN ? AND ?`, []any{lo, hi},
			func(scan func(...any) error) error {
				var number uint32
				var m happening
				err := scan(&number, &m.at, (*uuid)(&m.id), &m.kind, &m.name, &m.path, &m.way, &m.engaged, &m.day,
					&m.stored, &m.host, &m.device, &m.browser, &m.os, &m.language, &m.bot)
				if err != nil {
					return err
				}
				p := byNumber[number]
				if m.at == p.lo && m.stored != 0 && !p.knows(m.stored) {
					return nil // of the visit before, which ended in the millisecond this one began
				}
				m.role = roleOf(m.kind, m.name, m.host, m.path)
				m.call = p.space.list[m.way].call
				p.moments = append(p.moments, m)
				return nil
			})
		if err != nil {
			return err
		}
		var again []*patient
		for _, p := range left {
			slices.SortFunc(p.moments, func(x, y happening) int {
				return cmp.Or(cmp.Compare(x.at, y.at), bytes.Compare(x.id[:], y.id[:]))
			})
			if p.reaches() {
				again = append(again, p)
			}
		}
		left = again
	}
	return nil
}

// knows reports whether a visit is in the span or after it.
func (p *patient) knows(id uint64) bool {
	return slices.ContainsFunc(p.visits[p.skip:], func(v *visit) bool { return v.id == id })
}

// reaches makes the span longer where something in it may carry a visit beyond its end,
// and reports whether it did.
func (p *patient) reaches() bool {
	end := p.hi
	for i := range p.moments {
		if m := &p.moments[i]; m.role != joins && m.at <= p.hi {
			end = max(end, m.at+gap)
		}
	}
	for _, v := range p.visits[p.skip+p.inside:] {
		if v.started > end {
			break
		}
		end = max(end, v.ended+gap)
		p.inside++
	}
	longer := end > p.hi
	p.hi = end
	return longer
}

// of says whose visit was read.
func (v *visit) of(visitor *visitor) {
	v.visitor, v.call = visitor, visitor.space.list[v.way].call
}

// regroupAll makes the visits of a span anew. A visit keeps its number as long as one of
// its events had it.
func (b *batch) regroupAll(p *patient) {
	before := map[uint64]*visit{}
	for _, v := range p.visits[p.skip : p.skip+p.inside] {
		before[v.id] = v
	}
	taken := map[uint64]bool{}
	var made []*visit
	var of []*visit // the visit of each happening
	var cur *visit
	// First the bounds: what only joins has no say in them.
	for i := range p.moments {
		m := &p.moments[i]
		of = append(of, nil)
		switch m.role {
		case joins:
			continue
		case starts:
			if cur == nil || m.at-cur.ended > gap || m.call != (call{}) && m.call != cur.call {
				cur = begin(p.visitor, m, 0)
				cur.madeAnew = true
				made = append(made, cur)
			}
		case continues:
			if cur == nil || m.at-cur.ended > gap {
				continue
			}
		}
		if cur.id == 0 && m.stored != 0 && before[m.stored] != nil && !taken[m.stored] {
			cur.id = m.stored
			taken[m.stored] = true
		}
		cur.take(m)
		of[i] = cur
	}
	for _, v := range made {
		if v.id == 0 {
			b.s.nextVisit++
			v.id = b.s.nextVisit
		}
	}
	p.visits = slices.Replace(p.visits, p.skip, p.skip+p.inside, made...)
	for i := range p.moments {
		m := &p.moments[i]
		if m.role == joins {
			of[i] = p.covering(m.at)
			// What is stored and of a visit outside the span is counted there already.
			if v := of[i]; v != nil && (v.madeAnew || m.row != nil) {
				v.take(m)
				b.alter(v)
			}
		}
		if m.row != nil {
			m.row.visit = of[i]
			continue
		}
		if number := of[i].number(); number != m.stored {
			b.regroup = append(b.regroup, moved{m.id, p.number, number})
			if m.bot == "" {
				b.changed(p.space, m.day)
			}
		}
	}
	for _, v := range before {
		b.gone = append(b.gone, v.id)
		if v.bot == "" {
			b.changed(p.space, v.day)
		}
	}
	for _, v := range made {
		v.isNew = true
		b.alter(v)
	}
	p.last()
}

// covering is the visit something that only joins is part of, or nil.
func (p *patient) covering(at int64) *visit {
	after, _ := slices.BinarySearchFunc(p.visits, at+1, func(v *visit, at int64) int { return cmp.Compare(v.started, at) })
	if after == 0 || !p.visits[after-1].covers(at) {
		return nil
	}
	return p.visits[after-1]
}

// change writes visits: new ones are appended, known ones updated, and what a repair has
// changed is taken out and put in again.
func (b *batch) change(ctx context.Context) error {
	db := b.db
	if len(b.gone) > 0 {
		lowest := slices.Min(b.gone)
		if _, err := db.conn.ExecContext(ctx, `DELETE FROM visits WHERE visit >= ? AND visit IN (SELECT unnest(?::UBIGINT[]))`, lowest, b.gone); err != nil {
			return err
		}
	}
	if err := b.move(ctx); err != nil {
		return err
	}
	var fresh, known []*visit
	lowest := uint64(math.MaxUint64)
	for _, v := range b.visits {
		if v.isNew {
			fresh = append(fresh, v)
		} else {
			known = append(known, v)
			lowest = min(lowest, v.id)
		}
	}
	slices.SortFunc(fresh, func(x, y *visit) int { return cmp.Compare(x.id, y.id) })
	values := make([]driver.Value, 20)
	err := db.fill("visits", len(fresh), func(i int) []driver.Value {
		fresh[i].values(values)
		return values
	})
	if err != nil {
		return err
	}
	if len(known) > 0 {
		err := db.stage(ctx, "grown", `visit UBIGINT, ended BIGINT, last_view BIGINT, views INTEGER, events INTEGER,
			engaged BIGINT, bounce BOOLEAN, exit VARCHAR`)
		if err != nil {
			return err
		}
		err = db.fill("grown", len(known), func(i int) []driver.Value {
			v := known[i]
			return []driver.Value{v.id, v.ended, v.lastView, v.views, v.events, v.engaged, v.bounce(), v.exit}
		})
		if err != nil {
			return err
		}
		_, err = db.conn.ExecContext(ctx, `UPDATE visits SET ended = g.ended, last_view = g.last_view, views = g.views,
			events = g.events, engaged = g.engaged, bounce = g.bounce, exit = g.exit
			FROM grown g WHERE visits.visit = g.visit AND visits.visit >= ?`, lowest)
		if err != nil {
			return err
		}
	}
	return b.see(ctx)
}

// move writes which stored events are of another visit now.
func (b *batch) move(ctx context.Context) error {
	if len(b.regroup) == 0 {
		return nil
	}
	if err := b.db.stage(ctx, "regrouped", `id UUID, visitor UINTEGER, visit UBIGINT`); err != nil {
		return err
	}
	err := b.db.fill("regrouped", len(b.regroup), func(i int) []driver.Value {
		m := &b.regroup[i]
		return []driver.Value{engine.UUID(m.id), m.visitor, m.visit}
	})
	if err != nil {
		return err
	}
	_, err = b.db.conn.ExecContext(ctx, `UPDATE events SET visit = r.visit FROM regrouped r
		WHERE events.visitor = r.visitor AND events.id = r.id`)
	return err
}

// see writes when visitors were seen first and last, where that is known no other way.
func (b *batch) see(ctx context.Context) error {
	if len(b.seen) == 0 {
		return nil
	}
	if err := b.db.stage(ctx, "seen", `visitor UINTEGER, first_seen BIGINT, last_seen BIGINT`); err != nil {
		return err
	}
	err := b.db.fill("seen", len(b.seen), func(i int) []driver.Value {
		v := b.seen[i]
		return []driver.Value{v.number, v.first, v.last}
	})
	if err != nil {
		return err
	}
	_, err = b.db.conn.ExecContext(ctx, `UPDATE visitors SET first_seen = s.first_seen, last_seen = s.last_seen
		FROM seen s WHERE visitors.visitor = s.visitor`)
	return err
}

// values are a visit's, in the order of its table.
func (v *visit) values(out []driver.Value) {
	out[0], out[1], out[2], out[3] = v.visitor.space.number, v.id, v.visitor.number, int32(v.day)
	out[4], out[5], out[6] = v.started, v.ended, v.lastView
	out[7], out[8], out[9], out[10] = v.views, v.events, v.engaged, v.bounce()
	out[11], out[12], out[13], out[14] = v.entry, v.exit, v.host, v.way
	out[15], out[16], out[17], out[18], out[19] = v.device, v.browser, v.os, v.language, v.bot
}
