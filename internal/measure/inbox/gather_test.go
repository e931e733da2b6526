package inbox

import (
	"testing"
	"time"

	"github.com/shirube/shirube/internal/event"
)

func TestFewAreNeverWaitedFor(t *testing.T) {
	for lately, want := range map[int]int{0: 0, 1: 0, manyCalls - 1: 0, manyCalls: 6, 64: 48, 8192: 6144} {
		if got := worthWaitingFor(lately); got != want {
			t.Errorf("of %d lately, %d are waited for and not %d", lately, got, want)
		}
	}
}

// TestSleepEnds goes through all that ends the sleep of the one who commits, and shows that
// none of them leaves anything behind that would end the next.
func TestSleepEnds(t *testing.T) {
	i := New(Options{Limits: Limits{GroupEvents: 10}})
	i.open = true
	never := make(chan struct{})
	stopped := make(chan struct{})
	close(stopped)
	come := func(calls, events int) {
		for range calls {
			if err := i.enqueue(waiter{events: make([]event.Event, events), bytes: 1, done: make(chan error, 1)}); err != nil {
				t.Error(err)
			}
		}
	}
	asleep := func() {
		for awake := true; awake; {
			i.mu.Lock()
			awake = i.wanted == 0
			i.mu.Unlock()
		}
	}
	for round := range 3 {
		if !i.sleep(0, forEver, never) {
			t.Fatal("nobody is waited for, and it stopped")
		}
		come(2, 1)
		if !i.sleep(2, forEver, never) {
			t.Fatal("enough are there, and it stopped")
		}
		if i.sleep(3, forEver, stopped) {
			t.Fatal("it went on after the end")
		}
		if !i.sleep(3, time.Microsecond, never) {
			t.Fatal("it was late, and it stopped")
		}
		go func() { asleep(); come(1, 1) }()
		if !i.sleep(3, forEver, never) || i.waits() != 3 {
			t.Fatalf("round %d: it ended with %d", round, i.waits())
		}
		go func() { asleep(); come(1, 7) }()
		if !i.sleep(100, forEver, never) || i.waits() != 4 {
			t.Fatalf("round %d: a full group did not end it: %d", round, i.waits())
		}
		if group := i.take(); len(group) != 4 || len(i.signal) != 0 || i.wanted != 0 {
			t.Fatalf("round %d: %d were taken, %d signals are left, %d wanted", round, len(group), len(i.signal), i.wanted)
		}
		i.writing = load{}
	}
}
