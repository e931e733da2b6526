package server

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/share/report"
	"github.com/shirube/shirube/internal/store"
)

// ReportsReply is what comes by mail, and whom it may go to.
type ReportsReply struct {
	Reports []ReportView   `json:"reports" doc:"the oldest first"`
	People  []ReportPerson `json:"people" doc:"members, for whoever may edit; else none"`
	CanSend bool           `json:"can_send" doc:"false: there is no sender of mail yet"`
	Still   bool           `json:"still" doc:"true: nothing really leaves (the made-up company)"`
}

// ReportPerson is a member a report may go to.
type ReportPerson struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	Department string `json:"department"`
}

// ReportWords is what is said of a report, but for its readers.
type ReportWords struct {
	Name     string `json:"name" maxLength:"120"`
	Rhythm   string `json:"rhythm" enum:"daily,weekly,monthly"`
	Weekday  int    `json:"weekday,omitempty" minimum:"0" maximum:"6" doc:"weekly: 0 is Sunday"`
	Day      int    `json:"day,omitempty" minimum:"0" maximum:"31" doc:"monthly: in shorter months the last"`
	Time     string `json:"time" pattern:"^([01][0-9]|2[0-3]):[0-5][0-9]$" doc:"by the clock of the model's time zone"`
	Holidays string `json:"holidays" enum:"send,next,skip" doc:"of days nobody works on: sent all the same, on the next working day, left out"`
	PDF      bool   `json:"pdf,omitempty" doc:"with the page on paper beside the mail"`
	Note     string `json:"note,omitempty" maxLength:"1000" doc:"a word above the page"`
	Paused   bool   `json:"paused,omitempty"`
}

// ReportBody is a report as it is written.
type ReportBody struct {
	ReportWords
	Readers []ReportReaderBody `json:"readers,omitempty" maxItems:"100"`
}

// ReportReaderBody is somebody it goes to: a member by id, or an address outside.
type ReportReaderBody struct {
	User    string `json:"user,omitempty" maxLength:"40"`
	Address string `json:"address,omitempty" maxLength:"254"`
	Name    string `json:"name,omitempty" maxLength:"120"`
	Lang    string `json:"lang,omitempty" enum:"ja,en" doc:"of somebody outside"`
}

// EditReport is an edit of a report.
type EditReport struct {
	ReportBody
	Base int `json:"base_version" minimum:"1" doc:"the version the edit began with"`
}

// ReportView is a report as it stands.
type ReportView struct {
	ID      string `json:"id"`
	Version int    `json:"version" doc:"counts edits; an edit says the one it began with"`
	ReportWords
	Readers   []ReportReader    `json:"readers"`
	Plan      string            `json:"plan" doc:"when it comes, in words"`
	NextAt    *time.Time        `json:"next_at" doc:"null while it is paused"`
	Next      string            `json:"next" doc:"the same by the team's clock, in words; empty while it is paused"`
	Mine      string            `json:"mine" enum:"yes,no,stopped" doc:"whether the reader of this gets it"`
	Issues    []ReportIssueLine `json:"issues" doc:"the newest page that was sent, if any"`
	By        string            `json:"by"`
	CreatedAt time.Time         `json:"created_at"`
}

// ReportReader is somebody it goes to.
type ReportReader struct {
	ID         string `json:"id"`
	User       string `json:"user"`
	Address    string `json:"address" doc:"of somebody outside; cut short for whoever may not edit"`
	Name       string `json:"name"`
	Department string `json:"department"`
	Lang       string `json:"lang"`
	Outside    bool   `json:"outside" doc:"no member: no names of the team are shown to them"`
	Stopped    bool   `json:"stopped" doc:"asked to be left out"`
	Left       bool   `json:"left" doc:"no member any more"`
}

// ReportIssueLine is one page that was sent.
type ReportIssueLine struct {
	Number  int       `json:"number"`
	MadeAt  time.Time `json:"made_at"`
	By      string    `json:"by" doc:"empty: by its plan"`
	Mark    string    `json:"mark" enum:",met,on-pace,behind,missed,too-early,no-data"`
	Title   string    `json:"title"`
	Readers int       `json:"readers"`
	Sent    int       `json:"sent"`
	Failed  int       `json:"failed"`
	Waiting int       `json:"waiting"`
}

// ReportIssueReply is a page as it was sent.
type ReportIssueReply struct {
	ReportIssueLine
	Sheet *report.Sheet    `json:"sheet" doc:"null where it went to nobody"`
	To    []ReportSentView `json:"to"`
}

// ReportSentView is somebody it went to, and how that ended.
type ReportSentView struct {
	Name    string `json:"name"`
	Address string `json:"address"`
	Outside bool   `json:"outside"`
	Lang    string `json:"lang"`
	State   string `json:"state" enum:"queued,sending,sent,failed,unknown,withheld,cancelled"`
	Reason  string `json:"reason"`
}

