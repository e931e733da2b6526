package server

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/share/alert"
	"github.com/shirube/shirube/internal/share/question"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// AlertsReply is what was told, and who hears of what and when.
type AlertsReply struct {
	Settings  AlertSettings      `json:"settings"`
	Mine      []alert.Kind       `json:"mine" enum:"milestone,pace,step,link,stale,leads,review,question,agreement" doc:"the kinds that are mailed to whoever asks"`
	MyWords   question.Mails     `json:"my_questions" enum:"all,called,none" doc:"what people write in questions that is mailed to whoever asks"`
	MaySee    []alert.Kind       `json:"may_see" enum:"milestone,pace,step,link,stale,leads,review,question,agreement" doc:"the kinds whoever asks may be told of"`
	MayDecide bool               `json:"may_decide" doc:"whoever asks may change the settings"`
	Address   string             `json:"address" doc:"whoever asks is mailed there; empty for a key"`
	Mails     bool               `json:"mails" doc:"there is a sender to mail by"`
	Leaves    bool               `json:"leaves" doc:"false in the demo: nothing leaves it"`
	Zone      string             `json:"zone" doc:"of the hours"`
	Next      *time.Time         `json:"next" doc:"when the next message may leave; null without a map"`
	Told      []AlertMessageView `json:"told" doc:"the newest first"`
}

// AlertSettings are what a team decides of its alerts.
type AlertSettings struct {
	Off          []alert.Kind `json:"off" maxItems:"20" enum:"milestone,pace,step,link,stale,leads,review,question,agreement" doc:"kinds that are told to nobody"`
	Hour         int          `json:"hour" minimum:"0" maximum:"23" doc:"of the one message of a morning"`
	Urgent       bool         `json:"urgent" doc:"what is urgent does not wait for the morning"`
	QuietFrom    int          `json:"quiet_from" minimum:"0" maximum:"23" doc:"the first hour in which nobody is disturbed"`
	QuietTo      int          `json:"quiet_to" minimum:"0" maximum:"23" doc:"the first hour after it; the same: there is none"`
	Closed       bool         `json:"closed" doc:"on weekends and holidays as well"`
	LeadHours    int          `json:"lead_hours" minimum:"1" maximum:"240" doc:"a hot lead waits for longer than that"`
	QuestionDays int          `json:"question_days" minimum:"1" maximum:"30" doc:"a question is open for longer than that"`
}

// AlertMine is what one person wants to be mailed.
type AlertMine struct {
	Kinds     []alert.Kind   `json:"kinds" maxItems:"20" enum:"milestone,pace,step,link,stale,leads,review,question,agreement"`
	Questions question.Mails `json:"questions,omitempty" enum:"all,called,none" doc:"what people write in questions; absent: as it was"`
}

// AlertMessageView is one message that was told.
type AlertMessageView struct {
	ID     string      `json:"id"`
	ToldAt time.Time   `json:"told_at"`
	Title  string      `json:"title"`
	Lines  []AlertLine `json:"lines"`
	More   int         `json:"more" doc:"how many more there were"`
	To     []string    `json:"to" doc:"people and places, as they were called"`
}

// AlertLine is one thing that is told.
type AlertLine struct {
	Kind alert.Kind  `json:"kind" enum:"milestone,pace,step,link,stale,leads,review,question,agreement"`
	Good bool        `json:"good"`
	What string      `json:"what"`
	Why  string      `json:"why"`
	Do   string      `json:"do"`
	Path string      `json:"path" doc:"where it is seen, behind the address of the workspace"`
	Told *series.Day `json:"told" format:"date" doc:"when it was told; null where it was not"`
}

// AlertPreview is what would be told now, and what is known already.
type AlertPreview struct {
	Now      []AlertLine `json:"now" doc:"not told yet"`
	More     int         `json:"more"`
	Standing []AlertLine `json:"standing" doc:"told, and still so"`
}

