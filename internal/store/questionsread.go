package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"github.com/shirube/shirube/internal/share/question"
)

// QuestionQuery narrows a list of questions.
type QuestionQuery struct {
	About   string // a subject as question.Subject writes it; "" = any
	Settled *bool  // nil = either
	Search  string // in anything that was said, and in the names
	With    string // only those somebody takes part in: id of the person
	Waiting bool   // those nobody has answered come first; with it there is no Before
	Before  QuestionPlace
	Limit   int // 0 = 100
}

// QuestionPlace is a place in a list: the moment and id of the last one seen; the zero place
// is the beginning.
type QuestionPlace struct {
	At time.Time
	ID string
}

// Get is one thread. ErrNotFound.
func (q Questions) Get(ctx context.Context, ws WorkspaceID, id string) (question.Thread, error) {
	var t question.Thread
	err := q.snapshot(ctx, func(ctx context.Context, tx bun.Tx) error {
		row, err := oneQuestion(ctx, tx, ws, id)
		if err != nil {
			return err
		}
		if t.Head, err = row.head(); err != nil {
			return err
		}
		var rows []questionMessageRow
		if err := tx.NewSelect().Model(&rows).Where("workspace_id = ?", ws).Where("question_id = ?", id).Order("number").Scan(ctx); err != nil {
			return err
		}
		for _, row := range rows {
			m, err := row.message()
			if err != nil {
				return err
			}
			t.Messages = append(t.Messages, m)
		}
		return nil
	})
	if err != nil {
		return question.Thread{}, fmt.Errorf("read question %q: %w", id, err)
	}
	return t, nil
}

// List is threads without their messages, the one somebody last wrote in first.
func (q Questions) List(ctx context.Context, ws WorkspaceID, ask QuestionQuery) ([]question.Head, error) {
	for _, text := range []string{ask.About, ask.Search, ask.With, ask.Before.ID} {
		if checkText("query", text, maxNameBytes) != nil {
			return nil, nil // no such text can have been stored
		}
	}
	limit := ask.Limit
	if limit <= 0 {
		limit = 100
	}
	var rows []questionRow
	s := q.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Limit(int64(limit))
	if ask.Waiting {
		s = s.Order("replied")
	}
	s = s.Order("updated_at DESC", "id DESC")
	if ask.With != "" {
		quoted, _ := json.Marshal(ask.With) // a string always is JSON
		s = s.Where(`parts LIKE ? ESCAPE '\'`, "%"+likeText(string(quoted))+"%")
	}
	if ask.About != "" {
		s = s.Where("about = ?", ask.About)
	}
	if ask.Settled != nil {
		s = s.Where("settled = ?", *ask.Settled)
	}
	if ask.Search != "" {
		like := "%" + likeText(question.Fold(ask.Search)) + "%"
		// The names are few letters each: they are compared as they were written.
		named := "%" + likeText(ask.Search) + "%"
		s = s.Where(`(id IN (SELECT m.question_id FROM question_messages m WHERE m.workspace_id = ? AND m.folded LIKE ? ESCAPE '\') OR about_name LIKE ? ESCAPE '\' OR asker_name LIKE ? ESCAPE '\')`, ws, like, named, named)
	}
	if ask.Before != (QuestionPlace{}) {
		at := millis(ask.Before.At.UnixMilli())
		s = s.Where("(updated_at < ? OR updated_at = ? AND id < ?)", at, at, ask.Before.ID)
	}
	if err := s.Scan(ctx); err != nil {
		return nil, fmt.Errorf("list questions of %q: %w", ws, err)
	}
	list := make([]question.Head, len(rows))
	for i, row := range rows {
		var err error
		if list[i], err = row.head(); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// Waiting is every open question nobody has answered yet, the longest waiting first, so many
// at most.
func (q Questions) Waiting(ctx context.Context, ws WorkspaceID, most int) ([]question.Head, error) {
	var rows []questionRow
	err := q.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Where("settled = ?", false).Where("replied = ?", false).
		Order("created_at", "id").Limit(int64(most)).Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("list open questions of %q: %w", ws, err)
	}
	list := make([]question.Head, len(rows))
	for i, row := range rows {
		if list[i], err = row.head(); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// QuestionStanding is a thread and how far somebody has read in it.
type QuestionStanding struct {
	question.Head
	Read int // number of the newest message seen; 0 = none
}

// mostStanding is how many threads are looked at to tell what is new; older ones are not.
const mostStanding = 2000

// Standing is the threads with how far a person has read, the one somebody last wrote in
// first: what is new is told of the newest 2,000. Heads come without quotes.
func (q Questions) Standing(ctx context.Context, ws WorkspaceID, person UserID) ([]QuestionStanding, error) {
	var rows []questionRow
	err := q.read().NewSelect().Model(&rows).ExcludeColumn("quote", "mail", "ticket").Where("workspace_id = ?", ws).
		Order("updated_at DESC", "id DESC").Limit(mostStanding).Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("list questions of %q: %w", ws, err)
	}
	ids := make([]string, len(rows))
	for i, row := range rows {
		ids[i] = row.ID
	}
	read, err := q.Read(ctx, ws, person, ids)
	if err != nil {
		return nil, err
	}
	list := make([]QuestionStanding, len(rows))
	for i, row := range rows {
		h, err := row.head()
		if err != nil {
			return nil, err
		}
		list[i] = QuestionStanding{Head: h, Read: read[row.ID]}
	}
	return list, nil
}

// Read is how far a person has read in some threads; one that is not in it they never opened.
func (q Questions) Read(ctx context.Context, ws WorkspaceID, person UserID, ids []string) (map[string]int, error) {
	read := make(map[string]int, len(ids))
	if person == "" {
		return read, nil
	}
	for part := range slices.Chunk(ids, readAtOnce) {
		var rows []questionReadRow
		err := q.read().NewSelect().Model(&rows).Column("question_id", "number").Where("workspace_id = ?", ws).Where("user_id = ?", person).
			Where("question_id IN (?)", bun.List(part)).Scan(ctx)
		if err != nil {
			return nil, fmt.Errorf("list what %q has read: %w", person, err)
		}
		for _, r := range rows {
			read[r.QuestionID] = r.Number
		}
	}
	return read, nil
}

// readAtOnce is how many threads are asked about in one statement.
const readAtOnce = 1000

type questionReadRow struct {
	bun.BaseModel `bun:"table:question_reads"`

	WorkspaceID WorkspaceID `bun:"workspace_id,pk"`
	UserID      UserID      `bun:"user_id,pk"`
	QuestionID  string      `bun:"question_id,pk"`
	Number      int         `bun:"number"`
}

// NoteRead keeps that somebody has read a thread as far as a message; one never has read less
// than before. ErrNotFound.
func (q Questions) NoteRead(ctx context.Context, ws WorkspaceID, person UserID, id string, number int) error {
	if err := checkText("person", string(person), maxNameBytes); err != nil {
		return fmt.Errorf("note what was read: %w", err)
	}
	err := q.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		found, err := oneQuestion(ctx, tx, ws, id)
		if err != nil {
			return err
		}
		row := questionReadRow{WorkspaceID: ws, UserID: person, QuestionID: id, Number: min(number, found.Last)}
		_, err = tx.NewInsert().Model(&row).On("CONFLICT (workspace_id, user_id, question_id) DO UPDATE").
			Set("number = EXCLUDED.number").Where("?TableAlias.number < EXCLUDED.number").Exec(ctx)
		return err
	})
	if err != nil {
		return fmt.Errorf("note what %q has read of question %q: %w", person, id, err)
	}
	return nil
}
