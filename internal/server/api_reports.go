package server

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/share/report"
)

// StandingRequest asks for the page "where we stand".
type StandingRequest struct {
	InWorkspace
	Lang
	Rhythm string `query:"rhythm" enum:"once,daily,weekly,monthly" default:"once" doc:"how far back it compares: a day, a week, four weeks"`
	AsOf   string `query:"as_of" maxLength:"10" doc:"the last day that counts; the newest data where absent"`
}

func (in StandingRequest) look(s *Server) (reportLook, error) {
	day, err := At{AsOf: in.AsOf}.day()
	return reportLook{rhythm: report.Rhythm(in.Rhythm), lang: in.words(), asOf: day, patience: s.boards.ground.patience}, err
}

func (s *Server) registerReports(api huma.API) {
	tags := []string{"reports"}
	const path = "/api/workspaces/{ws}/standing"
	handle(api, huma.Operation{
		OperationID: "get-standing", Metadata: needs(access.SeeMap), Method: http.MethodGet, Path: path,
		Summary: "One page that says where the team stands, in plain words", Tags: tags,
	}, func(ctx context.Context, in *StandingRequest) (report.Sheet, error) {
		return s.standingOf(ctx, in)
	})
	huma.Register(api, bounded(huma.Operation{
		OperationID: "get-standing-mail", Metadata: needs(access.SeeMap), Method: http.MethodGet, Path: path + "/mail",
		Summary: "The same page as the mail people get, to be shown in a frame", Tags: tags,
		Responses: map[string]*huma.Response{"200": {Description: "the mail", Content: map[string]*huma.MediaType{"text/html": {}}}},
	}), func(ctx context.Context, in *StandingRequest) (*huma.StreamResponse, error) {
		sheet, err := s.standingOf(ctx, in)
		if err != nil {
			return nil, err
		}
		return framed(sheet.HTML(report.Frame{Address: s.ownAddress() + "/w/" + in.Workspace})), nil
	})
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
