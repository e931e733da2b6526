package server

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/share/viewlink"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// ViewsReply lists the read-only pages: those that work, and those closed of late.
type ViewsReply struct {
	Views []ViewView `json:"views" doc:"the newest first"`
}

// ViewView is one read-only page, without the secret in its address.
type ViewView struct {
	ID        string    `json:"id"`
	Name      string    `json:"name" doc:"for those who manage it; visitors do not see it"`
	Author    string    `json:"author" doc:"who made it; empty where nobody signs in"`
	State     string    `json:"state" enum:"open,expired,closed"`
	CreatedAt time.Time `json:"created_at"`
	ExpiresAt time.Time `json:"expires_at"`
	Locked    bool      `json:"locked" doc:"a password is asked for"`
	Shows     []string  `json:"shows" enum:"now,map,findings,glossary"`
	Names     bool      `json:"names" doc:"with the names of people"`
	Sites     []string  `json:"sites" doc:"hosts whose pages may show it in a frame"`

	Opened int           `json:"opened" doc:"how often it was opened; of who opened it nothing is kept"`
	LastAt *time.Time    `json:"last_at"`
	Days   []ViewDayView `json:"days" doc:"the days it was opened on, of the last 90"`
}

// ViewDayView is how often a page was opened on one day.
type ViewDayView struct {
	Day      series.Day `json:"day" format:"date"`
	Opened   int        `json:"opened"`
	Embedded int        `json:"embedded" doc:"of these, inside the page of another site"`
}

// NewView asks for a read-only page.
type NewView struct {
	Name     string   `json:"name,omitempty" maxLength:"200" doc:"for those who manage it"`
	Days     int      `json:"days,omitempty" minimum:"1" maximum:"366" default:"30" doc:"how long it works"`
	Password string   `json:"password,omitempty" maxLength:"1024" doc:"asked for before anything is shown"`
	Shows    []string `json:"shows,omitempty" enum:"now,map,findings,glossary" maxItems:"4" doc:"now and map where absent"`
	Names    bool     `json:"names,omitempty" doc:"with the names of people; without where absent"`
	Sites    []string `json:"sites,omitempty" maxItems:"20" doc:"hosts whose pages may show it in a frame; none where absent"`
}

// ChangedView replaces what a read-only page shows and asks for; its address stays.
type ChangedView struct {
	Name     string   `json:"name" maxLength:"200"`
	Days     int      `json:"days,omitempty" minimum:"0" maximum:"366" doc:"how long it works from now on; as before where absent"`
	Password *string  `json:"password,omitempty" maxLength:"1024" doc:"as before where absent; none where empty"`
	Shows    []string `json:"shows" enum:"now,map,findings,glossary" maxItems:"4"`
	Names    bool     `json:"names"`
	Sites    []string `json:"sites" maxItems:"20"`
}

// ViewMade is the page's address; it is told once and only its fingerprint kept.
type ViewMade struct {
	ID        string    `json:"id"`
	Token     string    `json:"token"`
	URL       string    `json:"url"`
	Embed     string    `json:"embed" doc:"the same page for frames of the sites it names; empty without any"`
	ExpiresAt time.Time `json:"expires_at"`
}

// viewDays is how far back the openings of a page are listed, and how long one that is
// closed stays in the list.
const viewDays = 90

func (s *Server) registerViews(api huma.API) {
	tags := []string{"views"}
	front.Handle(api, huma.Operation{
		OperationID: "list-views", Metadata: front.Needs(access.ShareOut), Method: http.MethodGet, Path: "/api/workspaces/{ws}/views",
		Summary: "List the read-only pages", Tags: tags,
	}, func(ctx context.Context, in *struct{ front.InWorkspace }) (ViewsReply, error) {
		return s.listViews(ctx, in.Workspace)
	})
	front.Handle(api, huma.Operation{
		OperationID: "create-view", Metadata: front.Needs(access.ShareOut), Method: http.MethodPost, Path: "/api/workspaces/{ws}/views",
		Summary: "Make a read-only page to show", Tags: tags, DefaultStatus: http.StatusCreated,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		Body NewView
	}) (ViewMade, error) {
		return s.createView(ctx, in.Workspace, in.Body)
	})
	front.Handle(api, huma.Operation{
		OperationID: "change-view", Metadata: front.Needs(access.ShareOut), Method: http.MethodPut, Path: "/api/workspaces/{ws}/views/{id}",
		Summary: "Change what a read-only page shows and asks for", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		ID   string `path:"id" maxLength:"80"`
		Body ChangedView
	}) (ViewView, error) {
		return s.changeView(ctx, in.Workspace, in.ID, in.Body)
	})
	front.HandleNothing(api, huma.Operation{
		OperationID: "delete-view", Metadata: front.Needs(access.ShareOut), Method: http.MethodDelete, Path: "/api/workspaces/{ws}/views/{id}",
		Summary: "Close a read-only page", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		ID string `path:"id" maxLength:"80"`
	}) error {
		return s.deleteView(ctx, in.Workspace, in.ID)
	})
	s.registerViewPage(api)
	s.registerGlossary(api)
	s.registerWorkbook(api)
	s.registerPicture(api)
}

func (s *Server) listViews(ctx context.Context, slug string) (ViewsReply, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return ViewsReply{}, err
	}
	list, err := s.deps.Store.Views.List(ctx, ws.ID)
	if err != nil {
		return ViewsReply{}, err
	}
	looks, err := s.deps.Store.Views.Looks(ctx, ws.ID)
	if err != nil {
		return ViewsReply{}, err
	}
	reply := ViewsReply{Views: []ViewView{}}
	now := s.deps.Clock()
	for _, v := range list {
		if closed := closedAt(v, now); closed.IsZero() || now.Sub(closed) < viewDays*24*time.Hour {
			reply.Views = append(reply.Views, viewView(v, looks[v.ID], now))
		}
	}
	return reply, nil
}

