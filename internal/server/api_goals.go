package server

import (
	"context"
	"errors"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
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

	Role      string         `json:"role" enum:"owner,editor,member,viewer,guest" doc:"what one is there"`
	Export    bool           `json:"export" doc:"whether one may take numbers out as files"`
	Stake     *GoalStake     `json:"stake" doc:"null for guests, while it is worked out, and where the model cannot be read"`
	Measuring bool           `json:"measuring" doc:"what is at stake is being worked out: ask again"`
	Agreement *GoalAgreement `json:"agreement" doc:"null for guests, and where the model cannot be read"`
	Review    *GoalReview    `json:"review" doc:"the review that comes; null for guests, without a rhythm, and where the model cannot be read"`
	Unread    int            `json:"unread" doc:"questions with something one has not read"`
	Waiting   int            `json:"waiting" doc:"questions that nobody has answered"`
}

// GoalKGI is a KGI in short.
type GoalKGI struct {
	ID          string       `json:"id"`
	Name        string       `json:"name"`
	Unit        string       `json:"unit"`
	Owner       string       `json:"owner"`
	Value       front.Number `json:"value"`
	NoValue     *string      `json:"no_value"`
	TargetLabel string       `json:"target_label"`
	Attainment  front.Number `json:"attainment"`
	Expected    front.Number `json:"expected"`
	Pace        front.Number `json:"pace"`
	Status      string       `json:"status" enum:"met,on-pace,behind,missed,too-early,no-data"`
	PAttain     front.Number `json:"p_attain"`
	Spark       []*float64   `json:"spark" doc:"the last 30 days as a 3-day mean"`
}

func (s *Server) registerGoals(api huma.API) {
	front.Handle(api, huma.Operation{
		OperationID: "list-goals", Metadata: front.Needs(access.Browse), Method: http.MethodGet, Path: "/api/goals",
		Summary: "List all KGIs under their management goals", Tags: []string{"goals"},
	}, func(ctx context.Context, in *struct{ front.Lang }) (GoalsReply, error) {
		return s.goals(ctx, in.Words())
	})
}

func (s *Server) goals(ctx context.Context, lang words.Lang) (GoalsReply, error) {
	all, err := s.belongings(ctx)
	if err != nil {
		return GoalsReply{}, err
	}
	reply := GoalsReply{Goals: []GoalGroup{}}
	patience, cancel := context.WithTimeout(ctx, stakesWithin)
	defer cancel()
	for _, ws := range all {
		served, view, err := s.goalOf(ctx, ws.Workspace, lang)
		if err != nil {
			return GoalsReply{}, err
		}
		view.Role, view.Export = string(ws.role), ws.export
		if view.KGI != nil {
			if err := s.team(ctx, ws, &view, lang); err != nil {
				return GoalsReply{}, err
			}
			if ws.role.May(access.SeeNumbers) {
				if view.Stake, view.Measuring, err = s.stakeOf(ctx, ws.Workspace, lang, patience); err != nil {
					return GoalsReply{}, err
				}
			}
		}
		at := slices.IndexFunc(reply.Goals, func(g GoalGroup) bool { return g.ManagementGoal == served })
		if at < 0 {
			at = len(reply.Goals)
			reply.Goals = append(reply.Goals, GoalGroup{ManagementGoal: served})
		}
		reply.Goals[at].Workspaces = append(reply.Goals[at].Workspaces, view)
	}
	// What is tied to nothing comes last.
	slices.SortStableFunc(reply.Goals, func(a, b GoalGroup) int {
		return boolOrder(a.ManagementGoal.Key == "", b.ManagementGoal.Key == "")
	})
	return reply, nil
}

func boolOrder(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// goalOf is one workspace's KGI. A workspace whose model cannot be read is shown
// without one: the others must still be seen.
func (s *Server) goalOf(ctx context.Context, ws store.Workspace, lang words.Lang) (ManagementGoal, GoalWorkspace, error) {
	view := GoalWorkspace{Slug: ws.Slug, Name: ws.Name, Demo: ws.Demo, ModelName: ws.Name}
	b, _, err := s.boards.board(ctx, ws, 0)
	if _, unreadable := words.AsProblems(err); unreadable || errors.As(err, new(store.ErrNotFound)) {
		return ManagementGoal{Name: notTied.In(lang)}, view, nil
	}
	if err != nil {
		return ManagementGoal{}, view, err
	}
	opt, err := b.grounded(ctx, b.options(s.deps.Clock(), nil, lang), 0)
	if err != nil {
		return ManagementGoal{}, view, err
	}
	kgi := b.model.KGI()
	b.mu.Lock()
	defer b.mu.Unlock()
	v := insight.NewView(b.ev, opt)
	r := v.Status().Reading(kgi.ID)
	view.ModelName, view.AsOf = b.model.Name, opt.AsOf
	view.KGI = &GoalKGI{
		ID: kgi.ID, Name: kgi.Name, Unit: kgi.Unit, Owner: kgi.Owner, Value: orNaN(r.Value), NoValue: r.NoValue,
		Attainment: orNaN(r.Attainment), Expected: orNaN(r.Expected), Pace: orNaN(r.Pace), Status: r.Status,
		PAttain: orNaN(r.Forecast.PAttain), Spark: front.Listed(v.Spark(kgi.ID).Values),
	}
	if r.Goal != nil {
		view.KGI.TargetLabel = r.Goal.Label
	}
	served := managementGoal(kgi, lang)
	if served.Key == "" {
		served.Name = notTied.In(lang)
	}
	return served, view, nil
}

// notTied heads the KGIs that serve no management goal.
var notTied = words.T("経営目標に結びついていないもの", "Not tied to a management goal")
