package inbox_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/inbox"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/store/storetest"
)

// What is accepted reaches every reader once, in groups, and the rows go when all have it.
func TestEverybodyGetsEverythingOnce(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, open storetest.Opener) {
		db := open(t, store.Options{})
		one, two := newKeeper("one"), newKeeper("two")
		two.pace = inbox.Pace{Gather: 5 * time.Millisecond, Events: 7, Bytes: 300}
		box, _ := start(t, inbox.Options{Store: db.Inbox}, one, two)
		var want []string
		var mu sync.Mutex
		var group sync.WaitGroup
		for w := range 16 {
			group.Go(func() {
				for i := range 10 {
					events := some(fmt.Sprintf("%d.%d", w, i), 1+(w+i)%4)
					if err := box.Accept(t.Context(), events); err != nil {
						t.Error(err)
						return
					}
					mu.Lock()
					want = append(want, idsOf(events)...)
					mu.Unlock()
				}
			})
		}
		group.Wait()
		eventually(t, "everything read and dropped", func() bool {
			return len(one.kept()) >= len(want) && len(two.kept()) >= len(want) && box.State().Backlog.Batches == 0
		})
		sameIDs(t, one.kept(), want)
		sameIDs(t, two.kept(), want)
		state := box.State()
		if state.Kept != int64(len(want)) || state.Offered != state.Kept || state.Groups < 1 || state.Groups > 160 {
			t.Errorf("state %+v after %d events", state, len(want))
		}
		if got, err := db.Inbox.Backlog(t.Context()); err != nil || got.Batches != 0 {
			t.Errorf("the table holds %+v, %v", got, err)
		}
	})
}

// A reader that starts later, or again, goes on where its effect stands.
func TestReadersGoOnWhereTheyWere(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, open storetest.Opener) {
		db := open(t, store.Options{})
		one, slow := newKeeper("one"), newKeeper("slow")
		slow.failing(func(int64, int64, []event.Event) (bool, error) { return false, errors.New("not yet") })
		box, stop := start(t, inbox.Options{Store: db.Inbox}, one, slow)
		first := some("first", 50)
		for _, e := range first {
			if err := box.Accept(t.Context(), []event.Event{e}); err != nil {
				t.Fatal(err)
			}
		}
		eventually(t, "one reader through", func() bool { return len(one.kept()) == 50 })
		eventually(t, "the other one says that it stands still", func() bool {
			state := box.State()
			return state.Readers[1].Failing != "" && state.Readers[1].LagBatches > 0
		})
		stop()
		if err := box.Accept(t.Context(), first); !errors.Is(err, inbox.ErrClosed) {
			t.Errorf("a closed inbox answers %v", err)
		}
		slow.failing(nil)
		again, _ := start(t, inbox.Options{Store: db.Inbox}, one, slow)
		second := some("second", 3)
		if err := again.Accept(t.Context(), second); err != nil {
			t.Fatal(err)
		}
		want := append(idsOf(first), idsOf(second)...)
		eventually(t, "both through", func() bool { return len(one.kept()) >= 53 && len(slow.kept()) >= 53 })
		sameIDs(t, one.kept(), want)
		sameIDs(t, slow.kept(), want)
	})
}

// An effect that fails after it happened has happened; its place says so.
func TestAnErrorAfterTheFactDoesNothingTwice(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	var mu sync.Mutex
	one := newKeeper("one")
	one.pace = inbox.Pace{Events: 3, Bytes: 1 << 20}
	one.failing(func(int64, int64, []event.Event) (bool, error) {
		mu.Lock()
		defer mu.Unlock()
		if random.IntN(3) > 0 {
			return false, nil
		}
		return random.IntN(2) == 0, errors.New("the line broke")
	})
	box, _ := start(t, inbox.Options{Store: storetest.SQLite(t, store.Options{}).Inbox}, one)
	want := some("x", 30)
	for _, e := range want {
		if err := box.Accept(t.Context(), []event.Event{e}); err != nil {
			t.Fatal(err)
		}
	}
	eventually(t, "all of it", func() bool { return len(one.kept()) >= len(want) })
	sameIDs(t, one.kept(), idsOf(want))
}

