package server

import (
	"bytes"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/store"
)

var documentShape = regexp.MustCompile(`href="(/f/[^"]+/document\?key=[^"]+)"`)

// The document of a form goes to whoever sent it in, for a week, and to nobody else.
func TestAFormHandsADocumentOut(t *testing.T) {
	r, now, _ := newFormRig(t)
	const base = "/api/workspaces/web/forms"
	definition := object{"kind": "download", "title": "料金の資料", "questions": []any{
		object{"key": "mail", "kind": "email", "label": "メールアドレス", "required": true, "to": "address"},
	}}
	made := r.must(201, "POST", base, object{"name": "資料", "definition": definition})
	path := base + "/" + made["id"].(string)
	r.must(400, "PUT", path+"/open", object{"open": true}) // it promises what is not there

	file := []byte("%PDF-1.7\n料金")
	upload := func(status int, name string, content []byte) map[string]any {
		t.Helper()
		return r.must(status, "POST", path+"/documents?name="+url.QueryEscape(name), string(content))
	}
	upload(400, "run.exe", []byte("MZ"))
	upload(400, "料金.pdf", []byte("<html>"))
	upload(400, "料金.docx", file)
	upload(400, "..", file)
	upload(413, "料金.pdf", append([]byte("%PDF-"), bytes.Repeat([]byte("x"), store.MaxFormDocument)...))
	old := upload(201, `..\..\料金 "秋".PDF`, file)
	r.wantAt(old, `料金 "秋".PDF`, "name")
	id := old["id"].(string)

	definition["document"] = "0123456789abcdef"
	r.must(400, "PUT", path, object{"name": "資料", "definition": definition, "base_version": 1}) // nobody's
	definition["document"] = id
	r.must(400, "POST", base, object{"name": "ほか", "definition": definition}) // another form's
	r.must(200, "PUT", path, object{"name": "資料", "definition": definition, "base_version": 1})
	r.must(200, "PUT", path+"/open", object{"open": true})
	r.wantAt(r.get(path+"/documents"), true, "documents", 0, "in_use")
	r.must(400, "DELETE", path+"/documents/"+id, nil) // it is handed out now

	sent := r.fill(now, made["id"].(string), url.Values{"mail": {"ann@example.jp"}}, time.Minute)
	found := documentShape.FindStringSubmatch(sent.text)
	if sent.status != 200 || found == nil {
		t.Fatalf("%d %s", sent.status, sent.text)
	}
	got := r.do("GET", found[1], nil)
	if got.status != 200 || got.text != string(file) || got.header.Get("Content-Type") != "application/pdf" || got.header.Get("X-Content-Type-Options") != "nosniff" ||
		!strings.HasPrefix(got.header.Get("Content-Disposition"), "attachment; filename*=UTF-8''%E6%96%99%E9%87%91") || !strings.Contains(got.header.Get("Content-Security-Policy"), "sandbox") {
		t.Errorf("%d %v", got.status, got.header)
	}
	// Having opened the page is not enough, nor is a link of another form, nor a guess.
	page := r.do("GET", "/f/"+made["id"].(string), nil)
	for _, key := range []string{tokenShape.FindStringSubmatch(page.text)[1], "", "x", strings.Repeat("A", 54)} {
		if again := r.do("GET", "/f/"+made["id"].(string)+"/document?key="+key, nil); again.status != 410 {
			t.Errorf("%q: %d", key, again.status)
		}
	}
	// Whoever has the link of the version before gets that one as long as it is there.
	newer := upload(201, "料金2.pdf", []byte("%PDF-2"))
	definition["document"] = newer["id"]
	r.must(200, "PUT", path, object{"name": "資料", "definition": definition, "base_version": 2})
	if got := r.do("GET", found[1], nil); got.text != string(file) {
		t.Errorf("%d %s", got.status, got.text)
	}
	r.must(204, "DELETE", path+"/documents/"+id, nil)
	if got := r.do("GET", found[1], nil); got.text != "%PDF-2" {
		t.Errorf("%d %s", got.status, got.text)
	}
	now.wait(8 * 24 * time.Hour)
	if got := r.do("GET", found[1], nil); got.status != 410 {
		t.Errorf("after a week: %d", got.status)
	}
}
