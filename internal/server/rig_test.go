package server

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/go-cmp/cmp"

	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/store/storetest"
)

// rig is a server on a real database, reached over a real connection. Every
// answer it gives is held against the API's own description.
type rig struct {
	t      testing.TB
	server *Server
	http   *httptest.Server
	db     *store.DB
	log    *bytes.Buffer
	api    huma.API
	routes *http.ServeMux
}

// testNow is a Wednesday morning in Tokyo.
var testNow = time.Date(2026, 9, 9, 1, 0, 0, 0, time.UTC)

func clock() time.Time { return testNow }

func newRig(t testing.TB, change ...func(*Deps)) *rig {
	t.Helper()
	return newRigOn(t, storetest.SQLite(t, store.Options{Now: clock}), change...)
}

func newRigOn(t testing.TB, db *store.DB, change ...func(*Deps)) *rig {
	t.Helper()
	log := &bytes.Buffer{}
	deps := Deps{
		Store: db, Clock: clock, Log: slog.New(slog.NewTextHandler(log, nil)), Version: "1.2.3", Commit: "abc", Open: true,
		Effort: access.Effort{MemoryKiB: 64, Passes: 1, Lanes: 1},
	}
	for _, c := range change {
		c(&deps)
	}
	s, err := New(deps)
	if err != nil {
		t.Fatal(err)
	}
	// However busy the machine: what is tested here is what is said, not how soon.
	s.boards.ground.patience = time.Minute
	r := &rig{t: t, server: s, http: httptest.NewServer(s.Handler()), db: db, log: log, routes: http.NewServeMux()}
	t.Cleanup(r.http.Close)
	r.api = ownDescription()
	for path, item := range r.api.OpenAPI().Paths {
		for method, op := range map[string]*huma.Operation{
			"GET": item.Get, "POST": item.Post, "PUT": item.Put, "PATCH": item.Patch, "DELETE": item.Delete,
		} {
			if op != nil {
				r.routes.Handle(method+" "+path, operationOf{op})
			}
		}
	}
	return r
}

// ownDescription is the API's own description; it is the same for every server.
var ownDescription = sync.OnceValue(func() huma.API { return (&Server{}).describe(http.NewServeMux()) })

// operationOf lets a mux find the description of a request.
type operationOf struct{ *huma.Operation }

func (operationOf) ServeHTTP(http.ResponseWriter, *http.Request) {}

// answered is an answer that was read to its end.
type answered struct {
	status int
	header http.Header
	text   string
	body   any // decoded JSON; nil without any
}

// do sends a request. The body may be nil, a reader, or a value for JSON.
func (r *rig) do(method, url string, body any, header ...string) answered {
	r.t.Helper()
	var content io.Reader
	switch b := body.(type) {
	case nil:
	case io.Reader:
		content = b
	case string:
		content = strings.NewReader(b)
	default:
		text, err := json.Marshal(b)
		if err != nil {
			r.t.Fatal(err)
		}
		content = bytes.NewReader(text)
	}
	req, err := http.NewRequestWithContext(context.Background(), method, r.http.URL+url, content)
	if err != nil {
		r.t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		if header[i] == "Host" {
			req.Host = header[i+1]
			continue
		}
		req.Header.Set(header[i], header[i+1])
	}
	res, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		r.t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	a := answered{status: res.StatusCode, header: res.Header, text: string(text)}
	if strings.Contains(res.Header.Get("Content-Type"), "json") && len(text) > 0 && res.Header.Get("Content-Encoding") == "" {
		if err := json.Unmarshal(text, &a.body); err != nil {
			r.t.Fatalf("%s %s: %v in %.200s", method, url, err, text)
		}
		r.holdToDescription(req, a)
	}
	return a
}

// secrets are drawn at random: any word may stand in them.
var secrets = regexp.MustCompile(`[A-Za-z0-9_-]{20,}`)

// holdToDescription fails where an answer is not what the API says it gives: a
// key too many or too few, a null list, a number that is text.
func (r *rig) holdToDescription(req *http.Request, a answered) {
	r.t.Helper()
	for _, odd := range []string{"NaN", "+Inf", "-Inf", "Infinity"} {
		if strings.Contains(secrets.ReplaceAllString(a.text, ""), odd) {
			r.t.Errorf("%s %s: the answer holds %s", req.Method, req.URL, odd)
		}
	}
	handler, _ := r.routes.Handler(req)
	op, ok := handler.(operationOf)
	if !ok {
		return
	}
	response := op.Responses[strconv.Itoa(a.status)]
	if response == nil {
		response = op.Responses["default"]
	}
	if response == nil {
		if a.status < 400 {
			r.t.Errorf("%s %s: status %d is not described", req.Method, req.URL, a.status)
		}
		return
	}
	for kind, media := range response.Content {
		if !strings.HasPrefix(a.header.Get("Content-Type"), kind) || media.Schema == nil {
			continue
		}
		found := &huma.ValidateResult{}
		huma.Validate(r.api.OpenAPI().Components.Schemas, media.Schema, huma.NewPathBuffer([]byte{}, 0),
			huma.ModeReadFromServer, a.body, found)
		for _, err := range found.Errors {
			r.t.Errorf("%s %s: %v", req.Method, req.URL, err)
		}
	}
}

