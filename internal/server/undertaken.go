package server

import (
	"context"
	"fmt"
	"strings"

	"github.com/shirube/shirube/internal/act/initiative"
	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/store"
)

// initiated tells one state of what a workspace undertakes from another.
func (bs *boards) initiated(ctx context.Context, ws store.WorkspaceID) (string, error) {
	marks, err := bs.server.deps.Store.Initiatives.Marks(ctx, ws)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for _, m := range marks {
		fmt.Fprintf(&b, "%s.%d.%d ", m.ID, m.Version, m.Estimates)
	}
	return b.String(), nil
}

// undertaken is what has begun, with what the newest estimate of each says of a road.
func (bs *boards) undertaken(ctx context.Context, ws store.WorkspaceID) ([]insight.Undertaking, error) {
	list, err := bs.server.deps.Store.Initiatives.List(ctx, ws)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	newest, err := bs.server.deps.Store.Initiatives.Newest(ctx, ws)
	if err != nil {
		return nil, err
	}
	var out []insight.Undertaking
	for _, one := range list {
		if one.State == initiative.Idea || one.From == nil {
			continue
		}
		u := insight.Undertaking{Name: one.Name, From: *one.From, To: one.To}
		// One that was edited to be about something else since does not speak for that.
		if e, told := newest[one.ID]; told && e.KPI.ID == one.KPI && e.From == *one.From && e.Lever != nil && e.Lever.ID == one.Lever && e.Speaks() {
			u.Tried = triedOf(e.Estimate)
		}
		out = append(out, u)
	}
	return out, nil
}

func triedOf(e initiative.Estimate) *insight.Tried {
	grade := insight.GradeIntervention
	if e.Method == initiative.Randomized {
		grade = insight.GradeRandomized
	}
	return &insight.Tried{
		From: e.Lever.ID, To: e.KPI.ID, Grade: grade, Span: series.Span{From: e.From, To: e.To},
		Moved: insight.Shift(*e.Moved), Brought: insight.Shift(*e.Relative),
	}
}
