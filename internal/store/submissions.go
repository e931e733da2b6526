package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"github.com/shirube/shirube/internal/event"
)

// Submissions is the repository of what was sent in with forms.
type Submissions struct{ session }

// States of a submission.
const (
	SubmissionAccepted = "accepted"
	SubmissionHeld     = "held"    // looks like a robot's: somebody has to look
	SubmissionRefused  = "refused" // somebody looked: it is one
)

// Submission is one form that was sent in.
type Submission struct {
	ID        string
	Form      FormID
	Version   int
	Lang      string // in which it was read: "ja", "en"; "" is the form's own
	State     string
	Signs     []string
	Answers   map[string][]string
	Agreed    bool
	Address   string
	ContactID string
	Visitor   string
	Page      string
	Nonce     string
	SentAt    event.Millis
	DoneAt    event.Millis // 0: its event and contact are still to be made
	JudgedBy  string
}

const (
	maxSubmissionBytes = 300 << 10
	maxLangBytes       = 8
)

type submissionRow struct {
	bun.BaseModel `bun:"table:form_submissions"`

	WorkspaceID WorkspaceID  `bun:"workspace_id,pk"`
	ID          string       `bun:"id,pk"`
	FormID      FormID       `bun:"form_id"`
	Version     int          `bun:"version"`
	Lang        string       `bun:"lang"`
	State       string       `bun:"state"`
	Signs       string       `bun:"signs"`
	Answers     string       `bun:"answers"`
	Agreed      bool         `bun:"agreed"`
	Address     string       `bun:"address"`
	ContactID   string       `bun:"contact_id"`
	Visitor     string       `bun:"visitor"`
	Page        string       `bun:"page"`
	Nonce       string       `bun:"nonce"`
	SentAt      event.Millis `bun:"sent_at"`
	DoneAt      event.Millis `bun:"done_at"`
	JudgedBy    string       `bun:"judged_by"`
}

func (r submissionRow) submission() (Submission, error) {
	s := Submission{ID: r.ID, Form: r.FormID, Version: r.Version, Lang: r.Lang, State: r.State, Agreed: r.Agreed, Address: r.Address,
		ContactID: r.ContactID, Visitor: r.Visitor, Page: r.Page, Nonce: r.Nonce, SentAt: r.SentAt, DoneAt: r.DoneAt, JudgedBy: r.JudgedBy}
	if err := json.Unmarshal([]byte(r.Answers), &s.Answers); err != nil {
		return s, fmt.Errorf("read answers of submission %q: %w", r.ID, err)
	}
	if err := json.Unmarshal([]byte(r.Signs), &s.Signs); err != nil {
		return s, fmt.Errorf("read signs of submission %q: %w", r.ID, err)
	}
	return s, nil
}

// Add keeps a submission and gives it its id and its moment. ErrNotFound without the form
// in this workspace; ErrTooLong.
func (s Submissions) Add(ctx context.Context, ws WorkspaceID, new Submission) (Submission, error) {
	id, err := s.db.env.newID()
	if err != nil {
		return Submission{}, fmt.Errorf("keep a submission of form %q: %w", new.Form, err)
	}
	new.ID, new.SentAt, new.DoneAt = id, event.Millis(s.db.env.time()), 0
	answers, err := json.Marshal(new.Answers)
	if err != nil {
		return Submission{}, fmt.Errorf("keep a submission of form %q: %w", new.Form, err)
	}
	signs, err := json.Marshal(new.Signs)
	if err != nil {
		return Submission{}, fmt.Errorf("keep a submission of form %q: %w", new.Form, err)
	}
	for _, text := range []struct {
		what, text string
		limit      int
	}{{"answers", string(answers), maxSubmissionBytes}, {"address", new.Address, maxNameBytes}, {"visitor", new.Visitor, maxNameBytes},
		{"page", new.Page, maxPostURL}, {"nonce", new.Nonce, maxNameBytes}, {"lang", new.Lang, maxLangBytes}} {
		if err := checkText(text.what, text.text, text.limit); err != nil {
			return Submission{}, fmt.Errorf("keep a submission of form %q: %w", new.Form, err)
		}
	}
	row := submissionRow{WorkspaceID: ws, ID: id, FormID: new.Form, Version: new.Version, Lang: new.Lang, State: new.State, Signs: string(signs),
		Answers: string(answers), Agreed: new.Agreed, Address: new.Address, ContactID: new.ContactID, Visitor: new.Visitor,
		Page: new.Page, Nonce: new.Nonce, SentAt: new.SentAt}
	err = s.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		there, err := tx.NewSelect().Model((*formRow)(nil)).Where("workspace_id = ?", ws).Where("id = ?", new.Form).Exists(ctx)
		if err != nil {
			return err
		}
		if !there {
			return ErrNotFound{"form", string(new.Form)}
		}
		_, err = tx.NewInsert().Model(&row).Exec(ctx)
		return err
	})
	if err != nil {
		return Submission{}, fmt.Errorf("keep a submission of form %q: %w", new.Form, err)
	}
	return new, nil
}

