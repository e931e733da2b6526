package server

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/shirube/shirube/internal/series"
)

// SourcesReply lists where the numbers come from.
type SourcesReply struct {
	Sources []SourceView `json:"sources"`
}

// SourceView is one source of the model with what is in it.
type SourceView struct {
	ID          string           `json:"id"`
	Path        string           `json:"path"`
	Columns     []string         `json:"columns" doc:"headers the model asks for, the date first"`
	Spec        SourceSpec       `json:"spec"`
	First       *series.Day      `json:"first" format:"date"`
	Last        *series.Day      `json:"last" format:"date"`
	Days        int              `json:"days" doc:"days with at least one row"`
	Rows        int              `json:"rows"`
	MissingDays int              `json:"missing_days" doc:"days without a row between first and last"`
	StaleDays   int              `json:"stale_days"`
	Metrics     []string         `json:"metrics" doc:"ids; how they are made stands in spec"`
	Uploads     []UploadView     `json:"uploads" doc:"the newest first"`
	UsedBy      []IndicatorLabel `json:"used_by"`
}

// IndicatorLabel names an indicator.
type IndicatorLabel struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// UploadView is a file that was brought in.
type UploadView struct {
	ID         string      `json:"id"`
	Name       string      `json:"name"`
	Size       int64       `json:"size" doc:"bytes"`
	Rows       int         `json:"rows"`
	First      *series.Day `json:"first" format:"date"`
	Last       *series.Day `json:"last" format:"date"`
	UploadedAt time.Time   `json:"uploaded_at"`
}

func (s *Server) registerSources(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "list-sources", Method: http.MethodGet, Path: "/api/workspaces/{ws}/sources",
		Summary: "List the sources and the files in them", Tags: []string{"sources"},
	}, func(ctx context.Context, in *struct {
		InWorkspace
		Lang
	}) (*struct{ Body SourcesReply }, error) {
		reply, err := s.listSources(ctx, in.Workspace, in.words())
		return &struct{ Body SourcesReply }{reply}, err
	})
}
