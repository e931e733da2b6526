package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/http"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/act/condition"
	"github.com/shirube/shirube/internal/act/condition/columns"
	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// PeopleSegmentsReply is the saved segments of people, by name.
type PeopleSegmentsReply struct {
	Segments []PeopleSegment `json:"segments"`
}

// PeopleSegment is a condition with a name.
type PeopleSegment struct {
	ID        string              `json:"id"`
	Name      string              `json:"name"`
	Condition condition.Condition `json:"condition"`
	Sentence  string              `json:"sentence" doc:"the condition as one would say it"`
	People    front.Number        `json:"people" doc:"of whom it is true now; null where it cannot be told, as when a segment it names is gone"`
	By        string              `json:"by"`
	UpdatedAt time.Time           `json:"updated_at"`
}

// NewPeopleSegment is a condition to keep under a name.
type NewPeopleSegment struct {
	Name      string              `json:"name" minLength:"1" maxLength:"120"`
	Condition condition.Condition `json:"condition"`
}

// ConditionQuestion is a condition while it is being built.
type ConditionQuestion struct {
	Condition condition.Condition `json:"condition"`
}

// ConditionCount is how many a condition is true of.
type ConditionCount struct {
	People   int             `json:"people"`
	Of       int             `json:"of" doc:"contacts there are"`
	Examples []SegmentMember `json:"examples" doc:"the newest of them, at most 5"`
	Sentence string          `json:"sentence"`
	Note     string          `json:"note" doc:"what cannot be told without cookies; empty where nothing is to be said"`
}

// SegmentMembersReply is a page of the contacts in a segment, the newest first.
type SegmentMembersReply struct {
	People  int             `json:"people"`
	Members []SegmentMember `json:"members"`
}

// SegmentMember is a contact in a segment.
type SegmentMember struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Address string `json:"address"`
}

// InPeopleSegment is the address of a segment.
type InPeopleSegment struct {
	front.InWorkspace
	front.Lang
	ID string `path:"id" maxLength:"80"`
}

func (s *Server) registerPeopleSegments(api huma.API) {
	tags := []string{"act"}
	const path = "/api/workspaces/{ws}/segments"
	front.Handle(api, huma.Operation{
		OperationID: "list-people-segments", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: path, Summary: "Saved segments of people, with how many are in them", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
	}) (PeopleSegmentsReply, error) {
		return s.listPeopleSegments(ctx, in.Workspace, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "create-people-segment", Metadata: front.Needs(access.EditContacts), Method: http.MethodPost, Path: path, Summary: "Save a condition as a segment", Tags: tags,
		DefaultStatus: http.StatusCreated,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
		Body NewPeopleSegment
	}) (PeopleSegment, error) {
		return s.keepPeopleSegment(ctx, in.Workspace, "", in.Body, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "count-condition", Metadata: front.Needs(access.SeeContacts), Method: http.MethodPost, Path: path + "/count",
		Summary: "How many contacts a condition is true of, while it is being built", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
		Body ConditionQuestion
	}) (ConditionCount, error) {
		return s.countCondition(ctx, in.Workspace, in.Body.Condition, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "replay-condition", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodPost, Path: path + "/replay",
		Summary: "How many people a condition would have become true of, day by day, over the last months", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
		Body ReplayQuestion
	}) (ReplayReply, error) {
		return s.replayCondition(ctx, in.Workspace, in.Body, in.Words())
	})
	s.registerConditionChoices(api)
	front.Handle(api, huma.Operation{
		OperationID: "get-people-segment", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: path + "/{id}", Summary: "One segment of people", Tags: tags,
	}, func(ctx context.Context, in *struct{ InPeopleSegment }) (PeopleSegment, error) {
		ws, doc, err := s.ownPeopleSegment(ctx, in.Workspace, in.ID)
		if err != nil {
			return PeopleSegment{}, err
		}
		return s.peopleSegment(ctx, ws.ID, doc, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "edit-people-segment", Metadata: front.Needs(access.EditContacts), Method: http.MethodPut, Path: path + "/{id}", Summary: "Change a segment of people", Tags: tags,
	}, func(ctx context.Context, in *struct {
		InPeopleSegment
		Body NewPeopleSegment
	}) (PeopleSegment, error) {
		if _, _, err := s.ownPeopleSegment(ctx, in.Workspace, in.ID); err != nil {
			return PeopleSegment{}, err
		}
		return s.keepPeopleSegment(ctx, in.Workspace, in.ID, in.Body, in.Words())
	})
	front.HandleNothing(api, huma.Operation{
		OperationID: "delete-people-segment", Metadata: front.Needs(access.EditContacts), Method: http.MethodDelete, Path: path + "/{id}", Summary: "Forget a segment of people", Tags: tags,
	}, func(ctx context.Context, in *struct{ InPeopleSegment }) error {
		return s.deletePeopleSegment(ctx, in.Workspace, in.ID)
	})
	front.Handle(api, huma.Operation{
		OperationID: "list-segment-members", Metadata: front.Needs(access.SeeContacts), Method: http.MethodGet, Path: path + "/{id}/members", Summary: "Who is in a segment", Tags: tags,
	}, func(ctx context.Context, in *struct {
		InPeopleSegment
		Offset int `query:"offset" minimum:"0" maximum:"10000000"`
		Limit  int `query:"limit" minimum:"1" maximum:"500" default:"50"`
	}) (SegmentMembersReply, error) {
		return s.segmentMembers(ctx, in.Workspace, in.ID, in.Offset, in.Limit)
	})
}

