package store

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/event"
)

// Consents is the repository of what was said about mail to an address. Records are never
// changed and, but for erasing somebody and for Sweep, never deleted.
type Consents struct{ session }

type consentRow struct {
	bun.BaseModel `bun:"table:consents"`

	WorkspaceID WorkspaceID   `bun:"workspace_id,pk"`
	ID          string        `bun:"id,pk"`
	RecordKey   string        `bun:"record_key"`
	Address     string        `bun:"address"`
	Basis       contact.Basis `bun:"basis"`
	Topic       string        `bun:"topic"`
	State       contact.State `bun:"state"`
	At          event.Millis  `bun:"at"`
	Source      string        `bun:"source"`
	Form        string        `bun:"form"`
	FormVersion int           `bun:"form_version"`
	Shown       string        `bun:"shown"`
	Lang        string        `bun:"lang"`
	IP          string        `bun:"ip"`
	UserAgent   string        `bun:"user_agent"`
	Notice      string        `bun:"notice"`
	Operator    string        `bun:"operator"`
	Note        string        `bun:"note"`
	IsDouble    bool          `bun:"is_double"`
	ConfirmedAt event.Millis  `bun:"confirmed_at"`
	NoAds       bool          `bun:"no_ads"`
}

func (r consentRow) consent() contact.Consent {
	return contact.Consent{ID: r.ID, Key: r.RecordKey, Address: r.Address, Basis: r.Basis, Topic: r.Topic, State: r.State, At: r.At,
		Source: r.Source, Form: r.Form, FormVersion: r.FormVersion, Text: r.Shown, Lang: r.Lang, IP: r.IP, UserAgent: r.UserAgent, Notice: r.Notice,
		Operator: r.Operator, Note: r.Note, Double: r.IsDouble, ConfirmedAt: r.ConfirmedAt, NoAds: r.NoAds}
}

// Add keeps records. Their ids are given here; one whose key is there already changes
// nothing. It returns how many were new. ErrNotFound without the workspace; a
// *contact.ValueError for a record that could not be shown to anybody.
func (c Consents) Add(ctx context.Context, ws WorkspaceID, list []contact.Consent) (added int, err error) {
	rows := make([]consentRow, len(list))
	for i, one := range list {
		if err := contact.CheckConsent(one); err != nil {
			return 0, fmt.Errorf("keep consent: %w", err)
		}
		id, err := c.db.env.newID()
		if err != nil {
			return 0, fmt.Errorf("keep consent: %w", err)
		}
		if one.Key == "" {
			one.Key = id
		}
		for _, text := range []string{one.Key, one.Topic, one.Source, one.Form, one.Text, one.Lang, one.IP, one.UserAgent, one.Notice, one.Operator, one.Note} {
			if err := checkText("consent", text, 0); err != nil {
				return 0, fmt.Errorf("keep consent: %w", err)
			}
		}
		rows[i] = consentRow{WorkspaceID: ws, ID: id, RecordKey: one.Key, Address: one.Address, Basis: one.Basis, Topic: one.Topic, State: one.State,
			At: one.At, Source: one.Source, Form: one.Form, FormVersion: one.FormVersion, Shown: one.Text, Lang: one.Lang, IP: one.IP, UserAgent: one.UserAgent,
			Notice: one.Notice, Operator: one.Operator, Note: one.Note, IsDouble: one.Double, ConfirmedAt: one.ConfirmedAt, NoAds: one.NoAds}
	}
	err = c.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := c.touch(ctx, tx, ws, changesRest); err != nil {
			return err
		}
		for start := 0; start < len(rows); start += contactsAtOnce {
			part := rows[start:min(start+contactsAtOnce, len(rows))]
			n, err := affected(tx.NewInsert().Model(&part).On("CONFLICT (workspace_id, record_key) DO NOTHING").Exec(ctx))
			if err != nil {
				return err
			}
			added += int(n)
		}
		addresses := make([]string, len(rows))
		for i := range rows {
			addresses[i] = rows[i].Address
		}
		return touchAddresses(ctx, tx, ws, addresses)
	})
	if err != nil {
		return 0, fmt.Errorf("keep %d consents of %q: %w", len(list), ws, err)
	}
	return added, nil
}

// Of is what was said about mail to addresses (their keys), the oldest first.
func (c Consents) Of(ctx context.Context, ws WorkspaceID, addresses []string) (map[string][]contact.Consent, error) {
	all := map[string][]contact.Consent{}
	for start := 0; start < len(addresses); start += contactsAtOnce {
		var rows []consentRow
		err := c.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).
			Where("address IN (?)", bun.List(addresses[start:min(start+contactsAtOnce, len(addresses))])).Order("at", "id").Scan(ctx)
		if err != nil {
			return nil, fmt.Errorf("list consents of %q: %w", ws, err)
		}
		for _, row := range rows {
			all[row.Address] = append(all[row.Address], row.consent())
		}
	}
	return all, nil
}

