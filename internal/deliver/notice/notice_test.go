package notice

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/act/outbox"
	"github.com/shirube/shirube/internal/deliver/webhook"
)

var at = time.Unix(1_795_000_000, 0)

var told = Message{Key: "score/1/2/c", Type: "lead.hot", Title: "<高橋> 恵子様が34点になりました", Points: []string{"料金のページを3日で4回見た(11/18〜11/21)+14", "[資料] +9"},
	Foot: "担当: 小林", Link: "https://shirube.example/w/a/act/leads?lead=2", Button: "リードを開く"}

// asked is a request as it arrived.
type asked struct {
	path, kind string
	header     http.Header
	body       []byte
}

// place is a server on this machine that writes down what it is told.
func place(t *testing.T, answer http.HandlerFunc) (*httptest.Server, *asked) {
	got := &asked{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		*got = asked{r.URL.Path, r.Header.Get("Content-Type"), r.Header, body}
		answer(w, r)
	}))
	t.Cleanup(server.Close)
	return server, got
}

func sender(server *httptest.Server) *Sender {
	client := server.Client()
	client.Timeout = 300 * time.Millisecond
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &Sender{Client: client, Now: func() time.Time { return at }, Chatwork: server.URL + "/v2"}
}

// TestEachPlaceIsToldInItsOwnWay: the shapes are those of the documentation named beside
// each of them.
func TestEachPlaceIsToldInItsOwnWay(t *testing.T) {
	t.Parallel()
	ok := func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "ok") }

	server, got := place(t, ok)
	if a := sender(server).Tell(t.Context(), Target{Kind: Slack, URL: server.URL + "/services/T/B/x"}, told); a.State != outbox.Sent {
		t.Fatalf("slack: %+v", a)
	}
	var slack struct{ Text string }
	if err := json.Unmarshal(got.body, &slack); err != nil || !strings.HasPrefix(got.kind, "application/json") ||
		slack.Text != "&lt;高橋&gt; 恵子様が34点になりました\n・料金のページを3日で4回見た(11/18〜11/21)+14\n・[資料] +9\n担当: 小林\n<https://shirube.example/w/a/act/leads?lead=2|リードを開く>" {
		t.Errorf("slack: %s %v", got.body, err)
	}

	server, got = place(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, `{"message_id":"1234"}`) })
	if a := sender(server).Tell(t.Context(), Target{Kind: Chatwork, Room: "42", Token: "secret"}, told); a.State != outbox.Sent {
		t.Fatalf("chatwork: %+v", a)
	}
	form, err := url.ParseQuery(string(got.body))
	if err != nil || got.path != "/v2/rooms/42/messages" || got.header.Get("X-Chatworktoken") != "secret" || got.kind != "application/x-www-form-urlencoded" ||
		form.Get("self_unread") != "1" || form.Get("body") != "[info][title]<高橋> 恵子様が34点になりました[/title]・料金のページを3日で4回見た(11/18〜11/21)+14\n・［資料］ +9\n担当: 小林\nhttps://shirube.example/w/a/act/leads?lead=2[/info]" {
		t.Errorf("chatwork: %s %v %v", got.path, got.header, form)
	}

	server, got = place(t, ok)
	if a := sender(server).Tell(t.Context(), Target{Kind: LineWorks, URL: server.URL + "/message/x"}, told); a.State != outbox.Sent {
		t.Fatalf("line works: %+v", a)
	}
	var line struct {
		Title  string
		Body   struct{ Text string }
		Button struct{ Label, URL string }
	}
	if err := json.Unmarshal(got.body, &line); err != nil || line.Title != told.Title || !strings.HasPrefix(line.Body.Text, "・料金") || line.Button.URL != told.Link || line.Button.Label != told.Button {
		t.Errorf("line works: %s %v", got.body, err)
	}

	server, got = place(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(202) }) // the flow begins after the answer
	if a := sender(server).Tell(t.Context(), Target{Kind: Teams, URL: server.URL + "/workflows/x/triggers/manual/paths/invoke?sig=s"}, told); a.State != outbox.Sent {
		t.Fatalf("teams: %+v", a)
	}
	golden, err := os.ReadFile("testdata/teams.json")
	if err != nil {
		t.Fatal(err)
	}
	var want, card any
	if json.Unmarshal(golden, &want) != nil || json.Unmarshal(got.body, &card) != nil || !reflect.DeepEqual(card, want) {
		t.Errorf("teams: %s", got.body)
	}

	server, got = place(t, ok)
	if a := sender(server).Tell(t.Context(), Target{Kind: Webhook, URL: server.URL, Sign: []byte("s")}, told); a.State != outbox.Sent {
		t.Fatalf("webhook: %+v", a)
	}
	if got.header.Get(webhook.HeaderSignature) != webhook.Signature([]byte("s"), "1795000000", got.body) || got.header.Get(webhook.HeaderID) != told.Key || !json.Valid(got.body) {
		t.Errorf("webhook: %v %s", got.header, got.body)
	}
}

// TestWhatIsMadeOfAnswers: trying again only makes sense where it may help, and not where
// somebody could be told twice.
func TestWhatIsMadeOfAnswers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		kind   Kind
		answer http.HandlerFunc
		want   outbox.Answer
	}{
		{"busy", Slack, func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Retry-After", "30"); w.WriteHeader(429) }, outbox.Answer{State: outbox.Queued, Reason: "answered 429", RetryAfter: 30_000}},
		{"chatwork's limit", Chatwork, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("x-ratelimit-reset", "1795000120")
			w.WriteHeader(429)
		}, outbox.Answer{State: outbox.Queued, Reason: "answered 429", RetryAfter: 120_000}},
		{"broken", LineWorks, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) }, outbox.Answer{State: outbox.Queued, Reason: "answered 500"}},
		{"wrong token", Chatwork, func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(401)
			_, _ = io.WriteString(w, `{"errors":["Invalid API token"]}`)
		}, outbox.Answer{State: outbox.Failed, Reason: `answered 401: {"errors":["Invalid API token"]}`}},
		{"archived", Slack, func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(410)
			_, _ = io.WriteString(w, "channel_is_archived")
		}, outbox.Answer{State: outbox.Failed, Reason: "answered 410: channel_is_archived"}},
		{"elsewhere", Slack, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", "http://127.0.0.1/")
			w.WriteHeader(302)
		}, outbox.Answer{State: outbox.Failed, Reason: "answered 302: redirects are not followed"}},
		{"hangs", Slack, func(http.ResponseWriter, *http.Request) { time.Sleep(600 * time.Millisecond) }, outbox.Answer{State: outbox.Unknown, Reason: "no answer in time"}},
		{"a webhook hangs", Webhook, func(http.ResponseWriter, *http.Request) { time.Sleep(600 * time.Millisecond) }, outbox.Answer{State: outbox.Queued, Reason: "no answer in time"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			server, _ := place(t, c.answer)
			if a := sender(server).Tell(t.Context(), Target{Kind: c.kind, URL: server.URL, Room: "1"}, told); a != c.want {
				t.Errorf("%+v, want %+v", a, c.want)
			}
		})
	}
	server, _ := place(t, func(http.ResponseWriter, *http.Request) {})
	s := sender(server)
	server.Close()
	if a := s.Tell(t.Context(), Target{Kind: Slack, URL: server.URL}, told); a.State != outbox.Queued {
		t.Errorf("nobody there: %+v", a)
	}
}
