package server

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shirube/shirube/internal/deliver/track"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/share/question"
	"github.com/shirube/shirube/internal/share/viewlink"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// What comes from outside comes from whoever holds a link: it is slowed down by address and
// by link, and no more of it waits for an answer than people can read.
const (
	outsideAtOnce  = 6
	outsideEvery   = 5 * time.Minute
	linkAtOnce     = 30
	linkEvery      = 2 * time.Minute
	outsideWaiting = 60
	askFor         = 180 * 24 * time.Hour // how long the link of a report lets ask
	// An address somebody left is kept to answer them, and no longer: for so many days after
	// the last word of a question that is settled, and of one that nobody settles.
	addressAnswered = 7
	addressWaiting  = 90
)

// askDoor is a way in for somebody who does not sign in.
type askDoor struct {
	ws     store.Workspace
	model  *goal.Model
	about  question.Subject // where nothing else is chosen
	thread string           // the one it opens; "" none
	view   store.ViewID     // the read-only page it is; "" none
	whole  bool             // it shows every number; else the goal alone may be asked about
}

// askDoor finds out what a secret opens: a read-only page, or what we have signed ourselves.
func (s *Server) askDoor(ctx context.Context, token string) (askDoor, error) {
	door, err := s.signedDoor(ctx, token)
	if errors.Is(err, track.ErrNone) {
		door, err = s.viewDoor(ctx, token)
	}
	if err != nil {
		return door, err
	}
	b, _, err := s.boards.board(ctx, door.ws, 0)
	if err != nil {
		return door, err
	}
	door.model = b.model
	return door, nil
}

func (s *Server) viewDoor(ctx context.Context, token string) (askDoor, error) {
	if !front.IsName(token) {
		return askDoor{}, store.ErrNotFound{What: "view", Name: "…"}
	}
	at := ViewToken{Token: token}
	if from := front.RequestOf(ctx).From; from != nil {
		at.Pass = from.Header.Get("View-Pass") // a page with a password is asked about by those who know it
	}
	view, ws, err := s.shown(ctx, at)
	all := slices.Contains(view.Shows, viewlink.Map) || slices.Contains(view.Shows, viewlink.Glossary)
	return askDoor{ws: ws, view: view.ID, about: question.Subject{Kind: question.Whole}, whole: all}, err
}

// mayAsk refuses what is about more than the page shows: not even that it is there is told.
func (d askDoor) mayAsk(about question.Subject) error {
	if d.whole || about.Kind == question.Whole || about.Kind == question.Indicator && about.ID == d.model.KGI().ID {
		return nil
	}
	return noIndicator(about.ID)
}

// askWhere sets what is signed for asking apart from what is signed for anything else.
const askWhere = "ask"

func (s *Server) signedDoor(ctx context.Context, token string) (askDoor, error) {
	t, err := track.Read(token, askWhere, func(ws string) ([]byte, error) {
		if !front.IsName(ws) {
			return nil, track.ErrNone
		}
		key, err := s.mailing.keyIfThere(ctx, store.WorkspaceID(ws))
		if isNotFound(err) {
			return nil, track.ErrNone
		}
		return key, err
	})
	if err != nil {
		return askDoor{}, err
	}
	if t.Kind != track.Ask {
		return askDoor{}, track.ErrNone
	}
	if s.deps.Clock().Sub(time.UnixMilli(t.SentAt)) > askFor {
		return askDoor{}, store.ErrClosed{Reason: store.ClosedExpired}
	}
	ws, err := s.deps.Store.Workspaces.Get(ctx, store.WorkspaceID(t.Workspace))
	if err != nil {
		return askDoor{}, err
	}
	about, ok := question.ParseSubject(t.Topic)
	if !ok {
		about = question.Subject{Kind: question.Whole}
	}
	return askDoor{ws: ws, about: about, thread: t.Cause, whole: true}, nil
}

// askPath is an address, behind the host, where whoever holds it can ask about something
// without signing in: it stands in reports. thread: it opens that question, and is for whoever
// asked it alone.
func (s *Server) askPath(ctx context.Context, ws store.WorkspaceID, about question.Subject, thread string) (string, error) {
	key, err := s.mailing.key(ctx, ws)
	if err != nil {
		return "", err
	}
	t := track.Token{Kind: track.Ask, Workspace: string(ws), Topic: about.String(), Cause: thread, SentAt: s.deps.Clock().UnixMilli()}
	return "/ask/" + track.Sign(key, t, askWhere), nil
}

