package duckdb

import (
	"context"
	"strings"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/measure/warehouse/query"
	"github.com/shirube/shirube/internal/series"
)

// Events are the events of a scope, newest first. The newest days are looked at first, so
// that what is live does not wait for a year to be read.
func (db *DB) Events(ctx context.Context, s warehouse.Scope, page warehouse.Paging) ([]warehouse.Row, error) {
	limit := page.Limit
	if limit <= 0 || limit > query.MaxLimit {
		limit = query.MaxLimit
	}
	var out []warehouse.Row
	err := db.read(ctx, s, func(r *reading) error {
		if err := db.loadWays(ctx, r); err != nil {
			return err
		}
		if page.Offset > 0 {
			return r.eventRows(ctx, warehouse.Paging{Limit: limit, Offset: page.Offset}, &out)
		}
		first, known, err := r.collectedSince(ctx)
		if err != nil || !known {
			return err
		}
		// Stretches of 1, 2, 4 … days back from the end: their events follow one another.
		whole, back := r.scope.Span, 0
		whole.From = max(whole.From, first)
		for to := whole.To; to >= whole.From && len(out) < limit; back++ {
			r.scope.Span = series.Span{From: max(whole.From, to+1-series.Day(1)<<min(back, 12)), To: to}
			if err := r.eventRows(ctx, warehouse.Paging{Limit: limit - len(out)}, &out); err != nil {
				return err
			}
			to = r.scope.Span.From - 1
		}
		return nil
	})
	return out, err
}

// Newest looks at the last days first: where events come in, it is there, and reads nothing
// else.
func (db *DB) Newest(ctx context.Context, s warehouse.Scope) (received event.Millis, found bool, err error) {
	s.Filters = nil
	err = db.read(ctx, s, func(r *reading) error {
		whole := r.scope.Span
		for _, days := range []int{3, 32, whole.Days()} {
			r.scope.Span.From = max(whole.From, whole.To+1-series.Day(days))
			statement, err := query.Newest(dialect, r.scope)
			err = r.each(ctx, statement, err, func(scan func(...any) error) error {
				var last *int64
				err := scan(&last)
				if last != nil {
					received, found = millis(*last), true
				}
				return err
			})
			if err != nil || found || r.scope.Span.From == whole.From {
				return err
			}
		}
		return nil
	})
	return received, found, err
}

// Person is everything kept of one person: of all ids that turned out to be theirs.
func (db *DB) Person(ctx context.Context, ws event.Workspace, who warehouse.Who) ([]warehouse.Row, error) {
	var out []warehouse.Row
	err := db.read(ctx, warehouse.Scope{Workspace: ws}, func(r *reading) error {
		var ids []string
		if who.ID != "" {
			ids = []string{userID + who.ID, anonymousID + who.ID, dailyID + who.ID}
		}
		statement, err := query.PersonRows(dialect, r.scope.Key, ids, personNumber(who.Person))
		return r.rows(ctx, statement, err, &out)
	})
	return out, err
}

func (r *reading) eventRows(ctx context.Context, page warehouse.Paging, out *[]warehouse.Row) error {
	statement, err := query.EventRows(dialect, r.scope, page)
	return r.rows(ctx, statement, err, out)
}

func (r *reading) rows(ctx context.Context, statement query.Statement, err error, out *[]warehouse.Row) error {
	return r.each(ctx, statement, err, func(scan func(...any) error) error {
		var row warehouse.Row
		var kind uint8
		var happened, received int64
		var properties, own string
		var person uint32
		e := &row.Event
		err := scan(&kind, &e.Name, &e.Category, &happened, &received, &row.Session,
			&e.Host, &e.Path, &e.Query, &e.Title, &e.ReferrerHost, &e.ReferrerPath,
			&e.Device, &e.Browser, &e.OS, &e.Language, &e.Bot, &e.Library, &e.Key, &e.EngagedMillis, &e.Value, &e.Currency,
			&e.UserID, &e.AnonymousID, &e.PreviousID, &e.GroupID, &properties,
			&e.MessageID, &person, &own, &e.Cookieless,
			&e.Campaign.Source, &e.Campaign.Medium, &e.Campaign.Name, &e.Campaign.Term, &e.Campaign.Content, &e.ClickID)
		e.Workspace, e.Kind = r.scope.Workspace, event.Kind(kind)
		e.At, e.ReceivedAt = event.Millis(happened), event.Millis(received)
		if properties != "" {
			e.Properties = []byte(properties)
		}
		// The writer keeps an anonymous id once, with its visitor: "a:…", "ba:…" for robots.
		_, e.Visitor, _ = strings.Cut(own, ":")
		if anonymous := strings.TrimPrefix(own, "b"); e.AnonymousID == "" && strings.HasPrefix(anonymous, "a:") {
			e.AnonymousID = e.Visitor
		}
		row.Person = personName(person)
		*out = append(*out, row)
		return err
	})
}

// Values are the values of a field or a property, most first.
func (db *DB) Values(ctx context.Context, s warehouse.Scope, field warehouse.Field, property, prefix string, limit int) ([]string, error) {
	var out []string
	err := db.read(ctx, s, func(r *reading) error {
		if err := db.loadWays(ctx, r, field); err != nil {
			return err
		}
		statement, err := query.Values(dialect, r.scope, field, property, prefix, limit)
		return r.each(ctx, statement, err, func(scan func(...any) error) error {
			var value string
			var count int64
			err := scan(&value, &count)
			out = append(out, value)
			return err
		})
	})
	return out, err
}

// Size is the bytes on disk and the events kept.
func (db *DB) Size(ctx context.Context) (bytes, events int64, err error) {
	if bytes, err = fileBytes(db.path, db.path+".wal"); err != nil {
		return 0, 0, err
	}
	if err := db.sql.QueryRowContext(ctx, `SELECT count(*) FROM events`).Scan(&events); err != nil {
		return 0, 0, db.readError(ctx, "", err)
	}
	return bytes, events, nil
}
