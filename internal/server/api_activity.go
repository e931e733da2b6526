package server

import (
	"context"
	"encoding/base64"
	"encoding/csv"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/act/law"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/share/activity"
	"github.com/shirube/shirube/internal/share/audit"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/template"
	"github.com/shirube/shirube/internal/words"
)

// ActivityReply is who of which department looked at the goal and asked about it.
type ActivityReply struct {
	From        series.Day      `json:"from" format:"date"`
	To          series.Day      `json:"to" format:"date"`
	Departments []ActivityRow   `json:"departments" doc:"every department there is, those who looked last first; an empty name: nobody said of which they are"`
	Silent      []string        `json:"silent" doc:"departments of whom nobody looked or said anything"`
	People      []ActivityRow   `json:"people" doc:"told to those who settle things; empty for others"`
	Named       bool            `json:"named" doc:"whether people are told"`
	Things      []ActivityThing `json:"things" doc:"what was looked at, what most people did first"`
}

// ActivityRow is what a person or a department did.
type ActivityRow struct {
	ID         string      `json:"id"`
	Name       string      `json:"name"`
	Department string      `json:"department" doc:"of a person"`
	People     int         `json:"people"`
	Active     int         `json:"active" doc:"how many of them looked or said something"`
	Days       int         `json:"days" doc:"on how many days somebody looked"`
	Last       *series.Day `json:"last" format:"date"`
	Looked     []string    `json:"looked" doc:"map, indicator, findings, now, agreement, questions, reviews, reports, glossary"`
	Asked      int         `json:"asked"`
	Spoke      int         `json:"spoke" doc:"answers, and statements of how one understands the goal"`
	Changed    int         `json:"changed"`
}

// ActivityThing is something that was looked at.
type ActivityThing struct {
	What        string   `json:"what"`
	ID          string   `json:"id"`
	Name        string   `json:"name"`
	People      int      `json:"people"`
	Departments []string `json:"departments"`
}

// AuditReply is a page of what was changed, the newest first.
type AuditReply struct {
	Entries []AuditEntryView `json:"entries"`
	Next    string           `json:"next" doc:"where the next page begins; empty at the end"`
	Actors  []AuditActor     `json:"actors" doc:"who is on the record of the last year"`
}

// AuditEntryView is one thing that somebody did.
type AuditEntryView struct {
	ID          string        `json:"id"`
	At          time.Time     `json:"at"`
	Actor       AuditActor    `json:"actor"`
	Role        string        `json:"role" doc:"at that time"`
	Area        string        `json:"area" enum:"people,map,measure,ask,act,share,settings"`
	Operation   string        `json:"operation"`
	Sentence    string        `json:"sentence"`
	Subject     string        `json:"subject" doc:"id of what was changed"`
	SubjectName string        `json:"subject_name"`
	Law         string        `json:"law" doc:"the article because of which it stands here; empty where none asks for it"`
	Request     string        `json:"request" doc:"its number in the server's log"`
	Read        bool          `json:"read" doc:"whether the states before and after are known"`
	Changes     []AuditChange `json:"changes"`
	More        int           `json:"more" doc:"fields that changed as well"`
}

// AuditActor is who did it.
type AuditActor struct {
	Kind string `json:"kind" enum:"person,key"`
	ID   string `json:"id"`
	Name string `json:"name"`
}

// AuditChange is one field before and after.
type AuditChange struct {
	Field  string  `json:"field"`
	Name   string  `json:"name" doc:"what people call the field"`
	Before *string `json:"before"`
	After  *string `json:"after"`
	Hidden bool    `json:"hidden" doc:"that it changed is kept, but not what it was"`
}

// AuditWish says which entries are looked for; embed it in a request.
type AuditWish struct {
	From  string `query:"from" maxLength:"10" doc:"the first day"`
	To    string `query:"to" maxLength:"10" doc:"the last day"`
	Actor string `query:"actor" maxLength:"80" doc:"id of who did it"`
	Area  string `query:"area" enum:"people,map,measure,ask,act,share,settings"`
}

