package server

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/words"
)

// CountReply is what a number counted from events would say, day by day: asked before it
// is made.
type CountReply struct {
	ReportHead
	Days  []CountDay `json:"days" doc:"every day of the span"`
	Total float64    `json:"total" doc:"the days added up"`
}

// CountDay is one day of a count.
type CountDay struct {
	Date  series.Day `json:"date" format:"date"`
	Value float64    `json:"value"`
}

func (s *Server) registerCount(api huma.API) {
	front.Handle(api, huma.Operation{
		OperationID: "try-count", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: "/api/workspaces/{ws}/measure/count",
		Summary: "What a number counted from events would say, before it is made", Tags: []string{"measure"},
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		MeasuredSpan
		front.Lang
		Count string `query:"count" required:"true" enum:"events,value,visits,views,visitors,bounces,engaged_seconds"`
		Event string `query:"event" maxLength:"200" doc:"with events, value, visitors: the name"`
		Page  string `query:"page" maxLength:"2000" doc:"a path; a trailing * stands for anything"`
	}) (CountReply, error) {
		if (in.Count == "events" || in.Count == "value") && in.Event == "" {
			return CountReply{}, front.BadRequest("query.event", words.T("どのできごとを数えるかを選んでください。", "Choose the event that is to be counted."))
		}
		a, err := s.ask(ctx, in.Workspace, in.MeasuredSpan, in.Words())
		if err != nil {
			return CountReply{}, err
		}
		return a.tryCount(ctx, goal.EventCount{Count: in.Count, Event: in.Event, Page: in.Page})
	})
}

// tryCount counts as the folding of a model's sources does. The conditions are those of
// the report: what a model can say is what a report can ask with "is".
func (a asked) tryCount(ctx context.Context, c goal.EventCount) (CountReply, error) {
	found, err := a.reader.Metric(ctx, a.scope, countMetric(&c))
	if err != nil {
		return CountReply{}, err
	}
	reply := CountReply{ReportHead: a.head(), Days: []CountDay{}}
	seen := map[series.Day]float64{}
	for _, d := range found {
		seen[d.Day] += d.Value
		reply.Total += d.Value
	}
	for day := a.scope.Span.From; day <= a.scope.Span.To; day++ {
		reply.Days = append(reply.Days, CountDay{Date: day, Value: seen[day]})
	}
	return reply, nil
}
