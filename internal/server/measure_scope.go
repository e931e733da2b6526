package server

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// MeasuredSpan says which days and which visits a report is about; embed it in a
// request.
type MeasuredSpan struct {
	From    string `query:"from" maxLength:"10" doc:"first day; 28 days up to today where absent"`
	To      string `query:"to" maxLength:"10" doc:"last day; today where absent"`
	Filters string `query:"filters" maxLength:"8000" doc:"JSON: [{field, property, op, values}], all of which must hold"`
	Segment string `query:"segment" maxLength:"80" doc:"a saved segment, whose filters hold too"`
	Bots    bool   `query:"bots" doc:"count robots as well"`
}

// FilterView is one condition of a report.
type FilterView struct {
	Field    string   `json:"field" enum:"page,host,entry,exit,source,medium,campaign,term,content,referrer,channel,device,browser,os,language,event,title,key,property"`
	Property string   `json:"property,omitempty" maxLength:"200" doc:"with field property: which one"`
	Op       string   `json:"op" enum:"is,not,contains,starts"`
	Values   []string `json:"values" minItems:"1" maxItems:"50"`
}

// Bounds of a report.
const (
	defaultReportDays = 28
	mostReportDays    = 1100
	mostFilters       = 20
	mostFilterValues  = 50
	mostFilterBytes   = 1000
)

// asked is a report's question, ready for the warehouse.
type asked struct {
	workspace store.Workspace
	board     *board
	today     series.Day
	scope     warehouse.Scope
	reader    warehouse.Reader
	channels  channelsOf
	lang      words.Lang
}

// ask reads the parts of a request that all reports share.
func (s *Server) ask(ctx context.Context, slug string, span MeasuredSpan, lang words.Lang) (asked, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return asked{}, err
	}
	b, _, err := s.boards.board(ctx, ws, 0)
	if err != nil {
		return asked{}, err
	}
	reader, err := s.reader()
	if err != nil {
		return asked{}, err
	}
	a := asked{workspace: ws, board: b, reader: s.following(ctx, ws.ID, reader), lang: lang}
	if a.channels, err = s.channelRules(ctx, ws.ID); err != nil {
		return asked{}, err
	}
	a.today = series.DayOf(s.deps.Clock().In(b.model.Location))
	a.scope = warehouse.Scope{Workspace: event.Workspace(ws.ID), WithBots: span.Bots}
	if a.scope.Span, err = reportSpan(span, a.today); err != nil {
		return asked{}, err
	}
	if a.scope.Filters, err = parseFilters("query.filters", span.Filters); err != nil {
		return asked{}, err
	}
	if span.Segment != "" {
		saved, err := s.segment(ctx, ws.ID, span.Segment)
		if err != nil {
			return asked{}, err
		}
		a.scope.Filters = append(a.scope.Filters, saved...)
	}
	return a, nil
}

// noEvents is the answer where events are not collected: an API description, a page
// handed out.
func noEvents() error {
	return front.Refuse(http.StatusServiceUnavailable, words.T("できごとの置き場が開いていません。サーバーを起動し直してください。",
		"The store of events is not open. Please restart the server."))
}

func reportSpan(in MeasuredSpan, today series.Day) (series.Span, error) {
	span := series.Span{To: today}
	for _, end := range []struct {
		name, text string
		day        *series.Day
	}{{"query.to", in.To, &span.To}, {"query.from", in.From, &span.From}} {
		if end.text == "" {
			continue
		}
		d, err := series.ParseDay(end.text)
		if err != nil || d < front.EarliestDay || d > front.LatestDay {
			return span, front.BadRequest(end.name, words.T("日付「%s」が読めません。2026-04-01 の形で書いてください。",
				"The date %q cannot be read. Write it like 2026-04-01.", end.text))
		}
		*end.day = d
	}
	if in.From == "" {
		span.From = span.To - defaultReportDays + 1
	}
	if span.Empty() {
		return span, front.BadRequest("query.from", words.T("始まりの日が終わりの日より後です。", "The first day is after the last."))
	}
	if span.Days() > mostReportDays {
		return span, front.BadRequest("query.from", words.T("一度に見られるのは%d日までです。", "At most %d days can be looked at together.", mostReportDays))
	}
	return span, nil
}

// before is the span a report is compared with: as many days just before, moved by whole
// weeks so that Sundays meet Sundays; with lastYear, 52 weeks before.
func before(span series.Span, lastYear bool) series.Span {
	shift := series.Day((span.Days() + 6) / 7 * 7)
	if lastYear {
		shift = 364
	}
	return series.Span{From: span.From - shift, To: span.To - shift}
}

// parseFilters reads conditions and refuses what the warehouse would not understand.
func parseFilters(location, text string) ([]warehouse.Filter, error) {
	if text == "" {
		return nil, nil
	}
	var views []FilterView
	if err := json.Unmarshal([]byte(text), &views); err != nil {
		return nil, front.BadRequest(location, words.T("しぼりこみが読めません。", "The filters cannot be read."))
	}
	return filtersOf(location, views)
}

var (
	filterFields = []warehouse.Field{
		warehouse.FieldPage, warehouse.FieldHost, warehouse.FieldEntry, warehouse.FieldExit, warehouse.FieldSource, warehouse.FieldMedium,
		warehouse.FieldCampaign, warehouse.FieldTerm, warehouse.FieldContent, warehouse.FieldReferrer, warehouse.FieldChannel,
		warehouse.FieldDevice, warehouse.FieldBrowser, warehouse.FieldOS, warehouse.FieldLanguage, warehouse.FieldEvent,
		warehouse.FieldTitle, warehouse.FieldKey, warehouse.FieldProperty,
	}
	filterOps = []warehouse.Op{warehouse.Is, warehouse.Not, warehouse.Contains, warehouse.Starts}
)

func filtersOf(location string, views []FilterView) ([]warehouse.Filter, error) {
	if len(views) > mostFilters {
		return nil, front.BadRequest(location, words.T("しぼりこみは%d個までです。", "At most %d filters fit.", mostFilters))
	}
	out := make([]warehouse.Filter, len(views))
	for i, v := range views {
		f := warehouse.Filter{Field: warehouse.Field(v.Field), Property: v.Property, Op: warehouse.Op(v.Op), Values: v.Values}
		known := slices.Contains(filterFields, f.Field) && slices.Contains(filterOps, f.Op) && (f.Property != "") == (f.Field == warehouse.FieldProperty)
		bytes := len(v.Property)
		for _, value := range v.Values {
			bytes += len(value)
		}
		if !known || len(v.Values) == 0 || len(v.Values) > mostFilterValues || bytes > mostFilterBytes {
			return nil, front.BadRequest(location, words.T("%d番目のしぼりこみが正しくありません。", "Filter %d is not valid.", i+1))
		}
		out[i] = f
	}
	return out, nil
}

// reader is the answering side of the warehouse.
func (s *Server) reader() (warehouse.Reader, error) {
	if s.measuring == nil {
		return nil, noEvents()
	}
	return s.measuring.warehouse, nil
}
