package server

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/share/question"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

func asTooMany(err error) (store.ErrTooMany, bool) { return errors.AsType[store.ErrTooMany](err) }

// How often one person writes, in all workspaces together: a conversation, no flood.
const (
	saidAtOnce = 40
	saidEvery  = 15 * time.Second
)

// words is a text as it may be kept.
func (s *Server) questionText(text string) (string, error) {
	text = question.Tidy(text)
	if what, wrong := question.Check(text); wrong {
		return "", front.BadRequest("body.text", what)
	}
	return text, nil
}

func (s *Server) mayTalk(t talker) error {
	if wait := s.talks.one(s.deps.Clock(), "talker "+t.me.ID, saidEvery, saidAtOnce); wait > 0 {
		return tooMany(wait)
	}
	return nil
}

// one counts an attempt of one name; wait is how long until the next when it is too many.
func (a *attempts) one(now time.Time, name string, every time.Duration, tries int) time.Duration {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.take(now, name, every, tries)
}

func (s *Server) askQuestion(ctx context.Context, slug string, lang words.Lang, in NewQuestion) (QuestionThread, error) {
	t, err := s.talker(ctx, slug)
	if err != nil {
		return QuestionThread{}, err
	}
	text, err := s.questionText(in.Text)
	if err != nil {
		return QuestionThread{}, err
	}
	subject, err := s.subjectOf(t, in.About)
	if err != nil {
		return QuestionThread{}, err
	}
	if err := s.mayTalk(t); err != nil {
		return QuestionThread{}, err
	}
	said, err := s.saidOf(ctx, t.ws, subject, lang)
	if err != nil {
		return QuestionThread{}, err
	}
	new := store.NewQuestion{
		Subject: subject, Name: said.name, Quote: said.quote, By: t.voice, Text: text, Calls: question.Calls(text, t.people),
	}
	one, err := s.keepQuestion(ctx, t.ws, new, t.people, said.owners)
	if err != nil {
		return QuestionThread{}, err
	}
	return s.threadReply(ctx, t, one)
}

// keepQuestion writes a question down and has whoever it concerns told, both or neither.
func (s *Server) keepQuestion(ctx context.Context, ws store.Workspace, new store.NewQuestion, people []question.Person, owners []string) (question.Thread, error) {
	var one question.Thread
	err := s.deps.Store.InTx(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		if one, err = tx.Questions.Ask(ctx, ws.ID, new); err != nil {
			return err
		}
		if new.By.ID != "" {
			if err := tx.Questions.NoteRead(ctx, ws.ID, store.UserID(new.By.ID), one.ID, 1); err != nil {
				return err
			}
		}
		return s.tellOfMessage(ctx, tx, ws, one.Head, one.Messages[0], people, owners)
	})
	if err != nil {
		return question.Thread{}, tooMuchSaid(err)
	}
	s.wakeOutbox()
	return one, nil
}

// subjectOf reads what a question is about; it has to be there.
func (s *Server) subjectOf(t talker, about string) (question.Subject, error) {
	unknown := front.BadRequest("body.about", words.T("何についての質問かが分かりません。画面を開きなおしてください。", "What the question is about is not known. Open the screen again."))
	subject, ok := question.ParseSubject(about)
	if !ok {
		return subject, unknown
	}
	for _, id := range subject.Indicators() {
		if t.model.Indicator(id) == nil {
			return subject, noIndicator(id)
		}
	}
	if from, to, road := subject.Ends(); road && !hasLink(t.model, from, to) {
		return subject, unknown
	}
	if !t.me.Sees(question.Head{Subject: subject}) {
		return subject, front.NotAllowed()
	}
	return subject, nil
}

func hasLink(m *goal.Model, from, to string) bool {
	for _, l := range m.Links() {
		if l.From == from && l.To == to {
			return true
		}
	}
	return false
}

// said is what a screen says of a subject.
type saidOf struct {
	name   string
	quote  string   // "" where nothing is said of it
	owners []string // names of who looks after it
}

const quoteLetters = 200

