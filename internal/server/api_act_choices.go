package server

import (
	"cmp"
	"context"
	"maps"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/condition/columns"
	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// ConditionChoices is what there is to build a condition from: what was seen and kept, so
// that nobody has to know how it is written.
type ConditionChoices struct {
	Properties []PropertyChoice `json:"properties" doc:"of contacts and, with company., of their companies; those every contact has first"`
	Pages      []string         `json:"pages" doc:"viewed in the last 90 days, most first"`
	Events     []NamedChoice    `json:"events" doc:"done in the last 90 days, most first"`
	Usual      []NamedChoice    `json:"usual" doc:"what events are called that everybody tells by the same name, done or not"`
	Details    []NamedChoice    `json:"details" doc:"properties that events came with"`
	Tags       []string         `json:"tags"`
	Topics     []string         `json:"topics" doc:"of mail, that somebody said something about"`
	Cards      []NamedChoice    `json:"cards"`
	Segments   []NamedChoice    `json:"segments"`
	Owners     []NamedChoice    `json:"owners" doc:"people of the workspace, who may look after contacts"`
}

// NamedChoice is a thing with the name people call it by.
type NamedChoice struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// PropertyChoice is a property that can be compared.
type PropertyChoice struct {
	Key    string   `json:"key"`
	Label  string   `json:"label"`
	Kind   string   `json:"kind" enum:"text,number,truth,date"`
	Values []string `json:"values" doc:"the most frequent first; empty where nearly everybody has another"`
}

// How far back what was done is offered, and how much of it.
const (
	choiceDays   = 90
	mostChoices  = 200
	choiceValues = 30
)

func (s *Server) registerConditionChoices(api huma.API) {
	front.Handle(api, huma.Operation{
		OperationID: "list-condition-choices", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: "/api/workspaces/{ws}/segments/choices",
		Summary: "What there is to build a condition from: properties, pages, events, tags, topics, cards, segments", Tags: []string{"act"},
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
	}) (ConditionChoices, error) {
		return s.conditionChoices(ctx, in.Workspace, in.Words())
	})
}

func (s *Server) conditionChoices(ctx context.Context, slug string, lang words.Lang) (ConditionChoices, error) {
	reply := ConditionChoices{Properties: []PropertyChoice{}, Pages: []string{}, Events: []NamedChoice{}, Details: []NamedChoice{}, Tags: []string{},
		Usual: usualEvents(lang), Topics: []string{}, Cards: []NamedChoice{}, Segments: []NamedChoice{}, Owners: []NamedChoice{}}
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return reply, err
	}
	if err := s.propertyChoices(ctx, ws.ID, lang, &reply); err != nil {
		return reply, err
	}
	tags, err := s.deps.Store.Contacts.Tags(ctx, ws.ID)
	if err != nil {
		return reply, err
	}
	reply.Tags = append(reply.Tags, slices.Sorted(maps.Keys(tags))...)
	topics, err := s.deps.Store.Consents.Topics(ctx, ws.ID)
	if err != nil {
		return reply, err
	}
	reply.Topics = append(reply.Topics, topics...)
	cards, err := s.deps.Store.ScoreCards.List(ctx, ws.ID)
	if err != nil {
		return reply, err
	}
	for _, card := range cards {
		reply.Cards = append(reply.Cards, NamedChoice{string(card.ID), card.Name})
	}
	docs, err := s.deps.Store.Documents.List(ctx, ws.ID, kindPeople)
	if err != nil {
		return reply, err
	}
	for _, doc := range docs {
		reply.Segments = append(reply.Segments, NamedChoice{doc.ID, doc.Name})
	}
	members, err := s.deps.Store.Members.List(ctx, ws.ID)
	if err != nil {
		return reply, err
	}
	for _, one := range members {
		reply.Owners = append(reply.Owners, NamedChoice{string(one.User.ID), one.User.Name})
	}
	if !front.May(ctx, access.SeeContacts) {
		// What a condition asks may be read without seeing people: what is known of them, and
		// who looks after whom, stays out.
		for i := range reply.Properties {
			reply.Properties[i].Values = []string{}
		}
		reply.Owners = []NamedChoice{}
	}
	return reply, s.doingChoices(ctx, slug, lang, &reply)
}

// propertyChoices are those every contact has, then those that were told of any.
func (s *Server) propertyChoices(ctx context.Context, ws store.WorkspaceID, lang words.Lang, reply *ConditionChoices) error {
	keys, err := s.segments.keys(ctx, ws, choiceValues)
	if err != nil {
		return err
	}
	kinds := map[string]string{"created": "date"}
	for _, own := range ownProperties {
		if label := condition.PropertyName(own); label.JA != "" {
			choice := PropertyChoice{Key: own, Label: label.In(lang), Kind: cmp.Or(kinds[own], "text"), Values: []string{}}
			if at := slices.IndexFunc(keys, func(k columns.Key) bool { return k.Name == own }); at >= 0 && own != "owner" {
				choice.Values = keys[at].Values
			}
			reply.Properties = append(reply.Properties, choice)
		}
	}
	for _, key := range keys {
		if len(reply.Properties) < mostChoices && !slices.Contains(ownProperties, key.Name) {
			reply.Properties = append(reply.Properties, PropertyChoice{Key: key.Name, Label: propertyLabel(key.Name, lang), Kind: valueKinds[key.Kind], Values: key.Values})
		}
	}
	return nil
}

// propertyLabel is what a property is called: in words where lists usually have it.
func propertyLabel(key string, lang words.Lang) string {
	return cmp.Or(condition.PropertyName(key).In(lang), key)
}

// usualEvents are the events that have a name in words: what a rule asks for is called by
// it also where nobody did it lately.
func usualEvents(lang words.Lang) []NamedChoice {
	var list []NamedChoice
	for _, name := range condition.UsualEvents() {
		list = append(list, NamedChoice{name, condition.EventName(name).In(lang)})
	}
	return list
}

// doingChoices are what was done lately; nothing where events are not collected.
func (s *Server) doingChoices(ctx context.Context, slug string, lang words.Lang, reply *ConditionChoices) error {
	if s.measuring == nil {
		return nil
	}
	a, err := s.ask(ctx, slug, MeasuredSpan{}, lang)
	if err != nil {
		return err
	}
	a.scope.Span = series.Span{From: a.today - choiceDays + 1, To: a.today}
	names, err := a.reader.Names(ctx, a.scope, mostChoices)
	if err != nil {
		return err
	}
	for _, one := range names {
		reply.Events = append(reply.Events, NamedChoice{one.Name, a.label(warehouse.FieldEvent, one.Name)})
	}
	pages, err := a.reader.Values(ctx, a.scope, warehouse.FieldPage, "", "", mostChoices)
	if err != nil {
		return err
	}
	reply.Pages = append(reply.Pages, pages...)
	details, err := a.reader.Values(ctx, a.scope, warehouse.FieldProperty, "", "", mostChoices)
	if err != nil {
		return err
	}
	for _, key := range details {
		reply.Details = append(reply.Details, NamedChoice{key, cmp.Or(condition.DetailName(key).In(lang), key)})
	}
	return nil
}
