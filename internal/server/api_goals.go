package server

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/shirube/shirube/internal/series"
)

// GoalsReply is every KGI under the management goal it serves: 組織の全体像.
type GoalsReply struct {
	Goals []GoalGroup `json:"goals"`
}

// GoalGroup is one management goal with the workspaces that serve it.
type GoalGroup struct {
	ManagementGoal ManagementGoal  `json:"management_goal"`
	Workspaces     []GoalWorkspace `json:"workspaces"`
}

// GoalWorkspace is one workspace's KGI.
type GoalWorkspace struct {
	Slug      string     `json:"slug"`
	Name      string     `json:"name"`
	Demo      bool       `json:"demo"`
	ModelName string     `json:"model_name"`
	KGI       *GoalKGI   `json:"kgi" doc:"null where the stored model cannot be read"`
	AsOf      series.Day `json:"as_of" format:"date"`
}

// GoalKGI is a KGI in short.
type GoalKGI struct {
	ID          string  `json:"id"`
	Name        string  `json:"name"`
	Unit        string  `json:"unit"`
	Owner       string  `json:"owner"`
	Value       Number  `json:"value"`
	NoValue     *string `json:"no_value"`
	TargetLabel string  `json:"target_label"`
	Attainment  Number  `json:"attainment"`
	Expected    Number  `json:"expected"`
	Pace        Number  `json:"pace"`
	Status      string  `json:"status" enum:"met,on-pace,behind,missed,too-early,no-data"`
	PAttain     Number  `json:"p_attain"`
	Spark       Numbers `json:"spark" doc:"the last 30 days as a 3-day mean"`
}

func (s *Server) registerGoals(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "list-goals", Method: http.MethodGet, Path: "/api/goals",
		Summary: "List all KGIs under their management goals", Tags: []string{"goals"},
	}, func(ctx context.Context, in *struct{ Lang }) (*struct{ Body GoalsReply }, error) {
		reply, err := s.goals(ctx, in.words())
		return &struct{ Body GoalsReply }{reply}, err
	})
}
