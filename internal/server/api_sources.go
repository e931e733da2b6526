package server

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// SourcesReply lists where the numbers come from.
type SourcesReply struct {
	Sources []SourceView `json:"sources"`
}

// SourceView is one source of the model with what is in it.
type SourceView struct {
	ID          string          `json:"id"`
	Path        string          `json:"path"`
	Columns     []string        `json:"columns" doc:"headers the model asks for, the date first"`
	Spec        goal.SourceEdit `json:"spec"`
	First       *series.Day     `json:"first" format:"date"`
	Last        *series.Day     `json:"last" format:"date"`
	Days        int             `json:"days" doc:"days with at least one row"`
	Rows        int             `json:"rows"`
	MissingDays int             `json:"missing_days" doc:"days without a row between first and last"`
	StaleDays   int             `json:"stale_days"`
	Metrics     []string        `json:"metrics" doc:"ids; how they are made stands in spec"`
	// A map and not a list beside Metrics: who draws a row of the form asks by its id.
	Labels  map[string]string `json:"labels" doc:"what people call each metric, by its id: the indicator it alone measures, else what its form asks for, else the header it is read from, else an indicator it goes into"`
	Uploads []UploadView      `json:"uploads" doc:"the newest first"`
	UsedBy  []IndicatorLabel  `json:"used_by"`
	Failure *FailureView      `json:"failure" doc:"why the newest import failed; null where it came in"`
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
	front.Handle(api, huma.Operation{
		OperationID: "list-sources", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: "/api/workspaces/{ws}/sources",
		Summary: "List the sources and the files in them", Tags: []string{"sources"},
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
	}) (SourcesReply, error) {
		return s.listSources(ctx, in.Workspace, in.Words())
	})
}

func (s *Server) listSources(ctx context.Context, slug string, lang words.Lang) (SourcesReply, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return SourcesReply{}, err
	}
	b, _, err := s.boards.board(ctx, ws, 0)
	if err != nil {
		return SourcesReply{}, err
	}
	uploads, err := s.deps.Store.Uploads.Imported(ctx, ws.ID, "")
	if err != nil {
		return SourcesReply{}, err
	}
	failures, err := s.importFailures(ctx, ws.ID, b.model.Location, lang)
	if err != nil {
		return SourcesReply{}, err
	}
	today := b.options(s.deps.Clock(), nil, b.model.Locale).Today
	reply := SourcesReply{Sources: make([]SourceView, len(b.model.Sources))}
	for i, src := range b.model.Sources {
		reply.Sources[i] = b.sourceView(src, today)
		reply.Sources[i].Failure = failures[src.ID]
		for _, u := range slices.Backward(uploads) {
			if u.Source == src.ID || strings.HasPrefix(u.Source, joinSlot(src.ID, "")) {
				reply.Sources[i].Uploads = append(reply.Sources[i].Uploads, uploadView(u))
			}
		}
	}
	return reply, nil
}

func (b *board) sourceView(src *goal.Source, today series.Day) SourceView {
	view := SourceView{
		ID: src.ID, Path: src.Path, Columns: src.Headers(), Spec: specOf(src), Metrics: []string{},
		Uploads: []UploadView{}, UsedBy: []IndicatorLabel{}, Labels: map[string]string{},
	}
	for _, m := range src.Metrics {
		view.Metrics = append(view.Metrics, m.ID)
		view.Labels[m.ID] = b.metricLabel(m)
	}
	if state := b.data.Sources[src.ID]; !state.Empty {
		view.First, view.Last, view.Days, view.Rows = &state.First, &state.Last, state.Days, state.Rows
		view.MissingDays = series.Span{From: state.First, To: state.Last}.Days() - state.Days
		view.StaleDays = max(0, int(today-state.Last))
	}
	for _, ind := range b.model.Indicators {
		for _, name := range b.model.Leaves(ind.ID) {
			if m := b.model.Metric(name); m != nil && m.Source == src {
				view.UsedBy = append(view.UsedBy, IndicatorLabel{ID: ind.ID, Name: ind.Name})
				break
			}
		}
	}
	return view
}

// metricLabel is what people call a metric. An id stands in files and formulas; somebody who brings
// their first table in has seen neither.
func (b *board) metricLabel(m *goal.Metric) string {
	for _, ind := range b.model.Indicators {
		if ind.Measure != nil && strings.TrimSpace(ind.Measure.Source()) == m.Name() {
			return ind.Name
		}
	}
	switch {
	case m.Entry != nil && m.Entry.Name != "":
		return m.Entry.Name
	case m.Column != "":
		return m.Column
	}
	for _, ind := range b.model.Indicators {
		if ind.Measure != nil && slices.Contains(ind.Measure.Inputs(), m.Name()) {
			return ind.Name
		}
	}
	return m.ID
}

func uploadView(u store.Upload) UploadView {
	view := UploadView{ID: string(u.ID), Name: u.FileName, Size: u.Size, Rows: u.Rows, UploadedAt: u.UploadedAt}
	view.First, view.Last = spanEnds(u.Span)
	return view
}
