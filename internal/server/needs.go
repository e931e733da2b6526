package server

import (
	"context"
	"errors"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

const actionKey = "action"

// needs declares what an operation does, and with that who may do it; it stands in
// the operation's metadata. An operation without it is refused to everybody.
func needs(action access.Action) map[string]any { return map[string]any{actionKey: action} }

// actionOf is what an operation declares; "" where it declares nothing.
func actionOf(op *huma.Operation) access.Action {
	action, _ := op.Metadata[actionKey].(access.Action)
	return action
}

// describeNeeds writes into the description of the API who may do what.
func describeNeeds(api huma.API) {
	for _, item := range api.OpenAPI().Paths {
		for _, op := range operationsOf(item) {
			action := actionOf(op)
			told := map[string]any{"x-action": string(action)}
			if least := action.Least(); least != "" {
				told["x-least-role"] = string(least)
			}
			if scope := action.Scope(); scope != "" {
				told["x-scope"] = string(scope)
			}
			op.Extensions = told
		}
	}
}

// operationsOf is the operations at one address, by method.
func operationsOf(item *huma.PathItem) map[string]*huma.Operation {
	all := map[string]*huma.Operation{
		http.MethodGet: item.Get, http.MethodPost: item.Post, http.MethodPut: item.Put,
		http.MethodPatch: item.Patch, http.MethodDelete: item.Delete,
	}
	for method, op := range all {
		if op == nil {
			delete(all, method)
		}
	}
	return all
}

// permit is the one place where it is decided whether a request may do what it
// asks for. It comes before anything of the request but its address is read.
func (s *Server) permit(ctx huma.Context, next func(huma.Context)) {
	if err := s.mayDo(ctx); err != nil {
		r, w := humago.Unwrap(ctx)
		if found, ok := errors.AsType[*refusal](err); ok && found.status == http.StatusUnauthorized {
			w.Header().Set("WWW-Authenticate", "Bearer")
		}
		writeProblem(w, r, err)
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
	known := requestOf(ctx.Context())
	if known.inside {
		return nil
	}
	if s.deps.Open {
		known.who = &identity{open: true}
		return nil
	}
	who, err := s.identify(ctx.Context(), known)
	if err != nil {
		return err
	}
	known.who = who
	action := actionOf(ctx.Operation())
	switch {
	case action == access.Anybody:
		return nil
	case !action.Known():
		return notAllowed()
	case who == nil:
		return refuse(http.StatusUnauthorized, words.T("サインインしてください。", "Please sign in."))
	case who.key != nil && (action.Scope() == "" || !slices.Contains(who.key.Scopes, string(action.Scope()))):
		return refuse(http.StatusForbidden, words.T("このAPIキーでは、この操作はできません。", "This API key does not open that."))
	case action.Least() != "":
		return s.mayDoIn(ctx, who, action)
	case action == access.Keep && !who.user.InstanceOwner:
		return refuse(http.StatusForbidden, words.T("これができるのは、はじめにこのShirubeを開いた人だけです。", "Only the person who set up this Shirube can do this."))
	case action == access.Found && !who.user.InstanceOwner:
		return refuse(http.StatusForbidden, words.T(
			"ワークスペースを作れるのは、はじめにこのShirubeを開いた人だけです。その人に頼んでください。",
			"Only the person who set up this Shirube can make workspaces. Ask them to."))
	}
	return nil
}

// may reports whether whoever asks may do something else beside what they asked for: a reply
// holds more for those who may see more.
func may(ctx context.Context, action access.Action) bool {
	known := requestOf(ctx)
	return known.inside || known.may(action)
}

// mayDoIn decides by somebody's role in the workspace the request is about. Whoever
// does not belong to it learns nothing, not even that it is there.
func (s *Server) mayDoIn(ctx huma.Context, who *identity, action access.Action) error {
	ws, err := s.workspace(ctx.Context(), ctx.Param("ws"))
	if err != nil {
		return err
	}
	if who.key != nil {
		if who.key.Workspace != ws.ID {
			return store.ErrNotFound{What: "workspace", Name: ws.Slug}
		}
		return nil // what a key may do stands in its scopes
	}
	standing, err := s.deps.Store.Members.Standing(ctx.Context(), ws.ID, who.user.ID)
	if err != nil {
		return err
	}
	who.role = access.Role(standing.Role)
	who.export = who.role.MayExport(standing.Export)
	if !who.role.May(action) {
		return refuse(http.StatusForbidden, words.T(
			"これができるのは「%s」からです。あなたは「%s」です。オーナーに相談してください。",
			"This takes the role %s; you are %s here. Ask an owner.", roleText(action.Least()), roleText(who.role)))
	}
	if action.Exports() && !who.export {
		return refuse(http.StatusForbidden, words.T(
			"ファイルとして持ち出すことは、あなたには許可されていません。必要なときは、オーナーに相談してください。",
			"You are not allowed to take this out as a file. Ask an owner if you need it."))
	}
	return nil
}

// may reports whether whoever asks may do something else as well, in the workspace that the
// request was let into.
func (r *request) may(action access.Action) bool {
	switch who := r.who; {
	case who == nil:
		return false
	case who.open:
		return true
	case who.key != nil:
		return action.Scope() != "" && slices.Contains(who.key.Scopes, string(action.Scope()))
	default:
		return who.role.May(action) && (!action.Exports() || who.export)
	}
}

// roleText is a role that reads in either language.
func roleText(role access.Role) words.Text {
	return words.Text{JA: role.In(words.JA), EN: role.In(words.EN)}
}

func notAllowed() error {
	return refuse(http.StatusForbidden, words.T("この操作はできません。", "This is not allowed."))
}
