package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"
)

// Automation is one automation as it stands, without its steps.
type Automation struct {
	ID        string
	Name      string
	KPI       string // the indicator it serves
	Version   int    // the newest
	Live      int    // the version people enter by; 0: switched off
	LiveSince time.Time
	Author    string
	CreatedAt time.Time
	UpdatedAt time.Time
}

// AutomationVersion is one version of an automation.
type AutomationVersion struct {
	Automation string
	Version    int
	Body       []byte // JSON, as automation.Write makes it
	Author     string
	CreatedAt  time.Time
}

// NewAutomation is what an automation, or a version of one, is made of.
type NewAutomation struct {
	Name, KPI string
	Body      []byte
	Author    string
}

// Automations is the repository of automations and their versions. A version is never
// changed: those who entered by it finish on it.
type Automations struct{ session }

// maxAutomationBytes bounds one version.
const maxAutomationBytes = 256 << 10

type automationRow struct {
	bun.BaseModel `bun:"table:automations"`

	ID          string      `bun:"id,pk"`
	WorkspaceID WorkspaceID `bun:"workspace_id"`
	Name        string      `bun:"name"`
	KPI         string      `bun:"kpi"`
	Version     int         `bun:"version"`
	LiveVersion int         `bun:"live_version"`
	LiveSince   millis      `bun:"live_since"`
	Author      string      `bun:"author"`
	CreatedAt   millis      `bun:"created_at"`
	UpdatedAt   millis      `bun:"updated_at"`
}

func (r automationRow) automation() Automation {
	a := Automation{
		ID: r.ID, Name: r.Name, KPI: r.KPI, Version: r.Version, Live: r.LiveVersion, Author: r.Author,
		CreatedAt: r.CreatedAt.Time(), UpdatedAt: r.UpdatedAt.Time(),
	}
	if r.LiveVersion > 0 {
		a.LiveSince = r.LiveSince.Time()
	}
	return a
}

type automationVersionRow struct {
	bun.BaseModel `bun:"table:automation_versions"`

	AutomationID string `bun:"automation_id,pk"`
	Version      int    `bun:"version,pk"`
	Body         string `bun:"body"`
	Author       string `bun:"author"`
	CreatedAt    millis `bun:"created_at"`
}

func (r automationVersionRow) version() AutomationVersion {
	return AutomationVersion{Automation: r.AutomationID, Version: r.Version, Body: []byte(r.Body), Author: r.Author, CreatedAt: r.CreatedAt.Time()}
}

func checkAutomation(new NewAutomation) error {
	for what, text := range map[string]string{"name": new.Name, "KPI": new.KPI, "author": new.Author} {
		if err := checkText(what, text, maxNameBytes); err != nil {
			return err
		}
	}
	return checkText("definition", string(new.Body), maxAutomationBytes)
}

// Create keeps a new automation, switched off. ErrNotFound without the workspace.
func (a Automations) Create(ctx context.Context, ws WorkspaceID, new NewAutomation) (Automation, error) {
	if err := checkAutomation(new); err != nil {
		return Automation{}, err
	}
	id, err := a.db.env.newID()
	if err != nil {
		return Automation{}, fmt.Errorf("create automation %q: %w", new.Name, err)
	}
	now := a.db.env.time()
	row := automationRow{ID: id, WorkspaceID: ws, Name: new.Name, KPI: new.KPI, Version: 1, Author: new.Author, CreatedAt: now, UpdatedAt: now}
	version := automationVersionRow{AutomationID: id, Version: 1, Body: string(new.Body), Author: new.Author, CreatedAt: now}
	err = a.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := a.touch(ctx, tx, ws, changesRest); err != nil {
			return err
		}
		if _, err := tx.NewInsert().Model(&row).Exec(ctx); err != nil {
			return err
		}
		_, err := tx.NewInsert().Model(&version).Exec(ctx)
		return err
	})
	if err != nil {
		return Automation{}, fmt.Errorf("create automation %q: %w", new.Name, err)
	}
	return row.automation(), nil
}

