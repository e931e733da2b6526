package server

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/deliver/paper"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/share/report"
)

// StandingRequest asks for the page "where we stand".
type StandingRequest struct {
	front.InWorkspace
	front.Lang
	Rhythm string `query:"rhythm" enum:"once,daily,weekly,monthly" default:"once" doc:"how far back it compares: a day, a week, four weeks"`
	AsOf   string `query:"as_of" maxLength:"10" doc:"the last day that counts; the newest data where absent"`
}

func (in StandingRequest) look(s *Server) (reportLook, error) {
	day, err := front.At{AsOf: in.AsOf}.Day()
	return reportLook{rhythm: report.Rhythm(in.Rhythm), lang: in.Words(), asOf: day, patience: s.boards.ground.patience}, err
}

func (s *Server) registerReports(api huma.API) {
	tags := []string{"reports"}
	const path = "/api/workspaces/{ws}/standing"
	front.Handle(api, huma.Operation{
		OperationID: "get-standing", Metadata: front.Needs(access.SeeMap), Method: http.MethodGet, Path: path,
		Summary: "One page that says where the team stands, in plain words", Tags: tags,
	}, func(ctx context.Context, in *StandingRequest) (report.Sheet, error) {
		return s.standingOf(ctx, in)
	})
	huma.Register(api, front.Bounded(huma.Operation{
		OperationID: "get-standing-mail", Metadata: front.Needs(access.SeeMap), Method: http.MethodGet, Path: path + "/mail",
		Summary: "The same page as the mail people get, to be shown in a frame", Tags: tags,
		Responses: map[string]*huma.Response{"200": {Description: "the mail", Content: map[string]*huma.MediaType{"text/html": {}}}},
	}), func(ctx context.Context, in *StandingRequest) (*huma.StreamResponse, error) {
		sheet, err := s.standingOf(ctx, in)
		if err != nil {
			return nil, err
		}
		return framed(sheet.HTML(report.Frame{Address: s.ownAddress() + "/w/" + in.Workspace})), nil
	})
	huma.Register(api, front.Bounded(huma.Operation{
		OperationID: "get-standing-pdf", Metadata: front.Needs(access.SeeMap), Method: http.MethodGet, Path: path + "/pdf",
		Summary: "The same page on paper, as a PDF", Tags: tags, Responses: aPDF,
	}), func(ctx context.Context, in *StandingRequest) (*huma.StreamResponse, error) {
		sheet, err := s.standingOf(ctx, in)
		if err != nil {
			return nil, err
		}
		return printed(sheet, s.deps.Clock())
	})
}

// aPDF describes an answer that is a file.
var aPDF = map[string]*huma.Response{"200": {Description: "the file", Content: map[string]*huma.MediaType{"application/pdf": {}}}}

// printed hands out a page on paper.
func printed(sheet report.Sheet, made time.Time) (*huma.StreamResponse, error) {
	file, err := paper.Draw(sheet, made)
	if err != nil {
		return nil, err
	}
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		hc.SetHeader("Content-Type", "application/pdf")
		hc.SetHeader("Content-Disposition", "attachment; filename*=UTF-8''"+pathEscape(paperName(sheet)))
		_, _ = hc.BodyWriter().Write(file) // the reader may be gone
	}}, nil
}

func (s *Server) standingOf(ctx context.Context, in *StandingRequest) (report.Sheet, error) {
	look, err := in.look(s)
	if err != nil {
		return report.Sheet{}, err
	}
	ws, err := s.workspace(ctx, in.Workspace)
	if err != nil {
		return report.Sheet{}, err
	}
	return s.whereWeStand(ctx, ws, look)
}

// framed is a page of ours for a frame: it shows itself, and does nothing.
func framed(html string) *huma.StreamResponse {
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		hc.SetHeader("Content-Type", "text/html; charset=utf-8")
		hc.SetHeader("Content-Security-Policy", framePolicy)
		hc.SetHeader("X-Frame-Options", "SAMEORIGIN")
		_, _ = hc.BodyWriter().Write([]byte(html)) // the reader may be gone
	}}
}