func TestWhatNobodyCanReadIsSetAside(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, open storetest.Opener) {
		db := open(t, store.Options{})
		// As another program, or a failing disk, could have left them.
		for _, payload := range []string{"", "x", "s", "s\xff\xff\xff\xff\x0fgarbage", "sgarbage", strings.Repeat("\x00", 100)} {
			if _, err := db.Inbox.Append(t.Context(), []byte(payload), 9); err != nil {
				t.Fatal(err)
			}
		}
		one, two := newKeeper("one"), newKeeper("two")
		box, _ := start(t, inbox.Options{Store: db.Inbox}, one, two)
		want := some("good", 3)
		if err := box.Accept(t.Context(), want); err != nil {
			t.Fatal(err)
		}
		eventually(t, "the good ones through", func() bool { return len(one.kept()) == 3 && len(two.kept()) == 3 })
		sameIDs(t, one.kept(), idsOf(want))
		aside, err := db.Inbox.Aside(t.Context(), 100)
		if err != nil || len(aside) != 6 {
			t.Fatalf("%d rows set aside, want 6: %v", len(aside), err)
		}
		state := box.State()
		if state.Backlog.Aside != 6 || state.Readers[0].Aside+state.Readers[1].Aside != 6 {
			t.Errorf("the state tells %+v", state)
		}
		if aside[0].Reason == "" || aside[0].AsideAt.IsZero() {
			t.Errorf("set aside without a reason: %+v", aside[0])
		}
	})
}

// A row that an effect always fails at must not hold up the others, and what holds up
// everything must not cost a row.
func TestARowThatAlwaysFails(t *testing.T) {
	t.Parallel()
	db := storetest.SQLite(t, store.Options{})
	one := newKeeper("one")
	poison := func(_, _ int64, events []event.Event) (bool, error) {
		for _, e := range events {
			if strings.HasPrefix(e.MessageID, "poison") {
				return false, errors.New("cannot be")
			}
		}
		return false, nil
	}
	one.failing(func(int64, int64, []event.Event) (bool, error) { return false, errors.New("nothing goes") })
	box, _ := start(t, inbox.Options{Store: db.Inbox}, one)
	var want []string
	for i := range 12 {
		events := some(fmt.Sprintf("good%d", i), 2)
		if i == 5 {
			events = some("poison", 1)
		} else {
			want = append(want, idsOf(events)...)
		}
		if err := box.Accept(t.Context(), events); err != nil {
			t.Fatal(err)
		}
	}
	eventually(t, "some tries", func() bool { return box.State().Readers[0].Failing != "" })
	one.failing(poison)
	eventually(t, "the good ones", func() bool { return len(one.kept()) >= len(want) })
	sameIDs(t, one.kept(), want)
	aside, err := db.Inbox.Aside(t.Context(), 100)
	if err != nil || len(aside) != 1 || !strings.Contains(aside[0].Reason, "cannot be") {
		t.Fatalf("set aside: %+v, %v", aside, err)
	}
	// Once the reason is gone it can be brought back.
	one.failing(nil)
	if err := db.Inbox.Restore(t.Context(), aside[0].Seq); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the row that was restored", func() bool { return len(one.kept()) == len(want)+1 })
}

// errNoRoom stands for what a database says of a full disk; the real thing is tested where
// the whole program is.
var errNoRoom = errors.New("no room")

