package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/uptrace/bun"

	"github.com/shirube/shirube/internal/act/automation"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/event"
)

// Journeys is the repository of people's ways through automations.
type Journeys struct{ session }

type journeyRow struct {
	bun.BaseModel `bun:"table:journeys"`

	AutomationID string           `bun:"automation_id,pk"`
	ContactID    contact.ID       `bun:"contact_id,pk"`
	Entry        int              `bun:"entry,pk"`
	WorkspaceID  WorkspaceID      `bun:"workspace_id"`
	Version      int              `bun:"version"`
	State        automation.State `bun:"state"`
	Step         string           `bun:"step"`
	Since        event.Millis     `bun:"since"`
	EnteredAt    event.Millis     `bun:"entered_at"`
	EndedAt      event.Millis     `bun:"ended_at"`
	WakeAt       event.Millis     `bun:"wake_at"`
	Visits       string           `bun:"visits"`
}

func (r journeyRow) journey() (automation.Journey, error) {
	j := automation.Journey{
		Automation: r.AutomationID, Version: r.Version, Contact: r.ContactID, Entry: r.Entry, State: r.State, Step: r.Step,
		Since: r.Since, EnteredAt: r.EnteredAt, EndedAt: r.EndedAt, WakeAt: r.WakeAt,
	}
	if r.Visits != "" {
		if err := json.Unmarshal([]byte(r.Visits), &j.Visits); err != nil {
			return j, fmt.Errorf("read journey of %q through %q: %w", r.ContactID, r.AutomationID, err)
		}
	}
	return j, nil
}

func journeysOf(rows []journeyRow) ([]automation.Journey, error) {
	list := make([]automation.Journey, len(rows))
	for k, row := range rows {
		var err error
		if list[k], err = row.journey(); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// atOnce is how many rows of acting one statement carries.
const atOnce = 500

// Put keeps journeys as they stand now, new ones and known ones, and counts what they passed.
func (j Journeys) Put(ctx context.Context, ws WorkspaceID, journeys []automation.Journey) error {
	rows := make([]journeyRow, len(journeys))
	for k, one := range journeys {
		rows[k] = journeyRow{
			AutomationID: one.Automation, ContactID: one.Contact, Entry: one.Entry, WorkspaceID: ws, Version: one.Version, State: one.State,
			Step: one.Step, Since: one.Since, EnteredAt: one.EnteredAt, EndedAt: one.EndedAt, WakeAt: one.WakeAt,
		}
		if len(one.Visits) > 0 {
			text, err := json.Marshal(one.Visits)
			if err != nil {
				return fmt.Errorf("keep journey of %q: %w", one.Contact, err)
			}
			rows[k].Visits = string(text)
		}
	}
	err := j.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		for chunk := range slices.Chunk(rows, atOnce) {
			_, err := tx.NewInsert().Model(&chunk).On("CONFLICT (automation_id, contact_id, entry) DO UPDATE").
				Set("state = EXCLUDED.state").Set("step = EXCLUDED.step").Set("since = EXCLUDED.since").
				Set("ended_at = EXCLUDED.ended_at").Set("wake_at = EXCLUDED.wake_at").Set("visits = EXCLUDED.visits").
				Where("?TableAlias.workspace_id = EXCLUDED.workspace_id").Exec(ctx)
			if err != nil {
				return err
			}
		}
		return countPassages(ctx, tx, ws, journeys)
	})
	if err != nil {
		return fmt.Errorf("keep %d journeys: %w", len(journeys), err)
	}
	return nil
}

// Inside is the journeys that go on of some people. In a transaction they stay as they are
// until its end.
func (j Journeys) Inside(ctx context.Context, ws WorkspaceID, people []contact.ID) ([]automation.Journey, error) {
	var all []journeyRow
	for chunk := range slices.Chunk(people, atOnce) {
		var rows []journeyRow
		query := j.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Where("contact_id IN (?)", bun.List(chunk)).
			Where("state = 'inside'").Order("contact_id", "automation_id", "entry")
		if err := j.locking(query).Scan(ctx); err != nil {
			return nil, fmt.Errorf("find journeys of %d people: %w", len(people), err)
		}
		all = append(all, rows...)
	}
	return journeysOf(all)
}