// saidOf is what is said of a subject today: a question is understood later only with what
// was on the screen when it was asked.
func (s *Server) saidOf(ctx context.Context, ws store.Workspace, subject question.Subject, lang words.Lang) (saidOf, error) {
	b, _, err := s.boards.board(ctx, ws, 0)
	if err != nil {
		return saidOf{}, err
	}
	opt, err := b.grounded(ctx, b.options(s.deps.Clock(), nil, lang), 0)
	if err != nil {
		return saidOf{}, err
	}
	var said saidOf
	said.name, _ = subjectName(b.model, subject)
	own := func(id string) {
		if ind := b.model.Indicator(id); ind != nil && ind.Owner != "" {
			said.owners = append(said.owners, ind.Owner)
		}
	}
	for _, id := range subject.Indicators() {
		own(id)
	}
	switch subject.Kind {
	case question.Whole:
		own(b.model.KGI().ID)
	case question.Indicator:
		said.quote = b.valueSaid(subject.ID, opt, lang)
	case question.Road:
		from, to, _ := subject.Ends()
		said.quote = b.roadSaid(from, to, opt)
	case question.Finding:
		return waitedFor(ctx, opt, func(opt insight.Options) (saidOf, error) {
			for _, f := range insight.NewView(b.fresh(), opt).Review() {
				if f.Key != subject.ID {
					continue
				}
				said.name, said.quote = f.Title, question.Line(f.Sentence, quoteLetters)
				if f.Indicator != nil {
					own(*f.Indicator)
				}
				return said, nil
			}
			return said, front.NotFound(words.T("この気づきは、もうありません。画面を開きなおしてください。", "This finding is not there any more. Open the screen again."))
		})
	case question.Report:
		said.name = words.T("レポート", "Report").In(lang)
	case question.Review:
		said.name = words.T("定期点検", "Review").In(lang)
	}
	return said, nil
}

// valueSaid is an indicator's number with its span.
func (b *board) valueSaid(id string, opt insight.Options, lang words.Lang) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	r := insight.NewView(b.ev, opt).Status().Reading(id)
	if r == nil || r.Value == nil {
		return ""
	}
	return words.T("%[1]s〜%[2]s: %[3]s", "%[1]s – %[2]s: %[3]s", r.ValueSpan.From, r.ValueSpan.To, words.Amount{Value: *r.Value, Unit: r.Unit}).In(lang)
}

// roadSaid is what is said of a link.
func (b *board) roadSaid(from, to string, opt insight.Options) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, l := range insight.NewView(b.ev, opt).Links() {
		if l.From == from && l.To == to {
			return question.Line(l.Sentence, quoteLetters)
		}
	}
	return ""
}

func (s *Server) answerQuestion(ctx context.Context, of QuestionPath, text string) (QuestionThread, error) {
	t, one, err := s.ownThread(ctx, of)
	if err != nil {
		return QuestionThread{}, err
	}
	if text, err = s.questionText(text); err != nil {
		return QuestionThread{}, err
	}
	if err := s.mayTalk(t); err != nil {
		return QuestionThread{}, err
	}
	if err := s.say(ctx, t.ws, one.ID, t.voice, text, t.people); err != nil {
		return QuestionThread{}, err
	}
	return s.getQuestion(ctx, of)
}

// say writes a message down and has whoever it concerns told, both or neither.
func (s *Server) say(ctx context.Context, ws store.Workspace, id string, by question.Voice, text string, people []question.Person) error {
	// Made before, for the key that signs it may have to be written.
	open, err := s.askPath(ctx, ws.ID, question.Subject{Kind: question.Whole}, id)
	if err != nil {
		return err
	}
	var calls []question.Call
	if !by.Outside { // whoever is outside does not know who is here, and calls nobody up
		calls = question.Calls(text, people)
	}
	err = s.deps.Store.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		head, m, err := tx.Questions.Say(ctx, ws.ID, id, by, text, calls)
		if err != nil {
			return err
		}
		if by.ID != "" {
			if err := tx.Questions.NoteRead(ctx, ws.ID, store.UserID(by.ID), id, m.Number); err != nil {
				return err
			}
		}
		if err := s.tellOutside(ctx, tx, ws, head, m, open); err != nil {
			return err
		}
		return s.tellOfMessage(ctx, tx, ws, head, m, people, nil)
	})
	if err != nil {
		return tooMuchSaid(err)
	}
	s.wakeOutbox()
	return nil
}

