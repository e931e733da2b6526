package connect

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/series"
)

var (
	span  = series.Span{From: series.Date(2026, 11, 1), To: series.Date(2026, 11, 3)}
	tokyo = time.FixedZone("Asia/Tokyo", 9*3600)
)

func noWait(context.Context, time.Duration) error { return nil }

// here is a puller that may reach this machine and nothing else of its networks.
func here() *Puller {
	return &Puller{Guard: &Guard{Allowed: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}}, Wait: noWait, Timeout: 5 * time.Second}
}

// serve answers on this machine.
func serve(t *testing.T, handler http.HandlerFunc) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server
}

func codeOf(t *testing.T, err error) Code {
	t.Helper()
	failure, ok := errors.AsType[*Failure](err)
	if !ok {
		t.Fatalf("not a failure for people: %v", err)
	}
	if failure.What.JA == "" || failure.What.EN == "" || strings.Contains(failure.What.JA+failure.What.EN, "%!") {
		t.Errorf("sentence: %q %q", failure.What.JA, failure.What.EN)
	}
	return failure.Code
}

func TestFilesFromPlainAddresses(t *testing.T) {
	const csv = "date,leads\n2026-11-01,3\n"
	for name, c := range map[string]struct {
		settings Settings
		secret   string
		answer   func(w http.ResponseWriter, r *http.Request)
		file     string
		code     Code
		windowed bool
	}{
		"csv": {settings: Settings{}, answer: func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, csv) }, file: csv},
		"days in the address": {settings: Settings{URL: "/?from={from}&to={to}"}, windowed: true,
			answer: func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, r.URL.RawQuery) }, file: "from=2026-11-01&to=2026-11-03"},
		"a secret": {secret: "Bearer sesame", answer: func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, r.Header.Get("Authorization")) }, file: "Bearer sesame"},
		"a secret in its own header": {secret: "sesame", settings: Settings{Header: "X-Api-Key"},
			answer: func(w http.ResponseWriter, r *http.Request) {
				fmt.Fprint(w, r.Header.Get("X-Api-Key"), r.Header.Get("Authorization"))
			}, file: "sesame"},
		"json": {answer: jsonAnswer(`[{"d":"2026-11-01","n":1.50,"x":{"y":"z"}},{"d":"2026-11-02","n":12345678901234567890,"b":true,"l":[1]}]`),
			file: "d,n,x.y,b,l\n2026-11-01,1.50,z,,\n2026-11-02,12345678901234567890,,true,[1]\n"},
		"json at a path":  {settings: Settings{Path: "result[0].rows"}, answer: jsonAnswer(`{"result":[{"rows":[{"a":1}]}]}`), file: "a\n1\n"},
		"json of lists":   {answer: jsonAnswer(`[["d","n"],["2026-11-01",1],["2026-11-02",null]]`), file: "d,n\n2026-11-01,1\n2026-11-02,\n"},
		"json, no list":   {answer: jsonAnswer(`{"error":1}`), code: BadSettings},
		"json, cut off":   {answer: jsonAnswer(`[{"a":1},{"a`), code: BadAnswer},
		"json, odd rows":  {answer: jsonAnswer(`[{"a":1},2]`), code: BadAnswer},
		"json, no rows":   {answer: jsonAnswer(`[]`), file: ""},
		"a page":          {answer: func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<!DOCTYPE html><html>") }, code: BadAnswer},
		"nothing":         {answer: func(http.ResponseWriter, *http.Request) {}, code: BadAnswer},
		"401":             {answer: status(401), code: SignInCode},
		"403":             {answer: status(403), code: Forbidden},
		"404":             {answer: status(404), code: NotFound},
		"429":             {answer: status(429), code: Busy},
		"500":             {answer: status(500), code: Broken},
		"418":             {answer: status(418), code: BadAnswer},
		"too much":        {answer: func(w http.ResponseWriter, _ *http.Request) { _, _ = io.CopyN(w, letters{}, 3<<20) }, code: TooMuch},
		"too many rows":   {answer: jsonAnswer("[" + strings.Repeat(`{"a":1},`, 2000) + `{"a":1}]`), code: TooMuch},
		"broken off":      {answer: cutOff, code: Broken},
		"unknown scheme":  {settings: Settings{URL: "ftp://example.com/a.csv"}, code: BadSettings},
		"password inside": {settings: Settings{URL: "https://me:sesame@example.com/a.csv"}, code: BadSettings},
		"odd header":      {settings: Settings{Header: "X: y"}, code: BadSettings},
		"host header":     {settings: Settings{Header: "host"}, code: BadSettings},
		"odd secret":      {secret: "a\r\nX: y", code: BadSettings},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := serve(t, func(w http.ResponseWriter, r *http.Request) { c.answer(w, r) })
			p := here()
			p.MaxBytes, p.MaxRows = 1<<20, 1000
			if !strings.Contains(c.settings.URL, "://") {
				c.settings.URL = server.URL + c.settings.URL
			}
			table, err := p.Pull(t.Context(), Request{Kind: HTTP, Settings: c.settings, Secret: c.secret, Span: span, Zone: tokyo})
			if c.code != "" {
				if code := codeOf(t, err); code != c.code {
					t.Errorf("%s: %v", code, err)
				}
				if strings.Contains(err.Error(), "sesame") {
					t.Errorf("the secret is told: %v", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if string(table.File) != c.file || table.Windowed != c.windowed {
				t.Errorf("%q, windowed %v", table.File, table.Windowed)
			}
		})
	}
}

