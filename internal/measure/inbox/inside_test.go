package inbox

import (
	"bytes"
	"fmt"
	"iter"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/internal/event"
)

func numbered(from, n int) []event.Event {
	list := make([]event.Event, n)
	for i := range list {
		list[i] = event.Event{Workspace: "w", MessageID: fmt.Sprint(from + i), Kind: event.Track, Name: "n"}
	}
	return list
}

// An id is new once among the last generation, however it comes back; what was noted and not
// forgotten builds the same set again after a restart.
func TestSeen(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		const limit = 20
		set := newSeenSet(limit)
		kept := map[int64][]uint64{}
		last := map[int]int{} // id -> how many different ids came before it was new
		fresh := 0
		for seq := int64(1); seq <= int64(rapid.IntRange(1, 30).Draw(t, "goes")); seq++ {
			ids := rapid.SliceOfN(rapid.IntRange(0, 60), 0, 10).Draw(t, "ids")
			var events []event.Event
			for _, id := range ids {
				events = append(events, numbered(id, 1)...)
			}
			found := set.fresh(events)
			for k, id := range ids {
				before, known := last[id]
				if found.first[k] {
					if known && fresh-before < limit-10 {
						t.Fatalf("id %d is new again after %d others", id, fresh-before)
					}
					last[id] = fresh
					fresh++
				} else if !known {
					t.Fatalf("id %d is taken for one that was seen", id)
				}
			}
			if upTo := set.forgettable(); upTo > 0 {
				for s := range kept {
					if s <= upTo {
						delete(kept, s)
					}
				}
			}
			kept[seq] = found.fingerprints
			set.keep(seq, found.fingerprints)
			if rapid.IntRange(0, 5).Draw(t, "restart") == 0 {
				again, err := recall(inOrder(kept, seq))
				if err != nil {
					t.Fatal(err)
				}
				for print := range set.new {
					if !again.has(print) {
						t.Fatal("a restart forgets")
					}
				}
				again.limit = limit
				if len(again.old) == 0 {
					again.old, again.oldUpTo = set.old, set.oldUpTo
					again.new = set.new
				}
				set = again
			}
		}
	})
}

func inOrder(kept map[int64][]uint64, last int64) iter.Seq2[event.Seen, error] {
	return func(yield func(event.Seen, error) bool) {
		for seq := int64(1); seq <= last; seq++ {
			if prints, there := kept[seq]; there && !yield(event.Seen{Seq: seq, Fingerprints: prints}, nil) {
				return
			}
		}
	}
}

// Recent rows are handed out only where none can be missing between them.
func TestRecent(t *testing.T) {
	t.Parallel()
	r := recent{limit: 50}
	add := func(seqs ...int64) {
		for _, seq := range seqs {
			r.add(event.Batch{Seq: seq, Payload: make([]byte, 10)})
		}
	}
	seqs := func(after int64, bytes int) string {
		var list []int64
		for _, b := range r.after(after, bytes) {
			list = append(list, b.Seq)
		}
		return fmt.Sprint(list)
	}
	add(4, 5, 6, 9, 10)
	for _, c := range []struct {
		after int64
		bytes int
		want  string
	}{{3, 100, "[4 5 6]"}, {3, 11, "[4 5]"}, {3, 1, "[4]"}, {5, 100, "[6]"}, {6, 100, "[]"}, {8, 100, "[9 10]"}, {10, 100, "[]"}, {0, 100, "[]"}} {
		if got := seqs(c.after, c.bytes); got != c.want {
			t.Errorf("after %d, %d bytes: %s, want %s", c.after, c.bytes, got, c.want)
		}
	}
	add(11) // one too many
	if got := seqs(3, 100); got != "[]" {
		t.Errorf("the oldest is still there: %s", got)
	}
	r.forget(9)
	if got := seqs(9, 100); got != "[10 11]" || r.bytes != 20 {
		t.Errorf("after forgetting: %s, %d bytes", got, r.bytes)
	}
}

func TestMarks(t *testing.T) {
	t.Parallel()
	var m marks
	for seq := range int64(100_000) {
		m.add(seq+1, event.Millis(1000+seq*7))
	}
	if len(m) > maxMarks {
		t.Errorf("%d marks", len(m))
	}
	for _, place := range []int64{0, 5, 50_000, 99_000} {
		at, written := m.after(place), event.Millis(1000+place*7)
		// It may be told too old by a step of the marks, never too young.
		if at > written || at < written-100_000*7/(maxMarks/4) {
			t.Errorf("the row after %d was written at %d, the marks say %d", place, written, at)
		}
	}
	if at := m.after(100_000); at != 0 {
		t.Errorf("nothing waits, and it is told to be of %d", at)
	}
	m.forget(100_000)
	if len(m) != 0 {
		t.Errorf("%d marks of what is dropped", len(m))
	}
}

