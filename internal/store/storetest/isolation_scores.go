package storetest

import (
	"testing"

	"github.com/shirube/shirube/internal/act/score"
	"github.com/shirube/shirube/internal/store"
)

// scoring is what a workspace has of points.
type scoring struct {
	Cards  []store.ScoreCard
	Scores []store.Scored
	Leads  []store.Lead
	Given  map[string][]score.Given
}

func dumpScoring(t testing.TB, from store.Repositories, ws store.WorkspaceID) scoring {
	ctx := t.Context()
	s := scoring{Cards: must(from.ScoreCards.List(ctx, ws))(t), Leads: must(from.Leads.List(ctx, ws, store.LeadQuery{}))(t)}
	for _, card := range s.Cards {
		s.Scores = append(s.Scores, must(from.Scores.Top(ctx, ws, card.ID, 100))(t)...)
		s.Given = must(from.Scores.Given(ctx, ws, card.ID, nil))(t)
	}
	return s
}

// scored is a workspace's card and its one lead.
type scored struct {
	ws   store.WorkspaceID
	card store.ScoreCardID
	lead store.LeadID
}

func fillScores(t testing.TB, db *store.DB, ws store.WorkspaceID) scored {
	t.Helper()
	ctx := t.Context()
	out := scored{ws: ws, card: must(db.ScoreCards.Create(ctx, ws, store.NewScoreCard{Name: "of " + string(ws), Body: []byte(`{}`)}))(t).ID}
	ok(t, db.Scores.Put(ctx, ws, []store.Scored{{Card: out.card, Subject: "c:1", Version: 1, Points: 5, Next: 3}}))
	ok(t, db.Scores.Give(ctx, ws, []store.GivenPoints{{Card: out.card, Subject: "c:1", Key: "k0", Given: score.Given{Points: 7}}}))
	lead, _, err := db.Leads.Open(ctx, ws, store.Lead{Card: out.card, Subject: "c:1", HotAt: 4, Why: []byte(`[]`)}, 0)
	ok(t, err)
	out.lead = lead.ID
	return out
}

