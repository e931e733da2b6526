package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"github.com/shirube/shirube/internal/share/question"
)

// Questions is the repository of what people ask of the map, and what they are answered.
type Questions struct{ session }

// MostQuestions is how many threads a workspace keeps.
const MostQuestions = 20_000

// ErrTooMany says that no more of something fit.
type ErrTooMany struct {
	What  string
	Limit int
}

// Error is for logs; people are told by the edge.
func (e ErrTooMany) Error() string { return fmt.Sprintf("there are %d %s already", e.Limit, e.What) }

// NewQuestion is what is said of a question when it is asked.
type NewQuestion struct {
	Subject question.Subject
	Name    string // of the subject
	Quote   string
	By      question.Voice
	Text    string
	Calls   []question.Call
	// Mail is where somebody from outside wants to be answered; "" nowhere.
	Mail string
	// View is the read-only page it was asked on; "" for any other.
	View string
	// Ticket is the fingerprint of the secret by which whoever asked from outside sees the
	// answer; "" for people who sign in.
	Ticket string
}

type questionRow struct {
	bun.BaseModel `bun:"table:questions"`

	ID          string      `bun:"id,pk"`
	WorkspaceID WorkspaceID `bun:"workspace_id"`
	About       string      `bun:"about"`
	AboutName   string      `bun:"about_name"`
	Quote       string      `bun:"quote"`
	Asker       string      `bun:"asker"`
	AskerName   string      `bun:"asker_name"`
	Department  string      `bun:"asker_department"`
	Outside     bool        `bun:"outside"`
	Mail        string      `bun:"mail"`
	ViewID      string      `bun:"view_id"`
	Ticket      string      `bun:"ticket"`
	Settled     bool        `bun:"settled"`
	Answer      int         `bun:"answer"`
	Last        int         `bun:"last_number"`
	Replied     bool        `bun:"replied"`
	Summary     string      `bun:"summary"`
	Parts       string      `bun:"parts"`
	CreatedAt   millis      `bun:"created_at"`
	UpdatedAt   millis      `bun:"updated_at"`
}

func (r questionRow) head() (question.Head, error) {
	subject, _ := question.ParseSubject(r.About)
	h := question.Head{
		ID: r.ID, Subject: subject, Name: r.AboutName, Quote: r.Quote,
		Asked:   question.Voice{ID: r.Asker, Name: r.AskerName, Department: r.Department, Outside: r.Outside},
		AskedAt: r.CreatedAt.Time(), LastAt: r.UpdatedAt.Time(), Last: r.Last, Replied: r.Replied,
		Settled: r.Settled, Answer: r.Answer, Summary: r.Summary,
	}
	if err := json.Unmarshal([]byte(r.Parts), &h.Parts); err != nil {
		return h, fmt.Errorf("read who takes part in question %q: %w", r.ID, err)
	}
	return h, nil
}

type questionMessageRow struct {
	bun.BaseModel `bun:"table:question_messages"`

	QuestionID  string      `bun:"question_id,pk"`
	Number      int         `bun:"number,pk"`
	WorkspaceID WorkspaceID `bun:"workspace_id"`
	Author      string      `bun:"author"`
	AuthorName  string      `bun:"author_name"`
	Department  string      `bun:"author_department"`
	Outside     bool        `bun:"outside"`
	Body        string      `bun:"body"`
	Folded      string      `bun:"folded"`
	Calls       string      `bun:"calls"`
	CreatedAt   millis      `bun:"created_at"`
	EditedAt    *millis     `bun:"edited_at"`
	Deleted     bool        `bun:"deleted"`
}

func (r questionMessageRow) message() (question.Message, error) {
	m := question.Message{
		Number: r.Number, By: question.Voice{ID: r.Author, Name: r.AuthorName, Department: r.Department, Outside: r.Outside},
		Text: r.Body, At: r.CreatedAt.Time(), EditedAt: r.EditedAt.optionalTime(), Deleted: r.Deleted,
	}
	if err := json.Unmarshal([]byte(r.Calls), &m.Calls); err != nil {
		return m, fmt.Errorf("read calls of message %d of %q: %w", r.Number, r.QuestionID, err)
	}
	return m, nil
}