// closedAt is when a page stopped working; zero for one that works.
func closedAt(v store.View, now time.Time) time.Time {
	switch {
	case !v.RevokedAt.IsZero():
		return v.RevokedAt
	case !v.ExpiresAt.IsZero() && !now.Before(v.ExpiresAt):
		return v.ExpiresAt
	}
	return time.Time{}
}

func viewView(v store.View, days []store.ViewDay, now time.Time) ViewView {
	view := ViewView{
		ID: string(v.ID), Name: v.Name, Author: v.Author, State: "open", CreatedAt: v.CreatedAt, ExpiresAt: v.ExpiresAt,
		Locked: v.PasswordHash != "", Shows: partTexts(v.Shows), Names: v.Names, Sites: front.Listed(v.Sites), Days: []ViewDayView{},
	}
	switch {
	case !v.RevokedAt.IsZero():
		view.State = "closed"
	case !closedAt(v, now).IsZero():
		view.State = "expired"
	}
	since := series.DayOf(now) - viewDays
	for _, day := range days {
		view.Opened += day.Opened
		if at := day.LastAt; view.LastAt == nil || at.After(*view.LastAt) {
			view.LastAt = &at
		}
		if day.Day > since {
			view.Days = append(view.Days, ViewDayView{Day: day.Day, Opened: day.Opened, Embedded: day.Embedded})
		}
	}
	return view
}

func partTexts(parts []viewlink.Part) []string {
	texts := make([]string, len(parts))
	for i, part := range parts {
		texts[i] = string(part)
	}
	return texts
}

// viewSettings checks what is asked of a page; without any part it would be empty.
func (s *Server) viewSettings(name string, shows, sites []string, names bool) (store.ViewSettings, error) {
	settings := store.ViewSettings{Name: front.Clean(name), Names: names}
	asked := make([]viewlink.Part, len(shows))
	for i, part := range shows {
		asked[i] = viewlink.Part(part)
	}
	if settings.Shows = viewlink.Sorted(asked); len(settings.Shows) == 0 {
		return settings, front.BadRequest("body.shows", words.T("見せるものを、ひとつは選んでください。", "Choose at least one thing to show."))
	}
	for i, typed := range sites {
		site, why, ok := viewlink.Site(typed)
		if !ok {
			return settings, front.BadRequest(fmt.Sprintf("body.sites[%d]", i), why)
		}
		settings.Sites = append(settings.Sites, site)
	}
	return settings, nil
}

func (s *Server) createView(ctx context.Context, slug string, asked NewView) (ViewMade, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return ViewMade{}, err
	}
	if asked.Shows == nil {
		asked.Shows = partTexts(viewlink.Usual)
	}
	settings, err := s.viewSettings(asked.Name, asked.Shows, asked.Sites, asked.Names)
	if err != nil {
		return ViewMade{}, err
	}
	settings.ExpiresAt = s.deps.Clock().AddDate(0, 0, asked.Days)
	if asked.Password != "" {
		if settings.PasswordHash, err = s.passwords.chosen(ctx, "body.password", asked.Password, ws.Name); err != nil {
			return ViewMade{}, err
		}
	}
	view, token, err := s.deps.Store.Views.Create(ctx, ws.ID, store.NewView{ViewSettings: settings, Author: front.AuthorOf(ctx)})
	if err != nil {
		return ViewMade{}, err
	}
	made := ViewMade{ID: string(view.ID), Token: token, URL: viewPath + token, ExpiresAt: view.ExpiresAt}
	if len(view.Sites) > 0 {
		made.Embed = embedPath + token
	}
	return made, nil
}

func (s *Server) changeView(ctx context.Context, slug, id string, asked ChangedView) (ViewView, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return ViewView{}, err
	}
	if !front.IsName(id) {
		return ViewView{}, store.ErrNotFound{What: "view", Name: id}
	}
	before, err := s.deps.Store.Views.Get(ctx, ws.ID, store.ViewID(id))
	if err != nil {
		return ViewView{}, err
	}
	settings, err := s.viewSettings(asked.Name, asked.Shows, asked.Sites, asked.Names)
	if err != nil {
		return ViewView{}, err
	}
	settings.ExpiresAt, settings.PasswordHash = before.ExpiresAt, before.PasswordHash
	if asked.Days > 0 {
		settings.ExpiresAt = s.deps.Clock().AddDate(0, 0, asked.Days)
	}
	if asked.Password != nil {
		settings.PasswordHash = ""
		if *asked.Password != "" {
			if settings.PasswordHash, err = s.passwords.chosen(ctx, "body.password", *asked.Password, ws.Name); err != nil {
				return ViewView{}, err
			}
		}
	}
	if err := s.deps.Store.Views.Change(ctx, ws.ID, before.ID, settings); err != nil {
		return ViewView{}, err
	}
	looks, err := s.deps.Store.Views.Looks(ctx, ws.ID)
	if err != nil {
		return ViewView{}, err
	}
	before.ViewSettings = settings
	return viewView(before, looks[before.ID], s.deps.Clock()), nil
}

func (s *Server) deleteView(ctx context.Context, slug, id string) error {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return err
	}
	if !front.IsName(id) {
		return store.ErrNotFound{What: "view", Name: id}
	}
	return s.deps.Store.Views.Revoke(ctx, ws.ID, store.ViewID(id))
}
