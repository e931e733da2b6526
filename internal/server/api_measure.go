package server

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"

	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// ReportHead is what every report says of itself.
type ReportHead struct {
	Span  series.Span `json:"span"`
	Today series.Day  `json:"today" format:"date"`
	Zone  string      `json:"zone" doc:"days are days there"`
}

func (a asked) head() ReportHead {
	return ReportHead{Span: a.scope.Span, Today: a.today, Zone: a.board.model.Timezone}
}

// VisitsReply is the first page of the web's numbers.
type VisitsReply struct {
	ReportHead
	Compared       *series.Span              `json:"compared" doc:"the span compared with"`
	Totals         VisitNumbers              `json:"totals"`
	Before         *VisitNumbers             `json:"before" doc:"the same numbers of the span compared with"`
	Days           []DayNumbers              `json:"days"`
	DaysBefore     []DayNumbers              `json:"days_before" doc:"as many days, of the span compared with"`
	Groups         map[string][]GroupNumbers `json:"groups" doc:"the largest of page, channel, source, campaign, device, event"`
	ChannelsBefore []GroupNumbers            `json:"channels_before" doc:"the channels of the span compared with: where a change came from"`
	Cookieless     bool                      `json:"cookieless" doc:"some people were counted without cookies: over several days they are 日別の合計"`
	Collecting     Collecting                `json:"collecting"`
	Definitions    map[string]Definition     `json:"definitions" doc:"how each number is counted"`
}

// Collecting says whether events come in.
type Collecting struct {
	State string `json:"state" enum:"none,some" doc:"none: no event ever came"`
	Last  *int64 `json:"last" doc:"when the newest event was received, milliseconds since 1970"`
}

// BreakdownReply is the numbers by one field.
type BreakdownReply struct {
	ReportHead
	Field       string                `json:"field"`
	FieldLabel  string                `json:"field_label"`
	Rows        []GroupNumbers        `json:"rows" doc:"most visits first"`
	More        bool                  `json:"more"`
	Totals      VisitNumbers          `json:"totals"`
	Definitions map[string]Definition `json:"definitions"`
}

func (s *Server) registerMeasure(api huma.API) {
	tags := []string{"measure"}
	front.Handle(api, huma.Operation{
		OperationID: "get-visits", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: "/api/workspaces/{ws}/measure/visits",
		Summary: "Visits, views and people, with where they came from", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		MeasuredSpan
		front.Lang
		Compare string `query:"compare" enum:"none,before,last_year" default:"before"`
	}) (VisitsReply, error) {
		a, err := s.ask(ctx, in.Workspace, in.MeasuredSpan, in.Words())
		if err != nil {
			return VisitsReply{}, err
		}
		return a.visits(ctx, in.Compare)
	})
	front.Handle(api, huma.Operation{
		OperationID: "get-breakdown", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: "/api/workspaces/{ws}/measure/breakdown",
		Summary: "The numbers by page, source, device, …", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		MeasuredSpan
		front.Lang
		Field  string `query:"field" required:"true" enum:"page,host,entry,exit,source,medium,campaign,term,content,referrer,channel,device,browser,os,language,event,title"`
		Limit  int    `query:"limit" minimum:"1" maximum:"500" default:"50"`
		Offset int    `query:"offset" minimum:"0" maximum:"100000"`
	}) (BreakdownReply, error) {
		a, err := s.ask(ctx, in.Workspace, in.MeasuredSpan, in.Words())
		if err != nil {
			return BreakdownReply{}, err
		}
		return a.breakdown(ctx, warehouse.Field(in.Field), warehouse.Paging{Limit: in.Limit, Offset: in.Offset})
	})
	s.registerMeasureState(api)
	s.registerChain(api)
	s.registerCount(api)
	s.registerPaths(api)
	s.registerAttribution(api)
	s.registerPosts(api)
	s.registerEvents(api)
	s.registerSegments(api)
	s.registerChannelRules(api)
	s.registerNow(api)
}

