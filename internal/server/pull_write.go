package server

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/measure/connect"
	"github.com/shirube/shirube/internal/measure/source"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/template"
	"github.com/shirube/shirube/internal/words"
)

// fetch brings a connection's days into the sources that name it, piece by piece.
func (p *pulling) fetch(ctx context.Context, c store.Connection, run *store.ConnectionRun) (*time.Location, error) {
	s := p.server
	saved, err := s.modelOrEmptyNewest(ctx, c.Workspace)
	if err != nil {
		return template.Zone, err
	}
	zone := saved.model.Location
	sources := sourcesOf(saved.model, c.Name)
	now := readings(saved.model, sources)
	p.mu.Lock()
	p.tried[c.ID] = fmt.Sprint(now)
	p.mu.Unlock()
	err = p.fetchInto(ctx, c, saved, sources, now, run)
	if err != nil && ctx.Err() == nil {
		// Every source says why it has fallen behind.
		failure := failureToTell(ctx, err)
		for _, src := range sources {
			if err := s.notePullFailure(ctx, c, src.ID, failure.What); err != nil {
				s.deps.Log.Error("noting why a source is behind", "error", err)
			}
		}
	}
	return zone, err
}

func (p *pulling) fetchInto(ctx context.Context, c store.Connection, saved *savedModel, sources []*goal.Source, now map[string]string, run *store.ConnectionRun) error {
	s := p.server
	ask := connect.Request{Kind: connect.Kind(c.Kind), Zone: saved.model.Location}
	if err := json.Unmarshal(c.Settings, &ask.Settings); err != nil {
		return fmt.Errorf("read settings of connection %q: %w", c.ID, err)
	}
	var err error
	if ask.Secret, err = s.secretOf(ctx, c.Workspace, c.ID); err != nil {
		return err
	}
	yesterday := s.yesterdayIn(saved.model.Location)
	through := yesterday
	fresh := map[string]bool{} // sources that hold nothing that was read like this
	for id, reading := range now {
		known := c.Progress[id]
		if fresh[id] = known.Reading != reading; fresh[id] {
			known.Through = c.Since - 1
		}
		through = min(through, known.Through)
	}
	spans := []series.Span{{From: c.Since, To: yesterday}}
	if connect.Windowed(ask.Kind, ask.Settings) {
		spans = pieces(c.Since, through, yesterday, c.Window)
		run.Days = series.Span{From: yesterday + 1, To: yesterday}
		if len(spans) > 0 {
			run.Days = series.Span{From: spans[0].From, To: yesterday}
		}
	}
	progress := map[string]store.SourceProgress{}
	for id := range now {
		progress[id] = c.Progress[id]
	}
	for _, ask.Span = range spans {
		table, err := s.puller().Pull(ctx, ask)
		if err != nil {
			return err
		}
		run.Notes = mergeNotes(run.Notes, table.Notes)
		writes := make([]pulledSource, len(sources))
		for i, src := range sources {
			if writes[i], err = s.readPulled(ctx, c, saved.model, src, table, ask.Span); err != nil {
				return err
			}
			writes[i].fresh = fresh[src.ID]
			run.Notes = mergeNotes(run.Notes, absentNotes(writes[i].tally))
			progress[src.ID] = store.SourceProgress{Reading: now[src.ID], Through: ask.Span.To}
			fresh[src.ID] = false
		}
		run.Rows += writes[0].tally.Rows
		run.RowDays += len(writes[0].tally.Days)
		if err := p.write(ctx, c, saved, writes, progress); err != nil {
			return err
		}
	}
	return nil
}

// puller is how the world is reached.
func (s *Server) puller() *connect.Puller {
	if s.deps.Puller != nil {
		return s.deps.Puller
	}
	return &connect.Puller{Guard: &connect.Guard{}}
}

func mergeNotes(have, more []words.Text) []words.Text {
	for _, note := range more {
		if !slices.Contains(have, note) && len(have) < 20 {
			have = append(have, note)
		}
	}
	return have
}

// pulledFile is a fetched table where a source expects a file.
type pulledFile struct{ *bytes.Reader }

// Close does nothing: the bytes are in memory.
func (pulledFile) Close() error { return nil }

type pulledFiles struct {
	name  string
	table *connect.Table
}

// Open gives the fetched table, whatever file is asked for.
func (f pulledFiles) Open(string) (source.File, error) {
	return source.File{Name: f.name, Content: pulledFile{bytes.NewReader(f.table.File)}, Size: int64(len(f.table.File)), Written: f.table.Written}, nil
}

// pulledSource is what one piece brings to a source.
type pulledSource struct {
	source string
	span   series.Span // that it tells the whole of
	tally  *source.Tally
	fresh  bool // in the place of all the source had
}

