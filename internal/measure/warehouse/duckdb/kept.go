package duckdb

import (
	"container/list"
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
)

// keptSize is how many bytes of bundles are kept, all workspaces together.
const keptSize = 32 << 20

// joinsKept is how many joins of visitors are remembered for each workspace, so that who is
// who need not be read again after each of them.
const joinsKept = 20_000

// kept is what readers remember: bundles, and who is who. All of it is known by stamps that
// the tables have, too, so it is right whatever happens meanwhile; losing it costs time only.
type kept struct {
	rows   int   // shelfRows, but in tests
	doings int   // doingsAtOnce, but in tests
	block  int64 // peopleBlock, but in tests

	mu      sync.Mutex
	bundles map[string]*list.Element
	recent  *list.List // of *keptBundle, the one asked for last first
	size    int64
	most    int64
	merged  map[int32]*merged
	joins   map[int32]joinings
}

type keptBundle struct {
	key  string
	of   *bundle
	size int64 // as it stands in kept.size
}

func newKept() *kept {
	return &kept{
		rows: shelfRows, doings: doingsAtOnce, block: peopleBlock, most: keptSize, bundles: map[string]*list.Element{}, recent: list.New(),
		merged: map[int32]*merged{}, joins: map[int32]joinings{},
	}
}

// bundle is the bundle of some days, a new one where none is kept.
func (k *kept) bundle(ws int32, days []stampedDay) *bundle {
	key := bundleKey(ws, days)
	k.mu.Lock()
	defer k.mu.Unlock()
	if e := k.bundles[key]; e != nil {
		k.recent.MoveToFront(e)
		return e.Value.(*keptBundle).of
	}
	one := &keptBundle{key: key, of: newBundle(key, days), size: int64(len(key))}
	k.bundles[key] = k.recent.PushFront(one)
	k.size += one.size
	return one.of
}

// grown notes that something was read into a bundle, whose turn the caller has, and lets
// those go that nobody asked for lately.
func (k *kept) grown(b *bundle) {
	k.mu.Lock()
	defer k.mu.Unlock()
	e := k.bundles[b.key]
	if e == nil || e.Value.(*keptBundle).of != b {
		return // it was let go meanwhile
	}
	one := e.Value.(*keptBundle)
	size := int64(len(b.key)) + b.bytes()
	k.size += size - one.size
	one.size = size
	for k.size > k.most && k.recent.Len() > 0 {
		last := k.recent.Remove(k.recent.Back()).(*keptBundle)
		delete(k.bundles, last.key)
		k.size -= last.size
	}
}

// joined are persons who turned out to be others: what a workspace's person stamp was
// before, and what it is since.
type joined struct {
	before, stamp int64
	from, into    []uint32
}

// joinings are such steps, each from where the one before led to.
type joinings struct {
	steps []joined
	pairs int
}

// apply tells who people are after all steps. The people given stay as they are.
func apply(steps []joined, people *roaring.Bitmap) *roaring.Bitmap {
	out := people
	for _, each := range steps {
		for i, from := range each.from {
			if !out.Contains(from) {
				continue
			}
			if out == people {
				out = people.Clone()
			}
			out.Remove(from)
			out.Add(each.into[i])
		}
	}
	return out
}

// joinedNow remembers joins that were just committed.
func (k *kept) joinedNow(ws int32, j joined) {
	k.mu.Lock()
	defer k.mu.Unlock()
	all := k.joins[ws]
	if n := len(all.steps); n > 0 && all.steps[n-1].stamp != j.before {
		all = joinings{} // something lies between that these do not tell
	}
	all.steps, all.pairs = append(all.steps, j), all.pairs+len(j.from)
	for all.pairs > joinsKept && len(all.steps) > 0 {
		all.pairs -= len(all.steps[0].from)
		all.steps = all.steps[1:]
	}
	k.joins[ws] = all
}

// joinsSince are the steps from one person stamp to a later one, where all are known.
func (k *kept) joinsSince(ws int32, from, to int64) ([]joined, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	all := k.joins[ws].steps
	first := slices.IndexFunc(all, func(j joined) bool { return j.before == from })
	last := slices.IndexFunc(all, func(j joined) bool { return j.stamp == to })
	if first < 0 || last < first {
		return nil, false
	}
	return all[first : last+1], true
}
