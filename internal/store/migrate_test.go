package store_test

import (
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pressly/goose/v3"

	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/store/storetest"
	"github.com/shirube/shirube/internal/words"
)

// place is a state to be opened more than once, and a bare connection to it.
type place struct {
	engine, address, driver, bare string
	dialect                       goose.Dialect
}

func places(t *testing.T, test func(t *testing.T, p place)) {
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		folder := t.TempDir()
		test(t, place{"sqlite", folder, "sqlite", filepath.Join(folder, "shirube.db"), goose.DialectSQLite3})
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		address := storetest.PostgresAddress(t)
		test(t, place{"postgres", address, "pgx", address, goose.DialectPostgres})
	})
}

// bareDB is the database without the store, while no store has it open.
func bareDB(t *testing.T, p place) *sql.DB {
	t.Helper()
	db, err := sql.Open(p.driver, p.bare)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func openAndClose(t *testing.T, p place) {
	t.Helper()
	db, err := store.Open(t.Context(), p.address, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func fileNames(t *testing.T, engine string) []string {
	t.Helper()
	files, err := os.ReadDir(filepath.Join("migrations", engine))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, file := range files {
		names = append(names, file.Name())
	}
	return names
}

func TestBothDatabasesHaveTheSameMigrations(t *testing.T) {
	t.Parallel()
	if diff := cmp.Diff(fileNames(t, "sqlite"), fileNames(t, "postgres")); diff != "" {
		t.Errorf("migrations differ (-sqlite +postgres):\n%s", diff)
	}
}

func TestMigrationsRunOnce(t *testing.T) {
	t.Parallel()
	places(t, func(t *testing.T, p place) {
		for range 3 {
			openAndClose(t, p)
			var times int
			err := bareDB(t, p).QueryRowContext(t.Context(), "SELECT COUNT(*) FROM schema_migrations WHERE version_id > 0").Scan(&times)
			if err != nil {
				t.Fatal(err)
			}
			if want := len(fileNames(t, p.engine)); times != want {
				t.Errorf("%d migrations were run, want %d", times, want)
			}
		}
	})
}

// A database left by any earlier program is brought up to date.
func TestMigrationFromEveryStep(t *testing.T) {
	t.Parallel()
	for step := range fileNames(t, "sqlite") {
		folder := t.TempDir()
		p := place{"sqlite", folder, "sqlite", filepath.Join(folder, "shirube.db"), goose.DialectSQLite3}
		db := bareDB(t, p)
		provider, err := goose.NewProvider(p.dialect, db, os.DirFS("migrations/sqlite"), goose.WithTableName("schema_migrations"))
		if err != nil {
			t.Fatal(err)
		}
		for range step {
			if _, err := provider.UpByOne(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		openAndClose(t, p)
	}
}

func TestNewerSchemaIsRefused(t *testing.T) {
	t.Parallel()
	places(t, func(t *testing.T, p place) {
		openAndClose(t, p)
		_, err := bareDB(t, p).ExecContext(t.Context(), "INSERT INTO schema_migrations (version_id, is_applied) VALUES (99990101000001, true)")
		if err != nil {
			t.Fatal(err)
		}
		_, err = store.Open(t.Context(), p.address, store.Options{})
		newer, ok := errors.AsType[store.ErrNewerSchema](err)
		if !ok || newer.Found != 99990101000001 || newer.Known >= newer.Found {
			t.Fatalf("open: %v, want ErrNewerSchema", err)
		}
		for lang, mend := range map[words.Lang]string{words.JA: "Shirube を新しくしてから開いてください。", words.EN: "Update Shirube, then open it."} {
			if text := words.In(err, lang); !strings.HasSuffix(text, mend) {
				t.Errorf("message in %s: %s", lang, text)
			}
		}
	})
}

// Nodes that start at once on an empty PostgreSQL must not trip over each other.
func TestNodesMigrateOneAfterTheOther(t *testing.T) {
	t.Parallel()
	address := storetest.PostgresAddress(t)
	var group sync.WaitGroup
	for range 3 {
		group.Go(func() {
			db, err := store.Open(t.Context(), address, store.Options{})
			if err != nil {
				t.Error(err)
				return
			}
			if err := db.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
}
