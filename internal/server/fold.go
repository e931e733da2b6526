package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/store"
)

// folding brings what was counted from events onto the road of all numbers: the sources
// of a model that are made of events become daily points, like those of a table. Only
// days that are over are folded; what happens today is asked of the warehouse itself. A
// day that changes afterwards, by a late event or an erased person, is folded again.
type folding struct {
	server *Server
	mu     sync.Mutex
	days   map[event.Workspace]map[series.Day]bool // changed and not folded
	whole  bool                                    // everything has to be looked at again
	poked  chan struct{}
	turn   sync.Mutex // one folding at a time: what was counted first must not be written last
}

// foldEvery is how long a day that has changed may wait.
const foldEvery = 30 * time.Second

func newFolding(s *Server) *folding {
	return &folding{server: s, days: map[event.Workspace]map[series.Day]bool{}, poked: make(chan struct{}, 1)}
}

// note remembers days whose numbers changed in the warehouse.
func (f *folding) note(changed map[event.Workspace][]series.Day) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for ws, days := range changed {
		if f.days[ws] == nil {
			f.days[ws] = map[series.Day]bool{}
		}
		for _, day := range days {
			f.days[ws][day] = true
		}
	}
}

// poke has the sources looked at soon: a model was saved.
func (f *folding) poke() {
	select {
	case f.poked <- struct{}{}:
	default:
	}
}

// again has everything counted anew soon: somebody was erased, and nobody knows on which
// days they were.
func (f *folding) again() {
	f.mu.Lock()
	f.whole = true
	f.mu.Unlock()
	f.poke()
}

// takeWhole reports whether everything has to be counted anew.
func (f *folding) takeWhole() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	whole := f.whole
	f.whole = false
	return whole
}

