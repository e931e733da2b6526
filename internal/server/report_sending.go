package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	netmail "net/mail"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/shirube/shirube/internal/act/mail"
	"github.com/shirube/shirube/internal/act/outbox"
	post "github.com/shirube/shirube/internal/deliver/mail"
	"github.com/shirube/shirube/internal/deliver/paper"
	"github.com/shirube/shirube/internal/deliver/track"
	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/share/question"
	"github.com/shirube/shirube/internal/share/report"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// reportKeys begin the keys of pages that are sent.
const reportKeys = "report/"

// reporting sends pages when their moment has come.
type reporting struct {
	server *Server
	woken  chan struct{}
}

const (
	// reportEvery is how often it is looked whether one is due.
	reportEvery = 20 * time.Second
	// reportAgain is how long one that could not be made waits.
	reportAgain = 10 * time.Minute
	// reportWithin bounds the writing of one, links that are still measured included.
	reportWithin  = 5 * time.Minute
	reportsAtOnce = 20
)

func newReporting(s *Server) *reporting { return &reporting{s, make(chan struct{}, 1)} }

// wake lets it look at once: an order was changed.
func (r *reporting) wake() {
	select {
	case r.woken <- struct{}{}:
	default:
	}
}

// run sends what is due until the context ends.
func (r *reporting) run(ctx context.Context) {
	ticker := time.NewTicker(reportEvery)
	defer ticker.Stop()
	if r.server.deps.Demo {
		if err := r.server.plantReports(ctx); err != nil && ctx.Err() == nil {
			r.server.deps.Log.Error("planting a report", "error", err)
		}
	}
	for {
		if err := r.due(ctx); err != nil && ctx.Err() == nil {
			r.server.deps.Log.Error("reports that are due", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		case <-r.woken:
		}
	}
}

// due sends every report whose moment has come, once: whoever was away for a week gets one
// page, of today.
func (r *reporting) due(ctx context.Context) error {
	s := r.server
	list, err := s.deps.Store.Reports.Due(ctx, s.deps.Clock(), reportsAtOnce)
	if err != nil {
		return err
	}
	for _, one := range list {
		err := s.issueDue(ctx, one)
		if err == nil || errors.As(err, new(store.ErrConflict)) || isNotFound(err) || ctx.Err() != nil {
			continue // sent, or somebody else did it, or it is gone
		}
		s.deps.Log.Error("a report could not be made", "report", one.ID, "error", err)
		if err := s.deps.Store.Reports.PutOff(ctx, one.Workspace, one.ID, one.NextAt, s.deps.Clock().Add(reportAgain)); err != nil {
			return err
		}
	}
	return nil
}

func (s *Server) issueDue(ctx context.Context, one store.Report) error {
	ctx, cancel := context.WithTimeout(ctx, reportWithin)
	defer cancel()
	ws, err := s.deps.Store.Workspaces.Get(ctx, one.Workspace)
	if err != nil {
		return err
	}
	next, err := s.nextReport(ctx, ws, one.Order)
	if err != nil {
		return err
	}
	_, err = s.issue(ctx, ws, one, store.NewReportIssue{Due: one.NextAt, Next: next})
	return err
}

// issue writes the page for everybody it goes to, keeps it and queues it, in one
// transaction: what is kept is sent, and what is sent is kept.
func (s *Server) issue(ctx context.Context, ws store.Workspace, of store.Report, new store.NewReportIssue) (store.ReportIssue, error) {
	if err := s.writeIssue(ctx, ws, of, &new); err != nil {
		return store.ReportIssue{}, err
	}
	var kept store.ReportIssue
	err := s.deps.Store.InTx(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		if kept, err = tx.Reports.Issue(ctx, ws.ID, of.ID, new); err != nil {
			return err
		}
		items := make([]outbox.Item, 0, len(kept.Readers))
		for _, r := range kept.Readers {
			if r.State != "" {
				continue
			}
			items = append(items, outbox.Item{
				Workspace: event.Workspace(ws.ID), Key: reportKey(of.ID, kept.Number, r.ID), Kind: outbox.Notice,
				Stream: string(mail.Transactional), Cause: reportCause(of.ID, kept.Number), State: outbox.Queued, NotBefore: s.nowMillis(),
				Payload: mustJSON(sentReport{Report: of.ID, Number: kept.Number, Reader: r.ID}),
			})
		}
		if len(items) == 0 {
			return nil
		}
		_, err = tx.Outbox.Queue(ctx, items)
		return err
	})
	if err == nil {
		s.wakeOutbox()
	}
	return kept, err
}

