package server

import (
	"cmp"
	"context"
	"fmt"
	netmail "net/mail"
	"slices"
	"strings"
	"time"

	post "github.com/shirube/shirube/internal/deliver/mail"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/share/report"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// Bounds of what is ordered.
const (
	mostReports       = 30
	mostReportReaders = 100
	shownIssues       = 60
	// sentApart is how long there has to be between two pages that are sent by hand.
	sentApart = time.Minute
)

func (s *Server) ownReport(ctx context.Context, of ReportPath) (store.Workspace, store.Report, error) {
	ws, err := s.workspace(ctx, of.Workspace)
	if err != nil {
		return ws, store.Report{}, err
	}
	if !front.IsName(of.ID) {
		return ws, store.Report{}, store.ErrNotFound{What: "report", Name: of.ID}
	}
	kept, err := s.deps.Store.Reports.Get(ctx, ws.ID, of.ID)
	return ws, kept, err
}

// listReports is every report, with whoever may get one.
func (s *Server) listReports(ctx context.Context, slug string, lang words.Lang) (ReportsReply, error) {
	reply := ReportsReply{Reports: []ReportView{}, People: []ReportPerson{}, CanSend: true}
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return reply, err
	}
	list, err := s.deps.Store.Reports.List(ctx, ws.ID)
	if err != nil {
		return reply, err
	}
	team, err := s.reportTeam(ctx, ws.ID)
	if err != nil {
		return reply, err
	}
	for _, r := range list {
		view, err := s.reportView(ctx, ws, r, team, lang)
		if err != nil {
			return reply, err
		}
		reply.Reports = append(reply.Reports, view)
	}
	if team.edits {
		for _, m := range team.members {
			reply.People = append(reply.People, ReportPerson{ID: string(m.User.ID), Name: m.User.Name, Department: m.Department})
		}
	}
	reply.Still = s.mailing.courier.Still
	if reply.Still {
		return reply, nil
	}
	_, _, _, err = s.houseSender(ctx, ws.ID)
	if _, problem := asMailProblem(err); problem {
		reply.CanSend, err = false, nil
	}
	return reply, err
}

// reportTeam is whoever looks at reports, and those they may be sent to.
type reportTeam struct {
	members []store.Member
	me      store.UserID
	edits   bool
}

func (s *Server) reportTeam(ctx context.Context, ws store.WorkspaceID) (reportTeam, error) {
	members, err := s.deps.Store.Members.List(ctx, ws)
	if err != nil {
		return reportTeam{}, err
	}
	team := reportTeam{members: members, edits: front.RoleOf(ctx).May(access.ShareOut)}
	if who := front.RequestOf(ctx).Who; who != nil && who.Key == nil {
		me, err := s.speaker(ctx, ws)
		if err != nil {
			return team, err
		}
		team.me = me.ID
	}
	return team, nil
}

func (t reportTeam) member(user string) (store.Member, bool) {
	for _, m := range t.members {
		if string(m.User.ID) == user {
			return m, true
		}
	}
	return store.Member{}, false
}

// shown is an address for whoever looks: whole for those who share out, else as much as
// tells two apart.
func (t reportTeam) shown(address string) string {
	if t.edits || address == "" {
		return address
	}
	name, domain, _ := strings.Cut(address, "@")
	return string([]rune(name)[:1]) + "…@" + domain
}

func (s *Server) reportView(ctx context.Context, ws store.Workspace, r store.Report, team reportTeam, lang words.Lang) (ReportView, error) {
	view := ReportView{
		ID: r.ID, Version: r.Version, ReportWords: reportWordsOf(r.Order), Plan: r.Plan.In(lang), By: r.Author, CreatedAt: r.CreatedAt,
		Mine: "no", Readers: []ReportReader{}, Issues: []ReportIssueLine{},
	}
	if !r.NextAt.IsZero() {
		view.NextAt = &r.NextAt
		b, _, err := s.boards.board(ctx, ws, 0)
		if err != nil {
			return view, err
		}
		here := r.NextAt.In(b.model.Location)
		view.Next = words.T("%[1]s %[2]s", "%[1]s, %[2]s", report.Weekday(series.DayOf(here)), here.Format("15:04")).In(lang)
	}
	for _, one := range r.Order.Readers {
		reader := ReportReader{ID: one.ID, User: one.User, Address: team.shown(one.Address), Name: one.Name, Lang: string(one.Lang), Stopped: one.Stopped, Outside: one.Outside()}
		if !one.Outside() {
			m, there := team.member(one.User)
			reader.Name, reader.Department, reader.Lang, reader.Left = m.User.Name, m.Department, m.User.Locale, !there
		}
		if one.User != "" && one.User == string(team.me) {
			view.Mine = map[bool]string{true: "stopped", false: "yes"}[one.Stopped]
		}
		view.Readers = append(view.Readers, reader)
	}
	issues, err := s.deps.Store.Reports.Issues(ctx, r.Workspace, r.ID, 1)
	if err != nil {
		return view, err
	}
	for _, i := range issues {
		line, err := s.issueLine(ctx, r, i)
		if err != nil {
			return view, err
		}
		view.Issues = append(view.Issues, line)
	}
	return view, nil
}