func (s *Server) registerAlerts(api huma.API) {
	tags := []string{"share"}
	const path = "/api/workspaces/{ws}/alerts"
	front.Handle(api, huma.Operation{
		OperationID: "get-alerts", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: path, Summary: "What was told by itself, and who hears of what", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
	}) (AlertsReply, error) {
		return s.alertsReply(ctx, in.Workspace, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "preview-alerts", Metadata: front.Needs(access.SeeNumbers), Method: http.MethodGet, Path: path + "/preview", Summary: "What would be told now", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
	}) (AlertPreview, error) {
		return s.previewAlerts(ctx, in.Workspace, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "tell-alerts", Metadata: front.Needs(access.Decide), Method: http.MethodPost, Path: path + "/tell", Summary: "Tell now what was not told yet", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
	}) (AlertsReply, error) {
		ws, err := s.workspace(ctx, in.Workspace)
		if err != nil {
			return AlertsReply{}, err
		}
		if _, err := s.lookForAlerts(ctx, ws, true); err != nil {
			return AlertsReply{}, err
		}
		return s.alertsReply(ctx, in.Workspace, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "set-alerts", Metadata: front.Needs(access.Decide), Method: http.MethodPut, Path: path + "/settings", Summary: "Decide what is told, and when", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
		Body AlertSettings
	}) (AlertsReply, error) {
		return s.setAlerts(ctx, in.Workspace, in.Body, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "set-my-alerts", Metadata: front.Needs(access.Speak), Method: http.MethodPut, Path: path + "/mine", Summary: "Decide what is mailed to oneself", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
		Body AlertMine
	}) (AlertMine, error) {
		return s.setMyAlerts(ctx, in.Workspace, in.Body)
	})
}

// toldShown is how many messages the page shows.
const toldShown = 60

func (s *Server) alertsReply(ctx context.Context, slug string, lang words.Lang) (AlertsReply, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return AlertsReply{}, err
	}
	settings, err := s.alertSettings(ctx, ws.ID)
	if err != nil {
		return AlertsReply{}, err
	}
	role := front.RoleOf(ctx)
	reply := AlertsReply{Settings: AlertSettings(settings), MayDecide: front.RequestOf(ctx).May(access.Decide), Leaves: !s.deps.Demo, Told: []AlertMessageView{}, MaySee: []alert.Kind{}, Mine: []alert.Kind{}}
	for _, k := range alert.Kinds {
		if k.SeenBy(role) {
			reply.MaySee = append(reply.MaySee, k)
		}
	}
	if err := s.alertsOfMine(ctx, ws.ID, role, &reply); err != nil {
		return reply, err
	}
	if _, _, _, err := s.houseSender(ctx, ws.ID); err == nil {
		reply.Mails = true
	} else if _, told := errors.AsType[*mailProblem](err); !told {
		return reply, err
	}
	if err := s.nextAlert(ctx, ws, settings, &reply); err != nil {
		return reply, err
	}
	told, err := s.deps.Store.Alerts.Messages(ctx, ws.ID, toldShown)
	if err != nil {
		return reply, err
	}
	for _, m := range told {
		view := AlertMessageView{ID: m.ID, ToldAt: m.ToldAt, Title: m.Title.In(lang), Lines: []AlertLine{}, More: m.More, To: m.To}
		for _, line := range m.Lines {
			if line.Kind.SeenBy(role) {
				view.Lines = append(view.Lines, alertLine(line, lang))
			}
		}
		if len(view.Lines) > 0 {
			view.Title = titleFor(m.Letter, role, lang)
			reply.Told = append(reply.Told, view)
		}
	}
	return reply, nil
}

// titleFor is a letter's title, without what somebody may not see.
func titleFor(l alert.Letter, role access.Role, lang words.Lang) string {
	if slices.ContainsFunc(l.Lines, func(line alert.Line) bool { return !line.Kind.SeenBy(role) }) {
		i := slices.IndexFunc(l.Lines, func(line alert.Line) bool { return line.Kind.SeenBy(role) })
		return l.Lines[i].What.In(lang)
	}
	return l.Title.In(lang)
}

func alertLine(l alert.Line, lang words.Lang) AlertLine {
	return AlertLine{Kind: l.Kind, Good: l.Good, What: l.What.In(lang), Why: l.Why.In(lang), Do: l.Do.In(lang), Path: l.Path}
}

// alertsOfMine says what reaches whoever asks; nothing reaches a key.
func (s *Server) alertsOfMine(ctx context.Context, ws store.WorkspaceID, role access.Role, reply *AlertsReply) error {
	reply.MyWords = question.AllMails
	if who := front.RequestOf(ctx).Who; who == nil || who.Key != nil {
		return nil
	}
	me, err := s.speaker(ctx, ws)
	if err != nil {
		return err
	}
	all, err := s.alertMine(ctx, ws)
	if err != nil {
		return err
	}
	mine := mineOf(all, me.ID, role)
	for _, k := range alert.Kinds {
		if mine.Reaches(role, k) {
			reply.Mine = append(reply.Mine, k)
		}
	}
	reply.Address, reply.MyWords = me.Email, cmp.Or(mine.Questions, question.AllMails)
	return nil
}

