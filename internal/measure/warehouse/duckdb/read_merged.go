package duckdb

import (
	"context"

	"github.com/RoaringBitmap/roaring/v2"

	"github.com/shirube/shirube/internal/measure/warehouse/query"
)

// merged are a workspace's visitors who turned out to be somebody else, as they were at a
// person stamp.
type merged struct {
	stamp    int64
	visitors []uint32 // ascending
	persons  []uint32 // of each
	all      *roaring.Bitmap
}

// whoAre joins those of people who turned out to be one after their days were counted.
func (r *reading) whoAre(ctx context.Context, people *roaring.Bitmap, stamp int64) (*roaring.Bitmap, error) {
	if people.IsEmpty() {
		return people, nil
	}
	m, since, err := r.mergedOf(ctx, stamp)
	if err != nil {
		return nil, err
	}
	here := roaring.And(people, m.all)
	if here.IsEmpty() {
		return apply(since, people), nil
	}
	out := roaring.AndNot(people, here)
	persons := make([]uint32, 0, here.GetCardinality())
	at := 0
	here.Iterate(func(visitor uint32) bool {
		for m.visitors[at] < visitor {
			at++
		}
		persons = append(persons, m.persons[at])
		return true
	})
	out.AddMany(persons)
	return apply(since, out), nil
}

// personStamp is what the person stamp of the workspace is at the moment of the reading.
func (r *reading) personStamp(ctx context.Context) (int64, error) {
	var stamp int64
	statement, err := query.PersonStamp(dialect, r.scope.Key)
	err = r.each(ctx, statement, err, func(scan func(...any) error) error { return scan(&stamp) })
	return stamp, err
}

// mergedOf are the merged visitors, and what was joined since they were read where all of
// that is known: they may be many, and few of them are new.
func (r *reading) mergedOf(ctx context.Context, stamp int64) (*merged, []joined, error) {
	r.kept.mu.Lock()
	known := r.kept.merged[r.scope.Key]
	r.kept.mu.Unlock()
	if known != nil {
		if known.stamp == stamp {
			return known, nil, nil
		}
		if steps, told := r.kept.joinsSince(r.scope.Key, known.stamp, stamp); told {
			return known, steps, nil
		}
	}
	fresh := &merged{stamp: stamp, all: roaring.New()}
	statement, err := query.Merged(dialect, r.scope.Key)
	err = r.each(ctx, statement, err, func(scan func(...any) error) error {
		var visitor, person uint32
		err := scan(&visitor, &person)
		fresh.visitors, fresh.persons = append(fresh.visitors, visitor), append(fresh.persons, person)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	fresh.all.AddMany(fresh.visitors)
	r.kept.mu.Lock()
	defer r.kept.mu.Unlock()
	if before := r.kept.merged[r.scope.Key]; before == nil || before.stamp < stamp {
		r.kept.merged[r.scope.Key] = fresh
	}
	return fresh, nil, nil
}
