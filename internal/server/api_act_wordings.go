package server

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
)

// VersusView is wording B against wording A, each person counted once.
type VersusView struct {
	Verdict    string      `json:"verdict" enum:"higher,lower,same,cannot-tell" doc:"of B"`
	Difference float64     `json:"difference" doc:"of the shares, B less A"`
	Interval   []float64   `json:"interval" doc:"95 %, however often one looks; empty: too little to say one"`
	Sentence   string      `json:"sentence"`
	By         string      `json:"by" enum:"clicks,opens,kpi" doc:"what is counted of people"`
	KPI        string      `json:"kpi" doc:"name of the KPI, by kpi; else empty"`
	Arms       []VersusArm `json:"arms" doc:"A and B"`
	Watching   int         `json:"watching" doc:"people whose days are not over, by kpi; they do not count yet"`
	Days       int         `json:"days" doc:"how many days people are watched after their mail, by kpi; else 0"`
}

// VersusArm is what came of one wording.
type VersusArm struct {
	Variant string `json:"variant"`
	People  int    `json:"people" doc:"whom it reached"`
	Did     int    `json:"did" doc:"of them, did what is counted"`
}

// WordingsReply is what an automation's second wordings show.
type WordingsReply struct {
	Wordings []WordingTrial `json:"wordings"`
}

// WordingTrial is two wordings of the mail of one step, sent by lot.
type WordingTrial struct {
	Trial    string      `json:"trial" doc:"its name; another text, share or yardstick makes another"`
	Step     string      `json:"step"`
	Latest   bool        `json:"latest" doc:"it stands in the newest version"`
	ShareB   float64     `json:"share_b" doc:"of those who come to the step"`
	Since    *series.Day `json:"since" doc:"the day of the first mail; null: none has gone yet"`
	Wordings []Wording   `json:"wordings" doc:"A and B"`
	Versus   VersusView  `json:"versus"`
	Notes    []string    `json:"notes" doc:"what to know when reading this"`
}

// Wording is one of two mails that are compared.
type Wording struct {
	Variant  string `json:"variant"`
	Template string `json:"template"`
	Name     string `json:"name" doc:"empty where it is gone"`
}

// MailOutcome is an indicator of which it is known whose its events are.
type MailOutcome struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

func (s *Server) registerWordings(api huma.API) {
	front.Handle(api, huma.Operation{
		OperationID: "get-automation-wordings", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: "/api/workspaces/{ws}/automations/{id}/wordings",
		Summary: "What the second wordings of an automation's mails show", Tags: []string{"act"},
	}, func(ctx context.Context, in *struct {
		AutomationPath
		front.Lang
	}) (WordingsReply, error) {
		return s.automationWordings(ctx, in.AutomationPath, in.Words())
	})
	front.Handle(api, mailOp("list-mail-outcomes", http.MethodGet, "/outcomes", "The indicators two wordings can be told apart by: those known person by person", access.SeeNumbers), func(ctx context.Context, in *InMail) (struct {
		Outcomes []MailOutcome `json:"outcomes"`
	}, error) {
		list, err := s.mailOutcomes(ctx, in.Workspace)
		return struct {
			Outcomes []MailOutcome `json:"outcomes"`
		}{list}, err
	})
}

func (s *Server) mailOutcomes(ctx context.Context, slug string) ([]MailOutcome, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return nil, err
	}
	list := []MailOutcome{}
	model, err := s.modelOrEmptyNewest(ctx, ws.ID)
	if isNotFound(err) || err == nil && model == nil {
		return list, nil
	}
	if err != nil {
		return nil, err
	}
	for _, one := range model.model.Indicators {
		if toldByPerson(model.model, one.ID) {
			list = append(list, MailOutcome{one.ID, one.Name})
		}
	}
	return list, nil
}
