package contact_test

import (
	"testing"
	"time"

	"github.com/shirube/shirube/internal/act/contact"
)

// A day is read as one however lists write it, and nothing else is taken for one.
func TestDatesAreReadFromTexts(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"2026-12-01": "2026-12-01", "2026/12/1": "2026-12-01", "2026年12月1日": "2026-12-01", "２０２６年１２月１日": "2026-12-01",
		"2026-12-01T09:00:00+09:00": "2026-12-01", "2026-12-01T10:30:00+09:00": "2026-12-01T01:30:00Z", "1985/4/30": "1985-04-30",
	} {
		if got := contact.ReadText(text); got.Kind != contact.Date || got.String() != want {
			t.Errorf("%q is %+v, %s", text, got, got)
		}
	}
	for _, text := range []string{"", "2026", "2026-13-01", "2026-02-30", "12/1/2026", "1-2-3", "0123-4-5", "2500/1/1", "2026-12", "2026.12.1", "090-1234-5678", "2026-12-01まで"} {
		if got := contact.ReadText(text); got.Kind != contact.Text || got.Text != text {
			t.Errorf("%q is %+v", text, got)
		}
	}
	day, whole := contact.ReadText("2026-12-01").Day()
	if !whole || !day.Equal(time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("%v %v", day, whole)
	}
	if _, whole := contact.ReadText("2026-12-01T10:30:00Z").Day(); whole {
		t.Error("a moment is no day")
	}
}
