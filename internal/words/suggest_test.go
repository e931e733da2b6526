package words_test

import (
	"testing"

	"github.com/shirube/shirube/internal/words"
)

func TestEditDistance(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"", "abc", 3}, {"ctr", "ctr", 0}, {"ctr", "crt", 1}, {"likes", "like", 1},
		{"応募", "応募数", 1}, {"訪問", "門訪", 2}, {"impressions", "impresions", 1},
	} {
		if got := words.EditDistance(c.a, c.b); got != c.want {
			t.Errorf("%q to %q: %d, want %d", c.a, c.b, got, c.want)
		}
		if got := words.EditDistance(c.b, c.a); got != c.want {
			t.Errorf("%q to %q: %d, want %d", c.b, c.a, got, c.want)
		}
	}
}

func TestNearest(t *testing.T) {
	t.Parallel()
	known := []string{"visits", "apply_rate", "ctr", "応募数", "a"}
	for name, want := range map[string]string{
		"vists": "visits", "VISITS": "visits", "aply_rat": "apply_rate", "crt": "ctr", "応募": "応募数",
		"cpc": "", "b": "", "revenue": "", "": "",
	} {
		if got := words.Nearest(name, known); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}
