package server

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/act/form"
	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// FormPlaceRequest says what of a form is to be an indicator of the map.
type FormPlaceRequest struct {
	Question string `json:"question,omitempty" maxLength:"40" doc:"key of a question answered on a scale: its score; empty: how many are sent in"`
	Name     string `json:"name,omitempty" maxLength:"120" doc:"of the indicator; a name of ours where it is missing"`
}

// FormPlaceReply is the indicator that was made.
type FormPlaceReply struct {
	Indicator string `json:"indicator"`
	Version   int    `json:"version" doc:"of the model"`
}

func (s *Server) registerFormPlace(api huma.API) {
	front.Handle(api, huma.Operation{
		OperationID: "place-form", Metadata: front.Needs(access.EditModel), Method: http.MethodPost, Path: "/api/workspaces/{ws}/forms/{id}/place",
		Summary: "Put a form's score, or how much is sent in, on the map", Tags: []string{"act"},
	}, func(ctx context.Context, in *struct {
		InForm
		front.Lang
		Body FormPlaceRequest
	}) (FormPlaceReply, error) {
		return s.placeForm(ctx, in.InForm, in.Body, in.Words())
	})
}

// placeForm edits the model: a source that counts the form's events day by day, the
// indicator, and the road to the KGI that is to be found true or not.
func (s *Server) placeForm(ctx context.Context, in InForm, asked FormPlaceRequest, lang words.Lang) (FormPlaceReply, error) {
	ws, kept, err := s.ownForm(ctx, in)
	if err != nil {
		return FormPlaceReply{}, err
	}
	d, err := form.Parse(kept.Definition)
	if err != nil {
		return FormPlaceReply{}, err
	}
	// Whoever saves the map in the same moment is not overwritten; the edits fit the next
	// version as well.
	for range placeTries {
		reply, err := s.placeOnce(ctx, ws.ID, in, asked, kept.ID, d, lang)
		if _, taken := errors.AsType[store.ErrConflict](err); !taken {
			return reply, err
		}
	}
	return s.placeOnce(ctx, ws.ID, in, asked, kept.ID, d, lang)
}

// placeTries is how often the map may change under an edit before a person is asked.
const placeTries = 4

func (s *Server) placeOnce(ctx context.Context, ws store.WorkspaceID, in InForm, asked FormPlaceRequest, id store.FormID, d form.Definition, lang words.Lang) (FormPlaceReply, error) {
	saved, err := s.model(ctx, ws, 0)
	if err != nil {
		return FormPlaceReply{}, err
	}
	for _, there := range (formFacts{model: saved.model}).placed(id) {
		if there.Question == asked.Question {
			return FormPlaceReply{Indicator: there.Indicator, Version: saved.Version}, nil
		}
	}
	edits, indicator, err := placeEdits(saved.model, string(id), d, asked)
	if err != nil {
		return FormPlaceReply{}, err
	}
	reply, err := s.editModel(ctx, in.Workspace, EditRequest{BaseVersion: saved.Version, Edits: edits}, lang)
	if err != nil {
		return FormPlaceReply{}, err
	}
	if !reply.OK {
		return FormPlaceReply{}, front.BadRequest("body", words.T("地図に置けませんでした。地図の直すところを先に直してください。", "It cannot be put on the map. Please mend what is wrong with the map first."))
	}
	return FormPlaceReply{Indicator: indicator, Version: reply.Version}, nil
}

// answersOf lists the answers of a scale from one to another, as events hold them.
func answersOf(from, to int) []string {
	var list []string
	for n := from; n <= to; n++ {
		list = append(list, strconv.Itoa(n))
	}
	return list
}

// surveyCounts are the counts a score is made of, by the metric's id.
var surveyCounts = map[form.QuestionKind]map[string][]string{
	form.Nps:  {"promoters": answersOf(9, 10), "detractors": answersOf(0, 6), "answers": answersOf(0, 10)},
	form.Csat: {"satisfied": answersOf(4, 5), "answers": answersOf(1, 5)},
}

func placeEdits(m *goal.Model, id string, d form.Definition, asked FormPlaceRequest) (edits []goal.Edit, indicator string, err error) {
	t := func(ja, en string, args ...any) string { return words.T(ja, en, args...).In(m.Locale) }
	counts := map[string]goal.EventMetricEdit{}
	event := d.Kind.Event()
	source := freeID(string(d.Kind), func(id string) bool { return m.Source(id) != nil })
	fields := map[string]string{"role": "leading"}
	because := ""
	switch at := slices.IndexFunc(d.Questions, func(q form.Question) bool { return q.Key == asked.Question }); {
	case asked.Question == "":
		counts["sent"] = goal.EventMetricEdit{Event: event, Count: "events", Where: map[string][]string{"form": {id}}}
		fields["name"], fields["unit"], fields["measure"] = t("「%s」の件数", "Sent in: %s", d.Title), t("件", "forms"), source+".sent"
		fields["definition"] = t("フォーム「%s」から届いた数", "How often the form “%s” is sent in", d.Title)
		because = t("届いた方の一部が成果につながる", "Some of those who write become results")
		indicator = "sent"
	case at < 0 || surveyCounts[d.Questions[at].Kind] == nil:
		return nil, "", front.BadRequest("body.question", words.T("点数になるのは、0〜10(NPS)か1〜5(満足度)で答える質問だけです。", "Only a question answered from 0 to 10 (NPS) or 1 to 5 (CSAT) has a score."))
	case !d.Questions[at].Counted:
		return nil, "", front.BadRequest("body.question", words.T("この質問の答えは、まだ数えられていません。フォームを一度保存してから、もう一度お試しください。", "The answers to this question are not counted yet. Please save the form once, then try again."))
	default:
		q := d.Questions[at]
		for name, values := range surveyCounts[q.Kind] {
			counts[name] = goal.EventMetricEdit{Event: event, Count: "events", Where: map[string][]string{"form": {id}, q.Key: values}}
		}
		indicator = string(q.Kind)
		if q.Kind == form.Nps {
			fields["name"], fields["unit"] = t("NPS(%s)", "NPS (%s)", d.Title), t("点", "points")
			fields["measure"] = "(" + source + ".promoters - " + source + ".detractors) / " + source + ".answers * 100"
			fields["definition"] = t("すすめたい方(9〜10)の割合から、すすめたくない方(0〜6)の割合を引いた点", "The share of promoters (9–10) less the share of detractors (0–6)")
		} else {
			fields["name"], fields["unit"], fields["measure"] = t("満足度(%s)", "Content (%s)", d.Title), "%", source+".satisfied / "+source+".answers"
			fields["definition"] = t("5段階で4か5と答えた方の割合", "The share of those who answer 4 or 5 out of 5")
		}
		because = t("満足した方は、また選び、人にもすすめる", "Whoever is content chooses again and tells others")
	}
	if name := front.Clean(asked.Name); name != "" {
		fields["name"] = name
	}
	indicator = freeID(indicator, func(id string) bool { return m.Indicator(id) != nil })
	given := map[string]*string{}
	for key, value := range fields {
		given[key] = &value
	}
	edits = []goal.Edit{
		{Op: goal.SetSource, ID: source, Source: &goal.SourceEdit{Events: counts}},
		{Op: goal.AddIndicator, ID: indicator, Fields: given},
	}
	if kgi := m.KGI(); kgi != nil {
		edits = append(edits, goal.Edit{Op: goal.SetInfluence, From: indicator, To: kgi.ID, Lag: "0..14", Because: because})
	}
	return edits, indicator, nil
}
