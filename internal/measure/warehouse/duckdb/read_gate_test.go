package duckdb

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/evidence"
	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/measure/warehouse/warehousetest"
	"github.com/shirube/shirube/internal/series"
)

const gateDays = 30

var (
	gateFirst  = series.Date(2026, 10, 1)
	gateScope  = warehouse.Scope{Workspace: "site", Span: series.Span{From: gateFirst, To: gateFirst + gateDays - 1}}
	gateFields = []warehouse.Field{
		warehouse.FieldPage, warehouse.FieldEntry, warehouse.FieldExit, warehouse.FieldSource, warehouse.FieldChannel,
		warehouse.FieldCampaign, warehouse.FieldDevice, warehouse.FieldBrowser, warehouse.FieldOS, warehouse.FieldEvent,
	}
)

// TestGateOverview measures what the first page costs when a month has a million and ten
// million events (a hundred with SHIRUBE_EVENTS=100000000, which needs 4 GB and a quarter of
// an hour to be made), beside what the machine needs to merely count them. SHIRUBE_EVENTS_FOLDER keeps the
// files for the next time.
func TestGateOverview(t *testing.T) {
	evidence.Gate(t)
	sizes := []int{1_000_000, 10_000_000}
	if asked := os.Getenv("SHIRUBE_EVENTS"); asked != "" {
		var n int
		if _, err := fmt.Sscan(asked, &n); err != nil {
			t.Fatalf("SHIRUBE_EVENTS=%q: %v", asked, err)
		}
		sizes = []int{n}
	}
	bars := map[int]struct{ overview, filtered float64 }{1_000_000: {50, 1000}, 10_000_000: {80, 1000}, 100_000_000: {150, 8000}}
	for _, n := range sizes {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			db := gateWarehouse(t, n)
			what := fmt.Sprintf("%d million events in 30 days", n/1_000_000)
			floor := measured(t, 40, func(ctx context.Context) error {
				var count int64
				return db.sql.QueryRowContext(ctx, `SELECT count(*) FROM events WHERE kind = 2`).Scan(&count)
			})
			t.Logf("%s: counting the views alone: %v", what, floor)
			overview := measured(t, 60, func(ctx context.Context) error {
				_, err := db.Overview(ctx, gateScope, gateFields, 10)
				return err
			})
			t.Logf("%s: overview asked before: %v", what, overview)
			evidence.AtMost(t, evidence.Figure{Room: "warehouse", Case: what, Name: "overview p95, ms", Got: overview[1], Tries: 60}, bars[n].overview, 0)
			anew := measured(t, 3, func(ctx context.Context) error {
				db.kept = newKept()
				_, err := db.Overview(ctx, gateScope, gateFields, 10)
				return err
			})
			t.Logf("%s: overview never asked before: %v", what, anew)
			filtered := measured(t, 7, func(ctx context.Context) error {
				s := gateScope
				s.Filters = []warehouse.Filter{{Field: warehouse.FieldSource, Op: warehouse.Is, Values: []string{"x"}}, {Field: warehouse.FieldDevice, Op: warehouse.Is, Values: []string{"mobile"}}}
				_, err := db.Overview(ctx, s, gateFields, 10)
				return err
			})
			t.Logf("%s: overview with two filters: %v", what, filtered)
			evidence.AtMost(t, evidence.Figure{Room: "warehouse", Case: what, Name: "overview with two filters p95, ms", Got: filtered[1], Tries: 7}, bars[n].filtered, 0)
			days := max(1, gateDays*1_000_000/n) // a day of a hundred million are three
			file := measured(t, 1, func(ctx context.Context) error {
				s := gateScope
				s.Span.To = s.Span.From + series.Day(days) - 1
				return db.Export(ctx, s, "csv", io.Discard)
			})
			millions := float64(n) / 1_000_000 * float64(days) / gateDays
			evidence.AtMost(t, evidence.Figure{Room: "warehouse", Case: what, Name: "csv of a million events, s", Got: file[0] / 1000 / millions, Tries: 1}, 10, 0)
			calledOff(t, db)
			for _, each := range gateQuestions {
				took := measured(t, 3, func(ctx context.Context) error { return each.ask(ctx, db) })
				load, _ := os.ReadFile("/proc/loadavg") // where there is none, none is told
				t.Logf("%s: %s: %v, load %.20s", what, each.name, took, load)
				if each.filtered {
					evidence.AtMost(t, evidence.Figure{Room: "warehouse", Case: what, Name: each.name + " p50, ms", Got: took[0], Tries: 3}, bars[n].filtered, 0)
				}
			}
		})
	}
}

// calledOff calls a question off while it is being answered.
func calledOff(t *testing.T, db *DB) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	begun := time.Now()
	_, err := db.Transitions(ctx, gateScope, "", 10)
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a question that was called off: %v", err)
	}
	t.Logf("called off after 20 ms, over after %v", time.Since(begun))
}

