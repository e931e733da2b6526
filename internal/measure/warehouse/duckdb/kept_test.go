package duckdb

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/evidence"
	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/measure/warehouse/warehousetest"
	"github.com/shirube/shirube/internal/series"
)

// keptDays is how far back the lives below reach.
const keptDays = 8

var keptFields = []warehouse.Field{
	warehouse.FieldPage, warehouse.FieldEntry, warehouse.FieldExit, warehouse.FieldDevice, warehouse.FieldEvent,
	warehouse.FieldSource, warehouse.FieldChannel, warehouse.FieldCampaign,
}

// life is a warehouse things happen to at random: late events, people who turn out to be
// one, recounts, erasures, other rules of channels.
type life struct {
	*DB
	rnd       *rand.Rand
	n         int
	rules     atomic.Int64
	forgotten bool
}

func newLife(t *testing.T, seed uint64) *life {
	l := &life{rnd: rand.New(rand.NewPCG(seed, 11))}
	options := suiteOptions()
	options.Channel = func(_ event.Workspace, way warehouse.Traffic) string {
		return fmt.Sprintf("%s by rules %d", way.Campaign.Name, l.rules.Load())
	}
	l.DB = open(t, options)
	return l
}

func (l *life) event() event.Event {
	l.n++
	n := l.rnd.IntN(12)
	at := warehousetest.Clock.UnixMilli() - int64(l.rnd.IntN(keptDays))*86_400_000 + int64(l.rnd.IntN(40))*60_000
	e := event.Event{
		Workspace: "life", MessageID: fmt.Sprint("message ", l.n), Visitor: fmt.Sprint("visitor ", n), AnonymousID: fmt.Sprint("visitor ", n),
		Kind: event.Page, At: event.Millis(at), ReceivedAt: event.Millis(warehousetest.Clock.UnixMilli()), Host: "example.jp",
		Path: fmt.Sprint("/", l.rnd.IntN(6)), Device: []string{"mobile", "desktop"}[n%2], Cookieless: n == 0,
	}
	if l.rnd.IntN(4) == 0 {
		e.Campaign = event.Campaign{Source: "x", Name: fmt.Sprint("campaign ", l.rnd.IntN(3))}
	}
	switch l.rnd.IntN(5) {
	case 0:
		e.Kind, e.Name = event.Track, []string{"Clicked", "Inquiry Submitted"}[l.rnd.IntN(2)]
	case 1:
		if !e.Cookieless {
			e.Kind, e.UserID = event.Identify, fmt.Sprint("user ", l.rnd.IntN(4))
		}
	}
	return e
}

func (l *life) write(t *testing.T, most int) {
	t.Helper()
	var events []event.Event
	for range 1 + l.rnd.IntN(most) {
		events = append(events, l.event())
	}
	if _, err := l.Write(t.Context(), 0, events); err != nil {
		t.Fatal(err)
	}
}

// happen does one thing, and says what.
func (l *life) happen(t *testing.T) string {
	t.Helper()
	ctx, today := t.Context(), series.DayOf(warehousetest.Clock)
	var err error
	what := "write"
	switch pick := l.rnd.IntN(20); {
	case l.n == 0 || pick < 11:
		l.write(t, 12)
	case pick < 14:
		what = "erase"
		_, err = l.ErasePerson(ctx, "life", warehouse.Who{ID: fmt.Sprint([]string{"visitor ", "user "}[l.rnd.IntN(2)], l.rnd.IntN(6))})
	case pick < 15:
		what, l.forgotten = "forget", true
		_, err = l.ForgetBefore(ctx, "life", today-series.Day(l.rnd.IntN(keptDays)))
	case pick < 16:
		what, l.forgotten = "drop", false
		err = l.DropWorkspace(ctx, "life")
	default:
		what = "rules"
		l.rules.Add(1)
	}
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	return what
}

// asked are the answers to one question at one moment, out of what is remembered and without.
type asked struct {
	remembered, anew, ranked, events warehouse.Overview
	short                            bool // the latter two were not asked for
}

