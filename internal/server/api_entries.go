package server

import (
	"context"
	"iter"
	"net/http"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// EntriesReply is the form of one day: what people type in.
type EntriesReply struct {
	Day     series.Day    `json:"day" format:"date"`
	Today   series.Day    `json:"today" format:"date"`
	Sources []EntrySource `json:"sources"`
}

// EntrySource is one source of numbers that are typed in.
type EntrySource struct {
	ID      string       `json:"id"`
	Numbers []EntryField `json:"numbers"`
	Days    []EntryDay   `json:"days" doc:"the last two weeks, the oldest first"`
}

// EntryField is one number of the form.
type EntryField struct {
	Metric string     `json:"metric"`
	Name   string     `json:"name"`
	Owner  string     `json:"owner"`
	Unit   string     `json:"unit"`
	Value  *float64   `json:"value" doc:"null: nothing was typed in"`
	Before *float64   `json:"before" doc:"the day before"`
	By     string     `json:"by" doc:"who typed it in"`
	At     *time.Time `json:"at"`
}

// EntryDay is how much of a day is filled in.
type EntryDay struct {
	Date   series.Day `json:"date" format:"date"`
	Filled int        `json:"filled"`
	Of     int        `json:"of"`
}

// NewEntries are the numbers of a day; null takes one out.
type NewEntries struct {
	Source string              `json:"source" maxLength:"80"`
	Day    string              `json:"day" maxLength:"10" doc:"2026-04-01"`
	Values map[string]*float64 `json:"values" doc:"by metric; those not named stay"`
}

// EntryHistoryReply is who typed in what.
type EntryHistoryReply struct {
	Changes []EntryChange `json:"changes" doc:"the newest first"`
}

// EntryChange is one number somebody typed in or took out.
type EntryChange struct {
	ID     string     `json:"id"`
	Source string     `json:"source"`
	Metric string     `json:"metric"`
	Name   string     `json:"name"`
	Unit   string     `json:"unit"`
	Day    series.Day `json:"day" format:"date"`
	Value  *float64   `json:"value"`
	Before *float64   `json:"before" doc:"what stood there before"`
	By     string     `json:"by"`
	At     time.Time  `json:"at"`
	Newest bool       `json:"newest" doc:"it still counts, so it can be taken back"`
}

func (s *Server) registerEntries(api huma.API) {
	tags := []string{"entries"}
	front.Handle(api, huma.Operation{
		OperationID: "get-entries", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: "/api/workspaces/{ws}/entries",
		Summary: "The form of one day for numbers that people type in", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
		Day string `query:"day" maxLength:"10" doc:"today where absent"`
	}) (EntriesReply, error) {
		return s.entries(ctx, in.Workspace, in.Day)
	})
	front.Handle(api, huma.Operation{
		OperationID: "put-entries", Metadata: front.Needs(access.BringNumbers), Method: http.MethodPut, Path: "/api/workspaces/{ws}/entries",
		Summary: "Type in the numbers of a day", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
		Body NewEntries
	}) (EntriesReply, error) {
		if err := s.putEntries(ctx, in.Workspace, in.Body); err != nil {
			return EntriesReply{}, err
		}
		return s.entries(ctx, in.Workspace, in.Body.Day)
	})
	front.Handle(api, huma.Operation{
		OperationID: "get-entry-history", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: "/api/workspaces/{ws}/entries/history",
		Summary: "Who typed in what", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
		Source string `query:"source" maxLength:"80"`
	}) (EntryHistoryReply, error) {
		return s.entryHistory(ctx, in.Workspace, in.Source)
	})
	front.Handle(api, huma.Operation{
		OperationID: "undo-entry", Metadata: front.Needs(access.BringNumbers), Method: http.MethodPost, Path: "/api/workspaces/{ws}/entries/{id}/undo",
		Summary: "Take a typed number back: what stood there before counts again", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
		ID string `path:"id" maxLength:"80"`
	}) (EntryHistoryReply, error) {
		if err := s.undoEntry(ctx, in.Workspace, in.ID); err != nil {
			return EntryHistoryReply{}, err
		}
		return s.entryHistory(ctx, in.Workspace, "")
	})
}

// entrySources are the sources of a model that people fill.
func entrySources(m *goal.Model) []*goal.Source {
	var list []*goal.Source
	for _, src := range m.Sources {
		if src.Kind == goal.SourceEntry {
			list = append(list, src)
		}
	}
	return list
}

// filledDays is how many days the form shows as filled or not.
const filledDays = 14