// run folds until ctx ends. Everything is folded at first: what changed just before the
// program died is in no list any more.
func (f *folding) run(ctx context.Context) {
	ticker := time.NewTicker(foldEvery)
	defer ticker.Stop()
	f.again()
	for {
		whole := f.takeWhole()
		if err := f.all(ctx, whole); err != nil && ctx.Err() == nil {
			f.server.deps.Log.Error("folding events into metrics", "error", err)
			if whole {
				f.mu.Lock()
				f.whole = true
				f.mu.Unlock()
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		case <-f.poked:
		}
	}
}

// all folds the workspaces, one after the other; one that fails does not hold up the
// rest.
func (f *folding) all(ctx context.Context, whole bool) error {
	f.turn.Lock()
	defer f.turn.Unlock()
	list, err := f.server.deps.Store.Workspaces.List(ctx)
	if err != nil {
		return err
	}
	var errs []error
	for _, ws := range list {
		if err := f.workspace(ctx, ws, whole); err != nil {
			errs = append(errs, fmt.Errorf("fold workspace %q: %w", ws.Slug, err))
		}
	}
	return errors.Join(errs...)
}

func (f *folding) workspace(ctx context.Context, ws store.Workspace, whole bool) error {
	saved, err := f.server.modelOrEmpty(ctx, ws.ID, 0)
	if err != nil {
		return err
	}
	made := slices.DeleteFunc(slices.Clone(saved.model.Sources), func(src *goal.Source) bool { return src.Kind != goal.SourceEvents })
	yesterday := series.DayOf(f.server.deps.Clock().In(saved.model.Location)) - 1
	days := f.due(event.Workspace(ws.ID), yesterday)
	var errs []error
	for _, src := range made {
		if err := f.source(ctx, ws, saved.model, src, days, yesterday, whole); err != nil {
			errs = append(errs, fmt.Errorf("fold source %q: %w", src.ID, err))
		}
	}
	if err := errors.Join(errs...); err != nil {
		f.note(map[event.Workspace][]series.Day{event.Workspace(ws.ID): days}) // they are still to be done
		return err
	}
	return nil
}

// due takes the changed days that are over out of the list.
func (f *folding) due(ws event.Workspace, yesterday series.Day) []series.Day {
	f.mu.Lock()
	defer f.mu.Unlock()
	var days []series.Day
	for day := range f.days[ws] {
		if day <= yesterday {
			days = append(days, day)
			delete(f.days[ws], day)
		}
	}
	slices.Sort(days)
	return days
}

// folded is what is remembered of a source: how it was counted when it was folded.
type folded struct {
	Key string `json:"key"`
}

const kindFolded = "folded"

// source folds the changed days of a source, or all of it where it is counted in
// another way than before.
func (f *folding) source(ctx context.Context, ws store.Workspace, m *goal.Model, src *goal.Source, days []series.Day, yesterday series.Day, whole bool) error {
	rules, err := f.server.channelRules(ctx, ws.ID)
	if err != nil {
		return err
	}
	key := readingKey(m, src.ID) + "|" + rules.key
	docs := f.server.deps.Store.Documents
	known, err := docs.Get(ctx, ws.ID, kindFolded, src.ID)
	if _, none := errors.AsType[store.ErrNotFound](err); err != nil && !none {
		return err
	}
	var was folded
	if err == nil {
		if err := json.Unmarshal(known.Body, &was); err != nil {
			return fmt.Errorf("read what was folded: %w", err)
		}
	}
	changed := was.Key != key
	if !changed && !whole && len(days) == 0 {
		return nil
	}
	span := longest(yesterday)
	if !changed && !whole {
		span = series.Span{From: days[0], To: days[len(days)-1]}
	}
	in, err := f.count(ctx, ws.ID, src, span)
	if err != nil {
		return err
	}
	if !changed && !whole && slices.ContainsFunc(days, func(d series.Day) bool { return in.rows[d] == 0 }) {
		// A day that has lost its last event can only be taken out with all the others.
		return f.source(ctx, ws, m, src, days, yesterday, true)
	}
	if changed || whole {
		if err := f.keepOld(ctx, ws.ID, src.ID, &in); err != nil {
			return err
		}
	}
	if err := f.write(ctx, ws.ID, src.ID, in, days, changed || whole); err != nil {
		return err
	}
	if !changed {
		return nil
	}
	body, err := json.Marshal(folded{Key: key})
	if err != nil {
		return err
	}
	_, err = docs.Put(ctx, ws.ID, kindFolded, store.Document{ID: src.ID, Name: src.ID, Body: body})
	return err
}

// keepOld adds the numbers of days whose events were deleted because they were old: the
// numbers stay, as they were counted then.
func (f *folding) keepOld(ctx context.Context, ws store.WorkspaceID, source string, in *counted) error {
	kept, err := f.server.retention(ctx, ws)
	if err != nil || kept.Months == 0 {
		return err
	}
	before := kept.before(f.server.deps.Clock())
	points := f.server.deps.Store.Points
	days, err := points.Days(ctx, ws, source)
	if err != nil {
		return err
	}
	for day := range in.rows {
		if day < before { // deleted in part
			delete(in.rows, day)
		}
	}
	in.points = slices.DeleteFunc(in.points, func(p store.Point) bool { return p.Day < before })
	for _, d := range days {
		if d.Day < before {
			in.rows[d.Day] = d.Rows
		}
	}
	for p, err := range points.Each(ctx, ws, source) {
		if err != nil {
			return err
		}
		if p.Day < before {
			in.points = append(in.points, p)
		}
	}
	return nil
}

// counted is a source's numbers over a span.
type counted struct {
	rows   map[series.Day]int // days on which any event came, with how many
	points []store.Point      // metric by metric, in the order of the days
}

// countMetric is a counted number as a question to the warehouse.
func countMetric(c *goal.EventCount) warehouse.Metric {
	asked := warehouse.Metric{Count: c.Count, Event: c.Event, Filters: countFilters(c)}
	if c.Page != "" {
		asked.Filters = append(asked.Filters, pageFilter(c.Page))
	}
	return asked
}

// count asks the warehouse. A day on which events came, but none that a metric counts,
// is zero for it; a day without any event is missing, as when nothing was collected.
func (f *folding) count(ctx context.Context, ws store.WorkspaceID, src *goal.Source, span series.Span) (counted, error) {
	reader, err := f.server.reader()
	if err != nil {
		return counted{}, err
	}
	scope := warehouse.Scope{Workspace: event.Workspace(ws), Span: span}
	out := counted{rows: map[series.Day]int{}}
	for _, anything := range []string{"views", "events"} {
		all, err := reader.Metric(ctx, scope, warehouse.Metric{Count: anything})
		if err != nil {
			return counted{}, err
		}
		for _, d := range all {
			if d.Value > 0 {
				out.rows[d.Day] += int(d.Value)
			}
		}
	}
	for _, metric := range src.Metrics {
		asked := countMetric(metric.Events)
		totals, err := reader.Metric(ctx, scope, asked)
		if err != nil {
			return counted{}, err
		}
		seen := map[series.Day]float64{}
		for _, d := range totals {
			seen[d.Day] = d.Value
		}
		for _, day := range slices.Sorted(maps.Keys(out.rows)) {
			out.points = append(out.points, store.Point{Metric: metric.ID, Day: day, Value: seen[day]})
		}
		if len(src.By) == 0 {
			continue
		}
		for _, by := range src.By {
			asked.ByFields = append(asked.ByFields, warehouse.Field(by))
		}
		parts, err := reader.Metric(ctx, scope, asked)
		if err != nil {
			return counted{}, err
		}
		slices.SortStableFunc(parts, func(a, b warehouse.MetricDay) int {
			if c := slices.Compare(a.Dimensions, b.Dimensions); c != 0 {
				return c
			}
			return int(a.Day) - int(b.Day)
		})
		for _, d := range parts {
			if _, some := out.rows[d.Day]; some && len(d.Dimensions) > 0 {
				out.points = append(out.points, store.Point{Metric: metric.ID, Dimensions: d.Dimensions, Day: d.Day, Value: d.Value})
			}
		}
	}
	return out, nil
}

// write puts the numbers in place, unless they are there already: writing the same again
// would have every forecast worked out anew.
func (f *folding) write(ctx context.Context, ws store.WorkspaceID, source string, in counted, days []series.Day, whole bool) error {
	points := f.server.deps.Store.Points
	if whole {
		same, err := f.held(ctx, ws, source, in)
		if err != nil || same {
			return err
		}
		days = slices.Sorted(maps.Keys(in.rows))
	}
	wanted := map[series.Day]bool{}
	var list []store.SourceDay
	for _, day := range days {
		if rows := in.rows[day]; rows > 0 {
			list = append(list, store.SourceDay{Day: day, Rows: rows})
			wanted[day] = true
		}
	}
	put := points.ImportDays
	if whole {
		put = points.ReplaceSource
	}
	if len(list) == 0 && !whole {
		return nil
	}
	return put(ctx, ws, store.Import{Source: source, Days: list, Points: pointsOn(in.points, wanted)})
}

func pointsOn(points []store.Point, wanted map[series.Day]bool) iter.Seq2[store.Point, error] {
	return func(yield func(store.Point, error) bool) {
		for _, p := range points {
			if wanted[p.Day] && !yield(p, nil) {
				return
			}
		}
	}
}

// held reports whether the state holds exactly these numbers.
func (f *folding) held(ctx context.Context, ws store.WorkspaceID, source string, in counted) (bool, error) {
	have, err := f.server.deps.Store.Points.Days(ctx, ws, source)
	if err != nil {
		return false, err
	}
	if len(have) != len(in.rows) {
		return false, nil
	}
	for _, d := range have {
		if in.rows[d.Day] != d.Rows {
			return false, nil
		}
	}
	left := map[string]float64{}
	for _, p := range in.points {
		left[pointKey(p)] = p.Value
	}
	for p, err := range f.server.deps.Store.Points.Each(ctx, ws, source) {
		if err != nil {
			return false, err
		}
		if v, ok := left[pointKey(p)]; !ok || v != p.Value {
			return false, nil
		}
		delete(left, pointKey(p))
	}
	return len(left) == 0, nil
}

func pointKey(p store.Point) string {
	return fmt.Sprintf("%s\x1f%s\x1f%d", p.Metric, strings.Join(p.Dimensions, "\x1f"), p.Day)
}
