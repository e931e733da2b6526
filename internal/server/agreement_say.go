package server

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/share/agreement"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// mostSaid bounds what one person says of one goal in a round; a form sent again and again
// is no discussion. mostKept bounds a workspace's.
const (
	mostSaid = 30
	mostKept = 2000
)

func (s *Server) readGoalWords(ctx context.Context, slug string, in AgreementSaid, lang words.Lang) (AgreementRead, error) {
	a, err := s.agreementFor(ctx, slug)
	if err != nil {
		return AgreementRead{}, err
	}
	said, g, today := in.said(), a.goal(), s.todayOf(a.saved.model)
	read := agreement.Read(said, today, a.saved.model.Fiscal)
	reply := AgreementRead{Sentence: read.Sentence(g.Name, g.Unit).In(lang), Hints: []AgreementHint{}}
	for _, h := range said.Hints(read, g.Unit, today) {
		reply.Hints = append(reply.Hints, AgreementHint{h.Field, h.Text.In(lang)})
	}
	return reply, nil
}

func (in AgreementSaid) said() agreement.Said {
	return agreement.Said{Purpose: cleanParagraphs(in.Purpose), Meaning: cleanParagraphs(in.Meaning), Amount: front.Clean(in.Amount), Deadline: front.Clean(in.Deadline)}
}

// sayGoal keeps what somebody says the goal is.
func (s *Server) sayGoal(ctx context.Context, slug string, in AgreementSay) error {
	a, err := s.agreementFor(ctx, slug)
	if err != nil {
		return err
	}
	if a.me.ID == "" {
		return front.NotAllowed()
	}
	said := in.said()
	if said.Empty() {
		return front.BadRequest("body", words.T("何か1つは書いてください。", "Write at least one of the four."))
	}
	today := s.todayOf(a.saved.model)
	_, spoken := a.mine()
	one := agreement.Statement{By: a.me, Said: said, Reading: agreement.Read(said, today, a.saved.model.Fiscal),
		Round: a.round(), Version: a.saved.Version, On: today, Blind: !spoken}
	if in.For != nil {
		if !front.RequestOf(ctx).May(access.Decide) {
			return front.NotAllowed()
		}
		name := front.Clean(in.For.Name)
		if name == "" {
			return front.BadRequest("body.for.name", words.T("だれの言葉かを書いてください。", "Say whose words they are."))
		}
		one.By, one.HeardBy, one.Blind = agreement.Person{Name: name, Department: front.Clean(in.For.Department)}, a.me.Name, false
	}
	n := 0
	for _, kept := range a.kept.statements {
		if kept.Round == one.Round && kept.By.Is(one.By) {
			n++
		}
	}
	if n >= mostSaid || len(a.kept.statements) >= mostKept {
		return front.Refuse(http.StatusTooManyRequests, words.T("書きなおしが多すぎます。いまの言葉のまま、みなさんと話してみてください。", "That is a lot of rewording. Talk it over with the words there are."))
	}
	_, err = s.deps.Store.Agreements.State(ctx, a.ws.ID, one)
	return err
}

// chosen is the members with these ids; everybody for none.
func (a agreementAsked) chosen(ids []string) ([]agreement.Person, error) {
	if len(ids) == 0 {
		return a.people, nil
	}
	var list []agreement.Person
	for _, id := range ids {
		i := slices.IndexFunc(a.people, func(p agreement.Person) bool { return p.ID == id })
		if i < 0 {
			return nil, front.BadRequest("body.people", words.T("このワークスペースにいない人が選ばれています。画面を読み込み直してください。", "Somebody who is not in this workspace was chosen. Please reload the page."))
		}
		if !slices.ContainsFunc(list, a.people[i].Is) {
			list = append(list, a.people[i])
		}
	}
	return list, nil
}

// askForGoal begins a round: people say anew, and blindly, what the goal is.
func (s *Server) askForGoal(ctx context.Context, slug string, in AgreementAsk) error {
	a, err := s.agreementFor(ctx, slug)
	if err != nil {
		return err
	}
	people, err := a.chosen(in.People)
	if err != nil {
		return err
	}
	today := s.todayOf(a.saved.model)
	if in.AnswerBy != nil && *in.AnswerBy < today {
		return front.BadRequest("body.answer_by", words.T("返事の期限は、今日より後にしてください。", "The day to answer by has passed."))
	}
	if len(a.kept.rounds) >= mostKept {
		return front.Refuse(http.StatusTooManyRequests, words.T("これ以上は聞けません。", "This has been asked too often."))
	}
	err = s.deps.Store.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		round, err := tx.Agreements.Ask(ctx, a.ws.ID, store.AgreementRound{People: people, Note: cleanParagraphs(in.Note), AnswerBy: in.AnswerBy, Author: a.me})
		if err != nil {
			return err
		}
		return s.tell(ctx, tx.Outbox, a.ws.ID, a.askTelling(fmt.Sprintf("ask/%d", round.Number), round), a.others(people))
	})
	if err == nil {
		s.wakeOutbox()
	}
	return err
}

// others is everybody of a list with an account, but whoever acts.
func (a agreementAsked) others(people []agreement.Person) listeners {
	var to listeners
	for _, p := range people {
		if p.ID != "" && p.ID != a.me.ID && slices.ContainsFunc(a.people, p.Is) {
			to.People = append(to.People, store.UserID(p.ID))
		}
	}
	return to
}

