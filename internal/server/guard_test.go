package server

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/words"
)

func TestOnlyOurOwnPagesGetIn(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	_, port, err := net.SplitHostPort(strings.TrimPrefix(r.http.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	own := "http://127.0.0.1:" + port
	create := map[string]any{"name": "x", "template": ""}
	for _, c := range []struct {
		name   string
		method string
		header []string
		status int
	}{
		{"plain", "GET", nil, 200},
		{"by name", "GET", []string{"Host", "localhost:" + port}, 200},
		{"by IPv6", "GET", []string{"Host", "[::1]:" + port}, 200},
		{"rebound name", "GET", []string{"Host", "evil.example:" + port}, 421},
		{"name that looks like ours", "GET", []string{"Host", "localhost.evil.example:" + port}, 421},
		{"trailing dot", "GET", []string{"Host", "localhost.:" + port}, 421},
		{"another port", "GET", []string{"Host", "127.0.0.1:1"}, 421},
		{"no port", "GET", []string{"Host", "127.0.0.1"}, 421},
		{"rebound, writing", "POST", []string{"Host", "evil.example:" + port, "Origin", "http://evil.example:" + port}, 421},
		{"own origin", "POST", []string{"Origin", own}, 201},
		{"no browser", "POST", nil, 201},
		{"other site", "POST", []string{"Origin", "http://evil.example"}, 403},
		{"other port", "POST", []string{"Origin", "http://127.0.0.1:1"}, 403},
		{"other scheme", "POST", []string{"Origin", "https://127.0.0.1:" + port}, 403},
		{"sandboxed frame", "POST", []string{"Origin", "null"}, 403},
		{"fetch from another site", "POST", []string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"fetch from a sibling", "POST", []string{"Sec-Fetch-Site", "same-site"}, 403},
		{"reading from another site", "GET", []string{"Origin", "http://evil.example"}, 403},
	} {
		var body any
		url := "/api/health"
		if c.method == "POST" {
			url, body = "/api/workspaces", create
		}
		a := r.do(c.method, url, body, c.header...)
		if a.status != c.status {
			t.Errorf("%s: status %d, not %d: %s", c.name, a.status, c.status, a.text)
		}
		if a.header.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s: other sites are let in to read", c.name)
		}
	}
}

func TestEveryAnswerIsGuarded(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	for _, url := range []string{"/", "/api/health", "/api/none", "/healthz", "/readyz", "/assets/none.js"} {
		h := r.do("GET", url, nil).header
		if csp := h.Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'self'") || strings.Contains(csp, "script-src") || strings.Contains(strings.ReplaceAll(csp, "; style-src-attr 'unsafe-inline';", ";"), "unsafe") {
			t.Errorf("%s: Content-Security-Policy %q", url, csp)
		}
		if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") != "no-referrer" {
			t.Errorf("%s: headers %v", url, h)
		}
	}
}

// ownStyles finds the styles of a page, on elements and by themselves.
var ownStyles = regexp.MustCompile(`(?s)<style[^>]*>(.*?)</style>|\sstyle=`)

// hasOwnStyleAlone fails where the policy of a page lets in more than the one style it has.
func hasOwnStyleAlone(t *testing.T, name string, page answered) {
	t.Helper()
	policy := page.header.Get("Content-Security-Policy")
	found := ownStyles.FindAllStringSubmatch(page.text, -1)
	if len(found) != 1 {
		t.Fatalf("%s: %d styles in %.300s", name, len(found), page.text)
	}
	sum := sha256.Sum256([]byte(found[0][1]))
	if !strings.Contains(policy, "style-src 'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"';") && !strings.HasSuffix(policy, "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'") || strings.Contains(strings.ReplaceAll(policy, "; style-src-attr 'unsafe-inline';", ";"), "unsafe") {
		t.Errorf("%s: a style of %d bytes, and the policy %s", name, len(found[0][1]), policy)
	}
}

// Pages the server draws by itself have one style each, which their policy names.
func TestPagesOfTheServerNameTheirStyle(t *testing.T) {
	t.Parallel()
	r := newRig(t, func(d *Deps) { d.Screens = fstest.MapFS{} })
	for _, url := range []string{"/", "/u/none", "/p/none", "/r/none"} {
		hasOwnStyleAlone(t, url, r.do("GET", url, nil))
	}
	if policy := ownStyle("<p>none</p>"); policy != "style-src 'none'" {
		t.Errorf("a page without a style: %s", policy)
	}
}

func TestCheckListenAddress(t *testing.T) {
	t.Parallel()
	const always, signedIn, never = 2, 1, 0
	for address, when := range map[string]int{
		"127.0.0.1:8080": always, "localhost:0": always, "[::1]:80": always, "127.0.0.2:80": always,
		":8080": signedIn, "0.0.0.0:8080": signedIn, "[::]:80": signedIn, "192.168.1.4:80": signedIn, "example.com:80": signedIn,
		"127.0.0.1": never, "127.0.0.1:http": never, "127.0.0.1:70000": never, "": never,
	} {
		for open, ok := range map[bool]bool{true: when == always, false: when != never} {
			err := CheckListenAddress(address, open)
			if (err == nil) != ok {
				t.Errorf("%q, open %v: %v", address, open, err)
			}
			if err != nil && words.In(err, words.EN) == words.In(err, words.JA) {
				t.Errorf("%q: one language only: %v", address, err)
			}
		}
	}
}

