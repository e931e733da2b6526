package server

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/template"
	"github.com/shirube/shirube/internal/words"
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
	KGI     TemplateKGI      `json:"kgi" doc:"what the start form is filled with"`
	Shape   []TemplateNode   `json:"shape" doc:"the tree, small: for a thumbnail"`
	Sources []TemplateSource `json:"sources" doc:"what data it asks for"`
}

// TemplateKGI is a template's goal.
type TemplateKGI struct {
	Name   string       `json:"name"`
	Unit   string       `json:"unit"`
	Kind   string       `json:"kind" enum:"total,growth,hold,reach"`
	Amount front.Number `json:"amount"`
	Per    *string      `json:"per" enum:"day,week,month,quarter,year"`
	Serves string       `json:"serves"`
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
	front.Handle(api, huma.Operation{
		OperationID: "list-templates", Metadata: front.Needs(access.Browse), Method: http.MethodGet, Path: "/api/templates",
		Summary: "List the templates", Tags: []string{"templates"},
	}, func(_ context.Context, in *struct{ front.Lang }) (TemplatesReply, error) {
		return s.listTemplates(in.Words())
	})
}

func (s *Server) listTemplates(lang words.Lang) (TemplatesReply, error) {
	infos, err := template.List(lang)
	if err != nil {
		return TemplatesReply{}, err
	}
	reply := TemplatesReply{Templates: make([]TemplateView, len(infos))}
	for i, info := range infos {
		view := TemplateView{
			Key: info.Key, Name: info.Name, Summary: info.Summary,
			KGI: TemplateKGI{
				Name: info.KGI.Name, Unit: info.KGI.Unit, Kind: string(info.KGI.Kind),
				Amount: front.Number(info.KGI.Amount), Per: front.OrNull(info.KGI.Per), Serves: info.KGI.Serves,
			},
			KGIName: info.KGI.Name, Shape: []TemplateNode{}, Sources: []TemplateSource{},
		}
		places := map[string]int{"": -1}
		for at, node := range info.Shape {
			places[node.ID] = at
			view.Shape = append(view.Shape, TemplateNode{Name: node.Name, Parent: places[node.Parent], Operator: front.OrNull(node.Join)})
		}
		for _, src := range info.Sources {
			columns := append([]string{src.Date}, src.Columns...)
			view.Sources = append(view.Sources, TemplateSource{ID: src.ID, Name: src.Path, Columns: columns})
		}
		reply.Templates[i] = view
	}
	return reply, nil
}
