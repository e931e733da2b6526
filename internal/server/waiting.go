package server

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"

	"github.com/shirube/shirube/internal/insight"
)

// waiting knows how many wait for each thing that is being worked out, so that the work
// ends when the last of them has gone.
type waiting[K comparable] struct {
	mu     sync.Mutex
	crowds map[K]*crowd
}

// crowd is who waits for one thing.
type crowd struct {
	ctx  context.Context
	end  context.CancelFunc
	size int
}

func newWaiting[K comparable]() *waiting[K] { return &waiting[K]{crowds: map[K]*crowd{}} }

// join adds one more; the context lives until all have left.
func (w *waiting[K]) join(ctx context.Context, key K) (shared context.Context, leave func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	c := w.crowds[key]
	if c == nil {
		c = &crowd{}
		c.ctx, c.end = context.WithCancel(context.WithoutCancel(ctx))
		w.crowds[key] = c
	}
	c.size++
	return c.ctx, func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		if c.size--; c.size == 0 {
			c.end()
			if w.crowds[key] == c {
				delete(w.crowds, key)
			}
		}
	}
}

// whileWaited is memo.get for work that ends when nobody waits for it any more.
func whileWaited[K, M comparable, V any](ctx context.Context, w *waiting[K], key K, m *memo[M, V], kept M, compute func(context.Context) (V, error)) (V, error) {
	for {
		shared, leave := w.join(ctx, key)
		value, err := m.get(ctx, kept, func(context.Context) (V, error) { return compute(shared) })
		leave()
		// Who comes while the work of others is being given up begins it anew.
		if err == nil || ctx.Err() != nil || !errors.Is(err, context.Canceled) {
			return value, err
		}
	}
}

// waitedFor asks a question that takes long and gives up when nobody waits for the answer
// any more: what comes out then is worth nothing and is not handed on.
func waitedFor[V any](ctx context.Context, opt insight.Options, ask func(insight.Options) (V, error)) (V, error) {
	var gone atomic.Bool
	opt.Abandoned = func() bool {
		if ctx.Err() == nil {
			return false
		}
		gone.Store(true)
		return true
	}
	answer, err := ask(opt)
	if gone.Load() {
		var none V
		return none, context.Cause(ctx)
	}
	return answer, err
}
