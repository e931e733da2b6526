package server

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/audit"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// state is what a change is about, at one moment.
type state struct {
	text    []byte // nil: not there, or not read
	list    bool   // text is a list of things
	version int    // of the model; 0 = not known
}

// of is the state of one thing; of all of it where id is "".
func (s state) of(id string) []byte {
	if s.list && id != "" {
		return audit.Pick(s.text, id)
	}
	if s.list {
		return nil
	}
	return s.text
}

// subject is how the state of what an operation changes is read.
type subject struct {
	none     bool // it is not read: it says nothing, or it takes too long
	personal bool // about people outside of the team
	last     int  // which part of the address is the id of the thing; 0 = none
	whole    bool // the workspace itself
	instead  string
	own      func(ctx context.Context, s *Server, ws store.Workspace) (any, error)
}

// id is the thing of an address: "/api/workspaces/w/members/7/link" is about 7.
func (l subject) id(path string) string {
	parts := strings.Split(path, "/")
	if l.last == 0 || l.last >= len(parts) {
		return ""
	}
	id, err := url.PathUnescape(parts[l.last])
	if err != nil {
		return parts[l.last]
	}
	return id
}

// auditSubjects are the operations whose states are not read as their address says, by the
// beginning of it.
var auditSubjects = []struct {
	prefix  string
	subject subject
}{
	{"/model", subject{none: true}}, {"/versions", subject{none: true}}, // the differences between versions tell it
	{"/uploads", subject{none: true}},
	{"/measure/posts", subject{none: true}},
	{"/measure/person", subject{none: true, personal: true}},
	{"/act/contact-imports", subject{none: true, personal: true}},
	{"/act/contacts", subject{personal: true}},
	{"/forms/{id}/submissions", subject{none: true, personal: true}}, // what people answered
	{"/leads", subject{personal: true}},
	{"/outbox", subject{none: true, personal: true}},
	{"/act/mail/returns", subject{none: true, personal: true}},
	// What people said to each other they may take back; what they stated of the goal is for
	// nobody's eyes before all have.
	{"/questions", subject{personal: true}}, {"/question-settings", subject{}}, {"/agreement", subject{personal: true}},
	{"/entries", subject{instead: "/entries/history"}},
	{"/review/mute", subject{own: mutedState}},
}

// mutedState is what rests and why.
func mutedState(ctx context.Context, s *Server, ws store.Workspace) (any, error) {
	list, err := s.deps.Store.MutedFindings.List(ctx, ws.ID)
	if err != nil {
		return nil, err
	}
	type muted struct {
		ID     string `json:"id"`
		Name   string `json:"name"`
		Reason string `json:"reason"`
	}
	out := make([]muted, len(list))
	for i, m := range list {
		out[i] = muted{m.Finding, m.Finding, m.Reason}
	}
	return map[string]any{"muted": out}, nil
}

// auditSubject is how the state of what an operation changes is read; inside is its path behind
// the workspace.
func auditSubject(op *huma.Operation, inside string) subject {
	var l subject
	for _, one := range auditSubjects {
		if inside == one.prefix || strings.HasPrefix(inside, one.prefix+"/") {
			l = one.subject
			break
		}
	}
	for i, part := range strings.Split(op.Path, "/") {
		if strings.HasPrefix(part, "{") && part != "{ws}" && l.last == 0 {
			l.last = i
		}
	}
	l.whole = inside == ""
	return l
}

// state reads what the change is about, and the version of the model: a change of it may be
// hidden in another (an import, a decision).
func (f *auditing) state(ctx context.Context) state {
	ctx, cancel := context.WithTimeout(store.Untrailed(ctx), statesWithin)
	defer cancel()
	var out state
	if list, err := f.server.versions(ctx, f.workspace.ID); err == nil && len(list) > 0 {
		out.version = list[0].Version
	}
	switch {
	case f.subject.none || f.subject.personal && f.subject.last == 0:
	case f.subject.own != nil:
		value, err := f.subject.own(ctx, f.server, f.workspace)
		if err != nil {
			f.known.Log.Warn("state not read", "error", err)
			return out
		}
		out.text = mustJSON(value)
	case f.subject.whole:
		ws, err := f.server.deps.Store.Workspaces.Get(ctx, f.workspace.ID)
		if err == nil {
			out.text = mustJSON(map[string]any{"name": ws.Name})
		}
	default:
		out.text, out.list = f.fetch(ctx)
	}
	return out
}

