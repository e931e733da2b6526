package server

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/share/viewlink"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// ViewReply is all that a read-only page shows.
type ViewReply struct {
	Shows    []string  `json:"shows" enum:"now,map,findings,glossary" doc:"the parts of the page, in their order"`
	Names    bool      `json:"names" doc:"with the names of people"`
	Until    time.Time `json:"until" doc:"when the page closes"`
	Evidence string    `json:"evidence" enum:"ready,computing" doc:"computing: the links are still being measured; ask again"`
	Map      MapReply  `json:"map" doc:"what is not shown is left out: without the map, all indicators but the KGI"`

	Glossary *GlossaryReply `json:"glossary" doc:"null where it is not shown"`
}

// ViewToken is the secret in the address of a read-only page, and the pass of whoever told
// its password.
type ViewToken struct {
	Token string `path:"token" maxLength:"100"`
	Pass  string `header:"View-Pass" maxLength:"100" doc:"what open-view gave; where the page has a password"`
}

// ViewRequest asks for what a read-only page shows.
type ViewRequest struct {
	front.Lang
	Cached
	ViewToken
}

// ViewPass lets into a page with a password for half a day.
type ViewPass struct {
	Pass string `json:"pass"`
}

func (s *Server) registerViewPage(api huma.API) {
	tags := []string{"views"}
	registerCached(api, huma.Operation{
		OperationID: "get-view", Metadata: front.Needs(access.Anybody), Method: http.MethodGet, Path: "/api/views/{token}",
		Summary: "What a read-only page shows", Tags: tags,
	}, ViewReply{}, s.viewBytes)
	front.Handle(api, huma.Operation{
		OperationID: "open-view", Metadata: front.Needs(access.Anybody), Method: http.MethodPost, Path: "/api/views/{token}/pass",
		Summary: "Tell the password of a read-only page", Tags: tags,
	}, func(ctx context.Context, in *struct {
		Token string `path:"token" maxLength:"100"`
		Body  struct {
			Password string `json:"password" maxLength:"1024"`
		}
	}) (ViewPass, error) {
		return s.openView(ctx, in.Token, in.Body.Password)
	})
	front.HandleNothing(api, huma.Operation{
		OperationID: "count-view", Metadata: front.Needs(access.Anybody), Method: http.MethodPost, Path: "/api/views/{token}/opened",
		Summary: "Tell that a read-only page was opened", Tags: tags,
	}, func(ctx context.Context, in *struct {
		ViewToken
		Body struct {
			Embedded bool `json:"embedded" doc:"inside the page of another site"`
		}
	}) error {
		return s.countView(ctx, in.ViewToken, in.Body.Embedded)
	})
}

// shown is the page a visitor stands before, and the workspace it shows: the one way in
// for whatever visitors without a sign-in may see or do. A closed page, a token never given
// out and a password not yet told are refused.
func (s *Server) shown(ctx context.Context, asked ViewToken) (store.View, store.Workspace, error) {
	view, err := s.deps.Store.Views.Resolve(ctx, asked.Token)
	if err != nil {
		return store.View{}, store.Workspace{}, err
	}
	if view.PasswordHash != "" && !passWorks(view, asked.Pass, s.deps.Clock()) {
		return store.View{}, store.Workspace{}, front.Refuse(http.StatusUnauthorized, words.T(
			"このページには合言葉がかかっています。リンクをくれた人に聞いて、入れてください。",
			"This page asks for a password. Whoever gave you the link knows it."))
	}
	ws, err := s.deps.Store.Workspaces.Get(ctx, view.Workspace)
	return view, ws, err
}

func (s *Server) openView(ctx context.Context, token, password string) (ViewPass, error) {
	view, err := s.deps.Store.Views.Resolve(ctx, token)
	if err != nil {
		return ViewPass{}, err
	}
	if view.PasswordHash == "" {
		return ViewPass{}, nil
	}
	if err := s.slowDown(front.RequestOf(ctx), "view "+string(view.ID)); err != nil {
		return ViewPass{}, err
	}
	right, _, err := s.passwords.check(ctx, view.PasswordHash, password)
	if err != nil {
		return ViewPass{}, err
	}
	if !right {
		return ViewPass{}, front.BadRequest("body.password", words.T("合言葉が違います。", "That is not the password."))
	}
	return ViewPass{newPass(view, s.deps.Clock())}, nil
}