func (s *Server) registerActivity(api huma.API) {
	tags := []string{"activity"}
	front.Handle(api, huma.Operation{
		OperationID: "get-activity", Metadata: front.Needs(access.SeePeople), Method: http.MethodGet, Path: "/api/workspaces/{ws}/activity",
		Summary: "Who of which department looked at the goal and asked about it", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
		Days int `query:"days" minimum:"1" maximum:"92" default:"7" doc:"days up to today"`
	}) (ActivityReply, error) {
		return s.activity(ctx, in.Workspace, in.Days)
	})
	front.Handle(api, huma.Operation{
		OperationID: "list-audit", Metadata: front.Needs(access.Audit), Method: http.MethodGet, Path: "/api/workspaces/{ws}/audit",
		Summary: "What was changed, by whom, before and after", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
		AuditWish
		After string `query:"after" maxLength:"200" doc:"the next of the page before"`
		Limit int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
	}) (AuditReply, error) {
		return s.auditPage(ctx, in.Workspace, in.AuditWish, in.After, in.Limit, in.Words())
	})
	huma.Register(api, front.Bounded(huma.Operation{
		OperationID: "export-audit", Metadata: front.Needs(access.Audit), Method: http.MethodGet, Path: "/api/workspaces/{ws}/audit/export",
		Summary: "The record as CSV, one line for each field that changed", Tags: tags,
	}), func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
		AuditWish
	}) (*huma.StreamResponse, error) {
		ws, err := s.workspace(ctx, in.Workspace)
		if err != nil {
			return nil, err
		}
		query, err := s.auditQuery(ws.ID, in.AuditWish)
		if err != nil {
			return nil, err
		}
		return s.contactFile(ws.Slug+"-audit.csv", func(ctx context.Context, w io.Writer) error {
			return s.writeAudit(ctx, ws.ID, query, w, in.Words())
		}), nil
	})
}

// auditQuery reads the wish; days are those of the workspace.
func (s *Server) auditQuery(ws store.WorkspaceID, in AuditWish) (store.AuditQuery, error) {
	query := store.AuditQuery{Actor: in.Actor, Area: audit.Area(in.Area)}
	zone := s.place(ws)
	for _, one := range []struct {
		name, text string
		into       *time.Time
		after      series.Day
	}{{"from", in.From, &query.From, 0}, {"to", in.To, &query.To, 1}} {
		day, err := front.At{AsOf: one.text}.Day()
		if err != nil {
			return query, front.BadRequest("query."+one.name, words.T("日付「%s」が読めません。2026-04-01 の形で書いてください。",
				"The date %q cannot be read. Write it like 2026-04-01.", one.text))
		}
		if day != nil {
			*one.into = midnight(*day+one.after, zone)
		}
	}
	return query, nil
}

func (s *Server) auditPage(ctx context.Context, slug string, wish AuditWish, after string, limit int, lang words.Lang) (AuditReply, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return AuditReply{}, err
	}
	query, err := s.auditQuery(ws.ID, wish)
	if err != nil {
		return AuditReply{}, err
	}
	if query.After, err = readCursor(after); err != nil {
		return AuditReply{}, err
	}
	query.Limit = limit + 1
	entries, err := s.deps.Store.Audit.List(ctx, ws.ID, query)
	if err != nil {
		return AuditReply{}, err
	}
	reply := AuditReply{Entries: []AuditEntryView{}, Actors: []AuditActor{}}
	if len(entries) > limit {
		entries = entries[:limit]
		reply.Next = cursorOf(entries[limit-1])
	}
	for _, e := range entries {
		reply.Entries = append(reply.Entries, auditView(e, lang))
	}
	reply.Actors, err = s.auditActors(ctx, ws.ID)
	return reply, err
}