func TestFullDisk(t *testing.T) {
	t.Parallel()
	disk := &faulty{Inbox: storetest.SQLite(t, store.Options{}).Inbox}
	one := newKeeper("one")
	box, _ := start(t, inbox.Options{Store: disk, IsFull: func(err error) bool { return errors.Is(err, errNoRoom) }}, one)
	disk.fail(func() error { return fmt.Errorf("write: %w", errNoRoom) })
	for i := range 3 {
		if err := box.Accept(t.Context(), some(fmt.Sprint("lost", i), 2)); !errors.Is(err, inbox.ErrDiskFull) {
			t.Errorf("a full disk answers %v", err)
		}
	}
	if state := box.State(); !state.DiskFull || state.RefusedNoDisk != 6 || state.Kept != 0 {
		t.Errorf("state %+v", state)
	}
	disk.fail(func() error { return errors.New("something else") })
	if err := box.Accept(t.Context(), some("other", 1)); err == nil || errors.Is(err, inbox.ErrDiskFull) || errors.Is(err, inbox.ErrFull) {
		t.Errorf("another failure answers %v", err)
	}
	disk.fail(nil)
	want := some("kept", 2)
	if err := box.Accept(t.Context(), want); err != nil {
		t.Fatal(err)
	}
	eventually(t, "what was kept", func() bool { return len(one.kept()) == 2 })
	sameIDs(t, one.kept(), idsOf(want))
	if state := box.State(); state.DiskFull || state.Failed != 1 {
		t.Errorf("state %+v", state)
	}
}

// What waits is bounded whatever comes in; what is refused is not kept, what is not refused is.
func TestWaitingIsBounded(t *testing.T) {
	t.Parallel()
	for name, limits := range map[string]inbox.Limits{
		"events": {WaitingEvents: 10}, "bytes": {WaitingBytes: 2500}, "calls": {WaitingCalls: 10},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			disk := &faulty{Inbox: storetest.SQLite(t, store.Options{}).Inbox}
			blocked := make(chan struct{})
			disk.fail(func() error { <-blocked; return nil })
			one := newKeeper("one")
			box, _ := start(t, inbox.Options{Store: disk, Limits: limits}, one)
			var want []string
			var refused int
			var mu sync.Mutex
			var group sync.WaitGroup
			for i := range 40 {
				group.Go(func() {
					events := some(fmt.Sprint(i), 1)
					err := box.Accept(t.Context(), events)
					mu.Lock()
					defer mu.Unlock()
					switch {
					case err == nil:
						want = append(want, idsOf(events)...)
					case errors.Is(err, inbox.ErrFull):
						refused++
					default:
						t.Error(err)
					}
				})
			}
			eventually(t, "all answered or waiting", func() bool {
				mu.Lock()
				defer mu.Unlock()
				return refused+box.State().Waiting == 40
			})
			if waiting := box.State().Waiting; waiting > 10 || waiting < 5 {
				t.Errorf("%d events wait", waiting)
			}
			close(blocked)
			group.Wait()
			if err := box.Accept(t.Context(), some("after", 1000)); err != nil {
				t.Errorf("an empty inbox refuses: %v", err)
			}
			eventually(t, "the kept ones", func() bool { return len(one.kept()) == len(want)+1000 })
			sameIDs(t, one.kept()[:len(want)], want)
			if state := box.State(); state.RefusedFull != int64(refused) {
				t.Errorf("refused %d, the state tells %+v", refused, state)
			}
		})
	}
}

// Readers that stand still fill the disk only so far.
func TestBacklogIsBounded(t *testing.T) {
	t.Parallel()
	db := storetest.SQLite(t, store.Options{})
	one := newKeeper("one")
	one.failing(func(int64, int64, []event.Event) (bool, error) { return false, errNoRoom })
	options := inbox.Options{Store: db.Inbox, Limits: inbox.Limits{BacklogBytes: 5000}, IsFull: func(err error) bool { return errors.Is(err, errNoRoom) }}
	box, stop := start(t, options, one)
	var want []string
	var err error
	for i := 0; err == nil && i < 1000; i++ {
		events := some(fmt.Sprint(i), 1)
		if err = box.Accept(t.Context(), events); err == nil {
			want = append(want, idsOf(events)...)
		}
	}
	if !errors.Is(err, inbox.ErrFull) {
		t.Fatalf("after %d events: %v", len(want), err)
	}
	stop()
	// The bound holds for what an earlier process has left behind, too.
	box, _ = start(t, options, one)
	if err := box.Accept(t.Context(), some("x", 1)); !errors.Is(err, inbox.ErrFull) {
		t.Errorf("after a restart: %v", err)
	}
	one.failing(nil)
	eventually(t, "room again", func() bool { return box.Accept(t.Context(), some("again", 1)) == nil })
	want = append(want, "again-0")
	eventually(t, "everything", func() bool { return len(one.kept()) >= len(want) })
	sameIDs(t, one.kept(), want)
	if aside := box.State().Backlog.Aside; aside != 0 {
		t.Errorf("%d rows were set aside because a disk was full", aside)
	}
}

