package storetest

import (
	"context"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/share/agreement"
	"github.com/shirube/shirube/internal/store"
)

func testAgreements(t *testing.T, open Opener) {
	var clock Clock
	db := open(t, store.Options{Now: clock.Now})
	ctx := t.Context()
	ws, other := workspace(t, db, "a"), workspace(t, db, "b")
	tanaka := agreement.Person{ID: "u1", Name: "田中", Department: "マーケティング"}
	yamamoto := agreement.Person{ID: "u2", Name: "山本", Department: "経営"}
	day := april

	asked := must(db.Agreements.Ask(ctx, ws, store.AgreementRound{People: []agreement.Person{tanaka, yamamoto}, Note: "今期の目標", AnswerBy: &day, Author: tanaka}))(t)
	author := agreement.Person{ID: "u1", Name: "田中"} // who asked is kept by name; their department then is in no need
	same(t, asked, store.AgreementRound{Number: 1, People: []agreement.Person{tanaka, yamamoto}, Note: "今期の目標", AnswerBy: &day, Author: author, AskedAt: clock.Now()})
	same(t, must(db.Agreements.Ask(ctx, ws, store.AgreementRound{Author: tanaka}))(t).Number, 2)
	same(t, must(db.Agreements.Ask(ctx, other, store.AgreementRound{Author: tanaka}))(t).Number, 1)
	same(t, must(db.Agreements.Rounds(ctx, ws))(t)[0], asked)
	_, err := db.Agreements.Ask(ctx, "nowhere", store.AgreementRound{})
	wantErr(t, err, store.ErrNotFound{What: "workspace", Name: "nowhere"})

	said := agreement.Statement{By: yamamoto, Said: agreement.Said{Amount: "年100件", Deadline: "3月末"}, Round: 1, Version: 3, On: april, Blind: true}
	said.Number, said.Day = &agreement.Number{Value: 100, Unit: "件", Per: "year", Step: 1}, &day
	first := must(db.Agreements.State(ctx, ws, said))(t)
	same(t, first, store.AgreementStatement{ID: first.ID, Statement: said, SaidAt: clock.Now()})
	clock.Advance(time.Minute)
	said.Amount, said.Blind = "月8件", false
	again := must(db.Agreements.State(ctx, ws, said))(t)
	// Said anew, the first word stays.
	same(t, must(db.Agreements.Statements(ctx, ws))(t), []store.AgreementStatement{first, again})
	_, err = db.Agreements.State(ctx, "nowhere", said)
	wantErr(t, err, store.ErrNotFound{What: "workspace", Name: "nowhere"})

	g := agreement.Goal{Name: "応募", Unit: "件", Kind: goal.TargetTotal, Amount: 100, By: &day, Direction: goal.Up}
	wording := must(db.Agreements.Propose(ctx, ws, store.AgreementProposal{Version: 3, Goal: g, Wording: "100件にします。", People: []agreement.Person{tanaka}, Author: tanaka}))(t)
	same(t, wording, store.AgreementProposal{Number: 1, Version: 3, Goal: g, Wording: "100件にします。", People: []agreement.Person{tanaka}, Author: author, ProposedAt: clock.Now()})
	same(t, must(db.Agreements.Proposals(ctx, ws))(t), []store.AgreementProposal{wording})
	_, err = db.Agreements.Propose(ctx, "nowhere", store.AgreementProposal{})
	wantErr(t, err, store.ErrNotFound{What: "workspace", Name: "nowhere"})

	// Signed twice it is one signature; taken back it stays readable, and can be given again.
	signed := clock.Now()
	ok(t, db.Agreements.Sign(ctx, ws, 1, yamamoto))
	ok(t, db.Agreements.Sign(ctx, ws, 1, yamamoto))
	list := must(db.Agreements.Signatures(ctx, ws))(t)
	same(t, list, []store.AgreementSignature{{ID: list[0].ID, Proposal: 1, By: yamamoto, SignedAt: signed}})
	clock.Advance(time.Minute)
	ok(t, db.Agreements.Withdraw(ctx, ws, 1, "u2", "数が違いました"))
	wantErr(t, db.Agreements.Withdraw(ctx, ws, 1, "u2", ""), store.ErrNotFound{What: "signature", Name: "1"})
	list[0].WithdrawnAt, list[0].Why = clock.Now(), "数が違いました"
	same(t, must(db.Agreements.Signatures(ctx, ws))(t), list)
	clock.Advance(time.Minute)
	ok(t, db.Agreements.Sign(ctx, ws, 1, yamamoto))
	same(t, len(must(db.Agreements.Signatures(ctx, ws))(t)), 2)
	wantErr(t, db.Agreements.Sign(ctx, ws, 9, yamamoto), store.ErrNotFound{What: "wording", Name: "9"})
	wantErr(t, db.Agreements.Sign(ctx, other, 1, yamamoto), store.ErrNotFound{What: "wording", Name: "1"})
	same(t, len(must(db.Agreements.Signatures(ctx, other))(t)), 0)
}

