package server

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/share/question"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// talker is whoever asks or answers, and where.
type talker struct {
	ws     store.Workspace
	me     question.Me
	voice  question.Voice
	people []question.Person // who is here
	model  *goal.Model
}

// nobodyID is whose words are where nobody signs in and nobody is at home either.
const nobodyID = "here"

// talker finds out who wants to say something in a workspace.
func (s *Server) talker(ctx context.Context, slug string) (talker, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return talker{}, err
	}
	user, err := s.speaker(ctx, ws.ID)
	if err != nil {
		return talker{}, err
	}
	t := talker{ws: ws, me: question.Me{ID: string(user.ID), Role: front.RoleOf(ctx)}, voice: question.Voice{ID: string(user.ID), Name: user.Name}}
	if t.me.ID == "" {
		t.me.ID, t.voice = nobodyID, question.Voice{ID: nobodyID, Name: words.T("この画面の人", "Somebody here").In(front.RequestOf(ctx).Lang)}
	}
	if t.people, err = s.questionable(ctx, ws.ID); err != nil {
		return talker{}, err
	}
	for _, p := range t.people {
		if p.ID == t.me.ID {
			t.voice.Department = p.Department
		}
	}
	b, _, err := s.boards.board(ctx, ws, 0)
	if err != nil {
		return talker{}, err
	}
	t.model = b.model
	return t, nil
}

// questionable is who can be asked in a workspace.
func (s *Server) questionable(ctx context.Context, ws store.WorkspaceID) ([]question.Person, error) {
	members, err := s.deps.Store.Members.List(ctx, ws)
	if err != nil {
		return nil, err
	}
	mine, err := s.alertMine(ctx, ws)
	if err != nil {
		return nil, err
	}
	people := make([]question.Person, len(members))
	for i, m := range members {
		people[i] = question.Person{ID: string(m.User.ID), Name: m.User.Name, Department: m.Department, Role: access.Role(m.Role), Mails: mine[m.User.ID].Questions}
	}
	return people, nil
}

func (t talker) voiceOf(v question.Voice) QuestionVoice {
	return QuestionVoice{Name: v.Name, Department: v.Department, Outside: v.Outside, You: v.ID != "" && v.ID == t.me.ID}
}

func (t talker) head(h question.Head, read int, now time.Time) QuestionHead {
	view := QuestionHead{
		ID: h.ID, About: h.Subject.String(), AboutName: nameNow(t.model, h), Quote: h.Quote, By: t.voiceOf(h.Asked), AskedAt: h.AskedAt, LastAt: h.LastAt,
		Summary: h.Summary, Messages: h.Last, Replied: h.Replied, Settled: h.Settled, Answer: h.Answer,
		Unread: h.New(t.me.ID, read), Yours: h.Concerns(t.me.ID), Waiting: h.Waiting(now),
	}
	for _, id := range h.Subject.Indicators() {
		if t.model.Indicator(id) != nil {
			view.Indicator = &id
			break
		}
	}
	return view
}

// nameNow is a subject as it is called today; what is gone keeps the name it had.
func nameNow(m *goal.Model, h question.Head) string {
	if name, ok := subjectName(m, h.Subject); ok {
		return name
	}
	return h.Name
}

// subjectName is what indicators and roads are called; false for the rest, and for what is
// not on the map.
func subjectName(m *goal.Model, s question.Subject) (string, bool) {
	if s.Kind != question.Indicator && s.Kind != question.Road {
		return "", false
	}
	var names []string
	for _, id := range s.Indicators() {
		ind := m.Indicator(id)
		if ind == nil {
			return "", false
		}
		names = append(names, ind.Name)
	}
	return strings.Join(names, " → "), true
}