// A caller that goes away was not told anything, and the others do not notice.
func TestACallerGoesAway(t *testing.T) {
	t.Parallel()
	disk := &faulty{Inbox: storetest.SQLite(t, store.Options{}).Inbox}
	blocked := make(chan struct{})
	disk.fail(func() error { <-blocked; return nil })
	box, _ := start(t, inbox.Options{Store: disk}, newKeeper("one"))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := box.Accept(ctx, some("gone", 1)); !errors.Is(err, context.Canceled) {
		t.Errorf("a caller that is gone hears %v", err)
	}
	stays := make(chan error, 1)
	go func() { stays <- box.Accept(t.Context(), some("stays", 1)) }()
	close(blocked)
	if err := <-stays; err != nil {
		t.Error(err)
	}
	if err := box.Accept(t.Context(), nil); err != nil {
		t.Errorf("nothing at all: %v", err)
	}
}

// What waits when the program is told to stop is written and acknowledged.
func TestTheLastGroupIsWritten(t *testing.T) {
	t.Parallel()
	disk := &faulty{Inbox: storetest.SQLite(t, store.Options{}).Inbox}
	blocked := make(chan struct{})
	disk.fail(func() error { <-blocked; return nil })
	box, stop := start(t, inbox.Options{Store: disk, Limits: inbox.Limits{GroupEvents: 1}})
	answers := make(chan error, 5)
	for i := range 5 {
		go func() { answers <- box.Accept(t.Context(), some(fmt.Sprint(i), 1)) }()
	}
	eventually(t, "all waiting", func() bool { return box.State().Waiting == 5 })
	go close(blocked)
	stop()
	for range 5 {
		if err := <-answers; err != nil {
			t.Error(err)
		}
	}
	if got, err := disk.Backlog(t.Context()); err != nil || got.Events != 5 || got.Batches != 5 {
		t.Errorf("kept %+v, %v", got, err)
	}
}

// A state older than a reader (put back from a copy) must not number its rows as ones that
// the reader takes for done; a reader older than the state is told.
func TestPlacesThatDoNotFit(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, open storetest.Opener) {
		db := open(t, store.Options{})
		ahead := newKeeper("ahead")
		ahead.place = 1000
		box, stop := start(t, inbox.Options{Store: db.Inbox}, ahead)
		if err := box.Accept(t.Context(), some("x", 2)); err != nil {
			t.Fatal(err)
		}
		eventually(t, "read and dropped", func() bool { return len(ahead.kept()) == 2 && box.State().Backlog.Batches == 0 })
		stop()
		behind := newKeeper("behind")
		behind.place = 400
		box, _ = start(t, inbox.Options{Store: db.Inbox}, behind)
		if missed := box.State().Readers[0].Missed; missed != 601 {
			t.Errorf("%d rows missed, want 601", missed)
		}
		if err := box.Accept(t.Context(), some("y", 2)); err != nil {
			t.Fatal(err)
		}
		eventually(t, "read", func() bool { return len(behind.kept()) == 2 })
	})
}

// The rest comes when it is quiet, does not keep events waiting, and comes again when it
// failed.
func TestRest(t *testing.T) {
	t.Parallel()
	one := newKeeper("one")
	began, end := make(chan struct{}, 10), make(chan error)
	one.rest = func(context.Context) error {
		began <- struct{}{}
		return <-end
	}
	box, _ := start(t, inbox.Options{Store: storetest.SQLite(t, store.Options{}).Inbox}, one)
	accept := func(id string) {
		t.Helper()
		if err := box.Accept(t.Context(), some(id, 1)); err != nil {
			t.Fatal(err)
		}
	}
	accept("a")
	<-began
	accept("b")
	eventually(t, "the event that came meanwhile", func() bool { return len(one.kept()) == 2 })
	end <- errors.New("not now")
	eventually(t, "that it is told", func() bool { return box.State().Readers[0].Failing != "" })
	<-began
	end <- nil
}
