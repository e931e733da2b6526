package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/warehouse"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// PersonReply is everything kept of one person: what is handed out when they ask.
type PersonReply struct {
	ID     string     `json:"id"`
	Events []EventRow `json:"events" doc:"the oldest first"`
	Note   string     `json:"note" doc:"where else something may be"`
}

// ErasedReply says what was deleted.
type ErasedReply struct {
	Events int64  `json:"events"`
	Note   string `json:"note" doc:"where else something may be"`
}

// RetentionView is how long single events are kept.
type RetentionView struct {
	Months int `json:"months" minimum:"0" maximum:"120" doc:"0: until they are deleted by hand. Daily numbers stay."`
}

func (s *Server) registerPrivacy(api huma.API) {
	tags := []string{"privacy"}
	const person, retention = "/api/workspaces/{ws}/measure/person", "/api/workspaces/{ws}/measure/retention"
	type whose struct {
		front.InWorkspace
		front.Lang
		ID     string `query:"id" maxLength:"300" doc:"a user id or an anonymous id, as it was sent"`
		Person string `query:"person" maxLength:"20" pattern:"^(#[0-9]+)?$" doc:"or what rows of events call the person: #5"`
	}
	whom := func(in *whose) (warehouse.Who, error) {
		if (in.ID == "") == (in.Person == "") {
			return warehouse.Who{}, front.BadRequest("query.id", words.T("だれのことかを、id か person のどちらか一つで指定してください。", "Say who is meant by either id or person."))
		}
		return warehouse.Who{ID: in.ID, Person: in.Person}, nil
	}
	front.Handle(api, huma.Operation{
		OperationID: "get-person", Metadata: front.Needs(access.Manage), Method: http.MethodGet, Path: person,
		Summary: "Everything kept of one person", Tags: tags,
	}, func(ctx context.Context, in *whose) (PersonReply, error) {
		who, err := whom(in)
		if err != nil {
			return PersonReply{}, err
		}
		a, err := s.ask(ctx, in.Workspace, MeasuredSpan{}, in.Words())
		if err != nil {
			return PersonReply{}, err
		}
		rows, err := a.reader.Person(ctx, a.scope.Workspace, who)
		if err != nil {
			return PersonReply{}, err
		}
		reply := PersonReply{ID: in.ID + in.Person, Events: make([]EventRow, len(rows)), Note: elsewhere(in.Words())}
		for i, row := range rows {
			reply.Events[i] = a.eventRow(row)
		}
		return reply, nil
	})
	front.Handle(api, huma.Operation{
		OperationID: "erase-person", Metadata: front.Needs(access.Manage), Method: http.MethodDelete, Path: person,
		Summary: "Delete every event of one person, also those still on their way", Tags: tags, DefaultStatus: http.StatusOK,
	}, func(ctx context.Context, in *whose) (ErasedReply, error) {
		who, err := whom(in)
		if err != nil {
			return ErasedReply{}, err
		}
		return s.erasePerson(ctx, in.Workspace, who, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "get-retention", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: retention,
		Summary: "How long single events are kept", Tags: tags,
	}, func(ctx context.Context, in *struct{ front.InWorkspace }) (RetentionView, error) {
		ws, err := s.workspace(ctx, in.Workspace)
		if err != nil {
			return RetentionView{}, err
		}
		return s.retention(ctx, ws.ID)
	})
	front.Handle(api, huma.Operation{
		OperationID: "put-retention", Metadata: front.Needs(access.Manage), Method: http.MethodPut, Path: retention,
		Summary: "Set how long single events are kept; older ones are deleted every day", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		Body RetentionView
	}) (RetentionView, error) {
		ws, err := s.workspace(ctx, in.Workspace)
		if err != nil {
			return RetentionView{}, err
		}
		text, err := json.Marshal(in.Body)
		if err != nil {
			return RetentionView{}, fmt.Errorf("keep retention: %w", err)
		}
		_, err = s.deps.Store.Documents.Put(ctx, ws.ID, kindRetention, store.Document{ID: kindRetention, Name: kindRetention, Body: text, Author: front.AuthorOf(ctx)})
		return in.Body, err
	})
}

