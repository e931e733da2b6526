package collect_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/collect"
)

// kept is an inbox in memory: what it holds was accepted.
type kept struct {
	mu     sync.Mutex
	events []event.Event
	fail   error
}

func (k *kept) Accept(_ context.Context, events []event.Event) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.fail != nil {
		return k.fail
	}
	k.events = append(k.events, events...)
	return nil
}

func (k *kept) all() []event.Event {
	k.mu.Lock()
	defer k.mu.Unlock()
	return append([]event.Event(nil), k.events...)
}

// ring is a bunch of keys; err is what it says when it cannot tell.
type ring struct {
	keys map[string]collect.Key
	err  error
}

func (r ring) Lookup(_ context.Context, key string) (collect.Key, bool, error) {
	found, ok := r.keys[key]
	return found, ok, r.err
}

func keys() ring {
	return ring{keys: map[string]collect.Key{
		"server-key":  {Workspace: "w", ID: "k-server"},
		"browser-key": {Workspace: "w", ID: "k-browser", Browser: true},
		"shop-key":    {Workspace: "shop", ID: "k-shop", Browser: true, Origins: []string{"shop.example", "*.example.jp"}},
		"slow-key":    {Workspace: "w", ID: "k-slow", PerSecond: 10},
	}}
}

var received = time.Date(2026, 11, 22, 1, 2, 4, 0, time.UTC)

// rig is the door on a real port of this machine.
type rig struct {
	t       testing.TB
	inbox   *kept
	handler *collect.Handler
	server  *httptest.Server
}

func start(t testing.TB, change func(*collect.Options)) *rig {
	t.Helper()
	r := &rig{t: t, inbox: &kept{}}
	options := collect.Options{
		Inbox: r.inbox, Keys: keys(), Now: func() time.Time { return received },
		Salts: collect.NewDailySalts(nil, bytes.NewReader(bytes.Repeat([]byte{1}, 1<<10)), func(event.Workspace) string { return "UTC" }),
	}
	if change != nil {
		change(&options)
	}
	r.handler = collect.New(options)
	r.server = httptest.NewServer(r.handler)
	t.Cleanup(r.server.Close)
	return r
}

// reply is an answer, read.
type reply struct {
	status int
	header http.Header
	text   string
	body   struct {
		Success  bool
		Received int
		Accepted int
		Code     string
		Reason   string
		Refused  []struct {
			Index     int
			MessageID string
			Code      string
			Reason    string
		}
	}
}

func (r *rig) send(method, path, body string, headers ...string) reply {
	r.t.Helper()
	request, err := http.NewRequestWithContext(r.t.Context(), method, r.server.URL+path, strings.NewReader(body))
	if err != nil {
		r.t.Fatal(err)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	return r.do(request)
}

func (r *rig) do(request *http.Request) reply {
	r.t.Helper()
	response, err := r.server.Client().Do(request)
	if err != nil {
		r.t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	got := reply{status: response.StatusCode, header: response.Header, text: string(text)}
	if len(text) > 0 {
		if err := json.Unmarshal(text, &got.body); err != nil {
			r.t.Fatalf("%s: %v", text, err)
		}
	}
	return got
}
