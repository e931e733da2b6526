package store

import (
	"context"
	"fmt"
	"strings"

	"github.com/uptrace/bun"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/mail"
	"github.com/shirube/shirube/internal/event"
)

// MailTouch is one opening or click.
type MailTouch struct {
	Mail    string
	Cause   string // with "#variant" where there are several
	Contact contact.ID
	URL     string // where a click led
	mail.Touch
}

type mailTouchRow struct {
	bun.BaseModel `bun:"table:mail_touches"`

	WorkspaceID WorkspaceID  `bun:"workspace_id,pk"`
	Mail        string       `bun:"mail,pk"`
	N           int          `bun:"n,pk"`
	Cause       string       `bun:"cause"`
	ContactID   contact.ID   `bun:"contact_id"`
	What        string       `bun:"what"`
	Link        int          `bun:"link"`
	Agent       string       `bun:"agent"`
	Reason      mail.Reason  `bun:"reason"`
	At          event.Millis `bun:"at"`
	URL         string       `bun:"url"`
	Told        int          `bun:"told"`
}

// MaxTouches is how many touches of one mail are kept: a machine that comes every minute
// fills no disk.
const MaxTouches = 60

const maxTouchURL = 2000

// Touch keeps a touch. judge is handed the earlier ones of the same mail with the new one
// last, and gives the reason of each: what came before may turn out to be a machine's by
// what comes now. It tells what was decided of the new one and whether it was kept.
func (m MailDeliveries) Touch(ctx context.Context, ws WorkspaceID, t MailTouch, judge func(all []mail.Touch) []mail.Reason) (reason mail.Reason, kept bool, err error) {
	if len(t.Agent) > 200 {
		t.Agent = t.Agent[:200]
	}
	t.Agent = strings.ReplaceAll(strings.ToValidUTF8(t.Agent, ""), "\x00", "")
	t.URL = strings.ReplaceAll(strings.ToValidUTF8(t.URL[:min(len(t.URL), maxTouchURL)], ""), "\x00", "")
	err = m.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		var rows []mailTouchRow
		if err := tx.NewSelect().Model(&rows).Where("workspace_id = ?", ws).Where("mail = ?", t.Mail).Order("n").Scan(ctx); err != nil {
			return err
		}
		all := make([]mail.Touch, len(rows), len(rows)+1)
		for i, r := range rows {
			all[i] = mail.Touch{At: r.At, What: r.What, Link: r.Link, Agent: r.Agent, Reason: r.Reason, Method: "GET", SentAt: t.SentAt}
		}
		reasons := judge(append(all, t.Touch))
		reason = reasons[len(rows)]
		for i := range rows {
			if rows[i].Reason == reasons[i] {
				continue
			}
			rows[i].Reason = reasons[i]
			if _, err := tx.NewUpdate().Model(&rows[i]).Column("reason").WherePK().Exec(ctx); err != nil {
				return err
			}
		}
		if len(rows) >= MaxTouches {
			return nil
		}
		kept = true
		row := mailTouchRow{WorkspaceID: ws, Mail: t.Mail, N: len(rows) + 1, Cause: t.Cause, ContactID: t.Contact, What: t.What, Link: t.Link, Agent: t.Agent, Reason: reason, At: t.At, URL: t.URL}
		_, err := tx.NewInsert().Model(&row).Exec(ctx)
		return err
	})
	if err != nil {
		return "", false, fmt.Errorf("keep a touch of a mail: %w", err)
	}
	return reason, kept, nil
}

// MailTouched is a touch of which an event is to be made.
type MailTouched struct {
	Workspace WorkspaceID
	N         int // within its mail
	MailTouch
}

// Untold is the touches from before a moment of which no event was made yet, of all
// workspaces, the oldest first.
func (m MailDeliveries) Untold(ctx context.Context, before event.Millis, limit int) ([]MailTouched, error) {
	var rows []mailTouchRow
	err := m.read().NewSelect().Model(&rows).Where("told = 0").Where("at < ?", before).Order("at", "workspace_id", "mail", "n").Limit(int64(limit)).Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("list touches to tell: %w", err)
	}
	list := make([]MailTouched, len(rows))
	for i, r := range rows {
		list[i] = MailTouched{r.WorkspaceID, r.N, MailTouch{r.Mail, r.Cause, r.ContactID, r.URL, mail.Touch{At: r.At, What: r.What, Link: r.Link, Agent: r.Agent, Reason: r.Reason}}}
	}
	return list, nil
}

// Told notes that the events of touches were made.
func (m MailDeliveries) Told(ctx context.Context, list []MailTouched) error {
	return m.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		for _, t := range list {
			row := mailTouchRow{WorkspaceID: t.Workspace, Mail: t.Mail, N: t.N, Told: 1}
			if _, err := tx.NewUpdate().Model(&row).Column("told").WherePK().Exec(ctx); err != nil {
				return fmt.Errorf("note that a touch was told: %w", err)
			}
		}
		return nil
	})
}
