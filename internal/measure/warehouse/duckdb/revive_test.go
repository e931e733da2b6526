//go:build linux

package duckdb

import (
	"context"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/measure/warehouse/warehousetest"
	"github.com/shirube/shirube/internal/series"
)

const fullPath = "SHIRUBE_TEST_FULL"

// TestFullDisk: where the engine cannot write it gives up for good, but not we: as soon as
// there is room its file is opened anew, and whatever was written is there once. A process of
// its own, because the bound on files is of a process.
func TestFullDisk(t *testing.T) {
	if path := os.Getenv(fullPath); path != "" {
		fillUp(t, path)
		return
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestFullDisk$", "-test.v")
	cmd.Env = append(os.Environ(), fullPath+"="+filepath.Join(t.TempDir(), "events.duckdb"))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

func fillUp(t *testing.T, path string) {
	signal.Ignore(syscall.SIGXFSZ) // so that a write beyond the bound is an error like any
	bound := func(bytes uint64) {
		t.Helper()
		var now syscall.Rlimit
		if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &now); err != nil {
			t.Fatal(err)
		}
		now.Cur = bytes
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &now); err != nil {
			t.Fatal(err)
		}
	}
	ctx := context.Background()
	db, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	traffic := warehousetest.Traffic{Workspace: "w", Seed: 3, Start: 1763700000000}
	var batches [][]event.Event
	write := func(seq int) error {
		for len(batches) <= seq {
			batches = append(batches, traffic.Take(2000))
		}
		_, err := db.Write(ctx, int64(seq+1), batches[seq])
		return err
	}
	if err := write(0); err != nil {
		t.Fatal(err)
	}
	all := warehouse.Scope{Workspace: "w", Span: series.Span{From: 20000, To: 20500}, WithBots: true}
	// Enough that folding the log in is worth it, which then fails in the middle.
	seq := 1
	for log := int64(0); log < walWorth; seq++ {
		if err := write(seq); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(path + ".wal")
		if err != nil {
			t.Fatal(err)
		}
		log = info.Size()
	}
	bound(64 << 10)
	if err := db.watch(db.compact(ctx)); err == nil || !db.gaveUp.Load() {
		t.Fatalf("the engine took it well: %v", err)
	}
	if err := write(seq); err == nil {
		t.Error("written without room")
	}
	bound(1 << 40)
	for try := 0; ; try++ {
		err := write(seq)
		if err == nil {
			seq++
			break
		}
		if try == 20 {
			t.Fatalf("with room again: %v", err)
		}
	}
	if err := db.Settle(ctx); err != nil {
		t.Fatal(err)
	}
	if _, events, err := db.Size(ctx); err != nil || events != int64(2000*seq) {
		t.Errorf("%d events of %d: %v", events, 2000*seq, err)
	}
	if _, err := db.Overview(ctx, all, nil, 0); err != nil {
		t.Error(err)
	}
	if err := db.Close(); err != nil {
		t.Error(err)
	}
}
