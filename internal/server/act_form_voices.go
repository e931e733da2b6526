package server

import (
	"context"
	"strings"

	"github.com/shirube/shirube/internal/act/form"
	"github.com/shirube/shirube/internal/server/front"
)

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
		if among, err = s.amongSaved(ctx, asked, want.segment); err != nil {
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

// amongSaved tells of a contact's id whether they are in the saved segment of that id now.
func (s *Server) amongSaved(ctx context.Context, asked surveyed, segment string) (func(contact string) bool, error) {
	doc, err := s.deps.Store.Documents.Get(ctx, asked.ws, kindPeople, segment)
	if err != nil {
		return nil, err
	}
	numbers, err := s.numbersOf(ctx, asked)
	if err != nil {
		return nil, err
	}
	return s.amongSegment(ctx, asked.ws, doc, numbers)
}