// Repeated reports whether the page with a nonce was sent in before.
func (s Submissions) Repeated(ctx context.Context, ws WorkspaceID, form FormID, nonce string) (bool, error) {
	there, err := s.read().NewSelect().Model((*submissionRow)(nil)).
		Where("workspace_id = ?", ws).Where("form_id = ?", form).Where("nonce = ?", nonce).Exists(ctx)
	if err != nil {
		return false, fmt.Errorf("look for a submission of form %q: %w", form, err)
	}
	return there, nil
}

// SubmissionQuery says which submissions are asked for.
type SubmissionQuery struct {
	Form     FormID // "" is all
	State    string // "" is all
	From, To event.Millis
	Before   string // the id after which a page goes on; "" is the first
	Limit    int    // 0 is 100
}

// List is submissions, the newest first.
func (s Submissions) List(ctx context.Context, ws WorkspaceID, ask SubmissionQuery) ([]Submission, error) {
	var rows []submissionRow
	limit := ask.Limit
	if limit <= 0 {
		limit = 100
	}
	query := s.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Where("sent_at >= ?", ask.From)
	if ask.Form != "" {
		query = query.Where("form_id = ?", ask.Form)
	}
	if ask.State != "" {
		query = query.Where("state = ?", ask.State)
	}
	if ask.To > 0 {
		query = query.Where("sent_at < ?", ask.To)
	}
	if ask.Before != "" {
		query = query.Where("(sent_at, id) < (SELECT sent_at, id FROM form_submissions WHERE workspace_id = ? AND id = ?)", ws, ask.Before)
	}
	if err := query.Order("sent_at DESC", "id DESC").Limit(int64(limit)).Scan(ctx); err != nil {
		return nil, fmt.Errorf("list submissions of %q: %w", ws, err)
	}
	return submissionsOf(rows)
}

func submissionsOf(rows []submissionRow) ([]Submission, error) {
	list := make([]Submission, len(rows))
	for i, row := range rows {
		var err error
		if list[i], err = row.submission(); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// By is what one person sent in, the newest first: by the contact it became, or by the mail
// address given.
func (s Submissions) By(ctx context.Context, ws WorkspaceID, contact, address string) ([]Submission, error) {
	var rows []submissionRow
	err := s.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).WhereGroup(" AND ", func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("contact_id <> '' AND contact_id = ?", contact).WhereOr("address <> '' AND address = ?", address)
	}).Order("sent_at DESC", "id DESC").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("list submissions of a person of %q: %w", ws, err)
	}
	return submissionsOf(rows)
}

// Get is one submission. ErrNotFound.
func (s Submissions) Get(ctx context.Context, ws WorkspaceID, id string) (Submission, error) {
	var rows []submissionRow
	if err := s.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Where("id = ?", id).Scan(ctx); err != nil {
		return Submission{}, fmt.Errorf("read submission %q: %w", id, err)
	}
	if len(rows) == 0 {
		return Submission{}, ErrNotFound{"submission", id}
	}
	return rows[0].submission()
}

// Judge releases a held submission or refuses it. ErrConflict when it is not held;
// ErrNotFound.
func (s Submissions) Judge(ctx context.Context, ws WorkspaceID, id, state, by string) error {
	err := s.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		n, err := affected(tx.NewUpdate().Model((*submissionRow)(nil)).Set("state = ?", state).Set("judged_by = ?", by).
			Where("workspace_id = ?", ws).Where("id = ?", id).Where("state = ?", SubmissionHeld).Exec(ctx))
		if err != nil || n > 0 {
			return err
		}
		there, err := tx.NewSelect().Model((*submissionRow)(nil)).Where("workspace_id = ?", ws).Where("id = ?", id).Exists(ctx)
		if err == nil && !there {
			return ErrNotFound{"submission", id}
		}
		if err == nil {
			return ErrConflict{}
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("judge submission %q: %w", id, err)
	}
	return nil
}