// reportKey names the mail of a page to one reader.
func reportKey(id string, number int, reader string) string {
	return reportKeys + id + "/" + strconv.Itoa(number) + "/" + reader
}

// reportCause names the mails of a page.
func reportCause(id string, number int) string { return "report:" + id + ":" + strconv.Itoa(number) }

// sentReport is the payload of an item: one page for one reader.
type sentReport struct {
	Report string `json:"report"`
	Number int    `json:"number"`
	Reader string `json:"reader"`
}

// writeIssue fills in readers and pages.
func (s *Server) writeIssue(ctx context.Context, ws store.Workspace, of store.Report, into *store.NewReportIssue) error {
	members, err := s.deps.Store.Members.List(ctx, ws.ID)
	if err != nil {
		return err
	}
	team := reportTeam{members: members}
	into.Sheets = map[string]report.Sheet{}
	for _, r := range of.Order.Readers {
		m, there := team.member(r.User)
		if r.Stopped || !r.Outside() && !there {
			continue
		}
		lang := r.Lang
		if !r.Outside() {
			lang, r.Name = words.ParseLang(m.User.Locale), m.User.Name
		}
		variant := report.Variant(lang, r.Outside())
		into.Readers = append(into.Readers, report.Sent{Reader: r, Variant: variant})
		if _, written := into.Sheets[variant]; written {
			continue
		}
		sheet, err := s.whereWeStand(ctx, ws, reportLook{rhythm: of.Order.Rhythm, lang: lang, nameless: r.Outside(), patience: -1})
		if err != nil {
			return fmt.Errorf("write page %q of %q: %w", variant, of.ID, err)
		}
		into.Sheets[variant] = sheet
		into.Mark, into.Title = sheet.Mark, sheet.Title
	}
	return nil
}

// handReport hands one page to one reader; see noticing.Hand.
func (s *Server) handReport(ctx context.Context, item outbox.Item) outbox.Answer {
	var what sentReport
	if err := json.Unmarshal(item.Payload, &what); err != nil {
		return outbox.Answer{State: outbox.Failed, Reason: "no page"}
	}
	answer, err := s.handPage(ctx, store.WorkspaceID(item.Workspace), item.Key, what)
	if problem, ok := asMailProblem(err); ok {
		return outbox.Answer{State: outbox.Failed, Reason: problem.what.JA}
	}
	if err != nil {
		s.deps.Log.Error("page not sent", "item", item.ID, "error", err)
		return outbox.Answer{State: outbox.Queued}
	}
	return answer
}

