package duckdb

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/series"
)

// dayLong is a day in milliseconds, as most are.
const dayLong = 24 * 60 * 60 * 1000

// gap is how long nothing may happen within one visit, in milliseconds.
const gap = int64(30 * 60 * 1000)

// bounceEngaged is from when on a visit of one view counts as one that stayed.
const bounceEngaged = 10_000

// role is what an event does to its visitor's visits.
type role uint8

const (
	joins     role = iota // is part of a visit it happens in, and changes nothing about it
	continues             // carries a visit on, but does not begin one
	starts                // carries a visit on, or begins one
)

// roleOf follows from an event alone, so that visits depend on what happened and not on
// the order it was heard of in. What a page sends carries its visit on; the tracker's own
// engagement, often sent when a forgotten tab is closed, begins none. What a server sends
// has no page: it belongs to the visit it happens in.
func roleOf(kind event.Kind, name, host, path string) role {
	switch {
	case kind == event.Page || kind == event.Screen:
		return starts
	case host == "" && path == "":
		return joins
	case kind == event.Track && name != event.Engagement:
		return starts
	default:
		return continues
	}
}

// visit is a row of its table.
type visit struct {
	id                       uint64
	visitor                  *visitor
	day                      series.Day
	started, ended, lastView int64
	views, events            int32
	engaged                  int64
	entry, exit, host        string
	way                      uint32
	call                     call
	device, browser, os      string
	language, bot            string

	// The ids of the first event and of the last view decide between what happened in
	// the same millisecond. Of a visit that was read from the table they are not known.
	firstID, viewID [16]byte
	exact           bool

	isNew, isChanged bool
	madeAnew         bool // by the repair of this batch
}

func (v *visit) number() uint64 {
	if v == nil {
		return 0
	}
	return v.id
}

func (v *visit) bounce() bool {
	return v.views == 1 && v.events == 0 && v.engaged < bounceEngaged
}

// stored is told after the commit. What is never written again is let go, and what stays
// is a copy: a text may be a piece of the whole request it came in.
func (v *visit) stored() {
	v.isNew, v.isChanged, v.madeAnew = false, false, false
	v.exit = strings.Clone(v.exit)
	v.entry, v.host, v.device, v.browser, v.os, v.language, v.bot = "", "", "", "", "", "", strings.Clone(v.bot)
}

// covers reports whether something at a moment is part of the visit, if it is of no other.
func (v *visit) covers(at int64) bool { return v.started <= at && at <= v.ended+gap }

// before is the order of a visitor's visits. Neither is before the other where both are of
// one and the same millisecond: a campaign can begin a visit as fast as that.
func (v *visit) before(w *visit) bool {
	return v.started < w.started || v.started == w.started && v.ended < w.ended
}

// happening is what visits are made of: an event of the batch or of the table.
type happening struct {
	at       int64
	id       [16]byte
	role     role
	kind     event.Kind
	name     string
	path     string
	way      uint32
	call     call
	engaged  int64
	day      series.Day
	row      *row   // of the batch, or
	stored   uint64 // the visit it was part of, with
	host     string
	device   string
	browser  string
	os       string
	language string
	bot      string
}

func (r *row) role() role { return roleOf(r.Kind, r.name, r.Host, r.Path) }

func (r *row) happening() happening {
	return happening{
		at: int64(r.At), id: r.id, role: r.role(),
		kind: r.Kind, name: r.name, path: r.Path, way: r.way, call: r.space.list[r.way].call,
		engaged: r.EngagedMillis, day: r.day, row: r,
		host: r.Host, device: r.Device, browser: r.Browser, os: r.OS, language: r.Language, bot: r.Bot,
	}
}

// group puts the batch's rows into visits, visitor by visitor.
func (b *batch) group(ctx context.Context) error {
	var late []*visitor
	for i := range b.rows {
		v := b.rows[i].visitor
		if v.rows == nil || v.late {
			continue // was done with its first row
		}
		slices.SortFunc(v.rows, func(x, y int32) int { return byMoment(&b.rows[x], &b.rows[y]) })
		if !v.fresh && !b.inOrder(v) {
			v.late = true
			late = append(late, v)
			continue
		}
		for _, k := range v.rows {
			m := b.rows[k].happening()
			b.follow(v, &m)
		}
		b.leave(v)
	}
	if len(late) > 0 {
		if err := b.repair(ctx, late); err != nil {
			return fmt.Errorf("repair the visits of %d visitors: %w", len(late), err)
		}
		for _, v := range late {
			b.leave(v)
		}
	}
	for i := range b.rows {
		r := &b.rows[i]
		if r.Bot == "" {
			b.changed(r.space, r.day)
		}
	}
	return nil
}

