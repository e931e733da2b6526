package server

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/inbox"
)

// stumbling is the actor, which fails at one thing that happens as if its books would not take it.
type stumbling struct{ intoActor }

func (s stumbling) Do(ctx context.Context, from, upTo int64, events []event.Event) error {
	if slices.ContainsFunc(events, func(e event.Event) bool { return e.Name == "Poison" }) {
		return errors.New("the books would not take it")
	}
	return s.intoActor.Do(ctx, from, upTo, events)
}

// Rows of the inbox that the actor cannot read, and one that it fails at by itself, are set
// aside and told; whoever comes after them is acted on, once.
func TestTheActorPassesWhatNobodyCanRead(t *testing.T) {
	t.Parallel()
	onStage(t, func(t *testing.T, s *stage) {
		ann := s.knows("ann@example.jp")
		s.automate("問い合わせ", object{"trigger": object{"event": object{"event": "Asked"}}, "reentry": object{"mode": "always"}, "steps": []object{tagStep("a", "asked", "")}})
		box := inbox.New(inbox.Options{Store: s.db.Inbox}, stumbling{intoActor{s.server.acting.actor}})
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- box.Run(ctx) }()
		<-box.Opened()
		accept := func(e event.Event) {
			t.Helper()
			s.n++
			e.Workspace, e.MessageID, e.At, e.ReceivedAt = s.ws, fmt.Sprintf("row-%d", s.n), s.now(), s.now()
			if err := box.Accept(t.Context(), []event.Event{e}); err != nil {
				t.Fatal(err)
			}
		}
		garbage := func(payloads ...string) {
			t.Helper()
			for _, each := range payloads {
				if _, err := s.db.Inbox.Append(t.Context(), []byte(each), 3); err != nil {
					t.Fatal(err)
				}
			}
		}
		garbage("s\xff\xff\xff\xff\x0fgarbage", "")
		accept(s.says("ann", "ann@example.jp"))
		accept(s.did("ann", "Poison"))
		garbage(strings.Repeat("\x00", 100))
		accept(s.did("ann", "Asked"))
		wait(t, func() bool { s.settle(); return s.journeys(ann) == "ended" })
		s.wantTags(ann, "asked")
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		state := box.State()
		if r := state.Readers[0]; r.Aside != 4 || r.Failing != "" || state.Backlog.Aside != 4 {
			t.Errorf("the state tells %+v", state)
		}
		aside, err := s.db.Inbox.Aside(t.Context(), 100)
		if err != nil || len(aside) != 4 {
			t.Fatalf("%d rows set aside, want 4: %v", len(aside), err)
		}
		for _, row := range aside {
			if !strings.HasPrefix(row.Reason, "actor: ") || row.AsideAt.IsZero() {
				t.Errorf("set aside as %+v", row)
			}
		}
	})
}
