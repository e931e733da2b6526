package server

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
)

// AgreementReply is the page of the agreement. What the others said is in it only for who
// has said it, too.
type AgreementReply struct {
	Version  int                `json:"version" doc:"of the model"`
	State    AgreementBrief     `json:"state"`
	Goal     AgreementGoal      `json:"goal"`
	You      AgreementYou       `json:"you"`
	Round    *AgreementRound    `json:"round" doc:"the newest asking; null before the first"`
	Spoken   []AgreementPerson  `json:"spoken" doc:"who has said what the goal is; what they said stands in rows"`
	Rows     []AgreementRow     `json:"rows" doc:"what each said, beside the goal; empty until you have said it, too"`
	Points   []AgreementPoint   `json:"points" doc:"the differences to settle; empty until you have said it, too"`
	Wording  *AgreementWording  `json:"wording" doc:"the newest words to sign; null before the first"`
	Proposed string             `json:"proposed" doc:"words to begin with, made from the model; empty while the goal cannot be signed"`
	Recount  bool               `json:"recount" doc:"how it is measured was changed since somebody signed"`
	History  []AgreementHappens `json:"history" doc:"the newest first"`
	Members  []AgreementPerson  `json:"members" doc:"who can be asked; empty for who may not ask"`
}

// AgreementGoal is the goal as the model has it.
type AgreementGoal struct {
	Name     string `json:"name"`
	Unit     string `json:"unit"`
	Purpose  string `json:"purpose" doc:"empty where the model is silent, here and below"`
	Meaning  string `json:"meaning"`
	Number   string `json:"number"`
	Deadline string `json:"deadline"`
	Signable bool   `json:"signable" doc:"it says how much and by when"`
}

// AgreementYou is whoever asks.
type AgreementYou struct {
	ID     string         `json:"id" doc:"empty for a program: it has no word of its own"`
	Name   string         `json:"name"`
	Said   *AgreementSaid `json:"said" doc:"your last words; null before the first"`
	Spoken bool           `json:"spoken" doc:"you have said it in this round: what the others said is shown"`
	Asked  bool           `json:"asked"`
	Signed bool           `json:"signed" doc:"your signature stands under the newest words"`
	Decide bool           `json:"decide" doc:"you may ask, and propose words"`
}

// AgreementSaid is the goal in somebody's own words.
type AgreementSaid struct {
	Purpose  string `json:"purpose" maxLength:"300" doc:"what for"`
	Meaning  string `json:"meaning" maxLength:"500" doc:"what is counted as one"`
	Amount   string `json:"amount" maxLength:"120" doc:"how much: 年100件, 8 a month"`
	Deadline string `json:"deadline" maxLength:"120" doc:"by when: 3月末, end of the fiscal year"`
}

// AgreementPerson is somebody whose word counts.
type AgreementPerson struct {
	ID         string      `json:"id" doc:"empty for somebody without an account"`
	Name       string      `json:"name"`
	Department string      `json:"department"`
	Done       bool        `json:"done" doc:"they said it, or signed"`
	On         *series.Day `json:"on" format:"date" doc:"when"`
}

// AgreementRound is one asking.
type AgreementRound struct {
	Number   int               `json:"number"`
	Note     string            `json:"note"`
	AnswerBy *series.Day       `json:"answer_by" format:"date"`
	By       string            `json:"by"`
	On       series.Day        `json:"on" format:"date"`
	People   []AgreementPerson `json:"people"`
}

// AgreementRow is one person's words beside the goal.
type AgreementRow struct {
	Name       string          `json:"name"`
	Department string          `json:"department"`
	You        bool            `json:"you"`
	On         *series.Day     `json:"on" format:"date" doc:"null for what stands in the model file"`
	Blind      bool            `json:"blind" doc:"said before the others' words were seen"`
	Earlier    bool            `json:"earlier" doc:"said in an earlier round"`
	HeardBy    string          `json:"heard_by" doc:"who wrote it down for them"`
	InFile     bool            `json:"in_file" doc:"it stands in the model file"`
	Cells      []AgreementCell `json:"cells" doc:"purpose, meaning, number, deadline"`
}

// AgreementCell is one aspect of somebody's words.
type AgreementCell struct {
	Aspect  string `json:"aspect" enum:"purpose,meaning,number,deadline"`
	Verdict string `json:"verdict" enum:"same,rounded,differs,unclear,unsaid"`
	Said    string `json:"said"`
	Means   string `json:"means" doc:"in the goal's own terms: 12か月で96件"`
	Note    string `json:"note" doc:"how far from the goal"`
}

// AgreementPoint is one difference to settle.
type AgreementPoint struct {
	Aspect   string `json:"aspect" enum:"purpose,meaning,number,deadline"`
	Sentence string `json:"sentence"`
	Question string `json:"question" doc:"what to settle"`
}

// AgreementWording is words to sign.
type AgreementWording struct {
	Number  int               `json:"number"`
	Version int               `json:"version" doc:"of the model they were made from"`
	Text    string            `json:"text"`
	By      string            `json:"by"`
	On      series.Day        `json:"on" format:"date"`
	Current bool              `json:"current" doc:"the goal is still the one they speak of: they can be signed"`
	People  []AgreementPerson `json:"people" doc:"who is asked to sign, and who did"`
}

// AgreementHappens is one thing that was said or signed.
type AgreementHappens struct {
	At   time.Time `json:"at"`
	Kind string    `json:"kind" enum:"asked,said,proposed,signed,withdrawn"`
	Who  string    `json:"who"`
	Text string    `json:"text" doc:"the words, where you may see them"`
}

// AgreementTyped is words while they are typed.
type AgreementTyped struct {
	AgreementSaid
	front.BodyLang
}

