package connect

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
)

var accountKey = sync.OnceValue(func() string {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		panic(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))
})

// googleWorld speaks as Google's token endpoint and its two APIs do, by their reference.
type googleWorld struct {
	*httptest.Server
	token  http.HandlerFunc                                                  // nil gives one
	report func(w http.ResponseWriter, r *http.Request, body map[string]any) // of either API
	asked  []map[string]any
}

func newGoogle(t *testing.T) *googleWorld {
	world := &googleWorld{}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /token", func(w http.ResponseWriter, r *http.Request) {
		if world.token != nil {
			world.token(w, r)
			return
		}
		if err := r.ParseForm(); err != nil || r.Form.Get("grant_type") != "urn:ietf:params:oauth:grant-type:jwt-bearer" || strings.Count(r.Form.Get("assertion"), ".") != 2 {
			t.Errorf("token asked with %v", r.Form)
		}
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, `{"access_token":"ya29.test","token_type":"Bearer","expires_in":3599}`)
	})
	api := func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer ya29.test" {
			w.WriteHeader(401)
			return
		}
		var body map[string]any
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
			t.Error(err)
		}
		world.asked = append(world.asked, body)
		w.Header().Set("Content-Type", "application/json")
		world.report(w, r, body)
	}
	mux.HandleFunc("POST /v1beta/{report}/{id}", api)
	mux.HandleFunc("POST /webmasters/v3/sites/{site}/searchAnalytics/query", api)
	world.Server = httptest.NewServer(mux)
	t.Cleanup(world.Close)
	return world
}

func (g *googleWorld) puller() *Puller {
	p := here()
	p.GA4Address, p.SearchConsoleAddress = g.URL, g.URL
	return p
}

func (g *googleWorld) secret() string {
	text, _ := json.Marshal(map[string]string{
		"type": "service_account", "client_email": "bot@project.example", "private_key": accountKey(), "private_key_id": "k1", "token_uri": g.URL + "/token",
	})
	return string(text)
}

func (g *googleWorld) ga4(t *testing.T, s Settings) (*Table, error) {
	if s.Property == "" {
		s.Property, s.Metrics, s.Dimensions = "123456", []string{"sessions", "totalUsers"}, []string{"sessionDefaultChannelGroup"}
	}
	return g.puller().Pull(t.Context(), Request{Kind: GA4, Settings: s, Secret: g.secret(), Span: span, Zone: tokyo})
}

func ga4Rows(from, count, total int, metadata string) string {
	var rows []string
	for i := from; i < min(from+count, total); i++ {
		rows = append(rows, fmt.Sprintf(`{"dimensionValues":[{"value":"202611%02d"},{"value":"Organic Search %d"}],"metricValues":[{"value":"%d"},{"value":"2"}]}`, i%3+1, i, i))
	}
	return fmt.Sprintf(`{"dimensionHeaders":[{"name":"date"},{"name":"sessionDefaultChannelGroup"}],"metricHeaders":[{"name":"sessions","type":"TYPE_INTEGER"},{"name":"totalUsers","type":"TYPE_INTEGER"}],
		"rows":[%s],"rowCount":%d,"metadata":%s,"kind":"analyticsData#runReport"}`, strings.Join(rows, ","), total, metadata)
}

