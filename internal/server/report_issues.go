package server

import (
	"context"
	"net/http"

	"github.com/shirube/shirube/internal/act/outbox"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/report"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

func reportWordsOf(o report.Order) ReportWords {
	return ReportWords{
		Name: o.Name, Rhythm: string(o.Rhythm), Weekday: int(o.Weekday), Day: o.Day, Time: clockOf(o.Minute), Holidays: string(o.Holidays),
		PDF: o.PDF, Note: o.Note, Paused: o.Paused,
	}
}

func clockOf(minute int) string {
	two := func(n int) string { return string([]byte{byte('0' + n/10), byte('0' + n%10)}) }
	return two(minute/60) + ":" + two(minute%60)
}

// issueLine counts how a page's mails ended.
func (s *Server) issueLine(ctx context.Context, of store.Report, i store.ReportIssue) (ReportIssueLine, error) {
	line := ReportIssueLine{Number: i.Number, MadeAt: i.MadeAt, By: i.Author, Mark: i.Mark, Title: i.Title, Readers: len(i.Readers)}
	counts, err := s.deps.Store.Outbox.CountOf(ctx, of.Workspace, reportCause(of.ID, i.Number))
	if err != nil {
		return line, err
	}
	for _, r := range i.Readers {
		if r.State != "" {
			counts[outbox.State(r.State)]++
		}
	}
	for state, n := range counts {
		switch state {
		case outbox.Sent:
			line.Sent += n
		case outbox.Queued, outbox.Sending:
			line.Waiting += n
		case outbox.Failed, outbox.Unknown:
			line.Failed += n
		}
	}
	return line, nil
}

func (s *Server) listIssues(ctx context.Context, of ReportPath) (ReportIssuesReply, error) {
	reply := ReportIssuesReply{Issues: []ReportIssueLine{}}
	ws, kept, err := s.ownReport(ctx, of)
	if err != nil {
		return reply, err
	}
	list, err := s.deps.Store.Reports.Issues(ctx, ws.ID, kept.ID, shownIssues)
	if err != nil {
		return reply, err
	}
	for _, i := range list {
		line, err := s.issueLine(ctx, kept, i)
		if err != nil {
			return reply, err
		}
		reply.Issues = append(reply.Issues, line)
	}
	return reply, nil
}

func (s *Server) getIssue(ctx context.Context, of ReportIssuePath) (ReportIssueReply, error) {
	ws, kept, err := s.ownReport(ctx, of.ReportPath)
	if err != nil {
		return ReportIssueReply{}, err
	}
	page, err := s.deps.Store.Reports.OneIssue(ctx, ws.ID, kept.ID, of.Number)
	if err != nil {
		return ReportIssueReply{}, err
	}
	return s.issueReply(ctx, kept, page, of.Words())
}

func (s *Server) issueReply(ctx context.Context, kept store.Report, page store.ReportIssue, lang words.Lang) (ReportIssueReply, error) {
	line, err := s.issueLine(ctx, kept, page)
	if err != nil {
		return ReportIssueReply{}, err
	}
	reply := ReportIssueReply{ReportIssueLine: line, To: []ReportSentView{}}
	if sheet, written := page.Sheet(lang); written {
		reply.Sheet = &sheet
	}
	items, err := s.deps.Store.Outbox.List(ctx, kept.Workspace, store.ItemQuery{Cause: reportCause(kept.ID, page.Number)})
	if err != nil {
		return reply, err
	}
	ended := map[string]outbox.Item{}
	for _, item := range items {
		ended[item.Key] = item
	}
	team, err := s.reportTeam(ctx, kept.Workspace)
	if err != nil {
		return reply, err
	}
	for _, r := range page.Readers {
		view := ReportSentView{Name: r.Name, Address: team.shown(r.Address), Outside: r.Outside(), Lang: r.Variant[:2], State: r.State}
		if view.State == "" {
			item := ended[reportKey(kept.ID, page.Number, r.ID)]
			view.State, view.Reason = string(item.State), item.Reason
			if view.State == "" {
				view.State = string(outbox.Cancelled) // swept away long after
			}
		}
		reply.To = append(reply.To, view)
	}
	return reply, nil
}

// sendReport sends a page now, beside the plan.
func (s *Server) sendReport(ctx context.Context, of ReportPath, lang words.Lang) (ReportIssueReply, error) {
	ws, kept, err := s.ownReport(ctx, of)
	if err != nil {
		return ReportIssueReply{}, err
	}
	last, err := s.deps.Store.Reports.Issues(ctx, ws.ID, kept.ID, 1)
	if err != nil {
		return ReportIssueReply{}, err
	}
	if len(last) > 0 && s.deps.Clock().Sub(last[0].MadeAt) < sentApart {
		return ReportIssueReply{}, front.Refuse(http.StatusTooManyRequests, words.T("いま送ったばかりです。1分たってから、もう一度送れます。", "One was sent just now. You can send again in a minute."))
	}
	// Whoever pressed the button waits: the links are taken as far as they are measured.
	page, err := s.issue(ctx, ws, kept, store.NewReportIssue{Author: front.SignedBy(ctx, "")})
	if err != nil {
		return ReportIssueReply{}, err
	}
	return s.issueReply(ctx, kept, page, lang)
}
