package server

import (
	"net/http"

	"github.com/danielgtaylor/huma/v2"
)

// MapRequest asks for the whole map.
type MapRequest struct {
	InWorkspace
	At
	Lang
	Cached
}

// IndicatorRequest asks for everything about one indicator.
type IndicatorRequest struct {
	InWorkspace
	At
	Lang
	Cached
	ID string `path:"id" maxLength:"200" doc:"the indicator's id"`
}

func (s *Server) registerMap(api huma.API) {
	registerCached(api, huma.Operation{
		OperationID: "get-map", Method: http.MethodGet, Path: "/api/workspaces/{ws}/map",
		Summary: "The whole map in one reply", Tags: []string{"map"},
	}, MapReply{}, s.mapBytes)
	registerCached(api, huma.Operation{
		OperationID: "get-indicator", Method: http.MethodGet, Path: "/api/workspaces/{ws}/indicators/{id}",
		Summary: "Everything about one indicator", Tags: []string{"map"},
	}, IndicatorDetail{}, s.indicatorBytes)
}