const agreementPath = "/share/agreement"

func (a agreementAsked) telling(key string, title words.Text, button words.Text, points ...words.Text) telling {
	return telling{Key: "agreement/" + key, Kind: "agreement", Title: title, Points: points,
		Foot: words.Text{JA: a.saved.model.Name, EN: a.saved.model.Name}, Path: agreementPath, Button: button}
}

func (a agreementAsked) askTelling(key string, round store.AgreementRound) telling {
	points := []words.Text{words.T("ほかの人の答えは、あなたが書いたあとに見えます。2分ほどで終わります。", "You see the others' answers once you have written yours. It takes about two minutes.")}
	if round.Note != "" {
		points = append(points, words.Text{JA: round.Note, EN: round.Note})
	}
	if round.AnswerBy != nil {
		points = append(points, words.T("%sまでにお願いします。", "Please answer by %s.", round.AnswerBy.Long()))
	}
	name := a.saved.model.KGI().Name
	return a.telling(key, words.T("目標「%s」を、あなたの言葉で教えてください", "What is the goal “%s” to you? In your own words, please", name),
		words.T("目標を書く", "Write it"), points...)
}

func (a agreementAsked) signTelling(key string, p store.AgreementProposal) telling {
	return a.telling(key, words.T("目標の言葉に署名をお願いします", "Please sign the wording of the goal"), words.T("読んで署名する", "Read and sign"),
		words.Text{JA: p.Wording, EN: p.Wording},
		words.T("%sさんが、この言葉で合意したいと言っています。", "%s proposes to agree on these words.", p.Author.Name))
}

// proposeWording hands people words to sign.
func (s *Server) proposeWording(ctx context.Context, slug string, in AgreementPropose) error {
	a, err := s.agreementFor(ctx, slug)
	if err != nil {
		return err
	}
	if in.Version != a.saved.Version {
		return store.ErrConflict{Base: in.Version, Newest: a.saved.Version}
	}
	g := a.goal()
	if !g.Signable() {
		return front.BadRequest("body", words.T("目標に数と期限がまだありません。地図で決めてから、言葉にしましょう。", "The goal has no number or no deadline yet. Settle them on the map first."))
	}
	people, err := a.chosen(in.People)
	if err != nil {
		return err
	}
	text := cleanParagraphs(in.Text)
	if text == "" {
		return front.BadRequest("body.text", words.T("署名する言葉を書いてください。", "Write the words to sign."))
	}
	if len(a.kept.proposals) >= mostKept {
		return front.Refuse(http.StatusTooManyRequests, words.T("言葉の案が多すぎます。", "There are too many proposals."))
	}
	err = s.deps.Store.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		p, err := tx.Agreements.Propose(ctx, a.ws.ID, store.AgreementProposal{Version: a.saved.Version, Goal: g, Wording: text, People: people, Author: a.me})
		if err != nil {
			return err
		}
		return s.tell(ctx, tx.Outbox, a.ws.ID, a.signTelling(fmt.Sprintf("sign/%d", p.Number), p), a.others(people))
	})
	if err == nil {
		s.wakeOutbox()
	}
	return err
}

// signWording keeps whoever asks as somebody who agrees.
func (s *Server) signWording(ctx context.Context, slug string, number int) error {
	a, err := s.agreementFor(ctx, slug)
	if err != nil {
		return err
	}
	if a.me.ID == "" {
		return front.NotAllowed()
	}
	at := slices.IndexFunc(a.kept.proposals, func(p store.AgreementProposal) bool { return p.Number == number })
	switch {
	case at < 0:
		return store.ErrNotFound{What: "wording", Name: fmt.Sprint(number)}
	case at != len(a.kept.proposals)-1:
		return front.Refuse(http.StatusConflict, words.T("新しい言葉が出ています。読みなおしてから署名してください。", "There is a newer wording. Read it before you sign."))
	case !agreement.Same(a.kept.proposals[at].Goal, a.goal()):
		return front.Refuse(http.StatusConflict, words.T("目標が変わったので、この言葉には署名できません。新しい言葉を待ちましょう。", "The goal has changed, so these words cannot be signed. Wait for new ones."))
	}
	if len(a.kept.signatures) >= mostKept {
		return front.Refuse(http.StatusTooManyRequests, words.T("署名と取り下げが多すぎます。", "This was signed and taken back too often."))
	}
	return s.deps.Store.Agreements.Sign(ctx, a.ws.ID, number, a.me)
}

func (s *Server) withdrawSignature(ctx context.Context, slug string, number int, in AgreementWithdraw) error {
	a, err := s.agreementFor(ctx, slug)
	if err != nil {
		return err
	}
	if a.me.ID == "" {
		return front.NotAllowed()
	}
	why := cleanParagraphs(in.Why)
	if why == "" {
		return front.BadRequest("body.why", words.T("取り下げる理由を書いてください。話しあいの入口になります。", "Please say why: it is where the talk begins."))
	}
	return s.deps.Store.Agreements.Withdraw(ctx, a.ws.ID, number, a.me.ID, why)
}