// agreed is all that a workspace said and signed.
type agreed struct {
	Rounds     []store.AgreementRound
	Statements []store.AgreementStatement
	Proposals  []store.AgreementProposal
	Signatures []store.AgreementSignature
}

func dumpAgreements(t testing.TB, from store.Repositories, ws store.WorkspaceID) agreed {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	return agreed{
		Rounds: must(from.Agreements.Rounds(ctx, ws))(t), Statements: must(from.Agreements.Statements(ctx, ws))(t),
		Proposals: must(from.Agreements.Proposals(ctx, ws))(t), Signatures: must(from.Agreements.Signatures(ctx, ws))(t),
	}
}

// fillAgreements has somebody say and sign a goal.
func fillAgreements(t testing.TB, db *store.DB, ws store.WorkspaceID) {
	t.Helper()
	who := agreement.Person{ID: "of " + string(ws), Name: "n"}
	must(db.Agreements.Ask(t.Context(), ws, store.AgreementRound{People: []agreement.Person{who}, Author: who}))(t)
	must(db.Agreements.State(t.Context(), ws, agreement.Statement{By: who, Said: agreement.Said{Amount: "1"}}))(t)
	must(db.Agreements.Propose(t.Context(), ws, store.AgreementProposal{Version: 1, Wording: "of " + string(ws), Author: who}))(t)
	ok(t, db.Agreements.Sign(t.Context(), ws, 1, who))
}

// isolationOfAgreements is how one workspace tries to reach what another said and signed.
func isolationOfAgreements(db *store.DB, ours, theirs store.WorkspaceID) map[string]func(t *testing.T) {
	who := agreement.Person{ID: "of " + string(theirs), Name: "n"}
	return map[string]func(t *testing.T){
		"Agreements.Ask": func(t *testing.T) { must(db.Agreements.Ask(t.Context(), ours, store.AgreementRound{}))(t) },
		"Agreements.State": func(t *testing.T) {
			must(db.Agreements.State(t.Context(), ours, agreement.Statement{By: who}))(t)
		},
		"Agreements.Propose": func(t *testing.T) {
			must(db.Agreements.Propose(t.Context(), ours, store.AgreementProposal{Wording: "ours"}))(t)
		},
		"Agreements.Sign": func(t *testing.T) {
			// Their second wording is none of ours.
			wantErr(t, db.Agreements.Sign(t.Context(), ours, 99, who), store.ErrNotFound{What: "wording", Name: "99"})
		},
		"Agreements.Withdraw": func(t *testing.T) {
			wantErr(t, db.Agreements.Withdraw(t.Context(), ours, 1, who.ID, ""), store.ErrNotFound{What: "signature", Name: "1"})
		},
		"Agreements.Rounds": func(t *testing.T) {
			for _, one := range must(db.Agreements.Rounds(t.Context(), ours))(t) {
				if len(one.People) > 0 {
					t.Error("a round of another workspace")
				}
			}
		},
		"Agreements.Statements": func(t *testing.T) {
			for _, one := range must(db.Agreements.Statements(t.Context(), ours))(t) {
				if one.Amount != "" {
					t.Error("a statement of another workspace")
				}
			}
		},
		"Agreements.Proposals": func(t *testing.T) {
			for _, one := range must(db.Agreements.Proposals(t.Context(), ours))(t) {
				if one.Wording != "ours" {
					t.Error("a wording of another workspace")
				}
			}
		},
		"Agreements.Signatures": func(t *testing.T) { same(t, len(must(db.Agreements.Signatures(t.Context(), ours))(t)), 0) },
	}
}
