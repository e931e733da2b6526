package collect_test

import (
	"bytes"
	"context"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/collect"
	"github.com/shirube/shirube/internal/measure/inbox"
)

// The real SDKs against the real door: nothing but their host is changed.

// runSDK runs a script beside the screens, where the SDKs are installed.
func runSDK(t *testing.T, script string, arguments ...string) string {
	t.Helper()
	screens, err := filepath.Abs("../../../ui")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(screens, "node_modules", "@segment", "analytics-next")); err != nil {
		t.Skip("the SDKs are not installed (npm ci in ui/)")
	}
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("there is no node")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 90*time.Second)
	defer cancel()
	command := exec.CommandContext(ctx, node, append([]string{filepath.Join(screens, "e2e", "sdk", script)}, arguments...)...)
	var out bytes.Buffer
	command.Stdout, command.Stderr = &out, &out
	if err := command.Run(); err != nil {
		t.Fatalf("%s: %v\n%s", script, err, out.String())
	}
	return out.String()
}

// stubborn refuses the first calls, each with its own reason, as a server under load does.
type stubborn struct {
	kept
	turn    sync.Mutex
	refuse  []error
	refused int
}

func (s *stubborn) Accept(ctx context.Context, events []event.Event) error {
	s.turn.Lock()
	defer s.turn.Unlock()
	if s.refused < len(s.refuse) {
		s.refused++
		return s.refuse[s.refused-1]
	}
	return s.kept.Accept(ctx, events)
}

func realTime(store collect.Inbox) func(*collect.Options) {
	return func(o *collect.Options) { o.Inbox, o.Now = store, nil }
}

func TestTheNodeSDK(t *testing.T) {
	t.Parallel()
	// Full first, then broken: the SDK waits and sends again, and nothing is lost.
	store := &stubborn{refuse: []error{inbox.ErrFull, inbox.ErrDiskFull}}
	r := start(t, realTime(store))
	began := event.Millis(time.Now().UnixMilli())
	if out := runSDK(t, "analytics-node.mjs", r.server.URL, "server-key"); out != "" {
		t.Errorf("the SDK reports %s", out)
	}
	if store.refused != 2 {
		t.Errorf("%d of 2 refusals were heard", store.refused)
	}
	byKind := map[event.Kind]event.Event{}
	ids := map[string]bool{}
	for _, e := range store.all() {
		byKind[e.Kind] = e
		ids[e.MessageID] = true
		if e.Library != "analytics-node" || e.Bot != "" || e.Cookieless {
			t.Errorf("%+v", e)
		}
		switch old := e.Name == "Old"; {
		case old && e.At != event.Millis(time.Date(2020, 4, 1, 0, 0, 0, 0, time.UTC).UnixMilli()):
			t.Errorf("history was moved to %d", e.At)
		case !old && (e.At < began || e.At > e.ReceivedAt || e.ReceivedAt-e.At > 60_000):
			t.Errorf("%s at %d, received %d, began %d", e.Name, e.At, e.ReceivedAt, began)
		}
	}
	if len(ids) != 7 || len(store.all()) != 7 {
		t.Errorf("%d events, %d ids, 7 were sound", len(store.all()), len(ids))
	}
	page := byKind[event.Page]
	if page.Name != "料金" || page.Path != "/pricing" || page.Campaign.Source != "x" || page.Visitor != "a1" {
		t.Errorf("%+v", page)
	}
	if group := byKind[event.Group]; group.GroupID != "g1" || string(group.Properties) != `{"name":"Acme"}` {
		t.Errorf("%+v", group)
	}
	if alias := byKind[event.Alias]; alias.PreviousID != "a1" || alias.UserID != "u1" {
		t.Errorf("%+v", alias)
	}
	// The one that is too large was refused by itself, and told.
	last := r.handler.Recent("w")[0]
	if last.Status != http.StatusOK || len(last.Refused) != 1 || last.Refused[0].Name != "Too Large" || last.Refused[0].Code != event.TooLarge {
		t.Errorf("%+v", last)
	}
}

func TestTheNodeSDKWithAWrongKey(t *testing.T) {
	t.Parallel()
	r := start(t, realTime(&kept{}))
	if out := runSDK(t, "analytics-node.mjs", r.server.URL, "wrong"); !strings.Contains(out, "delivery_failure") {
		t.Errorf("whoever runs it must hear of a wrong key: %q", out)
	}
}

func TestTheBrowserSDK(t *testing.T) {
	for _, strategy := range []string{"standard", "batching"} {
		t.Run(strategy, func(t *testing.T) {
			t.Parallel()
			browser := os.Getenv("SHIRUBE_CHROMIUM")
			if browser == "" {
				browser = "/usr/bin/chromium"
			}
			if _, err := os.Stat(browser); err != nil {
				t.Skip("there is no browser")
			}
			store := &kept{}
			r := start(t, realTime(store))
			out := runSDK(t, "analytics-next.mjs", r.server.URL, "browser-key", strategy)
			if strings.Contains(out, "error:") || strings.Contains(out, "console:") {
				t.Errorf("the page complains:\n%s", out)
			}
			events := store.all()
			byKind := map[event.Kind]event.Event{}
			for _, e := range events {
				byKind[e.Kind] = e
				if e.Key != "k-browser" || e.AnonymousID == "" || e.Visitor != e.AnonymousID || e.Cookieless {
					t.Errorf("%+v", e)
				}
				if e.Host != "localhost" || e.Path != "/pricing" || e.Query != "" || e.Title != "料金" ||
					e.Campaign.Source != "x" || e.Campaign.Medium != "social" || e.ClickID != "gclid" ||
					e.ReferrerHost != "search.yahoo.co.jp" || e.Language != "ja" || e.Device != "desktop" || e.Library != "analytics.js" {
					t.Errorf("%+v", e)
				}
			}
			for _, kind := range []event.Kind{event.Page, event.Identify, event.Track, event.Group} {
				if _, ok := byKind[kind]; !ok {
					t.Errorf("kind %d did not arrive; %d events\n%s", kind, len(events), out)
				}
			}
			if e := byKind[event.Track]; e.Name != "Inquiry Submitted" || e.UserID != "u1" || string(e.Properties) != `{"form":"contact"}` {
				t.Errorf("%+v", e)
			}
			// Its alias names the same id twice (1.84.3): taken, and nothing comes of it.
			if alias, ok := byKind[event.Alias]; ok && alias.PreviousID == alias.UserID {
				t.Errorf("%+v", alias)
			}
			if refused := r.handler.Recent("w"); len(refused) != 0 {
				t.Errorf("refused: %+v", refused)
			}
		})
	}
}
