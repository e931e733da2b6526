package storetest

import (
	"bytes"
	"testing"

	"github.com/shirube/shirube/internal/store"
)

// testSalts checks that a day of a zone has one salt, whoever asks first, that no other day of
// it has one, and that what no zone asks for any more does not stay either.
func testSalts(t *testing.T, open Opener) {
	db := open(t, store.Options{})
	ctx := t.Context()
	const tokyo, york = "Asia/Tokyo", "America/New_York"
	one, two, three, four := bytes.Repeat([]byte{1}, 32), bytes.Repeat([]byte{2}, 32), bytes.Repeat([]byte{3}, 32), bytes.Repeat([]byte{4}, 32)
	same(t, must(db.Salts.Salt(ctx, tokyo, "2026-11-22", one))(t), one)
	same(t, must(db.Salts.Salt(ctx, tokyo, "2026-11-22", two))(t), one)
	same(t, must(db.Salts.Salt(ctx, york, "2026-11-21", two))(t), two) // another zone has its own
	same(t, must(db.Salts.Salt(ctx, tokyo, "2026-11-22", three))(t), one)
	same(t, must(db.Salts.Salt(ctx, tokyo, "2026-11-23", three))(t), three)
	same(t, must(db.Salts.Salt(ctx, york, "2026-11-21", three))(t), two)    // its day is not over yet
	same(t, must(db.Salts.Salt(ctx, tokyo, "2026-11-22", three))(t), three) // the first one is gone for good
	// A zone that nobody asks for any more: its salt goes with the others'.
	same(t, must(db.Salts.Salt(ctx, tokyo, "2026-11-25", four))(t), four)
	same(t, must(db.Salts.Salt(ctx, york, "2026-11-21", one))(t), one)
	if _, err := db.Salts.Salt(ctx, tokyo, "tomorrow", one); err == nil {
		t.Error("a day that is none was taken")
	}
}
