package server

import (
	"context"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"

	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// TransitionsReply is which page follows which.
type TransitionsReply struct {
	ReportHead
	Goal  string           `json:"goal" doc:"only visits that reached this page; empty: all"`
	Steps []TransitionView `json:"steps" doc:"most frequent first"`
}

// TransitionView is a step from page to page.
type TransitionView struct {
	From   string       `json:"from" doc:"empty: came from outside"`
	To     string       `json:"to" doc:"empty: left"`
	Count  int64        `json:"count"`
	Visits int64        `json:"visits"`
	Share  front.Number `json:"share" doc:"of all steps from the same page"`
}

// StepView is a step of a funnel, or an outcome: an event or a page.
type StepView struct {
	Name    string       `json:"name,omitempty" maxLength:"120" doc:"what people call it"`
	Event   string       `json:"event,omitempty" maxLength:"200"`
	Page    string       `json:"page,omitempty" maxLength:"2000" doc:"a path; a trailing * stands for anything"`
	Filters []FilterView `json:"filters,omitempty" maxItems:"10"`
}

// FunnelRequest asks how many people come how far.
type FunnelRequest struct {
	Steps      []StepView `json:"steps" minItems:"1" maxItems:"12"`
	WindowDays int        `json:"window_days" minimum:"1" maximum:"366" doc:"from the first step to the last"`
}

// FunnelReply is how many people came how far.
type FunnelReply struct {
	ReportHead
	Steps    []FunnelStepView `json:"steps"`
	Sentence string           `json:"sentence" doc:"where most are lost"`
}

// FunnelStepView is one step of it.
type FunnelStepView struct {
	Name          string       `json:"name"`
	People        int64        `json:"people"`
	FromFirst     front.Number `json:"from_first" doc:"share of those who took the first step"`
	FromBefore    front.Number `json:"from_before" doc:"share of those who took the step before"`
	Lost          int64        `json:"lost" doc:"took the step before and not this one"`
	MedianSeconds front.Number `json:"median_seconds" doc:"from the step before"`
}

// CohortsReply follows people by when they first came.
type CohortsReply struct {
	ReportHead
	Grain   string       `json:"grain" enum:"week,month"`
	Cohorts []CohortView `json:"cohorts"`
	Note    string       `json:"note" doc:"what cannot be known; empty where all is"`
}

// CohortView is the people of one period.
type CohortView struct {
	From   series.Day    `json:"from" format:"date"`
	People int64         `json:"people"`
	Active []int64       `json:"active" doc:"[0] is the period itself"`
	Shares front.Numbers `json:"shares"`
}

func (s *Server) registerPaths(api huma.API) {
	tags := []string{"measure"}
	front.Handle(api, huma.Operation{
		OperationID: "get-transitions", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: "/api/workspaces/{ws}/measure/transitions",
		Summary: "Which page leads to which", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		MeasuredSpan
		front.Lang
		Goal  string `query:"goal" maxLength:"2000" doc:"only visits that reached this path"`
		Limit int    `query:"limit" minimum:"1" maximum:"1000" default:"200"`
	}) (TransitionsReply, error) {
		a, err := s.ask(ctx, in.Workspace, in.MeasuredSpan, in.Words())
		if err != nil {
			return TransitionsReply{}, err
		}
		return a.transitions(ctx, in.Goal, in.Limit)
	})
	front.Handle(api, huma.Operation{
		OperationID: "get-funnel", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodPost, Path: "/api/workspaces/{ws}/measure/funnel",
		Summary: "How many people come how far", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		MeasuredSpan
		front.Lang
		Body FunnelRequest
	}) (FunnelReply, error) {
		a, err := s.ask(ctx, in.Workspace, in.MeasuredSpan, in.Words())
		if err != nil {
			return FunnelReply{}, err
		}
		return a.funnel(ctx, in.Body)
	})
	front.Handle(api, huma.Operation{
		OperationID: "get-cohorts", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: "/api/workspaces/{ws}/measure/cohorts",
		Summary: "Who comes back", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		MeasuredSpan
		front.Lang
		Grain   string `query:"grain" enum:"week,month" default:"week"`
		Periods int    `query:"periods" minimum:"1" maximum:"24" default:"8"`
		Event   string `query:"event" maxLength:"200" doc:"coming back means doing this; any visit where absent"`
	}) (CohortsReply, error) {
		a, err := s.ask(ctx, in.Workspace, in.MeasuredSpan, in.Words())
		if err != nil {
			return CohortsReply{}, err
		}
		return a.cohorts(ctx, in.Grain, in.Periods, in.Event)
	})
}

