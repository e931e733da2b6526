package series_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

func anySpan() *rapid.Generator[series.Span] {
	return rapid.Custom(func(t *rapid.T) series.Span {
		from := anyDay().Draw(t, "from")
		return series.Span{From: from, To: from + series.Day(rapid.IntRange(-5, 1500).Draw(t, "length"))}
	})
}

func TestSpanDays(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]int{
		"2026-04-01":             1,
		"2026-04-01..2027-03-31": 365,
		"2024-01-01..2024-12-31": 366,
	} {
		if got := span(t, s).Days(); got != want {
			t.Errorf("%s has %d days, want %d", s, got, want)
		}
	}
	empty := series.Span{From: 5, To: 4}
	if !empty.Empty() || empty.Days() != 0 || empty.Contains(4) || empty.Contains(5) {
		t.Error("a span that ends before it starts holds no day")
	}
	if far := (series.Span{From: -1 << 31, To: 1<<31 - 1}); far.Days() != 1<<32 {
		t.Errorf("the longest span has %d days", far.Days())
	}
}

func TestLastYear(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"2026-04-01..2027-03-31": "2025-04-01..2026-03-31",
		"2025-02-01..2025-02-28": "2024-02-01..2024-02-29", // a whole month stays whole
		"2024-02-01..2024-02-29": "2023-02-01..2023-02-28",
		"2024-12-01..2025-02-28": "2023-12-01..2024-02-29",
		"2025-02-10..2025-02-28": "2024-02-10..2024-02-28", // not a whole month: date by date
		"2025-02-28..2025-02-28": "2024-02-28..2024-02-28",
		"2024-02-29..2024-02-29": "2023-02-28..2023-02-28",
	} {
		if got := span(t, s).LastYear(); got != span(t, want) {
			t.Errorf("%s a year before is %v, want %s", s, got, want)
		}
	}
}

func TestParseSpanRefuses(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"2026-04-02..2026-04-01": "期間「2026-04-02..2026-04-01」の終わりが始まりより前です。早いほうの日を先に書いてください。",
		"2026-04-02..":           "「」は日付として読めません。2026-04-01 のように書いてください。",
		"4月..5月":                 "「4月」は日付として読めません。2026-04-01 のように書いてください。",
	} {
		if _, err := series.ParseSpan(s); err == nil || err.Error() != want {
			t.Errorf("ParseSpan(%q)\n got %v\nwant %s", s, err, want)
		}
	}
}

func TestSpanReads(t *testing.T) {
	t.Parallel()
	for s, want := range map[string][2]string{
		"2026-04-01..2026-06-30": {"2026年4月1日〜6月30日", "Apr 1 – Jun 30, 2026"},
		"2026-04-01..2027-03-31": {"2026年4月1日〜2027年3月31日", "Apr 1, 2026 – Mar 31, 2027"},
		"2026-04-01":             {"2026年4月1日", "Apr 1, 2026"},
	} {
		sp := span(t, s)
		if ja, en := sp.In(words.JA), sp.In(words.EN); ja != want[0] || en != want[1] {
			t.Errorf("%s reads %q and %q", s, ja, en)
		}
	}
}

func TestSpanLaws(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := anySpan().Draw(t, "a"), anySpan().Draw(t, "b")
		d := anyDay().Draw(t, "day")
		n := rapid.IntRange(0, 500).Draw(t, "n")
		if a.Intersect(b).Contains(d) != (a.Contains(d) && b.Contains(d)) {
			t.Fatalf("%v and %v disagree on %v", a, b, d)
		}
		if before := a.Before(n); before.Days() != n || before.To+1 != a.From {
			t.Fatalf("the %d days before %v are %v", n, a, before)
		}
		if moved := a.Shift(n); moved.Days() != a.Days() || moved.Shift(-n) != a {
			t.Fatalf("%v moved by %d is %v", a, n, moved)
		}
		if !a.Empty() {
			if back, err := series.ParseSpan(a.String()); err != nil || back != a {
				t.Fatalf("%v reads back as %v, %v", a, back, err)
			}
		}
	})
}