// ReportIssuesReply is what was sent of a report.
type ReportIssuesReply struct {
	Issues []ReportIssueLine `json:"issues" doc:"the newest first"`
}

// ReportPath names one report.
type ReportPath struct {
	front.InWorkspace
	front.Lang
	ID string `path:"id" maxLength:"40"`
}

// ReportIssuePath names one page that was sent.
type ReportIssuePath struct {
	ReportPath
	Number int `path:"n" minimum:"1"`
}

func (s *Server) registerReportOrders(api huma.API) {
	tags := []string{"reports"}
	const path = "/api/workspaces/{ws}/reports"
	front.Handle(api, huma.Operation{
		OperationID: "list-reports", Metadata: front.Needs(access.SeeMap), Method: http.MethodGet, Path: path, Summary: "What comes by mail, when and to whom", Tags: tags,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
	}) (ReportsReply, error) {
		return s.listReports(ctx, in.Workspace, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "create-report", Metadata: front.Needs(access.ShareOut), Method: http.MethodPost, Path: path, Summary: "Order a report", Tags: tags,
		DefaultStatus: http.StatusCreated,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
		Body ReportBody
	}) (ReportView, error) {
		return s.createReport(ctx, in.Workspace, in.Body, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "edit-report", Metadata: front.Needs(access.ShareOut), Method: http.MethodPut, Path: path + "/{id}", Summary: "Change a report, or let it rest", Tags: tags,
	}, func(ctx context.Context, in *struct {
		ReportPath
		Body EditReport
	}) (ReportView, error) {
		return s.editReport(ctx, in.ReportPath, in.Body, in.Words())
	})
	front.HandleNothing(api, huma.Operation{
		OperationID: "delete-report", Metadata: front.Needs(access.ShareOut), Method: http.MethodDelete, Path: path + "/{id}", Summary: "Delete a report with what was sent of it", Tags: tags,
	}, func(ctx context.Context, in *struct{ ReportPath }) error {
		ws, kept, err := s.ownReport(ctx, in.ReportPath)
		if err != nil {
			return err
		}
		return s.deps.Store.Reports.Delete(ctx, ws.ID, kept.ID)
	})
	front.Handle(api, huma.Operation{
		OperationID: "receive-report", Metadata: front.Needs(access.Speak), Method: http.MethodPut, Path: path + "/{id}/mine", Summary: "Get a report oneself, or not", Tags: tags,
	}, func(ctx context.Context, in *struct {
		ReportPath
		Body struct {
			Receive bool `json:"receive"`
		}
	}) (ReportView, error) {
		return s.receiveReport(ctx, in.ReportPath, in.Body.Receive, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "send-report", Metadata: front.Needs(access.ShareOut), Method: http.MethodPost, Path: path + "/{id}/issues", Summary: "Send a report now", Tags: tags,
		DefaultStatus: http.StatusCreated,
	}, func(ctx context.Context, in *struct{ ReportPath }) (ReportIssueReply, error) {
		return s.sendReport(ctx, in.ReportPath, in.Words())
	})
	front.Handle(api, huma.Operation{
		OperationID: "list-report-issues", Metadata: front.Needs(access.SeeMap), Method: http.MethodGet, Path: path + "/{id}/issues", Summary: "What was sent of a report", Tags: tags,
	}, func(ctx context.Context, in *struct{ ReportPath }) (ReportIssuesReply, error) {
		return s.listIssues(ctx, in.ReportPath)
	})
	front.Handle(api, huma.Operation{
		OperationID: "get-report-issue", Metadata: front.Needs(access.SeeMap), Method: http.MethodGet, Path: path + "/{id}/issues/{n}", Summary: "A page as it was sent", Tags: tags,
	}, func(ctx context.Context, in *struct{ ReportIssuePath }) (ReportIssueReply, error) {
		return s.getIssue(ctx, in.ReportIssuePath)
	})
	huma.Register(api, front.Bounded(huma.Operation{
		OperationID: "get-report-issue-pdf", Metadata: front.Needs(access.SeeMap), Method: http.MethodGet, Path: path + "/{id}/issues/{n}/pdf",
		Summary: "A page as it was sent, on paper", Tags: tags, Responses: aPDF,
	}), func(ctx context.Context, in *struct{ ReportIssuePath }) (*huma.StreamResponse, error) {
		page, err := s.getIssue(ctx, in.ReportIssuePath)
		if err != nil {
			return nil, err
		}
		if page.Sheet == nil {
			return nil, store.ErrNotFound{What: "page", Name: in.ID}
		}
		return printed(*page.Sheet, page.MadeAt)
	})
}
