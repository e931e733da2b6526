package server

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/share/agreement"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// agreementState is how far a workspace is with agreeing on the goal of its newest model.
func (s *Server) agreementState(ctx context.Context, ws store.WorkspaceID) (agreement.State, error) {
	versions, err := s.versions(ctx, ws)
	if err != nil {
		return agreement.State{}, err
	}
	return s.agreementAt(ctx, ws, versions, versions[0].Version)
}

// agreementAt is the same at one version of the model. versions is all there are, the
// newest first.
func (s *Server) agreementAt(ctx context.Context, ws store.WorkspaceID, versions []store.ModelVersion, version int) (agreement.State, error) {
	// A version whose text cannot be read any more can still be mended.
	saved, err := s.modelOrEmpty(ctx, ws, version)
	if err != nil {
		return agreement.State{}, err
	}
	kept, err := s.agreementKept(ctx, ws)
	if err != nil {
		return agreement.State{}, err
	}
	noted, err := s.notedAgreements(ctx, ws, versions, saved)
	if err != nil {
		return agreement.State{}, err
	}
	members, err := s.deps.Store.Members.List(ctx, ws)
	if err != nil {
		return agreement.State{}, err
	}
	here := func(p agreement.Person) bool {
		return slices.ContainsFunc(members, func(m store.Member) bool { return string(m.User.ID) == p.ID })
	}
	return agreement.StateOf(agreement.GoalOf(saved.model), version, kept.records(saved, noted, here)), nil
}

// agreementKept is all that was said and signed in a workspace.
type agreementKept struct {
	rounds     []store.AgreementRound
	statements []store.AgreementStatement
	proposals  []store.AgreementProposal
	signatures []store.AgreementSignature
}

func (s *Server) agreementKept(ctx context.Context, ws store.WorkspaceID) (k agreementKept, err error) {
	db := s.deps.Store
	if k.rounds, err = db.Agreements.Rounds(ctx, ws); err != nil {
		return k, err
	}
	if k.statements, err = db.Agreements.Statements(ctx, ws); err != nil {
		return k, err
	}
	if k.proposals, err = db.Agreements.Proposals(ctx, ws); err != nil {
		return k, err
	}
	k.signatures, err = db.Agreements.Signatures(ctx, ws)
	return k, err
}

// records is what the judgement rests on: what the model file says, and what was said here.
// Whoever left the team is waited for no more; what they signed stands.
func (k agreementKept) records(saved *savedModel, noted []agreement.Signature, here func(agreement.Person) bool) agreement.Records {
	r := agreement.Records{Statements: agreement.InFile(saved.model, saved.Version), Signatures: noted}
	for _, p := range k.asked(agreement.GoalOf(saved.model)) {
		if here(p) {
			r.Asked = append(r.Asked, p)
		}
	}
	for _, one := range k.statements {
		r.Statements = append(r.Statements, one.Statement)
	}
	goals := map[int]store.AgreementProposal{}
	for _, p := range k.proposals {
		goals[p.Number] = p
	}
	zone := saved.model.Location
	newest := k.newestWording(agreement.GoalOf(saved.model))
	for _, one := range k.signatures {
		p := goals[one.Proposal]
		sign := agreement.Signature{By: one.By, On: series.DayOf(one.SignedAt.In(zone)), Version: p.Version, Goal: p.Goal, Why: one.Why}
		sign.Older = newest != nil && p.Number < newest.Number && p.Wording != newest.Wording
		if !one.WithdrawnAt.IsZero() {
			day := series.DayOf(one.WithdrawnAt.In(zone))
			sign.Withdrawn = &day
		}
		r.Signatures = append(r.Signatures, sign)
	}
	return r
}

// asked is whose signature is waited for: those the newest wording of this goal was handed
// to; before there is one, those who were asked to say what the goal is.
func (k agreementKept) asked(g agreement.Goal) []agreement.Person {
	if p := k.newestWording(g); p != nil {
		return p.People
	}
	if n := len(k.rounds); n > 0 {
		return k.rounds[n-1].People
	}
	return nil
}

// newestWording is the newest words for a goal; nil where there are none.
func (k agreementKept) newestWording(g agreement.Goal) *store.AgreementProposal {
	for _, p := range slices.Backward(k.proposals) {
		if agreement.Same(p.Goal, g) {
			return &p
		}
	}
	return nil
}