// leave is when all rows of a visitor have their visits.
func (b *batch) leave(v *visitor) {
	first, last := int64(b.rows[v.rows[0]].At), int64(b.rows[v.rows[len(v.rows)-1]].At)
	v.latest = max(v.latest, last)
	isNew := v.fresh
	v.rows, v.fresh, v.late = nil, false, false
	if isNew {
		v.first, v.last = min(v.first, first), v.latest
		return
	}
	// The end of the last visit stands with the visit. What happened after it is written
	// here, and else this is only kept right to a day.
	if first >= v.first && (v.last >= v.latest || v.cur != nil && v.cur.ended >= v.latest && v.last >= v.latest-dayLong) {
		return
	}
	v.first, v.last = min(v.first, first), max(v.last, v.latest)
	b.seen = append(b.seen, v)
}

// inOrder reports whether a visitor's rows can be put into visits one after the other: all
// happened after everything known, or change nothing about where his visits begin and end.
func (b *batch) inOrder(v *visitor) bool {
	if v.unsure {
		return false
	}
	for _, k := range v.rows {
		r := &b.rows[k]
		at := int64(r.At)
		if at > v.latest {
			return true // and so all that follow
		}
		cur := v.cur
		if r.role() == joins {
			if v.never || cur != nil && cur.started <= at {
				continue
			}
			return false
		}
		if cur == nil || at > cur.ended || at < cur.started {
			return false
		}
		if c := r.space.list[r.way].call; c != (call{}) && c != cur.call {
			return false
		}
		if at == cur.started && !(cur.exact && bytes.Compare(r.id[:], cur.firstID[:]) > 0) {
			return false
		}
		if at == cur.lastView && !cur.exact && (r.Kind == event.Page || r.Kind == event.Screen) {
			return false
		}
	}
	return true
}

// follow puts the next happening of a visitor into his visits.
func (b *batch) follow(v *visitor, m *happening) {
	cur := v.cur
	var in *visit
	switch m.role {
	case joins:
		if cur != nil && cur.covers(m.at) {
			in = cur
		}
	case continues:
		if cur != nil && m.at-cur.ended <= gap {
			in = cur
		}
	case starts:
		if cur != nil && m.at-cur.ended <= gap && (m.call == call{} || m.call == cur.call) {
			in = cur
			break
		}
		b.s.nextVisit++
		in = begin(v, m, b.s.nextVisit)
		in.isNew = true
		v.cur, v.never = in, false
	}
	if in == nil {
		return
	}
	in.take(m)
	b.alter(in)
	m.row.visit = in
}

// alter notes that a visit is to be written and its day counted again.
func (b *batch) alter(v *visit) {
	if v.bot == "" {
		b.changed(v.visitor.space, v.day)
	}
	if !v.isChanged {
		v.isChanged = true
		b.visits = append(b.visits, v)
	}
}

// begin is a visit that begins with a happening, before it has taken it.
func begin(v *visitor, m *happening, id uint64) *visit {
	return &visit{
		id: id, visitor: v, day: m.day, started: m.at, ended: m.at, lastView: math.MinInt64,
		entry: m.path, exit: m.path, host: m.host, way: m.way, call: m.call,
		device: m.device, browser: m.browser, os: m.os, language: m.language, bot: m.bot,
		firstID: m.id, exact: true,
	}
}

// take counts a happening in.
func (v *visit) take(m *happening) {
	if m.role != joins {
		v.ended = max(v.ended, m.at)
	}
	switch {
	case m.kind == event.Page || m.kind == event.Screen:
		v.views++
		if m.at > v.lastView || m.at == v.lastView && bytes.Compare(m.id[:], v.viewID[:]) > 0 {
			v.lastView, v.viewID, v.exit = m.at, m.id, m.path
		}
	case m.kind == event.Track && m.name != event.Engagement:
		v.events++
	}
	v.engaged += m.engaged
}

// visitsOf reads visits of visitors that ended at a moment or later. Whose they are and
// their campaign are for found to fill in.
func (db *DB) visitsOf(ctx context.Context, visitors []uint32, from int64, found func(*visit, uint32)) error {
	return db.each(ctx, `SELECT v.visitor, v.visit, v.day, v.started, v.ended, v.last_view,
			v.views, v.events, v.engaged, v.entry, v.exit, v.host, v.traffic,
			v.device, v.browser, v.os, v.language, v.bot
		FROM visits v
		WHERE v.ended >= ? AND v.visitor IN (SELECT unnest(?::UINTEGER[]))`, []any{from, visitors},
		func(scan func(...any) error) error {
			v := &visit{}
			var number uint32
			err := scan(&number, &v.id, &v.day, &v.started, &v.ended, &v.lastView,
				&v.views, &v.events, &v.engaged, &v.entry, &v.exit, &v.host, &v.way,
				&v.device, &v.browser, &v.os, &v.language, &v.bot)
			if err != nil {
				return err
			}
			found(v, number)
			return nil
		})
}