const kindRetention = "retention"

func (s *Server) retention(ctx context.Context, ws store.WorkspaceID) (RetentionView, error) {
	doc, err := s.deps.Store.Documents.Get(ctx, ws, kindRetention, kindRetention)
	if _, none := errors.AsType[store.ErrNotFound](err); none {
		return RetentionView{}, nil
	}
	if err != nil {
		return RetentionView{}, err
	}
	var view RetentionView
	if err := json.Unmarshal(doc.Body, &view); err != nil {
		return RetentionView{}, fmt.Errorf("read retention of %q: %w", ws, err)
	}
	return view, nil
}

// before is the first day whose events are kept.
func (v RetentionView) before(now time.Time) series.Day {
	return series.DayOf(now.AddDate(0, -v.Months, 0))
}

// elsewhere tells where the program cannot look for a person by itself.
func elsewhere(lang words.Lang) string {
	return words.T("アップロードした表や、書き出して配ったファイルに同じ人が載っていることがあります。そちらは手で確かめてください。",
		"Tables that were uploaded and files that were exported may name the same person. Please check those by hand.").In(lang)
}

// erasePerson deletes a person everywhere events are: in the warehouse, which refuses
// what of them is still in the inbox, in the live view, and in what was set aside because
// nobody could read it. The numbers that rest on them are counted again.
func (s *Server) erasePerson(ctx context.Context, slug string, who warehouse.Who, lang words.Lang) (ErasedReply, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return ErasedReply{}, err
	}
	if s.measuring == nil {
		return ErasedReply{}, noEvents()
	}
	of := event.Workspace(ws.ID)
	// Afterwards nobody knows any more which ids were this person's.
	rows, err := s.measuring.warehouse.Person(ctx, of, who)
	if err != nil {
		return ErasedReply{}, err
	}
	theirs := map[string]bool{who.ID: true}
	for _, row := range rows {
		theirs[row.UserID], theirs[row.AnonymousID], theirs[row.Visitor] = true, true, true
	}
	delete(theirs, "")
	deleted, err := s.measuring.warehouse.ErasePerson(ctx, of, who)
	if err != nil {
		return ErasedReply{}, err
	}
	s.measuring.hub.Forget(of, func(e *event.Event) bool { return theirs[e.UserID] || theirs[e.AnonymousID] || theirs[e.Visitor] })
	if _, err := s.deps.Store.Inbox.EmptyAside(ctx); err != nil {
		return ErasedReply{}, err
	}
	for one := range theirs {
		if _, err := s.deps.Store.Submissions.Erase(ctx, ws.ID, one, "", one); err != nil {
			return ErasedReply{}, err
		}
	}
	s.folding.again()
	// Who it was does not stand in the log either.
	front.RequestOf(ctx).Log.Info("a person was erased", "workspace", ws.Slug, "events", deleted)
	return ErasedReply{Events: deleted, Note: elsewhere(lang)}, nil
}

// forgetEvery is how often it is looked for events that are too old.
const forgetEvery = 24 * time.Hour

// forget deletes what is older than its workspace keeps, now and every day.
func (s *Server) forget(ctx context.Context) {
	ticker := time.NewTicker(forgetEvery)
	defer ticker.Stop()
	for {
		if err := s.forgetOld(ctx); err != nil && ctx.Err() == nil {
			s.deps.Log.Error("deleting old events", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

func (s *Server) forgetOld(ctx context.Context) error {
	list, err := s.deps.Store.Workspaces.List(ctx)
	if err != nil {
		return err
	}
	var errs []error
	for _, ws := range list {
		kept, err := s.retention(ctx, ws.ID)
		if err == nil && kept.Months > 0 {
			before := kept.before(s.deps.Clock())
			var deleted int64
			deleted, err = s.measuring.warehouse.ForgetBefore(ctx, event.Workspace(ws.ID), before)
			if deleted > 0 {
				s.deps.Log.Info("old events deleted", "workspace", ws.Slug, "events", deleted, "before", before)
			}
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("delete old events of %q: %w", ws.Slug, err))
		}
	}
	return errors.Join(errs...)
}
