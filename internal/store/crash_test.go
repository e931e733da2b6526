package store_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/store"
)

// crashPlace is set in the child processes of the crash test: the state they
// write to until they are killed.
const crashPlace = "SHIRUBE_STORE_CRASH_PLACE"

func TestMain(m *testing.M) {
	if place := os.Getenv(crashPlace); place != "" {
		fmt.Fprintln(os.Stderr, importUntilKilled(place))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

const (
	crashSeries = 12
	crashDays   = 90
)

// importUntilKilled imports reading after reading, each in one transaction: a
// model version, an upload, and points that all carry the version's number. It
// prints the number once the transaction is acknowledged.
func importUntilKilled(place string) error {
	ctx := context.Background()
	db, err := store.Open(ctx, place, store.Options{})
	if err != nil {
		return err
	}
	defer db.Close()
	ws, err := db.Workspaces.Create(ctx, store.NewWorkspace{Slug: "w"})
	if errors.As(err, new(store.ErrExists)) {
		ws, err = db.Workspaces.BySlug(ctx, "w")
	}
	if err != nil {
		return err
	}
	for {
		version, err := importOnce(ctx, db, ws.ID)
		if errors.As(err, new(store.ErrConflict)) {
			continue // PostgreSQL finished what the killed process had sent last
		}
		if err != nil {
			return err
		}
		fmt.Println(version)
	}
}

func importOnce(ctx context.Context, db *store.DB, ws store.WorkspaceID) (int, error) {
	newest, err := db.ModelVersions.Newest(ctx, ws)
	if err != nil && !errors.As(err, new(store.ErrNotFound)) {
		return 0, err
	}
	version := newest.Version + 1
	upload, err := db.Uploads.Put(ctx, ws, "f.csv", strings.NewReader(strconv.Itoa(version)))
	if err != nil {
		return 0, err
	}
	in := store.Import{Source: "s", Upload: upload.ID}
	for d := range crashDays {
		in.Days = append(in.Days, store.SourceDay{Day: series.Day(d), Rows: version})
	}
	in.Points = func(yield func(store.Point, error) bool) {
		for i := range crashSeries {
			for d := range crashDays {
				if !yield(store.Point{Metric: "m" + strconv.Itoa(i), Day: series.Day(d), Value: float64(version)}, nil) {
					return
				}
			}
		}
	}
	return version, db.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		if _, err := tx.ModelVersions.Append(ctx, ws, newest.Version, store.NewModelVersion{YAML: strconv.Itoa(version)}); err != nil {
			return err
		}
		if version%2 == 0 {
			err = tx.Points.ReplaceSource(ctx, ws, in)
		} else {
			err = tx.Points.ImportDays(ctx, ws, in)
		}
		if err != nil {
			return err
		}
		return tx.Uploads.MarkImported(ctx, ws, upload.ID, store.Imported{Source: "s", Rows: version})
	})
}

func TestCrash(t *testing.T) {
	t.Parallel()
	places(t, func(t *testing.T, p place) { crash(t, p.address, 6) })
}

// TestGateCrash is the same with hundreds of kills; `make gates` runs it.
func TestGateCrash(t *testing.T) {
	if os.Getenv("SHIRUBE_GATES") == "" {
		t.Skip("long: set SHIRUBE_GATES=1, or run make gates")
	}
	t.Parallel()
	places(t, func(t *testing.T, p place) { crash(t, p.address, 300) })
}

// crash kills importing processes at random moments, some while they still open
// the database, and looks at what is left each time.
func crash(t *testing.T, place string, kills int) {
	random := rand.New(rand.NewPCG(2026, uint64(kills)))
	acknowledged := 0
	for kill := range kills {
		wait := time.Duration(random.IntN(40)) * time.Millisecond
		seen := killAfter(t, place, wait, kill%3 != 0)
		acknowledged = max(acknowledged, seen)
		acknowledged = checkWhole(t, place, acknowledged)
		if t.Failed() {
			t.Fatalf("after kill %d, %v into the work", kill+1, wait)
		}
	}
	if acknowledged == 0 {
		t.Error("no process lived long enough to import anything: the test shows nothing")
	}
	t.Logf("%d kills, %d imports", kills, acknowledged)
}

// killAfter starts a process and kills it after a while, counted from its first
// import or from its start. It returns the last import that was acknowledged.
func killAfter(t *testing.T, place string, wait time.Duration, fromFirstImport bool) (last int) {
	t.Helper()
	child := exec.CommandContext(t.Context(), os.Args[0])
	child.Env = append(os.Environ(), crashPlace+"="+place)
	var complaint strings.Builder
	child.Stderr = &complaint
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	kill := func() { _ = child.Process.Kill() } // SIGKILL; a process gone by itself is found below
	if !fromFirstImport {
		time.AfterFunc(wait, kill)
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		number, err := strconv.Atoi(lines.Text())
		if err != nil {
			t.Errorf("child says %q", lines.Text())
			break
		}
		if fromFirstImport {
			time.AfterFunc(wait, kill)
			fromFirstImport = false
		}
		last = number
	}
	kill()
	_ = child.Wait() // "signal: killed" is what is wanted
	if complaint.Len() > 0 {
		t.Errorf("child failed by itself: %s", complaint.String())
	}
	return last
}

// checkWhole opens what a killed process has left and checks that the last
// import is there as a whole: one that was acknowledged, or the one after it.
func checkWhole(t *testing.T, place string, acknowledged int) (newest int) {
	t.Helper()
	ctx := t.Context()
	db, err := store.Open(ctx, place, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = db.Snapshot(ctx, func(ctx context.Context, tx *store.Tx) error {
		ws, err := tx.Workspaces.BySlug(ctx, "w")
		if errors.As(err, new(store.ErrNotFound)) && acknowledged == 0 {
			return nil // killed before it was made
		}
		if err != nil {
			return err
		}
		list, err := tx.ModelVersions.List(ctx, ws.ID)
		if err != nil {
			return err
		}
		newest = len(list)
		if newest < acknowledged || newest > acknowledged+1 {
			t.Errorf("%d imports are there, %d were acknowledged", newest, acknowledged)
		}
		if ws.DataRevision != int64(newest) {
			t.Errorf("data revision %d after %d imports", ws.DataRevision, newest)
		}
		uploads, err := tx.Uploads.Imported(ctx, ws.ID, "s")
		if err != nil {
			return err
		}
		if len(uploads) != newest {
			t.Errorf("%d imported uploads after %d imports", len(uploads), newest)
		}
		points := 0
		for point, err := range tx.Points.Each(ctx, ws.ID, "s") {
			if err != nil {
				return err
			}
			if point.Value != float64(newest) {
				t.Errorf("after import %d, %s on %s is of import %v", newest, point.Metric, point.Day, point.Value)
				break
			}
			points++
		}
		if newest > 0 && points != crashSeries*crashDays {
			t.Errorf("%d points, want %d", points, crashSeries*crashDays)
		}
		days, err := tx.Points.Days(ctx, ws.ID, "s")
		if err != nil {
			return err
		}
		for _, day := range days {
			if day.Rows != newest {
				t.Errorf("after import %d, day %s is of import %d", newest, day.Day, day.Rows)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return newest
}