// DueJourney is a journey to be looked at, with its workspace.
type DueJourney struct {
	Workspace WorkspaceID
	automation.Journey
}

// Due is journeys of all workspaces whose moment to look again has come, longest ago first.
// In a transaction, another that asks at the same time is given others.
func (j Journeys) Due(ctx context.Context, now event.Millis, limit int) ([]DueJourney, error) {
	var rows []journeyRow
	query := j.read().NewSelect().Model(&rows).Where("state = 'inside'").Where("wake_at <= ?", now).Order("wake_at").Limit(int64(limit))
	if j.tx != nil && j.db.engine.name() != sqliteName {
		query = query.For("UPDATE SKIP LOCKED")
	}
	if err := query.Scan(ctx); err != nil {
		return nil, fmt.Errorf("find journeys that are due: %w", err)
	}
	list := make([]DueJourney, len(rows))
	for k, row := range rows {
		one, err := row.journey()
		if err != nil {
			return nil, err
		}
		list[k] = DueJourney{row.WorkspaceID, one}
	}
	return list, nil
}

// NextDue is when the next journey or trigger is to be looked at; 0 for never.
func (j Journeys) NextDue(ctx context.Context) (event.Millis, error) {
	var wake, look event.Millis
	err := j.read().NewRaw(`SELECT (SELECT COALESCE(MIN(wake_at), 0) FROM journeys WHERE state = 'inside'),
		(SELECT COALESCE(MIN(look_at), 0) FROM trigger_states WHERE look_at > 0)`).Scan(ctx, &wake, &look)
	if err != nil {
		return 0, fmt.Errorf("find what is due next: %w", err)
	}
	if wake == 0 || look > 0 && look < wake {
		wake = look
	}
	return wake, nil
}

// Rewind makes journeys due that came to their step later than a moment: the clock was
// ahead then, and their waits would last as long as it was wrong. It tells how many.
func (j Journeys) Rewind(ctx context.Context, later, now event.Millis) (n int64, err error) {
	err = j.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		n, err = affected(tx.NewUpdate().Model((*journeyRow)(nil)).Set("wake_at = ?", now).Where("state = 'inside'").Where("since > ?", later).Exec(ctx))
		if err != nil {
			return err
		}
		_, err = tx.NewUpdate().Model((*outboxRow)(nil)).Set("not_before = ?", now).Set("expires_at = CASE WHEN expires_at > 0 THEN expires_at - not_before + ? ELSE 0 END", now).
			Where("state = 'queued'").Where("updated_at > ?", later).Exec(ctx)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("rewind journeys: %w", err)
	}
	return n, nil
}

// TimesEntered is how often somebody came into an automation.
type TimesEntered struct {
	Times  int
	Inside bool
	Last   event.Millis
	Lately int // since the moment that was asked for
}

// Entered is how often people came into an automation, and how often of that since a moment;
// who never did is left out.
func (j Journeys) Entered(ctx context.Context, ws WorkspaceID, id string, people []contact.ID, since event.Millis) (map[contact.ID]TimesEntered, error) {
	found := map[contact.ID]TimesEntered{}
	for chunk := range slices.Chunk(people, atOnce) {
		var rows []struct {
			ContactID contact.ID   `bun:"contact_id"`
			Times     int          `bun:"times"`
			Inside    int          `bun:"inside"`
			Last      event.Millis `bun:"last"`
			Lately    int          `bun:"lately"`
		}
		err := j.read().NewSelect().Model((*journeyRow)(nil)).Column("contact_id").ColumnExpr("MAX(entry) AS times").
			ColumnExpr("SUM(CASE WHEN state = 'inside' THEN 1 ELSE 0 END) AS inside").ColumnExpr("MAX(entered_at) AS last").
			ColumnExpr("SUM(CASE WHEN entered_at >= ? THEN 1 ELSE 0 END) AS lately", since).
			Where("workspace_id = ?", ws).Where("automation_id = ?", id).Where("contact_id IN (?)", bun.List(chunk)).Group("contact_id").Scan(ctx, &rows)
		if err != nil {
			return nil, fmt.Errorf("count entries into %q: %w", id, err)
		}
		for _, row := range rows {
			found[row.ContactID] = TimesEntered{row.Times, row.Inside > 0, row.Last, row.Lately}
		}
	}
	return found, nil
}

