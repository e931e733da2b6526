package server

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// ScenariosReply is the what-ifs somebody wanted to come back to, with what they
// promise on today's data.
type ScenariosReply struct {
	Scenarios []ScenarioView `json:"scenarios"`
}

// ScenarioView is one saved what-if.
type ScenarioView struct {
	ID        string    `json:"id"`
	Name      string    `json:"name"`
	Sets      []string  `json:"sets" doc:"suppositions: reels=*1.5"`
	By        string    `json:"by"`
	CreatedAt time.Time `json:"created_at"`
	PAttain   *float64  `json:"p_attain" doc:"chance of reaching the KGI with it; null where it cannot be computed any more"`
	Problem   *string   `json:"problem" doc:"why it cannot be computed any more"`
}

// NewScenario is a what-if to keep.
type NewScenario struct {
	Name string   `json:"name" minLength:"1" maxLength:"120"`
	Sets []string `json:"sets" minItems:"1" maxItems:"50" doc:"suppositions: reels=*1.5"`
	By   string   `json:"by,omitempty" maxLength:"100"`
}

func (s *Server) registerScenarios(api huma.API) {
	tags := []string{"what-if"}
	front.Handle(api, huma.Operation{
		OperationID: "list-scenarios", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: "/api/workspaces/{ws}/scenarios",
		Summary: "Saved what-ifs, the newest first", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
	}) (ScenariosReply, error) {
		return s.scenarios(ctx, in.Workspace, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "create-scenario", Metadata: front.Needs(access.Try), Method: http.MethodPost, Path: "/api/workspaces/{ws}/scenarios",
		Summary: "Save a what-if", Tags: tags, DefaultStatus: http.StatusCreated,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
		Body NewScenario
	}) (ScenarioView, error) {
		return s.saveScenario(ctx, in.Workspace, in.Body, in.Words())
	})
	front.HandleNothing(api, huma.Operation{
		OperationID: "delete-scenario", Metadata: front.Needs(access.Try), Method: http.MethodDelete, Path: "/api/workspaces/{ws}/scenarios/{id}",
		Summary: "Forget a what-if", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		ID string `path:"id" maxLength:"80"`
	}) error {
		ws, err := s.workspace(ctx, in.Workspace)
		if err != nil {
			return err
		}
		if !front.IsName(in.ID) {
			return store.ErrNotFound{What: "scenario", Name: in.ID}
		}
		return s.deps.Store.Scenarios.Delete(ctx, ws.ID, store.ScenarioID(in.ID))
	})
}

func (s *Server) scenarios(ctx context.Context, slug string, lang words.Lang) (ScenariosReply, error) {
	b, opt, err := s.lookedAt(ctx, slug, front.At{}, lang)
	if err != nil {
		return ScenariosReply{}, err
	}
	list, err := s.deps.Store.Scenarios.List(ctx, b.scope.workspace)
	if err != nil {
		return ScenariosReply{}, err
	}
	return waitedFor(ctx, opt, func(opt insight.Options) (ScenariosReply, error) {
		reply := ScenariosReply{Scenarios: []ScenarioView{}}
		v := insight.NewView(b.fresh(), opt)
		for _, sc := range list {
			result, err := suppose(sc.Sets, v)
			reply.Scenarios = append(reply.Scenarios, scenarioView(sc, result, err, lang))
		}
		return reply, nil
	})
}

// scenarioView is a saved what-if on the data there are. One whose indicators are gone
// stays listed, with the reason.
func scenarioView(sc store.Scenario, result insight.WhatIfResult, err error, lang words.Lang) ScenarioView {
	view := ScenarioView{ID: string(sc.ID), Name: sc.Name, Sets: front.Listed(sc.Sets), By: sc.Author, CreatedAt: sc.CreatedAt}
	if err != nil {
		view.Problem = front.OrNull(words.In(err, lang))
		return view
	}
	view.PAttain = result.KGI.PAttainAfter
	return view
}

// suppose runs a what-if.
func suppose(sets []string, v *insight.View) (insight.WhatIfResult, error) {
	parsed := make([]insight.Set, len(sets))
	for i, set := range sets {
		var err error
		if parsed[i], err = insight.ParseSet(set); err != nil {
			return insight.WhatIfResult{}, err
		}
	}
	return v.WhatIf(parsed)
}

// mostScenarios is how many what-ifs a workspace keeps: each is run anew when they are
// listed.
const mostScenarios = 100

func (s *Server) saveScenario(ctx context.Context, slug string, in NewScenario, lang words.Lang) (ScenarioView, error) {
	b, opt, err := s.lookedAt(ctx, slug, front.At{}, lang)
	if err != nil {
		return ScenarioView{}, err
	}
	name := strings.TrimSpace(in.Name)
	if name == "" {
		return ScenarioView{}, front.BadRequest("body.name", words.T("案に名前を付けてください。", "Please give it a name."))
	}
	kept, err := s.deps.Store.Scenarios.List(ctx, b.scope.workspace)
	if err != nil {
		return ScenarioView{}, err
	}
	if len(kept) >= mostScenarios {
		return ScenarioView{}, front.BadRequest("body", words.T("案は%d個まで保存できます。使わない案を消してください。", "%d what-ifs can be kept. Please delete one that is not needed.", mostScenarios))
	}
	result, err := waitedFor(ctx, opt, func(opt insight.Options) (insight.WhatIfResult, error) {
		return suppose(in.Sets, insight.NewView(b.fresh(), opt))
	})
	if err != nil {
		return ScenarioView{}, badSet(err, "body.sets")
	}
	saved, err := s.deps.Store.Scenarios.Create(ctx, b.scope.workspace, name, in.Sets, front.SignedBy(ctx, in.By))
	if err != nil {
		return ScenarioView{}, err
	}
	return scenarioView(saved, result, nil, lang), nil
}
