package server

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/formula"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/share/glossary"
	"github.com/shirube/shirube/internal/words"
)

// GlossaryReply says of every number of a map what it is.
type GlossaryReply struct {
	Model      string              `json:"model"`
	Version    int                 `json:"version"`
	Indicators []GlossaryIndicator `json:"indicators" doc:"the KGI first, then the KPIs in the order of the model"`
	Words      []GlossaryEntry     `json:"words" doc:"words of the screens"`
}

// GlossaryIndicator is one number, explained.
type GlossaryIndicator struct {
	ID         string   `json:"id"`
	Name       string   `json:"name"`
	IsKGI      bool     `json:"is_kgi"`
	Definition string   `json:"definition" doc:"what is counted, in the team's words; empty where nobody wrote it"`
	Why        string   `json:"why" doc:"why it matters, in the team's words; empty where nobody wrote it"`
	Unit       string   `json:"unit"`
	Owner      string   `json:"owner"`
	Reading    string   `json:"reading" doc:"how the number is to be read: added up, a rate, a level"`
	Formula    string   `json:"formula" doc:"with the names of other indicators; empty where it is not computed"`
	Measured   string   `json:"measured" doc:"with the names of columns; empty where it is not measured"`
	Sources    []string `json:"sources" doc:"where its numbers come from"`
	Target     string   `json:"target" doc:"as people say it; empty without"`
	Matters    string   `json:"matters" doc:"how it is joined to the KGI"`
	Road       []string `json:"road" doc:"names from it to the KGI; empty for the KGI itself and without a road"`
}

func (s *Server) registerGlossary(api huma.API) {
	registerCached(api, huma.Operation{
		OperationID: "get-glossary", Metadata: front.Needs(access.SeeMap), Method: http.MethodGet, Path: "/api/workspaces/{ws}/glossary",
		Summary: "What every number of the map means", Tags: []string{"map"},
	}, GlossaryReply{}, s.glossaryBytes)
}

func (s *Server) glossaryBytes(ctx context.Context, in MapRequest) (*packed, error) {
	day, err := in.Day()
	if err != nil {
		return nil, err
	}
	ws, err := s.workspace(ctx, in.Workspace)
	if err != nil {
		return nil, err
	}
	look := lookAt{version: in.Version, asOf: day, lang: in.Words(), shown: "glossary"}
	return s.boards.reply(ctx, ws, "", look, func(_ context.Context, b *board, at moment) (any, error) {
		return b.glossary(at), nil
	})
}

// explained is a board as the glossary asks it.
type explained struct {
	ev       *goal.Evaluator
	standing *insight.Standing
}

// Kind is how an indicator's values behave over time.
func (t explained) Kind(id string) formula.Kind { return t.ev.Kind(id) }

// Target is an indicator's target as people say it.
func (t explained) Target(id string) string {
	if r := t.standing.Reading(id); r != nil && r.Goal != nil {
		return r.Goal.Label
	}
	return ""
}

func (b *board) glossary(at moment) GlossaryReply {
	b.mu.Lock()
	defer b.mu.Unlock()
	reply := GlossaryReply{Model: b.model.Name, Version: at.version, Indicators: []GlossaryIndicator{}, Words: screenWords(at.lang)}
	for _, e := range glossary.Entries(b.model, explained{b.ev, insight.NewView(b.ev, at.opt).Status()}, at.lang) {
		reply.Indicators = append(reply.Indicators, GlossaryIndicator{
			ID: e.ID, Name: e.Name, IsKGI: e.KGI, Definition: e.Definition, Why: e.Why, Unit: e.Unit, Owner: e.Owner, Reading: e.Reading,
			Formula: e.Formula, Measured: e.Measured, Sources: e.Sources, Target: e.Target, Matters: e.Matters, Road: e.Road,
		})
	}
	return reply
}

// screenWords is every word of the screens that is explained.
func screenWords(lang words.Lang) []GlossaryEntry {
	terms := []term{termPace, termAttainment, termLanding, termHold, termRate, termLevel, termGap, termLeading}
	entries := make([]GlossaryEntry, len(terms))
	for i, t := range terms {
		entries[i] = GlossaryEntry{Term: t.name.In(lang), Text: t.text.In(lang)}
	}
	return entries
}
