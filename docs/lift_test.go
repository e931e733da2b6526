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

// Every field and every flag of `lift`, which reads no model, is in the reference.
func TestLiftIsExplained(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	var people strings.Builder
	people.WriteString("arm,day,before,sales\n")
	for i := range 200 {
		fmt.Fprintf(&people, "%c,2026-04-%02d,%d,%d\n", 'a'+rune(i%2), 1+i/10, i*i%7, i*i%7+i*i*i%5)
	}
	if err := os.WriteFile(filepath.Join(folder, "people.csv"), []byte(people.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	var reply any
	if err := json.Unmarshal([]byte(run(t, folder, "shirube lift people.csv --arm arm --control a --outcome sales --pre before --date day --matters 20% --json")), &reply); err != nil {
		t.Fatal(err)
	}
	fields := map[string]bool{}
	collect(reply, fields)
	flags := regexp.MustCompile(`--[a-z-]+`).FindAllString(run(t, folder, "shirube lift --help"), -1)
	if !fields["days"] || !fields["always_valid_ci95"] || len(fields) < 25 || len(flags) < 10 {
		t.Fatalf("%d fields, %d flags: %v", len(fields), len(flags), reply)
	}
	for _, page := range []string{"cli.md", "cli.ja.md"} {
		text := section(read(t, page), "shirube lift")
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
