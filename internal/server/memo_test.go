package server

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
)

func TestMemoComputesOnce(t *testing.T) {
	t.Parallel()
	m := newMemo[string, int](10, nil)
	var computed atomic.Int32
	begin := make(chan struct{})
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			v, err := m.get(context.Background(), "a", func(context.Context) (int, error) {
				<-begin
				return int(computed.Add(1)), nil
			})
			if v != 1 || err != nil {
				t.Errorf("%d %v", v, err)
			}
		})
	}
	close(begin)
	all.Wait()
	if computed.Load() != 1 {
		t.Errorf("computed %d times", computed.Load())
	}
}

func TestMemoKeepsWithinItsBound(t *testing.T) {
	t.Parallel()
	m := newMemo[int](100, func(v int) int { return v })
	ask := func(key, value int) (computed bool) {
		t.Helper()
		if _, err := m.get(context.Background(), key, func(context.Context) (int, error) { computed = true; return value, nil }); err != nil {
			t.Fatal(err)
		}
		return computed
	}
	ask(1, 40)
	ask(2, 40)
	if ask(1, 40) {
		t.Error("1 was forgotten within the bound")
	}
	ask(3, 40) // drops 2, the one not used for longest
	if ask(1, 40) || !ask(2, 40) {
		t.Error("the wrong one was dropped")
	}
	ask(4, 1000) // larger than the bound: kept alone
	if ask(4, 1000) || m.recent.Len() != 1 || m.weight != 1000 {
		t.Errorf("%d kept, weight %d", m.recent.Len(), m.weight)
	}
}

func TestMemoForgetsErrorsAndSurvivesPanics(t *testing.T) {
	t.Parallel()
	m := newMemo[string, int](10, nil)
	wrong := errors.New("wrong")
	if _, err := m.get(context.Background(), "a", func(context.Context) (int, error) { return 0, wrong }); !errors.Is(err, wrong) {
		t.Error(err)
	}
	if _, err := m.get(context.Background(), "a", func(context.Context) (int, error) { panic("x") }); err == nil {
		t.Error("a panic is not an error")
	}
	if v, err := m.get(context.Background(), "a", func(context.Context) (int, error) { return 7, nil }); v != 7 || err != nil {
		t.Errorf("%d %v", v, err)
	}
}

// Whoever asked first may go away; the others still get their answer.
func TestMemoOutlivesItsFirstCaller(t *testing.T) {
	t.Parallel()
	m := newMemo[string, int](10, nil)
	ctx, leave := context.WithCancel(context.Background())
	begun, finish := make(chan struct{}), make(chan struct{})
	first := make(chan error, 1)
	go func() {
		_, err := m.get(ctx, "a", func(ctx context.Context) (int, error) {
			close(begun)
			<-finish
			return 7, ctx.Err()
		})
		first <- err
	}()
	<-begun
	leave()
	if err := <-first; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	close(finish)
	v, err := m.get(context.Background(), "a", func(context.Context) (int, error) { return 8, nil })
	if v != 7 || err != nil {
		t.Errorf("%d %v", v, err)
	}
}
