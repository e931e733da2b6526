package inbox_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/inbox"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/store/storetest"
)

func of(ws event.Workspace, events []event.Event) []event.Event {
	for i := range events {
		events[i].Workspace = ws
	}
	return events
}

// The hub tells the moment an event is acknowledged: whoever was told so finds it there.
func TestTheHubKnowsWhatIsAcknowledged(t *testing.T) {
	t.Parallel()
	hub := inbox.NewHub()
	box, _ := start(t, inbox.Options{Store: storetest.SQLite(t, store.Options{}).Inbox, Hub: hub}, newKeeper("one"))
	watching, err := hub.Subscribe("w")
	if err != nil {
		t.Fatal(err)
	}
	defer watching.Close()
	sent := some("x", 3)
	if err := box.Accept(t.Context(), sent); err != nil {
		t.Fatal(err)
	}
	if got := idsOf(hub.Recent("w", 2)); fmt.Sprint(got) != "[x-2 x-1]" {
		t.Errorf("the last two are %v", got)
	}
	for i := range 3 {
		if got := <-watching.C; got.MessageID != sent[i].MessageID || string(got.Properties) != `{"a":1}` || got.Path != "/contact" {
			t.Errorf("told %+v, sent %+v", got, sent[i])
		}
	}
}

func TestTheHubIsBounded(t *testing.T) {
	t.Parallel()
	hub := inbox.NewHub()
	slow, err := hub.Subscribe("a")
	if err != nil {
		t.Fatal(err)
	}
	other, err := hub.Subscribe("b")
	if err != nil {
		t.Fatal(err)
	}
	large := of("a", some("big", 1))
	large[0].Properties = []byte(`{"x":"` + strings.Repeat("x", 10_000) + `"}`)
	hub.Publish(large)
	if recent := hub.Recent("a", 10); len(recent) != 1 || recent[0].Properties != nil {
		t.Errorf("kept %+v", recent)
	}
	hub.Publish(append(of("a", some("a", 700)), of("b", some("b", 5))...))
	for i := range 30 {
		hub.Publish(of("a", some(fmt.Sprint("c", i), 10)))
	}
	recent := hub.Recent("a", 10_000)
	if len(recent) != 500 || recent[0].MessageID != "c29-9" || recent[499].MessageID != "a-500" {
		t.Errorf("%d kept, from %s to %s", len(recent), recent[len(recent)-1].MessageID, recent[0].MessageID)
	}
	if len(hub.Recent("b", 10)) != 5 || hub.Recent("nobody", 10) != nil {
		t.Error("workspaces are mixed up")
	}
	// A slow watcher has the newest, and knows how many it missed.
	last := ""
	for range len(slow.C) {
		last = (<-slow.C).MessageID
	}
	if last != "c29-9" || slow.Lost() == 0 || len(other.C) != 5 || other.Lost() != 0 {
		t.Errorf("the slow one ends at %q after losing %d; the other has %d", last, slow.Lost(), len(other.C))
	}
	hub.Forget("a", func(e *event.Event) bool { return strings.HasPrefix(e.MessageID, "c") })
	if left := hub.Recent("a", 10_000); len(left) != 200 || left[0].MessageID != "a-699" {
		t.Errorf("%d left after forgetting", len(left))
	}
	hub.Publish(of("a", some("d", 1)))
	if left := hub.Recent("a", 1); left[0].MessageID != "d-0" {
		t.Errorf("after forgetting the newest is %s", left[0].MessageID)
	}

	before := len(slow.C)
	slow.Close()
	slow.Close()
	hub.Publish(of("a", some("e", 1)))
	if len(slow.C) != before {
		t.Error("told after closing")
	}
	for range 100 {
		if _, err := hub.Subscribe("a"); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := hub.Subscribe("a"); !errors.Is(err, inbox.ErrCrowded) {
		t.Errorf("one watcher too many: %v", err)
	}
}