func (s *Server) ownMessage(ctx context.Context, of QuestionMessagePath) (talker, question.Thread, question.Message, error) {
	t, one, err := s.ownThread(ctx, of.QuestionPath)
	if err != nil {
		return t, one, question.Message{}, err
	}
	m, there := one.Message(of.Number)
	if !there || m.Deleted {
		return t, one, m, store.ErrNotFound{What: "message", Name: of.ID}
	}
	return t, one, m, nil
}

func (s *Server) editMessage(ctx context.Context, of QuestionMessagePath, text string) (QuestionThread, error) {
	t, one, m, err := s.ownMessage(ctx, of)
	if err != nil {
		return QuestionThread{}, err
	}
	if !t.me.MayEdit(m, s.deps.Clock()) {
		return QuestionThread{}, front.Refuse(http.StatusForbidden, words.T(
			"直せるのは、書いた本人だけで、書いてから1日のあいだです。つけ足しは、新しく書いてください。",
			"Only whoever wrote it can change it, and for a day. To add something, write anew."))
	}
	if text, err = s.questionText(text); err != nil {
		return QuestionThread{}, err
	}
	if err := s.mayTalk(t); err != nil {
		return QuestionThread{}, err
	}
	if err := s.deps.Store.Questions.Edit(ctx, t.ws.ID, one.ID, m.Number, text, question.Calls(text, t.people)); err != nil {
		return QuestionThread{}, err
	}
	return s.getQuestion(ctx, of.QuestionPath)
}

func (s *Server) deleteMessage(ctx context.Context, of QuestionMessagePath) (QuestionThread, error) {
	t, one, m, err := s.ownMessage(ctx, of)
	if err != nil {
		return QuestionThread{}, err
	}
	if !t.me.MayDelete(m) {
		return QuestionThread{}, front.Refuse(http.StatusForbidden, words.T(
			"消せるのは、書いた本人かオーナーだけです。", "Only whoever wrote it, or an owner, can delete it."))
	}
	if err := s.deps.Store.Questions.Erase(ctx, t.ws.ID, one.ID, m.Number); err != nil {
		return QuestionThread{}, err
	}
	return s.getQuestion(ctx, of.QuestionPath)
}

func (s *Server) deleteQuestion(ctx context.Context, of QuestionPath) error {
	t, one, err := s.ownThread(ctx, of)
	if err != nil {
		return err
	}
	first, _ := one.Message(1)
	if !t.me.Role.AtLeast(access.Owner) && !(one.Last == 1 && t.me.MayDelete(first)) {
		return front.Refuse(http.StatusForbidden, words.T(
			"やりとりの全部を消せるのはオーナーだけです。答えの付いていない自分の質問は、自分で消せます。",
			"Only an owner can delete a whole thread. You can delete a question of your own that nobody has answered."))
	}
	return s.deps.Store.Questions.Delete(ctx, t.ws.ID, one.ID)
}

func (s *Server) settleQuestion(ctx context.Context, of QuestionPath, settled bool, answer int) (QuestionThread, error) {
	t, one, err := s.ownThread(ctx, of)
	if err != nil {
		return QuestionThread{}, err
	}
	if !t.me.MaySettle(one.Head) {
		return QuestionThread{}, front.Refuse(http.StatusForbidden, words.T(
			"答えに決められるのは、質問した人か編集者です。", "Whoever asked, or an editor, decides what answers it."))
	}
	answered, there := one.Message(answer)
	if answer != 0 && (!there || answered.Deleted || answer == 1) {
		return QuestionThread{}, front.BadRequest("body.answer", words.T("この発言は、もうありません。", "This message is not there any more."))
	}
	if one.Settled == settled && one.Answer == answer {
		return s.threadReply(ctx, t, one)
	}
	err = s.deps.Store.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		head, err := tx.Questions.Settle(ctx, t.ws.ID, one.ID, settled, answer)
		if err != nil {
			return err
		}
		if settled == one.Settled {
			return nil // another message answers it: nothing new to tell
		}
		return s.tellOfEnd(ctx, tx, t.ws, head, t.voice, answered, t.people)
	})
	if err != nil {
		return QuestionThread{}, err
	}
	s.wakeOutbox()
	return s.getQuestion(ctx, of)
}