// readPulled reads a fetched table as a source says, like any file.
func (s *Server) readPulled(ctx context.Context, c store.Connection, m *goal.Model, src *goal.Source, table *connect.Table, span series.Span) (pulledSource, error) {
	if table.Written && table.Rows == 0 {
		if !table.Windowed {
			return pulledSource{}, &connect.Failure{Code: connect.BadData, What: words.T("行が1つもありませんでした。", "There was not a single row.")}
		}
		return pulledSource{source: src.ID, span: span, tally: &source.Tally{Days: map[series.Day]int{}}}, nil
	}
	if len(src.Joins) > 0 {
		return pulledSource{}, &connect.Failure{Code: connect.BadData, What: words.T("接続から取り込むデータ源では join を使えません。SELECT の中でつないでください。", "A source that is fetched cannot join files; join inside the SELECT.")}
	}
	files := pulledFiles{c.Name, table}
	tally, err := source.Read(ctx, m, src, files, nil)
	if _, told := words.AsProblems(err); told {
		never, failed := s.neverRead(ctx, c.Workspace, src)
		if failed != nil {
			return pulledSource{}, failed
		}
		tally, err = source.ReadWhatIsThere(ctx, m, src, files, nil, never)
	}
	if err != nil {
		return pulledSource{}, fmt.Errorf("read connection %q as source %q: %w", c.ID, src.ID, err)
	}
	if table.Windowed {
		tally.Keep(span) // a day at the edge may be there in part
		return pulledSource{source: src.ID, span: span, tally: tally}, nil
	}
	return pulledSource{source: src.ID, span: tally.Span(), tally: tally}, nil
}

// write puts a piece in place together with how far it has come: both or neither.
func (p *pulling) write(ctx context.Context, c store.Connection, saved *savedModel, writes []pulledSource, progress map[string]store.SourceProgress) error {
	leave, _, err := p.server.enter(ctx, c.Workspace)
	if err != nil {
		return err
	}
	defer leave()
	return p.server.deps.Store.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		newest, err := tx.ModelVersions.Newest(ctx, c.Workspace)
		if err != nil {
			return err
		}
		if newest.Version != saved.Version {
			return errChangedMeanwhile
		}
		for _, w := range writes {
			if err := w.write(ctx, tx, c.Workspace); err != nil {
				return err
			}
			if err := forgetImportFailure(ctx, tx, c.Workspace, w.source); err != nil {
				return err
			}
		}
		return tx.Connections.Advance(ctx, c.Workspace, c.ID, p.node, progress)
	})
}

func (w pulledSource) write(ctx context.Context, tx *store.Tx, ws store.WorkspaceID) error {
	in := store.Import{Source: w.source, Days: daysOf(w.tally), Points: pointsOf(w.tally)}
	if w.fresh {
		return tx.Points.ReplaceSource(ctx, ws, in)
	}
	same, err := w.held(ctx, tx, ws)
	if err != nil || same {
		// Writing the same again would have every forecast worked out anew.
		return err
	}
	return tx.Points.ImportSpan(ctx, ws, in, w.span)
}

// held reports whether the state holds exactly this on the days of the span.
func (w pulledSource) held(ctx context.Context, tx *store.Tx, ws store.WorkspaceID) (bool, error) {
	have, err := tx.Points.Days(ctx, ws, w.source)
	if err != nil {
		return false, err
	}
	days := map[series.Day]int{}
	for _, d := range have {
		if w.span.Contains(d.Day) {
			days[d.Day] = d.Rows
		}
	}
	if !maps.Equal(days, w.tally.Days) {
		return false, nil
	}
	left := map[string]float64{}
	for point, err := range w.tally.Points() {
		if err != nil {
			return false, err
		}
		left[pointKey(store.Point(point))] = point.Value
	}
	for point, err := range tx.Points.Each(ctx, ws, w.source) {
		if err != nil {
			return false, err
		}
		if !w.span.Contains(point.Day) {
			continue
		}
		if v, ok := left[pointKey(point)]; !ok || v != point.Value {
			return false, nil
		}
		delete(left, pointKey(point))
	}
	return len(left) == 0, nil
}

// notePullFailure lets a source say why it has fallen behind, as after a failed import.
func (s *Server) notePullFailure(ctx context.Context, c store.Connection, source string, what words.Text) error {
	body, err := json.Marshal(importFailure{At: s.deps.Clock().UTC(), File: c.Name, Reason: what})
	if err != nil {
		return fmt.Errorf("remember a failed fetching: %w", err)
	}
	_, err = s.deps.Store.Documents.Put(ctx, c.Workspace, kindImportFailure, store.Document{ID: source, Name: source, Body: body})
	return err
}
