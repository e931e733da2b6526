package docs_test

import (
	"os"
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/act/law"
	"github.com/shirube/shirube/internal/words"
)

// The guide's table of duties is the program's own.
func TestGuideNamesEveryDuty(t *testing.T) {
	for name, lang := range map[string]words.Lang{"guide.ja.md": words.JA, "guide.en.md": words.EN} {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for row := range strings.SplitSeq(law.Table(lang), "\n") {
			if !strings.Contains(string(text), row+"\n") {
				t.Errorf("%s lacks the row %s", name, row)
			}
		}
	}
}
