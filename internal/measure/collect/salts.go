package collect

import (
	"context"
	"fmt"
	"io"
	"sync"
	"time"
)

// SaltStore keeps the salt of today, for every node of the program.
type SaltStore interface {
	// Salt returns the salt kept for a day ("2026-11-22"); where there is none it keeps
	// fresh and returns it. Salts of all other days are deleted for good: from then on
	// nobody can tell whose a visitor of that day was.
	Salt(ctx context.Context, day string, fresh []byte) ([]byte, error)
}

// DailySalts draws a salt a day and forgets it the next.
type DailySalts struct {
	store  SaltStore
	random io.Reader
	zone   *time.Location

	mu   sync.Mutex
	day  string
	salt []byte
}

// NewDailySalts keeps salts in a store (nil: in memory, so that a restart makes everybody a
// new visitor). Days change at midnight of zone.
func NewDailySalts(store SaltStore, random io.Reader, zone *time.Location) *DailySalts {
	return &DailySalts{store: store, random: random, zone: zone}
}

// Salt is the salt of the day of a moment.
func (s *DailySalts) Salt(ctx context.Context, at time.Time) ([]byte, error) {
	day := at.In(s.zone).Format(time.DateOnly)
	s.mu.Lock()
	defer s.mu.Unlock()
	// A request that was received a moment before midnight does not bring yesterday back.
	if s.salt != nil && day <= s.day {
		return s.salt, nil
	}
	fresh := make([]byte, 32)
	if _, err := io.ReadFull(s.random, fresh); err != nil {
		return nil, fmt.Errorf("draw the salt of %s: %w", day, err)
	}
	if s.store != nil {
		kept, err := s.store.Salt(ctx, day, fresh)
		if err != nil {
			return nil, fmt.Errorf("keep the salt of %s: %w", day, err)
		}
		fresh = kept
	}
	s.day, s.salt = day, fresh
	return s.salt, nil
}
