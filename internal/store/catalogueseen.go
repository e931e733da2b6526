package store

import (
	"context"
	"encoding/binary"
	"fmt"
	"iter"

	"github.com/uptrace/bun"

	"github.com/shirube/shirube/internal/event"
)

type seenRow struct {
	bun.BaseModel `bun:"table:inbox_seen"`

	Seq          int64  `bun:"seq,pk"`
	Fingerprints []byte `bun:"fingerprints"`
}

const bytesOfFingerprint = 8

func noteFingerprints(ctx context.Context, tx bun.Tx, to int64, seen event.Sightings) error {
	if seen.ForgetUpTo > 0 {
		if _, err := tx.NewDelete().Model((*seenRow)(nil)).Where("seq <= ?", seen.ForgetUpTo).Exec(ctx); err != nil {
			return fmt.Errorf("forget fingerprints: %w", err)
		}
	}
	if len(seen.Fingerprints) == 0 {
		return nil
	}
	row := seenRow{Seq: to, Fingerprints: make([]byte, 0, bytesOfFingerprint*len(seen.Fingerprints))}
	for _, f := range seen.Fingerprints {
		row.Fingerprints = binary.LittleEndian.AppendUint64(row.Fingerprints, f)
	}
	if _, err := tx.NewInsert().Model(&row).Exec(ctx); err != nil {
		return fmt.Errorf("note fingerprints: %w", err)
	}
	return nil
}

// Seen is what Note was told and has not forgotten, oldest first.
func (c Catalogue) Seen(ctx context.Context) iter.Seq2[event.Seen, error] {
	return func(yield func(event.Seen, error) bool) {
		fail := func(err error) { yield(event.Seen{}, fmt.Errorf("read fingerprints: %w", err)) }
		rows, err := c.read().QueryContext(ctx, "SELECT seq, fingerprints FROM inbox_seen ORDER BY seq")
		if err != nil {
			fail(err)
			return
		}
		defer rows.Close() // what it could tell is told by Err below
		for rows.Next() {
			var packed []byte
			var seen event.Seen
			if err := rows.Scan(&seen.Seq, &packed); err != nil {
				fail(err)
				return
			}
			for ; len(packed) >= bytesOfFingerprint; packed = packed[bytesOfFingerprint:] {
				seen.Fingerprints = append(seen.Fingerprints, binary.LittleEndian.Uint64(packed))
			}
			if !yield(seen, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			fail(err)
		}
	}
}
