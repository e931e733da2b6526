package store

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"github.com/shirube/shirube/internal/act/score"
	"github.com/shirube/shirube/internal/event"
)

// LeadID names one time that somebody became hot.
type LeadID string

// Lead is somebody who became hot, and what became of them.
type Lead struct {
	ID      LeadID
	Card    ScoreCardID
	Version int
	Subject string
	Points  score.Points // when they became hot
	Band    string
	Chance  *float64 // of a meeting, as it was told; nil: it could not be
	Why     []byte   // JSON, the server knows the shape
	Owner   string
	HotAt   event.Millis

	Verdict   score.Verdict
	Reason    string
	DecidedAt event.Millis // 0 not yet
}

// LeadVerdict is one thing that was said of a lead.
type LeadVerdict struct {
	Verdict score.Verdict
	Reason  string
	Author  string
	At      event.Millis
}

// Leads is the repository of hot leads.
type Leads struct{ session }

const (
	maxLeadWhy    = 64 << 10
	maxLeadReason = 2_000
)

type leadRow struct {
	bun.BaseModel `bun:"table:leads"`

	ID          LeadID        `bun:"id,pk"`
	WorkspaceID WorkspaceID   `bun:"workspace_id"`
	CardID      ScoreCardID   `bun:"card_id"`
	Version     int           `bun:"version"`
	Subject     string        `bun:"subject"`
	Points      score.Points  `bun:"points"`
	Band        string        `bun:"band"`
	Chance      *float64      `bun:"chance"`
	Why         string        `bun:"why"`
	Owner       string        `bun:"owner"`
	Verdict     score.Verdict `bun:"verdict"`
	Reason      string        `bun:"reason"`
	HotAt       event.Millis  `bun:"hot_at"`
	DecidedAt   event.Millis  `bun:"decided_at"`
}

func (r leadRow) lead() Lead {
	return Lead{ID: r.ID, Card: r.CardID, Version: r.Version, Subject: r.Subject, Points: r.Points, Band: r.Band, Chance: r.Chance, Why: []byte(r.Why),
		Owner: r.Owner, HotAt: r.HotAt, Verdict: r.Verdict, Reason: r.Reason, DecidedAt: r.DecidedAt}
}

type leadVerdictRow struct {
	bun.BaseModel `bun:"table:lead_verdicts"`

	LeadID  LeadID        `bun:"lead_id,pk"`
	Place   int           `bun:"place,pk"`
	Verdict score.Verdict `bun:"verdict"`
	Reason  string        `bun:"reason"`
	Author  string        `bun:"author"`
	At      event.Millis  `bun:"at"`
}

// Open keeps that somebody became hot, unless they are known as hot by the card already:
// shown and not decided, or shown after again. It tells whether it was kept. The ids and
// verdicts given are not looked at. ErrNotFound without the card; ErrTooLong.
func (l Leads) Open(ctx context.Context, ws WorkspaceID, lead Lead, again event.Millis) (Lead, bool, error) {
	for _, text := range []struct {
		what, text string
		limit      int
	}{{"subject", lead.Subject, maxNameBytes}, {"reasons", string(lead.Why), maxLeadWhy}, {"owner", lead.Owner, maxNameBytes}} {
		if err := checkText(text.what, text.text, text.limit); err != nil {
			return Lead{}, false, fmt.Errorf("keep lead: %w", err)
		}
	}
	id, err := l.db.env.newID()
	if err != nil {
		return Lead{}, false, fmt.Errorf("keep lead: %w", err)
	}
	row := leadRow{ID: LeadID(id), WorkspaceID: ws, CardID: lead.Card, Version: lead.Version, Subject: lead.Subject, Points: lead.Points, Band: lead.Band,
		Chance: lead.Chance, Why: string(lead.Why), Owner: lead.Owner, HotAt: lead.HotAt}
	opened := false
	err = l.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		own, err := tx.NewSelect().Model((*scoreCardRow)(nil)).Where("id = ?", lead.Card).Where("workspace_id = ?", ws).Exists(ctx)
		if err != nil {
			return err
		}
		if !own {
			return ErrNotFound{"score card", string(lead.Card)}
		}
		var known []leadRow
		err = tx.NewSelect().Model(&known).Where("workspace_id = ?", ws).Where("card_id = ?", lead.Card).Where("subject = ?", lead.Subject).
			Where("(verdict = '' OR hot_at >= ?)", again).Order("hot_at DESC").Limit(1).Scan(ctx)
		if err != nil {
			return err
		}
		if len(known) > 0 {
			row = known[0]
			return nil
		}
		n, err := affected(tx.NewInsert().Model(&row).On("CONFLICT DO NOTHING").Exec(ctx))
		opened = n > 0
		return err
	})
	if err != nil {
		return Lead{}, false, fmt.Errorf("keep lead of %q: %w", ws, err)
	}
	return row.lead(), opened, nil
}