func (a asked) transitions(ctx context.Context, goal string, limit int) (TransitionsReply, error) {
	steps, err := a.reader.Transitions(ctx, a.scope, goal, limit)
	if err != nil {
		return TransitionsReply{}, err
	}
	from := map[string]int64{}
	for _, t := range steps {
		from[t.From] += t.Count
	}
	reply := TransitionsReply{ReportHead: a.head(), Goal: goal, Steps: make([]TransitionView, len(steps))}
	for i, t := range steps {
		reply.Steps[i] = TransitionView{From: t.From, To: t.To, Count: t.Count, Visits: t.Visits, Share: ratio(t.Count, from[t.From])}
	}
	return reply, nil
}

// step checks a step of a request.
func (v StepView) step(location string) (warehouse.Step, error) {
	filters, err := filtersOf(location+".filters", v.Filters)
	if err != nil {
		return warehouse.Step{}, err
	}
	if (v.Event == "") == (v.Page == "") {
		return warehouse.Step{}, front.BadRequest(location, words.T("できごとかページの、どちらか1つを選んでください。", "Choose an event or a page, one of the two."))
	}
	return warehouse.Step{Event: v.Event, Page: v.Page, Filters: filters}, nil
}

// called is what a step is called where nobody named it.
func (v StepView) called(lang words.Lang) string {
	switch {
	case strings.TrimSpace(v.Name) != "":
		return v.Name
	case v.Event != "":
		return valueLabel(warehouse.FieldEvent, v.Event, lang)
	}
	return v.Page
}

const dayMillis = 24 * 3600 * 1000

func (a asked) funnel(ctx context.Context, in FunnelRequest) (FunnelReply, error) {
	ask := warehouse.Funnel{Window: int64(in.WindowDays) * dayMillis}
	for _, v := range in.Steps {
		step, err := v.step("body.steps")
		if err != nil {
			return FunnelReply{}, err
		}
		ask.Steps = append(ask.Steps, step)
	}
	steps, err := a.reader.Funnel(ctx, a.scope, ask)
	if err != nil {
		return FunnelReply{}, err
	}
	reply := FunnelReply{ReportHead: a.head(), Steps: make([]FunnelStepView, len(steps))}
	worst := 0
	for i, st := range steps {
		view := FunnelStepView{Name: in.Steps[i].called(a.lang), People: st.People, FromFirst: ratio(st.People, steps[0].People), FromBefore: 1}
		if i > 0 {
			view.FromBefore = ratio(st.People, steps[i-1].People)
			view.Lost = steps[i-1].People - st.People
			view.MedianSeconds = front.Number(float64(st.MedianMillis) / 1000)
			if worst == 0 || view.Lost > reply.Steps[worst].Lost {
				worst = i
			}
		}
		if i == 0 || st.People == 0 {
			view.MedianSeconds = ratio(0, 0)
		}
		reply.Steps[i] = view
	}
	reply.Sentence = funnelSentence(reply.Steps, worst).In(a.lang)
	return reply, nil
}

// funnelSentence says where most people are lost.
func funnelSentence(steps []FunnelStepView, worst int) words.Text {
	switch {
	case len(steps) == 0 || steps[0].People == 0:
		return words.T("この期間に、はじめの段に来た人はまだいません。", "Nobody took the first step in these days yet.")
	case worst == 0 || steps[worst].Lost == 0:
		return words.T("はじめの段に来た%[1]s人は、みな最後まで進みました。", "All %[1]s who took the first step went to the end.", words.Group(float64(steps[0].People), 0))
	}
	return words.T("いちばん減っているのは「%[1]s」から「%[2]s」で、%[3]s人のうち%[4]s人が進んでいません。",
		"Most are lost between “%[1]s” and “%[2]s”: %[4]s of %[3]s go no further.",
		steps[worst-1].Name, steps[worst].Name, words.Group(float64(steps[worst-1].People), 0), words.Group(float64(steps[worst].Lost), 0))
}

func (a asked) cohorts(ctx context.Context, grain string, periods int, outcome string) (CohortsReply, error) {
	g, _ := series.ParseGrain(grain)
	ask := warehouse.CohortQuery{Grain: g, Periods: periods}
	if outcome != "" {
		ask.Outcome = &warehouse.Step{Event: outcome}
	}
	cohorts, err := a.reader.Cohorts(ctx, a.scope, ask)
	if err != nil {
		return CohortsReply{}, err
	}
	reply := CohortsReply{ReportHead: a.head(), Grain: grain, Cohorts: make([]CohortView, len(cohorts))}
	for i, c := range cohorts {
		view := CohortView{From: c.From, People: c.People, Active: front.Listed(c.Active), Shares: front.Numbers{}}
		for _, n := range c.Active {
			view.Shares = append(view.Shares, float64(ratio(n, c.People)))
		}
		reply.Cohorts[i] = view
	}
	all, err := a.reader.Overview(ctx, a.scope, nil, 0)
	if err != nil {
		return CohortsReply{}, err
	}
	if all.Totals.Cookieless {
		reply.Note = words.T("Cookieを使わずに数えた人は、日をまたいで見分けられないため、ここには入っていません。",
			"People counted without cookies cannot be recognised on another day and are not in here.").In(a.lang)
	}
	return reply, nil
}
