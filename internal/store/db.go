package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/uptrace/bun"
)

// DB is an open state database. It is safe for concurrent use.
type DB struct {
	Repositories

	engine engine
	env    *environment
	writer *bun.DB
	reader *bun.DB // the same as writer on PostgreSQL
	lock   *folderLock
	append lazyStatement // of the inbox, on SQLite
}

// Repositories are the things the state is made of.
type Repositories struct {
	Workspaces    Workspaces
	ModelVersions ModelVersions
	Uploads       Uploads
	Points        Points
	Views         Views
	MutedFindings MutedFindings
	Scenarios     Scenarios
	Foretellings  Foretellings
	Documents     Documents
	Occurrences   Occurrences
	Watches       Watches
	Forms         Forms
	Submissions   Submissions
	Posts         Posts
	Entries       Entries
	ScoreCards    ScoreCards
	Scores        Scores
	Leads         Leads
	Connections   Connections
	Contacts      Contacts
	Companies     Companies
	Consents      Consents
	Suppressions  Suppressions
	Moments       Moments
	Inbox         Inbox
	Catalogue     Catalogue
	Salts         Salts
	Users         Users
	Members       Members
	SignIns       SignIns
	EntryLinks    EntryLinks
	SignInLinks   SignInLinks
	Identities    Identities
	Accounts      Accounts
	Attempts      Attempts
	WriteKeys     WriteKeys
	APIKeys       APIKeys
	Automations   Automations
	Journeys      Journeys
	TriggerStates TriggerStates
	Outbox        Outbox
	Mails         MailPieces
	Deliveries    MailDeliveries
	Initiatives   Initiatives
	Alerts        Alerts
	Audit         Audit
	Looks         Looks
	Questions     Questions
	Focuses       Focuses
	Reviews       Reviews
	Agreements    Agreements
	Reports       Reports
}

func newRepositories(s session) Repositories {
	return Repositories{
		Workspaces:    Workspaces{s},
		ModelVersions: ModelVersions{s},
		Uploads:       Uploads{s},
		Points:        Points{s},
		Views:         Views{s},
		MutedFindings: MutedFindings{s},
		Scenarios:     Scenarios{s},
		Foretellings:  Foretellings{s},
		Documents:     Documents{s},
		Occurrences:   Occurrences{s},
		Watches:       Watches{s},
		Forms:         Forms{s},
		Submissions:   Submissions{s},
		Posts:         Posts{s},
		Entries:       Entries{s},
		ScoreCards:    ScoreCards{s},
		Scores:        Scores{s},
		Leads:         Leads{s},
		Connections:   Connections{s},
		Contacts:      Contacts{s},
		Companies:     Companies{s},
		Consents:      Consents{s},
		Suppressions:  Suppressions{s},
		Moments:       Moments{s},
		Inbox:         Inbox{s},
		Catalogue:     Catalogue{s},
		Salts:         Salts{s},
		Users:         Users{s},
		Members:       Members{s},
		SignIns:       SignIns{s},
		EntryLinks:    EntryLinks{s},
		SignInLinks:   SignInLinks{s},
		Identities:    Identities{s},
		Accounts:      Accounts{s},
		Attempts:      Attempts{s},
		WriteKeys:     WriteKeys{s},
		APIKeys:       APIKeys{s},
		Automations:   Automations{s},
		Journeys:      Journeys{s},
		TriggerStates: TriggerStates{s},
		Outbox:        Outbox{s},
		Mails:         MailPieces{s},
		Deliveries:    MailDeliveries{s},
		Initiatives:   Initiatives{s},
		Alerts:        Alerts{s},
		Audit:         Audit{s},
		Looks:         Looks{s},
		Questions:     Questions{s},
		Focuses:       Focuses{s},
		Reviews:       Reviews{s},
		Agreements:    Agreements{s},
		Reports:       Reports{s},
	}
}

// engine is what differs between the databases beyond the SQL dialect.
type engine interface {
	name() string // folder of its migrations
	writeOptions() *sql.TxOptions
	snapshotOptions() *sql.TxOptions
	insertPoints(ctx context.Context, tx bun.Tx, batch *pointBatch) error
	appendBatch(ctx context.Context, s session, row inboxRow) (seq int64, err error)
	skipBatches(ctx context.Context, tx bun.Tx, seq int64) error
}

// Open opens the state at a place and brings its schema up to date: a
// "postgres://…" address, or else a data folder that holds an SQLite database
// and is made when missing. A folder is held by one program at a time.
// The errors made for people are ErrInUse and ErrNewerSchema.
func Open(ctx context.Context, place string, opt Options) (*DB, error) {
	if strings.HasPrefix(place, "postgres://") || strings.HasPrefix(place, "postgresql://") {
		return openPostgres(ctx, place, opt)
	}
	return openSQLite(ctx, place, opt)
}

func newDB(engine engine, opt Options) *DB {
	db := &DB{engine: engine, env: newEnvironment(opt)}
	db.Repositories = newRepositories(session{db: db})
	return db
}

// Close ends all use of the database and frees the data folder.
func (db *DB) Close() error {
	var errs []error
	if db.reader != nil && db.reader != db.writer {
		errs = append(errs, db.reader.Close())
	}
	if db.writer != nil {
		// Last, so that SQLite folds its write-ahead log into the database file.
		errs = append(errs, db.writer.Close())
	}
	if db.lock != nil {
		errs = append(errs, db.lock.release())
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("close state: %w", err)
	}
	return nil
}
