package words_test

import (
	"testing"

	"github.com/shirube/shirube/internal/words"
)

// A cell of a file that begins like a formula would be worked out by whoever opens it.
func TestCellsAreNoFormulas(t *testing.T) {
	for text, want := range map[string]string{
		`=HYPERLINK("https://evil.example")`: `'=HYPERLINK("https://evil.example")`, "+1": "'+1", "-1+2": "'-1+2", "@SUM(A1)": "'@SUM(A1)",
		"\t=1": "'\t=1", "\r=1": "'\r=1", "＝1": "'＝1", "＋1": "'＋1", "－1": "'－1", "＠A1": "'＠A1",
		"田中 美咲": "田中 美咲", "": "", "a=b": "a=b", "1-2": "1-2",
	} {
		if got := words.Cell(text); got != want {
			t.Errorf("%q: %q, not %q", text, got, want)
		}
	}
}