// maxMessageBytes holds question.MostLetters of the longest characters.
const maxMessageBytes = 4 * question.MostLetters

func (q Questions) messageRow(ws WorkspaceID, id string, number int, by question.Voice, text string, calls []question.Call) (questionMessageRow, error) {
	for what, name := range map[string]string{"author": by.ID, "name": by.Name, "department": by.Department} {
		if err := checkText(what, name, maxNameBytes); err != nil {
			return questionMessageRow{}, err
		}
	}
	if err := checkText("message", text, maxMessageBytes); err != nil {
		return questionMessageRow{}, err
	}
	if calls == nil {
		calls = []question.Call{}
	}
	called, err := json.Marshal(calls)
	if err != nil {
		return questionMessageRow{}, fmt.Errorf("write calls: %w", err)
	}
	return questionMessageRow{
		QuestionID: id, Number: number, WorkspaceID: ws, Author: by.ID, AuthorName: by.Name, Department: by.Department, Outside: by.Outside,
		Body: text, Folded: question.Fold(text), Calls: string(called), CreatedAt: q.db.env.time(),
	}, nil
}

// Ask keeps a question. ErrNotFound without the workspace; ErrTooLong; ErrTooMany.
func (q Questions) Ask(ctx context.Context, ws WorkspaceID, new NewQuestion) (question.Thread, error) {
	wrap := func(err error) error { return fmt.Errorf("keep question on %q: %w", new.Subject, err) }
	for what, text := range map[string]string{"subject": new.Subject.String(), "name": new.Name, "quote": new.Quote, "mail": new.Mail, "view": new.View, "ticket": new.Ticket} {
		if err := checkText(what, text, 2*maxNameBytes); err != nil {
			return question.Thread{}, wrap(err)
		}
	}
	id, err := q.db.env.newID()
	if err != nil {
		return question.Thread{}, wrap(err)
	}
	first, err := q.messageRow(ws, id, 1, new.By, new.Text, new.Calls)
	if err != nil {
		return question.Thread{}, wrap(err)
	}
	m, err := first.message()
	if err != nil {
		return question.Thread{}, wrap(err)
	}
	row := questionRow{
		ID: id, WorkspaceID: ws, About: new.Subject.String(), AboutName: new.Name, Quote: new.Quote,
		Asker: new.By.ID, AskerName: new.By.Name, Department: new.By.Department, Outside: new.By.Outside,
		Mail: new.Mail, ViewID: new.View, Ticket: new.Ticket, Last: 1, Summary: question.Summary(new.Text),
		Parts: partsText(question.Parts(nil, m)), CreatedAt: first.CreatedAt, UpdatedAt: first.CreatedAt,
	}
	err = q.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := q.touch(ctx, tx, ws, changesRest); err != nil {
			return err
		}
		n, err := tx.NewSelect().Model((*questionRow)(nil)).Where("workspace_id = ?", ws).Count(ctx)
		if err != nil {
			return err
		}
		if n >= MostQuestions {
			return ErrTooMany{"questions", MostQuestions}
		}
		if _, err := tx.NewInsert().Model(&row).Exec(ctx); err != nil {
			return err
		}
		_, err = tx.NewInsert().Model(&first).Exec(ctx)
		return err
	})
	if err != nil {
		return question.Thread{}, wrap(err)
	}
	h, err := row.head()
	return question.Thread{Head: h, Messages: []question.Message{m}}, err
}

func partsText(parts []string) string {
	if parts == nil {
		parts = []string{}
	}
	text, _ := json.Marshal(parts) // strings always are JSON
	return string(text)
}

// locked is a question's row; the workspace's row is held.
func (q Questions) locked(ctx context.Context, tx bun.Tx, ws WorkspaceID, id string) (questionRow, error) {
	if err := q.touch(ctx, tx, ws, changesRest); err != nil {
		return questionRow{}, err
	}
	return oneQuestion(ctx, tx, ws, id)
}

