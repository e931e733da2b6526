package server

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/audit"
	"github.com/shirube/shirube/internal/store"
)

// Every operation that changes something passes here (permit), so that none can be
// forgotten. What is kept of it comes in two steps. That it happened, and who did it, is
// written by the transaction of the change itself (store.Trail). What the thing was before
// and after is read as the screens read it, just before and just after: never a secret,
// and never in the way of the change.

// statesWithin is how long a change waits for the state of what it is about to change.
const statesWithin = 2 * time.Second

// audited begins to follow a request that may change something. The function it returns ends
// that, with the status of the answer; nil for what is not auditing.
func (s *Server) audited(ctx huma.Context) func(status int) {
	op := ctx.Operation()
	inside, within := strings.CutPrefix(op.Path, workspacePath)
	switch {
	case op.Method == http.MethodGet || op.Method == http.MethodHead || !within:
		return nil
	case audit.Asks(op.OperationID):
		return nil
	case op.OperationID == "delete-workspace":
		return nil // the record goes with it; the log says who did it
	}
	known := front.RequestOf(ctx.Context())
	ws, err := s.workspace(ctx.Context(), ctx.Param("ws"))
	if err != nil {
		return nil // the handler says so
	}
	f := auditing{
		server: s, known: known, workspace: ws, path: concrete(ctx, op.Path),
		entry: audit.Entry{Actor: s.auditor(ctx.Context(), ws.ID), Area: audit.AreaOf(inside), Operation: op.OperationID, Request: known.ID},
	}
	f.subject = auditSubject(op, inside)
	f.before = f.state(ctx.Context())
	known.Trail.Follow(ws.ID, f.entry)
	return func(status int) { f.end(context.WithoutCancel(ctx.Context()), status) }
}

const workspacePath = "/api/workspaces/{ws}"

// concrete is the address of an operation with what was asked for in it.
func concrete(ctx huma.Context, path string) string {
	parts := strings.Split(path, "/")
	for i, part := range parts {
		if name, found := strings.CutPrefix(part, "{"); found {
			parts[i] = pathEscape(ctx.Param(strings.TrimSuffix(name, "}")))
		}
	}
	return strings.Join(parts, "/")
}

// auditor is who does something, as the record names them.
func (s *Server) auditor(ctx context.Context, ws store.WorkspaceID) audit.Actor {
	who := front.RequestOf(ctx).Who
	switch {
	case who == nil:
		return audit.Actor{}
	case who.Key != nil:
		return audit.Actor{Kind: audit.Key, ID: string(who.Key.ID), Name: who.Key.Name}
	}
	user, err := s.speaker(ctx, ws)
	if err != nil {
		front.RequestOf(ctx).Log.Warn("not known who does it", "error", err)
	}
	return audit.Actor{Kind: audit.Person, ID: string(user.ID), Name: user.Name, Role: string(front.RoleOf(ctx))}
}

// auditing is a request on its way.
type auditing struct {
	server    *Server
	known     *front.Request
	workspace store.Workspace
	path      string
	subject   subject
	entry     audit.Entry
	before    state
}

// end completes the entry, if there is one. Failing that, the change has happened and is
// recorded without its states: the answer stands.
func (f *auditing) end(ctx context.Context, status int) {
	ws, entry, left := f.known.Trail.Left()
	f.known.Trail.End()
	if !left {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, statesWithin+noticeLimit)
	defer cancel()
	if status >= http.StatusBadRequest {
		entry.Changes = audit.Changes{} // part of it was written before it failed; that it was tried is known
	} else {
		after := f.state(ctx)
		entry.Subject, entry.SubjectName, entry.Changes = f.tell(ctx, after)
	}
	if err := f.server.deps.Store.Audit.Complete(store.Untrailed(ctx), ws, entry); err != nil {
		f.known.Log.Warn("record not completed", "entry", entry.ID, "error", err)
	}
}

// tell says what it was about and what became of it.
func (f *auditing) tell(ctx context.Context, after state) (id, name string, changes audit.Changes) {
	how := audit.How{Personal: f.subject.personal}
	if id = f.subject.id(f.path); id != "" {
		was, is := f.before.of(id), after.of(id)
		changes, name = audit.Compare(was, is, how), nameOf(is, was)
	} else if came, went := audit.Arrived(f.before.text, after.text), audit.Arrived(after.text, f.before.text); len(came)+len(went) > 0 {
		if len(came)+len(went) == 1 {
			one := append(came, went...)[0]
			id, name = one.ID, audit.NameOf(one.State)
		}
		changes = audit.Compare(audit.Gathered(went), audit.Gathered(came), how)
	} else if !audit.Lists(after.text) {
		changes, name = audit.Compare(f.before.text, after.text, how), nameOf(after.text, f.before.text)
	}
	if f.subject.personal {
		name = ""
	}
	model := f.server.modelChanges(ctx, f.workspace.ID, f.before.version, after.version, f.known.Lang)
	changes.Fields = append(model.Fields, changes.Fields...)
	changes.Read = changes.Read || model.Read
	changes.More += model.More
	return id, name, changes
}

// nameOf is the first name there is.
func nameOf(states ...[]byte) string {
	for _, one := range states {
		if name := audit.NameOf(one); name != "" {
			return name
		}
	}
	return ""
}

// leaves reports whether an operation hands something out of the house that has to stand on
// the record: files, and what the law has handed to a person or reported.
func leaves(op *huma.Operation) bool {
	switch op.OperationID {
	case "list-affected", "disclose-contact":
		return true
	}
	return front.ActionOf(op).Exports() && strings.HasPrefix(op.OperationID, "export-")
}

// tookOut records that something left the house as a file. It has left already: where the
// record cannot be written, the log says so.
func (s *Server) tookOut(ctx huma.Context) {
	op := ctx.Operation()
	inside, within := strings.CutPrefix(op.Path, workspacePath)
	known := front.RequestOf(ctx.Context())
	if !within || known.Inside || !leaves(op) {
		return
	}
	s.note(ctx.Context(), known, func(within context.Context) error {
		ws, err := s.workspace(within, ctx.Param("ws"))
		if err != nil {
			return err
		}
		_, err = s.deps.Store.Audit.Add(within, ws.ID, audit.Entry{
			At: s.deps.Clock(), Actor: s.auditor(within, ws.ID), Area: audit.AreaOf(inside), Operation: op.OperationID, Request: known.ID,
			Changes: audit.Changes{Read: true},
		})
		return err
	})
}

// recordFounding begins the record of a new workspace.
func (s *Server) recordFounding(ctx context.Context, ws store.Workspace) error {
	_, err := s.deps.Store.Audit.Add(ctx, ws.ID, audit.Entry{
		At: s.deps.Clock(), Actor: s.auditor(ctx, ws.ID), Area: audit.Settings, Operation: "create-workspace",
		Subject: string(ws.ID), SubjectName: ws.Name, Request: front.RequestOf(ctx).ID,
	})
	return err
}
