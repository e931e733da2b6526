package docs_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// sources is the text of all files of a folder that match a pattern, tests apart.
func sources(t *testing.T, patterns ...string) string {
	t.Helper()
	var text strings.Builder
	for _, pattern := range patterns {
		files, err := filepath.Glob(filepath.FromSlash(pattern))
		if err != nil || len(files) == 0 {
			t.Fatalf("no files match %s (%v)", pattern, err)
		}
		for _, name := range files {
			if !strings.HasSuffix(name, "_test.go") {
				text.WriteString(read(t, name))
			}
		}
	}
	return text.String()
}

var codeLiteral = regexp.MustCompile(`(?:\.add|noted|[fF]inding)\(\s*"([a-z-]+)"|Code:\s*"([a-z-]+)"`)

var codeHeading = regexp.MustCompile("(?m)^### `([a-z-]+)`")

// Every finding the program can make has its place on the page, and no other has.
func TestEveryFindingIsExplained(t *testing.T) {
	t.Parallel()
	var codes []string
	for _, m := range codeLiteral.FindAllStringSubmatch(sources(t, "../internal/goal/*.go", "../internal/insight/*.go"), -1) {
		codes = append(codes, m[1]+m[2])
	}
	slices.Sort(codes)
	codes = slices.Compact(codes)
	if len(codes) < 20 {
		t.Fatalf("only %d codes were found in the source: %v", len(codes), codes)
	}
	for _, page := range []string{"findings.md", "findings.ja.md"} {
		var explained []string
		for _, m := range codeHeading.FindAllStringSubmatch(read(t, page), -1) {
			explained = append(explained, m[1])
		}
		for _, code := range codes {
			if !slices.Contains(explained, code) {
				t.Errorf("%s does not explain %s", page, code)
			}
		}
		for _, code := range explained {
			if !slices.Contains(codes, code) {
				t.Errorf("%s explains %s, which the program never finds", page, code)
			}
		}
	}
}

var keyList = regexp.MustCompile(`(?:entries\(|Keys\s*=|grainNames\s*=)[^\n]*\[\]string\{([^}]*)\}`)

var quoted = regexp.MustCompile(`"([a-z_]+)"`)

// Every key of the model file is in its reference.
func TestEveryKeyIsExplained(t *testing.T) {
	t.Parallel()
	var keys []string
	for _, list := range keyList.FindAllStringSubmatch(sources(t, "../internal/goal/parse*.go"), -1) {
		for _, m := range quoted.FindAllStringSubmatch(list[1], -1) {
			keys = append(keys, m[1])
		}
	}
	slices.Sort(keys)
	keys = slices.Compact(keys)
	if len(keys) < 50 {
		t.Fatalf("only %d keys were found in the source: %v", len(keys), keys)
	}
	for _, page := range []string{"model.md", "model.ja.md"} {
		text := read(t, page)
		for _, key := range keys {
			if !strings.Contains(text, "`"+key+"`") {
				t.Errorf("%s does not explain the key %s", page, key)
			}
		}
	}
}

// Every field of the JSON that commands print is in the reference of commands.
func TestEveryFieldIsExplained(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	run(t, folder, "shirube init --template sns-recruiting a && shirube init --template sns-meetings b && shirube init --template btob-lead-to-deal c && sed 's/total: 100/total: 90/' a/model.yaml > a/other.yaml")
	for command, line := range map[string]string{
		"check":    "shirube check a/model.yaml --json",
		"status":   "shirube status a/model.yaml --json; shirube status b/model.yaml --json",
		"links":    "shirube links a/model.yaml --json; shirube links b/model.yaml --json; shirube links c/model.yaml --json",
		"forecast": "shirube forecast a/model.yaml --json",
		"whatif":   "shirube whatif a/model.yaml --set reels=*2 --set ctr=*3 --json",
		"explain":  "shirube explain a/model.yaml --base 2026-09-01..2026-09-30 --now 2026-10-01..2026-10-31 --json; shirube explain c/model.yaml --base 2026-09-01..2026-09-30 --now 2026-10-01..2026-10-31 --json",
		"seek":     "shirube seek a/model.yaml --json; shirube seek b/model.yaml --json --probability 0.9",
		"diff":     "shirube diff a/model.yaml a/other.yaml --json",
	} {
		fields := map[string]bool{}
		decoder := json.NewDecoder(strings.NewReader(run(t, folder, line)))
		for decoder.More() {
			var reply any
			if err := decoder.Decode(&reply); err != nil {
				t.Fatalf("%s: %v", line, err)
			}
			collect(reply, fields)
		}
		if len(fields) < 5 {
			t.Errorf("%s: only %d fields", line, len(fields))
		}
		for _, page := range []string{"cli.md", "cli.ja.md"} {
			text := section(read(t, page), "shirube "+command)
			for field := range fields {
				if !strings.Contains(text, "`"+field+"`") {
					t.Errorf("%s does not explain the field %s of %s", page, field, command)
				}
			}
		}
	}
}

