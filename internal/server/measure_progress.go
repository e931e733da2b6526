package server

import (
	"context"
	"net/http"
	"regexp"
	"sync"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
)

// questionHeader names a report's question, so that whoever waits can ask how far it is. The
// name is the asker's own; a random one keeps it from meeting another.
const questionHeader = "X-Question"

var questionName = regexp.MustCompile(`^[A-Za-z0-9-]{8,64}$`)

// mostQuestions are followed at the same time; of more nobody is told.
const mostQuestions = 200

type questionKey struct {
	ws   store.WorkspaceID
	name string
}

// questions are the named reports that are being worked out.
type questions struct {
	mu      sync.Mutex
	running map[questionKey]*QuestionProgress
}

// QuestionProgress is how far a question is.
type QuestionProgress struct {
	Running bool    `json:"running" doc:"false: answered, called off, or never asked"`
	Part    int     `json:"part" doc:"a report may ask several things one after the other: which of them, from 1; 0 before the first"`
	Share   float64 `json:"share" minimum:"0" maximum:"1" doc:"how much of this part is done, as far as the engine knows"`
}

func (q *questions) begin(key questionKey) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.running[key] != nil || len(q.running) >= mostQuestions {
		return false
	}
	if q.running == nil {
		q.running = map[questionKey]*QuestionProgress{}
	}
	q.running[key] = &QuestionProgress{Running: true}
	return true
}

func (q *questions) end(key questionKey) {
	q.mu.Lock()
	defer q.mu.Unlock()
	delete(q.running, key)
}

func (q *questions) of(key questionKey) QuestionProgress {
	q.mu.Lock()
	defer q.mu.Unlock()
	if p := q.running[key]; p != nil {
		return *p
	}
	return QuestionProgress{}
}

// part makes the context of a question's next part, which tells how far it is.
func (q *questions) part(ctx context.Context, key questionKey) context.Context {
	q.mu.Lock()
	defer q.mu.Unlock()
	p := q.running[key]
	if p == nil {
		return ctx
	}
	p.Part, p.Share = p.Part+1, 0
	part := p.Part
	return warehouse.WithProgress(ctx, func(share float64) {
		q.mu.Lock()
		defer q.mu.Unlock()
		if p.Part == part { // parts may be asked side by side: the newest is told of
			p.Share = share
		}
	})
}

// following is a reader whose long questions can be asked how far they are, where the
// request has named itself. It lasts as long as the request.
func (s *Server) following(ctx context.Context, ws store.WorkspaceID, reader warehouse.Reader) warehouse.Reader {
	from := front.RequestOf(ctx).From
	if from == nil {
		return reader
	}
	key := questionKey{ws, from.Header.Get(questionHeader)}
	if !questionName.MatchString(key.name) || !s.progress.questions.begin(key) {
		return reader
	}
	context.AfterFunc(ctx, func() { s.progress.questions.end(key) })
	return followed{reader, &s.progress.questions, key}
}

// followed is a reader whose parts are told of.
type followed struct {
	warehouse.Reader
	questions *questions
	key       questionKey
}

func (f followed) Overview(ctx context.Context, s warehouse.Scope, fields []warehouse.Field, limit int) (warehouse.Overview, error) {
	return f.Reader.Overview(f.questions.part(ctx, f.key), s, fields, limit)
}

func (f followed) Breakdown(ctx context.Context, s warehouse.Scope, field warehouse.Field, page warehouse.Paging) ([]warehouse.Group, error) {
	return f.Reader.Breakdown(f.questions.part(ctx, f.key), s, field, page)
}

func (f followed) Transitions(ctx context.Context, s warehouse.Scope, goal string, limit int) ([]warehouse.Transition, error) {
	return f.Reader.Transitions(f.questions.part(ctx, f.key), s, goal, limit)
}

func (f followed) Funnel(ctx context.Context, s warehouse.Scope, funnel warehouse.Funnel) ([]warehouse.FunnelStep, error) {
	return f.Reader.Funnel(f.questions.part(ctx, f.key), s, funnel)
}

func (f followed) Cohorts(ctx context.Context, s warehouse.Scope, c warehouse.CohortQuery) ([]warehouse.Cohort, error) {
	return f.Reader.Cohorts(f.questions.part(ctx, f.key), s, c)
}

func (f followed) Journeys(ctx context.Context, s warehouse.Scope, j warehouse.JourneyQuery) ([]warehouse.Journey, error) {
	return f.Reader.Journeys(f.questions.part(ctx, f.key), s, j)
}

func (s *Server) registerMeasureProgress(api huma.API) {
	front.Handle(api, huma.Operation{
		OperationID: "get-question-progress", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: "/api/workspaces/{ws}/measure/questions/{question}",
		Summary: "How far a report is that is being worked out", Tags: []string{"measure"},
		Description: "A report's request names itself in the header X-Question (8 to 64 letters, digits and hyphens, best a random UUID). Closing its connection calls it off.",
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		Question string `path:"question" maxLength:"64"`
	}) (QuestionProgress, error) {
		ws, err := s.workspace(ctx, in.Workspace)
		if err != nil {
			return QuestionProgress{}, err
		}
		return s.progress.questions.of(questionKey{ws.ID, in.Question}), nil
	})
}