func TestGA4ReportsPageByPage(t *testing.T) {
	g := newGoogle(t)
	const total = 25
	g.report = func(w http.ResponseWriter, r *http.Request, body map[string]any) {
		if r.URL.Path != "/v1beta/properties/123456:runReport" {
			t.Errorf("asked %s", r.URL.Path)
		}
		offset, _ := strconv.Atoi(body["offset"].(string))
		// The API may give fewer rows than asked for.
		fmt.Fprint(w, ga4Rows(offset, 10, total, `{"currencyCode":"JPY","timeZone":"America/Los_Angeles","subjectToThresholding":true,"dataLossFromOtherRow":true,"samplingMetadatas":[{"samplesReadCount":"1","samplingSpaceSize":"2"}]}`))
	}
	table, err := g.ga4(t, Settings{})
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(table.File)), "\n")
	if len(lines) != total+1 || lines[0] != "date,sessionDefaultChannelGroup,sessions,totalUsers" || lines[25] != "2026-11-01,Organic Search 24,24,2" || !table.Windowed || !table.Written {
		t.Errorf("%d lines: %s … %s", len(lines), lines[0], lines[len(lines)-1])
	}
	if len(g.asked) != 3 || g.asked[2]["offset"] != "20" {
		t.Errorf("asked %d times: %v", len(g.asked), g.asked)
	}
	if days := fmt.Sprint(g.asked[0]["dateRanges"]); days != "[map[endDate:2026-11-03 startDate:2026-11-01]]" {
		t.Error(days)
	}
	if len(table.Notes) != 5 {
		t.Errorf("notes: %v", table.Notes)
	}
}

func TestGA4Errors(t *testing.T) {
	apiError := func(status int, text string) func(http.ResponseWriter, *http.Request, map[string]any) {
		return func(w http.ResponseWriter, _ *http.Request, _ map[string]any) {
			w.WriteHeader(status)
			fmt.Fprint(w, text)
		}
	}
	for name, c := range map[string]struct {
		report   func(http.ResponseWriter, *http.Request, map[string]any)
		token    http.HandlerFunc
		settings Settings
		secret   string
		code     Code
		says     string
	}{
		"no right": {report: apiError(403, `{"error":{"code":403,"message":"User does not have sufficient permissions for this property.","status":"PERMISSION_DENIED"}}`), code: Forbidden, says: "bot@project.example"},
		"API off":  {report: apiError(403, `{"error":{"code":403,"status":"PERMISSION_DENIED","details":[{"reason":"SERVICE_DISABLED"}]}}`), code: Forbidden, says: "有効"},
		"quota":    {report: apiError(429, `{"error":{"code":429,"message":"Exhausted property tokens","status":"RESOURCE_EXHAUSTED"}}`), code: Busy},
		"metric":   {report: apiError(400, `{"error":{"code":400,"message":"Did you mean sessions? Field session is not a valid metric.","status":"INVALID_ARGUMENT"}}`), code: BadSettings, says: "Did you mean sessions"},
		"500":      {report: apiError(500, `{"error":{"code":500,"status":"INTERNAL"}}`), code: Broken},
		"no JSON":  {report: apiError(502, `<html>bad gateway</html>`), code: Broken},
		"cut off":  {report: apiError(200, `{"rows":[{"dimens`), code: Broken},
		"columns":  {report: apiError(200, `{"rows":[{"dimensionValues":[{"value":"20261101"}],"metricValues":[]}],"rowCount":1}`), code: BadAnswer},
		"expired":  {report: apiError(401, `{"error":{"code":401,"status":"UNAUTHENTICATED"}}`), code: SignInCode},
		"key gone": {token: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(400)
			fmt.Fprint(w, `{"error":"invalid_grant","error_description":"Invalid JWT Signature."}`)
		}, code: SignInCode},
		"token 503":     {token: status(503), code: Broken},
		"token 429":     {token: status(429), code: Busy},
		"token no JSON": {token: func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "hello") }, code: BadAnswer},
		"token nowhere": {token: func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://169.254.169.254/token", http.StatusTemporaryRedirect)
		}, code: Refused},
		"measurement id": {settings: Settings{Property: "G-ABC123", Metrics: []string{"sessions"}}, code: BadSettings, says: "G-"},
		"no metrics":     {settings: Settings{Property: "1"}, code: BadSettings},
		"odd metric":     {settings: Settings{Property: "1", Metrics: []string{"a b"}}, code: BadSettings},
		"date twice":     {settings: Settings{Property: "1", Metrics: []string{"a"}, Dimensions: []string{"date"}}, code: BadSettings},
		"no key":         {secret: "{}", code: BadSettings},
		"user's key":     {secret: `{"type":"authorized_user"}`, code: BadSettings},
		"odd key":        {secret: `{"type":"service_account","client_email":"a","private_key":"b"}`, code: BadSettings},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := newGoogle(t)
			g.report, g.token = c.report, c.token
			if c.secret == "" {
				c.secret = g.secret()
			}
			if c.settings.Property == "" {
				c.settings = Settings{Property: "1", Metrics: []string{"sessions", "users"}}
			}
			_, err := g.puller().Pull(t.Context(), Request{Kind: GA4, Settings: c.settings, Secret: c.secret, Span: span, Zone: tokyo})
			if code := codeOf(t, err); code != c.code || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%s: %v", code, err)
			}
			if strings.Contains(err.Error(), "PRIVATE") || strings.Contains(err.Error(), "ya29") {
				t.Errorf("a secret is told: %v", err)
			}
		})
	}
}

