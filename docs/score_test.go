package docs_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Every field and every flag of `score learn`, which reads no model, is in the reference.
func TestScoreLearnIsExplained(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	var leads strings.Builder
	leads.WriteString("visits,score,won\n")
	for i := range 300 {
		fmt.Fprintf(&leads, "%d,%d,%d\n", i%6, (i*i)%7+i%2, (i%6/3+i%5/3)/2)
	}
	if err := os.WriteFile(filepath.Join(folder, "leads.csv"), []byte(leads.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	var reply any
	if err := json.Unmarshal([]byte(run(t, folder, "shirube score learn leads.csv --outcome won --json")), &reply); err != nil {
		t.Fatal(err)
	}
	fields := map[string]bool{}
	collect(reply, fields)
	flags := regexp.MustCompile(`--[a-z-]+`).FindAllString(run(t, folder, "shirube score learn --help"), -1)
	if len(fields) < 30 || len(flags) < 10 {
		t.Fatalf("%d fields, %d flags", len(fields), len(flags))
	}
	for _, page := range []string{"cli.md", "cli.ja.md"} {
		text := section(read(t, page), "shirube score learn")
		for field := range fields {
			if !strings.Contains(text, "`"+field+"`") {
				t.Errorf("%s does not explain the field %s", page, field)
			}
		}
		for _, flag := range flags {
			if !strings.Contains(read(t, page), "`"+flag) {
				t.Errorf("%s does not explain the flag %s", page, flag)
			}
		}
	}
}
