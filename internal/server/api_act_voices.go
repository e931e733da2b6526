package server

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/act/form"
	"github.com/shirube/shirube/internal/measure/warehouse"
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

// cutting adds answers up by the part they belong to.
type cutting map[string]map[string]int

func (c cutting) add(name, answer string, n int) {
	if c[name] == nil {
		c[name] = map[string]int{}
	}
	c[name][answer] += n
}

func (s *Server) formCuts(ctx context.Context, in InForm, given FormSpan, question, by string, lang words.Lang) (FormCuts, error) {
	asked, err := s.surveyed(ctx, in, given)
	if err != nil {
		return FormCuts{}, err
	}
	q, err := asked.scored(question)
	if err != nil {
		return FormCuts{}, err
	}
	reply := FormCuts{From: asked.span.From, To: asked.span.To, Groups: []FormCut{}}
	parts := cutting{}
	switch by {
	case "channel":
		err = s.cutByChannel(ctx, in.Workspace, lang, asked, q, parts)
	case "segment":
		reply.Others, err = s.cutBySegment(ctx, asked, q, parts)
	default:
		reply.Others, err = cutByAnswer(asked, q, by, parts)
	}
	if err != nil {
		return FormCuts{}, err
	}
	for name, counts := range parts {
		reply.Groups = append(reply.Groups, FormCut{name, scoreOf(q.Kind, counts, lang)})
	}
	slices.SortFunc(reply.Groups, func(a, b FormCut) int {
		return cmp.Or(b.Score.Answers-a.Score.Answers, strings.Compare(a.Name, b.Name))
	})
	reply.Groups = reply.Groups[:min(len(reply.Groups), mostCuts)]
	if by == "channel" {
		known := 0
		for _, g := range reply.Groups {
			known += g.Score.Answers
		}
		answered := 0
		for _, one := range asked.sent {
			if scaleGroup(q.Kind, answerTo(one, q.Key)) != "" {
				answered++
			}
		}
		reply.Others = max(0, answered-known)
	}
	return reply, nil
}

// cutByChannel asks the warehouse, which knows by which way the visit of an answer began. It
// counts what people answered, each answer by itself, for the mean of a scale needs them.
func (s *Server) cutByChannel(ctx context.Context, slug string, lang words.Lang, asked surveyed, q form.Question, parts cutting) error {
	if s.measuring == nil || !q.Counted {
		return nil
	}
	a, err := s.ask(ctx, slug, MeasuredSpan{From: asked.span.From.String(), To: asked.span.To.String()}, lang)
	if err != nil {
		return err
	}
	scale := scaleGroups[q.Kind]
	for n := scale[len(scale)-1].from; n <= scale[0].to; n++ {
		answer := strconv.Itoa(n)
		days, err := a.reader.Metric(ctx, a.scope, warehouse.Metric{Count: "events", Event: asked.asked.Kind.Event(), ByFields: []warehouse.Field{warehouse.FieldChannel},
			Filters: []warehouse.Filter{
				{Field: warehouse.FieldProperty, Property: "form", Op: warehouse.Is, Values: []string{string(asked.form.ID)}},
				{Field: warehouse.FieldProperty, Property: q.Key, Op: warehouse.Is, Values: []string{answer}},
			}})
		if err != nil {
			return fmt.Errorf("count answers %q by channel: %w", q.Key, err)
		}
		for _, day := range days {
			if len(day.Dimensions) == 1 && day.Dimensions[0] != "" {
				parts.add(a.label(warehouse.FieldChannel, day.Dimensions[0]), answer, int(day.Value))
			}
		}
	}
	return nil
}