// fetch asks the API for the thing at the address, or for the list it stands in: the
// shortest way up at which there is something to read.
func (f *auditing) fetch(ctx context.Context) (text []byte, list bool) {
	if f.subject.instead != "" {
		text, _ = f.server.readInside(ctx, f.known, strings.Replace(workspacePath, "{ws}", pathEscape(f.workspace.Slug), 1)+f.subject.instead)
		return text, true
	}
	parts := strings.Split(f.path, "/")
	for n := len(parts); n > strings.Count(workspacePath, "/")+1; n-- {
		if text, found := f.server.readInside(ctx, f.known, strings.Join(parts[:n], "/")); found {
			return text, n <= f.subject.last // without the id, it is among others
		}
	}
	return nil, false
}

// mostState bounds an answer that is looked into.
const mostState = 2 << 20

// readInside asks the API itself, for the record: with the eyes of the house. found is
// whether anything answers reading at the address; text is nil where the thing is not there.
func (s *Server) readInside(ctx context.Context, known *front.Request, path string) (text []byte, found bool) {
	address, err := url.Parse(path + "?lang=" + string(known.Lang))
	if err != nil {
		return nil, false
	}
	inner := &front.Request{ID: known.ID, Lang: known.Lang, Log: known.Log, Who: known.Who, Inside: true, Answer: http.Header{}}
	ctx = front.WithRequest(ctx, inner)
	r := (&http.Request{Method: http.MethodGet, URL: address, Header: http.Header{}, Body: http.NoBody, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1}).WithContext(ctx)
	if _, pattern := s.routes.Handler(r); !strings.HasPrefix(pattern, "GET /api/workspaces/{ws}/") {
		return nil, false
	}
	inner.From = r
	answer := &insideAnswer{header: http.Header{}}
	s.routes.ServeHTTP(answer, r)
	if answer.status >= http.StatusBadRequest || answer.tooLong || !bytes.HasPrefix(answer.body.Bytes(), []byte("{")) {
		return nil, true
	}
	return answer.body.Bytes(), true
}

// insideAnswer is an answer that stays inside.
type insideAnswer struct {
	header  http.Header
	status  int
	body    bytes.Buffer
	tooLong bool
}

// Header is that of the answer.
func (k *insideAnswer) Header() http.Header { return k.header }

// WriteHeader notes the status.
func (k *insideAnswer) WriteHeader(status int) { k.status = status }

// Write keeps what is not too much.
func (k *insideAnswer) Write(b []byte) (int, error) {
	if k.body.Len()+len(b) > mostState {
		k.tooLong = true
		return 0, fmt.Errorf("more than %d bytes", mostState)
	}
	return k.body.Write(b)
}

// modelChanges is what became of the map between two versions.
func (s *Server) modelChanges(ctx context.Context, ws store.WorkspaceID, before, after int, lang words.Lang) audit.Changes {
	if before == after || before == 0 || after == 0 {
		return audit.Changes{}
	}
	from, to := strconv.Itoa(before), strconv.Itoa(after)
	out := audit.Changes{Read: true, Fields: []audit.Change{{Field: "version", Before: &from, After: &to}}}
	old, err := s.modelOrEmpty(ctx, ws, before)
	if err != nil {
		return out
	}
	now, err := s.modelOrEmpty(ctx, ws, after)
	if err != nil {
		return out
	}
	for _, c := range goal.Diff(old.model, now.model) {
		if len(out.Fields) > mostModelChanges {
			out.More++
			continue
		}
		change := audit.Change{Field: strings.Trim(c.Indicator+"."+c.Field, "."), Before: front.OrNull(cmp.Or(c.Was.In(lang), c.Before)), After: front.OrNull(cmp.Or(c.Is.In(lang), c.After))}
		if change.Before == nil && change.After == nil {
			change.After = new(c.Sentence.In(lang))
		}
		out.Fields = append(out.Fields, change)
	}
	return out
}

// mostModelChanges bounds what is kept of one edit; the versions themselves are all kept.
const mostModelChanges = 40