// checkedCondition is a condition that can be asked, or what is wrong with it and where.
func checkedCondition(location string, c condition.Condition) error {
	wrong := condition.Check(c)
	if len(wrong) == 0 {
		return nil
	}
	var problems words.Problems
	for _, w := range wrong {
		at := location
		if w.Path != "" {
			at += "." + w.Path
		}
		problems = append(problems, &words.Problem{At: words.At{File: at}, What: w.What})
	}
	return problems
}

func (s *Server) ownPeopleSegment(ctx context.Context, slug, id string) (store.Workspace, store.Document, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return ws, store.Document{}, err
	}
	if !front.IsName(id) {
		return ws, store.Document{}, store.ErrNotFound{What: kindSegment, Name: id}
	}
	doc, err := s.deps.Store.Documents.Get(ctx, ws.ID, kindPeople, id)
	if _, gone := errors.AsType[store.ErrNotFound](err); gone {
		err = store.ErrNotFound{What: kindSegment, Name: id}
	}
	return ws, doc, err
}

func (s *Server) peopleSegment(ctx context.Context, ws store.WorkspaceID, doc store.Document, lang words.Lang) (PeopleSegment, error) {
	view := PeopleSegment{ID: doc.ID, Name: doc.Name, By: doc.Author, UpdatedAt: doc.UpdatedAt, People: front.Number(math.NaN())}
	if err := json.Unmarshal(doc.Body, &view.Condition); err != nil {
		return view, fmt.Errorf("read segment %q: %w", doc.ID, err)
	}
	names, err := s.conditionNames(ctx, ws, view.Condition)
	if err != nil {
		return view, err
	}
	view.Sentence = condition.Sentence(view.Condition, names).In(lang)
	set, _, err := s.segments.find(ctx, ws, view.Condition)
	if _, lost := errors.AsType[columns.ErrSegment](err); lost {
		return view, nil
	}
	if err == nil {
		view.People = front.Number(float64(set.Count()))
	}
	return view, err
}

// conditionNames call segments and cards by their names.
func (s *Server) conditionNames(ctx context.Context, ws store.WorkspaceID, c condition.Condition) (condition.Names, error) {
	segments, cards := map[string]string{}, map[string]string{}
	for _, id := range condition.Segments(c) {
		doc, err := s.deps.Store.Documents.Get(ctx, ws, kindPeople, id)
		if err == nil {
			segments[id] = doc.Name
		} else if _, gone := errors.AsType[store.ErrNotFound](err); !gone {
			return condition.Names{}, err
		}
	}
	for _, id := range condition.Cards(c) {
		card, err := s.deps.Store.ScoreCards.Get(ctx, ws, store.ScoreCardID(id))
		if err == nil {
			cards[id] = card.Name
		} else if _, gone := errors.AsType[store.ErrNotFound](err); !gone {
			return condition.Names{}, err
		}
	}
	return condition.Names{
		Segment: func(id string) string { return segments[id] },
		Card:    func(id string) string { return cards[id] },
	}, nil
}

