package collect_test

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/collect"
	"github.com/shirube/shirube/internal/measure/inbox"
)

func basic(user string) string { return "Basic " + base64.StdEncoding.EncodeToString([]byte(user)) }

func TestEveryPath(t *testing.T) {
	r := start(t, nil)
	for path, want := range map[string]struct {
		kind event.Kind
		body string
	}{
		"track t":    {event.Track, `"event":"e","userId":"u"`},
		"page p":     {event.Page, `"userId":"u"`},
		"screen s":   {event.Screen, `"userId":"u"`},
		"identify i": {event.Identify, `"userId":"u"`},
		"group g":    {event.Group, `"userId":"u","groupId":"g"`},
		"alias a":    {event.Alias, `"userId":"u","previousId":"p"`},
	} {
		for _, spelling := range strings.Fields(path) {
			before := len(r.inbox.all())
			got := r.send("POST", "/v1/"+spelling, `{"writeKey":"server-key",`+want.body+`}`)
			if got.status != 200 || got.text != `{"success":true,"received":1,"accepted":1}` {
				t.Errorf("/v1/%s: %d %s", spelling, got.status, got.text)
				continue
			}
			e := r.inbox.all()[before]
			if e.Kind != want.kind || e.Workspace != "w" || e.Key != "k-server" {
				t.Errorf("/v1/%s: %+v", spelling, e)
			}
		}
	}
	for _, spelling := range []string{"batch", "b"} {
		got := r.send("POST", "/v1/"+spelling, `{"writeKey":"server-key","batch":[{"type":"page","userId":"u"},{"type":"track","userId":"u","event":"e"}]}`)
		if got.status != 200 || got.body.Accepted != 2 {
			t.Errorf("/v1/%s: %d %s", spelling, got.status, got.text)
		}
	}
}

func TestWriteKeys(t *testing.T) {
	r := start(t, nil)
	const plain = `{"type":"track","event":"e","userId":"u"}`
	with := func(key string) string { return `{"writeKey":"` + key + `",` + plain[1:] }
	cases := []struct {
		name, path, body, authorization string
		status                          int
	}{
		{"in the body", "/v1/track", with("server-key"), "", 200},
		{"Basic with a colon", "/v1/track", plain, basic("server-key:"), 200},
		{"Basic without", "/v1/track", plain, basic("server-key"), 200},
		{"Basic with a password", "/v1/track", plain, basic("server-key:secret"), 200},
		{"both", "/v1/track", with("server-key"), basic("server-key:"), 200},
		{"in the address", "/v1/b?writeKey=server-key", plain, "", 200},
		{"Bearer and in the body", "/v1/track", with("server-key"), "Bearer some-oauth-token", 200},
		{"Bearer", "/v1/track", plain, "Bearer server-key", 200},
		{"in the events of a batch", "/v1/b", `{"batch":[` + with("server-key") + `]}`, "", 200},
		{"none", "/v1/track", plain, "", 401},
		{"an empty one", "/v1/track", with(""), basic(":"), 401},
		{"unknown in the body", "/v1/track", with("wrong"), "", 401},
		{"unknown in the header", "/v1/track", with("server-key"), basic("wrong:"), 401},
		{"Basic that is none", "/v1/track", plain, "Basic %%%", 401},
	}
	for _, c := range cases {
		got := r.send("POST", c.path, c.body, "Authorization", c.authorization)
		if got.status != c.status || got.body.Success != (c.status == 200) {
			t.Errorf("%s: %d %s", c.name, got.status, got.text)
		}
	}
	if len(r.handler.Recent("")) == 0 {
		t.Error("wrong keys leave no trace")
	}
}

func TestAKeyOfSomeSitesOnly(t *testing.T) {
	r := start(t, nil)
	for origin, status := range map[string]int{
		"https://shop.example": 200, "https://www.example.jp": 200, "https://example.jp:8443": 200, "": 200,
		"https://evil.example": 403, "https://notexample.jp": 403, "null": 403, "https://shop.example.evil.jp": 403,
	} {
		got := r.send("POST", "/v1/p", `{"writeKey":"shop-key"}`, "Origin", origin, "User-Agent", "Mozilla/5.0")
		if got.status != status {
			t.Errorf("%q: %d %s", origin, got.status, got.text)
		}
	}
}

func TestOneBadEventDoesNotSpoilItsBatch(t *testing.T) {
	r := start(t, nil)
	body := `{"batch":[{"type":"track","event":"a","userId":"u"},{"type":"track","event":"b","messageId":"m2"},` +
		`{"type":"track","event":"c","userId":"u","properties":{"x":"` + strings.Repeat("x", event.MaxEvent) + `"}}]}`
	got := r.send("POST", "/v1/batch", body, "Authorization", basic("server-key:"), "Accept-Language", "en")
	if got.status != 200 || got.body.Received != 3 || got.body.Accepted != 1 || len(got.body.Refused) != 2 {
		t.Fatalf("%d %s", got.status, got.text)
	}
	first := got.body.Refused[0]
	if first.Index != 1 || first.MessageID != "m2" || first.Code != "no_user_anon_id" || !strings.Contains(first.Reason, "userId or anonymousId") {
		t.Errorf("%+v", first)
	}
	recent := r.handler.Recent("w")
	if len(recent) != 1 || recent[0].Key != "k-server" || recent[0].Accepted != 1 || len(recent[0].Refused) != 2 || recent[0].Refused[0].Name != "b" {
		t.Errorf("%+v", recent)
	}
	counts := r.handler.Counts("w")
	if counts.Accepted != 1 || counts.Refused["event_too_large"] != 1 || counts.Refused["no_user_anon_id"] != 1 {
		t.Errorf("%+v", counts)
	}
}

