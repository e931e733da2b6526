package server

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
)

// QuestionsReply is threads without what was said in them.
type QuestionsReply struct {
	Questions []QuestionHead `json:"questions"`
	Next      string         `json:"next" doc:"where the list goes on: the next request's \"before\"; empty at its end"`
}

// QuestionHead is a question as a list shows it.
type QuestionHead struct {
	ID        string        `json:"id"`
	About     string        `json:"about" doc:"what it is about: map, indicator:<id>, road:<from>><to>, finding:<key>, report:<id>, review:<id>"`
	AboutName string        `json:"about_name" doc:"empty for the map as a whole"`
	Indicator *string       `json:"indicator" doc:"the indicator to open on the map; null where it is about none that is still there"`
	Quote     string        `json:"quote" doc:"what was shown when it was asked"`
	By        QuestionVoice `json:"by"`
	AskedAt   time.Time     `json:"asked_at"`
	LastAt    time.Time     `json:"last_at"`
	Summary   string        `json:"summary"`
	Messages  int           `json:"messages" doc:"the question counts"`
	Replied   bool          `json:"replied" doc:"somebody else than the asker has written"`
	Settled   bool          `json:"settled"`
	Answer    int           `json:"answer" doc:"number of the message that answers it; 0: none is marked"`
	Unread    int           `json:"unread" doc:"messages you have not seen"`
	Yours     bool          `json:"yours" doc:"you take part in it"`
	Waiting   int           `json:"waiting_days" doc:"whole days without anybody's answer"`
}

// QuestionVoice is whose word something is.
type QuestionVoice struct {
	Name       string `json:"name"`
	Department string `json:"department"`
	Outside    bool   `json:"outside" doc:"somebody who asked from a read-only page or a report"`
	You        bool   `json:"you"`
}

// QuestionThread is a question with all that was said to it.
type QuestionThread struct {
	QuestionHead
	Words     []QuestionMessage `json:"words" doc:"the oldest first"`
	MaySettle bool              `json:"may_settle" doc:"say that it is answered, or open it again"`
	MayDelete bool              `json:"may_delete" doc:"the whole of it"`
	ByMail    bool              `json:"by_mail" doc:"whoever asked from outside is answered by mail as well"`
}

// QuestionMessage is one word in a thread.
type QuestionMessage struct {
	Number    int             `json:"number"`
	By        QuestionVoice   `json:"by"`
	Pieces    []QuestionPiece `json:"pieces" doc:"one after the other they are the text; empty for a deleted one"`
	At        time.Time       `json:"at"`
	EditedAt  *time.Time      `json:"edited_at"`
	Deleted   bool            `json:"deleted"`
	MayEdit   bool            `json:"may_edit"`
	MayDelete bool            `json:"may_delete"`
}

// QuestionPiece is a stretch of a text.
type QuestionPiece struct {
	Kind string `json:"kind" enum:"text,link,call"`
	Text string `json:"text"`
	To   string `json:"to,omitempty" doc:"of a link: where it leads; http or https"`
	You  bool   `json:"you,omitempty" doc:"of a call: it is you"`
}

// QuestionsOverview is how much there is, for badges.
type QuestionsOverview struct {
	Unread   int               `json:"unread" doc:"threads with something new for you"`
	Open     int               `json:"open"`
	Waiting  int               `json:"waiting" doc:"open, and nobody has answered"`
	Subjects []QuestionSubject `json:"subjects"`
}

// QuestionSubject is how much was asked of one thing.
type QuestionSubject struct {
	About  string `json:"about"`
	Open   int    `json:"open"`
	All    int    `json:"all"`
	Unread int    `json:"unread"`
}

// QuestionPeople are those who can be called by "@".
type QuestionPeople struct {
	People []QuestionVoice `json:"people"`
}

// NewQuestion is a question as it is asked.
type NewQuestion struct {
	About string `json:"about" minLength:"1" maxLength:"400"`
	Text  string `json:"text" minLength:"1" maxLength:"16000"`
}

// QuestionWords is what somebody writes.
type QuestionWords struct {
	Text string `json:"text" minLength:"1" maxLength:"16000"`
}

// QuestionSettled says how a question was answered.
type QuestionSettled struct {
	Answer int `json:"answer,omitempty" minimum:"0" maximum:"1000" doc:"number of the message that answers it; absent: none of them"`
}

// QuestionRead says how far somebody has read.
type QuestionRead struct {
	Number int `json:"number" minimum:"1" maximum:"1000"`
}

// QuestionSettings say where the team hears of questions, beside the mails to those concerned.
type QuestionSettings struct {
	Places []string `json:"places" maxItems:"50" doc:"ids of places of notices"`
}

// QuestionSettingsReply is the settings with what there is to choose from.
type QuestionSettingsReply struct {
	QuestionSettings
	Choices []NamedChoice `json:"choices" doc:"the places of notices there are"`
}

// QuestionPath names one thread.
type QuestionPath struct {
	front.InWorkspace
	front.Lang
	ID string `path:"id" maxLength:"40"`
}

// QuestionMessagePath names one message.
type QuestionMessagePath struct {
	QuestionPath
	Number int `path:"number" minimum:"1" maximum:"1000"`
}