func (l *life) ask(ctx context.Context, span series.Span, limit int, all bool) (asked, error) {
	var out asked
	scope := warehouse.Scope{Workspace: "life", Span: span}
	err := l.read(ctx, scope, func(r *reading) error {
		if err := l.loadWays(ctx, r, keptFields...); err != nil {
			return err
		}
		page := warehouse.Paging{Limit: limit}
		fewRows := newKept()
		fewRows.rows = 1
		for i, way := range []struct {
			answer *warehouse.Overview
			kept   *kept
		}{{&out.remembered, l.kept}, {&out.anew, newKept()}, {&out.ranked, fewRows}} {
			if out.short = !all; i > 1 && !all {
				return nil
			}
			r.kept = way.kept
			*way.answer = warehouse.Overview{Days: blankDays(span), Groups: map[warehouse.Field][]warehouse.Group{}}
			if err := r.overview(ctx, way.answer, keptFields, page); err != nil {
				return err
			}
		}
		out.events = warehouse.Overview{Days: blankDays(span), Groups: map[warehouse.Field][]warehouse.Group{}}
		found, err := r.count(ctx, keptFields, out.events.Days)
		if err != nil {
			return err
		}
		out.events.Totals = found.totals()
		r.fill(out.events.Groups, found, keptFields, page)
		return nil
	})
	return out, err
}

func (a *asked) agree(forgotten bool) error {
	for _, other := range []struct {
		how string
		all *warehouse.Overview
	}{{"asked anew", &a.anew}, {"ranked by the engine", &a.ranked}, {"counted from the events", &a.events}} {
		if other.all != &a.anew && a.short || forgotten && other.all == &a.events {
			continue
		}
		for i := range other.all.Days {
			other.all.Days[i].Unique = a.remembered.Days[i].Unique // a day without anybody knows it, either way
		}
		if diff := gocmp.Diff(*other.all, a.remembered, cmpopts.EquateEmpty()); diff != "" {
			return fmt.Errorf("what is remembered differs from what is %s (-%s +remembered):\n%s", other.how, other.how, diff)
		}
	}
	return nil
}

// compare asks what all of it adds up to, and sometimes a part of it.
func (l *life) compare(t *testing.T, story []string) {
	t.Helper()
	today := series.DayOf(warehousetest.Clock)
	span := series.Span{From: today - keptDays, To: today + 1}
	if l.rnd.IntN(5) == 0 {
		span.From += series.Day(l.rnd.IntN(keptDays))
		span.To = span.From + series.Day(l.rnd.IntN(3))
	}
	a, err := l.ask(t.Context(), span, 1+l.rnd.IntN(8), evidence.Long() || l.rnd.IntN(3) == 0)
	if err == nil {
		err = a.agree(l.forgotten)
	}
	if err != nil {
		t.Fatalf("after %v, %v: %v", story, span, err)
	}
}

// Whatever happens, what readers remember gives the answer that the tables give.
func TestRememberedIsNeverOutOfDate(t *testing.T) {
	for seed := range uint64(evidence.Tries(2, 60)) {
		t.Run(fmt.Sprint("life ", seed), func(t *testing.T) {
			l := newLife(t, seed)
			if seed%3 == 1 {
				l.kept.most = 6_000 // a few bundles: they come and go
			}
			var story []string
			for range evidence.Tries(9, 30) {
				story = append(story, l.happen(t))
				l.compare(t, story)
				if l.rnd.IntN(4) > 0 {
					story = append(story, "settle")
					if err := l.Settle(t.Context()); err != nil {
						t.Fatal(err)
					}
					l.compare(t, story)
				}
				if l.kept.size > l.kept.most {
					t.Fatalf("%d bytes are kept, %d may be", l.kept.size, l.kept.most)
				}
			}
			if l.kept.size == 0 && l.kept.most == keptSize {
				t.Error("nothing was remembered: this shows nothing")
			}
		})
	}
}