// Topics is every topic that somebody said something about, by name; without "", any topic.
func (c Consents) Topics(ctx context.Context, ws WorkspaceID) (topics []string, err error) {
	err = c.read().NewSelect().Model((*consentRow)(nil)).Distinct().Column("topic").Where("workspace_id = ?", ws).Where("topic <> ''").
		Order("topic").Limit(mostTopics).Scan(ctx, &topics)
	if err != nil {
		return nil, fmt.Errorf("list topics of %q: %w", ws, err)
	}
	return topics, nil
}

const mostTopics = 200

// Sweep deletes the records that need not be kept any longer: those whose years are over
// since they were said and since the last mail to the address, and in whose place a newer
// one of the same kind stands. What mail rests on today, and what stops it, stays. It
// returns how many went.
func (c Consents) Sweep(ctx context.Context, ws WorkspaceID, now event.Millis) (n int64, err error) {
	var rows []struct {
		consentRow
		LastSend event.Millis `bun:"last_send"`
	}
	old := now - (contact.KeepUntil(contact.Consent{}, 0, 0))
	err = c.read().NewSelect().TableExpr("consents AS c").ColumnExpr("c.*").
		ColumnExpr(`COALESCE((SELECT MAX(d.at) FROM mail_deliveries AS d JOIN contact_identities AS i
			ON i.workspace_id = d.workspace_id AND i.contact_id = d.contact_id
			WHERE d.workspace_id = c.workspace_id AND i.kind = 'address' AND i.value = c.address), 0) AS last_send`).
		Where("c.workspace_id = ?", ws).Where("c.at < ?", old).
		Where(`EXISTS (SELECT 1 FROM consents AS n WHERE n.workspace_id = c.workspace_id AND n.address = c.address AND n.topic = c.topic
			AND n.state = c.state AND n.basis = c.basis AND n.no_ads = c.no_ads AND n.at > c.at AND (n.is_double = ? OR n.confirmed_at > 0))`, false).
		Order("c.at", "c.id").Limit(sweptAtOnce).Scan(ctx, &rows)
	if err != nil {
		return 0, fmt.Errorf("list old consents of %q: %w", ws, err)
	}
	var ids []string
	for _, row := range rows {
		if contact.KeepUntil(row.consent(), row.LastSend, 0) < now {
			ids = append(ids, row.ID)
		}
	}
	if len(ids) == 0 {
		return 0, nil
	}
	err = c.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		n, err = affected(tx.NewDelete().Model((*consentRow)(nil)).Where("workspace_id = ?", ws).Where("id IN (?)", bun.List(ids)).Exec(ctx))
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("sweep consents of %q: %w", ws, err)
	}
	return n, nil
}

const sweptAtOnce = 500

// Confirm notes that the one behind the address has confirmed, once: the first moment
// stays. ErrNotFound.
func (c Consents) Confirm(ctx context.Context, ws WorkspaceID, key string, at event.Millis) (contact.Consent, error) {
	var row consentRow
	err := c.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		n, err := affected(tx.NewUpdate().Model((*consentRow)(nil)).Set("confirmed_at = CASE WHEN confirmed_at = 0 THEN ? ELSE confirmed_at END", at).
			Where("workspace_id = ?", ws).Where("record_key = ?", key).Where("is_double = ?", true).Exec(ctx))
		if err != nil {
			return err
		}
		if n == 0 {
			return ErrNotFound{"consent", key}
		}
		if err := tx.NewSelect().Model(&row).Where("workspace_id = ?", ws).Where("record_key = ?", key).Scan(ctx); err != nil {
			return err
		}
		return touchAddresses(ctx, tx, ws, []string{row.Address})
	})
	if err != nil {
		return contact.Consent{}, fmt.Errorf("confirm consent %q: %w", key, err)
	}
	return row.consent(), nil
}

// Asked is how many were asked to confirm a consent by mail, and how many did.
type Asked struct{ Asked, Confirmed int }

// AskedBy is how many each form asked to confirm by mail.
func (c Consents) AskedBy(ctx context.Context, ws WorkspaceID) (map[FormID]Asked, error) {
	var rows []struct {
		Form      FormID
		Asked     int
		Confirmed int
	}
	err := c.read().NewSelect().Model((*consentRow)(nil)).Column("form").ColumnExpr("count(*) AS asked").
		ColumnExpr("sum(CASE WHEN confirmed_at > 0 THEN 1 ELSE 0 END) AS confirmed").
		Where("workspace_id = ?", ws).Where("is_double = ?", true).Group("form").Scan(ctx, &rows)
	if err != nil {
		return nil, fmt.Errorf("count consents of %q: %w", ws, err)
	}
	out := map[FormID]Asked{}
	for _, row := range rows {
		out[row.Form] = Asked{row.Asked, row.Confirmed}
	}
	return out, nil
}
