package store

import (
	"context"
	"fmt"
	"iter"
	"slices"

	"github.com/uptrace/bun"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/event"
)

// Occurrence is one time that a subject did what a watch is about. A subject is "c:" and a
// contact's id, or "v:" and a visitor.
type Occurrence struct {
	Watch     condition.Watch
	Subject   string
	At        event.Millis
	MessageID string
}

// Occurrences is the repository of what people did that somebody watches. Writing the same
// twice changes nothing: a watch sees a message once.
type Occurrences struct{ session }

type occurrenceRow struct {
	bun.BaseModel `bun:"table:occurrences"`

	WorkspaceID WorkspaceID     `bun:"workspace_id,pk"`
	Watch       condition.Watch `bun:"watch,pk"`
	MessageID   string          `bun:"message_id,pk"`
	Subject     string          `bun:"subject"`
	At          event.Millis    `bun:"at"`
	Revision    int64           `bun:"revision"`
}

const (
	occurrencesAtOnce = 500
	subjectsAtOnce    = 500
)

// nextRevision takes the next number of a workspace's writes. On PostgreSQL it also makes
// writers of the same workspace wait for each other, so that numbers become visible in
// their order.
func (o Occurrences) nextRevision(ctx context.Context, tx bun.Tx, ws WorkspaceID) (revision int64, err error) {
	err = tx.QueryRowContext(ctx, `INSERT INTO occurrence_revisions (workspace_id, revision) VALUES (?, 1)
		ON CONFLICT (workspace_id) DO UPDATE SET revision = occurrence_revisions.revision + 1 RETURNING revision`, ws).Scan(&revision)
	return revision, err
}

// Add keeps what is new of a list and tells how many that were.
func (o Occurrences) Add(ctx context.Context, ws WorkspaceID, list []Occurrence) (added int64, err error) {
	if len(list) == 0 {
		return 0, nil
	}
	rows := make([]occurrenceRow, len(list))
	for i, one := range list {
		for what, text := range map[string]string{"watch": string(one.Watch), "subject": one.Subject, "message id": one.MessageID} {
			if err := checkText(what, text, maxNameBytes); err != nil {
				return 0, fmt.Errorf("keep occurrence: %w", err)
			}
		}
		rows[i] = occurrenceRow{WorkspaceID: ws, Watch: one.Watch, MessageID: one.MessageID, Subject: one.Subject, At: one.At}
	}
	err = o.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		revision, err := o.nextRevision(ctx, tx, ws)
		if err != nil {
			return err
		}
		for i := range rows {
			rows[i].Revision = revision
		}
		for part := range slices.Chunk(rows, occurrencesAtOnce) {
			n, err := affected(tx.NewInsert().Model(&part).On("CONFLICT DO NOTHING").Exec(ctx))
			if err != nil {
				return err
			}
			added += n
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("keep %d occurrences of %q: %w", len(list), ws, err)
	}
	return added, nil
}

// Latest is what each subject did last of anything that is watched; those who did nothing
// are missing.
func (o Occurrences) Latest(ctx context.Context, ws WorkspaceID, subjects []string) (map[string]condition.Occurrence, error) {
	out := make(map[string]condition.Occurrence, len(subjects))
	for part := range slices.Chunk(subjects, subjectsAtOnce) {
		var rows []struct {
			Subject string          `bun:"subject"`
			Watch   condition.Watch `bun:"watch"`
			At      event.Millis    `bun:"at"`
		}
		err := o.read().NewSelect().Model((*occurrenceRow)(nil)).Column("subject", "watch").ColumnExpr("MAX(at) AS at").
			Where("workspace_id = ?", ws).Where("subject IN (?)", bun.List(part)).Group("subject", "watch").Order("watch").Scan(ctx, &rows)
		if err != nil {
			return nil, fmt.Errorf("read the last occurrences of %q: %w", ws, err)
		}
		for _, row := range rows {
			if last, there := out[row.Subject]; !there || row.At > last.At {
				out[row.Subject] = condition.Occurrence{Watch: row.Watch, At: row.At}
			}
		}
	}
	return out, nil
}

// Of is what subjects did of what is watched, by subject, oldest first. Each watch goes
// back to its own moment; watches that are not among since are left out.
func (o Occurrences) Of(ctx context.Context, ws WorkspaceID, subjects []string, since map[condition.Watch]event.Millis) (map[string][]condition.Occurrence, error) {
	out := make(map[string][]condition.Occurrence, len(subjects))
	if len(since) == 0 {
		return out, nil
	}
	together := map[event.Millis][]condition.Watch{}
	for watch, from := range since {
		together[from] = append(together[from], watch)
	}
	for part := range slices.Chunk(subjects, subjectsAtOnce) {
		var rows []occurrenceRow
		query := o.read().NewSelect().Model(&rows).Column("watch", "message_id", "subject", "at").
			Where("workspace_id = ?", ws).Where("subject IN (?)", bun.List(part)).
			WhereGroup(" AND ", func(q *bun.SelectQuery) *bun.SelectQuery {
				for from, watches := range together {
					q = q.WhereOr("watch IN (?) AND at >= ?", bun.List(watches), from)
				}
				return q
			})
		if err := query.Order("subject", "at", "message_id", "watch").Scan(ctx); err != nil {
			return nil, fmt.Errorf("read occurrences of %q: %w", ws, err)
		}
		for _, row := range rows {
			out[row.Subject] = append(out[row.Subject], condition.Occurrence{Watch: row.Watch, At: row.At, MessageID: row.MessageID})
		}
	}
	return out, nil
}