func TestSearchConsolePageByPage(t *testing.T) {
	g := newGoogle(t)
	const total = searchPage + 2
	g.report = func(w http.ResponseWriter, r *http.Request, body map[string]any) {
		if r.PathValue("site") != "https://www.example.co.jp/" {
			t.Errorf("asked for %q", r.PathValue("site"))
		}
		start := int(body["startRow"].(float64))
		fmt.Fprint(w, `{"rows":[`)
		for i := start; i < min(start+searchPage, total); i++ {
			if i > start {
				fmt.Fprint(w, ",")
			}
			fmt.Fprintf(w, `{"keys":["2026-11-0%d","q%d"],"clicks":%d,"impressions":4,"ctr":0.25,"position":2.5}`, i%3+1, i, i)
		}
		fmt.Fprint(w, `],"responseAggregationType":"byProperty","metadata":{"first_incomplete_date":"2026-11-03"}}`)
	}
	table, err := g.puller().Pull(t.Context(), Request{Kind: SearchConsole, Secret: g.secret(), Span: span, Zone: tokyo,
		Settings: Settings{Site: "https://www.example.co.jp/", Dimensions: []string{"query"}, Fresh: true}})
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(table.File)), "\n")
	if len(lines) != total+1 || lines[0] != "date,query,clicks,impressions,ctr,position,position_sum" || lines[1] != "2026-11-01,q0,0,4,0.25,2.5,10" || len(table.Notes) != 3 {
		t.Errorf("%d lines, %s, %s, %v", len(lines), lines[0], lines[1], table.Notes)
	}
	if len(g.asked) != 2 || g.asked[0]["dataState"] != "all" || g.asked[1]["startRow"] != float64(searchPage) || g.asked[0]["type"] != "web" {
		t.Errorf("%v", g.asked)
	}
}

func TestSearchConsoleErrors(t *testing.T) {
	g := newGoogle(t)
	for text, code := range map[string]Code{
		`{"error":{"code":403,"message":"User does not have sufficient permission for site","errors":[{"reason":"forbidden","domain":"global"}]}}`: Forbidden,
		`{"error":{"code":403,"errors":[{"reason":"quotaExceeded"}]}}`:                                                                             Busy,
		`{"error":{"code":403,"errors":[{"reason":"accessNotConfigured"}]}}`:                                                                       Forbidden,
		`x`: Forbidden,
	} {
		g.report = func(w http.ResponseWriter, _ *http.Request, _ map[string]any) {
			w.WriteHeader(403)
			fmt.Fprint(w, text)
		}
		_, err := g.puller().Pull(t.Context(), Request{Kind: SearchConsole, Secret: g.secret(), Span: span, Zone: tokyo, Settings: Settings{Site: "sc-domain:example.co.jp"}})
		if found := codeOf(t, err); found != code {
			t.Errorf("%s: %s", text, found)
		}
	}
	for _, s := range []Settings{{Site: "example.co.jp"}, {Site: "sc-domain:a/b"}, {Site: "sc-domain:a.jp", Dimensions: []string{"date"}}, {Site: "sc-domain:a.jp", SearchType: "x"}} {
		if codeOf(t, Check(SearchConsole, s)) != BadSettings {
			t.Errorf("%v", s)
		}
	}
}
