package server

import (
	"sync"
	"time"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/words"
)

// board is a model laid over its data: what a map, a drawer and a what-if are
// read from.
type board struct {
	model *goal.Model
	data  *goal.Data

	mu sync.Mutex // the evaluator keeps what it computed and is for one goroutine
	ev *goal.Evaluator
}

func newBoard(m *goal.Model, data *goal.Data) *board {
	return &board{model: m, data: data, ev: goal.NewEvaluator(m, data)}
}

// options is the day to look from: the one asked for, or the last day any source
// has a row, never later than yesterday where the team is.
func (b *board) options(now time.Time, asOf *series.Day, lang words.Lang) insight.Options {
	year, month, day := now.In(b.model.Location).Date()
	opt := insight.Options{Today: series.Date(year, month, day), Lang: lang}
	switch last, ok := b.lastDay(opt.Today); {
	case asOf != nil:
		opt.AsOf = *asOf
	case ok:
		opt.AsOf = last
	default:
		opt.AsOf = opt.Today - 1
	}
	return opt
}

// lastDay is the last day any source has a row, yesterday at the latest.
func (b *board) lastDay(today series.Day) (series.Day, bool) {
	last, ok := b.data.Last()
	return min(last, today-1), ok
}

// judge is what could be better about the model, with the data there are.
func (b *board) judge(now time.Time, lang words.Lang) ([]FindingView, []SmartLine) {
	opt := b.options(now, nil, lang)
	b.mu.Lock()
	defer b.mu.Unlock()
	v := insight.NewView(b.ev, opt)
	return findingViews(v.Check()), smartLines(v.Smart())
}
