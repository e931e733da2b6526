package server

import (
	"context"
	"math"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/formula"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/words"
)

// ChainReply is the way to the KGI as the model calculates it: from what comes first to
// the KGI, each level the one before it times a rate. Its numbers are the map's.
type ChainReply struct {
	ReportHead
	Compared *series.Span `json:"compared" doc:"the span compared with"`
	Levels   []ChainLevel `json:"levels" doc:"the first of the way first, the KGI last; fewer than two are none"`
	Steps    []ChainStep  `json:"steps" doc:"from each level to the next"`
	Broken   *int         `json:"broken" doc:"the step at which the flow fell away from its usual width; null where none did"`
	Sentence string       `json:"sentence"`
}

// ChainLevel is an indicator that accumulates.
type ChainLevel struct {
	Indicator string       `json:"indicator"`
	Name      string       `json:"name"`
	Unit      string       `json:"unit"`
	Value     front.Number `json:"value"`
	Before    front.Number `json:"before" doc:"in the span compared with"`
	Ratio     front.Number `json:"ratio" doc:"value / before"`
	Missing   int          `json:"missing" doc:"days of the span without a number"`
}

// ChainStep is what a level is multiplied by to become the next.
type ChainStep struct {
	Indicator *string      `json:"indicator" doc:"null: several rates together"`
	Name      string       `json:"name"`
	Unit      string       `json:"unit"`
	Value     front.Number `json:"value"`
	Before    front.Number `json:"before"`
	Low       front.Number `json:"low" doc:"the lowest of the spans before; null where fewer than four are known"`
	High      front.Number `json:"high"`
	Weak      bool         `json:"weak" doc:"below every one of the spans before"`
}

// chainSpans is how many spans before tell the usual width, and fewestSpans how many of
// them are needed to say so.
const (
	chainSpans  = 8
	fewestSpans = 4
)

func (s *Server) registerChain(api huma.API) {
	front.Handle(api, huma.Operation{
		OperationID: "get-chain", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: "/api/workspaces/{ws}/measure/chain",
		Summary: "The way to the KGI, level by level, and where it lost", Tags: []string{"measure"},
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		MeasuredSpan
		front.Lang
		Compare string `query:"compare" enum:"none,before,last_year" default:"before"`
	}) (ChainReply, error) {
		a, err := s.ask(ctx, in.Workspace, in.MeasuredSpan, in.Words())
		if err != nil {
			return ChainReply{}, err
		}
		return a.chain(in.Compare), nil
	})
}

// link is one level of a chain with the rates that lead to the next; the KGI has none.
type link struct {
	level *goal.Indicator
	rates []string
}

// links are the levels of the KGI's calculation, the first of the way first: as long as
// one thing that accumulates is multiplied by rates.
func links(m *goal.Model, ev *goal.Evaluator) []link {
	if len(m.Indicators) == 0 {
		return nil
	}
	out := []link{{level: m.Indicators[0]}}
	for {
		top := out[len(out)-1].level
		if top.Formula == nil {
			break
		}
		shape := top.Formula.Shape()
		if shape.Op != formula.JoinProduct || len(shape.Constants) > 0 {
			break
		}
		var flow *goal.Indicator
		var rates []string
		flows := 0
		for _, part := range shape.Parts {
			if ev.Kind(part.Name) == formula.Flow {
				flow, flows = m.Indicator(part.Name), flows+1
			} else {
				rates = append(rates, part.Name)
			}
		}
		if flows != 1 || flow == nil || len(rates) == 0 {
			break
		}
		out = append(out, link{flow, rates})
	}
	slices.Reverse(out)
	return out
}

