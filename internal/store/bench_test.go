package store_test

import (
	"fmt"
	"iter"
	"testing"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/store/storetest"
)

var engines = map[string]storetest.Opener{"sqlite": storetest.SQLite, "postgres": storetest.Postgres}

// load is three years of daily points of a source with so many series.
func load(count, daysEach int) store.Import {
	in := store.Import{Source: "s"}
	for d := range daysEach {
		in.Days = append(in.Days, store.SourceDay{Day: series.Day(19000 + d), Rows: 7})
	}
	in.Points = iter.Seq2[store.Point, error](func(yield func(store.Point, error) bool) {
		for i := range count {
			p := store.Point{Metric: fmt.Sprintf("metric%d", i%10), Dimensions: []string{fmt.Sprintf("campaign %d", i)}}
			for d := range daysEach {
				p.Day, p.Value = series.Day(19000+d), float64(i*d)/7
				if !yield(p, nil) {
					return
				}
			}
		}
	})
	return in
}

func open(b *testing.B, opener storetest.Opener) (*store.DB, store.WorkspaceID) {
	b.Helper()
	db := opener(b, store.Options{})
	ws, err := db.Workspaces.Create(b.Context(), store.NewWorkspace{Slug: "w"})
	if err != nil {
		b.Fatal(err)
	}
	return db, ws.ID
}

// BenchmarkImport300k writes 300,000 points in one transaction: into an empty
// source, over the same days again, and as a whole new source.
func BenchmarkImport300k(b *testing.B) {
	in := load(300, 1000)
	for name, opener := range engines {
		b.Run(name+"/first", func(b *testing.B) {
			db, ws := open(b, opener)
			for b.Loop() {
				b.StopTimer()
				if err := db.Points.ReplaceSource(b.Context(), ws, store.Import{Source: "s"}); err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
				if err := db.Points.ImportDays(b.Context(), ws, in); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(name+"/again", func(b *testing.B) {
			db, ws := open(b, opener)
			for b.Loop() {
				if err := db.Points.ImportDays(b.Context(), ws, in); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(name+"/replace", func(b *testing.B) {
			db, ws := open(b, opener)
			for b.Loop() {
				if err := db.Points.ReplaceSource(b.Context(), ws, in); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkRead110k reads 110,000 points (100 series of three years) of one of
// two workspaces.
func BenchmarkRead110k(b *testing.B) {
	in := load(100, 1100)
	for name, opener := range engines {
		b.Run(name, func(b *testing.B) {
			db, ws := open(b, opener)
			other, err := db.Workspaces.Create(b.Context(), store.NewWorkspace{Slug: "other"})
			if err != nil {
				b.Fatal(err)
			}
			for _, ws := range []store.WorkspaceID{ws, other.ID} {
				if err := db.Points.ImportDays(b.Context(), ws, in); err != nil {
					b.Fatal(err)
				}
			}
			for b.Loop() {
				n := 0
				for of, err := range db.Points.Series(b.Context(), ws, "") {
					if err != nil {
						b.Fatal(err)
					}
					n += len(of.Daily.Values)
				}
				if n != 110_000 {
					b.Fatalf("read %d points", n)
				}
			}
		})
	}
}
