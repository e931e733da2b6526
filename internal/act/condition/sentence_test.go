package condition_test

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/act/condition"
)

var names = condition.Names{
	Page: func(path string) string {
		if path == "/price" {
			return "料金"
		}
		return ""
	},
	Segment: func(id string) string { return map[string]string{"s1": "展示会の名刺"}[id] },
	Card:    func(id string) string { return map[string]string{"fit": "関心"}[id] },
}

// Each line of the golden file is a condition and its two sentences.
func TestSentences(t *testing.T) {
	const golden = "testdata/sentences.txt"
	kept, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	for block := range strings.SplitSeq(strings.TrimSpace(string(kept)), "\n\n") {
		source, _, _ := strings.Cut(block, "\n")
		c, err := condition.Decode([]byte(source))
		if err != nil {
			t.Errorf("%s: %v", source, err)
			continue
		}
		text := condition.Sentence(c, names)
		fmt.Fprintf(&out, "%s\n%s\n%s\n\n", source, text.JA, text.EN)
	}
	if got := strings.TrimSpace(out.String()) + "\n"; got != string(kept) {
		if os.Getenv("UPDATE_GOLDEN") != "" {
			if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
			return
		}
		t.Errorf("the sentences are others now (UPDATE_GOLDEN=1 writes them anew):\n%s", got)
	}
}