// Bounds of counting: what is counted is people who open a page, not a robot that does.
const (
	countedAtOnce = 20
	countedEvery  = time.Minute
)

// countView counts an opening. Of who it was only a day is kept; the address only bounds how
// much one visitor can count, and is forgotten with the memory it stands in.
func (s *Server) countView(ctx context.Context, asked ViewToken, embedded bool) error {
	view, ws, err := s.shown(ctx, asked)
	if err != nil {
		return err
	}
	known := front.RequestOf(ctx)
	if known.From != nil && !s.attempts.allow(s.deps.Clock(), "opened "+s.clientAddress(known.From), countedEvery, countedAtOnce) {
		return nil
	}
	saved, err := s.model(ctx, ws.ID, 0)
	if err != nil {
		return err
	}
	return s.deps.Store.Views.Opened(ctx, ws.ID, view.ID, series.DayOf(s.deps.Clock().In(saved.model.Location)), embedded)
}

// viewBytes is what is behind a token: always the newest, without anything that edits it,
// without what its maker left out, and nothing of any other workspace.
func (s *Server) viewBytes(ctx context.Context, in ViewRequest) (*packed, error) {
	view, ws, err := s.shown(ctx, in.ViewToken)
	if err != nil {
		return nil, err
	}
	front.RequestOf(ctx).Answer.Set("X-Robots-Tag", noRobots)
	var members []string
	if !view.Names {
		if members, err = s.memberNames(ctx, ws.ID); err != nil {
			return nil, err
		}
	}
	look := lookAt{version: view.Version, lang: in.Words(), readOnly: true, shown: shownAs(view, members)}
	return s.boards.reply(ctx, ws, "", look, func(_ context.Context, b *board, at moment) (any, error) {
		return b.viewReply(view, members, at)
	})
}

// memberNames is what the people of a workspace are called.
func (s *Server) memberNames(ctx context.Context, ws store.WorkspaceID) ([]string, error) {
	members, err := s.deps.Store.Members.List(ctx, ws)
	if err != nil {
		return nil, err
	}
	names := make([]string, len(members))
	for i, m := range members {
		names[i] = m.User.Name
	}
	return names, nil
}

// shownAs is all that the reply of a page depends on beside the map.
func shownAs(view store.View, members []string) string {
	return strings.Join(append([]string{string(view.ID), viewlink.Join(view.Shows), view.ExpiresAt.String()}, members...), "\x00")
}

// viewReply leaves of a map what a page shows.
func (b *board) viewReply(view store.View, members []string, at moment) (any, error) {
	reply, _ := b.mapReply(at)
	shows := func(part viewlink.Part) bool { return slices.Contains(view.Shows, part) }
	if !shows(viewlink.Now) {
		reply.Sentences = []MapSentence{}
	}
	if !shows(viewlink.Map) {
		kgi := b.model.KGI().ID
		reply.Indicators = slices.DeleteFunc(reply.Indicators, func(one MapIndicator) bool { return one.ID != kgi })
		reply.Junctions, reply.Links, reply.Events = []Junction{}, []MapLink{}, []EventView{}
	}
	if !shows(viewlink.Findings) {
		reply.Findings, reply.Smart = []FindingView{}, []SmartLine{}
		for i := range reply.Indicators {
			reply.Indicators[i].Findings = []string{}
		}
	}
	page := ViewReply{Shows: partTexts(view.Shows), Names: view.Names, Until: view.ExpiresAt, Evidence: reply.Evidence, Map: reply}
	if shows(viewlink.Glossary) {
		told := b.glossary(at)
		page.Glossary = &told
	}
	if view.Names {
		return page, nil
	}
	names := append(namesOf(b.model), members...)
	for _, agreed := range page.Map.Model.Agreed {
		names = append(names, agreed.By)
	}
	withoutNames(&page, at.lang)
	return masked(page, viewlink.NewMask(names, somebody.In(at.lang)))
}
