package store

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"github.com/shirube/shirube/internal/series"
)

type mailDayRow struct {
	bun.BaseModel `bun:"table:mail_days"`

	WorkspaceID WorkspaceID `bun:"workspace_id,pk"`
	SenderID    string      `bun:"sender_id,pk"`
	Day         series.Day  `bun:"day,pk"`
	Sent        int         `bun:"sent"`
}

// MailDay is how much left by a sender, as its warm-up counts it.
type MailDay struct {
	Before int // days before this one on which mail left
	Sent   int // mails on this one
}

// CountDay adds mails that left by a sender on a day.
func (m MailDeliveries) CountDay(ctx context.Context, ws WorkspaceID, sender string, day series.Day, n int) error {
	return m.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		row := mailDayRow{WorkspaceID: ws, SenderID: sender, Day: day, Sent: n}
		_, err := tx.NewInsert().Model(&row).On("CONFLICT (workspace_id, sender_id, day) DO UPDATE").Set("sent = mail_day_row.sent + EXCLUDED.sent").Exec(ctx)
		if err != nil {
			return fmt.Errorf("count mails of %q: %w", sender, err)
		}
		return nil
	})
}

// DayOf is what left by a sender until a day.
func (m MailDeliveries) DayOf(ctx context.Context, ws WorkspaceID, sender string, day series.Day) (MailDay, error) {
	var rows []mailDayRow
	err := m.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Where("sender_id = ?", sender).Where("day <= ?", day).Scan(ctx)
	if err != nil {
		return MailDay{}, fmt.Errorf("read what left by %q: %w", sender, err)
	}
	var d MailDay
	for _, r := range rows {
		if r.Day == day {
			d.Sent = r.Sent
		} else {
			d.Before++
		}
	}
	return d, nil
}