// Pages go by their path, and robots do not name anything, but every event is counted to its key.
func TestSight(t *testing.T) {
	t.Parallel()
	events := []event.Event{
		{Workspace: "w", Key: "k", Kind: event.Track, Name: "Signed Up", At: 5, ReceivedAt: 50},
		{Workspace: "w", Key: "k", Kind: event.Track, Name: "Signed Up", At: 3, ReceivedAt: 60},
		{Workspace: "w", Key: "k", Kind: event.Track, Name: "Signed Up", At: 1, ReceivedAt: 70}, // seen before
		{Workspace: "w", Key: "k", Kind: event.Page, Name: "料金", Path: "/price", At: 4, ReceivedAt: 40},
		{Workspace: "w", Key: "k", Kind: event.Page, Path: "/wp-login.php", Bot: "scanner", At: 4, ReceivedAt: 40},
		{Workspace: "v", Key: "l", Kind: event.Identify, At: 4, ReceivedAt: 40},
	}
	got := sight(events, []bool{true, true, false, true, true, true})
	want := event.Sightings{
		Names: []event.NameSeen{
			{Workspace: "w", Kind: event.Track, Name: "Signed Up", Count: 2, First: 3, Last: 5},
			{Workspace: "w", Kind: event.Page, Name: "/price", Count: 1, First: 4, Last: 4},
		},
		Keys: []event.KeySeen{{Workspace: "w", Key: "k", Count: 4, First: 40, Last: 60}, {Workspace: "v", Key: "l", Count: 1, First: 40, Last: 40}},
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

func TestPayload(t *testing.T) {
	t.Parallel()
	events := numbered(0, 100)
	var packer packer
	packed := packer.pack(events[:1], events[1:])
	got, err := unpack(nil, packed)
	if err != nil || fmt.Sprint(got) != fmt.Sprint(events) {
		t.Fatalf("came back as %v, %v", got, err)
	}
	if plain := event.Encode(events); len(packed) >= len(plain) {
		t.Errorf("%d bytes are packed into %d", len(plain), len(packed))
	}
	for k := range packed {
		broken := bytes.Clone(packed)
		broken[k] ^= 0x10
		if _, err := unpack(nil, broken); err == nil {
			t.Errorf("byte %d changed, and nobody noticed", k)
		}
	}
}

// FuzzUnpack: whatever lies in a row, reading it ends, and in bounded memory.
func FuzzUnpack(f *testing.F) {
	f.Add(new(packer).pack(numbered(0, 3)))
	f.Add([]byte("s"))
	f.Add([]byte("s\xff\xff\xff\xff\x0f"))
	f.Fuzz(func(t *testing.T, payload []byte) {
		events, err := unpack(nil, payload)
		if err != nil && events != nil {
			t.Error("events and an error")
		}
	})
}

// Senders wait for readers that fall behind, a little more the further they do, and never
// long. Readers that keep up are not waited for.
func TestTheWayThatIsGiven(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ lag, want time.Duration }{
		{0, 0}, {mayLag, 0}, {mayLag + 200*time.Millisecond, 20 * time.Millisecond},
		{mayLag + 500*time.Millisecond, 50 * time.Millisecond}, {time.Hour, longestWay},
	} {
		if got := max(0, wayFor(c.lag)); got != c.want {
			t.Errorf("behind by %v: %v, want %v", c.lag, got, c.want)
		}
	}
}

// The reader that is furthest behind counts, but not one that fails.
func TestLag(t *testing.T) {
	t.Parallel()
	now := time.UnixMilli(1_000_000)
	i := New(Options{Now: func() time.Time { return now }}, IntoWarehouse(nil, nil), IntoCatalogue(nil, nil))
	i.marks.add(7, event.Millis(now.UnixMilli()-3000))
	i.marks.add(8, event.Millis(now.UnixMilli()-2000))
	i.readers[0].stand(8)
	i.readers[1].stand(7)
	if got := i.lag(); got != 2*time.Second {
		t.Errorf("one row to go: %v", got)
	}
	i.readers[1].told.Failing = "no room"
	if got := i.lag(); got != 0 {
		t.Errorf("it fails, and the other has everything: %v", got)
	}
}
