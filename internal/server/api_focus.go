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

// FocusReply is what a team watches now, what it watched before, and what its state suggests.
type FocusReply struct {
	Current *FocusView  `json:"current" doc:"null where nothing is watched"`
	History []FocusView `json:"history" doc:"former choices, the newest first"`
	Advice  FocusAdvice `json:"advice"`
	Choices []FocusKPI  `json:"choices" doc:"every KPI of the map"`
	Until   series.Day  `json:"until" format:"date" doc:"how long a new choice lasts unless it says otherwise"`
	Most    int         `json:"most" doc:"how many can be watched at once"`
}

// FocusView is one choice.
type FocusView struct {
	KPIs   []FocusKPI `json:"kpis"`
	From   series.Day `json:"from" format:"date"`
	Until  series.Day `json:"until" format:"date"`
	Why    string     `json:"why"`
	By     string     `json:"by"`
	SetAt  time.Time  `json:"set_at"`
	Review *string    `json:"review" doc:"id of the review it was settled on"`
}

// FocusKPI names a KPI; its id where the map has it no more.
type FocusKPI struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	OnMap bool   `json:"on_map"`
}

// FocusAdvice is what the state of the team suggests.
type FocusAdvice struct {
	Stage       string            `json:"stage" enum:"measure,catch-up,grow,unknown"`
	Sentence    string            `json:"sentence"`
	Suggestions []FocusSuggestion `json:"suggestions"`
}

// FocusSuggestion is a KPI that deserves to be watched.
type FocusSuggestion struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Why  string `json:"why"`
}

// SetFocus chooses what is watched from today on.
type SetFocus struct {
	Indicators []string    `json:"indicators" maxItems:"3" doc:"ids of KPIs; none ends the focus"`
	Until      *series.Day `json:"until,omitempty" format:"date" doc:"the last day; the end of the fiscal quarter where absent"`
	Why        string      `json:"why,omitempty" maxLength:"1000"`
}

func (s *Server) registerFocus(api huma.API) {
	tags := []string{"reviews"}
	const path = "/api/workspaces/{ws}/focus"
	front.Handle(api, huma.Operation{
		OperationID: "get-focus", Metadata: front.Needs(access.SeeMap), Method: http.MethodGet, Path: path, Summary: "What the team watches for now", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
	}) (FocusReply, error) {
		return s.focusReply(ctx, in.Workspace, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "set-focus", Metadata: front.Needs(access.Decide), Method: http.MethodPut, Path: path, Summary: "Choose what the team watches for now", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
		Body SetFocus
	}) (FocusReply, error) {
		if _, err := s.setFocus(ctx, in.Workspace, in.Body); err != nil {
			return FocusReply{}, err
		}
		return s.focusReply(ctx, in.Workspace, in.Words())
	})
}