// isolationOfScores is how one workspace tries to reach the points of another.
func isolationOfScores(db *store.DB, ours store.WorkspaceID, their scored) map[string]func(t *testing.T) {
	noCard := store.ErrNotFound{What: "score card", Name: string(their.card)}
	noLead := store.ErrNotFound{What: "lead", Name: string(their.lead)}
	return map[string]func(t *testing.T){
		"Scores.Give": func(t *testing.T) {
			ok(t, db.Scores.Give(t.Context(), ours, []store.GivenPoints{{Card: their.card, Subject: "c:1", Key: "k", Given: score.Given{Points: 9}}}))
		},
		"Scores.Given": func(t *testing.T) {
			same(t, len(must(db.Scores.Given(t.Context(), ours, their.card, nil))(t)), 0)
		},
		"Scores.Merge":     func(t *testing.T) { ok(t, db.Scores.Merge(t.Context(), ours, "c:1", "c:2")) },
		"Scores.LookAgain": func(t *testing.T) { ok(t, db.Scores.LookAgain(t.Context(), ours, []string{string(their.card)}, 1)) },
		"ScoreCards.Create": func(t *testing.T) {
			must(db.ScoreCards.Create(t.Context(), ours, store.NewScoreCard{Name: "ours", Body: []byte(`{}`)}))(t)
		},
		"ScoreCards.Update": func(t *testing.T) {
			_, err := db.ScoreCards.Update(t.Context(), ours, their.card, 1, store.NewScoreCard{Name: "ours"})
			wantErr(t, err, noCard)
		},
		"ScoreCards.Get": func(t *testing.T) {
			_, err := db.ScoreCards.Get(t.Context(), ours, their.card)
			wantErr(t, err, noCard)
		},
		"ScoreCards.Version": func(t *testing.T) {
			_, err := db.ScoreCards.Version(t.Context(), ours, their.card, 1)
			wantErr(t, err, noCard)
		},
		"ScoreCards.List": func(t *testing.T) {
			for _, c := range must(db.ScoreCards.List(t.Context(), ours))(t) {
				same(t, c.Workspace, ours)
			}
		},
		"ScoreCards.Delete": func(t *testing.T) { wantErr(t, db.ScoreCards.Delete(t.Context(), ours, their.card), noCard) },
		"ScoreCards.Versions": func(t *testing.T) {
			_, err := db.ScoreCards.Versions(t.Context(), ours, their.card)
			wantErr(t, err, noCard)
		},
		"ScoreCards.NoteScored": func(t *testing.T) { wantErr(t, db.ScoreCards.NoteScored(t.Context(), ours, their.card, 9), noCard) },
		// Of all workspaces, by intent: whoever works them out does so for each.
		"ScoreCards.Unscored": nil,
		"Scores.Refill": func(t *testing.T) {
			wantErr(t, db.Scores.Refill(t.Context(), ours, []store.Scored{{Card: their.card, Subject: "c:1", Points: 9}}), noCard)
		},
		"Scores.Outdated": func(t *testing.T) {
			gone, err := db.Scores.Outdated(t.Context(), ours, their.card, 99)
			if ok(t, err); len(gone) > 0 {
				t.Errorf("%d of theirs", len(gone))
			}
		},
		"Scores.Put": func(t *testing.T) {
			wantErr(t, db.Scores.Put(t.Context(), ours, []store.Scored{{Card: their.card, Subject: "c:1", Points: 9}}), noCard)
		},
		"Scores.Of": func(t *testing.T) {
			same(t, len(must(db.Scores.Of(t.Context(), ours, their.card, []string{"c:1"}))(t)), 0)
		},
		"Scores.Top":   func(t *testing.T) { same(t, len(must(db.Scores.Top(t.Context(), ours, their.card, 9))(t)), 0) },
		"Scores.Bands": func(t *testing.T) { same(t, len(must(db.Scores.Bands(t.Context(), ours, their.card))(t)), 0) },
		// Of all workspaces, by intent: each tells its own.
		"Scores.Due": nil, "Scores.Rest": nil,
		"Scores.Erase": func(t *testing.T) { ok(t, db.Scores.Erase(t.Context(), ours, "c:1")) },
		"Scores.History": func(t *testing.T) {
			for _, row := range collect(t, db.Scores.History(t.Context(), ours, nil)) {
				same(t, row.Subject, "")
			}
		},
		"Leads.Open": func(t *testing.T) {
			_, _, err := db.Leads.Open(t.Context(), ours, store.Lead{Card: their.card, Subject: "c:1", HotAt: 99}, 99)
			wantErr(t, err, noCard)
		},
		"Leads.List": func(t *testing.T) { same(t, len(must(db.Leads.List(t.Context(), ours, store.LeadQuery{}))(t)), 0) },
		"Leads.Get": func(t *testing.T) {
			_, err := db.Leads.Get(t.Context(), ours, their.lead)
			wantErr(t, err, noLead)
		},
		"Leads.Say": func(t *testing.T) {
			_, err := db.Leads.Say(t.Context(), ours, their.lead, store.LeadVerdict{Verdict: score.Won})
			wantErr(t, err, noLead)
		},
		"Leads.Give": func(t *testing.T) {
			_, err := db.Leads.Give(t.Context(), ours, their.lead, "us")
			wantErr(t, err, noLead)
		},
		"Leads.Foretell": func(t *testing.T) {
			_, err := db.Leads.Foretell(t.Context(), ours, their.lead, .5)
			wantErr(t, err, noLead)
		},
		"Leads.Said": func(t *testing.T) {
			_, err := db.Leads.Said(t.Context(), ours, their.lead)
			wantErr(t, err, noLead)
		},
		"Leads.Move":  func(t *testing.T) { ok(t, db.Leads.Move(t.Context(), ours, "c:1", "c:2")) },
		"Leads.Erase": func(t *testing.T) { ok(t, db.Leads.Erase(t.Context(), ours, "c:1")) },
	}
}
