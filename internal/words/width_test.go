package words_test

import (
	"strings"
	"testing"

	"github.com/shirube/shirube/internal/words"
)

func TestHalfWidth(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"１，０００．５％": "1,000.5%", "（ａ＋ｂ）": "(a+b)", "−5 － ５": "-5 - 5", "訪問×2": "訪問×2",
	} {
		if got := strings.Map(words.HalfWidth, text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
