package server

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/insight"
)

// ground keeps what answers rest on and what takes long: the evidence of the links
// and the ways ahead. Both depend on numbers alone, so an edit of names, owners or
// amounts finds them ready.
type ground struct {
	patience time.Duration // how long a map waits for evidence before it is shown without

	evidence *memo[groundKey, *insight.Evidence]
	outlooks *memo[groundKey, *insight.Outlook]
	waiting  *waiting[groundKey] // for outlooks
	// turns is who may measure: whoever asks for many days at once waits in line and
	// leaves processors to the others.
	turns chan struct{}
}

// groundKey is the data and what of the model matters.
type groundKey struct {
	data  dataKey
	model string
}

// Bounds of what is kept.
const (
	keptEvidenceBytes = 64 << 20
	keptOutlookBytes  = 128 << 20
	measuredAtOnce    = 2
)

func newGround() *ground {
	return &ground{
		patience: usualPatience,
		evidence: newMemo[groundKey](keptEvidenceBytes, (*insight.Evidence).Bytes),
		outlooks: newMemo[groundKey](keptOutlookBytes, (*insight.Outlook).Bytes),
		waiting:  newWaiting[groundKey](),
		turns:    make(chan struct{}, measuredAtOnce),
	}
}

// usualPatience is how long a map waits for evidence that is still being worked out
// before it is shown without.
const usualPatience = 120 * time.Millisecond

// grounded adds the ways ahead and, if they come within the wait, the evidence to
// the options; a negative wait waits for them. The ways ahead are drawn for as long as
// somebody waits for them. The work on the evidence goes on for whoever asks next: a
// map that is shown without it comes back for it.
func (b *board) grounded(ctx context.Context, opt insight.Options, wait time.Duration) (insight.Options, error) {
	opt, err := b.foreseen(ctx, opt)
	if err != nil {
		return opt, err
	}
	readings := sourceReadings(b.model)
	waiting := ctx
	if wait >= 0 {
		var cancel context.CancelFunc
		waiting, cancel = context.WithTimeout(ctx, wait)
		defer cancel()
	}
	evidence, err := b.ground.evidence.get(waiting, groundKey{b.scope, readings + insight.EvidenceKey(b.model, opt.AsOf, b.undertaken...)},
		func(context.Context) (*insight.Evidence, error) {
			b.ground.turns <- struct{}{}
			defer func() { <-b.ground.turns }()
			return insight.MeasureLinks(b.fresh(), opt.AsOf, b.undertaken...), nil
		})
	switch {
	case err == nil:
		opt.Evidence = evidence
	case ctx.Err() == nil && waiting.Err() != nil:
		opt.Measuring = true
	default:
		return opt, fmt.Errorf("measure links: %w", err)
	}
	return opt, nil
}

// foreseen adds the ways ahead alone, for whoever asks of probabilities only.
func (b *board) foreseen(ctx context.Context, opt insight.Options) (insight.Options, error) {
	// The evaluator is for one goroutine; each piece of work makes its own.
	key := groundKey{b.scope, sourceReadings(b.model) + insight.OutlookKey(b.fresh(), opt.AsOf)}
	outlook, err := whileWaited(ctx, b.ground.waiting, key, b.ground.outlooks, key, func(ctx context.Context) (*insight.Outlook, error) {
		return waitedFor(ctx, insight.Options{AsOf: opt.AsOf}, func(opt insight.Options) (*insight.Outlook, error) {
			return insight.NewView(b.fresh(), opt).Foresee(0), nil
		})
	})
	if err != nil {
		return opt, fmt.Errorf("foresee: %w", err)
	}
	opt.Outlook = outlook
	return opt, nil
}

func (b *board) fresh() *goal.Evaluator { return goal.NewEvaluator(b.model, b.data) }

// sourceReadings is how the sources are read: another reading, other numbers.
func sourceReadings(m *goal.Model) string {
	var b strings.Builder
	for _, src := range m.Sources {
		fmt.Fprintf(&b, "%s %v %s;", src.ID, src.GapsZero, readingKey(m, src.ID))
	}
	return b.String()
}

// evidenceState tells whether the evidence is there.
func evidenceState(opt insight.Options) string {
	if opt.Measuring {
		return "computing"
	}
	return "ready"
}