func (s *Server) entries(ctx context.Context, slug, day string) (EntriesReply, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return EntriesReply{}, err
	}
	saved, err := s.model(ctx, ws.ID, 0)
	if err != nil {
		return EntriesReply{}, err
	}
	today := series.DayOf(s.deps.Clock().In(saved.model.Location))
	on, err := entryDay("query.day", day, today)
	if err != nil {
		return EntriesReply{}, err
	}
	reply := EntriesReply{Day: on, Today: today, Sources: []EntrySource{}}
	for _, src := range entrySources(saved.model) {
		first := min(on-1, today-filledDays+1)
		cells, err := s.deps.Store.Entries.Current(ctx, ws.ID, src.ID, series.Span{From: first, To: max(on, today)})
		if err != nil {
			return EntriesReply{}, err
		}
		reply.Sources = append(reply.Sources, entrySource(src, cells, on, today))
	}
	return reply, nil
}

func entrySource(src *goal.Source, cells map[store.Cell]store.Entry, on, today series.Day) EntrySource {
	out := EntrySource{ID: src.ID, Numbers: make([]EntryField, len(src.Metrics)), Days: make([]EntryDay, filledDays)}
	for i, m := range src.Metrics {
		field := EntryField{Metric: m.ID, Name: m.Entry.Name, Owner: m.Entry.Owner, Unit: m.Entry.Unit}
		if e, ok := cells[store.Cell{Metric: m.ID, Day: on}]; ok {
			field.Value, field.By, field.At = e.Value, e.Author, &e.CreatedAt
		}
		if e, ok := cells[store.Cell{Metric: m.ID, Day: on - 1}]; ok {
			field.Before = e.Value
		}
		out.Numbers[i] = field
	}
	for i := range out.Days {
		day := today - filledDays + 1 + series.Day(i)
		out.Days[i] = EntryDay{Date: day, Of: len(src.Metrics)}
		for _, m := range src.Metrics {
			if _, ok := cells[store.Cell{Metric: m.ID, Day: day}]; ok {
				out.Days[i].Filled++
			}
		}
	}
	return out
}

// entryDay reads a day that can be filled in: not one still to come.
func entryDay(location, text string, today series.Day) (series.Day, error) {
	if text == "" {
		return today, nil
	}
	d, err := series.ParseDay(text)
	if err != nil || d < front.EarliestDay || d > front.LatestDay {
		return 0, front.BadRequest(location, words.T("日付「%s」が読めません。2026-04-01 の形で書いてください。",
			"The date %q cannot be read. Write it like 2026-04-01.", text))
	}
	if d > today {
		return 0, front.BadRequest(location, words.T("先の日の数はまだ入れられません。", "A day to come cannot be filled in yet."))
	}
	return d, nil
}

func (s *Server) putEntries(ctx context.Context, slug string, in NewEntries) error {
	ws, saved, src, err := s.entrySourceOf(ctx, slug, in.Source)
	if err != nil {
		return err
	}
	today := series.DayOf(s.deps.Clock().In(saved.model.Location))
	day, err := entryDay("body.day", in.Day, today)
	if err != nil {
		return err
	}
	current, err := s.deps.Store.Entries.Current(ctx, ws.ID, src.ID, series.Span{From: day, To: day})
	if err != nil {
		return err
	}
	var list []store.Entry
	for _, metric := range sortedKeys(in.Values) {
		if !slices.ContainsFunc(src.Metrics, func(m *goal.Metric) bool { return m.ID == metric }) {
			return front.BadRequest("body.values", words.T("「%s」という数はありません。", "There is no number %q.", metric))
		}
		value := in.Values[metric]
		if sameValue(current[store.Cell{Metric: metric, Day: day}].Value, value) {
			continue // typed in again: nothing happened
		}
		list = append(list, store.Entry{Source: src.ID, Metric: metric, Day: day, Value: value, Author: front.AuthorOf(ctx)})
	}
	if len(list) == 0 {
		return nil
	}
	return s.addEntries(ctx, ws.ID, src, list)
}

func sameValue(a, b *float64) bool {
	return a == nil && b == nil || a != nil && b != nil && *a == *b
}

func (s *Server) entrySourceOf(ctx context.Context, slug, id string) (store.Workspace, *savedModel, *goal.Source, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return ws, nil, nil, err
	}
	saved, err := s.model(ctx, ws.ID, 0)
	if err != nil {
		return ws, nil, nil, err
	}
	src := saved.model.Source(id)
	if src == nil || src.Kind != goal.SourceEntry {
		return ws, nil, nil, front.NotFound(words.T("「%s」は手で入れるデータ源ではありません。", "%q is not filled in by hand.", id))
	}
	return ws, saved, src, nil
}