// readOrder reads a body: what is wrong is told at its field. was is the order before; its
// readers keep their ids, and whoever asked to be left out stays left out.
func (s *Server) readOrder(ctx context.Context, ws store.Workspace, body ReportBody, was report.Order) (report.Order, time.Time, error) {
	o := report.Order{
		Name: front.Clean(body.Name), PDF: body.PDF, Note: cleanParagraphs(body.Note), Paused: body.Paused,
		Plan: report.Plan{Rhythm: report.Rhythm(body.Rhythm), Weekday: time.Weekday(body.Weekday), Day: body.Day, Holidays: report.Holidays(body.Holidays)},
	}
	if o.Name == "" {
		return o, time.Time{}, front.BadRequest("body.name", words.T("名前をつけてください。", "Please give it a name."))
	}
	clock, err := time.Parse("15:04", body.Time)
	if err != nil {
		return o, time.Time{}, front.BadRequest("body.time", words.T("時刻は 08:30 の形で書いてください。", "Write the time like 08:30."))
	}
	o.Minute = clock.Hour()*60 + clock.Minute()
	if o.Day == 0 {
		o.Day = 1
	}
	if !o.Plan.Known() {
		return o, time.Time{}, front.BadRequest("body.rhythm", words.T("いつ届けるかを選んでください。", "Please choose when it is to come."))
	}
	if o.Readers, err = s.readReaders(ctx, ws, body.Readers, was.Readers); err != nil {
		return o, time.Time{}, err
	}
	next, err := s.nextReport(ctx, ws, o)
	if err == nil && next.IsZero() && !o.Paused {
		err = front.BadRequest("body.holidays", words.T("この曜日は営業日ではないので、一度も届きません。次の営業日に送るか、曜日を変えてください。", "Nobody works on that day of the week, so it would never come. Send it on the next working day, or choose another day."))
	}
	return o, next, err
}

// nextReport is the next moment of an order; the zero time of one that is paused.
func (s *Server) nextReport(ctx context.Context, ws store.Workspace, o report.Order) (time.Time, error) {
	if o.Paused {
		return time.Time{}, nil
	}
	b, _, err := s.boards.board(ctx, ws, 0)
	if err != nil {
		return time.Time{}, err
	}
	return o.Next(s.deps.Clock(), b.model.Location, b.model.Calendar()), nil
}

func (s *Server) readReaders(ctx context.Context, ws store.Workspace, given []ReportReaderBody, was []report.Reader) ([]report.Reader, error) {
	members, err := s.deps.Store.Members.List(ctx, ws.ID)
	if err != nil {
		return nil, err
	}
	before := map[string]report.Reader{}
	for _, r := range was {
		before[readerKey(r)] = r
	}
	list := []report.Reader{}
	taken := map[string]bool{}
	for i, g := range given {
		place := fmt.Sprintf("body.readers[%d]", i)
		r := report.Reader{User: g.User, Lang: words.Lang(g.Lang), Name: front.Clean(g.Name)}
		if g.User == "" {
			parsed, err := netmail.ParseAddress(strings.TrimSpace(g.Address))
			if err != nil {
				return nil, front.BadRequest(place, words.T("「%s」はメールアドレスとして読めません。", "%q is no mail address.", g.Address))
			}
			if _, ok := post.WireAddress(parsed.Address); !ok {
				return nil, front.BadRequest(place, words.T("「%s」には送れません。", "Nothing can be sent to %q.", g.Address))
			}
			r.Address, r.Name, r.Lang = parsed.Address, cmp.Or(r.Name, front.Clean(parsed.Name)), words.ParseLang(g.Lang)
		} else {
			r.Lang, r.Name = "", ""
			known := slices.ContainsFunc(members, func(m store.Member) bool { return string(m.User.ID) == g.User })
			if _, kept := before[readerKey(r)]; !known && !kept {
				return nil, front.BadRequest(place, words.T("この方は、このワークスペースにいません。", "This person is not in the workspace."))
			}
		}
		key := readerKey(r)
		if taken[key] {
			continue
		}
		taken[key] = true
		if old, kept := before[key]; kept {
			r.ID, r.Stopped = old.ID, old.Stopped
		} else if r.ID, err = s.newRequestID(); err != nil {
			return nil, err
		}
		list = append(list, r)
	}
	// Whoever outside asked to be left out is kept even when they are taken off the list:
	// written there anew, they would be sent what they refused.
	for _, r := range was {
		if r.Stopped && r.Outside() && !taken[readerKey(r)] {
			list = append(list, r)
		}
	}
	if len(list) > mostReportReaders {
		return nil, front.BadRequest("body.readers", words.T("届け先は%d件までです。", "There may be %d readers.", mostReportReaders))
	}
	return list, nil
}