// Foretell keeps the chance that was told of a lead; what was told once stays. ErrNotFound.
func (l Leads) Foretell(ctx context.Context, ws WorkspaceID, id LeadID, chance float64) (Lead, error) {
	var out Lead
	err := l.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewUpdate().Model((*leadRow)(nil)).Set("chance = ?", chance).Where("workspace_id = ?", ws).Where("id = ?", id).Where("chance IS NULL").Exec(ctx)
		if err != nil {
			return fmt.Errorf("keep the chance of lead %q: %w", id, err)
		}
		out, err = leadOf(ctx, tx, ws, id)
		return err
	})
	return out, err
}

// LeadQuery says which leads are asked for.
type LeadQuery struct {
	Card     ScoreCardID     // "" is all
	Subject  string          // "" is all
	Owners   []string        // any of these; none is all
	From, To event.Millis    // hot in [From, To); To 0 is without end
	Verdicts []score.Verdict // any of these, Open among them; none is all
	Limit    int             // 0 is 1,000
}

// List is leads, the newest first.
func (l Leads) List(ctx context.Context, ws WorkspaceID, ask LeadQuery) ([]Lead, error) {
	var rows []leadRow
	limit := ask.Limit
	if limit <= 0 {
		limit = 1000
	}
	query := l.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Where("hot_at >= ?", ask.From)
	if ask.To > 0 {
		query = query.Where("hot_at < ?", ask.To)
	}
	for _, one := range []struct{ column, value string }{{"card_id", string(ask.Card)}, {"subject", ask.Subject}} {
		if one.value != "" {
			query = query.Where("? = ?", bun.Ident(one.column), one.value)
		}
	}
	if len(ask.Owners) > 0 {
		query = query.Where("owner IN (?)", bun.List(ask.Owners))
	}
	if len(ask.Verdicts) > 0 {
		query = query.Where("verdict IN (?)", bun.List(ask.Verdicts))
	}
	if err := query.Order("hot_at DESC", "id").Limit(int64(limit)).Scan(ctx); err != nil {
		return nil, fmt.Errorf("list leads of %q: %w", ws, err)
	}
	list := make([]Lead, len(rows))
	for i, row := range rows {
		list[i] = row.lead()
	}
	return list, nil
}

// Get is one lead. ErrNotFound.
func (l Leads) Get(ctx context.Context, ws WorkspaceID, id LeadID) (Lead, error) {
	return leadOf(ctx, l.read(), ws, id)
}

func leadOf(ctx context.Context, db bun.IDB, ws WorkspaceID, id LeadID) (Lead, error) {
	var rows []leadRow
	if err := db.NewSelect().Model(&rows).Where("workspace_id = ?", ws).Where("id = ?", id).Scan(ctx); err != nil {
		return Lead{}, fmt.Errorf("read lead %q: %w", id, err)
	}
	if len(rows) == 0 {
		return Lead{}, ErrNotFound{"lead", string(id)}
	}
	return rows[0].lead(), nil
}

// Say keeps what somebody says of a lead; the last that is said counts, all of it stays.
// "" takes it back. ErrNotFound; ErrTooLong.
func (l Leads) Say(ctx context.Context, ws WorkspaceID, id LeadID, said LeadVerdict) (Lead, error) {
	if err := checkText("reason", said.Reason, maxLeadReason); err != nil {
		return Lead{}, fmt.Errorf("say of lead %q: %w", id, err)
	}
	var out Lead
	err := l.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		at := said.At
		if said.Verdict == score.Open {
			at = 0
		}
		n, err := affected(tx.NewUpdate().Model((*leadRow)(nil)).Set("verdict = ?", said.Verdict).Set("reason = ?", said.Reason).Set("decided_at = ?", at).
			Where("workspace_id = ?", ws).Where("id = ?", id).Exec(ctx))
		if err != nil {
			return err
		}
		if n == 0 {
			return ErrNotFound{"lead", string(id)}
		}
		var place int
		if err := tx.NewSelect().Model((*leadVerdictRow)(nil)).ColumnExpr("COALESCE(MAX(place), 0)").Where("lead_id = ?", id).Scan(ctx, &place); err != nil {
			return err
		}
		_, err = tx.NewInsert().Model(&leadVerdictRow{LeadID: id, Place: place + 1, Verdict: said.Verdict, Reason: said.Reason, Author: said.Author, At: said.At}).Exec(ctx)
		if err != nil {
			return err
		}
		out, err = leadOf(ctx, tx, ws, id)
		return err
	})
	if err != nil {
		return Lead{}, fmt.Errorf("say of lead %q: %w", id, err)
	}
	return out, nil
}

