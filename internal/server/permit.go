package server

import (
	"errors"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// permit is the one place where it is decided whether a request may do what it
// asks for. It comes before anything of the request but its address is read.
func (s *Server) permit(ctx huma.Context, next func(huma.Context)) {
	if err := s.mayDo(ctx); err != nil {
		r, w := humago.Unwrap(ctx)
		if found, ok := errors.AsType[*front.Refusal](err); ok && found.Status == http.StatusUnauthorized {
			w.Header().Set("WWW-Authenticate", "Bearer")
		}
		front.WriteProblem(w, r, err)
		return
	}
	done := s.audited(ctx)
	next(ctx)
	switch {
	case done != nil:
		done(ctx.Status())
	case ctx.Status() < http.StatusMultipleChoices:
		s.looked(ctx)
		s.tookOut(ctx)
	}
}

func (s *Server) mayDo(ctx huma.Context) error {
	known := front.RequestOf(ctx.Context())
	if known.Inside {
		return nil
	}
	if s.deps.Open {
		known.Who = &front.Identity{Open: true}
		return nil
	}
	who, err := s.identify(ctx.Context(), known)
	if err != nil {
		return err
	}
	known.Who = who
	action := front.ActionOf(ctx.Operation())
	switch {
	case action == access.Anybody:
		return nil
	case !action.Known():
		return front.NotAllowed()
	case who == nil:
		return front.Refuse(http.StatusUnauthorized, words.T("サインインしてください。", "Please sign in."))
	case who.Key != nil && (action.Scope() == "" || !slices.Contains(who.Key.Scopes, string(action.Scope()))):
		return front.Refuse(http.StatusForbidden, words.T("このAPIキーでは、この操作はできません。", "This API key does not open that."))
	case action.Least() != "":
		return s.mayDoIn(ctx, who, action)
	case action == access.Keep && !who.User.InstanceOwner:
		return front.Refuse(http.StatusForbidden, words.T("これができるのは、はじめにこのShirubeを開いた人だけです。", "Only the person who set up this Shirube can do this."))
	case action == access.Found && !who.User.InstanceOwner:
		return front.Refuse(http.StatusForbidden, words.T(
			"ワークスペースを作れるのは、はじめにこのShirubeを開いた人だけです。その人に頼んでください。",
			"Only the person who set up this Shirube can make workspaces. Ask them to."))
	}
	return nil
}

// mayDoIn decides by somebody's role in the workspace the request is about. Whoever
// does not belong to it learns nothing, not even that it is there.
func (s *Server) mayDoIn(ctx huma.Context, who *front.Identity, action access.Action) error {
	ws, err := s.workspace(ctx.Context(), ctx.Param("ws"))
	if err != nil {
		return err
	}
	if who.Key != nil {
		if who.Key.Workspace != ws.ID {
			return store.ErrNotFound{What: "workspace", Name: ws.Slug}
		}
		return nil // what a key may do stands in its scopes
	}
	standing, err := s.deps.Store.Members.Standing(ctx.Context(), ws.ID, who.User.ID)
	if err != nil {
		return err
	}
	who.Role = access.Role(standing.Role)
	who.Export = who.Role.MayExport(standing.Export)
	if !who.Role.May(action) {
		return front.Refuse(http.StatusForbidden, words.T(
			"これができるのは「%s」からです。あなたは「%s」です。オーナーに相談してください。",
			"This takes the role %s; you are %s here. Ask an owner.", front.RoleText(action.Least()), front.RoleText(who.Role)))
	}
	if action.Exports() && !who.Export {
		return front.Refuse(http.StatusForbidden, words.T(
			"ファイルとして持ち出すことは、あなたには許可されていません。必要なときは、オーナーに相談してください。",
			"You are not allowed to take this out as a file. Ask an owner if you need it."))
	}
	return nil
}