// notedAgreements is who agreed as the model file says it. An entry is for the goal of the
// version in which it was first written: left standing while the goal was changed, it says
// nothing of the new one.
func (s *Server) notedAgreements(ctx context.Context, ws store.WorkspaceID, versions []store.ModelVersion, at *savedModel) ([]agreement.Signature, error) {
	entries := agreedEntries(at.model)
	if len(entries) == 0 {
		return nil, nil
	}
	type first struct {
		version int
		goal    agreement.Goal
	}
	since := map[string]first{}
	open := map[string]bool{}
	for _, e := range entries {
		since[entryKey(e)], open[entryKey(e)] = first{at.Version, agreement.GoalOf(at.model)}, true
	}
	for _, v := range versions {
		if v.Version >= at.Version || len(open) == 0 {
			continue
		}
		older, err := s.modelOrEmpty(ctx, ws, v.Version)
		if err != nil {
			return nil, err
		}
		there := map[string]bool{}
		for _, e := range agreedEntries(older.model) {
			there[entryKey(e)] = true
		}
		for key := range open {
			if there[key] {
				since[key] = first{older.Version, agreement.GoalOf(older.model)}
			} else {
				delete(open, key)
			}
		}
	}
	list := make([]agreement.Signature, 0, len(entries))
	for _, e := range entries {
		from := since[entryKey(e)]
		one := agreement.Signature{By: agreement.Person{Name: e.By}, Version: from.version, Goal: from.goal, Noted: true}
		if e.On != nil {
			one.On = *e.On
		}
		list = append(list, one)
	}
	return list, nil
}

func agreedEntries(m *goal.Model) []goal.Agreement {
	if t := m.KGI().Target; t != nil {
		return t.Agreed
	}
	return nil
}

// entryKey is what makes two entries one.
func entryKey(e goal.Agreement) string {
	if e.On == nil {
		return e.By
	}
	return e.By + "\x00" + e.On.String()
}

// agreedOf is what the findings say of an agreement: a signature given here counts as one
// written in the model file, one that lapsed counts no more. What people said is not told
// in them: who has not spoken yet may read them.
func agreedOf(state agreement.State) *insight.Agreed {
	a := &insight.Agreed{}
	if len(state.Signed) == 0 {
		a.Missing = &insight.Told{Sentence: state.Sentence(), Mend: state.Mend()}
	}
	if differ := state.DifferSentence(); !differ.Zero() {
		a.Differ = &insight.Told{Sentence: differ, Mend: words.T("合意のページで並べて見て、違いを話しましょう。", "Look at them side by side on the page Agreement, and talk about the differences.")}
	}
	return a
}

// AgreementBrief is how far the team is with agreeing on the goal, for the map.
type AgreementBrief struct {
	Standing string   `json:"standing" enum:"nobody,lapsed,partly,agreed"`
	Short    string   `json:"short" doc:"in a few words, for a chip"`
	Sentence string   `json:"sentence"`
	Changed  []string `json:"changed" doc:"lapsed: what of the goal became another"`
	Signed   int      `json:"signed" doc:"people whose agreement stands"`
	Waiting  int      `json:"waiting" doc:"people asked who have not signed"`
}

// agreementBrief leaves the names out where a page is handed out to be looked at.
func agreementBrief(state agreement.State, lang words.Lang, nameless bool) AgreementBrief {
	b := AgreementBrief{Standing: string(state.Standing), Short: state.Short().In(lang), Sentence: state.Sentence().In(lang),
		Changed: []string{}, Signed: len(state.Signed), Waiting: len(state.Waiting)}
	if nameless {
		b.Sentence = state.Nameless().In(lang)
	}
	for _, c := range state.Changed {
		b.Changed = append(b.Changed, c.Sentence.In(lang))
	}
	return b
}

// signedViews is who agreed, as the top of a map names them.
func signedViews(state agreement.State) []Agreement {
	list := make([]Agreement, len(state.Signed))
	for i, one := range state.Signed {
		list[i] = Agreement{By: one.By.Name}
		if one.On != 0 {
			day := one.On
			list[i].On = &day
		}
	}
	return list
}

// digestOf tells two states apart: a reply that was kept is for the state it was made with.
func digestOf(state agreement.State) (string, error) {
	text, err := json.Marshal(state)
	if err != nil {
		return "", fmt.Errorf("write the state of an agreement: %w", err)
	}
	sum := sha256.Sum256(text)
	return string(sum[:]), nil
}
