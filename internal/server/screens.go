package server

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"sync"

	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/words"
)

// screens serves the built screens out of memory, each compressed once, when it is first
// asked for: a server is up before anybody has looked. Every address that is not a file is a page of the application.
type screens struct {
	files map[string]*screenFile // by path, without the leading slash
}

type screenFile struct {
	body        func() (*packed, error)
	contentType string
	hashed      bool // its name changes with its content
}

// indexPage is the page the application runs in.
const indexPage = "index.html"

// newScreens loads the built screens; without any it serves a page that says how
// to build them.
func newScreens(built fs.FS) (http.Handler, error) {
	if built == nil {
		return http.HandlerFunc(notBuilt), nil
	}
	s := &screens{files: map[string]*screenFile{}}
	err := fs.WalkDir(built, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasPrefix(name, ".") {
			return err // what begins with a dot is for the build, not for browsers
		}
		content, err := fs.ReadFile(built, name)
		if err != nil {
			return err
		}
		s.files[name] = newScreenFile(name, content)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the built screens: %w", err)
	}
	if s.files[indexPage] == nil {
		return http.HandlerFunc(notBuilt), nil
	}
	return s, nil
}

func newScreenFile(name string, content []byte) *screenFile {
	kind := mime.TypeByExtension(path.Ext(name))
	if kind == "" {
		kind = "application/octet-stream"
	}
	// The machine's own table of types may call scripts something else.
	switch path.Ext(name) {
	case ".js":
		kind = "text/javascript; charset=utf-8"
	case ".woff2":
		kind = "font/woff2"
	}
	body := sync.OnceValues(func() (*packed, error) {
		p, err := pack(content)
		if err != nil {
			return nil, fmt.Errorf("compress %q: %w", name, err)
		}
		return p, nil
	})
	return &screenFile{body: body, contentType: kind, hashed: strings.HasPrefix(name, "assets/")}
}

// ServeHTTP serves a file, or the application for an address within it.
func (s *screens) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
	file := s.files[name]
	if file == nil {
		if path.Ext(name) != "" && strings.HasPrefix(name, "assets/") || "/"+name == TrackerPath {
			// An old page asks for a script of an earlier build, or a website for one that
			// was not built: HTML in its place would only confuse it.
			http.NotFound(w, r)
			return
		}
		file = s.files[indexPage]
	}
	body, err := file.body()
	if err != nil {
		front.WriteProblem(w, r, err)
		return
	}
	h := w.Header()
	h.Set("Content-Type", file.contentType)
	h.Set("Vary", "Accept-Encoding")
	h.Set("Cache-Control", "no-cache")
	if file.hashed {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	if "/"+name == TrackerPath {
		// Websites of others include it, also those that are strict about what they include.
		h.Set("Cache-Control", "public, max-age=3600")
		h.Set("Cross-Origin-Resource-Policy", "cross-origin")
		h.Set("Access-Control-Allow-Origin", "*")
	}
	sent := body.send(Cached{
		IfNoneMatch: r.Header.Get("If-None-Match"), AcceptEncoding: r.Header.Get("Accept-Encoding"),
	})
	h.Set("ETag", sent.ETag)
	if sent.ContentEncoding != "" {
		h.Set("Content-Encoding", sent.ContentEncoding)
	}
	w.WriteHeader(sent.Status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(sent.Body) // the client may be gone; there is nobody to tell
	}
}

// pack prepares bytes to be sent: compressed where that helps, with a
// fingerprint of the content.
func pack(content []byte) (*packed, error) {
	sum := sha256.Sum256(content)
	p := &packed{plain: content, etag: `"` + hex.EncodeToString(sum[:12]) + `"`}
	var small bytes.Buffer
	writer, err := gzip.NewWriterLevel(&small, gzip.DefaultCompression)
	if err != nil {
		return nil, err
	}
	if _, err := writer.Write(content); err != nil {
		return nil, err
	}
	if err := writer.Close(); err != nil {
		return nil, err
	}
	if small.Len() < len(content)*9/10 {
		p.gzipped = small.Bytes()
	}
	return p, nil
}

// notBuiltPolicy is that of the page that stands in for the screens.
var notBuiltPolicy = contentSecurityPolicy + "; " + ownStyle(notBuiltPage)

const notBuiltPage = `<!doctype html>
<html lang="%[1]s"><head><meta charset="utf-8"><title>Shirube</title>
<style>body{font:16px/1.75 "Hiragino Sans","Noto Sans CJK JP",system-ui,sans-serif;max-width:40em;margin:4em auto;padding:0 1em}
code{background:#F3F1EB;padding:.1em .4em;border-radius:4px}</style></head>
<body><h1>%[2]s</h1><p>%[3]s</p><p><code>make ui</code></p><p>%[4]s</p></body></html>
`

// notBuilt is the page of a program that was built without Node.
func notBuilt(w http.ResponseWriter, r *http.Request) {
	lang := front.LanguageOf(r)
	title := words.T("画面がまだ組み込まれていません", "The screens are not built in yet")
	how := words.T("サーバーは動いています。画面を使うには、Node を入れて次を実行し、もう一度起動してください。",
		"The server is running. To use the screens, install Node, run this, and start the program again.")
	api := words.T("API は /api/ で使えます(説明: /api/openapi.json)。",
		"The API works at /api/ (described in /api/openapi.json).")
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", notBuiltPolicy)
	w.WriteHeader(http.StatusOK)
	_, _ = fmt.Fprintf(w, notBuiltPage, lang, title.In(lang), how.In(lang), api.In(lang)) // the client may be gone
}
