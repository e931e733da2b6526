package server

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/shirube/shirube/ui"
)

func TestNotice(t *testing.T) {
	r, _ := newMeasuringRig(t)
	key := r.must(201, "POST", "/api/workspaces/web/write-keys", map[string]any{"kind": "browser", "name": "サイト <b>"})
	server := r.must(201, "POST", "/api/workspaces/web/write-keys", map[string]any{"kind": "server", "name": "裏"})
	page := func(key any, query string) (int, string, http.Header) {
		t.Helper()
		got := r.do("GET", "/v1/projects/"+key.(string)+"/notice"+query, nil)
		if got.status == http.StatusOK {
			hasOwnStyleAlone(t, "the notice", got)
		}
		return got.status, got.text, got.header
	}
	status, ja, header := page(key["key"], "?lang=ja")
	if status != http.StatusOK || !strings.HasPrefix(header.Get("Content-Type"), "text/html") || header.Get("Set-Cookie") != "" {
		t.Fatalf("status %d, %v", status, header)
	}
	_, en, _ := page(key["key"], "?lang=en")
	var listed sends
	if err := json.Unmarshal(ui.Sends, &listed); err != nil {
		t.Fatal(err)
	}
	all := append(append(listed.Fields, listed.AfterConsent...), listed.Connection...)
	if len(all) < 15 {
		t.Fatalf("only %d fields are listed", len(all))
	}
	for _, f := range all {
		mark := `data-key="` + f.Key + `"`
		if !strings.Contains(ja, mark) || !strings.Contains(en, mark) || f.JA == "" || f.EN == "" {
			t.Errorf("%s is sent and not on the notice", f.Key)
		}
	}
	for _, want := range []string{"送信先", "利用の目的", `<html lang="ja">`, "127.0.0.1"} {
		if !strings.Contains(ja, want) {
			t.Errorf("%q is missing", want)
		}
	}
	if !strings.Contains(en, `<html lang="en">`) || !strings.Contains(en, "Where it is sent") {
		t.Errorf("no English: %.200s", en)
	}
	for _, none := range []any{"shrb_w_nobody", server["key"]} {
		if status, _, _ := page(none, ""); status != http.StatusNotFound {
			t.Errorf("%v: %d", none, status)
		}
	}
}

func TestTrackerIsForEverySite(t *testing.T) {
	built := fstest.MapFS{"index.html": {Data: []byte("<html>")}, "shirube.js": {Data: []byte("(function(){})()")}}
	r := newRig(t, func(d *Deps) { d.Screens = built })
	got := r.do("GET", TrackerPath, nil)
	for name, want := range map[string]string{
		"Content-Type": "text/javascript; charset=utf-8", "Cache-Control": "public, max-age=3600",
		"Cross-Origin-Resource-Policy": "cross-origin", "Access-Control-Allow-Origin": "*", "Set-Cookie": "",
	} {
		if have := got.header.Get(name); have != want {
			t.Errorf("%s: %q, not %q", name, have, want)
		}
	}
	delete(built, "shirube.js")
	r = newRig(t, func(d *Deps) { d.Screens = built })
	if got := r.do("GET", TrackerPath, nil); got.status != http.StatusNotFound {
		t.Errorf("a script that was not built: %d", got.status)
	}
}