// auditActors is who can be looked for: the people of the team and its keys, and whoever
// else stands on the newest entries.
func (s *Server) auditActors(ctx context.Context, ws store.WorkspaceID) ([]AuditActor, error) {
	list := []AuditActor{}
	members, err := s.deps.Store.Members.List(ctx, ws)
	if err != nil {
		return nil, err
	}
	for _, m := range members {
		list = append(list, AuditActor{Kind: string(audit.Person), ID: string(m.User.ID), Name: m.User.Name})
	}
	newest, err := s.deps.Store.Audit.List(ctx, ws, store.AuditQuery{})
	if err != nil {
		return nil, err
	}
	for _, e := range newest {
		if e.Actor.ID != "" && !slices.ContainsFunc(list, func(a AuditActor) bool { return a.ID == e.Actor.ID }) {
			list = append(list, actorView(e.Actor))
		}
	}
	return list, nil
}

func actorView(a audit.Actor) AuditActor {
	kind := a.Kind
	if kind == "" {
		kind = audit.Person
	}
	return AuditActor{Kind: string(kind), ID: a.ID, Name: a.Name}
}

func auditView(e audit.Entry, lang words.Lang) AuditEntryView {
	view := AuditEntryView{
		ID: e.ID, At: e.At, Actor: actorView(e.Actor), Role: e.Actor.Role, Area: string(e.Area), Operation: e.Operation, Sentence: audit.Deed(e.Operation).In(lang),
		Subject: e.Subject, SubjectName: e.SubjectName, Request: e.Request, Read: e.Changes.Read, Changes: auditChanges(e.Changes, lang), More: e.Changes.More,
	}
	if duty, asked := law.OfDeed(e.Operation); asked {
		view.Law = duty.Article.In(lang)
	}
	return view
}

func auditChanges(of audit.Changes, lang words.Lang) []AuditChange {
	list := make([]AuditChange, len(of.Fields))
	for i, c := range of.Fields {
		list[i] = AuditChange{Field: c.Field, Name: audit.FieldName(c.Field, lang), Before: c.Before, After: c.After, Hidden: c.Hidden}
	}
	return list
}

// cursorOf is a place in the record that an address can carry.
func cursorOf(e audit.Entry) string {
	return base64.RawURLEncoding.EncodeToString([]byte(strconv.FormatInt(e.At.UnixMilli(), 10) + " " + e.ID))
}

