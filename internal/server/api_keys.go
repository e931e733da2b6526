package server

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// WriteKeysReply lists the keys events are sent with, oldest first.
type WriteKeysReply struct {
	Keys []WriteKeyView `json:"keys"`
}

// WriteKeyView is a write key. It is no secret: every visitor of a website with it
// can read it, and it opens nothing but the door events come in by.
type WriteKeyView struct {
	ID        string    `json:"id"`
	Key       string    `json:"key"`
	Kind      string    `json:"kind" enum:"browser,server"`
	Name      string    `json:"name"`
	Origins   []string  `json:"origins" doc:"websites it works on (www.example.com, *.example.com); empty: any"`
	CreatedAt time.Time `json:"created_at"`
}

// NewWriteKey asks for a write key.
type NewWriteKey struct {
	Kind    string   `json:"kind" enum:"browser,server"`
	Name    string   `json:"name" minLength:"1" maxLength:"100"`
	Origins []string `json:"origins,omitempty" maxItems:"50" doc:"websites it works on (www.example.com, *.example.com); empty: any"`
}

// APIKeysReply lists the keys programs use the API with, oldest first.
type APIKeysReply struct {
	Keys []APIKeyView `json:"keys"`
}

// APIKeyView is an API key without its secret.
type APIKeyView struct {
	ID        string     `json:"id"`
	Hint      string     `json:"hint" doc:"the last letters of the secret"`
	Name      string     `json:"name"`
	Scopes    []string   `json:"scopes"`
	By        string     `json:"by"`
	CreatedAt time.Time  `json:"created_at"`
	LastUsed  *time.Time `json:"last_used" doc:"to about ten minutes; null: never"`
	ExpiresAt *time.Time `json:"expires_at" doc:"null: never"`
}

// NewAPIKey asks for an API key.
type NewAPIKey struct {
	Name   string   `json:"name" minLength:"1" maxLength:"100"`
	Scopes []string `json:"scopes" minItems:"1" maxItems:"3" enum:"read,write,events"`
	Days   int      `json:"days,omitempty" minimum:"0" maximum:"3660" doc:"how long it works; 0: until it is revoked"`
}

// APIKeyMade is the key itself; it is told this once, and only its fingerprint kept.
type APIKeyMade struct {
	ID  string `json:"id"`
	Key string `json:"key"`
}

// OfKey is a key a request is about.
type OfKey struct {
	front.InWorkspace
	ID string `path:"id" maxLength:"80"`
}

func (s *Server) registerKeys(api huma.API) {
	tags := []string{"keys"}
	front.Handle(api, huma.Operation{
		OperationID: "list-write-keys", Metadata: front.Needs(access.SeeKeys), Method: http.MethodGet, Path: "/api/workspaces/{ws}/write-keys",
		Summary: "List the keys events are sent with", Tags: tags,
	}, func(ctx context.Context, in *struct{ front.InWorkspace }) (WriteKeysReply, error) {
		return s.listWriteKeys(ctx, in.Workspace)
	})
	front.Handle(api, huma.Operation{
		OperationID: "create-write-key", Metadata: front.Needs(access.ManageKeys), Method: http.MethodPost, Path: "/api/workspaces/{ws}/write-keys",
		Summary: "Make a key to send events with", Tags: tags, DefaultStatus: http.StatusCreated,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		Body NewWriteKey
	}) (WriteKeyView, error) {
		return s.createWriteKey(ctx, in.Workspace, in.Body)
	})
	front.HandleNothing(api, huma.Operation{
		OperationID: "revoke-write-key", Metadata: front.Needs(access.ManageKeys), Method: http.MethodDelete, Path: "/api/workspaces/{ws}/write-keys/{id}",
		Summary: "End a write key; events sent with it are refused within seconds", Tags: tags,
	}, func(ctx context.Context, in *struct{ OfKey }) error { return s.revokeWriteKey(ctx, in.OfKey) })
	front.Handle(api, huma.Operation{
		OperationID: "list-api-keys", Metadata: front.Needs(access.ManageKeys), Method: http.MethodGet, Path: "/api/workspaces/{ws}/api-keys",
		Summary: "List the keys programs use the API with", Tags: tags,
	}, func(ctx context.Context, in *struct{ front.InWorkspace }) (APIKeysReply, error) {
		return s.listAPIKeys(ctx, in.Workspace)
	})
	front.Handle(api, huma.Operation{
		OperationID: "create-api-key", Metadata: front.Needs(access.ManageKeys), Method: http.MethodPost, Path: "/api/workspaces/{ws}/api-keys",
		Summary: "Make an API key; it is told once", Tags: tags, DefaultStatus: http.StatusCreated,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		Body NewAPIKey
	}) (APIKeyMade, error) {
		return s.createAPIKey(ctx, in.Workspace, in.Body)
	})
	front.HandleNothing(api, huma.Operation{
		OperationID: "revoke-api-key", Metadata: front.Needs(access.ManageKeys), Method: http.MethodDelete, Path: "/api/workspaces/{ws}/api-keys/{id}",
		Summary: "End an API key", Tags: tags,
	}, func(ctx context.Context, in *struct{ OfKey }) error { return s.revokeAPIKey(ctx, in.OfKey) })
}

