package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/share/agreement"
)

// AgreementRound is one asking of people what the goal is.
type AgreementRound struct {
	Number   int                `json:"-"` // from 1; given by the store
	People   []agreement.Person `json:"people"`
	Note     string             `json:"note,omitempty"`
	AnswerBy *series.Day        `json:"answer_by,omitempty"`
	Author   agreement.Person   `json:"-"`
	AskedAt  time.Time          `json:"-"`
}

// AgreementStatement is what somebody said the goal is.
type AgreementStatement struct {
	ID string
	agreement.Statement
	SaidAt time.Time
}

// AgreementProposal is a wording to be signed.
type AgreementProposal struct {
	Number     int                `json:"-"` // from 1; given by the store
	Version    int                `json:"-"` // of the model
	Goal       agreement.Goal     `json:"goal"`
	Wording    string             `json:"wording"`
	People     []agreement.Person `json:"people"` // who is asked to sign
	Author     agreement.Person   `json:"-"`
	ProposedAt time.Time          `json:"-"`
}

// AgreementSignature is one person's yes to a wording.
type AgreementSignature struct {
	ID          string
	Proposal    int
	By          agreement.Person
	SignedAt    time.Time
	WithdrawnAt time.Time // zero while it stands
	Why         string
}

// Agreements is the repository of what a team says and signs about its goal. Nothing in
// it is rewritten: a year later one can read who said what, and when.
type Agreements struct{ session }

type agreementRoundRow struct {
	bun.BaseModel `bun:"table:agreement_rounds"`

	WorkspaceID WorkspaceID `bun:"workspace_id,pk"`
	Number      int         `bun:"number,pk"`
	Body        string      `bun:"body"`
	AuthorID    string      `bun:"author_id"`
	Author      string      `bun:"author"`
	AskedAt     millis      `bun:"asked_at"`
}

type agreementStatementRow struct {
	bun.BaseModel `bun:"table:agreement_statements"`

	ID          string      `bun:"id,pk"`
	WorkspaceID WorkspaceID `bun:"workspace_id"`
	Round       int         `bun:"round"`
	Person      string      `bun:"person"`
	Body        string      `bun:"body"`
	SaidAt      millis      `bun:"said_at"`
}

type agreementProposalRow struct {
	bun.BaseModel `bun:"table:agreement_proposals"`

	WorkspaceID WorkspaceID `bun:"workspace_id,pk"`
	Number      int         `bun:"number,pk"`
	Version     int         `bun:"version"`
	Body        string      `bun:"body"`
	AuthorID    string      `bun:"author_id"`
	Author      string      `bun:"author"`
	ProposedAt  millis      `bun:"proposed_at"`
}

type agreementSignatureRow struct {
	bun.BaseModel `bun:"table:agreement_signatures"`

	ID          string      `bun:"id,pk"`
	WorkspaceID WorkspaceID `bun:"workspace_id"`
	Proposal    int         `bun:"proposal"`
	Person      string      `bun:"person"`
	Name        string      `bun:"name"`
	Department  string      `bun:"department"`
	SignedAt    millis      `bun:"signed_at"`
	WithdrawnAt *millis     `bun:"withdrawn_at"`
	Why         string      `bun:"why"`
}

// Ask keeps a new round. ErrNotFound without the workspace; ErrTooLong.
func (a Agreements) Ask(ctx context.Context, ws WorkspaceID, new AgreementRound) (AgreementRound, error) {
	body, err := agreementBody("round", new)
	if err != nil {
		return AgreementRound{}, err
	}
	row := agreementRoundRow{WorkspaceID: ws, Body: body, AuthorID: new.Author.ID, Author: new.Author.Name, AskedAt: a.db.env.time()}
	err = a.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := a.touch(ctx, tx, ws, changesRest); err != nil {
			return err
		}
		err := tx.NewSelect().Model((*agreementRoundRow)(nil)).ColumnExpr("COALESCE(MAX(number), 0) + 1").Where("workspace_id = ?", ws).Scan(ctx, &row.Number)
		if err != nil {
			return err
		}
		_, err = tx.NewInsert().Model(&row).Exec(ctx)
		return err
	})
	if err != nil {
		return AgreementRound{}, fmt.Errorf("ask for the goal of %q: %w", ws, err)
	}
	return row.round()
}

