package inbox_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/inbox"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/store/storetest"
)

// onBoth runs a test on both databases.
func onBoth(t *testing.T, test func(t *testing.T, open storetest.Opener)) {
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); test(t, storetest.SQLite) })
	t.Run("postgres", func(t *testing.T) { t.Parallel(); test(t, storetest.Postgres) })
}

// keeper is an effect in memory that, like a real one, keeps its place together with what
// it did.
type keeper struct {
	name string
	pace inbox.Pace

	mu    sync.Mutex
	place int64
	ids   []string
	goes  int
	rests int
	// fail is asked before each go. after: it fails although the go happened.
	fail func(from, upTo int64, events []event.Event) (after bool, err error)
	rest func(ctx context.Context) error
}

func newKeeper(name string) *keeper {
	return &keeper{name: name, pace: inbox.Pace{Events: 1000, Bytes: 1 << 20}}
}

func (k *keeper) Name() string     { return k.name }
func (k *keeper) Pace() inbox.Pace { return k.pace }

func (k *keeper) Place(context.Context) (int64, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.place, nil
}

var errTwice = errors.New("the reader is not where it thinks it is")

func (k *keeper) Do(_ context.Context, from, upTo int64, events []event.Event) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if from != k.place {
		return errTwice
	}
	var after bool
	var err error
	if k.fail != nil {
		if after, err = k.fail(from, upTo, events); err != nil && !after {
			return err
		}
	}
	k.place = upTo
	k.goes++
	for _, e := range events {
		k.ids = append(k.ids, e.MessageID)
	}
	return err
}

func (k *keeper) Rest(ctx context.Context) error {
	k.mu.Lock()
	k.rests++
	rest := k.rest
	k.mu.Unlock()
	if rest != nil {
		return rest(ctx)
	}
	return nil
}

func (k *keeper) kept() []string {
	k.mu.Lock()
	defer k.mu.Unlock()
	return slices.Clone(k.ids)
}

func (k *keeper) failing(fail func(from, upTo int64, events []event.Event) (bool, error)) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.fail = fail
}

// start runs an inbox until stop is called, or the test ends.
func start(t testing.TB, options inbox.Options, effects ...inbox.Effect) (box *inbox.Inbox, stop func()) {
	t.Helper()
	box = inbox.New(options, effects...)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- box.Run(ctx) }()
	stop = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("run the inbox: %v", err)
		}
	})
	t.Cleanup(stop)
	<-box.Opened()
	return box, stop
}

// eventually waits for what must come; how long it takes is not what is tested.
func eventually(t testing.TB, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !holds(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("waited in vain for: %s", what)
		}
	}
}

// some is n events with ids of their own.
func some(prefix string, n int) []event.Event {
	list := make([]event.Event, n)
	for i := range list {
		list[i] = event.Event{
			Workspace: "w", Key: "k", MessageID: fmt.Sprintf("%s-%d", prefix, i), Kind: event.Track, Name: "Inquiry Submitted",
			Visitor: "v", AnonymousID: "v", At: 1_770_000_000_000, ReceivedAt: 1_770_000_000_000, Path: "/contact", Properties: []byte(`{"a":1}`),
		}
	}
	return list
}

func idsOf(events []event.Event) []string {
	ids := make([]string, len(events))
	for i := range events {
		ids[i] = events[i].MessageID
	}
	return ids
}

// sameIDs compares two lists of ids, whatever their order.
func sameIDs(t testing.TB, got, want []string) {
	t.Helper()
	got, want = slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(want))
	if !slices.Equal(got, want) {
		t.Errorf("%d ids, want %d; got %.300q, want %.300q", len(got), len(want), got, want)
	}
}

// faulty is a real store that can be told to fail, or to wait.
type faulty struct {
	store.Inbox
	mu    sync.Mutex
	fault func() error // of Append; nil: none
}

func (f *faulty) Append(ctx context.Context, payload []byte, events int) (int64, error) {
	f.mu.Lock()
	fault := f.fault
	f.mu.Unlock()
	if fault != nil {
		if err := fault(); err != nil {
			return 0, err
		}
	}
	return f.Inbox.Append(ctx, payload, events)
}

func (f *faulty) fail(fault func() error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.fault = fault
}