// gateQuestions with filtered are held to the bar of an ad-hoc filter.
var gateQuestions = []struct {
	name     string
	filtered bool
	ask      func(context.Context, *DB) error
}{
	{"overview of a page's visits", true, func(ctx context.Context, db *DB) error {
		s := gateScope
		s.Filters = []warehouse.Filter{{Field: warehouse.FieldPage, Op: warehouse.Is, Values: []string{"/contact"}}}
		_, err := db.Overview(ctx, s, gateFields, 10)
		return err
	}},
	{"breakdown by page", true, func(ctx context.Context, db *DB) error {
		_, err := db.Breakdown(ctx, gateScope, warehouse.FieldPage, warehouse.Paging{Limit: 50})
		return err
	}},
	{"breakdown by channel", false, func(ctx context.Context, db *DB) error {
		_, err := db.Breakdown(ctx, gateScope, warehouse.FieldChannel, warehouse.Paging{Limit: 50})
		return err
	}},
	{"transitions to the inquiry page", true, func(ctx context.Context, db *DB) error {
		_, err := db.Transitions(ctx, gateScope, "/contact", 50)
		return err
	}},
	{"funnel of three", false, func(ctx context.Context, db *DB) error {
		_, err := db.Funnel(ctx, gateScope, warehouse.Funnel{Window: 7 * 86_400_000, Steps: []warehouse.Step{{Page: "/"}, {Page: "/contact"}, {Event: "Inquiry Submitted"}}})
		return err
	}},
	{"cohorts by week", false, func(ctx context.Context, db *DB) error {
		_, err := db.Cohorts(ctx, gateScope, warehouse.CohortQuery{Grain: series.GrainWeek, Periods: 5})
		return err
	}},
	{"journeys", false, func(ctx context.Context, db *DB) error {
		_, err := db.Journeys(ctx, gateScope, warehouse.JourneyQuery{Outcome: warehouse.Step{Event: "Inquiry Submitted"}, LookbackDays: 30, Limit: 10_000})
		return err
	}},
	{"metric by channel", false, func(ctx context.Context, db *DB) error {
		_, err := db.Metric(ctx, gateScope, warehouse.Metric{Count: "events", Event: "Inquiry Submitted", ByFields: []warehouse.Field{warehouse.FieldChannel}})
		return err
	}},
	{"newest fifty events", false, func(ctx context.Context, db *DB) error {
		_, err := db.Events(ctx, gateScope, warehouse.Paging{Limit: 50})
		return err
	}},
}

// timing is how long something took, in milliseconds: the median, the 95th percentile, and
// work. What else the machine does makes the clock go on, but not the work more: it is half of
// what the processor did, as two cores would share it, the least of all times.
type timing [3]float64

func (t timing) String() string {
	return fmt.Sprintf("p50 %.1f ms, p95 %.1f ms; work for two cores %.1f ms", t[0], t[1], t[2])
}

// measured runs something several times, after twice for warmth.
func measured(t *testing.T, times int, do func(context.Context) error) timing {
	t.Helper()
	var all []float64
	work := math.Inf(1)
	for i := range times + 2 {
		begun, before := time.Now(), worked(t)
		if err := do(t.Context()); err != nil {
			t.Fatal(err)
		}
		if i >= 2 {
			all = append(all, float64(time.Since(begun).Microseconds())/1000)
			work = min(work, (worked(t)-before)/2)
		}
	}
	slices.Sort(all)
	return timing{all[len(all)/2], all[min(len(all)-1, len(all)*95/100)], work}
}

// worked is what the processor did for this process, in milliseconds.
func worked(t *testing.T) float64 {
	t.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		t.Fatal(err)
	}
	return float64(used.Utime.Nano()+used.Stime.Nano()) / 1e6
}

func gateWarehouse(t *testing.T, n int) *DB {
	t.Helper()
	folder := os.Getenv("SHIRUBE_EVENTS_FOLDER")
	if folder == "" {
		folder = t.TempDir()
	}
	path := filepath.Join(folder, fmt.Sprintf("gate-%d.duckdb", n))
	_, missing := os.Stat(path)
	if missing != nil && n > written && n%written == 0 {
		if err := gateWarehouse(t, written).Close(); err != nil {
			t.Fatal(err)
		}
		multiplied(t, filepath.Join(folder, fmt.Sprintf("gate-%d.duckdb", written)), path, n)
		missing = nil
	}
	db, err := Open(path, Options{Channel: warehousetest.WorldChannel})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	if missing == nil {
		return db
	}
	begun := time.Now()
	traffic := warehousetest.Traffic{
		Workspace: "site", Key: "web", Seed: 4, PerSecond: float64(n) / (gateDays * 86_400),
		Start: event.Millis(int64(gateFirst) * 86_400_000),
	}
	for i := 0; i < n; i += 10_000 {
		if _, err := db.Write(t.Context(), int64(i+1), traffic.Take(10_000)); err != nil {
			t.Fatal(err)
		}
	}
	wrote := time.Since(begun)
	for range 3 {
		if err := db.Settle(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	bytes, kept, err := db.Size(t.Context())
	t.Logf("%d events written in %v, settled in %v, %d MB on disk: %v", kept, wrote, time.Since(begun)-wrote, bytes>>20, err)
	return db
}
