package server

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/share/access"
)

// Health tells that the server answers, and which build it is.
type Health struct {
	Ready   bool   `json:"ready"`
	Version string `json:"version"`
	Commit  string `json:"commit"`
	Demo    bool   `json:"demo" doc:"the made-up sample company; nothing in it is real"`
}

func (s *Server) registerHealth(api huma.API) {
	handle(api, huma.Operation{
		OperationID: "get-health", Metadata: needs(access.Anybody), Method: http.MethodGet, Path: "/api/health",
		Summary: "Tell the version and whether the server is ready", Tags: []string{"health"},
	}, func(ctx context.Context, _ *struct{}) (Health, error) {
		return Health{
			Ready: s.ready(ctx) == nil, Version: s.deps.Version, Commit: s.deps.Commit, Demo: s.deps.Demo,
		}, nil
	})
}
