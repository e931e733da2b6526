package server

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/shirube/shirube/internal/act/form"
	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/words"
)

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
		among, err := s.amongSegment(ctx, asked.ws, doc, numbers)
		if err != nil {
			return 0, err
		}
		for _, one := range asked.sent {
			if among(one.ContactID) && scaleGroup(q.Kind, answerTo(one, q.Key)) != "" {
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
