package server

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
)

// MapRequest asks for the whole map.
type MapRequest struct {
	front.InWorkspace
	front.At
	front.Lang
	Cached
}

// IndicatorRequest asks for everything about one indicator.
type IndicatorRequest struct {
	front.InWorkspace
	front.At
	front.Lang
	Cached
	ID string `path:"id" maxLength:"200" doc:"the indicator's id"`
}

func (s *Server) registerMap(api huma.API) {
	registerCached(api, huma.Operation{
		OperationID: "get-map", Metadata: front.Needs(access.SeeMap), Method: http.MethodGet, Path: "/api/workspaces/{ws}/map",
		Summary: "The whole map in one reply", Tags: []string{"map"},
	}, MapReply{}, s.mapBytes)
	registerCached(api, huma.Operation{
		OperationID: "get-indicator", Metadata: front.Needs(access.SeeMap), Method: http.MethodGet, Path: "/api/workspaces/{ws}/indicators/{id}",
		Summary: "Everything about one indicator", Tags: []string{"map"},
	}, IndicatorDetail{}, s.indicatorBytes)
}

func (s *Server) mapBytes(ctx context.Context, in MapRequest) (*packed, error) {
	day, err := in.Day()
	if err != nil {
		return nil, err
	}
	ws, err := s.workspace(ctx, in.Workspace)
	if err != nil {
		return nil, err
	}
	return s.boards.mapOf(ctx, ws, lookAt{version: in.Version, asOf: day, lang: in.Words()})
}

func (s *Server) indicatorBytes(ctx context.Context, in IndicatorRequest) (*packed, error) {
	day, err := in.Day()
	if err != nil {
		return nil, err
	}
	ws, err := s.workspace(ctx, in.Workspace)
	if err != nil {
		return nil, err
	}
	return s.boards.indicatorOf(ctx, ws, in.ID, lookAt{version: in.Version, asOf: day, lang: in.Words()})
}