// readerKey tells two readers apart, whatever case an address is written in.
func readerKey(r report.Reader) string {
	if r.User != "" {
		return "user:" + r.User
	}
	return "mail:" + strings.ToLower(r.Address)
}

func (s *Server) createReport(ctx context.Context, slug string, body ReportBody, lang words.Lang) (ReportView, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return ReportView{}, err
	}
	list, err := s.deps.Store.Reports.List(ctx, ws.ID)
	if err != nil {
		return ReportView{}, err
	}
	if len(list) >= mostReports {
		return ReportView{}, front.BadRequest("body", words.T("レポートは%d個までです。使っていないものを消してください。", "There may be %d reports. Delete one that is not used.", mostReports))
	}
	order, next, err := s.readOrder(ctx, ws, body, report.Order{})
	if err != nil {
		return ReportView{}, err
	}
	kept, err := s.deps.Store.Reports.Create(ctx, ws.ID, order, next, front.AuthorOf(ctx))
	if err != nil {
		return ReportView{}, err
	}
	return s.reportReply(ctx, ws, kept, lang)
}

func (s *Server) reportReply(ctx context.Context, ws store.Workspace, kept store.Report, lang words.Lang) (ReportView, error) {
	s.reporting.wake()
	team, err := s.reportTeam(ctx, kept.Workspace)
	if err != nil {
		return ReportView{}, err
	}
	return s.reportView(ctx, ws, kept, team, lang)
}

func (s *Server) editReport(ctx context.Context, of ReportPath, body EditReport, lang words.Lang) (ReportView, error) {
	ws, kept, err := s.ownReport(ctx, of)
	if err != nil {
		return ReportView{}, err
	}
	order, next, err := s.readOrder(ctx, ws, body.ReportBody, kept.Order)
	if err != nil {
		return ReportView{}, err
	}
	// A paused report's moment is found anew; that of one whose plan stays is kept, so that an
	// edit at half past eight does not swallow the page of that hour.
	if order.Plan == kept.Order.Plan && !order.Paused && !kept.Order.Paused && !kept.NextAt.IsZero() {
		next = kept.NextAt
	}
	if kept, err = s.deps.Store.Reports.Save(ctx, ws.ID, kept.ID, body.Base, order, next); err != nil {
		return ReportView{}, err
	}
	return s.reportReply(ctx, ws, kept, lang)
}

// receiveReport is a member's own word: to get a report, or not to.
func (s *Server) receiveReport(ctx context.Context, of ReportPath, receive bool, lang words.Lang) (ReportView, error) {
	ws, kept, err := s.ownReport(ctx, of)
	if err != nil {
		return ReportView{}, err
	}
	me, err := s.speaker(ctx, ws.ID)
	if err != nil {
		return ReportView{}, err
	}
	if me.ID == "" {
		return ReportView{}, front.NotAllowed()
	}
	id, err := s.newRequestID()
	if err != nil {
		return ReportView{}, err
	}
	full := false
	kept, err = s.deps.Store.Reports.Readers(ctx, ws.ID, kept.ID, func(list []report.Reader) []report.Reader {
		at := slices.IndexFunc(list, func(r report.Reader) bool { return r.User == string(me.ID) })
		switch {
		case at >= 0:
			list[at].Stopped = !receive
		case len(list) >= mostReportReaders:
			full = true
		case receive:
			list = append(list, report.Reader{ID: id, User: string(me.ID)})
		}
		return list
	})
	if err == nil && full {
		err = front.BadRequest("body", words.T("届け先は%d件までです。", "There may be %d readers.", mostReportReaders))
	}
	if err != nil {
		return ReportView{}, err
	}
	return s.reportReply(ctx, ws, kept, lang)
}
