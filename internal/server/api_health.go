package server

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
)

// Health tells that the server answers, and which build it is.
type Health struct {
	Ready   bool   `json:"ready"`
	Version string `json:"version"`
	Commit  string `json:"commit"`
	Demo    bool   `json:"demo" doc:"the made-up sample company; nothing in it is real"`
	// Measuring is absent where no events are taken in.
	Measuring *MeasuringHealth `json:"measuring,omitempty"`
}

// MeasuringHealth is how the events stand, for whoever runs the server. It tells numbers
// alone: what an error says, and whose events they are, stays in the log.
type MeasuringHealth struct {
	Open     bool           `json:"open" doc:"events are taken in"`
	DiskFull bool           `json:"disk_full" doc:"the last events found no room"`
	Waiting  int64          `json:"waiting" doc:"events that are kept and not yet counted"`
	Bytes    int64          `json:"bytes" doc:"of what waits"`
	Aside    int64          `json:"aside" doc:"groups of events that nobody could read, set aside"`
	Readers  []ReaderHealth `json:"readers"`
}

// ReaderHealth is how one of those who count stands.
type ReaderHealth struct {
	Name    string  `json:"name"`
	Behind  int64   `json:"behind" doc:"groups of events it has not passed"`
	Seconds float64 `json:"seconds" doc:"age of the oldest of them"`
	Missed  int64   `json:"missed" doc:"groups that are not in its file: it is older than the inbox"`
	Failing bool    `json:"failing" doc:"it stands at an error; see the log"`
}

func (s *Server) measuringHealth() *MeasuringHealth {
	if s.measuring == nil {
		return nil
	}
	state := s.MeasuringState()
	out := &MeasuringHealth{
		Open: state.Open, DiskFull: state.DiskFull, Waiting: int64(state.Waiting) + state.Backlog.Events,
		Bytes: state.Backlog.Bytes, Aside: state.Backlog.Aside, Readers: []ReaderHealth{},
	}
	for _, r := range state.Readers {
		out.Readers = append(out.Readers, ReaderHealth{r.Name, r.LagBatches, r.LagSeconds, r.Missed, r.Failing != ""})
	}
	return out
}

func (s *Server) registerHealth(api huma.API) {
	front.Handle(api, huma.Operation{
		OperationID: "get-health", Metadata: front.Needs(access.Anybody), Method: http.MethodGet, Path: "/api/health",
		Summary: "Tell the version and whether the server is ready", Tags: []string{"health"},
	}, func(ctx context.Context, _ *struct{}) (Health, error) {
		return Health{
			Ready: s.ready(ctx) == nil, Version: s.deps.Version, Commit: s.deps.Commit, Demo: s.deps.Demo, Measuring: s.measuringHealth(),
		}, nil
	})
}