func TestBodies(t *testing.T) {
	r := start(t, nil)
	packed := func(plain string) string {
		var out bytes.Buffer
		w := gzip.NewWriter(&out)
		_, _ = w.Write([]byte(plain))
		_ = w.Close()
		return out.String()
	}
	const plain = `{"type":"track","event":"e","userId":"u"}`
	large := `{"batch":[` + plain + strings.Repeat(` `, event.MaxBody-len(plain)-12) + `]}`
	cases := []struct {
		name, body, encoding, kind string
		status                     int
	}{
		{"text/plain", plain, "", "text/plain", 200},
		{"no content type", plain, "", "", 200},
		{"gzip", packed(plain), "gzip", "application/json", 200},
		{"gzip again", packed(plain), "GZIP", "application/json", 200},
		{"identity", plain, "identity", "", 200},
		{"gzip that is none", plain, "gzip", "", 400},
		{"gzip cut off", packed(plain)[:20], "gzip", "", 400},
		{"brotli", plain, "br", "", 415},
		{"empty", "", "", "", 400},
		{"not JSON", "hello", "", "", 400},
		{"a body at the limit", large, "", "", 200},
		{"a body beyond", large + " ", "", "", 413},
		{"a small body that grows beyond", packed(strings.Repeat(" ", event.MaxBody+1)), "gzip", "", 413},
		{"a bomb", packed(strings.Repeat(" ", 64<<20)), "gzip", "", 413},
	}
	for _, c := range cases {
		got := r.send("POST", "/v1/batch", c.body, "Authorization", basic("server-key:"), "Content-Encoding", c.encoding, "Content-Type", c.kind)
		if got.status != c.status {
			t.Errorf("%s: %d %s", c.name, got.status, got.text)
		}
		if got.status != 200 && got.body.Reason == "" {
			t.Errorf("%s: no reason in %s", c.name, got.text)
		}
	}
}

func TestWhenItCannotBeKept(t *testing.T) {
	const body = `{"writeKey":"server-key","type":"track","event":"e","userId":"u"}`
	for _, c := range []struct {
		fail   error
		status int
		code   string
	}{
		{inbox.ErrFull, 429, "busy"},
		{fmt.Errorf("append: %w", inbox.ErrFull), 429, "busy"},
		{inbox.ErrDiskFull, 503, "disk_full"},
		{errors.New("the database is away"), 503, "unavailable"},
	} {
		r := start(t, nil)
		r.inbox.fail = c.fail
		got := r.send("POST", "/v1/track", body)
		if got.status != c.status || got.body.Code != c.code || got.body.Success || got.header.Get("Retry-After") == "" {
			t.Errorf("%v: %d %s %v", c.fail, got.status, got.text, got.header)
		}
		if strings.Contains(got.text, "database") {
			t.Errorf("the inside is told: %s", got.text)
		}
		r.inbox.mu.Lock()
		r.inbox.fail = nil
		r.inbox.mu.Unlock()
		if got := r.send("POST", "/v1/track", body); got.status != 200 {
			t.Errorf("after %v: %d", c.fail, got.status)
		}
	}
	r := start(t, func(o *collect.Options) { o.Keys = ring{err: errors.New("state away")} })
	if got := r.send("POST", "/v1/track", body); got.status != 503 || got.header.Get("Retry-After") == "" {
		t.Errorf("a key that cannot be looked up: %d %s", got.status, got.text)
	}
}

func TestAKeyIsHeldToItsRate(t *testing.T) {
	r := start(t, nil)
	item := `{"type":"track","event":"e","userId":"u"}`
	full := `{"batch":[` + strings.TrimSuffix(strings.Repeat(item+",", event.MaxBatch), ",") + `]}`
	if got := r.send("POST", "/v1/batch", full, "Authorization", basic("slow-key:")); got.status != 200 {
		t.Fatalf("a full batch: %d", got.status)
	}
	got := r.send("POST", "/v1/track", item, "Authorization", basic("slow-key:"))
	if got.status != 429 || got.header.Get("Retry-After") == "" || got.header.Get("X-RateLimit-Reset") == "" {
		t.Errorf("%d %v", got.status, got.header)
	}
	if got := r.send("POST", "/v1/track", item, "Authorization", basic("server-key:")); got.status != 200 {
		t.Errorf("another key: %d", got.status)
	}
}