// Undone is accepted submissions of any workspace whose event and contact were not made
// yet: the program died in between. Oldest first, at most limit.
func (s Submissions) Undone(ctx context.Context, before time.Time, limit int) (map[WorkspaceID][]Submission, error) {
	var rows []submissionRow
	err := s.read().NewSelect().Model(&rows).Where("done_at = 0").Where("state = ?", SubmissionAccepted).
		Where("sent_at < ?", millis(before.UnixMilli())).Order("sent_at", "id").Limit(int64(limit)).Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("list undone submissions: %w", err)
	}
	out := map[WorkspaceID][]Submission{}
	for _, row := range rows {
		one, err := row.submission()
		if err != nil {
			return nil, err
		}
		out[row.WorkspaceID] = append(out[row.WorkspaceID], one)
	}
	return out, nil
}

// Done notes that a submission's event and contact were made. Doing so again changes
// nothing. ErrNotFound.
func (s Submissions) Done(ctx context.Context, ws WorkspaceID, id, contact string) error {
	err := s.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		n, err := affected(tx.NewUpdate().Model((*submissionRow)(nil)).Set("done_at = ?", s.db.env.time()).Set("contact_id = ?", contact).
			Where("workspace_id = ?", ws).Where("id = ?", id).Exec(ctx))
		if err == nil && n == 0 {
			return ErrNotFound{"submission", id}
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("note submission %q as done: %w", id, err)
	}
	return nil
}

// Erase deletes what one person sent in: by the contact it became, by mail address, or by
// the visitor's id. It tells how many there were.
func (s Submissions) Erase(ctx context.Context, ws WorkspaceID, contact, address, visitor string) (int64, error) {
	var n int64
	err := s.write(ctx, func(ctx context.Context, tx bun.Tx) (err error) {
		n, err = affected(tx.NewDelete().Model((*submissionRow)(nil)).Where("workspace_id = ?", ws).WhereGroup(" AND ", func(q *bun.DeleteQuery) *bun.DeleteQuery {
			return q.Where("contact_id <> '' AND contact_id = ?", contact).
				WhereOr("address <> '' AND address = ?", address).WhereOr("visitor <> '' AND visitor = ?", visitor)
		}).Exec(ctx))
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("erase submissions of %q: %w", ws, err)
	}
	return n, nil
}

// Count is how many submissions of each form there are by state, and when the newest came.
func (s Submissions) Count(ctx context.Context, ws WorkspaceID) (map[FormID]SubmissionCount, error) {
	var rows []struct {
		FormID FormID
		State  string
		N      int
		Newest event.Millis
	}
	err := s.read().NewSelect().Model((*submissionRow)(nil)).Column("form_id", "state").ColumnExpr("count(*) AS n").ColumnExpr("max(sent_at) AS newest").
		Where("workspace_id = ?", ws).Group("form_id", "state").Scan(ctx, &rows)
	if err != nil {
		return nil, fmt.Errorf("count submissions of %q: %w", ws, err)
	}
	out := map[FormID]SubmissionCount{}
	for _, row := range rows {
		c := out[row.FormID]
		switch row.State {
		case SubmissionAccepted:
			c.Accepted = row.N
			c.Newest = row.Newest
		case SubmissionHeld:
			c.Held = row.N
		case SubmissionRefused:
			c.Refused = row.N
		}
		out[row.FormID] = c
	}
	return out, nil
}

// SubmissionCount is how much was sent in with a form.
type SubmissionCount struct {
	Accepted, Held, Refused int
	Newest                  event.Millis // of the accepted
}

// Quarter is how long each of the counts of Times is: every time zone begins its days on one.
const Quarter = 15 * time.Minute

// Times is how many submissions of each form were accepted since a moment, by the quarter of
// an hour (its number since 1970).
func (s Submissions) Times(ctx context.Context, ws WorkspaceID, since event.Millis) (map[FormID]map[int64]int, error) {
	var rows []struct {
		FormID FormID
		At     int64
		N      int
	}
	err := s.read().NewSelect().Model((*submissionRow)(nil)).Column("form_id").ColumnExpr("sent_at / ? AS at", Quarter.Milliseconds()).ColumnExpr("count(*) AS n").
		Where("workspace_id = ?", ws).Where("state = ?", SubmissionAccepted).Where("sent_at >= ?", since).GroupExpr("1, 2").Scan(ctx, &rows)
	if err != nil {
		return nil, fmt.Errorf("count submissions of %q by time: %w", ws, err)
	}
	out := map[FormID]map[int64]int{}
	for _, row := range rows {
		if out[row.FormID] == nil {
			out[row.FormID] = map[int64]int{}
		}
		out[row.FormID][row.At] = row.N
	}
	return out, nil
}
