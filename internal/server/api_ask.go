package server

import (
	"context"
	"math"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/words"
)

// LinksReply is what the data say about every link.
type LinksReply struct {
	AsOf     series.Day `json:"as_of" format:"date"`
	Evidence string     `json:"evidence" enum:"ready,computing"`
	Links    []MapLink  `json:"links"`
}

// ForecastReply is one indicator's days to come, with the days before them.
type ForecastReply struct {
	insight.Forecast
	Name   string      `json:"name"`
	Unit   string      `json:"unit"`
	Kind   string      `json:"kind" enum:"flow,rate,level,other"`
	Actual DailyLine   `json:"actual" doc:"the last 90 days"`
	Target *TargetView `json:"target"`
}

// LeversReply is what a team can move.
type LeversReply struct {
	AsOf   series.Day      `json:"as_of" format:"date"`
	Span   series.Span     `json:"span" doc:"the days a what-if is computed on"`
	KGI    LeversKGI       `json:"kgi"`
	Levers []insight.Lever `json:"levers" doc:"what the team does itself first"`
}

// LeversKGI is what the levers are to move.
type LeversKGI struct {
	ID     string      `json:"id"`
	Name   string      `json:"name"`
	Unit   string      `json:"unit"`
	Target *TargetView `json:"target"`
}

func (s *Server) registerAsk(api huma.API) {
	tags := []string{"ask"}
	front.Handle(api, huma.Operation{
		OperationID: "get-links", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: "/api/workspaces/{ws}/links",
		Summary: "What the data say about every link", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.At
		front.Lang
	}) (LinksReply, error) {
		b, opt, err := s.lookedAt(ctx, in.Workspace, in.At, in.Words())
		if err != nil {
			return LinksReply{}, err
		}
		b.mu.Lock()
		defer b.mu.Unlock()
		return LinksReply{AsOf: opt.AsOf, Evidence: evidenceState(opt), Links: b.links(insight.LinkReport(b.ev, opt), in.Words())}, nil
	})
	front.Handle(api, huma.Operation{
		OperationID: "get-forecast", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: "/api/workspaces/{ws}/forecast",
		Summary: "One indicator's days to come", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.At
		front.Lang
		Indicator string `query:"indicator" maxLength:"80" doc:"the KGI where absent"`
		Horizon   int    `query:"horizon" minimum:"1" maximum:"366" default:"28" doc:"days ahead"`
	}) (ForecastReply, error) {
		return s.forecast(ctx, in.Workspace, in.At, in.Indicator, in.Horizon, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "get-levers", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: "/api/workspaces/{ws}/levers",
		Summary: "What a team can move", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.At
		front.Lang
	}) (LeversReply, error) {
		return s.levers(ctx, in.Workspace, in.At, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "seek", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: "/api/workspaces/{ws}/seek",
		Summary: "The least effort that reaches the KGI", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.At
		front.Lang
		Probability float64 `query:"probability" minimum:"0" exclusiveMaximum:"1" doc:"chance asked for; the middle course where absent"`
	}) (insight.SeekResult, error) {
		if math.IsNaN(in.Probability) { // no bound of the description holds it back
			return insight.SeekResult{}, front.BadRequest("query.probability", words.T("確率は0より大きく1より小さい数で書いてください。", "Write the chance as a number between 0 and 1."))
		}
		b, opt, err := s.lookedAt(ctx, in.Workspace, in.At, in.Words())
		if err != nil {
			return insight.SeekResult{}, err
		}
		return waitedFor(ctx, opt, func(opt insight.Options) (insight.SeekResult, error) {
			return insight.Seek(b.fresh(), opt, insight.SeekOptions{Probability: in.Probability}), nil
		})
	})
}

// actualDays is how much of the past a forecast is drawn behind.
const actualDays = 90

func (s *Server) forecast(ctx context.Context, slug string, at front.At, id string, horizon int, lang words.Lang) (ForecastReply, error) {
	b, opt, err := s.lookedAt(ctx, slug, at, lang)
	if err != nil {
		return ForecastReply{}, err
	}
	if id == "" {
		id = b.model.KGI().ID
	}
	if b.model.Indicator(id) == nil {
		return ForecastReply{}, noIndicator(id)
	}
	return b.forecast(ctx, id, horizon, opt)
}

// forecastKey is what a forecast's reply depends on, on one board.
type forecastKey struct {
	id          string
	horizon     int
	asOf, today series.Day
	lang        words.Lang
}

// keptForecasts is how many replies a board keeps.
const keptForecasts = 64

// forecast is worked out once for all who ask, and beside the map: testing how such
// forecasts did before takes a dozen of them.
func (b *board) forecast(ctx context.Context, id string, horizon int, opt insight.Options) (ForecastReply, error) {
	key := forecastKey{id, horizon, opt.AsOf, opt.Today, opt.Lang}
	return whileWaited(ctx, b.waiting, any(key), b.forecasts, key, func(ctx context.Context) (ForecastReply, error) {
		return waitedFor(ctx, opt, func(opt insight.Options) (ForecastReply, error) {
			ind, ev := b.model.Indicator(id), b.fresh()
			v := insight.NewView(ev, opt)
			reply := ForecastReply{Forecast: v.Forecast(id, horizon), Name: ind.Name, Unit: ind.Unit, Kind: ev.Kind(id).String()}
			daily := ev.Daily(id, series.Span{From: opt.AsOf - actualDays + 1, To: opt.AsOf})
			reply.Actual = DailyLine{First: &daily.First, Values: front.Numbers(front.Listed(daily.Values))}
			reply.Target = targetView(v.Status().Reading(id).Goal)
			return reply, nil
		})
	})
}

func (s *Server) levers(ctx context.Context, slug string, at front.At, lang words.Lang) (LeversReply, error) {
	b, opt, err := s.lookedAt(ctx, slug, at, lang)
	if err != nil {
		return LeversReply{}, err
	}
	return waitedFor(ctx, opt, func(opt insight.Options) (LeversReply, error) {
		v := insight.NewView(b.fresh(), opt)
		kgi := b.model.KGI()
		return LeversReply{
			AsOf: opt.AsOf, Span: v.WhatIfSpan(), Levers: v.Levers(),
			KGI: LeversKGI{ID: kgi.ID, Name: kgi.Name, Unit: kgi.Unit, Target: targetView(v.Status().Reading(kgi.ID).Goal)},
		}, nil
	})
}

// ScreeningReply is what is measured but not on the map, with what it does to the KGI.
type ScreeningReply struct {
	AsOf       series.Day          `json:"as_of" format:"date"`
	Candidates []insight.Candidate `json:"candidates" doc:"those that move the KGI first"`
}

func (s *Server) registerScreening(api huma.API) {
	front.Handle(api, huma.Operation{
		OperationID: "get-screening", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: "/api/workspaces/{ws}/screening",
		Summary: "Measured numbers that are not on the map, tested against the KGI", Tags: []string{"ask"},
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.At
		front.Lang
	}) (ScreeningReply, error) {
		b, opt, err := s.lookedWithin(ctx, in.Workspace, in.At, in.Words(), 0)
		if err != nil {
			return ScreeningReply{}, err
		}
		candidates, err := b.screened(ctx, opt)
		return ScreeningReply{AsOf: opt.AsOf, Candidates: front.Listed(candidates)}, err
	})
}
