package storetest

import (
	"bytes"
	"testing"

	"github.com/shirube/shirube/internal/store"
)

// testSalts checks that a day has one salt, whoever asks first, and that no other day has one.
func testSalts(t *testing.T, open Opener) {
	db := open(t, store.Options{})
	ctx := t.Context()
	one, two := bytes.Repeat([]byte{1}, 32), bytes.Repeat([]byte{2}, 32)
	same(t, must(db.Salts.Salt(ctx, "2026-11-22", one))(t), one)
	same(t, must(db.Salts.Salt(ctx, "2026-11-22", two))(t), one)
	same(t, must(db.Salts.Salt(ctx, "2026-11-23", two))(t), two)
	same(t, must(db.Salts.Salt(ctx, "2026-11-22", two))(t), two) // the first one is gone for good
}
