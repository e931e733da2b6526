package server

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/words"
)

func (s *Server) registerWhatIf(api huma.API) {
	tags := []string{"what-if"}
	front.Handle(api, huma.Operation{
		OperationID: "what-if", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: "/api/workspaces/{ws}/whatif",
		Summary: "What would happen if", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.At
		front.Lang
		Set []string `query:"set,explode" required:"true" minItems:"1" maxItems:"50" doc:"ctr=*2, likes=+10%, visits=9000"`
	}) (insight.WhatIfResult, error) {
		return s.whatIf(ctx, in.Workspace, in.At, in.Set, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "explain", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: "/api/workspaces/{ws}/explain",
		Summary: "Why a number changed between two spans", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.At
		front.Lang
		Indicator string `query:"indicator" maxLength:"80" doc:"the KGI where absent"`
		Base      string `query:"base" required:"true" maxLength:"40" doc:"2026-04-01..2026-04-30"`
		Now       string `query:"now" required:"true" maxLength:"40" doc:"2026-05-01..2026-05-31"`
	}) (insight.Explanation, error) {
		return s.explain(ctx, in.Workspace, in.At, in.Indicator, in.Base, in.Now, in.Words())
	})
}

func (s *Server) whatIf(ctx context.Context, slug string, at front.At, set []string, lang words.Lang) (insight.WhatIfResult, error) {
	b, opt, err := s.lookedAt(ctx, slug, at, lang)
	if err != nil {
		return insight.WhatIfResult{}, err
	}
	result, err := waitedFor(ctx, opt, func(opt insight.Options) (insight.WhatIfResult, error) {
		return suppose(set, insight.NewView(b.fresh(), opt))
	})
	if err != nil {
		return insight.WhatIfResult{}, badSet(err, "query.set")
	}
	return result, nil
}

// badSet is the answer to suppositions that cannot be read or made, at the place where
// they were written.
func badSet(err error, location string) error {
	if bad, ok := errors.AsType[*insight.SetError](err); ok {
		return front.BadRequest(location, words.Join([]words.Text{bad.What, bad.Mend}, "", " "))
	}
	return err
}

func (s *Server) explain(ctx context.Context, slug string, at front.At, indicator, base, now string, lang words.Lang) (insight.Explanation, error) {
	b, opt, err := s.lookedAt(ctx, slug, at, lang)
	if err != nil {
		return insight.Explanation{}, err
	}
	before, err := spanOfQuery("query.base", base)
	if err != nil {
		return insight.Explanation{}, err
	}
	after, err := spanOfQuery("query.now", now)
	if err != nil {
		return insight.Explanation{}, err
	}
	if indicator == "" {
		indicator = b.model.KGI().ID
	}
	if b.model.Indicator(indicator) == nil {
		return insight.Explanation{}, noIndicator(indicator)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	return insight.Explain(b.ev, indicator, before, after, opt), nil
}

// longestSpan keeps a question from asking for centuries.
const longestSpan = 20 * 366

func spanOfQuery(location, written string) (series.Span, error) {
	span, err := series.ParseSpan(written)
	if err != nil || span.Empty() || span.Days() > longestSpan {
		return span, front.BadRequest(location, words.T("期間「%s」が読めません。2026-04-01..2026-04-30 の形で書いてください。",
			"The span %q cannot be read. Write it like 2026-04-01..2026-04-30.", written))
	}
	return span, nil
}

func noIndicator(id string) error {
	return front.NotFound(words.T("「%s」という指標はありません。", "There is no indicator “%s”.", id))
}

// lookedAt is a workspace's board and the day to look from, with the evidence.
func (s *Server) lookedAt(ctx context.Context, slug string, at front.At, lang words.Lang) (*board, insight.Options, error) {
	return s.lookedWithin(ctx, slug, at, lang, untilThere)
}

// lookedWithin does not wait for the evidence for longer than that.
func (s *Server) lookedWithin(ctx context.Context, slug string, at front.At, lang words.Lang, wait time.Duration) (*board, insight.Options, error) {
	day, err := at.Day()
	if err != nil {
		return nil, insight.Options{}, err
	}
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return nil, insight.Options{}, err
	}
	b, versions, err := s.boards.board(ctx, ws, at.Version)
	if err != nil {
		return nil, insight.Options{}, err
	}
	version := at.Version
	if version == 0 {
		version = versions[0].Version
	}
	agreed, err := s.agreementAt(ctx, ws.ID, versions, version)
	if err != nil {
		return nil, insight.Options{}, err
	}
	opt := b.options(s.deps.Clock(), day, lang)
	opt.Agreed = agreedOf(agreed)
	opt, err = b.grounded(ctx, opt, wait)
	return b, opt, err
}

// untilThere waits for the evidence as long as it takes.
const untilThere = -1
