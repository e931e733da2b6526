package server

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
)

// outside is every operation that is not about one workspace, with what it needs. A
// new one has to be thought about, and listed here.
var outside = map[string]access.Action{
	"get-health": access.Anybody, "get-view": access.Anybody, "open-view": access.Anybody, "count-view": access.Anybody, // a read-only page is opened by its secret
	"open-ask-page": access.Anybody, "ask-from-outside": access.Anybody, "list-own-questions": access.Anybody, "answer-from-outside": access.Anybody, // by the secret in the address
	"get-me": access.Anybody, "sign-in": access.Anybody, "sign-out": access.Anybody,
	"look-at-link": access.Anybody, "use-link": access.Anybody,
	"ask-sign-in-link": access.Anybody, "look-at-sign-in-link": access.Anybody, "use-sign-in-link": access.Anybody,
	"list-workspaces": access.Browse, "list-goals": access.Browse, "list-templates": access.Browse,
	"create-workspace": access.Found, "get-house": access.Keep, "try-house-mail": access.Keep,
	"update-me": access.SignIn, "change-password": access.SignIn, "list-sign-ins": access.SignIn,
	"end-sign-in": access.SignIn, "end-all-sign-ins": access.SignIn,
	"list-identities": access.SignIn, "untie-identity": access.SignIn, "list-account-record": access.SignIn,
}

// everyOperation goes over what the API's own description says there is.
func everyOperation(r *rig, do func(method, path string, op *huma.Operation)) {
	for path, item := range r.api.OpenAPI().Paths {
		for method, op := range front.OperationsOf(item) {
			do(method, path, op)
		}
	}
}

// An operation that does not say what it needs would be a door without a lock.
func TestEveryOperationSaysWhatItNeeds(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	everyOperation(r, func(method, path string, op *huma.Operation) {
		action := front.ActionOf(op)
		inWorkspace := strings.Contains(path, "{ws}")
		switch {
		case !action.Known():
			t.Errorf("%s (%s %s) declares no action: write Metadata: needs(access.…) into its operation", op.OperationID, method, path)
		case inWorkspace && action.Least() == "":
			t.Errorf("%s (%s %s) is about a workspace, but %q asks for no role in it", op.OperationID, method, path, action)
		case !inWorkspace && outside[op.OperationID] != action:
			t.Errorf("%s (%s %s) is about no workspace and %q: list it in this test, or give its path a workspace", op.OperationID, method, path, action)
		case method != http.MethodGet && method != http.MethodPost && action.Scope() == access.ScopeRead:
			t.Errorf("%s (%s %s) changes something, but an API key that may only read can do it", op.OperationID, method, path)
		}
	})
}

// Somebody of another workspace, somebody signed out, everybody whose role is too
// small, and keys of others try every operation there is. A new operation is tried
// without anybody thinking of it.
func TestNobodyCrosses(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ours := h.plant("ours", smallModel, nil)
	theirs := h.plant("theirs", smallModel, nil)
	owner := h.join(ours.ID, "owner@ours", access.Owner)
	stranger := h.join(theirs.ID, "owner@theirs", access.Owner)
	people := map[access.Role]*browser{access.Owner: owner}
	for _, role := range access.Roles[1:] {
		people[role] = h.join(ours.ID, string(role)+"@ours", role)
	}
	keys := map[access.Scope]string{}
	for _, scope := range access.Scopes {
		keys[scope] = owner.must(201, "POST", "/api/workspaces/ours/api-keys", object{"name": "k", "scopes": []string{string(scope)}})["key"].(string)
	}
	strangersKey := stranger.must(201, "POST", "/api/workspaces/theirs/api-keys", object{"name": "k", "scopes": access.Scopes})["key"].(string)
	before := h.stateOf(ours.ID)

	everyOperation(h.rig, func(method, path string, op *huma.Operation) {
		name, action := method+" "+path, front.ActionOf(op)
		at := filled(path)
		tries := func(who string, a answered, status int) {
			if a.status != status {
				t.Errorf("%s as %s: %d, not %d: %.200s", name, who, a.status, status, a.text)
			}
		}
		if action == access.Anybody {
			return
		}
		tries("nobody", h.do(method, at, nil), 401)
		tries("a key that is none", h.do(method, at, nil, withKey("shrb_k_none")...), 401)
		if !strings.Contains(path, "{ws}") {
			return
		}
		refused := stranger.do(method, at, nil)
		tries("a stranger", refused, 404)
		nowhere := stranger.do(method, strings.Replace(at, "/ours", "/nowhere", 1), nil)
		if refused.text != nowhere.text {
			t.Errorf("%s: a stranger is told %s of what is there and %s of what is not", name, refused.text, nowhere.text)
		}
		key := h.do(method, at, nil, withKey(strangersKey)...)
		if want := map[bool]int{true: 403, false: 404}[action.Scope() == ""]; key.status != want {
			t.Errorf("%s with a stranger's key: %d, not %d: %s", name, key.status, want, key.text)
		}
		for scope, secret := range keys {
			if scope != action.Scope() {
				tries("a key for "+string(scope), h.do(method, at, nil, withKey(secret)...), 403)
			}
		}
		for role, b := range people {
			if !role.AtLeast(action.Least()) || action.Exports() && !role.MayExport(nil) {
				tries(string(role), b.do(method, at, nil), 403)
			} else if method == http.MethodGet {
				if a := b.do(method, at, nil); a.status == 401 || a.status == 403 {
					t.Errorf("%s as %s: %d: %s", name, role, a.status, a.text)
				}
			}
		}
	})
	if after := h.stateOf(ours.ID); after != before {
		t.Errorf("somebody has changed something: %+v, it was %+v", after, before)
	}
	if strings.Contains(h.log.String(), strangersKey) || strings.Contains(h.log.String(), housePassword) {
		t.Error("the log holds a secret")
	}
}