// Save adds a version to an automation that is based on its version base. What is switched
// on goes on with the version it was switched on with. ErrNotFound; ErrConflict.
func (a Automations) Save(ctx context.Context, ws WorkspaceID, id string, base int, new NewAutomation) (Automation, error) {
	if err := checkAutomation(new); err != nil {
		return Automation{}, err
	}
	var row automationRow
	err := a.write(ctx, func(ctx context.Context, tx bun.Tx) (err error) {
		if row, err = a.locked(ctx, tx, ws, id); err != nil {
			return err
		}
		if row.Version != base {
			return ErrConflict{Base: base, Newest: row.Version}
		}
		row.Name, row.KPI, row.Version, row.UpdatedAt = new.Name, new.KPI, base+1, a.db.env.time()
		if _, err := tx.NewUpdate().Model(&row).Column("name", "kpi", "version", "updated_at").WherePK().Exec(ctx); err != nil {
			return err
		}
		version := automationVersionRow{AutomationID: id, Version: row.Version, Body: string(new.Body), Author: new.Author, CreatedAt: row.UpdatedAt}
		_, err = tx.NewInsert().Model(&version).Exec(ctx)
		return err
	})
	if err != nil {
		return Automation{}, fmt.Errorf("save automation %q: %w", id, err)
	}
	return row.automation(), nil
}

// Switch lets people in by a version, or by none for 0. Those inside go on. ErrNotFound
// without the automation or the version.
func (a Automations) Switch(ctx context.Context, ws WorkspaceID, id string, version int) (Automation, error) {
	var row automationRow
	err := a.write(ctx, func(ctx context.Context, tx bun.Tx) (err error) {
		if row, err = a.locked(ctx, tx, ws, id); err != nil {
			return err
		}
		if version < 0 || version > row.Version {
			return ErrNotFound{"version", fmt.Sprint(version)}
		}
		now := a.db.env.time()
		if row.LiveVersion == 0 {
			row.LiveSince = now
		}
		row.LiveVersion, row.UpdatedAt = version, now
		if _, err := tx.NewUpdate().Model(&row).Column("live_version", "live_since", "updated_at").WherePK().Exec(ctx); err != nil {
			return err
		}
		if version == 0 {
			// Whose condition held while nobody looked has to be looked at anew.
			if _, err := tx.NewDelete().Model((*triggerStateRow)(nil)).Where("automation_id = ?", id).Exec(ctx); err != nil {
				return err
			}
		}
		return rulesChanged(ctx, tx)
	})
	if err != nil {
		return Automation{}, fmt.Errorf("switch automation %q: %w", id, err)
	}
	return row.automation(), nil
}

// Delete forgets an automation with its journeys; what is queued is cancelled. ErrNotFound.
func (a Automations) Delete(ctx context.Context, ws WorkspaceID, id, cause string) error {
	err := a.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if _, err := a.locked(ctx, tx, ws, id); err != nil {
			return err
		}
		if _, err := (Outbox{session{a.db, &tx}}).Cancel(ctx, ws, Cancelling{Cause: cause, Reason: "deleted"}); err != nil {
			return err
		}
		if _, err := tx.NewDelete().Model((*automationRow)(nil)).Where("id = ?", id).Exec(ctx); err != nil {
			return err
		}
		return rulesChanged(ctx, tx)
	})
	if err != nil {
		return fmt.Errorf("delete automation %q: %w", id, err)
	}
	return nil
}

// locked finds an automation for a change of it.
func (a Automations) locked(ctx context.Context, tx bun.Tx, ws WorkspaceID, id string) (automationRow, error) {
	if err := a.touch(ctx, tx, ws, changesRest); err != nil {
		return automationRow{}, err
	}
	var rows []automationRow
	if err := tx.NewSelect().Model(&rows).Where("workspace_id = ?", ws).Where("id = ?", id).Scan(ctx); err != nil {
		return automationRow{}, err
	}
	if len(rows) == 0 {
		return automationRow{}, ErrNotFound{"automation", id}
	}
	return rows[0], nil
}

// List is every automation, oldest first.
func (a Automations) List(ctx context.Context, ws WorkspaceID) ([]Automation, error) {
	var rows []automationRow
	if err := a.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Order("created_at", "id").Scan(ctx); err != nil {
		return nil, fmt.Errorf("list automations of %q: %w", ws, err)
	}
	list := make([]Automation, len(rows))
	for k, row := range rows {
		list[k] = row.automation()
	}
	return list, nil
}

// Get is one automation. ErrNotFound.
func (a Automations) Get(ctx context.Context, ws WorkspaceID, id string) (Automation, error) {
	var rows []automationRow
	if err := a.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Where("id = ?", id).Scan(ctx); err != nil {
		return Automation{}, fmt.Errorf("read automation %q: %w", id, err)
	}
	if len(rows) == 0 {
		return Automation{}, ErrNotFound{"automation", id}
	}
	return rows[0].automation(), nil
}

