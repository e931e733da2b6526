package server

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/form"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// Whose score it is, and why: a survey's answers cut by who gave them, and what they wrote.

// FormCuts is a score cut by something, those with the most answers first.
type FormCuts struct {
	From   series.Day `json:"from"`
	To     series.Day `json:"to"`
	Groups []FormCut  `json:"groups"`
	Others int        `json:"others" doc:"answers of whom it is not known where they belong"`
}

// FormCut is the score of one part.
type FormCut struct {
	Name  string      `json:"name"`
	Score ScoreResult `json:"score"`
}

// FormVoices is what people wrote in a survey, the newest first.
type FormVoices struct {
	Voices []FormVoice `json:"voices"`
	Of     int         `json:"of" doc:"how many fit; at most 100 of them are given"`
}

// FormVoice is what one person wrote.
type FormVoice struct {
	Question string `json:"question" doc:"the label of what was asked"`
	Text     string `json:"text"`
	Answer   string `json:"answer" doc:"to the question of the score; empty: none"`
	Group    string `json:"group" enum:"good,middle,poor," doc:"promoters or the satisfied, those between, detractors or the dissatisfied"`
	SentAt   int64  `json:"sent_at"`
	Contact  string `json:"contact" doc:"the id of who it was, where that is known"`
}

// FormSpan is the days whose answers are meant.
type FormSpan struct {
	From string `query:"from" maxLength:"10" doc:"first day; a year ago where it is missing"`
	To   string `query:"to" maxLength:"10" doc:"last day; today where it is missing"`
}

// mostVoices and mostCuts bound what is shown at once.
const (
	mostVoices = 100
	mostCuts   = 30
)

// scaleGroups are the answers of a scale by what they say of who gave them.
var scaleGroups = map[form.QuestionKind][]struct {
	name     string
	from, to int
}{
	form.Nps:  {{"good", 9, 10}, {"middle", 7, 8}, {"poor", 0, 6}},
	form.Csat: {{"good", 4, 5}, {"middle", 3, 3}, {"poor", 1, 2}},
}

// scaleGroup is what an answer says of who gave it, "" where it is none of the scale.
func scaleGroup(kind form.QuestionKind, answer string) string {
	n, err := strconv.Atoi(answer)
	for _, g := range scaleGroups[kind] {
		if err == nil && n >= g.from && n <= g.to {
			return g.name
		}
	}
	return ""
}

func (s *Server) registerFormVoices(api huma.API) {
	const path = "/api/workspaces/{ws}/forms/{id}"
	front.Handle(api, huma.Operation{
		OperationID: "form-cuts", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: path + "/cuts",
		Summary: "A survey's score by channel, segment, language, page or another answer", Tags: []string{"act"},
	}, func(ctx context.Context, in *struct {
		InForm
		front.Lang
		FormSpan
		Question string `query:"question" required:"true" maxLength:"40" doc:"key of the question with the score"`
		By       string `query:"by" required:"true" maxLength:"60" doc:"channel, segment, language, page, or the key of a question that is chosen from a list"`
	}) (FormCuts, error) {
		return s.formCuts(ctx, in.InForm, in.FormSpan, in.Question, in.By, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "form-voices", Metadata: front.Needs(access.SeeVisits), Method: http.MethodGet, Path: path + "/voices",
		Summary: "What people wrote in a survey, by their answer and by words", Tags: []string{"act"},
	}, func(ctx context.Context, in *struct {
		InForm
		front.Lang
		FormSpan
		Question string `query:"question" maxLength:"40" doc:"key of the question with the score"`
		Group    string `query:"group" enum:"good,middle,poor,"`
		Text     string `query:"text" maxLength:"100" doc:"part of what was written, in whatever case"`
		Segment  string `query:"segment" maxLength:"40" doc:"only people of a saved segment"`
	}) (FormVoices, error) {
		return s.formVoices(ctx, in.InForm, in.FormSpan, voiceFilter{in.Question, in.Group, in.Text, in.Segment})
	})
}

// surveyed is a form's accepted answers of a span.
type surveyed struct {
	ws    store.WorkspaceID
	form  store.Form
	asked form.Definition
	span  series.Span
	sent  []store.Submission // the newest first, at most mostScored
}

func (s *Server) surveyed(ctx context.Context, in InForm, given FormSpan) (surveyed, error) {
	ws, kept, err := s.ownForm(ctx, in)
	if err != nil {
		return surveyed{}, err
	}
	saved, err := s.modelOrEmpty(ctx, ws.ID, 0)
	if err != nil {
		return surveyed{}, err
	}
	zone := saved.model.Location
	today := series.DayOf(s.deps.Clock().In(zone))
	if given.From == "" {
		given.From = (today - 364).String()
	}
	out := surveyed{ws: ws.ID, form: kept}
	if out.span, err = reportSpan(MeasuredSpan{From: given.From, To: given.To}, today); err != nil {
		return out, err
	}
	if out.asked, err = form.Parse(kept.Definition); err != nil {
		return out, err
	}
	err = s.eachSubmission(ctx, ws.ID, kept.ID, beginOf(out.span.From, zone), beginOf(out.span.To+1, zone), func(one store.Submission) error {
		if len(out.sent) < mostScored {
			out.sent = append(out.sent, one)
		}
		return nil
	})
	return out, err
}

// scored is the question of a survey with a key that is answered on a scale.
func (s surveyed) scored(key string) (form.Question, error) {
	at := slices.IndexFunc(s.asked.Questions, func(q form.Question) bool { return q.Key == key })
	if at < 0 || scaleGroups[s.asked.Questions[at].Kind] == nil {
		return form.Question{}, front.BadRequest("query.question", words.T("点数になるのは、0〜10(NPS)か1〜5(満足度)で答える質問だけです。", "Only a question answered from 0 to 10 (NPS) or 1 to 5 (CSAT) has a score."))
	}
	return s.asked.Questions[at], nil
}

// numbersOf are the numbers of the contacts who sent something in.
func (s *Server) numbersOf(ctx context.Context, asked surveyed) (map[contact.ID]uint32, error) {
	var ids []contact.ID
	for _, one := range asked.sent {
		if one.ContactID != "" {
			ids = append(ids, contact.ID(one.ContactID))
		}
	}
	people, err := s.deps.Store.Contacts.GetMany(ctx, asked.ws, ids)
	numbers := make(map[contact.ID]uint32, len(people))
	for id, one := range people {
		numbers[id] = uint32(one.Number)
	}
	return numbers, err
}

// amongSegment tells of a contact's id whether they are in a saved segment now; numbers are
// those of the contacts who may be asked about.
func (s *Server) amongSegment(ctx context.Context, ws store.WorkspaceID, doc store.Document, numbers map[contact.ID]uint32) (func(contact string) bool, error) {
	var c condition.Condition
	if err := json.Unmarshal(doc.Body, &c); err != nil {
		return nil, fmt.Errorf("read segment %q: %w", doc.ID, err)
	}
	set, _, err := s.segments.find(ctx, ws, c)
	if err != nil {
		return nil, lostSegment(err)
	}
	return func(who string) bool { n, known := numbers[contact.ID(who)]; return known && set.Has(n) }, nil
}

// answerTo is the one answer of a submission to a question, "" where there is none.
func answerTo(one store.Submission, key string) string { return form.Answers(one.Answers).One(key) }