func (s *Server) handPage(ctx context.Context, id store.WorkspaceID, key string, what sentReport) (outbox.Answer, error) {
	gone := outbox.Answer{State: outbox.Cancelled, Reason: "gone"}
	ws, err := s.deps.Store.Workspaces.Get(ctx, id)
	if isNotFound(err) {
		return gone, nil
	} else if err != nil {
		return outbox.Answer{}, err
	}
	kept, err := s.deps.Store.Reports.Get(ctx, id, what.Report)
	if isNotFound(err) {
		return gone, nil
	} else if err != nil {
		return outbox.Answer{}, err
	}
	page, err := s.deps.Store.Reports.OneIssue(ctx, id, what.Report, what.Number)
	if isNotFound(err) {
		return gone, nil
	} else if err != nil {
		return outbox.Answer{}, err
	}
	reader, listed := kept.Order.Reader(what.Reader)
	if !listed || reader.Stopped {
		return outbox.Answer{State: outbox.Cancelled, Reason: words.T("受け取りをやめた方です。", "They asked to be left out.").JA}, nil
	}
	to, lang, err := s.readerAddress(ctx, id, reader)
	if isNotFound(err) {
		return outbox.Answer{State: outbox.Cancelled, Reason: "no member any more"}, nil
	} else if err != nil {
		return outbox.Answer{}, err
	}
	sheet, written := page.Sheets[report.Variant(lang, reader.Outside())]
	if !written {
		if sheet, written = page.Sheet(lang); !written || reader.Outside() {
			return gone, nil
		}
	}
	frame, err := s.pageFrame(ctx, ws, kept, reader, sheet.Lang)
	if err != nil {
		return outbox.Answer{}, err
	}
	l := letter{Key: key, To: to, Body: mail.Rendered{Subject: sheet.Subject(), Text: []byte(sheet.Text(frame)), HTML: []byte(sheet.HTML(frame))}}
	if kept.Order.PDF {
		file, err := paper.Draw(sheet, page.MadeAt)
		if err != nil {
			return outbox.Answer{}, err
		}
		l.Attached = []post.Attachment{{Name: paperName(sheet), Type: "application/pdf", Data: file}}
	}
	o, err := s.handLetter(ctx, id, l)
	if err != nil {
		return outbox.Answer{}, err
	}
	return o.Answer(), nil
}

// readerAddress is where a reader is written to and in what language, as it is now.
// ErrNotFound for a member who has left.
func (s *Server) readerAddress(ctx context.Context, ws store.WorkspaceID, r report.Reader) (netmail.Address, words.Lang, error) {
	if r.Outside() {
		return netmail.Address{Name: r.Name, Address: r.Address}, words.ParseLang(string(r.Lang)), nil
	}
	if _, err := s.deps.Store.Members.Role(ctx, ws, store.UserID(r.User)); err != nil {
		return netmail.Address{}, "", err
	}
	user, err := s.deps.Store.Users.Get(ctx, store.UserID(r.User))
	return netmail.Address{Name: user.Name, Address: user.Email}, words.ParseLang(user.Locale), err
}

// pageFrame is what stands around the page in a mail. Whoever is no member gets no buttons
// they could not use, and no name of the team.
func (s *Server) pageFrame(ctx context.Context, ws store.Workspace, kept store.Report, r report.Reader, lang words.Lang) (report.Frame, error) {
	f := report.Frame{Note: kept.Order.Note}
	f.Because = words.T("「%[2]s」の届け先に入っているため、%[1]sからお届けしています。", "%[1]s sends you this because you are among the readers of “%[2]s”.", ws.Name, kept.Name).In(lang)
	if !r.Outside() {
		f.Address = s.ownAddress() + "/w/" + url.PathEscape(ws.Slug)
	} else {
		ask, err := s.askPath(ctx, ws.ID, question.Subject{Kind: question.Whole}, "")
		if err != nil {
			return f, err
		}
		f.Ask = s.ownAddress() + ask
	}
	key, err := s.mailing.key(ctx, ws.ID)
	if err != nil {
		return f, err
	}
	f.Stop = s.ownAddress() + "/r/" + track.Sign(key, track.Token{Kind: track.Report, Workspace: string(ws.ID), Contact: r.ID, Cause: kept.ID}, "")
	return f, nil
}

// paperName is what the file of a page is called.
func paperName(sheet report.Sheet) string {
	name := strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '-'
		}
		return r
	}, sheet.Workspace)
	return name + "-" + sheet.AsOf.String() + ".pdf"
}