// overviewFields are cut on the first page, and how many of each are shown.
var overviewFields = []warehouse.Field{
	warehouse.FieldPage, warehouse.FieldChannel, warehouse.FieldSource, warehouse.FieldCampaign, warehouse.FieldDevice, warehouse.FieldEvent,
}

const overviewGroups = 10

func (a asked) visits(ctx context.Context, compare string) (VisitsReply, error) {
	now, err := a.reader.Overview(ctx, a.scope, overviewFields, overviewGroups)
	if err != nil {
		return VisitsReply{}, err
	}
	days := a.scope.Span.Days()
	reply := VisitsReply{
		ReportHead: a.head(), Totals: visitNumbers(now.Totals, days), Days: dayNumbers(now.Days), DaysBefore: []DayNumbers{},
		Groups: map[string][]GroupNumbers{}, ChannelsBefore: []GroupNumbers{}, Cookieless: now.Totals.Cookieless, Definitions: definitions(a.lang),
	}
	for field, groups := range now.Groups {
		reply.Groups[string(field)] = a.groups(field, groups, now.Totals, days)
	}
	if reply.Collecting, err = a.collecting(ctx); err != nil {
		return VisitsReply{}, err
	}
	if compare == "none" {
		return reply, nil
	}
	then := a.scope
	then.Span = before(a.scope.Span, compare == "last_year")
	was, err := a.reader.Overview(ctx, then, []warehouse.Field{warehouse.FieldChannel}, overviewGroups)
	if err != nil {
		return VisitsReply{}, err
	}
	reply.ChannelsBefore = a.groups(warehouse.FieldChannel, was.Groups[warehouse.FieldChannel], was.Totals, days)
	numbers := visitNumbers(was.Totals, days)
	reply.Compared, reply.Before, reply.DaysBefore = &then.Span, &numbers, dayNumbers(was.Days)
	return reply, nil
}

// groups are the parts of an overview. Over several days it knows no different people of
// them, and nothing is not the same as nobody.
func (a asked) groups(field warehouse.Field, groups []warehouse.Group, all warehouse.Totals, days int) []GroupNumbers {
	out := make([]GroupNumbers, len(groups))
	for i, g := range groups {
		out[i] = groupNumbers(g, a.label(field, g.Value), all, days)
		if days > 1 {
			out[i].Visitors = nil
		}
	}
	return out
}

func dayNumbers(days []warehouse.DayTotals) []DayNumbers {
	out := make([]DayNumbers, len(days))
	for i, d := range days {
		out[i] = DayNumbers{Date: d.Day, VisitNumbers: visitNumbers(d.Totals, 1)}
	}
	return out
}

func (a asked) breakdown(ctx context.Context, field warehouse.Field, page warehouse.Paging) (BreakdownReply, error) {
	all, err := a.reader.Overview(ctx, a.scope, nil, 0)
	if err != nil {
		return BreakdownReply{}, err
	}
	ask := page
	ask.Limit++ // one more tells whether there are more
	groups, err := a.reader.Breakdown(ctx, a.scope, field, ask)
	if err != nil {
		return BreakdownReply{}, err
	}
	days := a.scope.Span.Days()
	reply := BreakdownReply{
		ReportHead: a.head(), Field: string(field), FieldLabel: fieldNames[field].In(a.lang), Rows: []GroupNumbers{},
		More: len(groups) > page.Limit, Totals: visitNumbers(all.Totals, days), Definitions: definitions(a.lang),
	}
	for _, g := range groups[:min(len(groups), page.Limit)] {
		reply.Rows = append(reply.Rows, groupNumbers(g, a.label(field, g.Value), all.Totals, days))
	}
	return reply, nil
}

// Definition says how a number is counted.
type Definition struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

func definitions(lang words.Lang) map[string]Definition {
	out := map[string]Definition{}
	for key, d := range warehouse.Definitions {
		out[key] = Definition{Name: d.Name.In(lang), Text: d.Text.In(lang)}
	}
	return out
}
