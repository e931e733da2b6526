package server

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/shirube/shirube/internal/act/form"
	"github.com/shirube/shirube/internal/act/outbox"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// FormScore is the NPS or the share of the satisfied of a survey's last 90 days.
type FormScore struct {
	Question string      `json:"question" doc:"its key"`
	Label    string      `json:"label"`
	Kind     string      `json:"kind" enum:"nps,csat"`
	Days     int         `json:"days" doc:"of how many days the answers are"`
	Score    ScoreResult `json:"score"`
}

// FormConfirm is how asking once more by mail stands.
type FormConfirm struct {
	Problem   string `json:"problem" doc:"why no mail can be sent; empty: it can"`
	Sender    bool   `json:"sender" doc:"the problem is mended by making or choosing a sender"`
	Asked     int    `json:"asked" doc:"people whose consent waits for a mail, or waited"`
	Confirmed int    `json:"confirmed"`
	Failed    int    `json:"failed" doc:"mails that were refused, or of which nobody knows whether they arrived"`
}

// FormPlaced is an indicator that counts the answers of a form.
type FormPlaced struct {
	Indicator string `json:"indicator"`
	Name      string `json:"name"`
	Question  string `json:"question" doc:"whose score it is; empty: it counts what is sent in"`
}

const (
	recentDays = 30
	scoreDays  = 90
	// mostScored bounds the answers a list's score is made of: of so many the range is ±1.
	mostScored = 5000
)

// formFacts is what stands beside forms when they are shown, asked once for all of them.
type formFacts struct {
	lang   words.Lang
	counts map[store.FormID]store.SubmissionCount
	asked  map[store.FormID]store.Asked
	times  map[store.FormID]map[int64]int
	model  *goal.Model
	today  series.Day
	zone   *time.Location
	// senders are the names that words of consent may name.
	senders []string
}

func (s *Server) formFacts(ctx context.Context, ws store.Workspace, lang words.Lang) (f formFacts, err error) {
	saved, err := s.modelOrEmpty(ctx, ws.ID, 0)
	if err != nil {
		return f, err
	}
	f.lang, f.model, f.zone = lang, saved.model, saved.model.Location
	f.today = series.DayOf(s.deps.Clock().In(f.zone))
	db := s.deps.Store
	if f.counts, err = db.Submissions.Count(ctx, ws.ID); err != nil {
		return f, err
	}
	if f.senders, err = s.sendersNames(ctx, ws.ID); err != nil {
		return f, err
	}
	if f.asked, err = db.Consents.AskedBy(ctx, ws.ID); err != nil {
		return f, err
	}
	f.times, err = db.Submissions.Times(ctx, ws.ID, event.Millis(beginOf(f.today-recentDays+1, f.zone).UnixMilli()))
	return f, err
}

// recent is how much was sent in on each of the last days, today last.
func (f formFacts) recent(id store.FormID) []int {
	days := make([]int, recentDays)
	for quarter, n := range f.times[id] {
		day := series.DayOf(time.UnixMilli(quarter * store.Quarter.Milliseconds()).In(f.zone))
		if back := int(f.today - day); back >= 0 && back < recentDays {
			days[recentDays-1-back] += n
		}
	}
	return days
}

// unnamed is what is wrong with the words of consent, by their place.
func (f formFacts) unnamed(d form.Definition) map[string]string {
	found := map[string]string{}
	for _, p := range form.Unnamed(d, f.senders) {
		found[p.At.File] = front.Sentence(p, f.lang)
	}
	return found
}

// formConfirm is nil for a form that does not ask once more.
func (s *Server) formConfirm(ctx context.Context, ws store.WorkspaceID, id store.FormID, d form.Definition, f formFacts) (*FormConfirm, error) {
	asked, before := f.asked[id]
	if !d.Confirms() && !before {
		return nil, nil
	}
	what, err := s.confirmProblem(ctx, ws, d)
	if err != nil {
		return nil, err
	}
	states, err := s.deps.Store.Outbox.CountOf(ctx, ws, "form:"+string(id))
	return &FormConfirm{Problem: what.In(f.lang), Sender: !what.Zero() && s.url != nil, Asked: asked.Asked, Confirmed: asked.Confirmed, Failed: states[outbox.Failed] + states[outbox.Unknown]}, err
}

// formScore is nil where nothing is answered on a scale.
func (s *Server) formScore(ctx context.Context, ws store.WorkspaceID, id store.FormID, d form.Definition, f formFacts) (*FormScore, error) {
	at := slices.IndexFunc(d.Questions, func(q form.Question) bool { return q.Kind == form.Nps || q.Kind == form.Csat })
	if at < 0 {
		return nil, nil
	}
	question, seen := d.Questions[at], 0
	t := &tally{question: question, counts: map[string]int{}, months: map[string]map[string]int{}}
	enough := errors.New("enough")
	err := s.eachSubmission(ctx, ws, id, beginOf(f.today-scoreDays+1, f.zone), beginOf(f.today+1, f.zone), func(one store.Submission) error {
		if seen++; seen > mostScored {
			return enough
		}
		t.add(one, f.zone)
		return nil
	})
	if err != nil && !errors.Is(err, enough) {
		return nil, err
	}
	return &FormScore{Question: question.Key, Label: question.Label, Kind: string(question.Kind), Days: scoreDays, Score: scoreOf(question.Kind, t.counts, f.lang)}, nil
}

// placed is the indicators that rest on nothing but counts of a form's answers.
func (f formFacts) placed(id store.FormID) []FormPlaced {
	list := []FormPlaced{}
	for _, ind := range f.model.Indicators {
		if ind.Measure == nil {
			continue
		}
		question, all := "", true
		leaves := f.model.Leaves(ind.ID)
		for _, name := range leaves {
			of, key := countedForm(f.model.Metric(name))
			all = all && of == string(id)
			if key != "" {
				question = key
			}
		}
		if all && len(leaves) > 0 {
			list = append(list, FormPlaced{Indicator: ind.ID, Name: ind.Name, Question: question})
		}
	}
	return list
}

// countedForm is the form whose answers a metric counts, and by which question; "" where it
// counts something else.
func countedForm(m *goal.Metric) (id, question string) {
	if m == nil || m.Events == nil || m.Events.Count != "events" {
		return "", ""
	}
	for _, f := range m.Events.Where {
		switch {
		case f.Column == "form" && len(f.Values) == 1:
			id = strings.TrimSpace(f.Values[0])
		case !slices.Contains(goal.EventFields, f.Column):
			question = f.Column
		}
	}
	return id, question
}
