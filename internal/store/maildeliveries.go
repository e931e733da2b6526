package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/mail"
	"github.com/shirube/shirube/internal/event"
)

// MailDeliveries is the repository of what became of each mail: handed over, come back,
// opened, followed.
type MailDeliveries struct{ session }

// Returned is what came back of a mail.
type Returned string

// What may come back.
const (
	ReturnedHard      Returned = "hard"
	ReturnedSoft      Returned = "soft"
	ReturnedComplaint Returned = "complaint"
)

// MailDelivery is one mail that was handed over.
type MailDelivery struct {
	MessageID  string // without angle brackets
	Contact    contact.ID
	Cause      string
	Variant    string
	Class      mail.Class
	Code       int
	Said       string
	At         event.Millis
	Returned   Returned // "" nothing came back
	ReturnedAt event.Millis
}

type mailDeliveryRow struct {
	bun.BaseModel `bun:"table:mail_deliveries"`

	WorkspaceID WorkspaceID  `bun:"workspace_id,pk"`
	MessageID   string       `bun:"message_id,pk"`
	ContactID   contact.ID   `bun:"contact_id"`
	Cause       string       `bun:"cause"`
	Variant     string       `bun:"variant"`
	Class       mail.Class   `bun:"class"`
	Code        int          `bun:"code"`
	Said        string       `bun:"said"`
	At          event.Millis `bun:"at"`
	Returned    Returned     `bun:"returned"`
	ReturnedAt  event.Millis `bun:"returned_at"`
}

func (r mailDeliveryRow) delivery() MailDelivery {
	return MailDelivery{r.MessageID, r.ContactID, r.Cause, r.Variant, r.Class, r.Code, r.Said, r.At, r.Returned, r.ReturnedAt}
}

// Add keeps what became of mails. The same mail tried again takes the place of what was
// known of it; what came back of it stays.
func (m MailDeliveries) Add(ctx context.Context, ws WorkspaceID, list []MailDelivery) error {
	rows := make([]mailDeliveryRow, 0, len(list))
	at := make(map[string]int, len(list)) // PostgreSQL takes no row twice in one statement
	for _, d := range list {
		id := strings.ToLower(d.MessageID)
		if err := checkText("message id", id, maxNameBytes); err != nil {
			return fmt.Errorf("keep a delivery: %w", err)
		}
		row := mailDeliveryRow{WorkspaceID: ws, MessageID: id, ContactID: d.Contact, Cause: d.Cause, Variant: d.Variant, Class: d.Class, Code: d.Code,
			Said: strings.ToValidUTF8(strings.ReplaceAll(d.Said[:min(len(d.Said), maxReason)], "\x00", ""), ""), At: d.At, Returned: d.Returned, ReturnedAt: d.ReturnedAt}
		if k, twice := at[id]; twice {
			rows[k] = row
			continue
		}
		at[id] = len(rows)
		rows = append(rows, row)
	}
	return m.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		for chunk := range slices.Chunk(rows, 500) {
			_, err := tx.NewInsert().Model(&chunk).On("CONFLICT (workspace_id, message_id) DO UPDATE").
				Set("class = EXCLUDED.class").Set("code = EXCLUDED.code").Set("said = EXCLUDED.said").Set("at = EXCLUDED.at").Exec(ctx)
			if err != nil {
				return fmt.Errorf("keep %d deliveries: %w", len(chunk), err)
			}
		}
		return nil
	})
}

// Return writes that a mail came back, and gives what was known of it. A complaint stands
// above a bounce, a hard one above a soft one. ErrNotFound where no such mail was sent.
func (m MailDeliveries) Return(ctx context.Context, ws WorkspaceID, messageID string, what Returned) (MailDelivery, error) {
	rank := map[Returned]int{"": 0, ReturnedSoft: 1, ReturnedHard: 2, ReturnedComplaint: 3}
	row := mailDeliveryRow{WorkspaceID: ws, MessageID: strings.ToLower(messageID)}
	err := m.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		var rows []mailDeliveryRow
		if err := tx.NewSelect().Model(&rows).Where("workspace_id = ?", ws).Where("message_id = ?", row.MessageID).Scan(ctx); err != nil {
			return err
		}
		if len(rows) == 0 {
			return ErrNotFound{"mail", messageID}
		}
		row = rows[0]
		if rank[what] <= rank[row.Returned] {
			return nil
		}
		row.Returned, row.ReturnedAt = what, event.Millis(m.db.env.time())
		_, err := tx.NewUpdate().Model(&row).Column("returned", "returned_at").WherePK().Exec(ctx)
		return err
	})
	if err != nil {
		return MailDelivery{}, fmt.Errorf("note that a mail came back: %w", err)
	}
	return row.delivery(), nil
}

// Of is the mails a contact was sent, the newest first, at most limit.
func (m MailDeliveries) Of(ctx context.Context, ws WorkspaceID, id contact.ID, limit int) ([]MailDelivery, error) {
	var rows []mailDeliveryRow
	err := m.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Where("contact_id = ?", id).Order("at DESC", "message_id").Limit(int64(limit)).Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("list mails to %q: %w", id, err)
	}
	list := make([]MailDelivery, len(rows))
	for i, row := range rows {
		list[i] = row.delivery()
	}
	return list, nil
}

