package duckdb

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/measure/warehouse/query"
)

// doingsAtOnce is how many doings are put in order at a time, as far as people can be told
// apart by blocks of their numbers: a fraction of the memory that all of them would take.
const (
	doingsAtOnce = 1_000_000
	peopleBlock  = 1 << 12
	blocksAtOnce = 1 << 9
)

// Doings are the times people did one of several things. The engine looks them up once and
// keeps them as long as the question lasts; putting them in order by people is quicker here,
// where it is known that people are numbers without great gaps.
func (db *DB) Doings(ctx context.Context, s warehouse.Scope, list []condition.Matcher, person func([]condition.Doing) error) error {
	return db.read(ctx, s, func(r *reading) error {
		statement, err := query.Doings(dialect, r.scope, list)
		if err != nil {
			return err
		}
		// It ends with the reading, which is never committed.
		if _, err := r.tx.ExecContext(ctx, `CREATE TEMP TABLE doings AS `+statement.Text, statement.Args...); err != nil {
			return fmt.Errorf("look doings up: %w", err)
		}
		parts, err := r.parts(ctx)
		if err != nil {
			return err
		}
		r.far.expect(1 + len(parts))
		r.far.passed()
		text := `SELECT who, happened FROM doings WHERE who >= ? AND who < ?`
		if len(list) > 1 {
			text = `SELECT who, happened, which FROM doings WHERE who >= ? AND who < ?`
		}
		return r.inTurn(ctx, parts, text, person)
	})
}

// inTurn hands over the people of one part while those of the next are being read.
func (r *reading) inTurn(ctx context.Context, parts []part, text string, person func([]condition.Doing) error) error {
	ctx, stop := context.WithCancel(ctx)
	free, ready := make(chan *gathered, 2), make(chan *gathered)
	free <- new(gathered)
	free <- new(gathered)
	var failed error // of the reader, until ready is closed
	go func() {
		defer close(ready)
		for _, each := range parts {
			select {
			case g := <-free:
				g.begin(each)
				if failed = r.quick(ctx, text, []any{each.from, each.until}, g.add); failed != nil {
					return
				}
				g.order()
				select {
				case ready <- g:
				case <-ctx.Done():
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}()
	defer func() {
		stop()
		for range ready { // the reading must not end while something is read
		}
	}()
	for g := range ready {
		if err := g.each(person); err != nil {
			return err
		}
		r.far.passed()
		free <- g
	}
	return errors.Join(failed, ctx.Err())
}

// part are the doings of who from … until.
type part struct {
	from, until int64
	doings      int
}

// parts cuts the doings by whose they are.
func (r *reading) parts(ctx context.Context) ([]part, error) {
	var out []part
	block := 2 * r.kept.block
	err := r.quick(ctx, `SELECT who // ? AS block, count(*) FROM doings GROUP BY block ORDER BY block`, []any{block}, func(row []driver.Value) error {
		from, doings := row[0].(int64)*block, int(row[1].(int64))
		if last := len(out) - 1; last >= 0 && out[last].doings+doings <= r.kept.doings && from-out[last].from < blocksAtOnce*block {
			out[last].until, out[last].doings = from+block, out[last].doings+doings
			return nil
		}
		out = append(out, part{from: from, until: from + block, doings: doings})
		return nil
	})
	return out, err
}

// gathered are the doings of a part in the order they were read, and then by whose they are.
type gathered struct {
	part
	who   []uint32 // since part.from
	at    []int64
	which []uint64 // none where there is one thing that was done

	starts  []uint32 // where the doings of each who start, once in order
	sorted  []int64
	matched []uint64
	person  []condition.Doing
}

func (g *gathered) begin(p part) {
	g.part = p
	g.who, g.at, g.which = slices.Grow(g.who[:0], p.doings), slices.Grow(g.at[:0], p.doings), g.which[:0]
	g.starts = append(g.starts[:0], make([]uint32, p.until-p.from+1)...)
}

func (g *gathered) add(row []driver.Value) error {
	who := uint32(row[0].(int64) - g.from)
	g.who, g.at = append(g.who, who), append(g.at, row[1].(int64))
	if len(row) > 2 {
		g.which = append(g.which, uint64(row[2].(int64)))
	}
	g.starts[who]++
	return nil
}

// order puts the doings in order by whose they are.
func (g *gathered) order() {
	g.sorted, g.matched = slices.Grow(g.sorted[:0], len(g.at))[:len(g.at)], slices.Grow(g.matched[:0], len(g.which))[:len(g.which)]
	sum := uint32(0)
	for i, n := range g.starts {
		sum += n
		g.starts[i] = sum // where the next one starts: filled from its end
	}
	for i := len(g.who) - 1; i >= 0; i-- {
		who := g.who[i]
		g.starts[who]--
		g.sorted[g.starts[who]] = g.at[i]
		if len(g.which) > 0 {
			g.matched[g.starts[who]] = g.which[i]
		}
	}
}

// each hands the doings over person by person.
func (g *gathered) each(person func([]condition.Doing) error) error {
	for who := 0; who+2 < len(g.starts); who += 2 {
		from, daily, until := g.starts[who], g.starts[who+1], g.starts[who+2]
		if from == until {
			continue
		}
		of := g.person[:0]
		for i := from; i < until; i++ {
			one := condition.Doing{Person: uint32((g.from + int64(who)) / 2), Cookieless: i >= daily, At: event.Millis(g.sorted[i]), Which: 1}
			if len(g.matched) > 0 {
				one.Which = g.matched[i]
			}
			of = append(of, one)
		}
		if err := person(of); err != nil {
			return err
		}
		g.person = of
	}
	return nil
}

// Occurred are the single times that visitors did one thing.
func (db *DB) Occurred(ctx context.Context, s warehouse.Scope, m condition.Matcher, each func(warehouse.Occurred) error) error {
	return db.read(ctx, s, func(r *reading) error {
		statement, err := query.Occurred(dialect, r.scope, m)
		return r.each(ctx, statement, err, func(scan func(...any) error) error {
			var id string
			var row warehouse.Occurred
			if err := scan(&id, &row.Cookieless, (*int64)(&row.At), &row.MessageID); err != nil {
				return err
			}
			kind, visitor, _ := strings.Cut(id, ":")
			row.Visitor, row.User = visitor, kind == "u"
			return each(row)
		})
	})
}
