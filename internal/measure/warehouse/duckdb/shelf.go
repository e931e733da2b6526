package duckdb

import (
	"cmp"
	"context"
	"slices"

	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/measure/warehouse/query"
)

// shelfRows is how many rows of roll-ups, added up over its days, are read into a bundle.
// Where there are more, the engine ranks them each time and only says which are first.
const shelfRows = 50_000

// rowSize is what a row of a shelf takes up beside its text, roughly, in bytes.
const rowSize = 192

// shelf is what a bundle has of one thing days are rolled up by.
type shelf struct {
	ranked []warehouse.Group // all values, the first in rank first
	at     map[string]int    // where in ranked a value is
	ways   []uint32          // of traffic: which way in each of ranked is about; at is empty then
}

// byRank is the order values are shown in: most visits first.
func byRank(a, b warehouse.Group) int {
	if c := cmp.Compare(b.Visits, a.Visits); c != 0 {
		return c
	}
	if c := cmp.Compare(b.Views, a.Views); c != 0 {
		return c
	}
	return cmp.Or(cmp.Compare(b.Events, a.Events), cmp.Compare(a.Value, b.Value))
}

// shelvesOf reads what a bundle has of some fields where it is not there yet, and reports
// whether it has them all: there may be too many values to keep.
func (r *reading) shelvesOf(ctx context.Context, b *bundle, fields []warehouse.Field) (map[warehouse.Field]*shelf, bool, error) {
	if err := b.take(ctx); err != nil {
		return nil, false, err
	}
	defer b.give()
	var missing []warehouse.Field
	for _, base := range query.Bases(fields) {
		if b.shelves[base] == nil {
			missing = append(missing, base)
		}
	}
	if len(missing) > 0 && !b.crowded {
		if err := r.fillShelves(ctx, b, missing); err != nil {
			return nil, false, err
		}
		r.kept.grown(b)
	}
	found := make(map[warehouse.Field]*shelf, len(b.shelves))
	for _, base := range query.Bases(fields) {
		if b.shelves[base] == nil {
			return nil, false, nil
		}
		found[base] = b.shelves[base]
	}
	return found, true, nil
}

func (r *reading) fillShelves(ctx context.Context, b *bundle, bases []warehouse.Field) error {
	made := make(map[warehouse.Field]*shelf, len(bases))
	for _, base := range bases {
		made[base] = &shelf{}
	}
	scope := r.scope
	scope.Days = b.days
	rows, size := 0, int64(0)
	statement, err := query.RolledFields(dialect, scope, bases, r.kept.rows+1)
	err = r.each(ctx, statement, err, func(scan func(...any) error) error {
		var field string
		var way uint32
		var g warehouse.Group
		if err := scan(&field, &g.Value, &way, &g.DailyVisitors, &g.Visits, &g.Views, &g.Events, &g.Bounces, &g.EngagedMillis, &g.VisitMillis, &g.Entries, &g.Exits); err != nil {
			return err
		}
		s := made[warehouse.Field(field)]
		s.ranked = append(s.ranked, g)
		if warehouse.Field(field) == query.OfTraffic {
			s.ways = append(s.ways, way)
		}
		rows++
		size += rowSize + int64(len(g.Value))
		return nil
	})
	if err != nil {
		return err
	}
	if rows > r.kept.rows {
		b.crowded = true
		return nil
	}
	for base, s := range made {
		if base != query.OfTraffic {
			slices.SortFunc(s.ranked, byRank)
			s.at = make(map[string]int, len(s.ranked))
			for i, g := range s.ranked {
				s.at[g.Value] = i
			}
		}
		b.shelves[base] = s
	}
	b.size += size
	return nil
}

// rankedOver are the values of a field, over what bundles have of it and what was counted
// beside them. The first bundle's values are many and stand in order already, the others'
// are few.
func (r *reading) rankedOver(shelves []map[warehouse.Field]*shelf, beside *counted, field warehouse.Field, page warehouse.Paging) []warehouse.Group {
	if query.MadeOfTraffic(field) {
		return r.rankedTraffic(shelves, beside, field, page)
	}
	few := &counted{groups: map[warehouse.Field]map[string]*warehouse.Group{}}
	var many *shelf
	for i, each := range shelves {
		if i == 0 {
			many = each[field]
			continue
		}
		for _, g := range each[field].ranked {
			few.group(field, g)
		}
	}
	for _, g := range beside.of(field) {
		few.group(field, *g)
	}
	if many == nil {
		return few.ranked(field, page)
	}
	return many.with(field, few.groups[field], page)
}

// with are the values of the shelf by rank, those of few added to them.
func (s *shelf) with(field warehouse.Field, few map[string]*warehouse.Group, page warehouse.Paging) []warehouse.Group {
	others := make([]warehouse.Group, 0, len(few))
	for value, g := range few {
		if i, both := s.at[value]; both {
			sum := s.ranked[i]
			addGroup(&sum, g)
			others = append(others, sum)
		} else {
			others = append(others, *g)
		}
	}
	slices.SortFunc(others, byRank)
	var out []warehouse.Group
	skip, limit := max(page.Offset, 0), limitOf(page)
	mine := s.ranked
	for len(out) < limit && len(mine)+len(others) > 0 {
		var next warehouse.Group
		switch {
		case len(mine) > 0 && few[mine[0].Value] != nil:
			mine = mine[1:] // it stands among the others
			continue
		case len(others) == 0 || len(mine) > 0 && byRank(mine[0], others[0]) < 0:
			next, mine = mine[0], mine[1:]
		default:
			next, others = others[0], others[1:]
		}
		switch {
		case !shown(field, &next):
		case skip > 0:
			skip--
		default:
			out = append(out, next)
		}
	}
	return out
}

// rankedTraffic adds ways in up to the field that is made of them, by the rules of now.
func (r *reading) rankedTraffic(shelves []map[warehouse.Field]*shelf, beside *counted, field warehouse.Field, page warehouse.Paging) []warehouse.Group {
	sum := &counted{groups: map[warehouse.Field]map[string]*warehouse.Group{}}
	for _, each := range shelves {
		s := each[query.OfTraffic]
		for i, g := range s.ranked {
			g.Value = ""
			if way, known := r.way(s.ways[i]); known {
				g.Value = way.Of(field)
			}
			sum.group(field, g)
		}
	}
	for _, g := range beside.of(field) {
		sum.group(field, *g)
	}
	return sum.ranked(field, page)
}