// StepCount is how many people stand somewhere.
type StepCount struct {
	Version int              `bun:"version"`
	State   automation.State `bun:"state"`
	Step    string           `bun:"step"`
	People  int              `bun:"people"`
}

// Counts is how many stand where in an automation, by version, state and step.
func (j Journeys) Counts(ctx context.Context, ws WorkspaceID, id string) ([]StepCount, error) {
	var list []StepCount
	err := j.read().NewSelect().Model((*journeyRow)(nil)).Column("version", "state", "step").ColumnExpr("COUNT(*) AS people").
		Where("automation_id = ?", id).Where("workspace_id = ?", ws).Group("version", "state", "step").Order("version", "state", "step").Scan(ctx, &list)
	if err != nil {
		return nil, fmt.Errorf("count journeys through %q: %w", id, err)
	}
	return list, nil
}

// JourneyQuery narrows a list of journeys; empty fields do not.
type JourneyQuery struct {
	Automation string
	Contact    contact.ID
	State      automation.State
	Step       string
	Limit      int // 0: 1,000
}

// List is journeys, those who entered last first.
func (j Journeys) List(ctx context.Context, ws WorkspaceID, q JourneyQuery) ([]automation.Journey, error) {
	if q.Limit <= 0 {
		q.Limit = 1000
	}
	var rows []journeyRow
	query := j.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Order("entered_at DESC", "automation_id", "contact_id").Limit(int64(q.Limit))
	for _, narrow := range []struct{ column, value string }{
		{"automation_id", q.Automation}, {"contact_id", string(q.Contact)}, {"state", string(q.State)}, {"step", q.Step},
	} {
		if narrow.value != "" {
			query = query.Where("? = ?", bun.Ident(narrow.column), narrow.value)
		}
	}
	if err := query.Scan(ctx); err != nil {
		return nil, fmt.Errorf("list journeys of %q: %w", ws, err)
	}
	return journeysOf(rows)
}

// Forget erases somebody in the middle of whatever they are in: their journeys and what was
// known of triggers go, what is queued for them is cancelled.
func (j Journeys) Forget(ctx context.Context, ws WorkspaceID, who contact.ID) error {
	err := j.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		for _, model := range []any{(*journeyRow)(nil), (*triggerStateRow)(nil), (*touchedRow)(nil)} {
			if _, err := tx.NewDelete().Model(model).Where("workspace_id = ?", ws).Where("contact_id = ?", who).Exec(ctx); err != nil {
				return err
			}
		}
		box := Outbox{session{j.db, &tx}}
		if _, err := box.Cancel(ctx, ws, Cancelling{Contact: who, Reason: "erased"}); err != nil {
			return err
		}
		_, err := tx.NewUpdate().Model((*outboxRow)(nil)).Set("payload = ?", []byte("{}")).Set("contact_id = ''").
			Where("workspace_id = ?", ws).Where("contact_id = ?", who).Where("state <> 'sending'").Exec(ctx)
		return err
	})
	if err != nil {
		return fmt.Errorf("forget journeys of %q: %w", who, err)
	}
	return nil
}

// locking keeps the rows of a query as they are until the end of the transaction. On
// SQLite the transaction is the only one that writes.
func (s session) locking(query *bun.SelectQuery) *bun.SelectQuery {
	if s.tx == nil || s.db.engine.name() == sqliteName {
		return query
	}
	return query.For("UPDATE")
}
