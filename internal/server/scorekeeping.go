package server

import (
	"context"
	"math"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/forecast"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// ScoreReply is how the program's own probabilities did: of what it called 70 %
// likely, seven in ten should have come true.
type ScoreReply struct {
	Count    int        `json:"count" doc:"probabilities whose deadline has passed"`
	Waiting  int        `json:"waiting" doc:"probabilities whose deadline is still to come"`
	Brier    Number     `json:"brier" doc:"mean squared error, 0 is perfect; null without any"`
	Bins     []ScoreBin `json:"bins"`
	Sentence string     `json:"sentence"`
}

// ScoreBin is what became of probabilities of about the same size.
type ScoreBin struct {
	From  float64 `json:"from"`
	To    float64 `json:"to"`
	Count int     `json:"count"`
	Said  Number  `json:"said" doc:"mean of what was said"`
	Came  Number  `json:"came" doc:"share that came true"`
}

func (s *Server) registerScorekeeping(api huma.API) {
	handle(api, huma.Operation{
		OperationID: "get-scorekeeping", Method: http.MethodGet, Path: "/api/workspaces/{ws}/scorekeeping",
		Summary: "How the probabilities once given did", Tags: []string{"ask"},
	}, func(ctx context.Context, in *struct {
		InWorkspace
		Lang
	}) (ScoreReply, error) {
		return s.scorekeeping(ctx, in.Workspace, in.words())
	})
}

// remember writes down what a map says of the days ahead, once a day and target.
// Only today's map of the newest model counts: looking back is no prophecy.
func (bs *boards) remember(ctx context.Context, ws store.WorkspaceID, standing *insight.Standing) error {
	var told []store.Foretold
	for _, r := range standing.Indicators {
		f := r.Forecast
		if f.PAttain == nil || f.On == nil || r.Target == nil || *f.On <= standing.AsOf {
			continue
		}
		told = append(told, store.Foretold{
			Indicator: r.ID, Deadline: *f.On, Amount: *r.Target, ToldOn: standing.AsOf, Probability: min(max(*f.PAttain, 0), 1),
		})
	}
	return bs.server.deps.Store.Foretellings.Keep(ctx, ws, told)
}

// farAhead is later than any deadline.
const farAhead = series.Day(1 << 24)

func (s *Server) scorekeeping(ctx context.Context, slug string, lang words.Lang) (ScoreReply, error) {
	b, opt, err := s.lookedWithin(ctx, slug, At{}, lang, 0)
	if err != nil {
		return ScoreReply{}, err
	}
	all, err := s.deps.Store.Foretellings.Due(ctx, b.scope.workspace, farAhead)
	if err != nil {
		return ScoreReply{}, err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	reply := ScoreReply{Bins: []ScoreBin{}}
	var said []forecast.Said
	ends := map[series.Day]*insight.View{}
	for _, f := range all {
		if f.Deadline > opt.AsOf {
			reply.Waiting++
			continue
		}
		if attained, known := b.attained(f, ends); known {
			said = append(said, forecast.Said{P: f.Probability, Attained: attained})
		}
	}
	record := forecast.Score(said)
	reply.Count, reply.Brier = record.Count, Number(record.Brier)
	for _, bin := range record.Bins {
		reply.Bins = append(reply.Bins, ScoreBin{From: bin.From, To: bin.To, Count: bin.Count, Said: Number(bin.Said), Came: Number(bin.Came)})
	}
	reply.Sentence = scoreSentence(record, reply.Waiting).In(lang)
	return reply, nil
}

// attained tells whether what was foretold came; known is false when the indicator
// or its number is gone.
func (b *board) attained(f store.Foretold, ends map[series.Day]*insight.View) (attained, known bool) {
	ind := b.model.Indicator(f.Indicator)
	if ind == nil || ind.Target == nil {
		return false, false
	}
	end := ends[f.Deadline]
	if end == nil {
		end = insight.NewView(b.ev, insight.Options{AsOf: f.Deadline, Evidence: &insight.Evidence{}})
		ends[f.Deadline] = end
	}
	value := end.ReadValue(f.Indicator)
	if value == nil {
		return false, false
	}
	slack := 1e-9 * math.Abs(f.Amount)
	if ind.Target.Direction == goal.Down {
		return *value <= f.Amount+slack, true
	}
	return *value >= f.Amount-slack, true
}

func scoreSentence(r forecast.Record, waiting int) words.Text {
	if r.Count == 0 {
		return words.T("これまでに出した見込みのうち、期限が来たものはまだありません(%d件が期限待ち)。期限が来たら、当たった割合をここで正直にお見せします。",
			"None of the probabilities given so far has come due yet (%d are waiting). When they do, this is where you see how they did.", waiting)
	}
	return words.T("期限が来た見込み%[1]d件の当たり具合です。「70%%」と言ったものが10回に7回届いていれば、正しく言えています(ずれの大きさ %.3[2]f、0が完璧)。",
		"How %[1]d probabilities whose deadline has passed did. If seven in ten of what was called 70%% came true, they were right (Brier score %.3[2]f, 0 is perfect).",
		r.Count, r.Brier)
}
