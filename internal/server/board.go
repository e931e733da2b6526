package server

import (
	"context"
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

	undertaken []insight.Undertaking // what the team did on purpose
	initiated  string                // tells its states apart

	scope  dataKey // which data they are
	ground *ground

	screens   *memo[screenKey, []insight.Candidate] // what is measured but not on the map
	forecasts *memo[forecastKey, ForecastReply]
	waiting   *waiting[any] // for the two above

	mu sync.Mutex // the evaluator keeps what it computed and is for one goroutine
	ev *goal.Evaluator
}

// screenKey is one way of looking at what is not on the map.
type screenKey struct {
	asOf series.Day
	lang words.Lang
}

const keptScreens = 8

func newBoard(m *goal.Model, data *goal.Data, undertaken []insight.Undertaking, scope dataKey, ground *ground) *board {
	return &board{
		model: m, data: data, undertaken: undertaken, scope: scope, ground: ground, ev: goal.NewEvaluator(m, data),
		screens:   newMemo[screenKey, []insight.Candidate](keptScreens, nil),
		forecasts: newMemo[forecastKey, ForecastReply](keptForecasts, nil),
		waiting:   newWaiting[any](),
	}
}

// screened tests what is measured but not on the map, once for all who ask: of many
// metrics it takes long.
func (b *board) screened(ctx context.Context, opt insight.Options) ([]insight.Candidate, error) {
	key := screenKey{opt.AsOf, opt.Lang}
	return whileWaited(ctx, b.waiting, any(key), b.screens, key, func(ctx context.Context) ([]insight.Candidate, error) {
		select {
		case b.ground.turns <- struct{}{}:
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		}
		defer func() { <-b.ground.turns }()
		return waitedFor(ctx, opt, func(opt insight.Options) ([]insight.Candidate, error) { return insight.Screen(b.fresh(), opt), nil })
	})
}

// options is the day to look from: the one asked for, or goal.Data.AsOf where the
// team is.
func (b *board) options(now time.Time, asOf *series.Day, lang words.Lang) insight.Options {
	today := series.DayOf(now.In(b.model.Location))
	opt := insight.Options{AsOf: b.data.AsOf(today), Today: today, Lang: lang, Undertaken: b.undertaken}
	if asOf != nil {
		opt.AsOf = *asOf
	}
	return opt
}

// judge is what could be better about the model, with the data there are.
func (b *board) judge(ctx context.Context, now time.Time, lang words.Lang) ([]FindingView, []SmartLine, error) {
	opt, err := b.grounded(ctx, b.options(now, nil, lang), 0)
	if err != nil {
		return nil, nil, err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	v := insight.NewView(b.ev, opt)
	return findingViews(v.Check()), smartLines(v.Smart()), nil
}