// filled puts names into an address: our workspace, and things that may be there.
func filled(path string) string {
	return strings.NewReplacer("{ws}", "ours", "{n}", "1", "{token}", "x").Replace(placeholders(path))
}

func placeholders(path string) string {
	parts := strings.Split(path, "/")
	for i, part := range parts {
		if strings.HasPrefix(part, "{") && !slices.Contains([]string{"{ws}", "{n}", "{token}"}, part) {
			parts[i] = "1"
		}
	}
	return strings.Join(parts, "/")
}

// workspaceState is what a crossing would change.
type workspaceState struct {
	workspace store.Workspace
	people    int
	doors     int
	keys      int
	views     int
}

func (h *house) stateOf(ws store.WorkspaceID) workspaceState {
	h.t.Helper()
	ctx := context.Background()
	workspace, err := h.db.Workspaces.Get(ctx, ws)
	if err != nil {
		h.t.Fatal(err)
	}
	people, err := h.db.Members.List(ctx, ws)
	if err != nil {
		h.t.Fatal(err)
	}
	doors, err := h.db.WriteKeys.Active(ctx)
	if err != nil {
		h.t.Fatal(err)
	}
	keys, err := h.db.APIKeys.List(ctx, ws)
	if err != nil {
		h.t.Fatal(err)
	}
	views, err := h.db.Views.List(ctx, ws)
	if err != nil {
		h.t.Fatal(err)
	}
	return workspaceState{workspace, len(people), len(doors), len(keys), len(views)}
}

// Lists that stand before the workspaces show each person their own.
func TestListsShowOnesOwn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ours := h.plant("ours", smallModel, nil)
	h.plant("theirs", smallModel, nil)
	viewer := h.join(ours.ID, "v@ours", access.Owner)
	for _, url := range []string{"/api/workspaces", "/api/goals"} {
		a := viewer.do("GET", url, nil)
		if a.status != 200 || !strings.Contains(a.text, `"ours"`) || strings.Contains(a.text, "theirs") {
			t.Errorf("%s: %d %s", url, a.status, a.text)
		}
	}
	if role := viewer.must(200, "GET", "/api/workspaces", nil)["workspaces"].([]any)[0].(object)["role"]; role != "owner" {
		t.Errorf("role %v", role)
	}
	key := viewer.must(201, "POST", "/api/workspaces/ours/api-keys", object{"name": "k", "scopes": []string{"read"}})["key"].(string)
	if a := h.do("GET", "/api/workspaces", nil, withKey(key)...); a.status != 200 || strings.Contains(a.text, "theirs") || !strings.Contains(a.text, `"ours"`) {
		t.Errorf("with a key: %d %s", a.status, a.text)
	}
}