func oneQuestion(ctx context.Context, from bun.IDB, ws WorkspaceID, id string) (questionRow, error) {
	var rows []questionRow
	if err := from.NewSelect().Model(&rows).Where("workspace_id = ?", ws).Where("id = ?", id).Scan(ctx); err != nil {
		return questionRow{}, err
	}
	if len(rows) == 0 {
		return questionRow{}, ErrNotFound{"question", id}
	}
	return rows[0], nil
}

// Say adds a message to a thread. ErrNotFound; ErrTooLong; ErrTooMany.
func (q Questions) Say(ctx context.Context, ws WorkspaceID, id string, by question.Voice, text string, calls []question.Call) (question.Head, question.Message, error) {
	var head question.Head
	var said question.Message
	err := q.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		row, err := q.locked(ctx, tx, ws, id)
		if err != nil {
			return err
		}
		if row.Last >= question.MostMessages {
			return ErrTooMany{"messages", question.MostMessages}
		}
		if head, err = row.head(); err != nil {
			return err
		}
		added, err := q.messageRow(ws, id, row.Last+1, by, text, calls)
		if err != nil {
			return err
		}
		if said, err = added.message(); err != nil {
			return err
		}
		row.Last, row.UpdatedAt = added.Number, added.CreatedAt
		row.Replied = row.Replied || !by.Same(head.Asked)
		row.Parts = partsText(question.Parts(head.Parts, said))
		if _, err := tx.NewInsert().Model(&added).Exec(ctx); err != nil {
			return err
		}
		if _, err = tx.NewUpdate().Model(&row).Column("last_number", "updated_at", "replied", "parts").WherePK().Exec(ctx); err != nil {
			return err
		}
		head, err = row.head()
		return err
	})
	if err != nil {
		return question.Head{}, question.Message{}, fmt.Errorf("answer question %q: %w", id, err)
	}
	return head, said, nil
}

// Edit changes the words of a message. ErrNotFound, also for one that was deleted; ErrTooLong.
func (q Questions) Edit(ctx context.Context, ws WorkspaceID, id string, number int, text string, calls []question.Call) error {
	err := q.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		row, err := q.locked(ctx, tx, ws, id)
		if err != nil {
			return err
		}
		head, err := row.head()
		if err != nil {
			return err
		}
		change, err := q.messageRow(ws, id, number, question.Voice{}, text, calls)
		if err != nil {
			return err
		}
		at := change.CreatedAt
		change.EditedAt = &at
		n, err := affected(tx.NewUpdate().Model(&change).Column("body", "folded", "calls", "edited_at").WherePK().Where("deleted = ?", false).Exec(ctx))
		if err != nil {
			return err
		}
		if n == 0 {
			return ErrNotFound{"message", fmt.Sprint(number)}
		}
		row.Parts = partsText(question.Parts(head.Parts, question.Message{Calls: calls}))
		if number == 1 {
			row.Summary = question.Summary(text)
		}
		_, err = tx.NewUpdate().Model(&row).Column("parts", "summary").WherePK().Exec(ctx)
		return err
	})
	if err != nil {
		return fmt.Errorf("edit message %d of question %q: %w", number, id, err)
	}
	return nil
}

// Erase takes the words of a message away; its place stays, so that the others still make
// sense. An answer that was marked is one no longer. ErrNotFound.
func (q Questions) Erase(ctx context.Context, ws WorkspaceID, id string, number int) error {
	err := q.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		row, err := q.locked(ctx, tx, ws, id)
		if err != nil {
			return err
		}
		n, err := affected(tx.NewUpdate().Model((*questionMessageRow)(nil)).
			Set("body = ''").Set("folded = ''").Set("calls = '[]'").Set("deleted = ?", true).
			Where("question_id = ?", id).Where("number = ?", number).Exec(ctx))
		if err != nil {
			return err
		}
		if n == 0 {
			return ErrNotFound{"message", fmt.Sprint(number)}
		}
		if row.Answer == number {
			row.Answer = 0
		}
		if number == 1 {
			row.Summary, row.Mail = "", ""
		}
		_, err = tx.NewUpdate().Model(&row).Column("answer", "summary", "mail").WherePK().Exec(ctx)
		return err
	})
	if err != nil {
		return fmt.Errorf("erase message %d of question %q: %w", number, id, err)
	}
	return nil
}

