package server

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/measure/connect"
	"github.com/shirube/shirube/internal/measure/source/table"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/store/vault"
	"github.com/shirube/shirube/internal/words"
)

// usualSince is how far back is fetched at first unless told otherwise.
const usualSince = 90

func (s *Server) listConnections(ctx context.Context, slug string, lang words.Lang) (ConnectionsReply, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return ConnectionsReply{}, err
	}
	saved, err := s.modelOrEmptyNewest(ctx, ws.ID)
	if err != nil {
		return ConnectionsReply{}, err
	}
	list, err := s.deps.Store.Connections.List(ctx, ws.ID)
	if err != nil {
		return ConnectionsReply{}, err
	}
	reply := ConnectionsReply{Connections: make([]ConnectionView, len(list)), SQLite: s.puller().Folder != "", Manage: mayManage(ctx)}
	for i, c := range list {
		if reply.Connections[i], err = connectionView(ctx, saved.model, c, lang); err != nil {
			return ConnectionsReply{}, err
		}
	}
	return reply, nil
}

// modelOrEmptyNewest is the newest model, or an empty one where it cannot be read.
func (s *Server) modelOrEmptyNewest(ctx context.Context, ws store.WorkspaceID) (*savedModel, error) {
	list, err := s.versions(ctx, ws)
	if err != nil {
		return nil, err
	}
	return s.modelOrEmpty(ctx, ws, list[0].Version)
}

func connectionView(ctx context.Context, m *goal.Model, c store.Connection, lang words.Lang) (ConnectionView, error) {
	var settings connect.Settings
	if err := json.Unmarshal(c.Settings, &settings); err != nil {
		return ConnectionView{}, fmt.Errorf("read settings of connection %q: %w", c.ID, err)
	}
	view := ConnectionView{
		ID: string(c.ID), Name: c.Name, Kind: c.Kind, HasSecret: c.HasSecret, Schedule: c.Schedule, WindowDays: c.Window, Since: c.Since,
		Windowed: connect.Windowed(connect.Kind(c.Kind), settings), State: "ok", Sources: []string{}, Author: c.Author, CreatedAt: c.CreatedAt,
		LastRun: timeOrNull(c.LastRun), LastSuccess: timeOrNull(c.LastSuccess), NextRun: &c.NextRun, Failure: pullFailure(c.Failure, lang),
	}
	if mayManage(ctx) {
		view.Settings = &settings
	}
	for _, src := range sourcesOf(m, c.Name) {
		view.Sources = append(view.Sources, src.ID)
	}
	switch {
	case c.Paused:
		view.State, view.NextRun = "paused", nil
	case len(view.Sources) == 0:
		view.State, view.NextRun = "unused", nil
	case c.Running:
		view.State = "running"
	case c.Failure.Code != "":
		view.State = "failed"
	case c.LastRun.IsZero():
		view.State = "waiting"
	}
	return view, nil
}

// mayManage reports whether whoever asks may change connections.
func mayManage(ctx context.Context) bool { return front.May(ctx, access.Manage) }

func pullFailure(f store.RunFailure, lang words.Lang) *PullFailure {
	if f.Code == "" {
		return nil
	}
	return &PullFailure{Code: f.Code, Text: f.What.In(lang)}
}

