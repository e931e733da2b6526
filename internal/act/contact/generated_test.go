package contact

import (
	"fmt"
	"testing"
)

func TestNumberedAddressesAreSeen(t *testing.T) {
	rows := func(format string, from, to, step int) (list []string) {
		for n := from; n <= to; n += step {
			list = append(list, fmt.Sprintf(format, n))
		}
		return list
	}
	for _, c := range []struct {
		name string
		list []string
		want string
	}{
		{"counted on", rows("user%03d@example.jp", 1, 100, 1), "user#@example.jp 1–100 100"},
		{"with every fifth missing", append(append(append(rows("a%d@x.jp", 1, 200, 5), rows("a%d@x.jp", 2, 200, 5)...), rows("a%d@x.jp", 3, 200, 5)...), rows("a%d@x.jp", 4, 200, 5)...), "a#@x.jp 1–199 160"},
		{"in the middle of the name", rows("info-%d.sales@example.jp", 10, 60, 1), "info-#.sales@example.jp 10–60 51"},
		{"few", rows("shop%d@example.jp", 1, 29, 1), ""},
		{"with gaps", rows("staff%d@example.jp", 1, 900, 9), ""},
		{"each of another house", rows("info@company%d.jp", 1, 100, 1), ""},
		{"birthdays", rows("tanaka%d@example.jp", 19600101, 19990101, 10007), ""},
		{"names", []string{"ann@x.jp", "ben@x.jp", "noat", "@", "x@"}, ""},
	} {
		got := ""
		for _, r := range Runs(c.list) {
			got += fmt.Sprintf("%s %d–%d %d", r.Pattern, r.From, r.To, r.Count)
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	// The order of a list says nothing, nor does writing one twice.
	list := rows("u%d@x.jp", 1, 40, 1)
	for i := range list[:20] {
		list[i], list[39-i] = list[39-i], list[i]
	}
	if runs := Runs(append(list, list...)); len(runs) != 1 || runs[0].Count != 40 {
		t.Errorf("%+v", runs)
	}
}
