package webhook

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/act/automation"
	"github.com/shirube/shirube/internal/act/outbox"
	"github.com/shirube/shirube/internal/event"
)

var at = time.Unix(1_795_000_000, 0)

func TestWebhooksAreSignedAndTheirAnswersClassed(t *testing.T) {
	var got *http.Request
	var body []byte
	answer := func(http.ResponseWriter) {}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got = r
		body, _ = io.ReadAll(r.Body)
		answer(w)
	}))
	defer server.Close()
	client := server.Client()
	client.Timeout = 200 * time.Millisecond
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	s := &Sender{
		Client: client, Now: func() time.Time { return at },
		Secret: func(context.Context, event.Workspace) ([]byte, error) { return []byte("s"), nil },
		Person: func(_ context.Context, _ event.Workspace, id string) (map[string]any, bool, error) {
			return map[string]any{"name": "佐藤"}, id != "gone", nil
		},
	}
	item := func(who, url string) outbox.Item {
		payload, err := json.Marshal(automation.Handing{Automation: "a", Contact: who, Step: "hook", Webhook: &automation.Webhook{URL: url}})
		if err != nil {
			t.Fatal(err)
		}
		return outbox.Item{Key: "k", Workspace: "w", Payload: payload}
	}
	for _, c := range []struct {
		name, who string
		answer    func(http.ResponseWriter)
		want      outbox.Answer
	}{
		{"taken", "c", func(w http.ResponseWriter) { w.WriteHeader(204) }, outbox.Answer{State: outbox.Sent}},
		{"broken", "c", func(w http.ResponseWriter) { w.WriteHeader(500) }, outbox.Answer{State: outbox.Queued, Reason: "answered 500"}},
		{"busy", "c", func(w http.ResponseWriter) { w.Header().Set("Retry-After", "90"); w.WriteHeader(429) }, outbox.Answer{State: outbox.Queued, Reason: "answered 429", RetryAfter: 90_000}},
		{"gone", "c", func(w http.ResponseWriter) { w.WriteHeader(410) }, outbox.Answer{State: outbox.Failed, Reason: "answered 410"}},
		{"elsewhere", "c", func(w http.ResponseWriter) { w.Header().Set("Location", "http://127.0.0.1/"); w.WriteHeader(302) }, outbox.Answer{State: outbox.Failed, Reason: "answered 302: redirects are not followed"}},
		{"hangs", "c", func(http.ResponseWriter) { time.Sleep(400 * time.Millisecond) }, outbox.Answer{State: outbox.Queued, Reason: "no answer in time"}},
		{"erased", "gone", func(http.ResponseWriter) {}, outbox.Answer{State: outbox.Cancelled, Reason: "erased"}},
	} {
		answer = c.answer
		if a := s.Hand(t.Context(), item(c.who, server.URL)); a != c.want {
			t.Errorf("%s: %+v", c.name, a)
		}
	}
	if sign := got.Header.Get(HeaderSignature); sign != Signature([]byte("s"), "1795000000", body) || got.Header.Get(HeaderID) != "k" {
		t.Errorf("%v", got.Header)
	}
	if a := s.Hand(t.Context(), outbox.Item{Payload: []byte("{}")}); a.State != outbox.Failed {
		t.Errorf("%+v", a)
	}
}