func timeOrNull(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// toldConnection turns what a connection has to say into an answer for the person who is
// making it.
func toldConnection(err error) error {
	if failure, ok := errors.AsType[*connect.Failure](err); ok {
		refused := &front.Refusal{Status: http.StatusUnprocessableEntity, What: failure.What}
		switch {
		case failure.Field == "secret" || failure.Field == "kind":
			refused.Location = "body." + failure.Field
		case failure.Field != "":
			refused.Location = "body.settings." + failure.Field
		}
		return refused
	}
	if key, ok := errors.AsType[*vault.KeyError](err); ok {
		return front.Refuse(http.StatusUnprocessableEntity, key.Text())
	}
	if _, ok := errors.AsType[store.ErrExists](err); ok {
		return &front.Refusal{Status: http.StatusConflict, Location: "body.name", What: words.T("同じ名前の接続がもうあります。別の名前にしてください。", "There is a connection of this name already. Choose another.")}
	}
	return err
}

// decided checks a wish and puts it into the form it is kept in.
func (s *Server) decided(kind connect.Kind, in ConnectionWish, zone *time.Location) (store.NewConnection, error) {
	if err := connect.Check(kind, in.Settings); err != nil {
		return store.NewConnection{}, err
	}
	settings, err := json.Marshal(in.Settings)
	if err != nil {
		return store.NewConnection{}, fmt.Errorf("write settings: %w", err)
	}
	today := s.yesterdayIn(zone) + 1
	out := store.NewConnection{Kind: string(kind), Settings: settings, Schedule: in.Schedule, Window: connect.UsualWindow(kind), Since: today - usualSince, Paused: in.Paused}
	if in.WindowDays != nil {
		out.Window = *in.WindowDays
	}
	if in.Since != nil {
		if out.Since = *in.Since; out.Since < front.EarliestDay || out.Since > today {
			return out, front.BadRequest("body.since", words.T("取り込みはじめる日は、今日までの日にしてください。", "The first day cannot be in the future."))
		}
	}
	if !isSchedule(in.Schedule) {
		return out, front.BadRequest("body.schedule", words.T("取り込む時刻が読めません。", "The schedule cannot be read."))
	}
	return out, nil
}

func (s *Server) createConnection(ctx context.Context, slug string, in NewConnection, lang words.Lang) (ConnectionView, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return ConnectionView{}, err
	}
	saved, err := s.modelOrEmptyNewest(ctx, ws.ID)
	if err != nil {
		return ConnectionView{}, err
	}
	wish, err := s.decided(connect.Kind(in.Kind), in.ConnectionWish, saved.model.Location)
	if err != nil {
		return ConnectionView{}, toldConnection(err)
	}
	if wish.Name, wish.Author = front.Clean(in.Name), front.AuthorOf(ctx); wish.Name == "" {
		return ConnectionView{}, front.BadRequest("body.name", words.T("接続に名前をつけてください。", "Give the connection a name."))
	}
	if in.Secret == nil && connect.NeedsSecret(connect.Kind(in.Kind)) {
		return ConnectionView{}, front.BadRequest("body.secret", words.T("この接続には鍵が要ります。", "This connection needs a key."))
	}
	yaml, base := "", (*savedModel)(nil)
	if in.SourceID != "" && in.Spec != nil {
		if base, err = s.newest(ctx, ws.ID, in.BaseVersion); err != nil {
			return ConnectionView{}, err
		}
		if yaml, err = withConnection(base, in.SourceID, *in.Spec, wish.Name); err != nil {
			return ConnectionView{}, err
		}
	}
	var made store.Connection
	err = s.deps.Store.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		var err error
		if made, err = tx.Connections.Create(ctx, ws.ID, wish); err != nil {
			return err
		}
		if in.Secret != nil && *in.Secret != "" {
			sealed, err := s.seal(ws.ID, made.ID, *in.Secret)
			if err != nil {
				return err
			}
			if err := tx.Connections.SetSecret(ctx, ws.ID, made.ID, sealed); err != nil {
				return err
			}
		}
		if base == nil || yaml == base.YAML {
			return nil
		}
		note := words.T("接続「%s」を追加", "Added the connection “%s”", wish.Name).In(base.model.Locale)
		_, err = tx.ModelVersions.Append(ctx, ws.ID, base.Version, store.NewModelVersion{YAML: yaml, Note: note, Author: wish.Author})
		return err
	})
	if err != nil {
		return ConnectionView{}, toldConnection(err)
	}
	s.pulling.poke()
	return s.connection(ctx, ws.ID, made.ID, lang)
}

// withConnection is the model with a source that the connection brings.
func withConnection(base *savedModel, id string, spec goal.SourceEdit, name string) (string, error) {
	if src := base.model.Source(id); src != nil {
		spec = withRest(spec, src)
	}
	spec.Connection, spec.Path, spec.Sheet = name, "", ""
	edited, err := goal.ApplyEdits([]byte(base.YAML), []goal.Edit{{Op: goal.SetSource, ID: id, Source: &spec}})
	if err != nil {
		return "", err
	}
	if _, err := goal.Parse(modelFile, edited); err != nil {
		return "", err
	}
	return string(edited), nil
}

func (s *Server) connection(ctx context.Context, ws store.WorkspaceID, id store.ConnectionID, lang words.Lang) (ConnectionView, error) {
	c, err := s.deps.Store.Connections.Get(ctx, ws, id)
	if err != nil {
		return ConnectionView{}, err
	}
	saved, err := s.modelOrEmptyNewest(ctx, ws)
	if err != nil {
		return ConnectionView{}, err
	}
	return connectionView(ctx, saved.model, c, lang)
}