func jsonAnswer(text string) func(http.ResponseWriter, *http.Request) {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		fmt.Fprint(w, text)
	}
}

func status(code int) func(http.ResponseWriter, *http.Request) {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
}

func cutOff(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Length", "1000")
	fmt.Fprint(w, "date,n\n")
}

type letters struct{}

func (letters) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

func TestBusyAnswersAreWaitedOut(t *testing.T) {
	var tries atomic.Int32
	server := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		switch tries.Add(1) {
		case 1:
			w.Header().Set("Retry-After", "7")
			w.WriteHeader(429)
		case 2:
			w.WriteHeader(503)
		case 3:
			cutOff(w, nil)
		default:
			fmt.Fprint(w, "date,n\n2026-11-01,1\n")
		}
	})
	var waits []time.Duration
	p := here()
	p.Wait = func(_ context.Context, d time.Duration) error { waits = append(waits, d); return nil }
	if _, err := p.Pull(t.Context(), Request{Kind: HTTP, Settings: Settings{URL: server.URL}, Span: span, Zone: tokyo}); err != nil {
		t.Fatal(err)
	}
	if len(waits) != 3 || waits[0] != 7*time.Second || waits[1] < time.Second || waits[1] > 3*time.Second || waits[2] < 2*time.Second || waits[2] > 6*time.Second {
		t.Errorf("waited %v", waits)
	}
	// Whoever asks to be left alone for long is.
	tries.Store(0)
	long := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		tries.Add(1)
		w.Header().Set("Retry-After", "3600")
		w.WriteHeader(429)
	})
	_, err := p.Pull(t.Context(), Request{Kind: HTTP, Settings: Settings{URL: long.URL}, Span: span, Zone: tokyo})
	failure, _ := errors.AsType[*Failure](err)
	if codeOf(t, err) != Busy || failure.After != time.Hour || tries.Load() != 1 {
		t.Errorf("%v after %v, %d tries", err, failure.After, tries.Load())
	}
	stopped, stop := context.WithCancel(t.Context())
	p.Wait = func(ctx context.Context, _ time.Duration) error { stop(); return context.Cause(ctx) }
	if _, err := p.Pull(stopped, Request{Kind: HTTP, Settings: Settings{URL: serve(t, status(503)).URL}, Span: span, Zone: tokyo}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

// The secret is for one host; where that one sends on, it stays behind.
func TestSecretsDoNotFollowRedirects(t *testing.T) {
	for _, header := range []string{"", "X-Api-Key"} {
		var seen []string
		other := serve(t, func(w http.ResponseWriter, r *http.Request) {
			seen = append(seen, r.Header.Get("X-Api-Key"), r.Header.Get("Authorization"), r.Header.Get("Referer"))
			fmt.Fprint(w, "a\n1\n")
		})
		first := serve(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, other.URL, http.StatusFound) })
		if _, err := here().Pull(t.Context(), Request{Kind: HTTP, Secret: "sesame", Settings: Settings{URL: first.URL + "/?token=sesame", Header: header}, Span: span, Zone: tokyo}); err != nil {
			t.Fatal(err)
		}
		if strings.Join(seen, "") != "" {
			t.Errorf("%q: told %q", header, seen)
		}
	}
}