func (s *Server) listWriteKeys(ctx context.Context, slug string) (WriteKeysReply, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return WriteKeysReply{}, err
	}
	list, err := s.deps.Store.WriteKeys.List(ctx, ws.ID)
	if err != nil {
		return WriteKeysReply{}, err
	}
	reply := WriteKeysReply{Keys: []WriteKeyView{}}
	for _, k := range list {
		if k.RevokedAt.IsZero() {
			reply.Keys = append(reply.Keys, writeKeyView(k))
		}
	}
	return reply, nil
}

func writeKeyView(k store.WriteKey) WriteKeyView {
	return WriteKeyView{ID: string(k.ID), Key: k.Key, Kind: k.Kind, Name: k.Name, Origins: front.Listed(k.Origins), CreatedAt: k.CreatedAt}
}

func (s *Server) createWriteKey(ctx context.Context, slug string, in NewWriteKey) (WriteKeyView, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return WriteKeyView{}, err
	}
	new := store.NewWriteKey{Kind: in.Kind, Name: front.Clean(in.Name)}
	if new.Name == "" {
		return WriteKeyView{}, front.BadRequest("body.name", words.T("名前を入れてください。", "Give it a name."))
	}
	for _, text := range in.Origins {
		site, err := siteOf(text)
		if err != nil {
			return WriteKeyView{}, err
		}
		new.Origins = append(new.Origins, site)
	}
	if new.Key, err = access.NewWriteKey(s.deps.Random); err != nil {
		return WriteKeyView{}, err
	}
	key, err := s.deps.Store.WriteKeys.Create(ctx, ws.ID, new)
	if err != nil {
		return WriteKeyView{}, err
	}
	s.writeKeysChanged()
	return writeKeyView(key), nil
}

// siteOf reads a website as people write it ("https://www.example.co.jp/") as its
// host; "*." before it stands for every name below.
func siteOf(text string) (string, error) {
	host := strings.ToLower(strings.TrimSpace(text))
	if u, err := url.Parse(host); err == nil && u.Host != "" {
		host = u.Host
	}
	bare := strings.TrimPrefix(host, "*.")
	if u, err := url.Parse("https://" + bare); err != nil || u.Host != bare || bare == "" || len(bare) > 253 || strings.ContainsAny(bare, "*@ ") || !front.IsName(bare) {
		return "", front.BadRequest("body.origins", words.T("サイト「%s」が読めません。www.example.co.jp のように書いてください。",
			"The website %q cannot be read. Write it like www.example.com.", front.Clean(text)))
	}
	return host, nil
}

func (s *Server) revokeWriteKey(ctx context.Context, of OfKey) error {
	ws, err := s.workspace(ctx, of.Workspace)
	if err != nil {
		return err
	}
	if !front.IsName(of.ID) {
		return store.ErrNotFound{What: "write key", Name: of.ID}
	}
	if err := s.deps.Store.WriteKeys.Revoke(ctx, ws.ID, store.WriteKeyID(of.ID)); err != nil {
		return err
	}
	s.writeKeysChanged()
	return nil
}

func (s *Server) listAPIKeys(ctx context.Context, slug string) (APIKeysReply, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return APIKeysReply{}, err
	}
	list, err := s.deps.Store.APIKeys.List(ctx, ws.ID)
	if err != nil {
		return APIKeysReply{}, err
	}
	reply := APIKeysReply{Keys: []APIKeyView{}}
	now := s.deps.Clock()
	for _, k := range list {
		if k.RevokedAt.IsZero() && (k.ExpiresAt.IsZero() || now.Before(k.ExpiresAt)) {
			reply.Keys = append(reply.Keys, APIKeyView{
				ID: string(k.ID), Hint: k.Hint, Name: k.Name, Scopes: front.Listed(k.Scopes), By: k.Author, CreatedAt: k.CreatedAt,
				LastUsed: optionalTime(k.LastUsed), ExpiresAt: optionalTime(k.ExpiresAt),
			})
		}
	}
	return reply, nil
}

func optionalTime(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

func (s *Server) createAPIKey(ctx context.Context, slug string, in NewAPIKey) (APIKeyMade, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return APIKeyMade{}, err
	}
	if in.Name = front.Clean(in.Name); in.Name == "" {
		return APIKeyMade{}, front.BadRequest("body.name", words.T("名前を入れてください。", "Give it a name."))
	}
	secret, err := access.NewAPIKey(s.deps.Random)
	if err != nil {
		return APIKeyMade{}, err
	}
	slices.Sort(in.Scopes)
	new := store.NewAPIKey{
		Fingerprint: access.Fingerprint(secret), Hint: access.Hint(secret), Name: in.Name, Author: front.AuthorOf(ctx), Scopes: slices.Compact(in.Scopes),
	}
	if in.Days > 0 {
		new.ExpiresAt = s.deps.Clock().AddDate(0, 0, in.Days)
	}
	key, err := s.deps.Store.APIKeys.Create(ctx, ws.ID, new)
	return APIKeyMade{ID: string(key.ID), Key: secret}, err
}

func (s *Server) revokeAPIKey(ctx context.Context, of OfKey) error {
	ws, err := s.workspace(ctx, of.Workspace)
	if err != nil {
		return err
	}
	if !front.IsName(of.ID) {
		return store.ErrNotFound{What: "API key", Name: of.ID}
	}
	return s.deps.Store.APIKeys.Revoke(ctx, ws.ID, store.APIKeyID(of.ID))
}
