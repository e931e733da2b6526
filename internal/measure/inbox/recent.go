package inbox

import (
	"slices"
	"sync"

	"github.com/shirube/shirube/internal/event"
)

// recent is the rows this process wrote last, packed as they are, so that readers who keep
// up need not fetch them from the database. A run of seqs without a gap proves that nobody
// else wrote a row between them.
type recent struct {
	mu    sync.Mutex
	limit int
	bytes int
	rows  []event.Batch
}

func (r *recent) add(batch event.Batch) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.rows = append(r.rows, batch)
	r.bytes += len(batch.Payload)
	drop := 0
	for r.bytes > r.limit && drop < len(r.rows) {
		r.bytes -= len(r.rows[drop].Payload)
		drop++
	}
	r.rows = slices.Delete(r.rows, 0, drop)
}

// forget lets go of the rows up to a seq: everybody has read them.
func (r *recent) forget(upTo int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	n, _ := slices.BinarySearchFunc(r.rows, upTo+1, func(b event.Batch, seq int64) int { return int(b.Seq - seq) })
	for k := range n {
		r.bytes -= len(r.rows[k].Payload)
	}
	r.rows = slices.Delete(r.rows, 0, n)
}

// after is the rows that follow a seq without a gap; none where the next one is not here.
func (r *recent) after(seq int64, maxBytes int) []event.Batch {
	r.mu.Lock()
	defer r.mu.Unlock()
	from, found := slices.BinarySearchFunc(r.rows, seq+1, func(b event.Batch, seq int64) int { return int(b.Seq - seq) })
	if !found {
		return nil
	}
	to, bytes := from, 0
	for to < len(r.rows) && bytes < maxBytes && r.rows[to].Seq == seq+1+int64(to-from) {
		bytes += len(r.rows[to].Payload)
		to++
	}
	return slices.Clone(r.rows[from:to])
}