// Forget takes somebody out of what became of their mails: that one was handed over, came
// back or was opened stays in the counts, whose it was does not.
func (m MailDeliveries) Forget(ctx context.Context, ws WorkspaceID, id contact.ID) error {
	err := m.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewUpdate().Model((*mailDeliveryRow)(nil)).Set("contact_id = ''").Set("said = ''").
			Where("workspace_id = ?", ws).Where("contact_id = ?", id).Exec(ctx)
		if err != nil {
			return err
		}
		_, err = tx.NewUpdate().Model((*mailTouchRow)(nil)).Set("contact_id = ''").Set("agent = ''").Set("url = ''").Set("told = 1").
			Where("workspace_id = ?", ws).Where("contact_id = ?", id).Exec(ctx)
		return err
	})
	if err != nil {
		return fmt.Errorf("forget mails to %q: %w", id, err)
	}
	return nil
}

// MailCounts is what became of the mails of one cause: of how many mails it is true.
type MailCounts struct {
	Accepted, Permanent, Unknown    int
	Hard, Soft, Complaints          int
	Opened, Clicked                 int // by a person
	OpenedByAnyone, ClickedByAnyone int // machines too
}

// Counts counts the mails of a cause, or of one variant of it.
func (m MailDeliveries) Counts(ctx context.Context, ws WorkspaceID, cause, variant string) (MailCounts, error) {
	var c MailCounts
	var rows []struct {
		Class    mail.Class `bun:"class"`
		Returned Returned   `bun:"returned"`
		N        int        `bun:"n"`
	}
	q := m.read().NewSelect().Model((*mailDeliveryRow)(nil)).Column("class", "returned").ColumnExpr("COUNT(*) AS n").Where("workspace_id = ?", ws).Where("cause = ?", cause)
	if variant != "" {
		q = q.Where("variant = ?", variant)
	}
	if err := q.Group("class", "returned").Scan(ctx, &rows); err != nil {
		return c, fmt.Errorf("count mails of %q: %w", cause, err)
	}
	for _, r := range rows {
		if at := map[mail.Class]*int{mail.Accepted: &c.Accepted, mail.Permanent: &c.Permanent, mail.Unknown: &c.Unknown}[r.Class]; at != nil {
			*at += r.N
		}
		if at := map[Returned]*int{ReturnedHard: &c.Hard, ReturnedSoft: &c.Soft, ReturnedComplaint: &c.Complaints}[r.Returned]; at != nil {
			*at += r.N
		}
	}
	var touched []struct {
		What   string `bun:"what"`
		Anyone int    `bun:"anyone"`
		People int    `bun:"people"`
	}
	q = m.read().NewSelect().Model((*mailTouchRow)(nil)).Column("what").ColumnExpr("COUNT(DISTINCT mail) AS anyone").
		ColumnExpr("COUNT(DISTINCT CASE WHEN reason = '' THEN mail END) AS people").Where("workspace_id = ?", ws).Where("cause = ?", cause+variantMark(variant))
	if variant == "" {
		q = m.read().NewSelect().Model((*mailTouchRow)(nil)).Column("what").ColumnExpr("COUNT(DISTINCT mail) AS anyone").
			ColumnExpr("COUNT(DISTINCT CASE WHEN reason = '' THEN mail END) AS people").Where("workspace_id = ?", ws).
			Where(`(cause = ? OR cause LIKE ? ESCAPE '\')`, cause, likeText(cause)+"#%")
	}
	if err := q.Group("what").Scan(ctx, &touched); err != nil {
		return c, fmt.Errorf("count touches of %q: %w", cause, err)
	}
	for _, t := range touched {
		switch t.What {
		case "open":
			c.Opened, c.OpenedByAnyone = t.People, t.Anyone
		case "click":
			c.Clicked, c.ClickedByAnyone = t.People, t.Anyone
		}
	}
	return c, nil
}

// MailRate is how many mails of a while were taken, and how many of them were reported as
// spam or came back for good.
type MailRate struct{ Accepted, Complaints, Hard int }

// Rate counts the mails that were handed over since a moment.
func (m MailDeliveries) Rate(ctx context.Context, ws WorkspaceID, since event.Millis) (MailRate, error) {
	var r MailRate
	err := m.read().NewSelect().Model((*mailDeliveryRow)(nil)).
		ColumnExpr("COALESCE(SUM(CASE WHEN class = ? THEN 1 ELSE 0 END), 0) AS accepted", mail.Accepted).
		ColumnExpr("COALESCE(SUM(CASE WHEN returned = ? THEN 1 ELSE 0 END), 0) AS complaints", ReturnedComplaint).
		ColumnExpr("COALESCE(SUM(CASE WHEN returned = ? OR class = ? THEN 1 ELSE 0 END), 0) AS hard", ReturnedHard, mail.Permanent).
		Where("workspace_id = ?", ws).Where("at >= ?", since).Scan(ctx, &r.Accepted, &r.Complaints, &r.Hard)
	if err != nil {
		return r, fmt.Errorf("count mails of %q: %w", ws, err)
	}
	return r, nil
}

// variantMark is how a touch's cause names the variant.
func variantMark(variant string) string {
	if variant == "" {
		return ""
	}
	return "#" + variant
}