// Versions is every version of an automation, newest first. ErrNotFound.
func (a Automations) Versions(ctx context.Context, ws WorkspaceID, id string) ([]AutomationVersion, error) {
	if _, err := a.Get(ctx, ws, id); err != nil {
		return nil, err
	}
	var rows []automationVersionRow
	if err := a.read().NewSelect().Model(&rows).Where("automation_id = ?", id).Order("version DESC").Scan(ctx); err != nil {
		return nil, fmt.Errorf("list versions of automation %q: %w", id, err)
	}
	list := make([]AutomationVersion, len(rows))
	for k, row := range rows {
		list[k] = row.version()
	}
	return list, nil
}

// Version is one version of an automation. ErrNotFound.
func (a Automations) Version(ctx context.Context, ws WorkspaceID, id string, version int) (AutomationVersion, error) {
	if _, err := a.Get(ctx, ws, id); err != nil {
		return AutomationVersion{}, err
	}
	var rows []automationVersionRow
	if err := a.read().NewSelect().Model(&rows).Where("automation_id = ?", id).Where("version = ?", version).Scan(ctx); err != nil {
		return AutomationVersion{}, fmt.Errorf("read version %d of automation %q: %w", version, id, err)
	}
	if len(rows) == 0 {
		return AutomationVersion{}, ErrNotFound{"version", fmt.Sprint(version)}
	}
	return rows[0].version(), nil
}

// ActingVersion is a version that somebody may enter by or is still inside of.
type ActingVersion struct {
	AutomationVersion
	Workspace WorkspaceID
	Live      bool // people enter by it
}

// Acting is every version that acts, of all workspaces: the live ones, and those that
// somebody is still inside of.
func (a Automations) Acting(ctx context.Context) ([]ActingVersion, error) {
	var rows []struct {
		automationVersionRow `bun:",extend"`
		WorkspaceID          WorkspaceID `bun:"workspace_id"`
		LiveVersion          int         `bun:"live_version"`
	}
	err := a.read().NewRaw(`SELECT v.*, a.workspace_id, a.live_version FROM automation_versions v
		JOIN automations a ON a.id = v.automation_id
		WHERE v.version = a.live_version OR EXISTS (SELECT 1 FROM journeys j
			WHERE j.automation_id = a.id AND j.state = 'inside' AND j.version = v.version)
		ORDER BY v.automation_id, v.version`).Scan(ctx, &rows)
	if err != nil {
		return nil, fmt.Errorf("read what acts: %w", err)
	}
	list := make([]ActingVersion, len(rows))
	for k, row := range rows {
		list[k] = ActingVersion{AutomationVersion: row.version(), Workspace: row.WorkspaceID, Live: row.Version == row.LiveVersion}
	}
	return list, nil
}

// Changes counts up whenever a rule that acts may have changed.
func (a Automations) Changes(ctx context.Context) (n int64, err error) {
	if err := a.read().NewRaw("SELECT n FROM act_changes WHERE id = 1").Scan(ctx, &n); err != nil {
		return 0, fmt.Errorf("ask for changes of rules: %w", err)
	}
	return n, nil
}

type actSecretRow struct {
	bun.BaseModel `bun:"table:act_secret"`

	ID     int    `bun:"id,pk"`
	Secret []byte `bun:"secret"`
}

// SigningKey is the state's own secret, from which what is told to other programs is signed;
// it is drawn when it is first asked for.
func (a Automations) SigningKey(ctx context.Context) ([]byte, error) {
	var row actSecretRow
	err := a.read().NewSelect().Model(&row).Where("id = 1").Scan(ctx)
	if err == nil {
		return row.Secret, nil
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("read the signing key: %w", err)
	}
	fresh, err := a.db.env.randomBytes(32)
	if err != nil {
		return nil, fmt.Errorf("draw a signing key: %w", err)
	}
	err = a.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if _, err := tx.NewInsert().Model(&actSecretRow{ID: 1, Secret: fresh}).On("CONFLICT (id) DO NOTHING").Exec(ctx); err != nil {
			return err
		}
		return tx.NewSelect().Model(&row).Where("id = 1").Scan(ctx)
	})
	if err != nil {
		return nil, fmt.Errorf("keep the signing key: %w", err)
	}
	return row.Secret, nil
}

// RulesChanged tells whoever keeps the rules that act in memory to read them anew: for
// rules that other rooms keep.
func (a Automations) RulesChanged(ctx context.Context) error {
	return a.write(ctx, func(ctx context.Context, tx bun.Tx) error { return rulesChanged(ctx, tx) })
}

func rulesChanged(ctx context.Context, tx bun.Tx) error {
	if _, err := tx.ExecContext(ctx, "UPDATE act_changes SET n = n + 1 WHERE id = 1"); err != nil {
		return fmt.Errorf("note a change of rules: %w", err)
	}
	return nil
}
