package server

import (
	"context"
	"fmt"
	"math"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/forecast"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// ScoreReply is how the program's own probabilities did: of what it called 70 %
// likely, seven in ten should have come true.
type ScoreReply struct {
	Count    int          `json:"count" doc:"probabilities whose deadline has passed"`
	Goals    int          `json:"n_goals" doc:"goals they were said of: what is said of one on many days is one case"`
	Waiting  int          `json:"waiting" doc:"probabilities whose deadline is still to come"`
	Brier    front.Number `json:"brier" doc:"mean squared error, every goal counting once; 0 is perfect; null without any"`
	Bins     []ScoreBin   `json:"bins"`
	Sentence string       `json:"sentence"`
}

// ScoreBin is what became of probabilities of about the same size.
type ScoreBin struct {
	From  float64      `json:"from"`
	To    float64      `json:"to"`
	Count int          `json:"count" doc:"probabilities"`
	Goals int          `json:"n_goals" doc:"goals they were said of, each counting once"`
	Said  front.Number `json:"said" doc:"mean of what was said"`
	Came  front.Number `json:"came" doc:"share of the goals that came true"`
}

func (s *Server) registerScorekeeping(api huma.API) {
	front.Handle(api, huma.Operation{
		OperationID: "get-scorekeeping", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: "/api/workspaces/{ws}/scorekeeping",
		Summary: "How the probabilities once given did", Tags: []string{"ask"},
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
	}) (ScoreReply, error) {
		return s.scorekeeping(ctx, in.Workspace, in.Words())
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
	b, opt, err := s.lookedWithin(ctx, slug, front.At{}, lang, 0)
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
	waiting := map[string]bool{}
	for _, f := range all {
		goal := goalOf(f)
		if f.Deadline > opt.AsOf {
			reply.Waiting++
			waiting[goal] = true
			continue
		}
		if attained, known := b.attained(f, ends); known {
			said = append(said, forecast.Said{P: f.Probability, Attained: attained, Goal: goal})
		}
	}
	record := forecast.Score(said)
	reply.Count, reply.Goals, reply.Brier = record.Count, record.Goals, front.Number(record.Brier)
	for _, bin := range record.Bins {
		reply.Bins = append(reply.Bins, ScoreBin{From: bin.From, To: bin.To, Count: bin.Count, Goals: bin.Goals, Said: front.Number(bin.Said), Came: front.Number(bin.Came)})
	}
	reply.Sentence = scoreSentence(record, len(waiting)).In(lang)
	return reply, nil
}

// goalOf names what a probability was said of: an indicator, its number and its day.
// Another number is another goal.
func goalOf(f store.Foretold) string {
	return fmt.Sprintf("%s %s %v", f.Indicator, f.Deadline, f.Amount)
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

// scoreSentence says how the probabilities of goals did; waiting is the number of goals
// whose day is still to come.
func scoreSentence(r forecast.Record, waiting int) words.Text {
	if r.Count == 0 {
		return words.T("見込みを出した目標のうち、期限が来たものはまだありません(%d件が期限待ち)。期限が来たら、当たった割合をここで正直にお見せします。",
			"Of the goals that were given a probability, none has come due yet (%d waiting). When they do, this is where you see how they did.", waiting)
	}
	return words.T("期限が来た目標%[1]d件(見込み%[2]d回分)の当たり具合です。「70%%」と言った目標が10件に7件届いていれば、正しく言えています(ずれの大きさ %.3[3]f、0が完璧)。同じ目標に日ごとに出した見込みは、まとめて1件と数えています。",
		"How the probabilities did: goals that came due %[1]d, probabilities given of them %[2]d. If seven in ten of the goals called 70%% likely came true, they were right (Brier score %.3[3]f, 0 is perfect). What was said of one goal day by day counts as one.",
		r.Goals, r.Count, r.Brier)
}
