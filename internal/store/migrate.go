package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

// Each change of the schema is one file per database, with the same name in
// both folders, never edited once released.
//
//go:embed migrations
var migrations embed.FS

const migrationTable = "schema_migrations"

// migrate brings the schema up to date and reports whether anything changed.
func migrate(ctx context.Context, db *sql.DB, engine engine) (changed bool, err error) {
	files, err := fs.Sub(migrations, "migrations/"+engine.name())
	if err != nil {
		return false, fmt.Errorf("find migrations of %s: %w", engine.name(), err)
	}
	dialect := goose.DialectSQLite3
	options := []goose.ProviderOption{goose.WithTableName(migrationTable)}
	if engine.name() == postgresName {
		dialect = goose.DialectPostgres
		// Two nodes that start at once must not both migrate.
		locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 120))
		if err != nil {
			return false, fmt.Errorf("make migration lock: %w", err)
		}
		options = append(options, goose.WithSessionLocker(locker))
	}
	provider, err := goose.NewProvider(dialect, db, files, options...)
	if err != nil {
		return false, fmt.Errorf("read migrations of %s: %w", engine.name(), err)
	}
	sources := provider.ListSources()
	known := sources[len(sources)-1].Version
	found, err := provider.GetDBVersion(ctx)
	if err != nil {
		return false, fmt.Errorf("read schema version: %w", err)
	}
	if found > known {
		return false, ErrNewerSchema{Found: found, Known: known}
	}
	done, err := provider.Up(ctx)
	if err != nil {
		return false, fmt.Errorf("migrate from %d to %d: %w", found, known, err)
	}
	return len(done) > 0, nil
}