// oneConnection finds the connection of an address.
func (s *Server) oneConnection(ctx context.Context, slug, id string) (store.Connection, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return store.Connection{}, err
	}
	if !front.IsName(id) {
		return store.Connection{}, store.ErrNotFound{What: "connection", Name: id}
	}
	return s.deps.Store.Connections.Get(ctx, ws.ID, store.ConnectionID(id))
}

func (s *Server) updateConnection(ctx context.Context, slug, id string, in ConnectionWish, restart bool, lang words.Lang) (ConnectionView, error) {
	c, err := s.oneConnection(ctx, slug, id)
	if err != nil {
		return ConnectionView{}, err
	}
	saved, err := s.modelOrEmptyNewest(ctx, c.Workspace)
	if err != nil {
		return ConnectionView{}, err
	}
	if in.Since == nil {
		in.Since = &c.Since
	}
	if in.WindowDays == nil {
		in.WindowDays = &c.Window
	}
	wish, err := s.decided(connect.Kind(c.Kind), in, saved.model.Location)
	if err != nil {
		return ConnectionView{}, toldConnection(err)
	}
	if err := sameTarget(c, in); err != nil {
		return ConnectionView{}, toldConnection(err)
	}
	// Days further back, or another question: what is there does not fit any more.
	restart = restart || wish.Since < c.Since || !bytes.Equal(wish.Settings, c.Settings)
	err = s.deps.Store.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.Connections.Update(ctx, c.Workspace, c.ID, wish, restart); err != nil {
			return err
		}
		if in.Secret == nil {
			return nil
		}
		sealed, err := s.seal(c.Workspace, c.ID, *in.Secret)
		if err != nil {
			return err
		}
		return tx.Connections.SetSecret(ctx, c.Workspace, c.ID, sealed)
	})
	if err != nil {
		return ConnectionView{}, toldConnection(err)
	}
	s.pulling.poke()
	return s.connection(ctx, c.Workspace, c.ID, lang)
}

// sameTarget refuses to send a kept secret anywhere but where it was given for: whoever
// may change a connection could read it there.
func sameTarget(c store.Connection, in ConnectionWish) error {
	if in.Secret != nil || !c.HasSecret {
		return nil
	}
	var was connect.Settings
	if err := json.Unmarshal(c.Settings, &was); err != nil {
		return fmt.Errorf("read settings of connection %q: %w", c.ID, err)
	}
	is := in.Settings
	if was.Engine == is.Engine && strings.EqualFold(was.Host, is.Host) && was.Port == is.Port && was.User == is.User && was.TLS == is.TLS &&
		was.Header == is.Header && originOf(was.URL) == originOf(is.URL) {
		return nil
	}
	return &connect.Failure{Code: connect.BadSettings, Field: "secret", What: words.T("つなぐ先を変えるときは、秘密(パスワードや鍵)をもう一度入れてください。",
		"To connect to somewhere else, enter the secret again.")}
}

func originOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return u.Scheme + "://" + strings.ToLower(u.Host)
}

func (s *Server) deleteConnection(ctx context.Context, slug, id string) error {
	c, err := s.oneConnection(ctx, slug, id)
	if err != nil {
		return err
	}
	return s.deps.Store.Connections.Delete(ctx, c.Workspace, c.ID)
}

func (s *Server) runConnection(ctx context.Context, slug, id string, lang words.Lang) (ConnectionView, error) {
	c, err := s.oneConnection(ctx, slug, id)
	if err != nil {
		return ConnectionView{}, err
	}
	view, err := s.connection(ctx, c.Workspace, c.ID, lang)
	if err != nil {
		return ConnectionView{}, err
	}
	switch view.State {
	case "unused":
		return ConnectionView{}, front.Refuse(http.StatusConflict, words.T("この接続を使うデータ源がまだありません。先にデータ源につないでください。", "No source uses this connection yet. Give it to a source first."))
	case "paused":
		return ConnectionView{}, front.Refuse(http.StatusConflict, words.T("この接続は止めてあります。再開してからお試しください。", "This connection is paused. Resume it first."))
	}
	if err := s.deps.Store.Connections.Wake(ctx, c.Workspace, c.ID); err != nil {
		return ConnectionView{}, err
	}
	s.pulling.poke()
	return s.connection(ctx, c.Workspace, c.ID, lang)
}