func (r agreementRoundRow) round() (AgreementRound, error) {
	one := AgreementRound{}
	if err := json.Unmarshal([]byte(r.Body), &one); err != nil {
		return one, fmt.Errorf("read round %d of %q: %w", r.Number, r.WorkspaceID, err)
	}
	one.Number, one.Author, one.AskedAt = r.Number, agreement.Person{ID: r.AuthorID, Name: r.Author}, r.AskedAt.Time()
	return one, nil
}

// Rounds is every round, the first first.
func (a Agreements) Rounds(ctx context.Context, ws WorkspaceID) ([]AgreementRound, error) {
	var rows []agreementRoundRow
	if err := a.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Order("number").Scan(ctx); err != nil {
		return nil, fmt.Errorf("list rounds of %q: %w", ws, err)
	}
	return readRows(rows, agreementRoundRow.round)
}

// State keeps what somebody said. ErrNotFound without the workspace; ErrTooLong.
func (a Agreements) State(ctx context.Context, ws WorkspaceID, said agreement.Statement) (AgreementStatement, error) {
	body, err := agreementBody("statement", said)
	if err != nil {
		return AgreementStatement{}, err
	}
	id, err := a.db.env.newID()
	if err != nil {
		return AgreementStatement{}, fmt.Errorf("keep a statement: %w", err)
	}
	row := agreementStatementRow{ID: id, WorkspaceID: ws, Round: said.Round, Person: said.By.ID, Body: body, SaidAt: a.db.env.time()}
	err = a.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := a.touch(ctx, tx, ws, changesRest); err != nil {
			return err
		}
		_, err := tx.NewInsert().Model(&row).Exec(ctx)
		return err
	})
	if err != nil {
		return AgreementStatement{}, fmt.Errorf("keep a statement of %q: %w", ws, err)
	}
	return row.statement()
}

func (r agreementStatementRow) statement() (AgreementStatement, error) {
	one := AgreementStatement{ID: r.ID, SaidAt: r.SaidAt.Time()}
	if err := json.Unmarshal([]byte(r.Body), &one.Statement); err != nil {
		return one, fmt.Errorf("read statement %q: %w", r.ID, err)
	}
	return one, nil
}

// Statements is everything that was said, the first first.
func (a Agreements) Statements(ctx context.Context, ws WorkspaceID) ([]AgreementStatement, error) {
	var rows []agreementStatementRow
	if err := a.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Order("said_at", "round", "id").Scan(ctx); err != nil {
		return nil, fmt.Errorf("list statements of %q: %w", ws, err)
	}
	return readRows(rows, agreementStatementRow.statement)
}

// Propose keeps a wording to be signed. ErrNotFound without the workspace; ErrTooLong.
func (a Agreements) Propose(ctx context.Context, ws WorkspaceID, new AgreementProposal) (AgreementProposal, error) {
	body, err := agreementBody("proposal", new)
	if err != nil {
		return AgreementProposal{}, err
	}
	row := agreementProposalRow{WorkspaceID: ws, Version: new.Version, Body: body, AuthorID: new.Author.ID, Author: new.Author.Name, ProposedAt: a.db.env.time()}
	err = a.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := a.touch(ctx, tx, ws, changesRest); err != nil {
			return err
		}
		err := tx.NewSelect().Model((*agreementProposalRow)(nil)).ColumnExpr("COALESCE(MAX(number), 0) + 1").Where("workspace_id = ?", ws).Scan(ctx, &row.Number)
		if err != nil {
			return err
		}
		_, err = tx.NewInsert().Model(&row).Exec(ctx)
		return err
	})
	if err != nil {
		return AgreementProposal{}, fmt.Errorf("propose a wording to %q: %w", ws, err)
	}
	return row.proposal()
}

func (r agreementProposalRow) proposal() (AgreementProposal, error) {
	one := AgreementProposal{}
	if err := json.Unmarshal([]byte(r.Body), &one); err != nil {
		return one, fmt.Errorf("read wording %d of %q: %w", r.Number, r.WorkspaceID, err)
	}
	one.Number, one.Version = r.Number, r.Version
	one.Author, one.ProposedAt = agreement.Person{ID: r.AuthorID, Name: r.Author}, r.ProposedAt.Time()
	return one, nil
}