func TestBrowsersMayAsk(t *testing.T) {
	r := start(t, nil)
	for _, path := range []string{"/v1/t", "/v1/batch", "/v1/projects/browser-key/settings"} {
		got := r.send("OPTIONS", path, "", "Origin", "https://example.jp", "Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "authorization,content-type,x-retry-count")
		h := got.header
		if got.status != 204 || h.Get("Access-Control-Allow-Origin") != "https://example.jp" || h.Get("Access-Control-Max-Age") != "86400" || h.Get("Vary") != "Origin" {
			t.Errorf("%s: %d %v", path, got.status, h)
		}
		for _, name := range []string{"authorization", "content-type", "content-encoding", "x-retry-count"} {
			if !strings.Contains(h.Get("Access-Control-Allow-Headers"), name) {
				t.Errorf("%s: %s is not allowed", path, name)
			}
		}
		if h.Get("Access-Control-Allow-Credentials") != "" {
			t.Error("cookies are nobody's business here")
		}
	}
	got := r.send("POST", "/v1/t", `{"writeKey":"wrong"}`, "Origin", "https://example.jp")
	if got.status != 401 || got.header.Get("Access-Control-Allow-Origin") != "https://example.jp" {
		t.Errorf("a page must be able to read why: %d %v", got.status, got.header)
	}
}

func TestSettings(t *testing.T) {
	r := start(t, nil)
	got := r.send("GET", "/v1/projects/browser-key/settings", "", "Origin", "https://example.jp")
	host := strings.TrimPrefix(r.server.URL, "http://")
	if got.status != 200 || !strings.Contains(got.text, `"apiHost":"`+host+`/v1"`) || !strings.Contains(got.text, `"apiKey":"browser-key"`) {
		t.Errorf("%d %s", got.status, got.text)
	}
	for path, status := range map[string]int{"/v1/projects/wrong/settings": 404, "/v1/projects//settings": 404, "/v1/projects/a/b/settings": 404, "/v1/": 404, "/v1/nothing": 404} {
		if got := r.send("GET", path, ""); got.status != status {
			t.Errorf("%s: %d", path, got.status)
		}
	}
}

func TestOtherMethods(t *testing.T) {
	r := start(t, nil)
	for _, method := range []string{"GET", "PUT", "DELETE", "PATCH"} {
		if got := r.send(method, "/v1/track", ""); got.status != http.StatusMethodNotAllowed || !strings.Contains(got.header.Get("Allow"), "POST") {
			t.Errorf("%s: %d %v", method, got.status, got.header)
		}
	}
	if got := r.send("POST", "/v1/projects/browser-key/settings", ""); got.status != http.StatusMethodNotAllowed {
		t.Errorf("%d", got.status)
	}
}

// The request of segmentio/analytics-go v3.3.0 as it was captured: the key in the header
// only, context only around the events, nanoseconds, no anonymous id.
func TestTheGoSDK(t *testing.T) {
	body, err := os.ReadFile("testdata/analytics-go.json")
	if err != nil {
		t.Fatal(err)
	}
	r := start(t, nil)
	got := r.send("POST", "/v1/batch", string(body), "Authorization", basic("server-key:"), "Content-Type", "application/json", "User-Agent", "analytics-go (version: 3.0.0)")
	if got.status != 200 || got.body.Accepted != 3 {
		t.Fatalf("%d %s", got.status, got.text)
	}
	events := r.inbox.all()
	for _, e := range events {
		if e.Library != "analytics-go" || e.UserID == "" || e.Bot != "" || e.At != event.Millis(received.UnixMilli()-2877) {
			t.Errorf("%+v", e)
		}
	}
	if events[1].Name != "Inquiry Submitted" || string(events[1].Properties) != `{"form":"contact","revenue":12000}` || events[1].Value != 12000 {
		t.Errorf("%+v", events[1])
	}
}

// A visitor without an id is told from others for a day, and nothing of the request is kept.
func TestCookielessVisitors(t *testing.T) {
	r := start(t, func(o *collect.Options) {
		o.Address = func(r *http.Request) string { return r.Header.Get("X-Test-Address") }
	})
	visit := func(address, agent string) event.Event {
		before := len(r.inbox.all())
		if got := r.send("POST", "/v1/p", `{"writeKey":"browser-key"}`, "X-Test-Address", address, "User-Agent", agent, "Accept-Language", "ja-JP,en;q=0.5"); got.status != 200 {
			t.Fatalf("%d %s", got.status, got.text)
		}
		return r.inbox.all()[before]
	}
	const agent = "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0"
	first, again, other := visit("203.0.113.1", agent), visit("203.0.113.1", agent), visit("203.0.113.2", agent)
	if !first.Cookieless || first.Visitor == "" || first.Visitor != again.Visitor || first.Visitor == other.Visitor {
		t.Errorf("%q %q %q", first.Visitor, again.Visitor, other.Visitor)
	}
	if first.Browser != "Firefox" || first.Language != "ja" || strings.Contains(fmt.Sprintf("%+v", first), "203.0.113") {
		t.Errorf("%+v", first)
	}
}
