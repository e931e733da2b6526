package server

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/share/alert"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// Kinds of documents: what a team decided of its alerts, and what each person did.
const (
	kindAlertSettings = "alert_settings"
	kindAlertMine     = "alert_mine"
	theAlertSettings  = "settings"
)

// alertsEvery is how often it is asked who is due; whoever is not costs one small read.
const alertsEvery = time.Minute

// alerting looks at every workspace when it is time, until ctx ends. The demo tells nothing.
func (s *Server) alerting(ctx context.Context) {
	if s.deps.Demo {
		return
	}
	ticker := time.NewTicker(alertsEvery)
	defer ticker.Stop()
	for {
		if err := s.TellAlerts(ctx); err != nil && ctx.Err() == nil {
			s.deps.Log.Error("looking for what is to be told", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// TellAlerts looks at every workspace whose time has come, and queues what is to be told.
// Serve does it by itself. One workspace that cannot be looked at does not keep the others
// from hearing.
func (s *Server) TellAlerts(ctx context.Context) error {
	all, err := s.deps.Store.Workspaces.List(ctx)
	if err != nil {
		return err
	}
	for _, ws := range all {
		if _, err := s.lookForAlerts(ctx, ws, false); err != nil {
			if ctx.Err() != nil {
				return err
			}
			s.deps.Log.Error("alerts not told", "workspace", ws.Slug, "error", err)
		}
	}
	return nil
}

// lookForAlerts looks at a workspace and tells what is to be told; asked: at once, because
// somebody wants it. The message is the zero value where nothing was told.
func (s *Server) lookForAlerts(ctx context.Context, ws store.Workspace, asked bool) (store.AlertMessage, error) {
	var none store.AlertMessage
	at, seen, err := s.alertMoment(ctx, ws)
	if isNotFound(err) {
		return none, nil // it has no map yet
	}
	if err != nil {
		return none, err
	}
	settings, err := s.alertSettings(ctx, ws.ID)
	if err != nil {
		return none, err
	}
	book, err := s.deps.Store.Alerts.Book(ctx, ws.ID)
	if err != nil || !asked && !book.Due(settings, at, seen) {
		return none, err
	}
	causes, err := s.alertCauses(ctx, ws, settings, at)
	if err != nil {
		return none, err
	}
	look := book.Look
	if asked {
		look = book.TellNow
	}
	next, now := look(causes, settings, at, seen)
	told, err := s.keepAlerts(ctx, ws, book.Version, next, now)
	if isConflict(err) {
		return none, nil // another node has looked
	}
	if err == nil && len(now) > 0 {
		s.wakeOutbox()
	}
	return told, err
}

// keepAlerts keeps the book and queues what is told, in one step: what is told is known to be
// told.
func (s *Server) keepAlerts(ctx context.Context, ws store.Workspace, base int, next alert.Book, now []alert.Cause) (store.AlertMessage, error) {
	if len(now) == 0 {
		return s.deps.Store.Alerts.Keep(ctx, ws.ID, base, next, nil)
	}
	hear, err := s.alertListeners(ctx, ws.ID)
	if err != nil {
		return store.AlertMessage{}, err
	}
	groups := hear.group(now)
	message := store.AlertMessage{Letter: alert.Compose(now), To: []string{}}
	for _, g := range groups {
		message.To = append(message.To, g.names...)
	}
	slices.Sort(message.To)
	var told store.AlertMessage
	err = s.deps.Store.InTx(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		if told, err = tx.Alerts.Keep(ctx, ws.ID, base, next, &message); err != nil {
			return err
		}
		for n, g := range groups {
			t := s.alertTelling(ws, told.ID, n, alert.Compose(g.causes))
			if err := s.tell(ctx, tx.Outbox, ws.ID, t, g.listeners); err != nil {
				return err
			}
		}
		return nil
	})
	return told, err
}

// alertSettings is what a team decided of its alerts; the usual where it did not.
func (s *Server) alertSettings(ctx context.Context, ws store.WorkspaceID) (alert.Settings, error) {
	settings := alert.Usual()
	doc, err := s.deps.Store.Documents.Get(ctx, ws, kindAlertSettings, theAlertSettings)
	if isNotFound(err) {
		return settings, nil
	}
	if err != nil {
		return settings, err
	}
	if err := json.Unmarshal(doc.Body, &settings); err != nil {
		return settings, fmt.Errorf("read settings of alerts of %q: %w", ws, err)
	}
	return settings, nil
}

// alertMine is what everybody decided of what reaches them, by their id.
func (s *Server) alertMine(ctx context.Context, ws store.WorkspaceID) (map[store.UserID]alert.Mine, error) {
	docs, err := s.deps.Store.Documents.List(ctx, ws, kindAlertMine)
	if err != nil {
		return nil, err
	}
	all := make(map[store.UserID]alert.Mine, len(docs))
	for _, doc := range docs {
		var mine alert.Mine
		if err := json.Unmarshal(doc.Body, &mine); err != nil {
			return nil, fmt.Errorf("read settings of alerts of %q: %w", doc.ID, err)
		}
		all[store.UserID(doc.ID)] = mine
	}
	return all, nil
}

// mineOf is what reaches one person: what they decided, else what is usual for their role.
func mineOf(all map[store.UserID]alert.Mine, who store.UserID, role access.Role) alert.Mine {
	if mine, said := all[who]; said {
		return mine.Decided(role)
	}
	return alert.UsualMine(role)
}

// hearing is somebody, or a place, that hears of alerts.
type hearing struct {
	person store.UserID
	place  string
	name   string
	hears  func(alert.Kind) bool
}

type hearings []hearing

// alertListeners are all who may hear of alerts.
func (s *Server) alertListeners(ctx context.Context, ws store.WorkspaceID) (hearings, error) {
	mine, err := s.alertMine(ctx, ws)
	if err != nil {
		return nil, err
	}
	members, err := s.deps.Store.Members.List(ctx, ws)
	if err != nil {
		return nil, err
	}
	var out hearings
	for _, m := range members {
		role := access.Role(m.Role)
		own := mineOf(mine, m.User.ID, role)
		out = append(out, hearing{person: m.User.ID, name: m.User.Name, hears: func(k alert.Kind) bool { return own.Reaches(role, k) }})
	}
	docs, err := s.deps.Store.Documents.List(ctx, ws, kindNotice)
	if err != nil {
		return nil, err
	}
	for _, doc := range docs {
		p, err := noticePlaceOf(doc)
		if err != nil {
			return nil, err
		}
		if p.Alerts {
			out = append(out, hearing{place: doc.ID, name: doc.Name, hears: func(k alert.Kind) bool { return len(p.Kinds) == 0 || slices.Contains(p.Kinds, k) }})
		}
	}
	return out, nil
}

// alertGroup are those who hear the same.
type alertGroup struct {
	causes []alert.Cause
	listeners
	names []string
}

// group puts together who hears the same of what is told.
func (all hearings) group(now []alert.Cause) []alertGroup {
	var out []alertGroup
	place := map[string]int{}
	for _, h := range all {
		var causes []alert.Cause
		var keys strings.Builder
		for _, c := range now {
			if h.hears(c.Kind) {
				causes = append(causes, c)
				keys.WriteString(c.Key + "\x00")
			}
		}
		if len(causes) == 0 {
			continue
		}
		at, known := place[keys.String()]
		if !known {
			at = len(out)
			place[keys.String()] = at
			out = append(out, alertGroup{causes: causes})
		}
		if h.place != "" {
			out[at].Places = append(out[at].Places, h.place)
		} else {
			out[at].People = append(out[at].People, h.person)
		}
		out[at].names = append(out[at].names, h.name)
	}
	return out
}

// alertTelling is a letter as the team is told of it.
func (s *Server) alertTelling(ws store.Workspace, id string, n int, letter alert.Letter) telling {
	t := telling{
		Key: fmt.Sprintf("alert/%s/%d", id, n), Kind: "alert", Title: letter.Title, Path: "/share/alerts?open=" + id,
		Button: words.T("お知らせを開く", "Open the alerts"), HTML: map[words.Lang]string{},
		Foot: words.T("まだお知らせしていないことだけを、1通にまとめています。届く種類は「お知らせ」のページで変えられます。",
			"Only what you were not told yet, in one message. What reaches you is chosen on the page “Alerts”."),
	}
	for _, line := range letter.Lines {
		t.Points = append(t.Points, joinSentences(line.What, line.Why, line.Do))
	}
	if letter.More > 0 {
		t.Points = append(t.Points, words.T("ほか%d件は、ページで見られます。", "%d more are on the page.", letter.More))
	}
	for _, lang := range []words.Lang{words.JA, words.EN} {
		t.HTML[lang] = alertLetterHTML(lang, ws.Name, s.ownAddress()+"/w/"+ws.Slug, t, letter)
	}
	return t
}

// joinSentences puts sentences after one another; what is to be done is marked by an arrow.
func joinSentences(what, why, do words.Text) words.Text {
	out := what
	if !why.Zero() {
		out = words.T("%[1]s%[2]s", "%[1]s %[2]s", out, why)
	}
	if !do.Zero() {
		out = words.T("%[1]s → %[2]s", "%[1]s → %[2]s", out, do)
	}
	return out
}