func (s *Server) listPeopleSegments(ctx context.Context, slug string, lang words.Lang) (PeopleSegmentsReply, error) {
	reply := PeopleSegmentsReply{Segments: []PeopleSegment{}}
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return reply, err
	}
	docs, err := s.deps.Store.Documents.List(ctx, ws.ID, kindPeople)
	if err != nil {
		return reply, err
	}
	for _, doc := range docs {
		view, err := s.peopleSegment(ctx, ws.ID, doc, lang)
		if err != nil {
			return reply, err
		}
		reply.Segments = append(reply.Segments, view)
	}
	return reply, nil
}

// keepPeopleSegment saves a segment and says what it watches, in one step.
func (s *Server) keepPeopleSegment(ctx context.Context, slug, id string, asked NewPeopleSegment, lang words.Lang) (PeopleSegment, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return PeopleSegment{}, err
	}
	name := front.Clean(asked.Name)
	if name == "" {
		return PeopleSegment{}, front.BadRequest("body.name", words.T("名前を付けてください。", "Please give it a name."))
	}
	if err := checkedCondition("body.condition", asked.Condition); err != nil {
		return PeopleSegment{}, err
	}
	body, err := json.Marshal(asked.Condition)
	if err != nil {
		return PeopleSegment{}, fmt.Errorf("keep segment %q: %w", name, err)
	}
	kept, err := s.deps.Store.Documents.List(ctx, ws.ID, kindPeople)
	if err != nil {
		return PeopleSegment{}, err
	}
	if err := followable(kept, id, asked.Condition); err != nil {
		return PeopleSegment{}, err
	}
	acting, err := s.actingSegment(ctx, ws.ID, id, asked.Condition)
	if err != nil {
		return PeopleSegment{}, err
	}
	var doc store.Document
	err = s.deps.Store.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		kept, err := tx.Documents.List(ctx, ws.ID, kindPeople)
		if err != nil {
			return err
		}
		if id == "" && len(kept) >= mostDocuments {
			return front.BadRequest("body", words.T("%d個まで保存できます。使わないものを消してください。", "%d can be kept. Please delete one that is not needed.", mostDocuments))
		}
		if err := followable(kept, id, asked.Condition); err != nil {
			return err
		}
		if doc, err = tx.Documents.Put(ctx, ws.ID, kindPeople, store.Document{ID: id, Name: name, Body: body, Author: front.AuthorOf(ctx)}); err != nil {
			return err
		}
		if err := tx.TriggerStates.TouchThose(ctx, ws.ID, acting); err != nil {
			return err
		}
		if err := tx.Watches.Put(ctx, ws.ID, "segment:"+doc.ID, condition.Watches(asked.Condition)); err != nil {
			return err
		}
		return scoreAnew(ctx, tx, ws.ID, restsOnSegments)
	})
	if err != nil {
		return PeopleSegment{}, err
	}
	s.wakeScoring()
	return s.peopleSegment(ctx, ws.ID, doc, lang)
}

// followable refuses a condition whose segments are not there, or lead back to itself.
func followable(kept []store.Document, id string, c condition.Condition) error {
	saved := map[string]condition.Condition{}
	for _, doc := range kept {
		var one condition.Condition
		if err := json.Unmarshal(doc.Body, &one); err != nil {
			return fmt.Errorf("read segment %q: %w", doc.ID, err)
		}
		saved[doc.ID] = one
	}
	if id != "" {
		saved[id] = c
	}
	if _, ok := condition.Expand(c, func(id string) (condition.Condition, bool) { one, known := saved[id]; return one, known }); !ok {
		return front.BadRequest("body.condition", words.T("条件の中のセグメントが見つからないか、自分自身に戻っています。選び直してください。",
			"A segment in the condition is not there, or leads back to this one. Please choose another."))
	}
	return nil
}