func (t talker) thread(one question.Thread, read int, mail bool, now time.Time) QuestionThread {
	view := QuestionThread{
		QuestionHead: t.head(one.Head, read, now), Words: []QuestionMessage{}, MaySettle: t.me.MaySettle(one.Head), ByMail: mail,
	}
	if first, ok := one.Message(1); ok {
		view.MayDelete = t.me.Role.AtLeast(access.Owner) || t.me.MayDelete(first) && one.Last == 1
	}
	for _, m := range one.Messages {
		word := QuestionMessage{
			Number: m.Number, By: t.voiceOf(m.By), Pieces: []QuestionPiece{}, At: m.At, Deleted: m.Deleted,
			MayEdit: t.me.MayEdit(m, now), MayDelete: t.me.MayDelete(m),
		}
		if !m.EditedAt.IsZero() {
			word.EditedAt = &m.EditedAt
		}
		for _, p := range question.Pieces(m.Text, m.Calls) {
			piece := QuestionPiece{Kind: string(p.Kind), Text: p.Text, You: p.Kind == question.Calling && p.To == t.me.ID}
			if p.Kind == question.Link {
				piece.To = p.To
			}
			word.Pieces = append(word.Pieces, piece)
		}
		view.Words = append(view.Words, word)
	}
	return view
}

// mostListed is how many threads a list holds.
const mostListed = 50

func (s *Server) listQuestions(ctx context.Context, in QuestionsRequest) (QuestionsReply, error) {
	reply := QuestionsReply{Questions: []QuestionHead{}}
	t, err := s.talker(ctx, in.Workspace)
	if err != nil {
		return reply, err
	}
	if !front.IsName(in.Search) || !front.IsName(in.About) {
		return reply, nil
	}
	ask := store.QuestionQuery{About: in.About, Search: strings.TrimSpace(in.Search), Limit: mostListed}
	switch in.Show {
	case "open":
		ask.Settled, ask.Waiting, ask.Limit = new(false), true, 4*mostListed
	case "settled":
		ask.Settled = new(true)
	case "yours":
		ask.With = t.me.ID
	}
	if in.Before != "" && !ask.Waiting {
		if ask.Before, err = questionPlace(in.Before); err != nil {
			return reply, err
		}
	}
	list, err := s.deps.Store.Questions.List(ctx, t.ws.ID, ask)
	if err != nil {
		return reply, err
	}
	ids := make([]string, len(list))
	for i, h := range list {
		ids[i] = h.ID
	}
	read, err := s.haveRead(ctx, t, ids...)
	if err != nil {
		return reply, err
	}
	for _, h := range list {
		if t.me.Sees(h) {
			reply.Questions = append(reply.Questions, t.head(h, read[h.ID], s.deps.Clock()))
		}
	}
	if len(list) == ask.Limit && !ask.Waiting {
		last := list[len(list)-1]
		reply.Next = strconv.FormatInt(last.LastAt.UnixMilli(), 10) + "." + last.ID
	}
	return reply, nil
}

// questionPlace reads where a list went on.
func questionPlace(text string) (store.QuestionPlace, error) {
	at, id, found := strings.Cut(text, ".")
	ms, err := strconv.ParseInt(at, 10, 64)
	if err != nil || !found || !front.IsName(id) {
		return store.QuestionPlace{}, front.BadRequest("query.before", words.T("続きの場所が読めません。はじめから開いてください。", "Where the list goes on cannot be read. Begin anew."))
	}
	return store.QuestionPlace{At: time.UnixMilli(ms).UTC(), ID: id}, nil
}

func (s *Server) haveRead(ctx context.Context, t talker, ids ...string) (map[string]int, error) {
	return s.deps.Store.Questions.Read(ctx, t.ws.ID, store.UserID(t.me.ID), ids)
}

func (s *Server) countQuestions(ctx context.Context, slug string) (QuestionsOverview, error) {
	reply := QuestionsOverview{Subjects: []QuestionSubject{}}
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return reply, err
	}
	user, err := s.speaker(ctx, ws.ID)
	if err != nil {
		return reply, err
	}
	me := question.Me{ID: string(user.ID), Role: front.RoleOf(ctx)}
	if me.ID == "" {
		me.ID = nobodyID
	}
	list, err := s.deps.Store.Questions.Standing(ctx, ws.ID, store.UserID(me.ID))
	if err != nil {
		return reply, err
	}
	at := map[string]int{}
	for _, one := range list {
		if !me.Sees(one.Head) {
			continue
		}
		about := one.Subject.String()
		k, there := at[about]
		if !there {
			k = len(reply.Subjects)
			at[about], reply.Subjects = k, append(reply.Subjects, QuestionSubject{About: about})
		}
		subject := &reply.Subjects[k]
		subject.All++
		if one.New(me.ID, one.Read) > 0 {
			reply.Unread++
			subject.Unread++
		}
		if !one.Settled {
			reply.Open++
			subject.Open++
			if !one.Replied {
				reply.Waiting++
			}
		}
	}
	return reply, nil
}

