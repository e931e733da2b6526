package duckdb

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/measure/warehouse/query"
	"github.com/shirube/shirube/internal/series"
)

// stampedDay is a day as it was counted: counted anew it has another stamp, and a stamp is
// never given twice.
type stampedDay struct {
	day   series.Day
	stamp int64
}

// bundle is what roll-ups say of some days taken together. It is known by its days with
// their stamps, so what is kept of it can never be out of date: a day that is counted again
// is part of another bundle.
type bundle struct {
	key  string
	days []series.Day
	turn chan struct{} // held by whoever reads something into it

	counted *roaring.Bitmap // the people of the days as they were counted; nil until asked for
	persons *roaring.Bitmap // who these are, as of
	as      int64           // this person stamp
	shelves map[warehouse.Field]*shelf
	crowded bool  // there are more values than are kept
	size    int64 // bytes of the shelves, roughly
}

// bytes is what a bundle takes up, roughly.
func (b *bundle) bytes() int64 {
	size := b.size
	if b.counted != nil {
		size += int64(b.counted.GetSizeInBytes())
	}
	if b.persons != nil && b.persons != b.counted {
		size += int64(b.persons.GetSizeInBytes())
	}
	return size
}

// bundlesOf are the days in bundles: those that were counted at any time before in one, and
// the one counted last by itself. The day under way is counted again and again; what the
// others add up to stays as it is meanwhile.
func (r *reading) bundlesOf(days []stampedDay) []*bundle {
	if len(days) == 0 {
		return nil
	}
	last := 0
	for i, d := range days {
		if d.stamp >= days[last].stamp {
			last = i
		}
	}
	out := []*bundle{r.kept.bundle(r.scope.Key, days[last:last+1])}
	if len(days) > 1 {
		out = append([]*bundle{r.kept.bundle(r.scope.Key, slices.Delete(slices.Clone(days), last, last+1))}, out...)
	}
	return out
}

func newBundle(key string, days []stampedDay) *bundle {
	b := &bundle{key: key, turn: make(chan struct{}, 1), shelves: map[warehouse.Field]*shelf{}}
	for _, d := range days {
		b.days = append(b.days, d.day)
	}
	return b
}

func bundleKey(ws int32, days []stampedDay) string {
	key := binary.AppendVarint(nil, int64(ws))
	for _, d := range days {
		key = binary.AppendVarint(key, int64(d.day))
		key = binary.AppendVarint(key, d.stamp)
	}
	return string(key)
}

// take waits for the bundle's turn.
func (b *bundle) take(ctx context.Context) error {
	select {
	case b.turn <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (b *bundle) give() { <-b.turn }

// personsOf are the different people of a bundle, as who they are known at the moment of the
// reading. They are shared: they may be read only.
func (r *reading) personsOf(ctx context.Context, b *bundle) (*roaring.Bitmap, error) {
	if err := b.take(ctx); err != nil {
		return nil, err
	}
	defer b.give()
	defer r.kept.grown(b)
	if b.counted == nil {
		people, err := r.countedPeople(ctx, b.days)
		if err != nil {
			return nil, err
		}
		b.counted = people
	}
	now, err := r.personStamp(ctx)
	if err != nil {
		return nil, err
	}
	var persons *roaring.Bitmap
	if b.persons != nil && b.as == now {
		return b.persons, nil
	}
	if b.persons != nil && b.as < now {
		if steps, told := r.kept.joinsSince(r.scope.Key, b.as, now); told {
			persons = apply(steps, b.persons)
		}
	}
	if persons == nil {
		if persons, err = r.whoAre(ctx, b.counted, now); err != nil {
			return nil, err
		}
	}
	if b.persons != nil && b.as > now {
		return persons, nil // of a moment before; whoever asks next asks of a later one
	}
	b.persons, b.as = persons, now
	return persons, nil
}

// peopleAtOnce is how many days' people are joined in one go: that is many times quicker than
// one after the other, and takes up the memory of them all.
const peopleAtOnce = 31

// countedPeople joins the people of some days as they were counted.
func (r *reading) countedPeople(ctx context.Context, days []series.Day) (*roaring.Bitmap, error) {
	scope := r.scope
	scope.Days = days
	some := []*roaring.Bitmap{roaring.New()}
	statement, err := query.RolledPeople(dialect, scope)
	err = r.each(ctx, statement, err, func(scan func(...any) error) error {
		var blob []byte
		if err := scan(&blob); err != nil || len(blob) == 0 {
			return err
		}
		// Read, not laid over the bytes: what is kept would hold on to them.
		people := roaring.New()
		if err := people.UnmarshalBinary(blob); err != nil {
			return fmt.Errorf("read the people of a day: %w", err)
		}
		if some = append(some, people); len(some) > peopleAtOnce {
			some = []*roaring.Bitmap{roaring.FastOr(some...)}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return roaring.FastOr(some...), nil
}
