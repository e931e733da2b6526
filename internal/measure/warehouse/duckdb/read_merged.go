package duckdb

import (
	"context"

	"github.com/RoaringBitmap/roaring/v2"

	"github.com/shirube/shirube/internal/measure/warehouse/query"
)

// merged are a workspace's visitors who turned out to be somebody else, as they were when
// mark was taken.
type merged struct {
	count    int64
	mark     uint64
	visitors []uint32 // ascending
	persons  []uint32 // of each
	all      *roaring.Bitmap
}

// joinMerged counts those as one who turned out to be one after their days were rolled up.
func (db *DB) joinMerged(ctx context.Context, r *reading, everybody *roaring.Bitmap) error {
	if everybody.IsEmpty() {
		return nil
	}
	m, err := db.mergedOf(ctx, r)
	if err != nil {
		return err
	}
	here := roaring.And(everybody, m.all)
	everybody.AndNot(here)
	persons := make([]uint32, 0, here.GetCardinality())
	at := 0
	here.Iterate(func(visitor uint32) bool {
		for m.visitors[at] < visitor {
			at++
		}
		persons = append(persons, m.persons[at])
		return true
	})
	everybody.AddMany(persons)
	return nil
}

// mergedOf reads the merged visitors, or takes those of the last time when a mark of them
// is still the same: they may be many, and they rarely change.
func (db *DB) mergedOf(ctx context.Context, r *reading) (*merged, error) {
	fresh := &merged{all: roaring.New()}
	statement, err := query.MergedMark(dialect, r.scope.Key)
	err = r.each(ctx, statement, err, func(scan func(...any) error) error { return scan(&fresh.count, &fresh.mark) })
	if err != nil {
		return nil, err
	}
	db.ways.mu.Lock()
	known := db.ways.merged[r.scope.Key]
	db.ways.mu.Unlock()
	if known != nil && known.count == fresh.count && known.mark == fresh.mark {
		return known, nil
	}
	statement, err = query.Merged(dialect, r.scope.Key)
	err = r.each(ctx, statement, err, func(scan func(...any) error) error {
		var visitor, person uint32
		err := scan(&visitor, &person)
		fresh.visitors, fresh.persons = append(fresh.visitors, visitor), append(fresh.persons, person)
		return err
	})
	if err != nil {
		return nil, err
	}
	fresh.all.AddMany(fresh.visitors)
	db.ways.mu.Lock()
	defer db.ways.mu.Unlock()
	if db.ways.merged == nil {
		db.ways.merged = map[int32]*merged{}
	}
	db.ways.merged[r.scope.Key] = fresh
	return fresh, nil
}