func (s *Server) questionPeople(ctx context.Context, slug string) (QuestionPeople, error) {
	t, err := s.talker(ctx, slug)
	if err != nil {
		return QuestionPeople{}, err
	}
	reply := QuestionPeople{People: []QuestionVoice{}}
	for _, p := range t.people {
		// A guest knows whom to ask, not who else is here.
		if t.me.Role.May(access.SeePeople) || p.Role.May(access.Decide) {
			reply.People = append(reply.People, t.voiceOf(question.Voice{ID: p.ID, Name: p.Name, Department: p.Department}))
		}
	}
	return reply, nil
}

// ownThread is a thread that whoever asks may see.
func (s *Server) ownThread(ctx context.Context, of QuestionPath) (talker, question.Thread, error) {
	t, err := s.talker(ctx, of.Workspace)
	if err != nil {
		return t, question.Thread{}, err
	}
	none := store.ErrNotFound{What: "question", Name: of.ID}
	if !front.IsName(of.ID) {
		return t, question.Thread{}, none
	}
	one, err := s.deps.Store.Questions.Get(ctx, t.ws.ID, of.ID)
	if err == nil && !t.me.Sees(one.Head) {
		err = none
	}
	return t, one, err
}

func (s *Server) getQuestion(ctx context.Context, of QuestionPath) (QuestionThread, error) {
	t, one, err := s.ownThread(ctx, of)
	if err != nil {
		return QuestionThread{}, err
	}
	return s.threadReply(ctx, t, one)
}

func (s *Server) threadReply(ctx context.Context, t talker, one question.Thread) (QuestionThread, error) {
	read, err := s.haveRead(ctx, t, one.ID)
	if err != nil {
		return QuestionThread{}, err
	}
	mail, _, err := s.deps.Store.Questions.Outside(ctx, t.ws.ID, one.ID)
	if err != nil {
		return QuestionThread{}, err
	}
	return t.thread(one, read[one.ID], mail != "", s.deps.Clock()), nil
}

func (s *Server) readQuestion(ctx context.Context, of QuestionPath, number int) error {
	t, one, err := s.ownThread(ctx, of)
	if err != nil {
		return err
	}
	return s.deps.Store.Questions.NoteRead(ctx, t.ws.ID, store.UserID(t.me.ID), one.ID, number)
}

// openQuestion is a question that waits for an answer.
type openQuestion struct {
	question.Head
	About string // what it is about, as it is called today; "" for the map as a whole
	Days  int    // it has been waiting
}

// mostWaiting is how many open questions are told elsewhere.
const mostWaiting = 100

// openQuestions is what nobody has answered yet, the longest waiting first.
func (s *Server) openQuestions(ctx context.Context, ws store.Workspace) ([]openQuestion, error) {
	heads, err := s.deps.Store.Questions.Waiting(ctx, ws.ID, mostWaiting)
	if err != nil || len(heads) == 0 {
		return nil, err
	}
	b, _, err := s.boards.board(ctx, ws, 0)
	if err != nil {
		return nil, err
	}
	list := make([]openQuestion, len(heads))
	for i, h := range heads {
		list[i] = openQuestion{Head: h, About: nameNow(b.model, h), Days: h.Waiting(s.deps.Clock())}
	}
	return list, nil
}

// tooMuchSaid is a refusal where no more fits.
func tooMuchSaid(err error) error {
	if found, ok := asTooMany(err); ok {
		if found.What == "messages" {
			return front.Refuse(http.StatusConflict, words.T("この質問には、もう書きこめません(%d件まで)。新しい質問として聞いてください。", "No more fits into this thread (%d messages). Please ask anew.", found.Limit))
		}
		return front.Refuse(http.StatusConflict, words.T("質問は%d件までです。古いものを消してください。", "There may be %d questions. Delete old ones.", found.Limit))
	}
	return err
}
