package front

import (
	"context"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/words"
)

const actionKey = "action"

// needs declares what an operation does, and with that who may do it; it stands in
// the operation's metadata. An operation without it is refused to everybody.
func Needs(action access.Action) map[string]any { return map[string]any{actionKey: action} }

// ActionOf is what an operation declares; "" where it declares nothing.
func ActionOf(op *huma.Operation) access.Action {
	action, _ := op.Metadata[actionKey].(access.Action)
	return action
}

// DescribeNeeds writes into the description of the API who may do what.
func DescribeNeeds(api huma.API) {
	for _, item := range api.OpenAPI().Paths {
		for _, op := range OperationsOf(item) {
			action := ActionOf(op)
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

// OperationsOf is the operations at one address, by method.
func OperationsOf(item *huma.PathItem) map[string]*huma.Operation {
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

// May reports whether whoever asks may do something else beside what they asked for: a reply
// holds more for those who may see more.
func May(ctx context.Context, action access.Action) bool {
	known := RequestOf(ctx)
	return known.Inside || known.May(action)
}

// May reports whether whoever asks may do something else as well, in the workspace that the
// request was let into.
func (r *Request) May(action access.Action) bool {
	switch who := r.Who; {
	case who == nil:
		return false
	case who.Open:
		return true
	case who.Key != nil:
		return action.Scope() != "" && slices.Contains(who.Key.Scopes, string(action.Scope()))
	default:
		return who.Role.May(action) && (!action.Exports() || who.Export)
	}
}

// RoleText is a role that reads in either language.
func RoleText(role access.Role) words.Text {
	return words.Text{JA: role.In(words.JA), EN: role.In(words.EN)}
}

func NotAllowed() error {
	return Refuse(http.StatusForbidden, words.T("この操作はできません。", "This is not allowed."))
}
