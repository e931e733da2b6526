package server

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/share/agreement"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// agreementAsked is a workspace's agreement as one person meets it.
type agreementAsked struct {
	ws       store.Workspace
	saved    *savedModel
	versions []store.ModelVersion
	kept     agreementKept
	me       agreement.Person // zero for a program
	people   []agreement.Person
}

// agreementOf reads all that is said and signed.
func (s *Server) agreementOf(ctx context.Context, ws store.Workspace) (a agreementAsked, err error) {
	a.ws = ws
	if a.versions, err = s.versions(ctx, a.ws.ID); err != nil {
		return a, err
	}
	if a.saved, err = s.model(ctx, a.ws.ID, a.versions[0].Version); err != nil {
		return a, err
	}
	if a.kept, err = s.agreementKept(ctx, a.ws.ID); err != nil {
		return a, err
	}
	members, err := s.deps.Store.Members.List(ctx, a.ws.ID)
	if err != nil {
		return a, err
	}
	for _, m := range members {
		a.people = append(a.people, agreement.Person{ID: string(m.User.ID), Name: m.User.Name, Department: m.Department})
	}
	return a, nil
}

// agreementFor is the same with who asks.
func (s *Server) agreementFor(ctx context.Context, slug string) (a agreementAsked, err error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return a, err
	}
	if a, err = s.agreementOf(ctx, ws); err != nil {
		return a, err
	}
	user, err := s.speaker(ctx, a.ws.ID)
	if _, program := errors.AsType[*front.Refusal](err); err != nil && !program {
		return a, err
	}
	if err == nil {
		a.me = agreement.Person{ID: string(user.ID), Name: user.Name}
		if a.me.ID == "" { // nobody signs in, and nobody is at home either
			a.me = agreement.Person{ID: nobodyID, Name: words.T("この画面の人", "Somebody here").In(front.RequestOf(ctx).Lang)}
		}
		if i := slices.IndexFunc(a.people, a.me.Is); i >= 0 {
			a.me = a.people[i]
		}
	}
	return a, nil
}

// here reports whether somebody is in the team still.
func (a agreementAsked) here(p agreement.Person) bool {
	return slices.ContainsFunc(a.people, func(one agreement.Person) bool { return one.ID == p.ID })
}

func (a agreementAsked) goal() agreement.Goal { return agreement.GoalOf(a.saved.model) }

func (a agreementAsked) day(at time.Time) series.Day {
	return series.DayOf(at.In(a.saved.model.Location))
}

// round is the number of the newest asking; 0 before the first.
func (a agreementAsked) round() int {
	if n := len(a.kept.rounds); n > 0 {
		return a.kept.rounds[n-1].Number
	}
	return 0
}

// mine is my last words, and whether they are of the newest round.
func (a agreementAsked) mine() (said *store.AgreementStatement, spoken bool) {
	for _, one := range slices.Backward(a.kept.statements) {
		if a.me.ID != "" && one.By.ID == a.me.ID {
			return &one, one.Round >= a.round()
		}
	}
	return nil, false
}

func (s *Server) agreementPage(ctx context.Context, slug string, lang words.Lang) (AgreementReply, error) {
	a, err := s.agreementFor(ctx, slug)
	if err != nil {
		return AgreementReply{}, err
	}
	noted, err := s.notedAgreements(ctx, a.ws.ID, a.versions, a.saved)
	if err != nil {
		return AgreementReply{}, err
	}
	g := a.goal()
	records := a.kept.records(a.saved, noted, a.here)
	state := agreement.StateOf(g, a.saved.Version, records)
	reply := AgreementReply{
		Version: a.saved.Version, State: agreementBrief(state, lang, false), Recount: state.Recount,
		Goal: AgreementGoal{Name: g.Name, Unit: g.Unit, Purpose: g.Aspect(agreement.Purpose).In(lang), Meaning: g.Aspect(agreement.Meaning).In(lang),
			Number: g.Aspect(agreement.HowMuch).In(lang), Deadline: g.Aspect(agreement.Deadline).In(lang), Signable: g.Signable()},
		You:  a.you(ctx),
		Rows: []AgreementRow{}, Points: []AgreementPoint{}, Spoken: []AgreementPerson{}, Members: []AgreementPerson{},
		Proposed: g.Wording().In(lang),
	}
	last := agreement.Newest(records.Statements)
	for _, one := range last {
		p := AgreementPerson{ID: one.By.ID, Name: one.By.Name, Department: one.By.Department, Done: one.Round >= a.round() || one.InFile}
		if !one.InFile {
			p.On = &one.On
		}
		reply.Spoken = append(reply.Spoken, p)
	}
	if reply.You.Spoken {
		reply.Rows, reply.Points = a.rows(agreement.Compare(g, last), lang)
	}
	if n := len(a.kept.rounds); n > 0 {
		reply.Round = a.roundView(a.kept.rounds[n-1])
	}
	if n := len(a.kept.proposals); n > 0 {
		reply.Wording = a.wordingView(a.kept.proposals[n-1], g)
	}
	if reply.You.Decide {
		for _, p := range a.people {
			reply.Members = append(reply.Members, AgreementPerson{ID: p.ID, Name: p.Name, Department: p.Department})
		}
	}
	reply.History = a.history(reply.You.Spoken)
	return reply, nil
}