// Each is everything written after a revision, in the order of writing. What changed hands
// comes again, under its new subject. Whoever keeps a copy asks for the Revision first, in
// the same Snapshot.
func (o Occurrences) Each(ctx context.Context, ws WorkspaceID, after int64) iter.Seq2[Occurrence, error] {
	return func(yield func(Occurrence, error) bool) {
		// By hand: this is read by the million.
		rows, err := o.read().QueryContext(ctx, `SELECT watch, subject, at, message_id FROM occurrences
			WHERE workspace_id = ? AND revision > ? ORDER BY revision`, ws, after)
		if err != nil {
			yield(Occurrence{}, fmt.Errorf("read occurrences of %q: %w", ws, err))
			return
		}
		defer rows.Close() // what it could tell is told by Err below
		for rows.Next() {
			var one Occurrence
			if err := rows.Scan(&one.Watch, &one.Subject, &one.At, &one.MessageID); err != nil {
				yield(Occurrence{}, fmt.Errorf("read occurrences of %q: %w", ws, err))
				return
			}
			if !yield(one, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(Occurrence{}, fmt.Errorf("read occurrences of %q: %w", ws, err))
		}
	}
}

// Revision is the number of the last write of a workspace; 0 before the first.
func (o Occurrences) Revision(ctx context.Context, ws WorkspaceID) (revision int64, err error) {
	err = o.read().NewSelect().Table("occurrence_revisions").ColumnExpr("COALESCE(MAX(revision), 0)").Where("workspace_id = ?", ws).Scan(ctx, &revision)
	if err != nil {
		return 0, fmt.Errorf("read the revision of %q: %w", ws, err)
	}
	return revision, nil
}

// Count is how many occurrences of a watch are kept.
func (o Occurrences) Count(ctx context.Context, ws WorkspaceID, watch condition.Watch) (int64, error) {
	n, err := o.read().NewSelect().Model((*occurrenceRow)(nil)).Where("workspace_id = ?", ws).Where("watch = ?", watch).Count(ctx)
	if err != nil {
		return 0, fmt.Errorf("count occurrences of %q: %w", ws, err)
	}
	return int64(n), nil
}

// Move gives everything one subject did to another: a visitor has become known, or two
// contacts are one.
func (o Occurrences) Move(ctx context.Context, ws WorkspaceID, from, to string) (moved int64, err error) {
	if err := checkText("subject", to, maxNameBytes); err != nil {
		return 0, err
	}
	if from == to {
		return 0, nil
	}
	err = o.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		// Most visitors did nothing that is watched: they cost one look.
		any, err := tx.NewSelect().Model((*occurrenceRow)(nil)).Where("workspace_id = ?", ws).Where("subject = ?", from).Exists(ctx)
		if err != nil || !any {
			return err
		}
		revision, err := o.nextRevision(ctx, tx, ws)
		if err != nil {
			return err
		}
		moved, err = affected(tx.NewUpdate().Model((*occurrenceRow)(nil)).Set("subject = ?", to).Set("revision = ?", revision).
			Where("workspace_id = ?", ws).Where("subject = ?", from).Exec(ctx))
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("move occurrences of %q: %w", ws, err)
	}
	return moved, nil
}

// Doers are those of a list of subjects who did anything that is watched.
func (o Occurrences) Doers(ctx context.Context, ws WorkspaceID, subjects []string) (found []string, err error) {
	for part := range slices.Chunk(subjects, subjectsAtOnce) {
		var some []string
		err := o.read().NewSelect().Model((*occurrenceRow)(nil)).Distinct().Column("subject").Where("workspace_id = ?", ws).
			Where("subject IN (?)", bun.List(part)).Order("subject").Scan(ctx, &some)
		if err != nil {
			return nil, fmt.Errorf("look for occurrences of %d subjects of %q: %w", len(subjects), ws, err)
		}
		found = append(found, some...)
	}
	return found, nil
}

// Erase deletes everything a subject did.
func (o Occurrences) Erase(ctx context.Context, ws WorkspaceID, subject string) (erased int64, err error) {
	err = o.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		erased, err = affected(tx.NewDelete().Model((*occurrenceRow)(nil)).Where("workspace_id = ?", ws).Where("subject = ?", subject).Exec(ctx))
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("erase occurrences of %q: %w", ws, err)
	}
	return erased, nil
}
