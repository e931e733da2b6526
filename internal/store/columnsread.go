package store

import (
	"context"
	"fmt"
	"iter"

	"github.com/uptrace/bun"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/event"
)

// What the columns that segments are counted in are read from.

// ContactsState tells whether contacts have changed.
type ContactsState struct {
	Count   int64
	Newest  event.Millis // the last change
	Refused int64        // records of consent and suppressions, and the last of them
	Said    event.Millis
}

// State is how many contacts there are and when one changed last.
func (c Contacts) State(ctx context.Context, ws WorkspaceID) (s ContactsState, err error) {
	err = c.read().NewSelect().Model((*contactRow)(nil)).ColumnExpr("COUNT(*)").ColumnExpr("COALESCE(MAX(updated_at), 0)").
		Where("workspace_id = ?", ws).Scan(ctx, &s.Count, &s.Newest)
	if err != nil {
		return s, fmt.Errorf("count contacts of %q: %w", ws, err)
	}
	for _, of := range []struct{ table, last string }{{"consents", "CASE WHEN confirmed_at > at THEN confirmed_at ELSE at END"}, {"suppressions", "CASE WHEN lifted_at > at THEN lifted_at ELSE at END"}} {
		var count int64
		var last event.Millis
		err := c.read().NewSelect().Table(of.table).ColumnExpr("COUNT(*)").ColumnExpr("COALESCE(MAX("+of.last+"), 0)").Where("workspace_id = ?", ws).Scan(ctx, &count, &last)
		if err != nil {
			return s, fmt.Errorf("count %s of %q: %w", of.table, ws, err)
		}
		s.Refused, s.Said = s.Refused+count, max(s.Said, last)
	}
	return s, nil
}

// ChangedSince is contacts changed at a moment or later, above a number, in the order of
// their numbers. limit 0 is 1,000.
func (c Contacts) ChangedSince(ctx context.Context, ws WorkspaceID, at event.Millis, number int64, limit int) ([]contact.Contact, error) {
	if limit <= 0 {
		limit = 1000
	}
	var rows []contactRow
	err := c.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Where("updated_at >= ?", at).Where("number > ?", number).
		Order("number").Limit(int64(limit)).Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("list contacts of %q: %w", ws, err)
	}
	return contactsOf(rows)
}

// ByNumber is the contacts of some numbers, in no order.
func (c Contacts) ByNumber(ctx context.Context, ws WorkspaceID, numbers []int64) ([]contact.Contact, error) {
	var all []contactRow
	for start := 0; start < len(numbers); start += contactsAtOnce {
		var rows []contactRow
		err := c.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).
			Where("number IN (?)", bun.List(numbers[start:min(start+contactsAtOnce, len(numbers))])).Scan(ctx)
		if err != nil {
			return nil, fmt.Errorf("list contacts of %q: %w", ws, err)
		}
		all = append(all, rows...)
	}
	return contactsOf(all)
}

// Numbers is the numbers of all contacts, ascending.
func (c Contacts) Numbers(ctx context.Context, ws WorkspaceID) (numbers []int64, err error) {
	err = c.read().NewSelect().Model((*contactRow)(nil)).Column("number").Where("workspace_id = ?", ws).Order("number").Scan(ctx, &numbers)
	if err != nil {
		return nil, fmt.Errorf("list contacts of %q: %w", ws, err)
	}
	return numbers, nil
}

// NumberedOccurrence is one time that a contact did what a watch is about.
type NumberedOccurrence struct {
	Watch  condition.Watch
	Number int64
	At     event.Millis
}

// Numbered is what contacts did that was written after a revision, in no order.
func (o Occurrences) Numbered(ctx context.Context, ws WorkspaceID, after int64) iter.Seq2[NumberedOccurrence, error] {
	return scanned(ctx, o.session, func(scan func(...any) error) (one NumberedOccurrence, err error) {
		return one, scan(&one.Watch, &one.Number, &one.At)
	}, `SELECT o.watch, c.number, o.at FROM occurrences AS o JOIN contacts AS c ON c.workspace_id = o.workspace_id AND c.id = substr(o.subject, 3)
		WHERE o.workspace_id = ? AND o.revision > ? AND o.subject LIKE 'c:%'`, ws, after)
}

// NumberedScore is a contact's points by a card, in thousandths.
type NumberedScore struct{ Number, Points int64 }

// Numbered is the points of all contacts by a card.
func (s Scores) Numbered(ctx context.Context, ws WorkspaceID, card ScoreCardID) iter.Seq2[NumberedScore, error] {
	return scanned(ctx, s.session, func(scan func(...any) error) (one NumberedScore, err error) {
		return one, scan(&one.Number, &one.Points)
	}, `SELECT c.number, s.points FROM scores AS s JOIN contacts AS c ON c.workspace_id = s.workspace_id AND c.id = substr(s.subject, 3)
		WHERE s.workspace_id = ? AND s.card_id = ? AND s.subject LIKE 'c:%'`, ws, card)
}

// scanned reads rows by hand: they come by the million.
func scanned[T any](ctx context.Context, s session, read func(func(...any) error) (T, error), text string, args ...any) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		rows, err := s.read().QueryContext(ctx, text, args...)
		if err != nil {
			yield(none, fmt.Errorf("read for columns: %w", err))
			return
		}
		defer rows.Close() // what it could tell is told by Err below
		for rows.Next() {
			one, err := read(rows.Scan)
			if err != nil {
				yield(none, fmt.Errorf("read for columns: %w", err))
				return
			}
			if !yield(one, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(none, fmt.Errorf("read for columns: %w", err))
		}
	}
}
