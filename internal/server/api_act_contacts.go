package server

import (
	"context"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// ContactsReply is people with a name, those changed last first.
type ContactsReply struct {
	Contacts []ContactLine `json:"contacts"`
	Total    int           `json:"total"`
}

// ContactView is one person.
type ContactView struct {
	ID         string         `json:"id"`
	Address    string         `json:"address" doc:"empty where none is known"`
	Name       string         `json:"name"`
	Company    *CompanyView   `json:"company" doc:"null where none is known"`
	Owner      string         `json:"owner" doc:"id of the user who looks after them; empty: nobody"`
	OwnerName  string         `json:"owner_name"`
	Tags       []string       `json:"tags"`
	Properties []PropertyView `json:"properties" doc:"by key"`
	CreatedAt  int64          `json:"created_at" doc:"milliseconds since 1970"`
	UpdatedAt  int64          `json:"updated_at"`
	Role       bool           `json:"role" doc:"the address is an office's, such as info@, and may be several people"`
}

// ContactLine is one person in a list.
type ContactLine struct {
	ContactView
	Consent string       `json:"consent" enum:"granted,refused,none" doc:"to advertising of any topic"`
	Points  []PointsView `json:"points" doc:"by the cards that score people now"`
	Last    *LastDoing   `json:"last" doc:"null where nothing is known of them but that they are there"`
}

// PointsView is somebody's points by one card.
type PointsView struct {
	Card   string       `json:"card"`
	Name   string       `json:"name" doc:"of the card"`
	Points front.Number `json:"points"`
	Band   string       `json:"band" doc:"empty below the lowest"`
	Hot    bool         `json:"hot"`
}

// LastDoing is what somebody did last, or what was done with them.
type LastDoing struct {
	At    int64  `json:"at" doc:"milliseconds since 1970"`
	Kind  string `json:"kind" doc:"event, or as in the timeline"`
	Label string `json:"label"`
}

// CompanyView is who somebody works for.
type CompanyView struct {
	ID     string `json:"id"`
	Name   string `json:"name" doc:"the domain where nobody wrote a name"`
	Domain string `json:"domain"`
}

// PropertyView is one property of a person.
type PropertyView struct {
	Key   string `json:"key"`
	Label string `json:"label" doc:"what it is called"`
	Kind  string `json:"kind" enum:"text,number,truth,date"`
	Value string `json:"value"`
	At    int64  `json:"at" doc:"when it was said; milliseconds since 1970"`
}

// NewContact is a person written in by hand or by a program. Whoever is known by the
// address or the user id already gets what is new.
type NewContact struct {
	Address    string            `json:"address,omitempty" maxLength:"1000"`
	UserID     string            `json:"user_id,omitempty" maxLength:"256"`
	Name       string            `json:"name,omitempty" maxLength:"300"`
	Owner      string            `json:"owner,omitempty" maxLength:"80"`
	Tags       []string          `json:"tags,omitempty" maxItems:"100"`
	Properties map[string]string `json:"properties,omitempty"`
	Consent    *NewConsent       `json:"consent,omitempty" doc:"on what ground mail may be sent; without one none is"`
}

// ContactChange is what is to be changed; what is absent stays.
type ContactChange struct {
	Address    *string            `json:"address,omitempty" maxLength:"1000"`
	Name       *string            `json:"name,omitempty" maxLength:"300"`
	Owner      *string            `json:"owner,omitempty" maxLength:"80" doc:"empty takes the owner away"`
	AddTags    []string           `json:"add_tags,omitempty" maxItems:"100"`
	DropTags   []string           `json:"drop_tags,omitempty" maxItems:"100"`
	Properties map[string]*string `json:"properties,omitempty" doc:"by key; null takes one away"`
}

// ContactTagsReply is the tags in use.
type ContactTagsReply struct {
	Tags []TagCount `json:"tags" doc:"by name"`
}

// TagCount is a tag and how many have it.
type TagCount struct {
	Tag   string `json:"tag"`
	Count int    `json:"count"`
}

// ContactPath names one contact of a workspace.
type ContactPath struct {
	front.InWorkspace
	ID string `path:"id" maxLength:"80"`
}

const contactsPath = "/api/workspaces/{ws}/act/contacts"

func (s *Server) registerContacts(api huma.API) {
	tags := []string{"contacts"}
	front.Handle(api, huma.Operation{
		OperationID: "list-contacts", Metadata: front.Needs(access.SeeContacts), Method: http.MethodGet, Path: contactsPath,
		Summary: "People with a name, those changed last first", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
		ContactsQuery
	}) (ContactsReply, error) {
		return s.listContacts(ctx, in.Workspace, in.ContactsQuery, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "create-contact", Metadata: front.Needs(access.EditContacts), Method: http.MethodPost, Path: contactsPath,
		Summary: "Write a person in; one who is known already gets what is new", Tags: tags, DefaultStatus: http.StatusCreated,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
		Body NewContact
	}) (ContactDetail, error) {
		return s.createContact(ctx, in.Workspace, in.Body, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "list-contact-tags", Metadata: front.Needs(access.SeeContacts), Method: http.MethodGet, Path: "/api/workspaces/{ws}/act/contact-tags",
		Summary: "The tags in use", Tags: tags,
	}, func(ctx context.Context, in *struct{ front.InWorkspace }) (ContactTagsReply, error) {
		return s.contactTags(ctx, in.Workspace)
	})
	front.Handle(api, huma.Operation{
		OperationID: "get-contact", Metadata: front.Needs(access.SeeContacts), Method: http.MethodGet, Path: contactsPath + "/{id}",
		Summary: "One person: values, identities, and whether mail may be sent to them", Tags: tags,
	}, func(ctx context.Context, in *struct {
		ContactPath
		front.Lang
	}) (ContactDetail, error) {
		return s.contactDetail(ctx, in.Workspace, in.ID, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "change-contact", Metadata: front.Needs(access.EditContacts), Method: http.MethodPatch, Path: contactsPath + "/{id}",
		Summary: "Change a person's values, tags and owner", Tags: tags,
	}, func(ctx context.Context, in *struct {
		ContactPath
		front.Lang
		Body ContactChange
	}) (ContactDetail, error) {
		return s.changeContact(ctx, in.Workspace, in.ID, in.Body, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "merge-contacts", Metadata: front.Needs(access.EditContacts), Method: http.MethodPost, Path: contactsPath + "/{id}/merge",
		Summary: "Say that two are one: the older id stays, the other leads to it", Tags: tags, DefaultStatus: http.StatusOK,
	}, func(ctx context.Context, in *struct {
		ContactPath
		front.Lang
		Body struct {
			Other string `json:"other" minLength:"1" maxLength:"80" doc:"id of the other"`
		}
	}) (ContactDetail, error) {
		ws, id, err := s.contactID(ctx, in.Workspace, in.ID)
		if err != nil {
			return ContactDetail{}, err
		}
		if !front.IsName(in.Body.Other) {
			return ContactDetail{}, store.ErrNotFound{What: "contact", Name: in.Body.Other}
		}
		one, err := s.mergeContacts(ctx, ws.ID, id, contact.ID(in.Body.Other))
		if err != nil {
			return ContactDetail{}, err
		}
		return s.contactDetail(ctx, in.Workspace, string(one.ID), in.Words())
	})
	s.registerContactTimeline(api)
	s.registerContactConsents(api)
	s.registerContactRights(api)
	s.registerContactImports(api)
}

func (s *Server) contactID(ctx context.Context, slug, id string) (store.Workspace, contact.ID, error) {
	ws, err := s.workspace(ctx, slug)
	if err == nil && !front.IsName(id) {
		err = store.ErrNotFound{What: "contact", Name: "…"}
	}
	return ws, contact.ID(id), err
}

// badContact tells what is wrong with something a person wrote.
func badContact(location string, err error) error {
	if err == nil {
		return nil
	}
	return front.BadRequest(location, words.Text{JA: words.In(err, words.JA), EN: words.In(err, words.EN)})
}

func (s *Server) createContact(ctx context.Context, slug string, in NewContact, lang words.Lang) (ContactDetail, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return ContactDetail{}, err
	}
	now := event.Millis(s.deps.Clock().UnixMilli())
	seen := contact.Sighting{At: now, UserID: front.Clean(in.UserID), Name: front.Clean(in.Name), Owner: in.Owner, Properties: map[string]contact.Value{}}
	if in.Address != "" {
		a, err := contact.ParseAddress(in.Address)
		if err != nil {
			return ContactDetail{}, badContact("body.address", err)
		}
		seen.Address = a.Written
	}
	if seen.Address == "" && seen.UserID == "" {
		return ContactDetail{}, front.BadRequest("body.address", words.T("メールアドレスかIDを書いてください。", "Write an address or a user id."))
	}
	if err := s.knownOwner(ctx, ws.ID, in.Owner); err != nil {
		return ContactDetail{}, err
	}
	if seen.Tags, err = cleanTags("body.tags", in.Tags); err != nil {
		return ContactDetail{}, err
	}
	for key, text := range in.Properties {
		v := contact.ReadText(text)
		if err := firstError(contact.CheckKey(key), v.Check()); err != nil {
			return ContactDetail{}, badContact("body.properties", err)
		}
		seen.Properties[key] = v
	}
	if len(seen.Properties) > contact.MaxProperties {
		return ContactDetail{}, tooManyProperties()
	}
	var id contact.ID
	err = s.deps.Store.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		folded, err := tx.Contacts.Upsert(ctx, ws.ID, []contact.Sighting{seen})
		if err != nil {
			return err
		}
		id = folded.Of[0]
		if err := s.learned(ctx, tx, ws.ID, folded); err != nil {
			return err
		}
		if in.Consent == nil {
			return nil
		}
		if seen.Address == "" {
			return front.BadRequest("body.consent", words.T("同意を記録するには、メールアドレスが必要です。", "A consent needs an address."))
		}
		return s.addConsent(ctx, tx, ws.ID, id, seen.Identities()[0].Value, *in.Consent)
	})
	if err != nil {
		return ContactDetail{}, err
	}
	s.segments.changed(ws.ID)
	return s.contactDetail(ctx, slug, string(id), lang)
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func tooManyProperties() error {
	return front.BadRequest("body.properties", words.T("項目が多すぎます（%d個まで）。", "There are too many properties (up to %d).", contact.MaxProperties))
}

func cleanTags(location string, tags []string) ([]string, error) {
	list := make([]string, len(tags))
	for i, tag := range tags {
		var err error
		if list[i], err = contact.CleanTag(tag); err != nil {
			return nil, badContact(location, err)
		}
	}
	return list, nil
}

// knownOwner refuses an owner who does not belong to the workspace.
func (s *Server) knownOwner(ctx context.Context, ws store.WorkspaceID, owner string) error {
	if owner == "" {
		return nil
	}
	if front.IsName(owner) {
		if _, err := s.deps.Store.Members.Role(ctx, ws, store.UserID(owner)); err == nil {
			return nil
		}
	}
	return front.BadRequest("body.owner", words.T("担当者が、このワークスペースにいません。", "The owner does not belong to this workspace."))
}

func (s *Server) changeContact(ctx context.Context, slug, id string, in ContactChange, lang words.Lang) (ContactDetail, error) {
	ws, key, err := s.contactID(ctx, slug, id)
	if err != nil {
		return ContactDetail{}, err
	}
	before, err := s.deps.Store.Contacts.Get(ctx, ws.ID, key)
	if err != nil {
		return ContactDetail{}, err
	}
	edit := store.ContactEdit{Owner: in.Owner, DropTags: in.DropTags, By: front.AuthorOf(ctx)}
	if in.Address != nil {
		a, err := contact.ParseAddress(*in.Address)
		if err != nil {
			return ContactDetail{}, badContact("body.address", err)
		}
		edit.Address = &a.Written
	}
	if in.Name != nil {
		name := contact.Clip(front.Clean(*in.Name), contact.MaxName)
		edit.Name = &name
	}
	if in.Owner != nil {
		if err := s.knownOwner(ctx, ws.ID, *in.Owner); err != nil {
			return ContactDetail{}, err
		}
	}
	if edit.AddTags, err = cleanTags("body.add_tags", in.AddTags); err != nil {
		return ContactDetail{}, err
	}
	fresh := len(before.Properties)
	for key, text := range in.Properties {
		if edit.Properties == nil {
			edit.Properties = map[string]*contact.Value{}
		}
		if edit.Properties[key] = nil; text == nil {
			continue
		}
		v := valueLike(before.Properties[key], *text)
		if err := firstError(contact.CheckKey(key), v.Check()); err != nil {
			return ContactDetail{}, badContact("body.properties", err)
		}
		if _, there := before.Properties[key]; !there {
			fresh++
		}
		edit.Properties[key] = &v
	}
	if fresh > contact.MaxProperties {
		return ContactDetail{}, tooManyProperties()
	}
	_, err = s.deps.Store.Contacts.Change(ctx, ws.ID, key, edit)
	if taken, is := asExists(err); is {
		return ContactDetail{}, &front.Refusal{Status: http.StatusConflict, Location: "body.address", What: words.T(
			"そのアドレスは、ほかの連絡先のものです。同じ人なら、2つを1つにまとめてください。", "That address is another contact's (%[1]s). If they are one, merge the two.", taken.Name)}
	}
	if err != nil {
		return ContactDetail{}, err
	}
	s.segments.changed(ws.ID)
	return s.contactDetail(ctx, slug, id, lang)
}

// valueLike reads a text as the kind of value that stands there now, where it is one.
func valueLike(now contact.Value, text string) contact.Value {
	switch now.Kind {
	case contact.Number:
		if n, err := strconv.ParseFloat(text, 64); err == nil {
			return contact.NumberValue(n)
		}
	case contact.Truth:
		if yes, err := strconv.ParseBool(text); err == nil {
			return contact.TruthValue(yes)
		}
	}
	return contact.ReadText(text)
}
