package server

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/question"
	"github.com/shirube/shirube/internal/store"
)

// kindQuestionSettings is the kind of the document that says where questions are told.
const kindQuestionSettings = "question_settings"

// questionSettings are the settings as they are kept; places that are gone are left out.
func (s *Server) questionSettings(ctx context.Context, ws store.WorkspaceID) (QuestionSettings, error) {
	settings := QuestionSettings{Places: []string{}}
	doc, err := s.deps.Store.Documents.Get(ctx, ws, kindQuestionSettings, kindQuestionSettings)
	if isNotFound(err) {
		return settings, nil
	}
	if err != nil {
		return settings, err
	}
	if err := json.Unmarshal(doc.Body, &settings); err != nil {
		return settings, fmt.Errorf("read where questions are told: %w", err)
	}
	places, err := s.noticePlaces(ctx, ws)
	if err != nil {
		return settings, err
	}
	settings.Places = slices.DeleteFunc(front.Listed(settings.Places), func(id string) bool { _, there := places[id]; return !there })
	return settings, nil
}

func (s *Server) getQuestionSettings(ctx context.Context, slug string) (QuestionSettingsReply, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return QuestionSettingsReply{}, err
	}
	reply := QuestionSettingsReply{Choices: []NamedChoice{}}
	if reply.QuestionSettings, err = s.questionSettings(ctx, ws.ID); err != nil {
		return reply, err
	}
	docs, err := s.deps.Store.Documents.List(ctx, ws.ID, kindNotice)
	if err != nil {
		return reply, err
	}
	for _, doc := range docs {
		reply.Choices = append(reply.Choices, NamedChoice{ID: doc.ID, Name: doc.Name})
	}
	return reply, nil
}

func (s *Server) putQuestionSettings(ctx context.Context, slug string, in QuestionSettings) (QuestionSettingsReply, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return QuestionSettingsReply{}, err
	}
	places, err := s.noticePlaces(ctx, ws.ID)
	if err != nil {
		return QuestionSettingsReply{}, err
	}
	kept := QuestionSettings{Places: []string{}}
	for _, id := range in.Places {
		if _, there := places[id]; there && !slices.Contains(kept.Places, id) {
			kept.Places = append(kept.Places, id)
		}
	}
	if _, err := s.deps.Store.Documents.Put(ctx, ws.ID, kindQuestionSettings, store.Document{
		ID: kindQuestionSettings, Name: kindQuestionSettings, Body: mustJSON(kept), Author: front.AuthorOf(ctx)}); err != nil {
		return QuestionSettingsReply{}, err
	}
	return s.getQuestionSettings(ctx, slug)
}

// questionPlaces are where a new question and what settles it are told.
func (s *Server) questionPlaces(ctx context.Context, ws store.WorkspaceID) ([]string, error) {
	settings, err := s.questionSettings(ctx, ws)
	return settings.Places, err
}

// tellOfMessage has told whoever a message concerns: those it calls in other words than the
// rest, and the places the team reads at where it is a new question.
func (s *Server) tellOfMessage(ctx context.Context, tx *store.Tx, ws store.Workspace, h question.Head, m question.Message, people []question.Person, owners []string) error {
	var called, others listeners
	for _, id := range question.Hear(h, m, people, owners) {
		if slices.ContainsFunc(m.Calls, func(c question.Call) bool { return c.ID == id }) {
			called.People = append(called.People, store.UserID(id))
		} else {
			others.People = append(others.People, store.UserID(id))
		}
	}
	if m.Number == 1 {
		places, err := s.questionPlaces(ctx, ws.ID)
		if err != nil {
			return err
		}
		others.Places = places
	}
	key := "question/" + h.ID + "/" + strconv.Itoa(m.Number)
	if err := s.tell(ctx, tx.Outbox, ws.ID, questionTelling(key+"/called", h, question.Announce(h, m, true)), called); err != nil {
		return err
	}
	return s.tell(ctx, tx.Outbox, ws.ID, questionTelling(key, h, question.Announce(h, m, false)), others)
}

// tellOfEnd has told that a question is settled, or open again: whoever takes part, and the
// places that had heard of the question.
func (s *Server) tellOfEnd(ctx context.Context, tx *store.Tx, ws store.Workspace, h question.Head, by question.Voice, answer question.Message, people []question.Person) error {
	places, err := s.questionPlaces(ctx, ws.ID)
	if err != nil {
		return err
	}
	to := listeners{Places: places}
	for _, id := range question.Hear(h, question.Message{Number: h.Last + 1, By: by}, people, nil) {
		to.People = append(to.People, store.UserID(id))
	}
	// The same end is told once; opened again and settled again it is another.
	key := fmt.Sprintf("question/%s/end/%t/%d", h.ID, h.Settled, s.nowMillis())
	return s.tell(ctx, tx.Outbox, ws.ID, questionTelling(key, h, question.Settled(h, by, answer.Text)), to)
}

func questionTelling(key string, h question.Head, told question.Told) telling {
	return telling{Key: key, Kind: "question", Title: told.Title, Points: told.Points, Foot: told.Foot, Button: told.Button, Path: "/share/questions?open=" + h.ID}
}
