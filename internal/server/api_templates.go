package server

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
)

// TemplatesReply lists the templates a workspace can be made from.
type TemplatesReply struct {
	Templates []TemplateView `json:"templates"`
}

// TemplateView is one template: a working tree to start from.
type TemplateView struct {
	Key     string           `json:"key"`
	Name    string           `json:"name"`
	Summary string           `json:"summary"`
	KGIName string           `json:"kgi_name"`
	KGIUnit string           `json:"kgi_unit"`
	Shape   []TemplateNode   `json:"shape" doc:"the tree, small: for a thumbnail"`
	Sources []TemplateSource `json:"sources" doc:"what data it asks for"`
}

// TemplateNode is one indicator of a template.
type TemplateNode struct {
	Name     string  `json:"name"`
	Parent   int     `json:"parent" doc:"index into the list; -1 for the KGI and for what hangs on nothing"`
	Operator *string `json:"operator" enum:"×,＋,－,÷,ƒ,=" doc:"the sign that joins its inputs"`
}

// TemplateSource is one file a template asks for.
type TemplateSource struct {
	ID      string   `json:"id"`
	Name    string   `json:"name" doc:"the file's name"`
	Columns []string `json:"columns"`
}

func (s *Server) registerTemplates(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "list-templates", Method: http.MethodGet, Path: "/api/templates",
		Summary: "List the templates", Tags: []string{"templates"},
	}, func(_ context.Context, in *struct{ Lang }) (*struct{ Body TemplatesReply }, error) {
		reply, err := s.listTemplates(in.words())
		return &struct{ Body TemplatesReply }{reply}, err
	})
}