// addEntries keeps what was typed in and puts the days' points in place, in one step.
func (s *Server) addEntries(ctx context.Context, ws store.WorkspaceID, src *goal.Source, list []store.Entry) error {
	return s.deps.Store.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		if _, err := tx.Entries.Add(ctx, ws, list); err != nil {
			return err
		}
		return writeEntries(ctx, tx, ws, src)
	})
}

// writeEntries makes points of all that counts of a source. Forms are small, so it is
// put in place as a whole: a day that lost its last number is missing again.
func writeEntries(ctx context.Context, tx *store.Tx, ws store.WorkspaceID, src *goal.Source) error {
	cells, err := tx.Entries.Current(ctx, ws, src.ID, wholeTime)
	if err != nil {
		return err
	}
	rows := map[series.Day]int{}
	var points []store.Point
	for cell, entry := range cells {
		if !slices.ContainsFunc(src.Metrics, func(m *goal.Metric) bool { return m.ID == cell.Metric }) {
			continue // the model does not ask for it any more
		}
		rows[cell.Day]++
		points = append(points, store.Point{Metric: cell.Metric, Day: cell.Day, Value: *entry.Value})
	}
	slices.SortFunc(points, func(a, b store.Point) int {
		if a.Metric != b.Metric {
			if a.Metric < b.Metric {
				return -1
			}
			return 1
		}
		return int(a.Day) - int(b.Day)
	})
	in := store.Import{Source: src.ID, Points: eachPoint(points)}
	for day, n := range rows {
		in.Days = append(in.Days, store.SourceDay{Day: day, Rows: n})
	}
	return tx.Points.ReplaceSource(ctx, ws, in)
}

func eachPoint(points []store.Point) iter.Seq2[store.Point, error] {
	return func(yield func(store.Point, error) bool) {
		for _, p := range points {
			if !yield(p, nil) {
				return
			}
		}
	}
}

// shownChanges is how far back the history of a form goes.
const shownChanges = 200

func (s *Server) entryHistory(ctx context.Context, slug, source string) (EntryHistoryReply, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return EntryHistoryReply{}, err
	}
	saved, err := s.model(ctx, ws.ID, 0)
	if err != nil {
		return EntryHistoryReply{}, err
	}
	list, err := s.deps.Store.Entries.History(ctx, ws.ID, source, shownChanges)
	if err != nil {
		return EntryHistoryReply{}, err
	}
	reply := EntryHistoryReply{Changes: make([]EntryChange, len(list))}
	type place struct {
		source string
		store.Cell
	}
	later := map[place]int{} // the change of the same cell that came after
	for i, e := range list {
		change := EntryChange{ID: string(e.ID), Source: e.Source, Metric: e.Metric, Name: e.Metric, Day: e.Day, Value: e.Value, By: e.Author, At: e.CreatedAt, Newest: true}
		if m := saved.model.Metric(e.Source + "." + e.Metric); m != nil && m.Entry != nil {
			change.Name, change.Unit = m.Entry.Name, m.Entry.Unit
		}
		at := place{e.Source, store.Cell{Metric: e.Metric, Day: e.Day}}
		if n, ok := later[at]; ok {
			change.Newest = false
			reply.Changes[n].Before = e.Value
		}
		later[at] = i
		reply.Changes[i] = change
	}
	return reply, nil
}

func (s *Server) undoEntry(ctx context.Context, slug, id string) error {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return err
	}
	if !front.IsName(id) {
		return store.ErrNotFound{What: "entry", Name: id}
	}
	entry, err := s.deps.Store.Entries.Get(ctx, ws.ID, store.EntryID(id))
	if err != nil {
		return err
	}
	_, _, src, err := s.entrySourceOf(ctx, slug, entry.Source)
	if err != nil {
		return err
	}
	all, err := s.deps.Store.Entries.Of(ctx, ws.ID, entry.Source, store.Cell{Metric: entry.Metric, Day: entry.Day})
	if err != nil {
		return err
	}
	if all[0].ID != entry.ID {
		return front.Refuse(http.StatusConflict, words.T("そのあとで別の数が入れられています。新しいほうから元に戻してください。",
			"Another number was typed in since. Take the newer one back first."))
	}
	back := store.Entry{Source: entry.Source, Metric: entry.Metric, Day: entry.Day, Author: front.AuthorOf(ctx)}
	if len(all) > 1 {
		back.Value = all[1].Value
	}
	return s.addEntries(ctx, ws.ID, src, []store.Entry{back})
}
