package server

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/shirube/shirube/internal/act/outbox"
	"github.com/shirube/shirube/internal/demo"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/share/report"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// plantReports gives the made-up company a weekly report, with the page of last Monday as
// if it had been sent. It is written while the screens are open already: a page takes a
// moment.
func (s *Server) plantReports(ctx context.Context) error {
	ws, err := s.deps.Store.Workspaces.BySlug(ctx, demo.VisitedSlug)
	if isNotFound(err) || err == nil && !ws.Demo {
		return nil
	}
	if err != nil {
		return err
	}
	there, err := s.deps.Store.Reports.List(ctx, ws.ID)
	if err != nil || len(there) > 0 {
		return err
	}
	members, err := s.deps.Store.Members.List(ctx, ws.ID)
	if err != nil || len(members) == 0 {
		return err
	}
	slices.SortStableFunc(members, func(a, b store.Member) int { // the one whose eyes it is seen through first
		return cmp.Or(cmp.Compare(slices.Index(access.Roles, access.Role(a.Role)), slices.Index(access.Roles, access.Role(b.Role))), cmp.Compare(a.User.Email, b.User.Email))
	})
	lang := words.ParseLang(members[0].User.Locale)
	order := report.Order{
		Name: words.T("週のレポート", "Weekly report").In(lang), PDF: true,
		Plan: report.Plan{Rhythm: report.Weekly, Weekday: time.Monday, Minute: 8*60 + 30, Holidays: report.NextWorkday},
	}
	issue := store.NewReportIssue{}
	for i, m := range members[:min(len(members), 3)] {
		r := report.Reader{ID: "planted" + string(rune('a'+i)), User: string(m.User.ID), Name: m.User.Name}
		issue.Readers = append(issue.Readers, report.Sent{Reader: r, Variant: report.Variant(lang, false), State: string(outbox.Sent)})
		r.Name = ""
		order.Readers = append(order.Readers, r)
	}
	b, _, err := s.boards.board(ctx, ws, 0)
	if err != nil {
		return err
	}
	today := series.DayOf(s.deps.Clock().In(b.model.Location))
	monday := today - 1
	for monday.Weekday() != time.Monday {
		monday--
	}
	before := monday - 1
	sheet, err := s.whereWeStand(ctx, ws, reportLook{rhythm: report.Weekly, lang: lang, asOf: &before, unmeasured: true})
	if err != nil {
		return err
	}
	next, err := s.nextReport(ctx, ws, order)
	if err != nil {
		return err
	}
	year, month, day := monday.Civil()
	issue.MadeAt = time.Date(year, month, day, 8, 30, 0, 0, b.model.Location)
	issue.Mark, issue.Title, issue.Sheets = sheet.Mark, sheet.Title, map[string]report.Sheet{report.Variant(lang, false): sheet}
	return s.deps.Store.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		kept, err := tx.Reports.Create(ctx, ws.ID, order, next, members[0].User.Name)
		if err != nil {
			return err
		}
		_, err = tx.Reports.Issue(ctx, ws.ID, kept.ID, issue)
		return err
	})
}