func TestPublicURL(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"": "", "https://s.example": "https://s.example", "https://S.example/": "https://s.example", "https://s.example:8443": "https://s.example:8443",
	} {
		u, err := ParsePublicURL(text)
		if err != nil || want != "" && u.String() != want || want == "" && u != nil {
			t.Errorf("%q: %v, %v", text, u, err)
		}
	}
	for _, text := range []string{"http://s.example", "s.example", "https://", "https://s.example/path", "https://u:p@s.example", "https://s.example?x", "::"} {
		if u, err := ParsePublicURL(text); err == nil || words.In(err, words.EN) == words.In(err, words.JA) {
			t.Errorf("%q: %v, %v", text, u, err)
		}
	}
}

// Behind a reverse proxy the public name is ours, and the browser is told to stay on https.
func TestBehindAProxy(t *testing.T) {
	t.Parallel()
	r := newRig(t, func(d *Deps) { d.URL = "https://shirube.example" })
	_, port, err := net.SplitHostPort(strings.TrimPrefix(r.http.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, host, origin string
		status             int
		https              bool
	}{
		{"public name", "shirube.example", "https://shirube.example", 200, true},
		{"a proxy that does not pass the name on", "127.0.0.1:" + port, "https://shirube.example", 200, false},
		{"on this machine", "127.0.0.1:" + port, "http://127.0.0.1:" + port, 200, false},
		{"without https", "shirube.example", "http://shirube.example", 403, true},
		{"other site", "shirube.example", "https://evil.example", 403, true},
		{"other name", "evil.example", "https://evil.example", 421, false},
		{"other port", "shirube.example:81", "https://shirube.example", 421, false},
	} {
		a := r.do("GET", "/api/health", nil, "Host", c.host, "Origin", c.origin)
		if a.status != c.status {
			t.Errorf("%s: status %d, not %d: %s", c.name, a.status, c.status, a.text)
		}
		if told := a.header.Get("Strict-Transport-Security") != ""; told != c.https {
			t.Errorf("%s: headers %v", c.name, a.header)
		}
	}
}

func TestAPanicIsAnAnswer(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	guarded := r.server.guard(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("secret place") }))
	w := httptest.NewRecorder()
	req := httptest.NewRequestWithContext(context.Background(), "GET", "http://127.0.0.1:9/x?lang=en", nil)
	r.server.deps.Address = "127.0.0.1:9"
	guarded.ServeHTTP(w, req)
	if w.Code != 500 || strings.Contains(w.Body.String(), "secret") || !strings.Contains(w.Body.String(), "Internal error") {
		t.Errorf("answer %d %s", w.Code, w.Body)
	}
	if !strings.Contains(r.log.String(), "secret place") {
		t.Error("the log does not say what happened")
	}
}

func TestUnknownErrorsTellNothing(t *testing.T) {
	t.Parallel()
	log := &strings.Builder{}
	r := &front.Request{ID: "abc123", Lang: words.EN, Log: textLog(log)}
	model := front.ProblemOf(r, errors.New("password of the database"))
	if model.Status != 500 || strings.Contains(model.Detail, "password") || !strings.Contains(model.Detail, "abc123") {
		t.Errorf("answer %+v", model)
	}
	if strings.Count(log.String(), "password of the database") != 1 {
		t.Errorf("log %s", log)
	}
}

// What stands in an address must not reach the database unread.
func TestNamesThatNameNothing(t *testing.T) {
	t.Parallel()
	onBoth(t, func(_ *testing.T, r *rig) {
		r.plant("small", smallModel, smallFiles())
		r.run([]scenario{
			{method: "GET", url: "/api/workspaces/%00/map", status: 404},
			{method: "GET", url: "/api/workspaces/%ff/map", status: 404},
			{method: "GET", url: "/api/workspaces/small%27--/map", status: 404},
			{method: "GET", url: "/api/workspaces/small/indicators/%00", status: 404},
			{method: "GET", url: "/api/workspaces/small/uploads/%00", status: 404},
			{method: "DELETE", url: "/api/workspaces/small/views/%00", status: 404},
			{method: "GET", url: "/api/views/%00", status: 404},
			{name: "NUL in a note", method: "PUT", url: "/api/workspaces/small/model", status: 200,
				body: map[string]any{"yaml": smallModel + "# x\n", "base_version": 1, "note": "a\x00b"}},
			{name: "NUL in a model", method: "PUT", url: "/api/workspaces/small/model", status: 422,
				body: map[string]any{"yaml": smallModel + "# \x00\n", "base_version": 2}},
			{name: "NUL in a name", method: "PATCH", url: "/api/workspaces/small", status: 200, body: map[string]any{"name": "a\x00b"}},
			{name: "not JSON", method: "PUT", url: "/api/workspaces/small/model", status: 400, body: "{"},
			{name: "unknown key", method: "PUT", url: "/api/workspaces/small/model", status: 422, body: map[string]any{"yaml": "", "base_version": 2, "x": 1}},
			{name: "too large", method: "PUT", url: "/api/workspaces/small/model", status: 413, body: strings.Repeat(" ", front.MaxModelBytes+1)},
		})
	})
}

// Websites of others send events and fetch the script; nothing else of ours is
// there for them.
func TestWhatIsThereForOtherSites(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	for path, open := range map[string]bool{
		"/v1/track": true, "/v1/batch": true, TrackerPath: true,
		"/v1": false, "/api/v1/track": false, "/": false, "/shirube.js.map": false, "/api/health": false,
	} {
		a := r.do("GET", path, nil, "Host", "stats.example", "Origin", "https://www.example")
		if refused := a.status == http.StatusMisdirectedRequest || a.status == http.StatusForbidden; refused == open {
			t.Errorf("%s: status %d, there for others: %v", path, a.status, open)
		}
		if own := a.header.Get("Cross-Origin-Resource-Policy") == "same-origin"; own == open {
			t.Errorf("%s: headers %v", path, a.header)
		}
	}
}