func (s *Server) connectionRuns(ctx context.Context, slug, id string, lang words.Lang) (ConnectionRunsReply, error) {
	c, err := s.oneConnection(ctx, slug, id)
	if err != nil {
		return ConnectionRunsReply{}, err
	}
	list, err := s.deps.Store.Connections.Runs(ctx, c.Workspace, c.ID)
	if err != nil {
		return ConnectionRunsReply{}, err
	}
	reply := ConnectionRunsReply{Runs: make([]ConnectionRunView, len(list))}
	for i, run := range list {
		view := ConnectionRunView{Started: run.Started, Ended: run.Ended, Rows: run.Rows, Days: run.RowDays, Failure: pullFailure(run.Failure, lang), Notes: []string{}}
		view.First, view.Last = spanEnds(run.Days)
		for _, note := range run.Notes {
			view.Notes = append(view.Notes, note.In(lang))
		}
		reply.Runs[i] = view
	}
	return reply, nil
}

// triedDays is how many days are fetched to try a connection.
const triedDays = 7

// tryConnection fetches the last days and shows their head. What was fetched is forgotten.
func (s *Server) tryConnection(ctx context.Context, slug string, in ConnectionTry, lang words.Lang) (ConnectionTried, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return ConnectionTried{}, err
	}
	saved, err := s.modelOrEmptyNewest(ctx, ws.ID)
	if err != nil {
		return ConnectionTried{}, err
	}
	yesterday := s.yesterdayIn(saved.model.Location)
	ask := connect.Request{Kind: connect.Kind(in.Kind), Settings: in.Settings, Zone: saved.model.Location, Span: series.Span{From: yesterday - triedDays + 1, To: yesterday}}
	name := front.Clean(in.Name)
	if in.Secret != nil {
		ask.Secret = *in.Secret
	} else if in.ID != "" {
		c, err := s.oneConnection(ctx, slug, in.ID)
		if err != nil {
			return ConnectionTried{}, err
		}
		if c.Kind != in.Kind {
			return ConnectionTried{}, front.BadRequest("body.kind", words.T("接続の種類は変えられません。", "The kind of a connection does not change."))
		}
		if err := sameTarget(c, in.ConnectionWish); err != nil {
			return ConnectionTried{}, toldConnection(err)
		}
		if ask.Secret, err = s.secretOf(ctx, c.Workspace, c.ID); err != nil {
			return ConnectionTried{}, toldConnection(err)
		}
		name = c.Name
	}
	table, err := s.puller().Pull(ctx, ask)
	if err != nil {
		return ConnectionTried{}, toldConnection(err)
	}
	reply := ConnectionTried{First: ask.Span.From, Last: ask.Span.To, Notes: []string{}}
	for _, note := range table.Notes {
		reply.Notes = append(reply.Notes, note.In(lang))
	}
	reply.Preview, err = pulledPreview(saved.model, cmp.Or(name, in.Kind), table, lang)
	return reply, err
}

// pulledPreview shows the head of a fetched table like that of an uploaded file.
func pulledPreview(m *goal.Model, name string, fetched *connect.Table, lang words.Lang) (UploadPreview, error) {
	if len(fetched.File) == 0 {
		return UploadPreview{}, front.Refuse(http.StatusUnprocessableEntity, words.T("つながりましたが、行が1つもありませんでした。", "It answered, but without a single row."))
	}
	opt := table.Options{Name: name, Size: int64(len(fetched.File))}
	if fetched.Written {
		opt.Encoding, opt.Delimiter, opt.HeaderRow = "utf-8", ',', 1
	}
	sample, err := table.Preview(bytes.NewReader(fetched.File), opt, previewRows, guessedRows, m.Location)
	if err != nil {
		return UploadPreview{}, fmt.Errorf("preview connection %q: %w", name, err)
	}
	view := previewView(sample, lang)
	view.Suggestion = suggestNew(m, name, sample)
	if view.Suggestion != nil {
		view.Suggestion.Spec.Connection, view.Suggestion.Spec.Path, view.Suggestion.Spec.Sheet = name, "", ""
	}
	if named := sourcesOf(m, name); len(named) > 0 {
		src := named[0]
		spec := specOf(src)
		view.Suggestion = &Suggestion{SourceID: src.ID, Existing: true, From: "source", Date: spec.Date, Metrics: spec.Metrics, Spec: spec, Missing: []string{}}
		for _, header := range src.Headers() {
			if _, there := columnOf(sample, header); !there {
				view.Suggestion.Missing = append(view.Suggestion.Missing, header)
			}
		}
	}
	return view, nil
}