// Settle says that a question is answered, by which message (0: by none of them), or that it
// is open again. ErrNotFound, also without the message.
func (q Questions) Settle(ctx context.Context, ws WorkspaceID, id string, settled bool, answer int) (question.Head, error) {
	var head question.Head
	err := q.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		row, err := q.locked(ctx, tx, ws, id)
		if err != nil {
			return err
		}
		if answer != 0 {
			there, err := tx.NewSelect().Model((*questionMessageRow)(nil)).Where("question_id = ?", id).Where("number = ?", answer).Where("deleted = ?", false).Exists(ctx)
			if err != nil {
				return err
			}
			if !there {
				return ErrNotFound{"message", fmt.Sprint(answer)}
			}
		}
		row.Settled, row.Answer = settled, answer
		if _, err := tx.NewUpdate().Model(&row).Column("settled", "answer").WherePK().Exec(ctx); err != nil {
			return err
		}
		head, err = row.head()
		return err
	})
	if err != nil {
		return question.Head{}, fmt.Errorf("settle question %q: %w", id, err)
	}
	return head, nil
}

// Delete forgets a question with all that was said. ErrNotFound.
func (q Questions) Delete(ctx context.Context, ws WorkspaceID, id string) error {
	err := q.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		row, err := q.locked(ctx, tx, ws, id)
		if err != nil {
			return err
		}
		_, err = tx.NewDelete().Model(&row).WherePK().Exec(ctx)
		return err
	})
	if err != nil {
		return fmt.Errorf("delete question %q: %w", id, err)
	}
	return nil
}

// ForgetAddresses takes away where people from outside wanted to be answered: of questions that
// are settled and in which nobody wrote since a moment, and of all others since another one.
func (q Questions) ForgetAddresses(ctx context.Context, ws WorkspaceID, settled, others time.Time) (int64, error) {
	var gone int64
	err := q.write(ctx, func(ctx context.Context, tx bun.Tx) (err error) {
		gone, err = affected(tx.NewUpdate().Model((*questionRow)(nil)).Set("mail = ''").Where("workspace_id = ?", ws).Where("mail <> ''").
			Where("(updated_at <= ? OR settled = ? AND updated_at <= ?)", others.UnixMilli(), true, settled.UnixMilli()).Exec(ctx))
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("forget addresses of askers in %q: %w", ws, err)
	}
	return gone, nil
}

// Outside is where somebody from outside wants to be answered: the address, "" for nowhere,
// and the page it was asked on. ErrNotFound.
func (q Questions) Outside(ctx context.Context, ws WorkspaceID, id string) (mail string, view ViewID, err error) {
	row, err := oneQuestion(ctx, q.read(), ws, id)
	if err != nil {
		return "", "", fmt.Errorf("read question %q: %w", id, err)
	}
	return row.Mail, ViewID(row.ViewID), nil
}

// ByTicket is the question that somebody from outside asked, by the fingerprint of their
// secret, and whose it is. ErrNotFound.
func (q Questions) ByTicket(ctx context.Context, ticket string) (WorkspaceID, string, error) {
	var rows []questionRow
	if ticket == "" || checkText("ticket", ticket, maxNameBytes) != nil {
		return "", "", ErrNotFound{"question", "…"}
	}
	if err := q.read().NewSelect().Model(&rows).Column("id", "workspace_id").Where("ticket = ?", ticket).Scan(ctx); err != nil {
		return "", "", fmt.Errorf("find question by its ticket: %w", err)
	}
	if len(rows) == 0 {
		return "", "", ErrNotFound{"question", "…"}
	}
	return rows[0].WorkspaceID, rows[0].ID, nil
}