// get is a GET that must succeed; its JSON.
func (r *rig) get(url string) map[string]any {
	r.t.Helper()
	a := r.do("GET", url, nil)
	if a.status != http.StatusOK {
		r.t.Fatalf("GET %s: %d %s", url, a.status, a.text)
	}
	return a.body.(map[string]any)
}

// must sends a request that has to end with a status; its JSON.
func (r *rig) must(status int, method, url string, body any) map[string]any {
	r.t.Helper()
	a := r.do(method, url, body)
	if a.status != status {
		r.t.Fatalf("%s %s: %d, not %d: %s", method, url, a.status, status, a.text)
	}
	decoded, _ := a.body.(map[string]any)
	return decoded
}

// plant makes a workspace of a model and files.
func (r *rig) plant(slug, model string, files map[string]string) store.Workspace {
	r.t.Helper()
	seed := Seed{Slug: slug, Name: "会社 " + slug, Model: []byte(model), Note: "first"}
	for name, data := range files {
		seed.Files = append(seed.Files, SeedFile{Name: name, Data: []byte(data)})
	}
	ws, err := Plant(context.Background(), r.db, seed)
	if err != nil {
		r.t.Fatal(err)
	}
	return ws
}

// scenario is one request and what must come back. want is a part of the answer
// as JSON: its keys must be there with these values, others may be.
type scenario struct {
	name   string
	method string
	url    string
	body   any
	header []string
	status int
	want   string
}

func (r *rig) run(scenarios []scenario) {
	r.t.Helper()
	for _, sc := range scenarios {
		name := sc.name
		if name == "" {
			name = sc.method + " " + sc.url
		}
		a := r.do(sc.method, sc.url, sc.body, sc.header...)
		if a.status != sc.status {
			r.t.Errorf("%s: status %d, not %d: %s", name, a.status, sc.status, a.text)
			continue
		}
		if sc.want == "" {
			continue
		}
		var want any
		if err := json.Unmarshal([]byte(sc.want), &want); err != nil {
			r.t.Fatalf("%s: want is not JSON: %v", name, err)
		}
		if diff := cmp.Diff(want, partOf(want, a.body)); diff != "" {
			r.t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// partOf cuts from got what want has: its keys of objects, everything of lists.
func partOf(want, got any) any {
	switch w := want.(type) {
	case map[string]any:
		g, ok := got.(map[string]any)
		if !ok {
			return got
		}
		part := map[string]any{}
		for key := range w {
			if value, there := g[key]; there {
				part[key] = partOf(w[key], value)
			}
		}
		return part
	case []any:
		g, ok := got.([]any)
		if !ok || len(g) != len(w) {
			return got
		}
		part := make([]any, len(g))
		for i := range g {
			part[i] = partOf(w[i], g[i])
		}
		return part
	}
	return got
}

// smallModel is a KGI over two sources, one of them with a dimension.
const smallModel = `# 春の採用
shirube: 1
name: 採用SNS
locale: ja
timezone: Asia/Tokyo
fiscal_year_start: 4

kgi:
  id: applications
  name: 応募数
  definition: SNSから来た人の応募
  unit: 件
  serves: recruiting
  owner: 田中
  target: {total: 100, from: 2026-04-01, by: 2027-03-31, agreed: [{by: 社長, on: 2026-03-20}]}
  formula: visits * apply_rate

kpis:
  visits: {name: 訪問数, unit: 回, owner: 佐藤, measure: web.sessions}
  apply_rate: {name: 応募率, unit: "%", owner: 鈴木, measure: web.applications / web.sessions}
  likes: {name: いいね数, unit: 件, role: action, measure: sns.likes}
  posts: {name: 投稿数, unit: 本}

influences:
  - {from: likes, to: visits, lag: 0..14, because: おすすめに載りやすい}

sources:
  web: {csv: web.csv, date: 日付, by: [端末], metrics: {sessions: 訪問, applications: 応募}}
  sns: {csv: sns.csv, date: date, metrics: {likes: likes}}

events: [{on: 2026-08-01, what: アルゴリズム変更}]
`

// webCSV has two rows a day, from April 1st of 2026 on.
func webCSV(days int) string {
	var b strings.Builder
	b.WriteString("日付,端末,訪問,応募\n")
	for i := range days {
		day := time.Date(2026, 4, 1+i, 0, 0, 0, 0, time.UTC).Format("2006/1/2")
		fmt.Fprintf(&b, "%s,スマホ,\"1,%03d\",%d\n%s,PC,%d,0\n", day, i%7*10, 1-i%3/2, day, 200+i%7)
	}
	return b.String()
}

func snsCSV(days int) string {
	var b strings.Builder
	b.WriteString("date,likes\n")
	for i := range days {
		fmt.Fprintf(&b, "%s,%d\n", time.Date(2026, 4, 1+i, 0, 0, 0, 0, time.UTC).Format("2006-01-02"), 30+i%5)
	}
	return b.String()
}

// smallDays is April 1st to September 7th: the day before yesterday.
const smallDays = 160

func smallFiles() map[string]string {
	return map[string]string{"web.csv": webCSV(smallDays), "sns.csv": snsCSV(smallDays)}
}

// onBoth runs a test on SQLite, and on PostgreSQL where there is one.
func onBoth(t *testing.T, test func(t *testing.T, r *rig)) {
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); test(t, newRig(t)) })
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		test(t, newRigOn(t, storetest.Postgres(t, store.Options{Now: clock})))
	})
}

func textLog(w io.Writer) *slog.Logger { return slog.New(slog.NewTextHandler(w, nil)) }
