package server

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/act/initiative"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/words"
)

// InitiativesReply is what a team undertakes: what is running first, then ideas, then what
// is over, the newest first each.
type InitiativesReply struct {
	Initiatives []InitiativeView `json:"initiatives"`
}

// InitiativeView is one initiative with what is known of it.
type InitiativeView struct {
	ID      string `json:"id"`
	Version int    `json:"version" doc:"counts edits; an edit says the one it began with"`
	InitiativeBody
	KPIName   string              `json:"kpi_name" doc:"its id where the map has it no more"`
	KPIUnit   string              `json:"kpi_unit"`
	LeverName string              `json:"lever_name" doc:"its id where the map has it no more; empty without one"`
	Estimate  *InitiativeEstimate `json:"estimate" doc:"the newest; null: nobody asked yet"`
	By        string              `json:"by"`
	CreatedAt time.Time           `json:"created_at"`
	UpdatedAt time.Time           `json:"updated_at"`
}

// InitiativeBody is an initiative as it is written.
type InitiativeBody struct {
	Name        string      `json:"name" maxLength:"120"`
	Hypothesis  string      `json:"hypothesis,omitempty" maxLength:"4000" doc:"what the team believes"`
	KPI         string      `json:"kpi" maxLength:"80" doc:"an indicator of the map"`
	Lever       string      `json:"lever,omitempty" maxLength:"80" doc:"the indicator the team moves itself to get there"`
	State       string      `json:"state" enum:"idea,running,finished"`
	From        *series.Day `json:"from,omitempty" doc:"the first day"`
	To          *series.Day `json:"to,omitempty" doc:"the last day; absent while it goes on"`
	Cost        *float64    `json:"cost,omitempty" minimum:"0" doc:"yen"`
	Automations []string    `json:"automations,omitempty" maxItems:"20" doc:"ids of automations that are part of it"`
	Campaigns   []string    `json:"campaigns,omitempty" maxItems:"20" doc:"utm_campaign"`
	Did         string      `json:"did,omitempty" maxLength:"4000" doc:"what was done"`
}

// InitiativeEstimate is what was known on one day.
type InitiativeEstimate struct {
	Number      int              `json:"number"`
	ToldAt      time.Time        `json:"told_at"`
	By          string           `json:"by"`
	Method      string           `json:"method" enum:"randomized,intervention,none"`
	MethodName  string           `json:"method_name"`
	Verdict     string           `json:"verdict" enum:"works,harms,cannot-tell"`
	From        series.Day       `json:"from" doc:"the days looked at"`
	To          series.Day       `json:"to"`
	Effect      *InitiativeRange `json:"effect" doc:"on the KPI over these days where it is a total, else on a day; null where there is none"`
	Relative    *InitiativeRange `json:"relative" doc:"0.1: a tenth more"`
	Total       bool             `json:"total"`
	OnKGI       *InitiativeRange `json:"on_kgi" doc:"over the same days; null where it cannot be computed"`
	PerKGI      *float64         `json:"per_kgi" doc:"yen a unit of the KGI; null where it cannot be told"`
	Compared    []string         `json:"compared" doc:"what it was compared with"`
	Sentence    string           `json:"sentence"`
	KGISentence string           `json:"kgi_sentence"`
	LeverSays   string           `json:"lever_sentence" doc:"what became of what the team moved; empty without it"`
	Speaks      bool             `json:"speaks" doc:"it is evidence for the road from what was moved to the KPI"`
	PaySentence string           `json:"pay_sentence"`
}