// Give makes somebody the one who talks with a lead; "" nobody. ErrNotFound; ErrTooLong.
func (l Leads) Give(ctx context.Context, ws WorkspaceID, id LeadID, owner string) (Lead, error) {
	if err := checkText("owner", owner, maxNameBytes); err != nil {
		return Lead{}, fmt.Errorf("give lead %q: %w", id, err)
	}
	var out Lead
	err := l.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if _, err := tx.NewUpdate().Model((*leadRow)(nil)).Set("owner = ?", owner).Where("workspace_id = ?", ws).Where("id = ?", id).Exec(ctx); err != nil {
			return fmt.Errorf("give lead %q: %w", id, err)
		}
		var err error
		out, err = leadOf(ctx, tx, ws, id)
		return err
	})
	return out, err
}

// Said is all that was said of a lead, the oldest first. ErrNotFound.
func (l Leads) Said(ctx context.Context, ws WorkspaceID, id LeadID) ([]LeadVerdict, error) {
	if _, err := l.Get(ctx, ws, id); err != nil {
		return nil, err
	}
	var rows []leadVerdictRow
	if err := l.read().NewSelect().Model(&rows).Where("lead_id = ?", id).Order("place").Scan(ctx); err != nil {
		return nil, fmt.Errorf("read what was said of lead %q: %w", id, err)
	}
	list := make([]LeadVerdict, len(rows))
	for i, row := range rows {
		list[i] = LeadVerdict{row.Verdict, row.Reason, row.Author, row.At}
	}
	return list, nil
}

// Move gives the leads of one subject to another: a visitor has become known, or two
// contacts are one.
func (l Leads) Move(ctx context.Context, ws WorkspaceID, from, to string) error {
	if err := checkText("subject", to, maxNameBytes); err != nil {
		return err
	}
	return l.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		// Of two that became hot in the same moment one is enough.
		_, err := tx.NewDelete().Model((*leadRow)(nil)).ModelTableExpr("leads AS a").Where("a.workspace_id = ?", ws).Where("a.subject = ?", from).
			Where("EXISTS (SELECT 1 FROM leads AS b WHERE b.card_id = a.card_id AND b.hot_at = a.hot_at AND b.subject = ?)", to).Exec(ctx)
		if err != nil {
			return fmt.Errorf("move leads of %q: %w", ws, err)
		}
		if _, err := tx.NewUpdate().Model((*leadRow)(nil)).Set("subject = ?", to).Where("workspace_id = ?", ws).Where("subject = ?", from).Exec(ctx); err != nil {
			return fmt.Errorf("move leads of %q: %w", ws, err)
		}
		return nil
	})
}

// Erase takes who it was out of the leads of a subject: that there were some, and what
// became of them, still teaches the card.
func (l Leads) Erase(ctx context.Context, ws WorkspaceID, subject string) error {
	return l.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewUpdate().Model((*leadRow)(nil)).Set("subject = 'x:' || id").Set("why = '[]'").Set("reason = ''").
			Where("workspace_id = ?", ws).Where("subject = ?", subject).Exec(ctx)
		if err != nil {
			return fmt.Errorf("erase leads of %q: %w", ws, err)
		}
		_, err = tx.NewUpdate().Model((*leadVerdictRow)(nil)).Set("reason = ''").
			Where("lead_id IN (SELECT id FROM leads WHERE workspace_id = ? AND subject = 'x:' || id)", ws).Exec(ctx)
		if err != nil {
			return fmt.Errorf("erase what was said of leads of %q: %w", ws, err)
		}
		return nil
	})
}