// Questions see one moment, whatever is written and counted while they are answered.
func TestRememberedBesideWriting(t *testing.T) {
	l := newLife(t, 99)
	l.write(t, 60)
	ctx, stop := context.WithCancel(t.Context())
	var beside sync.WaitGroup
	wrong := make(chan error, 2)
	beside.Go(func() {
		for ctx.Err() == nil {
			var events []event.Event
			for range 3 {
				events = append(events, l.event())
			}
			if _, err := l.Write(context.WithoutCancel(ctx), 0, events); err != nil {
				wrong <- fmt.Errorf("write: %w", err)
				return
			}
		}
	})
	beside.Go(func() {
		for ctx.Err() == nil {
			if err := l.Settle(ctx); err != nil {
				wrong <- fmt.Errorf("settle: %w", err)
				return
			}
		}
	})
	today := series.DayOf(warehousetest.Clock)
	for range evidence.Tries(6, 300) {
		a, err := l.ask(ctx, series.Span{From: today - keptDays, To: today + 1}, 10, true)
		if err = errors.Join(err, a.agree(false)); err != nil {
			t.Error(err)
			break
		}
	}
	stop()
	beside.Wait()
	close(wrong)
	for err := range wrong {
		t.Error(err)
	}
}

// Stamps go on where a file left off, and no visitor's number is given twice: what was
// counted under it remembers it.
func TestStampsOutliveTheProgram(t *testing.T) {
	l := newLife(t, 5)
	ctx := t.Context()
	l.write(t, 40)
	if err := l.Settle(ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Place(ctx); err != nil {
		t.Fatal(err)
	}
	highest, given := l.state.nextVisitor, l.stamps.Load()
	for n := range 12 {
		if _, err := l.ErasePerson(ctx, "life", warehouse.Who{ID: fmt.Sprint("visitor ", n)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := Open(filepath.Clean(l.path), l.opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = again.Close() })
	if got := again.stamps.Load(); got <= given {
		t.Errorf("stamps go on from %d, %d was given", got, given)
	}
	if _, err := again.Place(ctx); err != nil {
		t.Fatal(err)
	}
	if again.state.nextVisitor < highest {
		t.Errorf("visitors go on from %d, %d was given", again.state.nextVisitor, highest)
	}
}

// Joins are told only where every step between two stamps is known.
func TestJoinings(t *testing.T) {
	k := newKept()
	k.joinedNow(1, joined{0, 3, []uint32{5}, []uint32{4}})
	k.joinedNow(1, joined{3, 4, []uint32{4, 9}, []uint32{2, 8}})
	k.joinedNow(2, joined{0, 7, []uint32{1}, []uint32{0}})
	steps, told := k.joinsSince(1, 0, 4)
	if !told {
		t.Fatal("both steps are known")
	}
	people := roaring.BitmapOf(5, 6, 9)
	if got, want := apply(steps, people).ToArray(), []uint32{2, 6, 8}; !slices.Equal(got, want) {
		t.Errorf("after the joins they are %v, not %v", got, want)
	}
	if got, want := people.ToArray(), []uint32{5, 6, 9}; !slices.Equal(got, want) {
		t.Errorf("what was given became %v", got)
	}
	for _, unknown := range [][2]int64{{1, 4}, {0, 5}, {4, 3}, {3, 7}} {
		if _, told := k.joinsSince(1, unknown[0], unknown[1]); told {
			t.Errorf("nobody knows what was between %v", unknown)
		}
	}
	k.joinedNow(1, joined{6, 8, []uint32{6}, []uint32{1}}) // 4 to 6 was something else
	if _, told := k.joinsSince(1, 3, 8); told {
		t.Error("a gap was passed over")
	}
	if _, told := k.joinsSince(1, 6, 8); !told {
		t.Error("the step after the gap is known")
	}
	k.joinedNow(1, joined{8, 9, make([]uint32, joinsKept), make([]uint32, joinsKept)})
	if _, told := k.joinsSince(1, 6, 9); told || k.joins[1].pairs > joinsKept {
		t.Errorf("%d joins are kept", k.joins[1].pairs)
	}
}