// cutBySegment puts the answers of people who are known into the segments they are in now;
// somebody may be in several.
func (s *Server) cutBySegment(ctx context.Context, asked surveyed, q form.Question, parts cutting) (others int, err error) {
	numbers, err := s.numbersOf(ctx, asked)
	if err != nil {
		return 0, err
	}
	docs, err := s.deps.Store.Documents.List(ctx, asked.ws, kindPeople)
	if err != nil {
		return 0, err
	}
	in := map[string]bool{}
	for _, doc := range docs {
		var c condition.Condition
		if err := json.Unmarshal(doc.Body, &c); err != nil {
			return 0, fmt.Errorf("read segment %q: %w", doc.ID, err)
		}
		set, _, err := s.segments.find(ctx, asked.ws, c)
		if err != nil {
			return 0, lostSegment(err)
		}
		for _, one := range asked.sent {
			if n, known := numbers[contact.ID(one.ContactID)]; known && set.Has(n) && scaleGroup(q.Kind, answerTo(one, q.Key)) != "" {
				parts.add(doc.Name, answerTo(one, q.Key), 1)
				in[one.ID] = true
			}
		}
	}
	for _, one := range asked.sent {
		if !in[one.ID] && scaleGroup(q.Kind, answerTo(one, q.Key)) != "" {
			others++
		}
	}
	return others, nil
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

// cutByAnswer cuts by what stands in the submission itself.
func cutByAnswer(asked surveyed, q form.Question, by string, parts cutting) (others int, err error) {
	at := slices.IndexFunc(asked.asked.Questions, func(other form.Question) bool {
		return other.Key == by && (other.Kind == form.One || other.Kind == form.Several)
	})
	if at < 0 && by != "language" && by != "page" {
		return 0, front.BadRequest("query.by", words.T("「%s」では分けられません。", "It cannot be cut by %q.", by))
	}
	for _, one := range asked.sent {
		answer := answerTo(one, q.Key)
		if scaleGroup(q.Kind, answer) == "" {
			continue
		}
		var names []string
		switch by {
		case "language":
			names = []string{cmp.Or(one.Lang, string(asked.asked.Own()))}
		case "page":
			names = []string{one.Page}
		default:
			names = one.Answers[by]
		}
		known := false
		for _, name := range names {
			if name != "" {
				known = true
				parts.add(name, answer, 1)
			}
		}
		if !known {
			others++
		}
	}
	return others, nil
}

// voiceFilter says which voices are asked for; empty fields ask for nothing.
type voiceFilter struct{ question, group, text, segment string }

func (s *Server) formVoices(ctx context.Context, in InForm, given FormSpan, want voiceFilter) (FormVoices, error) {
	reply := FormVoices{Voices: []FormVoice{}}
	asked, err := s.surveyed(ctx, in, given)
	if err != nil {
		return reply, err
	}
	var scored form.Question
	if want.question != "" || want.group != "" {
		if scored, err = asked.scored(want.question); err != nil {
			return reply, err
		}
	}
	among := func(string) bool { return true }
	if want.segment != "" {
		if among, err = s.amongSegment(ctx, asked, want.segment); err != nil {
			return reply, err
		}
	}
	part := strings.ToLower(front.Clean(want.text))
	for _, one := range asked.sent {
		answer := answerTo(one, scored.Key)
		group := scaleGroup(scored.Kind, answer)
		if want.group != "" && group != want.group || !among(one.ContactID) {
			continue
		}
		for _, q := range asked.asked.Questions {
			text := answerTo(one, q.Key)
			// Names and addresses are no voices: what becomes a contact's stands there.
			if q.Kind != form.Text && q.Kind != form.Line || q.To != "" || text == "" || !strings.Contains(strings.ToLower(text), part) {
				continue
			}
			if reply.Of++; reply.Of <= mostVoices {
				reply.Voices = append(reply.Voices, FormVoice{q.Label, text, answer, group, int64(one.SentAt), one.ContactID})
			}
		}
	}
	return reply, nil
}

// amongSegment tells of a contact's id whether they are in a saved segment now.
func (s *Server) amongSegment(ctx context.Context, asked surveyed, id string) (func(string) bool, error) {
	doc, err := s.deps.Store.Documents.Get(ctx, asked.ws, kindPeople, id)
	if err != nil {
		return nil, err
	}
	var c condition.Condition
	if err := json.Unmarshal(doc.Body, &c); err != nil {
		return nil, fmt.Errorf("read segment %q: %w", doc.ID, err)
	}
	set, _, err := s.segments.find(ctx, asked.ws, c)
	if err != nil {
		return nil, lostSegment(err)
	}
	numbers, err := s.numbersOf(ctx, asked)
	return func(who string) bool { n, known := numbers[contact.ID(who)]; return known && set.Has(n) }, err
}

// answerTo is the one answer of a submission to a question, "" where there is none.
func answerTo(one store.Submission, key string) string { return form.Answers(one.Answers).One(key) }