func readCursor(text string) (store.AuditCursor, error) {
	if text == "" {
		return store.AuditCursor{}, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(text)
	at, id, found := strings.Cut(string(raw), " ")
	millis, wrong := strconv.ParseInt(at, 10, 64)
	if err != nil || !found || wrong != nil {
		return store.AuditCursor{}, front.BadRequest("query.after", words.T("続きの場所が読めません。はじめから開きなおしてください。", "This place in the record cannot be read. Begin again."))
	}
	return store.AuditCursor{At: time.UnixMilli(millis).UTC(), ID: id}, nil
}

// writeAudit writes the record as CSV (UTF-8 with a byte order mark, as spreadsheets want
// it): a line for each field that changed, and one for what has none.
func (s *Server) writeAudit(ctx context.Context, ws store.WorkspaceID, query store.AuditQuery, w io.Writer, lang words.Lang) error {
	if _, err := io.WriteString(w, "\uFEFF"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	head := words.T("日時,だれが,だれが(種類),役割,分野,したこと,対象,対象ID,項目,前,後,操作,要求番号,記録ID",
		"at,who,kind,role,area,what,about,about id,field,before,after,operation,request,record").In(lang)
	if err := out.Write(strings.Split(head, ",")); err != nil {
		return err
	}
	zone := s.place(ws)
	hidden := words.T("(残していません)", "(not kept)").In(lang)
	for {
		entries, err := s.deps.Store.Audit.List(ctx, ws, query)
		if err != nil {
			return err
		}
		for _, e := range entries {
			role := ""
			if r := access.Role(e.Actor.Role); r.Known() {
				role = r.In(lang)
			}
			line := func(field, before, after string) error {
				cells := []string{e.At.In(zone).Format(time.RFC3339), e.Actor.Name, string(e.Actor.Kind), role, e.Area.In(lang), audit.Deed(e.Operation).In(lang),
					e.SubjectName, e.Subject, field, before, after, e.Operation, e.Request, e.ID}
				for i := range cells {
					cells[i] = words.Cell(cells[i])
				}
				return out.Write(cells)
			}
			if len(e.Changes.Fields) == 0 {
				if err := line("", "", ""); err != nil {
					return err
				}
			}
			for _, c := range e.Changes.Fields {
				before, after := orEmpty(c.Before), orEmpty(c.After)
				if c.Hidden {
					before, after = hidden, hidden
				}
				if err := line(c.Field, before, after); err != nil {
					return err
				}
			}
		}
		out.Flush()
		if len(entries) < store.MostAudit {
			return out.Error()
		}
		last := entries[len(entries)-1]
		query.After = store.AuditCursor{At: last.At, ID: last.ID}
	}
}

func orEmpty(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}

// activity tells what people did in the days up to today.
func (s *Server) activity(ctx context.Context, slug string, days int) (ActivityReply, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return ActivityReply{}, err
	}
	today := s.dayOf(ws.ID, s.deps.Clock())
	reply := ActivityReply{From: today - series.Day(days) + 1, To: today, Named: front.RequestOf(ctx).May(access.Decide), People: []ActivityRow{}, Things: []ActivityThing{}}
	members, err := s.deps.Store.Members.List(ctx, ws.ID)
	if err != nil {
		return reply, err
	}
	people := make([]activity.Person, len(members))
	for i, m := range members {
		people[i] = activity.Person{ID: string(m.User.ID), Name: m.User.Name, Department: m.Department}
	}
	seen, err := s.deps.Store.Looks.Since(ctx, ws.ID, reply.From)
	if err != nil {
		return reply, err
	}
	looks := make([]activity.Look, len(seen))
	for i, l := range seen {
		looks[i] = activity.Look{Day: l.Day, Person: string(l.Person), What: l.What, Thing: l.Thing}
	}
	times, err := s.deps.Store.Audit.Times(ctx, ws.ID, midnight(reply.From, s.place(ws.ID)))
	if err != nil {
		return reply, err
	}
	said := make([]activity.Word, len(times))
	for i, t := range times {
		said[i] = activity.Word{Person: t.Actor, Kind: activity.KindOf(t.Operation), Times: t.Times}
	}
	week := activity.Summarise(people, looks, said)
	reply.Departments, reply.Silent = activityRows(week.Departments), front.Listed(week.Silent)
	if reply.Named {
		reply.People = activityRows(week.People)
	}
	names := s.indicatorNames(ctx, ws.ID)
	for _, t := range week.Things {
		reply.Things = append(reply.Things, ActivityThing{What: t.What, ID: t.Thing, Name: names[t.Thing], People: t.People, Departments: front.Listed(t.Departments)})
	}
	return reply, nil
}

func activityRows(list []activity.Row) []ActivityRow {
	rows := make([]ActivityRow, len(list))
	for i, r := range list {
		rows[i] = ActivityRow{ID: r.ID, Name: r.Name, Department: r.Department, People: r.People, Active: r.Active, Days: r.Days, Last: r.Last,
			Looked: front.Listed(r.Looked), Asked: r.Asked, Spoke: r.Spoke, Changed: r.Changed}
	}
	return rows
}

// indicatorNames is what the indicators are called now; none where the map cannot be read.
func (s *Server) indicatorNames(ctx context.Context, ws store.WorkspaceID) map[string]string {
	names := map[string]string{}
	saved, err := s.modelOrEmptyNewest(ctx, ws)
	if err != nil {
		return names
	}
	for _, ind := range saved.model.Indicators {
		names[ind.ID] = ind.Name
	}
	return names
}

// place is where a workspace's days begin and end.
func (s *Server) place(ws store.WorkspaceID) *time.Location {
	zone, err := time.LoadLocation(s.zone(event.Workspace(ws)))
	if err != nil {
		return template.Zone // the model's zone is known to be one; this machine has no table of them
	}
	return zone
}