// QuestionsRequest asks for a list of threads.
type QuestionsRequest struct {
	front.InWorkspace
	front.Lang
	Show   string `query:"show" enum:"open,yours,settled,all" default:"all" doc:"open: those nobody has answered come first; yours: you take part in"`
	About  string `query:"about" maxLength:"400" doc:"only about one thing"`
	Search string `query:"search" maxLength:"100"`
	Before string `query:"before" maxLength:"60" doc:"\"next\" of the list before; not with show=open"`
}

func (s *Server) registerQuestions(api huma.API) {
	tags := []string{"questions"}
	const path = "/api/workspaces/{ws}/questions"
	op := func(id, method, path, summary string) huma.Operation {
		return huma.Operation{OperationID: id, Metadata: front.Needs(access.Speak), Method: method, Path: path, Summary: summary, Tags: tags}
	}
	created := func(o huma.Operation) huma.Operation { o.DefaultStatus = http.StatusCreated; return o }
	front.Handle(api, op("list-questions", http.MethodGet, path, "What is asked, the newest first"),
		func(ctx context.Context, in *QuestionsRequest) (QuestionsReply, error) {
			return s.listQuestions(ctx, *in)
		})
	front.Handle(api, op("count-questions", http.MethodGet, path+"/overview", "How much is asked and new, by what it is about"),
		func(ctx context.Context, in *struct{ front.InWorkspace }) (QuestionsOverview, error) {
			return s.countQuestions(ctx, in.Workspace)
		})
	front.Handle(api, op("list-question-people", http.MethodGet, path+"/people", "Who can be called by name"),
		func(ctx context.Context, in *struct{ front.InWorkspace }) (QuestionPeople, error) {
			return s.questionPeople(ctx, in.Workspace)
		})
	front.Handle(api, created(op("ask-question", http.MethodPost, path, "Ask")),
		func(ctx context.Context, in *struct {
			front.InWorkspace
			front.Lang
			Body NewQuestion
		}) (QuestionThread, error) {
			return s.askQuestion(ctx, in.Workspace, in.Words(), in.Body)
		})
	front.Handle(api, op("get-question", http.MethodGet, path+"/{id}", "One question with all that was said to it"),
		func(ctx context.Context, in *QuestionPath) (QuestionThread, error) { return s.getQuestion(ctx, *in) })
	front.HandleNothing(api, op("delete-question", http.MethodDelete, path+"/{id}", "Delete a question with all that was said to it"),
		func(ctx context.Context, in *QuestionPath) error { return s.deleteQuestion(ctx, *in) })
	front.Handle(api, created(op("answer-question", http.MethodPost, path+"/{id}/messages", "Write in a thread")),
		func(ctx context.Context, in *struct {
			QuestionPath
			Body QuestionWords
		}) (QuestionThread, error) {
			return s.answerQuestion(ctx, in.QuestionPath, in.Body.Text)
		})
	front.Handle(api, op("edit-message", http.MethodPut, path+"/{id}/messages/{number}", "Change one's own words, within a day"),
		func(ctx context.Context, in *struct {
			QuestionMessagePath
			Body QuestionWords
		}) (QuestionThread, error) {
			return s.editMessage(ctx, in.QuestionMessagePath, in.Body.Text)
		})
	front.Handle(api, op("delete-message", http.MethodDelete, path+"/{id}/messages/{number}", "Take a message away"),
		func(ctx context.Context, in *QuestionMessagePath) (QuestionThread, error) {
			return s.deleteMessage(ctx, *in)
		})
	front.Handle(api, op("settle-question", http.MethodPut, path+"/{id}/answer", "Say that it is answered, and by which message"),
		func(ctx context.Context, in *struct {
			QuestionPath
			Body QuestionSettled
		}) (QuestionThread, error) {
			return s.settleQuestion(ctx, in.QuestionPath, true, in.Body.Answer)
		})
	front.Handle(api, op("reopen-question", http.MethodDelete, path+"/{id}/answer", "Open it again"),
		func(ctx context.Context, in *QuestionPath) (QuestionThread, error) {
			return s.settleQuestion(ctx, *in, false, 0)
		})
	front.HandleNothing(api, op("read-question", http.MethodPost, path+"/{id}/read", "Keep how far one has read"),
		func(ctx context.Context, in *struct {
			QuestionPath
			Body QuestionRead
		}) error {
			return s.readQuestion(ctx, in.QuestionPath, in.Body.Number)
		})
	settings := func(id, method, summary string) huma.Operation {
		o := op(id, method, "/api/workspaces/{ws}/question-settings", summary)
		o.Metadata = front.Needs(access.Decide)
		return o
	}
	front.Handle(api, settings("get-question-settings", http.MethodGet, "Where the team hears of questions"),
		func(ctx context.Context, in *struct{ front.InWorkspace }) (QuestionSettingsReply, error) {
			return s.getQuestionSettings(ctx, in.Workspace)
		})
	front.Handle(api, settings("put-question-settings", http.MethodPut, "Choose where the team hears of questions"),
		func(ctx context.Context, in *struct {
			front.InWorkspace
			Body QuestionSettings
		}) (QuestionSettingsReply, error) {
			return s.putQuestionSettings(ctx, in.Workspace, in.Body)
		})
	s.registerOutsideQuestions(api)
}