func TestUnencryptedOnlyInsideAllowedNetworks(t *testing.T) {
	_, err := (&Puller{Guard: &Guard{Lookup: func(context.Context, string) ([]netip.Addr, error) {
		return []netip.Addr{netip.MustParseAddr("93.184.216.34")}, nil
	}}, Wait: noWait}).Pull(t.Context(), Request{Kind: HTTP, Settings: Settings{URL: "http://public.example/a.csv"}, Span: span, Zone: tokyo})
	if codeOf(t, err) != Refused {
		t.Errorf("%v", err)
	}
}

func TestSheetLinks(t *testing.T) {
	for text, want := range map[string]string{
		"https://docs.google.com/spreadsheets/d/e/2PACX-1v/pub?output=csv":            "https://docs.google.com/spreadsheets/d/e/2PACX-1v/pub?output=csv",
		"https://docs.google.com/spreadsheets/d/e/2PACX-1v/pubhtml?gid=7&single=true": "https://docs.google.com/spreadsheets/d/e/2PACX-1v/pub?gid=7&output=csv&single=true",
		"https://docs.google.com/spreadsheets/d/1AbC/edit?usp=sharing#gid=42":         "https://docs.google.com/spreadsheets/d/1AbC/export?format=csv&gid=42",
		"https://docs.google.com/spreadsheets/u/1/d/1AbC/edit":                        "https://docs.google.com/spreadsheets/d/1AbC/export?format=csv",
		"https://docs.google.com.evil.example/spreadsheets/d/1AbC/edit":               "",
		"https://evil.example/spreadsheets/d/1AbC/edit":                               "",
		"https://docs.google.com/document/d/1AbC/edit":                                "",
		"https://me:pw@docs.google.com/spreadsheets/d/1AbC/edit":                      "",
		"": "",
	} {
		got, err := sheetAddress(text, "")
		if want == "" && err == nil || want != "" && (err != nil || got.String() != want) {
			t.Errorf("%s: %v, %v", text, got, err)
		}
	}
}

func TestSheets(t *testing.T) {
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		code   Code
	}{
		"published":     {answer: func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "日付,件数\n2026/11/1,3\n") }},
		"not published": {answer: status(401), code: Forbidden},
		"sign in": {answer: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, "x")
		}, code: Forbidden},
		"gone": {answer: status(404), code: NotFound},
		"busy": {answer: status(503), code: Broken},
	} {
		server := serve(t, c.answer)
		p := here()
		p.SheetsAddress = server.URL
		table, err := p.pullSheet(t.Context(), Request{Settings: Settings{URL: server.URL + "/spreadsheets/d/1AbC/edit"}})
		if c.code == "" {
			if err != nil || !slices.Equal(table.File, []byte("日付,件数\n2026/11/1,3\n")) {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		if code := codeOf(t, err); code != c.code {
			t.Errorf("%s: %s", name, code)
		}
	}
}
