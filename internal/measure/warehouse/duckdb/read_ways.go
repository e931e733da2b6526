package duckdb

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/measure/warehouse/query"
)

// ways remembers the dictionaries of traffic. They only grow, so only what is new is read;
// a workspace that was dropped and began again is noticed by its last entry.
type ways struct {
	mu    sync.Mutex
	known map[int32][]query.Way
}

// loadWays puts the dictionary into the scope, with channels by the rules of now where they
// are asked for.
func (db *DB) loadWays(ctx context.Context, r *reading, fields ...warehouse.Field) error {
	if !query.NeedsWays(r.scope.Scope, fields...) {
		return nil
	}
	list, err := db.dictionary(ctx, r)
	if err != nil {
		return err
	}
	channels := usesChannel(r.scope.Filters)
	for _, f := range fields {
		channels = channels || f == warehouse.FieldChannel
	}
	if channels {
		list = append([]query.Way(nil), list...)
		for i := range list {
			list[i].Channel = db.opt.Channel(r.scope.Workspace, list[i].Traffic)
		}
	}
	r.scope.Ways = list
	return nil
}

func usesChannel(filters []warehouse.Filter) bool {
	for _, f := range filters {
		if f.Field == warehouse.FieldChannel {
			return true
		}
	}
	return false
}

// dictionary is every way in, in the order of their numbers. The slice is shared: it may
// be read only.
func (db *DB) dictionary(ctx context.Context, r *reading) ([]query.Way, error) {
	db.ways.mu.Lock()
	defer db.ways.mu.Unlock()
	known := db.ways.known[r.scope.Key]
	var from uint32
	if len(known) > 1 {
		from = known[len(known)-1].ID
	}
	fresh, err := r.readWays(ctx, from)
	if err != nil {
		return nil, err
	}
	switch {
	case from > 0 && len(fresh) > 0 && fresh[0] == known[len(known)-1]:
		known = append(known, fresh[1:]...)
	case from > 0:
		if known, err = r.readWays(ctx, 0); err != nil {
			return nil, err
		}
	default:
		known = fresh
	}
	if db.ways.known == nil {
		db.ways.known = map[int32][]query.Way{}
	}
	db.ways.known[r.scope.Key] = known
	return known[:len(known):len(known)], nil
}

// readWays reads the dictionary from a number on. Number 0, nothing known, is always there.
func (r *reading) readWays(ctx context.Context, from uint32) ([]query.Way, error) {
	var out []query.Way
	if from == 0 {
		out = append(out, query.Way{})
		from = 1
	}
	statement, err := query.Ways(dialect, r.scope.Key, from)
	err = r.each(ctx, statement, err, func(scan func(...any) error) error {
		var w query.Way
		c := &w.Campaign
		err := scan(&w.ID, &c.Source, &c.Medium, &c.Name, &c.Term, &c.Content, &w.ClickID, &w.ReferrerHost)
		out = append(out, w)
		return err
	})
	return out, err
}

// wayOf finds ways by their numbers.
func (db *DB) wayOf(ctx context.Context, r *reading) (map[uint32]warehouse.Traffic, error) {
	list, err := db.dictionary(ctx, r)
	if err != nil {
		return nil, err
	}
	out := make(map[uint32]warehouse.Traffic, len(list))
	for _, w := range list {
		out[w.ID] = w.Traffic
	}
	return out, nil
}

// way finds a way in of the scope by its number. They stand in the order of their numbers,
// mostly without a gap: the place is nearly always the number.
func (r *reading) way(number uint32) (*query.Way, bool) {
	list := r.scope.Ways
	if at := int(number); at < len(list) && list[at].ID == number {
		return &list[at], true
	}
	at, found := slices.BinarySearchFunc(list, number, func(w query.Way, number uint32) int { return cmp.Compare(w.ID, number) })
	if !found {
		return nil, false
	}
	return &list[at], true
}
