package server

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
)

// WhatIfReply is the effect of a change on everything above it.
type WhatIfReply struct {
	Changes    []string          `json:"changes"`
	Indicators []WhatIfIndicator `json:"indicators"`
	KGI        WhatIfKGI         `json:"kgi"`
}

// WhatIfIndicator is one indicator before and after.
type WhatIfIndicator struct {
	ID      string  `json:"id"`
	Name    string  `json:"name"`
	Unit    string  `json:"unit"`
	Before  Number  `json:"before"`
	After   Number  `json:"after"`
	Lo95    Number  `json:"lo95"`
	Hi95    Number  `json:"hi95"`
	Arrives *string `json:"arrives" doc:"when the effect is there"`
}

// WhatIfKGI is the KGI before and after.
type WhatIfKGI struct {
	Before        Number `json:"before"`
	After         Number `json:"after"`
	Lo95          Number `json:"lo95"`
	Hi95          Number `json:"hi95"`
	PAttainBefore Number `json:"p_attain_before"`
	PAttainAfter  Number `json:"p_attain_after"`
}

// ExplainReply takes a change apart; parts and residual sum to it.
type ExplainReply struct {
	Indicator string        `json:"indicator"`
	Base      ExplainSide   `json:"base"`
	Now       ExplainSide   `json:"now"`
	Change    Number        `json:"change"`
	Parts     []ExplainPart `json:"parts"`
	Residual  Number        `json:"residual"`
}

// ExplainSide is the value over one span.
type ExplainSide struct {
	Span  SpanView `json:"span"`
	Value Number   `json:"value"`
}

// ExplainPart is what one part contributed.
type ExplainPart struct {
	ID           string `json:"id"`
	Name         string `json:"name"`
	Kind         string `json:"kind"`
	Contribution Number `json:"contribution"`
}

func (s *Server) registerWhatIf(api huma.API) {
	tags := []string{"what-if"}
	huma.Register(api, huma.Operation{
		OperationID: "what-if", Method: http.MethodGet, Path: "/api/workspaces/{ws}/whatif",
		Summary: "What would happen if", Tags: tags,
	}, func(ctx context.Context, in *struct {
		InWorkspace
		At
		Lang
		Set []string `query:"set,explode" required:"true" minItems:"1" maxItems:"50" doc:"ctr=*2, likes=+10%, visits=9000"`
	}) (*struct{ Body WhatIfReply }, error) {
		reply, err := s.whatIf(ctx, in.Workspace, in.At, in.Set, in.words())
		return &struct{ Body WhatIfReply }{reply}, err
	})
	huma.Register(api, huma.Operation{
		OperationID: "explain", Method: http.MethodGet, Path: "/api/workspaces/{ws}/explain",
		Summary: "Why a number changed between two spans", Tags: tags,
	}, func(ctx context.Context, in *struct {
		InWorkspace
		At
		Lang
		Indicator string `query:"indicator" maxLength:"80" doc:"the KGI where absent"`
		Base      string `query:"base" required:"true" maxLength:"40" doc:"2026-04-01..2026-04-30"`
		Now       string `query:"now" required:"true" maxLength:"40" doc:"2026-05-01..2026-05-31"`
	}) (*struct{ Body ExplainReply }, error) {
		reply, err := s.explain(ctx, in.Workspace, in.At, in.Indicator, in.Base, in.Now, in.words())
		return &struct{ Body ExplainReply }{reply}, err
	})
}
