package duckdb

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/evidence"
	"github.com/shirube/shirube/internal/measure/warehouse/warehousetest"
)

const (
	victimPath = "SHIRUBE_TEST_VICTIM"
	perKill    = 200 // events of a batch
)

// TestVictim is the process that is killed: it goes on from the place it finds.
func TestVictim(t *testing.T) {
	path := os.Getenv(victimPath)
	if path == "" {
		t.Skip("run by TestKilled")
	}
	db, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	place, err := db.Place(ctx)
	if err != nil {
		t.Fatal(err)
	}
	traffic := warehousetest.Traffic{Workspace: "w", Seed: 3, Start: 1763700000000}
	traffic.Take(int(place) * perKill)
	go func() {
		for db.Settle(ctx) == nil {
			time.Sleep(20 * time.Millisecond)
		}
	}()
	for {
		place++
		if _, err := db.Write(ctx, place, traffic.Take(perKill)); err != nil {
			t.Fatal(err)
		}
	}
}

// TestKilled kills a writer at random moments. Place and effect are one: what is before
// the place is there once, what is after it is not there.
func TestKilled(t *testing.T) {
	path := t.TempDir() + "/events.duckdb"
	var before int64
	for range evidence.Tries(3, 50) {
		victim := exec.Command(os.Args[0], "-test.run=^TestVictim$")
		victim.Env = append(os.Environ(), victimPath+"="+path)
		if err := victim.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(400+rand.IntN(600)) * time.Millisecond)
		if err := victim.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		var exit *exec.ExitError
		if err := victim.Wait(); !errors.As(err, &exit) || exit.Exited() {
			t.Fatalf("it ended by itself: %v", err)
		}
		before = checkSurvivor(t, path, before)
	}
	if before == 0 {
		t.Fatal("nothing was ever written")
	}
}

func checkSurvivor(t *testing.T, path string, before int64) int64 {
	t.Helper()
	db, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}()
	ctx := context.Background()
	place, err := db.Place(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var events, ids, views, visited, lost int64
	err = db.conn.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM events), (SELECT count(DISTINCT id) FROM events),
		(SELECT count(*) FROM events WHERE kind = 2), (SELECT coalesce(sum(views), 0)::BIGINT FROM visits),
		(SELECT count(*) FROM events WHERE visit <> 0 AND visit NOT IN (SELECT visit FROM visits))`).
		Scan(&events, &ids, &views, &visited, &lost)
	if err != nil {
		t.Fatal(err)
	}
	if place < before || events != place*perKill || ids != events || views != visited || lost != 0 {
		t.Fatalf("at place %d (before %d): %d events, %d ids, %d views, %d in visits, %d in visits that are not there",
			place, before, events, ids, views, visited, lost)
	}
	return place
}
