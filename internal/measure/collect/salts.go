package collect

import (
	"context"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/shirube/shirube/internal/event"
)

// SaltStore keeps the salts of today, one for each time zone, for every node of the program.
type SaltStore interface {
	// Salt returns the salt kept for a day ("2026-11-22") of a zone ("Asia/Tokyo"); where
	// there is none it keeps fresh and returns it. Salts of all other days of the zone, and
	// what is more than two days away in any, are deleted for good: from then on nobody can
	// tell whose a visitor of that day was.
	Salt(ctx context.Context, zone, day string, fresh []byte) ([]byte, error)
}

// DailySalts draws a salt a day and forgets it the next. A day is a workspace's own, the one
// its numbers are counted by: else everybody who is there when Tokyo's day ends would be two
// people of one day in New York.
type DailySalts struct {
	store  SaltStore
	random io.Reader
	zone   func(event.Workspace) string

	mu    sync.Mutex
	zones map[string]*zoneSalt
}

// zoneSalt is the salt of a zone's day.
type zoneSalt struct {
	clock *time.Location
	day   string
	salt  []byte
}

// mostZones bounds the memory: there are fewer than 600 names of zones.
const mostZones = 1_000

// NewDailySalts keeps salts in a store (nil: in memory, so that a restart makes everybody a
// new visitor). Days change at midnight of a workspace's zone, told by its name; what is no
// zone's name is UTC.
func NewDailySalts(store SaltStore, random io.Reader, zone func(event.Workspace) string) *DailySalts {
	return &DailySalts{store: store, random: random, zone: zone, zones: map[string]*zoneSalt{}}
}

// Salt is the salt of the day of a moment in a workspace.
func (s *DailySalts) Salt(ctx context.Context, ws event.Workspace, at time.Time) ([]byte, error) {
	name := s.zone(ws)
	s.mu.Lock()
	defer s.mu.Unlock()
	z := s.of(name)
	day := at.In(z.clock).Format(time.DateOnly)
	// A request that was received a moment before midnight does not bring yesterday back.
	if z.salt != nil && day <= z.day {
		return z.salt, nil
	}
	fresh := make([]byte, 32)
	if _, err := io.ReadFull(s.random, fresh); err != nil {
		return nil, fmt.Errorf("draw the salt of %s: %w", day, err)
	}
	if s.store != nil {
		kept, err := s.store.Salt(ctx, z.clock.String(), day, fresh)
		if err != nil {
			return nil, fmt.Errorf("keep the salt of %s: %w", day, err)
		}
		fresh = kept
	}
	z.day, z.salt = day, fresh
	return z.salt, nil
}

func (s *DailySalts) of(name string) *zoneSalt {
	if z := s.zones[name]; z != nil {
		return z
	}
	clock, err := time.LoadLocation(name)
	if err != nil {
		clock = time.UTC
	}
	if len(s.zones) >= mostZones {
		clear(s.zones) // they are in the store
	}
	z := &zoneSalt{clock: clock}
	s.zones[name] = z
	return z
}