// nextAlert says when the next message may leave.
func (s *Server) nextAlert(ctx context.Context, ws store.Workspace, settings alert.Settings, reply *AlertsReply) error {
	at, _, err := s.alertMoment(ctx, ws)
	if isNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	saved, err := s.modelOrEmptyNewest(ctx, ws.ID)
	if err != nil {
		return err
	}
	book, err := s.deps.Store.Alerts.Book(ctx, ws.ID)
	if err != nil {
		return err
	}
	today, calendar := series.DayOf(at.Now), saved.model.Calendar()
	next := settings.Next(at.Now, book.Morning >= today, func(ahead int) bool { return calendar.IsBusinessDay(today + series.Day(ahead)) })
	reply.Zone, reply.Next = saved.model.Location.String(), &next
	return nil
}

func (s *Server) previewAlerts(ctx context.Context, slug string, lang words.Lang) (AlertPreview, error) {
	reply := AlertPreview{Now: []AlertLine{}, Standing: []AlertLine{}}
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return reply, err
	}
	at, seen, err := s.alertMoment(ctx, ws)
	if isNotFound(err) {
		return reply, nil
	}
	if err != nil {
		return reply, err
	}
	settings, err := s.alertSettings(ctx, ws.ID)
	if err != nil {
		return reply, err
	}
	book, err := s.deps.Store.Alerts.Book(ctx, ws.ID)
	if err != nil {
		return reply, err
	}
	causes, err := s.alertCauses(ctx, ws, settings, at)
	if err != nil {
		return reply, err
	}
	role := front.RoleOf(ctx)
	causes = slices.DeleteFunc(causes, func(c alert.Cause) bool { return !c.Kind.SeenBy(role) })
	_, now := book.TellNow(causes, settings, at, seen)
	letter := alert.Compose(now)
	for _, line := range letter.Lines {
		reply.Now = append(reply.Now, alertLine(line, lang))
	}
	reply.More = letter.More
	told := slices.DeleteFunc(causes, func(c alert.Cause) bool { return book.ToldOn(c.Key) == 0 })
	slices.SortStableFunc(told, func(a, b alert.Cause) int { return int(book.ToldOn(b.Key) - book.ToldOn(a.Key)) })
	for _, c := range told {
		day := book.ToldOn(c.Key)
		line := alertLine(c.Line(), lang)
		line.Told = &day
		reply.Standing = append(reply.Standing, line)
	}
	return reply, nil
}

func (s *Server) setAlerts(ctx context.Context, slug string, in AlertSettings, lang words.Lang) (AlertsReply, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return AlertsReply{}, err
	}
	if in.Off == nil {
		in.Off = []alert.Kind{}
	}
	if wrong := alert.Settings(in).Check(); !wrong.Zero() {
		return AlertsReply{}, front.BadRequest("body", wrong)
	}
	_, err = s.deps.Store.Documents.Put(ctx, ws.ID, kindAlertSettings, store.Document{ID: theAlertSettings, Body: mustJSON(in), Author: front.AuthorOf(ctx)})
	if err != nil {
		return AlertsReply{}, err
	}
	return s.alertsReply(ctx, slug, lang)
}

func (s *Server) setMyAlerts(ctx context.Context, slug string, in AlertMine) (AlertMine, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return in, err
	}
	me, err := s.speaker(ctx, ws.ID)
	if err != nil {
		return in, err
	}
	if me.ID == "" {
		return in, front.Refuse(http.StatusUnprocessableEntity, words.T("サインインすると、自分あてのお知らせを選べます。", "Sign in to choose what is mailed to you."))
	}
	all, err := s.alertMine(ctx, ws.ID)
	if err != nil {
		return in, err
	}
	out := AlertMine{Kinds: []alert.Kind{}, Questions: cmp.Or(in.Questions, all[me.ID].Questions, question.AllMails)}
	var asked []alert.Kind
	for _, k := range alert.Kinds {
		if !k.SeenBy(front.RoleOf(ctx)) {
			continue
		}
		asked = append(asked, k)
		if slices.Contains(in.Kinds, k) {
			out.Kinds = append(out.Kinds, k)
		}
	}
	kept := alert.Mine{Kinds: out.Kinds, Asked: asked, Questions: out.Questions}
	_, err = s.deps.Store.Documents.Put(ctx, ws.ID, kindAlertMine, store.Document{ID: string(me.ID), Body: mustJSON(kept), Author: me.Name})
	return out, err
}