// free are the keys of objects whose keys are data, not fields.
var free = map[string]bool{"numbers": true, "elements": true}

func collect(value any, fields map[string]bool) {
	switch v := value.(type) {
	case map[string]any:
		for key, inner := range v {
			fields[key] = true
			if !free[key] {
				collect(inner, fields)
			}
		}
	case []any:
		for _, inner := range v {
			collect(inner, fields)
		}
	}
}

// section is the part of a page below a "## `title`" up to the next one.
func section(page, title string) string {
	for part := range strings.SplitSeq(page, "\n## ") {
		if strings.HasPrefix(part, "`"+title) {
			return part
		}
	}
	return ""
}

// Every command and every flag of the program is in the reference.
func TestEveryCommandIsExplained(t *testing.T) {
	t.Parallel()
	help := run(t, t.TempDir(), "shirube --lang en --help; for c in init check review status links forecast explain whatif seek diff serve demo; do shirube-built $c --lang en --help; done")
	flags := regexp.MustCompile(`--[a-z-]+`).FindAllString(help, -1)
	names := regexp.MustCompile(`(?m)^  ([a-z]+)  `).FindAllStringSubmatch(help, -1)
	if len(flags) < 10 || len(names) < 8 {
		t.Fatalf("the help shows %d flags and %d commands:\n%s", len(flags), len(names), help)
	}
	for _, page := range []string{"cli.md", "cli.ja.md"} {
		text := read(t, page)
		for _, name := range names {
			if section(text, "shirube "+name[1]) == "" {
				t.Errorf("%s does not explain the command %s", page, name[1])
			}
		}
		for _, flag := range flags {
			if !strings.Contains(text, "`"+flag) {
				t.Errorf("%s does not explain the flag %s", page, flag)
			}
		}
	}
}

// Every address of the API is on its page.
func TestEveryAddressIsListed(t *testing.T) {
	t.Parallel()
	var described struct {
		Paths map[string]map[string]json.RawMessage `json:"paths"`
	}
	if err := json.Unmarshal([]byte(run(t, t.TempDir(), "shirube openapi")), &described); err != nil {
		t.Fatal(err)
	}
	page := read(t, "api.md")
	for path, methods := range described.Paths {
		for method := range methods {
			if !strings.Contains(page, "`"+strings.ToUpper(method)+" "+path+"`") {
				t.Errorf("api.md lacks %s %s", strings.ToUpper(method), path)
			}
		}
	}
	if len(described.Paths) < 10 {
		t.Errorf("only %d addresses are described", len(described.Paths))
	}
}

// What operators may set is on their page.
func TestEverySettingIsExplained(t *testing.T) {
	t.Parallel()
	settings := regexp.MustCompile(`SHIRUBE_[A-Z][A-Z_]*[A-Z]`).FindAllString(sources(t, "../cmd/shirube/*.go"), -1)
	if len(settings) == 0 {
		t.Fatal("no settings were found in the source")
	}
	for _, page := range []string{"operations.md", "operations.ja.md"} {
		if _, err := os.Stat(page); err != nil {
			t.Fatal(err)
		}
		for _, name := range settings {
			if !strings.Contains(read(t, page), "`"+name+"`") {
				t.Errorf("%s does not explain %s", page, name)
			}
		}
	}
}