// AgreementRead is what is understood of words while they are typed.
type AgreementRead struct {
	Sentence string          `json:"sentence" doc:"what was understood; empty while nothing was"`
	Hints    []AgreementHint `json:"hints" doc:"what would make the words clearer"`
}

// AgreementHint is what would make one field clearer.
type AgreementHint struct {
	Field string `json:"field" enum:"purpose,meaning,amount,deadline"`
	Text  string `json:"text"`
}

// AgreementSay is somebody's words on the goal.
type AgreementSay struct {
	AgreementSaid
	For *AgreementFor `json:"for,omitempty" doc:"for somebody without an account, whose words were heard; editors may"`
}

// AgreementFor is somebody without an account.
type AgreementFor struct {
	Name       string `json:"name" minLength:"1" maxLength:"100"`
	Department string `json:"department,omitempty" maxLength:"100"`
}

// AgreementAsk asks people to say what the goal is.
type AgreementAsk struct {
	People   []string    `json:"people" maxItems:"200" doc:"ids of members; empty: everybody"`
	Note     string      `json:"note,omitempty" maxLength:"500"`
	AnswerBy *series.Day `json:"answer_by,omitempty" format:"date"`
}

// AgreementPropose hands people words to sign.
type AgreementPropose struct {
	Version int      `json:"version" minimum:"1" doc:"of the model; a conflict when it is not the newest"`
	Text    string   `json:"text" minLength:"1" maxLength:"2000"`
	People  []string `json:"people" maxItems:"200" doc:"ids of members; empty: everybody"`
}

// AgreementTold is how many people were told.
type AgreementTold struct {
	Told int `json:"told"`
}

// AgreementWithdraw takes a signature back.
type AgreementWithdraw struct {
	Why string `json:"why" minLength:"1" maxLength:"500"`
}

func (s *Server) registerAgreement(api huma.API) {
	tags := []string{"agreement"}
	const path = "/api/workspaces/{ws}/agreement"
	type asking struct {
		front.InWorkspace
		front.Lang
	}
	front.Handle(api, huma.Operation{
		OperationID: "get-agreement", Metadata: front.Needs(access.SeeMap), Method: http.MethodGet, Path: path,
		Summary: "How far the team is with agreeing on the goal", Tags: tags,
	}, func(ctx context.Context, in *asking) (AgreementReply, error) {
		return s.agreementPage(ctx, in.Workspace, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "read-goal-words", Metadata: front.Needs(access.Speak), Method: http.MethodPost, Path: path + "/read",
		Summary: "What is understood of words while they are typed; nothing is kept", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
		Body AgreementTyped
	}) (AgreementRead, error) {
		return s.readGoalWords(ctx, in.Workspace, in.Body.AgreementSaid, in.Body.Over(ctx, in.Lang))
	})
	front.Handle(api, huma.Operation{
		OperationID: "state-goal", Metadata: front.Needs(access.Speak), Method: http.MethodPost, Path: path + "/statements",
		Summary: "Say what the goal is, in your own words", Tags: tags, DefaultStatus: http.StatusCreated,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
		Body AgreementSay
	}) (AgreementReply, error) {
		if err := s.sayGoal(ctx, in.Workspace, in.Body); err != nil {
			return AgreementReply{}, err
		}
		return s.agreementPage(ctx, in.Workspace, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "ask-for-goal", Metadata: front.Needs(access.Decide), Method: http.MethodPost, Path: path + "/rounds",
		Summary: "Ask people to say what the goal is", Tags: tags, DefaultStatus: http.StatusCreated,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
		Body AgreementAsk
	}) (AgreementReply, error) {
		if err := s.askForGoal(ctx, in.Workspace, in.Body); err != nil {
			return AgreementReply{}, err
		}
		return s.agreementPage(ctx, in.Workspace, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "remind-of-goal", Metadata: front.Needs(access.Decide), Method: http.MethodPost, Path: path + "/remind",
		Summary: "Remind those who have not answered; each at most once a day", Tags: tags,
	}, func(ctx context.Context, in *asking) (AgreementTold, error) {
		return s.remindOfGoal(ctx, in.Workspace)
	})
	front.Handle(api, huma.Operation{
		OperationID: "propose-wording", Metadata: front.Needs(access.Decide), Method: http.MethodPost, Path: path + "/wordings",
		Summary: "Hand people words to sign", Tags: tags, DefaultStatus: http.StatusCreated,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
		Body AgreementPropose
	}) (AgreementReply, error) {
		if err := s.proposeWording(ctx, in.Workspace, in.Body); err != nil {
			return AgreementReply{}, err
		}
		return s.agreementPage(ctx, in.Workspace, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "sign-wording", Metadata: front.Needs(access.Speak), Method: http.MethodPost, Path: path + "/wordings/{number}/sign",
		Summary: "Sign words", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
		Number int `path:"number" minimum:"1"`
	}) (AgreementReply, error) {
		if err := s.signWording(ctx, in.Workspace, in.Number); err != nil {
			return AgreementReply{}, err
		}
		return s.agreementPage(ctx, in.Workspace, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "withdraw-signature", Metadata: front.Needs(access.Speak), Method: http.MethodPost, Path: path + "/wordings/{number}/withdraw",
		Summary: "Take your signature back, with the reason", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
		Number int `path:"number" minimum:"1"`
		Body   AgreementWithdraw
	}) (AgreementReply, error) {
		if err := s.withdrawSignature(ctx, in.Workspace, in.Number, in.Body); err != nil {
			return AgreementReply{}, err
		}
		return s.agreementPage(ctx, in.Workspace, in.Words())
	})
}