// Proposals is every wording, the first first.
func (a Agreements) Proposals(ctx context.Context, ws WorkspaceID) ([]AgreementProposal, error) {
	var rows []agreementProposalRow
	if err := a.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Order("number").Scan(ctx); err != nil {
		return nil, fmt.Errorf("list wordings of %q: %w", ws, err)
	}
	return readRows(rows, agreementProposalRow.proposal)
}

// Sign keeps a person's yes to a wording; one that stands already is left as it is.
// ErrNotFound without the wording.
func (a Agreements) Sign(ctx context.Context, ws WorkspaceID, proposal int, by agreement.Person) error {
	id, err := a.db.env.newID()
	if err != nil {
		return fmt.Errorf("sign wording %d: %w", proposal, err)
	}
	for what, text := range map[string]string{"name": by.Name, "department": by.Department} {
		if err := checkText(what, text, maxNameBytes); err != nil {
			return err
		}
	}
	row := agreementSignatureRow{ID: id, WorkspaceID: ws, Proposal: proposal, Person: by.ID, Name: by.Name, Department: by.Department, SignedAt: a.db.env.time()}
	err = a.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := a.touch(ctx, tx, ws, changesRest); err != nil {
			return err
		}
		there, err := tx.NewSelect().Model((*agreementProposalRow)(nil)).Where("workspace_id = ?", ws).Where("number = ?", proposal).Exists(ctx)
		if err != nil {
			return err
		}
		if !there {
			return ErrNotFound{"wording", fmt.Sprint(proposal)}
		}
		_, err = tx.NewInsert().Model(&row).On("CONFLICT (workspace_id, proposal, person) WHERE withdrawn_at IS NULL DO NOTHING").Exec(ctx)
		return err
	})
	if err != nil {
		return fmt.Errorf("sign wording %d of %q: %w", proposal, ws, err)
	}
	return nil
}

// Withdraw takes a person's yes back, with the reason. ErrNotFound where they have none
// that stands.
func (a Agreements) Withdraw(ctx context.Context, ws WorkspaceID, proposal int, person, why string) error {
	if err := checkText("reason", why, maxNameBytes*4); err != nil {
		return err
	}
	err := a.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := a.touch(ctx, tx, ws, changesRest); err != nil {
			return err
		}
		n, err := affected(tx.NewUpdate().Model((*agreementSignatureRow)(nil)).
			Set("withdrawn_at = ?", a.db.env.time()).Set("why = ?", why).
			Where("workspace_id = ?", ws).Where("proposal = ?", proposal).Where("person = ?", person).Where("withdrawn_at IS NULL").Exec(ctx))
		if err == nil && n == 0 {
			return ErrNotFound{"signature", fmt.Sprint(proposal)}
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("take back a signature of %q: %w", ws, err)
	}
	return nil
}

// Signatures is every signature, the first first, those taken back among them.
func (a Agreements) Signatures(ctx context.Context, ws WorkspaceID) ([]AgreementSignature, error) {
	var rows []agreementSignatureRow
	if err := a.read().NewSelect().Model(&rows).Where("workspace_id = ?", ws).Order("signed_at", "id").Scan(ctx); err != nil {
		return nil, fmt.Errorf("list signatures of %q: %w", ws, err)
	}
	list := make([]AgreementSignature, len(rows))
	for i, r := range rows {
		list[i] = AgreementSignature{ID: r.ID, Proposal: r.Proposal, By: agreement.Person{ID: r.Person, Name: r.Name, Department: r.Department},
			SignedAt: r.SignedAt.Time(), WithdrawnAt: r.WithdrawnAt.optionalTime(), Why: r.Why}
	}
	return list, nil
}

func agreementBody(what string, value any) (string, error) {
	text, err := json.Marshal(value)
	if err != nil {
		return "", fmt.Errorf("write %s: %w", what, err)
	}
	return string(text), checkText(what, string(text), maxDocumentBytes)
}