// InitiativeRange is a number with its 95 % range.
type InitiativeRange struct {
	Value float64 `json:"value"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

// InitiativeReply is one initiative with its log and the picture of its newest estimate.
type InitiativeReply struct {
	InitiativeView
	Log         []InitiativeEstimate   `json:"log" doc:"every estimate, the newest first"`
	Chart       []InitiativeDay        `json:"chart" doc:"of the newest estimate"`
	Linked      []InitiativeAutomation `json:"linked" doc:"the automations it names that are still there"`
	CanEstimate bool                   `json:"can_estimate" doc:"it has begun, so that something may be said"`
}

// InitiativeDay is a day of the KPI and what was to be expected without the initiative.
type InitiativeDay struct {
	Day      series.Day       `json:"day"`
	Actual   *float64         `json:"actual"`
	Expected *InitiativeRange `json:"expected" doc:"null before the first day, and where nothing was compared"`
}

// InitiativeAutomation is an automation that is part of an initiative.
type InitiativeAutomation struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// EditInitiative is an edit of an initiative.
type EditInitiative struct {
	InitiativeBody
	Base int `json:"base_version" minimum:"1" doc:"the version the edit began with"`
}

// InitiativePath names one initiative.
type InitiativePath struct {
	front.InWorkspace
	front.Lang
	ID string `path:"id" maxLength:"40"`
}

func (s *Server) registerInitiatives(api huma.API) {
	tags := []string{"act"}
	const path = "/api/workspaces/{ws}/initiatives"
	front.Handle(api, huma.Operation{
		OperationID: "list-initiatives", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: path, Summary: "What the team undertakes, what is running first", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
	}) (InitiativesReply, error) {
		return s.listInitiatives(ctx, in.Workspace, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "create-initiative", Metadata: front.Needs(access.EditModel), Method: http.MethodPost, Path: path, Summary: "Begin an initiative", Tags: tags,
		DefaultStatus: http.StatusCreated,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
		Body InitiativeBody
	}) (InitiativeReply, error) {
		return s.createInitiative(ctx, in.Workspace, in.Body, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "get-initiative", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: path + "/{id}", Summary: "One initiative with its log", Tags: tags,
	}, func(ctx context.Context, in *struct{ InitiativePath }) (InitiativeReply, error) {
		return s.getInitiative(ctx, in.InitiativePath, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "edit-initiative", Metadata: front.Needs(access.EditModel), Method: http.MethodPut, Path: path + "/{id}", Summary: "Change an initiative", Tags: tags,
	}, func(ctx context.Context, in *struct {
		InitiativePath
		Body EditInitiative
	}) (InitiativeReply, error) {
		return s.editInitiative(ctx, in.InitiativePath, in.Body, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "get-initiative-campaigns", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: path + "/{id}/campaigns",
		Summary: "What came by the links of an initiative's campaigns, beside other ways and the days before", Tags: tags,
	}, func(ctx context.Context, in *struct{ InitiativePath }) (InitiativeCampaigns, error) {
		return s.campaignsOf(ctx, in.InitiativePath, in.Words())
	})
	front.HandleNothing(api, huma.Operation{
		OperationID: "delete-initiative", Metadata: front.Needs(access.EditModel), Method: http.MethodDelete, Path: path + "/{id}", Summary: "Delete an initiative with its log", Tags: tags,
	}, func(ctx context.Context, in *struct{ InitiativePath }) error {
		return s.deleteInitiative(ctx, in.InitiativePath)
	})
	front.Handle(api, huma.Operation{
		OperationID: "estimate-initiative", Metadata: front.Needs(access.EditModel), Method: http.MethodPost, Path: path + "/{id}/estimates",
		Summary: "Estimate what came of an initiative, and add it to its log", Tags: tags, DefaultStatus: http.StatusCreated,
	}, func(ctx context.Context, in *struct{ InitiativePath }) (InitiativeReply, error) {
		return s.estimateInitiative(ctx, in.InitiativePath, in.Words())
	})
}

// initiative is the body as the heart knows it, tidied.
func (b InitiativeBody) initiative() initiative.Initiative {
	tidy := func(list []string) []string {
		out := []string{}
		for _, one := range list {
			out = append(out, front.Clean(one))
		}
		return out
	}
	return initiative.Initiative{
		Name: front.Clean(b.Name), Hypothesis: b.Hypothesis, KPI: front.Clean(b.KPI), Lever: front.Clean(b.Lever), State: initiative.State(b.State), From: b.From, To: b.To, Cost: b.Cost,
		Automations: tidy(b.Automations), Campaigns: tidy(b.Campaigns), Did: b.Did,
	}
}

func initiativeBodyOf(i initiative.Initiative) InitiativeBody {
	return InitiativeBody{
		Name: i.Name, Hypothesis: i.Hypothesis, KPI: i.KPI, Lever: i.Lever, State: string(i.State), From: i.From, To: i.To, Cost: i.Cost,
		Automations: front.Listed(i.Automations), Campaigns: front.Listed(i.Campaigns), Did: i.Did,
	}
}

func rangeOf(a *initiative.Amount) *InitiativeRange {
	if a == nil {
		return nil
	}
	return &InitiativeRange{a.Value, a.Low, a.High}
}

func initiativeEstimate(e initiative.Estimate, number int, at time.Time, by string, lang words.Lang) InitiativeEstimate {
	return InitiativeEstimate{
		Number: number, ToldAt: at, By: by, Method: string(e.Method), MethodName: e.Method.MethodName().In(lang), Verdict: string(e.Verdict),
		From: e.From, To: e.To, Effect: rangeOf(e.Effect), Relative: rangeOf(e.Relative), Total: e.Total, OnKGI: rangeOf(e.OnKGI), PerKGI: e.PerKGI,
		Compared: front.Listed(e.Compared), Sentence: e.Sentence().In(lang), KGISentence: e.OnKGISentence().In(lang), LeverSays: e.LeverSentence().In(lang), Speaks: e.Speaks(), PaySentence: e.PaysSentence().In(lang),
	}
}