func (s *Server) openAskPage(ctx context.Context, in AskPath) (AskPage, error) {
	door, err := s.askDoor(ctx, in.Token)
	if err != nil {
		return AskPage{}, err
	}
	page := AskPage{Workspace: door.ws.Name, About: door.about.String()}
	page.AboutName, _ = subjectName(door.model, door.about)
	if door.thread != "" {
		one, err := s.deps.Store.Questions.Get(ctx, door.ws.ID, door.thread)
		if err != nil {
			return AskPage{}, err
		}
		view := outsideView(one, door.model)
		page.Thread = &view
	}
	return page, nil
}

// outsideView is a thread as whoever asked it from outside sees it: no name of the team.
func outsideView(one question.Thread, m *goal.Model) AskedOutside {
	view := AskedOutside{AboutName: nameNow(m, one.Head), AskedAt: one.AskedAt, Settled: one.Settled, Words: []OutsideWords{}}
	for _, m := range one.Messages {
		if m.Deleted {
			continue
		}
		word := OutsideWords{You: m.By.Outside, Pieces: []QuestionPiece{}, At: m.At, Answers: one.Settled && one.Answer == m.Number}
		for _, p := range question.Pieces(m.Text, nil) {
			word.Pieces = append(word.Pieces, QuestionPiece{Kind: string(p.Kind), Text: p.Text, To: p.To})
		}
		view.Words = append(view.Words, word)
	}
	return view
}

// slowOutside counts one thing that comes from outside.
func (s *Server) slowOutside(ctx context.Context, token string) error {
	from := "nowhere"
	if known := front.RequestOf(ctx); known.From != nil {
		from = s.clientAddress(known.From)
	}
	now := s.deps.Clock()
	wait := s.talks.one(now, "address "+from, outsideEvery, outsideAtOnce)
	wait = max(wait, s.talks.one(now, "link "+access.Fingerprint(token), linkEvery, linkAtOnce))
	if wait > 0 {
		return tooMany(wait)
	}
	return nil
}

func (s *Server) askOutside(ctx context.Context, in AskPath, body OutsideQuestion) (AskedOutside, error) {
	door, err := s.askDoor(ctx, in.Token)
	if err != nil {
		return AskedOutside{}, err
	}
	text, err := s.questionText(body.Text)
	if err != nil {
		return AskedOutside{}, err
	}
	name := question.Line(front.Clean(question.Tidy(body.Name)), 60)
	if name == "" {
		return AskedOutside{}, front.BadRequest("body.name", words.T("お名前を入れてください。答える人が、だれへの答えか分かります。", "Please give your name, so that whoever answers knows whom."))
	}
	mail := strings.TrimSpace(body.Email)
	if mail != "" {
		if mail, err = emailOf("body.email", mail); err != nil {
			return AskedOutside{}, err
		}
	}
	subject := door.about
	if body.About != "" {
		guest := talker{ws: door.ws, model: door.model, me: question.Me{Role: access.Guest}}
		if subject, err = s.subjectOf(guest, body.About); err != nil {
			return AskedOutside{}, err
		}
		if err := door.mayAsk(subject); err != nil {
			return AskedOutside{}, err
		}
	}
	if err := s.slowOutside(ctx, in.Token); err != nil {
		return AskedOutside{}, err
	}
	if err := s.roomOutside(ctx, door.ws.ID); err != nil {
		return AskedOutside{}, err
	}
	people, err := s.questionable(ctx, door.ws.ID)
	if err != nil {
		return AskedOutside{}, err
	}
	said, err := s.saidOf(ctx, door.ws, subject, in.Words())
	if err != nil {
		return AskedOutside{}, err
	}
	ticket, err := access.NewToken(s.deps.Random)
	if err != nil {
		return AskedOutside{}, err
	}
	one, err := s.keepQuestion(ctx, door.ws, store.NewQuestion{
		Subject: subject, Name: said.name, Quote: said.quote, Text: text, By: question.Voice{Name: name, Outside: true},
		Mail: mail, View: string(door.view), Ticket: access.Fingerprint(ticket),
	}, people, said.owners)
	if err != nil {
		return AskedOutside{}, err
	}
	view := outsideView(one, door.model)
	view.Ticket = ticket
	return view, nil
}

