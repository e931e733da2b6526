package server

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// EventsReply is events as they came, the newest first.
type EventsReply struct {
	ReportHead
	Indicator *IndicatorLabel `json:"indicator" doc:"whose events these are"`
	Events    []EventRow      `json:"events"`
	More      bool            `json:"more"`
	Why       string          `json:"why" doc:"why there are none to show; empty otherwise"`
}

// EventRow is one event as it is shown. Who did it is a name of the warehouse, not a
// person's.
type EventRow struct {
	ID         string          `json:"id"`
	At         int64           `json:"at" doc:"milliseconds since 1970"`
	ReceivedAt int64           `json:"received_at"`
	Kind       string          `json:"kind" enum:"track,page,screen,identify,group,alias"`
	Name       string          `json:"name"`
	Label      string          `json:"label" doc:"what happened, in words"`
	Person     string          `json:"person"`
	Host       string          `json:"host"`
	Path       string          `json:"path"`
	Title      string          `json:"title"`
	Channel    string          `json:"channel" doc:"of the page's address; empty where it says nothing"`
	Source     string          `json:"source"`
	Device     string          `json:"device"`
	Bot        string          `json:"bot"`
	Value      front.Number    `json:"value"`
	Currency   string          `json:"currency"`
	Properties json.RawMessage `json:"properties"`
}

// NamesReply is the names of events seen.
type NamesReply struct {
	Names []NameView `json:"names" doc:"most frequent first"`
}

// NameView is a name and how often it came.
type NameView struct {
	Name  string `json:"name"`
	Label string `json:"label"`
	Count int64  `json:"count"`
	Last  int64  `json:"last" doc:"milliseconds since 1970"`
}

// ValuesReply is values that were seen, for filters.
type ValuesReply struct {
	Values []ValueView `json:"values" doc:"most frequent first"`
}

// ValueView is a value with its words.
type ValueView struct {
	Value string `json:"value"`
	Label string `json:"label"`
}

func (s *Server) registerEvents(api huma.API) {
	tags := []string{"measure"}
	front.Handle(api, huma.Operation{
		OperationID: "list-events", Metadata: front.Needs(access.SeeVisits), Method: http.MethodGet, Path: "/api/workspaces/{ws}/measure/events",
		Summary: "The events behind a number, the newest first", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		MeasuredSpan
		front.Lang
		Indicator string `query:"indicator" maxLength:"80" doc:"only the events this indicator counts"`
		Limit     int    `query:"limit" minimum:"1" maximum:"500" default:"50"`
		Offset    int    `query:"offset" minimum:"0" maximum:"100000"`
	}) (EventsReply, error) {
		a, err := s.ask(ctx, in.Workspace, in.MeasuredSpan, in.Words())
		if err != nil {
			return EventsReply{}, err
		}
		return a.events(ctx, in.Indicator, warehouse.Paging{Limit: in.Limit, Offset: in.Offset})
	})
	front.Handle(api, huma.Operation{
		OperationID: "list-event-names", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: "/api/workspaces/{ws}/measure/names",
		Summary: "The names of events seen", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		MeasuredSpan
		front.Lang
	}) (NamesReply, error) {
		a, err := s.ask(ctx, in.Workspace, in.MeasuredSpan, in.Words())
		if err != nil {
			return NamesReply{}, err
		}
		names, err := a.reader.Names(ctx, a.scope, 500)
		reply := NamesReply{Names: make([]NameView, len(names))}
		for i, n := range names {
			reply.Names[i] = NameView{Name: n.Name, Label: a.label(warehouse.FieldEvent, n.Name), Count: n.Count, Last: int64(n.Last)}
		}
		return reply, err
	})
	front.Handle(api, huma.Operation{
		OperationID: "list-values", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: "/api/workspaces/{ws}/measure/values",
		Summary: "The values of a field seen, for filters", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		MeasuredSpan
		front.Lang
		Field    string `query:"field" required:"true" enum:"page,host,entry,exit,source,medium,campaign,term,content,referrer,channel,device,browser,os,language,event,title,property"`
		Property string `query:"property" maxLength:"200"`
		Prefix   string `query:"prefix" maxLength:"200"`
	}) (ValuesReply, error) {
		a, err := s.ask(ctx, in.Workspace, in.MeasuredSpan, in.Words())
		if err != nil {
			return ValuesReply{}, err
		}
		field := warehouse.Field(in.Field)
		values, err := a.reader.Values(ctx, a.scope, field, in.Property, in.Prefix, 50)
		reply := ValuesReply{Values: make([]ValueView, len(values))}
		for i, v := range values {
			reply.Values[i] = ValueView{v, a.label(field, v)}
		}
		return reply, err
	})
	s.registerExport(api)
}

var kindNames = map[event.Kind]string{
	event.Track: "track", event.Page: "page", event.Screen: "screen", event.Identify: "identify", event.Group: "group", event.Alias: "alias",
}

var kindLabels = map[event.Kind]words.Text{
	event.Page: words.T("ページの閲覧", "Viewed a page"), event.Screen: words.T("画面の閲覧", "Viewed a screen"),
	event.Identify: words.T("だれかが分かった", "Became known"), event.Group: words.T("会社が分かった", "Company became known"),
	event.Alias: words.T("同じ人だと分かった", "Two ids are one person"),
}

