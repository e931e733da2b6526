package server

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
)

// AskPage is what somebody from outside can ask on: a read-only page, or a page that a link
// in a report or an answer opens.
type AskPage struct {
	Workspace string        `json:"workspace" doc:"its name"`
	About     string        `json:"about" doc:"what is asked about where nothing else is chosen"`
	AboutName string        `json:"about_name"`
	Thread    *AskedOutside `json:"thread" doc:"the question the link is about; null where it is about none"`
}

// AskedOutside is a question as whoever asked it from outside sees it: without the names of
// the team.
type AskedOutside struct {
	Ticket    string         `json:"ticket,omitempty" doc:"opens it again; told when it is asked, and with the list"`
	AboutName string         `json:"about_name"`
	AskedAt   time.Time      `json:"asked_at"`
	Settled   bool           `json:"settled"`
	Words     []OutsideWords `json:"words" doc:"the oldest first; deleted ones are left out"`
}

// OutsideWords is one message of it.
type OutsideWords struct {
	You     bool            `json:"you" doc:"else the team"`
	Pieces  []QuestionPiece `json:"pieces"`
	At      time.Time       `json:"at"`
	Answers bool            `json:"answers" doc:"the team says that this is the answer"`
}

// OutsideQuestion is a question from outside.
type OutsideQuestion struct {
	About string `json:"about,omitempty" maxLength:"400" doc:"absent: what the link is about"`
	Text  string `json:"text" minLength:"1" maxLength:"16000"`
	Name  string `json:"name" minLength:"1" maxLength:"60" doc:"seen by the team alone"`
	Email string `json:"email,omitempty" maxLength:"254" doc:"where the answer is sent as well; seen by nobody"`
}

// OutsideTickets are the questions somebody has asked.
type OutsideTickets struct {
	Tickets []string `json:"tickets" maxItems:"30"`
}

// OutsideAsked is a list of them; one that is gone is left out.
type OutsideAsked struct {
	Questions []AskedOutside `json:"questions"`
}

// OutsideMore is a further word of whoever asked.
type OutsideMore struct {
	Ticket string `json:"ticket,omitempty" maxLength:"100" doc:"absent: the thread the link is about"`
	Text   string `json:"text" minLength:"1" maxLength:"16000"`
}

// AskPath names a page to ask on, by the secret in its address.
type AskPath struct {
	front.Lang
	Token string `path:"token" maxLength:"1024"`
}

func (s *Server) registerOutsideQuestions(api huma.API) {
	tags := []string{"questions"}
	const path = "/api/asks/{token}"
	op := func(id, method, path, summary string, status int) huma.Operation {
		return huma.Operation{OperationID: id, Metadata: front.Needs(access.Anybody), Method: method, Path: path, Summary: summary, Tags: tags, DefaultStatus: status, MaxBodyBytes: 64 << 10}
	}
	front.Handle(api, op("open-ask-page", http.MethodGet, path, "What can be asked by a link", 0),
		func(ctx context.Context, in *AskPath) (AskPage, error) { return s.openAskPage(ctx, *in) })
	front.Handle(api, op("ask-from-outside", http.MethodPost, path, "Ask without signing in", http.StatusCreated),
		func(ctx context.Context, in *struct {
			AskPath
			Body OutsideQuestion
		}) (AskedOutside, error) {
			return s.askOutside(ctx, in.AskPath, in.Body)
		})
	front.Handle(api, op("list-own-questions", http.MethodPost, path+"/mine", "What one has asked from outside", 0),
		func(ctx context.Context, in *struct {
			AskPath
			Body OutsideTickets
		}) (OutsideAsked, error) {
			return s.ownOutside(ctx, in.AskPath, in.Body.Tickets)
		})
	front.Handle(api, op("answer-from-outside", http.MethodPost, path+"/words", "Write further in a question of one's own", http.StatusCreated),
		func(ctx context.Context, in *struct {
			AskPath
			Body OutsideMore
		}) (AskedOutside, error) {
			return s.moreOutside(ctx, in.AskPath, in.Body)
		})
}