// roomOutside refuses more than people can answer.
func (s *Server) roomOutside(ctx context.Context, ws store.WorkspaceID) error {
	waiting, err := s.deps.Store.Questions.Waiting(ctx, ws, 10*outsideWaiting)
	if err != nil {
		return err
	}
	n := 0
	for _, h := range waiting {
		if h.Asked.Outside {
			n++
		}
	}
	if n >= outsideWaiting {
		return front.Refuse(http.StatusTooManyRequests, words.T(
			"答えを待っている質問がたくさんあり、いまは受け取れません。少したってから、もう一度お願いします。",
			"Many questions wait for an answer, and no more can be taken now. Please try again later."))
	}
	return nil
}

// outsideThread is the thread a ticket opens, of the workspace of the door.
func (s *Server) outsideThread(ctx context.Context, door askDoor, ticket string) (question.Thread, error) {
	id := door.thread
	if ticket != "" {
		ws, found, err := s.deps.Store.Questions.ByTicket(ctx, access.Fingerprint(ticket))
		if err != nil {
			return question.Thread{}, err
		}
		if ws != door.ws.ID {
			return question.Thread{}, store.ErrNotFound{What: "question", Name: "…"}
		}
		id = found
	}
	if id == "" {
		return question.Thread{}, store.ErrNotFound{What: "question", Name: "…"}
	}
	return s.deps.Store.Questions.Get(ctx, door.ws.ID, id)
}

func (s *Server) ownOutside(ctx context.Context, in AskPath, tickets []string) (OutsideAsked, error) {
	reply := OutsideAsked{Questions: []AskedOutside{}}
	door, err := s.askDoor(ctx, in.Token)
	if err != nil {
		return reply, err
	}
	for _, ticket := range tickets {
		if ticket == "" || len(ticket) > 100 {
			continue
		}
		one, err := s.outsideThread(ctx, door, ticket)
		if isNotFound(err) {
			continue
		}
		if err != nil {
			return reply, err
		}
		view := outsideView(one, door.model)
		view.Ticket = ticket
		reply.Questions = append(reply.Questions, view)
	}
	return reply, nil
}

func (s *Server) moreOutside(ctx context.Context, in AskPath, body OutsideMore) (AskedOutside, error) {
	door, err := s.askDoor(ctx, in.Token)
	if err != nil {
		return AskedOutside{}, err
	}
	text, err := s.questionText(body.Text)
	if err != nil {
		return AskedOutside{}, err
	}
	one, err := s.outsideThread(ctx, door, body.Ticket)
	if err != nil {
		return AskedOutside{}, err
	}
	if !one.Asked.Outside {
		return AskedOutside{}, store.ErrNotFound{What: "question", Name: "…"}
	}
	if err := s.slowOutside(ctx, in.Token); err != nil {
		return AskedOutside{}, err
	}
	people, err := s.questionable(ctx, door.ws.ID)
	if err != nil {
		return AskedOutside{}, err
	}
	if err := s.say(ctx, door.ws, one.ID, one.Asked, text, people); err != nil {
		return AskedOutside{}, err
	}
	if one, err = s.deps.Store.Questions.Get(ctx, door.ws.ID, one.ID); err != nil {
		return AskedOutside{}, err
	}
	view := outsideView(one, door.model)
	view.Ticket = body.Ticket
	return view, nil
}

// tellOutside has told whoever asked from outside, and left an address, what the team says.
// Their own words are not in it: nobody can have us write what they like to others.
func (s *Server) tellOutside(ctx context.Context, tx *store.Tx, ws store.Workspace, h question.Head, m question.Message, open string) error {
	if open == "" || m.By.Outside {
		return nil
	}
	mail, _, err := tx.Questions.Outside(ctx, ws.ID, h.ID)
	if err != nil || mail == "" {
		return err
	}
	t := questionTelling("question/"+h.ID+"/"+strconv.Itoa(m.Number)+"/asker", h, question.AnswerOutside(ws.Name, h, m))
	t.Link = open
	return s.tell(ctx, tx.Outbox, ws.ID, t, listeners{Asker: h.ID})
}