// deletePeopleSegment forgets a segment that no other one names.
func (s *Server) deletePeopleSegment(ctx context.Context, slug, id string) error {
	ws, _, err := s.ownPeopleSegment(ctx, slug, id)
	if err != nil {
		return err
	}
	saved, err := s.savedSegments(ctx, ws.ID)
	if err != nil {
		return err
	}
	if acting, _, err := s.usingSegment(ctx, ws.ID, id, saved); err != nil {
		return err
	} else if len(acting) > 0 {
		return front.Refuse(http.StatusConflict, words.T("動いている自動化がこのセグメントを使っています。先に自動化を止めるか、条件を直してください。",
			"An automation that is at work uses this segment. Please switch it off or change its condition first."))
	}
	return s.deps.Store.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		kept, err := tx.Documents.List(ctx, ws.ID, kindPeople)
		if err != nil {
			return err
		}
		for _, doc := range kept {
			var c condition.Condition
			if err := json.Unmarshal(doc.Body, &c); err != nil {
				return fmt.Errorf("read segment %q: %w", doc.ID, err)
			}
			if doc.ID != id && slices.Contains(condition.Segments(c), id) {
				return front.Refuse(http.StatusConflict, words.T("セグメント「%s」がこのセグメントを使っています。先にそちらを直してください。",
					"The segment “%s” uses this one. Please change that one first.", doc.Name))
			}
		}
		if err := tx.Watches.Put(ctx, ws.ID, "segment:"+id, nil); err != nil {
			return err
		}
		return tx.Documents.Delete(ctx, ws.ID, kindPeople, id)
	})
}

// mostExamples is how many people are shown while a condition is being built.
const mostExamples = 5

func (s *Server) countCondition(ctx context.Context, slug string, c condition.Condition, lang words.Lang) (ConditionCount, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return ConditionCount{}, err
	}
	if err := checkedCondition("body.condition", c); err != nil {
		return ConditionCount{}, err
	}
	names, err := s.conditionNames(ctx, ws.ID, c)
	if err != nil {
		return ConditionCount{}, err
	}
	set, all, err := s.segments.find(ctx, ws.ID, c)
	if err != nil {
		return ConditionCount{}, lostSegment(err)
	}
	examples, err := s.membersOf(ctx, ws.ID, set.Page(0, mostExamples))
	return ConditionCount{
		People: set.Count(), Of: all, Examples: examples, Sentence: condition.Sentence(c, names).In(lang), Note: condition.Note(c).In(lang),
	}, err
}

func lostSegment(err error) error {
	if _, lost := errors.AsType[columns.ErrSegment](err); lost {
		return front.BadRequest("body.condition", words.T("条件の中のセグメントが見つかりません。選び直してください。", "A segment in the condition is not there. Please choose another."))
	}
	return err
}

func (s *Server) segmentMembers(ctx context.Context, slug, id string, offset, limit int) (SegmentMembersReply, error) {
	ws, doc, err := s.ownPeopleSegment(ctx, slug, id)
	if err != nil {
		return SegmentMembersReply{}, err
	}
	var c condition.Condition
	if err := json.Unmarshal(doc.Body, &c); err != nil {
		return SegmentMembersReply{}, fmt.Errorf("read segment %q: %w", doc.ID, err)
	}
	set, _, err := s.segments.find(ctx, ws.ID, c)
	if err != nil {
		return SegmentMembersReply{}, lostSegment(err)
	}
	members, err := s.membersOf(ctx, ws.ID, set.Page(offset, limit))
	return SegmentMembersReply{People: set.Count(), Members: members}, err
}

// membersOf are contacts by their numbers, in their order.
func (s *Server) membersOf(ctx context.Context, ws store.WorkspaceID, numbers []uint32) ([]SegmentMember, error) {
	asked := make([]int64, len(numbers))
	for i, n := range numbers {
		asked[i] = int64(n)
	}
	people, err := s.deps.Store.Contacts.ByNumber(ctx, ws, asked)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(people, func(a, b contact.Contact) int { return int(b.Number - a.Number) })
	out := make([]SegmentMember, len(people))
	for i, one := range people {
		out[i] = SegmentMember{ID: string(one.ID), Name: one.Name, Address: one.Address}
	}
	return out, nil
}
