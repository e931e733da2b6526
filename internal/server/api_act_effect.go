package server

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
)

// EffectReply is what an automation brought: those it acted for beside those held out.
type EffectReply struct {
	Automation string        `json:"automation"`
	Versions   []int         `json:"versions" doc:"by which the people entered who are compared: the newest ones with the same share held out"`
	Holdout    float64       `json:"holdout" doc:"share of those who enter that nothing is done to"`
	Since      *series.Day   `json:"since" doc:"the day the first of them entered; null: nobody yet"`
	WatchDays  int           `json:"watch_days" doc:"how many days each person is watched after entering"`
	Watching   int           `json:"watching" doc:"people whose days are not over; they do not count yet"`
	Outcome    EffectOutcome `json:"outcome" doc:"what is counted of people"`
	Effect     EffectView    `json:"effect"`
	OnKGI      *EffectOfKGI  `json:"on_kgi" doc:"the same people and the KGI itself, where it is known person by person; null where it is not, or is the outcome"`
	KGI        *EffectAmount `json:"kgi" doc:"what it brings to the KGI, carried up the model; null with kgi_reason"`
	KGIReason  *string       `json:"kgi_reason"`
	Yen        *EffectAmount `json:"yen" doc:"the same in money; null with yen_reason"`
	YenReason  *string       `json:"yen_reason"`
	Evidence   *EffectGrade  `json:"evidence" doc:"null while nothing can be said"`
	Notes      []string      `json:"notes" doc:"what to know when reading this"`
}

// EffectOutcome is what is counted of people.
type EffectOutcome struct {
	Kind      string `json:"kind" enum:"kpi,goal,none" doc:"kpi: the events the KPI counts; goal: the automation's goal, where the KPI is not known person by person; none: neither is"`
	Indicator string `json:"indicator" doc:"the KPI the automation serves"`
	Name      string `json:"name"`
	Sentence  string `json:"sentence" doc:"which of them it is, and why"`
}

// EffectView is a comparison of the two arms.
type EffectView struct {
	Sent           EffectArm       `json:"sent"`
	Held           EffectArm       `json:"held"`
	Verdict        string          `json:"verdict" enum:"works,harms,same,cannot-tell"`
	Reason         *string         `json:"reason" enum:"no-holdout,nobody-yet,no-outcome,not-yet,mismatch,unmeasured" doc:"why nothing can be told"`
	Difference     *EffectInterval `json:"difference" doc:"of the rates, 0.028: 2.8 people more per 100; null where there is nothing to compare"`
	Relative       *EffectInterval `json:"relative" doc:"of the held-out rate, 0.5: half as many again; an end without number is open"`
	DaysToDecision *int            `json:"days_to_decision" doc:"at the present pace, with 80 % chance; null with days_reason"`
	DaysReason     *string         `json:"days_reason" enum:"decided,no-holdout,nobody-yet,no-outcome,not-yet,mismatch,unmeasured,no-one,too-slow"`
	Sentence       string          `json:"sentence"`
}

// EffectOfKGI is the comparison by the KGI itself.
type EffectOfKGI struct {
	Indicator string     `json:"indicator"`
	Name      string     `json:"name"`
	Effect    EffectView `json:"effect"`
}

// EffectArm is one of the two groups.
type EffectArm struct {
	People   int          `json:"people" doc:"whose days of watching are over"`
	Outcomes int          `json:"outcomes"`
	Rate     front.Number `json:"rate"`
}

// EffectInterval is a difference with both 95 % intervals.
type EffectInterval struct {
	Value  front.Number    `json:"value"`
	Always [2]front.Number `json:"always_valid_ci95" doc:"holds however often one looks"`
	Fixed  [2]front.Number `json:"ci95" doc:"holds for one look on a day fixed beforehand"`
}

// EffectAmount is so much more of an indicator.
type EffectAmount struct {
	Indicator string       `json:"indicator"`
	Name      string       `json:"name"`
	Unit      string       `json:"unit"`
	Monthly   bool         `json:"monthly" doc:"a month; else the change of a rate or a level"`
	Value     front.Number `json:"value"`
	Low       front.Number `json:"low"`
	High      front.Number `json:"high"`
	Sentence  string       `json:"sentence"`
}

// EffectGrade is how good the evidence is.
type EffectGrade struct {
	Grade string `json:"grade" enum:"randomized"`
	Label string `json:"label"`
}

func (s *Server) registerEffect(api huma.API) {
	front.Handle(api, huma.Operation{
		OperationID: "get-automation-effect", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: "/api/workspaces/{ws}/automations/{id}/effect",
		Summary: "What an automation brings: those it acts for beside those held out", Tags: []string{"act"},
	}, func(ctx context.Context, in *struct {
		AutomationPath
		front.Lang
	}) (EffectReply, error) {
		return s.automationEffect(ctx, in.AutomationPath, in.Words())
	})
}
