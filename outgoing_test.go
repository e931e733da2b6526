package shirube_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// waysOut are how Go code reaches other machines.
var waysOut = regexp.MustCompile(`http\.(Client|Transport)\{|http\.(DefaultClient|DefaultTransport|Get|Post|PostForm|Head)\b|net\.(Dial\w*|Dialer\{|ListenPacket)|tls\.(Dial\w*|Dialer\{)|smtp\.Dial`)

// guarded are the files in which a way out may be made, and why each is safe.
var guarded = map[string]string{
	"internal/measure/connect/":           "holds the guard, through which every address goes that a person names",
	"internal/deliver/mail/connection.go": "dials by the guard for workspaces; without it only what the operator wrote on the command line",
	"internal/deliver/sink/":              "a mail server on this machine, for tests",
	"scripts/":                            "tools of the workshop, not part of the program",
}

// A program that fetches what people name can be sent to what only its machine can reach.
// So there is one door, which looks at every address it dials.
func TestEveryWayOutIsGuarded(t *testing.T) {
	t.Parallel()
	walk(t, ".", func(name string) {
		name = filepath.ToSlash(name)
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return
		}
		for start := range guarded {
			if strings.HasPrefix(name, start) {
				return
			}
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(text), "\n") {
			code, _, _ := strings.Cut(line, "//")
			if found := waysOut.FindString(code); found != "" {
				t.Errorf("%s:%d: %s reaches other machines past the guard: take a client from connect.Guard.Client, or dial with Guard.Dial", name, i+1, found)
			}
		}
	})
}

// asCode are the ways by which a browser runs or reads text as code or markup.
var asCode = regexp.MustCompile(`dangerouslySetInnerHTML|\.innerHTML\s*=|\.outerHTML\s*=|insertAdjacentHTML|document\.write|\beval\(|new Function\(`)

// What people typed is shown as text: React escapes it, as long as nobody goes around it.
func TestScreensRunNoText(t *testing.T) {
	t.Parallel()
	walk(t, "ui/src", func(name string) {
		if ext := filepath.Ext(name); ext != ".ts" && ext != ".tsx" {
			return
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if found := asCode.Find(text); found != nil && !strings.Contains(name, ".test.") {
			t.Errorf("%s: %s reads text as code or markup; show it as text", name, found)
		}
	})
}

var (
	script  = regexp.MustCompile(`<script\b[^>]*>`)
	handler = regexp.MustCompile(`<[a-z][^>]*\son[a-z]+\s*=`)
)

// No page runs a script that stands in it, so that the policy need not allow any: scripts are
// files of ours, or bear the number drawn for one answer.
func TestPagesHaveNoInlineScript(t *testing.T) {
	t.Parallel()
	check := func(name string) {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, tag := range script.FindAllString(string(text), -1) {
			if !strings.Contains(tag, `nonce="{{.Nonce}}"`) && !strings.Contains(tag, " src=") {
				t.Errorf("%s: %s runs what stands in the page", name, tag)
			}
		}
		if found := handler.FindString(string(text)); found != "" {
			t.Errorf("%s: %s runs what stands in the page", name, found)
		}
	}
	check("ui/index.html")
	walk(t, "internal", func(name string) {
		if ext := filepath.Ext(name); ext == ".html" || ext == ".go" && !strings.HasSuffix(name, "_test.go") {
			check(name)
		}
	})
}