func (a asked) chain(compare string) ChainReply {
	reply := ChainReply{ReportHead: a.head(), Levels: []ChainLevel{}, Steps: []ChainStep{}}
	b := a.board
	b.mu.Lock()
	defer b.mu.Unlock()
	span := a.scope.Span
	span.To = min(span.To, b.data.AsOf(a.today)) // half a day is not laid beside whole ones
	way := links(b.model, b.ev)
	if len(way) < 2 || span.Empty() {
		return reply
	}
	reply.Span = span
	var was map[string]goal.Value
	if compare != "none" {
		then := before(span, compare == "last_year")
		reply.Compared, was = &then, b.ev.Values(then)
	}
	now := b.ev.Values(span)
	for _, one := range way {
		reply.Levels = append(reply.Levels, level(one.level, now, was))
	}
	usual := make([]map[string]goal.Value, 0, chainSpans)
	for earlier := before(span, false); len(usual) < chainSpans; earlier = before(earlier, false) {
		usual = append(usual, b.ev.Values(earlier))
	}
	for i := range len(way) - 1 {
		reply.Steps = append(reply.Steps, step(b.model, way, i, now, was, usual))
	}
	reply.Broken = broken(reply.Steps)
	reply.Sentence = chainSentence(reply, a.lang)
	return reply
}

func level(ind *goal.Indicator, now, was map[string]goal.Value) ChainLevel {
	none := front.Number(math.NaN())
	out := ChainLevel{
		Indicator: ind.ID, Name: ind.Name, Unit: ind.Unit, Value: front.Number(now[ind.ID].V), Before: none, Ratio: none, Missing: now[ind.ID].MissingDays,
	}
	if then, ok := was[ind.ID]; ok {
		out.Before = front.Number(then.V)
		if then.V > 0 {
			out.Ratio = front.Number(now[ind.ID].V / then.V)
		}
	}
	return out
}

// step is the rate from one level to the next. It is taken from the levels themselves, so
// that the way adds up; only a rate that stands alone and changes its unit is its own.
func step(m *goal.Model, way []link, i int, now, was map[string]goal.Value, usual []map[string]goal.Value) ChainStep {
	none := front.Number(math.NaN())
	out := ChainStep{Value: none, Before: none, Low: none, High: none, Unit: "%"}
	rates := way[i].rates
	if len(rates) == 1 {
		rate := m.Indicator(rates[0])
		out.Indicator, out.Name, out.Unit = &rate.ID, rate.Name, rate.Unit
	}
	at := func(values map[string]goal.Value) float64 {
		from, to := values[way[i].level.ID].V, values[way[i+1].level.ID].V
		if !(from > 0) {
			return math.NaN()
		}
		return to / from
	}
	out.Value = front.Number(at(now))
	if was != nil {
		out.Before = front.Number(at(was))
	}
	var seen []float64
	for _, values := range usual {
		if v := at(values); !math.IsNaN(v) {
			seen = append(seen, v)
		}
	}
	if len(seen) >= fewestSpans {
		out.Low, out.High = front.Number(slices.Min(seen)), front.Number(slices.Max(seen))
		out.Weak = out.Value < out.Low
	}
	return out
}

// broken is the weak step that fell furthest below its usual width.
func broken(steps []ChainStep) *int {
	var at *int
	furthest := front.Number(1)
	for i, s := range steps {
		if s.Weak && s.Value/s.Low < furthest {
			furthest, at = s.Value/s.Low, &i
		}
	}
	return at
}

// chainSentence says where the flow was lost, and whether the KGI feels it.
func chainSentence(r ChainReply, lang words.Lang) string {
	kgi := r.Levels[len(r.Levels)-1]
	if r.Broken == nil {
		if len(r.Steps) > 0 && math.IsNaN(float64(r.Steps[0].Low)) {
			return ""
		}
		return words.T("どの段の率も、いつもの幅の中です。", "Every rate on the way is within its usual width.").In(lang)
	}
	name := r.Steps[*r.Broken].Name
	if name == "" {
		to := r.Levels[*r.Broken+1].Name
		name = words.T("%[1]sへ進む割合", "The share that goes on to %[1]s", to).In(lang)
	}
	switch {
	case math.IsNaN(float64(kgi.Ratio)):
		return words.T("「%[1]s」が、いつもの幅を下回っています。", "“%[1]s” is below its usual width.", name).In(lang)
	case kgi.Ratio < 1:
		return words.T("「%[1]s」がいつもの幅を下回り、減った流れが「%[2]s」まで続いています。",
			"“%[1]s” is below its usual width, and what was lost there carries on to “%[2]s”.", name, kgi.Name).In(lang)
	}
	return words.T("「%[1]s」がいつもの幅を下回っていますが、「%[2]s」は減っていません。",
		"“%[1]s” is below its usual width, but “%[2]s” has not fallen.", name, kgi.Name).In(lang)
}