func (a agreementAsked) you(ctx context.Context) AgreementYou {
	you := AgreementYou{ID: a.me.ID, Name: a.me.Name, Decide: a.me.ID != "" && front.RequestOf(ctx).May(access.Decide)}
	said, spoken := a.mine()
	if said != nil {
		you.Said = &AgreementSaid{Purpose: said.Purpose, Meaning: said.Meaning, Amount: said.Amount, Deadline: said.Deadline}
	}
	you.Spoken = spoken
	if n := len(a.kept.rounds); n > 0 {
		you.Asked = a.me.ID != "" && slices.ContainsFunc(a.kept.rounds[n-1].People, a.me.Is)
	}
	if n := len(a.kept.proposals); n > 0 && a.me.ID != "" {
		_, you.Signed = a.signature(a.kept.proposals[n-1].Number, a.me)
	}
	return you
}

// signature is a person's signature that stands under a wording.
func (a agreementAsked) signature(proposal int, p agreement.Person) (store.AgreementSignature, bool) {
	for _, one := range a.kept.signatures {
		if one.Proposal == proposal && one.WithdrawnAt.IsZero() && one.By.Is(p) {
			return one, true
		}
	}
	return store.AgreementSignature{}, false
}

func (a agreementAsked) rows(c agreement.Comparison, lang words.Lang) ([]AgreementRow, []AgreementPoint) {
	rows, list := []AgreementRow{}, []AgreementPoint{}
	for _, r := range c.Rows {
		row := AgreementRow{Name: r.By.Name, Department: r.By.Department, You: r.By.ID != "" && r.By.ID == a.me.ID, Blind: r.Blind,
			Earlier: !r.InFile && r.Round < a.round(), HeardBy: r.HeardBy, InFile: r.InFile, Cells: []AgreementCell{}}
		if !r.InFile {
			day := r.On
			row.On = &day
		}
		for _, cell := range r.Cells {
			row.Cells = append(row.Cells, AgreementCell{Aspect: string(cell.Aspect), Verdict: string(cell.Verdict), Said: cell.Said,
				Means: cell.Means.In(lang), Note: cell.Note.In(lang)})
		}
		rows = append(rows, row)
	}
	for _, p := range c.Points {
		list = append(list, AgreementPoint{Aspect: string(p.Aspect), Sentence: p.Sentence.In(lang), Question: p.Question.In(lang)})
	}
	return rows, list
}

func (a agreementAsked) roundView(r store.AgreementRound) *AgreementRound {
	view := &AgreementRound{Number: r.Number, Note: r.Note, AnswerBy: r.AnswerBy, By: r.Author.Name, On: a.day(r.AskedAt), People: []AgreementPerson{}}
	for _, p := range r.People {
		one := AgreementPerson{ID: p.ID, Name: p.Name, Department: p.Department}
		for _, said := range a.kept.statements {
			if said.Round >= r.Number && said.By.Is(p) {
				day := said.On
				one.Done, one.On = true, &day
			}
		}
		if !one.Done && !a.here(p) {
			continue // nobody waits for who has left
		}
		view.People = append(view.People, one)
	}
	return view
}

func (a agreementAsked) wordingView(p store.AgreementProposal, g agreement.Goal) *AgreementWording {
	view := &AgreementWording{Number: p.Number, Version: p.Version, Text: p.Wording, By: p.Author.Name, On: a.day(p.ProposedAt),
		Current: agreement.Same(p.Goal, g), People: []AgreementPerson{}}
	add := func(who agreement.Person) {
		one := AgreementPerson{ID: who.ID, Name: who.Name, Department: who.Department}
		if signed, ok := a.signature(p.Number, who); ok {
			day := a.day(signed.SignedAt)
			one.Done, one.On = true, &day
		}
		view.People = append(view.People, one)
	}
	for _, who := range p.People {
		if _, signed := a.signature(p.Number, who); signed || a.here(who) {
			add(who)
		}
	}
	// Whoever signed without being asked stands there as well.
	for _, one := range a.kept.signatures {
		if one.Proposal == p.Number && one.WithdrawnAt.IsZero() && !slices.ContainsFunc(p.People, one.By.Is) {
			add(one.By)
		}
	}
	return view
}

// mostHistory is how much of what was said and signed is listed.
const mostHistory = 200

// history is what was said and signed, the newest first. Words are in it for who may see
// them.
func (a agreementAsked) history(spoken bool) []AgreementHappens {
	list := []AgreementHappens{}
	for _, r := range a.kept.rounds {
		list = append(list, AgreementHappens{At: r.AskedAt, Kind: "asked", Who: r.Author.Name, Text: r.Note})
	}
	for _, one := range a.kept.statements {
		h := AgreementHappens{At: one.SaidAt, Kind: "said", Who: one.By.Name}
		if spoken || one.By.ID != "" && one.By.ID == a.me.ID {
			h.Text = joinSaid(one.Said)
		}
		list = append(list, h)
	}
	texts := map[int]string{}
	for _, p := range a.kept.proposals {
		texts[p.Number] = p.Wording
		list = append(list, AgreementHappens{At: p.ProposedAt, Kind: "proposed", Who: p.Author.Name, Text: p.Wording})
	}
	for _, one := range a.kept.signatures {
		list = append(list, AgreementHappens{At: one.SignedAt, Kind: "signed", Who: one.By.Name, Text: texts[one.Proposal]})
		if !one.WithdrawnAt.IsZero() {
			list = append(list, AgreementHappens{At: one.WithdrawnAt, Kind: "withdrawn", Who: one.By.Name, Text: one.Why})
		}
	}
	slices.SortStableFunc(list, func(x, y AgreementHappens) int { return cmp.Compare(y.At.UnixMilli(), x.At.UnixMilli()) })
	return list[:min(len(list), mostHistory)]
}

func joinSaid(s agreement.Said) string {
	text := ""
	for _, part := range []string{s.Amount, s.Deadline, s.Purpose, s.Meaning} {
		if part == "" {
			continue
		}
		if text != "" {
			text += " · "
		}
		text += part
	}
	return text
}
