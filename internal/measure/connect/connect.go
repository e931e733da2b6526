// Package connect fetches tables from elsewhere: databases by one SELECT, GA4 and Search
// Console by their APIs, Google Sheets and plain addresses as files. What comes back is
// a table file like one a person would bring in, so that dates, numbers and everything
// doubtful in them are read by the same rules.
//
// It reaches the world through one Guard, which refuses addresses inside the operator's
// own networks unless they were allowed; it keeps no state and no secret, and no error
// of it holds a secret or the query part of an address.
package connect

import (
	"context"
	"fmt"
	"time"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// Kind is what a connection fetches from. The values are stored.
type Kind string

// The kinds of connection.
const (
	SQL           Kind = "sql"
	GA4           Kind = "ga4"
	SearchConsole Kind = "search_console"
	Sheets        Kind = "sheets"
	HTTP          Kind = "http"
)

// Kinds is every kind, in the order they are offered.
var Kinds = []Kind{GA4, SearchConsole, Sheets, SQL, HTTP}

// Request is one fetching.
type Request struct {
	Kind     Kind
	Settings Settings
	Secret   string         // a password, a service account's JSON, a header's value; "" where none is needed
	Span     series.Span    // the days wanted, both ends included
	Zone     *time.Location // the workspace's
}

// Table is what was fetched.
type Table struct {
	File []byte // CSV or xlsx, as it came or as it was written from rows
	// Written says that the file was written here: UTF-8, commas, the header first.
	Written bool
	// Windowed says that the days asked for are all there is of the Span: a day of it
	// without rows has none. Otherwise the file is whatever the other side keeps.
	Windowed bool
	Rows     int          // of a written file
	Notes    []words.Text // what to know of the numbers: sampled, thresholds, not final
}

// Puller fetches. The zero value with a Guard works; it is safe for concurrent use.
type Puller struct {
	Guard  *Guard
	Folder string // where SQLite files may lie; "" = none may be opened
	// Wait is how waiting between tries is done; nil waits on the clock.
	Wait func(ctx context.Context, d time.Duration) error
	// Limits; zero values take the usual ones.
	MaxBytes int64
	MaxRows  int
	Timeout  time.Duration // of one statement or one answer

	// Addresses of Google's APIs; "" are the real ones.
	GA4Address, SearchConsoleAddress, SheetsAddress string
}

// The usual limits: a day-by-day table is far below, and one beyond is asked for in
// fewer days or added up on the other side.
const (
	usualMaxBytes = 32 << 20
	usualMaxRows  = 500_000
	usualTimeout  = time.Minute
)

func (p *Puller) maxBytes() int64 {
	if p.MaxBytes > 0 {
		return p.MaxBytes
	}
	return usualMaxBytes
}

func (p *Puller) maxRows() int {
	if p.MaxRows > 0 {
		return p.MaxRows
	}
	return usualMaxRows
}

func (p *Puller) timeout() time.Duration {
	if p.Timeout > 0 {
		return p.Timeout
	}
	return usualTimeout
}

func (p *Puller) wait(ctx context.Context, d time.Duration) error {
	if p.Wait != nil {
		return p.Wait(ctx, d)
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// Pull fetches the days of a span. Errors that a person can do something about are
// *Failure.
func (p *Puller) Pull(ctx context.Context, r Request) (*Table, error) {
	if err := Check(r.Kind, r.Settings); err != nil {
		return nil, err
	}
	switch r.Kind {
	case SQL:
		return p.pullSQL(ctx, r)
	case GA4:
		return p.pullGA4(ctx, r)
	case SearchConsole:
		return p.pullSearchConsole(ctx, r)
	case Sheets:
		return p.pullSheet(ctx, r)
	case HTTP:
		return p.pullHTTP(ctx, r)
	}
	return nil, fmt.Errorf("pull: unknown kind %q", r.Kind)
}
