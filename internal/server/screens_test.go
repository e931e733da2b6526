package server

import (
	"compress/gzip"
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"
)

func built() fstest.MapFS {
	return fstest.MapFS{
		"index.html":             {Data: []byte("<!doctype html><title>app</title>" + strings.Repeat(" ", 400))},
		"assets/app-1a2b3c4d.js": {Data: []byte("console.log(1)" + strings.Repeat(";", 400))},
		"favicon.svg":            {Data: []byte("<svg/>")},
		".vite/manifest.json":    {Data: []byte("{}")},
	}
}

func TestScreens(t *testing.T) {
	t.Parallel()
	r := newRig(t, func(d *Deps) { d.Screens = built() })
	for _, c := range []struct {
		url, kind, cache, holds string
		status                  int
	}{
		{"/", "text/html; charset=utf-8", "no-cache", "<title>app", 200},
		{"/w/small/map", "text/html; charset=utf-8", "no-cache", "<title>app", 200},
		{"/view/abc.def", "text/html; charset=utf-8", "no-cache", "<title>app", 200},
		{"/assets/app-1a2b3c4d.js", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable", "console", 200},
		{"/assets/app-older.js", "text/plain; charset=utf-8", "no-store", "", 404},
		{"/favicon.svg", "image/svg+xml", "no-cache", "<svg/>", 200},
		{"/.vite/manifest.json", "text/html; charset=utf-8", "no-cache", "<title>app", 200},
	} {
		a := r.do("GET", c.url, nil)
		if a.status != c.status || a.header.Get("Content-Type") != c.kind || a.header.Get("Cache-Control") != c.cache || !strings.Contains(a.text, c.holds) {
			t.Errorf("%s: %d %v %.60s", c.url, a.status, a.header, a.text)
		}
	}
	if a := r.do("POST", "/", "x"); a.status != 405 {
		t.Errorf("POST /: %d", a.status)
	}
	a := r.do("GET", "/assets/app-1a2b3c4d.js", nil, "Accept-Encoding", "br, gzip;q=0.8")
	text, err := gzip.NewReader(strings.NewReader(a.text))
	if err != nil {
		t.Fatal(err)
	}
	if plain, err := io.ReadAll(text); err != nil || !strings.HasPrefix(string(plain), "console") {
		t.Errorf("%q %v", plain, err)
	}
	if a := r.do("GET", "/", nil, "If-None-Match", r.do("GET", "/", nil).header.Get("ETag")); a.status != 304 || a.text != "" {
		t.Errorf("unchanged page: %d %q", a.status, a.text)
	}
}

func TestWithoutScreensThePageSaysHowToBuildThem(t *testing.T) {
	t.Parallel()
	r := newRig(t, func(d *Deps) { d.Screens = fstest.MapFS{} })
	if a := r.do("GET", "/", nil); a.status != 200 || !strings.Contains(a.text, "make ui") || !strings.Contains(a.text, "組み込まれていません") {
		t.Errorf("%d %s", a.status, a.text)
	}
	if a := r.do("GET", "/any", nil, "Accept-Language", "en-US,ja;q=0.5"); !strings.Contains(a.text, "install Node") {
		t.Error(a.text)
	}
}

func TestMapIsSentOnceAndSmall(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.plant("small", smallModel, smallFiles())
	url := "/api/workspaces/small/map"
	plain := r.do("GET", url, nil)
	small := r.do("GET", url, nil, "Accept-Encoding", "gzip")
	if small.header.Get("Content-Encoding") != "gzip" || len(small.text) > len(plain.text)/2 {
		t.Errorf("%v, %d bytes of %d", small.header, len(small.text), len(plain.text))
	}
	if refused := r.do("GET", url, nil, "Accept-Encoding", "gzip;q=0"); refused.header.Get("Content-Encoding") != "" {
		t.Error("compressed for one who cannot read it")
	}
	tag := plain.header.Get("ETag")
	if again := r.do("GET", url, nil, "If-None-Match", `"x", W/`+tag); again.status != 304 || again.text != "" {
		t.Errorf("unchanged map: %d", again.status)
	}
	r.must(200, "PATCH", "/api/workspaces/small", map[string]any{"name": "別の名前"})
	if again := r.do("GET", url, nil, "If-None-Match", tag); again.status != 200 {
		t.Errorf("changed map: %d", again.status)
	}
}

func TestServeEndsWithItsContext(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- r.server.Serve(ctx, listener) }()
	res, err := http.Get("http://" + listener.Addr().String() + "/readyz")
	if err != nil {
		t.Fatal(err)
	}
	text, _ := io.ReadAll(res.Body)
	res.Body.Close()
	if res.StatusCode != 200 || string(text) != "ready\n" {
		t.Errorf("%d %q", res.StatusCode, text)
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
