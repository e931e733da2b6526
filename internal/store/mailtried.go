package store

import (
	"context"
	"fmt"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/mail"
	"github.com/shirube/shirube/internal/event"
)

// MailTried is one person who was sent a variant of a mail, by the first that was taken.
type MailTried struct {
	Contact contact.ID
	At      event.Millis
	Opened  bool // by a person, this mail or a later one of the variant
	Clicked bool // likewise
}

// Tried is everybody whom one variant of the mails of a cause reached, each once, in the
// order of their ids. Who was erased is not among them.
func (m MailDeliveries) Tried(ctx context.Context, ws WorkspaceID, cause, variant string) ([]MailTried, error) {
	var sent []struct {
		Contact contact.ID   `bun:"contact_id"`
		At      event.Millis `bun:"first"`
	}
	err := m.read().NewSelect().Model((*mailDeliveryRow)(nil)).Column("contact_id").ColumnExpr("MIN(at) AS first").
		Where("workspace_id = ?", ws).Where("cause = ?", cause).Where("variant = ?", variant).Where("class = ?", mail.Accepted).Where("contact_id <> ''").
		Group("contact_id").Order("contact_id").Scan(ctx, &sent)
	if err != nil {
		return nil, fmt.Errorf("list whom %q reached by %q: %w", cause, variant, err)
	}
	var touched []struct {
		Contact contact.ID `bun:"contact_id"`
		What    string     `bun:"what"`
	}
	err = m.read().NewSelect().Model((*mailTouchRow)(nil)).Distinct().Column("contact_id", "what").
		Where("workspace_id = ?", ws).Where("cause = ?", cause+variantMark(variant)).Where("reason = ''").Scan(ctx, &touched)
	if err != nil {
		return nil, fmt.Errorf("list who touched mails of %q by %q: %w", cause, variant, err)
	}
	opened, clicked := map[contact.ID]bool{}, map[contact.ID]bool{}
	for _, one := range touched {
		switch one.What {
		case "open":
			opened[one.Contact] = true
		case "click":
			clicked[one.Contact] = true
		}
	}
	list := make([]MailTried, len(sent))
	for i, one := range sent {
		list[i] = MailTried{one.Contact, one.At, opened[one.Contact], clicked[one.Contact]}
	}
	return list, nil
}