func (a asked) eventRow(r warehouse.Row) EventRow {
	label := kindLabels[r.Kind].In(a.lang)
	if r.Kind == event.Track {
		label = a.label(warehouse.FieldEvent, r.Name)
	}
	row := EventRow{
		ID: r.MessageID, At: int64(r.At), ReceivedAt: int64(r.ReceivedAt), Kind: kindNames[r.Kind], Name: r.Name, Label: label, Person: r.Person,
		Host: r.Host, Path: r.Path, Title: r.Title, Device: r.Device, Bot: r.Bot, Value: ratio(0, 0), Currency: r.Currency, Properties: json.RawMessage("{}"),
	}
	if r.Currency != "" || r.Value != 0 {
		row.Value = front.Number(r.Value)
	}
	if json.Valid(r.Properties) {
		row.Properties = r.Properties
	}
	way := warehouse.Traffic{Campaign: r.Campaign, ClickID: r.ClickID, ReferrerHost: r.ReferrerHost}
	if way != (warehouse.Traffic{}) {
		row.Channel, row.Source = a.label(warehouse.FieldChannel, a.channel(way)), sourceLabel(trafficSource(way), a.lang)
	}
	return row
}

// events are those of the span; with an indicator only those it counts.
func (a asked) events(ctx context.Context, indicator string, page warehouse.Paging) (EventsReply, error) {
	reply := EventsReply{ReportHead: a.head(), Events: []EventRow{}}
	scopes := []warehouse.Scope{a.scope}
	if indicator != "" {
		ind := a.board.model.Indicator(indicator)
		if ind == nil {
			return reply, noIndicator(indicator)
		}
		reply.Indicator = &IndicatorLabel{ID: ind.ID, Name: ind.Name}
		if scopes = a.scopesOf(indicator); len(scopes) == 0 {
			reply.Why = words.T("「%s」は表から来ている数なので、できごとの一覧はありません。", "“%s” comes from a table, so there are no events behind it.", ind.Name).In(a.lang)
			return reply, nil
		}
	}
	var rows []warehouse.Row
	for _, scope := range scopes {
		found, err := a.reader.Events(ctx, scope, warehouse.Paging{Limit: page.Offset + page.Limit + 1})
		if err != nil {
			return reply, err
		}
		rows = append(rows, found...)
	}
	slices.SortStableFunc(rows, func(x, y warehouse.Row) int { return int(y.At - x.At) })
	rows = rows[min(page.Offset, len(rows)):]
	reply.More = len(rows) > page.Limit
	for _, r := range rows[:min(len(rows), page.Limit)] {
		reply.Events = append(reply.Events, a.eventRow(r))
	}
	return reply, nil
}

// scopesOf narrows a report to the events an indicator rests on, one scope for each
// metric of events below it.
func (a asked) scopesOf(indicator string) []warehouse.Scope {
	var scopes []warehouse.Scope
	for _, name := range a.board.model.Leaves(indicator) {
		m := a.board.model.Metric(name)
		if m == nil || m.Events == nil {
			continue
		}
		scope := a.scope
		scope.Filters = append(slices.Clone(scope.Filters), countFilters(m.Events)...)
		if m.Events.Event != "" {
			scope.Filters = append(scope.Filters, warehouse.Filter{Field: warehouse.FieldEvent, Op: warehouse.Is, Values: []string{m.Events.Event}})
		}
		if m.Events.Page != "" {
			scope.Filters = append(scope.Filters, pageFilter(m.Events.Page))
		}
		scopes = append(scopes, scope)
	}
	return scopes
}

// pageFilter is the condition of a path whose trailing * stands for anything.
func pageFilter(path string) warehouse.Filter {
	if n := len(path) - 1; n >= 0 && path[n] == '*' {
		return warehouse.Filter{Field: warehouse.FieldPage, Op: warehouse.Starts, Values: []string{path[:n]}}
	}
	return warehouse.Filter{Field: warehouse.FieldPage, Op: warehouse.Is, Values: []string{path}}
}

func (s *Server) registerExport(api huma.API) {
	huma.Register(api, front.Bounded(huma.Operation{
		OperationID: "export-events", Metadata: front.Needs(access.ExportVisits), Method: http.MethodGet, Path: "/api/workspaces/{ws}/measure/export",
		Summary: "Download the events of a span as CSV or Parquet", Tags: []string{"measure"},
	}), func(ctx context.Context, in *struct {
		front.InWorkspace
		MeasuredSpan
		front.Lang
		Format string `query:"format" enum:"csv,parquet" default:"csv"`
	}) (*huma.StreamResponse, error) {
		a, err := s.ask(ctx, in.Workspace, in.MeasuredSpan, in.Words())
		if err != nil {
			return nil, err
		}
		return &huma.StreamResponse{Body: func(hc huma.Context) { a.export(hc, in.Format) }}, nil
	})
}

var exportTypes = map[string]string{"csv": "text/csv; charset=utf-8", "parquet": "application/vnd.apache.parquet"}

// export streams the events. What goes wrong after the first byte can only be told by
// ending the answer early.
func (a asked) export(hc huma.Context, format string) {
	name := fmt.Sprintf("%s-events-%s-%s.%s", a.workspace.Slug, a.scope.Span.From, a.scope.Span.To, format)
	hc.SetHeader("Content-Type", exportTypes[format])
	hc.SetHeader("Content-Disposition", "attachment; filename*=UTF-8''"+pathEscape(name))
	if err := a.reader.Export(hc.Context(), a.scope, format, hc.BodyWriter()); err != nil && hc.Context().Err() == nil {
		front.RequestOf(hc.Context()).Log.Error("export broke off", "error", err)
		panic(http.ErrAbortHandler) // a file cut short must not look whole
	}
}

// mostDays is how far back the warehouse answers in one question.
const mostDays = 3660

// longest is as many days as can be asked about, up to one.
func longest(to series.Day) series.Span { return series.Span{From: to - mostDays + 1, To: to} }

// wholeTime is every day there can be.
var wholeTime = series.Span{From: front.EarliestDay, To: front.LatestDay}
