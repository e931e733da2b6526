package server

import (
	"container/list"
	"context"
	"github.com/shirube/shirube/internal/server/front"
	"sync"
)

// memo keeps what was computed, within a bound, and computes each thing once
// however many ask for it at the same time.
type memo[K comparable, V any] struct {
	bound int         // sum of weights kept
	weigh func(V) int // nil: every value weighs 1

	mu      sync.Mutex
	weight  int
	kept    map[K]*list.Element // of *kept[K, V]
	recent  *list.List          // the last used first
	running map[K]*run[V]
}

type kept[K comparable, V any] struct {
	key    K
	value  V
	weight int
}

// run is a computation in progress.
type run[V any] struct {
	done  chan struct{}
	value V
	err   error
}

func newMemo[K comparable, V any](bound int, weigh func(V) int) *memo[K, V] {
	return &memo[K, V]{
		bound: bound, weigh: weigh, kept: map[K]*list.Element{}, recent: list.New(), running: map[K]*run[V]{},
	}
}

// peek is the value of a key if it is kept.
func (m *memo[K, V]) peek(key K) (value V, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	element, ok := m.kept[key]
	if ok {
		m.recent.MoveToFront(element)
		value = element.Value.(*kept[K, V]).value
	}
	return value, ok
}

// get is the value of a key, computed unless it is kept. Errors are not
// kept. compute runs on even when the caller that started it goes away: others may
// be waiting for the same.
func (m *memo[K, V]) get(ctx context.Context, key K, compute func(context.Context) (V, error)) (V, error) {
	m.mu.Lock()
	if element, ok := m.kept[key]; ok {
		m.recent.MoveToFront(element)
		value := element.Value.(*kept[K, V]).value
		m.mu.Unlock()
		return value, nil
	}
	current, ok := m.running[key]
	if !ok {
		current = &run[V]{done: make(chan struct{})}
		m.running[key] = current
		go m.run(context.WithoutCancel(ctx), key, current, compute)
	}
	m.mu.Unlock()
	select {
	case <-current.done:
		return current.value, current.err
	case <-ctx.Done():
		var none V
		return none, context.Cause(ctx)
	}
}

func (m *memo[K, V]) run(ctx context.Context, key K, current *run[V], compute func(context.Context) (V, error)) {
	defer close(current.done)
	defer func() {
		// A panic here would end the program: no request's recovery is below it.
		if panicked := recover(); panicked != nil {
			current.err = front.PanicError(panicked)
		}
		m.mu.Lock()
		defer m.mu.Unlock()
		delete(m.running, key)
		if current.err == nil {
			m.keep(key, current.value)
		}
	}()
	current.value, current.err = compute(ctx)
}

// keep adds a value and drops the least recently used ones beyond the bound. The
// caller holds the lock.
func (m *memo[K, V]) keep(key K, value V) {
	weight := 1
	if m.weigh != nil {
		weight = m.weigh(value)
	}
	m.kept[key] = m.recent.PushFront(&kept[K, V]{key: key, value: value, weight: weight})
	m.weight += weight
	for m.weight > m.bound && m.recent.Len() > 1 {
		oldest := m.recent.Remove(m.recent.Back()).(*kept[K, V])
		delete(m.kept, oldest.key)
		m.weight -= oldest.weight
	}
}
