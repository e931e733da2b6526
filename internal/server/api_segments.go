package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"

	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// SegmentsReply is the saved segments.
type SegmentsReply struct {
	Segments []SegmentView `json:"segments"`
}

// SegmentView is filters with a name.
type SegmentView struct {
	ID      string       `json:"id"`
	Name    string       `json:"name"`
	Filters []FilterView `json:"filters"`
	By      string       `json:"by"`
}

// NewSegment is filters to keep under a name.
type NewSegment struct {
	Name    string       `json:"name" minLength:"1" maxLength:"120"`
	Filters []FilterView `json:"filters" minItems:"1" maxItems:"20"`
}

// FunnelsReply is the saved funnels.
type FunnelsReply struct {
	Funnels []FunnelView `json:"funnels"`
}

// FunnelView is a saved funnel.
type FunnelView struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	FunnelRequest
}

// NewFunnel is a funnel to keep.
type NewFunnel struct {
	Name string `json:"name" minLength:"1" maxLength:"120"`
	FunnelRequest
}

// Kinds of documents a workspace keeps for its reports.
const (
	kindSegment = "segment"
	kindFunnel  = "funnel"
)

// mostDocuments bounds what is kept of one kind.
const mostDocuments = 200

func (s *Server) registerSegments(api huma.API) {
	tags := []string{"measure"}
	front.Handle(api, huma.Operation{
		OperationID: "list-segments", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: "/api/workspaces/{ws}/measure/segments",
		Summary: "Saved segments", Tags: tags,
	}, func(ctx context.Context, in *struct{ front.InWorkspace }) (SegmentsReply, error) {
		reply := SegmentsReply{Segments: []SegmentView{}}
		err := s.eachDocument(ctx, in.Workspace, kindSegment, func(doc store.Document) error {
			view := SegmentView{ID: doc.ID, Name: doc.Name, By: doc.Author}
			reply.Segments = append(reply.Segments, view)
			return json.Unmarshal(doc.Body, &reply.Segments[len(reply.Segments)-1].Filters)
		})
		return reply, err
	})
	front.Handle(api, huma.Operation{
		OperationID: "create-segment", Metadata: front.Needs(access.Try), Method: http.MethodPost, Path: "/api/workspaces/{ws}/measure/segments",
		Summary: "Save filters as a segment", Tags: tags, DefaultStatus: http.StatusCreated,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		Body NewSegment
	}) (SegmentView, error) {
		if _, err := filtersOf("body.filters", in.Body.Filters); err != nil {
			return SegmentView{}, err
		}
		doc, err := s.keepDocument(ctx, in.Workspace, kindSegment, in.Body.Name, in.Body.Filters)
		return SegmentView{ID: doc.ID, Name: doc.Name, Filters: in.Body.Filters, By: doc.Author}, err
	})
	front.Handle(api, huma.Operation{
		OperationID: "list-funnels", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: "/api/workspaces/{ws}/measure/funnels",
		Summary: "Saved funnels", Tags: tags,
	}, func(ctx context.Context, in *struct{ front.InWorkspace }) (FunnelsReply, error) {
		reply := FunnelsReply{Funnels: []FunnelView{}}
		err := s.eachDocument(ctx, in.Workspace, kindFunnel, func(doc store.Document) error {
			reply.Funnels = append(reply.Funnels, FunnelView{ID: doc.ID, Name: doc.Name})
			return json.Unmarshal(doc.Body, &reply.Funnels[len(reply.Funnels)-1].FunnelRequest)
		})
		return reply, err
	})
	front.Handle(api, huma.Operation{
		OperationID: "create-funnel", Metadata: front.Needs(access.Try), Method: http.MethodPost, Path: "/api/workspaces/{ws}/measure/funnels",
		Summary: "Save a funnel", Tags: tags, DefaultStatus: http.StatusCreated,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		Body NewFunnel
	}) (FunnelView, error) {
		for _, step := range in.Body.Steps {
			if _, err := step.step("body.steps"); err != nil {
				return FunnelView{}, err
			}
		}
		doc, err := s.keepDocument(ctx, in.Workspace, kindFunnel, in.Body.Name, in.Body.FunnelRequest)
		return FunnelView{ID: doc.ID, Name: doc.Name, FunnelRequest: in.Body.FunnelRequest}, err
	})
	for _, kind := range []string{kindSegment, kindFunnel} {
		front.HandleNothing(api, huma.Operation{
			OperationID: "delete-" + kind, Metadata: front.Needs(access.Try), Method: http.MethodDelete, Path: "/api/workspaces/{ws}/measure/" + kind + "s/{id}",
			Summary: "Forget a saved " + kind, Tags: tags,
		}, func(ctx context.Context, in *struct {
			front.InWorkspace
			ID string `path:"id" maxLength:"80"`
		}) error {
			ws, err := s.workspace(ctx, in.Workspace)
			if err != nil {
				return err
			}
			if !front.IsName(in.ID) {
				return store.ErrNotFound{What: kind, Name: in.ID}
			}
			return s.deps.Store.Documents.Delete(ctx, ws.ID, kind, in.ID)
		})
	}
}

func (s *Server) eachDocument(ctx context.Context, slug, kind string, visit func(store.Document) error) error {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return err
	}
	docs, err := s.deps.Store.Documents.List(ctx, ws.ID, kind)
	if err != nil {
		return err
	}
	for _, doc := range docs {
		if err := visit(doc); err != nil {
			return fmt.Errorf("read %s %q: %w", kind, doc.ID, err)
		}
	}
	return nil
}

func (s *Server) keepDocument(ctx context.Context, slug, kind, name string, body any) (store.Document, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return store.Document{}, err
	}
	if name = front.Clean(name); name == "" {
		return store.Document{}, front.BadRequest("body.name", words.T("名前を付けてください。", "Please give it a name."))
	}
	kept, err := s.deps.Store.Documents.List(ctx, ws.ID, kind)
	if err != nil {
		return store.Document{}, err
	}
	if len(kept) >= mostDocuments {
		return store.Document{}, front.BadRequest("body", words.T("%d個まで保存できます。使わないものを消してください。", "%d can be kept. Please delete one that is not needed.", mostDocuments))
	}
	text, err := json.Marshal(body)
	if err != nil {
		return store.Document{}, fmt.Errorf("keep %s %q: %w", kind, name, err)
	}
	return s.deps.Store.Documents.Put(ctx, ws.ID, kind, store.Document{Name: name, Body: text, Author: front.AuthorOf(ctx)})
}

// segment is the filters of a saved segment.
func (s *Server) segment(ctx context.Context, ws store.WorkspaceID, id string) ([]warehouse.Filter, error) {
	missing := front.BadRequest("query.segment", words.T("保存したしぼりこみが見つかりません。", "The saved segment is not there."))
	if !front.IsName(id) {
		return nil, missing
	}
	doc, err := s.deps.Store.Documents.Get(ctx, ws, kindSegment, id)
	if _, gone := errors.AsType[store.ErrNotFound](err); gone {
		return nil, missing
	}
	if err != nil {
		return nil, err
	}
	var views []FilterView
	if err := json.Unmarshal(doc.Body, &views); err != nil {
		return nil, fmt.Errorf("read segment %q: %w", id, err)
	}
	return filtersOf("query.segment", views)
}

func pathEscape(name string) string { return url.PathEscape(name) }
